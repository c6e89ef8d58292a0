"""독자가 넣은 값: 한 번 부를 수 있는 것인지 보고, 마스크가 붙지 않게 사본을 만든다."""

from collections.abc import Sequence
from typing import Any

from rnn_shapes.tracing.recording import mask_of

ONE_BATCH = "배치 하나를 주세요."


def copied(tree: Any) -> Any:
    """넣을 값의 사본. 부르는 동안 독자의 텐서에 마스크가 붙지 않게 한다.

    Raises:
        TypeError: 값이 없거나, 배치 하나가 아니거나, 수를 담은 파이썬의 리스트일 때.
    """
    import keras

    _require_batch(tree)
    return keras.tree.map_structure(_copied, tree)


def _require_batch(tree: Any) -> None:
    import keras
    import tensorflow as tf

    if isinstance(tree, tf.data.Dataset):
        raise TypeError(f"데이터셋입니다. {ONE_BATCH} 정답도 들었다면 `x, y = next(iter(dataset))`에서 x만 넣으세요.")
    if isinstance(tree, list | tuple) and tree:
        leaves = keras.tree.flatten(tree)
        if leaves and all(isinstance(leaf, int | float | str) for leaf in leaves):
            raise TypeError("파이썬의 리스트는 입력의 묶음으로 읽힙니다. `np.array(...)`로 바꾸어 주세요.")


def _copied(value: Any) -> Any:
    import keras
    import numpy as np
    import tensorflow as tf

    if isinstance(value, keras.KerasTensor):
        raise TypeError("값이 있는 배열이나 텐서를 주세요. `Input`에는 값이 없어 마스크와 빈자리를 볼 수 없습니다.")
    if isinstance(value, tf.RaggedTensor):
        raise TypeError("RaggedTensor는 Keras 3의 층이 읽지 못합니다. `x.to_tensor()`로 빈자리를 채워 주세요.")
    if isinstance(value, np.ndarray):
        return tf.convert_to_tensor(value)
    if not isinstance(value, tf.Tensor):
        return value
    made = tf.identity(value)
    if mask_of(value) is not None:
        made._keras_mask = mask_of(value)
    return made


def hint(inputs: Sequence[Any]) -> str:
    """오류가 났을 때 덧붙일 말. 입력과 정답의 짝을 통째로 넣은 것 같으면 그렇게 말한다."""
    pair = len(inputs) == 1 and isinstance(inputs[0], tuple) and len(inputs[0]) in (2, 3)
    return "튜플을 넣었습니다. 데이터셋에서 꺼낸 (입력, 정답)이라면 입력만 넣으세요." if pair else ""
