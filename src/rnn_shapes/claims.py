"""형태 주장을 읽고, 한 페이지의 이름 공간에서 계산해 확인한다.

주장은 ``식 -> 형태``로 적는다. 형태는 기호와 정수의 산술식을 축으로 하는 ``tuple``이거나,
그런 형태를 담은 ``list`` 또는 ``tuple``이다. 틀린 주장뿐 아니라 틀릴 수 없는 주장도 실패한다.
"""

import ast
import builtins
import itertools
import operator
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rnn_shapes.shapes import GATE_FACTORS, Shape, ShapelessValueError, Tree, brackets, in_symbols, measure, write
from rnn_shapes.symbols import SYMBOLS, bound_sizes


class ClaimSyntaxError(ValueError):
    """읽을 수 없는 주장. 글은 무엇이 잘못되었고 어떻게 고치는지 말한다."""


class ClaimError(Exception):
    """성립하지 않는 주장. 글은 독자에게 보일 보고 전체다."""


OPERATORS: Mapping[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
"""축을 적을 때 쓸 수 있는 연산."""


@dataclass(frozen=True)
class ClaimedShape:
    """텐서 하나에 대한 주장. 축마다 식이 하나씩 있고, 모르는 축은 ``None`` 상수다."""

    axes: tuple[ast.expr, ...]


ClaimedTree: TypeAlias = "ClaimedShape | list[ClaimedTree] | tuple[ClaimedTree, ...]"


@dataclass(frozen=True)
class Claim:
    """한 자리에 적힌 주장."""

    expression: str
    """페이지의 이름 공간에서 계산할 파이썬 식."""
    shape: str
    """적힌 그대로의 형태."""
    tree: ClaimedTree


@dataclass(frozen=True)
class Checked:
    """확인된 주장의 기록."""

    measured: str
    """잰 형태. 수로 적는다."""
    sizes: Mapping[str, int]
    """주장에 쓰인 기호의 크기."""


def parse(text: str) -> Claim:
    """``식 -> 형태``를 읽는다.

    Raises:
        ClaimSyntaxError: 화살표가 없거나, 한편이 비었거나, 식이 파이썬이 아니거나,
            잰 것이 없거나, 모르는 기호가 있거나, 형태가 ``tuple``이 아닐 때.

    >>> parse("outputs -> (N, T, 2H)").expression
    'outputs'
    """
    expression, arrow, shape = (part.strip() for part in " ".join(text.split()).rpartition("->"))
    if not arrow:
        raise ClaimSyntaxError(f"화살표(->)가 없습니다: '{text}'. '식 -> 형태'로 적으세요.")
    if not expression:
        raise ClaimSyntaxError(f"화살표 왼쪽에 식이 없습니다: '{text}'. '식 -> 형태'로 적으세요.")
    if not shape:
        raise ClaimSyntaxError(f"화살표 오른쪽에 형태가 없습니다: '{text}'. '식 -> 형태'로 적으세요.")
    parse_expression(expression)
    names = {node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)}
    if names <= {symbol.name for symbol in SYMBOLS.values()} | set(dir(builtins)):
        raise ClaimSyntaxError(f"식이 아무것도 재지 않습니다: '{expression}'. 페이지의 코드가 만든 값을 적으세요.")
    if "#" in shape:
        raise ClaimSyntaxError(f"형태에 주석을 달 수 없습니다: '{shape}'.")
    if shape[0] not in "([" and "," in shape:
        raise ClaimSyntaxError(f"형태가 tuple이 아닙니다: '{shape}'. 괄호로 (N, T, H)처럼 적으세요.")
    return Claim(expression, shape, _parse_tree(shape))


def parse_expression(expression: str) -> None:
    """파이썬 식인지 본다.

    Raises:
        ClaimSyntaxError: 식이 아닐 때.
    """
    try:
        ast.parse(expression, mode="eval")
    except SyntaxError:
        raise ClaimSyntaxError(f"화살표 왼쪽이 파이썬 식이 아닙니다: '{expression}'.") from None


