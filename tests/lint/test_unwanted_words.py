"""쓰지 않기로 한 말."""

import pytest

from rnn_shapes.glossary import Term
from rnn_shapes.lint.words import banned_words

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
