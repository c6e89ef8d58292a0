"""Claims in Sphinx documentation: shapes and values in prose, executed where they stand.

Prose makes claims with the roles of :mod:`~shape_claims.role`. When a page is read, :mod:`~shape_claims.binding`
fingerprints them; the doctest :mod:`~shape_claims.builder` runs the page and :mod:`~shape_claims.checking` decides;
:mod:`~shape_claims.evidence` keeps what was measured; :mod:`~shape_claims.marks` shows it in HTML.
:mod:`~shape_claims.watching` sees the names in the code of a page, and :mod:`~shape_claims.code_names` shows them.
:mod:`~shape_claims.predicting` lets readers say first what a claim says. :mod:`~shape_claims.accepting` renews what a
new version of a library has made false.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from shape_claims.accepting.builder import setup_accepting
from shape_claims.binding import bind_claims
from shape_claims.checking import check
from shape_claims.claim import Claim, parse, parse_default, parse_value
from shape_claims.claimed import ClaimSyntaxError
from shape_claims.code_names import setup_code_names
from shape_claims.config import Settings, setup_config
from shape_claims.evidence import code_version
from shape_claims.marks import setup_marks
from shape_claims.measuring import measure
from shape_claims.messages import report, setup_words
from shape_claims.outcome import Checked, Problem
from shape_claims.predicting.forms import setup_predicting
from shape_claims.role import setup_roles
from shape_claims.stale import setup_builder
from shape_claims.symbols import Symbols
from shape_claims.table import setup_table

__version__ = "0.2.0"
__all__ = [
    "Checked",
    "Claim",
    "ClaimSyntaxError",
    "Problem",
    "Settings",
    "Symbols",
    "check",
    "measure",
    "parse",
    "parse_default",
    "parse_value",
    "report",
    "setup",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    setup_config(app)
    setup_words(app)
    setup_builder(app)
    setup_accepting(app)
    setup_roles(app)
    setup_marks(app)
    setup_code_names(app)
    setup_table(app)
    setup_predicting(app)
    app.connect("doctree-read", bind_claims)
    # Pages are read again when this package changes: Sphinx does not know the code of extensions.
    return {
        "version": __version__,
        "env_version": code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
