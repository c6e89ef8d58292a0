"""잰 것을 조합으로 찾는 표. 탐색기와 ``explore`` 역할, 찾아보기 표가 모두 여기서 찾는다.

옵션이 모두 얽혀 있다면 경우가 수만 가지다. 실제로는 결과의 부분마다 그것을 정하는 것이 몇 개뿐이다.
그것을 ``KEYS``에 적고, 적은 것이 같은데 결과가 다른 경우가 잰 것 가운데 하나라도 있으면 표를 만들지 않는다.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnn_shapes.contract.cases import INPUTS, LAYERS, Case
from rnn_shapes.contract.data import AGAIN, Contract, Measured, Refused, installed_versions, load
from rnn_shapes.contract.rules import MISREAD, RULES, WRONG_VALUES, first, traps_of

KEYS: Mapping[str, tuple[str, ...]] = {
    "returns": ("layer", "merge_mode", "wrap", "return_state", "keras", "return_sequences"),
    "meanings": ("layer", "wrap", "return_state", "return_sequences", "merge_mode"),
    "weights": ("layer", "reset_after", "wrap", "use_bias"),
    "initial_state": ("layer", "wrap", "keras"),
    "unknown_batch": ("keras",),
    "mask": ("family", "return_sequences", "mask_zero"),
    "masked_output": ("keras", "both_ways", "zero_output_for_mask", "return_sequences", "family", "go_backwards"),
    "bare": ("keras", "layer", "wrap"),
}
"""결과의 부분마다 그것을 정하는 것의 이름(``Case.facts``). 스크립트도 이것으로 찾는다.

