"""seq2seq의 그림: 인코더와 디코더, 어텐션의 네 단계, 마스크 격자, 빔 탐색의 나무."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rnn_shapes.drawing import GAP, Drawing, Label, text_width
from rnn_shapes.figures import FigureError, Labels, Options, Values, figure
from rnn_shapes.figures_layers import NOT_MEASURED

HALF = 25
"""시퀀스의 한 칸에 놓는 상자 너비의 절반."""
SKIPPED = 2
"""네 칸 가운데 ``⋯``으로 줄인 칸."""
SCORES = {"luong": "e[j] = q · k[j]", "bahdanau": "e[j] = v · tanh(W q + U k[j])"}
"""옵션마다의 점수 식."""
MASK_ROWS, MASK_COLUMNS = 8, 12
"""마스크 격자에 담을 수 있는 크기."""
TREE_STEPS, TREE_BEAMS = 6, 5
"""빔 탐색의 나무에 담을 수 있는 크기."""

Beam = tuple[int, str, float]
"""빔 하나: 앞 타임스텝의 빔 번호, 토큰, 누적 로그 확률."""


def _columns(first: float, step: float) -> list[float]:
    """시퀀스를 보일 네 칸의 가운데."""
    return [first + index * step for index in range(4)]


def _tokens(drawing: Drawing, centers: Sequence[float], y: float, names: Sequence[str]) -> None:
    """시퀀스의 칸마다 이름을 적는다. ``⋯``에는 상자가 없다."""
    for center, name in zip(centers, names, strict=True):
        if name != "⋯":
            drawing.box(center - HALF, y, 2 * HALF, 24, kind="cell")
        drawing.text(center, y + 12, name, "code" if name != "⋯" else "", size=13)


def _arrows(drawing: Drawing, centers: Sequence[float], start: float, end: float) -> None:
    """줄인 칸을 뺀 칸마다 세로 화살표를 놓는다."""
    for index, center in enumerate(centers):
        if index != SKIPPED:
            drawing.arrow((center, start), (center, end))


def _layer(drawing: Drawing, centers: Sequence[float], y: float, name: str, *, together: bool = True) -> None:
    """모든 칸을 한꺼번에 계산하는 층은 긴 상자 하나, 한 칸씩 계산하는 층은 칸마다 상자 하나다."""
    if together:
        drawing.box(centers[0] - HALF, y, centers[-1] - centers[0] + 2 * HALF, 26)
        drawing.text((centers[0] + centers[-1]) / 2, y + 13, name, size=13)
        return
    for index, center in enumerate(centers):
        if index != SKIPPED:
            drawing.box(center - HALF, y, 2 * HALF, 26)
        drawing.text(center, y + 13, "⋯" if index == SKIPPED else name, size=12)


def _cells(drawing: Drawing, centers: Sequence[float], y: float) -> None:
    """셀을 한 줄로 놓고 상태를 넘기는 화살표로 잇는다."""
    for index, center in enumerate(centers):
        if index == SKIPPED:
            drawing.text(center, y + 20, "⋯")
        else:
            drawing.box(center - HALF, y, 2 * HALF, 40, "셀", "box main")
    for (left, right), index in zip(pairwise(centers), range(3), strict=True):
        ends = (12 if index == SKIPPED else HALF, 12 if index + 1 == SKIPPED else HALF)
        drawing.arrow((left + ends[0], y + 20), (right - ends[1], y + 20))


def _named(drawing: Drawing, x: float, y: float, name: str, label: Label) -> None:
    """``(x, y)``를 가운데로 하는 형태 이름표와 그 위의 이름."""
    drawing.text(x, y - 23, name, size=14)
    drawing.label(x, y, label)


@figure("인코더와 디코더", ("source", "state", "target", "logits"), options={"mode": ("training", "inference")})
def encoder_decoder(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽 인코더의 마지막 상태에서 오른쪽 디코더가 시작한다."""
    drawing = Drawing()
    handover = ["마지막 상태", "디코더의 초기 상태", "LSTM은 h와 c", "GRU는 h"]
    between = max(*(text_width(text, 13) for text in handover), labels["state"].width, labels["logits"].width)
    encoder = _columns(8 + HALF, 58)
    right = encoder[-1] + HALF
    start = max(right + between + 36, 8 + labels["source"].width + GAP)
    decoder = _columns(start + HALF, 72)

    # 인코더
    middle = (encoder[0] + encoder[-1]) / 2
    drawing.text(middle, 130, "인코더", "strong")
    _cells(drawing, encoder, 152)
    _arrows(drawing, encoder, 212, 192)
    _layer(drawing, encoder, 212, "임베딩")
    _arrows(drawing, encoder, 260, 238)
    _tokens(drawing, encoder, 260, ["x[0]", "x[1]", "⋯", "x[S-1]"])
    drawing.label(max(middle, 8 + labels["source"].width / 2), 320, labels["source"])
    drawing.text(middle, 344, "원문의 토큰 번호", "note", size=13)

    # 넘겨주는 상태
    middle = (right + start) / 2
    drawing.arrow((right, 172), (start, 172), kind="line thick")
    for y, text in zip((140, 157, 222, 239), handover, strict=True):
        drawing.text(middle, y, text, "note", size=13)
    drawing.label(middle, 196, labels["state"])

    # 디코더
    _cells(drawing, decoder, 152)
    _arrows(drawing, decoder, 152, 134)
    _arrows(drawing, decoder, 212, 192)
    _arrows(drawing, decoder, 108, 84)
    _arrows(drawing, decoder, 260, 238)
    drawing.line((start - 12, 96), (decoder[0] - 6, 96), kind="line faint")
    _named(drawing, start - 12 - labels["logits"].width / 2, 96, "로짓", labels["logits"])
    (_training if options["mode"] == "training" else _inference)(drawing, decoder, labels["target"])
    return drawing


