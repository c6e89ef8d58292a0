"""``trace_shapes``는 오류 없이 틀리는 것을 알리고, 틀리지 않은 것에는 말이 없다."""

import keras
import numpy as np
import pytest
from models import BATCH, IDS, UNITS, VECTORS, WIDTH, L, Scale, embedding, stack

from rnn_shapes import trace_shapes

ZEROS = np.zeros((BATCH, UNITS), "float32")
MASK = IDS != 0


def kinds(layer, inputs, **options):
    """알린 것의 종류."""
    return sorted(fault.kind for fault in trace_shapes(layer, inputs, **options).faults)


def test_lost_mask_is_followed_to_the_layer_that_needed_it():
    """어디에서 끊겼는지와 누가 받지 못했는지를 함께 말한다. 사이에 다른 층이 있어도 좋는다."""
    model = stack(embedding(), L.Conv1D(WIDTH, 1, name="cut"), L.Dropout(0.1), L.Dense(3), L.GRU(UNITS, name="needs"))
    (fault,) = trace_shapes(model, IDS).faults
    assert (fault.kind, fault.layer) == ("lost_mask", "needs")
    assert "마스크가 ‘cut’ 층에서 끊겨" in fault.message
    assert "빈자리까지 읽습니다" in fault.message


def test_mask_handed_over_by_hand_is_not_lost():
    """끊긴 마스크를 mask=로 직접 넘겼으면 말이 없다."""
    inputs, layer = keras.Input((7,), dtype="int32"), embedding()
    outputs = L.GRU(UNITS)(layer(inputs) * 2.0, mask=layer.compute_mask(inputs))
    assert kinds(keras.Model(inputs, outputs), IDS) == []


def test_lost_mask_that_hides_nothing_is_told_as_such():
    """이번 배치에 빈자리가 없으면 결과가 같다는 것까지 말한다."""
    (fault,) = trace_shapes(stack(embedding(), Scale(), L.GRU(UNITS)), IDS[:1] * 0 + 3).faults
    assert "이번 배치에는 가릴 것이 없지만" in fault.message


@pytest.mark.parametrize(
    ("options", "ids", "words"),
    [
        ({}, IDS, "마지막 상태는 빈자리까지 읽은 뒤의 것"),
        ({"go_backwards": True}, IDS[:, ::-1], "마지막 상태는 빈자리까지 읽은 뒤의 것"),
        ({"go_backwards": True}, IDS, "빈자리를 읽으며 바뀐 상태에서"),
        ({}, IDS[:, ::-1], "빈자리를 읽으며 바뀐 상태에서"),
    ],
)
def test_padded_side_is_held_against_the_direction(options, ids, words):
    """마스크가 없으면, 채운 쪽과 읽는 방향에 따라 무엇이 틀리는지 말한다."""
    (fault,) = trace_shapes(stack(embedding(mask_zero=False), L.LSTM(UNITS, **options)), ids).faults
    assert fault.kind == "padding"
    assert words in fault.message


def test_blanks_read_last_only_matter_where_they_are_used():
    """뒤를 채운 출력의 앞부분은 빈자리 없이 읽은 것과 같다. 그 위에서 마지막 상태를 쓰는 층이 틀린다."""
    below = [embedding(mask_zero=False), L.LSTM(UNITS, return_sequences=True)]
    assert kinds(stack(*below, L.Dense(1)), IDS) == []
    for reader, words in (
        (L.GRU(UNITS, name="reader"), "마지막 상태"),
        (L.GlobalAveragePooling1D(name="reader"), "평균에"),
    ):
        (fault,) = trace_shapes(stack(*below, reader), IDS).faults
        assert (fault.kind, fault.layer) == ("padding", "reader")
        assert words in fault.message


