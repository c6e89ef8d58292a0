"""페이지마다 쓰는 스타일과 스크립트."""

import re

from rnn_shapes.pages.assets import JOINED


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


def test_scripts_are_shrunk_once(site):
    """스크립트는 줄여서 쓰고, 고친 것이 없으면 다시 쓰지 않는다."""
    site.use("pages.assets", html_static_path=["_static"], html_js_files=["own.js"])
    source = "// 이유\nconst a  =  1;\n"
    site.page("_static/own.js", source)
    times = []
    for _ in range(2):
        static = site.build("html").folder / "_static"
        times.append((static / "own.js").stat().st_mtime_ns)
    assert (static / "own.js").read_text(encoding="utf-8") == "const a=1;\n"
    assert times[0] == times[1]


def test_parts_ship_as_one_script(site):
    """나누어 적은 스크립트는 정한 차례대로 이은 한 파일로 실리고, 조각은 따로 실리지 않는다."""
    site.use("pages.assets", html_static_path=["_static"], html_js_files=["live.js"])
    parts = JOINED["live.js"]
    for part in reversed(parts):
        site.page(f"_static/{part}", f'// 이유\nran("{part}");\n')
    static = site.build("html").folder / "_static"
    assert (static / "live.js").read_text(encoding="utf-8") == "".join(f'ran("{part}");\n' for part in parts)
    assert not [*static.glob("live/*.js")]
