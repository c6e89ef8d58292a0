"""어텐션과 손실, tfa.rnn의 셀, 이름과 문서를 잰다."""

import inspect
import types
from pathlib import Path

import numpy as np
import tensorflow as tf
import tensorflow_addons as tfa
from common import (
    attention_dim,
    batch_size,
    embedding_dim,
    encoder_length,
    error,
    fill,
    filled,
    hidden_dim,
    inputs,
    layers,
    mask,
    memory,
    rounded,
    same,
    seq_length,
    source_lengths,
    sources,
    targets,
    vocab_size,
)

seq2seq = tfa.seq2seq


def public(module):
    """밖에 내놓은 이름. 모듈은 뺀다."""
    return [
        name
        for name in dir(module)
        if not name.startswith("_") and not isinstance(getattr(module, name), types.ModuleType)
    ]


def failing_import():
    """TensorFlow 2.16부터 실패하는 줄."""
    lines = (Path(tfa.__file__).parent / "utils" / "types.py").read_text().splitlines()
    return next(line.strip() for line in lines if "keras.src.engine" in line and "import" in line)


def names():
    """밖에 내놓은 이름과, TensorFlow 2.16부터 실패하는 줄."""
    return {"seq2seq": public(seq2seq), "rnn": public(tfa.rnn), "failing import": failing_import()}


def defaults():
    """적지 않은 인자의 값."""
    chosen = {
        "impute_finished": seq2seq.dynamic_decode,
        "maximum_iterations": seq2seq.dynamic_decode,
        "output_attention": seq2seq.AttentionWrapper,
        "mode": seq2seq.LuongMonotonicAttention,
        "connectivity": tfa.rnn.ESNCell,
        "spectral_radius": tfa.rnn.ESNCell,
        "norm_epsilon": tfa.rnn.LayerNormLSTMCell,
        "layernorm_epsilon": tfa.rnn.LayerNormSimpleRNNCell,
    }
    return {name: inspect.signature(thing).parameters[name].default for name, thing in chosen.items()}


def documented(thing, quote):
    """문서에 정말 그렇게 적혀 있는 글."""
    assert quote in " ".join(inspect.getdoc(thing).split()), quote
    return quote


def attending(mechanism, **options):
    """어텐션을 붙인 셀을 한 걸음 부른다."""
    cell = seq2seq.AttentionWrapper(layers.GRUCell(hidden_dim), mechanism, **options)
    return cell(inputs[:, 0], cell.get_initial_state(batch_size=batch_size, dtype="float32"))


def luong(memory=memory, lengths=None, units=hidden_dim):
    """메모리를 넣은 LuongAttention."""
    mechanism = seq2seq.LuongAttention(units)
    mechanism.setup_memory(memory, lengths)
    return mechanism


def key_gradient(inside):
    """메모리를 테이프 안이나 밖에서 넣었을 때 memory_layer의 기울기가 있는가."""
    mechanism = seq2seq.LuongAttention(hidden_dim)
    if not inside:
        mechanism.setup_memory(memory)
    with tf.GradientTape() as tape:
        if inside:
            mechanism.setup_memory(memory)
        loss = tf.reduce_sum(attending(mechanism)[0])
    gradient = tape.gradient(loss, mechanism.memory_layer.kernel)
    return "없음" if gradient is None else "있음"


def padded_memory():
    """mask_zero로 마스크가 붙은 메모리."""
    table = layers.Embedding(vocab_size, hidden_dim, mask_zero=True)
    real = tf.sequence_mask(source_lengths, encoder_length)
    return table(tf.where(real, sources, 0))


def attention():
    """메모리의 길이와 마스크, 기울기."""
    _, ignored = attending(luong(padded_memory()))
    _, masked = attending(seq2seq.LuongAttention(hidden_dim, padded_memory()))
    longer = np.where(source_lengths == 1, 101, source_lengths)
    zero = np.where(source_lengths == 1, 0, source_lengths)
    wrapper = seq2seq.AttentionWrapper(layers.GRUCell(hidden_dim), luong(), attention_layer_size=attention_dim)
    layer = wrapper._attention_layers[0]
    return {
        "weight beyond the end, setup_memory": rounded(tf.reduce_sum(ignored.alignments[3, 1:])),
        "weight beyond the end, memory=": rounded(tf.reduce_sum(masked.alignments[3, 1:])),
        "length 101": error(lambda: attending(luong(lengths=longer))),
        "length 0": error(lambda: attending(luong(lengths=zero))),
        "other units": error(lambda: attending(luong(units=attention_dim))),
        "gradient of memory_layer, inside the tape": key_gradient(inside=True),
        "gradient of memory_layer, outside the tape": key_gradient(inside=False),
        "activation of attention_layer_size": layer.activation.__name__,
    }


