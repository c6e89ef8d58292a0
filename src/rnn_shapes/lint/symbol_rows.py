"""강의에서 글자의 뜻을 적은 곳이 기호의 표(:mod:`rnn_shapes.symbols`)와 맞는지 본다.

‘글자 정리’의 표에서는 줄마다 글자와 코드의 이름, 뜻이 표와 같아야 한다. 페이지에서만 맞는 말(‘패딩 포함’)은 주장으로
덧붙인다. 글에서는 “코드에서는 ``input_dim``”이라고 적은 이름이 그 문장에 있는 글자의 것이어야 하고, “D는
``input_dim``”이라고 적은 이름은 바로 그 글자의 것이어야 한다.
"""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.facts import prose_sentences
from rnn_shapes.lint.places import CLAIM, CODE
from rnn_shapes.symbols import MEANINGS, TABLE

NAME = "글자의 이름이 src/rnn_shapes/symbols.py의 것과 다릅니다. 거기 적힌 이름을 적으세요"
MEANING = (
    "글자의 뜻이 src/rnn_shapes/symbols.py의 MEANINGS와 다릅니다. 거기 적힌 뜻을 적고, 이 페이지에서만 맞는 말은 "
    "{value} 역할로 덧붙이세요"
)
IN_CODE = re.compile(f"(?:코드에서는|([A-Z])[은는]) {CODE}")
LETTER = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")


def other_rows(doctree: nodes.document) -> Iterator[Alarm]:
    """기호의 표와 다른 줄. 글자와 코드의 이름으로 시작하는 줄만 본다."""
    for row in doctree.findall(nodes.row):
        letter, name, meaning, *_ = [*row.children, None, None, None]
        if meaning is None or letter.astext() not in TABLE or not _is_code(name):
            continue
        if name.astext() != TABLE[letter.astext()][0]:
            yield Alarm(name, name.astext(), NAME)
        if _unclaimed(meaning) not in MEANINGS.get(letter.astext(), ()):
            yield Alarm(meaning, meaning.astext(), MEANING)


def other_names(doctree: nodes.document) -> Iterator[Alarm]:
    """글자의 것이 아닌 이름을 코드의 이름이라고 말하는 문장."""
    for sentence in prose_sentences(doctree):
        letters = LETTER.findall(sentence.text)
        for match in IN_CODE.finditer(sentence.text):
            known = {TABLE[letter][0] for letter in match[1] or letters if letter in TABLE}
            before = sentence.text[: match.end() - 1]
            place = sum(before.count(mark) for mark in (CLAIM, CODE, places.MATH))
            name = sentence.inlines[place].astext()
            if known and name not in known:
                yield Alarm(sentence.block, name, NAME)


def _unclaimed(cell: nodes.Element) -> str:
    """주장과, 주장이 덧붙이는 것을 나타내는 코드와 문장 부호를 뺀 칸의 글."""
    texts = [text for block in places.blocks(cell) for text in places.sentences(block)]
    return " ".join(re.sub(f"[{CLAIM}{CODE}.,]", "", text.text).strip() for text in texts).strip()


def _is_code(cell: nodes.Node) -> bool:
    return any(True for _ in cell.findall(nodes.literal))
