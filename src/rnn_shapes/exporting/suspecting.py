"""갈라진 모양에서 까닭을 짐작한다. 짐작은 다시 불러 보고 맞을 때만 말한다."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnn_shapes.exporting import rows, wording
from rnn_shapes.exporting.calling import Side, aligned, run_model
from rnn_shapes.exporting.rows import Row
from rnn_shapes.exporting.states import put, states_of
from rnn_shapes.exporting.trials import AS_GIVEN, PADDED

HALF, DOUBLE = {"float16", "bfloat16"}, {"float64"}
NEAR = 0.05
"""출력의 크기에 비해 이보다 조금 다르면, 계산이나 가중치가 덜 정밀한 것일 수 있다."""


def suspect(side: Side, found: Sequence[Row], left: Sequence[np.ndarray], tolerance: float) -> str:
    """갈라진 까닭의 짐작. 갈라지지 않았거나 짐작할 수 없으면 빈 글이다."""
    first = next((row for row in found if row.parted), None)
    if found[0].kind == rows.ALIKE or (first is found[0] and first.kind == rows.DIFFERENT):
        put(states_of(side.model))
        if refused := run_model(side, side.inputs)[1]:
            return wording.MODEL_REFUSES if first else wording.model_refuses(refused)
    if first is None:
        return ""
    wrapped = any(type(layer).__name__ == "TimeDistributed" for layer in side.model._flatten_layers())
    if wrapped and ("pfor" in first.message or (first.kind == rows.DIFFERENT and first.message)):
        return wording.TIME_DISTRIBUTED
    if first.kind == rows.STOPPED:
        return _stopped(side, first)
    if first is found[0] and (order := _permuted(side, tolerance)):
        return wording.permuted(order)
    if first.message:
        return _fixed(side) or wording.OTHER_SHAPE if first.trial == AS_GIVEN else wording.BY_SIZE
    if first.trial == AS_GIVEN and states_of(side.model):
        return _of_states(side, first, left, tolerance)
    if first.trial == AS_GIVEN:
        return _precision(side, first) or wording.OTHER_WEIGHTS if first.call == 1 else wording.KEEPS
    if first.trial.startswith(PADDED):
        return wording.MASK_DROPPED
    return wording.BY_SIZE


def unreadable(side: Side, kind: str, error: Exception) -> str:
    """열리지도 않는 파일의 까닭."""
    if name := dtypes_of(side.model) & (HALF | DOUBLE):
        return wording.unsupported(min(name))
    return "" if isinstance(error, ValueError) and wording.ADVISED in str(error) else wording.unreadable(kind)


def dtypes_of(model: Any) -> set[str]:
    """층이 계산하는 타입."""
    return {str(getattr(layer, "compute_dtype", "")) for layer in model._flatten_layers()}


def _stopped(side: Side, first: Row) -> str:
    if first.trial != AS_GIVEN:
        return wording.BY_SIZE
    precise = dtypes_of(side.model) & (HALF | DOUBLE)
    if precise and not _fixed(side):
        return wording.unsupported(min(precise))
    if "Select TensorFlow op" in first.message or "Flex" in first.message:
        return wording.FLEX
    return _fixed(side)


def _fixed(side: Side) -> str:
    """준 입력이 파일에 정해진 크기와 다르면 그 말."""
    artifact = side.open()
    names = aligned(side, artifact)
    wrong = [
        wording.fixed(name, artifact.shapes[name], value.shape)
        for name, value in zip(names, side.inputs, strict=True)
        if len(artifact.shapes[name]) != value.ndim
        or any(size not in (None, given) for size, given in zip(artifact.shapes[name], value.shape, strict=False))
    ]
    return " ".join(wrong)


def _permuted(side: Side, tolerance: float) -> list[int]:
    """모델의 출력마다, 그것과 같은 파일의 출력의 번호. 모두 꼭 하나씩 있지 않으면 비었다."""
    ours, theirs = _from(side, None), _artifact(side, 1)
    places = [[place for place, other in enumerate(theirs) if _alike([one], [other], tolerance)] for one in ours]
    order = [found[0] for found in places if len(found) == 1]
    return order if sorted(order) == list(range(len(ours))) == list(range(len(theirs))) else []


def _precision(side: Side, first: Row) -> str:
    """덜 정밀해서 조금 다른 것일 때의 말."""
    if first.share > NEAR:
        return ""
    half = dtypes_of(side.model) & HALF
    return wording.half(min(half)) if half else wording.SLIGHTLY


def _of_states(side: Side, first: Row, left: Sequence[np.ndarray], tolerance: float) -> str:
    """상태 유지 모델의 파일이 갈라진 까닭."""
    if first.call > 1:
        return wording.FORGETS if _starts_anew(side, first.call, tolerance) else wording.OTHER_STATE
    if any(np.any(value != 0) for value in left) and _alike(_from(side, left), _artifact(side, 1), tolerance):
        return wording.BAKED
    half = dtypes_of(side.model) & HALF
    return _precision(side, first) if half and first.share <= NEAR else wording.WEIGHTS_OR_STATE


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
    return rows.difference(ours, theirs).share <= 10 * tolerance
