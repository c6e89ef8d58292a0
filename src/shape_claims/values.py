"""Whether a value claim holds, and whether it could have failed."""

import inspect
import re
from collections.abc import Mapping
from numbers import Real
from typing import Any

from shape_claims import saying
from shape_claims.claim import Claim, DefaultClaim, ValueClaim
from shape_claims.claimed import ClaimedNumber, ClaimSyntaxError, letters, read_number
from shape_claims.comparing import Scope, compare
from shape_claims.config import Settings
from shape_claims.expressions import compares_with_itself, denies, depends_on_page, evaluate, page_names
from shape_claims.outcome import Checked, fail

LONGEST = 300
"""Columns of a value in a report."""


def check_value(claim: ValueClaim, namespace: Mapping[str, Any], settings: Settings, page: Scope) -> Checked:
    """Check a value or a truth."""
    rows = {"expression": claim.expression, "claimed": claim.text}
    value = saying.plain(evaluate(claim.expression, namespace, {"expression": claim.expression}))
    if not page_names(claim.expression, namespace):
        fail("nothing-measured", rows)
    if claim.otherwise:
        return _check_truth(claim, namespace, value, rows, settings)
    if isinstance(value, bool) and claim.text not in ("True", "False"):
        fail("no-otherwise", {**rows, "value": str(value)})
    if isinstance(value, int | float) and not isinstance(value, bool) and (number := _arithmetic(claim.text, settings)):
        return compare(number, value, rows, namespace, settings, page, kind="value-")
    _require_said(claim, value, rows, settings)
    if isinstance(value, bool):
        _require_dependence(claim, namespace, value, rows)
    return Checked(_written(value))


def _check_truth(
    claim: ValueClaim, namespace: Mapping[str, Any], value: Any, rows: Mapping[str, str], settings: Settings
) -> Checked:
    shown = {**rows, "otherwise": claim.otherwise, "value": _shown(value)}
    if not isinstance(value, bool):
        fail("unreadable", shown, reason=("no-truth", {"kind": type(value).__name__}))
    _require_direction(claim, rows, settings)
    if not value:
        fail("false", shown, right=claim.otherwise)
    _require_dependence(claim, namespace, value, rows)
    return Checked(str(value))


def _require_direction(claim: ValueClaim, rows: Mapping[str, str], settings: Settings) -> None:
    """Refuse phrases that could be swapped unnoticed: the one that denies belongs to an expression that denies."""
    shown = {**rows, "otherwise": claim.otherwise}
    # Two denials in one phrase affirm: it does not differ.
    said, otherwise = (len(re.findall(settings.denials, phrase)) % 2 for phrase in (claim.text, claim.otherwise))
    if said == otherwise:
        fail("no-denial", shown)
    if said != denies(claim.expression):
        fail("swapped", shown)


def _require_dependence(claim: Claim, namespace: Mapping[str, Any], value: bool, rows: Mapping[str, str]) -> None:
    if compares_with_itself(claim.expression) or not depends_on_page(claim.expression, namespace, value):
        fail("constant", rows)


def _arithmetic(text: str, settings: Settings) -> ClaimedNumber | None:
    """The text as arithmetic, if it has a symbol. Digits alone are words like others."""
    try:
        number = read_number(text, settings.symbols)
    except ClaimSyntaxError:
        return None
    return number if letters(number) else None


def check_default(claim: DefaultClaim, namespace: Mapping[str, Any], settings: Settings) -> Checked:
    """Check the default of an argument, as the signature has it."""
    rows = {"expression": claim.expression, "claimed": claim.text}
    path, _dot, argument = claim.expression.rpartition(".")
    made = evaluate(path, namespace, {"expression": claim.expression})
    try:
        parameters = inspect.signature(made).parameters
    except (TypeError, ValueError) as error:  # no callable, or one written in C
        fail("raised", {**rows, "exception": f"{type(error).__name__}: {error}"})
    if argument not in parameters:
        fail("no-such-argument", rows, argument=argument, known=", ".join(parameters))
    default = parameters[argument].default
    if default is inspect.Parameter.empty:
        fail("no-default", rows, argument=argument)
    _require_said(claim, default, rows, settings)
    return Checked(repr(default))


def _require_said(claim: Claim, value: Any, rows: Mapping[str, str], settings: Settings) -> None:
    shown = {**rows, "value": _shown(value)}
    try:
        if not saying.says(claim.text, value, settings.words, settings.joiners):
            fail("value-differs", shown, right=_right(value))
    except saying.UnsayableError as error:
        fail("unreadable", rows, reason=("kind", {"kind": str(error)}))
    except saying.NotANumberError:
        known = [word for word, meaning in settings.words.items() if isinstance(meaning, Real)]
        reason = ("not-a-number", {"text": claim.text, "known": ", ".join(known) or "-"})
        fail("unreadable", shown, reason=reason)


def _written(value: Any) -> str:
    return value.__name__ if isinstance(value, type) else repr(value)


def _shown(value: Any) -> str:
    """The value in a report, which a large one must not bury."""
    text = _written(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _right(value: Any) -> str:
    """How the page could say the value, where there is one plain way."""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value.__name__ if isinstance(value, type) else str(value)
