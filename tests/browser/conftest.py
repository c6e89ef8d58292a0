"""브라우저 시험이 함께 쓰는 것: 만들어 둔 사이트, 그것을 내주는 서버, 움직일 크로미움.

``page``로 연 페이지는 시험이 끝날 때 한 번 더 살핀다. 콘솔에 오류가 났거나 다른 호스트에
무엇을 물었으면 그 시험은 실패한다.
"""

import functools
import http.server
import os
import shutil
import threading
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright
from support import BUILT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET = (
    "크로미움이 없습니다. 데비안이나 우분투라면 apt-get install chromium으로 설치하고,"
    " 다른 곳에 있다면 CHROMIUM에 실행 파일의 경로를 적으세요."
)
# 크로미움이 스스로 밖에 묻지 않게 한다. 관리자로는 --no-sandbox여야 켜진다.
FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def chromium():
    """움직일 브라우저. 시험마다 새 창을 열므로 하나로 충분하다."""
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.exit(HOW_TO_GET, returncode=2)
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*FLAGS.split(), *as_root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """사이트를 내주는 서버의 주소."""
    assert (BUILT / "index.html").is_file(), "사이트가 없습니다. python3.11 noxfile.py browser로 실행하세요."

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            """요청마다 적는 기록은 필요 없다."""

        def send_error(self, code, message=None, explain=None):
            """없는 주소에는 GitHub Pages처럼 404.html을 내준다."""
            body = (BUILT / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(BUILT))) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


@pytest.fixture
def open_page(chromium, server):
    """``open_page(경로, **창의 설정)``이 페이지를 연다. 경로가 ``file:``로 시작하면 폴더에서 바로 연다."""
    contexts, problems = [], []

    def watch(page):
        page.on("console", lambda message: message.type == "error" and problems.append(f"콘솔: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"예외: {error}"))
        page.on("request", lambda request: is_foreign(request.url, server) and problems.append(f"요청: {request.url}"))

    def open_at(address, **options):
        context = chromium.new_context(**{"locale": "ko-KR", **options})
        contexts.append(context)
        context.on("page", watch)
        page = context.new_page()
        page.goto(address if "://" in address else f"{server}/{address}")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems, problems


def is_foreign(address, server):
    """사이트 밖에 묻는 요청인가."""
    parts = urlsplit(address)
    return parts.scheme not in {"file", "data", "blob"} and not address.startswith(server)
