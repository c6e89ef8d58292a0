"""게이트가 있는 셀의 그림에서 연산마다의 자리. 수를 갈아 끼우는 그림(:mod:`rnn_shapes.live`)이 쓴다.

이름은 ``docs/_static/live/math.js``가 그 값을 부르는 이름과 같다.
"""

from collections.abc import Sequence

from rnn_shapes.figures.drawing import Drawing


def around(x: float, y: float) -> tuple[float, float, float, float]:
    """동그라미를 둘러싼 네모."""
    return x - 12, y - 12, 24, 24


def lstm_spots(drawing: Drawing, centers: Sequence[float], top: float) -> None:
    """LSTM의 연산마다의 자리."""
    f, i, g, o = centers
    below, middle = 143, "middle"
    for name, center in (("f", f), ("i", i), ("g", g)):
        drawing.spot(name, (center - 40, 178, 80, 46), (center + 6, below), "start")
    drawing.spot("o", (o - 40, 178, 80, 46), (o - 6, below), "end")
    drawing.spot("fc", around(f, top), (f + 62, top + 20), middle)
    drawing.spot("ig", around(g, 122), (g + 16, top + 24), "start")
    drawing.spot("c", around(g, top))
    drawing.spot("s", (o + 34, 92, 52, 26), (o + 28, 98), "end")
    drawing.spot("h", around(o + 60, 152))


def gru_spots(drawing: Drawing, z: float, candidate: float, top: float) -> None:
    """GRU의 갱신 게이트와 그 뒤의 연산마다의 자리."""
    drawing.spot("z", (z - 44, 232, 88, 46), (z - 6, 174), "end")
    drawing.spot("keep", around(z, top), (z + 18, top + 18), "start")
    drawing.spot("rest", (z + 56, 103, 52, 26), (z + 82, 143), "middle")
    drawing.spot("g", (candidate - 52, 146, 104, 46), (candidate + 58, 126), "start")
    drawing.spot("new", around(candidate, 116), (candidate + 16, top + 20), "start")
    drawing.spot("h", around(candidate, top))


def reset_spots(drawing: Drawing, r: float, candidate: float, product: float, gate: float) -> None:
    """GRU의 재설정 게이트와, 그것이 걸리는 두 연산의 자리. ``product``와 ``gate``는 두 연산의 높이다."""
    drawing.spot("r", (r - 44, 232, 88, 46), (r, 174), "middle")
    for name, height in (("u", product), ("ru", gate)):
        drawing.spot(name, around(candidate, height), (candidate + 18, height - 4), "start")
