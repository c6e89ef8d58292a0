"""살아 있는 셀의 그림: 강의에서 쓰는 셀의 그림에, 형태 대신 수를 갈아 끼울 자리를 둔 것."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnn_shapes.figures import FIGURES
from rnn_shapes.figures.drawing import Drawing, Label, Spot, number_text, text_width
from rnn_shapes.figures.gates import path_end
from rnn_shapes.figures.spots import around

WIDEST = number_text(-0.88)
"""자리를 비울 수. 이보다 긴 수는 거의 나오지 않는다."""
QUANTITIES = {
    "SimpleRNN": ("xW", "hU", "h"),
    "LSTM": ("f", "fc", "i", "g", "ig", "c", "o", "s", "h"),
    "GRU": ("r", "u", "ru", "g", "z", "keep", "rest", "new", "h"),
}
"""셀마다 그림에 있는 연산의 이름. 스크립트가 값을 부르는 이름과 같다."""
ROUND = 12
"""동그라미의 반지름."""
LINE, SMALL = 14, 12
"""수를 적는 줄의 높이와 글자의 크기."""


@dataclass(frozen=True)
class Numbers(Label):
    """형태 대신 수를 적는 이름표. 스크립트가 이름으로 찾아 바꾼다."""

    @property
    def text(self) -> str:
        """수만 적는다."""
        return self.shape


def draw(way: Mapping[str, Any], read: Mapping[str, Sequence[float]]) -> Drawing:
    """한 방향의 층의 셀. ``read``는 이름표마다 적을 수다.

    수를 갈아 끼울 자리에는 이름을 달아 둔다: 이름표에는 ``data-label``, 연산에는 ``data-quantity``.
    """
    labels = {name: Numbers(_row(numbers), checked=True, name=name) for name, numbers in read.items()}
    if way["kind"] == "SimpleRNN":
        drawing = simple_cell(labels)
    else:
        figure = FIGURES["lstm_cell" if way["kind"] == "LSTM" else "gru_cell"]
        options = {"reset_after": str(way["reset_after"]).lower()} if way["kind"] == "GRU" else {}
        drawing = figure.draw(labels, {}, figure.complete(options))
    for name, spot in drawing.spots.items():
        _place(drawing, name, spot, len(way["U"]))
    return drawing


def _row(numbers: Sequence[float]) -> str:
    """이름표에 적을 수. 짧은 수도 긴 수와 너비가 같게 하여, 갈아 끼워도 상자가 모자라지 않게 한다."""
    return "  ".join(number_text(number).rjust(len(WIDEST), "\u2007") for number in numbers)


def _place(drawing: Drawing, name: str, spot: Spot, units: int) -> None:
    """연산을 누를 수 있는 네모와, 그 결과를 유닛마다 한 줄로 적을 자리."""
    left, top, width, height = spot.box
    corner = ROUND if width == 2 * ROUND else 5
    lines = ""
    if spot.at:
        x, y = spot.at
        lines = "".join(
            f'<text x="{x:g}" y="{y + LINE * unit:g}" text-anchor="{spot.anchor}" font-size="{SMALL}" class="code"/>'
            for unit in range(units)
        )
        drawing.reserve(x + text_width(WIDEST, SMALL), y + LINE * units)
    drawing.elements.append(
        f'<g data-quantity="{name}"><rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="{corner}"'
        f' class="live-hit"/>{lines}</g>'
    )


def simple_cell(labels: Mapping[str, Label]) -> Drawing:
    """SimpleRNN의 셀: 곱 두 개를 편향과 더해 활성화 함수에 넣는다."""
    drawing = Drawing()
    left = max(labels["h_previous"].width, text_width("이전 은닉 상태 h", 14)) + 16
    top, bottom = 74, 196
    times, plus, squash = left + 80, left + 190, left + 270
    right = squash + 116
    drawing.box(left + 14, 14, right - left - 30, 148, kind="frame")
    drawing.arrow((left, top), (times - 12, top))
    drawing.arrow((times + 12, top), (plus - 12, top))
    drawing.arrow((plus + 12, top), (squash - 4, top))
    drawing.arrow((squash + 56, top), (right, top))
    drawing.arrow((plus, bottom), (plus, 140))
    drawing.arrow((plus, 116), (plus, top + 12))
    drawing.arrow((plus, 44), (plus, top - 12))
    for x, y, symbol in ((times, top, "·U"), (plus, 128, "·W")):
        drawing.circle(x, y, symbol)
    drawing.circle(plus, top, "+")
    drawing.text(plus, 32, "편향 b", size=13)
    drawing.box(squash - 4, top - 20, 60, 40, "tanh", "box main")
    path_end(drawing, left, top, "이전 은닉 상태 h", labels["h_previous"], before=True)
    path_end(drawing, right, top, "은닉 상태 h", labels["h"], before=False)
    drawing.text(plus, bottom + 12, "입력 x", size=14)
    drawing.label(plus, bottom + 38, labels["x"])
    drawing.spot("hU", around(times, top), (times, top + 32), "middle")
    drawing.spot("xW", around(plus, 128), (plus + 20, 122), "start")
    drawing.spot("h", (squash - 4, top - 20, 60, 40))
    return drawing
