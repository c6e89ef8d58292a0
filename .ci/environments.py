"""명령이 쓰는 환경을 만든다. 파이썬과 pip만 있으면 되고, 만든 환경은 잠금 파일이 바뀔 때까지 그대로 쓴다.

noxfile.py가 쓴다. 낡은 파이썬에서도 알아들을 말을 남기려면 읽히기는 해야 하므로, 이 파일과 noxfile.py는
파이썬 3.6의 문법만 쓴다. 표준 라이브러리 밖의 것은 들여오지 않는다.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import runpy
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "tools"
STAMP = "complete"
SUFFIX = ".exe" if os.name == "nt" else ""

NEEDED = {"tools": 0.2, "docs": 2.5, "gallery": 0.5, "lint": 0.5, "deploy": 0.6, "addons": 2}
"""환경을 이 차례로 처음 만들 때 쓰는 디스크(GB). uv가 간직하는 내려받은 것까지 재고 여유를 더했다.
gallery와 lint, deploy는 docs가 받은 것을 하드 링크로 나누어 쓴다."""
NEEDED_TO_BUILD = 0.3
"""환경이 다 있을 때, 사이트와 기록을 쓰는 데 드는 디스크(GB)."""

WITH_PROJECT = ("docs", "lint")
"""저장소의 패키지까지 들어가는 환경. gallery에는 없어야 스크립트가 홀로 도는지 알 수 있다."""

FROM_PIP = {"UV_DEFAULT_INDEX": "index-url", "SSL_CERT_FILE": "cert", "ALL_PROXY": "proxy"}
"""pip에 해 둔 설정 가운데 uv도 알아야 하는 것. pip으로 받을 수 있으면 uv로도 받을 수 있어야 한다."""

DISK_FULL = r"No space left on device|not enough space|Disk quota exceeded|Errno 28\b|os error (28|112|122)\b"
UNREACHABLE = (
    r"Failed to fetch|error sending request|dns error|name resolution|Name or service not known|timed out"
    r"|Connection(Error| refused| reset| broken| aborted)|NewConnectionError|ConnectTimeout|ProxyError"
    r"|Network is unreachable|CERTIFICATE_VERIFY_FAILED|invalid peer certificate"
    r"|Could not find a version|No matching distribution"
)


def main(arguments: "list[str]") -> None:
    """``noxfile.py 세션 인자…``를 nox에 넘긴다. 첫 인자가 옵션이면 모두 nox의 것이다."""
    check_python()
    install_tools()
    if not arguments:
        arguments = ["--list"]
    elif not arguments[0].startswith("-"):
        arguments = ["--session", arguments[0], "--", *(word for word in arguments[1:] if word != "--")]
    # 같은 프로세스에서 부르므로 PYTHONPATH가 필요 없고, 세션의 파이썬에 이 폴더가 새지 않는다.
    sys.path.insert(0, str(TOOLS))
    sys.argv = ["nox", "--noxfile", str(ROOT / "noxfile.py"), *arguments]
    runpy.run_module("nox", run_name="__main__", alter_sys=True)


def environment(name: str) -> str:
    """환경이 없거나 낡았으면 만들고, 그 파이썬의 경로를 돌려준다."""
    check_python()  # nox -s site로 왔으면 아직 살피지 않았다
    folder = ROOT / ".nox" / name
    python = folder / ("Scripts" if SUFFIX else "bin") / f"python{SUFFIX}"
    if not has_python(python, name):
        with only_one(folder):
            # 기다리는 동안 다른 명령이 만들었을 수 있다.
            if not has_python(python, name):
                make(name, folder, python)
    check_disk(NEEDED_TO_BUILD)
    return str(python)


def has_python(python: Path, name: str) -> bool:
    """끝까지 만든 환경에 쓸 수 있는 파이썬이 있는가. 바탕이 된 파이썬을 지우면 끊어진 링크가 된다."""
    return python.exists() and is_current(python.parent.parent, name)


def make(name: str, folder: Path, python: Path) -> None:
    """환경을 처음부터 만든다."""
    uv = install_tools()
    check_disk(NEEDED[name])
    print(f"{name} 환경을 만듭니다. 처음에는 몇 분 걸립니다.", flush=True)
    variables = uv_variables()
    into = ["--python", str(python)]
    install([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], variables)
    install([uv, "pip", "sync", "--require-hashes", "--compile-bytecode", str(lock(name)), *into], variables)
    if name in WITH_PROJECT:
        install([uv, "pip", "install", "--no-deps", "--no-build-isolation", "--editable", ".", *into], variables)
    # 여기까지 오지 못한 환경에는 표식이 없으므로, 다음에 처음부터 다시 만든다.
    (folder / STAMP).write_text(fingerprint(name), encoding="utf-8")


def install_tools() -> str:
    """Nox와 uv를 설치하고 uv의 경로를 돌려준다. ``--target``은 venv도 관리자 권한도 없는 파이썬에서 된다."""
    if not is_current(TOOLS, "tools"):
        with only_one(TOOLS):
            if not is_current(TOOLS, "tools"):
                make_tools()
    return str(TOOLS / "bin" / f"uv{SUFFIX}")


def make_tools() -> None:
    """build/tools를 처음부터 만든다."""
    check_disk(NEEDED["tools"])
    shutil.rmtree(str(TOOLS), ignore_errors=True)
    print("nox와 uv를 build/tools에 설치합니다.", flush=True)
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip"]
    elif shutil.which("uv"):  # uv로 설치한 nox의 파이썬에는 pip이 없다
        pip = ["uv", "pip"]
    else:
        sys.exit(f"이 파이썬({sys.executable})에는 pip이 없습니다. pip이 있는 파이썬으로 실행하세요.")
    command = [*pip, "install", "--require-hashes", "--target", str(TOOLS), "-r", str(lock("tools"))]
    # 사용자 폴더나 가상 환경에만 설치하라는 설정은 --target과 맞지 않고, root라는 경고는 --target과 상관없다.
    aside = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"}
    install(command, {**os.environ, **aside})
    (TOOLS / STAMP).write_text(fingerprint("tools"), encoding="utf-8")


@contextlib.contextmanager
def only_one(folder: Path) -> "Iterator[None]":
    """``folder``를 만드는 명령을 하나로 한다. 뒤에 온 명령은 기다린다고 말하고 기다린다.

    잠그는 것은 파일이 아니라 운영 체제여서, 만들던 프로세스가 죽으면 저절로 풀린다. 파일은 남아도 된다.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("ab") as file:
        if not try_lock(file):
            print(f"다른 명령이 {folder.name} 환경을 만들고 있습니다. 끝나기를 기다립니다.", flush=True)
            while not try_lock(file):
                time.sleep(0.2)
        yield


