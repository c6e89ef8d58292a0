"""Evidence in HTML: the mark at a claim, the note on hover and focus, the count for the page's template."""

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.fileutil import copy_asset
from sphinx.writers.html5 import HTML5Translator

from shape_claims import evidence, messages
from shape_claims.binding import KEYS
from shape_claims.claim import DefaultClaim, ShapeClaim
from shape_claims.code_names import attach
from shape_claims.nodes import Entry, checked, own_claims, shape_claim, value_claim
from shape_claims.symbols import Symbols

STYLE = "shape-claims.css"


@dataclass
class Marks:
    """The evidence during one HTML build."""

    pages: dict[str, evidence.Page] = field(default_factory=dict)

    def load(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Read the evidence, and return the pages that must be written again because theirs is another now.

        Raises:
            StoppedBuildError: The evidence is damaged.
        """
        if not shows(app):
            return []
        self.pages = evidence.load_all(app, env.found_docs)
        # Copied here, for a folder added to html_static_path is a changed configuration at every build. A file of the
        # same name in the site's own folder is copied later, over this one. A site built with an older version of this
        # extension has the older style, which Sphinx would not replace.
        copy_asset(Path(__file__).with_name("static"), app.outdir / "_static", force=True)
        shown: dict[str, evidence.Page] = getattr(env, "shape_claims_shown", {})
        setattr(env, "shape_claims_shown", self.pages)  # noqa: B010 - Sphinx lets extensions do this, its types do not
        return [name for name in env.found_docs if shown.get(name) != self.pages[name]]

    def mark(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Give each claim its record, or ``None``: nothing is known of the claim as it is now."""
        # A site of a single page is one document, under the name of the first page.
        pages = self.pages.values() if app.builder.name == "singlehtml" else [self.pages.get(docname, evidence.Page())]
        records = {key: record for page in pages for key, record in page.records.items()}
        if shows(app) and app.builder.name != "singlehtml":
            attach(doctree, self.pages.get(docname, evidence.Page()).shown(app.env.metadata[docname].get(KEYS, [])))
        for number, node in enumerate(own_claims(doctree), 1):
            if shows(app):
                node["records"] = [records.get(entry.key) for entry in node.entries]
                node["number"] = number
            elif isinstance(node, shape_claim | value_claim):
                del node["entries"]  # the builder writes a claim as text, and XML would write these, too

    def count(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Hand the template what the page may say of itself, and load the style where there is a claim."""
        claims = list(own_claims(doctree)) if doctree else []
        records: list[evidence.Record | None] = []
        for node in claims:
            records += node.get("records", [])
        context["claims_total"] = len(records)
        context["claims_checked"] = sum(record is not None for record in records)
        context["claims_versions"] = self.pages.get(pagename, evidence.Page()).versions
        if any(isinstance(node, shape_claim | value_claim) for node in claims):
            app.add_css_file(STYLE)


def shows(app: Sphinx) -> bool:
    """Whether the builder's pages show marks. A book does not: it has no hover, and a note would stand in the text."""
    return app.builder.format == "html" and app.builder.name != "epub"


def visit_shape(translator: HTML5Translator, node: shape_claim) -> None:
    """Write a shape with its note."""
    if "records" not in node:  # a copy, in a table of contents or the window's title
        translator.body.append(f"<code>{escape(node.astext())}</code>")
        raise nodes.SkipNode
    state, identity, note = _note(translator, node)
    translator.body.append(
        f'<span class="claim claim-{state}">'
        f'<code tabindex="0" aria-describedby="{identity}">{unbroken(node.astext())}</code>{note}</span>'
    )
    raise nodes.SkipNode


def visit_value(translator: HTML5Translator, node: value_claim) -> None:
    """Open a value. Its words are written as they would be without it."""
    if "records" not in node:
        return
    state, identity, _note_html = _note(translator, node)
    translator.body.append(
        f'<span class="claim claim-value claim-{state}"><span tabindex="0" aria-describedby="{identity}">'
    )


def depart_value(translator: HTML5Translator, node: value_claim) -> None:
    """Close a value with its note."""
    if "records" in node:
        translator.body.append(f"</span>{_note(translator, node)[2]}</span>")


def _note(translator: HTML5Translator, node: checked) -> tuple[str, str, str]:
    """State of the claim, id of its note, and the note."""
    (entry,), (record,) = node.entries, node["records"]
    state, identity = ("checked" if record else "unchecked"), f"claim-{node['number']}"
    rows = [f"<b>{messages.note(state)}</b>", _row("expression", entry.claim.expression)]
    if record:
        rows += [_row(_measured(entry), record.measured)]
        rows += [_row("otherwise", record.otherwise)] if record.otherwise else []
        rows += _sizes(record, Symbols(translator.config.shape_claims_symbols))
    return state, identity, f'<span class="claim-note" role="tooltip" id="{identity}">{"".join(rows)}</span>'


def _measured(entry: Entry) -> str:
    if isinstance(entry.claim, ShapeClaim):
        return "measured"
    return "default" if isinstance(entry.claim, DefaultClaim) else "value"


def _row(key: str, text: str) -> str:
    return f"<span>{messages.note(key)}: <code>{escape(text)}</code></span>"


def _sizes(record: evidence.Record, symbols: Symbols) -> list[str]:
    found = [(symbols[letter], size) for letter, size in record.sizes.items()]
    named = {letter.letter: ", ".join(filter(None, (letter.meaning, letter.name))) for letter, _size in found}
    return [
        f"<span>{escape(one.letter)} = {size} <small>{escape(named[one.letter])}</small></span>" for one, size in found
    ]


def unbroken(shape: str) -> str:
    """Keep the shape of one tensor on one line. A container breaks between its tensors only."""
    return re.sub(r"\([^()\[\]]*\)", r'<span class="one">\g<0></span>', escape(shape))


def setup_marks(app: Sphinx) -> None:
    """Register the nodes and what makes them HTML."""
    app.add_node(shape_claim, html=(visit_shape, None))
    app.add_node(value_claim, html=(visit_value, depart_value))
    marks = Marks()
    app.connect("env-updated", marks.load, priority=501)  # after the pages that had to run
    app.connect("doctree-resolved", marks.mark)
    app.connect("html-page-context", marks.count)
