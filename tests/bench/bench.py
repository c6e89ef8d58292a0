"""빌드가 얼마나 걸리는지, 더 줄일 수 없는 일에 견준 비율로 잰다.

한계는 TensorFlow를 한 번 들여와 모든 페이지의 코드와 모든 갤러리 스크립트를 그대로 실행하는
프로세스 하나다. 초는 컴퓨터마다 다르므로 이 표의 초를 다른 컴퓨터의 것과 견주지 않는다.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]

# 페이지의 코드와 주장의 식만 뽑아 차례대로 실행한다: 형태도 출력도 견주지 않는다.
PAGES = """
import contextlib, doctest, io, os, re, sys
from pathlib import Path
BLOCK = re.compile(
    r"^([ ]*)```\\{(doctest|testcode|testsetup)\\}\\n(?::hide:\\n)?(.*?)^\\1```"
    r"|\\{shape\\}`([^`]+?)->[^`>]*`|^\\w+: ([^\\n]+) -> [^\\n]+$", re.S | re.M)
for page in sorted(Path("docs").rglob("*.md")):
    namespace = {}
    for package in ("keras", "tf_keras"):
        if package in sys.modules:
            sys.modules[package].backend.clear_session()
    text = re.sub(r"^```(?:text|markdown)\\n.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    for indent, kind, code, claim, label in BLOCK.findall(text):
        if claim or label:
            eval((claim or label).strip(), dict(namespace))
            continue
        code = re.sub(rf"^{indent}", "", code, flags=re.M)
        examples = doctest.DocTestParser().get_examples(code) if kind == "doctest" else None
        for source in [example.source for example in examples] if examples is not None else [code]:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
                exec(compile(source, str(page), "single" if examples is not None else "exec"), namespace)
"""
SCRIPTS = """
import matplotlib.pyplot as plt
for script in sorted(Path("gallery").glob("*.py")):
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), {"__name__": "__main__"})
    for number in plt.get_fignums():  # 그림은 갤러리의 결과물이므로 파일로 쓰는 일까지가 그 몫이다
        plt.figure(number).savefig(io.BytesIO())
    plt.close("all")
"""


def run(folder: Path, *arguments: str) -> tuple[float, float]:
    """파이썬을 한 번 돌리고 걸린 시간(초)과 가장 많이 쓴 메모리(MB)를 잰다."""
    start = time.perf_counter()
    log = folder / "bench.log"
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "Agg"}
    here = Path.cwd()
    os.chdir(folder)
    try:
        child = os.posix_spawn(sys.executable, [sys.executable, *arguments], environment, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
    finally:
        os.chdir(here)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(arguments)[:60]}: 실패했습니다.\n{log.read_text(errors='replace')[-3000:]}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """표를 찍는다."""
    build = ("-m", "rnn_shapes.build")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("docs", "gallery", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, folder / part)
        shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)
        # 디스크의 캐시를 데운다. 첫 줄만 차가우면 견줄 수 없다.
        run(folder, "-c", "import tensorflow, tf_keras, matplotlib.pyplot, sphinx.cmd.build")

        rows = []
        limit = run(folder, "-c", PAGES + SCRIPTS)
        rows.append(("한계: 페이지의 코드와 갤러리", limit, None, None))
        rows.append(("처음부터 만드는 사이트", run(folder, *build, "site"), limit, 1.3))
        page = folder / "docs/learn/cells-and-layers.md"
        rows.append(("바뀐 것이 없는 사이트", run(folder, *build, "site"), None, 2))
        page.write_text(
            page.read_text(encoding="utf-8").replace("셀은 한 타임스텝", "셀은 타임스텝 하나"), encoding="utf-8"
        )
        rows.append(("글 한 페이지가 바뀐 사이트", run(folder, *build, "site"), None, 3))
        code = run(folder, "-c", PAGES)
        rows.append(("한계: 페이지의 코드", code, None, None))
        shutil.rmtree(folder / "build")
        rows.append(("처음부터 하는 주장의 확인", run(folder, *build, "check"), code, 1.2))

    print("| 일 | 초 | 한계와의 비 | 목표 | 메모리(MB) |\n| --- | --: | --: | --: | --: |")
    for label, (seconds, memory), base, goal in rows:
        ratio = f"{seconds / base[0]:.2f}" if base else ""
        target = "" if goal is None else f"{goal}배" if base else f"{goal}초"
        print(f"| {label} | {seconds:.1f} | {ratio} | {target} | {memory:.0f} |")


if __name__ == "__main__":
    main()
