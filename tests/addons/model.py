"""Addons로 쓴 번역 모델. TensorFlow 2.15에서 실행한다."""

import tensorflow as tf
import tensorflow_addons as tfa

batch_size, seq_length, encoder_length = 5, 7, 11
hidden_dim, embedding_dim, attention_dim = 13, 17, 19
vocab_size, start_token, end_token = 29, 1, 2
layers = tf.keras.layers

source_embedding = layers.Embedding(vocab_size, embedding_dim)
encoder = layers.GRU(hidden_dim, return_sequences=True, return_state=True)
target_embedding = layers.Embedding(vocab_size, embedding_dim)
attention = tfa.seq2seq.LuongAttention(hidden_dim)
cell = tfa.seq2seq.AttentionWrapper(
    layers.GRUCell(hidden_dim),
    attention,
    attention_layer_size=attention_dim,
    alignment_history=True,
)
output_layer = layers.Dense(vocab_size)


def encode(sources, source_lengths, beam_width=1):
    """메모리를 넣고, 디코더의 초기 상태를 만든다."""
    mask = tf.sequence_mask(source_lengths, encoder_length)
    memory, state = encoder(source_embedding(sources), mask=mask)
    encoded = memory, state, source_lengths
    memory, state, lengths = tfa.seq2seq.tile_batch(encoded, beam_width)
    attention.setup_memory(memory, lengths)
    rows = batch_size * beam_width
    start = cell.get_initial_state(batch_size=rows, dtype="float32")
    return start.clone(cell_state=state)


def logits_of(sources, source_lengths, targets):
    """훈련할 때: 다음 입력은 정답이다."""
    sampler = tfa.seq2seq.TrainingSampler()
    decoder = tfa.seq2seq.BasicDecoder(cell, sampler, output_layer)
    outputs, _, _ = decoder(
        target_embedding(targets),
        initial_state=encode(sources, source_lengths),
    )
    return outputs.rnn_output


def greedy(sources, source_lengths, **options):
    """추론할 때: 다음 입력은 방금 고른 번호다."""
    decoder = tfa.seq2seq.BasicDecoder(
        cell,
        tfa.seq2seq.GreedyEmbeddingSampler(target_embedding),
        output_layer,
        maximum_iterations=seq_length,
        **options,
    )
    return decoder(
        None,
        start_tokens=tf.fill([batch_size], start_token),
        end_token=end_token,
        initial_state=encode(sources, source_lengths),
    )


def beams(sources, source_lengths, beam_width, **options):
    """추론할 때: 후보를 여럿 남긴다."""
    decoder = tfa.seq2seq.BeamSearchDecoder(
        cell,
        beam_width,
        embedding_fn=target_embedding,
        output_layer=output_layer,
        maximum_iterations=seq_length,
        **options,
    )
    return decoder(
        None,
        start_tokens=tf.fill([batch_size], start_token),
        end_token=end_token,
        initial_state=encode(sources, source_lengths, beam_width),
    )
