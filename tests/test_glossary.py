"""용어집."""

import os

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
        ("[[term]", "glossary.toml: 용어집을 읽을 수 없습니다"),
        ("title = 1", "glossary.toml: 용어집을 읽을 수 없습니다('term'). [[term]] 항목으로 적으세요."),
        (entry(color="red"), "glossary.toml: '층' 항목의 칸이 잘못되었습니다"),
        ('[[term]]\nkorean = "층"\n', "glossary.toml: '층' 항목의 칸이 잘못되었습니다"),
        (entry() + entry(), "glossary.toml: '층' 항목이 두 번 있습니다."),
    ],
)
def test_bad_glossary_says_what_is_wrong(tmp_path, text, message):
    """잘못된 용어집은 어느 항목이 왜 잘못되었는지 말한다."""
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="glossary") as failure:
        glossary.load(path)
    assert str(failure.value).startswith(message)


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


EXTENSIONS = ("-D", "extensions=myst_parser,shape_claims,rnn_shapes.glossary")
PAGE = "# 용어집\n\n```{testcode}\nunits = [5, 7]\n```\n\n```{terms}\n```\n"


def test_glossary_page_lists_terms_and_other_words(site):
    """용어집 페이지에는 용어와 풀이와 다른 말이 있다."""
    site.page("glossary.toml", entry() + 'banned = ["레이어"]\nsynonyms = ["계층"]\n')
    site.page("page.md", PAGE)
    built = site.build("html", *EXTENSIONS)
    assert built.code == 0, built.output
    html = built.html("page")
    assert 'id="term-0"' in html or "<dt" in html
    assert "<strong>layer.</strong> 설명" in html
    assert "다른 말: ‘계층’, ‘레이어’" in html


def test_true_definition_holds(site):
    """풀이에 적은 주장이 참이면 확인에 성공한다."""
    site.page("glossary.toml", entry(definition="유닛은 {value}`len(units) -> 2`개입니다."))
    site.page("page.md", PAGE)
    built = site.build("doctest", *EXTENSIONS)
    assert built.code == 0, built.output


def test_false_definition_is_reported_at_its_line(site):
    """풀이에 적은 주장이 거짓이면, 같은 주장이 여럿이어도 glossary.toml의 그 줄을 알린다."""
    claim = "유닛은 {value}`len(units) -> 3`개입니다."
    later = entry(korean="가중치", definition=claim)  # 파일에서는 뒤에 있고 페이지에서는 앞에 나온다
    site.page("glossary.toml", entry(korean="층", definition=claim) + "\n" + later)
    site.page("page.md", PAGE)
    built = site.build("doctest", *EXTENSIONS)
    assert built.code != 0
    places = [line.partition(": ")[0] for line in built.output.splitlines() if line.startswith("docs/glossary.toml:")]
    assert places == ["docs/glossary.toml:9", "docs/glossary.toml:4"]
