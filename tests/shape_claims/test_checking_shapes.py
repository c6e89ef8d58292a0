"""형태 주장을 확인하는 일."""

import numpy as np
import pytest
from tiny import KOREAN

from shape_claims import Checked, Problem, Settings, Symbols, check, parse, report
from shape_claims.comparing import Scope

SIZES = {"batch_size": 5, "seq_length": 7, "input_dim": 11, "hidden_dim": 13}
SETTINGS = Settings(Symbols(KOREAN))

pytestmark = pytest.mark.usefixtures("korean")


def checked(text, **names):
    """주장을 확인한 결과."""
    return check(parse(text, SETTINGS.symbols), SIZES | names, SETTINGS)


def failure(text, **names):
    """실패한 주장의 보고."""
    problem = checked(text, **names)
    assert isinstance(problem, Problem)
    return report(problem, "docs/page.md:3")


def test_true_claim_keeps_what_was_measured():
    """맞는 주장은 잰 형태와 쓰인 기호의 크기를 남긴다."""
    result = checked("outputs -> (N, T, 2H)", outputs=np.zeros((5, 7, 26)))
    assert (result.measured, result.sizes) == ("(5, 7, 26)", {"N": 5, "T": 7, "H": 13})


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("(N, 3(D + H))", np.zeros((5, 72))),
        ("(N, (T + 1) // 2)", np.zeros((5, 4))),
        ("(2, 3H)", np.zeros((2, 39))),
        ("(H + H,)", np.zeros(26)),
        ("(H, H)", np.zeros((13, 13))),
        ("()", np.zeros(())),
        ("(None, T, D)", (None, 7, 11)),
        ("[[(N, H)], ((N, T), (T, N))]", [[np.zeros((5, 13))], (np.zeros((5, 7)), np.zeros((7, 5)))]),
        ("{'kernel': (D, H), 'states': [(N, H)]}", {"kernel": np.zeros((11, 13)), "states": [np.zeros((5, 13))]}),
    ],
)
def test_every_way_to_write_a_shape(shape, value):
    """산술식, 모르는 축, 겹친 묶음, 이름으로 찾는 묶음을 모두 적을 수 있다."""
    assert isinstance(checked(f"value -> {shape}", value=value), Checked)


def test_false_claim_shows_symbols_and_numbers():
    """틀린 주장은 자리, 식, 주장과 실제를 기호와 수로 보인다."""
    assert failure("outputs -> (N, T, H)", outputs=np.zeros((5, 7, 26))) == (
        "docs/page.md:3: 형태 주장이 실제와 다릅니다\n"
        "  식      outputs\n"
        "  주장    (N, T, H)  = (5, 7, 13)\n"
        "  실제    (5, 7, 26) = (N, T, 2H)\n"
        "  기호    N=batch_size=5  T=seq_length=7  H=hidden_dim=13"
    )


def test_list_and_tuple_are_different():
    """묶음의 종류가 다르면 틀린 주장이다."""
    assert "실제    ((5, 13), (5, 13)) = ((N, H), (N, H))" in failure(
        "states -> [(N, H), (N, H)]", states=(np.zeros((5, 13)),) * 2
    )


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("{'kernel': (D, H), 'bias': (D,)}", "{'kernel': (D, H), 'bias': (H,)}"),
        ("{'kernel': (D, H), 'b': (H,)}", "{'kernel': (D, H), 'bias': (H,)}"),
        ("{'kernel': (D, H)}", "{'kernel': (D, H), 'bias': (H,)}"),
        ("[(D, H), (H,)]", "{'kernel': (D, H), 'bias': (H,)}"),
    ],
)
def test_dictionaries_are_compared_by_key(claim, right):
    """이름으로 찾는 묶음은 이름과 형태가 모두 맞아야 한다."""
    weights = {"kernel": np.zeros((11, 13)), "bias": np.zeros(13)}
    assert checked(f"weights -> {claim}", weights=weights).right == right


