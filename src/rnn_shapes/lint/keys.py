"""주장의 식이 꺼내는 것을 문장도 말하는지 본다.

식이 ``sizes["펼치면"]``이면 문장은 펼쳤을 때를 말해야 한다. 페이지의 코드가 만든 딕셔너리에서 꺼내 적으면, 주장 둘레의
말도 이렇게 주장에 매인다. 꺼낸 말은 문장이나 표의 같은 줄, 칸의 머리에 있으면 된다.

코드의 이름 하나를 글에서 부르는 말은 단락 바로 앞에 ``% cut_output: 상태를 직접 넘긴 출력``처럼 적는다. 그러면 그
이름을 쓰는 주장도 그 말을 꺼낸 것이 되고, 읽는 사람의 코드에는 글을 위한 딕셔너리가 남지 않는다.
"""

import ast
import re
from collections.abc import Iterator, Mapping

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import CLAIM, CODE, MATH, Sentence
from shape_claims.claim import DefaultClaim
from shape_claims.nodes import checked

UNSAID = "주장의 식이 꺼내는 말이 문장에 없습니다. 문장이 말하는 것을 꺼내 적으세요"
OTHER = "주장 바로 앞의 말은 다른 것을 꺼내는 말입니다. 문장이 말하는 것을 꺼내 적으세요"
UNUSED = "단락 앞에 적은 이름을 그 단락의 주장이 쓰지 않습니다. 주장에 그 이름을 쓰거나 적은 것을 빼세요"
MISPLACED = "이름을 부르는 말은 그 말이 있는 단락 바로 앞에 적으세요. 여기서는 아무 주장도 매지 않습니다"
CALLED = re.compile(r"([A-Za-z_]\w*): (.+)")
MARKS = re.compile(f"[{CLAIM}{CODE}{MATH}]")


def keys(expression: str) -> list[str]:
    """식이 딕셔너리에서 꺼내는 말.

    >>> keys('sizes["펼치면"] - sizes["펼치지 않으면"]'), keys("masks[0]")
    (['펼치면', '펼치지 않으면'], [])
    """
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return []
    slices = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    return [one.value for one in slices if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def said(key: str, text: str) -> int:
    """글에서 그 말이 마지막으로 끝나는 자리. 없으면 -1이다. 더 긴 이름의 한 토막은 그 말이 아니다.

    >>> said("Model", "Model의 출력"), said("Model", "Model(x)의 출력"), said("펼치면", "펼치면 하나")
    (5, -1, 3)
    """
    before, after = (r"(?<![\w.])", r"(?![A-Za-z0-9_(\[])") if re.search(r"[A-Za-z]", key) else ("(?<![가-힣])", "")
    found = [match.end() for match in re.finditer(rf"{before}{re.escape(key)}{after}", text)]
    return found[-1] if found else -1


def unsaid_keys(doctree: nodes.document) -> Iterator[Alarm]:
    """꺼낸 말이 문장에 없는 주장과, 아무것도 매지 않는 주석."""
    for comment in filter(_calls, doctree.findall(nodes.comment)):
        after = comment.next_node(lambda node: not isinstance(node, nodes.comment), siblings=True, descend=False)
        if not isinstance(after, nodes.paragraph):
            yield Alarm(comment, comment.astext(), MISPLACED)
    for block in places.blocks(doctree):
        around, called = _around(block), _called(block)
        for sentence in places.sentences(block):
            yield from _in_sentence(sentence, around, called)
        used = set().union(*(_names(node) for node in block.findall(places.is_claim)))
        yield from (Alarm(block, name, UNUSED) for name in called if name not in used)


def _in_sentence(sentence: Sentence, around: list[str], called: Mapping[str, str]) -> Iterator[Alarm]:
    pieces, text = [], ""
    inlines = iter(sentence.inlines)
    for piece in re.split(f"({MARKS.pattern})", sentence.text):
        if not MARKS.fullmatch(piece):
            text += piece
            continue
        node = next(inlines)
        if found := _taken(node, called):
            pieces.append((node, found, len(text)))
        text += node.astext()
    known = {key for _, found, _ in pieces for key in found}
    for node, found, place in pieces:
        missing = [key for key in found if said(key, text) < 0 and all(said(key, other) < 0 for other in around)]
        for key in missing:
            yield Alarm(node, key, UNSAID)
        nearest = max(known, key=lambda key: (said(key, text[:place]), len(key)))
        if not missing and len(found) == 1 and said(nearest, text[:place]) >= 0 and nearest not in found:
            yield Alarm(node, nearest, OTHER)


def _taken(node: nodes.Node, called: Mapping[str, str]) -> list[str]:
    """주장이 꺼내는 말. 기본값을 읽는 주장은 ‘기본’을, 이름을 쓰는 주장은 그 이름을 부르는 말을 꺼낸다."""
    if not places.is_claim(node):
        return []
    claims = [entry.claim for entry in node.entries] if isinstance(node, checked) else []
    defaults = ["기본" for claim in claims if isinstance(claim, DefaultClaim)]
    names = _names(node)
    return [*defaults, *keys(places.expressions(node)), *(said for name, said in called.items() if name in names)]


def _names(node: nodes.Node) -> set[str]:
    """주장의 식에 나오는 이름."""
    return set(re.findall(r"[A-Za-z_]\w*", places.expressions(node)))


def _called(block: nodes.TextElement) -> dict[str, str]:
    """단락 바로 앞에 적은, 이름에서 그것을 부르는 말로 가는 표."""
    found: dict[str, str] = {}
    siblings = block.parent.children
    for node in reversed(siblings[: siblings.index(block)]):
        if not _calls(node):
            break
        found |= dict(CALLED.findall(node.astext()))
    return found


def _calls(node: nodes.Node) -> bool:
    """이름을 부르는 말을 적은 주석인가. 실행하는 코드도 보이지 않게 하면 주석이다."""
    return isinstance(node, nodes.comment) and "testnodetype" not in node and bool(CALLED.match(node.astext()))


def _around(block: nodes.TextElement) -> list[str]:
    """표의 칸이면 같은 줄의 다른 칸과 그 칸의 머리에 적힌 글."""
    entry = block.parent
    if not isinstance(entry, nodes.entry) or not isinstance(entry.parent, nodes.row):
        return []
    row, column = entry.parent, entry.parent.index(entry)
    rows = [row, *(head for part in row.parent.parent.findall(nodes.thead) for head in part.findall(nodes.row))]
    cells = [*row.children, *(one.children[column] for one in rows[1:])]
    return [cell.astext() for cell in cells if cell is not entry]
