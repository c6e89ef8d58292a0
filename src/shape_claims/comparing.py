"""A claimed tree of symbols against what was measured: it must be true, and nothing beside it may be true as well."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from shape_claims.claimed import ClaimedTree, evaluate_tree, letters, write_tree
from shape_claims.config import Settings
from shape_claims.mutants import coincidence
from shape_claims.outcome import Checked, fail
from shape_claims.shapes import Tree, in_symbols, write


@dataclass
class Scope:
    """What a page's claims have in common while the page runs."""

    sizes: dict[str, int] = field(default_factory=dict)
    """The first size of each symbol on the page."""
    letters: Collection[str] | None = None
    """The symbols that the page's claims use, where there is no table of symbols."""
    rebound: dict[str, int] = field(default_factory=dict)
    """Symbols that got another size later. What was made before is no longer what their letters say."""

    def note(self, sizes: Mapping[str, int]) -> None:
        """Note sizes that the page's code has bound."""
        for letter, size in sizes.items():
            if self.sizes.setdefault(letter, size) != size:
                self.rebound.setdefault(letter, size)


def compare(
    tree: ClaimedTree,
    measured: Tree,
    rows: Mapping[str, str],
    namespace: Mapping[str, Any],
    settings: Settings,
    page: Scope,
    kind: str = "",
) -> Checked:
    """Compare a claimed tree with a measured one.

    Args:
        tree: What is claimed.
        measured: What was measured.
        rows: The report's rows so far, ``claimed`` among them.
        namespace: The names that the page's code has made.
        settings: Symbols and factors.
        page: Sizes in the code above.
        kind: What comes before the codes ``differs`` and ``weak``.
    """
    symbols = settings.symbols
    scope = symbols.sizes(namespace, page.letters)
    sizes = {letter: _size(letter, scope, rows, settings, page) for letter in letters(tree)}
    claimed = evaluate_tree(tree, scope)
    if claimed != measured:
        right = in_symbols(measured, {**scope, **sizes}, settings.factors)
        left = _align(rows["claimed"], write(measured))
        both = {"claimed": _equal(left[0], write(claimed)), "measured": _equal(left[1], right)}
        fail(f"{kind}differs", {**rows, **both, "symbols": symbols.legend(sizes)}, right=right)
    if mutant := coincidence(tree, measured, scope, settings.factors):
        left = _align(rows["claimed"], write_tree(mutant.tree))
        both = {"claimed": _equal(left[0], write(measured)), "mutant": _equal(left[1], write(measured))}
        legend = symbols.legend(mutant.sizes)
        factors = ", ".join(map(str, settings.factors))
        remedy = "other-sizes" if _well_chosen(mutant.sizes, settings) else f"{kind}weak"
        fail(f"{kind}weak", {**rows, **both, "coinciding": legend}, factors=factors, remedy=remedy)
    return Checked(write(measured), sizes)


def _size(letter: str, scope: Mapping[str, int], rows: Mapping[str, str], settings: Settings, page: Scope) -> int:
    """Size of a symbol: bound, and never to another size."""
    if letter not in scope:
        fail("unknown-size", rows, letter=letter, name=settings.symbols[letter].name)
    page.note({letter: scope[letter]})
    if letter in page.rebound:
        fail("rebound", rows, letter=letter, before=page.sizes[letter], now=page.rebound[letter])
    return scope[letter]


def _well_chosen(sizes: Mapping[str, int], settings: Settings) -> bool:
    """Whether the sizes are distinct primes apart from the factors, and coincide all the same."""
    primes = all(size > 1 and all(size % below for below in range(2, size)) for size in sizes.values())
    return primes and len({*sizes.values(), *settings.factors}) == len(sizes) + len({*settings.factors})


def _equal(text: str, other: str) -> str:
    """What is written and what it comes to, once where they are the same."""
    return text.strip() if text.strip() == other else f"{text} = {other}"


def _align(first: str, second: str) -> tuple[str, str]:
    width = max(len(first), len(second))
    return first.ljust(width), second.ljust(width)
