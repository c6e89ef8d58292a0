"""셀과 층의 그림: 펼친 RNN과 SimpleRNN의 식."""

from rnn_shapes.figures.drawing import GAP, Drawing, Label, text_width
from rnn_shapes.figures.figure import Labels, Options, Values, figure

SAME_CELL, ONE_SET, START = "같은 셀을 타임스텝마다", "가중치는 한 벌", ("초기", "상태")
"""펼친 셀의 그림에 적는 글."""
TERMS = (
    ("h", "h[t]"), (None, "= tanh("), ("x", "x[t]"), ("W", "W"), (None, "+"),
    ("h_previous", "h[t-1]"), ("U", "U"), (None, "+"), ("b", "b"), (None, ")"),
)  # fmt: skip
"""SimpleRNN의 식."""
PRODUCTS = (("x", "W", "입력 쪽"), ("h_previous", "U", "은닉 상태 쪽"))
"""식에서 괄호로 묶는 두 곱."""


def _describe_unrolled(options: Options) -> str:
    return (
        f"왼쪽에는 상태를 자기에게 되돌리는 셀 하나가 있습니다. 오른쪽에는 {' '.join(START)}에서 시작해 {SAME_CELL}"
        f" 부르며 상태를 넘기는 층이 있습니다. {ONE_SET}입니다."
    )


@figure(
    "셀과, 시간을 따라 펼친 셀",
    ("x", "h", "inputs", "outputs", "kernel", "recurrent_kernel", "bias"),
    _describe_unrolled,
)
def cell_and_layer(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽은 셀 하나, 오른쪽은 같은 셀을 타임스텝마다 부르는 층."""
    drawing = Drawing()
    left = max(labels["x"].width, labels["h"].width, 96) / 2 + 8
    drawing.text(left, 2, "셀", "strong")
    drawing.label(left, 44, labels["h"])
    drawing.arrow((left, 108), (left, 60))
    drawing.box(left - 34, 108, 68, 44, "셀", "box main")
    drawing.arrow(
        (left + 34, 130), (left + 56, 130), (left + 56, 88), (left - 56, 88), (left - 56, 130), (left - 34, 130)
    )
    drawing.arrow((left, 200), (left, 152))
    drawing.label(left, 216, labels["x"])

    start = left * 2 + 70
    right = start + 384
    pitch = 88.32  # 두 셀의 가운데 사이
    drawing.text((start + right) / 2 - 20, 2, f"층: {SAME_CELL}", "strong")
    for y, text in zip((106, 122), START, strict=True):
        drawing.text(start - 34, y, text, "note", size=13)
    _unrolled(drawing, start, pitch)
    first, last = start + 16, start + 46 + 4 * pitch + 30
    middle = (first + last) / 2
    drawing.label(middle, 34, labels["outputs"])
    drawing.label(middle, 226, labels["inputs"])
    drawing.line((first, 252), (first, 260), (last, 260), (last, 252))
    drawing.text(middle, 276, ONE_SET, "note", size=13)
    _row(drawing, middle, 304, [(name, labels[name]) for name in ("kernel", "recurrent_kernel", "bias")])
    return drawing


def _unrolled(drawing: Drawing, start: float, pitch: float) -> None:
    """같은 셀을 타임스텝마다 놓고 상태를 옆으로 넘긴다."""
    names = ["0", "1", "2", None, "T-1"]
    for index, name in enumerate(names):
        center = start + 46 + index * pitch
        if name is None:
            drawing.text(center, 130, "⋯")
            drawing.arrow((center + 12, 130), (center + pitch - 30, 130))
            continue
        drawing.box(center - 30, 108, 60, 44, "셀", "box main")
        drawing.arrow((center, 108), (center, 76))
        drawing.text(center, 62, f"h[{name}]", "code", size=13)
        drawing.arrow((center, 184), (center, 152))
        drawing.text(center, 198, f"x[{name}]", "code", size=13)
        if index == 0:
            drawing.arrow((start - 14, 130), (center - 30, 130))
        if index < 3:
            drawing.arrow((center + 30, 130), (center + pitch - (30 if index < 2 else 12), 130))


def _row(drawing: Drawing, center: float, y: float, items: list[tuple[str, Label]]) -> None:
    """이름 아래에 형태를 단 것들을 가운데로 모아 한 줄에 놓는다."""
    widths = [max(text_width(name, 13), label.width) for name, label in items]
    x = max(8.0, center - (sum(widths) + GAP * (len(items) - 1)) / 2)
    for (name, label), width in zip(items, widths, strict=True):
        drawing.text(x + width / 2, y, name, "code", size=13)
        drawing.label(x + width / 2, y + 26, label)
        x += width + GAP


def _describe_equation(options: Options) -> str:
    symbols = dict(TERMS)
    equation = " ".join(symbol for _, symbol in TERMS).replace("( ", "(").replace(" )", ")")
    products = ", ".join(f"{side}의 {symbols[first]} {symbols[last]}" for first, last, side in PRODUCTS)
    return f"{equation}. 곱은 따로 계산합니다: {products}."


@figure("SimpleRNN의 식과 글자마다의 형태", ("h", "x", "W", "h_previous", "U", "b"), _describe_equation)
def simple_rnn_equation(labels: Labels, values: Values, options: Options) -> Drawing:
    """곱 두 개를 따로 계산해 더하는 식. 글자마다 아래에 형태를 단다."""
    drawing = Drawing()
    x, y = 8.0, 70.0
    spans = {}
    for name, symbol in TERMS:
        width = text_width(symbol, 18) + 6
        if name:
            width = max(width, labels[name].width) + 6
        drawing.text(x + width / 2, y, symbol, "code" if name else "", size=18)
        if name:
            drawing.line((x + width / 2, y + 16), (x + width / 2, y + 32), kind="line faint")
            drawing.label(x + width / 2, y + 46, labels[name])
            spans[name] = (x, x + width)
        x += width
    for first, last, side in PRODUCTS:
        drawing.brace(spans[first][0] + 3, y - 28, spans[last][1] - spans[first][0] - 6, f"곱 하나: {side}")
    return drawing
