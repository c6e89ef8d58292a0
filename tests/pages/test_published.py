"""사이트를 내걸 때만 쓰이는 것."""

from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

from rnn_shapes.pages import social_card

TEMPLATES = Path(__file__).parent.parent.parent / "docs" / "_templates"


def test_site_with_an_address_lists_its_pages(site):
    """주소를 정한 사이트는 페이지의 목록과 그 자리를 검색 엔진에 알리고, 공유할 그림을 만든다."""
    site.page("learn/gru.md", "---\norphan: true\n---\n# GRU\n")
    site.use("pages.published", html_baseurl="https://example.org/rnn/")
    folder = site.build("html").folder
    addresses = [place.text for place in ET.parse(folder / "sitemap.xml").iter() if place.tag.endswith("loc")]
    assert addresses == ["https://example.org/rnn/index.html", "https://example.org/rnn/learn/gru.html"]
    assert "Sitemap: https://example.org/rnn/sitemap.xml\n" in (folder / "robots.txt").read_text()
    assert Image.open(folder / "_static/card.png").size == (1200, 630)


def framed(site, **settings):
    """이 사이트의 틀로 만든 페이지."""
    site.use(
        *("pages.description", "pages.published", "pages.security"),
        **{"html_theme": "furo", "templates_path": [str(TEMPLATES)], **settings},
    )
    site.page("gru.md", "# GRU <셀>\n\n상태가 하나입니다.\n")
    return site.build("html").html("gru")


def test_page_says_what_to_show_when_shared(site):
    """주소를 정한 사이트의 페이지는 공유한 글에 보일 제목과 설명, 그림을 온전한 주소로 적는다."""
    page = framed(site, html_baseurl="https://example.org/rnn/")
    assert '<link rel="canonical" href="https://example.org/rnn/gru.html">' in page
    assert '<meta property="og:image" content="https://example.org/rnn/_static/card.png">' in page
    assert '<meta property="og:title" content="GRU &lt;셀&gt;">' in page
    assert '<meta property="og:description" content="상태가 하나입니다.">' in page


def test_page_without_an_address_says_nothing_to_share(site):
    """주소를 정하지 않으면 온전하지 않은 주소를 적지 않는다. 설명은 그래도 있다."""
    page = framed(site)
    assert "og:" not in page and "canonical" not in page
    assert '<meta name="description" content="상태가 하나입니다.">' in page


def test_site_without_an_address_lists_nothing(site):
    """주소를 정하지 않은 사이트에는 온전한 주소가 없으므로 목록도 그림도 없다."""
    site.use("pages.published")
    folder = site.build("html").folder
    assert not [name for name in ("sitemap.xml", "robots.txt", "_static/card.png") if (folder / name).exists()]


def test_card_is_the_same_every_time():
    """공유할 그림은 다시 그려도 바이트까지 같다."""
    assert social_card.draw() == social_card.draw()


def test_what_did_not_change_is_not_written_again(site):
    """고친 것이 없으면 목록과 그림을 다시 쓰지 않는다."""
    site.use("pages.published", html_baseurl="https://example.org/rnn/")
    names = ("sitemap.xml", "robots.txt", "_static/card.png")
    times = [[(site.build("html").folder / name).stat().st_mtime_ns for name in names] for _ in range(2)]
    assert times[0] == times[1]
