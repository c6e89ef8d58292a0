"""다층의 그림: 층과 시간의 격자."""

from collections.abc import Sequence

from rnn_shapes.figures.drawing import Drawing, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure

RECURRENT = ("RNN", "SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
"""타임스텝 사이에 상태를 넘기는 층. 그림에서 가로 화살표가 있다."""
WIDTH, STEP_GAP = 54, 26
"""격자에서 타임스텝 하나의 너비와, 두 타임스텝의 사이."""
OVER_TIME = ("BatchNormalization",)
"""타임스텝을 함께 보는 층. 그림에서 시간을 가로지르는 상자 하나다."""


def _levels(options: Options) -> list[str]:
    return [level.strip() for level in options["levels"].split(",")]


def _levels_are_the_layers(values: Values, options: Options) -> None:
    if values["layers"] != _levels(options):
        raise FigureError(f"옵션의 층({options['levels']})이 실제 층({', '.join(values['layers'])})과 다릅니다")


def _describe_levels(options: Options) -> str:
    kinds = [
        f"시간을 가로지르는 {name}"
        if name in OVER_TIME
        else f"상태를 옆으로 넘기는 {name}"
        if name in RECURRENT
        else name
        for name in _levels(options)
    ]
    return f"가로는 시간, 세로는 층의 격자. 아래에서 위로 입력, {', '.join(kinds)}의 순서로 쌓여 있습니다."


@figure(
    "층과 시간의 격자",
    lambda options: ["inputs", *(f"level{number}" for number, _ in enumerate(_levels(options), 1))],
    _describe_levels,
    values=("layers",),
    options={"levels": ("LSTM, LSTM",)},
    verify=_levels_are_the_layers,
)
def layer_grid(labels: Labels, values: Values, options: Options) -> Drawing:
    """아래에서 위로 층을, 왼쪽에서 오른쪽으로 시간을 놓는다. 층마다 내보내는 형태를 오른쪽에 단다."""
    levels = _levels(options)
    drawing = Drawing()
    left = max(text_width(name, 14) for name in [*levels, "입력"]) + 24
    steps = ["0", "1", "2", "⋯", "T-1"]
    width, gap = WIDTH, STEP_GAP
    bottom = len(levels) * 74 + 20
    end = left + len(steps) * (width + gap) - gap
    column = max(label.width for label in labels.values()) / 2 + end + 26

    def center(index: int) -> float:
        return left + index * (width + gap) + width / 2

    drawing.text(left - 16, bottom + 20, "입력", anchor="end", size=14)
    drawing.label(column, bottom + 20, labels["inputs"])
    for index, step in enumerate(steps):
        drawing.text(center(index), bottom + 20, step if step == "⋯" else f"x[{step}]", "code", size=13)
    for number, name in enumerate(levels, 1):
        top = bottom - number * 74 + 8
        title = f"name{number}" if labels["inputs"].name else ""
        drawing.text(left - 16, top + 20, name, "strong", anchor="end", size=14, name=title)
        drawing.label(column, top + 20, labels[f"level{number}"])
        if name in OVER_TIME:
            drawing.box(left, top, end - left, 40, "배치와 시간을 함께 평균")
        _level(
            drawing, name, [center(index) for index in range(len(steps))], top, top + 74 if number > 1 else bottom + 8
        )
    for index in (0, 1, 2, 4):
        drawing.arrow((center(index), bottom - len(levels) * 74 + 8), (center(index), bottom - len(levels) * 74 - 14))
    drawing.arrow((left, bottom + 46), (end, bottom + 46), kind="line faint")
    drawing.text((left + end) / 2, bottom + 62, "시간", "note", size=13)
    return drawing


def _level(drawing: Drawing, name: str, centers: Sequence[float], top: float, below: float) -> None:
    """층 하나. 타임스텝마다의 상자와, 아래에서 오는 화살표와, 상태를 넘기는 화살표다. 넷째 칸은 줄인 자리다."""
    for index, middle in enumerate(centers):
        if index == 3:
            if name not in OVER_TIME:
                drawing.text(middle, top + 20, "⋯")
            continue
        if name not in OVER_TIME:
            drawing.box(middle - WIDTH / 2, top, WIDTH, 40, kind="box main" if name in RECURRENT else "box")
        drawing.arrow((middle, below), (middle, top + 40))
        if name in RECURRENT and index:
            drawing.arrow((middle - STEP_GAP - WIDTH / 2, top + 20), (middle - WIDTH / 2, top + 20))
    if name in RECURRENT:
        drawing.arrow((centers[2] + WIDTH / 2, top + 20), (centers[3] - 12, top + 20))
