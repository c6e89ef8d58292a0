"""용어집."""

import os
import re

import pytest
from support import ROOT

from rnn_shapes import glossary


def entry(**changes):
    """항목 하나를 적은 글."""
    fields = {"korean": "층", "english": "layer", "definition": "설명"} | changes
    return "[[term]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[term]", "용어집을 읽을 수 없습니다. "),
        ("title = 1", "용어가 없습니다. [[term]] 항목으로 적으세요."),
        ("term = 1", "용어집을 읽을 수 없습니다. "),
        ("term = [1]", "용어집을 읽을 수 없습니다. [[term]] 항목으로 적으세요."),
        (
            entry(color="red"),
            "용어집을 읽을 수 없습니다. '층' 항목에 모르는 칸이 있습니다: color."
            " 아는 칸: korean, english, definition, synonyms, banned.",
        ),
        (
            '[[term]]\nkorean = "층"\n',
            "용어집을 읽을 수 없습니다. '층' 항목에 빠진 칸이 있습니다: english, definition.",
        ),
        (
            entry() + "synonyms = [1]\n",
            "용어집을 읽을 수 없습니다. '층' 항목의 synonyms 칸이 글의 목록이 아닙니다: [1].",
        ),
        (
            entry() + 'banned = "층위"\n',
            "용어집을 읽을 수 없습니다. '층' 항목의 banned 칸이 글의 목록이 아닙니다: '층위'.",
        ),
        (entry() + entry(), "'층' 항목이 두 번 있습니다. 하나로 합치세요."),
    ],
)
def test_bad_glossary_says_what_is_wrong(tmp_path, text, message):
    """잘못된 용어집은 어느 항목이 왜 잘못되었고 어떻게 적는지 말한다."""
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="glossary") as failure:
        glossary.load(path)
    assert str(failure.value).startswith(f"{tmp_path.name}/glossary.toml: {message}")


def test_bad_glossary_is_not_a_crash(site):
    """잘못된 용어집은 Sphinx가 망가진 것이 아니라 용어집의 잘못으로 한 번 알리고 빌드를 실패시킨다."""
    site.use("glossary", "pages.search")
    site.page("glossary.toml", entry(color="red"))
    site.page("page.md", "# 용어집\n\n```{terms}\n```\n")
    built = site.build("html")
    assert built.code == 1
    report = "ERROR: docs/glossary.toml: 용어집을 읽을 수 없습니다. '층' 항목에 모르는 칸이 있습니다: color."
    assert built.output.count(report) == 1
    assert "Traceback" not in built.output and "report this" not in built.output


def test_missing_glossary_is_named(site):
    """용어집을 펼칠 페이지가 있는데 파일이 없으면 어느 파일인지 말한다."""
    site.use("glossary")
    site.page("page.md", "# 용어집\n\n```{terms}\n```\n")
    built = site.build("html")
    assert built.code == 1 and "docs/glossary.toml: 용어집을 읽을 수 없습니다." in built.output


def test_edited_glossary_is_read_again(tmp_path):
    """용어집을 고치면 같은 프로세스에서도 다시 읽는다."""
    path = tmp_path / "glossary.toml"
    path.write_text(entry(), encoding="utf-8")
    before = glossary.load(path)
    assert glossary.load(path) is before
    path.write_text(entry(definition="고친 설명"), encoding="utf-8")
    os.utime(path, ns=(0, 0))
    assert glossary.load(path)[0].definition == "고친 설명"


def test_no_term_bans_another_term():
    """어떤 용어도 다른 용어의 정식 이름을 금하지 않는다."""
    terms = glossary.load(ROOT / "docs/glossary.toml")
    names = {term.korean.partition("(")[0] for term in terms}
    assert not [word for term in terms for word in term.banned if word in names]


PAGE = "# 용어집\n\n```{testcode}\nunits = [5, 7]\n```\n\n```{terms}\n```\n"


def test_glossary_page_lists_terms_and_other_words(site):
    """용어집 페이지에는 용어와 풀이와 다른 말이 있고, 다른 페이지의 용어는 바로 그 자리로 이어진다."""
    site.use("glossary")
    stateful = entry(korean="상태 유지(stateful)", english="stateful", definition="남기기")
    site.page("glossary.toml", entry() + 'banned = ["레이어"]\nsynonyms = ["계층"]\n' + stateful)
    site.page("words.md", "# 용어집\n\n```{terms}\n```\n")
    site.page("page.md", "# 글\n\n{term}`층`과 {term}`상태 유지(stateful)`\n")
    built = site.build("html")
    assert built.code == 0, built.output
    words, page = built.html("words"), built.html("page")
    places = re.findall(r'<dt id="([^"]+)">([^<]+)<', words)
    assert places == [("term-stateful", "상태 유지(stateful)"), ("term-0", "층")]
    links = re.findall(
        r'<a class="reference internal" href="words.html#([^"]+)"><span class="xref std std-term">([^<]+)<', page
    )
    assert links == [("term-0", "층"), ("term-stateful", "상태 유지(stateful)")]
    assert "<strong>layer.</strong> 설명" in words
    assert "다른 말: ‘계층’, ‘레이어’" in words


def test_true_definition_holds(site):
    """풀이에 적은 주장이 참이면 확인에 성공한다."""
    site.use("glossary")
    site.page("glossary.toml", entry(definition="유닛은 {value}`len(units) -> 2`개입니다."))
    site.page("page.md", PAGE)
    built = site.build("doctest")
    assert built.code == 0, built.output


def test_false_definition_is_reported_at_its_line(site):
    """풀이에 적은 주장이 거짓이면, 같은 주장이 여럿이어도 glossary.toml의 그 줄을 알린다."""
    site.use("glossary")
    claim = "유닛은 {value}`len(units) -> 3`개입니다."
    later = entry(korean="가중치", definition=claim)  # 파일에서는 뒤에 있고 페이지에서는 앞에 나온다
    site.page("glossary.toml", entry(korean="층", definition=claim) + "\n" + later)
    site.page("page.md", PAGE)
    built = site.build("doctest")
    assert built.code != 0
    places = [line.partition(": ")[0] for line in built.output.splitlines() if line.startswith("docs/glossary.toml:")]
    assert places == ["docs/glossary.toml:9", "docs/glossary.toml:4"]


def test_sounds_of_names_are_korean():
    """영어 이름의 소리는 우리말로 적고, 두 이름이 같은 소리를 쓰지 않는다."""
    sounds = [sound for spoken in glossary.spoken(ROOT / "docs/glossary.toml").values() for sound in spoken]
    assert sounds
    assert all(re.fullmatch("[가-힣 ]+", sound) for sound in sounds)
    assert len(set(sounds)) == len(sounds)
