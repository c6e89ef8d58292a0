"""Whether words hold of a value or of a default."""

import inspect
from collections.abc import Mapping
from numbers import Real
from typing import Any

from shape_claims import saying
from shape_claims.claim import Claim, DefaultClaim, ValueClaim
from shape_claims.claimed import read_number
from shape_claims.comparing import Scope, compare
from shape_claims.config import Settings
from shape_claims.measuring import evaluate, value_of
from shape_claims.outcome import Checked, fail
from shape_claims.truths import require_dependence


def check_value(claim: ValueClaim, namespace: Mapping[str, Any], settings: Settings, page: Scope) -> Checked:
    """Check a value that is said in words, or in arithmetic on symbols."""
    value = value_of(claim, namespace)
    if isinstance(value, bool):
        if claim.text not in ("True", "False"):
            fail("no-otherwise", {**claim.rows, "value": str(value)})
    elif isinstance(value, int | float) and (number := read_number(claim.text, settings.symbols)):
        return compare(claim, number, value, namespace, settings, page)
    _require_said(claim, value, settings)
    if isinstance(value, bool):
        require_dependence(claim, namespace, value)
    return Checked(saying.written(value))


def check_default(claim: DefaultClaim, namespace: Mapping[str, Any], settings: Settings) -> Checked:
    """Check the default of an argument, as the signature has it."""
    path, _dot, argument = claim.expression.rpartition(".")
    made = evaluate(claim, namespace, path)
    try:
        parameters = inspect.signature(made).parameters
    except (TypeError, ValueError) as error:  # no callable, or one written in C
        fail("raised", {**claim.rows, "exception": f"{type(error).__name__}: {error}"})
    if argument not in parameters:
        fail("no-such-argument", claim.rows, argument=argument, known=", ".join(parameters))
    default = parameters[argument].default
    if default is inspect.Parameter.empty:
        fail("no-default", claim.rows, argument=argument)
    _require_said(claim, default, settings)
    return Checked(repr(default))


def _require_said(claim: Claim, value: Any, settings: Settings) -> None:
    try:
        said = saying.says(claim.text, value, settings.words, settings.joiners)
    except saying.UnsayableError as error:
        fail("unreadable", claim.rows, reason=("kind", {"kind": str(error)}))
    except saying.NotANumberError:
        known = [word for word, meaning in settings.words.items() if isinstance(meaning, Real)]
        reason = ("not-a-number", {"text": claim.text, "known": ", ".join(known) or "-"})
        fail("unreadable", {**claim.rows, "value": saying.shown(value)}, reason=reason)
    if not said:
        fail("value-differs", {**claim.rows, "value": saying.shown(value)}, right=saying.right(value))
