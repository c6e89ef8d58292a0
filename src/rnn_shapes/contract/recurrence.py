"""층이 돌려줄 값을 층 없이 계산한다: 셀을 한 타임스텝씩 부르고, 마스크와 방향, 합치기를 손으로 한다.

잰 형태만으로는 무엇이 들었는지 알 수 없다. 층이 돌려준 값이 여기서 계산한 것과 같을 때만 그 뜻을 적는다.
계산의 차례는 ``keras/src/layers/rnn/``의 ``rnn.py``와 ``bidirectional.py``를 따른다.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from rnn_shapes.contract.rules import MASK_KEPT, NOT_REVERSED, OTHER_MASK, OTHER_VALUES, ZEROED_LAST

Array: TypeAlias = "np.ndarray[Any, Any]"

ALL, LAST = "outputs", "last_output"
"""모든 타임스텝의 출력과, 마지막으로 읽은 타임스텝의 출력."""
REPEAT, ZERO = "repeat", "zero"
"""빈자리의 출력은 앞서 읽은 출력을 되풀이하거나(읽은 것이 없으면 0), 언제나 0이다."""
MERGES: Mapping[str, Callable[[Any, Any], Any]] = {
    "concat": lambda forward, backward: np.concatenate([forward, backward], axis=-1),
    "sum": lambda forward, backward: forward + backward,
    "ave": lambda forward, backward: (forward + backward) / 2,
    "mul": lambda forward, backward: forward * backward,
}


@dataclass(frozen=True)
class Call:
    """층을 한 번 부른 것."""

    layer: Any
    """한 번 부른 순환층이나 ``Bidirectional``."""
    inputs: Any
    outputs: Any
    names: Sequence[str]
    """셀 하나의 상태마다의 이름. LSTM이면 h와 c다."""
    mask: Any = None
    states: Sequence[Any] = ()
    """층에 넣은 초기 상태를 한 줄로 편 것. 넣지 않았으면 비었다."""

    @property
    def returned_mask(self) -> Any:
        """첫 출력에 딸린 마스크. 없으면 ``None``이다."""
        return getattr(flat(self.outputs)[0], "_keras_mask", None)


@dataclass(frozen=True)
class Interpretation:
    """돌려받은 값이 무엇인지 비교해 안 것."""

    meanings: tuple[str, ...] = ()
    """텐서마다의 뜻. 값이 뜻대로가 아니면 비었다."""
    masked_output: str = ""
    """빈자리의 출력. 마스크가 없거나, 빈자리의 출력을 돌려받지 않으면 비었다."""
    wrong: tuple[str, ...] = ()
    """오류 없이 틀린 것(``rules.FAULTS``)."""


def interpret(call: Call) -> Interpretation:
    """돌려받은 값을 셀을 한 타임스텝씩 부른 것과 비교한다."""
    matched = {fill: names for fill in (REPEAT, ZERO) if (names := _match(call, fill))}
    wrong = _mask_fault(call)
    if not matched:
        return Interpretation(wrong=(NOT_REVERSED if _match(call, NOT_REVERSED) else OTHER_VALUES, *wrong))
    masked = ""
    if call.mask is not None:
        # 두 가지가 같으면, 돌려받은 빈자리는 모두 0이거나 하나도 없다.
        masked = next(iter(matched)) if len(matched) == 1 else ZERO if call.layer.return_sequences else ""
    if masked == ZERO and not call.layer.return_sequences:
        wrong = (*wrong, ZEROED_LAST)
    return Interpretation(next(iter(matched.values())), masked, wrong)


def _mask_fault(call: Call) -> tuple[str, ...]:
    """출력에 딸린 마스크가 출력의 차례와 다르면 무엇이 틀렸는지."""
    if call.mask is None or call.returned_mask is None:
        return ()
    given, returned = np.asarray(call.mask), np.asarray(call.returned_mask)
    backwards = getattr(call.layer, "forward_layer", call.layer).go_backwards
    if np.array_equal(returned, given[:, ::-1] if backwards else given):
        return ()
    return (MASK_KEPT if np.array_equal(returned, given) else OTHER_MASK,)


def _match(call: Call, fill: str) -> tuple[str, ...]:
    """빈자리를 ``fill``처럼 채운 것과 같으면 텐서마다의 뜻, 다르면 빈 묶음."""
    found = [np.asarray(value) for value in flat(call.outputs)]
    expected = list(_expected(call, fill))
    same = len(expected) == len(found) and all(
        value.shape == tensor.shape and np.allclose(value, tensor, atol=1e-4)
        for (_, value), tensor in zip(expected, found, strict=True)
    )
    return tuple(name for name, _ in expected) if same else ()


def interpret_step(returned: Sequence[Any], names: Sequence[str]) -> Interpretation:
    """셀을 한 타임스텝 불러 돌려받은 것. 출력은 맨 위 셀의 h와 같아야 한다."""
    output, *states = map(np.asarray, returned)
    if not np.array_equal(output, states[-len(names)]):
        return Interpretation(wrong=(OTHER_VALUES,))
    return Interpretation(("step_output", *_state_names(len(states) // len(names), names)))


def _state_names(cells: int, names: Sequence[str]) -> list[str]:
    """셀이 여럿이면 상태의 이름에 번호를 붙인다."""
    return [f"cell{number} {name}" if cells > 1 else name for number in range(1, cells + 1) for name in names]


def flat(value: Any) -> list[Any]:
    """겹친 묶음을 한 줄로 편다."""
    return [leaf for item in value for leaf in flat(item)] if isinstance(value, list | tuple) else [value]


def _expected(call: Call, fill: str) -> Iterator[tuple[str, Array]]:
    layer = call.layer
    if not hasattr(layer, "forward_layer"):
        sequence, ends = _run(call, layer, call.states, fill)
        yield (ALL, sequence) if layer.return_sequences else (LAST, sequence[:, -1])
        yield from ends if layer.return_state else ()
        return
    half = len(call.states) // 2
    forward, forward_ends = _run(call, layer.forward_layer, call.states[:half], fill)
    backward, backward_ends = _run(call, layer.backward_layer, call.states[half:], fill)
    if layer.return_sequences:
        name, pair = ALL, (forward, backward[:, ::-1])
    else:
        name, pair = LAST, (forward[:, -1], backward[:, -1])
    if layer.merge_mode is None:
        yield f"forward {name}", pair[0]
        yield f"backward {name}", pair[1]
    else:
        yield f"{layer.merge_mode} {name}", MERGES[layer.merge_mode](*pair)
    if layer.return_state:
        yield from ((f"forward {name}", value) for name, value in forward_ends)
        yield from ((f"backward {name}", value) for name, value in backward_ends)


def _run(call: Call, layer: Any, states: Sequence[Any], fill: str) -> tuple[Array, list[tuple[str, Array]]]:
    """단방향 층의 모든 출력(읽은 차례)과 마지막 상태. 셀이 여럿이면 상태의 이름에 번호가 붙는다."""
    cells = list(getattr(layer.cell, "cells", [layer.cell]))
    given = iter(states)
    memory: list[list[Any]] = [[next(given, None) for _ in call.names] for _ in cells]
    steps = range(call.inputs.shape[1])
    collected: list[Any] = []
    for step in reversed(steps) if layer.go_backwards else steps:
        kept = None if call.mask is None else call.mask[:, step]
        value = call.inputs[:, step]
        for index, cell in enumerate(cells):
            value, memory[index] = _step(cell, value, memory[index], kept)
        if kept is not None:
            held = collected[-1] if collected and fill != ZERO else 0 * value
            value = _where(kept, value, held)
        collected.append(value)
    if call.mask is not None and fill == NOT_REVERSED:
        collected = [_where(call.mask[:, step], value, 0 * value) for step, value in enumerate(collected)]
    names = _state_names(len(cells), call.names)
    return np.stack(collected, axis=1), list(zip(names, map(np.asarray, flat(memory)), strict=True))


def _step(cell: Any, value: Any, memory: Sequence[Any], kept: Any) -> tuple[Any, list[Any]]:
    """셀 하나의 한 타임스텝. 빈자리에서는 상태가 그대로다."""
    old = [_zeros(cell, value) if state is None else state for state in memory]
    output, new = cell(value, old)
    new = flat(new)
    return output, new if kept is None else [_where(kept, *pair) for pair in zip(new, old, strict=True)]


def _zeros(cell: Any, value: Any) -> Any:
    import tensorflow as tf

    if hasattr(cell, "units"):
        return tf.zeros([value.shape[0], cell.units])
    shrink = 0 if cell.padding == "same" else 1
    space = [axis - shrink * (side - 1) for axis, side in zip(value.shape[1:-1], cell.kernel_size, strict=True)]
    return tf.zeros([value.shape[0], *space, cell.filters])


def _where(kept: Any, new: Any, old: Any) -> Any:
    """빈자리에서는 옛 값을 그대로 둔다."""
    import tensorflow as tf

    return tf.where(tf.reshape(kept, [-1, *[1] * (len(new.shape) - 1)]), new, old)
