"""The directive ``symbols``: the table of symbols on a page."""

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from shape_claims.messages import _
from shape_claims.symbols import Symbols


class SymbolsDirective(SphinxDirective):
    """``symbols``: the table of symbols as a table on the page."""

    def run(self) -> list[nodes.Node]:
        """Build the table from nodes, so that it works in any markup language."""
        symbols: Symbols = Symbols(self.config.shape_claims_symbols)
        rows = [
            [nodes.strong("", one.letter), nodes.literal("", one.name), nodes.Text(one.meaning)]
            for one in symbols.table.values()
        ]
        heads = [nodes.Text(head) for head in (_("symbol"), _("name in code"), _("meaning"))]
        group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _head in heads), cols=len(heads))
        group += nodes.thead("", _row(heads))
        group += nodes.tbody("", *map(_row, rows))
        return [nodes.table("", group)]


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup_table(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("symbols", SymbolsDirective)
