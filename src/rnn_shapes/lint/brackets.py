"""글자를 고르게 하고, 짝이 맞는 괄호를 찾는다."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">", "〈": "〉", "⟨": "⟩", "《": "》", "「": "」", "【": "】", "〔": "〕"}
SEPARATORS = re.compile(r"\s*[,;×·|]\s*|\s+[xX]\s+|\s+by\s+")
DOTS = str.maketrans(dict.fromkeys("ㆍ・⋅∙•‧", "·") | dict.fromkeys("✕⨯╳", "×") | dict.fromkeys("，、", ","))
SHAPE_CALL = re.compile(r"(?:\bs|S)hape$|형태$")


def plain(text: str) -> str:
    """같은 뜻의 글자를 하나로 모으고, 보이지 않는 글자를 지운다."""
    return unicodedata.normalize("NFKC", "".join(map(_visible, text.translate(DOTS)))).translate(DOTS)


def _visible(character: str) -> str:
    return "" if unicodedata.category(character) == "Cf" else character


def invisible(text: str) -> Iterator[str]:
    """보이지 않는 글자가 끼인 낱말. 찾을 수도 고칠 수도 없는 글이 된다."""
    for word in text.split():
        if any(not _visible(character) for character in word):
            yield word


@dataclass(frozen=True)
class Group:
    """괄호 하나."""

    text: str
    opener: str
    inner: str
    before: str
    """여는 괄호 앞의 글."""
    after: str
    called: bool
    """함수나 목록의 인자이거나, 그런 인자 안에 있으면 참."""


def groups(text: str) -> Iterator[Group]:
    """짝이 맞는 괄호를, 겹친 것까지 하나씩 내놓는다."""
    stack: list[tuple[int, bool]] = []
    for end, character in enumerate(text):
        if character in CLOSERS:
            before = text[:end]
            named = bool(re.search(r"[A-Za-z0-9_.\])]\Z", before)) and not SHAPE_CALL.search(before)
            stack.append((end, named or (bool(stack) and stack[-1][1])))
        elif stack and character == CLOSERS[text[stack[-1][0]]]:
            start, called = stack.pop()
            yield Group(
                text[start : end + 1], text[start], text[start + 1 : end], text[:start], text[end + 1 :], called
            )


def split(inner: str) -> list[str]:
    """축 사이의 기호에서 나눈다. 겹친 괄호 안에서는 나누지 않고, 맨 끝의 쉼표는 버린다.

    >>> split("N, 2(H + 9),")
    ['N', '2(H + 9)']
    """
    parts, depth, start = [], 0, 0
    marks = {match.start(): match.end() for match in SEPARATORS.finditer(inner)}
    for place, character in enumerate(inner):
        depth += (character in CLOSERS) - (character in CLOSERS.values())
        if place in marks and depth == 0:
            parts.append(inner[start:place])
            start = marks[place]
    return [*parts, inner[start:]] if inner[start:].strip() else parts
