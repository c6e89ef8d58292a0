"""What checking a claim comes to, and what all checks share."""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from shape_claims.claim import Claim
from shape_claims.claimed import ClaimedShape, ClaimedTree, axes, letters
from shape_claims.config import Settings


@dataclass(frozen=True)
class Checked:
    """A claim that holds."""

    measured: str
    """The shape or value that was measured, in numbers."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Sizes of the symbols that the claim uses."""
    value: Any = None
    """The value itself, rounded, where a figure shows it."""


@dataclass(frozen=True)
class Problem:
    """A claim that does not hold, or says nothing. The words are in :mod:`shape_claims.messages`."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    """Rows of the report, by name."""
    reason: tuple[str, Mapping[str, object]] | None = None
    right: str = ""
    """What the claim should say, where it is known."""


@dataclass
class Scope:
    """What a page's claims have in common while the page runs."""

    sizes: dict[str, int] = field(default_factory=dict)
    """Size of each symbol in the first claim that used it."""
    letters: Collection[str] | None = None
    """The symbols that the page's claims use, where there is no table of symbols."""


class Failed(Exception):  # noqa: N818 - it never leaves the checks, which return the problem
    """A check has come to its end."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def fail(code: str, rows: Mapping[str, str], **more: Any) -> NoReturn:
    """End a check with a problem. ``right`` and ``reason`` are its fields, the rest is its data."""
    right, reason = more.pop("right", ""), more.pop("reason", None)
    raise Failed(Problem(code, more, rows, reason, right))


def evaluate(claim: Claim, namespace: Mapping[str, Any], expression: str = "") -> Any:
    """The value of a claim's expression, or of a part of it."""
    rows = {"expression": claim.expression}
    try:
        return eval(expression or claim.expression, dict(namespace))  # noqa: S307 - the page's own expression
    except NameError as error:
        fail("unbound", rows, name=error.name)
    except Exception as error:  # a page's expression can raise anything, and each is that claim's failure
        fail("raised", {**rows, "exception": f"{type(error).__name__}: {str(error).strip()}".splitlines()[0]})


def sizes_of(
    used: Collection[str], scope: Mapping[str, int], rows: Mapping[str, str], settings: Settings, page: Scope
) -> dict[str, int]:
    """Sizes of the symbols that a claim uses: bound, and the same as in the claims above."""
    for letter in used:
        if letter not in scope:
            fail("unknown-size", rows, letter=letter, name=settings.symbols[letter].name)
        before = page.sizes.setdefault(letter, scope[letter])
        if before != scope[letter]:
            fail("rebound", rows, letter=letter, before=before, now=scope[letter])
    return {letter: scope[letter] for letter in used}


def general_sizes(scope: Mapping[str, int]) -> dict[str, int]:
    """Large primes that never coincide. Trees that are equal there too are one claim written twice: H + H and 2H."""
    found: list[int] = []
    candidate = 1009
    while len(found) < len(scope):
        if all(candidate % divisor for divisor in range(3, int(candidate**0.5) + 1, 2)):
            found.append(candidate)
            candidate += 990  # far apart, so that no factor or sum of two leads from one to another
        candidate += 2
    return dict(zip(scope, found, strict=True))


def fail_weak(code: str, rows: Mapping[str, str], coinciding: Mapping[str, int], settings: Settings) -> NoReturn:
    """End a check because a false claim would hold as well, with the sizes that coincide."""
    legend = settings.symbols.legend(coinciding)
    fail(code, {**rows, "coinciding": legend}, factors=", ".join(map(str, settings.factors)))


def coinciding_sizes(tree: ClaimedTree, mutant: ClaimedTree, sizes: Mapping[str, int]) -> dict[str, int]:
    """The symbols on the axes where claim and mutant part."""
    pairs = zip(axes(tree), axes(mutant), strict=False)
    differing = [axis for pair in pairs if ast.dump(pair[0]) != ast.dump(pair[1]) for axis in pair]
    return {letter: sizes[letter] for letter in letters(ClaimedShape(tuple(differing)))}


def align(first: str, second: str) -> tuple[str, str]:
    """Two texts of the same width."""
    width = max(len(first), len(second))
    return first.ljust(width), second.ljust(width)
