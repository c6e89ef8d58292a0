"""재기: 크기 두 벌에서 같은 답만 적고, 뜻은 값이 맞을 때만 적는다."""

from dataclasses import replace

import pytest

from rnn_shapes.contract import measuring
from rnn_shapes.contract.cases import KERAS, Case
from rnn_shapes.contract.data import Refused
from rnn_shapes.contract.rules import IGNORED, MASK_KEPT, NOT_REVERSED, OTHER_VALUES, ZEROED_LAST


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


def test_meaning_is_refused_when_values_differ():
    """돌려받은 값이 셀을 한 타임스텝씩 부른 것과 다르면 뜻을 적지 않고 틀렸다고 한다."""
    from rnn_shapes.contract.recurrence import Call, Interpretation, interpret

    space = measuring.run(Case("LSTM", {"return_state": True}), 3, measuring.SIZES[0])
    output, h, c = space["outputs"]
    right = Call(space["layer"], space["inputs"], (output, h, c), ("h", "c"))
    assert interpret(right) == Interpretation(("last_output", "h", "c"))
    assert interpret(replace(right, outputs=(output, c, h))) == Interpretation(wrong=(OTHER_VALUES,))


@pytest.mark.parametrize(
    ("options", "masked_output"),
    [
        ({"return_sequences": True}, ("repeat", "zero", "repeat")),
        ({"return_sequences": True, "zero_output_for_mask": True}, ("zero", "zero", "zero")),
        ({"return_sequences": True, "go_backwards": True}, ("zero", "repeat", "repeat")),
        ({}, ("repeat", "", "")),
        ({"go_backwards": True}, ("", "repeat", "")),
        ({"return_sequences": True, "go_backwards": True, "unroll": True}, ("zero", "repeat", "repeat")),
    ],
)
@pytest.mark.parametrize("keras", KERAS)
def test_masked_output_is_what_stands_in_the_gaps(keras, options, masked_output):
    """빈자리가 뒤와 앞, 가운데에 있을 때 그 자리에 무엇이 있는지 적고, 그 출력을 돌려받지 않으면 적지 않는다."""
    assert measuring.measure_case(Case("GRU", options, mask=True), keras).masked_output == masked_output


@pytest.mark.parametrize("wrap", ["layer", "RNN", "RNN_list"])
@pytest.mark.parametrize("keras", KERAS)
def test_unrolled_backwards_layer_zeroes_with_the_unreversed_mask(keras, wrap):
    """거꾸로 읽는 펼친 층이 틀리는 이유는, 상태가 아니라 0을 채울 때 쓰는 마스크가 뒤집히지 않기 때문이다."""
    options = {"return_sequences": True, "return_state": True, "go_backwards": True, "unroll": True}
    right = measuring.measure_case(Case("LSTM", options, wrap, mask=True), keras)
    assert right.wrong == (MASK_KEPT,) and right.meanings[0] == "outputs"
    wrong = measuring.measure_case(Case("LSTM", {**options, "zero_output_for_mask": True}, wrap, mask=True), keras)
    assert (wrong.wrong, wrong.meanings, wrong.returns) == ((NOT_REVERSED, MASK_KEPT), (), right.returns)


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        (Case("LSTM", {"return_sequences": True, "go_backwards": True}, mask=True), {3: MASK_KEPT, 2: MASK_KEPT}),
        (Case("LSTM", {"return_sequences": True}, "Bidirectional", mask=True), {}),
        (Case("LSTM", {"zero_output_for_mask": True}, mask=True), {3: ZEROED_LAST, 2: ZEROED_LAST}),
        (Case("LSTM", {"zero_output_for_mask": True}, "Bidirectional", mask=True), {3: IGNORED, 2: IGNORED}),
        (Case("ConvLSTM1D", {"zero_output_for_mask": True}, mask=True), {3: ZEROED_LAST, 2: IGNORED}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
@pytest.mark.parametrize("keras", KERAS)
def test_silent_faults_are_found_in_the_values(keras, case, wrong):
    """뒤집지 않은 출력의 마스크와 0이 된 마지막 출력, 무시한 옵션을 값에서 찾는다."""
    assert measuring.measure_case(case, keras).wrong == ((wrong[keras],) if wrong else ())


@pytest.mark.parametrize(
    ("layer", "wrap", "form", "treated"),
    [
        ("GRU", "layer", "list", ""),
        ("GRU", "layer", "too_many", "dropped"),
        ("GRU", "Bidirectional", "too_many", "dropped"),
        ("GRU", "RNN_list", "too_few", "skipped"),
        ("GRU", "layer", "batch_of_one", "broadcast"),
        ("LSTM", "layer", "one_unit", "broadcast"),
    ],
)
def test_acceptance_is_told_from_use(layer, wrap, form, treated):
    """Keras 3이 오류 없이 받은 초기 상태를 준 대로 쓰는지, 값을 바꾸어 보고 적는다."""
    case = Case(layer, {"return_state": True}, wrap, initial_state=form)
    assert measuring.measure_case(case, 3).given == treated


def test_acceptance_that_depends_on_the_batch_is_found():
    """``Bidirectional``에 준 텐서 하나는 거절되지만, 배치 크기가 2이면 배치를 잘라 방향마다 나누어 준다."""
    case = Case("GRU", {"return_state": True}, "Bidirectional", initial_state="tensor")
    assert measuring.measure_case(case, 3).of_two == "split"
    assert measuring.measure_case(replace(case, layer="LSTM"), 3).of_two == ""


@pytest.mark.parametrize("form", ["too_few", "wrong_size", "sequence"])
def test_input_is_accepted_until_the_values_come(form):
    """Keras 3은 틀린 초기 상태를 ``Input``으로 부를 때는 받고, 값을 넣을 때 거절한다. Keras 2는 바로 거절한다."""
    case = Case("LSTM", {"return_state": True}, initial_state=form)
    for keras, late in ((3, True), (2, False)):
        assert not measuring.measure_case(case, keras).late
        assert measuring.measure_case(replace(case, inputs="input"), keras).late == late


def test_training_on_unknown_lengths_is_tried():
    """길이를 모르는 채 펼친 층은 값을 넣어 부를 때는 되지만, 길이를 모르는 데이터셋으로는 훈련할 수 없다."""
    from rnn_shapes.contract.fitting import fit
    from rnn_shapes.contract.running import run_with_values

    unrolled = Case("GRU", {"unroll": True, "return_state": True}, inputs="any_length", mask=True)
    said = measuring.measure_case(unrolled, 3).fit
    assert said == "ValueError: Cannot unroll a RNN if the time dimension is undefined."
    space = measuring.run(replace(unrolled, options={"return_state": True}), 3, measuring.SIZES[1])
    fit(space["tf"].keras, space, run_with_values(unrolled, 3, space))


@pytest.mark.parametrize("keras", KERAS)
def test_initial_state_of_an_unknown_batch(keras):
    """배치 크기를 모르면 Keras 3의 ``get_initial_state``는 부를 수 없으므로 형태를 적지 않는다."""
    wanted = {3: "", 2: "[(None, H), (None, H)]"}[keras]
    assert measuring.measure_case(Case("LSTM", inputs="input"), keras).initial_state == wanted
    assert measuring.measure_case(Case("LSTM", inputs="batch_input"), keras).initial_state == "[(N, H), (N, H)]"
