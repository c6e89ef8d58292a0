"""강의의 글에 말로 적은 수와 이름이 코드에 있는지 본다.

강의는 주장 없이도 코드를 설명한다: “유닛은 여섯 개만 골랐습니다.” 그래서 셋 이상의 수는 앞뒤의 코드나 같은 단락의
주장에, 이름은 페이지의 코드나 주장에 있어야 한다. 바로 다음에 늘어놓은 것을 미리 세는 말(“방법은 세 가지입니다.”)은
그 수만큼 늘어놓았으면 된다. 하나와 둘은 세는 뜻 없이도 흔히 쓰므로 보지 않는다.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.contract.explorer import explore_link
from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.facts import prose_sentences
from rnn_shapes.lint.numbers import QUOTED, words
from rnn_shapes.lint.places import CLAIM, CODE
from rnn_shapes.lint.scripts import IDENTIFIER

NUMBER = "앞뒤의 코드에도 주장에도 없는 수입니다. {value} 역할로 적거나 빼세요"
NAME = "페이지의 코드에 없는 이름입니다. 쓰는 이름을 적거나, 다른 곳의 것이면 링크로 알려 주세요"
DIGIT = re.compile(r"(?<![\w.])\d+(?![\w.])|(?<=:)\d+|(?<=\W)\d+(?=[:\])])")
"""코드에 적힌 정수. 자리의 수(``x[:6]``)도 강의에서는 설명할 것이다."""


def loose_numbers(doctree: nodes.document) -> Iterator[Alarm]:
    """앞뒤의 코드와 주장, 다음에 늘어놓은 것 어디에도 없는 수."""
    codes = [node for node in doctree.findall(nodes.Element) if node.get("testnodetype")]
    order = {id(node): place for place, node in enumerate(doctree.findall())}
    for sentence in prose_sentences(doctree):
        if sentence.claimed or sentence.text.endswith("까요?"):
            continue
        found = [*words(QUOTED.sub("", sentence.text))]
        if not found:
            continue
        here = order[id(sentence.block)]
        before = [node for node in codes if order[id(node)] < here][-2:]
        after = [node for node in codes if order[id(node)] > here][:1]
        near = {int(number) for node in [*before, *after] for number in DIGIT.findall(node.astext())}
        near |= {*_claimed(sentence.block), *_listed(sentence.block)}
        for word, number, ordinal in found:
            if number not in near and not (ordinal and number - 1 in near):
                yield Alarm(sentence.block, word, NUMBER)


def unknown_names(doctree: nodes.document) -> Iterator[Alarm]:
    """페이지의 코드에도 주장에도 없는 이름."""
    known = _names(doctree)
    for sentence in prose_sentences(doctree):
        marks = re.findall(f"[{CLAIM}{CODE}{places.MATH}]", sentence.text)
        for mark, node in zip(marks, sentence.inlines, strict=True):
            unknown = {*IDENTIFIER.findall(node.astext())} - known
            if mark == CODE and unknown and not _points_elsewhere(sentence.block):
                yield Alarm(sentence.block, node.astext(), NAME)


def _points_elsewhere(block: nodes.Element) -> bool:
    """다른 페이지나 탐색기로 가는 링크가 있는 단락인가. 거기의 이름은 거기서 확인된다."""
    links = nodes.reference | addnodes.pending_xref | explore_link
    return any(isinstance(node, links) for node in block.findall())


def _names(doctree: nodes.document) -> set[str]:
    known = {"nan", "True", "False", "None"}
    for node in doctree.findall(nodes.Element):
        if node.get("testnodetype"):
            known |= {*IDENTIFIER.findall(node.get("test", node.astext()))}
        elif places.is_claim(node):
            known |= {*IDENTIFIER.findall(places.expressions(node)), *IDENTIFIER.findall(node.astext())}
    return known


def _claimed(block: nodes.Element) -> Iterator[int]:
    """같은 단락이나 표의 같은 줄에서 주장이 말하거나 재는 수."""
    row = block.parent.parent if isinstance(block.parent, nodes.entry) else block
    for claim in row.findall(places.is_claim):
        text = f"{places.expressions(claim)}\n{claim.astext()}"
        yield from map(int, DIGIT.findall(text))
        yield from (int(number) for _, number, _ in words(claim.astext()))


def _listed(block: nodes.Element) -> Iterator[int]:
    """바로 앞뒤에 늘어놓은 것의 수: 목록의 항목이나 표의 줄."""
    place = block.parent.index(block)
    for beside in [*block.parent[max(place - 1, 0) : place], *block.parent[place + 1 : place + 2]]:
        if isinstance(beside, nodes.bullet_list | nodes.enumerated_list):
            yield len(beside.children)
        yield from (len(body.children) for body in beside.findall(nodes.tbody))
