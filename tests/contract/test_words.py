"""화면에 적는 말: 코드와 규칙에서 나오고, 모르는 낱말이 없다."""

import itertools

import pytest
from support import ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import LAYERS, Case
from rnn_shapes.contract.code import STATE_FORMS, code, state
from rnn_shapes.contract.data import Measured
from rnn_shapes.contract.rules import RULES, TRAPS
from rnn_shapes.contract.words import LABELS, combination, form, korean


def test_labels_follow_the_code():
    """감싸는 법과 입력의 꼴의 이름은 코드의 뼈대에서 나온다."""
    assert LABELS == {
        "layer": "층 그대로",
        "RNN": "RNN(셀)",
        "RNN_single": "RNN([셀])",
        "RNN_list": "RNN([셀, 셀])",
        "StackedRNNCells": "RNN(StackedRNNCells([셀, 셀]))",
        "Bidirectional": "Bidirectional(층)",
        "backward_layer": "Bidirectional(층, backward_layer=층)",
        "Bidirectional_list": "Bidirectional(RNN([셀, 셀]))",
        "cell": "셀 한 타임스텝",
        "StackedRNNCells_step": "StackedRNNCells([셀, 셀]) 한 타임스텝",
        "tensor": "값이 든 텐서",
        "batch_input": "배치 크기를 아는 Input",
        "input": "배치 크기를 모르는 Input",
        "any_length": "배치 크기와 길이를 모르는 Input",
    }
    assert form("RNN_list", "LSTM", "LSTMCell") == "RNN([LSTMCell, LSTMCell])"
    assert form("layer", "LSTM", "LSTMCell") == "LSTM"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list", "[[h1, c1], [h2, c2]]"),
        ("nested", "[[h1, c1], [h2, c2]]"),
        ("flat", "[h1, c1, h2, c2]"),
        ("tuple", "(h1, c1, h2, c2)"),
        ("tensor", "h1"),
        ("too_few", "[h1, c1, h2]"),
        ("too_many", "[h1, c1, h2, c2, c2]"),
        ("packed", "[[h1, c1], [h2, c2]]"),
    ],
)
def test_state_form_is_written_as_it_is_called(name, text):
    """초기 상태의 방식마다, 이름이 말하는 대로 적힌다."""
    case = Case("LSTM", wrap="RNN_list", initial_state=name)
    lower, upper = (f"tf.random.normal([batch_size, {units}])" for units in ("hidden_dim", "other_dim"))
    for short, tensor in (("h1", lower), ("c1", lower), ("h2", upper), ("c2", upper)):
        text = text.replace(short, tensor)
    assert state(case, 3) == text


def test_every_state_form_has_its_own_name():
    """초기 상태의 방식마다 이름이 다르고, 적힌 코드도 어느 층에선가 다르다."""
    places = list(itertools.product(("GRU", "LSTM"), ("layer", "RNN_list"), (3, 2)))
    written = {
        tuple(code(Case(layer, {}, wrap, initial_state=name), keras) for layer, wrap, keras in places)
        for name in STATE_FORMS
    }
    assert len(written) == len(STATE_FORMS)
    labels = [one.label for one in STATE_FORMS.values()]
    assert labels == [
        "get_initial_state와 같은 리스트",
        "셀마다 묶은 리스트",
        "한 줄로 편 리스트",
        "튜플",
        "텐서 하나",
        "NumPy 배열의 리스트",
        "하나 모자란 리스트",
        "하나 남는 리스트",
        "유닛 수가 1 많은 상태",
        "마지막 상태의 유닛 수가 1",
        "첫 상태 자리에 시퀀스",
        "배치 크기가 1인 상태",
        "입력과 상태를 한 리스트에",
    ]


def test_rules_are_named_by_their_conditions():
    """규칙의 이름은 조건에서 나오고 저마다 다르다."""
    named = [combination(rule.when) for rule in (*RULES, *TRAPS)]
    assert named == [
        "stateful=True, 배치 크기를 모르는 Input 또는 배치 크기와 길이를 모르는 Input",
        "Keras 2: unroll=True, 배치 크기와 길이를 모르는 Input",
        "Keras 2의 합성곱 순환층: unroll=True",
        "Keras 2의 단방향 층: return_sequences=False, unroll=True, zero_output_for_mask=True, mask",
        "Keras 3의 Bidirectional(층) 또는 Bidirectional(RNN([셀, 셀])): go_backwards=True",
        "Keras 3의 양방향 층: return_state=True, stateful=True",
        "Keras 2의 RNN([셀]) 또는 RNN([셀, 셀]) 또는 RNN(StackedRNNCells([셀, 셀])) 또는 Bidirectional(RNN([셀, 셀])):"
        " stateful=True, initial_state, 배치 크기를 아는 Input",
        "Keras 3의 RNN([셀]): unroll=False, mask",
        "Keras 3의 RNN([LSTMCell]): unroll=True, mask 없음",
        "Bidirectional(층, backward_layer=층): merge_mode=sum 또는 mul 또는 ave, 두 층의 유닛 수가 다름",
        "양방향 층: return_sequences=True, unroll=True, mask",
        "return_sequences=True, go_backwards=True, unroll=True, zero_output_for_mask=True, mask",
        "Keras 3의 Bidirectional(층, backward_layer=층): 두 층의 유닛 수가 다름, Input",
        "return_sequences=True, go_backwards=True, mask",
        "단방향 순환층: return_sequences=False, zero_output_for_mask=True, mask",
        "Keras 3의 단방향 층: return_sequences=False, zero_output_for_mask=True, mask",
        "Keras 2의 합성곱 순환층: zero_output_for_mask=True, mask",
        "양방향 층: return_sequences=False, zero_output_for_mask=True, mask",
        "Keras 3: unroll=True, 배치 크기와 길이를 모르는 Input",
    ]


def test_every_meaning_can_be_read():
    """잰 뜻과 빈자리의 출력은 모두 우리말로 적을 수 있다."""
    meanings = set()
    for entry in data.load(ROOT / data.FILE).entries:
        for result in entry.results.values():
            if isinstance(result, Measured):
                meanings |= {*result.meanings, *result.masked_output, *(owner for owner, *_ in result.weights)}
    assert len(meanings) > 30
    assert all(korean(meaning) for meaning in meanings if meaning)
    assert {name for layer in LAYERS.values() for name in layer.states} == {"h", "c"}
