"""빌드가 얼마나 걸리는지, 더 줄일 수 없는 일과 비교한 비율로 잰다.

한계는 TensorFlow를 한 번 들여와 모든 페이지의 코드와 모든 갤러리 스크립트를 차례대로 실행하는
프로세스 하나다. 초는 컴퓨터마다 다르므로 이 표의 초를 다른 컴퓨터의 것과 비교하지 않는다.
같은 컴퓨터에서도 다른 일이 끼어들면 늘어나므로, 여러 번 돌려 가장 짧은 것을 적는다.

사용법:

.. code-block:: text

    python3.11 noxfile.py bench           # 세 번
    python3.11 noxfile.py bench --brief   # 강의와 스크립트 몇 개로 한 번. 재는 일이 끝까지 되는지만 볼 때
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from support import with_pages  # noqa: E402 - 시험의 폴더를 알아야 찾는다

# 페이지의 코드와 주장의 식만 뽑아 차례대로 실행한다: 형태도 값도 출력도 비교하지 않는다.
# 역할 default의 왼쪽은 식이 아니라 이름이어서 실행할 것이 없다.
PAGES = """
import contextlib, doctest, io, os, re, sys
from pathlib import Path
BLOCK = re.compile(
    r"^([ ]*)```\\{(doctest|testcode|testsetup)\\}\\n(?::hide:\\n)?(.*?)^\\1```"
    r"|\\{(?:shape|value)\\}`([^`]+?)->(?:(?!->)[^`])*`|^\\w+: ([^\\n]+) -> [^\\n]+$", re.S | re.M)
for page in sorted(Path("docs").rglob("*.md")):
    namespace = {}
    for package in ("keras", "tf_keras"):
        if package in sys.modules:
            sys.modules[package].backend.clear_session()
    text = re.sub(r"^```(?:text|markdown)\\n.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    text = re.sub(
        r"^```\\{include\\} (\\S+)\\n```",
        lambda include: (page.parent / include[1]).read_text(encoding="utf-8"),
        text,
        flags=re.M,
    )
    for indent, kind, code, claim, label in BLOCK.findall(text):
        if claim or label:
            eval(" ".join((claim or label).split()), dict(namespace))
            continue
        code = re.sub(rf"^{indent}", "", code, flags=re.M)
        examples = doctest.DocTestParser().get_examples(code) if kind == "doctest" else None
        for source in [example.source for example in examples] if examples is not None else [code]:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
                exec(compile(source, str(page), "single" if examples is not None else "exec"), namespace)
