"""진짜 쪽들: 주장이 모두 성립하고, 조금만 고쳐도 모두 실패한다."""

import itertools
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

from rnn_shapes import build, claims

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
CLAIM = re.compile(r"(?<=\{shape\}`)[^`]+(?=`)")


def claims_of(page):
    """쪽에 적힌 주장. 글의 예로 보인 코드 블록 안의 것은 뺀다."""
    text = re.sub(r"^```markdown\n.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S | re.M)
    return [" ".join(claim.split()) for claim in CLAIM.findall(text)]


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_on_the_page_was_checked(checked_docs, page):
    """쪽에 적힌 주장마다 잰 기록이 있다."""
    name = page.removeprefix("docs/").removesuffix(".md")
    written = {(claim.expression, claim.shape) for claim in map(claims.parse, claims_of(page))}
    found = checked_docs[name].records.values() if written else []
    assert {(record.expression, record.claimed) for record in found} == written


def changed(shape, turn):
    """형태의 글자 하나를 다르게 적은 것. ``turn``에 따라 축을 바꾸거나 빼거나 배수를 붙인다."""
    axes = re.findall(r"\d*[A-Z]|None|\d+", shape)
    options = [
        shape.replace(axes[0], f"7{axes[0]}" if axes[0][0].isalpha() and axes[0] != "None" else "97", 1),
        re.sub(r"(\d*[A-Z])(?=\)|,\))", r"3\1", shape, count=1) if not re.search(r"\d[A-Z]\)", shape) else shape + " ",
        re.sub(r"\((\w+), (\w+)", r"(\2, \1", shape, count=1),
        re.sub(r"\((\w+), ", "(", shape, count=1) if shape.count(",") > 1 else shape + " ",
    ]
    different = [option for option in options if re.sub(r"\s", "", option) != re.sub(r"\s", "", shape)]
    usable = []
    for option in different:
        try:
            claims.parse(f"x -> {option}")
        except claims.ClaimSyntaxError:
            continue
        usable.append(option)
    return usable[turn % len(usable)]


def test_every_claim_fails_when_changed(checked_docs, tmp_path, monkeypatch):
    """주장을 하나도 빠짐없이 조금씩 고치면 하나도 빠짐없이 실패한다."""
    for name in ("docs", "gallery"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    turns = itertools.count()
    expected = 0
    for page in PAGES:
        path = tmp_path / page
        text = path.read_text(encoding="utf-8")
        for claim in dict.fromkeys(claims_of(page)):
            expression, shape = claim.rsplit(" -> ", 1)
            text = text.replace(f"`{claim}`", f"`{expression} -> {changed(shape, next(turns))}`")
        expected += len(claims_of(page))
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert build.check() != 0
    output = (tmp_path / "build/doctest/output.txt").read_text(encoding="utf-8")
    failures = re.findall(r"^docs/\S+:\d+: (.+)$", output, flags=re.M)
    assert len(failures) == expected
    assert set(failures) == {"형태 주장이 실제와 다릅니다"}


def test_unknown_page_is_named():
    """없는 쪽을 확인하라고 하면 그 이름과 적는 법을 말한다."""
    command = [sys.executable, "-m", "rnn_shapes.build", "check", "docs/learn/none.md"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stdout == (
        "docs/learn/none.md: 그런 쪽이 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.\n"
    )
