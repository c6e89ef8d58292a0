"""걸음을 되풀이한다: 걸음마다 내놓은 것을 모으고, 모두 끝나면 멈춘다."""

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Nest, Tensor

Advance = Callable[[Any, Any], tuple[Any, Nest]]
"""걸음의 번호와 넘겨받은 것에서, 다음에 넘길 것과 내놓을 것을 낸다. 넘기는 것에는 ``finished``가 있다."""


def repeat(advance: Advance, carried: Any, max_length: int) -> tuple[Any, Nest, Tensor]:
    """모두 끝나거나 ``max_length``에 이를 때까지 ``advance``를 되풀이한다.

    첫 걸음은 루프 밖에서 간다. 그래서 처음 부른 층의 가중치가 루프 밖에 만들어지고, 무엇을 내놓는지 알게 된다.

    Args:
        advance: 한 걸음.
        carried: 처음에 넘길 것.
        max_length: 많아야 몇 걸음을 갈지.

    Returns:
        마지막에 넘긴 것, 내놓은 것을 쌓은 것, 걸음의 수. 쌓은 것의 첫 축은 걸음이다.

    Raises:
        ValueError: ``max_length``가 1보다 작을 때.
    """
    if max_length < 1:
        raise ValueError(f"max_length는 1 이상이어야 합니다. 받은 것: {max_length}")
    carried, emitted = advance(0, carried)
    arrays = tf.nest.map_structure(lambda value: _array(value, max_length), emitted)

    def body(time: Tensor, carried: Any, arrays: Nest) -> tuple[Tensor, Any, Nest]:
        carried, emitted = advance(time, carried)
        arrays = tf.nest.map_structure(lambda array, value: array.write(time, value), arrays, emitted)
        return time + 1, carried, arrays

    loop = (tf.constant(1), carried, arrays)
    shapes = (tf.TensorShape([]), tf.nest.map_structure(_shape, carried), tf.nest.map_structure(_unknown, arrays))
    steps, carried, arrays = tf.while_loop(
        lambda time, carried, _: (time < max_length) & ~tf.reduce_all(carried.finished), body, loop, shapes
    )
    return carried, tf.nest.map_structure(lambda array: array.gather(tf.range(steps)), arrays), steps


def _array(value: Tensor, length: int) -> Any:
    """첫 걸음의 값을 적은 TensorArray."""
    return tf.TensorArray(value.dtype, size=length, element_shape=_shape(value)).write(0, value)


def _shape(tensor: Tensor) -> Any:
    """루프에서의 형태. 배치의 크기는 반복하는 동안 알 수 없어도 된다."""
    return tf.TensorShape([None]).concatenate(tensor.shape[1:]) if tensor.shape.rank else tensor.shape


def _unknown(_: Any) -> Any:
    return tf.TensorShape(None)
