"""시퀀스의 정답률: 온전히 맞은 비율과 편집 거리. 어느 쪽도 첫 끝 토큰 앞까지만 비교한다."""

import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Tensor


def edit_distance(targets: Tensor, predictions: Tensor, end_token: int) -> Tensor:
    """정답을 예측으로 바꾸는 데 넣고 빼고 바꾸어야 하는 토큰의 수(Levenshtein, 1966).

    Args:
        targets: 정답의 토큰. 축은 배치, 걸음이다.
        predictions: 예측한 토큰. 걸음의 수는 정답과 달라도 된다.
        end_token: 끝 토큰. 처음 나온 것부터는 비교하지 않는다.

    Returns:
        행마다의 수. dtype은 int32다.

    5와 7은 맞았고 2가 더 나왔다.

    >>> edit_distance([[5, 7, 1, 0]], [[5, 2, 7, 1]], end_token=1).numpy().tolist()
    [1]
    """
    found = tf.edit_distance(_before_end(predictions, end_token), _before_end(targets, end_token), normalize=False)
    return tf.cast(found, tf.int32)


def exact_match(targets: Tensor, predictions: Tensor, end_token: int) -> Tensor:
    """행마다, 정답과 예측이 토큰 하나까지 같으면 참.

    >>> exact_match([[5, 7, 1, 0], [5, 7, 1, 0]], [[5, 7, 1], [5, 5, 1]], end_token=1).numpy().tolist()
    [True, False]
    """
    return edit_distance(targets, predictions, end_token) == 0


def _before_end(ids: Tensor, end_token: int) -> tf.SparseTensor:
    """첫 끝 토큰 앞의 토큰만 담은 희소 텐서."""
    ids = tf.cast(tf.convert_to_tensor(ids), tf.int64)
    kept = tf.cumsum(tf.cast(ids == end_token, tf.int32), axis=1) == 0
    return tf.RaggedTensor.from_row_splits(
        tf.boolean_mask(ids, kept), tf.pad(tf.cumsum(tf.reduce_sum(tf.cast(kept, tf.int64), axis=1)), [[1, 0]])
    ).to_sparse()
