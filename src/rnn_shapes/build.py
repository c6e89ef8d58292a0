"""사이트를 만드는 명령. 확인과 HTML이 한 명령에서 이어진다. TensorFlow는 페이지를 실행하는 프로세스마다 한 번 들어온다.

사용법:

.. code-block:: text

    # HTML. 기록이 없는 페이지는 먼저 확인한다
    python -m rnn_shapes.build site
    # 페이지의 코드와 주장을 실행하고 기록한다
    python -m rnn_shapes.build check [페이지…]
    # 새 Keras가 바꾼 출력과 주장을 고쳐 쓴다
    python -m rnn_shapes.build accept [--yes] 페이지…
    # 글만 살핀다. TensorFlow가 필요 없다
    python -m rnn_shapes.build lint [--unclaimed]
    # 고친 글을 다시 읽은 다음, 읽었다고 기록한다
    python -m rnn_shapes.build proofread [--yes] 페이지…
"""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.cmd.build import build_main

from rnn_shapes.sources import original
from shape_claims.accepting.builder import AGREED

DOCS = Path("docs")
BUILD = Path("build")
DOCTREES = BUILD / "doctrees"
STRICT = ("--fail-on-warning", "--nitpicky")
WITHOUT_GALLERY = ("-D", "plot_gallery=0")
TOGETHER = ("-j", "auto")
"""코어마다 프로세스를 둔다. 페이지를 읽고 실행하고 쓰는 일을 나눈다."""


FAILED = "실패했습니다. 이유는 위의 ERROR와 WARNING, 실패한 예제의 보고에 있습니다."
UNREAD = "읽지 않은 글이 남았습니다. 위에 있습니다."
LEFT = "다 고쳐 쓰지는 않았습니다. 이유는 위에 있습니다."


