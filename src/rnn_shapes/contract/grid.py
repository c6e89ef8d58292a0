"""재어 볼 경우를 모두 늘어놓는다. 무엇을 촘촘히 재고 무엇을 성기게 재는지가 여기서 정해진다."""

import itertools
from collections.abc import Iterator
from typing import Any

from rnn_shapes.contract.cases import (
    BOTH_WAYS,
    CHOICES,
    DEFAULTS,
    INPUTS,
    LAYERS,
    OF_CELL,
    RECURRENT,
    STACKS,
    STATE_FORMS,
    STEPS,
    Case,
    Layer,
)


def cases() -> Iterator[Case]:
    """재어 볼 모든 경우. 같은 것은 한 번만 나온다."""
    seen = set()
    for case in itertools.chain(*map(_of_layer, LAYERS)):
        if case.name not in seen:
            seen.add(case.name)
            yield case


RETURNS = [
    {name: True for name, on in zip(("return_sequences", "return_state"), pair, strict=True) if on}
    for pair in itertools.product((False, True), repeat=2)
]


def _of_layer(name: str) -> Iterator[Case]:
    layer = LAYERS[name]
    if not layer.states:
        for inputs in INPUTS:
            yield Case(name, inputs=inputs)
            yield Case(name, dict.fromkeys(layer.options, True), inputs=inputs)
        if name == "TimeDistributed":
            yield Case(name, mask=True)
        return
    for wrap in layer.wraps:
        if wrap in STEPS:
            for options in ({}, *_cell_options(layer)):
                yield from (Case(name, options, wrap, inputs) for inputs in ("tensor", "input"))
            continue
        for merge in CHOICES["merge_mode"] if wrap in BOTH_WAYS else ("concat",):
            for returns in RETURNS:
                yield Case(name, returns if merge == "concat" else {**returns, "merge_mode": merge}, wrap)
        yield from _more(name, wrap)
        if name == "ConvLSTM1D" and wrap == "layer":
            yield from _refusals(name, wrap)


def _cell_options(layer: Layer) -> Iterator[dict[str, Any]]:
    """가중치를 바꾸는 옵션의 모든 짝."""
    names = [option for option in OF_CELL if option in layer.options]
    for values in itertools.product((True, False), repeat=len(names)):
        if not all(values):
            yield {option: value for option, value in zip(names, values, strict=True) if not value}


def _more(name: str, wrap: str) -> Iterator[Case]:
    """돌려받을 것 말고 다른 옵션과 입력의 꼴, 초기 상태.

    자주 쓰는 것은 촘촘히, 그것을 달리 쓴 것은 성기게 잰다. 옵션이 서로 얽히지 않는다는 것은 시험이 아무 조합이나
    찍어 다시 재며 확인한다.
    """
    dense = wrap in ("layer", "Bidirectional") and name in RECURRENT
    neither, *_, both = RETURNS
    if name in ("ConvLSTM2D", "ConvLSTM3D"):  # 공간의 축만 다르다: 차원이 하나인 것을 촘촘히 잰다
        for options in ({"use_bias": False}, {"padding": "same"}):
            yield Case(name, {**both, **options}, wrap, mask=True)
        yield from (Case(name, both, wrap, inputs) for inputs in ("input", "any_length"))
        return
    flips: dict[str, Any] = {
        option: CHOICES[option][1] if option in CHOICES else not DEFAULTS[option]
        for option in LAYERS[name].options
        if option not in ("return_sequences", "return_state", "merge_mode")
    }
    if wrap == "backward_layer":
        del flips["go_backwards"]  # 역방향 층에 이미 있다
    for options in _cell_options(LAYERS[name]):
        yield Case(name, {**both, **options}, wrap)
    for option, value in flips.items():
        if dense or option == "padding":
            yield Case(name, {**both, option: value}, wrap, mask=option == "zero_output_for_mask")
    for returns in RETURNS if dense else (neither, both):
        yield Case(name, returns, wrap, mask=True)
        yield Case(name, returns, wrap, "input")
    unusual = ("use_bias", "unroll", "go_backwards")
    together = {option: value for option, value in flips.items() if option in unusual}
    yield Case(name, {**both, **together}, wrap, mask=True)
    yield Case(name, both, wrap, initial_state="list")
    yield Case(name, {"stateful": True, "return_state": True}, wrap, "batch_input")
    if wrap == "backward_layer":
        yield Case(name, {**both, "merge_mode": None}, wrap, "input")
    if dense:
        yield Case(name, {"zero_output_for_mask": True}, wrap, mask=True)
        yield from _refusals(name, wrap)
    if dense or wrap == "RNN_list":
        for form in STATE_FORMS:
            if form not in ("flat", "nested") or wrap in STACKS:
                yield Case(name, {"return_state": True}, wrap, initial_state=form)


def _refusals(name: str, wrap: str) -> Iterator[Case]:
    """거절되거나, 받아들이지만 값이 틀릴 만한 조합과 그 이웃."""
    both = RETURNS[-1]
    for inputs in ("input", "batch_input", "any_length", "tensor"):
        yield Case(name, {"stateful": True}, wrap, inputs)
        yield Case(name, {"unroll": True}, wrap, inputs)
    yield Case(name, {**both, "unroll": True}, wrap, mask=True)
    yield Case(name, {"unroll": True}, wrap, mask=True)
    yield Case(name, {**both, "go_backwards": True}, wrap, mask=True)
    yield Case(name, {"go_backwards": True}, wrap)
    yield Case(name, both, wrap, "any_length")
    yield Case(name, both, wrap, "batch_input", mask=True, initial_state="list")
