"""셀과 층의 그림: 펼친 RNN, SimpleRNN의 식, LSTM과 GRU의 셀."""

from rnn_shapes.figures.drawing import GAP, Drawing, Label, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure


@figure("셀과, 시간을 따라 펼친 셀", ("x", "h", "inputs", "outputs", "kernel", "recurrent_kernel", "bias"))
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
    drawing.text((start + right) / 2 - 20, 2, "층: 같은 셀을 타임스텝마다", "strong")
    drawing.text(start - 34, 106, "초기", "note", size=13)
    drawing.text(start - 34, 122, "상태", "note", size=13)
    _unrolled(drawing, start, pitch)
    first, last = start + 16, start + 46 + 4 * pitch + 30
    middle = (first + last) / 2
    drawing.label(middle, 34, labels["outputs"])
    drawing.label(middle, 226, labels["inputs"])
    drawing.line((first, 252), (first, 260), (last, 260), (last, 252))
    drawing.text(middle, 276, "가중치는 한 벌", "note", size=13)
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


@figure("SimpleRNN의 식과 글자마다의 형태", ("h", "x", "W", "h_previous", "U", "b"))
def simple_rnn_equation(labels: Labels, values: Values, options: Options) -> Drawing:
    """곱 두 개를 따로 계산해 더하는 식. 글자마다 아래에 형태를 단다."""
    drawing = Drawing()
    x, y = 8.0, 70.0
    spans = {}
    terms = [
        ("h", "h[t]"), (None, "= tanh("), ("x", "x[t]"), ("W", "W"), (None, "+"),
        ("h_previous", "h[t-1]"), ("U", "U"), (None, "+"), ("b", "b"), (None, ")"),
    ]  # fmt: skip
    for name, symbol in terms:
        width = text_width(symbol, 18) + 6
        if name:
            width = max(width, labels[name].width) + 6
        drawing.text(x + width / 2, y, symbol, "code" if name else "", size=18)
        if name:
            drawing.line((x + width / 2, y + 16), (x + width / 2, y + 32), kind="line faint")
            drawing.label(x + width / 2, y + 46, labels[name])
            spans[name] = (x, x + width)
        x += width
    for first, last, text in (("x", "W", "곱 하나: 입력 쪽"), ("h_previous", "U", "곱 하나: 은닉 상태 쪽")):
        drawing.brace(spans[first][0] + 3, y - 28, spans[last][1] - spans[first][0] - 6, text)
    return drawing


def _gates(drawing: Drawing, x: float, y: float, width: float, names: list[tuple[str, str]]) -> list[float]:
    """게이트 상자를 한 줄에 놓고 저마다의 가운데를 돌려준다."""
    centers = []
    for name, function in names:
        drawing.box(x, y, width, 46, kind="box main")
        drawing.text(x + width / 2, y + 15, name, size=14)
        drawing.text(x + width / 2, y + 33, function, "note", size=13)
        centers.append(x + width / 2)
        x += width + 10
    return centers


@figure("LSTM의 셀", ("x", "h_previous", "c_previous", "h", "c"))
def lstm_cell(labels: Labels, values: Values, options: Options) -> Drawing:
    """위의 굵은 길이 셀 상태다. 게이트 셋과 후보 값이 거기에 곱해지고 더해진다."""
    drawing = Drawing()
    left = max(labels["h_previous"].width, labels["c_previous"].width, text_width("이전 은닉 상태 h", 14)) + 16
    top, bottom = 64, 268
    f, i, candidate, o = _gates(
        drawing, left + 28, 178, 80, [("망각 f", "σ"), ("입력 i", "σ"), ("후보 값 c̃", "tanh"), ("출력 o", "σ")]
    )
    right = o + 112
    drawing.box(left + 14, 30, right - left - 30, 262, kind="frame")
    # 셀 상태의 길
    drawing.line((left, top), (f - 12, top), kind="line thick")
    drawing.line((f + 12, top), (candidate - 12, top), kind="line thick")
    drawing.arrow((candidate + 12, top), (right, top), kind="line thick")
    drawing.circle(f, top, "×")
    drawing.circle(candidate, top, "+")
    drawing.arrow((f, 178), (f, top + 12))
    # 후보 값에 입력 게이트를 곱해 더한다
    drawing.circle(candidate, 122, "×")
    drawing.arrow((i, 178), (i, 122), (candidate - 12, 122))
    drawing.arrow((candidate, 178), (candidate, 134))
    drawing.arrow((candidate, 110), (candidate, top + 12))
    _take_out(drawing, o, top, right)
    # 입력과 이전 은닉 상태는 네 상자 모두로 간다
    drawing.line((left, 240), (f, 240))
    drawing.line((f - 20, bottom + 40), (f - 20, bottom - 14), (f, bottom - 14), (f, 240), kind="line")
    drawing.line((f, 240), (o, 240))
    for center in (f, i, candidate, o):
        drawing.arrow((center, 240), (center, 224))
    _end(drawing, left, top, "이전 셀 상태 c", labels["c_previous"], before=True)
    _end(drawing, left, 240, "이전 은닉 상태 h", labels["h_previous"], before=True)
    _end(drawing, right, top, "셀 상태 c", labels["c"], before=False)
    _end(drawing, right, 240, "은닉 상태 h", labels["h"], before=False)
    drawing.text(f - 20, bottom + 54, "입력 x", size=14)
    drawing.label(f - 20, bottom + 80, labels["x"])
    return drawing