def _parse_tree(shape: str) -> ClaimedTree:
    # 수 바로 뒤의 글자나 괄호는 곱이다: 2H는 2 * H, 3(D + H)는 3 * (D + H).
    explicit = re.sub(r"(?<![A-Za-z_])(\d+)\s*(?=[A-Za-z_(])", r"\1 * ", shape)
    try:
        node = ast.parse(explicit, mode="eval").body
    except SyntaxError:
        raise ClaimSyntaxError(f"읽을 수 없는 형태입니다: '{shape}'. (N, T, H)처럼 적으세요.") from None
    return _claimed(node, shape)


def _claimed(node: ast.expr, shape: str) -> ClaimedTree:
    if not isinstance(node, ast.Tuple | ast.List):
        raise ClaimSyntaxError(f"형태가 tuple이 아닙니다: '{shape}'. 축이 하나면 (N,)처럼 쉼표를 붙이세요.")
    nested = [isinstance(item, ast.Tuple | ast.List) for item in node.elts]
    if any(nested):
        if not all(nested):
            raise ClaimSyntaxError(f"축과 형태가 한 묶음에 섞여 있습니다: '{shape}'.")
        items = [_claimed(item, shape) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    if isinstance(node, ast.List):
        raise ClaimSyntaxError(
            f"형태가 tuple이 아닙니다: '{shape}'. 텐서 하나는 (N, T, H), 텐서의 묶음은 [(N, H), (N, H)]로 적으세요."
        )
    return ClaimedShape(tuple(_axis(item, shape) for item in node.elts))


def _axis(node: ast.expr, shape: str) -> ast.expr:
    if isinstance(node, ast.Constant) and node.value is None:
        return node
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) if name not in SYMBOLS:
                raise ClaimSyntaxError(f"모르는 기호입니다: '{shape}'의 {name}. 아는 기호: {', '.join(SYMBOLS)}.")
            case ast.Constant(value=value) if type(value) is not int:
                raise ClaimSyntaxError(f"축의 크기가 될 수 없는 값입니다: '{shape}'의 {value!r}.")
            case ast.operator() if type(part) not in OPERATORS:
                raise ClaimSyntaxError(f"축에는 +, -, *, //만 쓸 수 있습니다: '{shape}'.")
            case ast.expr() if not isinstance(part, ast.Name | ast.Constant | ast.BinOp):
                raise ClaimSyntaxError(f"축은 기호와 정수의 산술식이어야 합니다: '{shape}'의 '{ast.unparse(part)}'.")
    return node


def evaluate(expression: str, namespace: Mapping[str, Any], place: str) -> Any:
    """페이지의 이름 공간에서 식을 계산한다. 이름 공간은 바뀌지 않는다.

    Raises:
        ClaimError: 없는 이름이 있거나 계산하다가 예외가 났을 때.
    """
    try:
        return eval(expression, dict(namespace))  # noqa: S307 - 페이지를 쓴 사람의 식을 그 페이지의 이름 공간에서 계산한다
    except NameError as error:
        raise _failure(place, f"이 자리까지 없는 이름입니다: {error.name}", 식=expression) from None
    except Exception as error:  # 페이지의 식은 무엇이든 던질 수 있고, 모두 그 주장의 실패다
        reason = f"{type(error).__name__}: {str(error).strip()}".splitlines()[0]
        raise _failure(place, "식을 계산하다가 예외가 났습니다", 식=expression, 예외=reason) from None


