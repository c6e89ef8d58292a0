"""탐색기의 스크립트에 실어 보낼 자료. 스크립트는 여기 실린 이름(``KEYS``)으로 같은 것을 찾는다."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rnn_shapes.contract.cases import (
    ABSENCES,
    CHOICES,
    DEFAULTS,
    INPUTS,
    KERAS,
    LAYERS,
    OF_CELL,
    OTHER,
    WRAPS,
    Case,
    Layer,
    Wrap,
)
from rnn_shapes.contract.code import state
from rnn_shapes.contract.rules import MISREAD, RULES, TRAPS, WRONG_VALUES, Rule
from rnn_shapes.contract.table import KEYS, Table
from rnn_shapes.contract.words import EXPORTING, EXPORTING_PAGE, LABELS, PLACES, WORDS
from rnn_shapes.symbols import SYMBOLS

STATE_KEY = ("wrap", "keras", "layer")
"""초기 상태를 적는 코드를 정하는 것의 이름."""


def compact(table: Table) -> str:
    """탐색기에 넣을 JSON. 결과는 열쇠의 이름을 따라가는 나무에 있다."""
    data = {
        # 서로 닮은 결과가 모여 있어야 압축이 잘된다.
        "parts": {part: _tree(found) for part, found in {**table.parts, "states": _states()}.items()},
        "keys": {**KEYS, "states": STATE_KEY},
        "letters": {letter: [entry.name, entry.meaning] for letter, entry in SYMBOLS.items()},
        "keras": KERAS,
        "other": OTHER,
        "defaults": DEFAULTS,
        "choices": CHOICES,
        "of_cell": OF_CELL,
        "inputs": INPUTS,
        "layers": {name: _filled(layer) for name, layer in LAYERS.items()},
        "wraps": {name: _filled(wrap) for name, wrap in WRAPS.items()},
        "absences": list(map(asdict, ABSENCES)),
        "labels": LABELS,
        "words": WORDS,
        "places": list(PLACES.values()),
        "misread": MISREAD.when,
        "rules": _rules(RULES),
        "traps": _rules(TRAPS),
        "wrong_values": WRONG_VALUES,
        "exporting": _exporting(),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _exporting() -> list[dict[str, Any]]:
    """Keras 3의 순환층을 내보내는 일을 적은 곳. 셀은 내보내지 않는다."""
    layers = {"keras": [3], "family": ["recurrent"], "wrap": [name for name, wrap in WRAPS.items() if not wrap.step]}
    return [
        {"when": {**layers, **when}, "href": f"{EXPORTING_PAGE}#{anchor}", "said": said}
        for when, anchor, said in EXPORTING
    ]


def _filled(entry: Layer | Wrap) -> dict[str, Any]:
    """거짓인 것은 싣지 않는다. 스크립트에서도 없는 것은 거짓이다. 상태의 축은 상태를 적는 코드에 있다."""
    return {name: value for name, value in asdict(entry).items() if value is not False and name != "state_axes"}


def _tree(found: Mapping[tuple[Any, ...], Any]) -> dict[str, Any]:
    """열쇠의 첫 이름부터 차례로 갈라지는 나무. 끝에는 값이 있고, 앞의 형제와 같은 가지에는 그 형제의 이름만 있다."""
    root: dict[str, Any] = {}
    for (*path, last), value in found.items():
        branch = root
        for name in path:
            branch = branch.setdefault(str(name), {})
        branch[str(last)] = value
    return _shared(root, max(map(len, found)))


def _shared(branch: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """앞의 형제와 같은 가지를 그 이름으로 바꾼다. 값은 그대로 둔다."""
    if depth == 1:
        return dict(branch)
    shared: dict[str, Any] = {}
    for name, inside in branch.items():
        inside = _shared(inside, depth - 1)
        shared[name] = next((other for other, one in shared.items() if one == inside), inside)
    return shared


def _states() -> dict[tuple[Any, ...], str]:
    """층과 감싸는 법, Keras의 판마다 초기 상태를 적는 코드."""
    return {
        (wrap, keras, name): state(Case(name, wrap=wrap), keras)
        for name, layer in LAYERS.items()
        if layer.states
        for wrap in layer.wraps
        for keras in KERAS
    }


def _rules(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [{"when": rule.when, "why": rule.why, **({"wrong": rule.wrong} if rule.wrong else {})} for rule in rules]
