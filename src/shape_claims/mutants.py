"""The claims beside a claim: it says something only if none of them is true as well."""

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shape_claims.claimed import ClaimedShape, ClaimedTree, letters


def mutants(tree: ClaimedTree, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ClaimedTree]:
    """Trees that differ from the tree in one place: axes swapped, dropped, repeated or of another size."""
    if isinstance(tree, ClaimedShape):
        yield from _of_shape(tree.axes, scope, factors)
        return
    keys: Sequence[Any] = list(tree) if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        for mutant in mutants(tree[key], scope, factors):
            yield _replaced(tree, {key: mutant})
    for first, second in itertools.combinations(keys, 2):
        yield _replaced(tree, {first: tree[second], second: tree[first]})


def _replaced(tree: Any, items: Mapping[Any, ClaimedTree]) -> ClaimedTree:
    if isinstance(tree, dict):
        return {**tree, **items}
    return type(tree)([items.get(index, item) for index, item in enumerate(tree)])  # type: ignore[no-any-return]


def _of_shape(axes: tuple[ast.expr, ...], scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ClaimedShape]:
    for first, second in itertools.combinations(range(len(axes)), 2):
        swapped = list(axes)
        swapped[first], swapped[second] = axes[second], axes[first]
        yield ClaimedShape(tuple(swapped))
    for index, axis in enumerate(axes):
        yield ClaimedShape(axes[:index] + axes[index + 1 :])
        yield ClaimedShape((*axes[: index + 1], *axes[index:]))
        for other in of_axis(axis, scope, factors):
            yield ClaimedShape((*axes[:index], other, *axes[index + 1 :]))


def of_axis(axis: ast.expr, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ast.expr]:
    """Arithmetic that differs from the axis in one place."""
    if isinstance(axis, ast.Constant) and axis.value is None:
        return
    for letter in scope:
        yield _name(letter)
        for factor in factors:
            yield _times(factor, _name(letter))
    for factor in factors:
        yield _times(factor, axis)
    if not isinstance(axis, ast.BinOp):
        return
    if isinstance(axis.op, ast.Mult):
        yield axis.left
        yield axis.right
    if len(letters(ClaimedShape((axis,)))) > 1:
        # Sums can coincide when both symbols change: with sizes 5, 7, 11, 13, T + D equals N + H.
        for first, second in itertools.permutations(scope, 2):
            for sign in (ast.Add(), ast.Sub()):
                yield ast.BinOp(_name(first), sign, _name(second))
    for left in of_axis(axis.left, scope, factors):
        yield ast.BinOp(left, axis.op, axis.right)
    for right in of_axis(axis.right, scope, factors):
        yield ast.BinOp(axis.left, axis.op, right)


def _name(letter: str) -> ast.Name:
    return ast.Name(letter, ast.Load())


def _times(factor: int, axis: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(factor), ast.Mult(), axis)
