"""이 사이트: 그림, 잰 자료, 글의 검사, 페이지의 겉모습. 주장을 확인하는 일은 :mod:`shape_claims`가 한다."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

MODULES = (
    "lint",
    "glossary",
    "contract.explorer",
    "pages.mathml",
    "pages.gallery",
    "pages.repository",
    "pages.assets",
    "pages.description",
    "pages.published",
    "pages.security",
    "pages.search",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """사이트를 이루는 것을 모두 등록한다."""
    from rnn_shapes.figures.directive import setup_figures
    from rnn_shapes.pages.api import setup_api

    app.setup_extension("shape_claims")
    setup_figures(app)
    setup_api(app)
    for module in MODULES:
        app.setup_extension(f"rnn_shapes.{module}")
    app.add_css_file("shape-claims.css")
    return {"version": "0.2.0", "parallel_read_safe": True, "parallel_write_safe": True}
