"""재는 데 함께 쓰는 것: 크기, 입력, 시드에서 만든 가중치, 적을 수 있게 고치는 함수."""

import model
import numpy as np
import tensorflow as tf

layers = tf.keras.layers
batch_size, seq_length, encoder_length = model.batch_size, model.seq_length, model.encoder_length
hidden_dim, embedding_dim, attention_dim = model.hidden_dim, model.embedding_dim, model.attention_dim
vocab_size, beam_width, seed = model.vocab_size, 23, 244

source_lengths = np.array([11, 3, 7, 1, 5], "int32")
target_lengths = np.array([7, 2, 5, 1, 3], "int32")


def filled(shape, seed):
    """시드에서 만든 수. 페이지에도 같은 함수가 있다."""
    return np.random.RandomState(seed).normal(0, 0.5, shape).astype("float32")


def fill(parts, seed=seed):
    """층의 가중치를 차례로 채운다. 페이지에도 같은 함수가 있다."""
    for part in parts:
        weights = []
        for weight in part.get_weights():
            seed += 1
            weights.append(filled(weight.shape, seed))
        part.set_weights(weights)


def numbered(shape, seed):
    """패딩과 시작, 끝을 뺀 번호. 페이지에도 같은 함수가 있다."""
    return np.random.RandomState(seed).randint(3, vocab_size, shape).astype("int32")


sources = numbered((batch_size, encoder_length), 1)
targets = numbered((batch_size, seq_length), 2)
mask = np.array(tf.sequence_mask(target_lengths, seq_length), "float32")
memory = tf.constant(filled((batch_size, encoder_length, hidden_dim), 3))
inputs = tf.constant(filled((batch_size, seq_length, embedding_dim), 4))
zeros = tf.zeros([batch_size, hidden_dim])

model.logits_of(sources, source_lengths, targets)  # 가중치가 생긴다
fill(
    [
        model.source_embedding,
        model.encoder,
        model.target_embedding,
        model.attention.memory_layer,
        model.cell._cell,
        model.cell._attention_layers[0],
        model.output_layer,
    ]
)


def rounded(value):
    """적을 수 있는 수."""
    array = np.asarray(value)
    return array.astype("float64").round(5).tolist() if array.dtype.kind == "f" else array.tolist()


def same(ours, theirs):
    """형태와 값이 모두 같은가."""
    return bool(np.shape(ours) == np.shape(theirs) and np.allclose(ours, theirs, atol=1e-6))


def error(call):
    """오류의 이름. 나지 않으면 빈 글."""
    try:
        call()
    except Exception as found:
        return type(found).__name__
    return ""


def shape(value):
    """크기의 리스트."""
    return [int(size) for size in value.shape]
