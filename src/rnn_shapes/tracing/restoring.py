"""모델을 부르기 전으로 되돌린다: 상태, 움직이는 변수, 부르는 동안 층이 제게 적은 것."""

from typing import Any


class Restorer:
    """층마다 처음 부르기 전의 모습을 기억한다.

    아직 짓지 않은 층은 부르면서 가중치가 생긴다. 그 가중치는 남고, 그때 함께 생긴 상태만 0으로 되돌린다.
    """

    def __init__(self) -> None:
        """아무것도 기억하지 않는다."""
        self.built: list[Any] = []
        """부르면서 지어진 층."""
        self._seen: dict[int, Any] = {}
        self._attributes: list[tuple[Any, dict[str, Any]]] = []
        self._values: dict[int, tuple[Any, Any]] = {}

    def remember(self, layer: Any) -> None:
        """처음 부르는 층이면 기억한다."""
        if id(layer) in self._seen:
            return
        self._seen[id(layer)] = layer
        if not layer.built:
            self.built.append(layer)
            return
        self._attributes.append((layer, dict(vars(layer))))
        for variable in _moving(layer):
            self._values.setdefault(id(variable), (variable, _value(variable)))

    def restore(self) -> None:
        """기억한 대로 되돌린다."""
        import keras

        for layer, before in self._attributes:
            now = vars(layer)
            for name in [name for name in now if name not in before]:
                del now[name]
            now.update({name: value for name, value in before.items() if now.get(name) is not value})
        for variable, value in self._values.values():
            variable.assign(value)
        for layer in self.built:
            for state in keras.tree.flatten(getattr(layer, "states", None)):
                if hasattr(state, "assign"):
                    state.assign(keras.ops.zeros_like(state.value))


def _moving(layer: Any) -> list[Any]:
    """부르는 것만으로 값이 바뀔 수 있는 변수: 훈련하지 않는 변수, 난수의 씨앗, 순환층의 상태, 독자가 둔 변수."""
    import keras
    import tensorflow as tf

    trainable = {id(variable) for variable in layer.trainable_variables}
    found = [variable for variable in layer.variables if id(variable) not in trainable]
    found += [state for state in keras.tree.flatten(getattr(layer, "states", None)) if hasattr(state, "assign")]
    return found + [value for value in vars(layer).values() if isinstance(value, tf.Variable)]


def _value(variable: Any) -> Any:
    import numpy as np

    return np.array(variable.numpy())  # numpy()는 변수의 메모리를 그대로 보일 때가 있다
