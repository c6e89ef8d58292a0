"""쓰지 않기로 한 말과, 괄호에 적은 원어."""

import pytest

from rnn_shapes.glossary import Term
from rnn_shapes.lint.words import banned_words, wrong_glosses

TERMS = [Term("층", "layer", "", banned=("레이어",)), Term("손실", "loss", "", banned=("로스",))]


@pytest.mark.parametrize("text", ["레이어를 쌓는다.", "이 레이어", "로스가 준다."])
def test_banned_word_is_found(text):
    """쓰지 않기로 한 말을 찾아낸다."""
    assert list(banned_words(text, TERMS))


@pytest.mark.parametrize(
    "text", ["‘레이어’라고도 한다.", '흔히 "하위 레이어"라고 한다.', "크로스 엔트로피", "층을 쌓는다."]
)
def test_quoted_words_and_parts_of_words_are_allowed(text):
    """그 말 자체를 따옴표로 가리키거나 다른 낱말의 일부이면 그냥 둔다."""
    assert not list(banned_words(text, TERMS))


GATES = [Term("출력 게이트", "output gate", ""), Term("상태 유지(stateful)", "stateful", ""), Term("상태", "state", "")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("출력 게이트(output gate)는", []),
        ("출력\n게이트 o(output gate)는", []),
        ("상태 유지(stateful) 층", []),
        ("은닉 상태(hidden state)", ["상태(hidden state)"]),  # 이 용어집에는 은닉 상태가 없다
        ("층(layer)과 상태(state)", []),
        ("출력 게이트 o(input gate)는", ["출력 게이트(input gate)"]),
        ("상태(cell)", ["상태(cell)"]),
    ],
)
def test_gloss_is_that_of_the_glossary(text, wrong):
    """괄호에 적은 원어가 용어집의 것이 아니면 찾아내고, 가장 긴 용어로 비교한다."""
    assert [gloss for gloss, _ in wrong_glosses(text, GATES)] == wrong


def test_wrong_gloss_fails_the_build(lint):
    """원어를 잘못 적은 페이지는 줄과 옳은 원어를 말하며 실패한다."""
    built = lint("여기서 층(cell)은")
    assert built.code != 0
    assert "docs/page.md:3: ERROR: 용어집의 원어와 다릅니다. ‘층’의 원어는 layer입니다: 층(cell)" in built.output
