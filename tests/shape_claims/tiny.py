"""작은 사이트를 적고 빌드하는 법. 표기법이 달라도 같은 페이지를 적을 수 있게 조각마다 함수가 있다."""

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sphinx.cmd.build import build_main

ENGLISH = {
    "B": ("batch_size", "batch size"),
    "L": ("seq_len", "length"),
    "D": ("dim", "features"),
}
KOREAN = {
    "N": ("batch_size", "배치 크기"),
    "T": ("seq_length", "시퀀스 길이"),
    "D": ("input_dim", "입력 특성의 수"),
    "H": ("hidden_dim", "은닉 상태의 크기(유닛 수)"),
}


class Rst:
    """reStructuredText로 적은 페이지의 조각."""

    suffix = ".rst"

    def role(self, text: str, role: str = "shape") -> str:
        """글 속의 주장."""
        return f":{role}:`{text}`"

    def block(self, directive: str, body: str, argument: str = "") -> str:
        """directive 하나."""
        return f".. {directive}:: {argument}".rstrip() + "\n\n" + textwrap.indent(body.strip("\n"), "   ")

    def title(self, text: str) -> str:
        """제목."""
        return f"{text}\n{'=' * 2 * len(text)}"


class Myst(Rst):
    """MyST로 적은 페이지의 조각."""

    suffix = ".md"

    def role(self, text: str, role: str = "shape") -> str:
        return f"{{{role}}}`{text}`"

    def block(self, directive: str, body: str, argument: str = "") -> str:
        # 제목에 역따옴표가 들 수 있어 물결표로 두른다.
        return f"~~~{{{directive}}} {argument}".rstrip() + "\n" + body.strip("\n") + "\n~~~"

    def title(self, text: str) -> str:
        return f"# {text}"


MARKUPS = {"rst": Rst(), "myst": Myst()}


@dataclass
class Built:
    """Sphinx를 한 번 돌린 결과."""

    code: int
    output: str
    folder: Path

    def text(self, name: str) -> str:
        """만들어진 파일의 글."""
        return (self.folder / name).read_text(encoding="utf-8")

    def html(self, page: str = "page") -> str:
        """만들어진 페이지의 글."""
        return self.text(f"{page}.html")

    def marks(self, page: str = "page") -> list[str]:
        """화면에 보이는 주장의 상태를 차례대로."""
        return re.findall(r'class="claim (?:claim-value )?claim-(\w+)"', self.html(page))

    def notes(self, page: str = "page") -> list[str]:
        """주장마다의 설명. 태그 사이는 ``|``로 나눈다."""
        found = re.findall(r'role="tooltip" id="claim-\d+">(.*?)</span></span>', self.html(page))
        return [re.sub(r"\|+", "|", re.sub(r"</?(?:span|b)>", "|", note)).strip("|") for note in found]


class Site:
    """빈 작은 사이트."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], options: dict[str, Any]) -> None:
        self.source, self.capture = folder / "docs", capture
        self.source.mkdir(parents=True)
        self.configure(**options)

    def configure(self, **options: Any) -> None:
        """``conf.py``를 적는다."""
        lines = [f"{name} = {value!r}" for name, value in options.items()]
        (self.source / "conf.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.options = options

    def page(self, name: str, *blocks: str) -> Path:
        """페이지를 적는다."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        return path

    def build(self, builder: str = "doctest", *options: str, strict: str = "-W") -> Built:
        """차례 페이지를 만들고 빌드한다. ``strict``가 비어 있지 않으면 경고도 실패다."""
        names = sorted(path.stem for path in self.source.iterdir() if path.suffix in {".md", ".rst"})
        entries = "".join(f"   {name}\n" for name in names if name != "index")
        (self.source / "index.rst").write_text(f"Index\n=====\n\n.. toctree::\n\n{entries}", encoding="utf-8")
        folder = self.source.parent / builder
        places = ["-d", str(self.source.parent / "doctrees"), str(self.source), str(folder)]
        return self.run("-b", builder, *filter(None, [strict]), *options, *places, folder=folder)

    def run(self, *arguments: str, folder: Path) -> Built:
        """``sphinx-build``를 그대로 돌린다."""
        self.capture.readouterr()
        code = build_main(list(arguments))
        streams = self.capture.readouterr()
        return Built(code, re.sub(r"\x1b\[[\d;]*m", "", streams.out + streams.err), folder)

    def evidence(self, page: str = "page") -> Path:
        """페이지의 기록 파일."""
        return self.source.parent / "doctrees" / "shape_claims" / f"{page}.json"

    def records(self, page: str = "page") -> dict[str, dict[str, Any]]:
        """페이지의 기록."""
        return dict(json.loads(self.evidence(page).read_text(encoding="utf-8"))["records"])


_RST = MARKUPS["rst"]
TWO_CLAIMS = (
    _RST.title("Page"),
    _RST.block("testcode", "import numpy as np\nbatch_size, dim = 5, 11\nh = np.zeros((batch_size, dim))"),
    f"Before. The state is {_RST.role('h -> (B, D)')}.",
    _RST.block("testcode", "c = h"),
    f"So is {_RST.role('c -> (B, D)')}.",
)
"""코드와 주장이 번갈아 나오는 페이지."""
