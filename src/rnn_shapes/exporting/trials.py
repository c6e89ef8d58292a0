"""넣어 볼 입력을 짓는다: 그대로, 길이와 배치 크기를 바꾸어, 빈자리를 넣어."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from rnn_shapes.exporting.running import Shape

Inputs: TypeAlias = "list[np.ndarray]"

AS_GIVEN = "준 대로"
PADDED = "빈자리"


@dataclass(frozen=True)
class Trial:
    """넣어 볼 입력 하나."""

    title: str
    inputs: Inputs
    length: int | None
    """첫 시퀀스의 길이."""

    @property
    def batch(self) -> int:
        """배치 크기."""
        return len(self.inputs[0])

    @property
    def padded(self) -> bool:
        """빈자리를 넣은 것인가."""
        return self.title.startswith(PADDED)


@dataclass(frozen=True)
class Known:
    """모델과 파일이 함께 아는 것."""

    shapes: Sequence[Shape]
    """입력마다의 형태. 모델이나 파일이 정해 둔 축은 수이고, 어느 크기든 받는 축은 ``None``이다."""
    pads: Mapping[int, Any]
    """빈자리를 넣을 수 있는 입력의 번호와 채울 값."""


def timed(known: Known) -> list[int]:
    """시간 축의 길이가 자유로운 입력의 번호."""
    return [number for number, shape in enumerate(known.shapes) if len(shape) > 1 and shape[1] is None]


def trials(inputs: Inputs, known: Known) -> Iterator[Trial]:
    """넣어 볼 입력을 차례로 낸다. 준 대로 넣는 것이 먼저다."""
    length = _length(inputs, known)
    yield Trial(AS_GIVEN, inputs, length)
    for number, value in known.pads.items():
        for title, (shortest, fill) in PADDINGS.items():
            if inputs[number].shape[1] >= shortest:
                yield Trial(f"{PADDED}: {title}", _replaced(inputs, number, fill(inputs[number], value)), length)
    if moving := timed(known):
        for title, change in (("짧게", _shorter), ("길게", _longer)):
            changed = [change(value) if number in moving else value for number, value in enumerate(inputs)]
            yield Trial(title, changed, changed[moving[0]].shape[1])
    if all(shape[:1] == (None,) for shape in known.shapes):
        if len(inputs[0]) > 1:
            yield Trial("하나만", [value[:1] for value in inputs], length)
        yield Trial("하나 더", [np.concatenate([value, value[:1]]) for value in inputs], length)


def _length(inputs: Inputs, known: Known) -> int | None:
    sequences = [*timed(known), *known.pads, *(place for place, value in enumerate(inputs) if value.ndim > 2)]
    return inputs[sequences[0]].shape[1] if sequences else None


def _replaced(inputs: Inputs, number: int, value: np.ndarray) -> Inputs:
    return [value if place == number else one for place, one in enumerate(inputs)]


def _shorter(value: np.ndarray) -> np.ndarray:
    return value[:, : max(1, value.shape[1] // 2)]


def _longer(value: np.ndarray) -> np.ndarray:
    return np.concatenate([value, value[:, :3]], axis=1)


def _after(value: np.ndarray, pad: Any) -> np.ndarray:
    return _filled(value, pad, slice(-(value.shape[1] // 2), None))


def _before(value: np.ndarray, pad: Any) -> np.ndarray:
    return _filled(value, pad, slice(None, value.shape[1] // 2))


def _between(value: np.ndarray, pad: Any) -> np.ndarray:
    return _filled(value, pad, slice(1, -1))


def _only(value: np.ndarray, pad: Any) -> np.ndarray:
    return _filled(value, pad, slice(None))


def _filled(value: np.ndarray, pad: Any, places: slice) -> np.ndarray:
    """마지막 샘플의 그 자리만 빈자리로 바꾼다. 샘플마다 길이가 다른 배치가 된다."""
    changed = value.copy()
    changed[-1, places] = pad
    return changed


PADDINGS: Mapping[str, tuple[int, Callable[[np.ndarray, Any], np.ndarray]]] = {
    "뒤": (2, _after),
    "앞": (2, _before),
    "가운데": (3, _between),
    "전부": (1, _only),
}
"""빈자리를 넣는 곳과, 그럴 수 있는 가장 짧은 길이."""


def holds_ids(value: np.ndarray) -> bool:
    """번호가 든 입력인가. ``Input``의 타입을 적지 않은 모델은 번호도 실수로 받는다."""
    return value.ndim == 2 and value.dtype.kind in "iuf" and bool(np.all(value == np.round(value)))


def pads_of(model: Any, inputs: Inputs) -> dict[int, Any]:
    """빈자리를 넣을 수 있는 입력. 번호를 받는 ``Embedding(mask_zero=True)``, ``Masking``, 불린 마스크가 알려 준다."""
    import keras

    found: dict[int, Any] = {}
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Embedding) and layer.mask_zero:
            found |= {number: 0 for number, value in enumerate(inputs) if holds_ids(value)}
        elif isinstance(layer, keras.layers.Masking):
            found |= {number: layer.mask_value for number, value in enumerate(inputs) if value.ndim > 2}
    masks = {number: False for number, value in enumerate(inputs) if value.dtype == bool and value.ndim == 2}
    return {**found, **masks}
