"""옆의 차례."""

import pytest
from sphinx.cmd.build import build_main


@pytest.fixture
def second(site):
    """두 페이지 가운데 고치지 않을 페이지를 만들어 그 파일을 돌려준다."""
    site.use("pages.navigation")
    site.page("first.md", "# 첫째\n\n글입니다.\n")
    site.page("second.md", "# 둘째\n\n글입니다.\n")
    return site.build("html").folder / "second.html"


@pytest.mark.parametrize("page", ["first.md", "third.md"], ids=["title", "new page"])
def test_changed_navigation_reaches_every_page(site, second, page):
    """제목을 고치거나 페이지를 더하면, 고치지 않은 페이지의 차례도 바뀐다."""
    site.page(page, "# 바뀐 제목\n\n글입니다.\n")
    site.build("html")
    assert "바뀐 제목" in second.read_text(encoding="utf-8")


def test_changed_caption_reaches_every_page(site, second):
    """묶음의 이름만 고쳐도 모든 페이지의 차례가 바뀐다."""
    index = site.source / "index.md"
    captioned = index.read_text(encoding="utf-8").replace("```{toctree}\n", "```{toctree}\n:caption: 묶음의 이름\n\n")
    index.write_text(captioned, encoding="utf-8")
    doctrees = site.source.parent / "doctrees"
    assert build_main(["-b", "html", "-d", str(doctrees), str(site.source), str(second.parent)]) == 0
    assert "묶음의 이름" in second.read_text(encoding="utf-8")


def test_unchanged_navigation_writes_nothing(site, second):
    """글만 고치면 다른 페이지는 다시 쓰지 않는다."""
    written = second.stat().st_mtime_ns
    site.page("first.md", "# 첫째\n\n고친 글입니다.\n")
    site.build("html")
    assert second.stat().st_mtime_ns == written
