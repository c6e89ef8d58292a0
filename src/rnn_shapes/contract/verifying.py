"""잰 것이 적어 둔 규칙과 꼭 맞는지 본다."""

import re

from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.data import Measured, Result
from rnn_shapes.contract.rules import RULES, TRAPS


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
    said = [rule.says.get(keras, "") for rule in rules]
    return (
        "" if any(re.search(words, result.message) for words in said) else f"거절하는 말이 적은 것({said})과 다릅니다."
    )


def _wrong(case: Case, keras: int, result: Measured) -> str:
    facts = case.facts(keras)
    expected = next((rule.wrong for rule in TRAPS if rule.wrong and rule.applies(facts)), "")
    if case.inputs != "tensor" or expected == result.wrong:
        return ""
    return f"틀린 값이 규칙에는 ‘{expected}’, 실행한 결과는 ‘{result.wrong}’입니다."
