"""seq2seq의 그림: 인코더와 디코더, 어텐션의 네 단계, 마스크 격자, 빔 탐색의 나무."""

import math
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from rnn_shapes.figures.drawing import GAP, Drawing, Label, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure
from rnn_shapes.figures.layers import NOT_MEASURED

HALF = 25
"""시퀀스의 한 칸에 놓는 상자 너비의 절반."""
SKIP = "⋯"
"""줄여서 상자를 그리지 않는 칸. 네 칸 가운데 셋째다."""
SCORES = {"luong": "e[j] = q · k[j]", "bahdanau": "e[j] = v · tanh(W q + U k[j])"}
"""옵션마다의 점수 식."""
MASK_LIMIT = (8, 12)
"""마스크 격자에 담을 수 있는 행과 열의 수."""
TREE_LIMIT = (6, 5)
"""빔 탐색의 나무에 담을 수 있는 타임스텝과 빔의 수."""

Columns: TypeAlias = Sequence[float]
"""시퀀스를 보이는 네 칸의 가운데."""
Beam: TypeAlias = tuple[int, str, float]
"""빔 하나. 앞 타임스텝의 빔 번호, 토큰, 누적 로그 확률이다."""


def _row(drawing: Drawing, centers: Columns, y: float, height: float, names: list[str], kind: str = "cell") -> None:
    """칸마다 상자를 놓는다. ``kind``가 ``cell``인 것은 토큰이나 수라서 코드의 글꼴로 적는다."""
    for center, name in zip(centers, names, strict=True):
        if name != SKIP:
            drawing.box(center - HALF, y, 2 * HALF, height, kind=kind)
        drawing.text(center, y + height / 2, name, "code" if kind == "cell" and name != SKIP else "", size=12.5)


def _bar(drawing: Drawing, centers: Columns, y: float, name: str) -> None:
    """모든 칸을 한꺼번에 계산하는 긴 상자."""
    drawing.box(centers[0] - HALF, y, centers[-1] - centers[0] + 2 * HALF, 26)
    drawing.text((centers[0] + centers[-1]) / 2, y + 13, name, size=13)


def _arrows(drawing: Drawing, centers: Columns, start: float, end: float) -> None:
    """줄인 칸을 뺀 칸마다 세로 화살표를 놓는다."""
    for center in (*centers[:2], centers[3]):
        drawing.arrow((center, start), (center, end))


def _gaps(centers: Columns) -> list[tuple[float, float]]:
    """이웃한 두 칸 사이의 왼쪽 끝과 오른쪽 끝."""
    halves = (HALF, HALF, 12, HALF)
    return [(a + p, b - q) for (a, b), (p, q) in zip(pairwise(centers), pairwise(halves), strict=True)]


def _recurrent(drawing: Drawing, first: float, gap: float) -> list[float]:
    """이어진 셀 넷과 그리로 들어가는 임베딩을 그리고, 칸마다의 가운데를 돌려준다."""
    near, far = 2 * HALF + gap, HALF + 12 + gap
    centers = [first, first + near, first + near + far, first + near + 2 * far]
    _row(drawing, centers, 152, 40, ["셀", "셀", SKIP, "셀"], "box main")
    for left, right in _gaps(centers):
        drawing.arrow((left, 172), (right, 172))
    _arrows(drawing, centers, 212, 192)
    _arrows(drawing, centers, 260, 238)
    return centers


def _named(drawing: Drawing, x: float, y: float, name: str, label: Label) -> None:
    """``(x, y)``를 가운데로 하는 형태 이름표와 그 위의 이름."""
    drawing.text(x, y - 23, name, size=14)
    drawing.label(x, y, label)


