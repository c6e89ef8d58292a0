"""Whether a truth holds, and whether it could have been false."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from shape_claims.claim import Claim, ValueClaim
from shape_claims.config import Settings
from shape_claims.measuring import page_names, value_of
from shape_claims.outcome import Checked, fail
from shape_claims.saying import shown


def check_truth(claim: ValueClaim, namespace: Mapping[str, Any], settings: Settings) -> Checked:
    """Check what is said to be true, against what the page would say otherwise."""
    value = value_of(claim, namespace)
    rows = {**claim.rows, "otherwise": claim.otherwise}
    if not isinstance(value, bool):
        fail("unreadable", {**rows, "value": shown(value)}, reason=("no-truth", {"kind": type(value).__name__}))
    _require_direction(claim, rows, settings)
    if not value:
        fail("false", {**rows, "value": shown(value)}, right=claim.otherwise)
    require_dependence(claim, namespace, value)
    return Checked(str(value))


def _require_direction(claim: ValueClaim, rows: Mapping[str, str], settings: Settings) -> None:
    """Refuse phrases that could be swapped unnoticed: the one that denies belongs to an expression that denies."""
    # Two denials in one phrase affirm: it does not differ.
    said, otherwise = (len(re.findall(settings.denials, phrase)) % 2 for phrase in (claim.text, claim.otherwise))
    if said == otherwise:
        fail("no-denial", rows)
    if said != denies(claim.expression):
        fail("swapped", rows)


def require_dependence(claim: Claim, namespace: Mapping[str, Any], value: bool) -> None:
    """Refuse a truth that is one whatever the page's code makes."""
    if compares_with_itself(claim.expression) or not depends_on_page(claim.expression, namespace, value):
        fail("constant", claim.rows)


def compares_with_itself(expression: str) -> bool:
    """Whether both sides of a comparison, or two arguments of a call, are the same code."""
    for node in ast.walk(ast.parse(expression)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            sides = list(node.args)
        else:
            continue
        written = [ast.dump(side) for side in sides if not isinstance(side, ast.Constant)]
        if len(written) > 1 and len(set(written)) == 1:
            return True
    return False


def denies(expression: str) -> bool:
    """Whether the expression begins with ``not``, or compares with ``!=``, ``is not`` or ``not in``."""
    match ast.parse(expression, mode="eval").body:
        case ast.UnaryOp(op=ast.Not()) | ast.Compare(ops=[ast.NotEq() | ast.IsNot() | ast.NotIn()]):
            return True
    return False


def depends_on_page(expression: str, namespace: Mapping[str, Any], result: bool) -> bool:
    """Whether a truth can become another when what the page made is changed.

    Every name of the page is changed in some ways that suit its value. A change that raises an exception decides only
    if no change could be computed.
    """
    computed = raised = False
    for name in page_names(expression, namespace):
        for changed in _changes(namespace[name]):
            try:
                other = bool(eval(expression, {**namespace, name: changed}))  # noqa: S307 - the page's own expression
            except Exception:  # anything can come of a changed value, and it says that the value matters
                raised = True
                continue
            if other != result:
                return True
            computed = True
    return raised and not computed


def _changes(value: Any) -> Iterator[Any]:
    """Values that differ from a value in kind, size or sign."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from ("", value + "x")
    elif isinstance(value, list | tuple):
        yield from (value[:0], value[1:], value[::-1])
    elif isinstance(value, dict | set):
        yield type(value)()
    elif hasattr(value, "__add__") and not isinstance(value, type):
        for change in ARITHMETIC:
            try:
                yield change(value)
            except Exception:  # noqa: S112 - not every value knows every operation
                continue
    else:
        yield from (object(), None)


ARITHMETIC: Sequence[Callable[[Any], Any]] = (
    lambda value: value + 1,
    lambda value: -value,
    lambda value: value * 0,
    lambda value: value * 0 + float("inf"),  # not nan: that differs from itself, and so from anything
    lambda value: value[None],
    lambda value: value[1:],
    lambda value: value[::-1],
)
"""Changes of a number or a tensor."""
