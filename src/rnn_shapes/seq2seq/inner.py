"""다른 셀을 감싸는 셀의 공통된 부분."""

from typing import Any

import keras
import tensorflow as tf

from rnn_shapes.seq2seq.tensors import Nest, Tensor, packed_like


def output_size(cell: Any) -> int:
    """셀의 출력의 크기. ``output_size``가 없는 셀은 첫 상태를 내보낸다."""
    size: int = getattr(cell, "output_size", None) or tf.nest.flatten(cell.state_size)[0]
    return size


def initial_state(cell: Any, batch_size: Any) -> Nest:
    """셀의 처음 상태를 ``state_size``와 같은 구조로."""
    if hasattr(cell, "get_initial_state"):
        return packed_like(cell.state_size, cell.get_initial_state(batch_size=batch_size))
    return tf.nest.map_structure(lambda size: tf.zeros([batch_size, size], cell.compute_dtype), cell.state_size)


def build(layer: Any, *shapes: Any) -> None:
    """층의 가중치를 만든다. 파일에서 불러온 것처럼 이미 있으면 그대로 둔다."""
    if layer is not None and not layer.built:
        layer.build(*shapes)
        layer.built = True


def run(cell: Any, inputs: Tensor, state: Nest) -> tuple[Tensor, Nest]:
    """셀을 한 걸음 움직인다. 새 상태는 받은 것과 같은 구조다.

    드롭아웃의 마스크는 걸음마다 새로 뽑는다. 셀에 남겨 두면 while 루프 안의 텐서가 밖으로 새기 때문이다.
    """
    outputs, new = cell(inputs, state)
    for one in getattr(cell, "cells", [cell]):
        if hasattr(one, "reset_dropout_mask"):
            one.reset_dropout_mask()
            one.reset_recurrent_dropout_mask()
    return outputs, packed_like(state, new)


class Wrapper(keras.layers.Layer):
    """층을 담은 셀. 담은 층의 이름은 ``wrapped``에 적는다. 저장하고 불러올 때 담은 층도 함께 옮긴다."""

    wrapped: tuple[str, ...] = ("cell",)

    def get_config(self) -> dict[str, Any]:
        """만들 때 받은 것. 담은 층은 그 설정으로 적는다."""
        layers = {name: getattr(self, name) for name in self.wrapped}
        written = {name: layer and keras.saving.serialize_keras_object(layer) for name, layer in layers.items()}
        return {**super().get_config(), **written}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """``get_config``가 적은 것에서 셀을 다시 만든다."""
        layers = {
            name: keras.saving.deserialize_keras_object(config[name], custom_objects=custom_objects)
            for name in cls.wrapped
        }
        return cls(**{**config, **layers})
