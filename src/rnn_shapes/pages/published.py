"""사이트를 내걸 때만 쓰이는 것: 없는 주소의 페이지, 검색 엔진이 읽을 목록, 공유한 글에 붙을 그림.

sphinx-sitemap은 이번 빌드가 쓴 페이지만 목록에 담고, sphinx-notfound-page는 ``data-content_root``를 모른다.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx

from rnn_shapes.files import write_if_changed

CARD = "_static/card.png"
CARD_ALT = "확인한 표시가 붙은 양방향 층의 출력 형태와, 그것을 확인한 코드"


def add_card_address(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """틀(template)에 그림의 주소를 넘긴다. 공유하는 곳은 온전한 주소만 알아본다."""
    context["social_card"] = urljoin(app.config.html_baseurl, CARD)
    context["social_card_alt"] = CARD_ALT


def finish(app: Sphinx, error: Exception | None) -> None:
    """사이트를 다 쓴 뒤에 덧붙인다. 주소를 정하지 않았다면 목록과 그림은 만들지 않는다."""
    if error or app.builder.format != "html":
        return
    folder, address = Path(app.outdir), app.config.html_baseurl
    not_found = folder / "404.html"
    if not_found.is_file():
        write_if_changed(not_found, anchored(not_found.read_text(encoding="utf-8"), address))
    if address:
        pages = [urljoin(address, app.builder.get_target_uri(name)) for name in sorted(app.env.found_docs)]
        write_if_changed(folder / "sitemap.xml", sitemap(pages))
        robots = f"User-agent: *\nAllow: /\nSitemap: {urljoin(address, 'sitemap.xml')}\n"
        write_if_changed(folder / "robots.txt", robots)
        from rnn_shapes.pages.social_card import draw  # matplotlib은 그릴 때만 들여온다

        write_if_changed(folder / CARD, draw())


def anchored(html: str, address: str) -> str:
    """주소를 모두 사이트의 뿌리에서 적는다. 없는 주소의 페이지는 어느 깊이에서든 나오기 때문이다.

    >>> anchored('<a href="learn/gru.html"> <a href="#top"> <img src="./a.svg">', "https://example.org/rnn/")
    '<a href="/rnn/learn/gru.html"> <a href="#top"> <img src="/rnn/a.svg">'
    >>> anchored('<a href="index.html">', "")
    '<a href="/index.html">'
    """
    root = urlsplit(address).path.rstrip("/") + "/"
    relative = r'\b(href|src|action|data-content_root)="(?![#/]|[a-z]+:)(?:\./)?'
    return re.sub(relative, rf'\g<1>="{root}', html)


def sitemap(addresses: list[str]) -> str:
    """검색 엔진이 읽을 페이지의 목록.

    >>> print(sitemap(["https://example.org/a.html"]), end="")
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://example.org/a.html</loc></url>
    </urlset>
    """
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{entries}</urlset>\n"


def setup_published(app: Sphinx) -> None:
    """사이트를 쓸 때 덧붙이도록 등록한다."""
    app.connect("html-page-context", add_card_address)
    app.connect("build-finished", finish)
