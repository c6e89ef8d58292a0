"""시험이 함께 쓰는 것: 한 번 확인한 페이지, 한 번 만든 사이트, 빈 작은 사이트."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, TinySite

from rnn_shapes import build

EVIDENCE = ROOT / "build" / "evidence"


@pytest.fixture(scope="session")
def checked_docs() -> dict[str, dict[str, Any]]:
    """진짜 페이지들을 한 번 실행한 기록, 페이지의 이름으로. TensorFlow는 여기서 한 번 들어온다."""
    with contextlib.chdir(ROOT):
        code = build.check()
    assert code == 0, (ROOT / "build/doctest/output.txt").read_text(encoding="utf-8")
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
