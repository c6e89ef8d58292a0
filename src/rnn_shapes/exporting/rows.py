"""비교한 결과의 줄: 어떤 입력의 몇째 호출에서 어느 출력이 어떻게 되었는가."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

SAME, DIFFERENT, STOPPED, ALIKE = "같음", "다름", "멈춤", "둘 다 멈춤"
"""결과. ``ALIKE``는 모델도 거절하는 입력이다."""

SMALLEST = 0.1
"""출력이 이보다 작아도 이만하다고 보고 견준다."""


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
    """그 출력의 가장 큰 차이. 형태가 다르거나 한쪽만 수가 아니면 무한대다."""
    message: str = ""
    """멈추면서 남긴 말이나, 서로 다른 형태."""
    share: float = 0.0
    """차이를 그 출력의 크기로 나눈 것."""

    @property
    def parted(self) -> bool:
        """여기서 모델과 파일이 갈라졌는가."""
        return self.kind in (DIFFERENT, STOPPED)


class Difference(NamedTuple):
    """두 답이 가장 많이 다른 곳."""

    output: int = 0
    """출력의 번호."""
    amount: float = 0.0
    """가장 큰 차이."""
    message: str = ""
    """수나 형태가 다르면 그 말."""
    share: float = 0.0
    """차이를 그 출력의 크기로 나눈 것. 출력마다 크기가 달라서, 다른지는 이것으로 가린다."""


def difference(ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]) -> Difference:
    """가장 많이 다른 곳.

    >>> difference([np.array([100.0]), np.array([1.0])], [np.array([101.0]), np.array([1.5])])
    Difference(output=1, amount=0.5, message='', share=0.5)
    >>> difference([np.zeros((5, 7))], [np.zeros((1, 7))]).message
    '모델 (5, 7), 파일 (1, 7)'
    """
    if len(ours) != len(theirs):
        return Difference(0, math.inf, f"출력이 모델은 {len(ours)}개, 파일은 {len(theirs)}개", math.inf)
    found = Difference()
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one.shape != other.shape:
            return Difference(number, math.inf, f"모델 {one.shape}, 파일 {other.shape}", math.inf)
        amount = _largest(one.astype("float64"), other.astype("float64"))
        share = amount / max(SMALLEST, _size(one))
        if share > found.share:
            found = Difference(number, amount, "", share)
    return found


def _size(value: np.ndarray) -> float:
    """수인 것 가운데 가장 큰 절댓값."""
    return float(np.max(np.abs(np.nan_to_num(value, nan=0.0, posinf=0.0, neginf=0.0)), initial=0.0))


def _largest(one: np.ndarray, other: np.ndarray) -> float:
    with np.errstate(invalid="ignore"):
        apart = np.abs(one - other)
    equal = (one == other) | (np.isnan(one) & np.isnan(other))
    return float(np.max(np.where(equal, 0.0, np.nan_to_num(apart, nan=np.inf, posinf=np.inf)), initial=0.0))
