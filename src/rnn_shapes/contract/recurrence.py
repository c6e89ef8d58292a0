"""층이 돌려줄 값을 층 없이 계산한다: 셀을 한 타임스텝씩 부르고, 마스크와 방향, 합치기를 손으로 한다.

잰 형태만으로는 무엇이 들었는지 알 수 없다. 층이 돌려준 값이 여기서 계산한 것과 같을 때만 그 뜻을 적는다.
계산의 차례는 ``keras/src/layers/rnn/``의 ``rnn.py``와 ``bidirectional.py``를 따른다.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

ALL, LAST = "outputs", "last_output"
"""모든 타임스텝의 출력과, 마지막으로 읽은 타임스텝의 출력."""
MERGES: Mapping[str, Callable[[Any, Any], Any]] = {
    "concat": lambda forward, backward: np.concatenate([forward, backward], axis=-1),
    "sum": lambda forward, backward: forward + backward,
    "ave": lambda forward, backward: (forward + backward) / 2,
    "mul": lambda forward, backward: forward * backward,
}


def meanings(
    layer: Any, inputs: Any, outputs: Any, mask: Any, states: Sequence[Any], names: Sequence[str]
) -> tuple[list[str], str]:
    """돌려받은 텐서마다의 뜻을 차례로 적고, 빈자리의 출력이 어떻게 되는지 말한다.

    Args:
        layer: 한 번 부른 순환층이나 ``Bidirectional``.
        inputs: 층에 넣은 텐서.
        outputs: 층이 돌려준 것.
        mask: 층에 넣은 마스크. 넣지 않았으면 ``None``이다.
        states: 층에 넣은 초기 상태를 한 줄로 편 것. 넣지 않았으면 비었다.
        names: 셀 하나의 상태마다의 이름. LSTM이면 h와 c다.

    Returns:
        텐서마다의 뜻과, 빈자리의 출력(``"repeat"``, ``"zero"``). 마스크가 없거나 두 가지가 같으면 빈 글이다.

    Raises:
        ValueError: 돌려받은 값이 손으로 계산한 것과 다를 때.
    """
    found = [np.asarray(value) for value in flat(outputs)]
    matched = {}
    for masked_output in ("repeat", "zero"):
        expected = list(_expected(layer, inputs, mask, states, names, masked_output == "zero"))
        if len(expected) == len(found) and all(
            value.shape == tensor.shape and np.allclose(value, tensor, atol=1e-4)
            for (_, value), tensor in zip(expected, found, strict=True)
        ):
            matched[masked_output] = [name for name, _ in expected]
    if not matched:
        raise ValueError("돌려받은 값이 셀을 한 타임스텝씩 부른 것과 다릅니다")
    return next(iter(matched.values())), next(iter(matched)) if len(matched) == 1 else ""


def step_meanings(returned: Sequence[Any], names: Sequence[str]) -> list[str]:
    """셀을 한 타임스텝 불러 돌려받은 것의 뜻. 출력이 맨 위 셀의 h와 같지 않으면 비었다."""
    output, *states = map(np.asarray, returned)
    cells = len(states) // len(names)
    if not np.array_equal(output, states[-len(names)]):
        return []
    return ["step_output", *_state_names(cells, names)]


def _state_names(cells: int, names: Sequence[str]) -> list[str]:
    """셀이 여럿이면 상태의 이름에 번호를 붙인다."""
    return [f"cell{number} {name}" if cells > 1 else name for number in range(1, cells + 1) for name in names]


def flat(value: Any) -> list[Any]:
    """겹친 묶음을 한 줄로 편다."""
    return [leaf for item in value for leaf in flat(item)] if isinstance(value, list | tuple) else [value]


def _expected(
    layer: Any, inputs: Any, mask: Any, states: Sequence[Any], names: Sequence[str], zero: bool
) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    if not hasattr(layer, "forward_layer"):
        sequence, ends = _run(layer, inputs, mask, states, names, zero)
        yield (ALL, sequence) if layer.return_sequences else (LAST, sequence[:, -1])
        yield from ends if layer.return_state else ()
        return
    half = len(states) // 2
    forward, forward_ends = _run(layer.forward_layer, inputs, mask, states[:half], names, zero)
    backward, backward_ends = _run(layer.backward_layer, inputs, mask, states[half:], names, zero)
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


def _run(
    layer: Any, inputs: Any, mask: Any, states: Sequence[Any], names: Sequence[str], zero: bool
) -> tuple[np.ndarray[Any, Any], list[tuple[str, np.ndarray[Any, Any]]]]:
    """단방향 층의 모든 출력(읽은 차례)과 마지막 상태. 셀이 여럿이면 상태의 이름에 번호가 붙는다."""
    cells = list(getattr(layer.cell, "cells", [layer.cell]))
    given = iter(states)
    memory: list[list[Any]] = [[next(given, None) for _ in names] for _ in cells]
    steps = range(inputs.shape[1])
    collected: list[Any] = []
    for step in reversed(steps) if layer.go_backwards else steps:
        value = inputs[:, step]
        for index, cell in enumerate(cells):
            old = [_zeros(cell, value) if state is None else state for state in memory[index]]
            value, new = cell(value, old)
            new = flat(new)
            if mask is not None:
                new = [_where(mask[:, step], *pair) for pair in zip(new, old, strict=True)]
            memory[index] = new
        if mask is not None:
            held = collected[-1] if collected and not zero else 0 * value
            value = _where(mask[:, step], value, held)
        collected.append(value)
    return np.stack(collected, axis=1), list(
        zip(_state_names(len(cells), names), [np.asarray(state) for state in flat(memory)], strict=True)
    )


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
