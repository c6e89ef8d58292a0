"""확인된 주장의 기록. doctest 빌드가 쓰고 HTML 빌드가 읽는다.

기록의 열쇠는 주장의 지문(fingerprint)이다. 지문은 주장과 그 앞에서 실행된 코드 전부에서 나오므로,
쪽을 고치면 지문이 달라지고 옛 기록은 저절로 쓸모를 잃는다.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rnn_shapes import claims


@dataclass(frozen=True)
class Record:
    """확인된 주장 하나."""

    expression: str
    claimed: str
    measured: str
    sizes: Mapping[str, int]


@dataclass
class Page:
    """한 쪽의 기록."""

    versions: dict[str, str] = field(default_factory=dict)
    """``{"tensorflow": "2.21.0", "keras": "3.15.1"}``. 확인할 때 들어와 있던 패키지만 있다."""
    records: dict[str, Record] = field(default_factory=dict)
    """지문에서 기록으로 가는 표."""


def fingerprint(code: Iterable[str], claim: str) -> str:
    """주장과, 쪽에서 그 앞에 있는 코드의 지문."""
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
            name: Page(page["versions"], {key: Record(**record) for key, record in page["records"].items()})
            for name, page in pages.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{path}: 기록을 읽을 수 없습니다({error}). 파일을 지우고 nox -s doctest로 다시 만드세요."
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
"""이번 doctest 빌드에서 확인된 것. 쪽의 코드와 빌더가 한 프로세스에 있어서 이렇게 주고받는다."""


def check_on_page(page: str, place: str, text: str, key: str, namespace: Mapping[str, Any]) -> None:
    """쪽에 숨은 doctest가 부른다. 성립하면 기록하고, 아니면 보고를 찍어 doctest를 실패시킨다."""
    claim = claims.parse(text)
    try:
        checked = claims.check(claim, namespace, place)
    except claims.ClaimError as error:
        print(error)
        return
    found = collected.setdefault(page, Page())
    found.records[key] = Record(claim.expression, claim.shape, checked.measured, checked.sizes)
    for package in ("tensorflow", "keras"):
        if package in sys.modules:
            found.versions[package] = sys.modules[package].__version__
