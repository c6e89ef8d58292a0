"""Whether a claim holds in a page's namespace, and whether it could have failed."""

from collections.abc import Mapping, Sequence
from typing import Any

from shape_claims.claim import Claim, DefaultClaim, Measurement, ShapeClaim, UnreadableClaim, ValueClaim
from shape_claims.comparing import Scope, compare
from shape_claims.config import Settings
from shape_claims.measuring import evaluate, shape_of
from shape_claims.outcome import Checked, Failed, Problem, fail
from shape_claims.subjects import other_subject
from shape_claims.truths import check_truth
from shape_claims.values import check_default, check_value


def check(
    claim: Claim,
    namespace: Mapping[str, Any],
    settings: Settings = Settings(),  # noqa: B008 - it is frozen
    scope: Scope | None = None,
    named: Sequence[str] = (),
) -> Checked | Problem:
    """Check a claim against the names that a page's code has made so far.

    The namespace is not changed.

    Args:
        claim: What the page says.
        namespace: The names that the page's code has made.
        settings: What decides apart from the page.
        scope: What the page's claims have in common.
        named: What the claim's sentence says in code font, the nearest first.

    Returns:
        What was measured, or what is wrong.
    """
    try:
        checked = _check(claim, namespace, settings, scope or Scope())
        if subject := other_subject(named, claim, namespace):
            fail("another-subject", claim.rows, subject=subject)
    except Failed as failed:
        return failed.problem
    return checked


def _check(claim: Claim, namespace: Mapping[str, Any], settings: Settings, page: Scope) -> Checked:
    match claim:
        case ShapeClaim():
            measured = shape_of(claim, namespace, settings.symbols)
            return compare(claim, claim.tree, measured, namespace, settings, page)
        case ValueClaim() if claim.otherwise:
            return check_truth(claim, namespace, settings)
        case ValueClaim():
            return check_value(claim, namespace, settings, page)
        case DefaultClaim():
            return check_default(claim, namespace, settings)
        case Measurement():
            return _measure(claim, namespace)
        case UnreadableClaim():
            raise Failed(claim.problem)
    raise TypeError(claim)


def _measure(claim: Measurement, namespace: Mapping[str, Any]) -> Checked:
    value = evaluate(claim, namespace)
    try:
        return Checked("", value=claim.kept(value))
    except ValueError as error:
        fail("unsuited", {"expression": claim.expression, "reason": str(error)})
