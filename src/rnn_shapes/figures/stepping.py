"""빔 탐색을 한 타임스텝씩 따라가는 글과 표: 무엇을 견주었고, 무엇이 남았고, 무엇을 골랐는지.

스크립트는 여기서 적은 것을 하나씩 보이기만 한다. 스크립트가 없으면 나무 아래에 모두 접어 둔다.
"""

import json
import math
from collections.abc import Sequence
from html import escape
from typing import Any, TypeAlias

from rnn_shapes.figures.drawing import ROUNDED, is_number, number_text
from rnn_shapes.figures.figure import FigureError

Beam: TypeAlias = tuple[int, str, float]
"""빔 하나. 앞 타임스텝의 빔 번호, 토큰, 누적 로그 확률이다."""
Candidate: TypeAlias = tuple[int, str, float, float]
"""견준 후보 하나. 이어 쓸 빔의 번호, 토큰, 그 토큰의 로그 확률, 더한 누적 로그 확률이다."""
END = "</s>"
"""이 토큰을 고른 빔은 끝난 것이다."""
NEXT = 3
"""밀려난 후보 가운데 표에 보일 것의 수."""
COLUMNS = ("순위", "이어 쓴 글", "앞까지", "이 토큰", "더한 것", "결과")
GREEDY = "하나만 남긴 탐욕 디코딩의 답"
KEPT, CUT, ENDED, WAITING, ALONE = "남음", "밀려남", "끝남", "기다림", "K = 1도 고름"
"""후보마다의 결과."""


def check_candidates(steps: Sequence[Sequence[Beam]], candidates: Any) -> None:
    """남은 빔이 견준 후보 가운데 가장 나은 것인지 확인한다.

    Raises:
        FigureError: 후보의 꼴이 다르거나, 더한 것이 맞지 않거나, 더 나은 후보를 두고 다른 것을 남겼을 때.
    """
    if not isinstance(candidates, list) or len(candidates) != len(steps):
        raise FigureError(f"후보는 타임스텝마다 하나의 리스트여야 합니다: 타임스텝 {len(steps)}개")
    before: Sequence[Beam] = [(0, "<s>", 0.0)]
    for number, (beams, found) in enumerate(zip(steps, candidates, strict=True)):
        for candidate in found:
            _check_candidate(f"타임스텝 {number}의 후보", candidate, before)
        if [total for *_, total in found] != sorted((total for *_, total in found), reverse=True):
            raise FigureError(f"타임스텝 {number}: 후보는 나은 것부터 적어야 합니다")
        if len(found) < len(beams):
            raise FigureError(f"타임스텝 {number}: 후보가 남은 빔보다 적습니다: {len(found)}개와 {len(beams)}개")
        for beam, (parent, token, _, total) in zip(beams, found, strict=False):
            if beam[:2] != (parent, str(token)) or not math.isclose(beam[2], total, abs_tol=2 * ROUNDED):
                raise FigureError(f"타임스텝 {number}: 남은 빔 {[*beam]} 대신 {[parent, token, total]}이 남아야 합니다")
        before = beams


def _check_candidate(place: str, candidate: Any, before: Sequence[Beam]) -> None:
    match candidate:
        case [int(parent), int() | str(), added, total] if is_number(added) and is_number(total):
            if not 0 <= parent < len(before):
                raise FigureError(f"{place}: 앞 타임스텝에 {parent}번 빔이 없습니다")
            if not math.isclose(before[parent][2] + added, total, abs_tol=4 * ROUNDED):
                raise FigureError(f"{place}: {before[parent][2]}에 {added}를 더하면 {total}이 아닙니다")
        case _:
            raise FigureError(f"{place}: [부모의 번호, 토큰, 로그 확률, 누적 로그 확률]이어야 합니다: {candidate!r}")


def written(steps: Sequence[Sequence[Beam]]) -> list[list[str]]:
    """타임스텝마다, 남은 빔이 거기까지 쓴 글. 끝난 빔의 글은 그대로다."""
    texts, before = [], [""]
    for beams in steps:
        before = [_longer(before[parent], token) for parent, token, _ in beams]
        texts.append(before)
    return texts


