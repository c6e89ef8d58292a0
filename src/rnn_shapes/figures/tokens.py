"""토큰의 그림: 번호가 벡터가 되는 과정, 마스크의 격자."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from rnn_shapes.figures.drawing import FONT, Drawing, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, is_given, not_measured

MASK_LIMIT = (8, 12)
"""마스크 격자에 담을 수 있는 행과 열의 수."""
MARKS = {True: "●", False: "×"}
"""마스크의 값마다 칸에 적는 글자."""
IDS, TABLE, VECTORS, CARRIED = "토큰 번호", "임베딩 표", "벡터", "벡터에 딸려 순환층까지 가는 마스크"
"""번호가 벡터가 되는 그림에 적는 글."""


def _legend() -> str:
    return f"마스크: {MARKS[True]}는 진짜, {MARKS[False]}는 빈자리"


def _mask_follows_ids(values: Values, options: Options) -> None:
    expected = [[identity != 0 for identity in row] for row in values["ids"]]
    if [[bool(value) for value in row] for row in values["mask"]] != expected:
        raise FigureError("마스크가 0이 아닌 번호의 자리와 다릅니다")
    if "words" in values:
        _words_follow_ids(values)


def _padded(values: Values) -> list[list[str]]:
    """토큰의 표. 짧은 행의 뒤는 빈자리다."""
    width = len(values["ids"][0])
    return [[*row, *[""] * (width - len(row))] for row in values["words"]]


def _words_follow_ids(values: Values) -> None:
    ids, words = values["ids"], values["words"]
    if not isinstance(words, list) or not all(isinstance(row, list) for row in words):
        raise FigureError("토큰은 문장마다 글을 한 행씩 담은 표여야 합니다")
    if wrong := [word for row in words for word in row if not isinstance(word, str)]:
        raise FigureError(f"토큰은 글이어야 합니다: {wrong[0]!r}")
    if len(words) != len(ids):
        raise FigureError(f"토큰의 행과 번호의 행이 다릅니다: {len(words)}행과 {len(ids)}행")
    seen: dict[str, Any] = {}
    for number, (row, own) in enumerate(zip(_padded(values), ids, strict=True)):
        if [word != "" for word in row] != [identity != 0 for identity in own]:
            raise FigureError(f"{number}번 문장에서 토큰의 자리가 0이 아닌 번호의 자리와 다릅니다")
        for word, identity in zip(row, own, strict=True):
            if word and seen.setdefault(word, identity) != identity:
                raise FigureError(f"같은 토큰의 번호가 다릅니다: {word}, {seen[word]}번과 {identity}번")


def _describe_embedding(options: Options) -> str:
    told = f"{IDS}의 표가 {TABLE}를 지나 {VECTORS}가 됩니다. 같은 번호에서 만든 것은 {CARRIED}입니다. {_legend()}."
    return f"{told} 번호마다 위에 그 토큰이 있습니다." if is_given(options, "words") else told


def _tell_words(values: Values, options: Options) -> str:
    if "words" not in values:
        return ""
    pairs = (zip(*rows, strict=True) for rows in zip(_padded(values), values["ids"], strict=True))
    sentences = [", ".join(f"{word} {identity}" for word, identity in row if word) for row in pairs]
    return f"문장마다 토큰과 번호: {'. '.join(sentences)}."


@figure(
    "번호가 벡터가 되고 빈자리가 가려지는 과정",
    ("ids", "table", "vectors", "mask"),
    _describe_embedding,
    values=("ids", "mask"),
    optional=("words",),
    verify=_mask_follows_ids,
    tell=_tell_words,
)
def embedding_and_padding(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽은 번호와 마스크, 오른쪽은 번호를 벡터로 바꾸는 길이다. 0은 채운 자리다."""
    drawing = Drawing()
    if not embedding_and_padding.ready(values, options):
        return not_measured(drawing, labels["ids"])
    ids: Sequence[Sequence[Any]] = values["ids"]
    off = [["off" if identity == 0 else "" for identity in row] for row in ids]
    words = _padded(values) if "words" in values else []
    cell = max([30.0, *(text_width(word, 13) + 8 for row in words for word in row)])
    drawing.text(8, 4, f"토큰과 {IDS}" if words else IDS, "strong", anchor="start", size=14)
    width, height = _numbered(drawing, ids, words, off, cell)
    drawing.label(8 + max(width, labels["ids"].width) / 2, 20 + height + 22, labels["ids"])
    below = 20 + height + 66
    drawing.text(8, below - 8, _legend(), "strong", anchor="start", size=14)
    rows = [[MARKS[bool(value)] for value in row] for row in values["mask"]]
    _, low = drawing.grid(8, below + 8, rows, off, cell)
    drawing.label(8 + max(width, labels["mask"].width) / 2, below + 8 + low + 22, labels["mask"])

    x = 8 + max(width, labels["ids"].width, labels["mask"].width, text_width(_legend(), 14)) + 24
    y = 20 + height / 2
    box = max(110.0, labels["table"].width + 16)
    drawing.arrow((8 + width + 6, y), (x + 30, y))
    drawing.box(x + 30, y - 40, box, 80, kind="box main")
    drawing.text(x + 30 + box / 2, y - 16, TABLE, size=FONT)
    drawing.label(x + 30 + box / 2, y + 14, labels["table"])
    x += 30 + box
    drawing.arrow((x, y), (x + 40, y))
    for shift in (24, 16, 8, 0):
        drawing.box(x + 48 + shift, y - 50 - shift + 12, 96, 76)
    drawing.text(x + 96, y, VECTORS, size=FONT)
    drawing.label(x + 48 + max(96, labels["vectors"].width) / 2, y + 62, labels["vectors"])
    drawing.arrow(
        (8 + width + 6, below + 8 + low / 2), (x + 96, below + 8 + low / 2), (x + 96, y + 78), kind="line faint"
    )
    drawing.text(x + 40, below + 8 + low / 2 + 18, CARRIED, "note", size=13)
    return drawing