def _training(drawing: Drawing, centers: Sequence[float], label: Label) -> None:
    """훈련: 한 칸 민 정답을 한꺼번에 넣고, 로짓을 정답과 견준다."""
    left, right = centers[0] - HALF, centers[-1] + HALF
    middle = (left + right) / 2
    drawing.text(middle, 2, "디코더: 훈련", "strong")
    drawing.text(left - 12, 36, "정답", anchor="end", size=14)
    _tokens(drawing, centers, 24, ["y[0]", "y[1]", "⋯", "y[T-1]"])
    for index, center in enumerate(centers):
        if index != SKIPPED:
            drawing.line((center, 48), (center, 58))
    _layer(drawing, centers, 58, "손실: 로짓과 정답의 차이")
    _layer(drawing, centers, 108, "Dense")
    _layer(drawing, centers, 212, "임베딩")
    _tokens(drawing, centers, 260, ["<s>", "y[0]", "⋯", "y[T-2]"])
    drawing.box(left - 8, 252, right - left + 16, 40, kind="frame")
    drawing.label(max(middle, left + label.width / 2), 320, label)
    drawing.text(middle, 344, "교사 강요: 한 칸 민 정답을 한꺼번에", "note", size=13)


def _inference(drawing: Drawing, centers: Sequence[float], label: Label) -> None:
    """추론: 한 타임스텝씩, 고른 토큰을 다음 입력으로 돌려 넣는다."""
    left = centers[0] - HALF
    middle = (centers[0] + centers[-1]) / 2
    drawing.text(middle, 2, "디코더: 추론", "strong")
    drawing.text(left - 12, 36, "고른 토큰", anchor="end", size=14)
    _tokens(drawing, centers, 24, ["ŷ[0]", "ŷ[1]", "⋯", "</s>"])
    _arrows(drawing, centers, 58, 48)
    _layer(drawing, centers, 58, "argmax", together=False)
    _layer(drawing, centers, 108, "Dense", together=False)
    _layer(drawing, centers, 212, "임베딩", together=False)
    _tokens(drawing, centers, 260, ["<s>", "ŷ[0]", "⋯", "ŷ[t-1]"])
    for index, (here, after) in enumerate(pairwise(centers)):
        turn = (here + after) / 2 - 3
        start, end = (here + (12 if index == SKIPPED else HALF), after - (12 if index + 1 == SKIPPED else HALF))
        drawing.arrow((start, 36), (turn, 36), (turn, 272), (end, 272), kind="line thick")
    drawing.line((centers[0], 284), (centers[0], 308), kind="line faint")
    drawing.label(max(centers[0], left + label.width / 2), 320, label)
    for y, text in ((344, "한 타임스텝씩: 고른 토큰이 다음 입력"), (362, "</s>를 고르면 끝")):
        drawing.text(max(middle, left + text_width(text, 13) / 2), y, text, "note", size=13)


