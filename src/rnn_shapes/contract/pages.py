"""잰 것을 찾아보기 표로 펼치는 directive. 줄마다 앵커가 있고, 형태에는 확인한 표시가 붙는다."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from rnn_shapes.contract.cases import BOTH_WAYS, CHOICES, KERAS, LAYERS, STEPS, WRAPS, Case
from rnn_shapes.contract.code import STATE_FORMS, construction
from rnn_shapes.contract.data import Measured, Refused, Result
from rnn_shapes.contract.grid import RETURNS
from rnn_shapes.contract.rules import RULES, TRAPS, Rule
from rnn_shapes.contract.table import Table
from rnn_shapes.contract.table import read as read_table
from rnn_shapes.contract.words import FOUND, LATE, TREATED, combination, form, korean
from rnn_shapes.measured import read_data
from shape_claims.marks import unbroken

logger = logging.getLogger(__name__)

Cell: TypeAlias = "str | nodes.Node | Sequence[nodes.Node]"
"""한 칸. 여럿이면 한 줄에 하나씩 놓는다."""
Row: TypeAlias = "tuple[str, Sequence[Cell]]"
"""띄어 적은 앵커와 칸들."""


class measured_shape(nodes.literal):  # noqa: N801 - docutils의 노드는 소문자다
    """자료 파일에서 온 형태. 시험이 다시 실행해서 비교하므로 주장처럼 확인한 표시를 단다."""


class measured_table(nodes.table):  # noqa: N801 - docutils의 노드는 소문자다
    """자료 파일에서 온 표. 칸의 글은 모두 잰 것이므로 글의 검사가 살피지 않는다."""


def visit_measured(translator: HTML5Translator, node: measured_shape) -> None:
    """확인한 표시가 붙은 형태."""
    translator.body.append(f'<span class="claim measured"><code>{unbroken(node.astext())}</code></span>')
    raise nodes.SkipNode


def read(env: BuildEnvironment) -> Table:
    """층마다 잰 것의 표."""
    return read_data(env, "reference/contract.json", read_table)


def shape(text: str) -> nodes.Node:
    """형태 하나. 없으면 줄표다."""
    return measured_shape("", text) if text else nodes.Text("—")


def short(text: str) -> nodes.literal:
    """코드 한 토막. 모듈의 이름은 줄인다."""
    return nodes.literal("", text.replace("tf.keras.layers.", ""))


def table(header: Sequence[str], rows: Sequence[Row]) -> nodes.table:
    """앵커가 달린 표."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=40) for _ in header), cols=len(header))
    group += nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph("", title)) for title in header)))
    body = nodes.tbody()
    for anchor, cells in rows:
        entries = []
        for cell in cells:
            lines = [cell] if isinstance(cell, str | nodes.Node) else cell
            entries.append(nodes.entry("", *map(_line, lines)))
        body += nodes.row("", *entries, ids=anchor.split())
    group += body
    return measured_table("", group, classes=["contract"])


def _line(part: str | nodes.Node) -> nodes.paragraph:
    if isinstance(part, nodes.paragraph):
        return part
    return nodes.paragraph("", "", nodes.Text(part) if isinstance(part, str) else part)


def anchor(*parts: str) -> str:
    """줄의 앵커. 소문자와 줄표로 적는다."""
    return re.sub(r"[^a-z0-9]+", "-", ".".join(parts).lower()).strip("-")


def returns(lookup: Table, wrap: str) -> Iterator[Row]:
    """``return_sequences``와 ``return_state``, ``merge_mode``마다 돌려받는 것."""
    for name, layer in LAYERS.items():
        if wrap not in layer.wraps or not layer.states:
            continue
        for merge, chosen in itertools.product(CHOICES["merge_mode"], RETURNS):
            if merge != "concat" and (wrap not in BOTH_WAYS or len(chosen) < 2):
                continue
            case = Case(name, chosen if merge == "concat" else {**chosen, "merge_mode": merge}, wrap)
            if lookup.refusal(case, 3):
                continue
            yield anchor(case.name), (short(construction(case, 3)), _returned(lookup, case))


def others(lookup: Table) -> Iterator[Row]:
    """순환층이 아닌 층과, 셀을 한 타임스텝 부른 것."""
    for name, layer in LAYERS.items():
        for wrap in layer.wraps:
            if layer.states and wrap not in STEPS:
                continue
            case = Case(name, wrap=wrap)
            yield anchor(case.name), (short(construction(case, 3)), _returned(lookup, case))


def _returned(lookup: Table, case: Case) -> Cell:
    """돌려받는 것과 그 뜻. Keras 2가 다르면 한 줄 더 적는다."""
    new, old = (lookup.look_up(case, keras) for keras in (3, 2))
    lines: list[nodes.Node] = [shape(new.returns), nodes.Text(", ".join(map(korean, new.meanings)))]
    if old.returns != new.returns:
        lines.append(_in_version(2, shape(old.returns)))
    return lines


def _in_version(keras: int, *parts: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(f"Keras {keras}: "), *parts)


def initial_states(lookup: Table) -> Iterator[Row]:
    """초기 상태를 적는 방식마다 받아들이는지."""
    for entry in lookup.contract.entries:
        case = entry.case
        if not case.initial_state or case.options != {"return_state": True} or case.inputs != "tensor" or case.mask:
            continue
        where = short(form(case.wrap, case.layer, f"{case.layer}Cell"))
        written = STATE_FORMS[case.initial_state]
        symbolic = lookup.contract[replace(case, inputs="input").name] if written.symbolic else {}
        answers = [_in_version(keras, *_accepted(entry.results[keras], symbolic.get(keras))) for keras in KERAS]
        yield anchor(case.name), ([where, nodes.Text(written.label)], answers)


