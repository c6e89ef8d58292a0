"""게이트가 있는 셀의 그림: LSTM과 GRU."""

from collections.abc import Sequence

from rnn_shapes.figures.drawing import Drawing, Label, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure
from rnn_shapes.figures.spots import gru_spots, lstm_spots, reset_spots

TIMES, PLUS = "×", "+"
DONE = {TIMES: "곱", PLUS: "더"}
"""연산마다 글에서 부르는 말. 뒤에 하다를 붙인다."""
LSTM_GATES = (("망각 f", "σ"), ("입력 i", "σ"), ("후보 값 c̃", "tanh"), ("출력 o", "σ"))
"""LSTM의 상자와 저마다의 함수. 왼쪽에서 오른쪽으로 적는다."""
LSTM_STEPS = {"forget": TIMES, "input": TIMES, "add": PLUS, "squash": "tanh", "output": TIMES}
"""LSTM의 길에서 차례로 하는 연산."""
LSTM_STAGES = ("cell-state", "forget", "input", "output")
"""LSTM의 그림을 이루는 부분. 앞의 것부터 하나씩 더해 그린다."""
STAGE_LABELS = (("c_previous", "c"), ("x", "h_previous"), (), ("h",))
"""부분마다 새로 생기는 이름표."""
GRU_GATES = (("재설정 r", "σ"), ("갱신 z", "σ"))
GRU_CANDIDATE = ("후보 값 h̃", "tanh")
GRU_STEPS = {"keep": TIMES, "rest": "1-z", "new": TIMES, "add": PLUS}
"""GRU의 길에서 하는 연산."""
RESET_ORDER = {"true": ("·U", TIMES), "false": (TIMES, "·U")}
"""``reset_after``마다 이전 은닉 상태에 차례로 하는 두 연산."""


def _gates(drawing: Drawing, x: float, y: float, width: float, names: Sequence[tuple[str, str]]) -> None:
    """게이트 상자를 나란히 놓는다."""
    for name, function in names:
        drawing.box(x, y, width, 46, kind="box main")
        drawing.text(x + width / 2, y + 15, name, size=14)
        drawing.text(x + width / 2, y + 33, function, "note", size=13)
        x += width + 10


def _stage(options: Options) -> int:
    """어느 부분까지 그리는지. 0이면 셀 상태의 길뿐이고 3이면 모두다."""
    return LSTM_STAGES.index(options["until"])


def _stage_labels(options: Options) -> list[str]:
    return [name for names in STAGE_LABELS[: _stage(options) + 1] for name in names]


def _describe_lstm(options: Options) -> str:
    stage = _stage(options)
    forget, entry, candidate, output = (name for name, _ in LSTM_GATES)
    done = {step: DONE.get(symbol, symbol) for step, symbol in LSTM_STEPS.items()}
    told = ["굵은 길로 셀 상태가 지납니다."]
    if stage == 0:
        told.append("셀 안에는 이 길뿐이고, 길 위에는 아무 연산도 없습니다.")
        return " ".join(told)
    if stage == 1:
        told.append(f"길에서는 이전 셀 상태에 {forget}를 {done['forget']}합니다.")
        told.append("상자는 입력과 이전 은닉 상태를 봅니다.")
    else:
        told.append(
            f"이전 셀 상태에 {forget}를 {done['forget']}하고, {entry}를 {done['input']}한 {candidate}를"
            f" {done['add']}합니다."
        )
        if stage == 3:
            told.append(f"새 셀 상태에 {done['squash']}를 적용하고 {output}를 {done['output']}하면 은닉 상태입니다.")
        told.append("상자는 모두 입력과 이전 은닉 상태를 봅니다.")
    return f"{' '.join(told)} 상자의 함수: {_functions(LSTM_GATES[: len(_boxes(stage))])}."


def _boxes(stage: int) -> Sequence[int]:
    """그 부분까지 그릴 때 있는 상자의 번호."""
    return range((0, 1, 3, 4)[stage])


def _functions(boxes: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name}({function})" for name, function in boxes)


