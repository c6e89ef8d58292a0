"""비교하지 않았거나, 비교해도 드러나지 않는 것을 알린다."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from rnn_shapes.exporting import wording
from rnn_shapes.exporting.calling import Side, aligned, run_model
from rnn_shapes.exporting.running import Artifact
from rnn_shapes.exporting.states import put, states_of
from rnn_shapes.exporting.trials import holds_ids


def notice(side: Side, calls: int) -> Iterator[str]:
    """알릴 것을 차례로 낸다. 파일이 준 입력을 받을 때만 부른다."""
    artifact = side.opened()
    names = aligned(side, artifact)
    yield from _not_tried(side, artifact, names)
    yield from _other_kind(side, artifact, names)
    yield from _one_sample(side, names)
    if len(artifact.endpoints) > 1:
        yield wording.other_endpoints(artifact.endpoints)
    if calls == 1 and states_of(side.model):
        yield wording.ONE_CALL
    yield from _of_model(side)


def _not_tried(side: Side, artifact: Artifact, names: list[str]) -> Iterator[str]:
    """모델은 어느 크기든 받는데 파일이 정해 둔 입력."""
    for name, ours, value in zip(names, side.model_shapes(), side.inputs, strict=True):
        theirs = artifact.shapes[name]
        batch, *rest = (one is None and other is not None for one, other in zip(ours, theirs, strict=False))
        timed = bool(rest) and rest[0] and (value.ndim > 2 or value.dtype == bool or holds_ids(value))
        if batch or timed:
            yield wording.not_tried(name, theirs, timed)


def _other_kind(side: Side, artifact: Artifact, names: list[str]) -> Iterator[str]:
    """정수를 실수로 받는 것처럼, 준 것과 다른 타입으로 받는 입력."""
    for name, value in zip(names, side.inputs, strict=True):
        theirs = artifact.dtypes[name]
        kinds = [np.dtype(one).kind.replace("u", "i") for one in (theirs, value.dtype) if str(one) in np.sctypeDict]
        if len(set(kinds)) > 1:
            yield wording.other_kind(name, theirs, str(value.dtype))


def _one_sample(side: Side, names: list[str]) -> Iterator[str]:
    """배치 크기가 정해진 파일에 하나만 넣으면, 멈추지 않고 여러 개를 답하는가."""
    batch = len(side.inputs[0])
    known = [*side.model_shapes(), *side.opened().shapes.values()]
    if batch == 1 or not any(shape[:1] == (batch,) for shape in known):
        return
    try:
        answers = side.open().run({name: value[:1] for name, value in zip(names, side.inputs, strict=True)})
    except Exception:
        return  # 멈추면 쓰는 사람이 안다
    if any(one.shape[:1] == (batch,) for one in answers):
        yield wording.one_sample(batch)


def _of_model(side: Side) -> Iterator[str]:
    """모델과 파일이 함께 틀려서, 비교해도 같은 것."""
    put(states_of(side.model))
    if not all(np.isfinite(one).all() for one in run_model(side, side.inputs)[0] if one.dtype.kind == "f"):
        yield wording.NOT_NUMBERS
    layers = list(side.model._flatten_layers())
    embeds = any(type(layer).__name__ == "Embedding" for layer in layers)
    if embeds and any(value.min() < 0 for value in side.inputs if holds_ids(value)):
        yield wording.NEGATIVE_IDS
    if any("hard_sigmoid" in _activations(layer) for layer in layers):
        yield wording.HARD_SIGMOID


def _activations(layer: Any) -> set[str]:
    """층이 쓰는 활성화 함수의 이름."""
    found = (getattr(layer, name, None) for name in ("activation", "recurrent_activation"))
    return {str(getattr(one, "__name__", "")) for one in found}
