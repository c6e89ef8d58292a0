"""주장 곁에 말로 적은 수와 ‘모두’ 같은 말. 주장 안에 있지 않으면 확인된 것으로 잘못 읽힌다."""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.facts import measured_numbers, prose_sentences
from rnn_shapes.lint.numbers import COUNTERS, words
from rnn_shapes.lint.places import CLAIM

BESIDE = "주장 곁의 말이 확인되지 않습니다. 주장 안에 적거나 빼세요"
QUANTIFIERS = re.compile(
    rf"(?<![가-힣])(?:모두(?!\s?{CLAIM}\s?(?:개|번|배))|모든|언제나|항상|일부|대부분)(?![가-힣]*[’”])"
)
"""‘모두 216개’의 모두는 더한 것이라는 뜻이고, 그 수를 주장이 확인한다."""
ORDERED = re.compile(r"^[가-힣]+째,")
"""늘어놓은 문장의 차례."""
SMALL = re.compile(
    rf"(?<![가-힣])(?:한|두)\s(?:{COUNTERS})(?!째)|(?<![가-힣])(?:하나|둘)(?=(?:입|이|뿐|만|로|를|을|은|의|와|과)|[.,)]|$)"
)


def numbers_beside(doctree: nodes.document) -> Iterator[Alarm]:
    """주장이 든 문장에서 주장 밖에 있는 셋 이상의 수와, 얼마나를 말하는 것. 주장이 재는 식에 있는 수는 된다."""
    for sentence in prose_sentences(doctree):
        if sentence.claimed:
            known = measured_numbers(sentence)
            text = ORDERED.sub("", sentence.text)
            for word in QUANTIFIERS.findall(text):
                yield Alarm(sentence.block, word, BESIDE)
            for word, number, ordinal in words(text):
                if not known & {str(number), str(number - ordinal)}:
                    yield Alarm(sentence.block, word, BESIDE)


def small_numbers_beside(doctree: nodes.document) -> Iterator[Alarm]:
    """그런 문장에서 주장 밖에 있는 하나와 둘.

    강의에서는 보지 않는다. ‘두 층’, ‘한 번에’처럼 세는 것이 아니라 이미 말한 것을 가리키는 말이 문장마다 나와서, 모두
    주장으로 바꾸면 읽을 수 없는 글이 된다.
    """
    for sentence in prose_sentences(doctree):
        if sentence.claimed:
            for match in SMALL.finditer(sentence.text):
                yield Alarm(sentence.block, match.group(), BESIDE)
