"""페이지가 할 수 있는 일을 좁히는 확장."""


def test_links_out_are_guarded(site):
    """밖으로 나가는 링크는 열린 페이지에게 이 페이지를 내주지 않고, 안의 링크는 그대로다."""
    site.page("links.md", "# 링크\n\n[밖](https://example.org/a) [안](index.md)\n")
    built = site.build("html", "-D", "extensions=myst_parser,rnn_shapes.pages.security")
    page = built.html("links")
    assert '<a class="reference external" href="https://example.org/a" rel="noopener">' in page
    assert page.count("noopener") == 1
