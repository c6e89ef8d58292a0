"""Trees of shapes, measured in numbers or claimed in symbols, and the claims beside a claim.

A *tree* is the shape of one tensor (:class:`Shape`), a number, or a ``list``, ``tuple`` or ``dict`` of trees. Which
container a library returns is part of the answer, so the containers are told apart. What a page claims is the same tree
with arithmetic on symbols in the place of sizes. It says something only if no tree beside it is true as well.
"""

import ast
import itertools
import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

OPERATORS: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
"""What an axis may be computed with."""


@dataclass(frozen=True)
class Shape:
    """The shape of one tensor."""

    axes: tuple[Any, ...]
    """Size of each axis; ``None`` where it is unknown. In a claim, an expression; the constant ``None`` there."""


Tree: TypeAlias = "Shape | float | ast.expr | list[Tree] | tuple[Tree, ...] | dict[Any, Tree] | None"


def members(tree: dict[Any, Tree] | list[Tree] | tuple[Tree, ...]) -> Collection[Tree]:
    """The trees in a container, in order."""
    return tree.values() if isinstance(tree, dict) else tree


def axes(tree: Tree) -> list[Any]:
    """Every axis of the tree, in order; a number is one."""
    if isinstance(tree, Shape):
        return list(tree.axes)
    return [axis for one in members(tree) for axis in axes(one)] if isinstance(tree, dict | list | tuple) else [tree]


def letters(tree: Tree) -> list[str]:
    """The symbols that a claimed tree uses, in order, once each."""
    found = [node.id for axis in axes(tree) for node in ast.walk(axis) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(found))


def in_numbers(tree: Tree, sizes: Mapping[str, int]) -> Tree:
    """A claimed tree in numbers."""
    if isinstance(tree, Shape):
        return Shape(tuple(size(axis, sizes) for axis in tree.axes))
    if isinstance(tree, dict):
        return {key: in_numbers(item, sizes) for key, item in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)([in_numbers(item, sizes) for item in tree])
    return size(tree, sizes)


def size(axis: object, sizes: Mapping[str, int]) -> int | None:
    """One claimed axis in numbers. A division by zero gives -1, which no real axis equals."""
    match axis:
        case ast.Name(id=letter):
            return sizes[letter]
        case ast.Constant(value=int() as number):
            return number
        case ast.BinOp(left=left, op=sign, right=right):
            first, second = size(left, sizes), size(right, sizes)
            if first is None or second is None or (second == 0 and isinstance(sign, ast.FloorDiv)):
                return -1
            return OPERATORS[type(sign)](first, second)
    return None


@dataclass(frozen=True)
class Coincidence:
    """A false claim that would hold as well."""

    tree: Tree
    sizes: Mapping[str, int]
    """The symbols on the axes where it parts from the claim."""


def coincidence(tree: Tree, measured: Tree, scope: Mapping[str, int], factors: Sequence[int]) -> Coincidence | None:
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
        if in_numbers(mutant, scope) == measured and in_numbers(mutant, general) != in_numbers(tree, general):
            pairs = zip(axes(tree), axes(mutant), strict=False)
            parted = [axis for pair in pairs if ast.dump(pair[0]) != ast.dump(pair[1]) for axis in pair]
            return Coincidence(mutant, {letter: scope[letter] for letter in letters(parted)})
    return None


def are_distinct_primes(sizes: Mapping[str, int], factors: Sequence[int]) -> bool:
    """Whether the sizes are well chosen: distinct primes apart from the factors."""
    primes = all(size > 1 and all(size % below for below in range(2, size)) for size in sizes.values())
    return primes and len({*sizes.values(), *factors}) == len(sizes) + len({*factors})


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


def mutants(tree: Tree, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[Tree]:
    """Trees that differ from the tree in one place: axes swapped, dropped, repeated or of another size."""
    if isinstance(tree, Shape):
        yield from _of_shape(tree.axes, scope, factors)
        return
    if not isinstance(tree, dict | list | tuple):
        yield from _of_axis(tree, scope, factors)
        return
    keys: Sequence[Any] = list(tree) if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        for mutant in mutants(tree[key], scope, factors):
            yield _replaced(tree, {key: mutant})
    for first, second in itertools.combinations(keys, 2):
        yield _replaced(tree, {first: tree[second], second: tree[first]})


def _replaced(tree: Any, items: Mapping[Any, Tree]) -> Tree:
    if isinstance(tree, dict):
        return {**tree, **items}
    return type(tree)([items.get(index, item) for index, item in enumerate(tree)])  # type: ignore[no-any-return]


def _of_shape(axes: tuple[ast.expr, ...], scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[Shape]:
    for first, second in itertools.combinations(range(len(axes)), 2):
        swapped = list(axes)
        swapped[first], swapped[second] = axes[second], axes[first]
        yield Shape(tuple(swapped))
    for index, axis in enumerate(axes):
        yield Shape(axes[:index] + axes[index + 1 :])
        yield Shape((*axes[: index + 1], *axes[index:]))
        for other in _of_axis(axis, scope, factors):
            yield Shape((*axes[:index], other, *axes[index + 1 :]))


def _of_axis(axis: Any, scope: Mapping[str, int], factors: Sequence[int]) -> Iterator[ast.expr]:
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
    if len(letters(axis)) > 1:
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
