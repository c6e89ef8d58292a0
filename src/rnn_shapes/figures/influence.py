"""영향의 그림: 출력마다, 입력을 조금 바꾸면 얼마나 달라지는지. 스크립트가 있으면 출력을 하나씩 골라 볼 수 있다."""

import json
import math
from collections.abc import Iterator, Sequence
from html import escape

from rnn_shapes.figures.attention import BLANK, named
from rnn_shapes.figures.drawing import Drawing, is_number, number_text, sums_to_one, text_width
from rnn_shapes.figures.figure import FigureError, Labels, Options, Values, figure, is_given, not_measured
from rnn_shapes.figures.reading import check_tokens

LARGEST = "굵은 테두리와 굵은 수: 행에서 가장 큰 것"
"""칸을 읽는 법."""
UPPER, LOWER = "칸 속의 수", "칸 아래의 수"
"""수가 두 가지일 때 어디에 적었는지."""
SO_FAR = "어디까지 읽었는지"
"""출력의 이름을 따로 적지 않았을 때, 행이 뜻하는 것."""
TABLE = "한눈에 보는 표"
"""스크립트가 있을 때 접어 두는 그림의 이름."""
CELLS, TOLD = 48, 3
"""그릴 수 있는 칸의 수, 말로 읽어 줄 큰 것의 수."""
HEIGHT, UNDER = 28, 20
"""칸의 높이와, 칸 아래에 적는 수의 자리."""


def _outputs(values: Values) -> Sequence[str]:
    """행의 이름. 따로 적지 않으면 입력을 거기까지 읽은 것이다."""
    return named(values.get("outputs", values["inputs"]))


def _rows(values: Values) -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
    """행마다 이름과 영향의 몫, 견줄 수. 아직 읽지 않은 입력의 것은 없다."""
    other = values.get("other", [[]] * len(values["shares"]))
    for row, (name, shares, beside) in enumerate(zip(_outputs(values), values["shares"], other, strict=True)):
        until = len(shares) if "outputs" in values else row + 1
        yield name, shares[:until], beside[:until]


def _check_map(values: Values, options: Options) -> None:
    inputs, outputs = check_tokens(values["inputs"], CELLS), values.get("outputs", values["inputs"])
    check_tokens(outputs, CELLS)
    for name, table in ((name, values[name]) for name in ("shares", "other") if name in values):
        if not isinstance(table, list) or [len(row) for row in table] != [len(inputs)] * len(outputs):
            size = f"{len(outputs)}행, {len(inputs)}칸"
            raise FigureError(f"{name}의 꼴이 다릅니다. 출력마다 한 행, 입력마다 한 칸이어야 합니다: {size}")
        for output, row in zip(outputs, table, strict=True):
            if wrong := [share for share in row if not is_number(share) or share < 0]:
                raise FigureError(f"‘{output}’의 몫은 0보다 작지 않은 수여야 합니다: {wrong[0]!r}")
            if not sums_to_one(row):
                raise FigureError(f"‘{output}’의 몫을 모두 더하면 1이어야 합니다: {sum(row):.3f}")
        if "outputs" not in values and any(any(row[number + 1 :]) for number, row in enumerate(table)):
            raise FigureError(f"{name}에서 아직 읽지 않은 입력의 몫은 0이어야 합니다")
    if (cells := sum(len(shares) for _, shares, _ in _rows(values))) > CELLS:
        raise FigureError(f"칸이 {CELLS}개보다 많습니다: {cells}개")


def _keys(options: Options) -> list[str]:
    """수를 읽는 법."""
    if not is_given(options, "other"):
        return [options["share_name"], LARGEST]
    return [f"{UPPER}: {options['share_name']}", f"{LOWER}: {options['other_name']}", LARGEST]


def _over(options: Options) -> str:
    return options["output_name"] if is_given(options, "outputs") else SO_FAR


def _describe_map(options: Options) -> str:
    return (
        f"수를 적은 표. 열은 {options['input_name']}, 행은 {_over(options)}입니다. {'. '.join(_keys(options))}."
        f" 진할수록 큰 수이고, 한 행을 모두 더하면 1입니다. 글이 없는 자리는 {BLANK}입니다."
    )


def _tell_map(values: Values, options: Options) -> str:
    names, told = named(values["inputs"]), []
    for output, shares, other in _rows(values):
        beside = [f"({number_text(each)})" for each in other] or [""] * len(shares)
        cells = zip(names, map(number_text, shares), beside, strict=False)
        told.append(f"{output}: {', '.join(' '.join(cell).rstrip() for cell in cells)}")
    return ". ".join(told) + "."


def _told_apart(names: Sequence[str]) -> list[str]:
    """같은 글이 여럿이면 몇 번째인지도 적은 이름.

    >>> _told_apart(["이", "천", "이"])
    ['이(1번째)', '천', '이(3번째)']
    """
    numbered = enumerate(names, start=1)
    return [f"{name}({number}번째)" if names.count(name) > 1 else name for number, name in numbered]


def _ranked(names: Sequence[str], shares: Sequence[float]) -> str:
    """큰 것부터 몇 개."""
    best = sorted(zip(names, shares, strict=False), key=lambda pair: -pair[1])[:TOLD]
    return ", ".join(f"{name} {number_text(share)}" for name, share in best)


