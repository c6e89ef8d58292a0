"""주장을 읽고 확인하는 일."""

import numpy as np
import pytest
from rnn_shapes.claims import ClaimError, ClaimSyntaxError, check, parse

SIZES = {"batch_size": 5, "seq_length": 7, "input_dim": 11, "hidden_dim": 13}


def checked(text, **names):
    """주장을 확인한 결과."""
    return check(parse(text), SIZES | names, "docs/page.md:3")


def report(text, **names):
    """실패한 주장의 보고."""
    with pytest.raises(ClaimError) as failure:
        checked(text, **names)
    return str(failure.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("outputs (N, T, H)", "화살표(->)가 없습니다: 'outputs (N, T, H)'. '식 -> 형태'로 적으세요."),
        ("-> (N, T)", "화살표 왼쪽에 식이 없습니다: '-> (N, T)'. '식 -> 형태'로 적으세요."),
        ("outputs ->", "화살표 오른쪽에 형태가 없습니다: 'outputs ->'. '식 -> 형태'로 적으세요."),
        ("outputs[ -> (N,)", "화살표 왼쪽이 파이썬 식이 아닙니다: 'outputs['."),
        ("(5, 7) -> (N, T)", "식이 아무것도 재지 않습니다: '(5, 7)'. 페이지의 코드가 만든 값을 적으세요."),
        (
            "(batch_size, 7) -> (N, T)",
            "식이 아무것도 재지 않습니다: '(batch_size, 7)'. 페이지의 코드가 만든 값을 적으세요.",
        ),
        ("outputs -> (N, T", "읽을 수 없는 형태입니다: '(N, T'. (N, T, H)처럼 적으세요."),
        ("outputs -> N", "형태가 tuple이 아닙니다: 'N'. 축이 하나면 (N,)처럼 쉼표를 붙이세요."),
        ("outputs -> (N)", "형태가 tuple이 아닙니다: '(N)'. 축이 하나면 (N,)처럼 쉼표를 붙이세요."),
        (
            "outputs -> [N, T]",
            "형태가 tuple이 아닙니다: '[N, T]'. 텐서 하나는 (N, T, H), 텐서의 묶음은 [(N, H), (N, H)]로 적으세요.",
        ),
        ("outputs -> ((N, T), H)", "축과 형태가 한 묶음에 섞여 있습니다: '((N, T), H)'."),
        (
            "outputs -> (N, Q)",
            "모르는 기호입니다: '(N, Q)'의 Q. 아는 기호: N, T, D, H, S, V, E, K, O, A, G, C, F, P, Y, X, Z.",
        ),
        ("outputs -> (N, 2.5)", "축의 크기가 될 수 없는 값입니다: '(N, 2.5)'의 2.5."),
        ("outputs -> (N, H) # 곧 (N, T)", "형태에 주석을 달 수 없습니다: '(N, H) # 곧 (N, T)'."),
        ("outputs -> N, T", "형태가 tuple이 아닙니다: 'N, T'. 괄호로 (N, T, H)처럼 적으세요."),
        ("outputs -> (N, T / 2)", "축에는 +, -, *, //만 쓸 수 있습니다: '(N, T / 2)'."),
        ("outputs -> (N, max(T, H))", "축은 기호와 정수의 산술식이어야 합니다: '(N, max(T, H))'의 'max(T, H)'."),
    ],
)
def test_bad_claim_says_what_is_wrong(text, message):
    """읽을 수 없는 주장은 무엇이 잘못되었는지 말한다."""
    with pytest.raises(ClaimSyntaxError) as failure:
        parse(text)
    assert str(failure.value) == message


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
    ],
)
def test_every_way_to_write_a_shape(shape, value):
    """산술식, 모르는 축, 겹친 묶음을 모두 적을 수 있다."""
    assert checked(f"value -> {shape}", value=value)


def test_false_claim_shows_symbols_and_numbers():
    """틀린 주장은 자리, 식, 주장과 실제를 기호와 수로 보인다."""
    assert report("outputs -> (N, T, H)", outputs=np.zeros((5, 7, 26))) == (
        "docs/page.md:3: 형태 주장이 실제와 다릅니다\n"
        "  식      outputs\n"
        "  주장    (N, T, H)  = (5, 7, 13)\n"
        "  실제    (5, 7, 26) = (N, T, 2H)\n"
        "  기호    N=batch_size=5  T=seq_length=7  H=hidden_dim=13"
    )


def test_list_and_tuple_are_different():
    """묶음의 종류가 다르면 틀린 주장이다."""
    assert "실제    ((5, 13), (5, 13)) = ((N, H), (N, H))" in report(
        "states -> [(N, H), (N, H)]", states=(np.zeros((5, 13)),) * 2
    )


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
    lines = report(f"value -> {claim}", value=np.zeros(value), **sizes).splitlines()
    assert lines[0] == "docs/page.md:3: 형태 주장이 약합니다: 틀린 주장도 참이 됩니다"
    assert [line.split() for line in lines if "변이" in line or "겹침" in line] == [
        ["변이", *mutant.split()],
        ["겹침", *coinciding.split()],
    ]
    assert lines[-1] == "  고치기  크기를 2, 3, 4가 아닌 서로 다른 소수로 바꾸세요"


def test_swapped_members_of_a_structure_are_a_mutant():
    """묶음의 차례를 바꾸어도 참이면 약한 주장이다."""
    states = [np.zeros((5, 17)), np.zeros((5, 17))]
    assert "변이    [(N, D + 6), (N, H + 4)]" in report("states -> [(N, H + 4), (N, D + 6)]", states=states)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("missing -> (N,)", "docs/page.md:3: 이 자리까지 없는 이름입니다: missing\n  식      missing"),
        (
            "word -> (N,)",
            "docs/page.md:3: 형태를 잴 수 없는 식입니다\n  식      word\n  까닭    형태가 없는 값입니다: str",
        ),
        (
            "items[5] -> (N,)",
            "docs/page.md:3: 식을 계산하다가 예외가 났습니다\n"
            "  식      items[5]\n"
            "  예외    IndexError: list index out of range",
        ),
        (
            "pair -> (N, V)",
            "docs/page.md:3: 기호 V의 크기를 모릅니다: vocab_size에 정수를 묶은 코드가 이 자리까지 없습니다\n"
            "  식      pair\n"
            "  주장    (N, V)",
        ),
    ],
)
def test_claim_that_cannot_be_checked_fails(text, message):
    """계산할 수 없는 주장은 까닭을 말하며 실패한다."""
    assert report(text, word="글", items=[], pair=(5, 3)) == message


def test_checking_does_not_bind_names():
    """확인은 페이지의 이름 공간을 바꾸지 않는다."""
    namespace = {**SIZES, "outputs": np.zeros((5, 13))}
    before = set(namespace)
    check(parse("(kept := outputs) -> (N, H)"), namespace, "docs/page.md:3")
    assert set(namespace) == before
