"""자료 파일을 다시 만들거나, 그 일부를 다시 실행해서 비교한다.

사용법:

.. code-block:: text

    python -m rnn_shapes.contract                    # 모두 실행해서 자료 파일을 쓴다
    python -m rnn_shapes.contract --only ConvLSTM1D  # 이름이 이렇게 시작하는 것만 실행해서 자료와 비교한다
"""

import sys
from collections.abc import Sequence

from rnn_shapes.contract.data import FILE, load, write
from rnn_shapes.contract.grid import cases
from rnn_shapes.contract.measuring import measure_all
from rnn_shapes.files import write_if_changed


def main(arguments: Sequence[str]) -> int:
    """명령 하나를 실행하고 종료 코드를 돌려준다."""
    match list(arguments):
        case []:
            chosen = list(cases())
            written = write_if_changed(FILE, write(measure_all(chosen, print)))
            print(
                f"{len(chosen)}가지 경우를 실행했습니다: {FILE}({'달라져서 다시 씀' if written else '달라지지 않음'})"
            )
            return 0
        case ["--only", prefix]:
            return compare(prefix)
    print(__doc__)
    return 2


def compare(prefix: str) -> int:
    """이름이 ``prefix``로 시작하는 경우만 다시 실행해서 자료 파일과 비교한다."""
    chosen = [case for case in cases() if case.name.startswith(prefix)]
    if not chosen:
        print(f"이름이 {prefix}(으)로 시작하는 경우가 없습니다. LSTM이나 GRU.Bidirectional처럼 적으세요.")
        return 2
    measured, kept = measure_all(chosen, print), load()
    differing = [case.name for case in chosen if measured[case.name] != kept[case.name]]
    for name in differing:
        print(f"{name}: 결과가 {FILE}과 다릅니다\n  자료  {kept[name]}\n  지금  {measured[name]}")
    print(f"{len(chosen)}가지 경우 가운데 {len(differing)}가지가 자료와 다릅니다.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
