"""기록을 HTML로 옮긴다: 주장 옆의 확인 표시, 가리키면 나오는 설명, 페이지 아래의 집계."""

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.writers.html5 import HTML5Translator

from rnn_shapes import evidence
from rnn_shapes.figures.drawing import Label
from rnn_shapes.figures.figure import FIGURES
from rnn_shapes.symbols import SYMBOLS


class shape_claim(nodes.literal):  # noqa: N801 - docutils의 노드는 소문자다
    """독자가 보는 형태. ``literal``이므로 HTML이 아닌 빌더도 그릴 줄 안다."""


class drawn_figure(nodes.General, nodes.Element):  # noqa: N801 - docutils의 노드는 소문자다
    """독자가 보는 그림. 담긴 글은 검색을 위한 것이고, HTML에는 SVG를 그린다."""


@dataclass
class CheckedMarks:
    """HTML 빌드 한 번 동안 기록을 들고, 주장마다 확인되었는지 가려 준다."""

    pages: dict[str, evidence.Page] = field(default_factory=dict)

    def load(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """기록을 읽고, 지난번과 달라져서 다시 써야 하는 페이지를 돌려준다."""
        if app.builder.format != "html":
            return []
        self.pages = read_evidence(app)
        shown: dict[str, evidence.Page] = getattr(env, "rnn_shapes_shown", {})
        setattr(env, "rnn_shapes_shown", self.pages)  # noqa: B010 - Sphinx가 확장에 내준 자리지만 타입에는 없다
        return [name for name in env.found_docs if shown.get(name) != self.pages.get(name)]

    def mark(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """주장과 그림에 기록을 붙인다. 지문이 맞는 기록이 없으면 확인되지 않은 것이다."""
        records = self.pages.get(docname, evidence.Page()).records
        for claim in _own_claims(doctree):
            claim["record"] = records.get(claim.get("key", ""))
        for figure in doctree.findall(drawn_figure):
            keys: list[str] = figure.get("keys", [])
            figure["records"] = [records.get(key) for key in keys]

    def count(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """틀(template)에 집계를 넘긴다. 그림의 이름표도 하나씩 센다."""
        found = [claim["record"] for claim in _own_claims(doctree)] if doctree else []
        for figure in doctree.findall(drawn_figure) if doctree else ():
            found += figure["records"]
        context["claims_total"] = len(found)
        context["claims_checked"] = sum(1 for record in found if record)
        context["claims_versions"] = self.pages.get(pagename, evidence.Page()).versions


def read_evidence(app: Sphinx) -> dict[str, evidence.Page]:
    """설정이 가리키는 기록을 읽는다.

    Raises:
        SphinxError: 읽을 수 없는 기록일 때. Sphinx는 이것만 사람의 말로 보인다.
    """
    try:
        return evidence.load(Path(app.confdir, app.config.rnn_shapes_evidence))
    except ValueError as error:
        raise SphinxError(str(error)) from None


def _own_claims(doctree: nodes.document) -> list[shape_claim]:
    """페이지에 적힌 주장. 다른 페이지의 제목에서 차례로 옮겨 온 사본은 링크 안에 있으므로 뺀다."""
    return [node for node in doctree.findall(shape_claim) if not isinstance(node.parent, nodes.reference)]


def visit_claim(translator: HTML5Translator, node: shape_claim) -> None:
    """주장을 그린다. 차례와 창 제목의 사본은 형태만 그린다."""
    if "record" not in node:
        translator.body.append(f"<code>{escape(node.astext())}</code>")
        raise nodes.SkipNode
    record = node["record"]
    state, note = ("checked", _checked_note(record)) if record else ("unchecked", _unchecked_note(node))
    number = f"claim-{node['number']}"
    translator.body.append(
        f'<span class="claim claim-{state}">'
        f'<code tabindex="0" aria-describedby="{number}">{unbroken(node.astext())}</code>'
        f'<span class="claim-note" role="tooltip" id="{number}">{note}</span></span>'
    )
    raise nodes.SkipNode


def visit_figure(translator: HTML5Translator, node: drawn_figure) -> None:
    """그림을 그린다. 이름표마다 무엇을 쟀는지는 그림 아래에 접어 둔다."""
    figure = FIGURES[node["figure"]]
    records: list[evidence.Record | None] = node["records"]
    labels = {
        label: Label(shape, checked=record is not None)
        for (label, _, shape, _), record in zip(node["claims"], records, strict=False)
    }
    measured = zip(node["values"], records[len(labels) :], strict=True)
    values = {label: record.value for (label, *_), record in measured if record}
    drawing = figure.draw(labels, values, node["options"])
    svg = drawing.svg(f"figure-{node['number']}", figure.title, node["alt"])
    checked = sum(1 for record in records if record)
    items = "".join(
        f"<li><code>{escape(text)}</code> {'✓' if record else '?'} {_measured(record)}</li>"
        for (_, text, *_), record in zip([*node["claims"], *node["values"]], records, strict=True)
    )
    translator.body.append(
        f'<div class="drawing">{svg}</div>'
        '<details class="figure-labels">'
        f"<summary>이 그림의 이름표 {len(records)}개 가운데 {checked}개를 실행해서 확인함</summary>"
        f"<ul>{items}</ul></details>"
    )
    raise nodes.SkipNode


def _measured(record: evidence.Record | None) -> str:
    return f"<small>{escape(record.measured)}</small>" if record else "<small>아직 확인하지 않음</small>"


def depart_claim(translator: HTML5Translator, node: nodes.Element) -> None:
    """``visit_claim``과 ``visit_figure``가 노드를 끝까지 그리므로 할 일이 없다."""


def unbroken(shape: str) -> str:
    """텐서 하나의 형태는 줄 끝에서 갈라지지 않게 묶는다. 묶음은 텐서 사이에서만 갈라진다."""
    return re.sub(r"\([^()\[\]]*\)", r'<span class="one">\g<0></span>', escape(shape))


def _checked_note(record: evidence.Record) -> str:
    rows = [
        "<b>실행해서 확인함</b>",
        f"<span>식: <code>{escape(record.expression)}</code></span>",
        f"<span>잰 형태: <code>{escape(record.measured)}</code></span>",
    ]
    for letter, size in record.sizes.items():
        symbol = SYMBOLS[letter]
        rows.append(f"<span>{letter} = {size} <small>{escape(symbol.meaning)}, {symbol.name}</small></span>")
    return "".join(rows)


def _unchecked_note(node: shape_claim) -> str:
    expression = node["claim"].rpartition("->")[0].strip()
    return f"<b>아직 확인하지 않음</b><span>식: <code>{escape(expression)}</code></span>"
