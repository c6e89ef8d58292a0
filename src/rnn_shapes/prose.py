"""글을 살핀다: 확인되지 않는 형태, 실행되지 않는 코드, 쓰지 않기로 한 말, 빠진 대체 글.

doctree를 살피므로 표와 캡션, 번역문, 갤러리 스크립트의 글까지 독자가 보는 그대로 본다.
"""

import doctest
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from rnn_shapes import glossary, source_lines
from rnn_shapes.checked_marks import drawn_figure, shape_claim
from rnn_shapes.symbols import SYMBOLS

logger = logging.getLogger(__name__)

LETTERS = "".join(SYMBOLS)
# 축 하나로 읽히는 것: H, 2H, T - 2, hidden_dim, None, 그리고 축의 자리를 가리키는 흔한 영어 낱말.
SYMBOLIC_AXIS = re.compile(
    rf"\d*\s*\*?\s*[{LETTERS}](?:\s*[-+*/]+\s*(?:\d*[{LETTERS}]|\d+))*|None"
    rf"|{'|'.join(symbol.name for symbol in SYMBOLS.values())}|batch|time|timesteps?|features?|units"
)
OTHER_AXIS = re.compile(r"\d+|\.\.\.|…")
BRACKETED = re.compile(r"(?P<before>[\w.]?)(?P<shape>\((?P<round>[^()\[\]]*)\)|\[(?P<square>[^()\[\]]*)\])")
# 곱셈 기호로 적은 형태(N×4H 행렬). 뒤에 텐서를 뜻하는 말이 없으면 개수(N×T개)일 뿐이다.
PRODUCT = re.compile(rf"\d*[{LETTERS}](?:\s*[×xX]\s*\d*[{LETTERS}])+(?=\s*(?:행렬|텐서|배열|형태))")
REAL_SPACE = re.compile(r"\\mathbb\s*\{?R\}?\s*\^\s*\{[^}]*\}")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'")
PYTHON = {"python", "python3", "py", "pycon", "ipython", "ipython3", "default"}


def bare_shapes(text: str) -> Iterator[str]:
    """글에서 주장이 아닌 형태를 찾는다.

    괄호 안이 모두 축으로 읽히고, 쉼표가 있고, 기호가 하나라도 있으면 형태다. 기호 없이 수뿐이면
    둥근 괄호에 든 것만 형태로 본다. 함수의 인자와 연도, 토큰 번호의 목록은 형태가 아니다.

    >>> list(bare_shapes("출력은 (N, T, 2H), 곧 (5, 7, 22)이다. 가중치는 D×4H 행렬이다."))
    ['(N, T, 2H)', '(5, 7, 22)', 'D×4H']
    >>> list(bare_shapes("f(1, 2)와 (1997, 2014), 토큰 [3, 1, 4], (N, 배치 크기), N×T개는 형태가 아니다."))
    []
    """
    for match in BRACKETED.finditer(text):
        inner = match["round"] if match["round"] is not None else match["square"]
        axes = [axis.strip() for axis in inner.removesuffix(",").split(",")]
        symbolic = any(SYMBOLIC_AXIS.fullmatch(axis) for axis in axes)
        readable = all(SYMBOLIC_AXIS.fullmatch(axis) or OTHER_AXIS.fullmatch(axis) for axis in axes)
        numeric = match["round"] is not None and not match["before"] and any(len(axis) < 4 for axis in axes)
        if "," in inner and readable and (symbolic or numeric):
            yield match["shape"]
    for match in PRODUCT.finditer(text):
        yield match.group()


def banned_words(text: str, terms: Sequence[glossary.Term]) -> Iterator[tuple[str, glossary.Term]]:
    """글에서 쓰지 않기로 한 말을 찾는다. 따옴표 안에서 그 말 자체를 가리키는 것은 괜찮다."""
    unquoted = QUOTED.sub("", text)
    for term in terms:
        for word in term.banned:
            # 앞이 한글이면 다른 낱말의 일부다: '크로스'는 '로스'가 아니다.
            if word in unquoted and re.search(rf"(?<![가-힣]){re.escape(word)}", unquoted):
                yield word, term


Problem: TypeAlias = tuple[nodes.Node, str, str]
"""노드, 문제가 된 글자, 설명."""


