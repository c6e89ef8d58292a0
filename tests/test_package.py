"""확장의 바퀴(wheel): TensorFlow도 이 사이트도 없는 곳에서, 제 시험을 모두 통과하며 쓰인다."""

import ast
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from stranger import Stranger, build_wheel, required
from support import ROOT

TESTS = ROOT / "tests" / "shape_claims"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """새로 만든 바퀴."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_only_the_extension(wheel):
    """바퀴에는 확장의 코드와 README, 형식 표시, 번역, 모양만 들어 있다."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    outside = [name for name in names if not name.startswith(("shape_claims/", "sphinx_shape_claims-"))]
    assert outside == []
    data = {name for name in names if name.startswith("shape_claims/") and not name.endswith(".py")}
    assert data == {
        "shape_claims/README.md",
        "shape_claims/py.typed",
        "shape_claims/locale/ko/LC_MESSAGES/shape_claims.po",
        "shape_claims/predicting/predict.js",
        "shape_claims/static/code-shapes.css",
        "shape_claims/static/code-shapes.js",
        "shape_claims/static/shape-claims-predict.css",
        "shape_claims/static/shape-claims.css",
    }


def test_wheel_describes_itself_in_english(wheel):
    """바퀴의 설명은 확장의 README 그대로이고, 한글이 없다."""
    readme = (ROOT / "src/shape_claims/README.md").read_text(encoding="utf-8")
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode("utf-8")
    assert metadata.partition("\n\n")[2].strip() == readme.strip()
    assert not re.search("[가-힣]", readme)


def test_wheel_asks_for_sphinx_only(wheel):
    """바퀴가 요구하는 것은 Sphinx뿐이다."""
    assert [re.match(r"[\w-]+", requirement)[0] for requirement in required(wheel)] == ["sphinx"]


def test_own_tests_pass_and_cover_every_line_of_the_wheel(wheel, tmp_path):
    """확장의 시험은 바퀴와 Sphinx, NumPy만 있는 곳에서 통과하고, MyST의 시험까지 더하면 모든 줄을 실행한다."""
    stranger = Stranger(tmp_path / "env")
    stranger.unpack(wheel)
    stranger.install("numpy", "pytest", "coverage")
    shutil.copytree(TESTS, tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tensorflow", "keras", "tf_keras", "rnn_shapes", "furo", "matplotlib", "myst_parser"):
        assert stranger.run("-c", f"import {name}", folder=tmp_path).returncode == 1
    measuring = ["-m", "coverage", "run", "--append", "--source=shape_claims", "-m", "pytest", "-q"]
    # docstring이 먼저다: Sphinx의 doctest 빌드는 doctest 모듈을 바꾸어 놓는다.
    options = ["-p", "no:cacheprovider", "-W", "error:::shape_claims"]
    options += ["--doctest-modules", "--pyargs", "shape_claims", "tests"]
    for chosen in ("not myst and not accepting", "myst or accepting"):
        result = stranger.run(*measuring, *options, "-k", chosen, folder=tmp_path)
        assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
        stranger.install("myst-parser")
    wanted = ["--fail-under=100", "--show-missing", "--skip-covered"]
    report = stranger.run("-m", "coverage", "report", *wanted, folder=tmp_path)
    assert report.returncode == 0, report.stdout
    where = stranger.run("-c", "import shape_claims; print(shape_claims.__file__)", folder=tmp_path)
    assert str(stranger.site) in where.stdout


def imported(path: Path) -> set[str]:
    """파이썬 파일이 들여오는 모듈의 이름."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_extension_knows_nothing_of_this_site():
    """확장은 이 사이트도, 텐서플로도, 테마도, 그림도 들여오지 않는다."""
    for path in (ROOT / "src/shape_claims").rglob("*.py"):
        roots = {name.partition(".")[0] for name in imported(path)}
        assert not roots & {"rnn_shapes", "tensorflow", "keras", "tf_keras", "furo", "matplotlib", "myst_parser"}, path


ABOVE = {
    "figures": {"contract", "lint", "pages"},
    "live": {"contract", "lint", "pages"},
    "contract": {"lint", "pages"},
    "deploying": {"lint"},
    "exporting": {"contract", "deploying", "figures", "lint", "pages", "seq2seq"},
    "pages": {"lint"},
    "lint": {"pages"},
    "seq2seq": {"contract", "figures", "lint", "pages", "tracing"},
    "tracing": {"contract", "figures", "lint", "pages", "seq2seq"},
    "": {"lint", "pages"},
}
"""폴더마다, 그 안의 모듈이 들여와서는 안 되는 폴더. 빈 이름은 폴더 밖의 모듈이다."""


def test_imports_run_one_way():
    """들여오는 방향은 lint, contract, figures, shape_claims의 차례이고, 아무도 lint와 pages를 들여오지 않는다."""
    package = ROOT / "src/rnn_shapes"
    found = []
    for path in package.rglob("*.py"):
        folder = path.relative_to(package).parts[0] if path.parent != package else ""
        names = {name.split(".")[1] for name in imported(path) if re.match(r"rnn_shapes\.\w", name)}
        if path != package / "site.py":  # 사이트를 이루는 것을 모으는 곳이다
            found += [f"{path.name}: {name}" for name in names & ABOVE[folder]]
    assert found == []
