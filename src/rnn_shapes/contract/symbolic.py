"""크기 두 벌에서 잰 수를 기호로 적고, 기호로 적은 형태에서 매개변수 수의 식을 만든다."""

import functools
import math
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnn_shapes.symbols import GATE_FACTORS
from shape_claims.shapes import Shape
from shape_claims.writing import brackets

Sizes = Sequence[Mapping[str, int]]
"""글자마다의 크기를 적은 표 두 벌."""


class AmbiguousShapeError(ValueError):
    """기호 하나로 정해지지 않는 크기."""


def symbol(found: Sequence[int | None], sizes: Sizes) -> str:
    """크기 두 벌에서 잰 축 하나를 기호로 적는다.

    Raises:
        AmbiguousShapeError: 두 번 모두 맞는 식이 없거나 여럿일 때.

    >>> symbol((26, 22), ({"N": 7, "H": 13}, {"N": 5, "H": 11}))
    '2H'
    """
    if None in found:
        if found[0] is not found[1]:
            raise AmbiguousShapeError(f"한 번만 알 수 있었던 크기입니다: {found[0]}, {found[1]}")
        return "None"
    texts = [text for text, values in _expressions(sizes) if list(values) == list(found)]
    numbers = f"크기 {found[0]}, {found[1]}"
    if not texts:
        raise AmbiguousShapeError(f"{numbers}에 맞는 기호가 없습니다. 아는 크기: {dict(sizes[0])}")
    if len(texts) > 1:
        raise AmbiguousShapeError(
            f"{numbers}는 {'으로도 '.join(texts[:2])}로도 적을 수 있습니다. 크기를 서로 다른 소수로 정하세요."
        )
    return texts[0]


def _expressions(sizes: Sizes) -> Iterator[tuple[str, list[int]]]:
    """축에 나타날 수 있는 식과 그 값. 배수, 두 유닛 수의 합, 합성곱을 지난 크기가 있다."""
    yield from ((str(number), [number] * len(sizes)) for number in (1, 2))
    for letter in sizes[0]:
        yield letter, [size[letter] for size in sizes]
        yield from ((f"{factor}{letter}", [factor * size[letter] for size in sizes]) for factor in GATE_FACTORS)
    if "G" in sizes[0]:
        yield "H + G", [size["H"] + size["G"] for size in sizes]
    if "P" in sizes[0]:
        yield from ((f"{axis} - P + 1", [size[axis] - size["P"] + 1 for size in sizes]) for axis in "YXZ")


def in_both(trees: Sequence[Any], sizes: Sizes) -> str:
    """크기 두 벌에서 잰 형태의 나무를 기호로 적는다. ``None``은 그대로 둔다."""
    if any(tree is None for tree in trees):
        return "None"
    first = trees[0]
    if isinstance(first, Shape):
        axes = [symbol(pair, sizes) for pair in zip(*(tree.axes for tree in trees), strict=True)]
        return brackets(axes, tuple)
    return brackets([in_both(pair, sizes) for pair in zip(*trees, strict=True)], type(first))


def without_numbers(messages: Sequence[str], sizes: Sizes) -> str:
    """크기 두 벌에서 난 메시지에서, 크기에 따라 달라지는 수를 기호로 바꾼다. 기호가 없으면 …이다.

    다른 것이 수만이 아니면 앞에서부터 같은 데까지만 남긴다.

    >>> without_numbers(("[7,13] and 1", "[5,11] and 1"), ({"N": 7, "H": 13}, {"N": 5, "H": 11}))
    '[N,H] and 1'
    """
    pieces = [re.split(r"(\d+)", message) for message in messages]
    kept = []
    for one, two in zip(*pieces, strict=False):
        if one == two:
            kept.append(one)
        elif one.isdigit() and two.isdigit():
            kept.append(_symbol_or_dots((int(one), int(two)), sizes))
        else:
            return "".join(kept).rstrip() + "…"
    return "".join(kept) + ("…" if len(pieces[0]) != len(pieces[1]) else "")