def _accepted(result: Result | None, symbolic: Result | None = None) -> Iterator[nodes.Node]:
    """받는지, 받으면 어떻게 쓰는지, 거절하면 무슨 말로 언제 거절하는지."""
    if not isinstance(result, Refused):
        yield nodes.Text(TREATED[result.given if result else ""])
        return
    yield nodes.literal("", f"{result.error}: {result.message}")
    notes = [f"배치 크기가 2이면 {TREATED[result.of_two]}"] if result.of_two else []
    notes += [LATE] if isinstance(symbolic, Refused) and symbolic.late else []
    if notes:
        yield nodes.Text(f" ({', '.join(notes)})")


def refusals(lookup: Table) -> Iterator[Row]:
    """함께 쓸 수 없는 조합과 그때 나는 오류."""
    for number, rule in enumerate(RULES):
        errors = [(keras, lookup.errors.get((number, keras))) for keras in KERAS]
        lines = [
            _in_version(keras, *(_accepted(error) if error else _told(lookup, _within(rule, keras))))
            for keras, error in errors
        ]
        if rule.late:
            lines.append(nodes.paragraph("", f"{combination(rule.late)}으로 부를 때는 받고, 값을 넣을 때 거절"))
        yield f"refused-{number + 1}", (combination(rule.when), lines)
    for number, rule in enumerate(TRAPS, 1):
        wrong = [_in_version(keras, *_told(lookup, rule)) for keras in rule.when.get("keras", KERAS)]
        yield f"wrong-{number}", (combination(rule.when), wrong)


def _within(rule: Rule, keras: int) -> Rule | None:
    """거절하지 않는 판에서도 이 조합이면 언제나 걸리는, 오류 없이 틀리거나 조건이 있는 것."""
    wanted = {**rule.when, "keras": (keras,)}
    inside = (trap for trap in TRAPS if all({*wanted.get(name, ())} & {*values} for name, values in trap.when.items()))
    return next(inside, None)


def _told(lookup: Table, trap: Rule | None) -> list[nodes.Node]:
    """오류 없이 틀리거나 조건이 있는 것을 적은 말. 없으면 그냥 받는다."""
    if not trap or not trap.fit:
        return [nodes.Text(FOUND[trap.wrong] if trap else TREATED[""])]
    return [nodes.Text("받지만 길이를 모르는 데이터셋으로 훈련하면 "), nodes.literal("", _fit(lookup, trap))]


def _fit(lookup: Table, rule: Rule) -> str:
    """길이를 모르는 데이터셋으로 훈련할 때 난 예외."""
    return next(
        result.fit
        for entry in lookup.contract.entries
        for keras, result in entry.results.items()
        if isinstance(result, Measured) and result.fit and rule.applies(entry.case.facts(keras))
    )


def weights(lookup: Table, wrap: str) -> Iterator[Row]:
    """가중치의 이름과 형태, 매개변수 수의 식."""
    for (name, reset_after, wrapped, use_bias), (entries, formula) in lookup.parts["weights"].items():
        if wrapped != wrap:
            continue
        options = {"use_bias": use_bias} | ({"reset_after": reset_after} if name == "GRU" else {})
        case = Case(name, {key: value for key, value in options.items() if not value}, wrap)
        lines = [
            nodes.paragraph(
                "",
                "",
                nodes.Text(f"{korean(owner)} " if owner else ""),
                nodes.literal("", weight),
                nodes.Text(" "),
                shape(tree),
            )
            for owner, weight, tree in entries
        ]
        yield anchor("weights", case.name), (short(construction(case, 3)), lines or "없음", nodes.literal("", formula))


TABLES: Mapping[str, tuple[Sequence[str], Callable[..., Iterator[Row]]]] = {
    "returns": (("층", "돌려받는 것과 그 뜻"), returns),
    "others": (("층", "돌려받는 것과 그 뜻"), others),
    "initial-states": (("층과 초기 상태를 넘기는 방식", "결과"), initial_states),
    "refusals": (("조합", "결과"), refusals),
    "weights": (("층", "가중치", "매개변수 수"), weights),
}
"""표의 이름마다 머리글과 줄을 만드는 함수."""


class ContractTable(SphinxDirective):
    """잰 것의 표 하나. 인자는 표의 이름이고, 필요하면 감싸는 법이 뒤따른다."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """표를 만든다."""
        lookup = read(self.env)
        name, *wrap = self.arguments
        if name not in TABLES or any(one not in WRAPS for one in wrap):
            logger.error(
                "그런 표가 없습니다: %s. 있는 표: %s, 감싸는 법: %s",
                " ".join(self.arguments),
                ", ".join(TABLES),
                ", ".join(WRAPS),
                location=self.get_location(),
            )
            return []
        header, rows = TABLES[name]
        return [table(header, list(rows(lookup, *wrap)))]


def setup_pages(app: Sphinx) -> None:
    """Directive와 노드를 등록한다."""
    app.add_node(measured_shape, html=(visit_measured, None))
    app.add_node(measured_table, html=(HTML5Translator.visit_table, HTML5Translator.depart_table))
    app.add_directive("contract-table", ContractTable)
