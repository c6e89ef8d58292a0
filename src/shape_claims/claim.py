"""A claim as the author writes it: ``expression -> what the page says of it``."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shape_claims.claimed import ClaimSyntaxError, read_tree
from shape_claims.outcome import Problem
from shape_claims.saying import rounded
from shape_claims.shapes import Tree
from shape_claims.symbols import Symbols


@dataclass(frozen=True)
class Claim:
    """An expression, and what the page says of it."""

    expression: str
    """Python, evaluated in the page's namespace."""
    text: str
    """What the reader sees."""

    @property
    def rows(self) -> dict[str, str]:
        """How a report on it begins."""
        return {"expression": self.expression, "claimed": self.text}


@dataclass(frozen=True)
class ShapeClaim(Claim):
    """The expression has this shape."""

    tree: Tree
    """With arithmetic on symbols for axes."""


@dataclass(frozen=True)
class ValueClaim(Claim):
    """The expression has this value. With ``otherwise``, the expression is true."""

    otherwise: str = ""
    """What the page would say if the expression were false."""


@dataclass(frozen=True)
class DefaultClaim(Claim):
    """``callable.argument`` has this default, read from the callable's signature."""


@dataclass(frozen=True)
class UnreadableClaim(Claim):
    """Something that was meant to be a claim. It fails the check, whatever became of the message when it was read."""

    kind: str
    """``shape``, ``value`` or ``default``."""
    code: str
    """What is wrong with it, as in :mod:`shape_claims.messages`."""
    data: Mapping[str, str]

    @property
    def problem(self) -> Problem:
        """What a check comes to."""
        return Problem(self.code, self.data, unreadable=self.kind)


@dataclass(frozen=True)
class Measurement(Claim):
    """Nothing is said: the value itself is shown, as in a figure."""

    def kept(self, value: Any) -> Any:
        """What the evidence keeps of the value, as JSON can write it. Other kinds of measurement keep other things.

        Raises:
            ValueError: The value is none that can be shown. The text says why.
        """
        return rounded(value)


def parse(text: str, symbols: Symbols | None = None) -> ShapeClaim:
    """Read a shape claim.

    Raises:
        ClaimSyntaxError: No arrow, an empty side, no Python on the left, no shape on the right.

    >>> parse("outputs -> (N, T, 2H)").text
    '(N, T, 2H)'
    """
    expression, shape = split(text, "shape")
    if "#" in shape:
        raise ClaimSyntaxError("comment", shape=shape)
    if shape[0] not in "([{" and "," in shape:
        raise ClaimSyntaxError("no-brackets", shape=shape)
    return ShapeClaim(expression, shape, read_tree(shape, symbols or Symbols()))


def parse_value(text: str, symbols: Symbols | None = None) -> ValueClaim:
    """Read a value claim: ``expression -> text`` or, of a truth, ``expression -> said / otherwise``.

    Raises:
        ClaimSyntaxError: No arrow, an empty side, no Python on the left, two phrases that are the same.
    """
    expression, said = split(text, "value")
    phrase, slash, otherwise = said.partition(" / ")
    if slash and phrase.strip() == otherwise.strip():
        raise ClaimSyntaxError("same-phrases", text=said)
    return ValueClaim(expression, phrase.strip(), otherwise.strip())


def parse_default(text: str, symbols: Symbols | None = None) -> DefaultClaim:
    """Read a claim about a default: ``package.Callable.argument -> text``.

    Raises:
        ClaimSyntaxError: As for a value, or the left side is no dotted name.
    """
    path, said = split(text, "default")
    if not re.fullmatch(r"\w+(\.\w+)+", path):
        raise ClaimSyntaxError("no-argument", expression=path)
    return DefaultClaim(path, said)


def parse_measurement(expression: str) -> Measurement:
    """Read an expression whose value is shown.

    Raises:
        ClaimSyntaxError: The expression is no Python.
    """
    _require_python(expression)
    return Measurement(expression, "")


def split(text: str, kind: str) -> tuple[str, str]:
    """The two sides of a claim, on one line each."""
    expression, arrow, said = (part.strip() for part in " ".join(text.split()).rpartition("->"))
    empty = "no-shape-said" if kind == "shape" else "nothing-said"
    for side, code in ((arrow, "no-arrow"), (expression, "no-expression"), (said, empty)):
        if not side:
            raise ClaimSyntaxError(code, text=text, kind=kind)
    _require_python(expression)
    return expression, said


def _require_python(expression: str) -> None:
    try:
        ast.parse(expression, mode="eval")
    except SyntaxError:
        raise ClaimSyntaxError("not-python", expression=expression) from None
