"""Letters of the prose and the names that hold their sizes in code."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from numbers import Integral


@dataclass(frozen=True)
class Symbol:
    """A letter that stands for the size of an axis."""

    letter: str
    """What the prose writes."""
    name: str
    """The variable that holds the size in the page's code."""
    meaning: str = ""
    """What the reader is told on hover."""


class Symbols:
    """The table of symbols. Without a table, a symbol is any name that the page's code bound to an integer."""

    def __init__(self, table: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.table = {letter: Symbol(letter, *entry) for letter, entry in (table or {}).items()}
        self.names = {symbol.name for symbol in self.table.values()}
        """The variables that the table names."""

    def __getitem__(self, letter: str) -> Symbol:
        """The symbol of a letter."""
        return self.table[letter] if self.table else Symbol(letter, letter)

    def __contains__(self, letter: str) -> bool:
        """Whether prose may use the letter."""
        return letter in self.table or not self.table

    def sizes(self, namespace: Mapping[str, object], only: Collection[str] | None = None) -> dict[str, int]:
        """Sizes of the symbols that are bound to integers in a namespace.

        Args:
            namespace: The names that a page's code has bound.
            only: Where there is no table, the names to look at. Every other integer of the page is an accident.

        >>> Symbols({"N": ("batch_size", ""), "T": ("seq_length", "")}).sizes({"batch_size": 5, "other": 7})
        {'N': 5}
        """
        names = {letter: symbol.name for letter, symbol in self.table.items()}
        if not names:
            names = {name: name for name in (namespace if only is None else only)}
        return {
            letter: int(size)
            for letter, name in names.items()
            if isinstance(size := namespace.get(name), Integral) and not isinstance(size, bool)
        }

    def legend(self, sizes: Mapping[str, int]) -> str:
        """Letter, name and size of each symbol, for a report."""
        named = [(letter, self[letter].name, size) for letter, size in sizes.items()]
        return "  ".join(f"{a}={c}" if a == b else f"{a}={b}={c}" for a, b, c in named)
