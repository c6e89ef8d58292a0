"""층의 종류: 무엇이라고 부르고, 속까지 보이는가."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

ASIDE = frozenset({"mask", "initial_state", "states", "training", "attention_mask", "return_attention_scores"})
"""읽는 텐서가 아닌 인자."""


def is_recurrent(layer: Any) -> bool:
    """타임스텝을 차례로 읽는 층인가."""
    import keras

    return isinstance(layer, keras.layers.RNN | keras.layers.Bidirectional)


def ignores_blanks(layer: Any) -> bool:
    """마스크를 받으면 빈자리를 빼고 계산하는 층인가. 마스크가 없으면 빈자리까지 계산에 들어간다."""
    import keras

    averaging = keras.layers.GlobalAveragePooling1D
    return is_recurrent(layer) or isinstance(layer, averaging)


def is_of_keras(layer: Any) -> bool:
    """Keras가 만든 클래스의 층인가."""
    return type(layer).__module__.partition(".")[0] == "keras"


def is_model(layer: Any) -> bool:
    """모델인가. 모델이 하는 일은 안에 든 층이 한다."""
    import keras

    return isinstance(layer, keras.Model)


def shows_layers(layer: Any) -> bool:
    """안에서 부르는 층도 보이는가. Keras가 만든 층의 속은 감싼 것과 셀을 묶은 것만 보인다."""
    import keras

    if not is_of_keras(layer):
        return True
    shown = (keras.Model, *wrappers(), keras.layers.StackedRNNCells)
    return isinstance(layer, shown) or type(layer) is keras.layers.RNN


def wrappers() -> tuple[type, ...]:
    """다른 층을 감싸는 층의 클래스."""
    import keras

    return (keras.layers.Wrapper, keras.layers.Bidirectional)


def shows_computations(layer: Any) -> bool:
    """안에서 층 없이 하는 계산도 보이는가. 독자가 쓴 코드만 보인다."""
    return is_model(layer) or not is_of_keras(layer)


def label(layer: Any) -> str:
    """층의 클래스와, 감싼 것. ``Bidirectional(LSTM)``, ``RNN([GRUCell, GRUCell])``처럼 적는다."""
    name = type(layer).__name__
    if not is_of_keras(layer):
        return name
    cells = getattr(layer, "cells", None)
    if cells is not None:
        return f"{name}([{', '.join(type(cell).__name__ for cell in cells)}])"
    inside = getattr(layer, "forward_layer", None) or getattr(layer, "layer", None)
    if inside is None and name == "RNN":
        inside = layer.cell
    if inside is None:
        return name
    text = label(inside)
    return f"{name}({text.removeprefix('StackedRNNCells(').rstrip(')') if 'StackedRNNCells' in text else text})"


def arguments(layer: Any, args: Sequence[Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """층에 준 것을 ``call``의 인자 이름으로 찾는 표. 이름을 알 수 없으면 자리의 번호다."""
    try:
        return dict(inspect.signature(layer.call).bind(*args, **options).arguments)
    except TypeError:  # 층이 곧 같은 이유로 멈춘다
        return {**{str(place): value for place, value in enumerate(args)}, **options}


def has_states(layer: Any) -> bool:
    """상태가 있는 층이나 셀인가."""
    return is_recurrent(layer) or (hasattr(layer, "state_size") and not is_model(layer))


def state_count(layer: Any) -> int | None:
    """순환층의 상태의 수. 모르면 None이다."""
    import keras

    if isinstance(layer, keras.layers.Bidirectional):
        pair = state_count(layer.forward_layer), state_count(layer.backward_layer)
        return None if None in pair else sum(filter(None, pair))
    cells = getattr(layer.cell, "cells", [layer.cell])
    if not all(hasattr(cell, "units") for cell in cells):
        return None  # 합성곱 셀과 독자의 셀은 상태를 저마다 다르게 센다
    return len(keras.tree.flatten([cell.state_size for cell in cells]))


def span(names: Sequence[str]) -> str:
    """이름을 따옴표로 감싸 늘어놓는다."""
    return ", ".join(f"‘{name}’" for name in names)
