"""한 걸음씩 디코딩한다: 고른 것이 다음 걸음의 입력이 된다."""

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf

from rnn_shapes.seq2seq.checking import check_end_token
from rnn_shapes.seq2seq.looping import Advance, repeat
from rnn_shapes.seq2seq.sampling import GreedySampler, Sampler
from rnn_shapes.seq2seq.tensors import Nest, Step, Tensor, as_tensors, batch_first, packed_like, sizes, where_rows


class Decoded(NamedTuple):
    """디코딩한 것. 걸음의 수는 모든 행이 끝난 데까지다."""

    ids: Tensor
    """고른 것. 축은 배치, 걸음이다."""
    lengths: Tensor
    """행마다의 길이. 끝 토큰까지 센다."""
    outputs: Nest
    """걸음마다의 로짓. 축은 배치, 걸음, 어휘다."""
    states: Nest
    """마지막 상태."""
    recorded: Nest
    """``record``가 걸음마다 뽑은 것. 축은 배치, 걸음, 그 나머지다."""


class _Row(NamedTuple):
    """걸음 사이에 넘기는 것."""

    inputs: Tensor
    states: Nest
    finished: Tensor
    lengths: Tensor


def decode(
    step: Step,
    start: Tensor,
    initial_states: Nest,
    *,
    max_length: int,
    end_token: int | Callable[[Tensor], Tensor] | None = None,
    sampler: Sampler | None = None,
    pad_token: int | None = 0,
    record: Callable[[Nest], Nest] | None = None,
) -> Decoded:
    """모든 행이 끝나거나 ``max_length``에 이를 때까지 디코딩한다. 즉시 실행에서도 ``tf.function``에서도 같다.

    Args:
        step: 한 걸음. 토큰과 상태를 받아 로짓과 다음 상태를 돌려준다. 임베딩과 셀, 출력층을 부르는 함수다.
        start: 행마다의 시작 토큰. 프레임을 디코딩하면 첫 프레임이다.
        initial_states: 처음 상태. 텐서를 담은 구조이면 무엇이든 된다.
        max_length: 많아야 몇 걸음을 갈지.
        end_token: 끝 토큰, 또는 고른 것을 받아 끝난 행이면 참인 텐서를 돌려주는 함수. 없으면 끝까지 간다.
        sampler: 로짓과 걸음을 받아 다음 것을 고르는 함수. 적지 않으면 가장 큰 것을 고른다.
        pad_token: 끝난 뒤의 자리를 채울 수. 로짓은 0으로 채우고 상태는 그대로 둔다. ``None``이면 끝난 행도 계속 간다.
        record: 다음 상태를 받아, 걸음마다 모을 것을 돌려주는 함수. 예를 들면 어텐션 가중치를 모은다.

    Raises:
        ValueError: 끝 토큰이 어휘 밖에 있거나, ``max_length``가 1보다 작거나, 상태의 구조가 바뀔 때.

    늘 지금 토큰의 다음 번호를 고르는 예제다. 4에서 시작한 행은 5가 나와 끝났다.

    >>> decoded = decode(lambda ids, _: (tf.one_hot(ids + 1, 7), ()), [1, 4], (), max_length=5, end_token=5)
    >>> print(decoded.ids.numpy().tolist(), decoded.lengths.numpy().tolist())
    [[2, 3, 4, 5], [5, 0, 0, 0]] [4, 1]
    """
    advance = _advancing(step, sampler or GreedySampler(), end_token, pad_token, record or (lambda states: ()))
    start = tf.convert_to_tensor(start)
    lengths = tf.zeros(sizes(start)[:1], tf.int32)
    row, emitted, _ = repeat(advance, _Row(start, as_tensors(initial_states), lengths > 0, lengths), max_length)
    ids, outputs, recorded = batch_first(emitted)
    return Decoded(ids, row.lengths, outputs, row.states, recorded)


def _advancing(
    step: Step, sampler: Sampler, end_token: Any, pad_token: int | None, record: Callable[[Nest], Nest]
) -> Advance:
    """한 걸음 나아가는 함수. 다음 걸음에 넘길 것과, 이번 걸음에 내놓을 것을 돌려준다."""

    def advance(time: Any, row: _Row) -> tuple[_Row, Nest]:
        outputs, states = step(row.inputs, row.states)
        states = packed_like(row.states, as_tensors(states))
        chosen = sampler(outputs, time)
        if pad_token is not None and end_token is not None:
            states = where_rows(row.finished, row.states, states)
            blank = tf.nest.map_structure(tf.zeros_like, outputs)
            outputs = where_rows(row.finished, blank, outputs)
            chosen = where_rows(row.finished, tf.fill(tf.shape(chosen), tf.cast(pad_token, chosen.dtype)), chosen)
        ended = _ended(end_token, chosen, outputs, row.finished)
        lengths = tf.where(row.finished, row.lengths, time + 1)
        return _Row(chosen, states, row.finished | ended, lengths), (chosen, outputs, record(states))

    return advance


def _ended(end_token: Any, chosen: Tensor, outputs: Nest, finished: Tensor) -> Tensor:
    """이번에 끝난 행이면 참."""
    if end_token is None:
        return tf.zeros_like(finished)
    if callable(end_token):
        return end_token(chosen)
    if isinstance(end_token, int) and tf.is_tensor(outputs):
        check_end_token(end_token, outputs.shape[-1])
    return tf.equal(chosen, tf.cast(end_token, chosen.dtype))
