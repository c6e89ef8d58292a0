"""페이지를 검색 결과 하나씩이 되는 자리로 나눈다."""

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.figures.directive import drawn_figure
from rnn_shapes.pages.message import message

UNSEEN = (nodes.comment, nodes.raw, nodes.math_block, nodes.substitution_definition, addnodes.toctree, addnodes.index)
"""독자가 글로 읽지 않는 것. 숨은 예제도 주석이다."""
RAISED = re.compile(r"^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning): .*(?:\n(?!>>>|\s*$).*)*", re.M)
"""실행한 코드의 출력에 보인 예외. 예외의 이름부터 다음 코드나 빈 줄 앞까지다."""

WORD = re.compile(r"[^\W\d]\w*")
"""코드에서 찾을 만한 낱말. 이름과, 주석이나 문자열에 든 말이다."""


@dataclass
class Section:
    """검색 결과 하나가 되는 자리: 절, 용어 하나, API의 이름 하나."""

    anchor: str
    """페이지 안의 자리. 페이지 전체면 빈 글이다."""
    heading: str
    lines: list[str] = field(default_factory=list)
    """단락마다, 코드 블록마다, 표의 줄마다 한 줄. 코드는 나오는 낱말만 있다."""
    places: list[tuple[int, str]] = field(default_factory=list)
    """절 안에서 더 가까이 갈 수 있는 자리로, 줄의 번호와 앵커의 짝이다. 이름을 단 그림과 글 상자, 표의 줄이다."""
    names: list[int] = field(default_factory=list)
    """코드의 낱말만 담은 줄의 번호."""
    messages: list[tuple[int, str]] = field(default_factory=list)
    """절에 있는 오류 메시지로, 줄의 번호와 글의 짝이다. 달라지는 곳은 ⟨이름⟩이다."""


def sections(doctree: nodes.document) -> list[Section]:
    """페이지를 절로 나눈다. 절의 글에는 그 아래 절의 글이 들지 않는다."""
    found: list[Section] = []
    _collect(doctree, Section("", ""), found)
    return found


def _collect(node: nodes.Element, section: Section, found: list[Section]) -> None:
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, UNSEEN) or "sphx-glr-footer" in child["classes"]:
            continue
        if own := _opened(child):
            if isinstance(child.parent, nodes.document):
                own.anchor = ""  # 페이지의 제목을 고르면 맨 위부터 읽는다
            found.append(own)
            _collect(child, own, found)
            continue
        if child["ids"] and (child["names"] or isinstance(child, nodes.row)):
            section.places.append((len(section.lines), child["ids"][-1]))
        if isinstance(child, drawn_figure):
            # 그림의 글은 대체 글로 시작한다. 결과에는 말로 푼 쪽이 읽기 좋으므로 줄을 나눈다.
            section.lines += [child["alt"], child.astext().removeprefix(child["alt"]).strip()]
        elif isinstance(child, nodes.row):
            section.lines.append(" · ".join(_text_of(cell) for cell in child.children))
        elif isinstance(child, nodes.TextElement):
            section.messages += [(len(section.lines), text) for text in _messages_in(child)]
            is_code = _is_code(child)
            line = _names_in(child) if is_code else " ".join(child.astext().split())
            if line and line != section.heading:
                if is_code:
                    section.names.append(len(section.lines))
                section.lines.append(line)
        else:
            _collect(child, section, found)


def _is_code(node: nodes.TextElement) -> bool:
    """출력이 섞이지 않은 파이썬 코드인가."""
    if not isinstance(node, nodes.literal_block) or isinstance(node, message):
        return False
    is_python = node.get("testnodetype") == "testcode" or node.get("language", "").startswith("python")
    return is_python and ">>>" not in node.astext()


def _names_in(code: nodes.TextElement) -> str:
    """코드에 나오는 낱말을 한 번씩. 코드는 이름으로 찾을 뿐이고, 통째로 넣으면 색인의 큰 몫을 차지한다.

    파이썬의 예약어는 어느 코드에나 있어서 절을 가려 주지 않으므로 뺀다.
    """
    return " ".join(name for name in dict.fromkeys(WORD.findall(code.astext())) if not keyword.iskeyword(name))


def _messages_in(node: nodes.TextElement) -> Iterator[str]:
    """이 노드에 적힌 메시지나, 실행하다가 난 예외. 예외에서 줄인 곳도 달라지는 곳으로 본다."""
    if isinstance(node, message):
        yield node["pattern"]
    elif isinstance(node, nodes.literal_block | nodes.doctest_block):
        for raised in RAISED.findall(node.astext()):
            yield " ".join(raised.replace("...", "⟨…⟩").split())


def messages_of(section: Section) -> list[tuple[int, str]]:
    """절이 설명하는 메시지. 설명하는 것이 없으면 예제에서 난 예외다."""
    explained = [(line, text) for line, text in section.messages if section.lines[line] == text]
    return explained or section.messages


def _text_of(cell: nodes.Node) -> str:
    """표의 한 칸의 글."""
    inside = Section("", "")
    if isinstance(cell, nodes.Element):
        _collect(cell, inside, [])
    return " ".join(inside.lines)


def _opened(node: nodes.Element) -> Section | None:
    """이 노드에서 새로 시작하는 자리."""
    if isinstance(node, nodes.section):
        return Section(node["ids"][0], node[0].astext())
    first = node.children[0] if node.children else None
    if isinstance(node, addnodes.desc) and isinstance(first, addnodes.desc_signature) and first["ids"]:
        return Section(first["ids"][0], first["ids"][0])
    if isinstance(node, nodes.definition_list_item) and isinstance(first, nodes.term) and first["ids"]:
        return Section(first["ids"][0], first.astext())
    return None
