"""한 페이지에서 무엇이 글이고 코드이고 주장인지 가리고, 글을 문장으로 나눈다."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.contract.pages import measured_shape, measured_table
from rnn_shapes.figures.directive import drawn_figure
from rnn_shapes.lint.axes import axis
from shape_claims.nodes import checked, shape_claim, value_claim

CLAIM, CODE, MATH = "\ue000", "\ue001", "\ue002"
"""글 속의 주장과 코드와 수식이 있던 자리."""

UNREAD = nodes.literal_block | nodes.doctest_block | nodes.comment | nodes.raw | addnodes.desc | drawn_figure
UNWRITTEN = nodes.literal_block | nodes.doctest_block | nodes.comment | nodes.raw | addnodes.desc_signature
"""사람이 문장으로 적지 않은 것. API 설명의 글은 사람이 적은 것이다."""
UNSAID = nodes.comment | nodes.footnote_reference | nodes.citation_reference | nodes.label | nodes.generated
"""각주와 절의 번호처럼, 글 속에 있지만 사람이 적은 글이 아닌 것."""
SHAPE_OF = re.compile(r"\.shape(?:\[[^\]]*\])?$")
ENDS = re.compile(r"(?<=[.?!])[)”’\"]?\s+|\n\s*\n")
TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.S | re.I)
SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder|content|value)\s*=\s*(\"[^\"]*\"|'[^']*')")


def is_claim(node: nodes.Node | None) -> bool:
    """실행해서 확인하는 글인가. 자료 파일에서 온 형태도 시험이 다시 재므로 그렇다."""
    return isinstance(node, shape_claim | value_claim | measured_shape)


def expression(node: nodes.Node) -> str:
    """형태의 주장이 재는 식. 다른 것에는 없다."""
    return expressions(node) if isinstance(node, shape_claim) else ""


def expressions(node: nodes.Node) -> str:
    """주장이 재는 식을 모두 이은 것. 자료 파일에서 온 형태에는 없다."""
    return "\n".join(entry.claim.expression for entry in node.entries) if isinstance(node, checked) else ""


def inside(node: nodes.Node | None, kinds: UnionType | type) -> bool:
    """``node``나 그것을 담은 노드 가운데 ``kinds``가 있는가."""
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


@lru_cache(maxsize=2)  # 검사 열네 가지가 같은 페이지를 차례로 본다
def blocks(doctree: nodes.Element, unread: UnionType | type = UNREAD) -> Sequence[nodes.TextElement]:
    """글 한 덩이씩: 단락과 제목, 표의 칸, 캡션.

    줄 안의 조각은 그것이 든 글과 함께 본다. 축 하나만 굵은 글씨여도 형태이기 때문이다.
    """
    found = doctree.findall(nodes.TextElement)
    return [block for block in found if not inside(block.parent, nodes.TextElement) and not inside(block, unread)]


def prose(block: nodes.Element) -> str:
    """글 한 덩이. 주장과 코드, 수식은 따로 보므로 자리만 남긴다. 축 하나를 적은 코드는 글과 함께 본다."""
    return "".join(mark or str(text) for text, mark, _ in _pieces(block, keep_axes=True))


def _pieces(block: nodes.Element, *, keep_axes: bool = False) -> Iterator[tuple[str, str, nodes.Node]]:
    """글 조각과, 글이 아니면 그 자리를 나타내는 글자, 그리고 노드."""
    last: nodes.Node | None = None
    for text in block.findall(nodes.Text):
        if inside(text.parent, UNSAID):
            continue
        owner = _whole(text)
        if owner is last:
            continue  # 조각이 여럿인 코드
        last = owner
        mark = CLAIM if is_claim(owner) else MATH if isinstance(owner, nodes.math) else ""
        if isinstance(owner, nodes.literal) and not mark and "kbd" not in owner["classes"]:
            mark = "" if keep_axes and _reads_on(owner.astext()) else CODE
        yield owner.astext(), mark, owner


def _reads_on(code: str) -> bool:
    """글과 이어 읽어야 형태인지 알 수 있는 코드인가: 축 하나나, 다음에 형태를 말할 ``x.shape``."""
    read = axis(code)
    return bool(SHAPE_OF.search(code) or (read and read.kind in {"letter", "size", "open"}))


def _whole(text: nodes.Node) -> nodes.Node:
    """글 조각이 든 주장이나 코드, 수식 하나. 셋 다 아니면 조각이다."""
    found, node = text, text.parent
    while node is not None:
        if is_claim(node) or isinstance(node, nodes.literal | nodes.math):
            found = node
        node = node.parent
    return found


@dataclass(frozen=True)
class Sentence:
    """문장 하나."""

    block: nodes.TextElement
    text: str
    """주장과 코드와 수식의 자리만 남긴 글."""
    inlines: tuple[nodes.Node, ...]
    """자리마다 있던 노드. ``text``에 나오는 차례다."""

    def spelled(self) -> str:
        """독자가 보는 글."""
        found = iter(self.inlines)
        marks = f"[{CLAIM}{CODE}{MATH}]"
        return " ".join(re.sub(marks, lambda _: next(found).astext(), self.text).split())

    @property
    def claimed(self) -> bool:
        """주장이 들었으면 참."""
        return CLAIM in self.text


@lru_cache(maxsize=2048)
def sentences(block: nodes.TextElement) -> Sequence[Sentence]:
    """글 한 덩이를 문장으로 나눈다."""
    text, inlines = "", []
    for piece, mark, parent in _pieces(block):
        text += mark or piece
        if mark:
            inlines.append(parent)
    found, start = [], 0
    for part in ENDS.split(text):
        count = sum(part.count(mark) for mark in (CLAIM, CODE, MATH))
        if part.strip():
            found.append(Sentence(block, part.strip(), tuple(inlines[start : start + count])))
        start += count
    return found


def attributes(doctree: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    """역할을 쓸 수 없는 자리의 글: 줄임말의 풀이, 그림의 제목, 차례에 적은 이름."""
    for node in doctree.findall(nodes.Element):
        for name in ("title", "reftitle", "caption", "content"):
            if isinstance(value := node.get(name), str):
                yield node, value
        if isinstance(node, nodes.abbreviation):
            yield node, f"({node.get('explanation', '')})"
        if isinstance(node, addnodes.toctree):
            yield from ((node, title) for title, _ in node["entries"] if title)


def alternatives(doctree: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    """그림마다 대체 글. 우리가 그린 그림에는 그림 속의 글까지 들어 있다."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, drawn_figure):
            yield node, node.astext()
        elif isinstance(node, nodes.image):
            yield node, node.get("alt", "").strip()


def raw_texts(doctree: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    """날 HTML에서 독자가 읽는 글."""
    for node in doctree.findall(nodes.raw):
        if node.astext().endswith("</shape-explorer>"):
            continue  # 탐색기의 그림에는 자리를 비울 형태가 들어 있고, 스크립트가 잰 형태로 갈아 끼운다
        for text in markup_texts(node.astext()):
            yield node, text


def markup_texts(markup: str) -> Iterator[str]:
    """HTML에서 독자가 읽는 글: 속성에 적은 말과, 태그를 뺀 글."""
    yield from (html.unescape(value[1:-1]) for tag in TAG.finditer(markup) for value in SPOKEN.findall(tag.group()))
    yield html.unescape(TAG.sub("", markup))


def is_data(block: nodes.Node) -> bool:
    """자료 파일에서 온 글인가."""
    return inside(block, measured_table)