def run(
    builder: str,
    output: Path,
    *options: str,
    pages: Sequence[str] = (),
    doctrees: Path = DOCTREES,
    failure: str = FAILED,
) -> int:
    """Sphinx를 한 번 돌린다. 돌려주는 값은 프로세스의 종료 코드와 같다.

    페이지에는 일부러 틀린 코드가 많아서 TensorFlow가 줄곧 경고한다. 빌드의 보고가 묻히지 않게 경고는 적지 않는다.
    """
    for name in ("absl", "tensorflow"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    code = build_main(["-b", builder, "-d", str(doctrees), *STRICT, *options, str(DOCS), str(output), *pages])
    if code:
        # Sphinx는 읽을 때만 경고한다. 지우지 않으면 다음 빌드가 같은 페이지를 읽지 않고 통과한다.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        print(failure)
    return code


def check(pages: Sequence[str] = (), *, together: bool = True) -> int:
    """페이지의 코드와 주장을 실행한다. ``pages``가 비었으면 모든 페이지다.

    Args:
        pages: 저장소에서 본 경로들.
        together: 코어마다 프로세스를 두고 나누어 실행할까.
    """
    if not all(map(exists, pages)):
        return 2
    jobs = TOGETHER if together else ()
    return run("doctest", BUILD / "doctest", *WITHOUT_GALLERY, *jobs, pages=pages)


def accept(arguments: Sequence[str]) -> int:
    """페이지에서 새 Keras가 바꾼 출력과 주장을 고쳐 쓴다. 먼저 차이를 보이고 묻는다.

    Args:
        arguments: 페이지들. ``--yes``가 있으면 묻지 않고 쓴다. 터미널이 아니고 ``--yes``도 없으면 보이기만 한다.

    Returns:
        고칠 것이 남지 않았으면 0, 쓰지 않았거나 그대로 둔 곳이 있으면 1, 잘못 불렀으면 2.
    """
    pages = _written_pages("accept", "고칠", arguments)
    if not pages:
        return 2
    return run("accept", BUILD / "accept", *WITHOUT_GALLERY, "--quiet", *_tags(arguments), pages=pages, failure=LEFT)


def proofread(arguments: Sequence[str]) -> int:
    """고친 글을 보이고, 코드와 함께 읽었는지 묻고, 읽었으면 기록한다.

    Args:
        arguments: 페이지들. ``--yes``가 있으면 묻지 않고 기록한다. 터미널이 아니고 ``--yes``도 없으면 보이기만 한다.

    Returns:
        읽지 않은 글이 남지 않았으면 0, 남았으면 1, 잘못 불렀으면 2.
    """
    pages = _written_pages("proofread", "읽은", arguments)
    if not pages:
        return 2
    # Sphinx에 바로 적으면 그 사이에 바뀐 다른 페이지까지 더한다.
    named = ("-D", f"proofread_pages={','.join(pages)}")
    return run("proofread", BUILD / "lint", *WITHOUT_GALLERY, "--quiet", *named, *_tags(arguments), failure=UNREAD)


def _written_pages(command: str, which: str, arguments: Sequence[str]) -> list[str]:
    """사람이 적는 페이지들. 잘못 적었으면 말하고, 비었다."""
    pages = [argument for argument in arguments if argument != "--yes"]
    if not pages or any(page.startswith("-") for page in pages):
        print(f"{which} 페이지를 적으세요. 예: python3.11 noxfile.py {command} docs/learn/lstm-and-gru.md")
        return []
    if not all(map(exists, pages)):
        return []
    for page in map(Path, pages):
        written = original(page, DOCS)
        if written != page:
            print(f"{page}: 만들어진 페이지입니다. {written}에서 고치세요.")
            return []
    return pages


def _tags(arguments: Sequence[str]) -> Sequence[str]:
    return ("-t", AGREED) if "--yes" in arguments else ()


def exists(page: str) -> bool:
    """페이지가 있는지 본다. 없으면 말한다."""
    if Path(page).is_file():
        return True
    print(f"{page}: 그런 페이지가 없습니다. docs/learn/lstm-and-gru.md처럼 저장소에서 본 경로로 적으세요.")
    return False


def site() -> int:
    """HTML을 만든다. 확인한 기록이 없는 페이지는 먼저 실행하고, 하나라도 틀리면 아무 페이지도 쓰지 않는다."""
    code = run("html", BUILD / "site", "-D", "shape_claims_run=stale", *TOGETHER)
    if not code:
        print(f"\n다음 파일을 브라우저에서 여세요.\n{(BUILD / 'site' / 'index.html').resolve()}")
    return code


def lint(*, unclaimed: bool = False) -> int:
    """모든 페이지를 새로 읽으며 글을 살핀다. ``unclaimed``이면 주장이 아닌 사실도 페이지마다 늘어놓는다."""
    listed = ("-D", "lint_unclaimed=1") if unclaimed else ()
    options = (*WITHOUT_GALLERY, "--fresh-env", "--quiet", *TOGETHER, *listed)
    return run("dummy", BUILD / "lint", *options, doctrees=BUILD / "lint-doctrees")


def forget_layer_names() -> None:
    """페이지마다 새 프로세스처럼 시작한다. 두지 않으면 ``lstm_1`` 같은 이름이 실행한 차례에 따라 달라진다.

    ``conf.py``가 페이지마다 맨 먼저 부르게 한다.
    """
    if keras := sys.modules.get("keras"):
        keras.utils.clear_session(free_memory=False)  # 쓰레기를 거두면 확인이 다섯에 하나쯤 느려진다
    if tf_keras := sys.modules.get("tf_keras"):
        tf_keras.backend.clear_session()


def main(arguments: Sequence[str]) -> int:
    """명령 하나를 실행한다."""
    match list(arguments):
        case ["site"]:
            return site()
        case ["check", *pages]:
            return check(pages)
        case ["accept", *rest]:
            return accept(rest)
        case ["proofread", *rest]:
            return proofread(rest)
        case ["lint"]:
            return lint()
        case ["lint", "--unclaimed"]:
            return lint(unclaimed=True)
    print(__doc__)
    return 2


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # 쓸 것은 다 썼다. 파이썬이 TensorFlow를 하나씩 거두는 1초를 기다리지 않는다.
    os._exit(status)
