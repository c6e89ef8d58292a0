"""경우에서 모델과 입력, ``input_signature``를 만든다."""

import contextlib
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from rnn_shapes.deploying.cases import DIM, LENGTH, STATES, UNITS, VOCABULARY, Case
from rnn_shapes.exporting.states import put, states_of


@keras.saving.register_keras_serializable("rnn_shapes")
class MyCell(keras.layers.Layer):
    """사람이 적은 셀."""

    def __init__(self, units: int, **options: Any) -> None:
        """유닛 수를 정한다."""
        super().__init__(**options)
        self.state_size = self.output_size = units

    def build(self, input_shape: Any) -> None:
        """가중치를 만든다."""
        self.kernel = self.add_weight(shape=(input_shape[-1], self.state_size), name="kernel")
        self.recurrent = self.add_weight(shape=(self.state_size, self.state_size), name="recurrent")

    def call(self, inputs: Any, states: Any) -> Any:
        """한 타임스텝을 계산한다."""
        h = keras.ops.tanh(inputs @ self.kernel + states[0] @ self.recurrent)
        return h, [h]


def attended(sequences: Any) -> Any:
    """출력끼리의 어텐션."""
    return keras.layers.Attention()([sequences, sequences])


@contextlib.contextmanager
def policy(name: str) -> Iterator[None]:
    """잠깐 다른 dtype으로 층을 만든다."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


OURS = {"MyCell": MyCell, "attended": attended, "units": UNITS}
"""층의 코드에 적는, Keras에 없는 이름."""


def layers_of(case: Case) -> list[Any]:
    """코드가 만드는 층. 코드는 모두 ``cases.py``에 있다."""
    names = {name: getattr(keras.layers, name) for name in dir(keras.layers) if name[0].isupper()}
    found: list[Any] = eval(f"[{case.code()}]", {**names, **OURS})  # noqa: S307
    return found


def built(case: Case) -> Any:
    """가중치를 시드에서 만든 수로 채운 모델. 처음의 작은 가중치로는 상태가 달라도 답이 비슷하다."""
    with policy(case.how.policy):
        model = model_of(case)
    numbered = enumerate(model.get_weights(), 1)
    model.set_weights([np.random.RandomState(seed).normal(0, 0.5, one.shape) for seed, one in numbered])
    put(states_of(model))
    return model


def model_of(case: Case) -> Any:
    """함수형 모델. 상태를 받는 경우에는 입력과 출력에 상태가 더 있다."""
    how = case.how
    batch = how.batch if how.stateful else None
    shape, dtype = ((batch, how.length), "int32") if how.mask else ((batch, how.length, DIM), "float32")
    entry = keras.Input(batch_shape=shape, dtype=dtype, name="sequences")
    x = keras.layers.Embedding(VOCABULARY, DIM, mask_zero=True)(entry) if how.mask else entry
    layers = layers_of(case)
    if how.states:
        given = keras.tree.map_structure(lambda name: keras.Input((UNITS,), name=name), STATES[case.layer])
        outputs = layers[0](x, initial_state=given)
        return keras.Model([entry, *keras.tree.flatten(given)], keras.tree.flatten(outputs))
    for layer in layers:
        x = layer(x)
    return keras.Model(entry, x)


def values(case: Case) -> Any:
    """모델에 넣을 값. 어휘 밖의 번호는 첫 샘플의 가운데에 끼워 넣는다."""
    how = case.how
    random = np.random.RandomState(3)
    length = how.length or LENGTH
    if how.mask:
        ids = random.randint(1, VOCABULARY, (how.batch, length)).astype("int32")
        if how.identity is not None:
            ids[0, length // 2] = how.identity
        return ids
    sequences = random.normal(size=(how.batch, length, DIM)).astype("float32")
    if not how.states:
        return sequences
    flat = keras.tree.flatten(STATES[case.layer])
    return [sequences, *(random.normal(size=(how.batch, UNITS)).astype("float32") for _ in flat)]


def specs(case: Case) -> list[Any]:
    """배치 크기를 정한 ``input_signature``. 길이는 ``Input``에 적은 대로다."""
    how = case.how
    shape, dtype = ((how.batch, how.length), "int32") if how.mask else ((how.batch, how.length, DIM), "float32")
    entry = keras.InputSpec(shape=shape, dtype=dtype, name="sequences")
    if not how.states:
        return [entry]
    flat = keras.tree.flatten(STATES[case.layer])
    return [[entry, *(keras.InputSpec(shape=(how.batch, UNITS), dtype="float32", name=name) for name in flat)]]
