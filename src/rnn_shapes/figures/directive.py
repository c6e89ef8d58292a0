"""그림을 페이지에 놓는 directive. 그림 속의 형태 이름표는 글 속의 주장과 똑같이 확인된다.

적는 법:

.. code-block:: text

    ```{rnn-figure} bidirectional_values
    :alt: 그림이 말하는 것을 말로 풀어

    outputs: outputs -> (N, T, 2H)
    numbers = outputs[0]

    캡션
    ```

``:``은 형태 이름표이고, ``=``은 확인할 때 재어 그림에 적을 값이다.
"""

import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from rnn_shapes import claims, source_lines
from rnn_shapes.checked_marks import drawn_figure
from rnn_shapes.figures import cells as figures_cells
from rnn_shapes.figures import layers as figures_layers
from rnn_shapes.figures import seq2seq as figures_seq2seq
from rnn_shapes.figures.drawing import Label
from rnn_shapes.figures.figure import FIGURES, FigureError

logger = logging.getLogger(__name__)

MODULES = (figures_cells, figures_layers, figures_seq2seq)
"""들여오면 제 그림을 등록하는 모듈."""

COMMON = ("alt", "name", "show-source")
"""어느 그림에나 쓸 수 있는 옵션."""

ENTRY = re.compile(r"(?P<name>\w+)\s*(?P<kind>[:=])\s*(?P<text>.+)")


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
        """그림과 캡션, 그리고 이름표를 확인할 숨은 예제를 만든다."""
        name = self.arguments[0]
        try:
            drawn, length = self._read(name)
        except (FigureError, claims.ClaimSyntaxError) as error:
            logger.error("그림 %s: %s", name, error, location=self._place(f"}} {name}" if name else ""))
            return []
        hidden = nodes.comment("", "", testnodetype="doctest", groups=["default"], options={})
        figure = nodes.figure("", drawn, hidden, classes=["rnn-figure"])
        for node in (drawn, hidden, figure):
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
        """이 그림을 놓은 코드. 그림 모음에서 가져다 쓰게 한다."""
        options = [f":{key}: {text}" for key, text in self.options.items() if key != "show-source"]
        lines = [f"```{{rnn-figure}} {self.arguments[0]}", *options, "", *self.content, "```"]
        return nodes.literal_block("", "\n".join(lines), language="text")

    def _read(self, name: str) -> tuple[drawn_figure, int]:
        if name not in FIGURES:
            raise FigureError(f"그런 그림이 없습니다. 있는 그림: {', '.join(sorted(FIGURES))}")
        figure = FIGURES[name]
        alt = self.options.get("alt", "").strip()
        if not alt:
            raise FigureError("대체 글(:alt:)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요.")
        options = figure.complete(
            {key.replace("-", "_"): text for key, text in self.options.items() if key not in COMMON}
        )
        entries: dict[str, dict[str, str]] = {":": {}, "=": {}}
        length = 0
        for line in self.content:
            if not (match := ENTRY.fullmatch(line.strip())):
                break
            if match["name"] in entries[match["kind"]]:
                raise FigureError(f"이름이 두 번 나옵니다: {match['name']}")
            entries[match["kind"]][match["name"]] = match["text"].strip()
            length += 1
        figure.expect(list(entries[":"]), list(entries["="]), options)
        shapes = {label: claims.parse(text).shape for label, text in entries[":"].items()}
        for label, text in entries["="].items():
            claims.parse_expression(text)
            if label in entries[":"] and claims.parse(entries[":"][label]).expression != text:
                raise FigureError(f"이름표와 값의 식이 다릅니다: {label}. 형태를 확인한 바로 그 값을 그리세요.")
        # 검색이 그림 속의 글을 찾고 글의 검사가 대체 글을 보도록, 그려 본 글을 노드에 담아 둔다.
        drawing = figure.draw({label: Label(shape, checked=False) for label, shape in shapes.items()}, {}, options)
        words = [text for text in drawing.texts if not text.endswith(" ?")]
        return drawn_figure(
            "",
            nodes.inline("", " ".join([alt, *words])),
            figure=name,
            alt=alt,
            options=options,
            claims=[
                (label, text, shapes[label], self._place(f"{label}: {text}", label))
                for label, text in entries[":"].items()
            ],
            values=[(label, text, self._place(f"{label} = {text}", label)) for label, text in entries["="].items()],
        ), length

    def _place(self, text: str, label: str = "") -> str:
        source, line = self.get_source_info()
        path = Path(source)
        if path.is_file():
            line, _ = source_lines.line_of(text, path, line)
            source = source_lines.place(path, Path(self.env.srcdir), line)
        return f"{source}: 그림 {self.arguments[0]}의 이름표 {label}" if label else source


def setup(app: Sphinx) -> ExtensionMetadata:
    """Directive를 등록한다."""
    app.add_directive("rnn-figure", FigureDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
