"""잰 것을 조합으로 찾는 표. 탐색기와 ``explore`` 역할, 찾아보기 표가 모두 여기서 찾는다.

옵션이 모두 얽혀 있다면 경우가 수만 가지다. 실제로는 결과의 부분마다 그것을 정하는 옵션이 몇 개뿐이다.
그 옵션을 아래에 적고, 적은 것이 같은데 결과가 다른 경우가 잰 것 가운데 하나라도 있으면 표를 만들지 않는다.
"""

import functools
import importlib.metadata
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rnn_shapes.contract import grid as contract_grid
from rnn_shapes.contract import measuring as contract
from rnn_shapes.contract.cases import (
    BOTH_WAYS,
    CHOICES,
    DEFAULTS,
    INPUTS,
    KERAS,
    LAYERS,
    OF_CELL,
    RECURRENT,
    RULES,
    STEPS,
    TRAPS,
    WRAPS,
    Case,
)
from rnn_shapes.symbols import SYMBOLS

LABELS: Mapping[str, str] = {
    "layer": "층 그대로",
    "RNN": "RNN(셀)",
    "RNN_list": "RNN([셀, 셀])",
    "StackedRNNCells": "RNN(StackedRNNCells([셀, 셀]))",
    "Bidirectional": "Bidirectional(층)",
    "backward_layer": "Bidirectional(층, backward_layer=층)",
    "Bidirectional_list": "Bidirectional(RNN([셀, 셀]))",
    "cell": "셀 한 타임스텝",
    "StackedRNNCells_step": "StackedRNNCells 한 타임스텝",
    "tensor": "값이 든 텐서",
    "batch_input": "배치 크기를 아는 Input",
    "input": "배치 크기를 모르는 Input",
    "any_length": "배치 크기와 길이를 모르는 Input",
}
"""감싸는 법과 입력의 꼴을 화면에 적는 이름."""

WORDS: Mapping[str, str] = {
    "outputs": "타임스텝별 출력",
    "last_output": "마지막 출력",
    "step_output": "이 타임스텝의 출력",
    "output": "출력",
    "h": "은닉 상태 h",
    "c": "셀 상태 c",
    "forward": "정방향",
    "backward": "역방향",
    "cell1": "아래 셀의",
    "cell2": "위 셀의",
    "concat": "두 방향을 이어 붙인",
    "sum": "두 방향을 더한",
    "ave": "두 방향을 평균한",
    "mul": "두 방향을 곱한",
    "repeat": "마지막 출력의 되풀이",
    "zero": "0으로 채움",
}
"""잰 뜻을 적은 낱말과 우리말."""


def korean(meaning: str) -> str:
    """뜻을 우리말로 적는다.

    >>> korean("forward cell2 c")
    '정방향 위 셀의 셀 상태 c'
    """
    return " ".join(WORDS[word] for word in meaning.split())


@dataclass(frozen=True)
class Answer:
    """조합 하나의 답. 모르는 것은 비었다."""

    returns: str
    meanings: Sequence[str]
    weights: Sequence[Sequence[str]]
    parameters: str
    initial_state: str
    mask: str
    masked_output: str


class ContradictionError(ValueError):
    """결과를 정한다고 적은 옵션이 모두 같은데 결과가 다르다."""


