"""주장 앞의 말이 식에 있는 이름과 다른 것을 가리키는지 본다.

식이 편향을 재는데 문장이 상태라고 말하면 주장은 맞고 문장은 거짓이다. 같은 갈래의 다른 이름이 식에 있을 때만 말한다:
식에 갈래의 이름이 없으면 무엇을 재는지 알 수 없다.
"""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.keys import MARKS
from rnn_shapes.lint.places import Sentence

OTHER = "주장 바로 앞의 말은 ‘{}’인데 식에는 다른 것의 이름만 있습니다. 문장이 말하는 값을 적으세요"
KINDS = (
    {
        "편향": r"bias",
        "bias": r"bias",
        "kernel": r"(?<!recurrent_)kernel",
        "recurrent_kernel": r"recurrent_kernel",
    },
    {
        "출력": r"outputs?\b|\w\(.*(?:inputs?|ids)\b",  # 입력을 넣어 부른 것은 출력이다
        "입력": r"inputs?\b|\bids\b",
        "가중치": r"weights?(?:\b|_)",
        "상태": r"states?\b(?!=)",
    },
    {"정방향": r"forward|\bf_[hc]\b", "역방향": r"backwards?|\bb_[hc]\b"},
    {"행렬 곱": r"MatMul", "행렬을 곱": r"MatMul", "이어 붙": r"ConcatV2"},
    {"배치 크기": r"batch_size", "시퀀스 길이": r"seq_length"},
    {"이름": r"\bnames?\b|__name__|\.name\b", "형태": r"\bshapes?\b"},
    {"초기 상태": r"initial|zero_states", "마지막 상태": r"\blast|ends"},
    {"위쪽": r"\bupper\b", "아래쪽": r"\blower\b"},
    {"정확도": r"accurac|\bright\b", "손실": r"loss"},
    {"소프트맥스": r"softmax", "시그모이드": r"sigmoid", "tanh": r"tanh"},
    {"첫째": r"\[(?::, ?)*0\b", "둘째": r"\[(?::, ?)*1\b", "셋째": r"\[(?::, ?)*2\b", "넷째": r"\[(?::, ?)*3\b"},
    {"망각 게이트": r"forget", "갱신 게이트": r"update"},
    {"인코더": r"encoder", "디코더": r"decoder"},
    {"앞에서부터": r"forward", "뒤에서부터": r"backward"},
    {"이어 붙인": r"[Cc]oncat", "더한": r"\+|\bsum\b|reduce_sum"},
    {"가장 큰": r"max", "가장 작은": r"min\b|minimum"},
)
"""갈래마다, 글에 적는 말과 그것을 가리키는 이름."""


def other_terms(doctree: nodes.document) -> Iterator[Alarm]:
    """식에 없는 것을 말하는 문장."""
    for block in places.blocks(doctree):
        for sentence in places.sentences(block):
            yield from _in_sentence(sentence)


def _in_sentence(sentence: Sentence) -> Iterator[Alarm]:
    text, inlines = "", iter(sentence.inlines)
    for piece in re.split(f"({MARKS.pattern})", sentence.text):
        if not MARKS.fullmatch(piece):
            text += piece
            continue
        node = next(inlines)
        if not places.is_claim(node):
            text += node.astext()
            continue
        for term in _others(text, places.expressions(node)):
            yield Alarm(node, term, OTHER.format(term))
        text = ""


def _others(text: str, expression: str) -> Iterator[str]:
    """앞의 글에서 마지막으로 말한 것 가운데, 식에는 같은 갈래의 다른 이름만 있는 것."""
    for kind in KINDS:
        said = [(match.end(), len(term), term) for term in kind for match in re.finditer(_whole(term), text)]
        named = {pattern for pattern in kind.values() if re.search(pattern, expression)}
        if said and named and kind[max(said)[2]] not in named:
            yield max(said)[2]


def _whole(term: str) -> str:
    return rf"(?<!\w){re.escape(term)}(?![A-Za-z0-9_])"