def test_attention_over_a_masked_memory_loses_nothing():
    """마스크가 있는 것을 값으로만 쓰는 어텐션은 마스크를 잃은 것이 아니다."""
    memory, query = keras.Input((7,), dtype="int32"), keras.Input((6, WIDTH))
    attended = L.MultiHeadAttention(2, 5)(query, embedding()(memory))
    assert kinds(keras.Model([memory, query], L.GRU(UNITS)(attended)), [IDS, VECTORS[:, :6]]) == []


def test_mask_that_hides_no_blank_is_noticed():
    """임베딩 뒤의 Masking(0.0)은 빈자리를 하나도 가리지 않는다."""
    (fault,) = trace_shapes(stack(embedding(mask_zero=False), L.Masking(0.0), L.LSTM(UNITS)), IDS).faults
    assert "마스크가 있지만 그 자리를 가리지 않아" in fault.message


def test_padded_vectors_are_noticed_too():
    """영벡터로 채운 입력도 마찬가지이고, Masking이 가리면 말이 없다."""
    padded = VECTORS * MASK[..., None]
    assert kinds(L.Bidirectional(L.GRU(UNITS)), padded) == ["padding"]
    assert kinds(stack(L.Masking(), L.Bidirectional(L.GRU(UNITS))), padded) == []


@pytest.mark.parametrize(
    ("ids", "found"),
    [(IDS - 1, "번호 -1: 어휘는 0부터 16까지입니다"), (IDS + 13, "번호 17: 어휘는 0부터 16까지입니다")],
)
def test_ids_outside_the_vocabulary(ids, found):
    """어휘 밖의 번호를 말한다. 음수는 오류도 나지 않는다."""
    trace = trace_shapes(stack(keras.Input((7,), dtype="int32"), embedding(mask_zero=False)), ids)
    assert found in trace.faults[0].message
    assert (trace.error is None) == bool(ids.min() < 0)


def test_partial_batch_of_a_stateful_layer():
    """상태 유지 층이 멈춘 까닭은 배치의 크기다."""
    model = stack(keras.Input((7, WIDTH), batch_size=BATCH), L.LSTM(UNITS, stateful=True))
    assert kinds(model, VECTORS) == []
    assert kinds(model, VECTORS[:2]) == ["partial_batch"]


@pytest.mark.parametrize(
    ("layer", "options", "kind"),
    [
        (L.GRU(UNITS), {"initial_state": [ZEROS, ZEROS]}, ["states"]),
        (L.GRU(UNITS), {"initial_state": [ZEROS]}, []),
        (L.Bidirectional(L.GRU(UNITS)), {"initial_state": [ZEROS, ZEROS]}, []),
        (L.Bidirectional(L.GRU(UNITS)), {"initial_state": [ZEROS, ZEROS, ZEROS]}, ["states"]),
        (L.GRU(UNITS, go_backwards=True, return_sequences=True), {"mask": MASK}, ["mask_order"]),
        (L.GRU(UNITS, go_backwards=True), {"mask": MASK}, []),
        (L.Bidirectional(L.GRU(UNITS, return_sequences=True)), {"mask": MASK}, []),
        (L.GRU(UNITS, zero_output_for_mask=True), {"mask": MASK}, ["zeroed"]),
        (L.GRU(UNITS, zero_output_for_mask=True), {"mask": MASK[:, ::-1]}, []),
        (L.GRU(UNITS, zero_output_for_mask=True, return_sequences=True), {"mask": MASK}, []),
        (L.GRU(UNITS, unroll=True), {"mask": np.ones((BATCH, 8), bool)}, ["mask_length"]),
        (L.RNN([L.LSTMCell(UNITS)]), {"mask": MASK}, ["cells"]),
        (L.RNN([L.LSTMCell(UNITS), L.LSTMCell(UNITS)]), {"mask": MASK}, []),
        (L.ConvLSTM1D(UNITS, 3), {}, []),
    ],
    ids=str,
)
def test_each_silent_fault_is_told_and_nothing_else(layer, options, kind):
    """알릴 것만 알린다. 비슷하지만 맞는 것에는 말이 없다."""
    inputs = VECTORS[..., None] if "Conv" in type(layer).__name__ else VECTORS
    assert kinds(layer, inputs, **options) == kind


