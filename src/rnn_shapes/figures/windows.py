"""시계열의 그림: 기록을 한 줄씩 밀며 자른 창과, 창마다의 정답."""

from collections.abc import Sequence
from typing import Any

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

MOST_ROWS, MOST_WINDOWS = 20, 4
"""그림에 담을 수 있는 기록의 줄과 창의 수."""
STEP, TALL, BELOW = 28, 90, 30
"""줄 하나의 너비, 기록을 그리는 높이, 창 하나의 높이."""
TARGET = "정답"


def _check_windows(values: Values, options: Options) -> None:
    series, reads, answers = values["series"], values["reads"], values["answers"]
    if not isinstance(series, list) or not series or not all(map(is_number, series)):
        raise FigureError("기록은 수를 하나 이상 담은 리스트여야 합니다")
    if len(series) > MOST_ROWS:
        raise FigureError(f"기록이 {MOST_ROWS}줄보다 깁니다: {len(series)}줄")
    if not isinstance(reads, list) or not 0 < len(reads) <= MOST_WINDOWS:
        raise FigureError(f"창은 하나에서 {MOST_WINDOWS}개까지 담은 표여야 합니다")
    if not isinstance(answers, list) or len(answers) != len(reads):
        raise FigureError(f"정답은 창마다 하나씩 있어야 합니다: 창 {len(reads)}개")
    for rows, answer in zip(reads, answers, strict=True):
        _check_window(rows, answer, len(series))


def _check_window(rows: Any, answer: Any, length: int) -> None:
    """이어진 줄을 읽고, 기록에 있는 줄을 맞히는지."""
    if not isinstance(rows, list) or not rows or rows != list(range(rows[0], rows[0] + len(rows))):
        raise FigureError(f"창은 이어진 줄의 번호를 담은 리스트여야 합니다: {rows!r}")
    if outside := [row for row in (*rows, answer) if row not in range(length)]:
        raise FigureError(f"기록에 없는 줄입니다: {outside[0]!r}")


def _describe_windows(options: Options) -> str:
    return (
        f"위에는 기록을 꺾은선으로 그렸습니다. 세로축: {options['value_name']}. 그 아래에는 창마다 읽는 줄을 상자로,"
        f" {TARGET}인 줄을 칠한 상자로 그렸습니다."
    )


def _tell_windows(values: Values, options: Options) -> str:
    told = [
        f"창 {number}: {rows[0]}번부터 {rows[-1]}번 줄까지 읽고 {answer}번 줄이 {TARGET}."
        for number, (rows, answer) in enumerate(zip(values["reads"], values["answers"], strict=True))
    ]
    ends = f"{options['value_name']}: {', '.join(map(number_text, values['series']))}."
    return " ".join([*told, ends])


@figure(
    "밀며 자른 창",
    ("window", "target"),
    _describe_windows,
    values=("series", "reads", "answers"),
    options={"value_name": ("값",)},
    verify=_check_windows,
    tell=_tell_windows,
)
def sliding_windows(labels: Labels, values: Values, options: Options) -> Drawing:
    """기록의 줄과 창의 칸이 위아래로 맞는다. 첫 창의 오른쪽에 두 형태를 적는다."""
    drawing = Drawing()
    if not sliding_windows.ready(values, options):
        return not_measured(drawing, labels["window"])
    names = [f"창 {number}" for number in range(len(values["reads"]))]
    left = 8 + max(text_width(name, 13) for name in (*names, options["value_name"])) + 12
    _series(drawing, left, values["series"])
    drawing.text(8, 8 + TALL / 2, options["value_name"], "note", anchor="start", size=13)
    top = TALL + 44.0
    for name, rows, answer in zip(names, values["reads"], values["answers"], strict=True):
        drawing.text(8, top + 10, name, anchor="start", size=13)
        drawing.box(left + rows[0] * STEP, top, len(rows) * STEP, 20, kind="box")
        drawing.box(left + answer * STEP + 2, top, STEP - 4, 20, kind="bar")
        top += BELOW
    x = left
    for name, key in (("창", "window"), (TARGET, "target")):
        drawing.text(x, top + 14, name, anchor="start", size=13)
        x += text_width(name, 13) + 8
        drawing.label(x + labels[key].width / 2, top + 14, labels[key])
        x += labels[key].width + 20
    return drawing


def _series(drawing: Drawing, left: float, series: Sequence[float]) -> None:
    """줄마다 점을 찍어 이은 꺾은선과, 그 아래의 줄 번호."""
    least, span = min(series), (max(series) - min(series)) or 1.0
    points = [(left + (row + 0.5) * STEP, 8 + TALL * (1 - (value - least) / span)) for row, value in enumerate(series)]
    drawing.line(*points, kind="line thick")
    for row, (x, y) in enumerate(points):
        drawing.box(x - 3, y - 3, 6, 6, kind="box")
        drawing.text(x, TALL + 26, str(row), "code", size=12)
