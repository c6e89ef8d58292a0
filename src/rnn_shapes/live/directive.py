"""살아 있는 셀을 페이지에 놓는 directive.

적는 법:

.. code-block:: text

    ```{live-cell} 층을 만드는 식
    :name: 주소에 쓸 이름
    :inputs: 입력의 식
    :mask: 마스크의 식
    :initial-state: 초기 상태의 식
    :words: 낱말의 식
    :show: 처음에 보일 것. 타임스텝과 이름, 유닛: 3 f 0

    캡션
    ```

식은 페이지의 코드가 끝난 자리에서 계산하고, 잰 값은 그 페이지의 기록에 남는다. 그래서 HTML을 만들 때는
TensorFlow가 필요하지 않다.
"""

import json
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

from rnn_shapes.figures.directive import drawn_figure, write_words
from rnn_shapes.live import picture, table
from rnn_shapes.live.measuring import CellMeasurement
from shape_claims import places
from shape_claims.claim import parse_measurement
from shape_claims.claimed import ClaimSyntaxError
from shape_claims.nodes import Entry

logger = logging.getLogger(__name__)

PARTS = ("inputs", "mask", "initial-state", "words")
"""층 다음에 적는 식. 이 차례로 층과 함께 튜플 하나가 되어 :func:`~rnn_shapes.live.measuring.measure_cell`로 간다."""
NOWHERE = ("0", "h", "0", "0")
"""``:show:``에 적지 않은 것. 첫 타임스텝의 은닉 상태, 첫 유닛, 정방향이다."""
TITLE = "타임스텝마다 Keras가 낸 상태"
NOT_MEASURED = "아직 재지 않은 셀입니다. 이 페이지를 실행하면 그림과 표가 생깁니다."


class live_cell(drawn_figure):  # noqa: N801 - docutils의 노드는 소문자다
    """살아 있는 셀. 그림처럼 글의 검사와 검색이 안을 보지 않는다."""

    @property
    def place(self) -> str:
        """놓은 자리."""
        return self.entries[0].place

    def verify(self, values: Mapping[str, Any]) -> None:
        """처음에 보일 자리가 있는지 본다. 나머지는 재면서 확인했다."""
        check_place(self["options"]["show"], values[self["figure"]])

    @classmethod
    def code(cls) -> list[Path]:
        """이 폴더의 코드가 무엇을 재는지 정한다."""
        return sorted(Path(__file__).parent.glob("*.py"))


