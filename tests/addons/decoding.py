"""디코더와 표집기, 빔 탐색을 잰다."""

import model
import numpy as np
import parts
import tensorflow as tf
import tensorflow_addons as tfa
from common import (
    batch_size,
    beam_width,
    embedding_dim,
    encoder_length,
    error,
    fill,
    filled,
    hidden_dim,
    inputs,
    layers,
    mask,
    rounded,
    same,
    seq_length,
    shape,
    source_lengths,
    sources,
    target_lengths,
    targets,
    vocab_size,
    zeros,
)

seq2seq = tfa.seq2seq
frame_size = 31


def trained_decoder(**options):
    """어텐션이 없는 디코더와, 같은 셀과 출력층."""
    cell, dense = layers.GRUCell(hidden_dim), layers.Dense(vocab_size)
    cell.build([None, embedding_dim]), dense.build([None, hidden_dim])
    fill([cell, dense], 500)
    return seq2seq.BasicDecoder(cell, seq2seq.TrainingSampler(), dense, **options)


def after_the_end():
    """길이를 준 TrainingSampler: 끝난 뒤의 출력과 상태."""
    full = trained_decoder()(inputs, initial_state=zeros)
    cut = trained_decoder()(inputs, initial_state=zeros, sequence_length=target_lengths)
    imputed = trained_decoder(impute_finished=True)(inputs, initial_state=zeros, sequence_length=target_lengths)
    shorter = np.minimum(target_lengths, 5)
    short = trained_decoder()(inputs, initial_state=zeros, sequence_length=shorter)
    return {
        "state_as_unmasked": same(cut[1], full[1]),
        "logits_as_unmasked": same(cut[0].rnn_output, full[0].rnn_output),
        "imputed_state": rounded(imputed[1][1, :3]),
        "state": rounded(cut[1][1, :3]),
        "imputed_logits": rounded(np.abs(imputed[0].rnn_output[3, 1:]).max()),
        "imputed_ids": rounded(imputed[0].sample_id[3]),
        "shorter": [shape(short[0].rnn_output), rounded(short[2])],
    }


def greedy():
    """탐욕 디코딩: 기본값과 impute_finished."""
    free, _, lengths = model.greedy(sources, source_lengths)
    imputed, state, _ = model.greedy(sources, source_lengths, impute_finished=True)
    history = state.alignment_history.stack()
    row, length = 0, int(lengths[0])
    return {
        "ids": rounded(free.sample_id),
        "lengths": rounded(lengths),
        "imputed_ids": rounded(imputed.sample_id),
        "alignments": rounded(history[: int(lengths[2]), 2, :7]),
        "history": [shape(history), rounded(tf.reduce_sum(history[length:, row], -1))],
        "imputed_logits": rounded(np.abs(imputed.rnn_output[row, length:]).max()),
    }


def training():
    """훈련할 때의 마지막 타임스텝의 로짓. 앞의 모든 타임스텝에 달려 있다."""
    return {"logits": rounded(model.logits_of(sources, source_lengths, targets)[:, -1, :3])}


def beams():
    """빔 탐색: 벌점이 없을 때와 있을 때."""
    found = {}
    for penalty in (0, 1):
        outputs, state, _ = model.beams(sources, source_lengths, 3, length_penalty_weight=float(penalty))
        steps = outputs.beam_search_decoder_output
        found[f"length_penalty_weight={penalty}"] = {
            "ids": rounded(tf.transpose(outputs.predicted_ids, [0, 2, 1])[:3]),
            "lengths": rounded(state.lengths[:3]),
            "log_probs": rounded(state.log_probs[:3]),
            "scores": rounded(steps.scores[:3, -1]),
        }
    right = {f"beam_width={width}": right_histories(width) for width in (1, 3)}
    too_wide, _, _ = model.beams(sources, source_lengths, vocab_size + 1)
    return {
        **found,
        "first beam, step by step": rounded(steps.scores[0, :3, 0]),
        "second beam, step by step": rounded(steps.scores[0, :3, 1]),
        "worst score, wider than the vocabulary": str(too_wide.beam_search_decoder_output.scores.numpy()[0, 0, -1]),
        "beams with their own alignment_history": right,
        "order": order(),
        "impute_finished": error(lambda: model.beams(sources, source_lengths, 3, impute_finished=True)),
    }


def length_of(ids):
    """끝 토큰까지의 길이."""
    ended = np.flatnonzero(ids == model.end_token)
    return int(ended[0]) + 1 if ended.size else len(ids)


def alignments_of(ids):
    """정해진 번호를 차례로 넣었을 때의 어텐션 가중치."""
    given = np.insert(ids[:, :-1], 0, model.start_token, axis=1)
    decoder = seq2seq.BasicDecoder(model.cell, seq2seq.TrainingSampler(), model.output_layer)
    start = model.encode(sources, source_lengths)
    _, state, _ = decoder(model.target_embedding(given), initial_state=start)
    return state.alignment_history.stack().numpy()


