"""텐서와, 텐서를 담은 구조를 다루는 작은 함수들."""

from collections.abc import Callable
from typing import Any, TypeAlias

import tensorflow as tf

Tensor: TypeAlias = Any
"""TensorFlow의 텐서. 텐서플로에는 타입이 없다."""
Nest: TypeAlias = Any
"""텐서를 담은 구조: 텐서 하나이거나, 그것을 담은 리스트나 튜플, 딕셔너리."""
Step: TypeAlias = Callable[[Tensor, Nest], tuple[Nest, Nest]]
"""디코더의 한 걸음. 토큰과 상태를 받아 로짓과 다음 상태를 돌려준다."""


def sizes(tensor: Tensor) -> list[Any]:
    """축마다의 크기. 그래프를 만들 때 모르는 크기는 텐서로 돌려준다."""
    known = tensor.shape.as_list()
    if None not in known:
        return list(known)
    run = tf.shape(tensor)
    return [run[axis] if size is None else size for axis, size in enumerate(known)]


def as_tensors(nest: Nest) -> Nest:
    """구조 속의 값을 모두 텐서로 바꾼다."""
    return tf.nest.map_structure(tf.convert_to_tensor, nest)


def packed_like(structure: Nest, nest: Nest) -> Nest:
    """``nest``의 값을 ``structure``의 구조에 담는다. 셀마다 상태를 리스트나 튜플, 텐서 하나로 다르게 돌려준다.

    Raises:
        ValueError: 텐서의 수가 다를 때.
    """
    given, found = tf.nest.flatten(structure), tf.nest.flatten(nest)
    if len(given) != len(found):
        raise ValueError(
            f"상태의 텐서의 수가 맞지 않습니다: 받은 것은 {len(found)}개이고 필요한 것은 {len(given)}개입니다. "
            "step은 받은 것과 같은 구조의 상태를 돌려주어야 하고, 처음 상태는 셀의 state_size와 같은 구조여야 합니다."
        )
    return tf.nest.pack_sequence_as(structure, found)


def where_rows(rows: Tensor, yes: Nest, no: Nest) -> Nest:
    """행마다 고른다: ``rows``가 참인 행은 ``yes``에서, 나머지는 ``no``에서. 축이 없는 값은 ``no`` 그대로다."""

    def choose(one: Tensor, other: Tensor) -> Tensor:
        if other.shape.rank == 0:
            return other
        return tf.where(tf.reshape(rows, [-1] + [1] * (other.shape.rank - 1)), one, other)

    return tf.nest.map_structure(choose, yes, no)


def batch_first(nest: Nest) -> Nest:
    """첫 두 축을 맞바꾼다. 걸음이 첫 축인 것을 배치가 첫 축인 것으로, 또는 거꾸로."""

    def swap(tensor: Tensor) -> Tensor:
        return tf.transpose(tensor, [1, 0, *range(2, tensor.shape.rank)])

    return tf.nest.map_structure(swap, nest)
