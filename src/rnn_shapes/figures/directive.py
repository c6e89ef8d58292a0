"""그림을 페이지에 놓는 directive. 그림 속의 형태 이름표는 글 속의 주장과 똑같이 확인된다.

적는 법:

.. code-block:: text

    ```{rnn-figure} bidirectional_values

    outputs: outputs -> (N, T, 2H)
    numbers = outputs[0]

    캡션
    ```

``:``은 형태 이름표이고, ``=``은 확인할 때 재어 그림에 적을 값이다. 대체 텍스트는 그림이 스스로 적는다.
"""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec
from sphinx.writers.html5 import HTML5Translator

from rnn_shapes.figures import FIGURES
from rnn_shapes.figures.drawing import Label
from rnn_shapes.figures.figure import FigureError
from shape_claims import places
from shape_claims.claim import Measurement, ShapeClaim, parse, parse_measurement
from shape_claims.claimed import ClaimSyntaxError
from shape_claims.evidence import Record
from shape_claims.nodes import Entry, checked
from shape_claims.symbols import Symbols

logger = logging.getLogger(__name__)

COMMON = ("name", "show-source")
"""어느 그림에나 쓸 수 있는 옵션."""

ENTRY = re.compile(r"(?P<name>\w+)\s*(?P<kind>[:=])\s*(?P<text>.+)")


class drawn_figure(checked, nodes.General, nodes.Element):  # noqa: N801 - docutils의 노드는 소문자다
    """독자가 보는 그림. 담긴 글은 검색과 글만 쓰는 빌더를 위한 것이고, HTML에는 SVG를 그린다."""

    @property
    def place(self) -> str:
        """그림의 자리. 값 사이의 관계가 어긋나면 여기를 고친다."""
        measured = [entry for entry in self.entries if isinstance(entry.claim, Measurement)]
        return (measured or self.entries)[0].place.partition("의 이름표")[0]

    @property
    def identity(self) -> str:
        """그림의 이름과 옵션도 무엇을 확인하는지 정한다."""
        return f"{self['figure']} {self['options']}"

    def verify(self, values: Mapping[str, Any]) -> None:
        """그림마다의 관계를 본다. 엉뚱한 값은 그림마다 다른 데서 걸리고, 모두 그 그림의 실패다."""
        try:
            FIGURES[self["figure"]].verify(values, self["options"])
        except FigureError:
            raise
        except Exception as error:
            raise FigureError(f"그릴 수 없는 값입니다({type(error).__name__}: {error})") from None

    @classmethod
    def code(cls) -> list[Path]:
        """이 폴더의 코드가 그림의 관계를 정한다."""
        return sorted(Path(__file__).parent.glob("*.py"))


