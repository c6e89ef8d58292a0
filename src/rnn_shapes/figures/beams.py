"""빔 탐색의 그림: 남긴 빔의 나무, 한 타임스텝에 빔을 고르는 표."""

import math
from collections.abc import Sequence
from typing import Any

from rnn_shapes.figures.drawing import Drawing, Label, is_number, number_text, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, is_given, not_measured
from rnn_shapes.figures.stepping import Beam, check_candidates, stepper, written

TREE_LIMIT = (6, 5)
"""빔 탐색의 나무에 담을 수 있는 타임스텝과 빔의 수."""
THICK, CUT = "누적 로그 확률이 가장 큰 빔", "뒤가 끊긴 빔"
"""굵은 길과 점선 상자의 뜻."""
ROWS, CHOSEN = "행은 지금까지 남은 빔, 열은 이어 쓸 토큰", "굵은 테두리: 가장 큰 것부터 고른 칸"
"""빔을 고르는 표를 읽는 법."""
TABLE_LIMIT, COLUMN = (5, 7), 60
"""표에 담을 수 있는 행과 열의 수, 열 하나의 너비."""


def _beams(steps: Any) -> list[list[Beam]]:
    """나무로 그릴 수 있는지 보고 빔으로 바꾼다."""
    if not isinstance(steps, list) or not steps or not all(isinstance(step, list) and step for step in steps):
        raise FigureError("타임스텝마다 빔이 하나 이상 든 리스트여야 합니다")
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
    steps = _beams(values["steps"])
    if "candidates" in values:
        check_candidates(steps, values["candidates"])


def _path(steps: Sequence[Sequence[Beam]], index: int) -> list[int]:
    """마지막의 한 빔이 지나온 번호."""
    path = [index]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]][0])
    return path[::-1]


def _describe_tree(options: Options) -> str:
    more = " 나무 아래에는 타임스텝마다 견준 후보가 있습니다." if is_given(options, "candidates") else ""
    return f"시작 토큰에서 타임스텝마다 남긴 빔의 나무. 굵은 길은 {THICK}, 점선 상자가 있으면 {CUT}입니다.{more}"


def _tell_tree(values: Values, options: Options) -> str:
    steps, told = _beams(values["steps"]), []
    for number, (texts, step) in enumerate(zip(written(steps), steps, strict=True)):
        beams = [f"{text} {number_text(score)}" for text, (_, _, score) in zip(texts, step, strict=True)]
        told.append(f"타임스텝 {number}: {', '.join(beams)}.")
    return " ".join(told)


def _enliven_tree(values: Values, options: Options, identity: str, picture: str) -> str:
    """후보를 적은 나무는 한 타임스텝씩 따라갈 수 있다."""
    if not is_given(options, "candidates"):
        return picture
    return stepper(_beams(values["steps"]), values["candidates"], picture)


