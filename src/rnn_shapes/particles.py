"""받침에 따라 바뀌는 조사: 무엇이 어느 소리로 끝나고, 그 뒤에는 어느 조사가 오는가.

로마자와 숫자는 우리말로 읽는 소리를 따른다. ``LSTM``은 엘에스티엠이므로 ‘은’이다. 모르는 소리는 판단하지 않는다.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Sound = Literal["", "ㄹ", "받침"]
"""끝소리. 받침이 없으면 빈 글이다. ‘로’는 ㄹ 받침을 받침이 없는 것처럼 여긴다."""

PAIRS = (
    *(("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이나", "나"), ("이랑", "랑")),
    *(("이라고", "라고"), ("이라는", "라는"), ("이라서", "라서"), ("이라도", "라도"), ("이란", "란")),
)
"""[받침 뒤의 조사, 받침이 없을 때의 조사]"""
PARTICLE = re.compile(
    rf"({'|'.join(sorted((one for pair in PAIRS for one in pair), key=len, reverse=True))})"
    r"(?:는|도|만|의|써|서|부터|까지)*(?![가-힣])"
)
CLOSERS = {")": "(", "]": "[", "}": "{", "’": "‘", "”": "“", "」": "「", "』": "『", "》": "《", "〉": "〈"}
CLOSED = re.compile(r"[)\]’”」』》〉\"']")
"""닫는 따옴표와 괄호."""
DIGITS: dict[str, Sound] = dict(
    zip("0123456789", ("받침", "ㄹ", "", "받침", "", "", "받침", "ㄹ", "ㄹ", ""), strict=True)
)
LETTERS: dict[str, Sound] = {"l": "ㄹ", "m": "받침", "n": "받침"}
"""이름이 받침으로 끝나는 로마자. r은 ‘아르’로도 ‘알’로도 읽는다."""
SHORT = re.compile(r"(?:out|put|unit|cat|set|get|format|logit|step|map|stack|lock|pack|back|type|ic)$")
"""ㅂ, ㅅ, ㄱ 받침으로 적는 영어 낱말의 끝."""
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[가-힣]|[α-ωΑ-Ω]|%")


def sound(text: str) -> Sound | None:
    """글의 끝소리. 알 수 없으면 None이다.

    >>> [sound(text) for text in ("셀과 층", "상태", "LSTM", "GRU", "Dense", "(N, T, 2H)", "26", "kernel")]
    ['받침', '', '받침', '', '', '', '받침', 'ㄹ']
    >>> sound("형태(shape)"), sound("get_weights()"), sound("f(x)"), sound("r")
    ('', '', None, None)
    """
    text = text.rstrip().rstrip("*_.,!?′ ")
    while text and text[-1] in CLOSERS | dict.fromkeys("\"'"):
        opener = CLOSERS.get(text[-1])
        start = _opener(text, opener) if opener else -1
        before, inner = (text[:start], text[start + 1 : -1]) if start >= 0 else ("", text[:-1])
        if opener == "(" and re.search(r"[가-힣]\Z", before):
            text = before  # 괄호에 적은 원어는 읽지 않는다
        elif opener == "(" and re.search(r"[\w.\])]\Z", before):
            if inner.strip():
                return None  # 어디까지 읽는지 사람마다 다르다
            text = before
        else:
            text = inner.rstrip(" .,!?")
    words = list(WORD.finditer(text))
    return _word(words[-1].group()) if words and words[-1].end() == len(text) else None


def _opener(text: str, opener: str) -> int:
    """마지막 글자와 짝인 여는 글자의 자리. 없으면 -1이다."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == text[-1]) - (text[place] == opener)
        if depth == 0:
            return place
    return -1


def _word(word: str) -> Sound | None:
    if "가" <= word <= "힣":
        tail = (ord(word) - ord("가")) % 28
        return "" if tail == 0 else "ㄹ" if tail == 8 else "받침"
    if word.isdecimal():
        return DIGITS[word[-1]]
    if not word.isascii():
        return None if word in "εΕυΥοΟ" else ""
    if word == "%":
        return ""
    if len(word) == 1 or word.isupper() or not re.search("[aeiouy]", word.lower()):
        return None if word[-1] in "rR" else LETTERS.get(word[-1].lower(), "")
    return _english(word.lower())


def _english(word: str) -> Sound | None:
    """낱말로 읽는 영어의 끝소리. 적은 글자로 소리를 알 수 있는 것만 말한다."""
    if SHORT.search(word):
        return "받침"
    if re.search(r"le?$", word):
        return "ㄹ"
    if re.search(r"(?:[mn]e?|ng)$", word):
        return "받침"
    if re.search(r"(?:[aeiouywsdzxfvhr]|[^aeiou][tkp]|[aeiou]g)$", word):
        return ""
    return None


@dataclass(frozen=True)
class Piece:
    """글 조각."""

    text: str
    marked: bool = False
    """제목의 링크나 코드, 주장처럼 따로 읽는 것이면 참."""


@dataclass(frozen=True)
class Wrong:
    """소리에 맞지 않는 조사."""

    written: str
    """앞말과 조사."""
    right: str
    rest: str
    """조사와 그 뒤에 이어진 글. 원본에서 자리를 찾는 데 쓴다."""


def wrong_particles(pieces: Iterable[Piece]) -> Iterator[Wrong]:
    """링크와 코드, 주장, 닫는 따옴표와 괄호 바로 뒤에 온 틀린 조사를 찾는다. 조각은 한 단락의 것이다.

    >>> [wrong.written for wrong in wrong_particles([Piece("‘"), Piece("셀과 층", True), Piece("’를 읽고")])]
    ['‘셀과 층’를']
    """
    before, after_mark = "", False
    for piece in pieces:
        joints = [0] if after_mark else []
        if not piece.marked:
            joints += [match.end() for match in CLOSED.finditer(piece.text)]
        for joint in joints:
            said = before + piece.text[:joint]
            if (match := PARTICLE.match(piece.text, joint)) and (right := _right(said, match[1])):
                yield Wrong(said.split("\n")[-1][-24:].lstrip() + match.group(), right, piece.text[joint:])
        before, after_mark = before + piece.text, piece.marked


def _right(before: str, particle: str) -> str:
    """``before`` 뒤에 와야 할 조사. 지금 것이 맞거나 알 수 없으면 빈 글이다."""
    found = sound(before)
    if found is None:
        return ""
    closed, open_ = next(pair for pair in PAIRS if particle in pair)
    is_open = found == "" or (found == "ㄹ" and closed == "으로")
    right = open_ if is_open else closed
    return "" if right == particle else right
