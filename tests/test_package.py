"""패키지: TensorFlow 없이 설치되고 들어온다."""

import importlib
import re
import subprocess
import sys
import zipfile

import pytest
from support import ROOT

IMPORT_ALL = """
import importlib.abc, pkgutil, sys

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"tensorflow", "keras", "tf_keras"}:
            raise ImportError(f"{name}는 없어야 한다")

sys.meta_path.insert(0, Refuse())
import rnn_shapes
for module in pkgutil.walk_packages(rnn_shapes.__path__, "rnn_shapes."):
    __import__(module.name)
print(rnn_shapes.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """새로 만든 바퀴(wheel)."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_does_not_ask_for_tensorflow(wheel):
    """바퀴는 어떤 형태로도 TensorFlow를 요구하지 않는다."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    assert not [line for line in required if "tensorflow" in line or "keras" in line]


def test_every_module_imports_from_the_wheel_without_tensorflow(wheel, tmp_path):
    """바퀴를 푼 곳에서 모든 모듈이 TensorFlow 없이 들어온다."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{IMPORT_ALL}"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(tmp_path))


def test_api_page_lists_every_public_name():
    """API 페이지에 오른 모듈은 공개된 함수와 클래스가 하나도 빠지지 않는다."""
    page = (ROOT / "docs/reference/api.rst").read_text(encoding="utf-8")
    for name in re.findall(r"^\.\. automodule:: (\S+)$", page, flags=re.M):
        module = importlib.import_module(name)
        own = {key for key, value in vars(module).items() if getattr(value, "__module__", None) == name}
        public = {key for key in own if not key.startswith("_") and callable(vars(module)[key])}
        assert set(re.findall(rf"^\.\. auto\w+:: {re.escape(name)}\.(\w+)$", page, flags=re.M)) == public
