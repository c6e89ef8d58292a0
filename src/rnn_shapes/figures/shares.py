"""몫의 그림: 이름마다 0과 1 사이의 막대를 세우고, 여러 줄을 같은 눈금으로 비교한다."""

from collections.abc import Sequence
from typing import Any

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

SHARES_LIMIT = (13, 6)
"""그림에 담을 수 있는 열과 행의 수."""
WIDTH, TALL = 48, 56
"""막대 하나가 차지하는 너비와, 몫이 1인 막대의 길이."""


def _check_names(kind: str, names: Any, limit: int) -> Sequence[str]:
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise FigureError(f"{kind}의 이름은 글을 하나 이상 담은 리스트여야 합니다")
    if len(names) > limit:
        raise FigureError(f"{kind}이 {limit}개보다 많습니다: {len(names)}개")
    return names


def _check_shares(values: Values, options: Options) -> None:
    columns = _check_names("열", values["columns"], SHARES_LIMIT[0])
    rows = _check_names("행", values["rows"], SHARES_LIMIT[1])
    shares = values["shares"]
    if not isinstance(shares, list) or len(shares) != len(rows):
        raise FigureError(f"몫은 행마다 한 줄씩 담은 표여야 합니다: 행 {len(rows)}개")
    for name, line in zip(rows, shares, strict=True):
        if not isinstance(line, list) or len(line) != len(columns):
            raise FigureError(f"‘{name}’에는 열마다 몫이 하나씩 있어야 합니다: 열 {len(columns)}개")
        if wrong := [share for share in line if not is_number(share) or not 0 <= share <= 1]:
            raise FigureError(f"몫은 0과 1 사이의 수여야 합니다: {wrong[0]!r}")


def _describe_shares(options: Options) -> str:
    return (
        "행마다 막대가 왼쪽에서 오른쪽으로 늘어서 있습니다. 모든 행의 눈금이 같습니다."
        f" 막대의 길이: {options['share_name']}. 막대 아래에 적은 것: {options['column_name']}."
    )


def _tell_shares(values: Values, options: Options) -> str:
    told = []
    for name, line in zip(values["rows"], values["shares"], strict=True):
        pairs = zip(values["columns"], line, strict=True)
        told.append(f"{name}: {', '.join(f'{column} {number_text(share)}' for column, share in pairs)}.")
    return " ".join(told)


@figure(
    "몫의 비교",
    ("shares",),
    _describe_shares,
    values=("columns", "rows", "shares"),
    options={"share_name": ("몫",), "column_name": ("이름",)},
    verify=_check_shares,
    tell=_tell_shares,
)
def shares(labels: Labels, values: Values, options: Options) -> Drawing:
    """행의 이름은 왼쪽, 열의 이름은 맨 아래에 적는다."""
    drawing = Drawing()
    if not shares.ready(values, options):
        return not_measured(drawing, labels["shares"])
    names = [*values["rows"], options["column_name"]]
    left = 8 + max(text_width(name, 13) for name in names) + 10
    drawing.text(8, 2, options["share_name"], "note", anchor="start", size=13)
    start = 8 + text_width(options["share_name"], 13) + 10
    drawing.label(start + labels["shares"].width / 2, 2, labels["shares"])
    base = 14.0
    for name, line in zip(values["rows"], values["shares"], strict=True):
        base += TALL + 26
        drawing.text(8, base - 8, name, anchor="start", size=13)
        _bars(drawing, left, base, line)
    drawing.text(8, base + 16, options["column_name"], "note", anchor="start", size=13)
    for number, column in enumerate(values["columns"]):
        drawing.text(left + (number + 0.5) * WIDTH, base + 16, column, "code", size=13)
    return drawing


def _bars(drawing: Drawing, left: float, base: float, line: Sequence[float]) -> None:
    """한 행의 막대와 그 위의 수."""
    drawing.line((left, base), (left + len(line) * WIDTH, base), kind="line faint")
    for number, share in enumerate(line):
        middle = left + (number + 0.5) * WIDTH
        if share:
            drawing.box(middle - 13, base - TALL * share, 26, TALL * share, kind="bar")
        drawing.text(middle, base - TALL * share - 9, number_text(share), "code", size=12)