def _longer(text: str, token: str) -> str:
    return text if text.endswith(END) else text + token


def stepper(
    steps: Sequence[Sequence[Beam]], candidates: Sequence[Sequence[Candidate]], alone: Sequence[Beam], picture: str
) -> str:
    """나무와 타임스텝마다의 글을 스크립트가 움직일 수 있게 감싼 HTML. ``alone``은 하나만 남겼을 때의 빔이다."""
    texts = written(steps)
    single = [text for [text] in written([[beam] for beam in alone])]
    parts = [
        _step(number, steps, candidates[number], texts, single[number] if single else "")
        for number in range(len(steps))
    ]
    parents = json.dumps([[parent for parent, _, _ in beams] for beams in steps], separators=(",", ":"))
    return (
        f'<beam-stepper>{picture}<div class="beam-controls" hidden><button type="button" tabindex="-1" data-by="-1">이전</button>'
        f'<input type="range" min="0" max="{len(steps)}" value="{len(steps)}" aria-label="타임스텝">'
        '<button type="button" tabindex="-1" data-by="1" data-again="처음부터">다음</button></div>'
        f"<details><summary>타임스텝마다 견준 후보</summary>{''.join(parts)}{_answer(steps, texts, alone, single)}</details>"
        f'<script type="application/json">{parents}</script></beam-stepper>'
    )


def _step(
    number: int,
    steps: Sequence[Sequence[Beam]],
    candidates: Sequence[Candidate],
    texts: Sequence[Sequence[str]],
    single: str,
) -> str:
    """한 타임스텝에 견준 것과 남은 것."""
    before = texts[number - 1] if number else [""]
    scores = [score for _, _, score in steps[number - 1]] if number else [0.0]
    width = len(steps[number])
    rows = []
    for rank, (parent, token, added, total) in enumerate(candidates[: width + NEXT]):
        text, token = before[parent], str(token)
        result = [KEPT] if rank < width else [CUT]
        if rank < width and token == END:
            result = [WAITING if text.endswith(END) else ENDED]
        if single and _longer(text, token) == single:
            result.append(ALONE)
        more = "" if text.endswith(END) else f"<b>{escape(token)}</b>"
        sums = [number_text(value) for value in (scores[parent], added, total)]
        cells = [str(rank + 1), f"<code>{escape(text)}{more}</code>", *sums, ", ".join(result)]
        kind = "beam-kept" if rank < width else "beam-cut"
        rows.append(f'<tr class="{kind}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    said = f"빔 {len(before)}개에 이어 쓸 수 있는 후보 {len(candidates)}개를 견주어 {width}개를 남겼습니다."
    if cut := candidates[width : width + 1]:
        said += f" 마지막으로 남은 것의 점수는 {number_text(candidates[width - 1][3])}, 밀려난 것은 {number_text(cut[0][3])}부터입니다."
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    title = f"타임스텝 {number}"
    return _section(
        title,
        said,
        f"<table><caption>{title}의 후보, 나은 것부터</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>",
    )


def _answer(
    steps: Sequence[Sequence[Beam]], texts: Sequence[Sequence[str]], alone: Sequence[Beam], single: Sequence[str]
) -> str:
    """마지막에 고른 빔."""
    best = max(range(len(steps[-1])), key=lambda index: steps[-1][index][2])
    said = f"누적 로그 확률이 가장 큰 빔: “{texts[-1][best].removesuffix(END)}”, 점수 {number_text(steps[-1][best][2])}."
    if single:
        said += f" {GREEDY}: “{single[-1].removesuffix(END)}”, 점수 {number_text(alone[-1][2])}."
    return _section("답", said)


def _section(title: str, said: str, table: str = "") -> str:
    return f'<section data-title="{title}"><p><b>{title}</b> {escape(said)}</p>{table}</section>'
