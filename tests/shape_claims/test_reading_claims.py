"""주장을 읽는 일: 읽을 수 없으면 무엇이 잘못되었고 어떻게 적는지 말한다."""

import pickle

import pytest
from tiny import KOREAN

from shape_claims import ClaimSyntaxError, Symbols, parse, parse_default, parse_value
from shape_claims.claim import parse_measurement
from shape_claims.writing import write

SYMBOLS = Symbols(KOREAN)
READ = {"shape": parse, "value": parse_value, "default": parse_default}


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("outputs (N, T, H)", "화살표(->)가 없습니다: 'outputs (N, T, H)'. '식 -> 형태'로 적으세요."),
        ("-> (N, T)", "화살표 왼쪽에 식이 없습니다: '-> (N, T)'. '식 -> 형태'로 적으세요."),
        ("outputs ->", "화살표 오른쪽에 형태가 없습니다: 'outputs ->'. '식 -> 형태'로 적으세요."),
        ("outputs[ -> (N,)", "화살표 왼쪽이 파이썬 식이 아닙니다: 'outputs['."),
        ("outputs -> (N, T", "읽을 수 없는 형태입니다: '(N, T'. (N, T, H)처럼 적으세요."),
        ("outputs -> N", "형태가 tuple이 아닙니다: 'N'. 축이 하나면 (N,)처럼 쉼표를 붙이세요."),
        ("outputs -> (N)", "형태가 tuple이 아닙니다: '(N)'. 축이 하나면 (N,)처럼 쉼표를 붙이세요."),
        (
            "outputs -> [N, T]",
            "형태가 tuple이 아닙니다: '[N, T]'. 텐서 하나는 (N, T, H), 텐서의 묶음은 [(N, H), (N, H)]로 적으세요.",
        ),
        ("outputs -> ((N, T), H)", "축과 형태가 한 묶음에 섞여 있습니다: '((N, T), H)'."),
        ("outputs -> (N, Q)", "모르는 기호입니다: '(N, Q)'의 Q. 아는 기호: N, T, D, H."),
        ("outputs -> (N, 2.5)", "축의 크기가 될 수 없는 값입니다: '(N, 2.5)'의 2.5."),
        ("outputs -> (N, H) # 곧 (N, T)", "형태에 주석을 달 수 없습니다: '(N, H) # 곧 (N, T)'."),
        ("outputs -> N, T", "형태가 tuple이 아닙니다: 'N, T'. 괄호로 (N, T, H)처럼 적으세요."),
        ("outputs -> (N, T / 2)", "축에는 +, -, *, //만 쓸 수 있습니다: '(N, T / 2)'."),
        ("outputs -> (N, max(T, H))", "축은 기호와 정수의 산술식이어야 합니다: '(N, max(T, H))'의 'max(T, H)'."),
        (
            "weights -> {**N}",
            "딕셔너리의 키가 상수가 아닙니다: '{**N}'. 키는 {'kernel': (N, H)}처럼 따옴표로 감싸세요.",
        ),
    ],
)
def test_bad_claim_says_what_is_wrong(text, message):
    """읽을 수 없는 주장은 무엇이 잘못되었는지 말한다."""
    with pytest.raises(ClaimSyntaxError) as failure:
        parse(text, SYMBOLS)
    assert str(failure.value) == message


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("shape", "h (B, D)", "The arrow (->) is missing: 'h (B, D)'. Write 'expression -> shape'."),
        ("shape", "h -> (N, T", "The shape cannot be read: '(N, T'. Write it like (N, T, H)."),
        (
            "shape",
            "h -> {N: (N,)}",
            "A key of the dictionary is no constant: '{N: (N,)}'. Keys are in quotes, like {'kernel': (N, H)}.",
        ),
        ("value", "h.ndim 2", "The arrow (->) is missing: 'h.ndim 2'. Write 'expression -> words'."),
        ("value", "-> 2", "There is no expression left of the arrow: '-> 2'. Write 'expression -> words'."),
        ("value", "h.ndim ->", "There are no words right of the arrow: 'h.ndim ->'. Write 'expression -> words'."),
        ("value", "h. -> 2", "What stands left of the arrow is no Python expression: 'h.'."),
        (
            "value",
            "a == b -> same / same",
            "Both phrases are the same: 'same / same'. After the slash, write what a false fact would say.",
        ),
        (
            "default",
            "copy -> True",
            "The left side names no argument: 'copy'. Write 'package.Class.argument'.",
        ),
        (
            "default",
            "np.array(1).copy -> True",
            "The left side names no argument: 'np.array(1).copy'. Write 'package.Class.argument'.",
        ),
        (
            "default",
            "np.array.copy",
            "The arrow (->) is missing: 'np.array.copy'. Write 'package.Callable.argument -> words'.",
        ),
    ],
)
def test_bad_claim_of_each_kind_in_english(kind, text, message):
    """주장의 갈래마다 적는 법을 영어로 말한다."""
    with pytest.raises(ClaimSyntaxError) as failure:
        READ[kind](text, SYMBOLS)
    assert str(failure.value) == message


def test_measurement_must_be_python():
    """그림이 보일 값의 식도 파이썬이어야 한다."""
    assert parse_measurement("h.sum()").expression == "h.sum()"
    with pytest.raises(ClaimSyntaxError, match="no Python expression: 'h:'"):
        parse_measurement("h:")


@pytest.mark.parametrize(
    ("shape", "written"),
    [
        ("(N, 2H)", "(N, 2H)"),
        ("(N, 3(D + H))", "(N, 3(D + H))"),
        ("(HH, H(D+1))", "(H * H, H * (D + 1))"),
        ("(H², D³)", "(H * H, D * D * D)"),
        ("(N×T,)", "(N * T,)"),
        ("{'a': (N,), 'b': [(T,)]}", "{'a': (N,), 'b': [(T,)]}"),
        ("()", "()"),
    ],
)
def test_juxtaposition_is_a_product(shape, written):
    """붙여 적은 것은 곱으로 읽는다."""
    assert write(parse(f"h -> {shape}", SYMBOLS).tree) == written


def test_without_a_table_a_symbol_is_any_name():
    """기호의 표가 없으면 이름이 곧 기호다."""
    assert write(parse("h -> (batch, 2 * HH, f(1)) ".replace(", f(1)", "")).tree) == "(batch, 2HH)"


def test_claims_travel_between_processes():
    """읽은 주장은 여러 프로세스로 읽는 빌드에서도 그대로 옮겨진다."""
    claim = parse("h -> (N, 2H)", SYMBOLS)
    copy = pickle.loads(pickle.dumps(claim))  # noqa: S301 - Sphinx keeps pages so
    assert (copy.expression, copy.text, write(copy.tree)) == ("h", "(N, 2H)", "(N, 2H)")