@figure(
    "LSTM의 셀",
    _stage_labels,
    _describe_lstm,
    options={"until": ("output", *(stage for stage in LSTM_STAGES if stage != "output"))},
)
def lstm_cell(labels: Labels, values: Values, options: Options) -> Drawing:
    """위의 굵은 길이 셀 상태다. 게이트 셋과 후보 값이 거기에 곱해지고 더해진다.

    ``until``까지의 부분만 그린다. 아직 없는 부분의 자리는 비워 두므로, 네 장을 넘겨 보면 한 그림이 늘어 간다.
    """
    drawing = Drawing()
    stage = _stage(options)
    shapes = max(label.width for name, label in labels.items() if name != "x")
    left = max(shapes, text_width("이전 은닉 상태 h", 14)) + 16
    top, bottom = 64, 268
    centers = [left + 28 + 40 + index * 90 for index in range(len(LSTM_GATES))]
    f, i, candidate, o = centers
    right = o + 112
    drawing.reserve(right + 8 + max(shapes, text_width("은닉 상태 h", 14)), bottom + 94)
    drawing.box(left + 14, 30, right - left - 30, 262, kind="frame")
    _gates(drawing, left + 28, 178, 80, [LSTM_GATES[index] for index in _boxes(stage)])
    # 셀 상태의 길
    stops = [f, candidate][: min(stage, 2)]
    starts, ends = [left, *(stop + 12 for stop in stops)], [*(stop - 12 for stop in stops), right]
    for start, end in zip(starts[:-1], ends[:-1], strict=True):
        drawing.line((start, top), (end, top), kind="line thick")
    drawing.arrow((starts[-1], top), (right, top), kind="line thick")
    if stage >= 1:
        drawing.circle(f, top, LSTM_STEPS["forget"])
        drawing.arrow((f, 178), (f, top + 12))
    if stage >= 2:
        drawing.circle(candidate, top, LSTM_STEPS["add"])
        _put_in(drawing, i, candidate, top)
    if stage >= 3:
        _take_out(drawing, o, top, right)
        path_end(drawing, right, 240, "은닉 상태 h", labels["h"], before=False)
    if stage >= 1:
        _feed(drawing, left, bottom, centers[: len(_boxes(stage))])
        path_end(drawing, left, 240, "이전 은닉 상태 h", labels["h_previous"], before=True)
        drawing.text(f - 20, bottom + 54, "입력 x", size=14)
        drawing.label(f - 20, bottom + 80, labels["x"])
    path_end(drawing, left, top, "이전 셀 상태 c", labels["c_previous"], before=True)
    path_end(drawing, right, top, "셀 상태 c", labels["c"], before=False)
    lstm_spots(drawing, centers, top)
    return drawing


def _put_in(drawing: Drawing, i: float, candidate: float, top: float) -> None:
    """후보 값에 입력 게이트를 곱해 셀 상태에 더한다."""
    drawing.circle(candidate, 122, LSTM_STEPS["input"])
    drawing.arrow((i, 178), (i, 122), (candidate - 12, 122))
    drawing.arrow((candidate, 178), (candidate, 134))
    drawing.arrow((candidate, 110), (candidate, top + 12))


def _feed(drawing: Drawing, left: float, bottom: float, centers: Sequence[float]) -> None:
    """입력과 이전 은닉 상태는 모든 상자로 간다."""
    f = centers[0]
    drawing.line((left, 240), (f, 240))
    drawing.line((f - 20, bottom + 40), (f - 20, bottom - 14), (f, bottom - 14), (f, 240), kind="line")
    if len(centers) > 1:
        drawing.line((f, 240), (centers[-1], 240))
    for center in centers:
        drawing.arrow((center, 240), (center, 224))


def _take_out(drawing: Drawing, o: float, top: float, right: float) -> None:
    """셀 상태에서 은닉 상태를 꺼낸다."""
    out = o + 60
    drawing.arrow((out, top), (out, 92))
    drawing.box(out - 26, 92, 52, 26, LSTM_STEPS["squash"])
    drawing.arrow((out, 118), (out, 140))
    drawing.circle(out, 152, LSTM_STEPS["output"])
    drawing.arrow((o, 178), (o, 152), (out - 12, 152))
    drawing.arrow((out, 164), (out, 240), (right, 240))


def path_end(drawing: Drawing, x: float, y: float, name: str, label: Label, *, before: bool) -> None:
    """길의 끝에 이름과 형태를 단다. ``before``이면 왼쪽 끝이다."""
    width = max(text_width(name, 14), label.width)
    center = x - 8 - width / 2 if before else x + 8 + width / 2
    drawing.text(center, y - 14, name, size=14)
    drawing.label(center, y + 10, label)


def _same_reset_after(values: Values, options: Options) -> None:
    if str(values["reset_after"]).lower() != options["reset_after"]:
        raise FigureError(f"옵션의 reset_after가 실제 값({values['reset_after']})과 다릅니다")


