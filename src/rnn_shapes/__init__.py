"""RNN 문서의 형태 주장을 적고, 실행해서 확인하는 도구."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> None:
    """이 사이트를 등록한다."""
    from rnn_shapes import glossary, pages  # 형태만 재는 사람에게는 Sphinx가 필요 없다

    glossary.setup_glossary(app)
    pages.setup_pages(app)
