"""What the shape of a value is, and how a shape is written.

A *tree* is the shape of one tensor (:class:`Shape`), a number, or a ``list``, ``tuple`` or ``dict`` of trees. Which
container a library returns is part of the answer, so the containers are told apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from numbers import Integral
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Shape:
    """The shape of one tensor."""

    axes: tuple[int | None, ...]
    """Size of each axis; ``None`` where it is unknown."""


Tree: TypeAlias = "Shape | float | list[Tree] | tuple[Tree, ...] | dict[Any, Tree] | None"


class ShapelessValueError(TypeError):
    """A value that has no shape, or whose number of axes is unknown."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(f"{reason}: {kind}")
        self.reason = reason
        """``shapeless`` or ``unknown-rank``."""
        self.kind = kind
        """Name of the value's type."""


@singledispatch
def measure(value: Any) -> Tree:
    """Measure the shape of a value: anything with ``shape``, and containers of such values.

    A non-empty ``tuple`` that holds only integers and ``None`` is taken as a shape itself, as in
    ``layer.compute_output_shape(...)``. ``measure.register`` teaches it further containers.

    Raises:
        ShapelessValueError: The value has no shape, or an unknown number of axes.

    >>> import numpy as np
    >>> measure([np.zeros((5, 11)), {"bias": np.zeros(11)}])
    [Shape(axes=(5, 11)), {'bias': Shape(axes=(11,))}]
    >>> measure((None, 7, 11))
    Shape(axes=(None, 7, 11))
    """
    kind = type(value).__name__
    shape = value if hasattr(value, "as_list") else getattr(value, "shape", None)
    if shape is None:
        raise ShapelessValueError("shapeless", kind)
    try:
        return Shape(tuple(None if size is None else int(size) for size in shape))
    except (TypeError, ValueError):  # a TensorFlow shape of unknown rank cannot be iterated
        raise ShapelessValueError("unknown-rank", kind) from None


@measure.register
def _(value: list) -> Tree:  # type: ignore[type-arg]
    return [measure(item) for item in value]


@measure.register
def _(value: tuple) -> Tree:  # type: ignore[type-arg]
    if value and all(is_size(item) for item in value):
        return Shape(tuple(None if item is None else int(item) for item in value))
    return tuple(measure(item) for item in value)


@measure.register
def _(value: Mapping) -> Tree:  # type: ignore[type-arg]
    return {key: measure(item) for key, item in value.items()}


def is_size(item: object) -> bool:
    """Whether the item can be the size of an axis: an integer of any library, or ``None``."""
    return item is None or (isinstance(item, Integral) and not isinstance(item, bool))


def sizes_in(tree: Tree) -> set[int | None]:
    """Every size that occurs in the tree."""
    if isinstance(tree, Shape):
        return set(tree.axes)
    if tree is None or isinstance(tree, int | float):
        return set()
    items: Iterable[Tree] = tree.values() if isinstance(tree, dict) else tree
    return set().union(*map(sizes_in, items))


def write(tree: Tree, axis: Callable[[float | None], str] = str) -> str:
    """Write a tree on one line; ``axis`` writes the size of one axis.

    >>> write((Shape((5, 7, 11)), [Shape((5, 11))], {"bias": Shape((11,))}))
    "((5, 7, 11), [(5, 11)], {'bias': (11,)})"
    """
    if tree is None or isinstance(tree, int | float):
        return axis(tree)
    if isinstance(tree, Shape):
        return brackets([axis(size) for size in tree.axes], tuple)
    if isinstance(tree, dict):
        return braces({key: write(item, axis) for key, item in tree.items()})
    return brackets([write(item, axis) for item in tree], type(tree))


def brackets(items: Sequence[str], container: type) -> str:
    """Join written items as Python writes a ``list`` or ``tuple``: a single item keeps its comma."""
    if container is list:
        return f"[{', '.join(items)}]"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def braces(items: Mapping[Any, str]) -> str:
    """Join written items as Python writes a ``dict``."""
    return "{" + ", ".join(f"{key!r}: {item}" for key, item in items.items()) + "}"


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
