"""What a page imports, and what tells one state of it from another: a version, or a digest of the files."""

import ast
import doctest
import functools
import hashlib
import importlib.metadata
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import PathFinder
from pathlib import Path


def names_in(code: Iterable[str]) -> set[str]:
    """Top-level names that pieces of code import, as modules or as examples.

    >>> sorted(names_in([">>> import sphinx.ext, re", "if True: from numpy.linalg import norm"]))
    ['numpy', 're', 'sphinx']
    """
    return {name.partition(".")[0] for text in code for name in _modules(text)}


def _modules(text: str) -> Iterator[str]:
    try:
        examples = doctest.DocTestParser().get_examples(text) if ">>>" in text else []
        tree = ast.parse("".join(example.source for example in examples) or text)
    except (SyntaxError, ValueError):  # an output, or code that fails when it runs
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def versions(names: Iterable[str], packages: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Versions of the packages that come with imported names.

    >>> sorted(versions(["sphinx", "re"], {"sphinx": ("docutils",)}))
    ['docutils']
    """
    found = {package for name in names for package in packages.get(name, ())}
    return {package: version for package in sorted(found) if (version := installed(package))}


def states(names: Iterable[str], path: Sequence[str] = ()) -> dict[str, str]:
    """The state of each imported name, and of Python itself.

    Args:
        names: Top-level names.
        path: Where modules are looked for before ``sys.path``.
    """
    own = sorted({*names} - sys.stdlib_module_names)
    return {"python": platform.python_version(), **{name: state(name, path) for name in own}}


def state(name: str, path: Sequence[str] = ()) -> str:
    """Version of an installed package, or a digest of the files of a module that stands elsewhere."""
    spec = PathFinder.find_spec(name, [*path, *sys.path])
    if spec is None:
        return ""
    places = [Path(place) for place in spec.submodule_search_locations or [spec.origin or ""]]
    if {"site-packages", "dist-packages"} & set(places[0].parts) and (version := installed(name)):
        return version
    files = sorted(file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place]))
    digests = [digest(file, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


@functools.cache
def installed(package: str) -> str:
    """Version of a package without importing it; empty if it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        # The module's name is not always that of its distribution: tensorflow comes with tensorflow-cpu.
        names = importlib.metadata.packages_distributions().get(package, ())
        return next((importlib.metadata.version(name) for name in names), "")


@functools.cache
def digest(path: Path, stamp: int) -> str:
    """Digest of a file; ``stamp`` is part of the key only, so that an edited file is read again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