@figure(
    "어텐션의 네 단계",
    ("query", "keys", "values", "scores", "weights", "context"),
    options={"score": ("luong", "bahdanau")},
)
def attention_steps(labels: Labels, values: Values, options: Options) -> Drawing:
    """위에서 아래로 네 단계. 왼쪽은 들어가는 것, 오른쪽은 나오는 것의 형태다."""
    drawing = Drawing()
    steps = [
        (70, f"점수: {SCORES[options['score']]}"),
        (170, "소프트맥스: 합이 1"),
        (270, "곱하기: α[j] × 값[j]"),
        (326, "더하기: c = Σ α[j] × 값[j]"),
    ]
    note = "가린 자리의 가중치는 0"
    left = max(text_width(note, 13), *(labels[name].width for name in ("query", "keys", "values")))
    width = max(290.0, *(text_width(text, 14) + 52 for _, text in steps))
    x = 8 + left + 34
    end = x + width + 20
    centers = _columns(x + 40, (width - 80) / 3)
    middle = x + width / 2

    for number, (y, text) in enumerate(steps, 1):
        drawing.box(x, y, width, 32, kind="box main")
        drawing.circle(x + 20, y + 16, str(number))
        drawing.text(x + 16 + width / 2, y + 16, text, size=14)
    for y, symbol, start in ((10, "k", 34), (124, "e", 148), (224, "α", 248)):
        _tokens(drawing, centers, y, [f"{symbol}[0]", f"{symbol}[1]", "⋯", f"{symbol}[S-1]"])
        _arrows(drawing, centers, start, start + (36 if symbol == "k" else 22))
    for start in (102, 202):
        _arrows(drawing, centers, start, start + 22)
    _arrows(drawing, centers, 302, 326)
    drawing.arrow((middle, 358), (middle, 380))
    drawing.box(middle - HALF, 380, 2 * HALF, 24, "c", kind="cell mark")

    for y, name, text in ((22, "keys", "키 k"), (86, "query", "쿼리 q"), (286, "values", "값")):
        _named(drawing, 8 + left / 2, y, text, labels[name])
        path = ((8 + (left + labels[name].width) / 2, y), (x if name != "keys" else centers[0] - HALF, y))
        drawing.arrow(*path) if name != "keys" else drawing.line(*path, kind="line faint")
    drawing.text(8 + left / 2, 186, note, "note", size=13)
    last = centers[-1] + HALF
    for y, name, text, edge in (
        (136, "scores", "점수 e", last),
        (236, "weights", "어텐션 가중치 α", last),
        (392, "context", "문맥 벡터 c", middle + HALF),
    ):
        drawing.line((edge, y), (end, y), kind="line faint")
        _named(drawing, end + max(text_width(text, 14), labels[name].width) / 2, y, text, labels[name])
    return drawing


