"""시험이 함께 쓰는 것: 한 번 확인한 페이지, 한 번 만든 사이트, 빈 작은 사이트."""

import contextlib
import functools
import json
import os
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from changing import changing_claims
from support import ROOT, TinySite

from rnn_shapes import build

EVIDENCE = ROOT / "build" / "evidence"
# Addons나 ONNX가 있는 다른 환경에서 실행하는 스크립트다. docstring의 예제를 찾느라 들여오지 않는다.
collect_ignore = [f"addons/{name}.py" for name in ("common", "decoding", "model", "parts", "record", "reference")]
collect_ignore += [f"deploying/{name}.py" for name in ("onnx_recipe", "onnx_streaming")]


SITE = re.compile(r"\b(changed_claims|checked_docs|html_build)\b")
"""모든 페이지를 실행하거나 사이트를 만드는 fixture."""
FIRST = ("tests/test_docs.py", "tests/test_package.py")
"""먼저 시작할 파일. 모든 페이지를 실행하는 것과, 새 환경을 만드는 것이다."""
LIMIT = 3600
"""다른 프로세스가 만드는 것을 기다릴 시간(초). 만들던 프로세스가 죽었으면 아무리 기다려도 오지 않는다."""


@functools.cache
def turn(file: str) -> int:
    """시험 파일의 차례. 오래 걸리는 것이 먼저이고, 한 번 만든 사이트를 기다리는 것이 나중이다."""
    if file in FIRST:
        return FIRST.index(file)
    return len(FIRST) + bool(SITE.search((ROOT / file).read_text(encoding="utf-8")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """프로세스들은 이 차례로 파일을 하나씩 맡는다. 기다릴 것이 나중에 오면 아무도 할 일 없이 기다리지 않는다."""
    items.sort(key=lambda item: turn(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], Any]], Any]:
    """프로세스들 가운데 먼저 온 하나가 만들고 나머지는 그것을 읽는다. 만들다 실패하면 나머지도 실패한다."""
    alone = "PYTEST_XDIST_TESTRUNUID" not in os.environ
    folder = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent

    def made(name: str, make: Callable[[], Any]) -> Any:
        result = folder / f"{name}.pickle"
        try:
            (folder / f"{name}.started").touch(exist_ok=False)
        except FileExistsError:
            started = time.monotonic()
            while not result.exists():
                assert time.monotonic() - started < LIMIT, f"{name}: 만들던 프로세스가 끝내지 않았다"
                time.sleep(0.5)
        else:
            found = None
            try:
                found = make()
            finally:
                unfinished = result.with_suffix(".unfinished")
                unfinished.write_bytes(pickle.dumps(found))
                unfinished.rename(result)  # 다 쓴 다음에야 보이게 한다
        found = pickle.loads(result.read_bytes())  # noqa: S301 - 방금 우리가 쓴 것이다
        assert found is not None, f"{name}: 먼저 만들던 시험이 실패했다"
        return found

    return made


def run_pages() -> list[tuple[str, str | None]]:
    """진짜 페이지들을 한 번 실행하며 확인한다. 주장마다 한 군데 고친 주장과, 그것이 실패한 까닭이다."""
    with contextlib.chdir(ROOT), changing_claims() as found:
        code = build.check(together=False)  # 고친 주장은 이 프로세스에 모인다
    assert code == 0, "성립하지 않는 주장이나 경고가 있다. 위에 적혀 있다"
    return [(f"{claim.expression} -> {said}", outcome and outcome.code) for claim, said, outcome in found]


@pytest.fixture(scope="session")
def changed_claims(once) -> list[tuple[str, str | None]]:
    """진짜 페이지들의 주장마다 한 군데 고친 주장과, 그것이 실패한 까닭. 성립하면 None이다. 기록은 ``site``도 쓴다."""
    return once("claims", run_pages)


@pytest.fixture(scope="session")
def checked_docs(changed_claims) -> dict[str, dict[str, Any]]:
    """진짜 페이지들을 실행한 기록, 페이지의 이름으로."""
    files = {path: json.loads(path.read_text(encoding="utf-8")) for path in EVIDENCE.rglob("*.json")}
    return {path.relative_to(EVIDENCE).with_suffix("").as_posix(): page for path, page in files.items()}


BUILD = """
import sys
from rnn_shapes import build
code = build.run("html", build.Path({html!r}), *build.WITHOUT_GALLERY, doctrees=build.Path({doctrees!r}))
print("LOADED", sorted({{"tensorflow", "keras", "tf_keras"}} & set(sys.modules)), code)
"""


@pytest.fixture(scope="session")
def html_build(checked_docs, once, tmp_path_factory):
    """갤러리를 실행하지 않고 만든 사이트의 폴더와, 빌드한 프로세스의 출력."""

    def build_site() -> tuple[Path, str]:
        folder = tmp_path_factory.mktemp("site")
        script = BUILD.format(html=str(folder / "html"), doctrees=str(folder / "doctrees"))
        result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
        return folder / "html", result.stdout + result.stderr

    return once("site", build_site)


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TinySite:
    """빈 작은 사이트."""
    return TinySite(tmp_path, capsys)
