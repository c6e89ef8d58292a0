"""내보낼 사이트는 경고가 있으면 한 글자도 달라지지 않는다."""

PAGE = "# 페이지\n\n출력은 {}입니다.\n"


def test_warned_site_is_not_written(site):
    """한 번 만든 뒤에 확인되지 않는 형태를 적으면, 두 번을 만들어도 실패하고 만든 사이트는 그대로다."""
    site.use("lint", "pages.strict", shape_claims_run="stale")
    site.page("page.md", PAGE.format("텐서"))
    before = site.build("html").html("page")
    site.page("page.md", PAGE.format("(N, T, 9H)"))
    for _ in range(2):
        built = site.build("html")
        assert built.code != 0
        assert "docs/page.md:3: ERROR: 확인되지 않는 형태입니다" in built.output
        assert "경고나 오류가 1번 있었습니다. 위에 적힌 곳을 고치세요. 아무 페이지도 쓰지 않았습니다." in built.output
        assert built.html("page") == before


def test_preview_is_written_all_the_same(site):
    """고치는 중에 보는 미리 보기는 경고가 있어도 만들어진다."""
    site.use("lint", "pages.strict")
    site.page("page.md", PAGE.format("(N, T, 9H)"))
    assert "(N, T, 9H)" in site.build("html").html("page")