def _describe_gru(options: Options) -> str:
    (reset, _), (update, _) = GRU_GATES
    candidate, _ = GRU_CANDIDATE
    done = {step: DONE.get(symbol, symbol) for step, symbol in GRU_STEPS.items()}
    first, then = ({TIMES: f"{reset}을", "·U": "U를"}[step] for step in RESET_ORDER[options["reset_after"]])
    return (
        f"굵은 길로 은닉 상태가 지납니다. 이전 은닉 상태에 {update}를 {done['keep']}하고, {done['rest']}를"
        f" {done['new']}한 {candidate}를 {done['add']}합니다. {candidate}를 구할 때는 이전 은닉 상태에 {first} 먼저"
        f" 곱하고 그다음에 {then} 곱합니다. 상자의 함수: {_functions((*GRU_GATES, GRU_CANDIDATE))}."
    )


@figure(
    "GRU의 셀",
    ("x", "h_previous", "h"),
    _describe_gru,
    values=("reset_after",),
    options={"reset_after": ("true", "false")},
    verify=_same_reset_after,
)
def gru_cell(labels: Labels, values: Values, options: Options) -> Drawing:
    """갱신 게이트 z가 이전 상태의 몫이고, 1 - z가 후보 값의 몫이다."""
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
    drawing.circle(z, top, GRU_STEPS["keep"])
    drawing.circle(candidate, top, GRU_STEPS["add"])
    drawing.circle(candidate, 116, GRU_STEPS["new"])
    drawing.arrow((candidate, 104), (candidate, top + 12))
    drawing.box(z + 56, 103, 52, 26, GRU_STEPS["rest"])
    drawing.arrow((z, 232), (z, top + 12))
    drawing.arrow((z, 116), (z + 56, 116))
    drawing.arrow((z + 108, 116), (candidate - 12, 116))
    drawing.box(candidate - 52, 146, 104, 46, kind="box main")
    drawing.text(candidate, 161, GRU_CANDIDATE[0], size=14)
    drawing.text(candidate, 179, GRU_CANDIDATE[1], "note", size=13)
    drawing.arrow((candidate, 146), (candidate, 128))
    _reset(drawing, r, z, candidate, bus, options["reset_after"])
    drawing.line((left + 34, top), (left + 34, bus), (candidate, bus))
    drawing.arrow((candidate + 84, bus + 52), (candidate + 84, 169), (candidate + 52, 169))
    drawing.line((left + 96, bus + 52), (left + 96, bus + 14), (z, bus + 14), (z, bus))
    drawing.line((left + 96, bus + 14), (left + 96, bus))
    drawing.line((left + 96, bus + 52), (candidate + 84, bus + 52))
    path_end(drawing, left, top, "이전 은닉 상태 h", labels["h_previous"], before=True)
    path_end(drawing, right, top, "은닉 상태 h", labels["h"], before=False)
    drawing.text(left + 96, bus + 70, "입력 x", size=14)
    drawing.label(left + 96, bus + 96, labels["x"])
    after = RESET_ORDER[options["reset_after"]][-1] == TIMES
    note = "곱셈 뒤의 r" if after else "곱셈 앞의 r"
    gru_spots(drawing, z, candidate, top)
    drawing.text(candidate, bus + 74, f"reset_after={options['reset_after'].capitalize()}: {note}", "note", size=13)
    return drawing


def _reset(drawing: Drawing, r: float, z: float, candidate: float, bus: float, after: str) -> None:
    """게이트 둘. 재설정 게이트는 곱셈 뒤에(``after``) 또는 앞에 걸린다."""
    for center, (name, function) in zip((r, z), GRU_GATES, strict=True):
        drawing.box(center - 44, 232, 88, 46, kind="box main")
        drawing.text(center, 247, name, size=14)
        drawing.text(center, 265, function, "note", size=13)
        drawing.arrow((center, bus), (center, 278))
    heights = dict(zip(RESET_ORDER[after], (262, 222), strict=True))
    for symbol in sorted(heights, key=heights.__getitem__):
        drawing.circle(candidate, heights[symbol], symbol)
    reset_spots(drawing, r, candidate, heights["·U"], heights[TIMES])
    gate = heights[TIMES]
    drawing.arrow((candidate, 250), (candidate, 234))
    drawing.arrow((candidate, 210), (candidate, 192))
    drawing.arrow((r, 232), (r, 212), (z + 62, 212), (z + 62, gate), (candidate - 12, gate))
    drawing.arrow((candidate, bus), (candidate, 274))