def test_one_cell_used_twice():
    """같은 셀 둘을 묶은 것은 가중치가 한 벌이다."""
    cell = L.GRUCell(WIDTH)
    assert kinds(L.RNN([cell, cell]), VECTORS) == ["cells"]


def test_one_tensor_for_both_directions():
    """양방향에 준 텐서 하나는 배치를 둘로 가른다."""
    assert kinds(L.Bidirectional(L.GRU(UNITS)), VECTORS[:2], initial_state=ZEROS[:2]) == ["states"]


@pytest.mark.parametrize(
    "ids",
    [
        np.array([[1, 0, 2], [3, 4, 0]]),
        np.array([[1, 0, 0, 2], [3, 4, 0, 5]]),
        np.array([[1, 2, 3], [4, 5, 6]]),
        np.array([[5, 2, 0], [7, 1, 0]]),
    ],
)
def test_zeros_with_a_meaning_are_not_taken_for_blanks(ids):
    """가운데의 0과, 샘플마다 하나씩인 끝의 0은 빈자리라고 하지 않는다."""
    assert kinds(stack(embedding(mask_zero=False), L.LSTM(UNITS)), ids) == []


def handed_over(ids, **options):
    """같은 글을 인코더의 상태에서 시작해 한 번 더 읽는 모델이 알리는 것."""
    inputs, layer = keras.Input((None,), dtype="int32"), embedding()
    vectors = layer(inputs)
    _, state = L.GRU(UNITS, return_state=True)(vectors)
    mask = layer.compute_mask(inputs) if options.pop("by_hand", False) else None
    decoder = L.GRU(UNITS, name="decoder", **options)
    return trace_shapes(keras.Model(inputs, decoder(vectors, initial_state=state, mask=mask)), ids)


@pytest.mark.parametrize("options", [{}, {"return_sequences": True, "go_backwards": True}])
def test_mask_is_set_aside_with_an_initial_state(options):
    """초기 상태를 함께 준 층은 딸려 온 마스크를 쓰지 않으므로 그렇게 알리고 표에도 적는다. 직접 넘겼으면 말이 없다."""
    trace = handed_over(IDS, **options)
    fault = trace.faults[0]
    assert (fault.kind, fault.layer) == ("lost_mask", "decoder")
    assert fault.message.startswith("초기 상태를 함께 주면 Keras는 텐서에 딸려 온 마스크를 쓰지 않습니다. 그래서")
    assert "lost_mask" not in {fault.kind for fault in handed_over(IDS, by_hand=True, **options).faults}
    (nothing_hidden, *_) = handed_over(IDS[:1] * 0 + 3, **options).faults
    assert "이번 배치에는 가릴 것이 없지만" in nothing_hidden.message


def test_table_says_that_a_mask_passed_by_unused():
    """출력에만 딸려 나온 마스크는 넘긴 것과 다르게 적는다."""
    assert "쓰지 않고 넘김" in str(handed_over(IDS, return_sequences=True))
    assert "쓰지 않고 넘김" not in str(handed_over(IDS, return_sequences=True, by_hand=True))


def test_sound_sequence_to_sequence_model_has_no_faults():
    """마스크가 끝까지 닿는 인코더와 디코더, 어텐션에는 말이 없다."""
    source, target = (keras.Input((None,), dtype="int32") for _ in range(2))
    shared = embedding()
    outputs, state = L.GRU(UNITS, return_sequences=True, return_state=True)(shared(source))
    decoded = L.GRU(UNITS, return_sequences=True)(shared(target), initial_state=state)
    context = L.Attention()([decoded, outputs])
    model = keras.Model([source, target], L.TimeDistributed(L.Dense(19))(L.Concatenate()([decoded, context])))
    assert kinds(model, [IDS, IDS[:, :6]]) == []
