"""진짜 페이지들: 주장이 모두 성립하고, 조금만 고쳐도 모두 실패한다."""

import contextlib
import itertools
import re
import shutil
import subprocess
import sys

import pytest
from support import ROOT

from rnn_shapes import build
from rnn_shapes.symbols import TABLE
from shape_claims import ClaimSyntaxError, Symbols, parse, parse_default, parse_value

SYMBOLS = Symbols(TABLE)

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "docs").rglob("*.md")
    if "\nfollowed-by: " not in path.read_text(encoding="utf-8")  # 그 블록은 독자가 만들 문서의 것이다
)
# 글의 예로 보인 코드 블록. 그 안의 것은 주장이 아니다.
EXAMPLE = re.compile(r"(^```(?:markdown|text)\n.*?^```)", re.S | re.M)
# 글 속의 역할, 또는 그림의 이름표.
CLAIM = re.compile(r"\{(?P<role>shape|value|default)\}`(?P<said>[^`]+)`|^(?P<label>\w+: )(?P<claim>\S.* -> .+)$", re.M)


def rewrite_claims(text, change):
    """페이지의 주장을 하나씩 ``change``가 돌려주는 것으로 바꾼다."""

    def replace(match):
        if match["label"]:
            return match["label"] + change("shape", match["claim"])
        said = change(match["role"], " ".join(match["said"].split()))
        return f"{{{match['role']}}}`{said}`"

    parts = EXAMPLE.split(text)
    return "".join(part if EXAMPLE.fullmatch(part) else CLAIM.sub(replace, part) for part in parts)


def claims_of(page):
    """페이지에 적힌 주장."""
    found = []
    text = (ROOT / page).read_text(encoding="utf-8")
    rewrite_claims(text, lambda role, claim: found.append((role, claim)) or claim)
    return [READERS[role](claim, SYMBOLS) for role, claim in found]


READERS = {"shape": parse, "value": parse_value, "default": parse_default}


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_on_the_page_was_checked(checked_docs, page):
    """페이지에 적힌 주장마다 잰 기록이 있다."""
    name = page.removeprefix("docs/").removesuffix(".md")
    written = {(claim.expression, claim.text) for claim in claims_of(page)}
    found = checked_docs[name]["records"].values() if written else []
    assert written <= {(record["expression"], record["claimed"]) for record in found}


def changed(role, claim, turn):
    """주장을 한 군데 다르게 적은 것. 형태는 배수를 붙이거나 축을 바꾸거나 빼고, 값은 다른 말로 바꾼다."""
    expression, said = claim.rsplit(" -> ", 1)
    if role == "shape":
        options = changed_shapes(said)
    elif " / " in said:
        options = [" / ".join(reversed(said.split(" / ")))]
    else:
        options = [re.sub(r"\d(?!.*\d)", lambda digit: str(9 - int(digit[0])), said), f"{said}도", f"다른 {said}"]
    usable = []
    for option in options:
        with contextlib.suppress(ClaimSyntaxError):
            READERS[role](f"{expression} -> {option}", SYMBOLS)
            usable.append(option)
    different = [option for option in usable if option != said]
    return f"{expression} -> {different[turn % len(different)]}"


def changed_shapes(shape):
    """한 군데가 다른 형태."""
    return [
        re.sub(r"[A-Z]\b", r"7\g<0>", shape, count=1),
        re.sub(r"\((\w+), (\w+)", r"(\2, \1", shape, count=1),
        re.sub(r"\((\w+), (?=\w)", "(", shape, count=1),
        re.sub(r"(\w+)\)", r"\1 + 1)", shape, count=1),
        re.sub(r"^\((\d+),\)$", lambda only: f"({int(only[1]) + 2},)", shape),
    ]


REPORTS = {
    "형태 주장이 실제와 다릅니다",
    "값 주장이 실제와 다릅니다",
    "값과 비교할 수 없는 말입니다",
    "참이나 거짓인 식에는 말이 둘 있어야 합니다",
    "두 말이 거꾸로입니다",
}


def test_every_claim_fails_when_changed(checked_docs, tmp_path, monkeypatch):
    """주장을 하나도 빠짐없이 조금씩 고치면 하나도 빠짐없이 실패한다. 용어집의 풀이도 그렇다."""
    for name in ("docs", "gallery", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    turns = itertools.count()
    for page in [*PAGES, "docs/glossary.toml"]:
        path = tmp_path / page
        text = rewrite_claims(path.read_text(encoding="utf-8"), lambda role, claim: changed(role, claim, next(turns)))
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert build.check() != 0
    output = (tmp_path / "build/doctest/output.txt").read_text(encoding="utf-8")
    failures = re.findall(r"^docs/\S+:\d+:(?: 그림 .*?:)? (.+)$", output, flags=re.M)
    assert set(failures) == REPORTS
    assert len(failures) == next(turns) > 500


def test_unknown_page_is_named():
    """없는 페이지를 확인하라고 하면 그 이름과 적는 법을 말한다."""
    command = [sys.executable, "-m", "rnn_shapes.build", "check", "docs/learn/none.md"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stdout == (
        "docs/learn/none.md: 그런 페이지가 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.\n"
    )