def losses():
    """sequence_loss의 평균."""
    logits = filled((batch_size, seq_length, vocab_size), 5)
    summed = {
        "average_across_timesteps": False,
        "average_across_batch": False,
        "sum_over_timesteps": True,
        "sum_over_batch": True,
    }
    by_step = seq2seq.sequence_loss(logits, targets, mask, average_across_timesteps=False)
    by_row = seq2seq.sequence_loss(logits, targets, mask, average_across_batch=False)
    one_hot = tf.one_hot(targets, vocab_size)
    model = tf.keras.Sequential([layers.Dense(vocab_size)])
    model.compile("sgd", seq2seq.SequenceLoss(), run_eagerly=True)
    return {
        "average": rounded(seq2seq.sequence_loss(logits, targets, mask)),
        "average, half weights": rounded(seq2seq.sequence_loss(logits, targets, mask / 2)),
        "sum": rounded(seq2seq.sequence_loss(logits, targets, mask, **summed)),
        "sum, half weights": rounded(seq2seq.sequence_loss(logits, targets, mask / 2, **summed)),
        "by timestep": rounded(by_step),
        "by row": rounded(by_row),
        "one-hot targets": rounded(seq2seq.sequence_loss(logits, one_hot, mask)),
        "SequenceLoss": rounded(seq2seq.SequenceLoss()(targets, logits, mask)),
        "fit without sample_weight": error(lambda: model.fit(inputs, targets, verbose=0)),
    }


def monotonic():
    """단조 어텐션."""
    choosing = tf.sigmoid(filled((1, 7), 6))
    previous = np.eye(1, 7, dtype="float32")
    long, far = np.full((1, 300), 0.3, "float32"), np.eye(1, 300, 200, dtype="float32")

    def total(mode):
        return rounded(tf.reduce_sum(seq2seq.monotonic_attention(tf.constant(long), tf.constant(far), mode)))

    return {
        "attention": rounded(seq2seq.monotonic_attention(choosing, previous, "parallel")[0]),
        "sum over 300 steps, parallel": total("parallel"),
        "sum over 300 steps, recursive": total("recursive"),
        "safe_cumprod": rounded(seq2seq.safe_cumprod(tf.constant([0.5, 2.0, 3.0]))),
    }


def cells():
    """tfa.rnn의 셀: 마지막 타임스텝의 출력과, 출력과 같은 상태."""
    found = {}
    for name in public(tfa.rnn):
        cell = getattr(tfa.rnn, name)(hidden_dim)
        rnn = layers.RNN(cell, return_state=True)
        rnn(inputs)
        fill([cell], 600)
        output, *states = rnn(inputs)
        found[name] = {
            "weights": [weight.name.split("/")[-1].split(":")[0] for weight in cell.weights],
            "output": rounded(output[:, :3]),
            "same as the output": [same(output, state) for state in states],
        }
    return found


def reservoir():
    """ESNCell의 순환 가중치가 시작하는 곳: 고윳값의 가장 큰 크기."""
    cell = tfa.rnn.ESNCell(hidden_dim, connectivity=0.5)
    cell.build([None, embedding_dim])
    return {"spectral radius": rounded(np.abs(np.linalg.eigvals(cell.recurrent_kernel)).max().astype("float32"))}


def quotes():
    """Addons의 문서에 적힌 말."""
    return {
        "sequence_loss": documented(seq2seq.sequence_loss, "divide the returned cost by the batch size"),
        "safe_cumprod": documented(seq2seq.safe_cumprod, "can be called identically to tf.cumprod"),
        "dynamic_decode": documented(
            seq2seq.dynamic_decode, "ensures that the final state and outputs have the correct values"
        ),
        "ScheduledOutputTrainingSampler": documented(
            seq2seq.ScheduledOutputTrainingSampler, "Returns False for sample_ids where no sampling took place"
        ),
        "SampleEmbeddingSampler": documented(
            seq2seq.SampleEmbeddingSampler.__init__, "takes a vector tensor of `ids` (argmax ids)"
        ),
        "NASCell": documented(tfa.rnn.NASCell, "outputs, memory_state, carry_state = rnn(inputs)"),
    }
