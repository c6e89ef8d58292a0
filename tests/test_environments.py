"""명령이 쓰는 환경: 잘못된 것을 한 줄로 말하고, 한 번만 만든다."""

import ast
import importlib.util
import itertools
import re
import socket
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / ".ci" / "lock").glob("*.txt"))

Say: TypeAlias = Callable[[str], None]

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
requires-python = ">=3.11,<3.14"
[tool.hatch]
[tool.ruff]
line-length = 120
"""


@pytest.fixture
def environments() -> ModuleType:
    """저장소의 .ci/environments.py. 시험마다 새로 읽으므로 마음껏 바꾸어도 된다."""
    spec = importlib.util.spec_from_file_location("environments", ROOT / ".ci" / "environments.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Repository:
    """설치 명령을 실행하는 대신 적어 두는 작은 저장소."""

    def __init__(self, root: Path, environments: ModuleType) -> None:
        """잠금 파일과 pyproject.toml만 있는 저장소를 만든다."""
        self.root = root
        self.environments = environments
        self.lock = root / ".ci" / "lock" / "docs.txt"
        self.pyproject = root / "pyproject.toml"
        self.lock.parent.mkdir(parents=True)
        self.lock.write_text("numpy==2.4.6\n", encoding="utf-8")
        self.pyproject.write_text(PYPROJECT, encoding="utf-8")
        self.commands: list[str] = []
        self.stopped_at = ""

    def install(self, command: list[str], variables: dict[str, str]) -> None:
        """명령을 적고, venv라면 빈 환경을 남긴다. 멈출 차례면 사람이 멈춘 것처럼 끝난다."""
        verb = next(word for word in command if word in ("venv", "sync", "install"))
        self.commands.append(verb)
        if verb == "venv":
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        if verb == self.stopped_at:
            raise KeyboardInterrupt

    def call(self) -> list[str]:
        """환경을 부르고, 그동안 실행한 설치 명령을 돌려준다."""
        self.commands.clear()
        self.environments.environment("docs")
        return list(self.commands)


@pytest.fixture
def repository(tmp_path: Path, environments: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """빈 환경에서 시작하는 작은 저장소."""
    made = Repository(tmp_path, environments)
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(environments, "SUFFIX", "")
    monkeypatch.setattr(environments, "NEEDED", {"docs": 0})
    monkeypatch.setattr(environments, "NEEDED_TO_BUILD", 0)
    monkeypatch.setattr(environments, "install", made.install)
    monkeypatch.setattr(environments, "install_tools", lambda: "uv")
    return made


EVERYTHING = ["venv", "sync", "install"]


def test_second_call_costs_nothing(repository):
    """다 만든 환경을 다시 부르면 아무것도 설치하지 않는다."""
    assert repository.call() == EVERYTHING
    assert repository.call() == []


def test_changed_lock(repository):
    """잠금 파일이 바뀌면 처음부터 다시 만든다."""
    repository.call()
    repository.lock.write_text("numpy==2.5.0\n", encoding="utf-8")
    assert repository.call() == EVERYTHING


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("[project]", '[project]\nversion = "2"', EVERYTHING), ("120", "100", [])],
    ids=["package", "ruff"],
)
def test_changed_pyproject(repository, old, new, expected):
    """pyproject.toml에서는 설치에 쓰이는 표가 바뀔 때만 다시 만든다."""
    repository.call()
    repository.pyproject.write_text(PYPROJECT.replace(old, new), encoding="utf-8")
    assert repository.call() == expected


@pytest.mark.parametrize("verb", EVERYTHING)
def test_interrupted(repository, verb):
    """만들다가 멈춘 환경은 다음에 처음부터 다시 만든다."""
    repository.stopped_at = verb
    with pytest.raises(KeyboardInterrupt):
        repository.call()
    repository.stopped_at = ""
    assert repository.call() == EVERYTHING


def test_lost_interpreter(repository):
    """바탕이 된 파이썬이 사라진 환경은 다시 만든다."""
    repository.call()
    (repository.root / ".nox" / "docs" / "bin" / "python").unlink()
    assert repository.call() == EVERYTHING


# 설치하는 대신 무엇을 시작했는지 적고, 어떻게 할지 한 줄을 기다리는 저장소의 명령.
MAKE = """
import importlib.util, pathlib, sys
path, root, name = sys.argv[1:]
spec = importlib.util.spec_from_file_location("environments", path)
environments = importlib.util.module_from_spec(spec)
spec.loader.exec_module(environments)

