"""재기: 크기 두 벌에서 같은 답만 적고, 뜻은 값이 맞을 때만 적는다."""

from dataclasses import replace

import pytest

from rnn_shapes.contract import measuring
from rnn_shapes.contract.cases import KERAS, Case
from rnn_shapes.contract.data import Refused
from rnn_shapes.contract.rules import NOT_REVERSED


def test_message_keeps_only_what_is_the_same_everywhere():
    """오류 메시지에서 색과 장치의 이름, 주소, 인자의 나열을 뺀다."""
    raw = (
        "Exception encountered when calling LSTM.call().\n\n\x1b[1m{{function_node __wrapped__Add_device_/job:x}} "
        "Incompatible shapes at 0x7f12ab34cd [Op:AddV2] name: \x1b[0m\n\nArguments received by LSTM.call():\n  • a=1"
    )
    assert measuring.message(ValueError(raw)) == "Incompatible shapes at 0x… [Op:AddV2]"


def failing(monkeypatch, *errors):
    """크기마다 차례로 이런 예외가 나는 것으로 바꾼다. ``None``이면 나지 않는다."""
    left = iter(errors)

    def run(case, keras, sizes):
        if error := next(left):
            raise error
        return {}

    monkeypatch.setattr(measuring, "run", run)


def test_refusal_is_measured_with_both_sizes(monkeypatch):
    """거절되는 경우도 크기 두 벌로 재고, 메시지에는 한 벌의 수가 남지 않는다."""
    failing(monkeypatch, ValueError("want 13, got 26"), ValueError("want 11, got 22"))
    assert measuring.measure_case(Case("LSTM"), 3) == Refused("ValueError", "want H, got 2H")


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        (
            (ValueError("a"), TypeError("a")),
            r"LSTM\.layer\(Keras 3\): 크기에 따라 다르게 거절됩니다\(ValueError, TypeError\)",
        ),
        ((None, TypeError("a")), r"LSTM\.layer\(Keras 3\): 크기에 따라 다르게 거절됩니다\(TypeError\)"),
    ],
)
def test_refusal_that_depends_on_the_sizes_is_an_error(monkeypatch, errors, words):
    """크기 한 벌에서만 거절되거나 예외가 서로 다르면 짐작하지 않는다."""
    failing(monkeypatch, *errors)
    with pytest.raises(ValueError, match=words):
        measuring.measure_case(Case("LSTM"), 3)


def test_long_message_is_cut(monkeypatch):
    """긴 메시지는 줄인다."""
    failing(monkeypatch, ValueError("x" * 300), ValueError("x" * 300))
    assert measuring.measure_case(Case("LSTM"), 3) == Refused("ValueError", "x" * 199 + "…")


def test_meaning_is_refused_when_values_differ(checked_docs):
    """돌려받은 값이 셀을 한 타임스텝씩 부른 것과 다르면 뜻을 적지 않고 틀렸다고 한다."""
    from rnn_shapes.contract.recurrence import OTHER_VALUES, Call, Interpretation, interpret

    space = measuring.run(Case("LSTM", {"return_state": True}), 3, measuring.SIZES[0])
    output, h, c = space["outputs"]
    right = Call(space["layer"], space["inputs"], (output, h, c), ("h", "c"))
    assert interpret(right) == Interpretation(("last_output", "h", "c"))
    assert interpret(replace(right, outputs=(output, c, h))) == Interpretation(wrong=OTHER_VALUES)


@pytest.mark.parametrize(
    ("options", "masked_output"),
    [
        ({"return_sequences": True}, "repeat"),
        ({"return_sequences": True, "zero_output_for_mask": True}, "zero"),
        ({"return_sequences": True, "go_backwards": True}, "zero"),
        ({"go_backwards": True}, ""),
        ({"return_sequences": True, "go_backwards": True, "unroll": True}, "zero"),
    ],
)
@pytest.mark.parametrize("keras", KERAS)
def test_masked_output_is_what_stands_in_the_gaps(checked_docs, keras, options, masked_output):
    """빈자리에 무엇이 있는지 적고, 빈자리의 출력을 돌려받지 않으면 적지 않는다."""
    assert measuring.measure_case(Case("GRU", options, mask=True), keras).masked_output == masked_output


@pytest.mark.parametrize("wrap", ["layer", "RNN", "RNN_list"])
@pytest.mark.parametrize("keras", KERAS)
def test_unrolled_backwards_layer_zeroes_with_the_unreversed_mask(checked_docs, keras, wrap):
    """거꾸로 읽는 펼친 층이 틀리는 이유는, 상태가 아니라 0을 채울 때 쓰는 마스크가 뒤집히지 않기 때문이다."""
    options = {"return_sequences": True, "return_state": True, "go_backwards": True, "unroll": True}
    right = measuring.measure_case(Case("LSTM", options, wrap, mask=True), keras)
    assert not right.wrong and right.meanings[0] == "outputs"
    wrong = measuring.measure_case(Case("LSTM", {**options, "zero_output_for_mask": True}, wrap, mask=True), keras)
    assert (wrong.wrong, wrong.meanings, wrong.returns) == (NOT_REVERSED, (), right.returns)
