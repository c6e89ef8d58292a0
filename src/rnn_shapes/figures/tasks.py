"""순환층으로 하는 세 가지 일의 그림."""

from rnn_shapes.figures.drawing import Drawing, Label, text_width
from rnn_shapes.figures.figure import Labels, Options, Values, figure

TASKS = (
    ("last", "시퀀스마다 답 하나", "return_sequences=False"),
    ("every", "타임스텝마다 답 하나", "return_sequences=True"),
    ("state", "상태를 다음 층에 전달", "return_state=True"),
)
"""일마다 이름표의 이름, 하는 일, 층에 적는 인자."""
ANSWER, NEXT, HANDED = "답", "디코더", "마지막 상태"
"""작은 격자에 적는 글."""
BOX, SPACE, STEPS = 40, 24, 3
"""칸의 너비와 틈, 격자에 놓는 타임스텝의 수."""


def _describe_tasks(options: Options) -> str:
    (_, one, first), (_, each, second), (_, hand, third) = TASKS
    return (
        f"작은 격자 셋. 아래의 입력 x가 타임스텝마다 셀로 들어가고 셀은 상태를 옆으로 넘깁니다. 첫째 격자({one},"
        f" {first})에서는 마지막 셀에서만 {ANSWER}이 나옵니다. 둘째 격자({each}, {second})에서는 모든 셀에서"
        f" {ANSWER}이 나옵니다. 셋째 격자({hand}, {third})에서는 {HANDED}가 {NEXT}로 이어집니다."
    )


@figure("순환층으로 하는 세 가지 일", [name for name, _, _ in TASKS], _describe_tasks)
def sequence_tasks(labels: Labels, values: Values, options: Options) -> Drawing:
    """격자마다 위에 하는 일과 인자, 나오는 것의 형태를 적는다."""
    drawing = Drawing()
    x = 8.0
    for name, task, argument in TASKS:
        cells = STEPS * BOX + (STEPS - 1) * SPACE
        grid = cells + (SPACE + 70 if name == "state" else 0)
        width = max(grid, labels[name].width, text_width(task, 14), text_width(argument, 13))
        middle = x + width / 2
        drawing.text(middle, 4, task, "strong", size=14)
        drawing.text(middle, 26, argument, "code", size=13)
        _steps(drawing, name, middle - grid / 2, labels[name])
        x += width + 2 * SPACE
    return drawing


def _steps(drawing: Drawing, name: str, left: float, label: Label) -> None:
    """셀을 타임스텝마다 놓고 상태를 넘긴다. 답이나 상태가 나오는 자리에 형태를 단다."""
    centers = [left + BOX / 2 + step * (BOX + SPACE) for step in range(STEPS)]
    end = centers[-1] + BOX / 2
    for step, center in enumerate(centers):
        drawing.box(center - BOX / 2, 142, BOX, 34, "셀", "box main")
        drawing.arrow((center, 198), (center, 176))
        drawing.text(center, 210, "x", "code", size=14)
        if step:
            drawing.arrow((center - BOX / 2 - SPACE, 159), (center - BOX / 2, 159))
        if name == "every" or (name == "last" and step == STEPS - 1):
            drawing.arrow((center, 142), (center, 120))
            drawing.box(center - BOX / 2, 94, BOX, 26, ANSWER, "cell")
    if name == "state":
        drawing.arrow((end, 159), (end + SPACE, 159), kind="line thick")
        drawing.box(end + SPACE, 136, 70, 46, NEXT, "frame")
        drawing.text(end + SPACE / 2, 118, HANDED, "note", size=13)
        drawing.line((end + SPACE / 2, 128), (end + SPACE / 2, 156), kind="line faint")
        center = (left + end + SPACE + 70) / 2
    else:
        center = (left + end) / 2
    drawing.label(center, 60, label)