def install(command, variables):
    made = pathlib.Path(root) / ("build/tools" if name == "tools" else ".nox/docs/bin")
    print("설치:", next(word for word in command if word in ("venv", "sync", "install")), flush=True)
    sys.stdin.readline()
    made.mkdir(parents=True, exist_ok=True)
    (made / "python").touch()

environments.ROOT = pathlib.Path(root)
environments.TOOLS = environments.ROOT / "build" / "tools"
environments.SUFFIX, environments.NEEDED, environments.NEEDED_TO_BUILD = "", {"docs": 0, "tools": 0}, 0
environments.install, environments.uv_variables = install, dict
environments.importlib.util.find_spec = lambda name: name  # 시험하는 환경에는 pip이 없다
if name == "tools":
    environments.install_tools()
else:
    environments.install_tools = lambda: "uv"
    environments.environment(name)
print("끝", flush=True)
"""


@pytest.fixture
def command(repository):
    """``command(환경)``이 그 환경을 만드는 명령을 새 프로세스로 시작한다."""
    (repository.root / ".ci" / "lock" / "tools.txt").write_text("nox==1\n", encoding="utf-8")
    started = []

    def start(name):
        arguments = [sys.executable, "-c", MAKE, str(ROOT / ".ci" / "environments.py"), str(repository.root), name]
        started.append(subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


NAMES = pytest.mark.parametrize("name", ["docs", "tools"])


def until_installing(process):
    """설치를 시작할 때까지 찍은 줄."""
    return list(itertools.takewhile(lambda line: not line.startswith("설치:"), process.stdout))


@NAMES
def test_second_command_waits_and_says_so(command, name):
    """같은 환경을 만드는 명령이 이미 있으면, 기다린다고 말하고 기다린 뒤에 그것을 그대로 쓴다."""
    first = command(name)
    until_installing(first)
    second = command(name)
    assert second.stdout.readline() == f"다른 명령이 {name} 환경을 만들고 있습니다. 끝나기를 기다립니다.\n"
    first.communicate("\n\n\n")
    assert second.communicate()[0] == "끝\n"
    assert (first.returncode, second.returncode) == (0, 0)


@NAMES
def test_killed_command_blocks_nobody(command, name):
    """환경을 만들던 명령이 죽으면 다음 명령이 처음부터 만든다."""
    first = command(name)
    until_installing(first)
    waiting = command(name)
    waiting.stdout.readline()
    first.kill()
    until_installing(waiting)
    assert waiting.communicate("\n\n\n")[0].endswith("끝\n")


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14)])
def test_python(environments, version):
    """맞지 않는 파이썬이면 그 버전과 필요한 범위, 부르는 법을 말한다."""
    with pytest.raises(SystemExit) as stopped:
        environments.check_python(version)
    assert stopped.value.code == (
        f"파이썬 3.{version[1]}에서는 실행할 수 없습니다. "
        "3.11 이상 3.14 미만이 필요하니 python3.11 noxfile.py처럼 실행하세요."
    )


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_python(environments, version):
    """맞는 파이썬이면 아무 말도 하지 않는다."""
    environments.check_python(version)


@pytest.mark.parametrize("path", ["noxfile.py", ".ci/environments.py"])
def test_readable_by_old_python(path):
    """파이썬 3.6도 읽을 수 있어서, 버전이 낮다는 말을 할 수 있다."""
    ast.parse((ROOT / path).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_disk_before_installing(environments, monkeypatch):
    """설치하기 전에 디스크를 재서, 어디에 얼마가 남았고 얼마가 필요한지 말한다."""
    monkeypatch.setattr(environments.shutil, "disk_usage", lambda path: SimpleNamespace(free=1_230_000_000))
    environments.check_disk(1.2)
    with pytest.raises(SystemExit) as stopped:
        environments.check_disk(2.5)
    assert stopped.value.code == (
        f"디스크가 가득 찼습니다: {ROOT}의 디스크에 1.2GB가 남았는데 2.5GB가 필요합니다. 자리를 비우고 다시 실행하세요."
    )


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("failed to write to file `a.json`: No space left on device (os error 28)", "디스크가 가득 찼습니다."),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] 장치에 빈 자리가 없음", "디스크가 가득"),
        ("cause: dns error\ncause: failed to lookup address information", "패키지 저장소에 연결하지 못했습니다."),
        ("ERROR: No matching distribution found for nox==2026.10.20", "패키지 저장소에 연결하지 못했습니다."),
        ("cause: operation timed out", "패키지 저장소에 연결하지 못했습니다."),
        ("invalid peer certificate: UnknownIssuer", "패키지 저장소에 연결하지 못했습니다."),
        (" + async-timeout==5.0.1\nerror: Hash mismatch for `nox==2026.10.20`", "설치하지 못했습니다."),
    ],
)
def test_failed_install(environments, output, words):
    """설치가 실패하면 그 출력에서 이유를 읽어 한 줄로 말한다."""
    program = f"import sys; sys.stdout.buffer.write({output.encode()!r}); sys.exit(1)"
    with pytest.raises(SystemExit, match=words) as stopped:
        environments.install([sys.executable, "-c", program], {})
    assert "\n" not in str(stopped.value.code)


def test_streamed(environments, capfdbinary):
    """성공한 설치의 출력은 글자 하나 바꾸지 않고 보인다."""
    environments.install([sys.executable, "-c", "print('Downloading'); print('Installed')"], {})
    assert capfdbinary.readouterr().out.split() == [b"Downloading", b"Installed"]


def test_closed_registry(environments, tmp_path):
    """패키지 저장소가 닫혀 있으면 실제 uv의 출력에서 그것을 알아본다."""
    uv = environments.TOOLS / "bin" / f"uv{environments.SUFFIX}"
    assert uv.exists(), "uv는 명령으로 시험할 때 갖추어집니다: python3.11 noxfile.py tests"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    variables = {
        "UV_DEFAULT_INDEX": f"http://127.0.0.1:{port}/simple",
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "UV_HTTP_RETRIES": "0",
    }
    command = [str(uv), "pip", "install", "--python", sys.executable, "--target", str(tmp_path / "target"), "six"]
    with pytest.raises(SystemExit, match="패키지 저장소에 연결하지 못했습니다"):
        environments.install(command, variables)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["site"], ["--session", "site", "--"]),
        (["doctest", "docs/index.md"], ["--session", "doctest", "--", "docs/index.md"]),
        (["tests", "--", "-k", "claims"], ["--session", "tests", "--", "-k", "claims"]),
        (["-s", "site"], ["-s", "site"]),
        ([], ["--list"]),
    ],
)
def test_arguments(environments, monkeypatch, arguments, expected):
    """첫 인자는 세션이고 나머지는 그 세션의 인자다."""
    monkeypatch.setattr(environments, "install_tools", lambda: "uv")
    monkeypatch.setattr(environments.runpy, "run_module", lambda *_, **__: None)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", [])
    environments.main(arguments)
    assert sys.argv == ["nox", "--noxfile", str(ROOT / "noxfile.py"), *expected]


@pytest.fixture
def pip_settings(environments: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Say:
    """``pip config list``가 말할 것을 정한다."""
    for name in [*environments.FROM_PIP, "PIP_INDEX_URL", "PIP_CERT", "PIP_PROXY"]:
        monkeypatch.delenv(name, raising=False)

    def say(listed: str) -> None:
        answer = subprocess.CompletedProcess([], 0, listed.encode())
        monkeypatch.setattr(environments.subprocess, "run", lambda *_, **__: answer)

    say("")
    return say


def test_pip_settings(environments, monkeypatch, pip_settings):
    """pip에 해 둔 설정은 uv에도 쓰이되, 환경 변수가 설정 파일을 이기고 uv의 것이 가장 세다."""
    pip_settings("global.cert='/a.pem'\nglobal.index-url='file:///a'\ninstall.index-url='file:///b'\n")
    variables = environments.uv_variables()
    assert (variables["UV_DEFAULT_INDEX"], variables["SSL_CERT_FILE"]) == ("file:///b", "/a.pem")
    monkeypatch.setenv("PIP_INDEX_URL", "file:///c")
    assert environments.uv_variables()["UV_DEFAULT_INDEX"] == "file:///c"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "file:///d")
    assert environments.uv_variables()["UV_DEFAULT_INDEX"] == "file:///d"


def test_no_leak(environments, monkeypatch, pip_settings):
    """다른 파이썬을 가리키는 설정은 환경에 새지 않는다."""
    monkeypatch.setenv("PYTHONPATH", "build/tools")
    monkeypatch.setenv("UV_SYSTEM_PYTHON", "1")
    assert not {"PYTHONPATH", "UV_SYSTEM_PYTHON", "UV_DEFAULT_INDEX"} & environments.uv_variables().keys()


def requirements(lock: Path) -> dict[str, str]:
    """잠금 파일의 패키지와 버전."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_nothing_but_versions_and_hashes(lock):
    """잠금 파일에는 버전과 해시뿐이어서, 저장소의 주소도 이 컴퓨터의 경로도 남지 않는다."""
    line = re.compile(
        r"#.* uv via the following command:|#    nox -s lock"
        r"|[a-z0-9-]+==[\w.]+( ; [\w !='.<>()-]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    assert [text for text in lock.read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)] == []


def test_one_version_everywhere():
    """한 패키지의 버전은 모든 환경에서 같다. 옛 TensorFlow가 든 addons만 다르다."""
    versions = defaultdict(set)
    for lock in LOCKS:
        if lock.stem == "addons":
            continue
        for name, version in requirements(lock).items():
            versions[name].add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("lock", "group"),
    [(name, {"docs": "tests"}.get(name, name)) for name in ("docs", "lint", "gallery", "tools", "addons", "deploy")],
)
def test_every_group(lock, group):
    """pyproject.toml에 적은 패키지는 그 잠금 파일에 모두 있다. 없으면 nox -s lock을 잊은 것이다."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]

    def names(group: str) -> Iterator[str]:
        for entry in groups[group]:
            if isinstance(entry, dict):
                yield from names(entry["include-group"])
            else:
                yield re.split(r"[^\w.-]", entry.lower())[0]

    assert set(names(group)) - requirements(ROOT / ".ci" / "lock" / f"{lock}.txt").keys() == set()


def test_gallery_alone():
    """갤러리의 환경에는 Sphinx가 없어서, 스크립트가 홀로 도는지 알 수 있다."""
    assert "sphinx" not in requirements(ROOT / ".ci" / "lock" / "gallery.txt")


@pytest.mark.parametrize("workflow", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.stem)
def test_pinned_actions(workflow):
    """워크플로가 쓰는 action은 모두 해시로 고정되어 있고, 옆에 버전이 적혀 있다."""
    used = re.findall(r"uses: (.+)", workflow.read_text(encoding="utf-8"))
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action)] == []
