"""시험이 따라 하는 페이지."""

PAGE = "---\nfollowed-by: {test}\n---\n\n# 페이지\n\n```text\n출력 (N, T, 9H)\n```\n"


def test_blocks_of_a_followed_page_are_left_to_its_test(site):
    """시험이 따라 하는 페이지의 블록은 그 시험이 비교하므로 살피지 않는다."""
    site.use("lint")
    (site.source.parent / "test_steps.py").write_text('PAGES = ["page.md"]', encoding="utf-8")
    site.page("page.md", PAGE.format(test="test_steps.py"))
    built = site.build("dummy")
    assert built.code == 0, built.output


def test_test_that_does_not_follow_the_page_is_named(site):
    """적힌 시험이 없거나 이 페이지를 모르면 오류이고, 블록도 살핀다."""
    site.use("lint")
    (site.source.parent / "test_steps.py").write_text('PAGES = ["other.md"]', encoding="utf-8")
    for test in ("none.py", "test_steps.py"):
        site.page("page.md", PAGE.format(test=test))
        built = site.build("dummy", "--keep-going")
        assert built.code != 0
        assert f"머리의 followed-by에 적힌 시험이 이 페이지를 따라 하지 않습니다: {test}" in built.output
        assert "실행하지 않은 출력에 적힌 형태입니다" in built.output
