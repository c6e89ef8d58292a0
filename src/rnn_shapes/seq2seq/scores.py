"""점수를 내는 법이 다른 어텐션 셋: 내적, 루옹(Luong), 바다나우(Bahdanau)."""

import math
from typing import Any

import keras
import tensorflow as tf

from rnn_shapes.seq2seq.attention import AttentionMechanism
from rnn_shapes.seq2seq.checking import check_depths
from rnn_shapes.seq2seq.tensors import Tensor


@keras.saving.register_keras_serializable(package="rnn_shapes")
class DotAttention(AttentionMechanism):
    """쿼리와 메모리의 내적이 점수인 어텐션(Luong et al., 2015, arXiv 1508.04025의 dot).

    Args:
        scale: 참이면 점수에 훈련되는 수를 하나 곱한다. 1에서 시작한다.
        probability: 점수를 가중치로 바꾸는 법.

    예제에서는 쿼리 ``(5, 13)``이 메모리 ``(5, 7, 13)``을 읽어 문맥 벡터와 가중치를 낸다.

    >>> query, memory = tf.ones((5, 13)), tf.ones((5, 7, 13))
    >>> context, alignments = DotAttention()(query, memory)
    >>> print(query.shape, memory.shape, context.shape, alignments.shape)
    (5, 13) (5, 7, 13) (5, 13) (5, 7)
    """

    def __init__(self, scale: bool = False, probability: Any = "softmax", **kwargs: Any) -> None:
        super().__init__(probability, **kwargs)
        self.scale = scale

    def build(self, query_shape: Any, memory_shape: Any) -> None:
        """점수에 곱할 수를 만든다."""
        if self.scale:
            self.attention_g = self.add_weight(shape=(), initializer="ones", name="attention_g")
        super().build(query_shape, memory_shape)

    def score(self, query: Tensor, keys: Tensor) -> Tensor:
        """쿼리와 키의 내적.

        Raises:
            ValueError: 쿼리와 키의 크기가 다를 때.
        """
        check_depths(query.shape[-1], keys.shape[-1])
        score = tf.matmul(query, keys, transpose_b=True)
        return score * tf.cast(self.attention_g, score.dtype) if self.scale else score

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "scale": self.scale}


@keras.saving.register_keras_serializable(package="rnn_shapes")
class LuongAttention(DotAttention):
    """메모리를 선형 변환한 키와 쿼리의 내적이 점수인 어텐션(Luong et al., 2015, arXiv 1508.04025의 general).

    Args:
        units: 키의 크기. 쿼리, 곧 셀의 출력과 크기가 같아야 한다.
        scale: 참이면 점수에 훈련되는 수를 하나 곱한다.
        probability: 점수를 가중치로 바꾸는 법.
    """

    def __init__(self, units: int, scale: bool = False, probability: Any = "softmax", **kwargs: Any) -> None:
        super().__init__(scale, probability, **kwargs)
        self.units = units
        self.memory_layer = keras.layers.Dense(units, use_bias=False, dtype=self.dtype_policy, name="memory_layer")

    def build(self, query_shape: Any, memory_shape: Any) -> None:
        """메모리를 키로 바꾸는 행렬을 만든다.

        Raises:
            ValueError: 쿼리의 크기가 ``units``와 다를 때.
        """
        check_depths(query_shape[-1], self.units)
        self.memory_layer.build(memory_shape)
        super().build(query_shape, memory_shape)

    def keys(self, memory: Tensor) -> Tensor:
        """메모리의 선형 변환."""
        return self.memory_layer(memory)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="rnn_shapes")
class BahdanauAttention(AttentionMechanism):
    """쿼리와 키를 더해 tanh에 넣고 벡터 하나와 내적하는 어텐션(Bahdanau et al., 2015, arXiv 1409.0473).

    ``normalize=True``이면 그 벡터의 방향과 길이를 따로 훈련하고, tanh 안에 편향을 더한다(Salimans & Kingma, 2016,
    arXiv 1602.07868). 길이는 유닛 수의 제곱근의 역수에서, 편향은 0에서 시작한다.

    Args:
        units: 쿼리와 키를 옮길 크기. 쿼리와 메모리의 크기는 이것과 달라도 된다.
        normalize: 정규화할지.
        probability: 점수를 가중치로 바꾸는 법.

    예제에서는 쿼리 ``(5, 13)``이 크기가 다른 메모리 ``(5, 7, 11)``을 읽는다.

    >>> query, memory = tf.ones((5, 13)), tf.ones((5, 7, 11))
    >>> context, alignments = BahdanauAttention(17)(query, memory)
    >>> print(query.shape, memory.shape, context.shape, alignments.shape)
    (5, 13) (5, 7, 11) (5, 11) (5, 7)
    """

    def __init__(self, units: int, normalize: bool = False, probability: Any = "softmax", **kwargs: Any) -> None:
        super().__init__(probability, **kwargs)
        self.units, self.normalize = units, normalize
        options = {"use_bias": False, "dtype": self.dtype_policy}
        self.query_layer = keras.layers.Dense(units, name="query_layer", **options)
        self.memory_layer = keras.layers.Dense(units, name="memory_layer", **options)

    def build(self, query_shape: Any, memory_shape: Any) -> None:
        """쿼리와 메모리를 옮기는 행렬, 내적할 벡터를 만든다."""
        self.query_layer.build(query_shape)
        self.memory_layer.build(memory_shape)
        self.attention_v = self.add_weight(shape=(self.units,), initializer="glorot_uniform", name="attention_v")
        if self.normalize:
            length = keras.initializers.Constant(math.sqrt(1 / self.units))
            self.attention_g = self.add_weight(shape=(), initializer=length, name="attention_g")
            self.attention_b = self.add_weight(shape=(self.units,), initializer="zeros", name="attention_b")
        super().build(query_shape, memory_shape)

    def keys(self, memory: Tensor) -> Tensor:
        """메모리의 선형 변환."""
        return self.memory_layer(memory)

    def score(self, query: Tensor, keys: Tensor) -> Tensor:
        """쿼리와 키의 합의 tanh와, 벡터의 내적."""
        summed = keys[:, None] + self.query_layer(query)[:, :, None]
        vector = tf.cast(self.attention_v, summed.dtype)
        if self.normalize:
            summed += tf.cast(self.attention_b, summed.dtype)
            vector *= tf.cast(self.attention_g, summed.dtype) * tf.math.rsqrt(tf.reduce_sum(vector**2))
        return tf.tensordot(tf.tanh(summed), vector, 1)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "units": self.units, "normalize": self.normalize}
