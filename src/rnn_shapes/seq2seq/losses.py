"""시퀀스의 손실: 토큰마다의 교차 엔트로피를 무게를 두어 평균한다."""

from typing import Any

import keras
import tensorflow as tf

from rnn_shapes.seq2seq.checking import check_sequences
from rnn_shapes.seq2seq.tensors import Tensor

DIVISORS = ("weights", "count")


def sequence_loss(
    targets: Tensor,
    logits: Tensor,
    weights: Tensor | None = None,
    axis: int | tuple[int, ...] | None = (0, 1),
    divide_by: str = "weights",
) -> Tensor:
    """토큰마다의 교차 엔트로피에 무게를 곱해 더하고, 무게의 합이나 무게가 0이 아닌 토큰의 수로 나눈다.

    나눌 것이 0이면 손실도 0이다.

    Args:
        targets: 정답. 축은 배치, 타임스텝이고 값은 토큰의 번호다. 원-핫이면 어휘의 축이 더 있다.
        logits: 로짓. 축은 배치, 타임스텝, 어휘다.
        weights: 토큰마다의 무게. 축은 배치, 타임스텝이고 패딩은 0이다. 적지 않으면 모두 1이다.
        axis: 평균할 축. 0은 배치, 1은 타임스텝이다. ``None``이면 더하지도 나누지도 않는다.
        divide_by: ``"weights"``이면 무게의 합으로, ``"count"``이면 무게가 0이 아닌 토큰의 수로 나눈다. 무게가
            0과 1뿐이면 같다.

    Raises:
        ValueError: 축의 수가 맞지 않거나, ``divide_by``를 모를 때.

    둘째 토큰은 패딩이다.

    >>> logits = tf.math.log([[[0.25, 0.75], [0.5, 0.5]]])
    >>> print(f"{sequence_loss([[1, 0]], logits, [[1.0, 0.0]]):.3f} {-tf.math.log(0.75):.3f}")
    0.288 0.288
    """
    if divide_by not in DIVISORS:
        raise ValueError(f"divide_by는 {', '.join(DIVISORS)} 가운데 하나여야 합니다. 받은 것: {divide_by!r}")
    logits, targets = tf.convert_to_tensor(logits), tf.convert_to_tensor(targets)
    weights = tf.ones(tf.shape(logits)[:2], logits.dtype) if weights is None else tf.cast(weights, logits.dtype)
    check_sequences(targets, logits, weights)
    one_hot = targets.shape.rank == 3
    entropy = tf.nn.softmax_cross_entropy_with_logits if one_hot else tf.nn.sparse_softmax_cross_entropy_with_logits
    losses = entropy(labels=targets, logits=logits) * weights
    if axis is None:
        return losses
    shares = weights if divide_by == "weights" else tf.cast(weights != 0, losses.dtype)
    return tf.math.divide_no_nan(tf.reduce_sum(losses, axis), tf.reduce_sum(shares, axis))


@keras.saving.register_keras_serializable(package="rnn_shapes")
class SequenceLoss(keras.losses.Loss):
    """``compile``에 주는 :func:`sequence_loss`. 표본의 무게와, 로짓에 붙은 마스크를 함께 무게로 쓴다.

    ``divide_by="weights"``이면 ``keras.losses.SparseCategoricalCrossentropy(from_logits=True,
    reduction="mean_with_sample_weight")``와 같다.

    Args:
        divide_by: 무엇으로 나눌지. :func:`sequence_loss`의 것이다.
        name: 손실의 이름.

    Raises:
        ValueError: ``divide_by``를 모를 때.
    """

    def __init__(self, divide_by: str = "weights", name: str = "sequence_loss", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        if divide_by not in DIVISORS:
            raise ValueError(f"divide_by는 {', '.join(DIVISORS)} 가운데 하나여야 합니다. 받은 것: {divide_by!r}")
        self.divide_by = divide_by

    def __call__(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor | None = None) -> Tensor:
        """배치와 타임스텝을 모두 평균한 손실."""
        mask = getattr(y_pred, "_keras_mask", None)
        weights = tf.ones(tf.shape(y_pred)[:2]) if sample_weight is None else tf.cast(sample_weight, tf.float32)
        if mask is not None:
            weights *= tf.cast(mask, weights.dtype)
        return sequence_loss(y_true, tf.cast(y_pred, tf.float32), weights, divide_by=self.divide_by)

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        """토큰마다의 손실."""
        return sequence_loss(y_true, y_pred, axis=None)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "divide_by": self.divide_by}
