"""링크와 코드, 주장, 닫는 따옴표 뒤에서 소리에 맞지 않는 조사.

제목의 링크는 페이지를 다 읽어야 글이 정해지므로, 다른 검사와 달리 링크를 푼 doctree에서 찾는다.
"""

from collections.abc import Iterator
from itertools import pairwise

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.particles import Piece, wrong_particles

GALLERY_CODE = "code_links_block"
"""sphinx-gallery가 링크를 걸려고 조각조각 나눈 코드."""
WHAT = "조사가 앞말의 소리에 맞지 않습니다. ‘{}’로 고치세요"


def pieces(block: nodes.TextElement) -> Iterator[Piece]:
    """글 한 덩이를 조각으로 나눈다. 링크나 코드, 주장이 끝나는 조각은 따로 읽는 것이다."""
    texts = [text for text in block.findall(nodes.Text) if not places.inside(text.parent, places.UNSAID)]
    holders = [*(_holders(text, block) for text in texts), set()]
    for text, (own, following) in zip(texts, pairwise(holders), strict=True):
        yield Piece(str(text), marked=bool(own - following))


def _holders(text: nodes.Text, block: nodes.TextElement) -> set[int]:
    """``block`` 안에서 글을 담은 노드들."""
    found, node = set(), text.parent
    while node is not None and node is not block:
        found.add(id(node))
        node = node.parent
    return found


def wrong_josa(doctree: nodes.document) -> Iterator[Alarm]:
    """틀린 조사."""
    for block in places.blocks(doctree, places.UNWRITTEN):
        if not isinstance(block, nodes.math_block) and block.tagname != GALLERY_CODE:
            for wrong in wrong_particles(pieces(block)):
                yield Alarm(block, wrong.written, WHAT.format(wrong.right), wrong.rest)