def _not_measured(drawing: Drawing, label: Label) -> Drawing:
    width = max(320.0, label.width)
    drawing.box(8, 8, width, 80, NOT_MEASURED, "frame")
    drawing.label(8 + width / 2, 112, label)
    return drawing


def _check_mask(values: Values) -> None:
    """격자로 그릴 수 있는 마스크인지 본다."""
    mask = values["mask"]
    if not isinstance(mask, list) or not mask or not all(isinstance(row, list) and row for row in mask):
        raise FigureError("마스크는 비어 있지 않은 2차원 목록이어야 합니다")
    if len({len(row) for row in mask}) > 1:
        raise FigureError(f"마스크의 행마다 길이가 다릅니다: {', '.join(str(len(row)) for row in mask)}")
    if wrong := [cell for row in mask for cell in row if not isinstance(cell, int) or cell not in (0, 1)]:
        raise FigureError(f"마스크에는 0, 1, True, False만 있어야 합니다: {wrong[0]!r}")
    if len(mask) > MASK_ROWS or len(mask[0]) > MASK_COLUMNS:
        raise FigureError(
            f"마스크가 너무 큽니다: {len(mask)}행 {len(mask[0])}열. {MASK_ROWS}행 {MASK_COLUMNS}열까지 그립니다"
        )


@figure("마스크의 격자", ("mask",), values=("mask",), verify=_check_mask)
def mask_grid(labels: Labels, values: Values, options: Options) -> Drawing:
    """행은 예제, 열은 타임스텝이다. 오른쪽에는 행마다 진짜 토큰의 수를 적는다."""
    drawing = Drawing()
    mask: Sequence[Sequence[int]] | None = values.get("mask")
    if mask is None:
        return _not_measured(drawing, labels["mask"])
    cell, top = 32.0, 52.0
    left = 8 + text_width("타임스텝", 13) + 12
    columns = len(mask[0])
    drawing.text(8, 4, "마스크: ●는 진짜, ×는 빈자리", "strong", anchor="start", size=14)
    drawing.text(left - 12, top - 14, "타임스텝", "note", anchor="end", size=13)
    for step in range(columns):
        drawing.text(left + (step + 0.5) * cell, top - 14, str(step), "code", size=13)
    rows = [["●" if value else "×" for value in row] for row in mask]
    width, height = drawing.grid(left, top, rows, [["" if value else "off" for value in row] for row in mask], cell)
    drawing.text(left + width + 14, top - 14, "●의 수", "note", anchor="start", size=13)
    for index, row in enumerate(mask):
        y = top + index * 24 + 12
        drawing.text(left - 12, y, f"예제 {index}", anchor="end", size=13)
        drawing.text(left + width + 14 + text_width("●의 수", 13) / 2, y, str(sum(row)), "code", size=13)
    drawing.label(max(left + width / 2, 8 + labels["mask"].width / 2), top + height + 24, labels["mask"])
    return drawing


def _beams(steps: Any) -> list[list[Beam]]:
    """나무로 그릴 수 있는지 보고 빔으로 바꾼다."""
    if not isinstance(steps, list) or not steps or not all(isinstance(step, list) and step for step in steps):
        raise FigureError("타임스텝마다 빔이 하나는 있는 목록이어야 합니다")
    if len(steps) > TREE_STEPS or max(map(len, steps)) > TREE_BEAMS:
        raise FigureError(
            f"나무가 너무 큽니다: 타임스텝 {len(steps)}개, 빔 {max(map(len, steps))}개."
            f" 타임스텝 {TREE_STEPS}개, 빔 {TREE_BEAMS}개까지 그립니다"
        )
    before: list[Beam] = [(0, "<s>", 0.0)]
    result = []
    for number, step in enumerate(steps):
        beams: list[Beam] = []
        for index, beam in enumerate(step):
            place = f"타임스텝 {number}의 빔 {index}"
            match beam:
                case [int(parent), int() | str() as token, int() | float() as score] if math.isfinite(score):
                    beams.append((parent, str(token), score))
                case _:
                    raise FigureError(f"{place}: [부모의 번호, 토큰, 누적 로그 확률]이어야 합니다: {beam!r}")
            if not 0 <= parent < len(before):
                raise FigureError(f"{place}: 앞 타임스텝에 {parent}번 빔이 없습니다. 있는 빔은 {len(before)}개입니다")
            if score > before[parent][2]:
                raise FigureError(f"{place}: 누적 로그 확률은 커질 수 없습니다: {before[parent][2]} 다음에 {score}")
        result.append(beams)
        before = beams
    return result


