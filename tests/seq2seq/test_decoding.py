"""디코딩과 표집기, 빔 탐색, 손실과 정답률."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from rnn_shapes import seq2seq

VOCABULARY, END = 7, 2


def markov(seed=0, scale=2.0):
    """앞 토큰에만 달린 로짓을 내는 한 걸음. 상태는 지나온 걸음의 수다."""
    table = tf.constant(scale * np.random.default_rng(seed).normal(size=(VOCABULARY, VOCABULARY)), tf.float32)
    return table, lambda ids, steps: (tf.gather(table, ids), steps + 1)


def by_hand(table, start, steps, sampler):
    """파이썬 반복문으로 디코딩한 것."""
    ids, found = start, []
    for time in range(steps):
        ids = sampler(tf.gather(table, ids), time)
        found.append(ids.numpy())
    return np.stack(found, 1)


def test_loop_and_graph_and_python_agree():
    """즉시 실행, tf.function, 파이썬 반복문이 같은 것을 고른다. 배치 크기를 모르는 그래프에서도 같다."""
    table, step = markov()
    start = tf.constant([1, 3, 5])

    def run(start):
        return seq2seq.decode(step, start, tf.zeros_like(start), max_length=6, record=lambda steps: steps)

    eager, graph = run(start), tf.function(run, input_signature=[tf.TensorSpec([None], tf.int32)])(start)
    np.testing.assert_array_equal(eager.ids, by_hand(table, start, 6, seq2seq.GreedySampler()))
    for one, other in zip(tf.nest.flatten(eager), tf.nest.flatten(graph), strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(eager.recorded, np.tile(np.arange(1, 7), (3, 1)))


def test_ended_rows_are_padded_and_frozen():
    """끝난 행의 뒤는 채운 수이고, 상태는 끝났을 때의 것이다. 모두 끝나면 멈춘다."""
    next_of = tf.constant([0, 3, 2, 4, END, 6, END])  # 1은 3, 4를 지나 끝나고 5는 6을 지나 끝난다

    def step(ids, steps):
        return tf.one_hot(tf.gather(next_of, ids), VOCABULARY), steps + 1

    options = {"max_length": 9, "end_token": END}
    found = seq2seq.decode(step, [1, 5], tf.zeros(2), pad_token=6, **options)
    assert found.ids.numpy().tolist() == [[3, 4, END], [6, END, 6]]
    assert found.lengths.numpy().tolist() == [3, 2]
    assert found.states.numpy().tolist() == [3, 2]
    assert found.outputs[1, 2].numpy().sum() == 0
    running = seq2seq.decode(step, [1, 5], tf.zeros(2), pad_token=None, **options)
    assert running.ids[1].numpy().tolist() == [6, END, 2]
    assert running.states.numpy().tolist() == [3, 3]


def test_end_may_be_a_rule():
    """끝은 고른 것을 보는 함수로도 정할 수 있고, 프레임처럼 번호가 아닌 것도 디코딩한다."""
    found = seq2seq.decode(
        lambda frame, state: (frame * 2, state),
        tf.constant([[1.0, 1.0], [3.0, 3.0]]),
        (),
        max_length=9,
        end_token=lambda frame: tf.reduce_max(frame, -1) > 10,
        sampler=lambda frames, time: frames,
    )
    assert found.lengths.numpy().tolist() == [4, 2]
    assert found.ids[:, :, 0].numpy().tolist() == [[2, 4, 8, 16], [6, 12, 0, 0]]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"top_k": 2}, [0, 1]),
        ({"top_p": 0.6}, [0, 1]),
        ({"top_p": 0.4}, [0]),
        ({"top_p": 1.0}, [0, 1, 2, 3]),
        ({"top_k": 3, "top_p": 0.99}, [0, 1, 2]),
    ],
)
def test_what_a_random_sampler_keeps(options, kept):
    """확률이 큰 순서로 정한 수나 확률의 합만큼만 남긴다. 순서가 섞여 있어도 같다."""
    logits = np.log([[0.5, 0.3, 0.15, 0.05]])
    order = [2, 0, 3, 1]
    found = seq2seq.RandomSampler(**options).kept(logits[:, order]).numpy()[0]
    assert sorted(order[place] for place in np.flatnonzero(np.isfinite(found))) == kept


def test_random_sampler_follows_the_probabilities():
    """고른 비율은 온도로 나눈 로짓의 확률과 같고, 시드가 같으면 다시 같은 것을 고른다."""
    logits = tf.tile(tf.constant([[0.0, 1.0, 2.0]]), [4000, 1])
    sampler = seq2seq.RandomSampler(temperature=0.5, seed=7)
    found = sampler(logits, 0).numpy()
    shares = np.bincount(found, minlength=3) / len(found)
    np.testing.assert_allclose(shares, tf.nn.softmax([0.0, 2.0, 4.0]), atol=0.03)
    again = seq2seq.RandomSampler.from_config(sampler.get_config())
    np.testing.assert_array_equal(again(logits, 0), found)
    assert np.any(sampler(logits, 1).numpy() != found)


def test_samplers_are_registered():
    """표집기도 설정으로 적었다가 되살린다."""
    for sampler in (seq2seq.GreedySampler(), seq2seq.RandomSampler(top_p=0.9, seed=3)):
        written = keras.saving.serialize_keras_object(sampler)
        assert written["registered_name"] == f"rnn_shapes>{type(sampler).__name__}"
        assert keras.saving.deserialize_keras_object(written).get_config() == sampler.get_config()


def test_scheduled_sampling_mixes_and_trains():
    """확률이 절반이면 다음 입력의 절반쯤이 정답이고, 확률은 변수로도 줄 수 있으며 기울기가 흐른다."""
    targets = tf.zeros((2000, 3), tf.int32)
    probability, weight = tf.Variable(0.5), tf.Variable([[0.1, 9.0]])
    sampler = seq2seq.ScheduledSampler(targets, probability, sampler=seq2seq.GreedySampler(), seed=1)

    def step(ids, state):
        return tf.repeat(weight, tf.shape(ids)[0], 0), state

    @tf.function
    def run():
        with tf.GradientTape() as tape:
            found = seq2seq.decode(step, targets[:, 0], (), max_length=3, sampler=sampler)
            loss = seq2seq.sequence_loss(targets, found.outputs)
        return found.ids, tape.gradient(loss, weight)

    ids, gradient = run()
    assert 0.45 < tf.reduce_mean(tf.cast(ids, tf.float32)) < 0.55
    assert gradient.numpy().any()
    probability.assign(0.0)
    assert not run()[0].numpy().any()


def every_sequence(table, start, steps):
    """모든 시퀀스와 그 로그 확률. 끝 토큰이 나오면 거기서 끝난다."""
    log_probs, found = tf.nn.log_softmax(table).numpy(), {}
    for ids in itertools.product(range(VOCABULARY), repeat=steps):
        length = ids.index(END) + 1 if END in ids else steps
        kept = ids[:length] + (END,) * (steps - length)
        found[kept] = sum(log_probs[one, other] for one, other in itertools.pairwise((start, *ids[:length])))
    return found


def test_wide_beam_finds_the_best_sequences():
    """빔이 어휘만큼 넓으면, 모든 시퀀스를 세어 본 것의 첫째를 찾는다. 너비가 1이면 탐욕 디코딩과 같다."""
    table, step = markov(3, scale=1.0)
    beams = seq2seq.beam_search(step, [1, 4], tf.zeros(2), beam_width=VOCABULARY, end_token=END, max_length=3)
    for row, start in enumerate((1, 4)):
        every = every_sequence(table, start, 3)
        best = max(every, key=every.get)
        assert tuple(beams.ids[row, 0].numpy()) == best
        np.testing.assert_allclose(beams.log_probs[row, 0], every[best], atol=1e-5)
        for ids, score in zip(beams.ids[row].numpy(), beams.log_probs[row].numpy(), strict=True):
            np.testing.assert_allclose(score, every[tuple(ids)], atol=1e-5)
    narrow = seq2seq.beam_search(step, [1, 4], tf.zeros(2), beam_width=1, end_token=END, max_length=3)
    greedy = seq2seq.decode(step, [1, 4], tf.zeros(2), end_token=END, max_length=3, pad_token=END)
    np.testing.assert_array_equal(narrow.ids[:, 0], greedy.ids)


def test_beams_do_not_depend_on_the_rest_of_the_batch():
    """한 행의 빔은 옆에 어떤 행이 있든 같다."""
    _, step = markov(5)
    options = {"beam_width": 3, "end_token": END, "max_length": 6, "length_penalty": 0.0}
    together = seq2seq.beam_search(step, [0, 1, 3, 4, 5], tf.zeros(5), **options)
    for row, start in enumerate([0, 1, 3, 4, 5]):
        alone = seq2seq.beam_search(step, [start], tf.zeros(1), **options)
        steps = alone.ids.shape[2]
        np.testing.assert_array_equal(together.ids[row, :, :steps], alone.ids[0])
        np.testing.assert_allclose(together.scores[row], alone.scores[0], atol=1e-6)


def test_loss_uses_the_mask_and_the_sample_weight():
    """compile에 준 손실은 로짓에 붙은 마스크와 표본의 무게를 함께 쓰고, Keras의 평균과 같다."""
    logits = keras.layers.Masking()(tf.constant([[[1.0, 2.0], [3.0, 1.0]], [[2.0, 2.0], [0.0, 0.0]]]))
    targets, weights = np.array([[0, 1], [1, 1]]), np.array([[1.0, 0.5], [2.0, 1.0]])
    ours = seq2seq.SequenceLoss()(targets, logits, weights)
    theirs = keras.losses.SparseCategoricalCrossentropy(True, reduction="mean_with_sample_weight")
    np.testing.assert_allclose(ours, theirs(targets, logits, weights), rtol=1e-6)
    by_hand = seq2seq.sequence_loss(targets, logits, weights * [[1, 1], [1, 0]])
    np.testing.assert_allclose(ours, by_hand, rtol=1e-6)
    written = keras.saving.serialize_keras_object(seq2seq.SequenceLoss("count"))
    assert keras.saving.deserialize_keras_object(written).divide_by == "count"


def test_edit_distance_counts_up_to_the_end():
    """첫 끝 토큰 앞만 비교하고, 길이가 달라도, 비어 있어도 된다. 그래프에서도 같다."""
    targets = [[5, 7, 1, 0], [1, 5, 5, 5], [5, 7, 8, 9]]
    predictions = [[5, 6, 7, 1, 3], [1, 1, 1, 1, 1], [9, 8, 7, 5, 1]]
    found = tf.function(seq2seq.edit_distance)(tf.constant(targets), tf.constant(predictions), end_token=1)
    assert found.numpy().tolist() == [1, 0, 4]
    assert seq2seq.exact_match(targets, predictions, end_token=1).numpy().tolist() == [False, True, False]