def _take_out(drawing: Drawing, o: float, top: float, right: float) -> None:
    """셀 상태에서 은닉 상태를 꺼낸다."""
    out = o + 60
    drawing.arrow((out, top), (out, 92))
    drawing.box(out - 26, 92, 52, 26, "tanh")
    drawing.arrow((out, 118), (out, 140))
    drawing.circle(out, 152, "×")
    drawing.arrow((o, 178), (o, 152), (out - 12, 152))
    drawing.arrow((out, 164), (out, 240), (right, 240))


def _end(drawing: Drawing, x: float, y: float, name: str, label: Label, *, before: bool) -> None:
    """길의 끝에 이름과 형태를 단다. ``before``이면 왼쪽 끝이다."""
    width = max(text_width(name, 14), label.width)
    center = x - 8 - width / 2 if before else x + 8 + width / 2
    drawing.text(center, y - 14, name, size=14)
    drawing.label(center, y + 10, label)


def _same_reset_after(values: Values, options: Options) -> None:
    if str(values["reset_after"]).lower() != options["reset_after"]:
        raise FigureError(f"옵션의 reset_after가 실제 값({values['reset_after']})과 다릅니다")


def _describe_gru(options: Options) -> str:
    order = {
        "true": "이전 은닉 상태에 U를 곱한 뒤에 재설정 게이트 r을 곱합니다.",
        "false": "이전 은닉 상태에 재설정 게이트 r을 먼저 곱하고 그다음에 U를 곱합니다.",
    }
    path = "굵은 길로 은닉 상태가 지나며 갱신 게이트 z가 곱해지고, 1에서 z를 뺀 값을 곱한 후보 값이 더해집니다."
    return f"{path} 후보 값을 구할 때는 {order[options['reset_after']]}"


@figure(
    "GRU의 셀",
    ("x", "h_previous", "h"),
    values=("reset_after",),
    options={"reset_after": ("true", "false")},
    describe=_describe_gru,
    verify=_same_reset_after,
)
def gru_cell(labels: Labels, values: Values, options: Options) -> Drawing:
    """갱신 게이트 z가 이전 상태의 몫이고, 1 - z가 후보 값의 몫이다."""
    after = options["reset_after"] == "true"
    drawing = Drawing()
    left = max(labels["h_previous"].width, text_width("이전 은닉 상태 h", 14)) + 16
    top, bus = 64, 300
    r, z, candidate = left + 96, left + 216, left + 380
    right = candidate + 130
    drawing.box(left + 18, 30, right - left - 40, 296, kind="frame")
    # 은닉 상태의 길: z를 곱하고 후보 값을 더한다
    drawing.line((left, top), (z - 12, top), kind="line thick")
    drawing.line((z + 12, top), (candidate - 12, top), kind="line thick")
    drawing.arrow((candidate + 12, top), (right, top), kind="line thick")
    drawing.circle(z, top, "×")
    drawing.circle(candidate, top, "+")
    drawing.circle(candidate, 116, "×")
    drawing.arrow((candidate, 104), (candidate, top + 12))
    drawing.box(z + 56, 103, 52, 26, "1-z")
    drawing.arrow((z, 232), (z, top + 12))
    drawing.arrow((z, 116), (z + 56, 116))
    drawing.arrow((z + 108, 116), (candidate - 12, 116))
    drawing.box(candidate - 52, 146, 104, 46, kind="box main")
    drawing.text(candidate, 161, "후보 값 h̃", size=14)
    drawing.text(candidate, 179, "tanh", "note", size=13)
    drawing.arrow((candidate, 146), (candidate, 128))
    _reset(drawing, r, z, candidate, bus, after=after)
    drawing.line((left + 34, top), (left + 34, bus), (candidate, bus))
    drawing.arrow((candidate + 84, bus + 52), (candidate + 84, 169), (candidate + 52, 169))
    drawing.line((left + 96, bus + 52), (left + 96, bus + 14), (z, bus + 14), (z, bus))
    drawing.line((left + 96, bus + 14), (left + 96, bus))
    drawing.line((left + 96, bus + 52), (candidate + 84, bus + 52))
    _end(drawing, left, top, "이전 은닉 상태 h", labels["h_previous"], before=True)
    _end(drawing, right, top, "은닉 상태 h", labels["h"], before=False)
    drawing.text(left + 96, bus + 70, "입력 x", size=14)
    drawing.label(left + 96, bus + 96, labels["x"])
    note = "곱셈 뒤의 r" if after else "곱셈 앞의 r"
    drawing.text(candidate, bus + 74, f"reset_after={after}: {note}", "note", size=13)
    return drawing


def _reset(drawing: Drawing, r: float, z: float, candidate: float, bus: float, *, after: bool) -> None:
    """게이트 둘. 재설정 게이트는 곱셈 뒤에(``after``) 또는 앞에 걸린다."""
    for center, name in ((r, "재설정 r"), (z, "갱신 z")):
        drawing.box(center - 44, 232, 88, 46, kind="box main")
        drawing.text(center, 247, name, size=14)
        drawing.text(center, 265, "σ", "note", size=13)
        drawing.arrow((center, bus), (center, 278))
    drawing.circle(candidate, 222, "×" if after else "·U")
    drawing.circle(candidate, 262, "·U" if after else "×")
    gate = 222 if after else 262
    drawing.arrow((candidate, 250), (candidate, 234))
    drawing.arrow((candidate, 210), (candidate, 192))
    drawing.arrow((r, 232), (r, 212), (z + 62, 212), (z + 62, gate), (candidate - 12, gate))
    drawing.arrow((candidate, bus), (candidate, 274))
