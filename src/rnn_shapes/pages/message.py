"""오류 메시지를 적는 directive. 메시지에서 달라지는 곳은 ⟨이름⟩으로 적는다.

적는 법:

.. code-block:: text

    ```{message}
    Cannot unstack ⟨수⟩ tensors from a tensor with shape ⟨형태⟩
    ```

줄은 어디서 나누어도 된다. 메시지는 화면의 너비를 따라 이어진다.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

LANGUAGE = "message"
"""글의 검사가 코드와 메시지를 구별하는 이름."""
PLACEHOLDER = re.compile(r"(⟨[^⟨⟩]+⟩)")


class message(nodes.literal_block):  # noqa: N801 - docutils의 노드는 소문자다
    """오류 메시지 하나. ``pattern``은 한 줄로 이은 메시지이고, 검색의 색인이 절마다 모은다."""


def regex(pattern: str) -> re.Pattern[str]:
    """메시지를 찾는 정규식. ⟨이름⟩은 무엇과도 맞고, 빈칸과 줄바꿈은 구별하지 않는다.

    >>> bool(regex("expected ndim=⟨수⟩, found ndim=⟨수⟩").search("expected\\nndim=3, found ndim=2."))
    True
    >>> bool(regex("expected ndim=⟨수⟩").search("expected axis -1"))
    False
    """
    parts = PLACEHOLDER.split(" ".join(pattern.split()))
    written = (r"\s+".join(map(re.escape, part.split(" "))) for part in parts[::2])
    return re.compile(r".*?".join(written), re.S)


class MessageDirective(SphinxDirective):
    """메시지 하나를 놓는다. 내용이 메시지다."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """메시지를 한 줄로 잇는다."""
        pattern = " ".join(" ".join(self.content).split())
        rest = PLACEHOLDER.sub("", pattern)
        if not re.search(r"\w", rest) or re.search("[⟨⟩]", rest):
            what = "메시지에 달라지지 않는 글이 있어야 하고, 달라지는 곳은 ⟨이름⟩으로 적어야 합니다: %s"
            logger.error(what, pattern or "(빈 메시지)", location=self.get_location())
            return []
        node = message(pattern, pattern, pattern=pattern, language=LANGUAGE)
        self.set_source_info(node)
        return [node]


def visit_message(translator: HTML5Translator, node: message) -> None:
    """코드처럼 적고, 달라지는 곳을 표시한다."""
    parts = PLACEHOLDER.split(node["pattern"])
    shown = "".join(f"<var>{escape(part)}</var>" if number % 2 else escape(part) for number, part in enumerate(parts))
    translator.body.append(f'<pre class="error-message"><code>{shown}</code></pre>\n')
    raise nodes.SkipNode


def write_words(translator: object, node: message) -> None:
    """글만 쓰는 빌더에서는 담긴 글이 나온다."""


def setup_message(app: Sphinx) -> None:
    """Directive와 노드를 등록한다."""
    words = (write_words, write_words)
    app.add_node(message, html=(visit_message, None), latex=words, text=words, man=words, texinfo=words)
    app.add_directive("message", MessageDirective)
