"""상태 유지 층의 상태를 비우고 되돌린다. 비교하는 동안 모델의 상태가 바뀌므로 끝나면 처음대로 둔다."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np


def states_of(model: Any) -> list[Any]:
    """모델 속 상태 유지 층의 상태를 담은 변수."""
    import keras

    layers = [layer for layer in model._flatten_layers() if getattr(layer, "stateful", False)]
    found = [state for layer in layers for state in keras.tree.flatten(getattr(layer, "states", None))]
    return list({id(state): state for state in found if hasattr(state, "assign")}.values())


def values_of(states: Sequence[Any]) -> list[np.ndarray]:
    """상태의 값의 사본."""
    return [np.array(state.numpy()) for state in states]


def put(states: Sequence[Any], values: Sequence[Any] | None = None) -> None:
    """상태에 값을 넣는다. 주지 않으면 0이다."""
    for place, state in enumerate(states):
        state.assign(np.zeros(state.shape, "float32") if values is None else values[place])


@contextlib.contextmanager
def kept(model: Any) -> "Iterator[list[np.ndarray]]":
    """끝나면 상태를 처음대로 되돌린다. 처음의 값을 준다."""
    states = states_of(model)
    before = values_of(states)
    try:
        yield before
    finally:
        put(states, before)
