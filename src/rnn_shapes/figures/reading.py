"""한 문장을 읽는 그림: 토큰마다 바뀌는 상태의 수."""

import math
from collections.abc import Sequence
from typing import Any

from rnn_shapes.figures.drawing import Drawing, Label, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, is_given, not_measured

READING_LIMIT = (7, 8)
"""그림에 담을 수 있는 토큰의 수와 상태의 크기."""
BEGIN, ROW, SKIPPED = "초기 상태", "읽은 뒤의 상태", "점선: 건너뛴 타임스텝"
"""문장을 읽는 그림에 적는 글."""
EMPTY = "빈자리"
"""글이 없는 토큰을 읽어 줄 때 부르는 말."""
COLOURS = "파란색: 양수, 주황색: 음수, 진할수록 0에서 먼 수"
"""칸의 색을 읽는 법."""
HEIGHT, NUMBERS, BETWEEN = 20, 54, 30
"""상태의 한 칸의 높이와 너비, 두 토큰 사이의 틈."""


def check_tokens(tokens: Any, limit: int) -> list[str]:
    """그릴 수 있는 토큰의 리스트인지 확인한다.

    Raises:
        FigureError: 글이 아니거나 너무 많을 때.
    """
    if not isinstance(tokens, list) or not tokens or not all(isinstance(token, str) for token in tokens):
        raise FigureError("토큰은 글을 하나 이상 담은 리스트여야 합니다")
    if len(tokens) > limit:
        raise FigureError(f"토큰이 {limit}개보다 많습니다: {len(tokens)}개")
    return tokens


def _check_reading(values: Values, options: Options) -> None:
    tokens, states = check_tokens(values["tokens"], READING_LIMIT[0]), values["states"]
    rows = states if isinstance(states, list) else []
    if not rows or not all(isinstance(row, list) and row and all(map(is_number, row)) for row in rows):
        raise FigureError("상태는 토큰마다 수를 한 행씩 담은 표여야 합니다")
    if len({len(row) for row in rows}) > 1:
        raise FigureError("상태의 행마다 길이가 다릅니다")
    if len(rows[0]) > READING_LIMIT[1]:
        raise FigureError(f"상태의 크기가 {READING_LIMIT[1]}보다 큽니다: {len(rows[0])}")
    found = {"상태": rows, "점수": values.get("scores", tokens), "마스크": values.get("mask", tokens)}
    for name, value in found.items():
        if not isinstance(value, list) or len(value) != len(tokens):
            number = f"{len(value)}개" if isinstance(value, list) else repr(value)
            raise FigureError(f"{name}의 수가 토큰의 수와 다릅니다: 토큰 {len(tokens)}개, {name} {number}")
    if wrong := [score for score in values.get("scores", []) if not is_number(score)]:
        raise FigureError(f"점수는 수여야 합니다: {wrong[0]!r}")
    if wrong := [on for on in values.get("mask", []) if not isinstance(on, int) or on not in (0, 1)]:
        raise FigureError(f"마스크에는 0, 1, True, False만 있어야 합니다: {wrong[0]!r}")
    for step, on in enumerate(values.get("mask", [])):
        if step and not on and rows[step] != rows[step - 1]:
            raise FigureError(f"건너뛴 타임스텝 {step}의 상태가 바로 앞의 상태와 다릅니다")


def _describe_reading(options: Options) -> str:
    told = [
        f"왼쪽에서 오른쪽으로 문장의 토큰이 있습니다. {BEGIN}에서 시작해 토큰마다 같은 셀이 바로 앞의 상태와 토큰을"
        f" 받고, 그 아래에 {ROW}를 수로 적었습니다. 칸의 색은 {COLOURS}입니다."
    ]
    if is_given(options, "mask"):
        told.append(f"{SKIPPED}. 거기에는 셀이 없고, 상태는 바로 앞의 상태 그대로입니다.")
    if is_given(options, "scores"):
        told.append(f"상태 아래의 수: {options['score_name']}.")
    return " ".join(told)


