"""페이지가 읽을 기록을 쓴다. 문서의 환경에는 ONNX가 없으므로 페이지의 주장은 이 기록을 본다."""

import hashlib
import os
import pprint
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

from rnn_shapes.deploying.data import NOT_RUN, REFUSED, WRONG, Measured, cells

RECORD = Path("docs/howto/deploy.txt")
RECIPES = Path("tests/deploying")
"""페이지에 그대로 보이는 코드가 있는 곳. 이름이 ``onnx_``나 ``litert_``로 시작한다."""
INTEGERS = RECIPES / "litert_integers.py"
LOOPS = {"unroll=True": ("unroll",), "unroll=False": ()}
"""층을 펼쳤는지와, 그 코드의 인자."""
WIDTH = 72


def run_recipes() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """페이지에 보이는 코드를 빈 폴더에서 실행하고, 이름마다의 지문과 ``raised``에 담아 둔 오류의 글을 준다.

    코드가 스스로 답을 확인한다.
    """
    from rnn_shapes.deploying.measuring import said

    here = Path.cwd()
    found: dict[str, str] = {}
    raised: dict[str, dict[str, str]] = {}
    for path in sorted(RECIPES.glob("onnx_*.py")):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                left = runpy.run_path(str(here / path)).get("raised", {})
            finally:
                os.chdir(here)
        found[path.name] = fingerprint(path)
        raised |= {path.name: {name: said(error) for name, error in left.items()}} if left else {}
    return {**found, INTEGERS.name: fingerprint(INTEGERS)}, raised


def run_integers() -> dict[str, bool]:
    """계산까지 정수로 바꾸는 코드를 끝까지 실행하는가. 파이썬이 죽기도 하므로 따로 띄운다."""
    found = {}
    for name, arguments in LOOPS.items():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(INTEGERS.resolve()), *arguments]
            ended = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
        if ended.returncode > 0:  # 신호로 죽은 것이 아니라 코드가 틀린 것이다
            raise RuntimeError(f"{INTEGERS}({name}): {ended.stderr.decode()[-500:]}")
        found[name] = ended.returncode == 0
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
        "messages": {name: said[name] for name in ("LSTM.bfloat16", "LSTM.float64", "LSTM.id_beyond") if name in said},
        "integers": dict(measured.integers),
    }
    body = pprint.pformat(recorded, width=WIDTH, sort_dicts=False)
    return f"```{{testcode}}\nrecorded = {body}\n```\n"
