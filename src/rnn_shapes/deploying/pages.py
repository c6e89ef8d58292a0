"""잰 것을 층과 설정과 길의 표로 펼치는 directive. 줄마다 앵커가 있고, 거절과 멈춤은 메시지의 절로 이어진다."""

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from rnn_shapes.contract.pages import Cell, Row, table
from rnn_shapes.deploying import words
from rnn_shapes.deploying.cases import OPTIONS, Case
from rnn_shapes.deploying.data import Measured, Result, load
from rnn_shapes.measured import read_data
from rnn_shapes.pages.message import MessageDirective, regex

logger = logging.getLogger(__name__)

HEAD = ("설정과 층", "SavedModel", "ONNX", "LiteRT", "LiteRT, 배치 고정")
COLUMNS = ("saved_model", "onnx", "litert", "litert_fixed")

GROUPS: dict[str, tuple[str, ...]] = {
    "sizes": ("free", "length", "batch", "batch_length", "unroll", "sequences", "backwards", "dropout"),
    "masks": ("mask", "mask_length", "mask_unroll", "id_negative", "id_beyond"),
    "states": ("states", "step", "stateful", "stateful_one", "stateful_signature", "stateful_left"),
    "precision": ("float16", "bfloat16", "float64"),
}
"""표마다의 설정."""


def read(env: BuildEnvironment) -> Measured:
    """내보내 잰 자료."""
    return read_data(env, "howto/deploy.json", load)


def rows(measured: Measured, options: Sequence[str]) -> Iterator[Row]:
    """설정마다, 결과가 같은 층을 한 줄에 모은다."""
    for option in options:
        groups: dict[tuple[object, ...], list[Case]] = {}
        for case, results in measured.results.items():
            if case.option == option:
                groups.setdefault(tuple(_key(case, results.get(route)) for route in COLUMNS), []).append(case)
        for number, found in enumerate(groups.values()):
            names = [words.anchor(option)] if number == 0 else []
            names += [words.anchor(one.option, one.layer) for one in found]
            layers = ", ".join(words.layer(one) for one in found)
            first: Cell = [nodes.strong("", words.OPTION_WORDS[option]), nodes.Text(layers)]
            yield " ".join(names), (first, *(_cell(found, measured, route) for route in COLUMNS))


def _key(case: Case, result: Result | None) -> object:
    """한 줄에 모을 수 있는지 가르는 것. 다른 정도의 크기는 층마다 다르다."""
    return result and (result.kind, result.call, words.place(case, result))


def _cell(found: Sequence[Case], measured: Measured, route: str) -> Cell:
    cells = [measured.results[case][route] for case in found if route in measured.results[case]]
    if not cells:
        return "—"
    # 여럿을 모은 줄에는 가장 많이 다른 것을 적는다.
    worst = max(cells, key=lambda one: one.amount or 0.0)
    said = words.said(worst) + ("까지" if worst.amount and len(found) > 1 else "")
    place = words.place(found[0], worst)
    return link(said, place) if place else said


def link(text: str, place: str) -> nodes.Node:
    """메시지의 절로 가는 링크."""
    target = {"refdomain": "std", "reftype": "ref", "reftarget": place, "refexplicit": True, "refwarn": True}
    return addnodes.pending_xref("", nodes.inline("", text), **target)


class DeployTable(SphinxDirective):
    """잰 것의 표 하나. 인자는 표의 이름이다."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """표를 만든다."""
        measured = read(self.env)
        name = self.arguments[0]
        if name not in GROUPS:
            logger.error("그런 표가 없습니다: %s. 있는 표: %s", name, ", ".join(GROUPS), location=self.get_location())
            return []
        found = list(rows(measured, GROUPS[name]))
        labels = self.env.domains.standard_domain
        for anchors, _ in found:
            for one in anchors.split():  # 다른 페이지에서 {ref}로 가리킨다
                labels.note_hyperlink_target(one, self.env.docname, one, one)
        made = table(HEAD, found)
        made["classes"].append("deploying")
        return [made]


class RecordedMessage(MessageDirective):
    """기록에서 옮겨 적은 메시지 하나. 인자는 경우와 길, 또는 코드와 오류의 이름이고, 거기서 난 글과 맞아야 한다."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """메시지가 기록의 것인지 보고 놓는다."""
        measured = read(self.env)
        name, route = self.arguments
        cells = {case.name: one[route].message for case, one in measured.results.items() if route in one}
        message = cells.get(name) or measured.raised.get(name, {}).get(route, "")
        pattern = " ".join(self.content)
        if not regex(pattern).search(message):
            what = "기록에 없는 메시지입니다: %s(%s). 기록된 것: %s"
            logger.error(what, pattern, name, message or "없음", location=self.get_location())
        return super().run()


def setup_pages(app: Sphinx) -> None:
    """Directive를 등록한다."""
    if missing := set(OPTIONS) - {one for group in GROUPS.values() for one in group}:
        raise ValueError(f"어느 표에도 없는 설정입니다: {missing}")
    app.add_directive("deploy-table", DeployTable)
    app.add_directive("recorded-message", RecordedMessage)