def _check_tree(values: Values) -> None:
    _beams(values["steps"])


def _paths(steps: Sequence[Sequence[Beam]]) -> tuple[list[int], set[tuple[int, int]]]:
    """가장 좋은 빔이 지나온 번호와, 마지막까지 이어진 모든 빔의 자리."""

    def back(index: int) -> list[int]:
        path = [index]
        for step in reversed(steps[1:]):
            path.append(step[path[-1]][0])
        return path[::-1]

    best = max(range(len(steps[-1])), key=lambda index: steps[-1][index][2])
    return back(best), {place for index in range(len(steps[-1])) for place in enumerate(back(index))}


@figure("빔 탐색의 나무", ("ids",), values=("steps",), verify=_check_tree)
def beam_search_tree(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽에서 오른쪽으로 타임스텝마다 남긴 빔. 칸에는 토큰과 누적 로그 확률이 있다."""
    drawing = Drawing()
    if values.get("steps") is None:
        return _not_measured(drawing, labels["ids"])
    steps = _beams(values["steps"])
    best, alive = _paths(steps)
    tall = 58 * max(map(len, steps)) - 14
    edges = [(8 + text_width("타임스텝", 13), 26 + tall / 2)]
    drawing.text(8 + text_width("타임스텝", 13) / 2, 2, "타임스텝", "note", size=13)
    drawing.box(edges[0][0] - 44, edges[0][1] - 15, 44, 30, "<s>", "box mark")
    x = edges[0][0] + 44
    for number, step in enumerate(steps):
        scores = [f"{score:.2f}".replace("-", "\u2212") for _, _, score in step]
        width = max(text_width(text, 14) for text in [*scores, *(token for _, token, _ in step)]) + 14
        top = 26 + (tall - 58 * len(step) + 14) / 2
        drawing.text(x + width / 2, 2, str(number), "code", size=13)
        for index, (parent, token, _) in enumerate(step):
            y = top + index * 58
            thick = best[number] == index
            drawing.line(edges[parent], (x, y + 22), kind="line thick" if thick else "line")
            kind = "box mark" if thick else "box" if (number, index) in alive else "box off"
            drawing.box(x, y, width, 44, kind=kind)
            drawing.text(x + width / 2, y + 14, token, "strong" if thick else "", size=14)
            drawing.text(x + width / 2, y + 32, scores[index], "code", size=13)
        edges = [(x + width, top + index * 58 + 22) for index in range(len(step))]
        x += width + 44
    y = 26 + tall + 26
    drawing.text(8, y, "굵은 길: 누적 로그 확률이 가장 큰 빔", "note", anchor="start", size=13)
    if len(alive) < sum(map(len, steps)):
        y += 20
        drawing.text(8, y, "점선 상자: 뒤가 끊긴 빔", "note", anchor="start", size=13)
    names = ("굵은 길의 토큰", "빔 탐색의 결과")
    left = 8 + max(text_width(name, 14) for name in names) + 12
    for row, name in enumerate(names):
        drawing.text(left - 12, y + 34 + 34 * row, name, anchor="end", size=14)
    drawing.grid(left, y + 22, [[steps[number][index][1] for number, index in enumerate(best)]])
    drawing.label(left + labels["ids"].width / 2, y + 68, labels["ids"])
    return drawing
