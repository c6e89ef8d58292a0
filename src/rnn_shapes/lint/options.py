"""옵션의 값을 늘어놓은 표에서, 줄마다 적은 참과 거짓이 그 줄의 주장과 맞는지 본다.

머리의 칸이 ``return_sequences``이고 줄의 칸이 ``True``이면 그 줄의 식은 ``return_sequences=True``여야 한다.
"""

from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm

OTHER = "이 줄의 주장은 다른 옵션으로 잰 것입니다. 칸에 적은 값과 식을 맞추세요"


def other_options(doctree: nodes.document) -> Iterator[Alarm]:
    """식과 맞지 않는 ``True``와 ``False``."""
    for table in doctree.findall(nodes.tgroup):
        heads = [row for part in table.findall(nodes.thead) for row in part.findall(nodes.row)]
        names = [cell.astext() if _is_code(cell) else "" for cell in heads[-1]] if heads else []
        for row in (row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)):
            expression = "\n".join(map(places.expressions, filter(places.is_claim, row.findall())))
            if "=True" in expression or "(" in expression:
                yield from _in_row(row, names, expression)


def _in_row(row: nodes.row, names: list[str], expression: str) -> Iterator[Alarm]:
    for name, cell in zip(names, row, strict=False):
        value = cell.astext()
        if name.isidentifier() and value in {"True", "False"} and (f"{name}=True" in expression) != (value == "True"):
            yield Alarm(cell, f"{name}={value}", OTHER)


def _is_code(cell: nodes.Node) -> bool:
    return any(True for _ in cell.findall(nodes.literal))
