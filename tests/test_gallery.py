"""갤러리 스크립트: 홀로 서고, 제 형태를 스스로 확인한다."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

SCRIPTS = sorted((ROOT / "gallery").glob("*.py"))
ALLOWED = {"tensorflow", "numpy", "matplotlib"}
# 세 패키지만 든 환경의 파이썬. noxfile의 tests가 알려 주고, 없으면 지금의 파이썬이다.
PYTHON = os.environ.get("RNN_SHAPES_GALLERY_PYTHON", sys.executable)


def test_there_are_enough_scripts():
    """원문의 예제를 모두 덮을 만큼 스크립트가 있다."""
    assert len(SCRIPTS) >= 6


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_imports_only_what_everyone_has(script):
    """스크립트는 tensorflow, numpy, matplotlib만 들여온다."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= ALLOWED


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_asserts_shapes_in_names(script):
    """스크립트는 형태를 긴 이름으로 assert하고, 크기는 서로 다르며 게이트의 수와 겹치지 않는다."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    asserted = [ast.unparse(node.test) for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert [test for test in asserted if ".shape ==" in test and "_size" in test]
    sizes = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            sizes |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    shapes = [sizes[name] for name in sizes if name.endswith(("_size", "_length", "_dim"))]
    assert len(shapes) == len(set(shapes))
    assert not {2, 3, 4} & set(shapes)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_downloaded_script_runs_alone(checked_docs, script, tmp_path):
    """내려받은 스크립트가 빈 폴더의 새 프로세스에서, rnn_shapes가 없는 환경에서 돈다."""
    downloaded = ROOT / "docs" / "gallery" / script.name
    copy = tmp_path / script.name
    copy.write_bytes(downloaded.read_bytes())
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "Agg"}
    blocked = tmp_path / "blocked" / "rnn_shapes"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError('스크립트는 rnn_shapes를 쓰지 않는다')\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | quiet
    environment["PYTHONPATH"] = str(blocked.parent)
    result = subprocess.run(
        [PYTHON, copy.name], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip(), "읽을 만한 출력이 없다"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_notebook_has_the_code_of_the_script(checked_docs, script):
    """내려받는 노트북의 코드는 스크립트의 코드와 같고, 글에는 날 역할이 없다."""
    notebook = json.loads((ROOT / "docs" / "gallery" / f"{script.stem}.ipynb").read_text(encoding="utf-8"))
    cells = [("".join(cell["source"]), cell["cell_type"]) for cell in notebook["cells"]]
    _, blocks = split_code_and_text_blocks(str(script))
    expected = [block.content.strip() for block in blocks if block.type == "code"]
    assert [source.strip() for source, kind in cells if kind == "code"] == expected
    assert not [source for source, kind in cells if kind == "markdown" and re.search(r":[a-z]+:`", source)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_chapter_and_script_link_to_each_other(html_build, script):
    """스크립트마다 그것을 가리키는 장이 있고, 스크립트의 페이지에서 그 장으로 돌아갈 수 있다."""
    folder, _ = html_build
    page = (folder / "gallery" / f"{script.stem}.html").read_text(encoding="utf-8")
    chapters = [
        chapter.name
        for chapter in (folder / "learn").glob("*.html")
        if f'href="../gallery/{script.stem}.html"'
        in re.sub(r"(?s)<aside.*?</aside>", "", chapter.read_text(encoding="utf-8"))
    ]
    assert chapters
    assert all(f'href="../learn/{chapter}"' in page.partition("seealso")[2] for chapter in chapters)
