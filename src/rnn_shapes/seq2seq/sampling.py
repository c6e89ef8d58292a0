"""표집기: 한 걸음의 로짓에서 다음 토큰을 고른다. 로짓과 걸음을 받는 함수이면 무엇이든 표집기가 된다."""

from collections.abc import Callable
from typing import Any, TypeAlias

import keras
import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Tensor

Sampler: TypeAlias = Callable[[Tensor, Tensor], Tensor]
"""로짓과, 0부터 세는 걸음을 받아 고른 것을 돌려주는 함수."""


class Configured:
    """설정에서 되살아나는 것."""

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """``get_config``가 적은 것으로 다시 만든다."""
        return cls(**config)


@keras.saving.register_keras_serializable(package="rnn_shapes")
class GreedySampler(Configured):
    """로짓이 가장 큰 토큰을 고른다.

    >>> GreedySampler()([[0.0, 5.0, 1.0]], 0).numpy().tolist()
    [1]
    """

    def __call__(self, logits: Tensor, time: Any = None) -> Tensor:
        """행마다 토큰의 번호. dtype은 int32다."""
        return tf.argmax(logits, axis=-1, output_type=tf.int32)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것은 없다."""
        return {}


@keras.saving.register_keras_serializable(package="rnn_shapes")
class RandomSampler(Configured):
    """확률에 따라 토큰을 고른다.

    온도로 로짓을 나누고, 확률이 큰 순서로 ``top_k``개(Fan et al., 2018, arXiv 1805.04833)와 확률의 합이 ``top_p``에
    이를 때까지의 토큰(Holtzman et al., 2020, arXiv 1904.09751)만 남긴 다음, 남은 것의 확률에 따라 고른다.

    Args:
        temperature: 온도. 작을수록 큰 로짓에 몰린다.
        top_k: 남길 토큰의 수. 적지 않으면 모두 남긴다.
        top_p: 남길 확률의 합. 적지 않으면 모두 남긴다.
        seed: 시드. 정하면 만들 때마다 같은 차례로 고른다.

    Raises:
        ValueError: 온도가 0 이하이거나, ``top_k``가 1보다 작거나, ``top_p``가 0과 1 사이가 아닐 때.

    >>> RandomSampler(top_k=1)([[0.0, 5.0, 1.0]], 0).numpy().tolist()
    [1]
    """

    def __init__(
        self, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None, seed: int | None = None
    ) -> None:
        if temperature <= 0:
            raise ValueError(
                f"온도는 0보다 커야 합니다. 받은 것: temperature={temperature}. "
                "언제나 가장 큰 것을 고르려면 GreedySampler를 쓰세요."
            )
        if top_k is not None and top_k < 1:
            raise ValueError(f"top_k는 1 이상이어야 합니다. 받은 것: {top_k}")
        if top_p is not None and not 0 < top_p <= 1:
            raise ValueError(f"top_p는 0보다 크고 1 이하여야 합니다. 받은 것: {top_p}")
        self.temperature, self.top_k, self.top_p, self.seed = temperature, top_k, top_p, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def __call__(self, logits: Tensor, time: Any = None) -> Tensor:
        """행마다 토큰의 번호. dtype은 int32다."""
        return keras.random.categorical(self.kept(logits), 1, dtype="int32", seed=self.seed_generator)[:, 0]

    def kept(self, logits: Tensor) -> Tensor:
        """온도로 나누고, 고르지 않을 토큰을 음의 무한대로 바꾼 로짓."""
        logits = tf.convert_to_tensor(logits) / self.temperature
        if self.top_k is None and self.top_p is None:
            return logits
        order = tf.argsort(logits, axis=-1, direction="DESCENDING", stable=True)
        rank = tf.argsort(order, axis=-1, stable=True)
        keep = tf.ones_like(rank, tf.bool) if self.top_k is None else rank < self.top_k
        if self.top_p is not None:
            left = tf.where(keep, logits, logits.dtype.min)
            sorted_probabilities = tf.gather(tf.nn.softmax(left), order, axis=-1, batch_dims=1)
            before = tf.cumsum(sorted_probabilities, axis=-1, exclusive=True)
            keep &= tf.gather(before, rank, axis=-1, batch_dims=1) < self.top_p
        return tf.where(keep, logits, tf.constant(float("-inf"), logits.dtype))

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {name: getattr(self, name) for name in ("temperature", "top_k", "top_p", "seed")}


class ScheduledSampler:
    """예정 표집(scheduled sampling: Bengio et al., 2015, arXiv 1506.03099). 다음 입력을 정답과 고른 것 가운데서 뽑는다.

    행마다, 걸음마다 ``probability``의 확률로 ``sampler``가 고른 것을, 아니면 그 걸음의 정답을 다음 입력으로 쓴다.
    확률이 0이면 교사 강요이고 1이면 추론할 때와 같다.

    Args:
        targets: 정답. 축은 배치, 타임스텝이고, 프레임이면 특성이 더 있다. 시작 토큰은 들어 있지 않다.
        probability: 고른 것을 쓸 확률. 수이거나 훈련하며 바꿀 변수다.
        sampler: 고르는 법. 적지 않으면 :class:`RandomSampler`다.
        seed: 무엇을 쓸지 정하는 난수의 시드.

    Raises:
        ValueError: 확률이 0과 1 사이가 아닐 때.

    >>> targets = [[7, 5], [7, 5]]
    >>> ScheduledSampler(targets, probability=0.0)(tf.zeros((2, 11)), 1).numpy().tolist()
    [5, 5]
    """

    def __init__(
        self, targets: Tensor, probability: Any, sampler: Sampler | None = None, seed: int | None = None
    ) -> None:
        if isinstance(probability, int | float) and not 0 <= probability <= 1:
            raise ValueError(f"확률은 0 이상 1 이하여야 합니다. 받은 것: probability={probability}")
        self.targets = tf.convert_to_tensor(targets)
        self.probability = probability
        self.sampler = RandomSampler() if sampler is None else sampler
        self.seed_generator = keras.random.SeedGenerator(seed)

    def __call__(self, outputs: Tensor, time: Tensor) -> Tensor:
        """행마다 다음 입력. dtype은 정답의 것이다."""
        truth = tf.gather(self.targets, time, axis=1)
        sampled = tf.cast(self.sampler(outputs, time), truth.dtype)
        draw = keras.random.uniform((tf.shape(truth)[0],), seed=self.seed_generator)
        chosen = draw < tf.cast(tf.convert_to_tensor(self.probability), draw.dtype)
        return tf.where(tf.reshape(chosen, [-1] + [1] * (truth.shape.rank - 1)), sampled, truth)
