"""A claimed tree of symbols against what was measured: it must be true, and nothing beside it may be true as well."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from shape_claims.claim import Claim, ShapeClaim
from shape_claims.config import Settings
from shape_claims.outcome import Checked, Rows, fail
from shape_claims.shapes import Tree, are_distinct_primes, coincidence, in_numbers, letters
from shape_claims.writing import in_symbols, write


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
    claim: Claim, tree: Tree, measured: Tree, namespace: Mapping[str, Any], settings: Settings, page: Scope
) -> Checked:
    """Compare a claimed tree with a measured one.

    Args:
        claim: What is said, in words for the report.
        tree: The same as a tree of arithmetic on symbols.
        measured: What was measured.
        namespace: The names that the page's code has made.
        settings: Symbols and factors.
        page: Sizes in the code above.
    """
    symbols, factors = settings.symbols, settings.factors
    kind = "" if isinstance(claim, ShapeClaim) else "value-"
    scope = symbols.sizes(namespace, page.letters)
    sizes = {letter: _size(letter, scope, claim, settings, page) for letter in letters(tree)}
    claimed = in_numbers(tree, scope)
    if claimed != measured:
        right = in_symbols(measured, scope, factors)
        both: Rows = {"claimed": (claim.text, write(claimed)), "measured": (write(measured), right)}
        fail(f"{kind}differs", {**claim.rows, **both, "symbols": symbols.legend(sizes)}, right=right)
    if mutant := coincidence(tree, measured, scope, factors):
        remedy = "other-sizes" if are_distinct_primes(mutant.sizes, factors) else f"{kind}weak"
        both = {"claimed": (claim.text, write(measured)), "mutant": (write(mutant.tree), write(measured))}
        rows = {**claim.rows, **both, "coinciding": symbols.legend(mutant.sizes)}
        fail(f"{kind}weak", rows, factors=", ".join(map(str, factors)), remedy=remedy)
    return Checked(write(measured), sizes)


def _size(letter: str, scope: Mapping[str, int], claim: Claim, settings: Settings, page: Scope) -> int:
    """Size of a symbol: bound, and never to another size."""
    if letter not in scope:
        fail("unknown-size", claim.rows, letter=letter, name=settings.symbols[letter].name)
    page.note({letter: scope[letter]})
    if letter in page.rebound:
        fail("rebound", claim.rows, letter=letter, before=page.sizes[letter], now=page.rebound[letter])
    return scope[letter]
