"""오류 없이 결과가 틀리는 곳을 찾는다. 부르는 동안 텐서를 따라가며 본다."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_shapes.tracing import kinds, masks, padding, wording
from rnn_shapes.tracing.recording import Call, Computation, Step, flat, mask_of


@dataclass(frozen=True)
class Fault:
    """조용히 틀리는 것 하나."""

    kind: str
    """무엇인지 가리키는 짧은 이름. ``"lost_mask"``처럼 코드에서 견줄 때 쓴다."""
    layer: str
    """어느 층에서인지."""
    message: str
    """무엇이, 왜, 어떻게 고치는지."""


@dataclass(frozen=True)
class Lost:
    """마스크를 잃은 시퀀스."""

    where: str
    mask: Any


class Watcher:
    """계산을 따라가며 잃은 마스크와 가리지 않은 빈자리를 좇는다."""

    def __init__(self) -> None:
        """아직 아무것도 보지 못했다."""
        self.faults: list[Fault] = []
        self._lost: dict[int, Lost] = {}
        self._blanks: dict[int, padding.Places] = {}

    def __call__(self, step: Step, done: bool) -> None:
        """층을 부르기 전에는 층이 받은 것을, 뒤에는 내놓은 것을 본다."""
        if isinstance(step, Computation):
            self._follow(step.inputs, step.outputs, masks.fate_of(step), f"층이 아닌 계산({step.name})")
        elif not done:
            self._note_blanks(step)
            self._check(step)
        elif not kinds.is_model(step.layer):
            self._leave(step)

    def _leave(self, call: Call) -> None:
        fate = masks.fate(call)
        if type(call.layer).__name__ == "Embedding":
            found = [(output, padding.blanks(ids)) for output, ids in zip(call.outputs, call.inputs, strict=False)]
            self._blanks.update({id(output): places for output, places in found if places is not None})
        elif not kinds.ignores_blanks(call.layer):
            self._follow(call.inputs, call.outputs, fate, f"‘{call.layer.name}’ 층")
        elif call.mask is None and not self._told(call):
            self._follow(call.inputs, call.outputs, masks.NONE, "")  # 빈자리를 읽은 출력이 그대로 나온다

    def _told(self, call: Call) -> bool:
        return any(fault.layer == call.layer.name for fault in self.faults)

    def _follow(self, inputs: Any, outputs: Any, fate: str, where: str) -> None:
        """받은 것에 있던 흠을, 같은 배치의 시퀀스로 나온 것에 옮긴다."""
        lost = next((self._lost[id(one)] for one in inputs if id(one) in self._lost), None)
        if fate in (masks.LOST, masks.GONE):
            mask = next((mask_of(one) for one in inputs if mask_of(one) is not None), None)
            lost = Lost(where, mask)
        blank = next((self._blanks[id(one)] for one in inputs if id(one) in self._blanks), None)
        for output in filter(masks.is_sequence, outputs):
            if lost is not None and mask_of(output) is None:
                self._lost[id(output)] = lost
            if blank is not None and tuple(output.shape[:2]) == blank.shape:
                self._blanks[id(output)] = blank

    def _note_blanks(self, call: Call) -> None:
        """모델이 받은 시퀀스의 빈자리. 번호의 빈자리는 ``Embedding``에서 본다."""
        if call.parent is None:
            for tensor in filter(masks.is_sequence, call.inputs):
                places = padding.blanks(tensor)
                if places is not None:
                    self._blanks[id(tensor)] = places

    def _check(self, call: Call) -> None:
        inside = call.parent is not None and type(call.parent.layer).__name__ in ("Bidirectional", "TimeDistributed")
        if kinds.ignores_blanks(call.layer) and not inside and call.inputs:
            self._add(call, self._unmasked(call))
        for find in (_set_aside, _ids, _batch, _mask_order, _zeroed, _mask_length, _given_states, _cells):
            if not (inside and find in (_mask_order, _given_states)):
                self._add(call, find(call))

    def _unmasked(self, call: Call) -> Iterator[tuple[str, str]]:
        """빈자리까지 읽는가: 마스크를 잃었거나, 처음부터 없거나, 있어도 빈자리를 가리지 않는다."""
        lost, blank = self._lost.get(id(call.inputs[0])), self._blanks.get(id(call.inputs[0]))
        mask = call.mask
        if mask is None and lost is not None:
            hidden = padding.as_mask(lost.mask)
            yield "lost_mask", wording.lost(lost.where, hidden is not None and bool(hidden.all()))
        elif blank is not None:
            kept = None if mask is None else padding.as_mask(mask)
            if mask is None or (kept is not None and kept.shape == blank.shape and (kept & blank).any()):
                reading = _reading(call.layer, padding.at_end(blank))
                if reading:
                    yield "padding", wording.unmasked(padding.at_end(blank), reading, mask is not None)

    def _add(self, call: Call, found: Iterator[tuple[str, str]]) -> None:
        for kind, message in found:
            fault = Fault(kind, call.layer.name, message)
            if fault not in self.faults:
                self.faults.append(fault)


def _reading(layer: Any, at_end: bool) -> str:
    """가리지 않은 빈자리가 무엇을 틀리게 하는가. 틀리게 하는 것이 없으면 비었다."""
    if not kinds.is_recurrent(layer):
        return wording.AVERAGED
    if hasattr(layer, "forward_layer"):
        return wording.BOTH_WAYS
    if at_end == layer.go_backwards:
        return wording.READ_FIRST
    only_outputs = layer.return_sequences and not layer.return_state
    return "" if only_outputs else wording.READ_LAST


def _set_aside(call: Call) -> Iterator[tuple[str, str]]:
    kept = padding.as_mask(call.mask) if masks.is_set_aside(call) else None
    if kept is None:
        return
    nothing_hidden = bool(kept.all())
    if _reading(call.layer, nothing_hidden or padding.at_end(~kept)):  # 뒤를 채우고 출력만 쓰는 디코더는 탈이 없다
        yield "lost_mask", wording.set_aside(nothing_hidden)


def _ids(call: Call) -> Iterator[tuple[str, str]]:
    if type(call.layer).__name__ == "Embedding" and call.inputs and hasattr(call.layer, "input_dim"):
        ids = np.asarray(call.inputs[0])
        outside = ids[(ids < 0) | (ids >= call.layer.input_dim)]
        if outside.size:
            yield "ids", wording.outside(sorted({int(one) for one in outside.ravel()}), call.layer.input_dim)


def _batch(call: Call) -> Iterator[tuple[str, str]]:
    states = flat(getattr(call.layer, "states", None) or ())
    if getattr(call.layer, "stateful", False) and states and call.inputs:
        kept, given = states[0].shape[0], call.inputs[0].shape[0]
        if kept != given:
            yield "partial_batch", wording.batch(kept, given)


def _mask_order(call: Call) -> Iterator[tuple[str, str]]:
    """거꾸로 읽는 층의 출력은 뒤집혀 나오지만 마스크는 뒤집히지 않는다."""
    layer, mask = call.layer, None if call.mask is None else padding.as_mask(call.mask)
    if mask is None or not (getattr(layer, "go_backwards", False) and getattr(layer, "return_sequences", False)):
        return
    if not np.array_equal(mask, mask[:, ::-1]):
        yield "mask_order", wording.BACKWARDS
        if layer.unroll and layer.zero_output_for_mask:
            yield "zeroed", wording.UNROLLED


def _zeroed(call: Call) -> Iterator[tuple[str, str]]:
    layer, mask = call.layer, None if call.mask is None else padding.as_mask(call.mask)
    if mask is None or not getattr(layer, "zero_output_for_mask", False) or layer.return_sequences:
        return
    last = mask[:, 0 if layer.go_backwards else -1]
    if not last.all():
        yield "zeroed", wording.zeroed(int((~last).sum()))


def _mask_length(call: Call) -> Iterator[tuple[str, str]]:
    given = [mask for mask in flat(call.given.get("mask")) if len(mask.shape) == 2]
    if kinds.is_recurrent(call.layer) and given and call.inputs:
        length, wanted = given[0].shape[1], call.inputs[0].shape[1]
        if length != wanted:
            yield "mask_length", wording.length(length, wanted)


def _given_states(call: Call) -> Iterator[tuple[str, str]]:
    """초기 상태가 남거나, 양방향에 텐서 하나를 준 것. 둘 다 Keras는 말없이 받는다."""
    given = call.given.get("initial_state")
    if given is None or not kinds.is_recurrent(call.layer):
        return
    count, wanted = len(flat(given)), kinds.state_count(call.layer)
    if hasattr(given, "shape") and hasattr(call.layer, "forward_layer"):
        yield "states", wording.SPLIT
    elif wanted is not None and count > wanted:
        yield "states", wording.spare(count, wanted)


def _cells(call: Call) -> Iterator[tuple[str, str]]:
    cells = getattr(getattr(call.layer, "cell", None), "cells", ())
    if len({id(cell) for cell in cells}) < len(cells):
        yield "cells", wording.SHARED
    if len(cells) == 1 and call.mask is not None and not getattr(call.layer, "unroll", False):
        yield "cells", wording.ONE_CELL
