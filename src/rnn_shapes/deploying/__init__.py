"""내보낸 모델이 Keras와 같은지 잰 자료: 잴 것, 재는 법, 페이지의 표."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_deploying(app: "Sphinx") -> None:
    """표를 등록한다."""
    # 재기만 하는 프로세스에는 Sphinx가 들어오지 않게, 여기서 들여온다.
    from rnn_shapes.deploying import pages

    pages.setup_pages(app)