def _symbol_or_dots(pair: tuple[int, int], sizes: Sizes) -> str:
    try:
        return symbol(pair, sizes)
    except AmbiguousShapeError:
        return "…"


@dataclass(frozen=True)
class Monomial:
    """계수와 글자들의 곱. ``4DH``나 ``P²C``처럼 적는다."""

    coefficient: int
    letters: str
    """곱하는 글자를 적는 차례로. 거듭 곱하면 거듭 나온다."""

    @classmethod
    def of_shape(cls, shape: str) -> "Monomial":
        """형태의 성분 수.

        >>> str(Monomial.of_shape("(P, P, C, 4F)"))
        '4P²CF'
        """
        axes = re.findall(r"(\d*)([A-Z]?)(?=[,)])", shape)
        return cls(math.prod(int(factor or 1) for factor, _ in axes), "".join(letter for _, letter in axes))

    def common(self, other: "Monomial") -> "Monomial":
        """둘을 모두 나누는 가장 큰 것."""
        shared = "".join(
            letter * min(self.letters.count(letter), other.letters.count(letter))
            for letter in dict.fromkeys(self.letters)
        )
        return Monomial(math.gcd(self.coefficient, other.coefficient), shared)

    def __floordiv__(self, divisor: "Monomial") -> "Monomial":
        """나누어떨어지는 것으로 나눈 몫."""
        left = functools.reduce(lambda text, letter: text.replace(letter, "", 1), divisor.letters, self.letters)
        return Monomial(self.coefficient // divisor.coefficient, left)

    def __str__(self) -> str:
        """식으로 적은 것."""
        powers = {letter: self.letters.count(letter) for letter in self.letters}
        written = "".join(letter + ("" if times == 1 else "²³"[times - 2]) for letter, times in powers.items())
        return written if self.coefficient == 1 and written else f"{self.coefficient}{written}"


def parameters(weights: Sequence[Sequence[str]]) -> str:
    """가중치의 형태에서 매개변수 수의 식을 만든다. 셀마다 따로 묶고, 같은 것은 한 번만 적는다.

    Args:
        weights: (주인, 이름, 형태)의 목록.

    >>> parameters([("", "kernel", "(D, 4H)"), ("", "recurrent_kernel", "(H, 4H)"), ("", "bias", "(4H,)")])
    '4H(D + H + 1)'
    """
    owners: dict[str, list[Monomial]] = {}
    for owner, _, shape in weights:
        owners.setdefault(owner, []).append(Monomial.of_shape(shape))
    formulas = list(map(_factored, owners.values()))
    counted = {text: formulas.count(text) for text in formulas}
    return " + ".join(f"{times} × {text}" if times > 1 else text for text, times in counted.items()) or "0"


def _factored(terms: Sequence[Monomial]) -> str:
    common = functools.reduce(Monomial.common, terms)
    rest = [str(term // common) for term in terms]
    return str(common) if len(rest) == 1 else f"{common}({' + '.join(rest)})"


def count(formula: str, sizes: Mapping[str, int]) -> int:
    """매개변수 수의 식을 계산한다.

    >>> count("2 × 3H(D + H + 2)", {"D": 11, "H": 13})
    2028
    """
    product = r"\d+|[A-Z][²³]?|\([^()]*\)"
    return sum(
        functools.reduce(operator.mul, (_value(factor, sizes) for factor in re.findall(product, term)), 1)
        for term in re.split(r" \+ (?![^()]*\))", formula)
    )


def _value(factor: str, sizes: Mapping[str, int]) -> int:
    if factor.startswith("("):
        return count(factor[1:-1], sizes)
    if factor.isdecimal():
        return int(factor)
    return int(sizes[factor[0]] ** {"²": 2, "³": 3}.get(factor[1:], 1))
