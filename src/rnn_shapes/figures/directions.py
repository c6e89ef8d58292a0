"""양방향 층의 그림과, 그 출력의 실제 수."""

from collections.abc import Sequence

from rnn_shapes.figures.drawing import Drawing, Label, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, is_given, not_measured
from rnn_shapes.figures.reading import READING_LIMIT, check_tokens

SKIPPED_STEPS = "⋯"
"""줄여서 그리지 않는 타임스텝."""
TIME = ("0", "1", SKIPPED_STEPS, "T-2", "T-1")
"""양방향 층의 그림에 놓는 타임스텝."""
ROWS = (55, 110, 165, 220, 275)
"""위에서부터 다섯 행의 높이."""
ENDS = {"정방향": "T-1", "역방향": "0"}
"""방향마다 마지막 상태가 있는 타임스텝. 층은 반대쪽 끝에서 그리로 읽는다."""
MERGED = "이어 붙이기"
HALVES = (("정방향", "forward_state", -1), ("역방향", "backward_state", 0))
"""출력의 앞쪽 절반과 뒤쪽 절반마다의 방향, 값의 이름, 그 방향의 마지막 상태와 같은 행."""


def _check_focus(values: Values, options: Options) -> None:
    if "tokens" in values:
        check_tokens(values["tokens"], READING_LIMIT[0])
    focus = options["focus"]
    if focus and (found := values.get("tokens", []).count(focus)) != 1:
        raise FigureError(f"강조할 토큰은 tokens에 한 번만 있어야 합니다: {focus}가 {found}번 있습니다")


def _seen(tokens: Sequence[str], focus: str) -> list[tuple[str, list[str]]]:
    """강조한 자리까지 방향마다 읽은 토큰을 읽은 순서대로 적은 것."""
    place = tokens.index(focus)
    before, after = [*tokens[: place + 1]], [*tokens[place:]][::-1]
    return [
        (f"‘{focus}’ 자리까지 {name} 층이 읽은 토큰", before if last != TIME[0] else after)
        for name, last in ENDS.items()
    ]


def _tell_tokens(values: Values, options: Options) -> str:
    tokens = values.get("tokens", [])
    told = [("토큰", tokens), *(_seen(tokens, options["focus"]) if options["focus"] else [])]
    return " ".join(f"{name}: {', '.join(some)}." for name, some in told) if tokens else ""


def _describe_directions(options: Options) -> str:
    sides = {TIME[0]: "왼쪽", TIME[-1]: "오른쪽"}
    reads = [
        f"{place}의 {name} 층은 {sides[TIME[0] if last != TIME[0] else TIME[-1]]}에서 {sides[last]}으로 읽습니다"
        for place, (name, last) in zip(("위", "아래"), ENDS.items(), strict=True)
    ]
    named = is_given(options, "tokens")
    stands = [
        f"{name}의 마지막 상태는 {sides[last]} 끝의 {'h' if named else f'h[{last}]'}" for name, last in ENDS.items()
    ]
    inputs = "입력인 토큰은" if named else "입력은"
    focused = (
        f" ‘{options['focus']}’ 자리에 색을 입혔고, 거기까지 방향마다 지나온 화살표가 굵습니다."
        if options["focus"]
        else ""
    )
    return (
        f"{inputs} 가운데에 있습니다. {'. '.join(reads)}. {', '.join(stands)}입니다."
        f" 두 방향의 출력은 {MERGED}로 합칩니다.{focused}"
    )


@figure(
    "양방향 층",
    ("inputs", "outputs", "forward_state", "backward_state"),
    _describe_directions,
    optional=("tokens",),
    options={"focus": ("",)},
    verify=_check_focus,
    tell=_tell_tokens,
)
def bidirectional_layer(labels: Labels, values: Values, options: Options) -> Drawing:
    """입력을 가운데 두고 위는 정방향, 아래는 역방향이다. 굵은 칸이 마지막 상태가 있는 자리다.

    ``tokens``가 있으면 그 문장을 그리고, ``focus``의 자리까지 방향마다 지나온 길을 굵게 그린다.
    """
    drawing = Drawing()
    if not bidirectional_layer.ready(values, options):
        return not_measured(drawing, labels["inputs"])
    tokens: Sequence[str] = values.get("tokens", [])
    focus = options["focus"] if tokens else ""
    names = [str(step) for step in range(len(tokens))] or TIME
    inputs = tokens or [f"x[{name}]" for name in names]
    ends = {name: 0 if last == TIME[0] else len(names) - 1 for name, last in ENDS.items()}
    forward, backward = ends.values()
    width, gap = max([58.0, *(text_width(token, 14) for token in tokens)]), 26
    left = 24 + max(text_width("역방향 출력", 14), labels["backward_state"].width / 2)
    end = left + len(names) * (width + gap) - gap
    place = tokens.index(focus) if focus else None
    if place is not None:
        drawing.box(left + place * (width + gap) - 8, 32, width + 16, 266, kind="focus")
    for index, name in enumerate(names):
        x = left + index * (width + gap)
        _column(drawing, x, width, name, (index == forward, index == backward))
        if name != SKIPPED_STEPS:
            kind = "strong" if index == place else "" if tokens else "code"
            drawing.text(x + width / 2, 165, inputs[index], kind, size=14 if tokens else 13)
    for index in range(len(names) - 1):
        _sideways(drawing, left + index * (width + gap) + width, gap, (forward, backward), index, place)
    _row_names(drawing, left - 14)
    drawing.label(end + 24 + labels["inputs"].width / 2, 165, labels["inputs"])
    _merged(drawing, end, labels["outputs"])
    places = ((-4, 20, "forward_state"), (336, 312, "backward_state"))
    for (name, last), (y, shape_y, state) in zip(ends.items(), places, strict=True):
        x = left + last * (width + gap) + width / 2
        drawing.text(x, y, f"{name}의 마지막 상태", "note", size=13)
        drawing.label(x, shape_y, labels[state])
    for row, (name, some) in enumerate(_seen(tokens, focus) if focus else []):
        drawing.text(8, 372 + 22 * row, f"{name}: {', '.join(some)}", anchor="start", size=13)
    return drawing


