"""Whether a claim holds in a page's namespace, and whether it could have failed."""

from collections.abc import Mapping
from typing import Any

from shape_claims import expressions, saying
from shape_claims.claim import Claim, DefaultClaim, Measurement, ShapeClaim, ValueClaim
from shape_claims.claimed import evaluate_tree, letters, write_tree
from shape_claims.config import Settings
from shape_claims.mutants import mutants
from shape_claims.shapes import ShapelessValueError, in_symbols, measure, write
from shape_claims.values import check_default, check_value
from shape_claims.verdict import (
    Checked,
    Failed,
    Problem,
    Scope,
    align,
    coinciding_sizes,
    evaluate,
    fail,
    fail_weak,
    general_sizes,
    sizes_of,
)


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
            case Measurement():
                return Checked("", value=saying.rounded(evaluate(claim, namespace)))
    except Failed as failed:
        return failed.problem
    raise TypeError(claim)


def _check_shape(claim: ShapeClaim, namespace: Mapping[str, Any], settings: Settings, page: Scope) -> Checked:
    rows = {"expression": claim.expression}
    value = evaluate(claim, namespace)
    try:
        measured = measure(value)
    except ShapelessValueError as error:
        fail("shapeless", rows, reason=(error.reason, {"kind": error.kind}))
    symbols = settings.symbols
    rows["claimed"] = claim.text
    made = [name for name in expressions.page_names(claim.expression, namespace) if name not in symbols.names()]
    if not [name for name in made if symbols.table or type(namespace[name]) is not int]:
        fail("nothing-measured", rows)
    if problem := expressions.size_expression_problem(claim.expression, namespace, value, measured, symbols):
        fail(problem[0], rows, **problem[1])
    scope = symbols.sizes(namespace, page.letters)
    sizes = sizes_of(letters(claim.tree), scope, rows, settings, page)
    claimed = evaluate_tree(claim.tree, scope)
    if claimed != measured:
        right = in_symbols(measured, {**scope, **sizes}, settings.factors)
        left = align(claim.text, write(measured))
        rows["claimed"] = f"{left[0]} = {write(claimed)}"
        fail("differs", {**rows, "measured": f"{left[1]} = {right}", "symbols": symbols.legend(sizes)}, right=right)
    general = general_sizes(scope)
    for mutant in mutants(claim.tree, scope, settings.factors):
        if evaluate_tree(mutant, scope) == measured and evaluate_tree(mutant, general) != evaluate_tree(
            claim.tree, general
        ):
            left = align(claim.text, write_tree(mutant))
            rows["claimed"] = f"{left[0]} = {write(measured)}"
            coinciding = coinciding_sizes(claim.tree, mutant, scope)
            fail_weak("weak", {**rows, "mutant": f"{left[1]} = {write(measured)}"}, coinciding, settings)
    return Checked(write(measured), sizes)
