"""재어 볼 경우를 모두 늘어놓는다. 무엇을 촘촘히 재고 무엇을 성기게 재는지가 여기서 정해진다."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rnn_shapes.contract.cases import (
    BOTH_WAYS,
    CHOICES,
    DEFAULTS,
    INPUTS,
    LAYERS,
    OF_CELL,
    STACKS,
    STEPS,
    Case,
    Layer,
    options_of,
)
from rnn_shapes.contract.code import STATE_FORMS
from rnn_shapes.contract.rules import RULES, TRAPS, Rule

RETURNS: list[dict[str, Any]] = [
    {name: True for name, on in zip(("return_sequences", "return_state"), pair, strict=True) if on}
    for pair in itertools.product((False, True), repeat=2)
]
NEITHER, *_, BOTH = RETURNS


def cases() -> Iterator[Case]:
    """재어 볼 모든 경우. 같은 것은 한 번만 나온다."""
    seen = set()
    for case in itertools.chain(*map(_of_layer, LAYERS)):
        if case.name not in seen:
            seen.add(case.name)
            yield case


def _of_layer(name: str) -> Iterator[Case]:
    layer = LAYERS[name]
    if not layer.states:
        for settings in _combined({"inputs": INPUTS, **dict.fromkeys(layer.settings, (False, True))}):
            yield _case(name, "layer", settings)
        return
    for wrap in layer.wraps:
        if wrap in STEPS:
            for options in ({}, *_cell_options(layer)):
                yield from (Case(name, options, wrap, inputs) for inputs in ("tensor", "input"))
            continue
        for merge in CHOICES["merge_mode"] if wrap in BOTH_WAYS else ("concat",):
            yield from (Case(name, _merged(returns, merge), wrap) for returns in RETURNS)
        yield from _few(name, wrap) if name in ("ConvLSTM2D", "ConvLSTM3D") else _many(name, wrap)


def _merged(options: Mapping[str, Any], merge: Any) -> dict[str, Any]:
    return dict(options) if merge == "concat" else {**options, "merge_mode": merge}


def _combined(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """이름마다 값을 하나씩 고르는 모든 길."""
    for chosen in itertools.product(*values.values()):
        yield dict(zip(values, chosen, strict=True))


def _case(name: str, wrap: str, settings: Mapping[str, Any]) -> Case:
    """설정을 한데 적은 것에서 만든 경우."""
    options = {key: settings[key] for key in DEFAULTS if settings.get(key, DEFAULTS[key]) != DEFAULTS[key]}
    rest = {key: settings[key] for key in ("inputs", "mask", "initial_state") if key in settings}
    return Case(name, options, wrap, **rest)


def _cell_options(layer: Layer) -> Iterator[dict[str, Any]]:
    """가중치를 바꾸는 옵션의 모든 짝."""
    names = [option for option in OF_CELL if option in layer.settings]
    for values in itertools.product((True, False), repeat=len(names)):
        if not all(values):
            yield {option: value for option, value in zip(names, values, strict=True) if not value}


def _few(name: str, wrap: str) -> Iterator[Case]:
    """공간의 축만 다른 층. 차원이 하나인 것을 촘촘히 잰다."""
    for options in ({"use_bias": False}, {"padding": "same"}):
        yield Case(name, {**BOTH, **options}, wrap, mask=True)
    yield from (Case(name, BOTH, wrap, inputs) for inputs in ("input", "any_length"))


def _many(name: str, wrap: str) -> Iterator[Case]:
    """돌려받을 것 말고 다른 옵션과 입력의 꼴, 초기 상태.

    자주 쓰는 것은 촘촘히, 그것을 달리 쓴 것은 성기게 잰다. 옵션이 서로 얽히지 않는다는 것은 시험이 아무 조합이나
    찍어 다시 재며 확인한다.
    """
    dense = wrap in ("layer", "Bidirectional")
    flips: dict[str, Any] = {
        option: values[1]
        for option, values in options_of(name, wrap).items()
        if option in DEFAULTS and option not in (*BOTH, "merge_mode")
    }
    for options in _cell_options(LAYERS[name]):
        yield Case(name, {**BOTH, **options}, wrap)
    for option, value in flips.items():
        if dense or option == "padding":
            yield Case(name, {**BOTH, option: value}, wrap, mask=option == "zero_output_for_mask")
    for returns in RETURNS if dense else (NEITHER, BOTH):
        yield Case(name, returns, wrap, mask=True)
        yield Case(name, returns, wrap, "input")
    together: dict[str, Any] = {
        option: flips[option] for option in ("use_bias", "unroll", "go_backwards") if option in flips
    }
    yield Case(name, {**BOTH, **together}, wrap, mask=True)
    yield Case(name, BOTH, wrap, initial_state="list")
    yield Case(name, {"stateful": True, "return_state": True}, wrap, "batch_input")
    if wrap == "backward_layer":
        yield Case(name, {**BOTH, "merge_mode": None}, wrap, "input")
        for merge in CHOICES["merge_mode"][1:-1]:
            yield from (Case(name, _merged(returns, merge), wrap, same_units=True) for returns in RETURNS)
            yield Case(name, _merged(BOTH, merge), wrap, "input", same_units=True)
    yield from _state_forms(name, wrap)
    yield from _masked(name, wrap)
    if name != "GRU":  # GRU가 시간을 따라 도는 코드는 상태가 하나인 SimpleRNN과 같다
        traps = [rule for rule in TRAPS if dense or wrap in rule.when.get("wrap", ())]
        for rule in (*RULES, *traps):
            yield from _around(rule, name, wrap)
    if name == "LSTM" and wrap in ("layer", "RNN_list", "Bidirectional"):
        yield from _pairs(name, wrap)


def _state_forms(name: str, wrap: str) -> Iterator[Case]:
    """초기 상태를 적는 방식."""
    if LAYERS[name].family == "recurrent" and wrap in ("layer", "RNN_list", "Bidirectional"):
        for form, definition in STATE_FORMS.items():
            if definition.nested is None or wrap in STACKS:
                case = Case(name, {"return_state": True}, wrap, initial_state=form)
                yield from (case, replace(case, inputs="input")) if definition.symbolic else (case,)


def _masked(name: str, wrap: str) -> Iterator[Case]:
    """빈자리의 출력을 정하는 것의 모든 조합."""
    if wrap in ("layer", "Bidirectional"):
        names = ("return_sequences", "go_backwards", "zero_output_for_mask")
        for settings in _combined(dict.fromkeys(names, (False, True))):
            yield _case(name, wrap, {**settings, "mask": True})


def _around(rule: Rule, name: str, wrap: str) -> Iterator[Case]:
    """규칙에 꼭 걸리는 조합과, 조건을 하나씩 푼 조합. 조건이 모두 있어야 하는지가 여기서 드러난다."""
    values = options_of(name, wrap)
    wanted = {key: chosen for key, chosen in rule.when.items() if key in values}
    fixed = Case(name, wrap=wrap).facts(keras=3)
    lifted = [key for key in rule.when.keys() - wanted.keys() - {"keras"} if fixed.get(key) not in rule.when[key]]
    if len(lifted) > 1:
        return
    for settings in _combined({key: [one for one in chosen if one in values[key]] for key, chosen in wanted.items()}):
        yield _case(name, wrap, settings)
        yield from (_case(name, wrap, {**settings, "inputs": one}) for one in rule.late.get("inputs", ()))
        for key, chosen in () if lifted else wanted.items():
            others = (one for one in values[key] if one not in chosen)
            yield from (_case(name, wrap, {**settings, key: other}) for other in itertools.islice(others, 1))


def _pairs(name: str, wrap: str) -> Iterator[Case]:
    """설정 둘을 함께 바꾼 모든 짝."""
    flips = {key: values[1:] for key, values in options_of(name, wrap).items() if key != "merge_mode"}
    for one, two in itertools.combinations(flips, 2):
        for settings in _combined({one: flips[one], two: flips[two]}):
            yield _case(name, wrap, settings)
