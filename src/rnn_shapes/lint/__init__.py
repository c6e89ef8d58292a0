"""글을 살핀다: 확인되지 않는 형태, 실행되지 않는 코드, 쓰지 않기로 한 말, 빠진 대체 글.

doctree를 살피므로 표와 캡션, 번역문, 갤러리 스크립트의 글까지 독자가 보는 그대로 본다.
"""

import doctest
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from rnn_shapes import glossary, sources
from rnn_shapes.contract.pages import measured_table
from rnn_shapes.figures.directive import drawn_figure
from rnn_shapes.symbols import SYMBOLS
from shape_claims import places
from shape_claims.nodes import shape_claim

logger = logging.getLogger(__name__)

LETTERS = "".join(SYMBOLS)
# 축 하나로 읽히는 것: H, 2H, T - 2, hidden_dim, None, 그리고 축의 자리를 가리키는 흔한 낱말.
SYMBOLIC_AXIS = re.compile(
    rf"\d*\s*\*?\s*[{LETTERS}](?:\s*[-+*/]+\s*(?:\d*[{LETTERS}]|\d+))*|None"
    rf"|{'|'.join(symbol.name for symbol in SYMBOLS.values())}|batch|time|timesteps?|features?|units|seq_len"
    r"|(?:배치|은닉|입력|어휘|임베딩) 크기|시퀀스 길이"
)
OTHER_AXIS = re.compile(r"-?\d+|\?|\.\.\.|…")
BRACKETED = re.compile(
    r"(?P<before>[A-Za-z0-9_.]?)"
    r"(?P<shape>\((?P<round>[^()\[\]]*)\)|\[(?P<square>[^()\[\]]*)\])"
    r"(?P<range>\s*(?:사이|범위|단계|번|차|장|절))?"
)
FACTOR = rf"(?:\d*[{LETTERS}]|\d+)"
# 곱셈 기호로 적은 형태(N×4H 행렬). 뒤에 텐서를 뜻하는 말이 없으면 개수(N×T개)일 뿐이다.
PRODUCT = re.compile(rf"{FACTOR}(?:\s*[×xX]\s*{FACTOR})+(?=\s*(?:행렬|텐서|배열|형태))")
MATH_SHAPE = re.compile(
    rf"\\math(?:bb|bf|rm)\s*\{{?R\}}?\s*\^\s*\{{[^}}]*\}}|\d*[{LETTERS}]\s*\\times\s*\d*[{LETTERS}]"
)
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'")
PYTHON = {"python", "python3", "py", "py3", "pycon", "pycon3", "pytb", "ipython", "ipython3", "default"}


def bare_shapes(text: str) -> Iterator[str]:
    """글에서 주장이 아닌 형태를 찾는다.

    괄호 안이 모두 축으로 읽히고, 쉼표가 있고, 기호가 하나라도 있으면 형태다. 기호 없이 수뿐이면
    둥근 괄호에 든 것만 형태로 본다. 함수의 인자와 연도, 범위, 토큰 번호의 목록은 형태가 아니다.

    >>> list(bare_shapes("출력은 (N, T, 2H), 곧 (5, 7, 22)이다. 가중치는 D×4H 행렬이다."))
    ['(N, T, 2H)', '(5, 7, 22)', 'D×4H']
    >>> list(bare_shapes("f(1, 2)와 (1997, 2014), (0, 1) 사이, 토큰 [3, 1, 4], N×T개는 형태가 아니다."))
    []
    """
    text = unicodedata.normalize("NFKC", text)
    for match in BRACKETED.finditer(text):
        inner = match["round"] if match["round"] is not None else match["square"]
        axes = [axis.strip() for axis in inner.removesuffix(",").split(",")]
        symbolic = any(SYMBOLIC_AXIS.fullmatch(axis) for axis in axes)
        readable = all(SYMBOLIC_AXIS.fullmatch(axis) or OTHER_AXIS.fullmatch(axis) for axis in axes)
        sizes = [int(axis) for axis in axes if re.fullmatch(r"-?\d+", axis)]
        numeric = match["round"] is not None and not match["range"] and 0 not in sizes and max(sizes, default=0) < 1000
        called = match["before"] and not match["before"].isspace()
        if "," in inner and readable and not called and (symbolic or numeric):
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
    unread = nodes.literal_block | nodes.comment | nodes.raw | addnodes.desc | drawn_figure | measured_table
    for text_block in doctree.findall(nodes.TextElement):
        if isinstance(text_block.parent, nodes.TextElement) or _inside(text_block, unread):
            continue  # 줄 안의 조각은 그것이 든 글과 함께 본다: (N, **T**, H)도 형태다
        if isinstance(text_block, nodes.math_block):
            for shape in [*MATH_SHAPE.findall(text_block.astext()), *bare_shapes(_plain_math(text_block.astext()))]:
                yield text_block, shape, "수식에 적힌 형태는 확인할 수 없습니다. 수식 밖에서 {shape} 역할로 적으세요"
            continue
        text = _prose(text_block)
        for shape in bare_shapes(text):
            yield text_block, shape, "확인되지 않는 형태입니다. {shape} 역할로 적으세요"
        for word, term in banned_words(text, terms):
            yield (
                text_block,
                word,
                f"쓰지 않기로 한 말입니다(대신 쓸 말은 ‘{term.korean}’). 바꾸거나 따옴표로 감싸세요",
            )
        for literal in text_block.findall(nodes.literal):
            for shape in bare_shapes(literal.astext()) if not isinstance(literal, shape_claim) else ():
                if shape == literal.astext() or re.search(rf"[{LETTERS}]|shape", literal.astext()):
                    yield literal, shape, "확인되지 않는 형태입니다. 코드 글꼴 대신 {shape} 역할로 적으세요"
        for math in text_block.findall(nodes.math):
            for shape in [*MATH_SHAPE.findall(math.astext()), *bare_shapes(_plain_math(math.astext()))]:
                yield math, shape, "수식에 적힌 형태는 확인할 수 없습니다. 수식 밖에서 {shape} 역할로 적으세요"
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            yield image, image["uri"], "대체 글(alt)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요"
        for shape in bare_shapes(image.get("alt", "")):
            yield image, shape, "대체 글의 형태는 확인할 수 없습니다. 말로 풀어 적으세요"
    for figure in doctree.findall(drawn_figure):
        for shape in bare_shapes(figure["alt"]):
            yield figure, shape, "대체 글의 형태는 확인할 수 없습니다. 말로 풀어 적으세요"
    for block in doctree.findall(nodes.Element):
        # sphinx-gallery가 실행한 코드는 대문자로 시작하는 Python이라고 적혀 있다.
        executed = runs_elsewhere and block.get("language") in {"Python", "none"}
        if isinstance(block, nodes.literal_block | nodes.comment | nodes.doctest_block) and not executed:
            yield from _block_problems(block)
    yield from _lonely_outputs(doctree)


