"""The roles ``shape``, ``value`` and ``default``: a claim in the text becomes one node."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from shape_claims import places
from shape_claims.claim import Claim, UnreadableClaim, parse, parse_default, parse_value
from shape_claims.claimed import ClaimSyntaxError
from shape_claims.nodes import Entry, shape_claim, value_claim
from shape_claims.symbols import Symbols


class ClaimRole(SphinxRole):
    """A role whose text is ``expression -> what the reader sees``."""

    def __init__(self, kind: str, read: Callable[[str, Symbols], Claim]) -> None:
        self.kind, self.read = kind, read

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Build the node that the reader sees."""
        place = self._place()
        try:
            claim: Claim = self.read(self.text, Symbols(self.config.shape_claims_symbols))
        except ClaimSyntaxError as error:
            claim = UnreadableClaim(self.text, self.text, self.kind, error.code, error.data)
        entries = [Entry(claim, place)]
        if self.kind == "shape" or isinstance(claim, UnreadableClaim):
            node: nodes.Element = shape_claim(self.rawtext, claim.text, entries=entries)
        else:
            pieces = _pieces(claim.text, self.config.shape_claims_joiners)
            node = value_claim(self.rawtext, "", *pieces, entries=entries)
        node.source, node.line = self.get_source_info()
        return [node], []

    def _place(self) -> str:
        source, line = self.get_source_info()
        path = Path(source)
        if not path.is_file():  # a translated text already names its place: page.md:9:<translated>
            return source
        used: Any = self.env.current_document.setdefault("shape_claims_used", {})
        raw = f"`{self.text}`"
        line, used[source, raw] = places.line_of(raw, path, line, used.get((source, raw), 0))
        return places.place(path, Path(self.env.srcdir), line)


def _pieces(text: str, joiners: Sequence[str]) -> Iterator[nodes.Node]:
    """Names in code font, words and plain numbers as text."""
    between = "|".join(map(re.escape, sorted(joiners, key=len, reverse=True))) or r"(?!)"
    for index, piece in enumerate(re.split(f"({between})", text)):
        code = index % 2 == 0 and re.search(r"[A-Za-z_]", piece) and piece.isascii()
        yield nodes.literal("", piece) if code else nodes.Text(piece)


def setup_roles(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("shape", ClaimRole("shape", parse))
    app.add_role("value", ClaimRole("value", parse_value))
    app.add_role("default", ClaimRole("default", parse_default))
