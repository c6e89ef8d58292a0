"""페이지가 읽을 기록을 쓴다. 문서의 환경에는 ONNX가 없으므로 페이지의 주장은 이 기록을 본다."""

import hashlib
import os
import pprint
import runpy
import tempfile
from pathlib import Path

from rnn_shapes.deploying.data import NOT_RUN, REFUSED, WRONG, Measured, cells

RECORD = Path("docs/howto/deploy.txt")
RECIPES = Path("tests/deploying")
"""페이지에 그대로 보이는 코드가 있는 곳. 이름이 ``onnx_``로 시작한다."""
WIDTH = 72


def run_recipes() -> dict[str, str]:
    """페이지에 보이는 코드를 빈 폴더에서 실행하고, 이름마다의 지문을 준다. 코드가 스스로 답을 확인한다."""
    here = Path.cwd()
    found = {}
    for path in sorted(RECIPES.glob("onnx_*.py")):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                runpy.run_path(str(here / path))
            finally:
                os.chdir(here)
        found[path.name] = fingerprint(path)
    return found


def fingerprint(path: Path) -> str:
    """코드의 지문."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def record(measured: Measured) -> str:
    """ONNX에서 잰 것을 담은, 페이지가 끌어올 코드."""
    onnx = {case.name: one for (case, route), one in cells(measured).items() if route == "onnx"}
    said = {name: one.message for name, one in onnx.items() if one.kind in (REFUSED, NOT_RUN) and one.message}
    recorded = {
        "versions": dict(measured.versions),
        "onnx": {name: one.kind for name, one in onnx.items()},
        "difference": {name: one.amount for name, one in onnx.items() if one.kind == WRONG},
        "first call apart": {name: one.call for name, one in onnx.items() if one.kind == WRONG},
        "messages": {name: said[name] for name in ("LSTM.bfloat16", "LSTM.id_beyond") if name in said},
    }
    body = pprint.pformat(recorded, width=WIDTH, sort_dicts=False)
    return f"```{{testcode}}\nrecorded = {body}\n```\n"
