"""진짜 페이지들: 주장이 모두 성립하고, 조금만 고쳐도 모두 실패한다."""

import re
import subprocess
import sys

import pytest
from changing import READERS, SYMBOLS
from support import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "docs").rglob("*.md")
    if "\nfollowed-by: " not in path.read_text(encoding="utf-8")  # 그 블록은 독자가 만들 문서의 것이다
)
# 글의 예로 보인 코드 블록. 그 안의 것은 주장이 아니다.
EXAMPLE = re.compile(r"(^```(?:markdown|text)\n.*?^```)", re.S | re.M)
# 글 속의 역할, 또는 그림의 이름표.
CLAIM = re.compile(r"\{(?P<role>shape|value|default)\}`(?P<said>[^`]+)`|^(?P<label>\w+: )(?P<claim>\S.* -> .+)$", re.M)


def claims_of(page):
    """페이지에 적힌 주장."""
    parts = EXAMPLE.split((ROOT / page).read_text(encoding="utf-8"))
    matches = [match for part in parts if not EXAMPLE.fullmatch(part) for match in CLAIM.finditer(part)]
    found = [(match["role"] or "shape", " ".join((match["said"] or match["claim"]).split())) for match in matches]
    return [READERS[role](claim, SYMBOLS) for role, claim in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_on_the_page_was_checked(checked_docs, page):
    """페이지에 적힌 주장마다 잰 기록이 있다."""
    name = page.removeprefix("docs/").removesuffix(".md")
    written = {(claim.expression, claim.text) for claim in claims_of(page)}
    found = checked_docs[name]["records"].values() if written else []
    assert written <= {(record["expression"], record["claimed"]) for record in found}


def test_every_claim_fails_when_changed(changed_claims):
    """주장을 하나도 빠짐없이 조금씩 고치면 하나도 빠짐없이 실패한다. 용어집의 풀이와 그림의 이름표도 그렇다."""
    written = sum(len(claims_of(page)) for page in PAGES)
    assert len(changed_claims) >= written > 500
    survived = [claim for claim, problem in changed_claims if problem is None]
    assert not survived
    codes = {problem for _, problem in changed_claims}
    assert codes <= {"differs", "value-differs", "swapped", "unreadable", "no-otherwise"}, codes


def test_unknown_page_is_named():
    """없는 페이지를 확인하라고 하면 그 이름과 적는 법을 말한다."""
    command = [sys.executable, "-m", "rnn_shapes.build", "check", "docs/learn/none.md"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stdout == (
        "docs/learn/none.md: 그런 페이지가 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.\n"
    )