def _prose(block: nodes.Element) -> str:
    """글 한 덩이. 주장과 코드, 수식은 따로 보므로 자리만 남긴다."""
    parts = []
    for node in block.findall(nodes.Text):
        parent = node.parent
        own = isinstance(parent, nodes.literal | nodes.math) and not SYMBOLIC_AXIS.fullmatch(node)
        parts.append("□" if own or isinstance(parent, shape_claim) or _inside(parent, nodes.comment) else str(node))
    return "".join(parts)


def _plain_math(source: str) -> str:
    return re.sub(r"\\(?:left|right|,|;|!| )", "", source)


def _lonely_outputs(doctree: nodes.document) -> Iterator[Problem]:
    """바로 앞의 코드와 짝이 아닌 ``testoutput``. Sphinx는 말없이 버린다."""
    previous = ""
    for block in doctree.findall(nodes.Element):
        kind = block.get("testnodetype", "")
        if kind == "testoutput" and previous != "testcode":
            yield block, block.astext(), "견주지 않는 출력입니다. 코드 바로 다음에, 하나만 적으세요"
        previous = kind or previous


def _block_problems(block: nodes.Element) -> Iterator[Problem]:
    source = block.get("test", block.astext())
    first = source.strip().partition("\n")[0]
    if "testnodetype" not in block:
        python = block.get("language", "default").lower() in PYTHON or ">>> " in source
        if python and not isinstance(block, nodes.comment) and not _inside(block, addnodes.desc):
            yield block, first, "실행되지 않는 파이썬 코드입니다. {doctest}나 {testcode}로 적으세요"
        return
    if isinstance(block, nodes.comment) and source:
        yield block, first, "독자에게 보이지 않는 코드입니다. 보이게 적으세요"
    if block["groups"] != ["default"]:
        yield block, first, "따로 묶은 코드입니다. 주장은 기본 묶음의 이름만 보므로 묶음 이름을 빼세요"
    if "skipif" in block or doctest.SKIP in block.get("options", ()) or "+SKIP" in source:
        yield block, first, "건너뛰는 코드입니다. 이 사이트에는 예외가 없습니다"
    if doctest.IGNORE_EXCEPTION_DETAIL in block.get("options", ()) or "IGNORE_EXCEPTION_DETAIL" in source:
        yield block, first, "예외의 글을 보지 않는 코드입니다. 바뀔 수 있는 부분만 ...로 줄이세요"
    wants = [source] if block["testnodetype"] == "testoutput" else []
    if block["testnodetype"] == "doctest":
        try:
            pieces = doctest.DocTestParser().parse(source)
        except ValueError as error:
            yield block, first, f"읽을 수 없는 예제입니다({error})"
            return
        examples = [piece for piece in pieces if isinstance(piece, doctest.Example)]
        if not examples or any(isinstance(piece, str) and piece.strip() for piece in pieces):
            yield block, first, "실행되지 않는 글이 섞인 예제입니다. >>>가 없는 줄과 빈 줄 다음의 출력을 없애세요"
        wants = [example.exc_msg.partition(":")[2] or "글" if example.exc_msg else example.want for example in examples]
    if any("..." in want and not re.search(r"\w", want) for want in wants):
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
    is_script = sources.original(page, srcdir).suffix == ".py"
    words = srcdir / "glossary.toml"
    terms = glossary.read(words) if words.is_file() else ()
    for node, text, what in problems(doctree, terms, runs_elsewhere=is_script):
        path, line = sources.locate(text, node, page, srcdir)
        logger.error("%s: %s", what, text, location=places.place(path, srcdir, line))


def setup(app: Sphinx) -> ExtensionMetadata:
    """페이지를 읽은 뒤에 살피도록 등록한다."""
    app.connect("doctree-read", check_prose)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
