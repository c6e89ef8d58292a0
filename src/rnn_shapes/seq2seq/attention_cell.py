"""어텐션을 단 셀."""

import contextlib
from collections.abc import Iterator
from typing import Any

import keras
import tensorflow as tf

from rnn_shapes.seq2seq import inner
from rnn_shapes.seq2seq.attention import Memory
from rnn_shapes.seq2seq.tensors import Nest, Tensor, as_tensors, packed_like, sizes

UNBOUND = (
    "읽을 메모리가 없습니다. `with cell.reading(memory):` 안에서 부르거나, "
    "셀을 AttentionRNN에 넣고 메모리를 함께 주세요."
)


class _Bound:
    """셀이 지금 읽는 것. 층의 속성이 아니어서 저장되지도 추적되지도 않는다."""

    memory: Memory | None = None
    with_alignments = False
    """참이면 출력의 뒤에 가중치를 이어 붙인다. ``AttentionRNN``이 타임스텝마다의 가중치를 모을 때 쓴다."""


@keras.saving.register_keras_serializable(package="rnn_shapes")
class AttentionCell(inner.Wrapper):
    """걸음마다 메모리를 읽는 셀(input feeding: Luong et al., 2015, arXiv 1508.04025의 3.3절).

    한 걸음은 이렇다. 입력에 앞 걸음의 어텐션 벡터를 이어 붙여 셀에 넣는다. 셀의 출력이 쿼리가 되어 메모리를 읽고 문맥
    벡터를 얻는다. 쿼리와 문맥 벡터를 이어 ``attention_layer``에 넣은 것이 어텐션 벡터다. ``attention_layer``가 없으면
    문맥 벡터가 곧 어텐션 벡터다.

    상태는 셀의 상태, 어텐션 벡터, 가중치의 차례다. 메모리는 상태가 아니다. :meth:`reading`으로 잠시 묶는다.

    Args:
        cell: 감쌀 셀. Keras의 셀이면 무엇이든 된다.
        attention: ``DotAttention``, ``LuongAttention``, ``BahdanauAttention`` 가운데 하나.
        attention_layer: 쿼리와 문맥 벡터를 어텐션 벡터로 바꾸는 층. 예를 들면 ``Dense(53, activation="tanh")``.
        output_attention: 거짓이면 어텐션 벡터 대신 셀의 출력을 내보낸다. 어텐션 벡터는 그래도 다음 걸음에 들어간다.

    예제에서는 입력이 ``(5, 11)``, 메모리가 ``(5, 7, 17)``이고 GRU의 유닛이 13개다. 출력은 ``(5, 17)``이고, 상태는
    ``(5, 13)``, ``(5, 17)``, ``(5, 7)``이다.

    >>> from rnn_shapes.seq2seq import BahdanauAttention
    >>> inputs, memory = tf.ones((5, 11)), tf.ones((5, 7, 17))
    >>> cell = AttentionCell(keras.layers.GRUCell(13), BahdanauAttention(19))
    >>> with cell.reading(memory):
    ...     outputs, states = cell(inputs, cell.get_initial_state(batch_size=5))
    >>> print(inputs.shape, memory.shape, outputs.shape, *[state.shape for state in states])
    (5, 11) (5, 7, 17) (5, 17) (5, 13) (5, 17) (5, 7)
    """

    wrapped = ("cell", "attention", "attention_layer")

    def __init__(
        self, cell: Any, attention: Any, attention_layer: Any = None, output_attention: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.cell, self.attention, self.attention_layer = cell, attention, attention_layer
        self.output_attention = output_attention
        self.memory_shape: tuple[Any, ...] | None = None
        self.bound = _Bound()

    @property
    def attention_size(self) -> int | None:
        """어텐션 벡터의 크기. 메모리를 한 번도 본 적이 없으면 모른다."""
        if self.memory_shape is None:
            return None
        context = self.memory_shape[-1]
        if self.attention_layer is None:
            return int(context)
        joined = inner.output_size(self.cell) + context
        return int(self.attention_layer.compute_output_shape((None, joined))[-1])

    @property
    def output_size(self) -> int | None:
        """출력의 크기."""
        return self.attention_size if self.output_attention else inner.output_size(self.cell)

    @property
    def state_size(self) -> list[Any]:
        """상태마다의 크기. 가중치의 크기는 메모리의 길이라서 미리 정해져 있지 않다."""
        return [self.cell.state_size, self.attention_size, None]

    def build(self, inputs_shape: Any) -> None:
        """셀과 ``attention_layer``의 가중치를 만든다. 어텐션의 가중치는 메모리를 처음 볼 때 만들어져 있다.

        Raises:
            ValueError: 메모리를 본 적이 없을 때.
        """
        if self.memory_shape is None:
            raise ValueError(UNBOUND)
        inner.build(self.cell, (*inputs_shape[:-1], inputs_shape[-1] + self.attention_size))
        inner.build(self.attention_layer, (None, inner.output_size(self.cell) + self.memory_shape[-1]))

    def get_build_config(self) -> dict[str, Any]:
        """불러올 때 가중치를 다시 만드는 데 쓸 것."""
        return {**(super().get_build_config() or {}), "memory_shape": self.memory_shape}

    def build_from_config(self, config: dict[str, Any]) -> None:
        """``get_build_config``가 적은 것으로 가중치를 만든다."""
        if config["memory_shape"]:
            self.meet(config["memory_shape"])
            super().build_from_config(config)

    def meet(self, memory_shape: Any) -> None:
        """처음 본 메모리에 맞추어 어텐션의 가중치를 만든다."""
        if self.memory_shape is None:
            self.memory_shape = (None, None, memory_shape[-1])
            inner.build(self.attention, (None, inner.output_size(self.cell)), self.memory_shape)

    @contextlib.contextmanager
    def reading(self, memory: Tensor, mask: Tensor | None = None, lengths: Tensor | None = None) -> Iterator[None]:
        """블록 안에서 이 셀이 ``memory``를 읽게 한다. 키는 여기서 한 번만 계산한다.

        Args:
            memory: 인코더의 출력. 축은 배치, 칸, 특성이다.
            mask: 칸마다 진짜이면 참인 불 텐서.
            lengths: 행마다 진짜 칸의 수. 둘 다 주면 둘 다 참인 칸만 읽는다.

        Raises:
            ValueError: 메모리의 형태나 길이가 맞지 않을 때.
        """
        if isinstance(memory, keras.KerasTensor):
            raise ValueError("값이 없는 텐서(Input)는 묶을 수 없습니다. 셀을 AttentionRNN에 넣고 메모리를 함께 주세요.")
        memory = keras.ops.convert_to_tensor(memory)
        self._check_memory(memory.shape)
        self.meet(memory.shape)
        before = self.bound.memory
        self.bound.memory = self.attention.prepare(memory, mask, lengths)
        try:
            yield
        finally:
            self.bound.memory = before

    def _check_memory(self, shape: Any) -> None:
        if len(shape) != 3:
            raise ValueError(f"메모리의 축은 배치, 칸, 특성의 셋이어야 합니다. 받은 것의 축은 {len(shape)}개입니다.")
        if self.memory_shape is not None and shape[-1] != self.memory_shape[-1]:
            raise ValueError(
                f"메모리의 특성의 수가 처음 본 것과 다릅니다. 받은 것은 {shape[-1]}, 처음 본 것은 "
                f"{self.memory_shape[-1]}입니다. 같은 인코더의 출력을 주세요."
            )

    def _memory(self) -> Memory:
        if self.bound.memory is None:
            raise ValueError(UNBOUND)
        return self.bound.memory

    def get_initial_state(self, batch_size: Any = None, cell_state: Nest | None = None) -> list[Any]:
        """처음 상태. 어텐션 벡터는 0이다. 묶은 메모리가 있어야 가중치의 크기를 안다.

        Args:
            batch_size: 배치 크기. 적지 않으면 메모리의 것이다.
            cell_state: 셀의 처음 상태. 예를 들면 인코더의 마지막 상태다. 적지 않으면 0이다.

        Raises:
            ValueError: 묶은 메모리가 없거나, ``cell_state``의 구조가 셀의 것과 다를 때.
        """
        memory = self._memory()
        if cell_state is not None:
            cell_state = as_tensors(packed_like(self.cell.state_size, cell_state))
            batch_size = sizes(tf.nest.flatten(cell_state)[0])[0]
        elif batch_size is None:
            batch_size = sizes(memory.values)[0]
        if cell_state is None:
            cell_state = inner.initial_state(self.cell, batch_size)
        attention = tf.zeros([batch_size, self.attention_size], memory.values.dtype)
        return [cell_state, attention, self.attention.initial_alignments(batch_size, memory)]

    def call(self, inputs: Tensor, states: Nest, training: bool = False) -> tuple[Tensor, list[Any]]:
        """한 걸음.

        Raises:
            ValueError: 묶은 메모리가 없거나, 메모리와 배치 크기가 맞지 않을 때.
        """
        memory = self._memory()
        cell_state, attention, alignments = states
        query, cell_state = inner.run(self.cell, tf.concat([inputs, attention], -1), cell_state)
        context, alignments = self.attention.attend(query, memory, alignments, training)
        attention = context
        if self.attention_layer is not None:
            attention = self.attention_layer(tf.concat([query, context], -1))
        outputs = attention if self.output_attention else query
        if self.bound.with_alignments:
            outputs = tf.concat([outputs, alignments], -1)
        return outputs, [cell_state, attention, alignments]

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것."""
        return {**super().get_config(), "output_attention": self.output_attention}
