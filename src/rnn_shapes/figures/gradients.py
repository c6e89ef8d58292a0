"""기울기의 그림: 시간을 거슬러 가는 두 길에서 남는 크기."""

from collections.abc import Sequence
from typing import TypeAlias

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

Paths: TypeAlias = Sequence[tuple[str, str, str, str]]
"""길마다 값의 이름, 누구의 길인지, 지나는 것, 어떻게 거슬러 가는지."""
PATHS: Paths = (
    ("simple", "SimpleRNN", "h", "h로 이어진 길에서는 타임스텝마다 U와 tanh의 미분값을 곱함"),
    ("cell", "LSTM", "c", "c로 이어진 길에서는 타임스텝마다 망각 게이트 f를 곱함"),
)
"""순환층 안의 두 길."""
LOOKING: Paths = (
    ("last", "어텐션 없음", "x", "기울기가 마지막 상태에서 출발해 타임스텝을 하나씩 거슬러 감"),
    ("attended", "어텐션 있음", "x", "기울기가 문맥 벡터에서 타임스텝마다 바로 감"),
)
"""디코더의 출력에서 인코더가 읽은 것까지 가는 두 길."""
DIRECT = "attended"
"""타임스텝을 거치지 않고 바로 가는 길. 아래의 상자를 화살표로 잇지 않는다."""
DISTANCE = "거슬러 간 타임스텝"
PATH_LIMIT = 12
"""한 길에 담을 수 있는 막대의 수."""
STEP, TALLEST = 58, 64
"""두 막대 사이와 가장 긴 막대의 길이."""


def _check_sizes(paths: Paths, values: Values) -> None:
    sizes = {whose: values[name] for name, whose, _, _ in paths}
    for whose, found in sizes.items():
        if not isinstance(found, list) or not all(is_number(size) and size >= 0 for size in found):
            raise FigureError(f"{whose}의 크기는 0보다 작지 않은 수의 리스트여야 합니다")
    first, second = map(len, sizes.values())
    if first != second:
        raise FigureError(f"두 길의 막대 수가 다릅니다: {first}개와 {second}개")
    if not 2 <= first <= PATH_LIMIT:
        raise FigureError(f"막대는 2개부터 {PATH_LIMIT}개까지여야 합니다: {first}개")


def _describe_paths(paths: Paths) -> str:
    rows = ". ".join(f"{whose}의 {carried}: {how}" for _, whose, carried, how in paths)
    return (
        f"두 행에 막대가 늘어서 있습니다. 오른쪽 끝에서 왼쪽으로 갈수록 {DISTANCE}이 늘어납니다. 막대의"
        f" 길이는 거기까지 온 기울기의 크기입니다. {rows}."
    )


def _tell_sizes(paths: Paths, values: Values) -> str:
    rows = [f"{whose}: {', '.join(map(number_text, values[name]))}" for name, whose, _, _ in paths]
    return f"{DISTANCE}이 0인 곳부터 적은 크기. {'. '.join(rows)}."


def _draw_paths(paths: Paths, labels: Labels, values: Values) -> Drawing:
    """오른쪽 끝에서 왼쪽으로 거슬러 가며 남은 크기를 막대로 그린다. 두 행의 눈금은 같다."""
    drawing = Drawing()
    if not all(name in values for name, _, _, _ in paths):
        return not_measured(drawing, labels[paths[0][0]])
    tallest = max(max(values[name]) for name, _, _, _ in paths) or 1.0
    left = 8 + text_width(DISTANCE, 13) + 8
    y = 0.0
    for name, whose, carried, how in paths:
        drawing.text(8, y + 4, whose, "strong", anchor="start", size=14)
        drawing.text(8 + text_width(whose, 14) + 14, y + 4, how, "note", anchor="start", size=13)
        drawing.label(8 + labels[name].width / 2, y + 30, labels[name])
        parts = [size / tallest for size in values[name]]
        _bars(drawing, left, y + 62, carried, parts, values[name], joined=name != DIRECT)
        y += 62 + TALLEST + 62
    steps = len(values[paths[0][0]])
    drawing.text(8, y - 8, DISTANCE, "note", anchor="start", size=13)
    for back in range(steps):
        drawing.text(left + (steps - back - 0.5) * STEP, y - 8, str(back), "code", size=13)
    return drawing


@figure(
    "시간을 거슬러 가는 기울기의 크기",
    [name for name, _, _, _ in PATHS],
    lambda options: _describe_paths(PATHS),
    values=[name for name, _, _, _ in PATHS],
    verify=lambda values, options: _check_sizes(PATHS, values),
    tell=lambda values, options: _tell_sizes(PATHS, values),
)
def gradient_path(labels: Labels, values: Values, options: Options) -> Drawing:
    """한 순환층의 상태가 지나온 길."""
    return _draw_paths(PATHS, labels, values)


@figure(
    "디코더에서 인코더로 가는 기울기의 크기",
    [name for name, _, _, _ in LOOKING],
    lambda options: _describe_paths(LOOKING),
    values=[name for name, _, _, _ in LOOKING],
    verify=lambda values, options: _check_sizes(LOOKING, values),
    tell=lambda values, options: _tell_sizes(LOOKING, values),
)
def attention_gradient(labels: Labels, values: Values, options: Options) -> Drawing:
    """디코더의 출력에서 인코더가 읽은 것까지의 길."""
    return _draw_paths(LOOKING, labels, values)


def _bars(
    drawing: Drawing,
    left: float,
    top: float,
    carried: str,
    parts: Sequence[float],
    sizes: Sequence[float],
    joined: bool,
) -> None:
    """막대 아래에 지나온 것을 적고, 하나씩 거슬러 가는 길이면 왼쪽으로 화살표를 잇는다."""
    base = top + TALLEST
    for back, (part, size) in enumerate(zip(parts, sizes, strict=True)):
        center = left + (len(parts) - back - 0.5) * STEP
        height = TALLEST * part
        drawing.box(center - 13, base - height, 26, height, kind="bar")
        drawing.text(center, base - height - 10, number_text(size), "code", size=12.5)
        drawing.box(center - 13, base + 8, 26, 24, carried, "cell")
        if back and joined:
            drawing.arrow((center + STEP - 13, base + 20), (center + 13, base + 20))
