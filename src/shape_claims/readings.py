"""What the sizes of a page are called, and how the form of a name is written: in symbols and in numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shape_claims.seen import Form, Held, Seen, Weights
from shape_claims.shapes import Shape, Tree, axes, size
from shape_claims.writing import brackets, times, write_axis

LONGEST = 4
"""So many different items of a container are written out."""
MOST = 8
"""So many weights of a layer are written out."""
Axis = Callable[[int | None, bool], str]
"""Writes an axis; told whether it is one on which things are laid side by side."""


@dataclass(frozen=True)
class Readings:
    """The sizes that a page's symbols give a name to. A size that two symbols could name has none."""

    names: Mapping[int, str] = field(default_factory=dict)
    """By size, on any axis."""
    multiples: Mapping[int, str] = field(default_factory=dict)
    """Letters by size, for a last axis that is not a mere list's; features are laid side by side there."""

    @classmethod
    def of(cls, sizes: Mapping[str, int], factors: Sequence[int], claimed: Iterable[Tree] = ()) -> "Readings":
        """The readings of a page.

        Args:
            sizes: The size of each symbol.
            factors: Multiples that are natural. They and 1 are too common to be told from a symbol's size.
            claimed: Shapes that the page's prose speaks of. Arithmetic in them is the page's own.
        """
        common = {0, 1, *factors}
        letters = {letter: number for letter, number in sizes.items() if number not in common}
        written = {
            write_axis(axis): number
            for tree in claimed
            for axis in axes(tree)
            if isinstance(number := _number(axis, sizes), int) and number not in common
        }
        multiples = {times(factor, letter): factor * number for letter, number in letters.items() for factor in factors}
        names = _single(letters)
        names = {**_single({text: number for text, number in written.items() if text not in letters}), **names}
        taken = {*letters.values(), *written.values()}
        return cls(names, {number: text for number, text in _single(multiples).items() if number not in taken})

    def axis(self, number: int | None, wide: bool) -> str:
        """A size in symbols, or as it is."""
        if number is None:
            return "None"
        return self.names.get(number) or (wide and self.multiples.get(number)) or str(number)

    def text(self, seen: Seen) -> str:
        """What a reader is told of a name: a line for each form, a line for each weight."""
        match seen.forms:
            case [Weights(shapes)]:
                lines = [f"{name}: {self._both(shape, weight=True)}" for name, shape in shapes]
                return "\n".join(lines if len(lines) <= MOST else [*lines[:MOST], "…"])
            case forms:
                return "\n".join([*map(self._both, forms), *(["…"] if seen.more else [])])

    def _both(self, form: Form, *, weight: bool = False) -> str:
        symbols = write(form, self.axis, weight=weight)
        numbers = write(form, lambda number, _wide: str(number))
        return numbers if symbols == numbers else f"{symbols} = {numbers}"


def _number(axis: object, sizes: Mapping[str, int]) -> int | None:
    try:
        return size(axis, sizes)
    except KeyError:  # a symbol that has no size on this page
        return None


def _single(sizes: Mapping[str, int]) -> dict[int, str]:
    """The names by size, without the sizes that have two."""
    numbers = list(sizes.values())
    return {number: text for text, number in sizes.items() if numbers.count(number) == 1}


def write(form: Form, axis: Axis, *, weight: bool = False) -> str:
    """Write a form on one line. ``* 5`` repeats an item as in Python, ``…`` is what has no shape or is one too many.

    A weight with one axis, such as a bias, belongs to features side by side as well.

    >>> write(Held(list, ((Shape((5, 7)), 17),)), lambda number, wide: str(number))
    '[(5, 7)] * 17'
    """
    match form:
        case Shape(axes=found):
            last = len(found) - 1
            return brackets([axis(size, at == last and (at > 0 or weight)) for at, size in enumerate(found)], tuple)
        case Weights(shapes=shapes):
            return "{" + ", ".join(f"{name}: {write(shape, axis, weight=True)}" for name, shape in shapes) + "}"
        case Held(container, items, keys):
            return _container(container, [(write(item, axis), number) for item, number in items], keys)
    return "…"


def _container(container: type, items: list[tuple[str, int]], keys: Sequence[str]) -> str:
    if not keys and len(items) == 1 and items[0][1] > LONGEST:
        return f"{brackets([items[0][0]], container)} * {items[0][1]}"
    flat = [text for text, number in items for _ in range(min(number, LONGEST + 1))]
    texts = [f"{key}: {text}" for key, text in zip(keys, flat, strict=True)] if keys else flat
    shown = texts if len(texts) <= LONGEST else [*texts[: LONGEST - 1], "…"]
    return "{" + ", ".join(shown) + "}" if keys else brackets(shown, container)
