"""내보낸 모델을 모두 재어 자료 파일을 쓰거나, 그 일부를 다시 재어 비교한다.

사용법:

.. code-block:: text

    python -m rnn_shapes.deploying                # 모두 재어 자료 파일을 쓴다
    python -m rnn_shapes.deploying --check        # 커밋마다 다른 몇 칸만 다시 재어 자료와 비교한다
    python -m rnn_shapes.deploying --only LSTM.   # 이름이 이렇게 시작하는 것만 다시 재어 비교한다
"""

import random
import sys
import zlib
from collections.abc import Iterable, Sequence

from rnn_shapes.deploying.cases import Case, cases
from rnn_shapes.deploying.data import AGAIN, FILE, Measured, cells, load, versions, write
from rnn_shapes.deploying.recording import RECORD, record, run_integers, run_recipes
from rnn_shapes.files import write_if_changed

CHECKED = 5
"""``--check``가 다시 재는 칸의 수. 길마다 하나다."""


def main(arguments: Sequence[str]) -> int:
    """명령 하나를 실행하고 종료 코드를 돌려준다."""
    match list(arguments):
        case []:
            return remeasure()
        case ["--check"]:
            return compare(sample(list(cells(load())), CHECKED, seed_of_commit()))
        case ["--only", prefix]:
            chosen = [(one, route) for one, route in cells(load()) if one.name.startswith(prefix)]
            if not chosen:
                print(f"이름이 {prefix}(으)로 시작하는 경우가 없습니다. LSTM.mask처럼 적으세요.")
                return 2
            return compare(chosen)
    print(__doc__)
    return 2


def remeasure() -> int:
    """모두 재어 자료 파일을 쓴다."""
    from rnn_shapes.deploying.measuring import measure

    found = {}
    for case in cases():
        found[case] = {route: measure(case, route) for route in case.routes()}
        print(case.name, *(f"{route}={one.kind}" for route, one in found[case].items()), flush=True)
    measured = Measured(versions(), *run_recipes(), run_integers(), found)
    written = write_if_changed(FILE, write(measured))
    write_if_changed(RECORD, record(measured))
    print(f"{len(found)}가지 경우를 재었습니다: {FILE}({'달라져서 다시 씀' if written else '달라지지 않음'})")
    return 0


def seed_of_commit() -> int:
    """커밋마다 다르고 같은 커밋에서는 같아서 실패를 다시 볼 수 있는 시드. git이 없으면 자료 파일에서 얻는다."""
    history = FILE.resolve().parents[2] / ".git" / "logs" / "HEAD"
    if not history.is_file():
        return zlib.crc32(FILE.read_bytes())
    _, commit, *_ = history.read_text(encoding="utf-8").splitlines()[-1].split()
    return zlib.crc32(commit.encode())


def sample(pairs: Sequence[tuple[Case, str]], count: int, seed: int) -> list[tuple[Case, str]]:
    """골고루 뽑은 칸. 길마다 같은 수를 뽑는다."""
    drawn = random.Random(seed)  # noqa: S311 - 시험할 것을 고를 뿐이다
    routes = sorted({route for _, route in pairs})
    each = max(1, count // len(routes))
    chosen: list[tuple[Case, str]] = []
    for route in routes:
        of_route = [pair for pair in pairs if pair[1] == route]
        chosen += drawn.sample(of_route, min(each, len(of_route)))
    return chosen


def compare(chosen: Iterable[tuple[Case, str]]) -> int:
    """고른 칸을 다시 재어 자료 파일과 비교한다."""
    from rnn_shapes.deploying.measuring import measure

    kept = load()
    if differing := {name: one for name, one in versions().items() if kept.versions.get(name) != one}:
        print(f"자료를 잰 것과 버전이 다릅니다: {differing}. {AGAIN}")
        return 1
    if (*run_recipes(), run_integers()) != (kept.recipes, kept.raised, kept.integers):
        print(f"페이지에 보이는 코드나 그 결과가 {FILE}을 만들 때와 다릅니다. {AGAIN}")
        return 1
    apart = 0
    for count, (case, route) in enumerate(chosen, 1):
        now = measure(case, route)
        print(f"{count}. {case.name} {route}: {now.kind}", flush=True)
        if not kept.results[case][route].agrees(now):
            apart += 1
            print(f"  결과가 {FILE}과 다릅니다\n  자료  {kept.results[case][route]}\n  지금  {now}")
    print(f"{count}칸 가운데 {apart}칸이 자료와 다릅니다.")
    return 1 if apart else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
