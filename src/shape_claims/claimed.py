"""Reads what is claimed of a shape or a number: a tree of arithmetic on symbols."""

import ast
import re
from collections.abc import Sequence

from shape_claims import messages
from shape_claims.shapes import OPERATORS, Shape, Tree, letters
from shape_claims.symbols import Symbols


class ClaimSyntaxError(ValueError):
    """A claim that cannot be read. Its text says what is wrong and how to write it."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code, data)
        self.code, self.data = code, data

    def __str__(self) -> str:
        """The words, in the language of the build."""
        return messages.sentence(self.code, self.data)


def read_tree(shape: str, symbols: Symbols) -> Tree:
    """Read a claimed shape, or a container of shapes.

    Raises:
        ClaimSyntaxError: It is something else.
    """
    return _tree(_python(shape, symbols), shape, symbols)


def read_number(text: str, symbols: Symbols) -> ast.expr | None:
    """Read arithmetic on symbols, such as ``4H(D + H + 1)``; ``None`` if it is something else.

    Digits alone are words like others.
    """
    try:
        number = _axis(_python(text, symbols), text, symbols)
    except ClaimSyntaxError:
        return None
    return number if letters(number) else None


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


def _tree(node: ast.expr, shape: str, symbols: Symbols) -> Tree:
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
    return Shape(tuple(_axis(item, shape, symbols) for item in node.elts))


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
