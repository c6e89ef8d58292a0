"""이 저장소의 명령. ``python3.11 noxfile.py site``처럼 부르면 nox까지 알아서 갖춘다.

nox가 있으면 ``nox -s site``도 같다. 환경은 .ci/environments.py가 만들고, 여기에는 무엇을 실행하는지만 적는다.
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / ".ci"))
import environments

if __name__ == "__main__":
    # 여기서 끝난다. 아래는 nox가 이 파일을 모듈로 읽을 때만 쓰이고, 그전에는 nox가 없을 수도 있다.
    sys.exit(environments.main(sys.argv[1:]))

import nox
from nox.command import CommandFailed

nox.options.default_venv_backend = "none"
nox.options.sessions = ["tests", "lint", "site"]

SETTINGS = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "MPLBACKEND": "Agg",
    "SOURCE_DATE_EPOCH": "1767225600",  # 같은 원본이 언제나 같은 사이트가 되게 한다
    "PYTHONPATH": None,
}
LOCKED_GROUPS = {
    "docs": "tests",
    "lint": "lint",
    "gallery": "gallery",
    "tools": "tools",
    "addons": "addons",
    "deploy": "deploy",
}
APART = ("docs", "addons")
"""버전을 docs에 맞추지 않는 환경: docs 자신과, 옛 TensorFlow가 든 addons."""


def run(session: nox.Session, environment: str, *command: str, **variables: str) -> None:
    """환경의 파이썬으로 명령을 실행한다."""
    python = environments.environment(environment)
    session.run(python, *command, env={**SETTINGS, **variables}, external=True)


@nox.session
def site(session: nox.Session) -> None:
    """사이트를 만들고 열 파일의 경로를 알린다."""
    run(session, "docs", "-m", "rnn_shapes.build", "site")


@nox.session
def tests(session: nox.Session) -> None:
    """모든 시험: 단위 시험, docstring, 페이지의 모든 주장, 갤러리 스크립트."""
    environments.environment("docs")  # gallery가 나누어 쓸 것을 먼저 받는다
    gallery = environments.environment("gallery")
    # 파일의 차례는 tests/conftest.py가 정한다.
    together = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    # 확장의 시험은 바퀴와 함께 새 환경에서 모두 실행된다(tests/test_package.py). 같은 것을 두 번 실행하지 않는다.
    chosen = session.posargs or ["--ignore=tests/shape_claims"]
    run(session, "docs", "-m", "pytest", *together, *chosen, RNN_SHAPES_GALLERY_PYTHON=gallery)


@nox.session
def doctest(session: nox.Session) -> None:
    """이름을 적은 페이지의 코드와 주장을 확인한다. 적지 않으면 모든 페이지다."""
    run(session, "docs", "-m", "rnn_shapes.build", "check", *session.posargs)


@nox.session
def accept(session: nox.Session) -> None:
    """새 Keras가 바꾼 출력과 주장을 페이지에 고쳐 쓴다. 먼저 차이를 보이고 묻는다. --yes를 붙이면 묻지 않는다."""
    run(session, "docs", "-m", "rnn_shapes.build", "accept", *session.posargs)


@nox.session
def proofread(session: nox.Session) -> None:
    """고친 글을 보이고, 다시 읽었으면 기록한다. 묻지 않고 기록하려면 --yes를 붙인다."""
    run(session, "docs", "-m", "rnn_shapes.build", "proofread", *session.posargs)


@nox.session
def contract(session: nox.Session) -> None:
    """층마다 나오는 것을 다시 실행해서 자료 파일을 만든다."""
    run(session, "docs", "-m", "rnn_shapes.contract", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """고칠 때마다 다시 만들어 보여 주는 미리 보기. -- --once를 붙이면 되는지만 보고 끈다."""
    # 빌드가 쓰는 갤러리의 페이지까지 지켜보면 다시 만들기가 끝나지 않는다.
    watching = "--ignore docs/gallery --ignore docs/sg_execution_times.rst --watch gallery --watch src"
    command = f"-m sphinx_autobuild {watching} -d build/doctrees -W --keep-going -n docs build/site".split()
    if "--once" in session.posargs:
        run(session, "docs", ".ci/serve_once.py", environments.environment("docs"), *command)
    else:
        run(session, "docs", *command, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """코드의 서식과 타입, 글을 살핀다. -- --unclaimed는 주장이 아닌 사실을 페이지마다 늘어놓는다."""
    if session.posargs:
        run(session, "lint", "-m", "rnn_shapes.build", "lint", *session.posargs)
        return
    failed = []  # 하나가 실패해도 끝까지 살핀다
    for command in ("ruff check", "ruff format --check", "mypy", "rnn_shapes.build lint"):
        try:
            run(session, "lint", "-m", *command.split())
        except CommandFailed:
            failed.append(command)
    if failed:
        session.error("고칠 것이 있습니다: " + ", ".join(failed))


@nox.session
def browser(session: nox.Session) -> None:
    """만든 사이트를 크로미움으로 열어 본다."""
    site(session)
    run(session, "docs", "-m", "pytest", "tests/browser", "--numprocesses=auto", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """빌드와 확인에 드는 시간을, 같은 코드를 한 번 실행하는 시간과 비교한 표."""
    run(session, "docs", "tests/bench/bench.py", *session.posargs)


@nox.session(name="addons-reference")
def addons_reference(session: nox.Session) -> None:
    """진짜 TensorFlow Addons로 시험의 자료를 다시 만든다. -- --check는 고치지 않고, 몇 경우가 그대로인지만 본다."""
    if sys.version_info[:2] != (3, 11):
        session.error("TensorFlow Addons는 파이썬 3.11까지만 있습니다. python3.11 noxfile.py로 실행하세요.")
    for script in ("reference.py", "record.py"):  # 시험이 비교할 자료, 페이지가 말할 값
        run(session, "addons", str(Path("tests", "addons", script)), *session.posargs)


@nox.session
def deploy(session: nox.Session) -> None:
    """내보낸 모델이 Keras와 같은지 다시 재서 자료 파일을 만든다. -- --check는 고치지 않고, 일부가 그대로인지만 본다."""
    run(session, "deploy", "-m", "rnn_shapes.deploying", *session.posargs, PYTHONPATH="src")


@nox.session
def lock(session: nox.Session) -> None:
    """잠금 파일을 다시 만든다. -- --upgrade는 버전까지 올리고, -- --check는 고치지 않고 낡았는지만 본다."""
    locks = Path(".ci", "lock")
    if "--check" not in session.posargs:
        compile_locks(session, locks, *session.posargs)
        return
    with tempfile.TemporaryDirectory() as name:
        # 있던 것에서 시작해야 버전이 그대로다.
        made = Path(shutil.copytree(str(locks), str(Path(name, "lock"))))
        compile_locks(session, made)
        old = [group for group in LOCKED_GROUPS if pinned(locks, group) != pinned(made, group)]
    if old:
        session.error(
            "잠금 파일이 낡았습니다: {}. python3.11 noxfile.py lock으로 다시 만드세요.".format(", ".join(old))
        )


def pinned(folder: Path, name: str) -> "list[str]":
    """잠금 파일의 패키지와 버전. 해시는 저장소에 바퀴(wheel)가 더해지면 늘어나므로 비교하지 않는다."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" \\")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]


def compile_locks(session: nox.Session, folder: Path, *more: str) -> None:
    """잠금 파일을 ``folder``에 만든다. 있던 파일의 버전은 되도록 그대로 둔다."""
    uv = environments.install_tools()
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate"]
    for name, group in LOCKED_GROUPS.items():
        # 가장 큰 docs를 먼저 정하고 나머지를 거기에 맞추므로, 한 패키지의 버전은 어디서나 같다.
        same = [] if name in APART else ["--constraint", str(folder / "docs.txt")]
        session.run(
            # pyproject.toml을 이름으로 주면 확장의 의존성까지 든다: 갤러리의 환경에는 Sphinx가 없어야 한다.
            *[uv, "pip", "compile", "--quiet", "--group", group, *same],
            *["-o", str(folder / f"{name}.txt"), *options, "--fork-strategy", "fewest"],
            *["--custom-compile-command", "nox -s lock", *more],
            env=environments.uv_variables(),
            external=True,
        )
