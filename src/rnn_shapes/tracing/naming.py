"""크기를 독자가 지은 글자로 적는다."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

PLACES = {"N": 0, "T": 1}
"""독자가 적지 않아도 아는 글자와, 그것이 놓이는 축."""


class Names:
    """크기마다의 글자.

    저절로 아는 N과 T는 제 축에만 적는다. 유닛의 수가 어쩌다 시퀀스 길이와 같다고 T는 아니다.

    >>> names = Names({"N": 5, "T": 7, "H": 13, "D": 13})
    >>> names.shape((5, 7, 13)), names.shape((5, 26))
    ('(N, T, 13)', '(N, 26)')
    >>> names.unclear
    {13: ('H', 'D')}
    >>> Names({"N": 5, "T": 7, "H": 5}, placed=("N", "T")).shape((5, 7, 5, 7))
    '(N, T, H, 7)'
    """

    def __init__(self, symbols: Mapping[str, int], placed: Collection[str] = ()) -> None:
        """글자와 크기의 표를 받는다. ``placed``는 제 축에만 적을 글자다.

        Raises:
            TypeError: 글자가 문자열이 아니거나 크기가 정수가 아닐 때.
            ValueError: 글자가 비었거나 크기가 1보다 작을 때.
        """
        self.symbols = dict(symbols)
        self.placed = {name: PLACES[name] for name in placed}
        self.unclear: dict[int, tuple[str, ...]] = {}
        """두 글자 이상의 것이라 수로 적은 크기."""
        for name, size in self.symbols.items():
            _check(name, size)

    def size(self, size: int | None, axis: int | None) -> str:
        """크기 하나. 두 글자의 크기이거나 어느 글자의 크기도 아니면 수로 적는다. ``axis``가 None이면 특성의 축이다."""
        known = [name for name, known in self.symbols.items() if known == size]
        here = [name for name in known if name in self.placed and self.placed[name] == axis]
        found = tuple(here or [name for name in known if name not in self.placed])
        if size is not None and len(found) > 1:
            self.unclear[size] = found
        return found[0] if len(found) == 1 else str(size)

    def shape(self, shape: Sequence[int | None], features: bool = False) -> str:
        """형태 하나. ``features``면 마지막 축은 특성이다."""
        last = len(shape) - 1 if features and len(shape) > 1 else None
        sizes = [self.size(size, None if axis == last else axis) for axis, size in enumerate(shape)]
        return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"

    def tensor(self, tensor: Any, ids: bool = False) -> str:
        """텐서 하나의 형태. 실수 텐서의 마지막 축은 특성이다. ``ids``면 축이 둘인 것은 실수라도 번호의 시퀀스다."""
        shape = tuple(tensor.shape)
        features = "float" in str(getattr(tensor, "dtype", "")) and not (ids and len(shape) == 2)
        return self.shape(shape, features)

    def shapes(self, tensors: Sequence[Any], ids: bool = False) -> str:
        """텐서 여럿의 형태. 같은 것이 셋 넘게 이어지면 줄여 적는다."""
        return ", ".join(_grouped([self.tensor(tensor, ids) for tensor in tensors]))


def _check(name: Any, size: Any) -> None:
    example = '`symbols={"N": 5, "T": 7}`처럼 글자와 크기를 짝지어 적으세요.'
    if not isinstance(name, str) or isinstance(size, bool) or not isinstance(size, int):
        raise TypeError(f"{example} 받은 것: {name!r}: {size!r}")
    if not name.strip() or size < 1:
        raise ValueError(
            f"글자는 비어 있지 않아야 하고 크기는 1 이상이어야 합니다. {example} 받은 것: {name!r}: {size}"
        )


def _grouped(texts: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(texts):
        end = place
        while end < len(texts) and texts[end] == texts[place]:
            end += 1
        count = end - place
        yield from [f"{texts[place]} × {count}"] if count > 3 else texts[place:end]
        place = end


def with_defaults(symbols: Mapping[str, int], inputs: Sequence[Any]) -> dict[str, int]:
    """독자의 글자에, 배치 크기 N과 시퀀스 길이 T를 더한다. 이미 쓴 글자는 그대로다.

    N은 첫 입력에서, T는 타임스텝의 축이 있는 첫 입력에서 안다.
    """
    found: dict[str, int] = {}
    if inputs and len(inputs[0].shape) and inputs[0].shape[0]:
        found["N"] = int(inputs[0].shape[0])
    lengths = [tensor.shape[1] for tensor in inputs if _has_time(tensor)]
    if lengths and lengths[0]:
        found["T"] = int(lengths[0])
    return found | dict(symbols)


def _has_time(tensor: Any) -> bool:
    return len(tensor.shape) >= 3 or ("int" in str(tensor.dtype) and len(tensor.shape) == 2)
