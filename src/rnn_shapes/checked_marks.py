"""기록을 HTML로 옮긴다: 주장 옆의 확인 표시, 가리키면 나오는 설명, 쪽 아래의 집계."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from rnn_shapes import evidence
from rnn_shapes.symbols import SYMBOLS


class shape_claim(nodes.literal):  # noqa: N801 - docutils의 노드는 소문자다
    """독자가 보는 형태. ``literal``이므로 HTML이 아닌 빌더도 그릴 줄 안다."""


class CheckedMarks:
    """HTML 빌드 한 번 동안 기록을 들고, 주장마다 확인되었는지 가려 준다."""

    pages: dict[str, evidence.Page]

    def load(self, app: Sphinx) -> None:
        """기록을 읽는다."""
        self.pages = evidence.load(Path(app.confdir, app.config.rnn_shapes_evidence))

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """기록이 달라져서 다시 써야 하는 쪽."""
        if app.builder.format != "html":
            return []
        shown: dict[str, evidence.Page] = getattr(env, "rnn_shapes_shown", {})
        setattr(env, "rnn_shapes_shown", self.pages)  # noqa: B010 - Sphinx가 확장에 내준 자리지만 타입에는 없다
        return [name for name in env.found_docs if shown.get(name) != self.pages.get(name)]

    def mark(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """주장 노드에 기록을 붙인다. 지문이 맞는 기록이 없으면 확인되지 않은 것이다."""
        page = self.pages.get(docname, evidence.Page())
        for node in _own_claims(doctree):
            node["record"] = page.records.get(node["key"])

    def count(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """틀(template)에 집계를 넘긴다."""
        found = _own_claims(doctree) if doctree else []
        context["claims_total"] = len(found)
        context["claims_checked"] = sum(1 for node in found if node["record"])
        context["claims_versions"] = self.pages.get(pagename, evidence.Page()).versions


def _own_claims(doctree: nodes.document) -> list[shape_claim]:
    """쪽에 적힌 주장. 다른 쪽의 제목에서 차례로 옮겨 온 사본은 링크 안에 있으므로 뺀다."""
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
        f'<code tabindex="0" aria-describedby="{number}">{escape(node.astext())}</code>'
        f'<span class="claim-note" role="tooltip" id="{number}">{note}</span></span>'
    )
    raise nodes.SkipNode


def depart_claim(translator: HTML5Translator, node: shape_claim) -> None:
    """``visit_claim``이 노드를 끝까지 그리므로 할 일이 없다."""


def _checked_note(record: evidence.Record) -> str:
    rows = [
        "<b>실행해서 확인함</b>",
        f"<span>식 <code>{escape(record.expression)}</code></span>",
        f"<span>잰 형태 <code>{escape(record.measured)}</code></span>",
    ]
    for letter, size in record.sizes.items():
        symbol = SYMBOLS[letter]
        rows.append(f"<span>{letter} = {size} <small>{escape(symbol.meaning)}, {symbol.name}</small></span>")
    return "".join(rows)


def _unchecked_note(node: shape_claim) -> str:
    expression = node["claim"].rpartition("->")[0].strip()
    return f"<b>아직 확인하지 않음</b><span>식 <code>{escape(expression)}</code></span>"
