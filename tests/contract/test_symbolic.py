"""잰 수를 기호로 적기: 짐작하지 않고, 식은 형태와 같은 수를 센다."""

import re

import numpy as np
import pytest

from rnn_shapes.contract.symbolic import (
    AmbiguousShapeError,
    Monomial,
    count,
    in_both,
    parameters,
    symbol,
    without_numbers,
)
from shape_claims.shapes import Shape

SIZES = ({"N": 7, "H": 13}, {"N": 5, "H": 11})


@pytest.mark.parametrize(
    ("found", "text"),
    [((13, 11), "H"), ((52, 44), "4H"), ((2, 2), "2"), ((None, None), "None")],
)
def test_symbol_agrees_with_both_sizes(found, text):
    """크기 두 벌에서 모두 맞는 식 하나를 적는다."""
    assert symbol(found, SIZES) == text


@pytest.mark.parametrize(
    ("found", "sizes", "words"),
    [
        ((13, 12), SIZES, "크기 13, 12에 맞는 기호가 없습니다. 아는 크기: {'N': 7, 'H': 13}"),
        (
            (6, 6),
            ({"N": 3, "H": 6}, {"N": 3, "H": 6}),
            "크기 6, 6는 2N으로도 H로도 적을 수 있습니다. 크기를 서로 다른 소수로 정하세요.",
        ),
        ((None, 11), SIZES, "한 번만 알 수 있었던 크기입니다: None, 11"),
    ],
)
def test_undecided_size_is_an_error(found, sizes, words):
    """기호가 없거나 둘이면 짐작하지 않고 이유를 말한다."""
    with pytest.raises(AmbiguousShapeError, match=f"^{re.escape(words)}$"):
        symbol(found, sizes)


def test_container_is_kept():
    """묶음의 종류까지 적는다."""
    trees = [(Shape((7, 13)), [Shape((7, 13)), None]), (Shape((5, 11)), [Shape((5, 11)), None])]
    assert in_both(trees, SIZES) == "((N, H), [(N, H), None])"


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        (("[7,13] vs. [7,26]", "[5,11] vs. [5,22]"), "[N,H] vs. [N,2H]"),
        (("expected 2, got 91", "expected 2, got 55"), "expected 2, got …"),
        (("axis 7 of gru", "axis 5 of lstm"), "axis N…"),
        (("axis 7", "axis 5 and 3"), "axis N…"),
    ],
)
def test_message_keeps_no_number_of_one_size_set(messages, text):
    """메시지에 남는 수는 크기 두 벌에서 같은 것뿐이다: 다른 수는 기호나 줄임표가 된다."""
    assert without_numbers(messages, SIZES) == text


@pytest.mark.parametrize(
    ("shapes", "formula"),
    [
        (["(D, 3H)", "(H, 3H)", "(2, 3H)"], "3H(D + H + 2)"),
        (["(P, P, C, 4F)", "(P, P, F, 4F)", "(4F,)"], "4F(P²C + P²F + 1)"),
        (["(V, E)"], "VE"),
        (["(P, P, P, F)"], "P³F"),
    ],
)
def test_formula_counts_what_the_shapes_hold(shapes, formula):
    """매개변수 수의 식은 형태의 성분을 센 것과 같다."""
    assert parameters([("", "w", shape) for shape in shapes]) == formula
    sizes = dict(zip("DHPCFVE", (5, 7, 11, 13, 17, 19, 23), strict=True))
    total = sum(
        int(np.prod([count(axis, sizes) for axis in shape.strip("()").split(",") if axis.strip()])) for shape in shapes
    )
    assert count(formula, sizes) == total


def test_same_cells_are_counted_once():
    """같은 식은 묶어서 곱으로 적는다."""
    weights = [(owner, "kernel", "(D, H)") for owner in ("forward", "backward")]
    assert parameters(weights) == "2 × DH"
    assert parameters([]) == "0"


def test_common_factor_divides_both():
    """공통인수는 두 곱을 모두 나누고, 그보다 큰 것은 없다."""
    one, two = Monomial(12, "PPCF"), Monomial(8, "PFF")
    common = one.common(two)
    assert (str(common), str(one // common), str(two // common)) == ("4PF", "3PC", "2F")
