"""기록한 것을 표의 줄로 옮긴다: 반복은 한 줄로 접고, 층 사이의 계산은 이어진 것끼리 묶는다."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rnn_shapes.tracing import kinds, masks
from rnn_shapes.tracing.naming import Names
from rnn_shapes.tracing.recording import QUIET, Call, Computation, flat, mask_of

OUTSIDE = "층이 아닌 계산"
MOST_NAMES = 4
"""한 줄에 적는 연산의 이름의 수."""


@dataclass(frozen=True)
class Row:
    """표의 한 줄: 층을 한 번 부른 것이나, 층 사이의 계산."""

    depth: int
    """얼마나 안쪽인가. 맨 바깥이 0이다."""
    name: str
    """층의 이름. 계산이면 비었다."""
    kind: str
    """층의 클래스나, 계산에 쓴 연산의 이름."""
    inputs: str
    outputs: str
    states: str = ""
    """순환층과 셀의 상태가 무엇에서 시작하고, 무엇을 돌려주는가."""
    mask: str = ""
    """마스크가 어떻게 되는가. 생김, 넘김, 쓰고 끝남, 끊김, 말없이 끊김 가운데 하나이거나 비었다."""
    times: int = 1
    """똑같이 되풀이한 횟수. 타임스텝마다 부르는 것처럼 셀 뜻이 없으면 0이다."""
    failed: bool = False
    """여기서 오류가 났는가."""


def rows(call: Call, names: Names, depth: int = 0) -> list[Row]:
    """층을 한 번 부른 것과 그 안의 것."""
    inside = list(_inside(call, names, depth + 1))
    in_loop = isinstance_of_loop(call.layer)
    return [_row(call, names, depth), *(_unique(inside) if in_loop else folded(inside))]


def isinstance_of_loop(layer: Any) -> bool:
    """안의 층을 타임스텝마다 부르는 층인가."""
    return type(layer).__name__ in ("RNN", "StackedRNNCells", "TimeDistributed") and kinds.is_of_keras(layer)


def _inside(call: Call, names: Names, depth: int) -> Iterator[Row]:
    shows = kinds.is_model(call.layer) or any(isinstance(step, Call) for step in call.steps)
    made = {id(output): step for step in call.steps if isinstance(step, Computation) for output in step.outputs}
    told: set[int] = set()
    skipped = _planned(call)
    cells = {id(cell) for cell in getattr(getattr(call.layer, "cell", None), "cells", ())}
    for step in call.steps:
        if not isinstance(step, Call) or id(step) in skipped or id(step.layer) in cells:
            continue  # RNN은 드롭아웃을 준비하면서도 셀을 부른다
        if shows:
            wanted = [*step.inputs, *flat(step.given.get("initial_state"))]
            yield from _computations(wanted, made, told, names, depth)
        yield from _inside(step, names, depth) if cells else rows(step, names, depth)
    if shows:
        yield from _computations(call.outputs, made, told, names, depth)


def _planned(call: Call) -> set[int]:
    """Keras가 층을 지으면서 값 없이 불러 본 것. 짓다가 멈추었으면 그것이 남은 전부라서 빼지 않는다."""
    calls = [step for step in call.steps if isinstance(step, Call)]
    found = {id(step) for step in calls if step.planned and not call.planned}
    return set() if call.error is not None and len(found) == len(calls) else found


def _computations(
    wanted: Sequence[Any], made: dict[int, Computation], told: set[int], names: Names, depth: int
) -> Iterator[Row]:
    """층이 받은 텐서까지, 아직 말하지 않은 계산을 거슬러 모은다."""
    for tensor in wanted:
        chain, sources, waiting = [], [], [tensor]
        while waiting:
            current = waiting.pop()
            step = made.get(id(current))
            if step is None:
                sources.append(current)
            elif id(step) not in told:
                told.add(id(step))
                chain.append(step)
                waiting += step.inputs
        used = [step for step in reversed(chain) if step.name not in QUIET or masks.fate_of(step)]
        if used and any(len(one.shape) for one in sources):
            yield _computation_row(used, sources, tensor, names, depth)


def _computation_row(used: Sequence[Computation], sources: Sequence[Any], made: Any, names: Names, depth: int) -> Row:
    lost = any(masks.fate_of(step) for step in used) and masks.is_sequence(made) and mask_of(made) is None
    batch = tuple(made.shape)[:1]
    # 상수와 크기를 뺀, 배치가 있는 것만 입력이다.
    read = {id(one): one for one in sources if len(one.shape) > 1 and tuple(one.shape)[:1] == batch}
    called = [*dict.fromkeys(step.name for step in used if step.name not in QUIET)] or ["Cast"]
    kind = f"{OUTSIDE}({', '.join(called[:MOST_NAMES])}{', …' * (len(called) > MOST_NAMES)})"
    mask = masks.GONE if lost else ""
    return Row(depth, "", kind, names.shapes(list(read.values())), names.tensor(made), mask=mask)


def _row(call: Call, names: Names, depth: int) -> Row:
    body, returned = _split(call)
    outputs = "오류" if call.error is not None else names.shapes(body)
    mask = masks.fate(call)
    shown = call.output_mask if call.output_mask is not None else call.mask
    if mask in (masks.BORN, masks.KEPT) and hasattr(shown, "shape"):
        mask = f"{mask} {names.shape(tuple(shown.shape))}"
    if mask and masks.is_handed(call):
        mask = f"{masks.HANDED}, {mask}"
    return Row(
        depth,
        call.layer.name,
        kinds.label(call.layer),
        names.shapes(call.inputs, ids=_looks_up(call)),
        outputs,
        _states(call, names, returned),
        mask,
        failed=call.error is not None,
    )


def _looks_up(call: Call) -> bool:
    """번호마다 벡터를 꺼내는 층인가. 함수형 모델은 번호도 실수로 바꾸어 넘긴다."""
    return max((len(one.shape) for one in call.outputs), default=0) > max(
        (len(one.shape) for one in call.inputs), default=0
    )


def _split(call: Call) -> tuple[Sequence[Any], Sequence[Any]]:
    """돌려준 것을 출력과 상태로 나눈다. 셀은 언제나 상태를 돌려준다."""
    returns = getattr(call.layer, "return_state", not kinds.is_recurrent(call.layer))
    if not (returns and kinds.has_states(call.layer) and isinstance(call.returned, tuple)):
        return call.outputs, ()
    count = 2 if getattr(call.layer, "merge_mode", "") is None else 1
    return flat(call.returned[:count]), flat(call.returned[count:])


def _states(call: Call, names: Names, returned: Sequence[Any]) -> str:
    """무엇에서 시작해 무엇을 돌려주는가."""
    if not kinds.has_states(call.layer):
        return ""
    if kinds.is_recurrent(call.layer):
        given = flat(call.given.get("initial_state"))
        start = f"{names.shapes(given)} 받음" if given else "이어받음" if call.layer.stateful else "0에서 시작"
    else:
        start = names.shapes(flat(call.given.get("states", list(call.given.values())[1:2])))
    return f"{start} → {names.shapes(returned)}" if returned else start


def _unique(inside: Sequence[Row]) -> list[Row]:
    """타임스텝마다 되풀이한 것을 처음 나온 한 줄로 접는다."""
    return [replace(row, times=0) for row in dict.fromkeys(inside)]


def folded(inside: Sequence[Row], longest: int = 24) -> list[Row]:
    """똑같은 줄의 묶음이 세 번 넘게 이어지면 한 묶음으로 접고 횟수를 적는다.

    >>> row = Row(0, "a", "Dense", "", "")
    >>> [(one.name, one.times) for one in folded([row] * 5)]
    [('a', 5)]
    """
    kept: list[Row] = []
    place = 0
    while place < len(inside):
        for period in range(1, min(longest, (len(inside) - place) // 3) + 1):
            block, count = inside[place : place + period], 1
            while list(inside[place + count * period : place + (count + 1) * period]) == list(block):
                count += 1
            if count >= 3:
                kept += [replace(row, times=count * row.times) for row in block]
                place += count * period
                break
        else:
            kept.append(inside[place])
            place += 1
    return kept
