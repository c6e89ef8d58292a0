"""수식을 빌드할 때 MathML로 바꾼다. 스크립트도 글꼴 파일도 받지 않는다.

변환은 docutils의 것이고, 여기서는 Sphinx의 수식 노드에 이어 줄 뿐이다. 읽을 수 없는 수식은
그 자리를 알리고 빌드를 실패시킨다.
"""

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """글줄 안의 수식."""
    translator.body.append(_mathml(node, block=False))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """따로 놓인 수식. 좁은 화면에서는 이 틀 안에서 옆으로 밀어 본다."""
    translator.body.append(f'<div class="math" tabindex="0">{_mathml(node, block=True)}</div>')
    raise nodes.SkipNode


def _mathml(node: nodes.Element, *, block: bool) -> str:
    try:
        return str(tex2mathml(node.astext(), as_block=block))
    except MathError as error:
        logger.error("수식을 읽을 수 없습니다: %s: %s", error, node.astext(), location=node)
        return ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """수식 그리는 법을 등록한다. ``html_math_renderer = "mathml"``로 고른다."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
