"""독자가 적을 만한 물음. ``questions.toml`` 하나에 절마다 적어 두고, 검색의 색인에 절의 번호로 넣는다.

글은 사이트의 말로 적히고 물음은 독자의 말로 적힌다. 둘을 잇는 것이 이 파일이다.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# 이름을 정하지 않은 절의 id. 앞에 절이나 용어가 하나 생기면 다른 절의 것이 된다.
_COUNTED = re.compile(r"(id|term-)\d+")


@dataclass(frozen=True)
class Place:
    """색인에 든 절 하나."""

    page: str
    anchor: str
    """절의 id. 페이지의 첫 자리면 빈 글이다."""
    heading: str


def read(path: Path) -> tuple[Mapping[str, Sequence[str]], Sequence[Sequence[str]]]:
    """물음과 같은 말의 묶음. 파일이 없으면 비어 있다.

    Raises:
        ValueError: TOML이 아니거나, 글의 목록이 아닌 것이 적혔을 때.
    """
    if not path.exists():
        return {}, []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}을 읽지 못했습니다. {error}") from None
    questions, alike = content.get("questions", {}), content.get("alike", [])
    for where, texts in [*questions.items(), *(("alike", group) for group in alike)]:
        if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
            raise ValueError(f"{path.name}: {where}에는 빈 글이 아닌 글의 목록을 적으세요.")
    return questions, alike


def _fitting(part: str, here: Mapping[int, Place]) -> list[int]:
    """id가 ``part``인 절의 번호. 없으면 제목이 ``part``인 절, 그것도 없으면 제목이 ``part``로 시작하는 절의 번호다.

    >>> _fitting("상태", {4: Place("page", "id1", "상태 지우기"), 5: Place("page", "id2", "상태")})
    [5]
    """
    fits: tuple[Callable[[Place], bool], ...] = (
        lambda place: place.anchor == part,
        lambda place: place.heading == part,
        lambda place: place.heading.startswith(part),
    )
    return next(filter(None, ([order for order, place in here.items() if fit(place)] for fit in fits)), [])


def numbered(questions: Mapping[str, Sequence[str]], places: Sequence[Place]) -> list[list[Any]]:
    """물음마다 [절의 번호, 물음…].

    Raises:
        ValueError: 열쇠가 차례로 매긴 id일 때, 가리키는 절이 하나가 아닐 때, 두 절에 같은 물음이 있을 때.
    """
    rows: list[list[Any]] = []
    owners: dict[str, str] = {}
    for key, texts in questions.items():
        page, _, part = key.partition("#")
        if _COUNTED.fullmatch(part):
            raise ValueError(f"questions.toml: {key}의 id는 차례로 매긴 것이라 바뀝니다. 제목의 앞부분을 적으세요.")
        found = _fitting(part, {order: place for order, place in enumerate(places) if place.page == page})
        if len(found) != 1:
            told = "절이 없습니다" if not found else f"절이 {len(found)}개입니다"
            raise ValueError(f"questions.toml: {key}의 {told}. 절의 id나 제목의 앞부분을 적으세요.")
        for text in texts:
            if text in owners:
                raise ValueError(f"questions.toml: ‘{text}’가 {owners[text]}에도 {key}에도 있습니다.")
            owners[text] = key
        rows.append([found[0], *texts])
    return rows
