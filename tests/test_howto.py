"""``docs/howto``의 페이지를 그대로 따라 하면, 빈 폴더에서 그 페이지가 말하는 문서가 나온다."""

import re
import shlex
from pathlib import Path

import pytest
from stranger import Stranger, build_wheel
from support import ROOT

PAGES = ["use-shape-claims.md", "use-shape-claims-en.md"]
BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?:\{code-block\} )?(?P<kind>\w+)\n"
    r"(?::caption: (?P<caption>[^\n]+)\n\n)?(?P<body>.*?)^(?P=fence)$",
    flags=re.M | re.S,
)


class Reader:
    """페이지를 읽으며 따라 하는 사람."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        """아무것도 없는 폴더에서 시작한다. 저장소의 사본은 바퀴로 대신한다."""
        self.folder, self.wheel = folder, wheel

    def follow(self, text: str) -> int:
        """페이지의 블록을 차례대로 따라 하고, 몇 걸음이었는지 센다."""
        steps = list(BLOCK.finditer(text))
        assert "```" not in BLOCK.sub("", text)
        for step in steps:
            if step["kind"] == "console":
                self.type(step["body"])
            elif step["kind"] == "diff":
                self.edit(self.folder / step["caption"], step["body"])
            else:
                self.write(step["caption"], step["body"])
        return len(steps)

    def write(self, caption: str, body: str) -> None:
        """파일을 적는다. 괄호로 덧붙인 말이 있으면 있던 파일의 끝에 적는다."""
        name, appended = re.fullmatch(r"(\S+)( \(.+\))?", caption).groups()
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        assert path.exists() == bool(appended), caption
        before = path.read_text(encoding="utf-8") + "\n" if appended else ""
        path.write_text(before + body, encoding="utf-8")

    def edit(self, path: Path, body: str) -> None:
        """빠진 줄을 더한 줄로 바꾼다."""
        text = path.read_text(encoding="utf-8")
        pairs = re.findall(r"^-(.*\n)\+(.*\n)", body, flags=re.M)
        assert "".join(f"-{old}+{new}" for old, new in pairs) == body
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def type(self, body: str) -> None:
        """``$`` 뒤의 명령을 실행하고, 적힌 출력이 그 차례로 나오는지 본다."""
        for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", body, flags=re.M):
            code, output = self.run(shlex.split(command))
            assert (code != 0) == ("ERROR: " in expected), output
            place = 0
            for line in expected.splitlines():
                place = output.find(line, place)
                assert place >= 0, f"{command}: {line!r}\n{output}"

    def run(self, words: list[str]) -> tuple[int, str]:
        """명령 하나. 설치는 이 컴퓨터에 있는 것으로 한다."""
        if words[:3] == ["python3", "-m", "venv"]:
            self.stranger = Stranger(self.folder / words[3])
            return 0, ""
        assert words[0] == "env/bin/python"
        if words[1:4] == ["-m", "pip", "install"]:
            names = [name for name in words[4:] if name != "./rnn-shapes"]
            if len(names) < len(words[4:]):
                self.stranger.unpack(self.wheel)
            self.stranger.install(*names)
            return 0, ""
        result = self.stranger.run(*words[1:], folder=self.folder)
        return result.returncode, re.sub(r"\x1b\[[\d;]*m", "", result.stdout + result.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """저장소의 사본에서 설치하는 것."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.mark.parametrize("page", PAGES)
def test_page_can_be_followed(page, wheel, tmp_path):
    """빈 폴더에서 시작해 적힌 대로 하면 적힌 대로 된다."""
    text = (ROOT / "docs/howto" / page).read_text(encoding="utf-8")
    assert Reader(tmp_path, wheel).follow(text) == 20
    html = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'class="claim (?:claim-value )?claim-checked"', html)) == 8
    assert html.count('class="prediction-form"') == 1
    assert 'title="(B, L, D) = (5, 7, 11)">queries</span>' in html
    html = (tmp_path / "site/weights.html").read_text(encoding="utf-8")
    assert len(re.findall(r'class="claim (?:claim-value )?claim-checked"', html)) == 2


@pytest.mark.parametrize(
    ("right", "wrong", "failure"),
    [
        ("./rnn-shapes numpy", "./rnn-shapes", "No module named 'numpy'"),
        ('extensions = ["shape_claims"]\n\nshape', "extensions = []\n\nshape", 'Unknown interpreted text role "shape"'),
        ("2 claims hold.", "3 claims hold.", "'3 claims hold. Evidence: "),
        ("(5, 7, 7) = (B, L, L)", "(5, 7, 7) = (B, L, D)", "'  measured    (5, 7, 7) = (B, L, D)'"),
        ("+scores are :shape:`scores -> (B, L, D)`.", "+scores are :shape:`scores -> (B, L, L)`.", "build succeeded"),
        ("-scores are :shape:`scores -> (B, L, D)`.", "-scores are :shape:`scores -> (B, L, B)`.", "(B, L, B)"),
    ],
)
def test_wrong_step_is_noticed(right, wrong, failure, wheel, tmp_path):
    """페이지의 명령, 파일, 고칠 곳, 출력 가운데 하나만 틀려도 따라 할 수 없다."""
    text = (ROOT / "docs/howto" / PAGES[1]).read_text(encoding="utf-8")
    assert right in text
    with pytest.raises(AssertionError, match=re.escape(failure)):
        Reader(tmp_path, wheel).follow(text.replace(right, wrong, 1))


def test_pages_have_the_same_steps():
    """두 말의 페이지는 같은 명령을 같은 차례로 적고, README의 첫걸음은 영어 페이지에서 온 것이다."""
    found = [
        page.name
        for page in (ROOT / "docs").rglob("*.md")
        if "\nfollowed-by: tests/test_howto.py\n" in page.read_text("utf-8")
    ]
    assert sorted(found) == sorted(PAGES)
    texts = [(ROOT / "docs/howto" / page).read_text(encoding="utf-8") for page in PAGES]
    commands = [re.findall(r"^\$ .+$", text, flags=re.M) for text in texts]
    assert commands[0] == commands[1]
    blocks = [step["body"] for step in BLOCK.finditer(texts[1])]
    readme = (ROOT / "src/shape_claims/README.md").read_text(encoding="utf-8")
    assert all(block in readme for block in [*blocks[1:4], blocks[5]])
