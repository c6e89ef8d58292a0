"""이 사이트를 이루는 Sphinx 확장. ``conf.py``가 이름을 적는다."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """이 사이트를 이루는 것을 모두 등록한다."""
    # 재는 코드만 쓰는 프로세스에는 Sphinx가 들어오지 않게, 여기서 들여온다.
    from rnn_shapes import contract, deploying, glossary, lint, pages
    from rnn_shapes.figures.directive import setup_figures
    from rnn_shapes.live.directive import setup_live

    app.setup_extension("shape_claims")
    setup_figures(app)
    setup_live(app)
    contract.setup_contract(app)
    deploying.setup_deploying(app)
    glossary.setup_glossary(app)
    lint.setup_lint(app)
    pages.setup_pages(app)
    app.add_css_file("shape-claims.css")
    return {"version": "0.2.0", "parallel_read_safe": True, "parallel_write_safe": True}