class LiveCell(SphinxDirective):
    """셀 하나를 놓는다. 인자는 층의 식이다."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(("name", "show", *PARTS), directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """그림과 표, 스크립트가 읽을 자료를 담을 노드를 만든다."""
        try:
            node = self._read()
        except (ClaimSyntaxError, ValueError) as error:
            logger.error("살아 있는 셀: %s", error, location=self._place())
            return []
        figure = nodes.figure("", node, classes=["rnn-figure", "live"])
        for one in (node, figure):
            self.set_source_info(one)
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        if len(holder.children) != 1 or not isinstance(holder.children[0], nodes.paragraph):
            logger.error("살아 있는 셀: 캡션이 한 단락 있어야 합니다.", location=self._place())
            return []
        figure += nodes.caption("", "", *holder.children[0].children)
        return [figure]

    def _read(self) -> live_cell:
        if missing := [name for name in ("name", "inputs") if not self.options.get(name)]:
            raise ValueError(f"적어야 할 옵션이 빠졌습니다: {', '.join(missing)}")
        name = self.options["name"]
        if not name.isascii() or not name.replace("-", "").isalnum():
            raise ValueError(f"이름은 주소에 쓰므로 영문자와 숫자, -로만 적으세요: {name}")
        parts = [self.options.get(part) or "None" for part in PARTS]
        for part in (self.arguments[0], *parts):
            parse_measurement(part)
        expression = f"({', '.join([self.arguments[0], *parts])})"
        alt = "층 하나를 타임스텝마다 계산해 보는 그림과 표"
        text = nodes.inline("", alt)
        entries = [Entry(CellMeasurement(expression, ""), self._place(), name)]
        options = {"show": self.options.get("show", "")}
        return live_cell("", text, figure=name, alt=alt, options=options, entries=entries)

    def _place(self) -> str:
        source, line = self.get_source_info()
        path = Path(source)
        if not path.is_file():
            return f"{source}:{line}"
        line, _ = places.line_of(f"}} {self.arguments[0]}", path, line)
        return places.place(path, Path(self.env.srcdir), line)


def check_place(show: str, data: Mapping[str, Any]) -> None:
    """``:show:``에 적은 타임스텝과 이름, 유닛, 방향이 모두 있는가.

    Raises:
        ValueError: 없는 자리일 때.
    """
    place = [*show.split(), *NOWHERE[len(show.split()) :]]
    within = (data["words"], data["ways"][0]["U"], data["ways"])
    known = picture.QUANTITIES[data["ways"][0]["kind"]]
    numbers = place[:1] + place[2:]
    there = [number.isdecimal() and int(number) < len(one) for number, one in zip(numbers, within, strict=False)]
    if len(place) > len(NOWHERE) or place[1] not in known or not all(there):
        raise ValueError(
            f":show:에 없는 자리입니다: {show}. 타임스텝과 이름, 유닛, 방향의 차례로 적으세요. 이름: {', '.join(known)}"
        )


def visit_live(translator: HTML5Translator, node: live_cell) -> None:
    """그림과 표를 적고, 스크립트가 읽을 자료를 곁에 둔다."""
    (entry,), (record,) = node.entries, node["records"]
    if record is None:
        translator.body.append(f"<p>{NOT_MEASURED}</p>")
        raise nodes.SkipNode
    data, name = record.value, node["figure"]
    shown = json.dumps({**data, "show": node["options"]["show"]}, ensure_ascii=False, separators=(",", ":")).replace(
        "</", "<\\/"
    )
    translator.body.append(
        f'<live-cell id="{name}" role="group" aria-label="{_kind(data)}의 셀 계산해 보기">'
        f"{_pictures(data, name)}{table.html(data, TITLE)}"
        f'<script type="application/json">{shown}</script></live-cell>'
        '<details class="figure-labels"><summary>이 수를 잰 식 ✓</summary>'
        f"<ul><li><code>{escape(entry.claim.expression)}</code></li></ul></details>"
    )
    raise nodes.SkipNode


def _kind(data: Mapping[str, Any]) -> str:
    both = "양방향 " if len(data["ways"]) > 1 else ""
    return both + str(data["ways"][0]["kind"])


def _pictures(data: Mapping[str, Any], name: str) -> str:
    """방향마다의 그림. 처음에는 마지막으로 읽은 타임스텝을 보인다."""
    drawn = []
    for number, way in enumerate(data["ways"]):
        order = range(len(data["words"]))[:: -1 if way["backwards"] else 1]
        before, after = way["states"][-2] if len(way["states"]) > 1 else way["initial"], way["states"][-1]
        read = {"x": data["inputs"][order[-1]]}
        for letter, old, new in zip("hc", before, after, strict=False):
            read |= {f"{letter}_previous": old, letter: new}
        both = len(data["ways"]) > 1
        title = f"{table.WAYS[number]} " if both else ""
        word = data["words"][order[-1]] or table.BLANK
        svg = picture.draw(way, read).svg(f"{name}-{number}", f"{title}{way['kind']}의 셀", f"읽은 낱말: {word}")
        heading = f'<p class="live-way">{title.strip()}</p>' if both else ""
        drawn.append(f'{heading}<div class="drawing">{svg}</div>')
    return "".join(drawn)


def setup_live(app: Sphinx) -> None:
    """Directive와 노드를 등록한다."""
    words = (write_words, write_words)
    app.add_node(live_cell, html=(visit_live, None), latex=words, text=words, man=words, texinfo=words)
    app.add_directive("live-cell", LiveCell)
