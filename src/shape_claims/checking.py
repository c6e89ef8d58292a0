"""Whether a claim holds in a page's namespace, and whether it could have failed."""

from collections.abc import Mapping
from typing import Any

from shape_claims.claim import Claim, DefaultClaim, Measurement, ShapeClaim, UnreadableClaim, ValueClaim
from shape_claims.comparing import Scope, compare
from shape_claims.config import Settings
from shape_claims.expressions import evaluate, shape_of
from shape_claims.outcome import Checked, Failed, Problem, fail
from shape_claims.values import check_default, check_value


def check(
    claim: Claim,
    namespace: Mapping[str, Any],
    settings: Settings = Settings(),  # noqa: B008 - it is frozen
    scope: Scope | None = None,
) -> Checked | Problem:
    """Check a claim against the names that a page's code has made so far.

    The namespace is not changed.

    Returns:
        What was measured, or what is wrong.
    """
    page = scope or Scope()
    try:
        match claim:
            case ShapeClaim():
                return _check_shape(claim, namespace, settings, page)
            case ValueClaim():
                return check_value(claim, namespace, settings, page)
            case DefaultClaim():
                return check_default(claim, namespace, settings)
            case UnreadableClaim():
                return claim.problem
            case Measurement():
                return _measure(claim, namespace)
    except Failed as failed:
        return failed.problem
    raise TypeError(claim)


def _measure(claim: Measurement, namespace: Mapping[str, Any]) -> Checked:
    value = evaluate(claim.expression, namespace, {"expression": claim.expression})
    try:
        return Checked("", value=claim.kept(value))
    except ValueError as error:
        fail("unsuited", {"expression": claim.expression, "reason": str(error)})


def _check_shape(claim: ShapeClaim, namespace: Mapping[str, Any], settings: Settings, page: Scope) -> Checked:
    rows = {"expression": claim.expression, "claimed": claim.text}
    measured = shape_of(rows, namespace, settings.symbols)
    return compare(claim.tree, measured, rows, namespace, settings, page)
