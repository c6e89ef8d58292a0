"""어텐션을 단 셀과 나머지 셀: Keras의 순환층에서, 훈련하고 저장하고 불러와도 같은 것을 한다."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from rnn_shapes import seq2seq

BATCH, STEPS, MEMORY, UNITS = 5, 4, 7, 8


@pytest.fixture(autouse=True)
def seed():
    """시험마다 같은 난수."""
    keras.utils.set_random_seed(0)


def sequence(*shape):
    """난수로 된 시퀀스."""
    return tf.random.normal(shape)


def reading_cell(**options):
    """GRU를 감싼 셀."""
    return seq2seq.AttentionCell(keras.layers.GRUCell(UNITS), seq2seq.LuongAttention(UNITS), **options)


def translator(cell, **options):
    """원문과 정답의 번호를 받는 함수형 모델. 출력은 로짓이다."""
    source, target = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    memory = keras.layers.Embedding(11, 6, mask_zero=True)(source)
    state = keras.layers.GRU(UNITS)(memory)
    inputs = keras.layers.Embedding(13, 3, mask_zero=True)(target)
    rnn = seq2seq.AttentionRNN(cell, return_sequences=True, **options)
    found = rnn(inputs, memory, initial_state=state)
    outputs = found if not options else found[0]
    return keras.Model([source, target], [keras.layers.Dense(13)(outputs), *(found[1:] if options else [])])


def test_fits_and_comes_back_from_a_file(tmp_path):
    """함수형 모델을 훈련하고 .keras 파일로 저장하면, 불러온 모델이 같은 값을 낸다."""
    inner = keras.layers.StackedRNNCells(
        [keras.layers.LSTMCell(UNITS), seq2seq.ResidualCell(keras.layers.GRUCell(UNITS))]
    )
    attention = seq2seq.BahdanauAttention(9, normalize=True, probability=seq2seq.MonotonicProbability(noise=1.0))
    cell = seq2seq.AttentionCell(inner, attention, keras.layers.Dense(10, activation="tanh"))
    source, target = keras.Input((None, 6)), keras.Input((None, 3))
    outputs = keras.layers.Dense(13)(seq2seq.AttentionRNN(cell, return_sequences=True)(target, source))
    model = keras.Model([source, target], outputs)
    model.compile("sgd", seq2seq.SequenceLoss())
    data = [sequence(BATCH, MEMORY, 6), sequence(BATCH, STEPS, 3)]
    before = [weight.numpy() for weight in model.trainable_weights]
    model.fit(data, np.ones((BATCH, STEPS), int), verbose=0)
    moved = [np.any(old != new) for old, new in zip(before, model.trainable_weights, strict=True)]
    assert all(moved), [weight.path for weight, one in zip(model.trainable_weights, moved, strict=True) if not one]
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(again(data), model(data))
    assert [weight.shape for weight in again.weights] == [weight.shape for weight in model.weights]


def test_masks_come_by_themselves():
    """메모리와 입력의 마스크가 Embedding에서 저절로 오고, 패딩을 더 붙여도 진짜 자리의 값은 그대로다."""
    model = translator(reading_cell(), return_alignments=True)
    source, target = np.array([[5, 7, 2], [3, 0, 0]]), np.array([[1, 2], [4, 0]])
    logits, alignments = model([source, target])
    longer, more = model([np.pad(source, ((0, 0), (0, 2))), np.pad(target, ((0, 0), (0, 3)))])
    np.testing.assert_allclose(longer[:, :2], logits, atol=1e-6)
    np.testing.assert_array_equal(alignments[1, 0], [1, 0, 0])
    np.testing.assert_array_equal(more[:, 0, 3:], 0)
    assert logits._keras_mask.numpy().tolist() == [[True, True], [True, False]]


def test_without_a_mask_padding_is_read():
    """마스크가 없으면 패딩에도 가중치가 간다."""
    memory, query = np.pad(np.ones((1, 2, UNITS), "float32"), ((0, 0), (0, 3), (0, 0))), tf.ones((1, UNITS))
    attention = seq2seq.LuongAttention(UNITS)
    _, blind = attention(query, memory)
    _, masked = attention(query, memory, np.array([[True, True, False, False, False]]))
    assert blind[0, 2:].numpy().min() > 0
    np.testing.assert_array_equal(masked[0, 2:], 0)


def test_lengths_and_mask_agree():
    """길이로 주든 마스크로 주든 같고, 둘 다 주면 둘 다 참인 칸만 읽는다."""
    memory, inputs, cell = sequence(BATCH, MEMORY, 6), sequence(BATCH, STEPS, 3), reading_cell()
    rnn = seq2seq.AttentionRNN(cell, return_alignments=True, return_sequences=True)
    lengths = np.array([7, 3, 1, 5, 6])
    mask = np.arange(MEMORY) < lengths[:, None]
    by_lengths, alignments = rnn(inputs, memory, memory_lengths=lengths)
    np.testing.assert_allclose(rnn(inputs, memory, memory_mask=mask)[0], by_lengths)
    assert not alignments.numpy().transpose(0, 2, 1)[~mask].any()
    first = np.arange(MEMORY) != 0
    _, both = rnn(inputs[:1], memory[:1], memory_mask=first[None], memory_lengths=[3])
    assert (both[0, 0].numpy() > 0).tolist() == [False, True, True, False, False, False, False]


def test_plain_rnn_in_a_block_is_the_same():
    """블록 안에서는 keras.layers.RNN에 넣어도, 한 걸음씩 불러도 AttentionRNN과 같다."""
    memory, inputs, cell = sequence(BATCH, MEMORY, 6), sequence(BATCH, STEPS, 3), reading_cell()
    expected = seq2seq.AttentionRNN(cell, return_sequences=True)(inputs, memory)
    with cell.reading(memory):
        plain = keras.layers.RNN(cell, return_sequences=True)(inputs)
        states = cell.get_initial_state()
        for time in range(STEPS):
            outputs, states = cell(inputs[:, time], states)
            np.testing.assert_allclose(outputs, expected[:, time], atol=1e-6)
    np.testing.assert_allclose(plain, expected, atol=1e-6)


def test_memory_need_not_be_tiled_for_beams():
    """쿼리의 행이 메모리의 행의 몇 배이면, 잇단 행이 한 메모리를 읽는다. 되풀이한 메모리와 같다."""
    memory, inputs, cell = sequence(2, MEMORY, 6), sequence(6, STEPS, 3), reading_cell()
    rnn = seq2seq.AttentionRNN(cell)
    shared = rnn(inputs, memory, memory_lengths=[7, 3])
    tiled = rnn(inputs, seq2seq.tile_batch(memory, 3), memory_lengths=[7, 7, 7, 3, 3, 3])
    np.testing.assert_allclose(shared, tiled, atol=1e-6)


def test_dropout_of_the_inner_cell():
    """안쪽 셀의 드롭아웃은 훈련할 때만, 걸음마다 새로 뽑힌다. 그래프에서 두 번 불러도 된다."""
    cell = seq2seq.ResidualCell(keras.layers.GRUCell(3, dropout=0.5))
    rnn = keras.layers.RNN(cell)
    inputs = tf.ones((BATCH, STEPS, 3))
    run = tf.function(lambda training: rnn(inputs, training=training))
    np.testing.assert_array_equal(run(False), run(False))
    assert np.any(run(True) != run(True))


def test_residual_cell_adds_its_input():
    """입력을 더한 것이다."""
    plain = keras.layers.GRUCell(3)
    inputs, state = sequence(BATCH, 3), sequence(BATCH, 3)
    outputs, _ = seq2seq.ResidualCell(plain)(inputs, state)
    np.testing.assert_allclose(outputs, inputs + plain(inputs, state)[0], atol=1e-6)


def test_feedback_cell_comes_back(tmp_path):
    """pre-net이 있는 되먹임 셀도 저장했다가 불러온다."""
    cell = seq2seq.FeedbackCell(
        keras.layers.LSTMCell(UNITS), keras.layers.Dense(6), 2, input_layer=keras.layers.Dense(5, activation="relu")
    )
    conditions = keras.Input((None, 4))
    model = keras.Model(conditions, keras.layers.RNN(cell, return_sequences=True)(conditions))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    inputs = sequence(BATCH, STEPS, 4)
    np.testing.assert_array_equal(again(inputs), model(inputs))


def test_half_precision():
    """dtype이 float16이면 가중치만 float32이고, 마스크를 써도 수가 넘치지 않는다."""
    policy = keras.DTypePolicy("mixed_float16")
    cell = seq2seq.AttentionCell(
        keras.layers.GRUCell(UNITS, dtype=policy),
        seq2seq.BahdanauAttention(9, normalize=True, dtype=policy),
        dtype=policy,
    )
    rnn = seq2seq.AttentionRNN(cell, dtype=policy, return_alignments=True, return_sequences=True)
    outputs, alignments = rnn(sequence(BATCH, STEPS, 3), sequence(BATCH, MEMORY, 6), memory_lengths=[7, 3, 1, 5, 6])
    assert outputs.dtype == tf.float16
    np.testing.assert_allclose(tf.reduce_sum(tf.cast(alignments, tf.float32), -1), 1, atol=1e-2)
