"""크기를 독자가 지은 글자로 적는다."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


class Names:
    """크기마다의 글자.

    >>> names = Names({"N": 5, "T": 7, "H": 13, "D": 13})
    >>> names.shape((5, 7, 13)), names.shape((5, 26))
    ('(N, T, 13)', '(N, 26)')
    >>> names.unclear
    {13: ('H', 'D')}
    """

    def __init__(self, symbols: Mapping[str, int]) -> None:
        """글자와 크기의 표를 받는다.

        Raises:
            TypeError: 글자가 문자열이 아니거나 크기가 정수가 아닐 때.
            ValueError: 글자가 비었거나 크기가 1보다 작을 때.
        """
        self.symbols = dict(symbols)
        self.unclear: dict[int, tuple[str, ...]] = {}
        """두 글자 이상의 것이라 수로 적은 크기."""
        for name, size in self.symbols.items():
            _check(name, size)

    def size(self, size: int | None) -> str:
        """크기 하나. 두 글자의 크기이거나 어느 글자의 크기도 아니면 수로 적는다."""
        found = tuple(name for name, known in self.symbols.items() if known == size)
        if size is not None and len(found) > 1:
            self.unclear[size] = found
        return found[0] if len(found) == 1 else str(size)

    def shape(self, shape: Sequence[int | None]) -> str:
        """형태 하나."""
        sizes = [self.size(size) for size in shape]
        return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"

    def shapes(self, tensors: Sequence[Any]) -> str:
        """텐서 여럿의 형태. 같은 것이 셋 넘게 이어지면 줄여 적는다."""
        texts = [self.shape(tuple(tensor.shape)) for tensor in tensors]
        return ", ".join(_grouped(texts))


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
    """독자의 글자에, 첫 입력에서 알 수 있는 배치 크기 N과 시퀀스 길이 T를 더한다. 이미 쓴 글자는 그대로다."""
    if not inputs or not len(inputs[0].shape):
        return dict(symbols)
    found: dict[str, int] = {}
    first, integers = inputs[0], "int" in str(inputs[0].dtype)
    if first.shape[0]:
        found["N"] = int(first.shape[0])
    has_time = len(first.shape) >= 3 or (integers and len(first.shape) == 2)
    if has_time and first.shape[1]:
        found["T"] = int(first.shape[1])
    return found | dict(symbols)
