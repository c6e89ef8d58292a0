"""축 하나로 읽히는 글자와, 축의 나열을 형태로 읽을지 가리는 규칙."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rnn_shapes.symbols import SYMBOLS

LETTERS = "".join(SYMBOLS)
"""형태에 쓰는 대문자."""

NAMES = "|".join(symbol.name for symbol in SYMBOLS.values())
ENGLISH = (
    r"batch(?:[ _-]size)?|time|time[ _-]?steps?|features?|units|samples?|steps|channels|height|width|seq_len"
    r"|sequence[ _]length|(?:hidden|input|output|embedding)[ _](?:size|dim)"
)
WORDS = r"배치|샘플|시간|타임스텝|시퀀스|특성|유닛|채널|bs|seq|hid|hidden|dim"
SIZES = (
    r"(?:배치|은닉|입력|출력|어휘|임베딩|특성|유닛|채널) ?크기|(?:시퀀스|시간) ?길이"
    r"|(?:유닛|특성|채널|타임스텝)의? ?수"
)
NAME = rf"{NAMES}|{ENGLISH}|[a-z]+(?:_[a-z]+)*_(?:dim|size|length|len|units)|{SIZES}"
TERM = re.compile(rf"(?P<factor>\d*)\s*(?P<atom>[A-Z]{{1,3}}|{NAME}|{WORDS}|[a-z])?'?")
OPERATOR = re.compile(r"\s*(?://|\*\*|[-+*/×])\s*")
OPEN = re.compile(r"-1|None|\?|\.\.\.|:|\*")
NUMERAL = r"(?:\d+|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)"
TIMES = re.compile(rf"{NUMERAL}\s?배의 (?=\S+$)|(?<=\S)의 {NUMERAL}\s?배$")
"""‘두 배의 H’나 ‘H의 두 배’처럼 말로 적은 배수."""
INNER = re.compile(r"\(([^()]*)\)")
FIRST = {"N", "B"}
"""배치의 크기를 적는 글자. 이것으로 시작하는 나열은 다른 글자가 섞여도 형태다."""
NOT_AXES = set("QUW")
"""형태에 쓰지 않는 글자. (Q, K, V)와 (W, U)는 행렬의 이름이다."""


MARKS = ({"T", "F"}, {"O", "X"})
"""참과 거짓, 맞고 틀림의 표시."""


@dataclass(frozen=True)
class Axis:
    """축 하나로 읽힌 글."""

    kind: Literal["letter", "name", "word", "foreign", "small", "size", "open"]
    text: str
    scaled: bool = False
    """배수나 계산이 붙었으면 참. 이름을 늘어놓을 때는 붙지 않는다."""


def axis(text: str) -> Axis | None:
    """축 하나로 읽는다. 축으로 읽히지 않으면 None이다.

    >>> axis("9 * hidden_dim")
    Axis(kind='name', text='hidden_dim', scaled=True)
    >>> axis("2(H + 9)")
    Axis(kind='letter', text='H', scaled=True)
    >>> axis("은닉 상태")
    """
    text = text.strip()
    if TIMES.search(text):
        text = f"2*{TIMES.sub('', text)}"
    if OPEN.fullmatch(text):
        return Axis("open", text)
    while inner := INNER.search(text):
        if (read := axis(inner[1])) is None or not inner[1].strip():
            return None
        text = text[: inner.start()] + ("H" if read.kind == "letter" else read.text) + text[inner.end() :]
    terms = [_term(term) for term in OPERATOR.split(text)]
    known = [term for term in terms if term is not None]
    if not text or len(known) < len(terms):
        return None
    main = next((term for term in known if term.kind != "size"), known[0])
    scaled = main.kind != "size" and (main.scaled or len(known) > 1)
    return Axis(main.kind, main.text, scaled)


def _term(text: str) -> Axis | None:
    match = TERM.fullmatch(text)
    if match is None or not text:
        return None
    atom, factor = match["atom"], match["factor"]
    if not atom:
        return Axis("size", text)
    if re.fullmatch(rf"[{LETTERS}]", atom) or (factor and re.fullmatch(rf"[{LETTERS}]+", atom)):
        return Axis("letter", atom, bool(factor))
    if re.fullmatch(r"[A-Z]", atom):
        return Axis("foreign", atom, bool(factor)) if atom not in NOT_AXES else None
    if re.fullmatch(NAME, atom):
        return Axis("name", atom, bool(factor))
    if re.fullmatch(WORDS, atom):
        return Axis("word", atom, bool(factor))
    return Axis("small", atom, bool(factor)) if re.fullmatch(r"[a-z]", atom) else None


def symbolic(axes: Sequence[Axis]) -> bool:
    """기호나 이름으로 적은 형태인가. 모두 축으로 읽힌 나열을 받는다.

    다른 글에서 쓰는 글자나 소문자, 우리말 낱말이 든 나열은 이름의 나열일 때도 많으므로, 배수가 붙었거나 배치로
    시작할 때만 형태로 본다.
    """
    kinds = {axis.kind for axis in axes}
    scaled = any(axis.scaled for axis in axes)
    named = [axis for axis in axes if axis.kind not in {"size", "open"}]
    if "small" in kinds:
        small = all(axis.kind != "small" or axis.text in LETTERS.lower() + "b" for axis in axes)
        return small and (scaled or axes[0].text in {"n", "b"}) and len(named) > 1
    if "foreign" in kinds:
        return scaled or axes[0].text in FIRST
    if kinds & {"letter", "name"}:
        return {axis.text for axis in axes} not in MARKS or scaled
    return "word" in kinds and (len(axes) > 2 or scaled or any(axis.text in {"배치", "샘플"} for axis in axes))


def numeric(axes: Sequence[Axis]) -> bool:
    """수만으로 적은 형태인가. 연도와 날짜, 0이 든 범위, 이어지는 번호는 형태가 아니다."""
    if any(axis.kind not in {"size", "open"} for axis in axes):
        return False
    sizes = [int(axis.text) for axis in axes if axis.text.isdecimal()]
    padded = any(axis.text.startswith("0") for axis in axes)
    years = [size for size in sizes if 1900 <= size <= 2100]
    date = bool(years) and all(size in years or size <= 31 for size in sizes)
    return bool(sizes) and not padded and not date