"""
# 스크립트는 저마다 갈라져 나온 프로세스에서 실행한다: 들여온 것은 함께 쓰지만, 장치를 나누는 스크립트는 TensorFlow가
# 아무것도 계산하지 않은 프로세스에서만 돈다. 그래서 페이지보다 먼저다.
SCRIPTS = """
import contextlib, io, os, sys
import matplotlib.pyplot as plt
import tensorflow
for script in sys.argv[1:]:
    if not (child := os.fork()):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(open(script, encoding="utf-8").read(), script, "exec"), {"__name__": "__main__"})
        for number in plt.get_fignums():  # 그림은 갤러리의 결과물이므로 파일로 쓰는 일까지가 그 몫이다
            plt.figure(number).savefig(io.BytesIO())
        sys.exit()
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{script}을 실행하지 못했습니다.")
"""
FEW_SCRIPTS = ("gallery/cell_and_layer.py", "gallery/several_devices.py")
"""짧게 잴 때 실행되는지만 볼 스크립트. 둘째는 다른 것과 한 프로세스에서 돌지 못한다."""


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


BUILD = ("-m", "rnn_shapes.build")
Cost = tuple[float, float]
"""걸린 시간(초)과 메모리(MB)."""
ROWS = {
    "한계: 페이지의 코드와 갤러리": (None, None),
    "처음부터 만드는 사이트": ("한계: 페이지의 코드와 갤러리", 1.3),
    "바뀐 것이 없는 사이트": (None, 2),
    "글 한 페이지가 바뀐 사이트": (None, 3),
    "한계: 페이지의 코드": (None, None),
    "처음부터 하는 주장의 확인": ("한계: 페이지의 코드", 1.2),
}
"""잴 일마다 비교할 한계와 목표. 한계가 있으면 목표는 그 몇 배, 없으면 몇 초다."""


def copy(folder: Path) -> None:
    """저장소를 옮겨 담는다. ``src``는 페이지가 원본으로 가리키므로 있어야 한다. 만들어진 것은 빼고 담는다."""
    for part in ("docs", "gallery", "src", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)
    (folder / "docs" / "proofread.json").unlink()  # 글을 고치면 다시 읽으라고 한다


def without_gallery(folder: Path) -> None:
    """갤러리의 스크립트를 실행하지 않게 한다. 실행하지 않아도 페이지는 만들어진다."""
    with (folder / "docs/conf.py").open("a", encoding="utf-8") as settings:
        settings.write('\nsphinx_gallery_conf["plot_gallery"] = "False"\n')


def measure(folder: Path, brief: bool) -> list[Cost]:
    """모든 일을 한 번씩 잰다. 순서는 ``ROWS``와 같다. 짧게 잴 때 두 한계는 같으므로 한 번만 잰다."""
    copy(folder)
    if brief:
        without_gallery(folder)
        with_pages(folder, "cells-and-layers.md", "shapes.md")
    # 디스크의 캐시를 데운다. 첫 줄만 차가우면 비교할 수 없다.
    run(folder, "-c", "import tensorflow, tf_keras, matplotlib.pyplot, sphinx.cmd.build")
    scripts = sorted(path.relative_to(folder).as_posix() for path in folder.glob("gallery/*.py"))
    if brief:
        run(folder, "-c", SCRIPTS, *FEW_SCRIPTS)
    limit = run(folder, "-c", PAGES) if brief else run(folder, "-c", SCRIPTS + PAGES, *scripts)
    costs = [limit, run(folder, *BUILD, "site"), run(folder, *BUILD, "site")]
    with (folder / "docs/learn/cells-and-layers.md").open("a", encoding="utf-8") as page:
        page.write("\n글만 한 문장 더합니다.\n")
    costs.append(run(folder, *BUILD, "site"))
    costs.append(limit if brief else run(folder, "-c", PAGES))
    shutil.rmtree(folder / "build")
    costs.append(run(folder, *BUILD, "check"))
    return costs


def table(rounds: list[list[Cost]]) -> str:
    """가장 짧은 시간과 가장 많은 메모리를 한계와 비교한 표."""
    best = {
        label: (min(seconds for seconds, _ in costs), max(memory for _, memory in costs))
        for label, costs in zip(ROWS, zip(*rounds, strict=True), strict=True)
    }
    lines = ["| 일 | 초 | 한계와의 비 | 목표 | 메모리(MB) |", "| --- | --: | --: | --: | --: |"]
    for label, (limit, goal) in ROWS.items():
        seconds, memory = best[label]
        ratio = f"{seconds / best[limit][0]:.2f}" if limit else ""
        target = "" if goal is None else f"{goal}배" if limit else f"{goal}초"
        lines.append(f"| {label} | {seconds:.1f} | {ratio} | {target} | {memory:.0f} |")
    return "\n".join(lines)


def main() -> None:
    """표를 찍는다."""
    parser = argparse.ArgumentParser(prog="noxfile.py bench")
    parser.add_argument("--brief", action="store_true", help="강의 하나로 한 번만 잰다. 스크립트는 실행되는지만 본다")
    brief = parser.parse_args().brief
    rounds = []
    for _ in range(1 if brief else 3):
        with tempfile.TemporaryDirectory() as name:
            rounds.append(measure(Path(name), brief))
    print(table(rounds))


if __name__ == "__main__":
    main()
