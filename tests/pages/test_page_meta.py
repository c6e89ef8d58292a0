"""검색 결과와 공유한 글에 나올 설명."""

import pytest
from docutils import nodes

from rnn_shapes.pages.description import LONGEST, describe, shorten


@pytest.fixture
def document():
    """제목과 곁들인 상자, 문단 둘이 있는 페이지."""
    page = nodes.section("", nodes.title("", "제목"), nodes.note("", nodes.paragraph("", "내려받는 곳")))
    page += [nodes.paragraph("", "첫 문단입니다.\n이어집니다."), nodes.paragraph("", "둘째 문단입니다.")]
    return page


def test_description_is_the_first_paragraph_of_the_text(document):
    """설명은 곁들인 상자가 아니라 본문의 첫 문단이고, 줄바꿈은 빈칸 하나가 된다."""
    assert describe(document) == "첫 문단입니다. 이어집니다."


def test_long_description_ends_at_a_sentence():
    """긴 문단은 온전한 문장까지만 담는다."""
    sentence = "가" * 70 + "입니다."
    assert shorten(" ".join([sentence] * 3)) == " ".join([sentence] * 2)


def test_long_sentence_ends_at_a_word():
    """한 문장이 너무 길면 낱말에서 자르고 잘렸다고 적는다."""
    cut = shorten("가나다라 " * 50)
    assert len(cut) <= LONGEST and cut.endswith("가나다라…")


def test_page_without_a_paragraph_is_reported(site):
    """설명으로 삼을 문단이 없는 페이지는 어느 페이지인지 알리고, 무엇을 할지 말한다."""
    site.page("bare.md", "# 제목뿐\n")
    site.use("pages.description")
    built = site.build("html")
    assert built.code
    assert "bare.md: WARNING: 검색 결과에 보일 설명이 없습니다. 제목 아래에" in built.output