def right_histories(width):
    """모아 둔 어텐션 가중치가 그 번호를 차례로 읽은 것과 같은 빔의 수와, 모든 빔의 수."""
    outputs, state, _ = model.beams(sources, source_lengths, width)
    ids, right = outputs.predicted_ids.numpy(), []
    history = state.cell_state.alignment_history.numpy().reshape(-1, batch_size, width, encoder_length)
    for beam in range(width):
        own = alignments_of(ids[..., beam])
        for row in range(batch_size):
            length = length_of(ids[row, :, beam])
            right.append(np.allclose(own[:length, row], history[:length, row, beam], atol=1e-4))
    return [sum(right), len(right)]


def order():
    """끝나기 쉬운 모델의 셋째 행: 번호의 차례와 길이의 차례."""
    kernel, bias = model.output_layer.get_weights()
    eager = bias + 2 * np.eye(vocab_size, dtype="float32")[model.end_token]
    model.output_layer.set_weights([kernel, eager])
    outputs, state, _ = model.beams(sources, source_lengths, 3, length_penalty_weight=1.0)
    model.output_layer.set_weights([kernel, bias])
    scores = outputs.beam_search_decoder_output.scores[2, -1]
    return {
        "ids": rounded(tf.transpose(outputs.predicted_ids[2])),
        "lengths": rounded(state.lengths[2]),
        "scores": rounded(scores),
    }


def sampling():
    """표집기가 돌려주는 번호."""
    table, cell, dense = (
        layers.Embedding(vocab_size, embedding_dim),
        layers.GRUCell(hidden_dim),
        layers.Dense(vocab_size),
    )

    def run(sampler, given=inputs, **options):
        decoder = seq2seq.BasicDecoder(cell, sampler, dense, maximum_iterations=seq_length)
        return decoder(given, initial_state=zeros, **options)[0]

    start = {"given": None, "start_tokens": tf.fill([batch_size], 1), "end_token": 101}
    outputs = run(seq2seq.ScheduledOutputTrainingSampler(0.0))
    drawn = run(seq2seq.SampleEmbeddingSampler(table, seed=1), **start)
    return {
        "end_token=101": error(lambda: run(seq2seq.GreedyEmbeddingSampler(table), **start)),
        "int64 sequence_length": error(
            lambda: run(seq2seq.TrainingSampler(), sequence_length=target_lengths.astype("int64"))
        ),
        "ids that were not sampled": rounded(run(seq2seq.ScheduledEmbeddingTrainingSampler(0.0, table)).sample_id[0]),
        "ids of ScheduledOutputTrainingSampler": outputs.sample_id.dtype.name,
        "SampleEmbeddingSampler takes the argmax": same(drawn.sample_id, tf.argmax(drawn.rnn_output, -1)),
    }


def frames():
    """InferenceSampler로 낸 프레임."""
    cell, dense = layers.GRUCell(hidden_dim), layers.Dense(frame_size)
    sampler = seq2seq.InferenceSampler(
        sample_fn=lambda outputs: outputs,
        sample_shape=[frame_size],
        sample_dtype=tf.float32,
        end_fn=lambda frame: tf.fill([batch_size], False),
    )
    decoder = seq2seq.BasicDecoder(cell, sampler, dense, maximum_iterations=seq_length)
    return decoder(tf.zeros([batch_size, frame_size]), initial_state=zeros)[0].sample_id


def shapes():
    """이름마다 나오는 형태."""
    outputs, _, lengths = model.greedy(sources, source_lengths)
    _, state, _ = model.greedy(sources, source_lengths, impute_finished=True)
    beam, beam_state, _ = model.beams(sources, source_lengths, beam_width)
    steps = beam.beam_search_decoder_output
    tree = seq2seq.gather_tree(
        *(tf.transpose(ids, [1, 0, 2]) for ids in (steps.predicted_ids, steps.parent_ids)),
        tf.fill([batch_size], seq_length),
        model.end_token,
    )
    plain, _ = parts.attending(parts.luong())
    logits = filled((batch_size, seq_length, vocab_size), 5)
    scores = tf.constant(filled((batch_size, encoder_length), 7))
    found = {
        "rnn_output": outputs.rnn_output,
        "sample_id": outputs.sample_id,
        "lengths": lengths,
        "attention": state.attention,
        "context": plain,
        "alignments": state.alignments,
        "alignment_history": state.alignment_history.stack(),
        "predicted_ids": beam.predicted_ids,
        "scores": steps.scores,
        "parent_ids": steps.parent_ids,
        "beam lengths": beam_state.lengths,
        "log_probs": beam_state.log_probs,
        "beam cell_state": beam_state.cell_state.cell_state,
        "beam alignment_history": beam_state.cell_state.alignment_history,
        "tile_batch": seq2seq.tile_batch(zeros, beam_width),
        "gather_tree": tree,
        "gather_tree_from_array": seq2seq.gather_tree_from_array(
            tf.zeros([seq_length, batch_size, beam_width, hidden_dim]),
            tf.transpose(steps.parent_ids, [1, 0, 2]),
            tf.fill([batch_size, beam_width], seq_length),
        ),
        "frames": frames(),
        "sequence_loss": seq2seq.sequence_loss(logits, targets, mask),
        "hardmax": seq2seq.hardmax(scores),
        "monotonic_attention": seq2seq.monotonic_attention(tf.sigmoid(scores), tf.nn.softmax(scores), "parallel"),
        "safe_cumprod": seq2seq.safe_cumprod(scores, axis=1),
    }
    return {name: shape(value) for name, value in found.items()}
