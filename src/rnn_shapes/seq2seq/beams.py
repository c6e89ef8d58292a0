"""빔을 다루는 함수: 배치를 되풀이하고, 흩어진 걸음을 부모를 따라 잇는다."""

from typing import Any

import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Nest, Tensor, sizes


def tile_batch(nest: Nest, multiplier: int) -> Nest:
    """행마다 ``multiplier``번 되풀이한다. 같은 행에서 나온 것은 잇달아 있다.

    Args:
        nest: 첫 축이 배치인 텐서나, 그것을 담은 구조.
        multiplier: 되풀이할 횟수. 빔 너비다.

    Raises:
        ValueError: 축이 없는 텐서가 있을 때.

    >>> tile_batch(tf.constant([5, 7]), 3).numpy().tolist()
    [5, 5, 5, 7, 7, 7]
    """

    def tile(tensor: Tensor) -> Tensor:
        tensor = tf.convert_to_tensor(tensor)
        if tensor.shape.rank == 0:
            raise ValueError("축이 없는 텐서는 배치를 되풀이할 수 없습니다. 첫 축이 배치인 텐서를 주세요.")
        return tf.repeat(tensor, multiplier, axis=0)

    return tf.nest.map_structure(tile, nest)


def by_beam(nest: Nest, beam_width: int) -> Nest:
    """배치와 빔이 합쳐진 첫 축을 둘로 나눈다."""

    def split(tensor: Tensor) -> Tensor:
        if tensor.shape.rank == 0:
            return tensor
        return tf.reshape(tensor, [-1, beam_width, *sizes(tensor)[1:]])

    return tf.nest.map_structure(split, nest)


def beams_first(nest: Nest) -> Nest:
    """걸음, 배치, 빔이던 축을 배치, 빔, 걸음의 차례로 바꾼다."""
    return tf.nest.map_structure(lambda one: tf.transpose(one, [1, 2, 0, *range(3, one.shape.rank)]), nest)


def follow(nest: Nest, parents: Tensor) -> Nest:
    """배치와 빔이 합쳐진 텐서의 행을, 빔마다의 부모의 것으로 바꾼다."""
    batch, width = sizes(parents)
    rows = tf.reshape(parents + tf.range(batch)[:, None] * width, [-1])
    return tf.nest.map_structure(lambda one: tf.gather(one, rows) if one.shape.rank else one, nest)


def histories(parents: Tensor, lengths: Tensor) -> Tensor:
    """걸음마다, 마지막 빔이 그때 어느 자리에 있었는지.

    Args:
        parents: 걸음마다 빔의 부모. 축은 걸음, 배치, 빔이다.
        lengths: 행마다, 거슬러 오르기 시작할 걸음의 수. 그 뒤에는 제자리다.

    Returns:
        ``parents``와 형태가 같은 텐서.
    """
    steps, batch, width = sizes(parents)
    place = tf.broadcast_to(tf.range(width), [batch, width])
    lengths = tf.minimum(tf.cast(lengths, tf.int32), steps)

    def back(now: Tensor, step: tuple[Tensor, Tensor]) -> Tensor:
        time, parent = step
        return tf.where((time < lengths)[:, None], tf.gather(parent, now, batch_dims=1), now)

    # 걸음 t의 자리는 걸음 t+1의 부모를 따라간 것이다. 마지막 걸음의 자리는 빔의 번호다.
    moved = tf.scan(back, (tf.range(1, steps), parents[1:]), initializer=place, reverse=True)
    return tf.concat([moved, place[None]], 0)


def gather_tree(step_ids: Tensor, parent_ids: Tensor, max_sequence_lengths: Tensor, end_token: Any) -> Tensor:
    """걸음마다의 토큰을 부모를 따라 이어 시퀀스로 만든다. ``tfa.seq2seq.gather_tree``와 같다.

    Args:
        step_ids: 걸음마다 빔이 고른 토큰. 축은 걸음, 배치, 빔이다.
        parent_ids: 그 빔이 앞 걸음의 어느 빔에서 나왔는지. 형태는 ``step_ids``와 같다.
        max_sequence_lengths: 행마다의 길이. 그 뒤는 ``end_token``으로 채운다.
        end_token: 끝 토큰. 처음 나온 뒤의 자리를 이것으로 채운다.

    둘째 걸음에서 두 빔이 모두 첫째 빔의 자식이다.

    >>> gather_tree([[[5, 7]], [[1, 2]]], [[[0, 1]], [[0, 0]]], [2], end_token=9)[:, 0].numpy().tolist()
    [[5, 5], [1, 2]]
    """
    step_ids, parent_ids = tf.convert_to_tensor(step_ids), tf.convert_to_tensor(parent_ids)
    ids = tf.gather(step_ids, histories(parent_ids, max_sequence_lengths), batch_dims=2)
    end = tf.cast(end_token, ids.dtype)
    within = tf.transpose(tf.sequence_mask(max_sequence_lengths, sizes(ids)[0]))[..., None]
    ids = tf.where(within, ids, end)
    return tf.where(tf.cumsum(tf.cast(ids == end, tf.int32)) == 0, ids, end)


def gather_tree_from_array(values: Tensor, parent_ids: Tensor, lengths: Tensor) -> Tensor:
    """걸음마다 모은 값을 부모를 따라 잇는다. ``tfa.seq2seq.gather_tree_from_array``와 같다.

    Args:
        values: 걸음마다 빔의 값. 축은 걸음, 배치, 빔, 그 나머지다.
        parent_ids: 그 빔이 앞 걸음의 어느 빔에서 나왔는지. 축은 걸음, 배치, 빔이다.
        lengths: 빔마다의 길이. 그 뒤의 값은 제자리의 것 그대로다. 축은 배치, 빔이다.
    """
    values, parent_ids, lengths = map(tf.convert_to_tensor, (values, parent_ids, lengths))
    steps, _, width = sizes(parent_ids)
    place = histories(parent_ids, tf.reduce_max(lengths, axis=1))
    within = tf.transpose(tf.sequence_mask(lengths, steps), [2, 0, 1])
    return tf.gather(values, tf.where(within, place, tf.range(width)), batch_dims=2)
