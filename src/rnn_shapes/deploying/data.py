"""잰 결과와, 그것을 담은 자료 파일."""

import functools
import importlib.metadata
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from rnn_shapes.deploying.cases import Case, cases

FILE = Path("docs/howto/deploy.json")
AGAIN = "python3.11 noxfile.py deploy로 다시 재세요."

SAME, WRONG, PARTLY, NOT_RUN, REFUSED = "same", "wrong", "partly", "not_run", "refused"
"""같다, 실행되지만 다르다, 준 크기에서만 실행된다, 파일은 써지지만 실행되지 않는다, 내보내기나 모델이 거절한다."""

PACKAGES = ("tensorflow", "keras", "tf2onnx", "onnx", "onnxruntime", "ai-edge-litert")
"""결과를 좌우하는 패키지. ``tensorflow``는 이름이 다른 바퀴로 설치되어 있을 때가 많다."""

FACTOR = 3
"""다른 정도가 이 배 안이면 같은 결과다. 컴퓨터마다 마지막 자리가 다르다."""


@dataclass(frozen=True)
class Result:
    """한 칸의 결과."""

    kind: str
    """``same``, ``wrong``, ``partly``, ``not_run``, ``refused`` 가운데 하나."""
    message: str = ""
    """거절하거나 멈추면서 남긴 말."""
    trial: str = ""
    """갈라진 입력. 준 대로 넣었는지, 빈자리나 크기를 바꾸었는지다."""
    call: int = 0
    """몇째 호출에서 갈라졌는가."""
    amount: float | None = None
    """가장 큰 차이."""

    def agrees(self, other: "Result") -> bool:
        """다시 잰 것과 같은가. 차이는 크기만 보고, 메시지는 :func:`alike`로 비교한다."""
        if (self.kind, self.trial, self.call) != (other.kind, other.trial, other.call):
            return False
        if not alike(self.message, other.message):
            return False
        mine, theirs = self.amount, other.amount
        if mine is None or theirs is None:
            return mine is theirs
        return mine <= FACTOR * theirs and theirs <= FACTOR * mine


def alike(one: str, other: str) -> bool:
    """같은 메시지인가. 노드의 번호와, 뒤에 덧붙거나 잘린 말은 같은 프로세스에서 앞서 잰 것에 달려 있어 보지 않는다.

    >>> alike("zeros_1:0 is invalid.", "zeros:0 is invalid.Node 2 is…"), alike("", "failed"), alike("a b", "a c")
    (True, False, False)
    """
    short, long = sorted((re.sub(r"_\d+\b", "", text).rstrip("…") for text in (one, other)), key=len)
    return bool(short) == bool(long) and long.startswith(short)


Results: TypeAlias = "Mapping[str, Result]"
"""길마다의 결과."""


@dataclass(frozen=True)
class Measured:
    """잰 것 전부."""

    versions: Mapping[str, str]
    recipes: Mapping[str, str]
    """페이지에 보이는, 이 환경에서 실행한 코드의 지문."""
    raised: Mapping[str, Mapping[str, str]]
    """그 코드가 일부러 낸 오류의 글. 코드의 이름과 오류의 이름마다 하나다."""
    integers: Mapping[str, bool]
    """계산까지 정수로 바꾸기를 마쳤는가. 마치지 못하면 파이썬이 죽는다."""
    results: Mapping[Case, Results]


HEAD = ("versions", "recipes", "raised", "integers")
"""자료 파일의 머리에 적는 것."""


def versions() -> dict[str, str]:
    """지금 설치된 버전."""
    found = {}
    for package in PACKAGES:
        for name in (package, f"{package}-cpu"):
            try:
                found[package] = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue
    return found


def write(measured: Measured) -> str:
    """자료 파일의 글. 경우마다 한 줄이고 비지 않은 것만 적는다."""
    lines = []
    for case, results in measured.results.items():
        cells = {route: {name: value for name, value in asdict(one).items() if value} for route, one in results.items()}
        lines.append(f"{json.dumps(case.name)}: {json.dumps(cells, ensure_ascii=False)}")
    head = ", ".join(f'"{name}": {json.dumps(getattr(measured, name), ensure_ascii=False)}' for name in HEAD)
    return f'{{{head}, "cases": {{\n' + ",\n".join(lines) + "\n}}\n"


@functools.cache
def load(path: Path = FILE) -> Measured:
    """자료 파일을 읽는다.

    Raises:
        ValueError: 파일이 없거나 읽을 수 없거나, 지금 잴 것과 다른 것을 잰 파일일 때.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = {name: {route: Result(**cell) for route, cell in line.items()} for name, line in raw["cases"].items()}
        head = {name: dict(raw[name]) for name in HEAD}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: 읽을 수 없습니다({error}). {AGAIN}") from None
    wanted = {case.name: list(case.routes()) for case in cases()}
    if differing := sorted(name for name in {*wanted, *found} if wanted.get(name) != list(found.get(name, ()))):
        raise ValueError(f"{path}: 잰 경우가 지금 잴 것과 다릅니다({differing[0]} 등 {len(differing)}가지). {AGAIN}")
    return Measured(**head, results={case: found[case.name] for case in cases()})


def cells(measured: Measured) -> dict[tuple[Case, str], Any]:
    """경우와 길의 쌍마다의 결과."""
    return {(case, route): one for case, results in measured.results.items() for route, one in results.items()}
