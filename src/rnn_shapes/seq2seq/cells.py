"""셀을 감싸는 셀 둘: 입력을 더하는 것과, 제 출력을 다음 입력으로 쓰는 것."""

from typing import Any

import keras
import tensorflow as tf

from rnn_shapes.seq2seq import inner
from rnn_shapes.seq2seq.tensors import Nest, Tensor


@keras.saving.register_keras_serializable(package="rnn_shapes")
class ResidualCell(inner.Wrapper):
    """셀의 출력에 입력을 더하는 셀(He et al., 2016, arXiv 1512.03385; 순환층에는 Wu et al., 2016, arXiv 1609.08144).

    상태는 감싼 셀의 것 그대로다.

    Args:
        cell: 감쌀 셀. 출력의 크기가 입력과 같아야 한다.

    >>> cell = ResidualCell(keras.layers.GRUCell(13))
    >>> keras.layers.RNN(cell)(tf.ones((5, 7, 13))).shape
    TensorShape([5, 13])
    """

    def __init__(self, cell: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cell = cell

    @property
    def state_size(self) -> Any:
        """감싼 셀의 것."""
        return self.cell.state_size

    @property
    def output_size(self) -> int:
        """감싼 셀의 것."""
        return inner.output_size(self.cell)

    def build(self, inputs_shape: Any) -> None:
        """감싼 셀의 가중치를 만든다.

        Raises:
            ValueError: 입력과 출력의 크기가 다를 때.
        """
        if inputs_shape[-1] != self.output_size:
            raise ValueError(
                f"입력을 더할 수 없습니다. 입력의 크기는 {inputs_shape[-1]}, "
                f"셀의 출력의 크기는 {self.output_size}입니다. 셀의 유닛 수를 입력의 크기와 같게 하세요."
            )
        inner.build(self.cell, inputs_shape)

    def get_initial_state(self, batch_size: Any = None) -> Nest:
        """감싼 셀의 처음 상태."""
        return inner.initial_state(self.cell, batch_size)

    def call(self, inputs: Tensor, states: Nest) -> tuple[Tensor, Nest]:
        """한 걸음."""
        outputs, states = inner.run(self.cell, inputs, states)
        return inputs + outputs, states


@keras.saving.register_keras_serializable(package="rnn_shapes")
class FeedbackCell(inner.Wrapper):
    """제 출력의 마지막 프레임을 다음 걸음의 입력으로 쓰는 셀. 타코트론의 디코더다(Wang et al., 2017, arXiv 1703.10135).

    걸음마다 프레임을 ``reduction_factor``개 낸다. 상태는 감싼 셀의 상태, 마지막 프레임의 차례이고 첫 프레임은 0이다.
    바깥에서 오는 입력은 조건이다. 조건이 없으면 특성의 수가 0인 텐서로 걸음의 수만 정한다.

    Args:
        cell: 감쌀 셀.
        output_layer: 셀의 출력을 프레임으로 바꾸는 층. 그 크기는 ``reduction_factor``의 배수다.
        reduction_factor: 한 걸음에 낼 프레임의 수.
        input_layer: 프레임을 셀에 넣기 전에 거칠 층. 타코트론의 pre-net이다.

    Raises:
        ValueError: ``reduction_factor``가 1보다 작거나, ``output_layer``의 크기를 나누지 못할 때.

    예제에서는 한 걸음에 크기가 17인 프레임을 둘씩 낸다. 일곱 걸음의 출력 ``(5, 7, 34)``를 프레임으로 펴면
    ``(5, 14, 17)``이다.

    >>> cell = FeedbackCell(keras.layers.GRUCell(13), keras.layers.Dense(34), reduction_factor=2)
    >>> outputs = keras.layers.RNN(cell, return_sequences=True)(tf.zeros((5, 7, 0)))
    >>> print(tuple(outputs.shape), tuple(tf.reshape(outputs, (5, -1, 17)).shape))
    (5, 7, 34) (5, 14, 17)
    """

    wrapped = ("cell", "output_layer", "input_layer")

    def __init__(
        self, cell: Any, output_layer: Any, reduction_factor: int = 1, input_layer: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.cell, self.output_layer, self.input_layer = cell, output_layer, input_layer
        self.reduction_factor = reduction_factor
        if reduction_factor < 1 or self.output_size % reduction_factor:
            raise ValueError(
                f"한 걸음의 출력을 프레임으로 나눌 수 없습니다. output_layer의 크기는 {self.output_size}, "
                f"reduction_factor는 {reduction_factor}입니다. 크기를 ‘프레임의 크기 × reduction_factor’로 하세요."
            )

    @property
    def output_size(self) -> int:
        """한 걸음의 출력의 크기. 프레임의 크기와 ``reduction_factor``의 곱이다."""
        return int(self.output_layer.compute_output_shape((None, inner.output_size(self.cell)))[-1])

    @property
    def frame_size(self) -> int:
        """프레임의 크기."""
        return self.output_size // self.reduction_factor

    @property
    def state_size(self) -> list[Any]:
        """감싼 셀의 상태와 마지막 프레임의 크기."""
        return [self.cell.state_size, self.frame_size]

    def build(self, inputs_shape: Any) -> None:
        """셀과 층의 가중치를 만든다."""
        size, frame = self.frame_size, (None, self.frame_size)
        if self.input_layer is not None:
            inner.build(self.input_layer, frame)
            size = self.input_layer.compute_output_shape(frame)[-1]
        inner.build(self.cell, (*inputs_shape[:-1], inputs_shape[-1] + size))
        inner.build(self.output_layer, (None, inner.output_size(self.cell)))

    def get_initial_state(self, batch_size: Any = None) -> list[Any]:
        """감싼 셀의 처음 상태와, 0으로 된 프레임."""
        return [inner.initial_state(self.cell, batch_size), tf.zeros([batch_size, self.frame_size], self.compute_dtype)]

    def call(self, inputs: Tensor, states: Nest) -> tuple[Tensor, list[Any]]:
        """한 걸음."""
        cell_state, frame = states
        if self.input_layer is not None:
            frame = self.input_layer(frame)
        outputs, cell_state = inner.run(self.cell, tf.concat([inputs, frame], -1), cell_state)
        frames = self.output_layer(outputs)
        return frames, [cell_state, frames[:, -self.frame_size :]]

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "reduction_factor": self.reduction_factor}
