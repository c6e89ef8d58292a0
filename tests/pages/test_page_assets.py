"""페이지마다 쓰는 스타일과 스크립트."""

import re


def files(page):
    """페이지가 부르는 파일의 이름."""
    return {name.rpartition("/")[2] for name in re.findall(r'(?:src|href)="([^"?]*\.(?:css|js))', page)}


def test_pages_load_only_what_they_use(html_build):
    """페이지는 저마다 쓰는 파일만 부르고, 쓰는 파일은 빠뜨리지 않는다."""
    folder, _ = html_build
    chapter, landing, gallery = (
        files((folder / name).read_text(encoding="utf-8"))
        for name in ("learn/lstm-and-gru.html", "index.html", "gallery/lstm_gates.html")
    )
    everywhere = {"furo.css", "site.css", "furo.js", "keyboard.js", "theme.js"}
    assert everywhere <= chapter & landing & gallery
    assert {"pygments.css", "copy.js", "sphinx-design.min.css"} <= chapter
    assert "landing.css" in landing - chapter - gallery
    assert "math.css" in chapter - landing - gallery
    unused = {"doctools.js", "sphinx_highlight.js", "translations.js", "design-tabs.js", "sg-tags.js"}
    assert not unused & (chapter | landing | gallery)