@pytest.mark.parametrize(
    ("claim", "sizes", "value", "mutant", "coinciding"),
    [
        ("(N, T)", {"seq_length": 5}, (5, 5), "(T, N) = (5, 5)", "N=batch_size=5  T=seq_length=5"),
        ("(N, H)", {"input_dim": 13}, (5, 13), "(N, D) = (5, 13)", "H=hidden_dim=13  D=input_dim=13"),
        ("(N, D)", {"input_dim": 26}, (5, 26), "(N, 2H) = (5, 26)", "D=input_dim=26  H=hidden_dim=13"),
        ("(D, 4H)", {"batch_size": 4}, (11, 52), "(D, N * H) = (11, 52)", "H=hidden_dim=13  N=batch_size=4"),
        ("(2, H)", {"batch_size": 2}, (2, 13), "(N, H) = (2, 13)", "N=batch_size=2"),
        (
            "(N, T + D)",
            {},
            (5, 18),
            "(N, N + H) = (5, 18)",
            "T=seq_length=7  D=input_dim=11  N=batch_size=5  H=hidden_dim=13",
        ),
        ("(N, T + 2)", {"input_dim": 9}, (5, 9), "(N, D) = (5, 9)", "T=seq_length=7  D=input_dim=9"),
    ],
)
def test_weak_claim_names_mutant_and_sizes(claim, sizes, value, mutant, coinciding):
    """틀린 주장도 참이 되는 주장은 그 변이와 겹치는 크기를 말하며 실패한다."""
    lines = failure(f"value -> {claim}", value=np.zeros(value), **sizes).splitlines()
    assert lines[0] == "docs/page.md:3: 형태 주장이 약합니다: 틀린 주장도 참이 됩니다"
    assert [line.split() for line in lines if "변이" in line or "겹침" in line] == [
        ["변이", *mutant.split()],
        ["겹침", *coinciding.split()],
    ]
    assert lines[-1] in {
        "  고치기  크기를 2, 3, 4가 아닌 서로 다른 소수로 바꾸세요",
        "  고치기  다른 크기를 고르세요. 이 크기로는 다른 주장도 똑같아집니다",  # 이미 서로 다른 소수다
    }


def test_swapped_members_of_a_structure_are_a_mutant():
    """묶음의 차례를 바꾸어도 참이면 약한 주장이다."""
    states = [np.zeros((5, 17)), np.zeros((5, 17))]
    assert "변이    [(N, D + 6), (N, H + 4)]" in failure("states -> [(N, H + 4), (N, D + 6)]", states=states)
    weights = {"a": np.zeros((5, 17)), "b": np.zeros((5, 17))}
    assert "변이    {'a': (N, D + 6), 'b': (N, H + 4)}" in failure(
        "weights -> {'a': (N, H + 4), 'b': (N, D + 6)}", weights=weights
    )


def test_unknown_axis_has_no_mutants():
    """크기를 모르는 축은 다른 것과 비교할 수 없으므로 약하지 않다."""
    assert isinstance(checked("shape -> (None, H)", shape=(None, 13)), Checked)


@pytest.mark.parametrize("claim", ["(N, T // (H - H))", "(N, T + None)"])
def test_arithmetic_without_a_result_is_false(claim):
    """0으로 나누거나 모르는 크기를 더한 축은 어느 크기와도 같지 않다."""
    assert checked(f"h -> {claim}", h=np.zeros((5, 7))).code == "differs"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("missing -> (N,)", "docs/page.md:3: 이 자리까지 없는 이름입니다: missing\n  식      missing"),
        (
            "word -> (N,)",
            "docs/page.md:3: 형태가 없는 식입니다\n  식      word\n  이유    형태가 없는 값입니다: str",
        ),
        (
            "items[5] -> (N,)",
            "docs/page.md:3: 식을 계산하다가 예외가 났습니다\n"
            "  식      items[5]\n"
            "  예외    IndexError: list index out of range",
        ),
        (
            "pair -> (N, D)",
            "docs/page.md:3: 기호 D의 크기를 모릅니다: input_dim에 정수를 묶은 코드가 이 자리까지 없습니다\n"
            "  식      pair\n"
            "  주장    (N, D)",
        ),
    ],
)
def test_claim_that_cannot_be_checked_fails(text, message):
    """계산할 수 없는 주장은 이유를 말하며 실패한다."""
    assert failure(text, word="글", items=[], pair=(5, 3), input_dim=None) == message


def test_checking_does_not_bind_names():
    """확인은 페이지의 이름 공간을 바꾸지 않는다."""
    namespace = {**SIZES, "outputs": np.zeros((5, 13))}
    before = set(namespace)
    check(parse("(kept := outputs) -> (N, H)"), namespace)
    assert set(namespace) == before


