"""잰 것을 화면에 적는 우리말. 코드와 자료에서 나오는 이름은 여기 다시 적지 않고 만든다."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rnn_shapes.contract.cases import DEFAULTS, INPUTS, SYMBOLIC, WRAPS
from rnn_shapes.contract.rules import IGNORED, MASK_KEPT, NOT_REVERSED, ZEROED_LAST

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
    "repeat": "앞서 읽은 타임스텝의 출력을 되풀이",
    "zero": "0으로 채움",
}
"""잰 뜻을 적은 낱말과 우리말."""

PLACES: Mapping[str, str] = {"after": "뒤", "before": "앞", "middle": "가운데"}
"""빈자리의 자리(``code.GAPS``)."""

LATE = "Input으로 부를 때는 받고 값을 넣을 때 거절"
"""모델을 지을 때는 알 수 없는 거절."""

TREATED: Mapping[str, str] = {
    "": "받음",
    "dropped": "받지만 남는 텐서를 버림",
    "skipped": "받지만 위 셀을 계산하지 않음",
    "split": "받지만 배치를 잘라 방향마다 나누어 줌",
    "broadcast": "받지만 브로드캐스팅함",
    "other use": "받지만 준 대로 쓰지 않음",
}
"""받아들인 초기 상태를 쓴 방식(``given.TREATMENTS``)."""

FOUND: Mapping[str, str] = {
    "": "받지만 틀림",
    NOT_REVERSED: "받지만 틀림",
    MASK_KEPT: "받지만 출력의 마스크가 틀림",
    ZEROED_LAST: "받지만 마지막 출력이 0",
    IGNORED: "받지만 옵션을 쓰지 않음",
}
"""오류 없이 틀린 것(``rules.FAULTS``). 형태만 틀린 것은 이름이 없다."""

FAMILIES = {"recurrent": "순환층", "convolution": "합성곱 순환층"}


def korean(meaning: str) -> str:
    """뜻을 우리말로 적는다.

    >>> korean("forward cell2 c")
    '정방향 위 셀의 셀 상태 c'
    """
    return " ".join(WORDS[word] for word in meaning.split())


def form(wrap: str, layer: str = "층", cell: str = "셀") -> str:
    """감싸는 법을 코드의 뼈대로 적는다.

    >>> form("backward_layer"), form("RNN_list", cell="GRUCell")
    ('Bidirectional(층, backward_layer=층)', 'RNN([GRUCell, GRUCell])')
    """
    text = re.sub(r"\{k\}\.\{layer\}Cell\([^()]*\)", cell, WRAPS[wrap].code)
    text = re.sub(r"\{k\}\.\{layer\}\([^()]*\)", layer, text)
    return re.sub(r"\{k\}\.|\{options\}|\{merge\}", "", text)


def _wrap_label(wrap: str) -> str:
    suffix = " 한 타임스텝" if WRAPS[wrap].step else " 그대로" if form(wrap) == "층" else ""
    return form(wrap) + suffix


def _input_label(inputs: str) -> str:
    unknown = "와 ".join(("배치 크기", "길이")[axis] for axis in INPUTS[inputs])
    if inputs not in SYMBOLIC:
        return "값이 든 텐서"
    return f"{unknown}를 모르는 Input" if unknown else "배치 크기를 아는 Input"


LABELS: Mapping[str, str] = {
    **{wrap: _wrap_label(wrap) for wrap in WRAPS},
    **{inputs: _input_label(inputs) for inputs in INPUTS},
}
"""감싸는 법과 입력의 꼴을 화면에 적는 이름."""


def combination(when: Mapping[str, Sequence[Any]]) -> str:
    """규칙의 조건을 우리말로 적는다.

    >>> combination({"keras": (2,), "unroll": (True,), "inputs": ("any_length",)})
    'Keras 2: unroll=True, 배치 크기와 길이를 모르는 Input'
    >>> combination({"both_ways": (True,), "mask": (True,)})
    '양방향 층: mask'
    """
    names = [(layer, f"{layer}Cell") for layer in when.get("layer", ())] or [("층", "셀")]
    where = " 또는 ".join(form(wrap, *pair) for wrap in when.get("wrap", ()) for pair in names)
    noun = " 또는 ".join(FAMILIES[family] for family in when.get("family", ()))
    if "both_ways" in when:
        noun = f"{'양방향' if True in when['both_ways'] else '단방향'} {noun or '층'}"
    version = "".join(f"Keras {keras}" for keras in when.get("keras", ()))
    subject = "의 ".join(part for part in (version, where or noun) if part)
    parts = [_or(name, when[name]) for name in DEFAULTS if name in when]
    parts += [name if any(when[name]) else f"{name} 없음" for name in ("mask", "initial_state") if name in when]
    parts += ["두 층의 유닛 수가 다름"] if "same_units" in when else []
    if "inputs" in when:
        every = set(when["inputs"]) == set(SYMBOLIC)
        parts.append("Input" if every else " 또는 ".join(map(_input_label, when["inputs"])))
    return ": ".join(part for part in (subject, ", ".join(parts)) if part)


def _or(name: str, values: Sequence[Any]) -> str:
    return f"{name}={' 또는 '.join(map(str, values))}"


EXPORTING: Sequence[tuple[Mapping[str, Sequence[Any]], str, str]] = (
    ({"stateful": (True,)}, "deploy-stateful", "stateful=True인 층을 내보낼 때"),
    ({"unroll": (True,)}, "deploy-unroll", "unroll=True인 층을 내보낼 때"),
    ({"initial_state": ("list",)}, "deploy-states", "상태를 입력과 출력으로 내보낼 때"),
    ({"mask": (True,)}, "deploy-mask", "마스크가 있는 층을 내보낼 때"),
    ({"go_backwards": (True,)}, "deploy-backwards", "go_backwards=True인 층을 내보낼 때"),
    ({"family": ("recurrent",)}, "deploy-free", "이 층을 내보낼 때"),
)
"""조건과, 배포하기 페이지의 표에서 그 조건의 줄, 링크에 적는 말. 먼저 맞는 것 하나를 보인다."""
EXPORTING_PAGE = "../howto/deploy.html"
"""탐색기의 페이지에서 본 배포하기 페이지."""
