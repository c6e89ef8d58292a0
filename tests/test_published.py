"""사이트를 내걸 때만 쓰이는 것."""

from xml.etree import ElementTree as ET

from PIL import Image

from rnn_shapes import social_card

EXTENSIONS = "extensions=myst_parser,rnn_shapes.published"


def test_site_with_an_address_lists_its_pages(site):
    """주소를 정한 사이트는 페이지의 목록과 그 자리를 검색 엔진에 알리고, 공유할 그림을 만든다."""
    site.page("learn/gru.md", "---\norphan: true\n---\n# GRU\n")
    folder = site.build("html", "-D", EXTENSIONS, "-D", "html_baseurl=https://example.org/rnn/").folder
    addresses = [place.text for place in ET.parse(folder / "sitemap.xml").iter() if place.tag.endswith("loc")]
    assert addresses == ["https://example.org/rnn/index.html", "https://example.org/rnn/learn/gru.html"]
    assert "Sitemap: https://example.org/rnn/sitemap.xml\n" in (folder / "robots.txt").read_text()
    assert Image.open(folder / "_static/card.png").size == (1200, 630)


def test_site_without_an_address_lists_nothing(site):
    """주소를 정하지 않은 사이트에는 온전한 주소가 없으므로 목록도 그림도 없다."""
    folder = site.build("html", "-D", EXTENSIONS).folder
    assert not [name for name in ("sitemap.xml", "robots.txt", "_static/card.png") if (folder / name).exists()]


def test_card_is_the_same_every_time(tmp_path):
    """공유할 그림은 다시 그려도 바이트까지 같다."""
    for name in ("a.png", "b.png"):
        social_card.draw(tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
