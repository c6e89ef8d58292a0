"""빔 탐색: 걸음마다 가장 그럴듯한 후보 몇 개를 남긴다."""

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

from rnn_shapes.seq2seq.beams import beams_first, by_beam, follow, gather_tree, histories, tile_batch
from rnn_shapes.seq2seq.checking import check_beams, check_end_token
from rnn_shapes.seq2seq.looping import Advance, repeat
from rnn_shapes.seq2seq.tensors import Nest, Step, Tensor, as_tensors, packed_like, sizes


class Beams(NamedTuple):
    """빔 탐색으로 찾은 것. 점수가 높은 빔이 먼저다: ``ids[:, 0]``이 가장 나은 시퀀스다."""

    ids: Tensor
    """토큰. 축은 배치, 빔, 걸음이다. 끝난 뒤는 끝 토큰이다."""
    lengths: Tensor
    """빔마다의 길이. 끝 토큰까지 센다."""
    scores: Tensor
    """빔마다의 점수. 로그 확률의 합을 길이 벌점으로 나눈 것이다. 마지막 걸음에 고른 끝 토큰은 그 길이에 세지 않는다."""
    log_probs: Tensor
    """빔마다의 로그 확률의 합."""
    states: Nest
    """마지막 상태. 축은 배치, 빔, 그 나머지다."""
    recorded: Nest
    """``record``가 걸음마다 뽑은 것. 축은 배치, 빔, 걸음, 그 나머지다."""


class _Rules(NamedTuple):
    """후보의 점수를 매기는 법."""

    width: int
    end_token: int
    length_penalty: float
    coverage_penalty: float
    alignments: Callable[[Nest], Tensor]


class _Beam(NamedTuple):
    """걸음 사이에 넘기는 것. 상태와 ``coverage``의 첫 축은 배치와 빔을 합친 것이고, 나머지의 축은 배치, 빔이다."""

    ids: Tensor
    states: Nest
    log_probs: Tensor
    scores: Tensor
    finished: Tensor
    lengths: Tensor
    coverage: Nest
    """지금까지의 어텐션 가중치의 합. 쓰지 않으면 비었다."""


def beam_search(
    step: Step,
    start_tokens: Tensor,
    initial_states: Nest,
    *,
    beam_width: int,
    end_token: int,
    max_length: int,
    length_penalty: float = 0.0,
    coverage_penalty: float = 0.0,
    alignments: Callable[[Nest], Tensor] | None = None,
    record: Callable[[Nest], Nest] | None = None,
    addons_order: bool = False,
) -> Beams:
    """행마다 빔 ``beam_width``개를 함께 키운다. 모든 빔이 끝나거나 ``max_length``에 이르면 멈춘다.

    Args:
        step: ``decode``의 것과 같은 한 걸음. 빔마다 한 행을 받고, 한 행의 빔은 잇달아 있다.
        start_tokens: 행마다의 시작 토큰.
        initial_states: 행마다의 처음 상태. 빔으로 되풀이하는 것은 여기서 한다.
        beam_width: 빔 너비.
        end_token: 끝 토큰.
        max_length: 많아야 몇 걸음을 갈지.
        length_penalty: 길이 벌점의 세기. 0이면 로그 확률의 합이 점수이고, 클수록 긴 시퀀스가 유리하다.
        coverage_penalty: 끝난 빔이 읽지 않은 칸에 줄 벌점의 세기.
        alignments: 상태에서 어텐션 가중치를 꺼내는 함수. ``coverage_penalty``에 쓴다.
        record: 다음 상태를 받아, 걸음마다 모을 것을 돌려주는 함수. 모은 것은 빔의 부모를 따라 잇는다.
        addons_order: 참이면 Addons처럼, 빔이 먼저 다 끝난 행의 시퀀스를 마지막 점수가 아니라 끝났을 때의 차례로 둔다.

    Raises:
        ValueError: 빔이 어휘보다 넓거나, 끝 토큰이 어휘 밖에 있거나, 상태의 구조가 바뀔 때.
    """
    check_beams(beam_width, None)
    rules = _Rules(beam_width, end_token, length_penalty, coverage_penalty, _aligning(coverage_penalty, alignments))
    beam = _first(start_tokens, initial_states, rules)
    beam, emitted, _ = repeat(_advancing(step, rules, record or (lambda states: ())), beam, max_length)
    return _finish(beam, emitted, end_token, addons_order)


def _advancing(step: Step, rules: _Rules, record: Callable[[Nest], Nest]) -> Advance:
    """한 걸음 나아가는 함수. 다음 걸음에 넘길 빔과, 이번 걸음에 내놓을 것을 돌려준다."""

    def advance(_: Tensor, beam: _Beam) -> tuple[_Beam, Nest]:
        beam, parents = _choose(beam, *step(tf.reshape(beam.ids, [-1]), beam.states), rules)
        return beam, (beam.ids, parents, by_beam(record(beam.states), rules.width))

    return advance


