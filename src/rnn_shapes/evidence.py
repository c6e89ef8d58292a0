"""확인된 주장의 기록. doctest 빌드가 쓰고 HTML 빌드가 읽는다.

기록의 열쇠는 주장의 지문(fingerprint)이다. 지문은 주장과 그 앞에서 실행된 코드 전부에서 나오므로,
페이지를 고치면 지문이 달라지고 옛 기록은 저절로 쓸모를 잃는다.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rnn_shapes import claims
from rnn_shapes.figures.figure import FIGURES, FigureError


@dataclass(frozen=True)
class Record:
    """확인된 주장 하나."""

    expression: str
    claimed: str
    measured: str
    sizes: Mapping[str, int]
    value: Any = None
    """그림에 적을 값이면 잰 값. 둥글린 수와 글자의 겹친 목록이다."""


@dataclass
class Page:
    """한 페이지의 기록."""

    versions: dict[str, str] = field(default_factory=dict)
    """``{"tensorflow": "2.21.0", "keras": "3.15.1"}``. 확인할 때 들어와 있던 패키지만 있다."""
    records: dict[str, Record] = field(default_factory=dict)
    """지문에서 기록으로 가는 표."""
    failed: bool = False
    """예제나 주장이 하나라도 실패했으면 참. 그런 페이지의 기록은 믿지 않으므로 비운다."""


def fingerprint(code: Iterable[str], claim: str) -> str:
    """주장과, 페이지에서 그 앞에 있는 코드의 지문."""
    return hashlib.sha256(json.dumps([*code, claim]).encode()).hexdigest()[:16]


def load(path: Path) -> dict[str, Page]:
    """기록 파일을 읽는다. 파일이 없으면 확인된 주장이 없는 것이다.

    Raises:
        ValueError: 파일이 이 모듈이 쓴 것이 아닐 때. 글에 파일과 고치는 법이 있다.
    """
    if not path.exists():
        return {}
    try:
        pages = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Page(
                page["versions"], {key: Record(**record) for key, record in page["records"].items()}, page["failed"]
            )
            for name, page in pages.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{path}: 기록을 읽을 수 없습니다({error}). 파일을 지우고 python3.11 noxfile.py doctest로 다시 만드세요."
        ) from None


def save(path: Path, pages: Mapping[str, Page]) -> None:
    """기록을 쓴다. 중간에 멈추어도 옛 파일이나 새 파일 가운데 하나가 온전히 남는다."""
    plain = {name: asdict(page) for name, page in sorted(pages.items())}
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


collected: dict[str, Page] = {}
"""이번 doctest 빌드에서 확인된 것. 페이지의 코드와 빌더가 한 프로세스에 있어서 이렇게 주고받는다."""


def check_on_page(page: str, place: str, text: str, key: str, namespace: Mapping[str, Any]) -> None:
    """페이지에 숨은 doctest가 부른다. 성립하면 기록하고, 아니면 보고를 찍어 doctest를 실패시킨다."""
    claim = claims.parse(text)
    try:
        checked = claims.check(claim, namespace, place)
    except claims.ClaimError as error:
        print(error)
        return
    _keep(page, key, Record(claim.expression, claim.shape, checked.measured, checked.sizes))


def check_figure_on_page(
    page: str,
    name: str,
    labels: Sequence[tuple[str, str, str]],
    values: Sequence[tuple[str, str, str, str]],
    options: Mapping[str, str],
    namespace: Mapping[str, Any],
) -> None:
    """그림의 이름표를 하나씩 확인하고, 그림에 적을 값을 재고, 값 사이의 관계를 확인한다.

    Args:
        page: 그림이 있는 페이지.
        name: 그림의 이름.
        labels: 이름표마다 (자리, 주장, 지문).
        values: 값마다 (이름, 자리, 식, 지문).
        options: 그림의 옵션.
        namespace: 페이지의 코드가 여기까지 만든 이름들.
    """
    for place, text, key in labels:
        check_on_page(page, place, text, key, namespace)
    try:
        measured = {
            label: plain(claims.evaluate(expression, namespace, place)) for label, place, expression, _ in values
        }
        FIGURES[name].verify(measured, options)
    except claims.ClaimError as error:
        print(error)
    except Exception as error:  # 엉뚱한 값은 그림마다 다른 데서 걸리고, 모두 그 그림의 실패다
        reason = error if isinstance(error, FigureError) else f"그릴 수 없는 값입니다({type(error).__name__}: {error})"
        place = values[0][1].partition("의 이름표")[0] if values else f"{page}: 그림 {name}"
        print(f"{place}: 그림에 적을 값이 맞지 않습니다\n  까닭    {reason}")
    else:
        for label, _, expression, key in values:
            _keep(page, key, Record(expression, "", "", {}, measured[label]))


def plain(value: Any) -> Any:
    """텐서와 배열을 겹친 목록으로 바꾸고, 소수는 컴퓨터마다 다른 끝자리를 버린다.

    >>> import numpy as np
    >>> plain([np.array([0.123456, -0.001]), "글", True])
    [[0.12, 0.0], '글', True]
    """
    if hasattr(value, "numpy"):
        value = value.numpy()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return round(value, 2) + 0.0 if isinstance(value, float) else value


def _keep(page: str, key: str, record: Record) -> None:
    found = collected.setdefault(page, Page())
    found.records[key] = record
    for package in ("tensorflow", "keras"):
        if package in sys.modules:
            found.versions[package] = sys.modules[package].__version__
