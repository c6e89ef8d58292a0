"""같은 가중치와 입력에서 우리 것은 TensorFlow Addons 0.23과 같은 값을 낸다.

자료는 진짜 Addons가 만든 것이다(``tests/addons/reference.py``). 일부러 다르게 한 것은 다음과 같다.

- 빔의 차례. 어떤 행의 빔이 다른 행보다 먼저 다 끝나면, Addons는 점수의 차례를 다음 걸음에 다시 정하면서 시퀀스는 끝났을
  때의 차례로 둔다. 그래서 첫 시퀀스가 첫 점수의 것이 아닐 수 있다. 우리는 시퀀스도 점수의 차례로 둔다.
  ``addons_order=True``이면 Addons와 같다.
- 끝난 뒤. Addons의 ``impute_finished=False``(기본값)는 끝난 행도 계속 디코딩한다. 우리는 0으로 채우고 상태를 그대로
  둔다(``impute_finished=True``와 같다). ``pad_token=None``이면 Addons의 기본값과 같다.
- 예정 표집이 돌려주는 것. Addons는 고르지 않은 자리에 -1을 적고, 우리는 다음 입력을 적는다.
- 빔마다 모은 어텐션 가중치. Addons는 걸음마다 빔을 고르기 전의 자리에 적고, 이을 때는 고른 뒤의 자리로 읽는다. 그래서
  다른 빔의 것이 섞인다. 우리 것은 그 빔의 것이다.
- 단조 어텐션의 잡음. Addons는 추론할 때도 더하고, 우리는 훈련할 때만 더한다.
- 축의 차례. 빔의 토큰이 Addons에서는 배치, 걸음, 빔의 차례이고, 우리 것은 배치, 빔, 걸음의 차례다.
"""

import keras
import numpy as np
import parity
import pytest
import tensorflow as tf

from rnn_shapes import seq2seq

DATA = parity.read()
ATTENTION = DATA["attention"]
DECODING = DATA["decoding"]
CLOSE = {"rtol": 1e-5, "atol": 1e-5}


@pytest.mark.parametrize("name", ATTENTION["found"])
def test_attention(name):
    """어텐션마다, 메모리의 길이와 어텐션 층이 있든 없든, 출력과 가중치와 마지막 상태가 같다."""
    given, theirs = ATTENTION["given"], ATTENTION["found"][name]
    cell = parity.attention_cell(name, given)
    rnn = seq2seq.AttentionRNN(cell, return_alignments=True, return_sequences=True, return_state=True)
    state = [given["h"], given["c"]] if name.startswith("luong") else given["h"]
    lengths = given["lengths"] if "+lengths" in name else None
    outputs, alignments, inner, attention, _ = rnn(given["inputs"], given["memory"], state, memory_lengths=lengths)
    np.testing.assert_allclose(outputs, theirs["outputs"], **CLOSE)
    np.testing.assert_allclose(alignments, theirs["alignments"], **CLOSE)
    np.testing.assert_allclose(attention, theirs["last_attention"], **CLOSE)
    np.testing.assert_allclose(tf.nest.flatten(inner)[-1], theirs["last_state"], **CLOSE)


@pytest.fixture(scope="module")
def translator():
    """자료의 가중치로 만든 디코더."""
    return parity.Translator(DECODING["given"])


