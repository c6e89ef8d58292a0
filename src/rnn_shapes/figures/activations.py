"""활성화 함수의 그림: 밸브를 여닫는 시그모이드와 내용을 만드는 tanh."""

from collections.abc import Sequence

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

CURVES = (
    ("valve", "시그모이드", "밸브: 얼마나 지나가게 할지", 0),
    ("content", "tanh", "내용: 무엇을 지나가게 할지", -1),
)
"""곡선마다 값의 이름, 함수, 하는 일, 가장 작은 값."""
WIDTH, HEIGHT, MARGIN = 240, 130, 44
"""곡선 하나를 그리는 칸의 크기와, 눈금을 적는 왼쪽 자리."""


def _check_curves(values: Values, options: Options) -> None:
    points = values["points"]
    if not isinstance(points, list) or len(points) < 2 or not all(map(is_number, points)):
        raise FigureError("points는 둘 이상의 수를 담은 리스트여야 합니다")
    if sorted(set(points)) != points:
        raise FigureError("points는 작은 수부터 겹치지 않게 적어야 합니다")
    for name, function, _, least in CURVES:
        found = values[name]
        if not isinstance(found, list) or not all(is_number(value) and least <= value <= 1 for value in found):
            raise FigureError(f"{function}의 값은 {least}과 1 사이의 수를 담은 리스트여야 합니다")
        if len(found) != len(points):
            raise FigureError(f"{function}의 값이 {len(found)}개여서 점의 수 {len(points)}개와 다릅니다")


def _describe_curves(options: Options) -> str:
    curves = ". ".join(f"{function}({work})의 세로축은 {least}부터 1까지" for _, function, work, least in CURVES)
    return f"나란히 놓은 곡선 둘. 가로축은 함수에 넣은 수입니다. {curves}입니다."


def _tell_curves(values: Values, options: Options) -> str:
    points = values["points"]
    ends = ". ".join(
        f"{function}: {number_text(points[0])}에서 {number_text(values[name][0])},"
        f" {number_text(points[-1])}에서 {number_text(values[name][-1])}"
        for name, function, _, _ in CURVES
    )
    return f"{ends}."


@figure(
    "시그모이드와 tanh",
    [name for name, _, _, _ in CURVES],
    _describe_curves,
    values=("points", *(name for name, _, _, _ in CURVES)),
    verify=_check_curves,
    tell=_tell_curves,
)
def activations(labels: Labels, values: Values, options: Options) -> Drawing:
    """두 곡선을 나란히 그린다. 평평한 양 끝과 가파른 가운데가 보인다."""
    drawing = Drawing()
    if not activations.ready(values, options):
        return not_measured(drawing, labels[CURVES[0][0]])
    left = 8.0
    for name, function, work, least in CURVES:
        drawing.text(left, 4, function, "strong", anchor="start", size=14)
        drawing.text(left + text_width(function, 14) + 10, 4, work, "note", anchor="start", size=13)
        _curve(drawing, left + MARGIN, 34, values["points"], values[name], least)
        drawing.label(left + MARGIN + WIDTH / 2, HEIGHT + 84, labels[name])
        left += MARGIN + WIDTH + 40
    return drawing


def _curve(
    drawing: Drawing, left: float, top: float, points: Sequence[float], values: Sequence[float], least: int
) -> None:
    """눈금과 곡선 하나. 세로축의 눈금은 ``least``와 1, 그리고 그 가운데다."""
    first, span = points[0], points[-1] - points[0]

    def across(point: float) -> float:
        return left + WIDTH * (point - first) / span

    def down(value: float) -> float:
        return top + HEIGHT * (1 - value) / (1 - least)

    for tick in (least, (1 + least) / 2, 1):
        drawing.line((left, down(tick)), (left + WIDTH, down(tick)), kind="line faint")
        drawing.text(left - 8, down(tick), f"{tick:g}".replace("-", "\u2212"), "code", anchor="end", size=12.5)
    for point in (points[0], points[len(points) // 2], points[-1]):
        drawing.line((across(point), down(least)), (across(point), down(least) + 5))
        drawing.text(across(point), down(least) + 18, f"{point:g}".replace("-", "\u2212"), "code", size=12.5)
    drawing.line(*((across(x), down(y)) for x, y in zip(points, values, strict=True)), kind="line thick")