def _tell_reading(values: Values, options: Options) -> str:
    tokens = [token or EMPTY for token in values["tokens"]]
    if "scores" in values:
        scores = zip(tokens, values["scores"], strict=True)
        return (
            f"토큰과 {options['score_name']}: {', '.join(f'{token} {number_text(score)}' for token, score in scores)}."
        )
    return f"토큰: {', '.join(tokens)}."


@figure(
    "문장을 읽는 동안의 상태",
    ("states",),
    _describe_reading,
    values=("tokens", "states"),
    optional=("scores", "mask"),
    options={"score_name": ("점수",)},
    verify=_check_reading,
    tell=_tell_reading,
)
def reading(labels: Labels, values: Values, options: Options) -> Drawing:
    """위는 토큰, 가운데는 셀, 아래는 그 토큰까지 읽은 상태다. 가린 타임스텝은 셀을 거치지 않는다."""
    drawing = Drawing()
    if not reading.ready(values, options):
        return not_measured(drawing, labels["states"])
    tokens: Sequence[str] = values["tokens"]
    states: Sequence[Sequence[float]] = values["states"]
    mask: Sequence[int] = values.get("mask", [1] * len(tokens))
    scale = max(abs(value) for row in states for value in row) or 1.0
    names = ["토큰", BEGIN, ROW, *([options["score_name"]] if "scores" in values else [])]
    x = math.ceil(8 + max(text_width(name, 13) for name in names) + 40)
    under = 126 + HEIGHT * len(states[0])
    for y, name in zip((30, 83, (126 + under) / 2, under + 18), names, strict=False):
        drawing.text(x - 40, y, name, "note", anchor="end", size=13)
    before, turn = x - 34.0, x - 14.0
    for step, (token, on) in enumerate(zip(tokens, mask, strict=True)):
        width = max(NUMBERS, 2 * math.ceil(text_width(token, 14) / 2) + 14)
        middle = x + width / 2
        drawing.box(x, 16, width, 28, kind="cell" if on else "cell off")
        if token:
            drawing.text(middle, 30, token, "" if on else "off", size=14)
        height = 83 if step == 0 else 136
        if on:
            _through(drawing, middle, (before, height), turn)
        else:
            carried = (turn, height), (turn, 136)
            drawing.arrow((before, height), *(carried if step == 0 else ()), (middle - NUMBERS / 2, 136))
        for row, value in enumerate(states[step]):
            place = middle - NUMBERS / 2, 126 + row * HEIGHT, NUMBERS, HEIGHT
            drawing.shade(*place, value, scale, "cell" if on else "off")
        if "scores" in values:
            drawing.text(middle, under + 18, number_text(values["scores"][step]), "code strong", size=13)
        before, turn = middle + NUMBERS / 2, x + width + BETWEEN / 2
        x += width + BETWEEN
    notes = [COLOURS, *([SKIPPED] if not all(mask) else [])]
    _legend(drawing, x - BETWEEN, under + (52 if "scores" in values else 28), notes, labels["states"])
    return drawing


def _through(drawing: Drawing, middle: float, start: tuple[float, float], turn: float) -> None:
    """토큰과 앞의 상태가 셀로 들어가 새 상태가 된다."""
    drawing.arrow((middle, 44), (middle, 68))
    turns = [(turn, start[1]), (turn, 83)] if start[1] != 83 else []
    drawing.arrow(start, *turns, (middle - 22, 83))
    drawing.box(middle - 22, 68, 44, 30, "셀", "box main")
    drawing.arrow((middle, 98), (middle, 126))


def _legend(drawing: Drawing, right: float, y: float, notes: Sequence[str], label: Label) -> None:
    """그림 아래에 상태 전체의 형태와 읽는 법을 적는다."""
    drawing.text(8, y, "모든 타임스텝의 상태", anchor="start", size=13)
    drawing.label(8 + text_width("모든 타임스텝의 상태", 13) + 12 + label.width / 2, y, label)
    for row, note in enumerate(notes):
        drawing.text(8, y + 26 + 20 * row, note, "note", anchor="start", size=13)
    drawing.reserve(right, y)
