"""The right side of a shape claim: a tree of arithmetic on symbols, read, computed and written."""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from shape_claims import messages
from shape_claims.shapes import Shape, Tree, braces, brackets
from shape_claims.symbols import Symbols


class ClaimSyntaxError(ValueError):
    """A claim that cannot be read. Its text says what is wrong and how to write it."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code, data)
        self.code, self.data = code, data

    def __str__(self) -> str:
        """The words, in the language of the build."""
        return messages.sentence(self.code, self.data)


OPERATORS: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
"""What an axis may be computed with."""


@dataclass(frozen=True)
class ClaimedShape:
    """What is claimed of one tensor."""

    axes: tuple[ast.expr, ...]
    """An expression an axis; the constant ``None`` where the size is unknown."""


@dataclass(frozen=True)
class ClaimedNumber:
    """What is claimed of one number."""

    size: ast.expr


ClaimedTree: TypeAlias = (
    "ClaimedShape | ClaimedNumber | list[ClaimedTree] | tuple[ClaimedTree, ...] | dict[Any, ClaimedTree]"
)


def read_tree(shape: str, symbols: Symbols) -> ClaimedTree:
    """Read a claimed shape, or a container of shapes.

    Raises:
        ClaimSyntaxError: It is something else.
    """
    return _tree(_python(shape, symbols), shape, symbols)


def read_number(text: str, symbols: Symbols) -> ClaimedNumber:
    """Read arithmetic on symbols, such as ``4H(D + H + 1)``.

    Raises:
        ClaimSyntaxError: It is something else.
    """
    return ClaimedNumber(_axis(_python(text, symbols), text, symbols))


def _python(text: str, symbols: Symbols) -> ast.expr:
    # Juxtaposition is a product: 2H is 2 * H, 3(D + H) is 3 * (D + H), H(D + 1) is H * (D + 1), HH is H * H.
    explicit = text.replace("×", "*").replace("²", " ** 2").replace("³", " ** 3")
    explicit = re.sub(r"(?<![A-Za-z_\d])(\d+)\s*(?=[A-Za-z_(])", r"\1 * ", explicit)
    if symbols.table:  # letters stand alone; without a table HH may be a name
        explicit = re.sub(r"(?<![A-Za-z_])([A-Z])\s*(?=\()", r"\1 * ", explicit)
        explicit = re.sub(r"(?<![A-Za-z_])[A-Z]{2,3}(?![A-Za-z_\d(])", lambda found: " * ".join(found[0]), explicit)
    try:
        return ast.parse(explicit, mode="eval").body
    except SyntaxError:
        raise ClaimSyntaxError("no-shape", shape=text) from None


def _tree(node: ast.expr, shape: str, symbols: Symbols) -> ClaimedTree:
    if isinstance(node, ast.Dict):
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        if len(keys) != len(node.values):
            raise ClaimSyntaxError("no-key", shape=shape)
        return {key: _tree(item, shape, symbols) for key, item in zip(keys, node.values, strict=True)}
    if not isinstance(node, ast.Tuple | ast.List):
        raise ClaimSyntaxError("no-tuple", shape=shape)
    nested = [isinstance(item, ast.Tuple | ast.List | ast.Dict) for item in node.elts]
    if any(nested):
        if not all(nested):
            raise ClaimSyntaxError("mixed", shape=shape)
        items = [_tree(item, shape, symbols) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    if isinstance(node, ast.List):
        raise ClaimSyntaxError("list-of-axes", shape=shape)
    return ClaimedShape(tuple(_axis(item, shape, symbols) for item in node.elts))


def _axis(node: ast.expr, shape: str, symbols: Symbols) -> ast.expr:
    if isinstance(node, ast.Constant) and node.value is None:
        return node
    match node:
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int() as power)) if power in (2, 3):
            return _axis(product([left] * power), shape, symbols)
        case ast.BinOp(op=sign) if type(sign) in OPERATORS:
            return ast.BinOp(_axis(node.left, shape, symbols), sign, _axis(node.right, shape, symbols))
        case ast.BinOp():
            raise ClaimSyntaxError("operator", shape=shape)
        case ast.Name(id=name) if name not in symbols:
            raise ClaimSyntaxError("unknown-symbol", shape=shape, name=name, known=", ".join(symbols.table))
        case ast.Constant(value=value) if type(value) is not int:
            raise ClaimSyntaxError("no-size", shape=shape, value=repr(value))
        case ast.Name() | ast.Constant():
            return node
    raise ClaimSyntaxError("no-arithmetic", shape=shape, part=ast.unparse(node))


def product(factors: Sequence[ast.expr]) -> ast.expr:
    """The product of some expressions."""
    left, *rest = factors
    for factor in rest:
        left = ast.BinOp(left, ast.Mult(), factor)
    return left


def letters(tree: ClaimedTree) -> list[str]:
    """The symbols that the tree uses, in order, once each."""
    found = [node.id for axis in axes(tree) for node in ast.walk(axis) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(found))


def axes(tree: ClaimedTree) -> list[ast.expr]:
    """Every axis of the tree, in order."""
    if isinstance(tree, ClaimedShape):
        return list(tree.axes)
    if isinstance(tree, ClaimedNumber):
        return [tree.size]
    return [axis for item in (tree.values() if isinstance(tree, dict) else tree) for axis in axes(item)]


def evaluate_tree(tree: ClaimedTree, sizes: Mapping[str, int]) -> Tree:
    """The claimed tree in numbers."""
    if isinstance(tree, ClaimedNumber):
        return size(tree.size, sizes)
    if isinstance(tree, ClaimedShape):
        return Shape(tuple(size(axis, sizes) for axis in tree.axes))
    if isinstance(tree, dict):
        return {key: evaluate_tree(item, sizes) for key, item in tree.items()}
    items = [evaluate_tree(item, sizes) for item in tree]
    return items if isinstance(tree, list) else tuple(items)


def size(axis: ast.expr, sizes: Mapping[str, int]) -> int | None:
    """One axis in numbers. A division by zero gives -1, which no real axis equals."""
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


def write_tree(tree: ClaimedTree) -> str:
    """The claimed tree as an author writes it."""
    if isinstance(tree, ClaimedNumber):
        return write_axis(tree.size)
    if isinstance(tree, ClaimedShape):
        return brackets([write_axis(axis) for axis in tree.axes], tuple)
    if isinstance(tree, dict):
        return braces({key: write_tree(item) for key, item in tree.items()})
    return brackets([write_tree(item) for item in tree], type(tree))


def write_axis(axis: ast.expr) -> str:
    """One axis as an author writes it."""
    return re.sub(r"(\d+) \* (?=[A-Z(](?![a-z_]))", r"\1", ast.unparse(axis))
