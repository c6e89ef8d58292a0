"""무엇의 형태인지 말하지 않는 문장: 주어 없이 형태만 말하거나, 쌍점 뒤에 형태만 놓은 것."""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import CLAIM, Sentence

SUBJECT = re.compile(r"(?<=\S)[은는이가도](?=[\s,]|$)")
NOT_SUBJECT = re.compile(r"(?:때|에서|에|로|면|까지|부터|이제|서)[은는도]$|^(?:같이|많이|그래도|아직도|없이)$")
"""조사는 주어 같아도 무엇이 그 형태인지는 말하지 않는 말. ‘부를 때는’이나 ‘Keras 2에서는’이 그렇다."""
COPULA = re.compile(r"\s*(?:입니다|이다|이고|이며|이지만|이므로|이라서|였습니다|이었습니다)")
COLON = re.compile(r":\s*$")
NO_SUBJECT = "무엇의 형태인지 말하지 않는 문장입니다. 주어를 적으세요"
AFTER_COLON = "쌍점 뒤에 형태만 놓았습니다. 무엇이 그 형태인지 문장으로 적으세요"


def lone_shapes(doctree: nodes.document) -> Iterator[Alarm]:
    """주어가 없는 형태의 주장."""
    for block in places.blocks(doctree):
        for sentence in places.sentences(block):
            yield from _in_sentence(sentence)


def _in_sentence(sentence: Sentence) -> Iterator[Alarm]:
    text = sentence.text
    marks = re.finditer(f"[{places.CLAIM}{places.CODE}{places.MATH}]", text)
    for mark, node in zip(marks, sentence.inlines, strict=True):
        if mark.group() != CLAIM or not places.expression(node):
            continue
        before = text[: mark.start()]
        if COLON.search(before):
            yield Alarm(node, node.astext(), AFTER_COLON, places.expression(node))
        elif COPULA.match(text, mark.end()) and not _names_a_subject(before):
            yield Alarm(node, node.astext(), NO_SUBJECT, places.expression(node))


def _names_a_subject(before: str) -> bool:
    """주어로 보이는 말이 있는가. 꾸미는 말(돌려주는)도 주어로 보아, 확실할 때만 없다고 한다.

    >>> [_names_a_subject(text) for text in ("출력은 ", "이제 ", "값을 넣어 부를 때는 ", "층이 돌려주는 것은 ")]
    [True, False, False, True]
    """
    words = before.replace(",", " ").split()
    return any(SUBJECT.search(word) and not NOT_SUBJECT.search(word) for word in words)