class Table:
    """조합으로 찾는 표."""

    def __init__(self, measured: Mapping[str, Any]) -> None:
        """잰 것에서 표를 만든다.

        Raises:
            ContradictionError: 같은 자리에 다른 결과가 둘 있을 때.
        """
        self.results: Mapping[str, Mapping[int, Mapping[str, Any]]] = measured["results"]
        self.returns: dict[tuple[Any, ...], tuple[str, tuple[str, ...]]] = {}
        self.weights: dict[tuple[Any, ...], tuple[tuple[tuple[str, ...], ...], str]] = {}
        self.states: dict[tuple[Any, ...], str] = {}
        self.masks: dict[tuple[Any, ...], str] = {}
        self.masked: dict[tuple[Any, ...], str] = {}
        self.bare: dict[tuple[Any, ...], bool] = {}
        self.errors: dict[tuple[int, int], tuple[str, str]] = {}
        found = [
            (case, keras, self.results[case.name][keras])
            for case in contract_grid.cases()
            for keras in KERAS
            if case.name in self.results
        ]
        for case, keras, result in found:
            if case.initial_state not in ("", "list"):
                continue  # 초기 상태를 달리 적은 것은 표에 없다
            if "error" in result:
                number = next(number for number, rule in enumerate(RULES) if rule.refuses(case.facts(keras)))
                self.errors.setdefault((number, keras), (result["error"], result["message"]))
                continue
            weights = tuple(tuple(weight) for weight in result["weights"])
            _put(self.weights, _weights_key(case), (weights, result["parameters"]), case)
            if case.inputs == "tensor" and case.get("padding") == "valid":
                self._measured(case, keras, result)
        for case, keras, result in found:
            if "error" not in result and case.initial_state in ("", "list"):
                self._follows(case, keras, result)

    def _measured(self, case: Case, keras: int, result: Mapping[str, Any]) -> None:
        trapped = any(rule.refuses(case.facts(keras)) for rule in TRAPS)
        if not trapped:
            _put(self.returns, _returns_key(case, keras), (result["returns"], tuple(result["meanings"])), case)
        _put(self.states, _state_key(case, keras), result["initial_state"], case)
        if "mask" in result:
            _put(self.masks, _mask_key(case), _first(result["mask"]), case)
        if "masked_output" in result and not trapped:  # 두 가지가 같아 가릴 수 없었던 경우에는 없다
            _put(self.masked, _masked_key(case, keras), result["masked_output"], case)

    def _follows(self, case: Case, keras: int, result: Mapping[str, Any]) -> None:
        """값을 넣어 부른 결과에서 기호로 부른 결과와 패딩한 합성곱의 결과가 나오는지 본다."""
        expected = _written(self.returns[_returns_key(case, keras)][0], case, keras)
        bare = _bare(expected)
        if case.inputs != "tensor" and expected != bare:
            _put(self.bare, (keras, case.layer, case.wrap), result["returns"] == bare, case)
        if result["returns"] not in (expected, bare) or (case.inputs == "tensor" and result["returns"] != expected):
            raise ContradictionError(f"{case.name}(Keras {keras}): {expected}가 아니라 {result['returns']}입니다")

    def refusal(self, case: Case, keras: int) -> str:
        """거절되는 조합이면 그 까닭. 아니면 빈 글이다."""
        return next((rule.why for rule in RULES if rule.refuses(case.facts(keras))), "")

    def look_up(self, case: Case, keras: int) -> Answer:
        """거절되지 않는 조합의 답.

        Raises:
            KeyError: 재지 않은 조합일 때.
        """
        returns, meanings = self.returns[_returns_key(case, keras)]
        returns = _written(returns, case, keras)
        if case.inputs != "tensor" and self.bare.get((keras, case.layer, case.wrap)):
            returns = _bare(returns)
        weights, parameters = self.weights[_weights_key(case)]
        mask = self.masks.get(_mask_key(case), "")
        return Answer(
            returns,
            meanings,
            weights,
            parameters,
            _written(self.states[_state_key(case, keras)], case, keras),
            _written(mask, case, keras) if case.mask or case.layer in ("Embedding", "Masking") else "",
            self.masked.get(_masked_key(case, keras), "") if case.mask and LAYERS[case.layer].states else "",
        )

    def compact(self) -> str:
        """탐색기에 넣을 JSON. 같은 것을 한 번만 적고 번호로 가리킨다."""
        trees: dict[Any, int] = {}
        returns: dict[str, list[list[int]]] = {}
        for (keras, layer, wrap, merge, sequences, state), value in self.returns.items():
            numbers = returns.setdefault(f"{layer} {wrap} {merge}", [[], []])[3 - keras]
            if len(numbers) != 2 * sequences + state:
                raise ContradictionError(f"{layer} {wrap} {merge}: return_sequences와 return_state의 짝이 빠졌습니다")
            tree, meanings = value
            new = self.returns[3, layer, wrap, merge, sequences, state] if keras == 2 else None
            as_list = new is not None and (f"[{new[0][1:-1]}]", new[1]) == (tree, meanings)
            numbers.append(AS_LIST if as_list else trees.setdefault(value, len(trees)))
        sets: dict[Any, int] = {}
        weights: dict[str, list[Any]] = {}
        for (layer, wrap, *flags), entry in self.weights.items():
            weights.setdefault(f"{layer} {wrap}", []).append([*flags, sets.setdefault(entry, len(sets))])
        states = {
            f"{layer} {wrap} {keras}": Case(layer, wrap=wrap).state("list", keras)
            for layer, definition in LAYERS.items()
            for wrap in definition.wraps
            for keras in KERAS
            if definition.states
        }
        data = {
            "letters": {letter: [entry.name, entry.meaning] for letter, entry in SYMBOLS.items()},
            "keras": KERAS,
            "defaults": DEFAULTS,
            "choices": CHOICES,
            "of_cell": OF_CELL,
            "steps": STEPS,
            "inputs": INPUTS,
            "layers": {name: asdict(layer) for name, layer in LAYERS.items()},
            "wraps": WRAPS,
            "labels": LABELS,
            "words": WORDS,
            "trees": list(trees),
            "returns": returns,
            "misread": MISREAD,
            "bare": [f"{layer} {wrap} {keras}" for (keras, layer, wrap), bare in self.bare.items() if bare],
            "weights": weights,
            "sets": list(sets),
            "states": states,
            "initial_states": {" ".join(map(str, key)): value for key, value in self.states.items() if value != "None"},
            "masks": {" ".join(map(str, key)): value for key, value in self.masks.items()},
            "masked": {" ".join(map(str, key)): value for key, value in self.masked.items()},
            "rules": [[rule.when, rule.why] for rule in RULES],
            "traps": [[rule.when, rule.why] for rule in TRAPS],
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _put(table: dict[tuple[Any, ...], Any], key: tuple[Any, ...], value: Any, case: Case) -> None:
    if table.setdefault(key, value) != value:
        raise ContradictionError(f"{case.name}: {key}의 결과가 {table[key]}이기도 하고 {value}이기도 합니다")


def _returns_key(case: Case, keras: int) -> tuple[Any, ...]:
    """돌려받는 묶음과 형태를 정하는 것."""
    flags = case.get("return_sequences"), case.get("return_state")
    return (keras, case.layer, case.wrap, str(case.get("merge_mode")), *flags)


def _weights_key(case: Case) -> tuple[Any, ...]:
    """가중치를 정하는 것."""
    return case.layer, case.wrap, case.get("use_bias"), case.get("reset_after")


def _state_key(case: Case, keras: int) -> tuple[Any, ...]:
    """``get_initial_state``가 주는 것을 정하는 것."""
    return keras, case.layer, case.wrap


def _mask_key(case: Case) -> tuple[Any, ...]:
    """나가는 마스크를 정하는 것."""
    return case.layer if case.layer not in RECURRENT else "", case.get("return_sequences"), case.get("mask_zero")


def _masked_key(case: Case, keras: int) -> tuple[Any, ...]:
    """빈자리의 출력을 정하는 것."""
    kind = case.layer in RECURRENT, case.wrap in BOTH_WAYS
    return (keras, *kind, case.get("return_sequences"), case.get("zero_output_for_mask"))


def _first(tree: str) -> str:
    """묶음의 첫 원소. 출력의 마스크가 여기 있다."""
    found = re.search(r"\((?!None)[^()]*\)|None", tree)
    return found[0] if found else tree


@functools.cache
def read(path: Path) -> Table:
    """자료 파일의 표. 한 프로세스에서 한 번만 만든다.

    Raises:
        ValueError: 파일을 읽을 수 없거나, 지금 설치된 판에서 잰 것이 아니거나, 잰 것끼리 어긋날 때.
    """
    found = contract.load(path)
    for package, measured in found["versions"].items():
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # 글만 살피는 환경에는 Keras가 없다
        if measured != version:
            raise ValueError(
                f"{path.name}: {package} {measured}에서 쟀는데 설치된 것은 {version}입니다."
                " python3.11 noxfile.py contract로 다시 재세요."
            )
    return Table(found)


AS_LIST = -1
"""Keras 3의 것과 같고 바깥 묶음만 리스트라는 번호. Keras 2의 결과는 거의 모두 그렇다."""

MISREAD = (3, "backward_layer")
"""기호로 부르면 역방향 층의 유닛 수를 정방향의 것으로 적는 판과 감싸는 법."""


def _written(tree: str, case: Case, keras: int) -> str:
    """크기를 모르는 축을 ``None``으로, 패딩한 합성곱의 공간 축을 그대로, 잘못 적는 축을 적히는 대로 적는다."""
    for axis in INPUTS[case.inputs]:
        tree = re.sub(rf"\b{'NT'[axis]}\b", "None", tree)
    if case.inputs != "tensor" and (keras, case.wrap) == MISREAD:
        tree = re.sub(r"\bG\b", "H", tree.replace("H + G", "2H"))
    return tree.replace(" - P + 1", "") if case.get("padding") == "same" else tree


def _bare(tree: str) -> str:
    """텐서 하나를 담은 리스트를 푼다. Keras 3은 기호로 부르면 상태가 하나인 셀의 상태를 묶지 않는다."""
    return re.sub(r"\[(\([^()]*\))\]", r"\1", tree)
