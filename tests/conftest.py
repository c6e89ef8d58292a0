"""시험이 함께 쓰는 것: 작은 사이트를 만들어 돌리는 법."""

import contextlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from rnn_shapes import build, evidence

ROOT = Path(__file__).parent.parent
SITE = ROOT / "tests" / "site"


@dataclass
class Built:
    """Sphinx를 한 번 돌린 결과."""

    code: int
    output: str
    folder: Path

    def html(self, page: str) -> str:
        """만들어진 페이지의 글."""
        return (self.folder / f"{page}.html").read_text(encoding="utf-8")


class TinySite:
    """``tests/site``의 페이지를 골라 담은 사이트."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.source = folder / "docs"
        self.source.mkdir()
        self.capture = capture
        shutil.copy(SITE / "conf.py", self.source)

    def page(self, name: str, text: str) -> Path:
        """페이지를 적는다."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def copy(self, *names: str) -> None:
        """``tests/site``에서 페이지를 가져온다."""
        for name in names:
            shutil.copy(SITE / name, self.source)

    def build(self, builder: str, *options: str) -> Built:
        """차례 페이지를 만들고 빌드한다. 출력의 색은 지운다."""
        entries = "\n".join(sorted(path.stem for path in self.source.glob("*.*") if path.suffix in {".md", ".rst"}))
        (self.source / "index.md").write_text(f"# 첫 페이지\n\n```{{toctree}}\n{entries}\n```\n".replace("index\n", ""))
        folder = self.source.parent / builder
        doctrees = self.source.parent / "doctrees"
        self.capture.readouterr()
        code = build_main(["-b", builder, "-W", "-d", str(doctrees), *options, str(self.source), str(folder)])
        streams = self.capture.readouterr()
        return Built(code, re.sub(r"\x1b\[[\d;]*m", "", streams.out + streams.err), folder)


@pytest.fixture(scope="session")
def checked_docs() -> dict[str, evidence.Page]:
    """진짜 페이지들을 한 번 실행한 기록. TensorFlow는 여기서 한 번 들어온다."""
    with contextlib.chdir(ROOT):
        code = build.check()
    assert code == 0, (ROOT / "build/doctest/output.txt").read_text(encoding="utf-8")
    return evidence.load(ROOT / build.EVIDENCE)


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
