"""사이트를 만드는 명령. 확인과 HTML이 한 프로세스에서 이어지므로 TensorFlow는 한 번만 들어온다.

사용법:

.. code-block:: text

    python -m rnn_shapes.build site            # HTML. 기록이 없으면 확인부터 한다
    python -m rnn_shapes.build check [페이지…]      # 페이지의 코드와 주장을 실행하고 기록한다
    python -m rnn_shapes.build lint            # 글만 살핀다. TensorFlow가 필요 없다
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.cmd.build import build_main

from rnn_shapes import evidence

DOCS = Path("docs")
BUILD = Path("build")
DOCTREES = BUILD / "doctrees"
EVIDENCE = BUILD / "evidence" / "claims.json"
STRICT = ("--fail-on-warning", "--nitpicky")
WITHOUT_GALLERY = ("-D", "plot_gallery=0")


def run(builder: str, output: Path, *options: str, pages: Sequence[str] = (), doctrees: Path = DOCTREES) -> int:
    """Sphinx를 한 번 돌린다. 돌려주는 값은 프로세스의 종료 코드와 같다."""
    code = build_main(["-b", builder, "-d", str(doctrees), *STRICT, *options, str(DOCS), str(output), *pages])
    if code:
        # Sphinx는 읽을 때만 경고한다. 지우지 않으면 다음 빌드가 같은 페이지를 읽지 않고 통과한다.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        print("실패했습니다. 까닭은 위의 ERROR와 WARNING, 실패한 예제의 보고에 있습니다.")
        if failed := failed_pages():
            print("확인에 실패한 페이지: " + ", ".join(failed))
    return code


def failed_pages() -> list[str]:
    """지난 확인에서 실패한 페이지. 읽을 수 없는 기록은 Sphinx가 까닭을 말하고 멈춘다."""
    try:
        return [name for name, page in evidence.load(EVIDENCE).items() if page.failed]
    except ValueError:
        return []


def check(pages: Sequence[str] = ()) -> int:
    """페이지의 코드와 주장을 실행한다. ``pages``가 비었으면 모든 페이지다."""
    for page in pages:
        if not Path(page).is_file():
            print(f"{page}: 그런 페이지가 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.")
            return 2
    return run("doctest", BUILD / "doctest", *WITHOUT_GALLERY, pages=pages)


def site() -> int:
    """HTML을 만든다. 기록이 없거나 실패한 기록이 있으면 확인부터 한다."""
    first = ("-D", "rnn_shapes_check=1") if not EVIDENCE.exists() or failed_pages() else ()
    code = run("html", BUILD / "site", *first)
    if not code:
        print(f"\n다음 파일을 브라우저에서 여세요.\n{(BUILD / 'site' / 'index.html').resolve()}")
    return code


def lint() -> int:
    """모든 페이지를 새로 읽으며 글을 살핀다."""
    return run("dummy", BUILD / "lint", *WITHOUT_GALLERY, "--fresh-env", "--quiet", doctrees=BUILD / "lint-doctrees")


def main(arguments: Sequence[str]) -> int:
    """명령 하나를 실행한다."""
    match list(arguments):
        case ["site"]:
            return site()
        case ["check", *pages]:
            return check(pages)
        case ["lint"]:
            return lint()
    print(__doc__)
    return 2


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # 쓸 것은 다 썼다. 파이썬이 TensorFlow를 하나씩 거두는 1초를 기다리지 않는다.
    os._exit(status)
