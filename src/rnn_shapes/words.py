"""값을 말하는 우리말 낱말. ``{value}`` 역할이 이 뜻으로 읽는다."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

NATIVE = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
BEFORE_NOUN = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
ORDINALS = ("첫", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
ORDINALS_BEFORE_NOUN = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
TENS = ("", "열", "스물", "서른", "마흔", "쉰")


def _numbers() -> Mapping[str, Any]:
    words: dict[str, Any] = {}
    for number, parts in enumerate(zip(NATIVE, BEFORE_NOUN, ORDINALS, ORDINALS_BEFORE_NOUN, strict=True), 1):
        whole, before, ordinal, ordinal_before = parts
        words |= {whole: number, before: number}
        words |= {f"{ordinal}째": number, f"{ordinal_before} 번째": number}
    for tens, word in enumerate(TENS[1:], 1):
        for unit, names in enumerate(zip(("", *NATIVE[:9]), ("", *BEFORE_NOUN[:9]), strict=True)):
            words |= {f"{word}{name}": 10 * tens + unit for name in names}
    words |= {"첫": 1, "스무": 20, "절반": Fraction(1, 2), "반": Fraction(1, 2)}
    for below in range(2, 11):
        words |= {f"{below}분의 {above}": Fraction(above, below) for above in range(1, below)}
    return words


INFLECTED: Mapping[str, tuple[str, ...]] = {
    "같음": ("같은", "같고", "같으며", "같지만", "같습니다"),
    "다름": ("다른", "다르고", "다르며", "다르지만", "다릅니다"),
    "있음": ("있는", "있고", "있으며", "있지만", "있습니다"),
    "없음": ("없는", "없고", "없으며", "없지만", "없습니다"),
    "읽음": ("읽는", "읽고", "읽으며", "읽지만", "읽습니다"),
    "건너뜀": ("건너뛰는", "건너뛰고", "건너뛰며", "건너뛰지만", "건너뜁니다"),
    "가능": ("가능하고", "가능하지만", "가능합니다"),
    "불가능": ("불가능하고", "불가능하지만", "불가능합니다"),
}
"""문장 안에서 모양이 바뀌는 말. 페이지의 코드가 ``"같음"``을 내놓으면 글에는 ‘같고’라고 적을 수 있다."""

WORDS: Mapping[str, Any] = {
    **_numbers(),
    **{form: word for word, forms in INFLECTED.items() for form in forms},
    "튜플": "tuple",
    "리스트": "list",
    "딕셔너리": "dict",
    "정수": "int",
    "실수": "float",
    "문자열": "str",
}
"""낱말에서 값으로 가는 표."""

JOINERS = (", ", "와 ", "과 ", "이나 ", "나 ", "·")
"""이름을 늘어놓을 때 사이에 두는 것."""
