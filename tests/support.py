"""시험이 함께 쓰는 것: 저장소의 자리와, 작은 사이트를 만들어 돌리는 법."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "build" / "site"
"""``site``가 만든 사이트. 브라우저 시험이 연다."""
BUILT_PAGES = sorted(path.relative_to(BUILT).as_posix() for path in BUILT.rglob("*.html"))


CONF = """
import rnn_shapes
from rnn_shapes.symbols import GATE_FACTORS, TABLE
from rnn_shapes.words import JOINERS, WORDS

project = "작은 사이트"
language = "ko"
root_doc = "index"
extensions = ["myst_parser", "shape_claims", *{extensions!r}]
myst_enable_extensions = ["colon_fence", "dollarmath"]
doctest_test_doctest_blocks = ""
shape_claims_symbols, shape_claims_factors = dict(TABLE), GATE_FACTORS
shape_claims_words, shape_claims_joiners = WORDS, JOINERS
shape_claims_evidence = "evidence"
"""
"""작은 사이트의 설정. 주장을 읽는 법은 진짜 사이트와 같다."""


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
    """페이지 몇 개의 사이트."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.source = folder / "docs"
        self.source.mkdir()
        self.capture = capture
        self.conf()

    def conf(self, *extensions: str, more: str = "") -> None:
        """설정을 적는다. ``more``는 그 뒤에 잇는 코드다."""
        (self.source / "conf.py").write_text(CONF.format(extensions=extensions) + more, encoding="utf-8")

    def page(self, name: str, text: str) -> Path:
        """페이지를 적는다."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def use(self, *modules: str, **settings: object) -> None:
        """conf.py에 설정과 ``rnn_shapes``의 모듈을 더한다. ``pages.security``이면 그 ``setup_security``를 부른다."""
        lines = [f"{name} = {value!r}" for name, value in settings.items()]
        lines += ["import importlib", "", "def setup(app):"]
        for name in modules:
            lines.append(f"    importlib.import_module('rnn_shapes.{name}').setup_{name.rpartition('.')[2]}(app)")
        with (self.source / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write("\n".join([*lines, ""]))

    def build(self, builder: str, *options: str) -> Built:
        """차례 페이지를 만들고 빌드한다. 출력의 색은 지운다."""
        found = [path.relative_to(self.source) for path in self.source.rglob("*.*") if path.suffix in {".md", ".rst"}]
        entries = "\n".join(sorted(path.with_suffix("").as_posix() for path in found))
        index = f"# 첫 페이지\n\n작은 사이트입니다.\n\n```{{toctree}}\n{entries}\n```\n".replace("index\n", "")
        (self.source / "index.md").write_text(index, encoding="utf-8")
        folder = self.source.parent / builder
        doctrees = self.source.parent / "doctrees"
        self.capture.readouterr()
        code = build_main(["-b", builder, "-W", "-d", str(doctrees), *options, str(self.source), str(folder)])
        streams = self.capture.readouterr()
        return Built(code, re.sub(r"\x1b\[[\d;]*m", "", streams.out + streams.err), folder)


def with_pages(folder: Path, *kept: str) -> None:
    """진짜 사이트를 베낀 폴더에 몇 페이지만 남긴다. 나머지에는 첫 단락과 이름 있는 제목만 남고, API도 물음도 빠진다."""
    (folder / "docs" / "questions.toml").unlink()
    for page in (folder / "docs" / "reference").glob("*.rst"):
        page.write_text(re.sub(r"(?m)^\.\. api::.*(\n +:.*)*$", "", page.read_text(encoding="utf-8")), encoding="utf-8")
    for page in sorted((folder / "docs").glob("*/*.md")):
        text = page.read_text(encoding="utf-8")
        if page.name not in kept and not text.startswith("---"):
            named = re.findall(r"^(\([\w-]+\)=)\n(?=(?:\([\w-]+\)=\n)*(?:(?:#+ |:::\{\w+\} ?)(.+))?)", text, flags=re.M)
            sections = [f"{anchor}\n## {heading or '이름 있는 곳'}" for anchor, heading in named]
            short = [*text.split("\n\n")[:2], *sections, *(_names_in(text) if page.parent.name == "learn" else [])]
            page.write_text("\n\n".join([*short, ""]), encoding="utf-8")


def _names_in(text: str) -> list[str]:
    """글에 나오는 이름이 있는 코드. 강의의 글에 적은 이름은 페이지의 코드에 있어야 한다."""
    names = sorted(set(re.findall(r"[A-Za-z_]\w*", " ".join(re.findall(r"`[^`\n]+`", text)))))
    lines = "".join(f"    {name!r},\n" for name in names)
    return [f"```{{testcode}}\nnames = [\n{lines}]\n```"]
