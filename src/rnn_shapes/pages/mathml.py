"""수식을 빌드할 때 MathML로 바꾼다. 페이지에는 스크립트가 없고, 화면을 읽어 주는 도구도 같은 것을 읽는다.

변환은 math-core가 하고, 글꼴은 :mod:`rnn_shapes.pages.math_font`가 만든다. 읽을 수 없는 수식과 글꼴에 없는 글자는
그 줄을 알리고 빌드를 실패시킨다. 페이지를 읽을 때 바꾸므로 ``lint``도 알아낸다.
"""

import html
import re
from pathlib import Path

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from rnn_shapes import sources
from rnn_shapes.files import write_if_changed
from rnn_shapes.pages import math_font
from shape_claims import places

logger = logging.getLogger(__name__)

# 정렬한 식의 칸. 페이지의 정책이 요소에 적은 스타일을 막으므로 site.css의 클래스로 옮긴다.
ALIGNED = {
    'style="text-align: right;justify-items: end;padding-right: 0;"': 'class="align-end"',
    'style="text-align: left;justify-items: start;padding-left: 0;"': 'class="align-start"',
}
converter = LatexToMathML(fancy_error=False)


class MathError(ValueError):
    """그릴 수 없는 수식. ``offset``은 수식에서 잘못된 글자의 자리다."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.offset = offset


def mathml(source: str, *, block: bool) -> str:
    """LaTeX 수식 하나를 MathML로 바꾼다.

    >>> mathml("h_t", block=False)
    '<math><msub><mi>h</mi><mi>t</mi></msub></math>'

    Raises:
        MathError: 읽을 수 없는 수식이거나, 수식의 글꼴에 없는 글자가 있을 때.
    """
    try:
        converted = converter.convert_with_local_state(source, displaystyle=block)
    except LatexError as error:
        offset, _, reason = str(error).partition(": ")
        raise MathError(f"읽을 수 없는 수식입니다({reason.rstrip('.')})", int(offset)) from None
    # 글로 적은 것은 한글 글꼴로 그린다.
    drawn = html.unescape(re.sub(r"<mtext>.*?</mtext>|<[^>]*>", "", converted))
    visible = {char for char in drawn if not "\u2061" <= char <= "\u2064"}
    if unknown := sorted(visible - set(math_font.CHARACTERS)):
        raise MathError(
            f"수식의 글꼴에 담지 않은 글자입니다({' '.join(unknown)}). 기호는 src/rnn_shapes/pages/math_font.py의"
            " CHARACTERS에 더하고, 한글은 \\text{} 안에 적으세요"
        )
    for style, name in ALIGNED.items():
        converted = converted.replace(style, name)
    if " style=" in converted:
        raise MathError("요소에 스타일을 적는 수식입니다. 페이지의 보안 정책이 막으므로 다른 방식으로 적으세요")
    return converted


def convert(app: Sphinx, doctree: nodes.document) -> None:
    """페이지의 수식을 모두 바꾸어 노드에 담는다."""
    srcdir = Path(app.srcdir)
    page = Path(app.env.doc2path(app.env.current_document.docname))
    for node in _formulas(doctree):
        source = node.astext()
        try:
            node["mathml"] = mathml(source, block=isinstance(node, nodes.math_block))
        except MathError as error:
            node["mathml"] = ""
            path, line = sources.locate(source, node, page, srcdir)
            line += source.count("\n", 0, error.offset)
            logger.error("%s: %s", error, source, location=places.place(path, srcdir, line))


def _formulas(doctree: nodes.document) -> list[nodes.math | nodes.math_block]:
    return [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """글줄 안의 수식."""
    translator.body.append(node["mathml"])
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """따로 놓인 수식. 좁은 화면에서는 이 틀 안에서 옆으로 밀어 본다."""
    translator.body.append(f'<div class="math" tabindex="0">{node["mathml"]}</div>')
    raise nodes.SkipNode


def write_font(app: Sphinx) -> None:
    """수식의 글꼴을 사이트에 쓴다. 페이지보다 먼저 있어야 주소에 지문이 적힌다."""
    if app.builder.format == "html":
        write_if_changed(Path(app.outdir, "_static", "math.css"), math_font.kept(Path(app.doctreedir) / "math"))


def setup_mathml(app: Sphinx) -> None:
    """수식 그리는 법을 등록한다. ``html_math_renderer = "mathml"``로 고른다."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.add_css_file("math.css")  # 수식이 있는 페이지만 부르는 일은 assets가 한다
    app.connect("builder-inited", write_font)
    app.connect("doctree-read", convert)