def _aligning(coverage_penalty: float, alignments: Callable[[Nest], Tensor] | None) -> Callable[[Nest], Tensor]:
    if coverage_penalty and alignments is None:
        raise ValueError(
            "coverage_penalty에는 어텐션 가중치가 필요합니다. alignments에 상태에서 가중치를 꺼내는 함수를 주세요. "
            "AttentionCell의 상태이면 `alignments=lambda states: states[-1]`입니다."
        )
    return alignments if coverage_penalty and alignments else lambda states: ()


def _first(start_tokens: Tensor, initial_states: Nest, rules: _Rules) -> _Beam:
    """처음에는 첫 빔만 살아 있다. 모두 살아 있으면 같은 시퀀스가 여럿이 된다."""
    ids = tf.cast(tf.convert_to_tensor(start_tokens), tf.int32)
    shape = [sizes(ids)[0], rules.width]
    alive = tf.broadcast_to(tf.range(rules.width) == 0, shape)
    log_probs = tf.where(alive, 0.0, float("-inf"))
    states = tile_batch(as_tensors(initial_states), rules.width)
    return _Beam(
        ids=tf.repeat(ids[:, None], rules.width, 1),
        states=states,
        log_probs=log_probs,
        scores=log_probs,
        finished=~alive,
        lengths=tf.zeros(shape, tf.int32),
        coverage=rules.alignments(states),
    )


def _choose(beam: _Beam, logits: Tensor, states: Nest, rules: _Rules) -> tuple[_Beam, Tensor]:
    """빔마다 토큰마다의 후보에서 점수가 높은 것을 빔의 수만큼 고른다."""
    check_beams(rules.width, logits.shape[-1])
    check_end_token(rules.end_token, logits.shape[-1])
    states = packed_like(beam.states, as_tensors(states))
    batch, vocabulary = sizes(beam.ids)[0], sizes(logits)[-1]
    is_end = tf.range(vocabulary) == rules.end_token
    log_probs = by_beam(tf.nn.log_softmax(tf.cast(logits, tf.float32)), rules.width)
    only_end = tf.where(is_end, 0.0, log_probs.dtype.min)
    log_probs = beam.log_probs[..., None] + tf.where(beam.finished[..., None], only_end, log_probs)
    coverage = _covered(beam, states, rules)
    scores, best = tf.math.top_k(
        tf.reshape(_scores(beam, log_probs, coverage, is_end, rules), [batch, -1]), rules.width
    )
    ids, parents = best % vocabulary, best // vocabulary
    finished = tf.gather(beam.finished, parents, batch_dims=1)
    return _Beam(
        ids=ids,
        states=follow(states, parents),
        log_probs=tf.gather(tf.reshape(log_probs, [batch, -1]), best, batch_dims=1),
        scores=scores,
        finished=finished | (ids == rules.end_token),
        lengths=tf.gather(beam.lengths, parents, batch_dims=1) + tf.cast(~finished, tf.int32),
        coverage=follow(coverage, parents),
    ), parents


def _covered(beam: _Beam, states: Nest, rules: _Rules) -> Nest:
    """어텐션 가중치의 합에 이번 걸음의 것을 더한다. 끝난 빔은 더 읽지 않는다."""
    going = tf.reshape(~beam.finished, [-1])

    def add(before: Tensor, now: Tensor) -> Tensor:
        return before + now * tf.cast(going, now.dtype)[:, None]

    return tf.nest.map_structure(add, beam.coverage, rules.alignments(states))


def _scores(beam: _Beam, log_probs: Tensor, coverage: Nest, is_end: Tensor, rules: _Rules) -> Tensor:
    """후보의 점수(Wu et al., 2016, arXiv 1609.08144의 식 14).

    끝 토큰을 고르는 걸음에서는 그 토큰을 길이에 세지 않고, 다음 걸음부터 센다. 논문에는 없고 Addons가 그렇게 한다.
    """
    scores = log_probs
    if rules.length_penalty:
        longer = tf.cast(~(beam.finished[..., None] | is_end), tf.int32)
        lengths = tf.cast(beam.lengths[..., None] + longer, tf.float32)
        scores /= ((5.0 + lengths) / 6.0) ** rules.length_penalty
    if rules.coverage_penalty:
        read = tf.minimum(tf.where(coverage == 0, 1.0, coverage), 1.0)  # 마스크로 가린 칸은 벌하지 않는다
        missed = by_beam(tf.reduce_sum(tf.math.log(read), -1), rules.width)
        scores += (rules.coverage_penalty * missed * tf.cast(beam.finished, missed.dtype))[..., None]
    return scores


def _finish(beam: _Beam, emitted: Nest, end: int, addons_order: bool) -> Beams:
    """걸음마다 적은 것을 빔마다의 시퀀스로 잇는다."""
    step_ids, parents, recorded = emitted
    steps, batch, width = sizes(parents)
    longest = tf.reduce_max(beam.lengths, axis=1) if addons_order else tf.fill([batch], steps)
    place = histories(parents, longest)
    recorded = tf.nest.map_structure(lambda one: tf.gather(one, place, batch_dims=2), recorded)
    ids, recorded = beams_first((gather_tree(step_ids, parents, longest, end), recorded))
    return Beams(ids, beam.lengths, beam.scores, beam.log_probs, by_beam(beam.states, width), recorded)
