"""시험이 함께 쓰는 것: 한 번 확인한 페이지, 한 번 만든 사이트, 빈 작은 사이트."""

import contextlib
import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from changing import changing_claims
from support import ROOT, TinySite
from xdist.scheduler import LoadScopeScheduling

from rnn_shapes import build

EVIDENCE = ROOT / "build" / "evidence"
# Addons나 ONNX가 있는 다른 환경에서 실행하는 스크립트다. docstring의 예제를 찾느라 들여오지 않는다.
collect_ignore = [f"addons/{name}.py" for name in ("common", "decoding", "model", "parts", "record", "reference")]
collect_ignore += [f"deploying/{name}.py" for name in ("onnx_recipe", "onnx_streaming")]


SITE = re.compile(r"\b(changed_claims|checked_docs|html_build)\b")
"""모든 페이지를 실행하거나 사이트를 만드는 fixture."""


class Together(LoadScopeScheduling):
    """여러 프로세스로 나눌 때, 한 번 만든 사이트를 보는 파일은 한데 모으고 나머지는 파일마다 묶는다.

    흩어 놓으면 프로세스마다 모든 페이지를 다시 실행한다. xdist의 loadgroup은 pytest 9.2에서 묶지 못한다.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid.partition("::")[0])


@functools.cache
def scope(file: str) -> str:
    """시험 파일이 드는 묶음의 이름."""
    return "site" if SITE.search((ROOT / file).read_text(encoding="utf-8")) else file


@pytest.hookimpl(optionalhook=True)  # 프로세스 하나로 돌리면 xdist가 부르지 않는다
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """``--dist=loadscope``일 때 묶는 법을 바꾼다."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


FIRST = ("site", "tests/test_package.py")
"""먼저 시작할 묶음. 모든 페이지를 실행하는 것과, 새 환경을 만드는 것이다."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """오래 걸리는 묶음부터 시작한다. 늦게 시작하면 다른 프로세스가 할 일 없이 기다린다."""
    turns = {name: turn for turn, name in enumerate(FIRST)}
    items.sort(key=lambda item: turns.get(scope(item.nodeid.partition("::")[0]), len(turns)))


@pytest.fixture(scope="session")
def changed_claims(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """진짜 페이지들을 한 번 실행하며, 주장마다 한 군데 고친 것까지 확인한 결과. 기록은 ``site``도 쓴다."""
    if run := os.environ.get("PYTEST_XDIST_TESTRUNUID"):
        # 프로세스들이 함께 쓰는 폴더에 두 번째로 만들면 실패한다.
        (tmp_path_factory.getbasetemp().parent / f"pages-{run}").touch(exist_ok=False)
    with contextlib.chdir(ROOT), changing_claims() as found:
        code = build.check(together=False)  # 고친 주장은 이 프로세스에 모인다
    assert code == 0, "성립하지 않는 주장이나 경고가 있다. 위에 적혀 있다"
    return found


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
def html_build(checked_docs, tmp_path_factory):
    """갤러리를 실행하지 않고 만든 사이트의 폴더와, 빌드한 프로세스의 출력."""
    folder = tmp_path_factory.mktemp("site")
    script = BUILD.format(html=str(folder / "html"), doctrees=str(folder / "doctrees"))
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    return folder / "html", result.stdout + result.stderr


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TinySite:
    """빈 작은 사이트."""
    return TinySite(tmp_path, capsys)
