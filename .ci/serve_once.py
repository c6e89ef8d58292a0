"""미리 보기가 되는지 한 번 본다: 켜고, 페이지를 받고, 한 페이지를 고쳐 다시 만들어지기를 기다리고, 끈다.

``noxfile.py serve --once``가 쓴다. 인자는 미리 보기를 켜는 명령이다.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

PAGE = Path("docs/learn/cells-and-layers.md")
SERVED = "learn/cells-and-layers.html"
LONGEST = 300
"""기다릴 시간(초). 이보다 오래 걸리면 되지 않는 것이다."""


def wait_until(happened: Callable[[], bool], server: "subprocess.Popen[bytes]", what: str) -> None:
    """일이 일어나기를 기다린다. 서버가 먼저 꺼지거나 너무 오래 걸리면 멈춘다."""
    deadline = time.monotonic() + LONGEST
    while not happened():
        if server.poll() is not None:
            sys.exit(f"미리 보기가 꺼졌습니다. {what} 전이었습니다. 이유는 위의 출력에 있습니다.")
        if time.monotonic() > deadline:
            sys.exit(f"미리 보기를 {LONGEST}초 기다렸지만 {what}지 못했습니다.")
        time.sleep(0.2)


def answers(address: str) -> bool:
    """이 주소가 이 사이트의 페이지를 내주는가."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - 방금 켠 서버의 주소다
            return "실행해 본 RNN" in response.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return False


def main() -> None:
    """켜고, 보고, 끈다."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # 누가 멈추어도 켠 것은 끈다
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        built = Path(name, "built")
        # 빌드가 성공할 때마다 한 글자씩 늘어난다. 다 끝나기 전에 끄면 반쯤 만든 사이트가 남는다.
        mark = [sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write('.')", str(built)]
        command = [*sys.argv[1:], "--port", str(port), "--post-build", shlex.join(mark)]
        # 서버는 빌드할 때마다 자식을 만든다. 묶음을 따로 두어야 그것까지 끌 수 있다.
        server = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - noxfile이 준 명령이다
        try:
            wait_until(lambda: built.exists(), server, "사이트를 만들")
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/{SERVED}"), server, "페이지를 내주")
            before = built.stat().st_size
            os.utime(PAGE)
            wait_until(lambda: built.stat().st_size > before, server, "고친 페이지를 다시 만들")
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/{SERVED}"), server, "다시 내주")
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait()
    print("미리 보기를 켜고, 페이지를 받고, 고친 페이지를 다시 만들고, 껐습니다.")


if __name__ == "__main__":
    main()