class FigureDirective(SphinxDirective):
    """그림 하나를 놓는다. 인자는 그림의 이름이다."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "alt": directives.unchanged,
        "name": directives.unchanged,
        "show-source": directives.flag,
        **{option.replace("_", "-"): directives.unchanged for figure in FIGURES.values() for option in figure.options},
    }

    def run(self) -> list[nodes.Node]:
        """그림과 캡션을 만든다."""
        name = self.arguments[0]
        try:
            drawn, length = self._read(name)
        except (FigureError, ClaimSyntaxError) as error:
            logger.error("그림 %s: %s", name, error, location=self._place(f"}} {name}" if name else ""))
            return []
        figure = nodes.figure("", drawn, classes=["rnn-figure"])
        for node in (drawn, figure):
            self.set_source_info(node)
        if caption := self.content[length:]:
            holder = nodes.Element()
            self.state.nested_parse(caption, self.content_offset + length, holder)
            if len(holder.children) != 1 or not isinstance(holder.children[0], nodes.paragraph):
                logger.error("그림 %s: 캡션은 한 단락이어야 합니다.", name, location=self._place(f"}} {name}"))
                return []
            figure += nodes.caption("", "", *holder.children[0].children)
        self.add_name(figure)
        return [figure, self._source()] if "show-source" in self.options else [figure]

    def _source(self) -> nodes.literal_block:
        """이 그림을 놓은 코드. ‘페이지에 그림 넣기’ 페이지에서 가져다 쓰게 한다."""
        options = [f":{key}: {text}" for key, text in self.options.items() if key != "show-source"]
        lines = [f"```{{rnn-figure}} {self.arguments[0]}", *options, "", *self.content, "```"]
        return nodes.literal_block("", "\n".join(lines), language="text")

    def _read(self, name: str) -> tuple[drawn_figure, int]:
        if name not in FIGURES:
            raise FigureError(f"그런 그림이 없습니다. 있는 그림: {', '.join(sorted(FIGURES))}")
        figure = FIGURES[name]
        if "alt" in self.options:
            raise FigureError("대체 텍스트는 그림이 스스로 적습니다. :alt:을 지우세요.")
        labels, values = self._entries()
        chosen = {key.replace("-", "_"): text for key, text in self.options.items() if key not in COMMON}
        options = figure.complete(chosen, values)
        alt = figure.describe(options)
        figure.expect(list(labels), list(values), options)
        for label in labels.keys() & values.keys():
            if labels[label].claim.expression != values[label].claim.expression:
                raise FigureError(f"이름표와 값의 식이 다릅니다: {label}. 형태를 확인한 바로 그 값을 그리세요.")
        # 검색이 그림 속의 글을 찾고 글의 검사가 대체 텍스트를 보도록, 그려 본 글을 노드에 담아 둔다.
        shapes = {label: Label(entry.claim.text, checked=False) for label, entry in labels.items()}
        words = [text for text in figure.draw(shapes, {}, options).texts if not text.endswith(" ?")]
        entries = [*labels.values(), *values.values()]
        text = nodes.inline("", " ".join([alt, *words]))
        return drawn_figure("", text, figure=name, alt=alt, options=options, entries=entries), len(entries)

    def _entries(self) -> tuple[dict[str, Entry], dict[str, Entry]]:
        """이름표와 값. 캡션이 시작하는 줄에서 멈춘다."""
        found: dict[str, dict[str, Entry]] = {":": {}, "=": {}}
        for line in self.content:
            if not (match := ENTRY.fullmatch(line.strip())):
                break
            label, kind, text = match["name"], match["kind"], match["text"].strip()
            if label in found[kind]:
                raise FigureError(f"이름이 두 번 나옵니다: {label}")
            if kind == ":":
                claim = parse(text, Symbols(self.config.shape_claims_symbols))
                found[kind][label] = Entry(claim, self._place(f"{label}: {text}", label), label)
            else:
                place = self._place(f"{label} = {text}", label)
                found[kind][label] = Entry(parse_measurement(text), place, label)
        return found[":"], found["="]

    def _place(self, text: str, label: str = "") -> str:
        source, line = self.get_source_info()
        path = Path(source)
        if path.is_file():
            line, _ = places.line_of(text, path, line)
            source = places.place(path, Path(self.env.srcdir), line)
        return f"{source}: 그림 {self.arguments[0]}의 이름표 {label}" if label else source


def visit_figure(translator: HTML5Translator, node: drawn_figure) -> None:
    """그림을 그린다. 이름표마다 무엇을 쟀는지는 그림 아래에 접어 둔다."""
    figure = FIGURES[node["figure"]]
    found: list[tuple[Entry, Record | None]] = list(zip(node.entries, node["records"], strict=True))
    labels = {
        entry.name: Label(entry.claim.text, checked=record is not None)
        for entry, record in found
        if isinstance(entry.claim, ShapeClaim)
    }
    values = {entry.name: record.value for entry, record in found if record and isinstance(entry.claim, Measurement)}
    identity, ready = f"figure-{node['number']}", figure.ready(values, node["options"])
    told = figure.tell(values, node["options"]) if ready else ""
    drawing = figure.draw(labels, values, node["options"])
    svg = drawing.svg(identity, figure.title, f"{node['alt']} {told}".strip())
    picture = f'<div class="drawing">{svg}</div>'
    if ready:
        picture = figure.enliven(values, node["options"], identity, picture)
    checked_number = sum(record is not None for _, record in found)
    items = "".join(_item(entry, record) for entry, record in found)
    translator.body.append(
        f'{picture}<details class="figure-labels">'
        f"<summary>이 그림의 이름표 {len(found)}개 가운데 {checked_number}개를 실행해서 확인함</summary>"
        f"<ul>{items}</ul></details>"
    )
    raise nodes.SkipNode


def _item(entry: Entry, record: Record | None) -> str:
    claim = entry.claim
    text = f"{claim.expression} -> {claim.text}" if claim.text else claim.expression
    measured = escape(record.measured) if record else "아직 확인하지 않음"
    return f"<li><code>{escape(text)}</code> {'✓' if record else '?'} <small>{measured}</small></li>"


def write_words(translator: Any, node: drawn_figure) -> None:
    """그림을 그릴 수 없는 빌더에서는 담긴 글이 그림을 대신한다."""


def setup_figures(app: Sphinx) -> None:
    """Directive와 노드를 등록한다."""
    words = (write_words, write_words)
    app.add_node(drawn_figure, html=(visit_figure, None), latex=words, text=words, man=words, texinfo=words)
    app.add_directive("rnn-figure", FigureDirective)