def _said(output: str, shares: Sequence[float], other: Sequence[float], inputs: Sequence[str], options: Options) -> str:
    """고른 출력에서 무엇이 컸는지."""
    names = _told_apart(inputs)
    place = f"‘{output}’에서" if is_given(options, "outputs") else f"‘{output}’까지 읽었을 때"
    beside = f" {options['other_name']}: {_ranked(names, other)}." if other else ""
    return f"{place} 큰 것부터. {options['share_name']}: {_ranked(names, shares)}.{beside}"


def _enliven(values: Values, options: Options, identity: str, picture: str) -> str:
    """출력을 고르는 단추와 입력마다의 막대. 막대의 길이와 수는 스크립트가 ``rows``에서 옮겨 적는다."""
    inputs, outputs, own = named(values["inputs"]), _outputs(values), "outputs" not in values
    rows = [
        {"shares": [shares, other] if other else [shares], "said": _said(output, shares, other, inputs, options)}
        for output, (_, shares, other) in zip(_told_apart(outputs), _rows(values), strict=True)
    ]
    names = [options["share_name"], *([options["other_name"]] if "other" in values else [])]
    bars = "".join(f'<i class="influence-bar influence-{number}"></i>' for number in range(len(names)))
    numbers = "".join(f'<span class="influence-number influence-{number}"></span>' for number in range(len(names)))
    body = f'<span class="influence-bars">{bars}</span>{numbers}'
    columns = [
        _choice(identity, number, name, "influence-column", body)
        if own
        else f'<div class="influence-column">{body}<span class="influence-token">{escape(name)}</span></div>'
        for number, name in enumerate(inputs)
    ]
    line = f'<div class="influence-inputs">{"".join(columns)}</div>'
    choices = "".join(_choice(identity, number, name, "influence-output") for number, name in enumerate(outputs))
    return (
        f'<influence-map><div class="influence-live" hidden><fieldset><legend>{escape(_over(options))} 고르기</legend>'
        f"{line if own else choices}</fieldset>"
        + ("" if own else f"<p>{escape(options['input_name'])}</p>{line}")
        + f'<ul class="influence-key">{_key(names)}</ul><p class="influence-said" role="status"></p></div>'
        f"<details open><summary>{TABLE}</summary>{picture}</details>"
        f'<script type="application/json">{_json(rows)}</script></influence-map>'
    )


def _key(names: Sequence[str]) -> str:
    """막대가 무엇인지."""
    return "".join(
        f'<li><i class="influence-bar influence-{number}"></i>{escape(name)}</li>' for number, name in enumerate(names)
    )


def _choice(identity: str, number: int, name: str, kind: str, body: str = "") -> str:
    """출력 하나를 고르는 단추."""
    return (
        f'<label class="{kind}"><input type="radio" name="{identity}-output" value="{number}"'
        f' aria-label="{escape(name)}">{body}<span class="influence-token">{escape(name)}</span></label>'
    )


def _json(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


@figure(
    "입력이 출력에 미친 영향",
    ("shares",),
    _describe_map,
    values=("inputs", "shares"),
    optional=("outputs", "other"),
    options={
        "share_name": ("영향의 몫",),
        "other_name": ("견줄 몫",),
        "input_name": ("입력",),
        "output_name": ("출력",),
    },
    verify=_check_map,
    tell=_tell_map,
    enliven=_enliven,
)
def influence_map(labels: Labels, values: Values, options: Options) -> Drawing:
    """열은 입력, 행은 출력이다. 견줄 것이 있으면 칸의 아래에 적는다."""
    drawing = Drawing()
    if not influence_map.ready(values, options):
        return not_measured(drawing, labels["shares"])
    inputs, over = named(values["inputs"]), _over(options)
    width = max(48.0, *(2 * math.ceil(text_width(name, 13) / 2) + 10 for name in inputs))
    left = math.ceil(8 + max(text_width(text, 13) for text in (over, *_outputs(values))) + 14)
    drawing.text(left + len(inputs) * width / 2, 4, options["input_name"], "note", size=13)
    drawing.text(left - 14, 30, over, "note", anchor="end", size=13)
    for column, name in enumerate(inputs):
        drawing.text(left + (column + 0.5) * width, 30, name, size=13)
    y, high = 48.0, HEIGHT + (UNDER if "other" in values else 0)
    for output, shares, other in _rows(values):
        drawing.text(left - 14, y + HEIGHT / 2, output, anchor="end", size=13)
        _row(drawing, (left, y), width, shares, other)
        y += high
    for line, key in enumerate(_keys(options)):
        drawing.text(8, y + 22 + 20 * line, key, "note", anchor="start", size=13)
    y += 30 + 20 * len(_keys(options))
    drawing.label(8 + labels["shares"].width / 2, y + 6, labels["shares"])
    return drawing


def _row(
    drawing: Drawing, start: tuple[float, float], width: float, shares: Sequence[float], other: Sequence[float]
) -> None:
    """한 출력의 칸. 가장 큰 것이 여럿이면 모두 굵고, 이웃한 칸에 가리지 않게 나중에 그린다."""
    left, y = start
    largest = [share == max(shares) for share in shares]
    for column in sorted(range(len(shares)), key=lambda column: largest[column]):
        kind = "cell mark" if largest[column] else "cell"
        drawing.shade(left + column * width, y, width, HEIGHT, shares[column], 1.0, kind)
    for column, share in enumerate(other):
        kind = "code strong" if share == max(other) else "code note"
        drawing.text(left + (column + 0.5) * width, y + HEIGHT + 9, number_text(share), kind, size=12)
