"""어텐션을 단 순환층."""

from typing import Any

import keras

from rnn_shapes.seq2seq.attention_cell import AttentionCell
from rnn_shapes.seq2seq.tensors import Nest, Tensor


@keras.saving.register_keras_serializable(package="rnn_shapes")
class AttentionRNN(keras.layers.RNN):
    """메모리를 읽으며 시퀀스를 처리하는 ``keras.layers.RNN``. 함수형 모델과 ``fit``, ``.keras`` 파일에서 쓴다.

    Args:
        cell: ``AttentionCell``.
        return_alignments: 참이면 출력 다음에 타임스텝마다의 어텐션 가중치를 돌려준다. ``return_sequences``도 참이어야
            한다.
        kwargs: ``keras.layers.RNN``의 나머지 인자. ``stateful``은 쓸 수 없다.

    Raises:
        TypeError: 셀이 ``AttentionCell``이 아닐 때.
        ValueError: ``stateful=True``이거나, ``return_alignments``만 참일 때.

    예제에서는 입력이 ``(5, 7, 11)``, 메모리가 ``(5, 17, 19)``이다. 출력은 ``(5, 7, 19)``, 가중치는 ``(5, 7, 17)``이다.

    >>> import tensorflow as tf
    >>> from rnn_shapes.seq2seq import BahdanauAttention
    >>> inputs, memory = tf.ones((5, 7, 11)), tf.ones((5, 17, 19))
    >>> cell = AttentionCell(keras.layers.GRUCell(13), BahdanauAttention(23))
    >>> outputs, alignments = AttentionRNN(cell, return_alignments=True, return_sequences=True)(inputs, memory)
    >>> print(inputs.shape, memory.shape, outputs.shape, alignments.shape)
    (5, 7, 11) (5, 17, 19) (5, 7, 19) (5, 7, 17)
    """

    def __init__(self, cell: Any, return_alignments: bool = False, **kwargs: Any) -> None:
        if not isinstance(cell, AttentionCell):
            raise TypeError(f"AttentionRNN의 셀은 AttentionCell이어야 합니다. 받은 것: {type(cell).__name__}")
        if kwargs.get("stateful"):
            raise ValueError("AttentionRNN은 상태를 배치 사이에 이어 갈 수 없습니다. stateful을 빼세요.")
        if return_alignments and not kwargs.get("return_sequences"):
            raise ValueError("return_alignments=True는 return_sequences=True와 함께 쓰세요.")
        super().__init__(cell, **kwargs)
        self.return_alignments = return_alignments

    def build(self, sequences_shape: Any, memory_shape: Any) -> None:
        """셀의 가중치를 만든다."""
        if not self.cell.built:
            self.cell.meet(memory_shape)
            self.cell.build((sequences_shape[0], *sequences_shape[2:]))

    def call(
        self,
        sequences: Tensor,
        memory: Tensor,
        initial_state: Nest | None = None,
        memory_lengths: Tensor | None = None,
        mask: Tensor | None = None,
        sequences_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        training: bool = False,
    ) -> Any:
        """시퀀스를 처리한다.

        Args:
            sequences: 디코더의 입력. 축은 배치, 타임스텝, 특성이다.
            memory: 인코더의 출력. 축은 배치, 칸, 특성이다.
            initial_state: 안쪽 셀의 처음 상태. 어텐션 벡터와 가중치는 언제나 처음부터 시작한다.
            memory_lengths: 행마다 메모리의 진짜 칸의 수.
            mask: 타임스텝마다 진짜이면 참. 적지 않으면 ``sequences``에 붙은 마스크를 쓴다.
            sequences_mask: Keras가 ``sequences``에 붙은 마스크를 넣는 자리.
            memory_mask: 메모리의 칸마다 진짜이면 참. 적지 않으면 ``memory``에 붙은 마스크를 쓴다.
            training: 훈련 중인지.

        Returns:
            출력과, 있으면 가중치, ``return_state=True``이면 마지막 상태들.
        """
        cell = self.cell
        with cell.reading(memory, memory_mask, memory_lengths):
            states = cell.get_initial_state(keras.ops.shape(sequences)[0], initial_state)
            before, cell.bound.with_alignments = cell.bound.with_alignments, self.return_alignments
            try:
                found = super().call(sequences, states, sequences_mask if mask is None else mask, training)
            finally:
                cell.bound.with_alignments = before
        if not self.return_alignments:
            return found
        outputs, *last = found if self.return_state else [found]
        return outputs[..., : cell.output_size], outputs[..., cell.output_size :], *last

    def compute_output_shape(
        self, sequences_shape: Any, memory_shape: Any, initial_state_shape: Any = None, memory_lengths_shape: Any = None
    ) -> Any:
        """출력과 가중치, 상태의 형태."""
        batch, length = sequences_shape[:2]
        between = (length,) if self.return_sequences else ()
        shapes = [(batch, *between, self.cell.output_size)]
        if self.return_alignments:
            shapes.append((batch, length, memory_shape[1]))
        if self.return_state:
            inner = keras.tree.map_structure(lambda size: (batch, size), self.cell.cell.state_size)
            shapes += [inner, (batch, self.cell.attention_size), (batch, memory_shape[1])]
        return tuple(shapes) if len(shapes) > 1 else shapes[0]

    def compute_mask(self, _: Any, mask: Any) -> Any:
        """출력의 마스크. 가중치와 상태에는 마스크가 없다."""
        found = super().compute_mask(_, mask)
        if not self.return_alignments:
            return found
        first, *rest = found if isinstance(found, list) else [found]
        return [first, None, *rest]

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "return_alignments": self.return_alignments}
