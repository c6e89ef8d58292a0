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

from shape_claims import following
from shape_claims.following import imported


def names_in(code: Iterable[str]) -> set[str]:
    """Dotted names that pieces of code import, as modules or as examples.

    >>> sorted(names_in([">>> import sphinx.ext, re", "if True: from numpy.linalg import norm"]))
    ['numpy.linalg.norm', 're', 'sphinx.ext']
    """
    return {name for text in code for name in _read(text)}


def _read(text: str) -> Iterator[str]:
    try:
        examples = doctest.DocTestParser().get_examples(text) if ">>>" in text else []
        tree = ast.parse("".join(example.source for example in examples) or text)
    except (SyntaxError, ValueError):  # an output, or code that fails when it runs
        return
    yield from imported(tree)


def versions(names: Iterable[str], packages: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Versions of the packages that come with imported names.

    >>> sorted(versions(["sphinx", "re"], {"sphinx": ("docutils",)}))
    ['docutils']
    """
    found = {package for name in names for package in packages.get(_top(name), ())}
    return {package: version for package in sorted(found) if (version := installed(package))}


def states(names: Iterable[str], path: Sequence[str] = ()) -> dict[str, str]:
    """The state of each import, and of Python itself. An installed package counts as one, whatever is imported of it.

    Args:
        names: Dotted names.
        path: Where modules are looked for before ``sys.path``.
    """
    return Imports(path).states(names)


class Imports:
    """The imports of many pages at one moment: what several pages import is looked at once."""

    def __init__(self, path: Sequence[str] = ()) -> None:
        self.path = path
        self.known: dict[str, tuple[str, str]] = {}

    def states(self, names: Iterable[str]) -> dict[str, str]:
        """The same as :func:`states`."""
        foreign = sorted(name for name in names if _top(name) not in sys.stdlib_module_names)
        return {"python": platform.python_version(), **dict(map(self._state, foreign))}

    def _state(self, name: str) -> tuple[str, str]:
        """What counts as one, and its state."""
        if name not in self.known:
            version = _version(_top(name), self.path)
            self.known[name] = (_top(name), version) if version else (name, state(name, self.path))
        return self.known[name]


def _top(name: str) -> str:
    return name.partition(".")[0]


def _version(top: str, path: Sequence[str]) -> str:
    places = _places(top, path)
    return installed(top) if places and {"site-packages", "dist-packages"} & set(places[0].parts) else ""


def _places(top: str, path: Sequence[str]) -> list[Path]:
    spec = PathFinder.find_spec(top, [*path, *sys.path])
    return [Path(place) for place in spec.submodule_search_locations or [spec.origin or ""]] if spec else []


def state(name: str, path: Sequence[str] = ()) -> str:
    """Digest of the files that an import runs; empty if there is no such module."""
    places = _places(_top(name), path)
    if not places:
        return ""
    files = following.files(name, places)
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
