"""어텐션 가중치의 그림: 무엇을 쓸 때 무엇을 보았는지."""

from collections.abc import Sequence
from typing import Any

from rnn_shapes.figures.drawing import Drawing, is_number, number_text, sums_to_one, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, not_measured

READ, WROTE = "읽은 토큰", "쓴 토큰"
"""가로와 세로에 늘어놓은 것."""
DARKER = "진할수록 큰 가중치, 굵은 테두리: 행에서 가장 큰 것"
"""칸을 읽는 법."""
BLANK = "빈자리"
"""글이 없는 토큰을 부르는 말."""
MAP_LIMIT = (7, 8)
"""담을 수 있는 행과 열의 수."""
WIDTH, HEIGHT = 48, 30
"""칸 하나의 너비와 높이."""


def _tokens(name: str, given: Any, number: int, axis: str, most: int) -> None:
    """토큰의 리스트인지, 가중치의 행이나 열과 수가 같은지, 그릴 만큼인지 본다."""
    if not isinstance(given, list) or not given or not all(isinstance(token, str) for token in given):
        raise FigureError(f"{name}은 글을 하나 이상 담은 리스트여야 합니다: {given!r}")
    if len(given) != number:
        raise FigureError(f"{name}의 수가 가중치의 {axis}과 다릅니다: {len(given)}개와 {number}개")
    if len(given) > most:
        raise FigureError(f"{name}이 {most}개보다 많습니다: {len(given)}개")


def _check_map(values: Values, options: Options) -> None:
    rows = values["weights"]
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
        raise FigureError(f"가중치는 {WROTE}마다 한 행씩 담은 표여야 합니다")
    if len({len(row) for row in rows}) > 1:
        raise FigureError("가중치의 행마다 길이가 다릅니다")
    _tokens(WROTE, values["target"], len(rows), "행", MAP_LIMIT[0])
    _tokens(READ, values["source"], len(rows[0]), "열", MAP_LIMIT[1])
    for token, row in zip(values["target"], rows, strict=True):
        if wrong := [weight for weight in row if not is_number(weight) or weight < 0]:
            raise FigureError(f"‘{token}’의 가중치는 0보다 작지 않은 수여야 합니다: {wrong[0]!r}")
        if not sums_to_one(row):
            raise FigureError(f"‘{token}’의 가중치를 모두 더하면 1이어야 합니다: {sum(row):.3f}")


def _describe_map(options: Options) -> str:
    return (
        f"위에 {READ}, 왼쪽에 {WROTE}을 늘어놓은 표. 칸의 수는 왼쪽의 토큰을 쓸 때 위의 토큰에 준 어텐션 가중치입니다."
        f" {DARKER}. 한 행을 모두 더하면 1입니다. 글이 없는 자리는 {BLANK}입니다."
    )


def _tell_map(values: Values, options: Options) -> str:
    names = named(values["source"])
    rows = [
        f"{WROTE} {token}: " + ", ".join(f"{name} {number_text(each)}" for name, each in zip(names, row, strict=True))
        for token, row in zip(values["target"], values["weights"], strict=True)
    ]
    return ". ".join(rows) + "."


def named(tokens: Sequence[str]) -> list[str]:
    """글이 없는 토큰에도 부를 말이 있게 한다."""
    return [token or BLANK for token in tokens]


@figure(
    "어텐션 가중치",
    ("weights",),
    _describe_map,
    values=("source", "target", "weights"),
    verify=_check_map,
    tell=_tell_map,
)
def attention_map(labels: Labels, values: Values, options: Options) -> Drawing:
    """열은 읽은 토큰, 행은 쓴 토큰이다. 행마다 가중치가 가장 큰 칸에 굵은 테두리가 있다."""
    drawing = Drawing()
    if not attention_map.ready(values, options):
        return not_measured(drawing, labels["weights"])
    source, target = named(values["source"]), values["target"]
    left = 8 + max(text_width(text, 13) for text in (WROTE, *target)) + 14
    top = 52.0
    drawing.text(left + len(source) * WIDTH / 2, 4, READ, "note", size=13)
    drawing.text(left - 14, 30, WROTE, "note", anchor="end", size=13)
    for column, token in enumerate(source):
        blank = token == BLANK
        drawing.text(left + (column + 0.5) * WIDTH, 30, token, "off" if blank else "", size=13 if blank else 16)
    for row, (token, weights) in enumerate(zip(target, values["weights"], strict=True)):
        drawing.text(left - 14, top + (row + 0.5) * HEIGHT, token, "code", anchor="end", size=13)
        _row(drawing, left, top + row * HEIGHT, weights)
    bottom = top + len(target) * HEIGHT
    drawing.text(8, bottom + 22, DARKER, "note", anchor="start", size=13)
    drawing.text(8, bottom + 50, "어텐션 가중치", anchor="start", size=14)
    drawing.label(20 + text_width("어텐션 가중치", 14) + labels["weights"].width / 2, bottom + 50, labels["weights"])
    return drawing


def _row(drawing: Drawing, left: float, y: float, weights: Sequence[float]) -> None:
    """한 토큰을 쓸 때의 가중치. 이웃한 칸에 가리지 않도록 테두리가 굵은 칸을 마지막에 그린다."""
    largest = weights.index(max(weights))
    for column in sorted(range(len(weights)), key=lambda column: column == largest):
        kind = "cell mark" if column == largest else "cell"
        drawing.shade(left + column * WIDTH, y, WIDTH, HEIGHT, weights[column], 1.0, kind)