def test_greedy_running_on(translator):
    """끝난 행도 계속 가면 고른 토큰과 길이, 로짓, 가중치가 Addons의 기본값과 같다."""
    theirs = DECODING["greedy"]["raw"]
    ours = translator.run(seq2seq.decode, pad_token=None)
    np.testing.assert_array_equal(ours.ids, theirs["ids"])
    np.testing.assert_array_equal(ours.lengths, theirs["lengths"])
    np.testing.assert_allclose(ours.outputs, theirs["logits"], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(ours.recorded, theirs["alignments"], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(ours.states[0], theirs["last_state"], rtol=1e-4, atol=1e-4)


def test_greedy_stopping(translator):
    """끝난 행을 멈추면 impute_finished=True와 같다: 끝난 뒤는 0이고 상태는 그대로다."""
    theirs = DECODING["greedy"]["imputed"]
    ours = tf.function(lambda: translator.run(seq2seq.decode))()
    np.testing.assert_array_equal(ours.ids, theirs["ids"])
    np.testing.assert_array_equal(ours.lengths, theirs["lengths"])
    np.testing.assert_allclose(ours.states[0], theirs["last_state"], rtol=1e-4, atol=1e-4)


def test_some_rows_end_early_and_some_never():
    """자료에는 먼저 끝나는 행도, 끝나지 않는 행도 있다."""
    lengths, ids = DECODING["greedy"]["raw"]["lengths"], DECODING["greedy"]["raw"]["ids"]
    assert lengths.min() < ids.shape[1]
    assert (~(ids == parity.Translator.END).any(1)).any()


@pytest.mark.parametrize("name", DECODING["beam"])
def test_beam_search(translator, name):
    """너비와 길이 벌점마다 토큰과 길이가 같고, 점수와 로그 확률이 가깝다."""
    width, penalty = map(int, name.split("_"))
    theirs = DECODING["beam"][name]
    options = {"beam_width": width, "length_penalty": float(penalty), "addons_order": True}
    ours = translator.run(seq2seq.beam_search, **options)
    np.testing.assert_array_equal(ours.ids, np.transpose(theirs["ids"], [0, 2, 1]))
    np.testing.assert_array_equal(ours.lengths, theirs["lengths"])
    np.testing.assert_allclose(ours.scores, theirs["scores"], **CLOSE)
    np.testing.assert_allclose(ours.log_probs, theirs["log_probs"], **CLOSE)


def lengths_of(ids):
    """첫 끝 토큰까지의 길이."""
    ended = np.asarray(ids) == parity.Translator.END
    return np.where(ended.any(-1), ended.argmax(-1) + 1, ended.shape[-1])


@pytest.mark.parametrize("name", DECODING["beam"])
def test_beams_are_in_the_order_of_their_scores(translator, name):
    """기본값에서는 시퀀스가 점수의 차례이고, 행마다의 시퀀스의 모임은 Addons의 것과 같다."""
    width, penalty = map(int, name.split("_"))
    theirs = DECODING["beam"][name]
    ours = translator.run(seq2seq.beam_search, beam_width=width, length_penalty=float(penalty))
    np.testing.assert_array_equal(lengths_of(ours.ids), ours.lengths)
    for mine, addons in zip(ours.ids.numpy().tolist(), np.transpose(theirs["ids"], [0, 2, 1]).tolist(), strict=True):
        assert sorted(mine) == sorted(addons)


def test_addons_orders_some_beams_otherwise():
    """Addons의 자료에는 시퀀스와 점수의 차례가 어긋난 행이 있다. 없으면 위의 두 시험이 같은 것을 본다."""
    theirs = DECODING["beam"]["5_1"]
    assert (lengths_of(np.transpose(theirs["ids"], [0, 2, 1])) != theirs["lengths"]).any()


def test_recorded_alignments_are_those_of_reading_the_beam_again(translator):
    """빔마다 모은 어텐션 가중치는, 찾은 시퀀스를 교사 강요로 다시 읽을 때의 것이다. Addons의 것은 그렇지 않다."""
    theirs = DECODING["beam"]["3_0"]
    ours = translator.run(seq2seq.beam_search, beam_width=3, addons_order=True)
    batch, width, steps = ours.ids.shape
    again = translator.read_again(tf.reshape(ours.ids, [batch * width, steps]))
    again = tf.reshape(again, ours.recorded.shape).numpy()
    before_end = np.arange(steps) < ours.lengths.numpy()[..., None]
    np.testing.assert_allclose(ours.recorded.numpy()[before_end], again[before_end], rtol=1e-4, atol=1e-4)
    alignments = theirs["alignments"].reshape(steps, batch, width, -1).transpose(1, 2, 0, 3)
    assert np.abs(alignments[before_end] - again[before_end]).max() > 0.01
    np.testing.assert_allclose(ours.states[0], theirs["last_state"], rtol=1e-4, atol=1e-4)


def test_coverage_penalty(translator):
    """읽지 않은 칸에 벌점을 주는 빔 탐색도 같다."""
    theirs = DECODING["beam_coverage"]["3"]
    options = {"length_penalty": 1.0, "coverage_penalty": 0.5, "alignments": lambda states: states[-1]}
    ours = translator.run(seq2seq.beam_search, beam_width=3, addons_order=True, **options)
    np.testing.assert_array_equal(ours.ids, np.transpose(theirs["ids"], [0, 2, 1]))
    np.testing.assert_allclose(ours.scores, theirs["scores"], **CLOSE)


AXES = {"both": (0, 1), "timesteps": 1, "batch": 0}


@pytest.mark.parametrize("name", DATA["loss"]["losses"])
def test_sequence_loss(name):
    """평균하는 법마다 손실이 같다."""
    given = DATA["loss"]
    logits, targets, weights = (given[key] for key in ("logits", "targets", "sample_weight"))
    if name == "class":
        ours = seq2seq.SequenceLoss(divide_by="count")(targets, tf.constant(logits), weights)
    elif name == "one_hot":
        ours = seq2seq.sequence_loss(np.eye(logits.shape[-1], dtype="float32")[targets], logits, weights)
    elif name == "none":
        ours = seq2seq.sequence_loss(targets, logits, weights, axis=None)
    else:
        divide_by, over = name.split("_")
        ours = seq2seq.sequence_loss(targets, logits, weights, axis=AXES[over], divide_by=divide_by)
    np.testing.assert_allclose(ours, given["losses"][name], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_feedback_cell(factor):
    """한 걸음에 프레임을 몇 개씩 내든, 셀과 디코딩 함수가 모두 Addons와 같은 프레임을 낸다."""
    given = DATA["feedback"][str(factor)]
    units, size = given["weights"]["dense"]["kernel"].shape
    steps, frame = given["outputs"].shape[1], size // factor
    cell = seq2seq.FeedbackCell(keras.layers.GRUCell(units), keras.layers.Dense(size), factor)
    cell.build((None, 0))
    parity.with_weights(cell.cell, given["weights"]["cell"])
    parity.with_weights(cell.output_layer, given["weights"]["dense"])
    first = tf.zeros([len(given["state"]), frame])
    rnn = keras.layers.RNN(cell, return_sequences=True, return_state=True)
    outputs, state, _ = rnn(tf.zeros([len(first), steps, 0]), initial_state=[given["state"], first])
    np.testing.assert_allclose(outputs, given["outputs"], **CLOSE)
    np.testing.assert_allclose(state, given["last_state"], **CLOSE)

    def step(frame, state):
        outputs, state = cell.cell(frame, state)
        return cell.output_layer(outputs), state

    decoded = seq2seq.decode(
        step, first, given["state"], max_length=steps, sampler=lambda frames, time: frames[:, -frame:]
    )
    np.testing.assert_allclose(decoded.outputs, given["outputs"], **CLOSE)


@pytest.mark.parametrize("name", ["never", "always"])
def test_scheduled_sampling(name):
    """확률이 0이면 교사 강요와 같고, 1이면 고른 것을 넣은 것과 같다."""
    given = DATA["scheduled"]
    ids, theirs = given["ids"], given[name]
    units, vocabulary = given["weights"]["dense"]["kernel"].shape
    cell, dense = keras.layers.GRUCell(units), keras.layers.Dense(vocabulary)
    cell.build((None, given["embedding"].shape[1]))
    dense.build((None, units))
    parity.with_weights(cell, given["weights"]["cell"])
    parity.with_weights(dense, given["weights"]["dense"])

    def step(ids, state):
        outputs, state = cell(tf.gather(given["embedding"], ids), state)
        return dense(outputs), state

    targets = np.roll(ids, -1, axis=1)  # 시작 토큰을 뺀 정답. 마지막 것은 쓰이지 않는다
    chosen = tf.constant(theirs["ids"], tf.int64)
    sampler = seq2seq.ScheduledSampler(
        targets, float(name == "always"), sampler=lambda logits, time: tf.gather(chosen, time, axis=1)
    )
    ours = seq2seq.decode(step, ids[:, 0], tf.zeros([len(ids), units]), max_length=ids.shape[1], sampler=sampler)
    np.testing.assert_allclose(ours.outputs, theirs["logits"], **CLOSE)


@pytest.mark.parametrize("name", ["never", "always"])
def test_scheduled_sampling_of_frames(name):
    """출력을 그대로 다음 입력으로 쓰는 예정 표집도 같다."""
    given = DATA["scheduled_frames"]
    frames = given["frames"]
    units, size = given["weights"]["dense"]["kernel"].shape
    cell, dense = keras.layers.GRUCell(units), keras.layers.Dense(size)
    cell.build((None, size))
    dense.build((None, units))
    parity.with_weights(cell, given["weights"]["cell"])
    parity.with_weights(dense, given["weights"]["dense"])

    def step(frame, state):
        outputs, state = cell(frame, state)
        return dense(outputs), state

    targets = np.roll(frames, -1, axis=1)
    sampler = seq2seq.ScheduledSampler(targets, float(name == "always"), sampler=lambda outputs, time: outputs)
    state = tf.zeros([len(frames), units])
    ours = seq2seq.decode(step, frames[:, 0], state, max_length=frames.shape[1], sampler=sampler)
    np.testing.assert_allclose(ours.outputs, given[name], **CLOSE)


def test_small_functions():
    """단조 어텐션과 누적 곱, 하드맥스, 빔을 잇는 함수가 같다."""
    given = DATA["small"]
    for mode, theirs in given["monotonic"].items():
        hard = mode == "hard"
        choosing = np.round(given["choosing"]) if hard else given["choosing"]
        ours = seq2seq.monotonic_attention(choosing, given["hard_previous" if hard else "previous"], mode)
        np.testing.assert_allclose(ours, theirs, **CLOSE)
    np.testing.assert_allclose(
        seq2seq.safe_cumprod(given["choosing"], axis=1, exclusive=True), given["safe_cumprod"], **CLOSE
    )
    np.testing.assert_array_equal(seq2seq.hardmax(given["choosing"]), given["hardmax"])
    np.testing.assert_array_equal(seq2seq.tile_batch(given["choosing"], 3), given["tile_batch"])
    longest = given["lengths"].max(1)
    np.testing.assert_array_equal(
        seq2seq.gather_tree(given["steps"], given["parents"], longest, 2), given["gather_tree"]
    )
    ours = seq2seq.gather_tree_from_array(given["values"], given["parents"], given["lengths"])
    np.testing.assert_array_equal(ours, given["gather_tree_from_array"])
