"""잰 것을 층과 설정과 길의 표로 펼치는 directive. 줄마다 앵커가 있고, 거절과 멈춤은 메시지의 절로 이어진다."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from rnn_shapes.contract.pages import Cell, Row, table
from rnn_shapes.deploying import words
from rnn_shapes.deploying.cases import OPTIONS, Case
from rnn_shapes.deploying.data import Measured, Result, Results, load
from shape_claims.stopping import stop

logger = logging.getLogger(__name__)

HEAD = ("설정과 층", "SavedModel", "ONNX", "LiteRT", "LiteRT, 배치 크기를 정함")
COLUMNS = ("saved_model", "onnx", "litert", "litert_fixed")

GROUPS: dict[str, tuple[str, ...]] = {
    "sizes": ("free", "length", "unroll", "sequences", "backwards", "dropout"),
    "masks": ("mask", "mask_length", "mask_unroll", "id_negative", "id_beyond"),
    "states": ("states", "step", "stateful", "stateful_one", "stateful_signature", "stateful_left"),
    "precision": ("float16", "bfloat16"),
}
"""표마다의 설정."""


def rows(measured: Measured, options: Sequence[str]) -> Iterator[Row]:
    """설정마다, 결과가 같은 층을 한 줄에 모은다."""
    for option in options:
        groups: dict[tuple[object, ...], list[Case]] = {}
        for case, results in measured.results.items():
            if case.option == option:
                groups.setdefault(tuple(_key(results.get(route)) for route in COLUMNS), []).append(case)
        for number, found in enumerate(groups.values()):
            names = [words.anchor(option)] if number == 0 else []
            names += [words.anchor(one.option, one.layer) for one in found]
            layers = ", ".join(words.layer(one) for one in found)
            first: Cell = [nodes.strong("", words.OPTION_WORDS[option]), nodes.Text(layers)]
            yield " ".join(names), (first, *(_cell(found, measured, route) for route in COLUMNS))


def _key(result: Result | None) -> object:
    """한 줄에 모을 수 있는지 가르는 것. 다른 정도의 크기는 층마다 다르다."""
    return result and (result.kind, result.call, words.place_of(result.message))


def _cell(found: Sequence[Case], measured: Measured, route: str) -> Cell:
    results: list[Results] = [measured.results[case] for case in found]
    cells = [one[route] for one in results if route in one]
    if not cells:
        return "—"
    # 여럿을 모은 줄에는 가장 많이 다른 것을 적는다.
    worst = max(cells, key=lambda one: one.amount or 0.0)
    said = words.said(worst) + ("까지" if worst.amount and len(found) > 1 else "")
    place = words.place_of(worst.message)
    return link(said, place) if place else said


def link(text: str, place: str) -> nodes.Node:
    """메시지의 절로 가는 링크."""
    node = addnodes.pending_xref(
        "", nodes.inline("", text), refdomain="std", reftype="ref", reftarget=place, refexplicit=True, refwarn=True
    )
    return node


class DeployTable(SphinxDirective):
    """잰 것의 표 하나. 인자는 표의 이름이다."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """표를 만든다."""
        path = Path(self.env.srcdir, "howto", "deploy.json")
        self.env.note_dependency(path)
        try:
            measured = load(path)
        except ValueError as error:
            raise stop(str(error)) from None
        name = self.arguments[0]
        if name not in GROUPS:
            logger.error("그런 표가 없습니다: %s. 있는 표: %s", name, ", ".join(GROUPS), location=self.get_location())
            return []
        return [table(HEAD, list(rows(measured, GROUPS[name])))]


def setup_pages(app: Sphinx) -> None:
    """Directive를 등록한다."""
    if missing := set(OPTIONS) - {one for group in GROUPS.values() for one in group}:
        raise ValueError(f"어느 표에도 없는 설정입니다: {missing}")
    app.add_directive("deploy-table", DeployTable)
