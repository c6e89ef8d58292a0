"""어텐션: 쿼리와 키에서 점수를, 점수에서 가중치를, 가중치와 값에서 문맥 벡터를 낸다."""

from typing import Any, NamedTuple

import keras
import tensorflow as tf

from rnn_shapes.seq2seq.checking import check_lengths, check_rows
from rnn_shapes.seq2seq.probability import MonotonicProbability, hardmax
from rnn_shapes.seq2seq.tensors import Tensor, sizes

FUNCTIONS = {"softmax": tf.nn.softmax, "hardmax": hardmax}


class Memory(NamedTuple):
    """읽을 준비를 마친 메모리. 디코더가 걸음마다 다시 계산하지 않는 것이 모두 들어 있다."""

    keys: Tensor
    """점수를 낼 때 쿼리와 비교하는 것."""
    values: Tensor
    """가중치를 곱해 더하는 것. 마스크가 거짓인 칸은 0이다."""
    mask: Tensor | None
    """진짜 칸이면 참. 마스크가 없으면 ``None``이다."""


class AttentionMechanism(keras.layers.Layer):
    """어텐션의 공통된 부분. 점수를 내는 법은 하위 클래스의 :meth:`score`가 정한다.

    Args:
        probability: 점수를 가중치로 바꾸는 법. ``"softmax"``, ``"hardmax"``이거나 ``MonotonicProbability``다.

    Raises:
        ValueError: ``probability``를 모를 때.
    """

    def __init__(self, probability: Any = "softmax", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(probability, dict):
            probability = keras.saving.deserialize_keras_object(probability)
        if not isinstance(probability, MonotonicProbability) and probability not in FUNCTIONS:
            raise ValueError(
                f"probability는 softmax, hardmax, MonotonicProbability 가운데 하나여야 합니다. 받은 것: {probability!r}"
            )
        self.probability = probability

    def build(self, query_shape: Any, memory_shape: Any) -> None:
        """가중치를 만든다. 하위 클래스는 제 것을 만들고 이것을 부른다."""
        if isinstance(self.probability, MonotonicProbability) and not self.probability.built:
            self.probability.build(memory_shape[:2])
            self.probability.built = True

    def keys(self, memory: Tensor) -> Tensor:
        """메모리에서 키를 낸다. 시퀀스마다 한 번만 부른다."""
        return memory

    def score(self, query: Tensor, keys: Tensor) -> Tensor:
        """쿼리마다 키마다 점수를 낸다. 쿼리의 축은 배치, 쿼리, 특성이고 키의 축은 배치, 칸, 특성이다."""
        raise NotImplementedError

    def prepare(self, memory: Tensor, mask: Tensor | None = None, lengths: Tensor | None = None) -> Memory:
        """메모리를 읽을 준비를 한다.

        Args:
            memory: 인코더의 출력. 축은 배치, 칸, 특성이다.
            mask: 칸마다 진짜이면 참인 불 텐서.
            lengths: 행마다 진짜 칸의 수. ``mask``와 함께 주면 둘 다 참인 칸만 읽는다.

        Raises:
            ValueError: 길이가 1보다 작거나 메모리보다 길 때. 그래프에서 값을 모르면 실행할 때
                ``InvalidArgumentError``다.
        """
        memory = keras.ops.convert_to_tensor(memory, dtype=self.compute_dtype)
        if mask is not None:
            mask = tf.cast(mask, tf.bool)
        if lengths is not None:
            size = sizes(memory)[1]
            within = tf.sequence_mask(check_lengths(tf.convert_to_tensor(lengths), size), size)
            mask = within if mask is None else mask & within
        if mask is not None:
            memory = tf.where(mask[..., None], memory, tf.zeros([], memory.dtype))
        return Memory(self.keys(memory), memory, mask)

    def attend(
        self, query: Tensor, memory: Memory, previous: Tensor | None = None, training: bool = False
    ) -> tuple[Tensor, Tensor]:
        """쿼리마다 메모리를 읽는다.

        Args:
            query: 셀의 출력. 행의 수는 메모리의 행의 배수이면 된다: 한 행의 빔은 잇달아 있고 같은 메모리를 읽는다.
            memory: :meth:`prepare`가 돌려준 것.
            previous: 앞 걸음의 가중치. 단조 어텐션만 쓴다.
            training: 단조 어텐션의 잡음을 더할지.

        Returns:
            문맥 벡터와 가중치. 행의 수는 쿼리와 같다.

        Raises:
            ValueError: 쿼리와 메모리의 크기가 맞지 않을 때.
        """
        check_rows(query.shape[0], memory.values.shape[0])
        rows = sizes(memory.values)[0]
        score = self.score(tf.reshape(query, [rows, -1, query.shape[-1]]), memory.keys)
        if memory.mask is not None:
            score = tf.where(memory.mask[:, None], score, score.dtype.min)
        alignments = self._probabilities(score, previous, training)
        context = tf.matmul(alignments, memory.values)
        return _one_row_each(query, context), _one_row_each(query, alignments)

    def _probabilities(self, score: Tensor, previous: Tensor | None, training: bool) -> Tensor:
        if isinstance(self.probability, str):
            return FUNCTIONS[self.probability](score)
        if previous is None:
            rows, queries, columns = sizes(score)
            previous = self.probability.initial(rows * queries, columns, score.dtype)
        return self.probability(score, tf.reshape(previous, tf.shape(score)), training=training)

    def initial_alignments(self, rows: Any, memory: Memory) -> Tensor:
        """첫 걸음이 앞 걸음의 가중치로 삼을 것."""
        columns, dtype = sizes(memory.values)[1], memory.values.dtype
        if isinstance(self.probability, MonotonicProbability):
            return self.probability.initial(rows, columns, dtype)
        return tf.zeros([rows, columns], dtype)

    def call(
        self, query: Tensor, memory: Tensor, memory_mask: Tensor | None = None, training: bool = False
    ) -> tuple[Tensor, Tensor]:
        """한 번 읽는다. 여러 걸음을 읽을 때는 ``AttentionCell``이 키를 한 번만 계산한다."""
        return self.attend(query, self.prepare(memory, memory_mask), training=training)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        probability = self.probability
        if not isinstance(probability, str):
            probability = keras.saving.serialize_keras_object(probability)
        return {**super().get_config(), "probability": probability}


def _one_row_each(query: Tensor, tensor: Tensor) -> Tensor:
    """배치와 쿼리로 나눈 것을 쿼리의 행마다 한 줄로 되돌린다."""
    return tf.reshape(tensor, [sizes(query)[0], sizes(tensor)[-1]])
