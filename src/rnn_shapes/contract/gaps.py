"""마스크를 준 경우를 뒤와 앞, 가운데를 비워 가며 실행한 것을 한데 모은다.

뒤만 비워 보면 ‘빈자리의 출력은 앞서 읽은 출력의 되풀이’처럼, 다른 자리에서는 맞지 않는 답이 나온다.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.recurrence import REPEAT, Interpretation
from rnn_shapes.contract.rules import FAULTS, IGNORED, WRONG_VALUES


@dataclass(frozen=True)
class Meant:
    """돌려받은 것의 뜻과, 오류 없이 틀린 것."""

    meanings: tuple[str, ...]
    masked_output: tuple[str, ...] = ()
    """빈자리의 자리마다의 출력."""
    wrong: tuple[str, ...] = ()


def together(case: Case, found: Sequence[Interpretation]) -> Meant:
    """빈자리의 자리마다 안 것을 모은다. 한 자리에서라도 틀리면 틀린 것이다."""
    masked = tuple(one.masked_output for one in found)
    wrong = {fault for one in found for fault in one.wrong}
    if case.get("zero_output_for_mask") and REPEAT in masked:
        wrong.add(IGNORED)
    faults = tuple(fault for fault in FAULTS if fault in wrong)
    if wrong & {*WRONG_VALUES}:
        return Meant((), wrong=faults)
    return Meant(found[0].meanings, masked if any(masked) else (), faults)
