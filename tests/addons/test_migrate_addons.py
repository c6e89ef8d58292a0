"""Addons에서 옮기는 페이지: 이름이 빠짐없이 있고, 보인 코드가 기록한 코드다."""

import ast
import hashlib
import re

import pytest
from support import ROOT

PAGE = (ROOT / "docs/howto/migrate-addons.md").read_text(encoding="utf-8")
RECORDED = (ROOT / "docs/howto/addons.txt").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<names>`[^|]+) \|(?P<rest>(?:[^|]+\|){3})$", re.M)
NAME = re.compile(r"`(\w+)`")


def recorded():
    """기록한 값."""
    found = re.fullmatch(r"```\{testcode\}\nrecorded = (\{.*\n\})\n```\n", RECORDED, re.S)
    return ast.literal_eval(found[1])


def section(title):
    """``##`` 제목 하나의 글."""
    return re.split(r"^## ", PAGE.partition(f"\n## {title}\n")[2], flags=re.M)[0]


def names_in_tables(text):
    """표의 첫 칸에 적힌 이름. 차례대로다."""
    return [name for row in ROW.finditer(text) for name in NAME.findall(row["names"])]


def missing(text):
    """대조표에 없는 공개된 이름."""
    return sorted(set(recorded()["names"]["seq2seq"]) - set(names_in_tables(text)))


def test_every_public_name_of_addons_is_in_the_tables():
    """tfa.seq2seq의 공개된 이름은 모두 대조표에 꼭 한 번 있다."""
    table = section("이름의 대조표")
    assert missing(table) == []
    assert sorted(names_in_tables(table)) == sorted(recorded()["names"]["seq2seq"])


@pytest.mark.parametrize("name", recorded()["names"]["seq2seq"])
def test_a_missing_name_is_noticed(name):
    """줄 하나를 지우면 그 이름이 없다고 말한다."""
    lines = section("이름의 대조표").splitlines(keepends=True)
    without = "".join(line for line in lines if not (line.startswith("| ") and f"`{name}`" in line.split("|")[1]))
    assert name in missing(without)


def test_every_row_says_both_shapes():
    """대조표의 줄마다 Addons의 형태와 지금의 형태가 있다."""
    for row in ROW.finditer(section("이름의 대조표")):
        _, before, now, _ = row["rest"].split("|")
        assert "`old[" in before, row["names"]
        assert re.search(r"\{(shape|value)\}`(?!old)", now) and "old[" not in now, row["names"]


def test_every_cell_of_addons_is_written_anew():
    """tfa.rnn의 셀마다 옮긴 셀이 있다."""
    written = re.findall(r"^class (\w+)\(Cell\):", section("tfa.rnn의 셀"), re.M)
    assert sorted(written) == recorded()["names"]["rnn"]


def test_the_code_that_is_shown_is_the_code_that_was_measured():
    """페이지에 보이는 Addons의 코드는 기록을 잰 바로 그 파일이다. 고쳤으면 다시 잰다."""
    digest = hashlib.sha256((ROOT / "tests/addons/model.py").read_bytes()).hexdigest()[:16]
    assert digest == recorded()["model.py"], "nox -s addons-reference로 다시 재세요"


def test_the_same_numbers_are_made_on_both_sides():
    """시드에서 수를 만드는 식은 페이지와 재는 코드에서 같다."""
    measuring = (ROOT / "tests/addons/common.py").read_text(encoding="utf-8")
    for formula in ("RandomState(seed).normal(0, 0.5, shape)", "RandomState(seed).randint(3, vocab_size, shape)"):
        assert formula in PAGE
        assert formula in measuring
