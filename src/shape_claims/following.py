"""Which files of a package run when a module of it is imported.

A page that imports one corner of a package need not run again when another corner changes.
"""

import ast
import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

UNSEEN = re.compile(r"(__import__|importlib(?!\.metadata|\.resources)|pkgutil|runpy)\b")
"""What imports modules that no statement names. A package that uses it is taken whole."""


def imported(tree: ast.AST, package: str = "") -> Iterator[str]:
    """Dotted names that a piece of code imports, with what it takes from each module.

    Args:
        tree: The code.
        package: The package to which relative imports refer. Without one they are left out.

    >>> list(imported(ast.parse("import a.b; from c import d; from . import e"), "f.g"))
    ['a.b', 'c.d', 'f.g.e']
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and (package or not node.level):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = [*above, node.module] if node.module else above
            yield from (".".join([*module, alias.name]) for alias in node.names)


def files(name: str, places: Sequence[Path]) -> list[Path]:
    """The files that importing ``name`` runs, sorted.

    Args:
        name: Dotted name of a module, or of something in one.
        places: The file of the top-level module, or the folders of the package.

    Returns:
        The module, the packages around it, and what these import of the same package; everything in the package if one
        of them finds modules by names that are not written in its imports.
    """
    if not places[0].is_dir():
        return list(places)
    found: set[Path] = set()
    left, seen = {name}, {name}
    while left:
        for file, module in _run_by(left.pop(), places):
            if file in found:
                continue
            found.add(file)
            names = _names(file, module, file.stat().st_mtime_ns)
            if names is None:
                return sorted(file for place in places for file in place.rglob("*.py"))
            left |= {*names} - seen
            seen |= {*names}
    return sorted(found)


def _run_by(name: str, places: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The packages from the top down and the module in them, each with the package that it is in."""
    parts = name.split(".")
    for place in places:
        for depth in range(len(parts)):
            package = ".".join(parts[: depth + 1])
            inside = place.joinpath(*parts[1 : depth + 1])
            if (inside / "__init__.py").is_file():
                yield inside / "__init__.py", package
            elif depth and inside.with_name(f"{parts[depth]}.py").is_file():
                yield inside.with_name(f"{parts[depth]}.py"), ".".join(parts[:depth])


@functools.cache
def _names(file: Path, package: str, stamp: int) -> tuple[str, ...] | None:
    """Names of the same package that a file imports or writes as a string; nothing if it may import any.

    ``stamp`` is part of the key only, so that an edited file is read again.
    """
    text = file.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError:  # the page will fail at it
        return ()
    top = package.partition(".")[0]
    used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    taken = [*imported(tree, package)]
    own_star = re.compile(rf"{top}\..*\*$")
    if any(UNSEEN.match(name) or own_star.match(name) for name in [*used, *taken]):
        return None
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    named = [string for string in strings if re.fullmatch(r"\w+(\.\w+)+", string)]
    return tuple(name for name in [*taken, *named] if name.partition(".")[0] == top)