def try_lock(file: "BinaryIO") -> bool:
    """잠금을 얻었으면 참. 다른 프로세스가 쥐고 있으면 거짓이다. 파일을 닫으면 풀린다."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # 윈도우는 쥐고 있는 것을 권한이 없다고 말한다
        return False
    return True


def is_current(folder: Path, name: str) -> bool:
    """끝까지 만들어졌고, 그 뒤로 바뀐 것이 없는가."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(name)


def fingerprint(name: str) -> str:
    """환경의 내용을 정하는 것 모두의 지문. 이것이 같으면 다시 설치할 이유가 없다."""
    parts = [str(ROOT), "{}.{}".format(*sys.version_info), lock(name).read_text(encoding="utf-8")]
    if name in WITH_PROJECT:
        import tomllib  # 낡은 파이썬에는 없다

        settings = tomllib.loads(pyproject())
        # ruff 설정을 고쳤다고 환경을 다시 만들지는 않는다. 설치에 쓰이는 표만 본다.
        parts.append(repr([settings["build-system"], settings["project"], settings["tool"]["hatch"]]))
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def check_python(version: "tuple[int, ...]" = sys.version_info[:2]) -> None:
    """pyproject.toml이 말하는 범위의 파이썬이 아니면 멈춘다."""
    found = re.search(r'requires-python = ">=(\d+)\.(\d+),<(\d+)\.(\d+)"', pyproject())
    numbers = tuple(int(number) for number in found.groups())
    if not numbers[:2] <= version < numbers[2:]:
        sys.exit(
            "파이썬 {}.{}에서는 실행할 수 없습니다. ".format(*version)
            + "{0}.{1} 이상 {2}.{3} 미만이 필요하니 python{0}.{1} noxfile.py처럼 실행하세요.".format(*numbers)
        )


