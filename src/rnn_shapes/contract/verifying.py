"""잰 것이 적어 둔 규칙과 꼭 맞는지 본다."""

import re

from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.data import Measured, Result
from rnn_shapes.contract.rules import RULES, traps_of


def verify(case: Case, keras: int, result: Result) -> None:
    """거절되고 틀리는 조합이 적어 둔 규칙과 꼭 맞는지 본다. 초기 상태를 잘못 적은 것은 그 자체가 잴 것이다.

    Raises:
        ValueError: 규칙에 없는 것이 거절되거나 틀렸을 때, 규칙에 있는 것이 받아들여졌을 때, 거절하는 말이나 틀린
            값이 규칙에 적은 것과 다를 때.
    """
    if not case.usual_state:
        return
    problem = _refusal(case, keras, result) or (_wrong(case, keras, result) if isinstance(result, Measured) else "")
    if problem:
        raise ValueError(f"{case.name}(Keras {keras}): {problem} contract/rules.py를 고치세요. {result}")


def _refusal(case: Case, keras: int, result: Result) -> str:
    facts = case.facts(keras)
    rules = [rule for rule in RULES if rule.applies(facts)]
    if isinstance(result, Measured):
        return "거절한다는 규칙이 있는데 받아들여졌습니다." if rules else ""
    if not rules:
        return "거절한다는 규칙이 없는데 거절되었습니다."
    # 여럿에 걸리면 Keras가 먼저 알아챈 것 하나만 말한다.
    said = {rule.says.get(keras, ""): rule for rule in rules}
    told = [rule for words, rule in said.items() if re.search(words, result.message)]
    if not told:
        return f"거절하는 말이 적은 것({list(said)})과 다릅니다."
    if result.late not in [rule.is_late(facts) for rule in told]:
        return f"규칙에는 {'부를' if result.late else '값을 넣을'} 때 거절한다고 했습니다."
    return ""


def _wrong(case: Case, keras: int, result: Measured) -> str:
    traps = traps_of(case, keras)
    said = next((rule.fit for rule in traps if rule.fit), "")
    if bool(said) != bool(result.fit) or not re.search(said, result.fit):
        return f"훈련할 때의 오류가 규칙에는 ‘{said}’, 실행한 결과는 ‘{result.fit}’입니다."
    expected = {rule.wrong for rule in traps} - {""}
    if case.inputs != "tensor" or expected == {*result.wrong}:
        return ""
    return f"틀린 것이 규칙에는 ‘{', '.join(sorted(expected))}’, 실행한 결과는 ‘{', '.join(result.wrong)}’입니다."
