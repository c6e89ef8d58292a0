"""값을 말하는 우리말 낱말."""

import pytest

from rnn_shapes.words import INFLECTED, JOINERS, WORDS
from shape_claims.saying import says


@pytest.mark.parametrize("word", INFLECTED)
def test_a_word_is_said_in_every_form_that_a_sentence_needs(word):
    """모양이 바뀐 말은 본디 말의 값만 말한다."""
    others = [other for other in INFLECTED if other != word]
    for form in (word, *INFLECTED[word]):
        assert says(form, word, WORDS, JOINERS)
        assert not any(says(form, other, WORDS, JOINERS) for other in others)


def test_no_form_belongs_to_two_words():
    """한 모양이 두 말의 것이면 뒤의 것이 앞의 것을 지운다."""
    forms = [form for word, forms in INFLECTED.items() for form in (word, *forms)]
    assert len(set(forms)) == len(forms)