def check_disk(needed: float) -> None:
    """저장소가 있는 디스크에 ``needed`` GB가 남아 있지 않으면 멈춘다."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < needed:
        numbers = f"{free:.1f}GB가 남았는데 {needed:.1f}GB가 필요합니다"
        sys.exit(f"디스크가 가득 찼습니다: {ROOT}의 디스크에 {numbers}. 자리를 비우고 다시 실행하세요.")


def install(command: "list[str]", variables: "dict[str, str]") -> None:
    """설치 명령을 실행하며 출력을 그대로 보인다. 실패하면 이유를 마지막 한 줄로 말하고 멈춘다."""
    ended, started, output = threading.Event(), time.time(), []

    def keep_alive() -> None:
        # 큰 바퀴(wheel)를 받는 동안 uv는 터미널이 아닌 곳에 아무것도 쓰지 않는다.
        while not ended.wait(15):
            print(f"  … {time.time() - started:.0f}초째 설치하고 있습니다", flush=True)

    threading.Thread(target=keep_alive, daemon=True).start()
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "cwd": str(ROOT)}
    try:
        with subprocess.Popen(command, env=variables, **piped) as process:
            for line in process.stdout:
                output.append(line)
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
    finally:
        ended.set()
    if process.returncode:
        sys.exit(reason(b"".join(output).decode("utf-8", "replace")))


def reason(output: str) -> str:
    """실패한 설치의 출력에서 이유를 읽어 한 줄로 말한다."""
    if re.search(DISK_FULL, output):
        return "디스크가 가득 찼습니다. 자리를 비우고 다시 실행하세요."
    if re.search(UNREACHABLE, output):
        return "패키지 저장소에 연결하지 못했습니다. 네트워크와 pip의 index-url, proxy 설정을 확인하고 다시 실행하세요."
    return "설치하지 못했습니다. 이유는 위의 출력에 있습니다."


def uv_variables() -> "dict[str, str]":
    """uv에 줄 환경 변수. pip에 해 둔 설정을 옮기고, 다른 환경을 가리키는 것은 뺀다."""
    aside = ("PYTHONPATH", "VIRTUAL_ENV", "UV_SYSTEM_PYTHON", "UV_PYTHON")
    variables = {name: value for name, value in os.environ.items() if name not in aside}
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], **piped).stdout
    pattern = re.compile(r"^(?:global|install)\.([\w-]+)='(.*)'", re.MULTILINE)
    settings = dict(pattern.findall(listed.decode("utf-8", "replace")))
    for name, setting in FROM_PIP.items():
        value = os.environ.get("PIP_" + setting.upper().replace("-", "_")) or settings.get(setting)
        if value:
            variables.setdefault(name, value)
    return variables


def lock(name: str) -> Path:
    """환경에 들어갈 것을 해시까지 적은 파일."""
    return ROOT / ".ci" / "lock" / f"{name}.txt"


def pyproject() -> str:
    """pyproject.toml의 글. 낡은 파이썬은 TOML을 읽지 못하므로 글로 다룬다."""
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")
