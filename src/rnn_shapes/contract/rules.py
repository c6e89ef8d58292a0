"""쓸 수 없는 조합과, 오류 없이 틀리는 조합.

적은 글마다 잰 것이 뒷받침하는지는 :func:`rnn_shapes.contract.verifying.verify`가 본다.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rnn_shapes.contract.cases import SYMBOLIC, Case


@dataclass(frozen=True)
class Rule:
    """거절되거나 틀리는 조합 하나."""

    when: Mapping[str, Sequence[Any]]
    """이름마다 그렇게 되는 값. 모두 맞으면 걸린다. 표에 적는 이름도 여기서 나온다."""
    why: str
    """이유. 탐색기에 적는다."""
    says: Mapping[int, str] = field(default_factory=dict)
    """Keras의 판마다, 거절할 때의 메시지에 있어야 하는 말(정규식). 이유가 그 메시지와 어긋나지 않게 한다."""
    late: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """이때는 부를 때 받아들이고 값을 넣을 때 거절한다."""
    wrong: str = ""
    """받아들이지만 틀린 값이 무엇과 같은가(``recurrence.WRONG``). 틀린 것이 형태뿐이면 비었다."""

    def applies(self, facts: Mapping[str, Any]) -> bool:
        """이 조합에 걸리는가."""
        return _match(self.when, facts)

    def is_late(self, facts: Mapping[str, Any]) -> bool:
        """걸리지만, 값을 넣을 때에야 거절되는가."""
        return bool(self.late) and self.applies(facts) and _match(self.late, facts)


def _match(when: Mapping[str, Sequence[Any]], facts: Mapping[str, Any]) -> bool:
    return all(facts[name] in values for name, values in when.items())


RULES = (
    Rule(
        {"stateful": (True,), "inputs": ("input", "any_length")},
        "상태를 유지하려면 배치 크기를 알아야 합니다. Input에 batch_size를 주세요.",
        {3: "the batch size must be static", 2: "it needs to know its batch size"},
    ),
    Rule(
        {"keras": (2,), "unroll": (True,), "inputs": ("any_length",)},
        "펼치려면 시퀀스 길이를 알아야 합니다. Keras 2는 길이가 None인 입력을 거절합니다.",
        {2: "[Uu]nroll"},
    ),
    Rule(
        {"keras": (2,), "unroll": (True,), "family": ("convolution",)},
        "Keras 2의 합성곱 순환층은 펼칠 수 없습니다.",
        {2: "Unrolling is not possible with convolutional RNNs"},
    ),
    Rule(
        {
            "keras": (2,),
            "unroll": (True,),
            "zero_output_for_mask": (True,),
            "mask": (True,),
            "return_sequences": (False,),
            "both_ways": (False,),
        },
        "Keras 2의 펼친 층은 마지막 출력 하나에 모든 타임스텝의 마스크를 적용하려다 실패합니다."
        " return_sequences=True이면 됩니다.",
        {2: "is not compatible with supplied shape|Dimension 0 in both shapes must be equal"},
    ),
    Rule(
        {"keras": (3,), "go_backwards": (True,), "wrap": ("Bidirectional", "Bidirectional_list")},
        "backward_layer를 주지 않으면 Keras 3의 Bidirectional은 go_backwards=True인 역방향 층을 만듭니다."
        " 두 층의 go_backwards는 달라야 합니다.",
        {3: "Forward layer and backward layer should have different `go_backwards` value"},
    ),
    Rule(
        {"keras": (3,), "stateful": (True,), "return_state": (True,), "both_ways": (True,)},
        "Keras 3의 Bidirectional에는 stateful=True와 return_state=True를 함께 쓸 수 없습니다.",
        {3: "'generator' and 'int'"},
    ),
    Rule(
        {
            "keras": (2,),
            "stateful": (True,),
            "inputs": ("batch_input",),
            "initial_state": ("list",),
            "wrap": ("RNN_list", "StackedRNNCells", "Bidirectional_list"),
        },
        "Keras 2에서 여러 셀의 상태를 유지할 때는 Input으로 부르면서 초기 상태를 줄 수 없습니다."
        " 값을 넣어 부를 때는 됩니다.",
        {2: "true_fn and false_fn arguments to tf.cond must have the same"},
    ),
    Rule(
        {"wrap": ("backward_layer",), "merge_mode": ("sum", "mul", "ave")},
        "유닛 수가 다른 두 출력은 더하거나 곱하거나 평균할 수 없습니다. 한쪽이 1이면 오류 없이 브로드캐스팅됩니다.",
        dict.fromkeys((3, 2), "Incompatible shapes|Dimensions must be equal"),
        late={"keras": (3,), "inputs": SYMBOLIC},
    ),
)
"""거절되는 조합. 잰 경우는 모두, 여기 걸리면 거절되고 걸리지 않으면 받아들여진다."""

NOT_REVERSED = "zeroed by the unreversed mask"

MISREAD = Rule(
    {"keras": (3,), "wrap": ("backward_layer",), "inputs": SYMBOLIC},
    "Keras 3은 Input으로 부를 때 역방향 층의 유닛 수도 정방향과 같다고 봅니다. 값을 넣으면 다른 형태가 나옵니다.",
)
UNREVERSED = "펼친 층이 0을 채울 때 보는 마스크는 거꾸로 읽는 층에서도 뒤집히지 않습니다. 오류 없이 출력이 틀립니다."
TRAPS = (
    Rule(
        {"unroll": (True,), "mask": (True,), "return_sequences": (True,), "both_ways": (True,)},
        UNREVERSED,
        wrong=NOT_REVERSED,
    ),
    Rule(
        {
            "unroll": (True,),
            "mask": (True,),
            "return_sequences": (True,),
            "go_backwards": (True,),
            "zero_output_for_mask": (True,),
        },
        UNREVERSED,
        wrong=NOT_REVERSED,
    ),
    MISREAD,
)
"""받아들이지만 값이나 형태가 틀리는 조합. 틀린 값은 잴 때, 틀린 형태는 표를 만들 때 확인한다."""


def first(rules: Sequence[Rule], case: Case, keras: int) -> Rule | None:
    """걸리는 첫 규칙."""
    facts = case.facts(keras)
    return next((rule for rule in rules if rule.applies(facts)), None)


def is_late(case: Case, keras: int) -> bool:
    """부를 때는 받아들이고 값을 넣을 때 거절하는 조합인가."""
    return any(rule.is_late(case.facts(keras)) for rule in RULES)