@figure("인코더와 디코더", ("source", "state", "target", "logits"), options={"mode": ("training", "inference")})
def encoder_decoder(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽 인코더의 마지막 상태에서 오른쪽 디코더가 시작한다."""
    drawing = Drawing()
    encoder = _recurrent(drawing, 8 + HALF, 18)
    middle, right = (encoder[0] + encoder[-1]) / 2, encoder[-1] + HALF
    drawing.text(middle, 130, "인코더", "strong")
    _bar(drawing, encoder, 212, "임베딩")
    _row(drawing, encoder, 260, 24, ["x[0]", "x[1]", SKIP, "x[S-1]"])
    drawing.label(max(middle, 8 + labels["source"].width / 2), 320, labels["source"])
    drawing.text(middle, 344, "원문의 토큰 번호", "note", size=13)

    handover = ["인코더의 마지막 상태", "= 디코더의 초기 상태", "LSTM은 h와 c", "GRU는 h"]
    between = max(*(text_width(text, 13) for text in handover), labels["state"].width, labels["logits"].width)
    start = max(right + between + 28, 8 + labels["source"].width + GAP)
    drawing.arrow((right, 172), (start, 172), kind="line thick")
    for y, text in zip((140, 157, 222, 239), handover, strict=True):
        drawing.text((right + start) / 2, y, text, "note", size=13)
    drawing.label((right + start) / 2, 196, labels["state"])

    decoder = _recurrent(drawing, start + HALF, 22)
    _arrows(drawing, decoder, 152, 134)
    _arrows(drawing, decoder, 108, 84)
    drawing.line((start - 10, 96), (decoder[0] - 6, 96), kind="line faint")
    _named(drawing, start - 10 - labels["logits"].width / 2, 96, "로짓", labels["logits"])
    (_training if options["mode"] == "training" else _inference)(drawing, decoder, labels["target"])
    return drawing


def _training(drawing: Drawing, centers: Columns, label: Label) -> None:
    """훈련: 한 칸 민 정답을 한꺼번에 넣고, 로짓을 정답과 견준다."""
    left, right, middle = centers[0] - HALF, centers[-1] + HALF, (centers[0] + centers[-1]) / 2
    drawing.text(middle, 2, "디코더: 훈련", "strong")
    drawing.text(left - 12, 36, "정답", anchor="end", size=14)
    _row(drawing, centers, 24, 24, ["y[0]", "y[1]", SKIP, "y[T-1]"])
    for center in (*centers[:2], centers[3]):
        drawing.line((center, 48), (center, 58))
    for y, name in ((58, "손실: 로짓과 정답의 비교"), (108, "Dense"), (212, "임베딩")):
        _bar(drawing, centers, y, name)
    _row(drawing, centers, 260, 24, ["<s>", "y[0]", SKIP, "y[T-2]"])
    drawing.box(left - 8, 252, right - left + 16, 40, kind="frame")
    drawing.label(max(middle, left + label.width / 2), 320, label)
    drawing.text(middle, 344, "교사 강요: 한 칸 민 정답을 한꺼번에", "note", size=13)


def _inference(drawing: Drawing, centers: Columns, label: Label) -> None:
    """추론: 한 타임스텝씩, 고른 토큰을 다음 입력으로 돌려 넣는다."""
    left, middle = centers[0] - HALF, (centers[0] + centers[-1]) / 2
    drawing.text(middle, 2, "디코더: 추론", "strong")
    drawing.text(left - 12, 36, "고른 토큰", anchor="end", size=14)
    _row(drawing, centers, 24, 24, ["ŷ[0]", "ŷ[1]", SKIP, "</s>"])
    _arrows(drawing, centers, 58, 48)
    for y, name in ((58, "argmax"), (108, "Dense"), (212, "임베딩")):
        _row(drawing, centers, y, 26, [name, name, SKIP, name], "box")
    _row(drawing, centers, 260, 24, ["<s>", "ŷ[0]", SKIP, "ŷ[t-1]"])
    for start, end in _gaps(centers):
        turn = (start + end) / 2 - 2
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
        f"점수: {SCORES[options['score']]}",
        "소프트맥스: 합이 1",
        "곱하기: α[j] × 값[j]",
        "더하기: c = Σ α[j] × 값[j]",
    ]
    note = "가린 자리는 가중치 0"
    left = max(text_width(note, 13), *(labels[name].width for name in ("query", "keys", "values")))
    width = max(290.0, *(text_width(text, 14) + 52 for text in steps))
    x, entry = 8 + left + 30, 8 + left / 2
    end, middle = x + width + 16, x + width / 2
    centers = [x + 40 + index * (width - 80) / 3 for index in range(4)]
    first, last = centers[0] - HALF, centers[-1] + HALF

    for number, (y, text) in enumerate(zip((70, 170, 270, 326), steps, strict=True), 1):
        drawing.box(x, y, width, 32, kind="box main")
        drawing.circle(x + 20, y + 16, str(number))
        drawing.text(x + 16 + width / 2, y + 16, text, size=14)
    for y, symbol in ((10, "k"), (124, "e"), (224, "α")):
        _row(drawing, centers, y, 24, [f"{symbol}[0]", f"{symbol}[1]", SKIP, f"{symbol}[S-1]"])
    for y, height in ((34, 36), (102, 22), (148, 22), (202, 22), (248, 22), (302, 24)):
        _arrows(drawing, centers, y, y + height)
    drawing.arrow((middle, 358), (middle, 380))
    drawing.box(middle - HALF, 380, 2 * HALF, 24, "c", kind="cell mark")

    drawing.text(entry, 186, note, "note", size=13)
    drawing.line((entry + labels["keys"].width / 2, 22), (first, 22), kind="line faint")
    for y, name, text in ((22, "keys", "키 k"), (86, "query", "쿼리 q"), (286, "values", "값")):
        _named(drawing, entry, y, text, labels[name])
        if name != "keys":
            drawing.arrow((entry + labels[name].width / 2, y), (x, y))
    results = [(136, "scores", "점수 e"), (236, "weights", "어텐션 가중치 α"), (392, "context", "문맥 벡터 c")]
    for y, name, text in results:
        center = end + max(text_width(text, 14), labels[name].width) / 2
        left = middle + HALF if name == "context" else last
        drawing.line((left, y), (center - labels[name].width / 2, y), kind="line faint")
        _named(drawing, center, y, text, labels[name])
    return drawing


def _not_measured(drawing: Drawing, label: Label) -> Drawing:
    width = max(320.0, label.width)
    drawing.box(8, 8, width, 80, NOT_MEASURED, "frame")
    drawing.label(8 + width / 2, 112, label)
    return drawing


def _check_mask(values: Values, options: Options) -> None:
    mask = values["mask"]
    sizes = {len(row) if isinstance(row, list) else 0 for row in mask} if isinstance(mask, list) else set()
    if len(sizes) != 1 or 0 in sizes:
        raise FigureError("마스크는 행마다 길이가 같고 비어 있지 않은 축이 둘인 리스트이어야 합니다")
    if wrong := [cell for row in mask for cell in row if not isinstance(cell, int) or cell not in (0, 1)]:
        raise FigureError(f"마스크에는 0, 1, True, False만 있어야 합니다: {wrong[0]!r}")
    if len(mask) > MASK_LIMIT[0] or len(mask[0]) > MASK_LIMIT[1]:
        limit = "{}행 {}열".format(*MASK_LIMIT)
        raise FigureError(f"마스크가 {limit}보다 큽니다: {len(mask)}행 {len(mask[0])}열")


@figure("마스크의 격자", ("mask",), values=("mask",), verify=_check_mask)
def mask_grid(labels: Labels, values: Values, options: Options) -> Drawing:
    """행은 예제, 열은 타임스텝이다. 오른쪽에는 행마다 진짜 토큰의 수를 적는다."""
    drawing = Drawing()
    mask: Sequence[Sequence[int]] | None = values.get("mask")
    if mask is None:
        return _not_measured(drawing, labels["mask"])
    cell, top, left = 32.0, 52.0, 8 + text_width("타임스텝", 13) + 12
    width, height = cell * len(mask[0]), 24.0 * len(mask)
    count = left + width + 14 + text_width("●의 수", 13) / 2
    drawing.text(8, 4, "마스크: ●는 진짜, ×는 빈자리", "strong", anchor="start", size=14)
    drawing.text(left - 12, top - 14, "타임스텝", "note", anchor="end", size=13)
    drawing.text(count, top - 14, "●의 수", "note", size=13)
    for index, row in enumerate(mask):
        x, y = left, top + index * 24
        for on, run in groupby(row, bool):
            # 칸마다 상자를 두면 큰 마스크의 그림이 너무 무거워진다.
            length = cell * len(list(run))
            drawing.box(x, y, length, 24, kind="cell" if on else "cell off")
            x += length
        for step, value in enumerate(row):
            kind = "code" if value else "code off"
            drawing.text(left + (step + 0.5) * cell, y + 12, "●" if value else "×", kind, size=13)
        drawing.text(left - 12, y + 12, f"예제 {index}", anchor="end", size=13)
        drawing.text(count, y + 12, str(sum(row)), "code", size=13)
    for step in range(len(mask[0])):
        drawing.text(left + (step + 0.5) * cell, top - 14, str(step), "code", size=13)
        if step:
            drawing.line((left + step * cell, top), (left + step * cell, top + height), kind="line faint")
    drawing.label(max(left + width / 2, 8 + labels["mask"].width / 2), top + height + 24, labels["mask"])
    return drawing


def _beams(steps: Any) -> list[list[Beam]]:
    """나무로 그릴 수 있는지 보고 빔으로 바꾼다."""
    if not isinstance(steps, list) or not steps or not all(isinstance(step, list) and step for step in steps):
        raise FigureError("타임스텝마다 빔이 하나는 있는 목록이어야 합니다")
    beams = max(map(len, steps))
    if len(steps) > TREE_LIMIT[0] or beams > TREE_LIMIT[1]:
        limit = "타임스텝 {}개, 빔 {}개".format(*TREE_LIMIT)
        raise FigureError(f"나무가 {limit}보다 큽니다: 타임스텝 {len(steps)}개, 빔 {beams}개")
    result: list[list[Beam]] = [[(0, "<s>", 0.0)]]
    for number, step in enumerate(steps):
        before = result[-1]
        result.append([])
        for index, beam in enumerate(step):
            place = f"타임스텝 {number}의 빔 {index}"
            match beam:
                case [int(parent), int() | str() as token, int() | float() as score] if math.isfinite(score):
                    result[-1].append((parent, str(token), float(score)))
                case _:
                    raise FigureError(f"{place}: [부모의 번호, 토큰, 누적 로그 확률]이어야 합니다: {beam!r}")
            if not 0 <= parent < len(before):
                raise FigureError(f"{place}: 앞 타임스텝에 {parent}번 빔이 없습니다. 있는 빔은 {len(before)}개입니다")
            if score > before[parent][2]:
                raise FigureError(f"{place}: 누적 로그 확률은 커질 수 없습니다: {before[parent][2]} 다음에 {score}")
    return result[1:]


def _check_tree(values: Values, options: Options) -> None:
    _beams(values["steps"])


def _path(steps: Sequence[Sequence[Beam]], index: int) -> list[int]:
    """마지막의 한 빔이 지나온 번호."""
    path = [index]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]][0])
    return path[::-1]


@figure("빔 탐색의 나무", ("ids",), values=("steps",), verify=_check_tree)
def beam_search_tree(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽에서 오른쪽으로 타임스텝마다 남긴 빔. 칸에는 토큰과 누적 로그 확률이 있다."""
    drawing = Drawing()
    if values.get("steps") is None:
        return _not_measured(drawing, labels["ids"])
    steps = _beams(values["steps"])
    best = _path(steps, max(range(len(steps[-1])), key=lambda index: steps[-1][index][2]))
    alive = {place for index in range(len(steps[-1])) for place in enumerate(_path(steps, index))}
    middle = 26 + (58 * max(map(len, steps)) - 14) / 2
    x = 8 + text_width("타임스텝", 13)
    drawing.text(x / 2 + 4, 2, "타임스텝", "note", size=13)
    drawing.box(x - 44, middle - 15, 44, 30, "<s>", "box mark")
    ends = [(x, middle)]
    for number, step in enumerate(steps):
        scores = [f"{score:z.2f}".replace("-", "\u2212") for _, _, score in step]
        x += 36
        width = 12 + max([*(text_width(text, 13) for text in scores), *(text_width(beam[1], 14) for beam in step)])
        drawing.text(x + width / 2, 2, str(number), "code", size=13)
        rows = [middle + (index - (len(step) - 1) / 2) * 58 for index in range(len(step))]
        for index, ((parent, token, _), score, y) in enumerate(zip(step, scores, rows, strict=True)):
            thick = best[number] == index
            drawing.line(ends[parent], (x, y), kind="line thick" if thick else "line")
            kind = "box mark" if thick else "box" if (number, index) in alive else "box off"
            drawing.box(x, y - 22, width, 44, kind=kind)
            drawing.text(x + width / 2, y - 8, token, "strong" if thick else "", size=14)
            drawing.text(x + width / 2, y + 10, score, "code", size=13)
        x += width
        ends = [(x, y) for y in rows]
    notes = ["굵은 길: 누적 로그 확률이 가장 큰 빔", "점선 상자: 뒤가 끊긴 빔"]
    tokens = [steps[number][index][1] for number, index in enumerate(best)]
    _result(drawing, 2 * middle, notes[: 1 + (len(alive) < sum(map(len, steps)))], tokens, labels["ids"])
    return drawing


def _result(drawing: Drawing, y: float, notes: Sequence[str], tokens: Sequence[str], label: Label) -> None:
    """나무 아래에 읽는 법과 굵은 길의 토큰, 결과의 형태를 적는다."""
    for row, note in enumerate(notes):
        drawing.text(8, y + 20 * row, note, "note", anchor="start", size=13)
    y += 20 * len(notes)
    left = 8 + text_width("굵은 길의 토큰", 14) + 12
    drawing.text(left - 12, y + 14, "굵은 길의 토큰", anchor="end", size=14)
    drawing.grid(left, y + 2, [tokens])
    drawing.text(left - 12, y + 48, "빔 탐색의 결과", anchor="end", size=14)
    drawing.label(left + label.width / 2, y + 48, label)
