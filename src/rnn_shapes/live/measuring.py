"""층 하나에서 살아 있는 셀이 쓸 것을 잰다: 가중치와 입력, 그리고 Keras가 낸 타임스텝마다의 상태.

상태는 시퀀스를 앞에서부터 조금씩 늘려 가며 층에 넣어 얻는다. Keras가 돌려준 값이라서 스크립트가 계산한 값을 여기에
비추어 볼 수 있다.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shape_claims.claim import Measurement

KINDS = {"SimpleRNNCell": "SimpleRNN", "LSTMCell": "LSTM", "GRUCell": "GRU"}
"""셀의 클래스마다 부르는 이름. 스크립트가 계산할 줄 아는 셀이다."""
ACTIVATIONS = ("tanh", "sigmoid", "linear", "relu")
"""스크립트가 계산할 줄 아는 활성화 함수."""
MOST_UNITS, MOST_FEATURES, LONGEST = 3, 4, 9
"""그림과 표에 적을 자리가 있는 만큼의 유닛과 특성, 타임스텝."""


@dataclass(frozen=True)
class CellMeasurement(Measurement):
    """층과 입력, 마스크, 초기 상태, 낱말로 된 튜플을 재어 남긴다."""

    def kept(self, value: Any) -> dict[str, Any]:
        """페이지에 실을 것.

        Raises:
            ValueError: 살아 있는 셀이 계산하거나 그릴 수 없는 층이나 입력일 때.
        """
        layer, inputs, mask, initial_state, words = value
        return measure_cell(layer, inputs, mask, initial_state, words)


def measure_cell(layer: Any, inputs: Any, mask: Any, initial_state: Any, words: Any) -> dict[str, Any]:
    """층을 실행해 가중치와 입력, 타임스텝마다의 상태와 출력을 얻는다.

    Args:
        layer: 가중치가 있는 ``SimpleRNN``, ``LSTM``, ``GRU``나 그것을 감싼 ``Bidirectional``.
        inputs: 시퀀스 하나. 배치의 축이 있어도 되고 없어도 된다.
        mask: 그 시퀀스의 마스크. 없으면 ``None``.
        initial_state: 층에 넣는 그대로의 초기 상태. 0에서 시작하면 ``None``.
        words: 타임스텝마다의 낱말. 없으면 ``None``.

    Raises:
        ValueError: 계산하거나 그릴 수 없을 때. 글은 무엇을 고칠지 말한다.
    """
    ways = _ways(layer)
    batch, real = _batch(inputs), _mask(mask)
    length, features = batch.shape[1:]
    if real is not None and real.shape != (1, length):
        raise ValueError(f"마스크의 길이({real.shape[1]})가 입력의 타임스텝 수({length})와 다릅니다")
    labels = [str(word) for word in words] if words is not None else [f"t={t}" for t in range(length)]
    if len(labels) != length:
        raise ValueError(
            f"낱말의 수({len(labels)})가 입력의 타임스텝 수({length})와 다릅니다. 빈자리에는 ''을 적으세요"
        )
    if length > LONGEST or features > MOST_FEATURES:
        raise ValueError(
            f"입력이 너무 큽니다: 타임스텝 {length}개, 특성 {features}개."
            f" 타임스텝은 {LONGEST}개, 특성은 {MOST_FEATURES}개까지 그릴 수 있습니다"
        )
    states = _split(initial_state, len(ways), batch)
    both = len(ways) > 1
    return {
        "words": labels,
        "inputs": exact(batch[0]),
        "mask": None if real is None else real[0].tolist(),
        "merge": layer.merge_mode if both else None,
        "outputs": None if both and layer.merge_mode is None else _outputs(layer, batch, real, initial_state),
        "ways": [_way(one, batch, real, state) for one, state in zip(ways, states, strict=True)],
    }


def exact(values: Any) -> Any:
    """float32의 수를 가장 짧은 십진수로 적은 것. 되읽으면 같은 float32가 된다.

    >>> import numpy as np
    >>> exact(np.float32([0.1, -2]))
    [0.1, -2.0]
    """
    import numpy as np

    array = np.asarray(values, dtype="float32")
    return [exact(row) for row in array] if array.ndim else float(str(array))


def _ways(layer: Any) -> list[Any]:
    """읽는 방향마다의 층."""
    found = [layer.forward_layer, layer.backward_layer] if hasattr(layer, "backward_layer") else [layer]
    for one in found:
        cell: Any = getattr(one, "cell", None)
        if type(cell).__name__ not in KINDS:
            raise ValueError(
                f"계산할 줄 모르는 층입니다: {type(one).__name__}."
                " SimpleRNN, LSTM, GRU와 그것을 감싼 Bidirectional만 놓을 수 있습니다"
            )
        if one.stateful:
            raise ValueError("stateful=True인 층은 부를 때마다 값이 달라집니다. 상태를 유지하지 않는 층을 놓으세요")
        if not one.built:
            raise ValueError("아직 부르지 않은 층에는 가중치가 없습니다. 페이지의 코드에서 한 번 부르세요")
        if cell.units > MOST_UNITS:
            raise ValueError(f"유닛이 너무 많습니다: {cell.units}개. 그림에는 {MOST_UNITS}개까지 적을 수 있습니다")
        for name in _activations(cell).values():
            if name not in ACTIVATIONS:
                raise ValueError(f"계산할 줄 모르는 활성화 함수입니다: {name}. 쓸 수 있는 것: {', '.join(ACTIVATIONS)}")
    return found


def _activations(cell: Any) -> dict[str, str]:
    named = {name: getattr(cell, name, None) for name in ("activation", "recurrent_activation")}
    return {name: function.__name__ for name, function in named.items() if function is not None}


def _batch(inputs: Any) -> Any:
    """입력을 샘플 하나짜리 배치로."""
    import numpy as np

    array = np.asarray(inputs, dtype="float32")
    batch = array[np.newaxis] if array.ndim == 2 else array
    if batch.ndim != 3 or len(batch) != 1:
        raise ValueError(f"입력은 시퀀스 하나여야 합니다. 축이 둘이거나, 배치 크기가 1이어야 합니다: {array.shape}")
    return batch


def _mask(mask: Any) -> Any:
    import numpy as np

    return None if mask is None else np.asarray(mask).astype(bool).reshape(1, -1)


def _split(initial_state: Any, ways: int, batch: Any) -> list[Any]:
    """초기 상태를 방향마다 나눈다. Keras처럼 앞의 절반이 정방향의 것이다."""
    if initial_state is None:
        return [None] * ways
    states = list(initial_state) if isinstance(initial_state, Sequence) else [initial_state]
    each = len(states) // ways
    return [states[way * each : (way + 1) * each] for way in range(ways)]


def _returning(layer: Any, batch: Any, **options: bool) -> Any:
    """가중치가 같고 돌려주는 것만 다른 층."""
    config = layer.get_config()
    inner = [config[name]["config"] for name in ("layer", "backward_layer") if name in config]
    for one in inner or [config]:
        one.update(options)
    made = type(layer).from_config(config)
    made.build(batch.shape)
    made.set_weights(layer.get_weights())
    return made


def _outputs(layer: Any, batch: Any, mask: Any, initial_state: Any) -> Any:
    """타임스텝마다의 출력. 뒤에서부터 읽은 것도 낱말의 자리를 따라 놓는다."""
    import numpy as np

    reading = _returning(layer, batch, return_sequences=True, return_state=False)
    found = np.asarray(reading(batch, mask=mask, initial_state=initial_state))[0]
    return exact(found[::-1] if getattr(layer, "go_backwards", False) else found)


def _way(layer: Any, batch: Any, mask: Any, initial_state: Any) -> dict[str, Any]:
    """한 방향의 층: 무엇을 어떻게 계산하는지와 가중치, 읽은 차례대로의 상태."""
    import numpy as np

    cell, length = layer.cell, batch.shape[1]
    reading = _returning(layer, batch, return_sequences=False, return_state=True, zero_output_for_mask=False)
    kernel, recurrent_kernel, *bias = cell.get_weights()
    states = []
    for count in range(1, length + 1):
        read = slice(length - count, None) if layer.go_backwards else slice(count)
        part = None if mask is None else mask[:, read]
        _, *after = reading(batch[:, read], mask=part, initial_state=initial_state)
        states.append([exact(np.asarray(state)[0]) for state in after])
    start = initial_state or [np.zeros((1, cell.units))] * len(states[0])
    return {
        "kind": KINDS[type(cell).__name__],
        "reset_after": bool(getattr(cell, "reset_after", False)),
        **_activations(cell),
        "backwards": bool(layer.go_backwards),
        "zero": bool(layer.zero_output_for_mask),
        "W": exact(kernel),
        "U": exact(recurrent_kernel),
        "b": exact(np.atleast_2d(bias[0])) if bias else [],
        "initial": [exact(np.asarray(state).reshape(-1)) for state in start],
        "states": states,
    }
