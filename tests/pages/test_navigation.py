"""옆의 차례."""

import pytest


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


def test_unchanged_navigation_writes_nothing(site, second):
    """글만 고치면 다른 페이지는 다시 쓰지 않는다."""
    written = second.stat().st_mtime_ns
    site.page("first.md", "# 첫째\n\n고친 글입니다.\n")
    site.build("html")
    assert second.stat().st_mtime_ns == written
