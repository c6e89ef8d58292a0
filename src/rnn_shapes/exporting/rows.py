"""비교한 결과의 줄: 어떤 입력의 몇째 호출에서 어느 출력이 어떻게 되었는가."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SAME, DIFFERENT, STOPPED, ALIKE = "같음", "다름", "멈춤", "둘 다 멈춤"
"""결과. ``ALIKE``는 모델도 거절하는 입력이다."""


@dataclass(frozen=True)
class Row:
    """한 번 불러 본 결과."""

    trial: str
    """입력을 어떻게 바꾸었는가."""
    batch: int
    """배치 크기."""
    length: int | None
    """시퀀스 길이. 첫 입력에 시간 축이 없으면 ``None``이다."""
    call: int
    """같은 입력으로 몇째 불렀는가. 1부터 센다."""
    kind: str
    """``같음``, ``다름``, ``멈춤``, ``둘 다 멈춤`` 가운데 하나."""
    output: int | None = None
    """가장 많이 다른 출력의 번호. 0부터 센다."""
    amount: float = 0.0
    """절댓값으로 가장 큰 차이. 형태가 다르거나 한쪽만 수가 아니면 무한대다."""
    message: str = ""
    """멈추면서 남긴 말이나, 서로 다른 형태."""

    @property
    def parted(self) -> bool:
        """여기서 모델과 파일이 갈라졌는가."""
        return self.kind in (DIFFERENT, STOPPED)


def difference(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]) -> tuple[float, int, str]:
    """가장 큰 차이와 그 출력의 번호, 형태가 다르면 그 말.

    >>> difference([np.array([1.0, 2.0])], [np.array([1.0, 2.5])])
    (0.5, 0, '')
    >>> difference([np.zeros((5, 7))], [np.zeros((1, 7))])
    (inf, 0, '모델 (5, 7), 파일 (1, 7)')
    """
    if len(ours) != len(theirs):
        return float("inf"), 0, f"출력이 모델은 {len(ours)}개, 파일은 {len(theirs)}개"
    largest, place = 0.0, 0
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one.shape != other.shape:
            return float("inf"), number, f"모델 {one.shape}, 파일 {other.shape}"
        amount = _largest(one.astype("float64"), other.astype("float64"))
        if amount > largest:
            largest, place = amount, number
    return largest, place, ""


def _largest(one: np.ndarray, other: np.ndarray) -> float:
    with np.errstate(invalid="ignore"):
        apart = np.abs(one - other)
    equal = (one == other) | (np.isnan(one) & np.isnan(other))
    return float(np.max(np.where(equal, 0.0, np.nan_to_num(apart, nan=np.inf, posinf=np.inf)), initial=0.0))