@figure(
    "빔 탐색의 나무",
    ("ids",),
    _describe_tree,
    values=("steps",),
    optional=("candidates",),
    verify=_check_tree,
    tell=_tell_tree,
    enliven=_enliven_tree,
)
def beam_search_tree(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽에서 오른쪽으로 타임스텝마다 남긴 빔. 칸에는 토큰과 누적 로그 확률이 있다."""
    drawing = Drawing()
    if not beam_search_tree.ready(values, options):
        return not_measured(drawing, labels["ids"])
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
            drawing.open(f"{number}-{index}")
            drawing.line(ends[parent], (x, y), kind="line thick" if thick else "line")
            kind = "box mark" if thick else "box" if (number, index) in alive else "box off"
            drawing.box(x, y - 22, width, 44, kind=kind)
            drawing.text(x + width / 2, y - 8, token, "strong" if thick else "", size=14)
            drawing.text(x + width / 2, y + 10, score, "code", size=13)
            drawing.close()
        x += width
        ends = [(x, y) for y in rows]
    notes = [f"굵은 길: {THICK}", f"점선 상자: {CUT}"]
    tokens = [steps[number][index][1] for number, index in enumerate(best)]
    _result(drawing, 2 * middle, notes[: 1 + (len(alive) < sum(map(len, steps)))], tokens, labels["ids"])
    return drawing


def _result(drawing: Drawing, y: float, notes: Sequence[str], tokens: Sequence[str], label: Label) -> None:
    """나무 아래에 읽는 법과 굵은 길의 토큰, 결과의 형태를 적는다."""
    for row, note in enumerate(notes):
        drawing.text(8, y + 20 * row, note, "note", anchor="start", size=13)
    y += 20 * len(notes)
    drawing.open("result")
    left = 8 + text_width("굵은 길의 토큰", 14) + 12
    drawing.text(left - 12, y + 14, "굵은 길의 토큰", anchor="end", size=14)
    drawing.grid(left, y + 2, [tokens])
    drawing.text(left - 12, y + 48, "빔 탐색의 결과", anchor="end", size=14)
    drawing.label(left + label.width / 2, y + 48, label)
    drawing.close()


def _check_step(values: Values, options: Options) -> None:
    rows, columns, scores = values["rows"], values["columns"], values["scores"]
    if len(rows) > TABLE_LIMIT[0] or len(columns) > TABLE_LIMIT[1]:
        limit = "{}행, {}열".format(*TABLE_LIMIT)
        raise FigureError(f"표가 {limit}보다 큽니다: {len(rows)}행, {len(columns)}열")
    if len(scores) != len(rows) or any(len(row) != len(columns) for row in scores):
        raise FigureError(f"점수는 {len(rows)}행, {len(columns)}열이어야 합니다")
    if wrong := [score for row in scores for score in row if not is_number(score)]:
        raise FigureError(f"점수는 수여야 합니다: {wrong[0]!r}")
    flat = [score for row in scores for score in row]
    picked, number = values["picked"], len(columns)
    if sorted(flat, reverse=True)[: len(picked)] != [flat[index] for index in picked]:
        raise FigureError(f"고른 칸이 가장 큰 것부터가 아닙니다: {picked}, 점수 {flat}")
    if values["parents"] != [index // number for index in picked]:
        raise FigureError(f"부모가 고른 칸의 행과 다릅니다: {values['parents']}")
    if values["chosen"] != [columns[index % number] for index in picked]:
        raise FigureError(f"토큰이 고른 칸의 열과 다릅니다: {values['chosen']}")
    if wide := [text for text in (*columns, *_grown(values)) if text_width(text) > COLUMN]:
        raise FigureError(f"칸에 들어가지 않는 글입니다: {wide[0]}")


def _describe_step(options: Options) -> str:
    return (
        f"이어 쓸 토큰의 누적 로그 확률을 적은 표. {ROWS}. {CHOSEN}. 표 아래에는 고른 칸마다 펼친 표에서의 번호, 부모인"
        " 빔의 번호, 토큰, 이어 쓴 글이 있습니다."
    )


@figure(
    "한 타임스텝에 빔을 고르는 표",
    ("scores", "picked"),
    _describe_step,
    values=("rows", "columns", "scores", "picked", "parents", "chosen"),
    verify=_check_step,
    tell=lambda values, options: f"새 빔: {', '.join(_grown(values))}.",
)
def beam_step(labels: Labels, values: Values, options: Options) -> Drawing:
    """위는 빔마다 토큰마다의 누적 로그 확률, 아래는 고른 칸에서 얻은 것이다."""
    drawing = Drawing()
    if not beam_step.ready(values, options):
        return not_measured(drawing, labels["scores"])
    rows, columns, picked = values["rows"], values["columns"], values["picked"]
    names = ("펼친 번호", "부모", "토큰", "새 빔")
    left = math.ceil(8 + max(text_width(text, 13) for text in (*rows, *names)) + 16)
    for column, token in enumerate(columns):
        drawing.text(left + (column + 0.5) * COLUMN, 4, token, "code", size=14)
    marked = {divmod(index, len(columns)) for index in picked}
    cells = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    for row, column in sorted(cells, key=lambda cell: cell in marked):
        kind = "cell mark" if (row, column) in marked else "cell"
        y = 18 + 30 * row
        drawing.box(left + COLUMN * column, y, COLUMN, 30, kind=kind)
        drawing.text(
            left + COLUMN * (column + 0.5), y + 15, number_text(values["scores"][row][column]), "code", size=12
        )
    for row, beam in enumerate(rows):
        drawing.text(left - 16, 33 + 30 * row, beam, "code", anchor="end", size=13)
    y = 18 + 30 * len(rows) + 24
    for line, note in enumerate((ROWS, CHOSEN)):
        drawing.text(8, y + 20 * line, note, "note", anchor="start", size=13)
    y += 50
    found = ([str(index) for index in picked], map(str, values["parents"]), values["chosen"], _grown(values))
    for line, (name, texts) in enumerate(zip(names, found, strict=True)):
        drawing.text(left - 16, y + 12 + 28 * line, name, anchor="end", size=13)
        drawing.grid(left, y + 28 * line, [[*texts]], cell=COLUMN)
    y += 28 * len(names) + 22
    for line, (label, text) in enumerate((("scores", "표"), ("picked", "고른 칸"))):
        drawing.text(8, y + 30 * line, text, anchor="start", size=14)
        drawing.label(76 + labels[label].width / 2, y + 30 * line, labels[label])
    return drawing


def _grown(values: Values) -> list[str]:
    """부모의 글에 고른 토큰을 이어 쓴 것."""
    pairs = zip(values["parents"], values["chosen"], strict=True)
    return [f"{values['rows'][parent]}{token}" for parent, token in pairs]
