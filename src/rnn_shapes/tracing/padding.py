"""빈자리로 보이는 타임스텝: 번호 0이나 영벡터가 한쪽 끝에만 이어진 곳."""

from typing import Any, TypeAlias

import numpy as np

Places: TypeAlias = np.ndarray[Any, Any]
"""빈자리로 보이는 곳이 참인 표. 행은 샘플이고 열은 타임스텝이다."""


def blanks(tensor: Any) -> Places | None:
    """번호나 벡터의 시퀀스에서 빈자리로 보이는 곳. 빈자리라고 볼 까닭이 모자라면 None이다.

    0이 시퀀스의 한쪽 끝에만 있고, 그 길이가 샘플마다 다르거나 둘보다 길어야 한다. 가운데에도 있는 0은 뜻이 있는 0이다.

    >>> blanks(np.array([[5, 0, 0], [5, 7, 0]])).sum(axis=1).tolist()
    [2, 1]
    >>> blanks(np.array([[0, 5, 0], [5, 7, 0]])) is None  # 앞과 뒤에 섞인 0
    True
    """
    values = np.asarray(tensor)
    if values.ndim < 2 or values.shape[1] < 2:
        return None
    zero = values == 0 if values.ndim == 2 else np.all(values == 0, axis=tuple(range(2, values.ndim)))
    if not zero.any() or zero.all(axis=1).any():
        return None
    runs = zero.sum(axis=1)
    sides = [side for side in (False, True) if np.array_equal(zero, _run(zero, side))]
    uneven = len(set(runs.tolist())) > 1 or runs.max() > 1
    return zero if sides and uneven else None


def at_end(places: Places) -> bool:
    """빈자리가 뒤에 있는가."""
    return bool(places[:, -1].any())


def _run(zero: Places, from_start: bool) -> Places:
    """한쪽 끝에서 이어진 0만 남긴 것."""
    ordered = zero if from_start else zero[:, ::-1]
    kept = np.logical_and.accumulate(ordered, axis=1)
    return kept if from_start else kept[:, ::-1]


def as_mask(mask: Any) -> Places | None:
    """값을 아는, 축이 샘플과 타임스텝인 마스크. 값을 모르거나 축의 수가 다르면 None이다."""
    try:
        values = np.asarray(mask)
    except (NotImplementedError, TypeError):  # tf.function 안의 텐서에는 값이 없다
        return None
    return values.astype(bool) if values.ndim == 2 else None
