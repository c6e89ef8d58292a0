"""사실을 말하면서 주장이 없는 문장을 골라낸다. 막지 않고, 적는 사람과 살피는 사람에게 보여 준다.

정의와 목적, 권유는 실행할 것이 없으므로 되도록 뺀다. 규칙은 짐작이다: 빠뜨린 사실도, 사실이 아닌 문장도 있다.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint.facts import bare_defaults, bare_numbers, prose_sentences
from rnn_shapes.lint.numbers import COUNTERS, words
from rnn_shapes.lint.places import CLAIM, CODE, MATH, Sentence

SMALL = re.compile(
    rf"(?<![가-힣])(?:한|두)\s(?:{COUNTERS})"
    r"|(?<![가-힣])(?:하나|둘)(?=[가-힣]*(?:입니다|이다|뿐|만|씩|이고|로|를|을|은|이)|$)"
)
REASONS = {
    "같음과 다름": r"같(?:습니다|다|고|은|아|지)|다르(?:다|고|지)|다릅니다|달라",
    "언제나와 모두": r"언제나|항상|늘\s|모두|모든|반드시|절대|결코|어느 .{0,8}나\s|만\s(?:맞|됩니다|받|남)|뿐",
    "아님": r"지\s?않|없|못\s?[하합]|[가이]\s아니|아닙니다|모릅니다|거절|오류|실패",
    "순서": r"차례|먼저|나중|다음에|앞에|뒤에|첫째|둘째|처음|마지막|정방향|역방향|왼쪽|오른쪽",
    "비교": r"보다\s|더\s[가-힣]+|가장|덜\s|넘습니다|만큼|배입니다|커집니다|작아집니다|늘어|줄어",
    "바뀜과 버전": r"Keras\s?\d|버전|바뀌|바뀝니다|예전|이제는",
    "이름": CODE,
}
"""사실로 보는 이유와, 그때 나오는 말."""
STATES = re.compile(rf"[가-힣{CODE}][.)”]?$")
ADVICE = re.compile(
    r"(?:세요|십시오|까요\?|봅시다|봅니다|보입니다|설명합니다|다룹니다|적었습니다|적습니다|모았습니다)[.)]?$"
)
DEFINES = re.compile(
    r"[이라]라고\s(?:합니다|하고|부릅니다|적습니다)|[이라]라는\s뜻|뜻입니다|말합니다|가리킵니다"
    r"|이것이 [^.]{1,20}입니다|(?:위해|위한|려고|도록)\s[^.]{0,30}니다\.?$"
)


@dataclass(frozen=True)
class Unclaimed:
    """주장 없이 사실을 말하는 문장."""

    sentence: Sentence
    reasons: tuple[str, ...]
    """사실로 본 이유."""


def reasons(sentence: Sentence) -> tuple[str, ...]:
    """이 문장을 사실로 볼 이유. 주장이 있거나 사실이 아니면 비었다."""
    text = sentence.text
    named = " " not in text and not text.endswith(("다", "다."))
    if named or sentence.claimed or ADVICE.search(text) or not STATES.search(text):
        return ()
    counted = SMALL.search(text) or any(words(text)) or any(bare_numbers(text))
    found = ["수"] if counted else []
    found += [name for name, pattern in REASONS.items() if re.search(pattern, text)]
    if any(bare_defaults(text)):
        found.append("기본값")
    if DEFINES.search(text) and set(found) <= {"이름", "순서"}:
        return ()
    return tuple(found)


def anchor(sentence: Sentence, count: int) -> str:
    """원본에서 이 문장을 찾을 글자: 코드와 수식이 끼지 않은 가장 긴 토막의 처음 ``count``낱말."""
    chunks = re.split(f"[{CLAIM}{CODE}{MATH}]", sentence.text)
    return " ".join(max(chunks, key=len).split()[:count]) or sentence.spelled()


def unclaimed(doctree: nodes.document) -> Iterator[Unclaimed]:
    """페이지의 글에서, 사실을 말하고 주장이 없는 문장을 나오는 차례로 내놓는다. 제목과 링크의 글은 뺀다."""
    for sentence in prose_sentences(doctree):
        titled = isinstance(sentence.block, nodes.title) or sentence.spelled() in _links(sentence.block)
        if not titled and (found := reasons(sentence)):
            yield Unclaimed(sentence, found)


def _links(block: nodes.TextElement) -> set[str]:
    links = block.findall(lambda node: isinstance(node, nodes.reference | addnodes.pending_xref))
    return {" ".join(link.astext().split()) for link in links}
