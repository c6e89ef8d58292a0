"""층마다 무엇이 나오는지 잰 자료: 잴 것, 재는 법, 찾는 표, 페이지."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_contract(app: "Sphinx") -> None:
    """표와 탐색기를 등록한다."""
    # 재기만 하는 프로세스에는 Sphinx가 들어오지 않게, 여기서 들여온다.
    from rnn_shapes.contract import explorer, pages

    pages.setup_pages(app)
    explorer.setup_explorer(app)