def _numbered(
    drawing: Drawing,
    ids: Sequence[Sequence[Any]],
    words: Sequence[Sequence[str]],
    off: Sequence[Sequence[str]],
    cell: float,
) -> tuple[float, float]:
    """번호의 격자. 토큰이 있으면 번호마다 위에 적는다. 격자의 너비와 높이를 돌려준다."""
    numbers = [[str(identity) for identity in row] for row in ids]
    if not words:
        return drawing.grid(8, 20, numbers, off, cell)
    for index, row in enumerate(words):
        y = 20 + index * 50
        for step, word in enumerate(row):
            if word:
                drawing.text(8 + (step + 0.5) * cell, y + 10, word, size=13)
        drawing.grid(8, y + 20, [numbers[index]], [off[index]], cell)
    return cell * len(ids[0]), 50.0 * len(ids) - 6


def _check_mask(values: Values, options: Options) -> None:
    mask = values["mask"]
    sizes = {len(row) if isinstance(row, list) else 0 for row in mask} if isinstance(mask, list) else set()
    if len(sizes) != 1 or 0 in sizes:
        raise FigureError("마스크는 비어 있지 않은 행을 담은 리스트여야 하고, 행의 길이는 모두 같아야 합니다")
    if wrong := [cell for row in mask for cell in row if not isinstance(cell, int) or cell not in (0, 1)]:
        raise FigureError(f"마스크에는 0, 1, True, False만 있어야 합니다: {wrong[0]!r}")
    if len(mask) > MASK_LIMIT[0] or len(mask[0]) > MASK_LIMIT[1]:
        limit = "{}행 {}열".format(*MASK_LIMIT)
        raise FigureError(f"마스크가 {limit}보다 큽니다: {len(mask)}행 {len(mask[0])}열")


def _describe_mask(options: Options) -> str:
    return f"예제마다 한 행, 타임스텝마다 한 칸인 격자. {_legend()}. 오른쪽에는 행마다 {MARKS[True]}의 수가 있습니다."


@figure("마스크의 격자", ("mask",), _describe_mask, values=("mask",), verify=_check_mask)
def mask_grid(labels: Labels, values: Values, options: Options) -> Drawing:
    """행은 예제, 열은 타임스텝이다. 오른쪽에는 행마다 진짜 토큰의 수를 적는다."""
    drawing = Drawing()
    mask: Sequence[Sequence[int]] | None = values.get("mask")
    if mask is None:
        return not_measured(drawing, labels["mask"])
    cell, top, left = 32.0, 52.0, 8 + text_width("타임스텝", 13) + 12
    width, height = cell * len(mask[0]), 24.0 * len(mask)
    number = f"{MARKS[True]}의 수"
    count = left + width + 14 + text_width(number, 13) / 2
    drawing.text(8, 4, _legend(), "strong", anchor="start", size=14)
    drawing.text(left - 12, top - 14, "타임스텝", "note", anchor="end", size=13)
    drawing.text(count, top - 14, number, "note", size=13)
    for index, row in enumerate(mask):
        x, y = left, top + index * 24
        for on, run in groupby(row, bool):
            # 칸마다 상자를 두면 큰 마스크의 그림이 너무 무거워진다.
            length = cell * len(list(run))
            drawing.box(x, y, length, 24, kind="cell" if on else "cell off")
            x += length
        for step, value in enumerate(row):
            kind = "code" if value else "code off"
            drawing.text(left + (step + 0.5) * cell, y + 12, MARKS[bool(value)], kind, size=13)
        drawing.text(left - 12, y + 12, f"예제 {index}", anchor="end", size=13)
        drawing.text(count, y + 12, str(sum(row)), "code", size=13)
    for step in range(len(mask[0])):
        drawing.text(left + (step + 0.5) * cell, top - 14, str(step), "code", size=13)
        if step:
            drawing.line((left + step * cell, top), (left + step * cell, top + height), kind="line faint")
    drawing.label(max(left + width / 2, 8 + labels["mask"].width / 2), top + height + 24, labels["mask"])
    return drawing
