"""문장에 끼운 제목의 링크는 따옴표로 감싼다."""

import pytest

WHAT = "ERROR: 제목의 링크가 문장에 그대로 끼었습니다. ‘ ’로 감싸거나 링크의 글을 적으세요: "


@pytest.fixture
def linked(site, lint):
    """가리킬 페이지가 있는 사이트를 살핀다."""
    site.page("layers.md", "# 셀과 층\n\n글입니다.\n\n(here)=\n## 이 자리\n\n글입니다.\n")
    return lint


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("{doc}`layers`를 읽으세요.", "layers"),
        ("같은 내용이 있습니다: {doc}`layers`", "layers"),
        ("‘{doc}`layers`를 읽으세요.", "layers"),
        ("{ref}`here`에서 봅니다.", "here"),
        ("[](#here)에서 봅니다.", "here"),
        ("- {doc}`layers` 페이지", "layers"),
        ("| 가 | 나 |\n|--|--|\n| 다 | {doc}`layers`에 있음 |", "layers"),
        ("‘{doc}`layers`’과 {ref}`here`를 보세요.", "here"),
    ],
)
def test_bare_title_in_a_sentence_fails(linked, text, target):
    """따옴표 없이 문장이나 칸의 글에 낀 제목은 실패한다."""
    built = linked(text)
    assert built.code != 0
    assert f"{WHAT}{target}" in built.output, built.output
    assert built.output.count(WHAT) == 1


@pytest.mark.parametrize(
    "text",
    [
        "‘{doc}`layers`’과 “{ref}`here`”를 보세요.",
        "{doc}`앞에서 본 층 <layers>`과 [다른 자리](#here)를 보세요.",
        "{doc}`layers`",
        "- {doc}`layers`, {ref}`here`\n\n  셀에 넣는 것",
        "| 가 | 나 |\n|--|--|\n| 다 | {doc}`layers` · [](#here), [글](#here) |",
    ],
)
def test_quoted_titles_and_lists_of_links_pass(linked, text):
    """따옴표로 감싼 제목과 글을 적은 링크, 링크만 있는 목록과 칸은 그냥 둔다."""
    built = linked(text)
    assert built.code == 0, built.output
