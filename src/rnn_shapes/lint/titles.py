"""따옴표 없이 문장에 끼운 페이지나 절의 제목. 제목은 문장의 다른 말과 구별되지 않아 읽다가 걸려 넘어진다."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm

WHAT = "제목의 링크가 문장에 그대로 끼었습니다. ‘ ’로 감싸거나 링크의 글을 적으세요"
TITLE, LINK = "\ue003", "\ue004"
"""제목을 글로 삼는 링크와, 글을 따로 적은 링크가 있던 자리."""
ALONE = re.compile(rf"[\s,·/{TITLE}{LINK}]*")
"""링크만 늘어놓은 글. 목록의 항목이나 표의 칸이 그렇다."""
QUOTES = {"‘": "’", "“": "”", "「": "」"}


def bare_titles(doctree: nodes.document) -> Iterator[Alarm]:
    """글을 따로 적지 않아 제목이 그대로 나오는 링크 가운데, 문장에 따옴표 없이 낀 것."""
    for block in places.blocks(doctree, places.UNWRITTEN):
        links = list(block.findall(addnodes.pending_xref))
        text = _text(block)
        if ALONE.fullmatch(text):
            continue
        for link, place in zip(links, re.finditer(f"[{TITLE}{LINK}]", text), strict=True):
            before, after = text[place.start() - 1 : place.start()], text[place.end() : place.end() + 1]
            if place.group() == TITLE and (not before or QUOTES.get(before) != after):
                yield Alarm(link, link["reftarget"], WHAT)


def _text(node: nodes.Node) -> str:
    """글. 다른 페이지로 가는 링크는 자리만 남긴다."""
    if isinstance(node, addnodes.pending_xref) and node.get("reftype") in {"doc", "ref", "myst"}:
        return LINK if node.get("refexplicit") else TITLE
    if isinstance(node, addnodes.pending_xref):
        return LINK
    return str(node) if isinstance(node, nodes.Text) else "".join(map(_text, node.children))
