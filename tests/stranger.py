"""낯선 사람의 환경: 이 저장소가 없고, 확장의 바퀴(wheel)와 그것이 요구하는 패키지만 있다.

패키지는 지금의 환경에서 파일을 옮겨 담는다. 그래서 네트워크 없이 몇 초면 되고, 버전은 잠근 그대로다.
"""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from support import ROOT


def build_wheel(folder: Path, project: Path = ROOT) -> Path:
    """새로 만든 바퀴. ``project``는 ``pyproject.toml``이 있는 폴더다."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def required(wheel: Path) -> list[str]:
    """바퀴가 요구하는 것."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode("utf-8").partition("\n\n")[0].splitlines()
    return [line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: ")]


class Stranger:
    """한 환경."""

    def __init__(self, folder: Path) -> None:
        """빈 환경을 만든다."""
        self.folder = folder
        venv.create(folder, with_pip=False, symlinks=os.name == "posix")
        scheme = {"base": str(folder), "platbase": str(folder)}
        self.site = Path(sysconfig.get_path("purelib", "venv", scheme))
        self.python = Path(sysconfig.get_path("scripts", "venv", scheme), "python")

    def unpack(self, wheel: Path) -> None:
        """바퀴를 그것이 요구하는 것과 함께 설치한다."""
        self.install(*required(wheel))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.site)

    def install(self, *requirements: str) -> None:
        """패키지를 그 의존성까지 설치한다."""
        for distribution in _closure(requirements):
            _copy(distribution, self.site)

    def run(self, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """환경의 파이썬을 실행한다. 바깥의 경로와 설정은 넘기지 않는다."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "PYTEST"))
        }
        command = [str(self.python), *arguments]
        return subprocess.run(
            command,
            cwd=folder,
            env={**kept, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def _closure(requirements: Iterable[str]) -> Iterator[importlib.metadata.Distribution]:
    waiting, found = list(requirements), set()
    while waiting:
        requirement = Requirement(waiting.pop())
        if requirement.name.lower() in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        distribution = importlib.metadata.distribution(requirement.name)
        assert requirement.specifier.contains(distribution.version, prereleases=True), requirement
        found.add(requirement.name.lower())
        waiting += distribution.requires or ()
        yield distribution


def _copy(distribution: importlib.metadata.Distribution, site: Path) -> None:
    for file in distribution.files or ():
        source, target = Path(str(distribution.locate_file(file))), site / file
        if ".." in file.parts or "__pycache__" in file.parts or not source.is_file():
            continue  # commands, and what Python makes again
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
