"""잰 것의 꼴과, 그것을 담은 자료 파일."""

import functools
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.code import code
from rnn_shapes.contract.grid import cases

FILE = Path("docs/reference/contract.json")
AGAIN = "python3.11 noxfile.py contract로 다시 만드세요."


@dataclass(frozen=True)
class Measured:
    """받아들여진 경우에서 잰 것. 형태는 모두 기호로 적은 글이다."""

    returns: str
    """돌려받은 묶음과 형태."""
    weights: tuple[tuple[str, str, str], ...]
    """가중치마다 (주인, 이름, 형태)."""
    parameters: str
    """매개변수 수의 식."""
    meanings: tuple[str, ...] = ()
    """돌려받은 텐서마다의 뜻. 값이 없거나(``Input``) 뜻대로가 아니면 비었다."""
    wrong: tuple[str, ...] = ()
    """오류 없이 틀린 것(``rules.FAULTS``)."""
    initial_state: str = ""
    """``get_initial_state``가 주는 것. 그런 메서드가 없거나 부를 수 없으면 비었다."""
    mask: str = ""
    """출력의 마스크. 내보내지 않으면 ``None``이고, 마스크가 없거나 재지 않았으면 비었다."""
    masked_output: tuple[str, ...] = ()
    """빈자리의 자리(``code.GAPS``)마다 그 출력(``repeat``, ``zero``). 그 출력을 돌려받지 않는 자리는 비었다."""
    given: str = ""
    """초기 상태를 준 대로 쓰지 않았으면 어떻게 썼는가(``given.TREATMENTS``)."""
    fit: str = ""
    """길이를 모르는 데이터셋으로 훈련할 때 난 예외. 훈련할 수 있거나 해 보지 않았으면 비었다."""


@dataclass(frozen=True)
class Refused:
    """거절된 경우에서 난 예외."""

    error: str
    """예외의 종류."""
    message: str
    """예외의 글에서 어디서나 같은 것. 크기에 따라 다른 수는 기호로 적었다."""
    late: bool = False
    """``Input``으로 부를 때는 받아들이고 값을 넣을 때 거절했는가."""
    of_two: str = ""
    """배치 크기가 2이면 받아들여, 초기 상태를 어떻게 썼는가(``given.TREATMENTS``)."""


Result: TypeAlias = Measured | Refused


@dataclass(frozen=True)
class Entry:
    """경우 하나와 그 결과."""

    case: Case
    results: Mapping[int, Result]
    """Keras의 판마다 잰 것."""


@dataclass(frozen=True)
class Contract:
    """잰 것 전부."""

    versions: Mapping[str, str]
    """잰 패키지의 버전."""
    entries: Sequence[Entry]

    def __getitem__(self, name: str) -> Mapping[int, Result]:
        """이름으로 찾은 결과."""
        return next(entry.results for entry in self.entries if entry.case.name == name)


def installed_versions() -> dict[str, str]:
    """잰 것을 좌우하는 패키지의 설치된 버전. 글만 살피는 환경에는 Keras가 없다."""
    found = {}
    for package in ("keras", "tf_keras"):
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def write(contract: Contract) -> str:
    """자료 파일의 글. 경우마다 한 줄이고, Keras 2의 결과는 Keras 3과 다른 것만 적는다."""
    lines = []
    for entry in contract.entries:
        new, old = (_filled(entry.results[keras]) for keras in (3, 2))
        differing = {key: old.get(key) for key in sorted({*new, *old}) if old.get(key) != new.get(key)}
        line = {"code": code(entry.case, 3), "keras3": new, **({"keras2": differing} if differing else {})}
        lines.append(f"{json.dumps(entry.case.name)}: {json.dumps(line, ensure_ascii=False)}")
    return f'{{"versions": {json.dumps(contract.versions)}, "cases": {{\n' + ",\n".join(lines) + "\n}}\n"


def _filled(result: Result) -> dict[str, Any]:
    """비지 않은 것만 담은 사전."""
    found = {field.name: getattr(result, field.name) for field in fields(result)}
    return {name: value for name, value in found.items() if value}


def _result(found: Mapping[str, Any]) -> Result:
    if "error" in found:
        return Refused(**found)
    lists = {name: tuple(found.get(name, ())) for name in ("meanings", "wrong", "masked_output")}
    return Measured(**{**found, **lists, "weights": tuple(map(tuple, found.get("weights", ())))})


@functools.cache
def load(path: Path = FILE) -> Contract:
    """자료 파일을 읽어 경우와 결과를 잇는다.

    Raises:
        ValueError: 파일이 없거나 읽을 수 없거나, 지금 잴 것과 다른 것을 잰 파일일 때.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = {}
        for name, line in raw["cases"].items():
            old = {**line["keras3"], **line.get("keras2", {})}
            old = {key: value for key, value in old.items() if value is not None}
            found[name] = {3: _result(line["keras3"]), 2: _result(old)}
        versions = dict(raw["versions"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: 읽을 수 없습니다({error}). python3.11 noxfile.py contract로 만드세요.") from None
    chosen = list(cases())
    if differing := sorted({case.name for case in chosen} ^ set(found)):
        raise ValueError(
            f"{path}: 실행한 경우가 지금 실행할 것과 다릅니다({differing[0]} 등 {len(differing)}가지). {AGAIN}"
        )
    return Contract(versions, tuple(Entry(case, found[case.name]) for case in chosen))
