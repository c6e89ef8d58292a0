"""점수를 어텐션 가중치로: 하드맥스와 단조 어텐션."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Tensor, sizes

MODES = ("parallel", "recursive", "hard")


def hardmax(logits: Tensor) -> Tensor:
    """가장 큰 값의 자리만 1이고 나머지는 0인 텐서. 가장 큰 값이 여럿이면 첫째다.

    Args:
        logits: 마지막 축에서 고를 실수 텐서.

    Returns:
        받은 것과 형태도 dtype도 같은 텐서.

    >>> hardmax([[1.0, 5.0, 2.0]]).numpy().tolist()
    [[0.0, 1.0, 0.0]]
    """
    logits = tf.convert_to_tensor(logits)
    return tf.one_hot(tf.argmax(logits, axis=-1), sizes(logits)[-1], dtype=logits.dtype)


def safe_cumprod(x: Tensor, axis: int = 0, *, exclusive: bool = False, reverse: bool = False) -> Tensor:
    """0에 가까운 값이 있어도 기울기까지 유한한 누적 곱. 로그를 더해 구한다.

    Args:
        x: 0과 1 사이의 실수 텐서. 더 작은 값과 큰 값은 그 사이로 자른다.
        axis: 곱해 나갈 축.
        exclusive: 참이면 제자리의 값은 빼고 곱한다.
        reverse: 참이면 뒤에서부터 곱한다.

    >>> safe_cumprod([0.5, 0.5, 0.0]).numpy().round(2).tolist()
    [0.5, 0.25, 0.0]
    """
    x = tf.convert_to_tensor(x)
    tiny = np.finfo(x.dtype.as_numpy_dtype).tiny
    logarithms = tf.math.log(tf.clip_by_value(x, tiny, 1))
    return tf.exp(tf.cumsum(logarithms, axis, exclusive=exclusive, reverse=reverse))


def monotonic_attention(choosing: Tensor, previous: Tensor, mode: str) -> Tensor:
    """뒤로 돌아가지 않는 어텐션의 가중치(Raffel et al., 2017, arXiv 1704.00784의 식 8~11).

    앞 걸음에서 보던 자리부터 한 칸씩 나아가며, 칸마다 ``choosing``의 확률로 그 칸을 고른다.

    Args:
        choosing: 칸마다 고를 확률. 마지막 축이 메모리의 칸이다.
        previous: 앞 걸음의 가중치. 형태는 ``choosing``과 같다. 첫 걸음에서는 첫 칸만 1이다.
        mode: ``"parallel"``은 누적 곱으로 한 번에 구하고, ``"recursive"``는 정의대로 한 칸씩 구한다. ``"hard"``는
            ``choosing``이 0과 1뿐일 때 쓴다.

    Returns:
        칸마다의 가중치. 끝까지 고르지 않을 수 있으므로 합은 1보다 작을 수 있다.

    Raises:
        ValueError: ``mode``가 셋 가운데 하나가 아닐 때.

    >>> monotonic_attention([[0.5, 0.5, 1.0]], [[1.0, 0.0, 0.0]], "recursive").numpy().tolist()
    [[0.5, 0.25, 0.25]]
    """
    choosing, previous = tf.convert_to_tensor(choosing), tf.convert_to_tensor(previous)
    if mode == "hard":
        choosing = choosing * tf.cumsum(previous, axis=-1)
        return choosing * tf.math.cumprod(1 - choosing, axis=-1, exclusive=True)
    if mode == "parallel":
        passing = safe_cumprod(1 - choosing, axis=-1, exclusive=True)
        return choosing * passing * tf.cumsum(previous / tf.clip_by_value(passing, 1e-10, 1.0), axis=-1)
    if mode == "recursive":
        return choosing * _arriving(1 - choosing, previous)
    raise ValueError(f"mode는 {', '.join(MODES)} 가운데 하나여야 합니다. 받은 것: {mode!r}")


def _arriving(passing: Tensor, previous: Tensor) -> Tensor:
    """칸마다 거기까지 올 확률: 앞 칸을 지나쳤거나, 거기서 시작했거나."""
    last = [previous.shape.rank - 1, *range(previous.shape.rank - 1)]
    passed = tf.pad(passing[..., :-1], [[0, 0]] * (previous.shape.rank - 1) + [[1, 0]])
    found = tf.scan(
        lambda arrived, now: now[0] * arrived + now[1],
        (tf.transpose(passed, last), tf.transpose(previous, last)),
        initializer=tf.zeros_like(previous[..., 0]),
    )
    return tf.transpose(found, [*range(1, previous.shape.rank), 0])


@keras.saving.register_keras_serializable(package="rnn_shapes")
class MonotonicProbability(keras.layers.Layer):
    """점수를 단조 어텐션의 가중치로 바꾸는 층. 어텐션의 ``probability``에 준다.

    점수에 편향을 더해 시그모이드에 넣은 것이 칸마다 고를 확률이다. 훈련할 때만 잡음을 더한다.

    Args:
        mode: :func:`monotonic_attention`의 ``mode``. ``"hard"``이면 확률 대신 점수의 부호로 고른다.
        noise: 훈련할 때 점수에 더할 정규 분포의 잡음의 표준 편차. 크면 확률이 0이나 1에 가까워진다.
        bias: 편향의 처음 값. 메모리가 길면 음수로 시작하는 것이 좋다.
        seed: 잡음의 시드.

    Raises:
        ValueError: ``mode``가 틀렸을 때.
    """

    def __init__(
        self, mode: str = "parallel", noise: float = 0.0, bias: float = 0.0, seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if mode not in MODES:
            raise ValueError(f"mode는 {', '.join(MODES)} 가운데 하나여야 합니다. 받은 것: {mode!r}")
        self.mode, self.noise, self.bias, self.seed = mode, noise, bias, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, score_shape: Any) -> None:
        """편향 하나를 만든다."""
        self.score_bias = self.add_weight(shape=(), initializer=keras.initializers.Constant(self.bias), name="bias")

    def call(self, score: Tensor, previous: Tensor, training: bool = False) -> Tensor:
        """점수와 앞 걸음의 가중치에서 이번 가중치를 구한다."""
        score = score + tf.cast(self.score_bias, score.dtype)
        if training and self.noise:
            shape = tf.shape(score)
            score += self.noise * keras.random.normal(shape, dtype=score.dtype, seed=self.seed_generator)
        choosing = tf.cast(score > 0, score.dtype) if self.mode == "hard" else tf.sigmoid(score)
        return monotonic_attention(choosing, previous, self.mode)

    def initial(self, rows: Any, columns: Any, dtype: str) -> Tensor:
        """첫 걸음의 앞 가중치: 첫 칸만 1이다."""
        return tf.one_hot(tf.zeros([rows], tf.int32), columns, dtype=dtype)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        given = {name: getattr(self, name) for name in ("mode", "noise", "bias", "seed")}
        return {**super().get_config(), **given}
