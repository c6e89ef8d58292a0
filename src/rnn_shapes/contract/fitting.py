"""``Input``으로 지은 층을 길이를 모르는 데이터셋으로 훈련해 본다. 배열을 넣어 부를 때와 다를 수 있다."""

from collections.abc import Mapping
from typing import Any

from rnn_shapes.contract.recurrence import flat


def fit(library: Any, symbolic: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """같은 코드를 ``Input``으로 실행하고 남은 이름들로 모델을 지어, 값으로 한 번 훈련한다.

    Raises:
        Exception: 훈련할 수 없을 때. 무엇이 나는지는 층에 달렸다.
    """
    import tensorflow as tf

    names = [name for name in ("inputs", "mask", "states") if name in symbolic]
    entries, given = ([one for name in names for one in flat(space[name])] for space in (symbolic, values))
    outputs, wanted = flat(symbolic["outputs"]), map(tf.zeros_like, flat(values["outputs"]))
    model = library.Model(entries, outputs)
    model.compile("sgd", ["mse"] * len(outputs))
    batch = tuple(given), tuple(wanted)
    known = tuple(tf.TensorSpec(entry.shape, entry.dtype) for entry in entries)  # 배치 크기와 길이는 None이다
    unknown = tuple(tf.TensorSpec([None] * len(one.shape), one.dtype) for one in batch[1])
    data = tf.data.Dataset.from_generator(lambda: iter([batch]), output_signature=(known, unknown))
    model.fit(data, steps_per_epoch=1, verbose=0)
