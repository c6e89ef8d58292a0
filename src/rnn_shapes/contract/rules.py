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
    """받아들이지만 오류 없이 틀리는 것(``FAULTS``). 틀린 것이 ``Input``의 형태뿐이면 비었다."""
    fit: str = ""
    """받아들이지만, 길이를 모르는 데이터셋으로 훈련할 때 나는 오류의 메시지에 있어야 하는 말(정규식)."""

    def applies(self, facts: Mapping[str, Any]) -> bool:
        """이 조합에 걸리는가."""
        return _match(self.when, facts)

    def is_late(self, facts: Mapping[str, Any]) -> bool:
        """걸리지만, 값을 넣을 때에야 거절되는가."""
        return bool(self.late) and self.applies(facts) and _match(self.late, facts)


def _match(when: Mapping[str, Sequence[Any]], facts: Mapping[str, Any]) -> bool:
    return all(facts[name] in values for name, values in when.items())


LISTED_ALONE = "Keras 3은 리스트에 담은 셀 하나의 상태를 잘못 묶습니다. 셀을 리스트에 담지 말고 그대로 넘기세요."
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
            "wrap": ("RNN_single", "RNN_list", "StackedRNNCells", "Bidirectional_list"),
        },
        "Keras 2에서 리스트에 담은 셀의 상태를 유지할 때는 Input으로 부르면서 초기 상태를 줄 수 없습니다."
        " 값을 넣어 부를 때는 됩니다.",
        {2: "true_fn and false_fn arguments to tf.cond must have the same"},
    ),
    Rule(
        {"keras": (3,), "wrap": ("RNN_single",), "unroll": (False,), "mask": (True,)},
        LISTED_ALONE,
        {3: "The two structures don't have the same nested structure"},
        late={"keras": (3,), "inputs": SYMBOLIC},
    ),
    Rule(
        {"keras": (3,), "layer": ("LSTM",), "wrap": ("RNN_single",), "unroll": (True,), "mask": (False,)},
        LISTED_ALONE,
        {3: "list index out of range"},
        late={"keras": (3,), "inputs": SYMBOLIC},
    ),
    Rule(
        {"wrap": ("backward_layer",), "merge_mode": ("sum", "mul", "ave"), "same_units": (False,)},
        "유닛 수가 다른 두 출력은 더하거나 곱하거나 평균할 수 없습니다. 한쪽이 1이면 오류 없이 브로드캐스팅됩니다.",
        dict.fromkeys((3, 2), "Incompatible shapes|Dimensions must be equal"),
        late={"keras": (3,), "inputs": SYMBOLIC},
    ),
)
"""거절되는 조합. 잰 경우는 모두, 여기 걸리면 거절되고 걸리지 않으면 받아들여진다."""

NOT_REVERSED, OTHER_VALUES = "zeroed by the unreversed mask", "other values"
"""틀린 값은 뒤집지 않은 마스크로 0을 채운 것과, 무엇인지 모르는 것의 두 가지다."""
WRONG_VALUES = (NOT_REVERSED, OTHER_VALUES)
MASK_KEPT, OTHER_MASK = "mask in the order of the inputs", "other mask"
"""출력에 딸린 마스크가 입력의 차례 그대로인 것과, 무엇인지 모르는 것."""
ZEROED_LAST = "last output of zeros"
"""마지막으로 읽은 자리가 빈자리인 샘플의 마지막 출력이 0이다."""
IGNORED = "zero_output_for_mask ignored"
FAULTS = (*WRONG_VALUES, MASK_KEPT, OTHER_MASK, ZEROED_LAST, IGNORED)
"""오류 없이 틀리는 것. 값의 것, 마스크의 것, 뜻의 것이 있다."""

MISREAD = Rule(
    {"keras": (3,), "wrap": ("backward_layer",), "inputs": SYMBOLIC, "same_units": (False,)},
    "Keras 3은 Input으로 부를 때 역방향 층의 유닛 수도 정방향과 같다고 봅니다. 값을 넣으면 다른 형태가 나옵니다.",
)
UNREVERSED = "펼친 층이 0을 채울 때 보는 마스크는 거꾸로 읽는 층에서도 뒤집히지 않아, 출력이 오류 없이 틀립니다."
LAST_IS_ZERO = "빈자리로 끝나는 샘플의 출력은 모두 0입니다. 읽은 결과는 은닉 상태 h에 있습니다."
OPTION_IGNORED = "zero_output_for_mask=True를 무시합니다."
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
    Rule(
        {"go_backwards": (True,), "mask": (True,), "return_sequences": (True,)},
        "출력은 거꾸로 나오지만 출력의 마스크는 뒤집히지 않아서, 위에 쌓은 층의 출력이 오류 없이 틀립니다."
        " 위층에 뒤집은 마스크를 주세요.",
        wrong=MASK_KEPT,
    ),
    Rule(
        {
            "family": ("recurrent",),
            "both_ways": (False,),
            "zero_output_for_mask": (True,),
            "mask": (True,),
            "return_sequences": (False,),
        },
        LAST_IS_ZERO,
        wrong=ZEROED_LAST,
    ),
    Rule(
        {
            "keras": (3,),
            "both_ways": (False,),
            "zero_output_for_mask": (True,),
            "mask": (True,),
            "return_sequences": (False,),
        },
        LAST_IS_ZERO,
        wrong=ZEROED_LAST,
    ),
    Rule(
        {"keras": (2,), "family": ("convolution",), "zero_output_for_mask": (True,), "mask": (True,)},
        OPTION_IGNORED,
        wrong=IGNORED,
    ),
    Rule(
        {"both_ways": (True,), "zero_output_for_mask": (True,), "mask": (True,), "return_sequences": (False,)},
        OPTION_IGNORED,
        wrong=IGNORED,
    ),
    Rule(
        {"keras": (3,), "unroll": (True,), "inputs": ("any_length",)},
        "길이를 모르는 데이터셋으로 fit하면 오류가 납니다.",
        fit="Cannot unroll a RNN if the time dimension is undefined",
    ),
)
"""받아들이지만 오류 없이 틀리거나 조건이 있는 조합. 틀린 값과 마스크, 조건은 잴 때, 틀린 형태는 표를 만들 때 본다."""


def first(rules: Sequence[Rule], case: Case, keras: int) -> Rule | None:
    """걸리는 첫 규칙."""
    facts = case.facts(keras)
    return next((rule for rule in rules if rule.applies(facts)), None)


def traps_of(case: Case, keras: int) -> tuple[Rule, ...]:
    """걸리는 것 모두. 앞의 것과 이유가 같은 것은 뺀다."""
    facts = case.facts(keras)
    found: dict[str, Rule] = {}
    for rule in TRAPS:
        if rule.applies(facts):
            found.setdefault(rule.why, rule)
    return tuple(found.values())
