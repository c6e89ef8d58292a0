"""독자의 도구를 담은 바퀴(wheel): 문서를 만드는 것 없이 설치되고 쓰인다."""

import os
import subprocess
import sys
import tomllib
import zipfile

import pytest
from stranger import Stranger, build_wheel, required
from support import ROOT

PROJECT = ROOT / "packages" / "rnn-shapes"
DOCS_TOOLS = ("sphinx", "docutils", "shape_claims", "furo", "myst_parser", "matplotlib", "tf_keras")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """새로 만든 바퀴."""
    return build_wheel(tmp_path_factory.mktemp("wheel"), PROJECT)


def test_wheel_holds_the_readers_tools_only(wheel):
    """바퀴에는 독자의 도구의 모듈이 빠짐없이 있고, 사이트의 것은 하나도 없다."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("rnn_shapes/")}
    source = ROOT / "src"
    folders = [source / "rnn_shapes" / name for name in ("exporting", "seq2seq", "tracing")]
    modules = {path.relative_to(source).as_posix() for folder in folders for path in folder.glob("*.py")}
    assert names == modules | {"rnn_shapes/__init__.py", "rnn_shapes/py.typed", "rnn_shapes/LICENSE"}


def test_wheel_asks_for_keras_and_numpy_only(wheel):
    """문서를 만드는 것도, 어느 한쪽의 TensorFlow도 요구하지 않는다."""
    assert required(wheel) == ["keras>=3.15", "numpy"]


def test_versions_of_both_wheels_agree():
    """두 바퀴의 버전은 같다."""
    projects = [tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"] for folder in (ROOT, PROJECT)]
    assert projects[0]["version"] == projects[1]["version"]


def test_importing_brings_nothing_in(wheel, tmp_path):
    """패키지를 들여오는 것만으로는 Keras도 TensorFlow도 들어오지 않고, 없는 이름은 여느 모듈처럼 오류다."""
    stranger = Stranger(tmp_path / "env")
    stranger.install("numpy")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(stranger.site)
    code = "import rnn_shapes, sys; print(rnn_shapes.__file__, {'keras', 'tensorflow', 'sphinx'} & set(sys.modules))"
    result = stranger.run("-c", code, folder=tmp_path)
    assert str(stranger.site) in result.stdout, result.stderr
    assert result.stdout.endswith("set()\n")
    assert "cannot import name 'x'" in stranger.run("-c", "from rnn_shapes import x", folder=tmp_path).stderr


TRACING = """
import sys
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
sys.path.insert(0, {site!r})
import keras, numpy, rnn_shapes
print(rnn_shapes.__file__)
print(rnn_shapes.trace_shapes(keras.layers.LSTM(13), numpy.zeros((5, 7, 11)), symbols={{"H": 13}}).rows[0].outputs)
from rnn_shapes import seq2seq
print(seq2seq.exact_match([[5, 1]], [[5, 1, 7]], end_token=1).numpy())
"""


def test_tools_work_without_the_tools_of_the_docs(wheel, tmp_path):
    """Sphinx 없이, 저장소의 원본이 아니라 바퀴의 코드로 따라가고 디코딩한다."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = TRACING.format(absent=DOCS_TOOLS, site=str(tmp_path))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, env=kept, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    printed = [str(tmp_path / "rnn_shapes/__init__.py"), "(N, H)", "[ True]"]
    assert result.stdout.splitlines() == printed, result.stderr[-2000:]
