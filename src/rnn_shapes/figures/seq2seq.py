"""seq2seq의 그림: 인코더와 디코더, 어텐션의 네 단계."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from rnn_shapes.figures.drawing import GAP, Drawing, Label, text_width
from rnn_shapes.figures.figure import Labels, Options, Values, figure

HALF = 25
"""시퀀스의 한 칸에 놓는 상자 너비의 절반."""
ELLIPSIS = "⋯"
"""줄여서 상자를 그리지 않는 칸. 네 칸 가운데 셋째다."""
SCORES = {"luong": "e[j] = q · k[j]", "bahdanau": "e[j] = v · tanh(W q + U k[j])"}
"""옵션마다의 점수 식."""
AFTER_SCORE = ("소프트맥스: 합이 1", "곱하기: α[j] × 값[j]", "더하기: c = Σ α[j] × 값[j]")
"""점수 다음의 단계."""
HANDOVER = ("인코더의 마지막 상태", "디코더의 초기 상태")
"""굵은 화살표가 잇는 것."""
FORCING, NEXT_INPUT, STOP = "한 칸 민 정답을 한꺼번에", "고른 토큰이 다음 입력", "</s>를 고르면 끝"
"""훈련과 추론의 그림에 적는 글."""
LOSS = "로짓과 정답의 비교"

Columns: TypeAlias = Sequence[float]
"""시퀀스를 보이는 네 칸의 가운데."""


def _row(drawing: Drawing, centers: Columns, y: float, height: float, names: list[str], kind: str = "cell") -> None:
    """칸마다 상자를 놓는다. ``kind``가 ``cell``인 것은 토큰이나 수라서 코드의 글꼴로 적는다."""
    for center, name in zip(centers, names, strict=True):
        if name != ELLIPSIS:
            drawing.box(center - HALF, y, 2 * HALF, height, kind=kind)
        drawing.text(center, y + height / 2, name, "code" if kind == "cell" and name != ELLIPSIS else "", size=12.5)


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
    _row(drawing, centers, 152, 40, ["셀", "셀", ELLIPSIS, "셀"], "box main")
    for left, right in _gaps(centers):
        drawing.arrow((left, 172), (right, 172))
    _arrows(drawing, centers, 212, 192)
    _arrows(drawing, centers, 260, 238)
    return centers


def _named(drawing: Drawing, x: float, y: float, name: str, label: Label) -> None:
    """``(x, y)``를 가운데로 하는 형태 이름표와 그 위의 이름."""
    drawing.text(x, y - 23, name, size=14)
    drawing.label(x, y, label)


def _describe_mode(options: Options) -> str:
    how = {
        "training": f"훈련할 때는 {FORCING} 넣습니다. 손실은 {LOSS}입니다.",
        "inference": f"추론할 때는 디코더가 한 타임스텝씩 움직입니다. {NEXT_INPUT}이고, {STOP}입니다.",
    }
    return f"원문을 읽은 {HANDOVER[0]}가 {HANDOVER[1]}입니다. {how[options['mode']]}"


@figure(
    "인코더와 디코더",
    ("source", "state", "target", "logits"),
    _describe_mode,
    options={"mode": ("training", "inference")},
)
def encoder_decoder(labels: Labels, values: Values, options: Options) -> Drawing:
    """왼쪽 인코더의 마지막 상태에서 오른쪽 디코더가 시작한다."""
    drawing = Drawing()
    encoder = _recurrent(drawing, 8 + HALF, 18)
    middle, right = (encoder[0] + encoder[-1]) / 2, encoder[-1] + HALF
    drawing.text(middle, 130, "인코더", "strong")
    _bar(drawing, encoder, 212, "임베딩")
    _row(drawing, encoder, 260, 24, ["x[0]", "x[1]", ELLIPSIS, "x[S-1]"])
    drawing.label(max(middle, 8 + labels["source"].width / 2), 320, labels["source"])
    drawing.text(middle, 344, "원문의 토큰 번호", "note", size=13)

    handover = [HANDOVER[0], f"= {HANDOVER[1]}", "LSTM은 h와 c", "GRU는 h"]
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
    """훈련: 한 칸 민 정답을 한꺼번에 넣고, 로짓을 정답과 비교한다."""
    left, right, middle = centers[0] - HALF, centers[-1] + HALF, (centers[0] + centers[-1]) / 2
    drawing.text(middle, 2, "디코더: 훈련", "strong")
    drawing.text(left - 12, 36, "정답", anchor="end", size=14)
    _row(drawing, centers, 24, 24, ["y[0]", "y[1]", ELLIPSIS, "y[T-1]"])
    for center in (*centers[:2], centers[3]):
        drawing.line((center, 48), (center, 58))
    for y, name in ((58, f"손실: {LOSS}"), (108, "Dense"), (212, "임베딩")):
        _bar(drawing, centers, y, name)
    _row(drawing, centers, 260, 24, ["<s>", "y[0]", ELLIPSIS, "y[T-2]"])
    drawing.box(left - 8, 252, right - left + 16, 40, kind="frame")
    drawing.label(max(middle, left + label.width / 2), 320, label)
    drawing.text(middle, 344, f"교사 강요: {FORCING}", "note", size=13)


def _inference(drawing: Drawing, centers: Columns, label: Label) -> None:
    """추론: 한 타임스텝씩, 고른 토큰을 다음 입력으로 돌려 넣는다."""
    left, middle = centers[0] - HALF, (centers[0] + centers[-1]) / 2
    drawing.text(middle, 2, "디코더: 추론", "strong")
    drawing.text(left - 12, 36, "고른 토큰", anchor="end", size=14)
    _row(drawing, centers, 24, 24, ["ŷ[0]", "ŷ[1]", ELLIPSIS, "</s>"])
    _arrows(drawing, centers, 58, 48)
    for y, name in ((58, "argmax"), (108, "Dense"), (212, "임베딩")):
        _row(drawing, centers, y, 26, [name, name, ELLIPSIS, name], "box")
    _row(drawing, centers, 260, 24, ["<s>", "ŷ[0]", ELLIPSIS, "ŷ[t-1]"])
    for start, end in _gaps(centers):
        turn = (start + end) / 2 - 2
        drawing.arrow((start, 36), (turn, 36), (turn, 272), (end, 272), kind="line thick")
    drawing.line((centers[0], 284), (centers[0], 308), kind="line faint")
    drawing.label(max(centers[0], left + label.width / 2), 320, label)
    for y, text in ((344, f"한 타임스텝씩: {NEXT_INPUT}"), (362, STOP)):
        drawing.text(max(middle, left + text_width(text, 13) / 2), y, text, "note", size=13)


def _steps(options: Options) -> list[str]:
    return [f"점수: {SCORES[options['score']]}", *AFTER_SCORE]


def _describe_score(options: Options) -> str:
    steps = ", ".join(f"{number}. {step}" for number, step in enumerate(_steps(options), 1))
    return f"쿼리 q와 키 k로 점수 e를 구해 어텐션 가중치 α를 얻고, α와 값으로 문맥 벡터 c를 만듭니다. {steps}."


@figure(
    "어텐션의 네 단계",
    ("query", "keys", "values", "scores", "weights", "context"),
    _describe_score,
    options={"score": ("luong", "bahdanau")},
)
def attention_steps(labels: Labels, values: Values, options: Options) -> Drawing:
    """위에서 아래로 네 단계. 왼쪽은 들어가는 것, 오른쪽은 나오는 것의 형태다."""
    drawing = Drawing()
    steps = _steps(options)
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
        _row(drawing, centers, y, 24, [f"{symbol}[0]", f"{symbol}[1]", ELLIPSIS, f"{symbol}[S-1]"])
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
    _results(drawing, middle + HALF, last, end, labels)
    return drawing


def _results(drawing: Drawing, context: float, last: float, end: float, labels: Labels) -> None:
    """오른쪽에 단계마다 나오는 것의 이름과 형태를 단다."""
    results = [(136, "scores", "점수 e"), (236, "weights", "어텐션 가중치 α"), (392, "context", "문맥 벡터 c")]
    for y, name, text in results:
        center = end + max(text_width(text, 14), labels[name].width) / 2
        left = context if name == "context" else last
        drawing.line((left, y), (center - labels[name].width / 2, y), kind="line faint")
        _named(drawing, center, y, text, labels[name])
