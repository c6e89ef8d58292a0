"""잘못된 입력에는 무엇이 왜 틀렸고 어떻게 고칠지 말한다."""

import keras
import pytest
import tensorflow as tf

from rnn_shapes import seq2seq

QUERY, MEMORY = tf.ones((5, 13)), tf.ones((5, 7, 11))


def step(ids, states):
    """어휘가 7인 한 걸음."""
    return tf.zeros((tf.shape(ids)[0], 7)), states


def cell():
    """유닛이 13개인 셀."""
    return seq2seq.AttentionCell(keras.layers.GRUCell(13), seq2seq.LuongAttention(13))


def read(memory=MEMORY, **options):
    """셀을 메모리에 묶고 한 걸음 간다."""
    one = cell()
    with one.reading(memory, **options):
        return one(tf.ones((5, 3)), one.get_initial_state(batch_size=5))


def search(**options):
    """빔 탐색."""
    given = {"beam_width": 3, "end_token": 2, "max_length": 4, **options}
    return seq2seq.beam_search(step, [1, 1], (), **given)


def layers(**options):
    """어텐션을 단 순환층."""
    return seq2seq.AttentionRNN(cell(), **options)


CASES = {
    "dot": (
        lambda: seq2seq.DotAttention()(QUERY, MEMORY),
        "쿼리의 크기는 13, 키의 크기는 11입니다. 쿼리는 셀의 출력입니다. 키를 쿼리에 맞추려면 "
        "LuongAttention(units=13)를 쓰세요.",
    ),
    "luong": (lambda: seq2seq.LuongAttention(17)(QUERY, MEMORY), "쿼리의 크기는 13, 키의 크기는 17입니다."),
    "probability": (lambda: seq2seq.DotAttention(probability="max"), "받은 것: 'max'"),
    "mode": (lambda: seq2seq.MonotonicProbability("soft"), "parallel, recursive, hard 가운데 하나여야 합니다."),
    "long": (
        lambda: read(lengths=[7, 8, 1, 1, 1]),
        "메모리의 타임스텝은 7개인데 길이 가운데 8이 있습니다.",
    ),
    "empty": (lambda: read(lengths=[7, 0, 1, 1, 1]), "길이 가운데 0이 있습니다."),
    "rows": (lambda: read(tf.ones((3, 7, 11))), "쿼리는 5행, 메모리는 3행입니다."),
    "axes": (lambda: read(tf.ones((5, 11))), "받은 것의 축은 2개입니다."),
    "unbound": (lambda: cell()(tf.ones((5, 3)), []), "`with cell.reading(memory):` 안에서 부르거나"),
    "symbolic": (lambda: read(keras.Input((None, 11))), "AttentionRNN에 넣고"),
    "stateful": (lambda: layers(stateful=True), "stateful을 빼세요."),
    "alignments": (lambda: layers(return_alignments=True), "return_sequences=True와 함께 쓰세요."),
    "residual": (
        lambda: seq2seq.ResidualCell(keras.layers.GRUCell(13))(tf.ones((5, 11)), tf.ones((5, 13))),
        "입력의 크기는 11, 셀의 출력의 크기는 13입니다. 셀의 유닛 수를 입력의 크기와 같게 하세요.",
    ),
    "frames": (
        lambda: seq2seq.FeedbackCell(keras.layers.GRUCell(13), keras.layers.Dense(7), 2),
        "output_layer의 크기는 7, reduction_factor는 2입니다.",
    ),
    "wide": (lambda: search(beam_width=8), "beam_width는 8, 어휘의 크기는 7입니다."),
    "no beam": (lambda: search(beam_width=0), "받은 것: beam_width=0"),
    "end": (lambda: search(end_token=7), "end_token은 7, 어휘의 크기는 7입니다."),
    "negative end": (
        lambda: seq2seq.decode(step, [1], (), max_length=4, end_token=-1),
        "end_token은 -1, 어휘의 크기는 7입니다. 로짓의 마지막 축에서의 번호를 주세요.",
    ),
    "no steps": (lambda: seq2seq.decode(step, [1], (), max_length=0), "받은 것: 0"),
    "coverage": (lambda: search(coverage_penalty=0.5), "`alignments=lambda states: states[-1]`"),
    "states": (
        lambda: seq2seq.decode(lambda ids, states: (step(ids, ())[0], ()), [1], tf.zeros(1), max_length=4),
        "받은 것은 0개이고 필요한 것은 1개입니다.",
    ),
    "temperature": (lambda: seq2seq.RandomSampler(temperature=0), "temperature=0. 언제나 가장 큰 것을 고르려면"),
    "top_k": (lambda: seq2seq.RandomSampler(top_k=0), "top_k는 1 이상이어야 합니다."),
    "top_p": (lambda: seq2seq.RandomSampler(top_p=1.5), "top_p는 0보다 크고 1 이하여야 합니다."),
    "schedule": (lambda: seq2seq.ScheduledSampler([[1]], 1.5), "받은 것: probability=1.5"),
    "tile": (lambda: seq2seq.tile_batch(tf.constant(1.0), 3), "첫 축이 배치인 텐서를 주세요."),
    "divide": (lambda: seq2seq.sequence_loss([[1]], tf.ones((1, 1, 7)), divide_by="size"), "받은 것: 'size'"),
    "logits": (lambda: seq2seq.sequence_loss([[1]], tf.ones((1, 7))), "로짓 2, 정답 2, 무게 2"),
}


@pytest.mark.parametrize("name", CASES)
def test_error(name):
    """무엇이, 어디서, 어떻게 고칠지를 값과 함께 말한다."""
    run, words = CASES[name]
    with pytest.raises(ValueError) as raised:
        run()
    assert words in str(raised.value)


def test_other_cells_are_refused():
    """AttentionRNN에는 AttentionCell만 넣는다."""
    with pytest.raises(TypeError, match="받은 것: GRUCell"):
        seq2seq.AttentionRNN(keras.layers.GRUCell(13))


def test_lengths_known_only_when_run():
    """그래프를 만들 때 모르는 길이는 실행할 때 본다."""
    one = cell()

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
    def run(lengths):
        with one.reading(MEMORY, lengths=lengths):
            return one(tf.ones((5, 3)), one.get_initial_state(batch_size=5))[0]

    run([7, 1, 1, 1, 1])
    for wrong in ([8, 1, 1, 1, 1], [0, 1, 1, 1, 1]):
        with pytest.raises(tf.errors.InvalidArgumentError, match="메모리의 길이가 맞지 않습니다"):
            run(wrong)


def test_binding_ends_with_the_block():
    """블록이 오류로 끝나도 메모리는 남지 않고, 겹친 블록은 안쪽 것을 읽고 나오면 바깥 것으로 돌아온다."""
    one, state = cell(), [tf.zeros((5, 13)), tf.zeros((5, 11)), tf.zeros((5, 7))]
    with one.reading(MEMORY):
        before, _ = one(tf.ones((5, 3)), state)
        with pytest.raises(ZeroDivisionError), one.reading(MEMORY * 2):
            inner, _ = one(tf.ones((5, 3)), state)
            raise ZeroDivisionError
        after, _ = one(tf.ones((5, 3)), state)
    assert tf.reduce_all(before == after)
    assert tf.reduce_any(before != inner)
    with pytest.raises(ValueError, match="읽을 메모리가 없습니다"):
        one(tf.ones((5, 3)), state)
