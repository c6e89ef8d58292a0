"""The claims beside a claim: it says something only if none of them is true as well."""

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shape_claims.claimed import ClaimedNumber, ClaimedShape, ClaimedTree, axes, evaluate_tree, letters
from shape_claims.shapes import Tree


@dataclass(frozen=True)
class Coincidence:
    """A false claim that would hold as well."""

    tree: ClaimedTree
    sizes: Mapping[str, int]
    """The symbols on the axes where it parts from the claim."""


def coincidence(
    tree: ClaimedTree, measured: Tree, scope: Mapping[str, int], factors: Sequence[int]
) -> Coincidence | None:
    """The first mutant of a true claim that is true too; ``None`` if the claim says something.

    Args:
        tree: A claim that holds.
        measured: What was measured.
        scope: Sizes of the symbols that the page has bound.
        factors: Multiples to try.
    """
    general = _general_sizes(scope)
    for mutant in mutants(tree, scope, factors):
        # A mutant that is equal in general too is the claim itself, written otherwise: H + H and 2H.
        same = evaluate_tree(mutant, scope) == measured
        if same and evaluate_tree(mutant, general) != evaluate_tree(tree, general):
            pairs = zip(axes(tree), axes(mutant), strict=False)
            parted = [axis for pair in pairs if ast.dump(pair[0]) != ast.dump(pair[1]) for axis in pair]
            return Coincidence(mutant, {letter: scope[letter] for letter in letters(ClaimedShape(tuple(parted)))})
    return None


def _general_sizes(scope: Mapping[str, int]) -> dict[str, int]:
    """Large primes, far apart, so that no factor or sum of two leads from one to another."""
    found: list[int] = []
    candidate = 1009
    while len(found) < len(scope):
        if all(candidate % divisor for divisor in range(3, int(candidate**0.5) + 1, 2)):
            found.append(candidate)
            candidate += 990
        candidate += 2
    return dict(zip(scope, found, strict=True))


def mutants(tree: ClaimedTree, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ClaimedTree]:
    """Trees that differ from the tree in one place: axes swapped, dropped, repeated or of another size."""
    if isinstance(tree, ClaimedShape):
        yield from _of_shape(tree.axes, scope, factors)
        return
    if isinstance(tree, ClaimedNumber):
        yield from map(ClaimedNumber, _of_axis(tree.size, scope, factors))
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
        for other in _of_axis(axis, scope, factors):
            yield ClaimedShape((*axes[:index], other, *axes[index + 1 :]))


def _of_axis(axis: ast.expr, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ast.expr]:
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
    for left in _of_axis(axis.left, scope, factors):
        yield ast.BinOp(left, axis.op, axis.right)
    for right in _of_axis(axis.right, scope, factors):
        yield ast.BinOp(axis.left, axis.op, right)


def _name(letter: str) -> ast.Name:
    return ast.Name(letter, ast.Load())


def _times(factor: int, axis: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(factor), ast.Mult(), axis)