``unknown_batch``는 배치 크기를 몰라도 ``get_initial_state``를 부를 수 있는가이고, ``bare``는 ``Input``으로 부르면 상태
하나를 리스트에 담지 않는가이다.
"""


class ContradictionError(ValueError):
    """결과를 정한다고 적은 것이 모두 같은데 결과가 다르다."""


class Table:
    """조합으로 찾는 표."""

    def __init__(self, contract: Contract) -> None:
        """잰 것에서 표를 만든다.

        Raises:
            ContradictionError: 같은 자리에 다른 결과가 둘 있을 때.
        """
        self.contract = contract
        self.parts: dict[str, dict[tuple[Any, ...], Any]] = {part: {} for part in KEYS}
        self.errors: dict[tuple[int, int], Refused] = {}
        """규칙의 번호와 Keras의 판마다, 처음 만난 예외."""
        found = [
            (entry.case, keras, result)
            for entry in contract.entries
            for keras, result in entry.results.items()
            if entry.case.usual_state  # 초기 상태를 달리 적은 것은 표에 없다
        ]
        for case, keras, result in found:
            if isinstance(result, Measured):
                self._keep(case, keras, result)
            else:
                number = next(number for number, rule in enumerate(RULES) if rule.applies(case.facts(keras)))
                self.errors.setdefault((number, keras), result)
        for case, keras, result in found:
            if isinstance(result, Measured):
                self._follow(case, keras, result)

    def _keep(self, case: Case, keras: int, result: Measured) -> None:
        """잰 것을 부분마다 제자리에 둔다."""
        put = functools.partial(self._put, case, keras)
        if not case.same_units:  # 한쪽의 크기를 다른 쪽의 이름으로 적게 된다
            put("weights", (result.weights, result.parameters))
        if case.inputs != "tensor" or case.get("padding") != "valid":
            return  # 이것은 다른 것에서 따라 나온다
        if not case.same_units:
            put("initial_state", result.initial_state)
        if result.mask:
            put("mask", result.mask)
        if not {*result.wrong} & {*WRONG_VALUES}:
            put("returns", result.returns)
            put("meanings", result.meanings)
            if case.mask and LAYERS[case.layer].states:
                put("masked_output", result.masked_output)

    def _put(self, case: Case, keras: int, part: str, value: Any) -> None:
        key = _key(part, case, keras)
        kept = self.parts[part].setdefault(key, value)
        if kept != value:
            raise ContradictionError(f"{case.name}: {part} {key}의 결과가 {kept}이기도 하고 {value}이기도 합니다")

    def _follow(self, case: Case, keras: int, result: Measured) -> None:
        """값을 넣어 부른 결과에서 기호로 부른 결과와 패딩한 합성곱의 결과가 나오는지 본다."""
        expected = written(self._find("returns", case, keras), case, keras)
        if case.inputs != "tensor" and expected != bare(expected):
            self._put(case, keras, "bare", result.returns == bare(expected))
            expected = bare(expected) if self._find("bare", case, keras) else expected
        if result.returns != expected:
            raise ContradictionError(f"{case.name}(Keras {keras}): {expected}가 아니라 {result.returns}입니다")
        if not case.batch_known and self._find("initial_state", case, keras):
            self._put(case, keras, "unknown_batch", bool(result.initial_state))
        answer = self.look_up(case, keras)
        for part in ("initial_state", "mask"):
            said, found = getattr(answer, part), getattr(result, part)
            if said != found:
                raise ContradictionError(f"{case.name}(Keras {keras}): {part}가 {said}가 아니라 {found}입니다")

    def _find(self, part: str, case: Case, keras: int) -> Any:
        return self.parts[part][_key(part, case, keras)]

    def _initial_state(self, case: Case, keras: int) -> str:
        """``get_initial_state``가 주는 것. 배치 크기를 몰라 부를 수 없으면 비었다."""
        if case.batch_known or self._find("unknown_batch", case, keras):
            return written(self._find("initial_state", case, keras), case, keras)
        return ""

    def refusal(self, case: Case, keras: int) -> str:
        """거절되는 조합이면 그 이유. 아니면 빈 글이다."""
        rule = first(RULES, case, keras)
        return rule.why if rule else ""

    def look_up(self, case: Case, keras: int) -> Measured:
        """거절되지 않는 조합의 답. 값이 틀리는 조합의 ``meanings``는 맞았어야 할 뜻이다.

        Raises:
            KeyError: 재지 않은 조합일 때.
        """
        returns = written(self._find("returns", case, keras), case, keras)
        if case.inputs != "tensor" and self.parts["bare"].get(_key("bare", case, keras)):
            returns = bare(returns)
        weights, parameters = self._find("weights", case, keras)
        wrong = tuple(dict.fromkeys(rule.wrong for rule in traps_of(case, keras) if rule.wrong))
        right = not {*wrong} & {*WRONG_VALUES}
        layer = LAYERS[case.layer]
        return Measured(
            returns,
            weights,
            parameters,
            self._find("meanings", case, keras),
            wrong,
            self._initial_state(case, keras),
            written(self._find("mask", case, keras), case, keras) if case.mask or layer.own_mask else "",
            self._find("masked_output", case, keras) if case.mask and layer.states and right else (),
        )


def _key(part: str, case: Case, keras: int) -> tuple[Any, ...]:
    facts = case.facts(keras)
    return tuple(facts[name] for name in KEYS[part])


def written(tree: str, case: Case, keras: int) -> str:
    """크기를 모르는 축을 ``None``으로, 패딩한 합성곱의 공간 축을 그대로, 잘못 적는 축을 적히는 대로 적는다."""
    for axis in INPUTS[case.inputs]:
        tree = re.sub(rf"\b{'NT'[axis]}\b", "None", tree)
    if MISREAD.applies(case.facts(keras)):
        tree = re.sub(r"\bG\b", "H", tree.replace("H + G", "2H"))
    return tree.replace(" - P + 1", "") if case.get("padding") == "same" else tree


def bare(tree: str) -> str:
    """텐서 하나를 담은 리스트를 푼다. Keras 3은 기호로 부르면 상태가 하나인 셀의 상태를 묶지 않는다."""
    return re.sub(r"\[(\([^()]*\))\]", r"\1", tree)


@functools.cache
def read(path: Path) -> Table:
    """자료 파일의 표. 한 프로세스에서 한 번만 만든다.

    Raises:
        ValueError: 파일을 읽을 수 없거나, 지금 설치된 판에서 잰 것이 아니거나, 잰 것끼리 어긋날 때.
    """
    contract = load(path)
    for package, version in installed_versions().items():
        measured = contract.versions.get(package)
        if measured != version:
            raise ValueError(f"{path.name}: {package} {measured}에서 만든 것인데 설치된 것은 {version}입니다. {AGAIN}")
    return Table(contract)
