"""The names in a page's code and what they held: how they are kept, and how a page of HTML shows them.

A name is found by its block of code and its place there, and shown only where that block stands as it ran and has the
name at that place.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from shape_claims import messages
from shape_claims.readings import Readings
from shape_claims.seen import Seen

STYLE, SCRIPT = "code-shapes.css", "code-shapes.js"
SHAPES = "shape_claims_names"
"""An attribute of the nodes of code, from line and column to the name and its text."""


@dataclass(frozen=True)
class Block:
    """One block of code."""

    code: str
    """Digest of the code that the reader sees."""
    names: Mapping[str, str]
    """From ``line:column name`` to what is told of it."""


@dataclass(eq=False)
class Running:
    """One block of code while it runs."""

    text: str
    """What the reader sees of it."""
    line: int = 0
    column: int = 0
    """Where the code that is compiled now stands in the block."""
    seen: list[Seen] = field(default_factory=list)

    def watcher(self, name: str, line: int, column: int) -> Seen:
        """Watch a name at a place of the code that is compiled now."""
        self.seen.append(Seen(name, self.line + line, self.column + column))
        return self.seen[-1]

    def block(self, readings: Readings) -> Block:
        """What is kept."""
        skipped = len(self.text) - len(self.text.lstrip("\n"))
        texts = {f"{one.line - skipped}:{one.column} {one.name}": readings.text(one) for one in self.seen}
        return Block(digest(self.text), {place: text for place, text in texts.items() if text})


def kept(running: Iterable[Running], readings: Readings) -> list[Block]:
    """What is kept of a page's blocks, in order, without those of which nothing is known."""
    blocks = (one.block(readings) for one in running)
    return [block for block in blocks if block.names]


def digest(code: str) -> str:
    """Digest of a block of code. Empty lines around it are the page's."""
    return hashlib.sha256(code.strip("\n").encode()).hexdigest()[:16]


def seal(blocks: Sequence[Block], *more: str) -> str:
    """Digest of what was seen. Who changes a shape by hand has another one."""
    return hashlib.sha256(json.dumps([[asdict(block) for block in blocks], *more]).encode()).hexdigest()[:16]


def attach(doctree: nodes.document, blocks: Sequence[Block]) -> None:
    """Give each node of code the names that were seen when it ran."""
    found: dict[str, list[nodes.Element]] = {}
    for node in doctree.findall(nodes.FixedTextElement):
        found.setdefault(digest(node.astext()), []).append(node)
    for block in blocks:
        if found.get(block.code):
            found[block.code].pop(0)[SHAPES] = dict(_places(block))


def _places(block: Block) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    for place, text in block.names.items():
        numbers, _, name = place.partition(" ")
        line, _, column = numbers.partition(":")
        yield (int(line), int(column)), (name, text)


def mark(code: str, names: Mapping[tuple[int, int], tuple[str, str]]) -> str:
    """Give the names in highlighted code their shapes.

    >>> mark('<pre><span class="n">x</span> <span class="n">y</span></pre>', {(1, 2): ("y", "(5,)"), (1, 0): ("z", "")})
    '<pre><span class="n">x</span> <span class="n" title="(5,)">y</span></pre>'
    """
    start = code.rfind("<pre>") + len("<pre>")
    parts = [code[:start]]
    line, column = 1, 0
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", code[start:]):
        plain = html.unescape(text)
        name, told = names.get((line, column), ("", ""))
        if plain and plain == name and parts[-1].startswith("<span "):
            parts[-1] = f'{parts[-1][:-1]} title="{html.escape(told)}">'
        parts.append(tag or text)
        line += plain.count("\n")
        column = len(plain) - plain.rfind("\n") - 1 if "\n" in plain else column + len(plain)
    return "".join(parts)


def visit_code(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write code as the theme does, and give the names their shapes."""
    try:
        type(translator).visit_literal_block(translator, node)  # type: ignore[arg-type]
    except nodes.SkipNode:
        if SHAPES in node:
            translator.body[-1] = mark(translator.body[-1], node[SHAPES])
        raise


def depart_code(translator: HTML5Translator, node: nodes.Element) -> None:
    """End code that is not highlighted."""
    type(translator).depart_literal_block(translator, node)  # type: ignore[arg-type]


def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node | None) -> None:
    """Load style and script where there is a name to tell of. The words come with the script."""
    if doctree and any(SHAPES in node for node in doctree.findall(nodes.Element)):
        words: dict[str, Any] = {f"data-{key}": messages.note(f"names-{key}") for key in ("switch", "label", "keys")}
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, **words)


def register(app: Sphinx, config: Config) -> None:
    """Write code our way, if the site wants it."""
    if config.shape_claims_in_code:
        app.add_node(nodes.literal_block, override=True, html=(visit_code, depart_code))  # Sphinx writes any code so
        app.connect("html-page-context", load)


def setup_code_names(app: Sphinx) -> None:
    """Register what shows the names."""
    app.connect("config-inited", register)
