"""``accept``: 페이지 곳곳을 아무렇게나 망가뜨려도 본디 글로 한 바이트까지 돌아온다."""

import contextlib
import random
import re
import shutil

import pytest
from support import ROOT, with_pages

from rnn_shapes import build

SHAPE = re.compile(r"\{shape\}`[^`]+? -> (?P<right>[^`]+)`")
LABEL = re.compile(r"(?m)^[ \t]*\w+: .+ -> (?P<right>.+)$")
AXIS = re.compile(r"(?<=[(,])(\s*)([234]?[A-Z])(?=[,)])")
"""``accept``가 적는 방식 그대로의 축: 기호나 그 배수. ``H + H``나 ``3(D + H)``는 같은 크기를 달리 적은 것이라 빼고,
망가진 축 곁에 그대로 남아야 할 것으로만 둔다."""
FENCE = re.compile(r"(?ms)^(?P<margin>[ \t]*)```\{(?P<kind>doctest|rnn-figure)\}.*?^(?P=margin)```$")
SAMPLE = re.compile(r"(?ms)^(?P<margin>[ \t]*)(?P<mark>`{3,}|~{3,})(?!\{)\S+$.*?^(?P=margin)(?P=mark)$")


SPOILED = ("learn/cells-and-layers", "howto/errors-rnn", "reference/weights", "howto/figures")
"""망가뜨려 볼 페이지. 주장과 출력, 그림의 이름표가 많고 훈련이 짧은 것으로 골랐다."""


def spoiled_shape(right, chance):
    """틀린 형태. 묶음의 종류나 축의 수, 축 하나의 배수를 바꾼다. 다섯 배는 어느 축에도 없다."""
    if right[0] + right[-1] in ("[]", "()") and right[1] in "([" and chance.random() < 0.5:
        return f"({right[1:-1]})" if right[0] == "[" else f"[{right[1:-1]}]"
    found = chance.choice(list(AXIS.finditer(right)))
    wrong = chance.choice([f"5{found[2][-1]}", f"{found[2]}, {found[2]}"])
    return right[: found.start(2)] + wrong + right[found.end(2) :]


def spoiled_output(line, chance):
    """틀린 출력. 참과 거짓을 바꾸거나, 숫자 하나를 바꾸거나, 글자를 덧붙인다."""
    if re.search(r"True|False", line) and chance.random() < 0.7:
        return re.sub(r"True|False", lambda found: {"True": "False", "False": "True"}[found[0]], line, count=1)
    if digits := list(re.finditer(r"\d", line)):
        found = chance.choice(digits)
        return f"{line[: found.start()]}{(int(found[0]) + 1) % 10}{line[found.end() :]}"
    return f"{line}x"


def places(text, chance):
    """망가뜨릴 수 있는 자리와 거기 적을 틀린 글.

    돌아올 글이 하나뿐인 자리만 고른다. 빼는 것은 둘이다. ``...``이 있는 출력은 줄이는 길이 여럿이고,
    여러 줄이거나 빈칸이 겹친 출력은 적은 사람이 줄을 나누었을 수 있다.
    """
    samples = [found.span() for found in SAMPLE.finditer(text)]
    found = []
    rights = list(SHAPE.finditer(text))
    for fence in FENCE.finditer(text):
        if fence["kind"] == "rnn-figure":
            rights += LABEL.finditer(text, *fence.span())
            continue
        for want in re.finditer(
            r"(?m)^[ \t]*(?:>>>|\.\.\.) .*\n[ \t]*(?!>>>|\.\.\.|```)(\S.*)\n(?=[ \t]*(?:>>>|```|$))", fence[0]
        ):
            if "..." not in want[1] and "  " not in want[1] and "Traceback" not in want[1]:
                start = fence.start() + want.start(1)
                found.append((start, start + len(want[1]), spoiled_output(want[1], chance)))
    for match in rights:
        if AXIS.search(match["right"]) and not any(start <= match.start() < end for start, end in samples):
            found.append((*match.span("right"), spoiled_shape(match["right"], chance)))
    return sorted(found)


def spoiled(text, chance):
    """망가진 글과, 망가뜨린 자리의 수."""
    chosen = [one for one in places(text, chance) if chance.random() < 0.8]
    for start, end, wrong in reversed(chosen):
        text = text[:start] + wrong + text[end:]
    return text, len(chosen)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """사이트를 베낀 폴더. 진짜 페이지는 건드리지 않는다. 망가뜨리지 않을 페이지는 줄인다."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("sg_execution_times.rst")
    for name in ("docs", "gallery", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    with_pages(folder, *(f"{name.rpartition('/')[2]}.md" for name in SPOILED))
    return folder


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "고칠 페이지를 적으세요. 예: python3.11 noxfile.py accept docs/learn/lstm-and-gru.md"),
        (["--no"], "고칠 페이지를 적으세요. 예: python3.11 noxfile.py accept docs/learn/lstm-and-gru.md"),
        (
            ["docs/none.md", "--yes"],
            "docs/none.md: 그런 페이지가 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.",
        ),
        (
            ["docs/gallery/one.rst"],
            "docs/gallery/one.rst: 만들어진 페이지입니다. gallery/one.py에서 고치세요.",
        ),
    ],
)
def test_what_cannot_be_accepted_is_said(arguments, message, tmp_path, capsys):
    """페이지가 없거나 만들어진 페이지이면 아무것도 실행하지 않고 이유를 말한다."""
    for name in ("docs/gallery/one.rst", "gallery/one.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with contextlib.chdir(tmp_path):
        assert build.main(["accept", *arguments]) == 2
    assert capsys.readouterr().out == f"{message}\n"


def test_real_pages_come_back_byte_for_byte(copied):
    """진짜 페이지의 출력과 주장과 그림의 이름표를 백 곳 넘게 망가뜨려도 본디 글이 돌아온다."""
    chance = random.Random(9)  # noqa: S311 - 망가뜨릴 자리를 고를 뿐이다
    originals, number = {}, 0
    for path in (copied / f"docs/{name}.md" for name in SPOILED):
        # 줄 끝과 BOM과 마지막 줄바꿈도 페이지마다 다르게 둔다.
        mark, end, last = (
            chance.choice(["", "\ufeff"]),
            chance.choice(["\n", "\r\n"]),
            chance.choice(["", "\n", "\n\n"]),
        )
        original = path.read_text(encoding="utf-8").rstrip("\n") + last
        text, count = spoiled(original, chance)
        for one in (original, text):
            path.write_bytes(f"{mark}{one}".replace("\n", end).encode())
            originals.setdefault(path, path.read_bytes())
        number += count
    assert number >= 100
    with contextlib.chdir(copied):
        code = build.accept(["--yes", *(str(path.relative_to(copied)) for path in originals)])
    assert {path: path.read_bytes() for path in originals} == originals
    assert code == 0
