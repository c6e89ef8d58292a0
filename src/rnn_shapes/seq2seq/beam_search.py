"""빔 탐색: 걸음마다 가장 그럴듯한 후보 몇 개를 남긴다."""

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

from rnn_shapes.seq2seq.beams import by_beam, follow, gather_tree, histories, tile_batch
from rnn_shapes.seq2seq.checking import check_beams, check_end_token
from rnn_shapes.seq2seq.looping import repeat
from rnn_shapes.seq2seq.tensors import Nest, Step, Tensor, as_tensors, packed_like, sizes


class Beams(NamedTuple):
    """빔 탐색으로 찾은 것. 점수가 높은 빔이 먼저다: ``ids[:, 0]``이 가장 나은 시퀀스다."""

    ids: Tensor
    """토큰. 축은 배치, 빔, 걸음이다. 끝난 뒤는 끝 토큰이다."""
    lengths: Tensor
    """빔마다의 길이. 끝 토큰까지 센다."""
    scores: Tensor
    """빔마다의 점수. 로그 확률의 합을 길이 벌점으로 나눈 것이다."""
    log_probs: Tensor
    """빔마다의 로그 확률의 합."""
    states: Nest
    """마지막 상태. 축은 배치, 빔, 그 나머지다."""
    recorded: Nest
    """``record``가 걸음마다 뽑은 것. 축은 배치, 빔, 걸음, 그 나머지다."""


class _Beam(NamedTuple):
    """걸음 사이에 넘기는 것. 상태의 첫 축은 배치와 빔을 합친 것이고, 나머지의 축은 배치, 빔이다."""

    ids: Tensor
    states: Nest
    log_probs: Tensor
    scores: Tensor
    finished: Tensor
    lengths: Tensor


def penalty(lengths: Tensor, weight: float) -> Tensor:
    """길이 벌점(Wu et al., 2016, arXiv 1609.08144의 식 14): 길이에 5를 더해 6으로 나누고 ``weight``제곱한다."""
    return ((5.0 + tf.cast(lengths, tf.float32)) / 6.0) ** weight


def beam_search(
    step: Step,
    start_tokens: Tensor,
    initial_states: Nest,
    *,
    beam_width: int,
    end_token: int,
    max_length: int,
    length_penalty: float = 0.0,
    record: Callable[[Nest], Nest] | None = None,
) -> Beams:
    """행마다 빔 ``beam_width``개를 함께 키운다. 모든 빔이 끝나거나 ``max_length``에 이르면 멈춘다.

    Args:
        step: 한 걸음. 토큰과 상태를 받아 로짓과 다음 상태를 돌려준다. 빔마다 한 행이어서, 행의 수는 배치 크기와
            빔 너비의 곱이다. 한 행의 빔은 잇달아 있다.
        start_tokens: 행마다의 시작 토큰.
        initial_states: 행마다의 처음 상태. 빔으로 되풀이하는 것은 여기서 한다.
        beam_width: 빔 너비.
        end_token: 끝 토큰.
        max_length: 많아야 몇 걸음을 갈지.
        length_penalty: 길이 벌점의 세기. 0이면 로그 확률의 합이 점수이고, 클수록 긴 시퀀스가 유리하다.
        record: 다음 상태를 받아, 걸음마다 모을 것을 돌려주는 함수. 모은 것은 빔의 부모를 따라 잇는다.

    Raises:
        ValueError: 빔이 어휘보다 넓거나, 끝 토큰이 어휘 밖에 있거나, ``max_length``가 1보다 작거나, 상태의 구조가
            바뀔 때.
    """
    check_beams(beam_width, None)
    record = record or (lambda states: ())

    def advance(_: Tensor, beam: _Beam) -> tuple[_Beam, Nest]:
        logits, states = step(tf.reshape(beam.ids, [-1]), beam.states)
        check_beams(beam_width, logits.shape[-1])
        check_end_token(end_token, logits.shape[-1])
        beam, parents = _choose(beam, logits, packed_like(beam.states, as_tensors(states)), end_token, length_penalty)
        return beam, (beam.ids, parents, by_beam(record(beam.states), beam_width))

    beam, emitted, _ = repeat(advance, _first(start_tokens, initial_states, beam_width), max_length)
    return _finish(beam, emitted, end_token)


def _first(start_tokens: Tensor, initial_states: Nest, width: int) -> _Beam:
    """처음에는 첫 빔만 살아 있다. 모두 살아 있으면 같은 시퀀스가 여럿이 된다."""
    ids = tf.cast(tf.convert_to_tensor(start_tokens), tf.int32)
    batch = sizes(ids)[0]
    alive = tf.broadcast_to(tf.range(width) == 0, [batch, width])
    log_probs = tf.where(alive, 0.0, float("-inf"))
    lengths = tf.zeros([batch, width], tf.int32)
    states = tile_batch(as_tensors(initial_states), width)
    return _Beam(tf.repeat(ids[:, None], width, 1), states, log_probs, log_probs, ~alive, lengths)


def _choose(beam: _Beam, logits: Tensor, states: Nest, end: int, weight: float) -> tuple[_Beam, Tensor]:
    """빔마다 토큰마다의 후보에서 점수가 높은 것을 빔의 수만큼 고른다.

    고를 때의 길이에는 이번에 고르는 끝 토큰을 세지 않고, 고른 다음에 센다. Addons가 그렇게 한다.
    """
    batch, width = sizes(beam.ids)
    vocabulary = sizes(logits)[-1]
    is_end = tf.range(vocabulary) == end
    log_probs = by_beam(tf.nn.log_softmax(tf.cast(logits, tf.float32)), width)
    only_end = tf.where(is_end, 0.0, log_probs.dtype.min)
    log_probs = beam.log_probs[..., None] + tf.where(beam.finished[..., None], only_end, log_probs)
    scores = log_probs
    if weight:
        longer = beam.lengths[..., None] + tf.cast(~(beam.finished[..., None] | is_end), tf.int32)
        scores = log_probs / penalty(longer, weight)
    scores, best = tf.math.top_k(tf.reshape(scores, [batch, -1]), width)
    ids, parents = best % vocabulary, best // vocabulary
    finished = tf.gather(beam.finished, parents, batch_dims=1)
    return _Beam(
        ids=ids,
        states=follow(states, parents),
        log_probs=tf.gather(tf.reshape(log_probs, [batch, -1]), best, batch_dims=1),
        scores=scores,
        finished=finished | (ids == end),
        lengths=tf.gather(beam.lengths, parents, batch_dims=1) + tf.cast(~finished, tf.int32),
    ), parents


def _finish(beam: _Beam, emitted: Nest, end: int) -> Beams:
    """걸음마다 적은 것을 빔마다의 시퀀스로 잇는다."""
    step_ids, parents, recorded = emitted
    width = sizes(beam.ids)[1]
    longest = tf.reduce_max(beam.lengths, axis=1)
    ids = tf.transpose(gather_tree(step_ids, parents, longest, end), [1, 2, 0])
    place = histories(parents, longest)
    recorded = tf.nest.map_structure(lambda one: tf.gather(one, place, batch_dims=2), recorded)
    recorded = tf.nest.map_structure(lambda one: tf.transpose(one, [1, 2, 0, *range(3, one.shape.rank)]), recorded)
    return Beams(ids, beam.lengths, beam.scores, beam.log_probs, by_beam(beam.states, width), recorded)