def problems(doctree: nodes.document, terms: Sequence[glossary.Term], *, runs_elsewhere: bool) -> Iterator[Problem]:
    """한 페이지의 문제를 하나씩 내놓는다.

    Args:
        doctree: 살필 페이지.
        terms: 용어집.
        runs_elsewhere: 코드를 sphinx-gallery가 실행하는 페이지이면 참. 코드는 살피지 않는다.
    """
    unread = nodes.literal_block | nodes.comment | nodes.raw | addnodes.desc | drawn_figure
    for text in doctree.findall(nodes.Text):
        parent = text.parent
        if isinstance(parent, shape_claim) or _inside(parent, unread):
            continue
        if isinstance(parent, nodes.math | nodes.math_block):
            for shape in [*REAL_SPACE.findall(text), *bare_shapes(text)]:
                yield parent, shape, "수식에 적힌 형태는 확인할 수 없습니다. 수식 밖에서 {shape} 역할로 적으세요"
        elif isinstance(parent, nodes.literal):
            for shape in bare_shapes(text):
                if shape == text:
                    yield parent, shape, "확인되지 않는 형태입니다. 코드 글꼴 대신 {shape} 역할로 적으세요"
        else:
            for shape in bare_shapes(text):
                yield parent, shape, "확인되지 않는 형태입니다. {shape} 역할로 적으세요"
            for word, term in banned_words(text, terms):
                yield parent, word, f"쓰지 않기로 한 말입니다(대신 쓸 말은 ‘{term.korean}’). 바꾸거나 따옴표로 감싸세요"
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            yield image, image["uri"], "대체 글(alt)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요"
    for figure in doctree.findall(drawn_figure):
        for shape in bare_shapes(figure["alt"]):
            yield figure, shape, "대체 글의 형태는 확인할 수 없습니다. 말로 풀어 적으세요"
    for block in doctree.findall(nodes.Element):
        if isinstance(block, nodes.literal_block | nodes.comment) and not runs_elsewhere:
            yield from _block_problems(block)


def _block_problems(block: nodes.Element) -> Iterator[Problem]:
    source = block.get("test", block.astext())
    first = source.strip().partition("\n")[0]
    if "testnodetype" not in block:
        python = block.get("language", "default") in PYTHON or ">>> " in source
        if python and isinstance(block, nodes.literal_block) and not _inside(block, addnodes.desc):
            yield block, first, "실행되지 않는 파이썬 코드입니다. {doctest}나 {testcode}로 적으세요"
        return
    if "skipif" in block or doctest.SKIP in block.get("options", ()) or "+SKIP" in source:
        yield block, first, "건너뛰는 코드입니다. 이 사이트에는 예외가 없습니다"
    if doctest.IGNORE_EXCEPTION_DETAIL in block.get("options", ()) or "IGNORE_EXCEPTION_DETAIL" in source:
        yield block, first, "예외의 글을 보지 않는 코드입니다. 바뀔 수 있는 부분만 ...로 줄이세요"
    if block["testnodetype"] == "doctest":
        wants = [example.want.strip() for example in doctest.DocTestParser().get_examples(source)]
    else:
        wants = [source.strip()] if block["testnodetype"] == "testoutput" else []
    if "..." in wants:
        yield block, first, "무엇이든 맞는 출력(...)입니다. 확인할 글자를 남기세요"


def _inside(node: nodes.Node | None, kinds: UnionType | type) -> bool:
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def check_prose(app: Sphinx, doctree: nodes.document) -> None:
    """페이지를 읽을 때마다 살피고, 문제를 파일과 줄로 알린다."""
    srcdir = Path(app.srcdir)
    page = Path(app.env.doc2path(app.env.current_document.docname))
    script = srcdir.parent / page.parent.name / f"{page.stem}.py"
    is_script = page.suffix == ".rst" and script.is_file()
    words = srcdir / "glossary.toml"
    terms = glossary.load(words) if words.is_file() else ()
    for node, text, what in problems(doctree, terms, runs_elsewhere=is_script):
        # 갤러리의 페이지는 만들어진 것이므로, 고칠 곳인 스크립트에서 찾는다.
        path, hint = (script, 1) if is_script else (page, _line(node))
        line, _ = source_lines.line_of(text, path, hint)
        logger.error("%s: %s", what, text, location=source_lines.place(path, srcdir, line))


def _line(node: nodes.Node | None) -> int:
    while node is not None and node.line is None:
        node = node.parent
    return node.line if node is not None and node.line is not None else 1


def setup(app: Sphinx) -> ExtensionMetadata:
    """페이지를 읽은 뒤에 살피도록 등록한다."""
    app.connect("doctree-read", check_prose)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