def check(claim: Claim, namespace: Mapping[str, Any], place: str) -> Checked:
    """주장을 이름 공간에서 확인한다.

    Args:
        claim: 확인할 주장.
        namespace: 페이지의 코드가 여기까지 만든 이름들.
        place: 보고에 적을 자리. ``docs/learn/lstm.md:41``처럼 파일과 줄이다.

    Raises:
        ClaimError: 식을 계산할 수 없거나, 기호의 크기를 모르거나, 주장이 틀렸거나 약할 때.
    """
    value = evaluate(claim.expression, namespace, place)
    try:
        measured = measure(value)
    except ShapelessValueError as error:
        raise _failure(place, "형태를 잴 수 없는 식입니다", 식=claim.expression, 까닭=str(error)) from None

    scope = bound_sizes(namespace)
    letters = _letters(claim.tree)
    for letter in letters:
        if letter not in scope:
            name = SYMBOLS[letter].name
            raise _failure(
                place,
                f"기호 {letter}의 크기를 모릅니다: {name}에 정수를 묶은 코드가 이 자리까지 없습니다",
                식=claim.expression,
                주장=claim.shape,
            )
    sizes = {letter: scope[letter] for letter in letters}
    claimed = _evaluate(claim.tree, scope)
    if claimed != measured:
        left = _align(claim.shape, write(measured))
        raise _failure(
            place,
            "형태 주장이 실제와 다릅니다",
            식=claim.expression,
            주장=f"{left[0]} = {write(claimed)}",
            실제=f"{left[1]} = {in_symbols(measured, {**scope, **sizes})}",
            기호=_legend(sizes),
        )
    general = _evaluate(claim.tree, GENERAL_SIZES)
    for mutant in _mutants(claim.tree, scope):
        if _evaluate(mutant, scope) == measured and _evaluate(mutant, GENERAL_SIZES) != general:
            written = _write_claimed(mutant)
            left = _align(claim.shape, written)
            involved = {letter: scope[letter] for letter in (*letters, *_letters(mutant))}
            raise _failure(
                place,
                "형태 주장이 약합니다: 틀린 주장도 참이 됩니다",
                식=claim.expression,
                주장=f"{left[0]} = {write(measured)}",
                변이=f"{left[1]} = {write(measured)}",
                겹침=_legend(_coinciding(claim.tree, mutant, involved)),
                고치기="크기를 2, 3, 4가 아닌 서로 다른 소수로 바꾸세요",
            )
    return Checked(write(measured), sizes)


def _letters(tree: ClaimedTree) -> list[str]:
    """나무에 쓰인 기호. 처음 나온 차례대로, 한 번씩."""
    if isinstance(tree, ClaimedShape):
        names = [node.id for axis in tree.axes for node in ast.walk(axis) if isinstance(node, ast.Name)]
    else:
        names = [letter for item in tree for letter in _letters(item)]
    return list(dict.fromkeys(names))


# 서로 겹칠 일이 없는 큰 소수. 여기서도 같은 두 형태는 적는 법만 다를 뿐 같은 주장이다(H + H와 2H).
PRIMES = (1009, 2003, 3001, 4001, 5003, 6007, 7001, 8009, 9001, 10007, 11003, 12007, 13001, 14009, 15013, 16001, 17011)
GENERAL_SIZES = dict(zip(SYMBOLS, PRIMES, strict=True))


def _evaluate(tree: ClaimedTree, sizes: Mapping[str, int]) -> Tree:
    if isinstance(tree, ClaimedShape):
        return Shape(tuple(_axis_size(axis, sizes) for axis in tree.axes))
    items = [_evaluate(item, sizes) for item in tree]
    return items if isinstance(tree, list) else tuple(items)


def _axis_size(axis: ast.expr, sizes: Mapping[str, int]) -> int | None:
    match axis:
        case ast.Name(id=letter):
            return sizes[letter]
        case ast.BinOp(left=left, op=sign, right=right):
            operands = _axis_size(left, sizes), _axis_size(right, sizes)
            if operands[1] == 0 and isinstance(sign, ast.FloorDiv):
                return -1  # 0으로 나눈 축은 어떤 실제 크기와도 같지 않다
            size: int = OPERATORS[type(sign)](*operands)
            return size
        case ast.Constant(value=int() as number):
            return number
    return None


