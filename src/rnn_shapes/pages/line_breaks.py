"""닫는 괄호나 따옴표와 조사 사이에서 줄이 나뉘지 않게 한다.

브라우저는 ``keep-all``에서도 닫는 괄호 뒤에서 한글의 줄을 나눈다. 줄을 잇는 글자(word joiner)를 본문에 넣으면 검색과
복사에 섞이므로, 여기서는 자리만 표시하고 글자는 site.css의 ``.glued``가 모양으로 더한다.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

CLOSING = re.compile(r"([)\]’”」](?=[가-힣]))")
VERBATIM = (nodes.literal, nodes.literal_block, nodes.doctest_block, nodes.math, nodes.math_block, nodes.raw)
"""적힌 그대로 보여야 하는 것."""


class GlueParticles(SphinxPostTransform):
    """한글이 바로 이어지는 닫는 괄호와 따옴표를 표시한다."""

    default_priority = 5  # sphinx-gallery가 코드를 글처럼 바꾸기 전이다
    formats = ("html",)

    def run(self, **_: object) -> None:
        """글 속의 닫는 괄호마다 ``glued``를 붙인다."""
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.TextElement) and not isinstance(text.parent, VERBATIM):
                # 짝수째는 표시할 글자의 앞뒤이고 홀수째가 그 글자다.
                parts = [
                    nodes.inline("", part, classes=["glued"]) if number % 2 else nodes.Text(part)
                    for number, part in enumerate(CLOSING.split(text))
                ]
                text.parent.replace(text, parts)


def setup_line_breaks(app: Sphinx) -> None:
    """변환을 등록한다."""
    app.add_post_transform(GlueParticles)