def _column(drawing: Drawing, x: float, width: float, name: str, last: tuple[bool, bool]) -> None:
    """타임스텝 하나의 두 셀과 두 출력. ``last``는 위와 아래의 출력이 마지막 상태인지다."""
    middle = x + width / 2
    if name == SKIPPED_STEPS:
        for y in ROWS:
            drawing.text(middle, y, name)
        return
    for y, mark in zip((40, 260), last, strict=True):
        drawing.box(x, y, width, 30, f"h[{name}]", "box mark" if mark else "box")
    for y in (90, 200):
        drawing.box(x, y, width, 40, "셀", "box main")
    for start, end in ((152, 130), (178, 200), (90, 70), (240, 260)):
        drawing.arrow((middle, start), (middle, end))


def _row_names(drawing: Drawing, right: float) -> None:
    """다섯 행의 이름."""
    above, below = [(f"{name} 출력", f"{name} 층") for name in ENDS]
    for y, text in zip(ROWS, (*above, "입력", *below[::-1]), strict=True):
        drawing.text(right, y, text, "note", anchor="end", size=14)


def _sideways(drawing: Drawing, x: float, gap: float, ends: tuple[int, int], index: int, place: int | None) -> None:
    """``index``와 그다음 타임스텝 사이에서 상태를 넘기는 두 화살표. ``place``까지 지나온 것은 굵다."""
    for y, last in zip((110, 220), ends, strict=True):
        passed = place is not None and (index >= place if last == 0 else index < place)
        kind = "line thick" if passed else "line"
        drawing.arrow(*sorted([(x, y), (x + gap, y)], reverse=last == 0), kind=kind)


def _merged(drawing: Drawing, end: float, outputs: Label) -> None:
    """두 방향의 출력을 합친 것."""
    drawing.line((end + 8, 55), (end + 16, 55), (end + 16, 96), kind="line faint")
    drawing.line((end + 8, 275), (end + 16, 275), (end + 16, 234), kind="line faint")
    drawing.text(end + 24, 82, MERGED, "note", anchor="start", size=13, name="merge" if outputs.name else "")
    drawing.label(end + 24 + outputs.width / 2, 108, outputs)


def _equal_states(values: Values, options: Options) -> None:
    outputs, forward, backward = values["outputs"], values["forward_state"], values["backward_state"]
    if not forward or len(outputs[0]) != len(forward) + len(backward):
        raise FigureError("출력의 너비가 두 상태의 크기를 더한 것과 다릅니다")
    if outputs[-1][: len(forward)] != forward:
        raise FigureError("정방향의 마지막 상태가 마지막 타임스텝의 앞쪽 절반과 다릅니다")
    if outputs[0][len(forward) :] != backward:
        raise FigureError("역방향의 마지막 상태가 첫 타임스텝의 뒤쪽 절반과 다릅니다")


def _describe_numbers(options: Options) -> str:
    same = [
        f"{'마지막' if row else '첫'} 줄의 {side}쪽 절반은 {name}의 마지막 상태와 같습니다."
        for side, (name, _, row) in zip("앞뒤", HALVES, strict=True)
    ]
    return f"예제 하나의 출력을 타임스텝마다 한 줄씩 수로 적은 표. {' '.join(same)}"


@figure(
    "양방향 출력의 실제 수와 마지막 상태",
    ("outputs",),
    _describe_numbers,
    values=("outputs", "forward_state", "backward_state"),
    verify=_equal_states,
)
def bidirectional_values(labels: Labels, values: Values, options: Options) -> Drawing:
    """예제 하나의 출력을 수로 적고, 돌려받은 상태와 같은 칸에 굵은 테를 두른다. 절반마다 앞의 몇 칸만 적는다."""
    drawing = Drawing()
    if "outputs" not in values:
        return not_measured(drawing, labels["outputs"])
    outputs, half = values["outputs"], len(values["forward_state"])
    shown = range(min(3, half))
    columns = [*shown, None, *(half + index for index in shown), None]
    rows, kinds = [], []
    for step, row in enumerate(outputs):
        rows.append([number_text(row[column]) if column is not None else "⋯" for column in columns])
        marked = [number for number, (_, _, place) in enumerate(HALVES) if step == place % len(outputs)]
        kinds.append(["mark" if column is not None and column // half in marked else "" for column in columns])
    left, top, cell = 8 + text_width("역방향의 마지막 상태", 13) + 8, 50.0, 62.0
    for step in range(len(outputs)):
        drawing.text(left - 8, top + step * 24 + 12, f"t={step}", "code", anchor="end", size=13)
    width, height = drawing.grid(left, top, rows, kinds, cell)
    middle = len(columns) / 2 * cell
    for number, (name, _, _) in enumerate(HALVES):
        drawing.brace(left + number * middle + 2, top - 14, middle - 4, f"{name} 절반")
    drawing.label(left + width / 2, top + height + 24, labels["outputs"])
    below = top + height + 62
    for number, (name, state, _) in enumerate(HALVES):
        offset = number * len(columns) // 2
        drawing.text(left - 8, below + 12, f"{name}의 마지막 상태", anchor="end", size=13)
        numbers = [number_text(values[state][index]) for index in shown] + ["⋯"]
        drawing.grid(left + offset * cell, below, [numbers], [["mark"] * len(shown) + [""]], cell)
        below += 34
    return drawing