NAMES = {"np": np, "h": np.zeros((5, 7, 26)), "pair": [np.zeros((5, 13))] * 2, "rows": 5, "columns": np.int64(7)}
CUT = "식이 값을 크기에 맞추어 자릅니다"
GLUED = "식이 형태를 이어 붙여 만듭니다"
NOTHING = "식이 아무것도 확인하지 않습니다"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("h[:, :, :13] -> (N, T, H)", CUT),
        ("h[:, :, hidden_dim:] -> (N, T, H)", CUT),
        ("h[:, :, ::2] -> (N, T, H)", CUT),
        ("h.shape[:2] + (hidden_dim,) -> (N, T, H)", CUT),
        ("h.shape + pair[0].shape -> (N, T, 2H, N, H)", GLUED),
        ("(batch_size, seq_length, hidden_dim, h)[:3] -> (N, T, H)", CUT),
        ("(rows, columns) -> (N, T)", GLUED),
        ("(*h.shape,) -> (N, T, 2H)", GLUED),
        ("[*pair, *pair] -> [(N, H), (N, H), (N, H), (N, H)]", GLUED),
        ("(5, 7) -> (N, T)", NOTHING),
        ("(batch_size, 7) -> (N, T)", NOTHING),
        ("np.zeros((batch_size, seq_length)) -> (N, T)", NOTHING),
        ("np.zeros((5, 7)) -> (N, T)", NOTHING),
        ("np.zeros((rows, columns)) -> (N, T)", "식이 크기를 스스로 정합니다: 5"),
        ("np.zeros((len(h), 7)) -> (N, T)", "식이 크기를 스스로 정합니다: 7"),
        ("np.broadcast_to(h[0, 0, 0], (5, 13)) -> (N, H)", "식이 크기를 스스로 정합니다: 5"),
        ("np.take(h, range(hidden_dim), -1) -> (N, T, H)", "식이 크기를 스스로 정합니다: 13"),
    ],
)
def test_expression_that_brings_its_own_shape_is_refused(text, message):
    """값을 잘라 맞추거나, 크기를 늘어놓거나, 크기를 넣어 만든 형태는 주장이 아니다."""
    assert failure(text, **NAMES).splitlines()[0] == f"docs/page.md:3: {message}"


@pytest.mark.parametrize(
    "text",
    [
        "h[0] -> (T, 2H)",
        "h[:, 0] -> (N, 2H)",
        "h[..., ::-1] -> (N, T, 2H)",
        "h.T -> (2H, T, N)",
        "h.shape -> (N, T, 2H)",
        "(h, pair) -> ((N, T, 2H), [(N, H), (N, H)])",
        "np.concatenate(pair, axis=-1) -> (N, 2H)",
        "make(5, 7) -> (N, T)",
        "layer.make(5, 7) -> (N, T)",
        "layers[0].make(seq_length, 5) -> (T, N)",
    ],
)
def test_expression_that_measures_is_accepted(text):
    """축 하나를 고르거나 뒤집거나, 페이지가 만든 함수에 크기를 넘기는 것은 재는 일이다."""

    def make(*sizes):
        return np.zeros(sizes)

    class Layer:
        """페이지가 만든 층."""

    Layer.make = staticmethod(make)
    for made in (make, Layer):
        made.__module__ = "builtins"  # doctest runs a page under this name
    names = {**NAMES, "make": make, "layer": Layer(), "layers": [Layer()]}
    assert isinstance(checked(text, **names), Checked), failure(text, **names)


def test_symbol_with_two_sizes_is_refused():
    """앞에서 다른 크기였던 기호로는 아무것도 주장할 수 없고, 보고는 두 크기를 말한다."""
    scope = Scope()
    claim = parse("h -> (N, H)", SETTINGS.symbols)
    assert isinstance(check(claim, {**SIZES, "h": np.zeros((5, 13))}, SETTINGS, scope), Checked)
    problem = check(claim, {**SIZES, "batch_size": 3, "h": np.zeros((3, 13))}, SETTINGS, scope)
    assert report(problem, "docs/page.md:3") == (
        "docs/page.md:3: 기호 N의 크기가 이 페이지에 두 가지입니다: 5, 나중에 3\n"
        "  식      h\n"
        "  주장    (N, H)\n"
        "  고치기  다른 크기에는 다른 이름을 붙이세요"
    )


def test_without_a_table_only_the_names_in_claims_make_mutants():
    """기호의 표가 없으면, 주장이 쓰지 않는 정수는 주장을 약하게 하지 않는다."""
    names = {"batch": 5, "dim": 7, "same": 5, "h": np.zeros((5, 7))}
    claim = parse("h -> (batch, dim)")
    assert check(claim, names).code == "weak"
    assert isinstance(check(claim, names, scope=Scope(letters={"batch", "dim"})), Checked)
    assert check(parse("batch -> (batch, dim)"), names).code == "shapeless"
    assert check(parse("(batch, dim) -> (batch, dim)"), names).code == "nothing-measured"


def test_only_claims_are_checked():
    """주장이 아닌 것을 확인하려 하면 오류다."""
    with pytest.raises(TypeError):
        check("h -> (N,)", {})
