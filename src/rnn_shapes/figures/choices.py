"""토큰을 고르는 모든 길의 그림: 한 걸음마다 가장 큰 것을 고른 길과, 끝까지 보아 가장 큰 길."""

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, sums_to_one, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

LIKELIEST, GREEDY = "확률이 가장 큰 길", "한 걸음마다 확률이 가장 큰 것을 고른 길"
"""모든 길의 나무에서 굵은 길과 점선 상자의 뜻."""

TOKEN_WIDTH = 36
"""토큰 하나의 상자에 들어가는 글의 너비."""


def _check_choices(values: Values, options: Options) -> None:
    tokens, first, second = values["tokens"], values["first"], values["second"]
    rows = [first, *second]
    if not 2 <= len(tokens) <= 3 or len(rows) != len(tokens) + 1:
        raise FigureError(f"토큰은 둘이나 셋이고, 다음 확률은 토큰마다 한 행이어야 합니다: {tokens}, {len(second)}행")
    if wide := [token for token in tokens if text_width(token) > TOKEN_WIDTH]:
        raise FigureError(f"칸에 들어가지 않는 토큰입니다: {wide[0]}")
    for row in rows:
        if len(row) != len(tokens) or not all(is_number(part) and part >= 0 for part in row):
            raise FigureError(f"확률은 토큰마다 하나씩, 0보다 작지 않은 수여야 합니다: {row!r}")
        if not sums_to_one(row):
            raise FigureError(f"확률을 모두 더하면 1이어야 합니다: {row!r}")


def _describe_choices(options: Options) -> str:
    return (
        "시작 토큰에서 첫 토큰으로, 거기서 둘째 토큰으로 갈라지는 나무. 선 위의 수는 그 토큰을 고를 확률이고, 오른쪽"
        f" 끝의 수는 두 확률을 곱한 것입니다. 굵은 선은 {LIKELIEST}, 점선 상자는 {GREEDY}입니다."
    )


def _tell_choices(values: Values, options: Options) -> str:
    paths = [
        f"{one}{other} {number_text(start * after)}"
        for one, start, row in zip(values["tokens"], values["first"], values["second"], strict=True)
        for other, after in zip(values["tokens"], row, strict=True)
    ]
    return f"길마다의 확률: {', '.join(paths)}."


@figure(
    "토큰 두 개를 고르는 모든 길",
    ("first", "second"),
    _describe_choices,
    values=("tokens", "first", "second"),
    verify=_check_choices,
    tell=_tell_choices,
)
def choice_tree(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽에서 오른쪽으로 두 번 갈라진다. 선 위에 확률, 오른쪽 끝에 곱이 있다."""
    drawing = Drawing()
    if not choice_tree.ready(values, options):
        return not_measured(drawing, labels["first"])
    tokens, first, second = values["tokens"], values["first"], values["second"]
    number = len(tokens)
    paths = [(one, other) for one in range(number) for other in range(number)]
    best = max(paths, key=lambda path: first[path[0]] * second[path[0]][path[1]])
    greedy = first.index(max(first))
    quick = (greedy, second[greedy].index(max(second[greedy])))
    row = 34.0
    middles = [(number * one + (number - 1) / 2) * row + 26 for one in range(number)]
    root = sum(middles) / number
    drawing.box(8, root - 15, 44, 30, "<s>", "box")
    for one, token in enumerate(tokens):
        y = middles[one]
        _branch(drawing, (52, root), (150, y), first[one], one == best[0])
        drawing.box(150, y - 15, 40, 30, token, "box off" if one == quick[0] else "box")
        for other, after in enumerate(second[one]):
            place = y + (other - (number - 1) / 2) * row
            thick = (one, other) == best
            _branch(drawing, (190, y), (288, place), after, thick)
            drawing.box(288, place - 14, 40, 28, tokens[other], "box off" if (one, other) == quick else "box")
            drawing.text(344, place, number_text(first[one] * after), "code strong" if thick else "code", "start", 13)
    bottom = number * number * row + 26
    for line, note in enumerate((f"굵은 선: {LIKELIEST}", f"점선 상자: {GREEDY}")):
        drawing.text(8, bottom + 20 * line, note, "note", anchor="start", size=13)
    for line, (name, text) in enumerate((("first", "첫 토큰의 확률"), ("second", "둘째 토큰의 확률"))):
        y = bottom + 52 + 30 * line
        drawing.text(8, y, text, anchor="start", size=14)
        drawing.label(140 + labels[name].width / 2, y, labels[name])
    return drawing


def _branch(drawing: Drawing, start: tuple[float, float], end: tuple[float, float], chance: float, thick: bool) -> None:
    """확률을 적은 가지. 수가 선에 겹치지 않도록 끝의 바로 위에 적는다."""
    drawing.line(start, (end[0] - 34, end[1]), end, kind="line thick" if thick else "line faint")
    drawing.text(end[0] - 6, end[1] - 9, number_text(chance), "code", anchor="end", size=12)
