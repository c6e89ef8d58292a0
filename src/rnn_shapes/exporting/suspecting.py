"""갈라진 모양에서 까닭을 짐작한다. 짐작은 다시 불러 보고 맞을 때만 말한다."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnn_shapes.exporting import rows, wording
from rnn_shapes.exporting.calling import Side, aligned, run_model
from rnn_shapes.exporting.rows import Row
from rnn_shapes.exporting.states import put, states_of
from rnn_shapes.exporting.trials import AS_GIVEN, PADDED


def suspect(side: Side, found: Sequence[Row], left: Sequence[np.ndarray], tolerance: float) -> str:
    """갈라진 까닭의 짐작. 갈라지지 않았거나 짐작할 수 없으면 빈 글이다."""
    first = next((row for row in found if row.parted), None)
    if first is None:
        return ""
    wrapped = any(type(layer).__name__ == "TimeDistributed" for layer in side.model._flatten_layers())
    if wrapped and ("pfor" in first.message or (first.kind == rows.DIFFERENT and first.message)):
        return wording.TIME_DISTRIBUTED
    if first.kind == rows.STOPPED:
        return _stopped(side, first)
    if first.message:
        return ""
    if first.trial == AS_GIVEN and states_of(side.model):
        return _of_states(side, first, left, tolerance)
    if first.trial == AS_GIVEN:
        return wording.OTHER_WEIGHTS if first.call == 1 else wording.KEEPS
    if first.trial.startswith(PADDED):
        return wording.MASK_DROPPED
    return wording.BY_SIZE


def _stopped(side: Side, first: Row) -> str:
    if "Select TensorFlow op" in first.message or "Flex" in first.message:
        return wording.FLEX
    if first.trial != AS_GIVEN:
        return wording.BY_SIZE
    artifact = side.open()
    names = aligned(side, artifact)
    pairs = zip(names, side.inputs, strict=True)
    wrong = [
        wording.fixed(name, artifact.shapes[name], value.shape)
        for name, value in pairs
        if any(size not in (None, given) for size, given in zip(artifact.shapes[name], value.shape, strict=False))
    ]
    return " ".join(wrong)


def _of_states(side: Side, first: Row, left: Sequence[np.ndarray], tolerance: float) -> str:
    """상태 유지 모델의 파일이 갈라진 까닭."""
    if first.call > 1:
        return wording.FORGETS if _starts_anew(side, first.call, tolerance) else wording.OTHER_STATE
    starts = any(np.any(value != 0) for value in left) and _alike(_from(side, left), _artifact(side, 1), tolerance)
    return wording.BAKED if starts else wording.WEIGHTS_OR_STATE


def _starts_anew(side: Side, call: int, tolerance: float) -> bool:
    """``call``번째의 답이, 상태를 비우고 부른 모델의 답과 같은가."""
    return _alike(_from(side, None), _artifact(side, call), tolerance)


def _from(side: Side, start: Sequence[np.ndarray] | None) -> Any:
    put(states_of(side.model), start)
    return run_model(side, side.inputs)[0]


def _artifact(side: Side, call: int) -> Any:
    artifact = side.open()
    given = dict(zip(aligned(side, artifact), side.inputs, strict=True))
    for _ in range(call - 1):
        artifact.run(given)
    return artifact.run(given)


def _alike(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray], tolerance: float) -> bool:
    return rows.difference(ours, theirs)[0] <= 10 * tolerance
