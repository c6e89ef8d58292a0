"""값의 형태를 재고, 견주고, 기호로 적는다.

형태의 나무(tree)는 텐서 하나의 :class:`Shape`이거나, 나무를 담은 ``list`` 또는 ``tuple``이다.
Keras가 어떤 묶음으로 돌려주는지도 답의 일부이므로 둘을 구별한다.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Shape:
    """텐서 하나의 형태. 크기를 모르는 축은 ``None``이다."""

    axes: tuple[int | None, ...]


Tree: TypeAlias = "Shape | list[Tree] | tuple[Tree, ...]"


class ShapelessValueError(TypeError):
    """형태를 잴 수 없는 값."""


def measure(value: Any) -> Tree:
    """값의 형태를 잰다.

    텐서, 배열, Keras 변수와 기호 텐서는 ``shape``를 읽고, ``list``와 ``tuple``은 원소마다 잰다.
    정수와 ``None``만 든 ``tuple``은 이미 형태로 본다(``layer.compute_output_shape(...)``처럼).

    Raises:
        ShapelessValueError: 형태가 없거나 축의 수를 모르는 값.

    >>> import numpy as np
    >>> measure([np.zeros((5, 11)), np.zeros((5, 11))])
    [Shape(axes=(5, 11)), Shape(axes=(5, 11))]
    >>> measure((None, 7, 11))
    Shape(axes=(None, 7, 11))
    """
    if isinstance(value, tuple) and all(_is_axis(item) for item in value):
        return Shape(tuple(None if item is None else int(item) for item in value))
    if isinstance(value, list):
        return [measure(item) for item in value]
    if isinstance(value, tuple):
        return tuple(measure(item) for item in value)
    if hasattr(value, "as_list"):  # tf.TensorShape
        try:
            return Shape(tuple(value.as_list()))
        except ValueError:
            raise ShapelessValueError("축의 수를 모르는 텐서입니다") from None
    if hasattr(value, "shape"):
        return measure(value.shape)
    raise ShapelessValueError(f"형태가 없는 값입니다: {type(value).__name__}")


def _is_axis(item: object) -> bool:
    return item is None or (isinstance(item, int) and not isinstance(item, bool))


def write(tree: Tree, axis: Callable[[int | None], str] = str) -> str:
    """나무를 한 줄로 적는다. 축 하나를 적는 법은 ``axis``가 정한다.

    >>> write((Shape((5, 7, 11)), [Shape((5, 11))]))
    '((5, 7, 11), [(5, 11)])'
    >>> write(Shape((5,)))
    '(5,)'
    """
    if isinstance(tree, Shape):
        return brackets([axis(size) for size in tree.axes], tuple)
    return brackets([write(item, axis) for item in tree], type(tree))


def brackets(items: list[str], container: type) -> str:
    """원소들을 파이썬이 적는 대로 묶는다. 원소가 하나인 ``tuple``에는 쉼표가 남는다."""
    if container is list:
        return f"[{', '.join(items)}]"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


GATE_FACTORS = (2, 3, 4)
"""RNN 층의 형태에 나타나는 배수. 양방향은 두 벌, GRU는 가중치 세 벌, LSTM은 네 벌이다."""


def in_symbols(tree: Tree, sizes: Mapping[str, int]) -> str:
    """잰 형태를 기호로 적는다. 기호나 그 배수로 떨어지지 않는 축은 수 그대로 둔다.

    >>> in_symbols(Shape((5, 7, 22)), {"N": 5, "T": 7, "H": 11})
    '(N, T, 2H)'
    """
    names = {factor * size: f"{factor}{letter}" for factor in reversed(GATE_FACTORS) for letter, size in sizes.items()}
    names |= {size: letter for letter, size in sizes.items()}
    return write(tree, lambda size: str(size) if size is None else names.get(size, str(size)))
