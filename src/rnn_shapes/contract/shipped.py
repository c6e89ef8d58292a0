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
)
from rnn_shapes.contract.code import state
from rnn_shapes.contract.rules import MISREAD, RULES, TRAPS, Rule
from rnn_shapes.contract.table import KEYS, Table
from rnn_shapes.contract.words import LABELS, WORDS
from rnn_shapes.symbols import SYMBOLS


def compact(table: Table) -> str:
    """탐색기에 넣을 JSON. 결과는 열쇠의 이름을 따라가는 나무에 있다."""
    data = {
        "letters": {letter: [entry.name, entry.meaning] for letter, entry in SYMBOLS.items()},
        "keras": KERAS,
        "other": OTHER,
        "defaults": DEFAULTS,
        "choices": CHOICES,
        "of_cell": OF_CELL,
        "inputs": INPUTS,
        "layers": {name: _filled(asdict(layer)) for name, layer in LAYERS.items()},
        "wraps": {name: _filled(asdict(wrap)) for name, wrap in WRAPS.items()},
        "absences": list(map(asdict, ABSENCES)),
        "labels": LABELS,
        "words": WORDS,
        "states": _states(),
        "keys": KEYS,
        "parts": {part: _tree(found) for part, found in table.parts.items()},
        "misread": MISREAD.when,
        "rules": _rules(RULES),
        "traps": _rules(TRAPS),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """거짓인 것은 싣지 않는다. 스크립트에서도 없는 것은 거짓이다."""
    return {name: value for name, value in fields.items() if value is not False}


def _tree(found: Mapping[tuple[Any, ...], Any]) -> dict[str, Any]:
    """열쇠의 첫 이름부터 차례로 갈라지는 나무. 끝에는 값이 있다. 같은 값은 압축할 때 줄어든다."""
    root: dict[str, Any] = {}
    for (*path, last), value in found.items():
        branch = root
        for name in path:
            branch = branch.setdefault(str(name), {})
        branch[str(last)] = value
    return root


def _states() -> dict[str, dict[str, dict[int, str]]]:
    """층과 감싸는 법, Keras의 판마다 초기 상태를 적는 코드."""
    return {
        name: {wrap: {keras: state(Case(name, wrap=wrap), keras) for keras in KERAS} for wrap in layer.wraps}
        for name, layer in LAYERS.items()
        if layer.states
    }


def _rules(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    return [{"when": rule.when, "why": rule.why, **({"wrong": True} if rule.wrong else {})} for rule in rules]