def _mutants(tree: ClaimedTree, scope: Mapping[str, int]) -> Iterator[ClaimedTree]:
    """한 군데가 달라진 주장들. 이 가운데 하나라도 참이면 원래 주장은 아무것도 말하지 않은 것이다."""
    if not isinstance(tree, ClaimedShape):
        for index, item in enumerate(tree):
            for mutant in _mutants(item, scope):
                yield type(tree)([*tree[:index], mutant, *tree[index + 1 :]])
        for first, second in itertools.combinations(range(len(tree)), 2):
            yield type(tree)(_swapped(tree, first, second))
        return
    axes = tree.axes
    for first, second in itertools.combinations(range(len(axes)), 2):
        yield ClaimedShape(tuple(_swapped(axes, first, second)))
    for index, axis in enumerate(axes):
        yield ClaimedShape(axes[:index] + axes[index + 1 :])
        yield ClaimedShape((*axes[: index + 1], *axes[index:]))
        for other in _axis_mutants(axis, scope):
            yield ClaimedShape((*axes[:index], other, *axes[index + 1 :]))


def _axis_mutants(axis: ast.expr, scope: Mapping[str, int]) -> Iterator[ast.expr]:
    if isinstance(axis, ast.Constant) and axis.value is None:
        return
    for letter in scope:
        yield ast.Name(letter, ast.Load())
        for factor in GATE_FACTORS:
            yield _times(factor, ast.Name(letter, ast.Load()))
    for factor in GATE_FACTORS:
        yield _times(factor, axis)
    if isinstance(axis, ast.BinOp) and isinstance(axis.op, ast.Mult):
        yield axis.left
        yield axis.right
    if isinstance(axis, ast.BinOp) and len(_letters(ClaimedShape((axis,)))) > 1:
        # 합과 차는 기호 둘을 한꺼번에 바꾸어도 겹칠 수 있다: 크기가 5, 7, 11, 13이면 T + D와 N + H가 같다.
        for first, second in itertools.permutations(scope, 2):
            for sign in (ast.Add(), ast.Sub()):
                yield ast.BinOp(ast.Name(first, ast.Load()), sign, ast.Name(second, ast.Load()))
    if isinstance(axis, ast.BinOp):
        for left in _axis_mutants(axis.left, scope):
            yield ast.BinOp(left, axis.op, axis.right)
        for right in _axis_mutants(axis.right, scope):
            yield ast.BinOp(axis.left, axis.op, right)


def _times(factor: int, axis: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(factor), ast.Mult(), axis)


def _swapped(items: Sequence[Any], first: int, second: int) -> list[Any]:
    swapped = list(items)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    return swapped


def _coinciding(tree: ClaimedTree, mutant: ClaimedTree, sizes: Mapping[str, int]) -> dict[str, int]:
    """주장과 변이가 갈라지는 축에 쓰인 기호만 남긴다."""
    pairs = zip(_axes(tree), _axes(mutant), strict=False)
    differing = [axis for pair in pairs if ast.dump(pair[0]) != ast.dump(pair[1]) for axis in pair]
    letters = _letters(ClaimedShape(tuple(differing)))
    return {letter: sizes[letter] for letter in letters}


def _axes(tree: ClaimedTree) -> list[ast.expr]:
    if isinstance(tree, ClaimedShape):
        return list(tree.axes)
    return [axis for item in tree for axis in _axes(item)]


def _write_claimed(tree: ClaimedTree) -> str:
    if isinstance(tree, ClaimedShape):
        return brackets([re.sub(r"(\d+) \* (?=[A-Z(])", r"\1", ast.unparse(axis)) for axis in tree.axes], tuple)
    return brackets([_write_claimed(item) for item in tree], type(tree))


def _legend(sizes: Mapping[str, int]) -> str:
    return "  ".join(f"{letter}={SYMBOLS[letter].name}={size}" for letter, size in sizes.items())


def _align(first: str, second: str) -> tuple[str, str]:
    width = max(len(first), len(second))
    return first.ljust(width), second.ljust(width)


def _failure(place: str, what: str, **rows: str) -> ClaimError:
    lines = [f"{place}: {what}"]
    for label, text in rows.items():
        if text:
            columns = sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in label)
            lines.append(f"  {label}{' ' * (8 - columns)}{text}")
    return ClaimError("\n".join(lines))
