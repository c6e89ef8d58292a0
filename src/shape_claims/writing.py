"""Writes trees of shapes: in numbers as Python does, in symbols as authors do."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shape_claims.shapes import Shape, Tree


def in_symbols(tree: Tree, sizes: Mapping[str, int], factors: Sequence[int]) -> str:
    """Write a measured tree in symbols. A size that is no symbol and no multiple of one stays a number.

    >>> in_symbols(Shape((5, 7, 22)), {"N": 5, "T": 7, "H": 11}, factors=(2, 3, 4))
    '(N, T, 2H)'
    """
    names: dict[float, str] = {
        factor * size: times(factor, letter) for factor in reversed(factors) for letter, size in sizes.items()
    }
    names |= {size: letter for letter, size in sizes.items()}
    return write(tree, lambda size: str(size) if size is None else names.get(size, str(size)))


def times(factor: int, letter: str) -> str:
    """Write a multiple of a symbol: ``2H``, but ``2 * hidden`` where the symbol is a whole name."""
    return f"{factor}{letter}" if len(letter) == 1 else f"{factor} * {letter}"


def write_axis(axis: object) -> str:
    """One axis, as it was measured or as an author writes it."""
    if not isinstance(axis, ast.expr):
        return str(axis)
    return re.sub(r"(\d+) \* (?=[A-Z(](?![a-z_]))", r"\1", ast.unparse(axis))


def write(tree: Tree, axis: Callable[[Any], str] = write_axis) -> str:
    """Write a tree on one line; ``axis`` writes the size of one axis.

    >>> write((Shape((5, 7, 11)), [Shape((5, 11))], {"bias": Shape((11,))}))
    "((5, 7, 11), [(5, 11)], {'bias': (11,)})"
    """
    if isinstance(tree, Shape):
        return brackets([axis(size) for size in tree.axes], tuple)
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key!r}: {write(item, axis)}" for key, item in tree.items()) + "}"
    if isinstance(tree, list | tuple):
        return brackets([write(item, axis) for item in tree], type(tree))
    return axis(tree)


def brackets(items: Sequence[str], container: type) -> str:
    """Join written items as Python writes a ``list`` or ``tuple``: a single item keeps its comma."""
    if container is list:
        return f"[{', '.join(items)}]"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
