"""값을 말하는 우리말 낱말과, 받침에 따라 바뀌는 조사."""

import pytest

from rnn_shapes.particles import Piece, sound, wrong_particles
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


@pytest.mark.parametrize(
    ("closed", "text"),
    [
        ("받침", "셀과 층"),
        ("받침", "LSTM"),
        ("받침", "RNN"),
        ("받침", "26"),
        ("받침", "100"),
        ("받침", "return_sequences=None"),
        ("받침", "BatchNormalization"),
        ("받침", "go_backwards=True, dropout"),
        ("받침", "순환 신경망(recurrent neural network, RNN)"),
        ("받침", "‘셀과 층’"),
        ("ㄹ", "셀"),
        ("ㄹ", "LSTMCell"),
        ("ㄹ", "outputs[:, -1]"),
        ("ㄹ", "recurrent_kernel"),
        ("ㄹ", "7"),
        ("", "마지막 상태"),
        ("", "GRU"),
        ("", "Dense"),
        ("", "(N, T, 2H)"),
        ("", "((N, H), (N, H))"),
        ("", "h_t"),
        ("", "\\alpha"),
        ("", "0.5"),
        ("", "28%"),
        ("", "형태(shape)"),
        ("", "get_weights()"),
        ("", "float32"),
        ("", "mask"),
        ("", "“무엇인가?”"),
        (None, "f(x)"),
        (None, "r"),
        (None, "fit"),
        (None, "..."),
        (None, ""),
    ],
)
def test_the_last_sound_is_that_of_reading_aloud(closed, text):
    """로마자와 숫자는 읽는 소리로, 괄호에 원어를 적은 말은 괄호 앞의 말로 판단하고, 모르는 소리는 모른다고 한다."""
    assert sound(text) == closed


def wrong(*pieces):
    """별표로 감싼 조각은 따로 읽는 것이다."""
    made = [Piece(piece.strip("*"), piece.startswith("*")) for piece in pieces]
    return [(one.written, one.right) for one in wrong_particles(made)]


@pytest.mark.parametrize(
    ("pieces", "right"),
    [
        (("*셀과 층*", "를 먼저 읽으세요."), "을"),
        (("*상태*", "은 하나입니다."), "는"),
        (("‘", "*셀과 층*", "’와 ‘", "*기호*", "’를 보세요."), "과"),
        (("*LSTM*", "는 층입니다."), "은"),
        (("*GRU*", "이 돌려주는 것"), "가"),
        (("*(N, T, 2H)*", "을 돌려줍니다."), "를"),
        (("*26*", "와 같습니다."), "과"),
        (("*리스트*", "으로 돌려줍니다."), "로"),
        (("*튜플*", "으로부터"), "로"),
        (("*셀과 층*", "로는"), "으로"),
        (("형태(shape)은 같습니다.",), "는"),
        (("“층”라고 합니다.",), "이라고"),
        (("*GRU*", "나 ", "*RNN*", "나"), "이나"),
    ],
)
def test_wrong_particle_is_found(pieces, right):
    """제목과 용어의 링크, 코드, 주장, 닫는 따옴표와 괄호 뒤의 틀린 조사마다 옳은 것을 말한다."""
    assert [one for _, one in wrong(*pieces)] == [right]


@pytest.mark.parametrize(
    "pieces",
    [
        ("*셀과 층*", "을 먼저 읽으세요."),
        ("*상태*", " 은하수"),
        ("*상태*", "이고, ", "*GRU*", "입니다."),
        ("*N*", "은 배치 크기, ", "*H*", "는 크기"),
        ("*3*", "은 ", "*26*", "개"),
        ("*층*", "이라고 하고 ", "*값*", "으로, ", "*셀*", "로, ", "*상태*", "로"),
        ("*fit*", "을 부르면"),
        ("*r*", "을 곱하고"),
        ("‘셀과 층’은, 형태(shape)는, 층(layer)이",),
        ("*은닉층*", "은닉 상태"),
        ("셀를",),
    ],
)
def test_right_or_unknown_particle_passes(pieces):
    """맞는 조사와 다음 말의 첫 글자, 소리를 모르는 말은 그냥 둔다."""
    assert not wrong(*pieces)
