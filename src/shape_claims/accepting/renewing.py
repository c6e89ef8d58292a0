"""What a claim that no longer holds should say, in the manner of its author, and whether that could fail."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from shape_claims import saying
from shape_claims.accepting.source import RefusedError
from shape_claims.accepting.wording import say
from shape_claims.checking import check
from shape_claims.claim import Claim, DefaultClaim, ShapeClaim, ValueClaim, parse, parse_default, parse_value
from shape_claims.claimed import ClaimSyntaxError, read_number
from shape_claims.comparing import Scope
from shape_claims.config import Settings
from shape_claims.measuring import evaluate, measure
from shape_claims.outcome import Failed, Problem
from shape_claims.shapes import Shape, Tree, letters, members, size
from shape_claims.writing import in_symbols, write

RENEWED = ("differs", "value-differs", "unreadable", "false")
"""Problems that other words can mend. With any other, the claim itself is to be thought over."""


@dataclass(frozen=True)
class Context:
    """Where a claim stands."""

    names: Mapping[str, Any]
    settings: Settings
    scope: Scope

    def sizes(self) -> dict[str, int]:
        """The symbols that have a size."""
        return self.settings.symbols.sizes(self.names, self.scope.letters)

    def value(self, claim: Claim, part: str = "") -> Any:
        """What the expression of a claim, or a part of it, comes to."""
        return evaluate(claim, self.names, part)


def renew(claim: Claim, problem: Problem, context: Context) -> Claim:
    """The claim that holds instead.

    A shape is written in symbols, a size that the author wrote in a way of his own in that way. A value is written as
    the old one was: as a word, with as many decimals, in a sequence with the same joiners. A truth that became false
    is negated and its phrases change places. Arithmetic on symbols changes in one sign, number or letter.

    Raises:
        RefusedError: Another text cannot mend it, there is no way or more than one to say it, or it would be weak.
    """
    if problem.code not in RENEWED:
        raise RefusedError("problem", problem)
    try:
        renewed = _renewed(claim, problem, context)
    except Failed as failed:  # the expression came to something else this time
        raise RefusedError("problem", failed.problem) from None
    except ClaimSyntaxError as error:
        raise RefusedError("syntax", reason=str(error)) from None
    outcome = check(renewed, context.names, context.settings, context.scope)
    if isinstance(outcome, Problem):
        raise RefusedError("renewed", outcome, text=written(renewed))
    return renewed


def written(claim: Claim) -> str:
    """The claim as its author writes it."""
    otherwise = getattr(claim, "otherwise", "")
    return f"{claim.expression} -> {claim.text}{f' / {otherwise}' if otherwise else ''}"


def _renewed(claim: Claim, problem: Problem, context: Context) -> Claim:
    symbols = context.settings.symbols
    if isinstance(claim, ShapeClaim):
        return parse(f"{claim.expression} -> {_shape(claim, context)}", symbols)
    if isinstance(claim, DefaultClaim):
        path, _dot, argument = claim.expression.rpartition(".")
        default = inspect.signature(context.value(claim, path)).parameters[argument].default
        return parse_default(f"{claim.expression} -> {say(default, claim.text, context.settings, exact=True)}")
    if isinstance(claim, ValueClaim) and claim.otherwise:
        if problem.code != "false":
            raise RefusedError("problem", problem)
        return parse_value(f"{negated(claim.expression)} -> {claim.otherwise} / {claim.text}")
    value = saying.plain(context.value(claim))
    if isinstance(value, Real) and not isinstance(value, bool) and read_number(claim.text, symbols):
        return parse_value(f"{claim.expression} -> {_arithmetic(claim, value, context)}")
    return parse_value(f"{claim.expression} -> {say(value, claim.text, context.settings)}")


def _shape(claim: ShapeClaim, context: Context) -> str:
    sizes, factors = context.sizes(), context.settings.factors
    spelled = {size(axis, sizes): text for axis, text in _spelled(claim.tree, claim.text) if _known(axis, sizes)}

    def axis(number: float | None) -> str:
        whole = None if number is None else int(number)
        return spelled.get(whole) or in_symbols(Shape((whole,)), sizes, factors)[1:-2]

    shape = write(measure(context.value(claim)), axis)
    return shape.replace("'", '"') if '"' in claim.text and "'" not in claim.text else shape


def _known(axis: ast.expr, sizes: Mapping[str, int]) -> bool:
    return all(letter in sizes for letter in letters(axis))


def _spelled(tree: Tree, text: str) -> Iterator[tuple[ast.expr, str]]:
    """Each axis with the text in which the author wrote it."""
    parts = _parts(text.strip()[1:-1])
    if isinstance(tree, Shape):
        # A lone axis has a comma after it, so one part is a shape in brackets that change nothing: ((N, H)).
        while len(parts) == 1 and parts[0]:
            parts = _parts(parts[0][1:-1])
        yield from zip(tree.axes, parts, strict=False)
        return
    for item, part in zip(members(tree), parts, strict=False):  # type: ignore[arg-type]  # a shape holds no numbers
        yield from _spelled(item, part.partition(":")[2] if isinstance(tree, dict) else part)


def _parts(text: str) -> list[str]:
    """The text, cut at the commas that stand in no bracket."""
    depth, parts = 0, [""]
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _arithmetic(claim: Claim, value: Real, context: Context) -> str:
    """The one text beside the old one, a letter, number or sign away, that has the value and is not weak."""
    sizes = context.sizes()
    general = {letter: 10007 + 7919 * at * at for at, letter in enumerate(sizes)}  # sizes that never coincide
    ways: dict[int | None, str] = {}
    for text in _beside(claim.text, [*sizes]):
        axis = read_number(text, context.settings.symbols)
        if not axis or not _known(axis, sizes) or size(axis, sizes) != value:
            continue
        candidate = parse_value(f"{claim.expression} -> {text}")
        if not isinstance(check(candidate, context.names, context.settings, context.scope), Problem):
            ways.setdefault(size(axis, general), text)
    return _only(list(ways.values()), value)


def _beside(text: str, known: Sequence[str]) -> Iterator[str]:
    for found in re.finditer(r"[A-Za-z_]+|\d+|[-+]", text):
        before, part, after = text[: found.start()], found[0], text[found.end() :]
        if part in "+-":
            others = ["-" if part == "+" else "+"]
        elif part.isdigit():
            others = [str(number) for number in range(1, 13) if str(number) != part]
            yield before + after  # 2H, H
        else:
            others = [letter for letter in known if letter != part]
            if not re.search(r"\d\s*$", before):
                yield from (f"{before}{number}{part}{after}" for number in range(2, 10))  # H, 2H
        yield from (before + other + after for other in others)


def _only(ways: Sequence[str], value: Any) -> str:
    if not ways:
        raise RefusedError("unsayable", value=repr(value))
    if len(ways) > 1:
        raise RefusedError("many-ways", value=repr(value), ways="  ".join(ways))
    return ways[0]


def negated(expression: str) -> str:
    """The opposite of a truth, written as an author would.

    >>> negated("a == b"), negated("not (a and b)"), negated("a or b"), negated("ok(a)")
    ('a != b', 'a and b', 'not (a or b)', 'not ok(a)')
    """
    body = ast.parse(expression, mode="eval").body
    match body:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ast.get_source_segment(expression, operand) or ast.unparse(operand)
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in OPPOSITES:
            # The texts around the sign stay as they are, with their brackets.
            first, last = left.end_col_offset or 0, right.col_offset
            data = expression.encode()
            said, other = OPPOSITES[type(sign)]
            between = re.sub(said, other, data[first:last].decode(), count=1)
            return f"{data[:first].decode()}{between}{data[last:].decode()}"
        case ast.BoolOp() | ast.IfExp() | ast.Lambda() | ast.NamedExpr():
            return f"not ({expression})"
    return f"not {expression}"


OPPOSITES: Mapping[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: (r"\bis\b", "is not"),
    ast.IsNot: (r"\bis\s+not\b", "is"),
    ast.In: (r"\bin\b", "not in"),
    ast.NotIn: (r"\bnot\s+in\b", "in"),
}
"""Comparisons whose opposite has a sign of its own. Less and greater have none, because of what is no number."""
