"""내려받은 스크립트와 노트북은, 세 패키지만 설치한 독자의 컴퓨터에서 홀로 돈다.

내려받는 것이 ``gallery/``의 스크립트와 같은지는 ``test_gallery.py``가 본다. 그래서 여기서는 사이트를 기다리지 않는다.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from sphinx_gallery.py_source_parser import split_code_and_text_blocks
from support import ROOT

SCRIPTS = sorted((ROOT / "gallery").glob("*.py"))
# 세 패키지만 든 환경의 파이썬. noxfile의 tests가 알려 주고, 없으면 지금의 파이썬이다.
PYTHON = os.environ.get("RNN_SHAPES_GALLERY_PYTHON", sys.executable)
ALONE = ("cell_and_layer", "keras2_model")
"""혼자 실행해 볼 스크립트: 세 패키지만 쓰는 것 하나와, 임시 폴더에 파일을 쓰고 읽는 것 하나."""
# 세 패키지만 든 환경에서 들여오는 말만 실행한다. TensorFlow는 한 번만 들여온다.
RUN_IMPORTS = """
import ast, sys
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    tree.body = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    exec(compile(tree, name, "exec"), {})
    print("IMPORTED", name)
"""


def run_alone(folder, *command, given=None):
    """빈 폴더의 새 프로세스에서, rnn_shapes가 없는 환경에서 실행한다."""
    blocked = folder / "blocked" / "rnn_shapes"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError('스크립트는 rnn_shapes를 쓰지 않는다')\n")
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "Agg", "PYTHONPATH": str(blocked.parent)}
    options = {"cwd": folder, "env": os.environ | quiet, "capture_output": True, "text": True, "check": False}
    return subprocess.run([PYTHON, *command], input=given, **options)


def test_downloads_import_what_everyone_has(tmp_path):
    """내려받은 스크립트가 들여오는 것은 세 패키지만 설치한 파이썬에 모두 있다.

    같은 코드를 사이트를 만들 때 끝까지 실행했으므로, 독자의 컴퓨터에서 다를 수 있는 것은 설치된 패키지와 폴더뿐이다.
    """
    for script in SCRIPTS:
        shutil.copy(script, tmp_path)
    result = run_alone(tmp_path, "-c", RUN_IMPORTS, *(script.name for script in SCRIPTS))
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [f"IMPORTED {script.name}" for script in SCRIPTS]


@pytest.mark.parametrize("name", ALONE)
def test_downloaded_script_runs_alone(tmp_path, name):
    """내려받은 스크립트가 빈 폴더의 새 프로세스에서, rnn_shapes가 없는 환경에서 돈다."""
    shutil.copy(ROOT / "gallery" / f"{name}.py", tmp_path)
    result = run_alone(tmp_path, f"{name}.py")
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip(), "읽을 만한 출력이 없다"


RUN_CELLS = """
import json, sys
namespace = {"__name__": "__main__"}
for number, cell in enumerate(json.load(sys.stdin)):
    exec(compile(cell, f"[{number}]", "exec"), namespace)
print("DONE", number)
"""


def test_notebook_runs_cell_by_cell(tmp_path):
    """노트북의 칸을 차례로 실행하면 끝까지 돈다. 칸으로 나누어도 되는지는 스크립트 하나로 알 수 있다."""
    _, blocks = split_code_and_text_blocks(str(ROOT / "gallery" / "cell_and_layer.py"))
    cells = [block.content for block in blocks if block.type == "code"]
    result = run_alone(tmp_path, "-c", RUN_CELLS, given=json.dumps(cells))
    assert result.returncode == 0, result.stderr
    assert f"DONE {len(cells) - 1}" in result.stdout.splitlines()
