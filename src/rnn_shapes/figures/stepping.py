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
ANSWER = "답"
GREEDY = "하나만 남긴 탐욕 디코딩의 답"
KEPT, CUT, ENDED, WAITING, ALONE = "남음", "밀려남", "끝남", "기다림", "탐욕"
"""후보마다의 결과."""
ALONE_MEANS = "하나만 남겨도 고르는 것"
"""탐욕이라고 적은 후보의 뜻."""


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
                raise FigureError(f"{place}: {before[parent][2]}에 {added}를 더하면 {total}가 되지 않습니다")
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


def followed_alone(steps: Sequence[Sequence[Beam]], candidates: Sequence[Sequence[Candidate]]) -> list[int | None]:
    """빔을 하나만 남겼을 때 고를 후보의 순위. 그 빔이 밀려나면 그 뒤로는 알 수 없다."""
    ranks: list[int | None] = []
    beam: int | None = 0
    for beams, found in zip(steps, candidates, strict=True):
        own = [rank for rank, (parent, *_) in enumerate(found) if parent == beam]
        ranks.append(own[0] if own else None)
        beam = own[0] if own and own[0] < len(beams) else None
    return ranks


def stepper(steps: Sequence[Sequence[Beam]], candidates: Sequence[Sequence[Candidate]], picture: str) -> str:
    """나무와 타임스텝마다의 글을, 스크립트가 움직일 수 있게 감싼 HTML."""
    texts = written(steps)
    parts = [
        _step(number, steps, texts, found, rank)
        for number, (found, rank) in enumerate(zip(candidates, followed_alone(steps, candidates), strict=True))
    ]
    parts.append(_answer(steps[-1], texts[-1], followed_alone(steps, candidates)))
    parents = json.dumps([[parent for parent, _, _ in beams] for beams in steps], separators=(",", ":"))
    return (
        f'<beam-stepper>{picture}<div class="beam-controls" hidden>'
        '<button type="button" tabindex="-1" data-by="-1">이전</button>'
        f'<input type="range" min="0" max="{len(steps)}" value="{len(steps)}" aria-label="타임스텝">'
        '<button type="button" tabindex="-1" data-by="1" data-again="처음부터">다음</button></div>'
        f"<details><summary>타임스텝마다 견준 후보</summary>{''.join(parts)}</details>"
        f'<script type="application/json">{parents}</script></beam-stepper>'
    )


def _step(
    number: int,
    steps: Sequence[Sequence[Beam]],
    texts: Sequence[Sequence[str]],
    candidates: Sequence[Candidate],
    alone: int | None,
) -> str:
    """한 타임스텝에 견준 것과 남은 것. ``alone``은 하나만 남겨도 고를 후보다."""
    before, scores = ([""], [0.0]) if number == 0 else (texts[number - 1], [beam[2] for beam in steps[number - 1]])
    width, rows = len(steps[number]), []
    for rank, (parent, token, added, total) in enumerate(candidates[: width + NEXT]):
        waiting = before[parent].endswith(END)
        result = CUT if rank >= width else WAITING if waiting else ENDED if token == END else KEPT
        more = "" if waiting else f"<b>{escape(str(token))}</b>"
        sums = [number_text(value) for value in (scores[parent], added, total)]
        text = f"<code>{escape(before[parent])}{more}</code>"
        rows.append(_row(rank, width, [text, *sums, f"{result}, {ALONE}" if rank == alone else result]))
    said = f"빔 {len(before)}개에 이어 쓸 수 있는 후보 {len(candidates)}개를 견주어 {width}개를 남겼습니다."
    if cut := candidates[width : width + 1]:
        last = number_text(candidates[width - 1][3])
        said += f" 마지막으로 남은 것의 점수는 {last}, 밀려난 것은 {number_text(cut[0][3])}부터입니다."
    if ended := sum(text.endswith(END) for text in texts[number]):
        said += f" 끝난 빔은 {ended}개입니다."
    title = f"타임스텝 {number}"
    return _section(title, said, _table(f"{title}의 후보, 나은 것부터. {ALONE}: {ALONE_MEANS}", COLUMNS, rows))


def _answer(beams: Sequence[Beam], texts: Sequence[str], alone: Sequence[int | None]) -> str:
    """마지막까지 남은 빔과, 그 가운데 고른 것. 나은 빔이 먼저다."""
    single = alone[-1]
    said = f"누적 로그 확률이 가장 큰 빔: “{texts[0].removesuffix(END)}”, 점수 {number_text(beams[0][2])}."
    if single is not None and single < len(beams):
        said += f" {GREEDY}: “{texts[single].removesuffix(END)}”, 점수 {number_text(beams[single][2])}."
    results = [", ".join([ANSWER] * (rank == 0) + [ALONE] * (rank == single)) for rank in range(len(beams))]
    rows = [
        _row(rank, 1, [f"<code>{escape(text)}</code>", number_text(beam[2]), result])
        for rank, (text, beam, result) in enumerate(zip(texts, beams, results, strict=True))
    ]
    return _section(ANSWER, said, _table("마지막까지 남은 빔, 나은 것부터", (*COLUMNS[:2], "점수", COLUMNS[-1]), rows))


def _row(rank: int, kept: int, cells: Sequence[str]) -> str:
    kind = "beam-kept" if rank < kept else "beam-cut"
    return f'<tr class="{kind}">{"".join(f"<td>{cell}</td>" for cell in (str(rank + 1), *cells))}</tr>'


def _table(caption: str, columns: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _section(title: str, said: str, table: str) -> str:
    return f'<section data-title="{title}"><p><b>{title}</b> {escape(said)}</p>{table}</section>'
