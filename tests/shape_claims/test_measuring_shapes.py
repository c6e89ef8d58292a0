"""값의 형태를 재고, 형태를 적고, 글이 어디에 있는지 찾는 일."""

import numpy as np
import pytest

from shape_claims import Symbols, measure
from shape_claims.measuring import ShapelessValueError, is_size
from shape_claims.places import line_of, place
from shape_claims.shapes import Shape, axes
from shape_claims.writing import in_symbols, write


class UnknownRank:
    """축의 수를 모르는 텐서."""

    class shape:  # noqa: N801 - the attribute of a tensor
        """늘어놓을 수 없는 형태."""


class ShapeObject:
    """TensorFlow의 ``TensorShape``처럼 스스로 형태인 것."""

    def as_list(self):
        """축의 크기."""
        return [None, 7]

    def __iter__(self):
        """축의 크기를 차례대로."""
        return iter(self.as_list())


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (np.zeros((5, 7)), Shape((5, 7))),
        (np.float64(1), Shape(())),
        ((), ()),
        ([], []),
        ((5, None, 7), Shape((5, None, 7))),
        ((np.int64(5), 7), Shape((5, 7))),
        ((True, 7), None),
        (ShapeObject(), Shape((None, 7))),
        ({"a": np.zeros(5), "b": [np.zeros(7)]}, {"a": Shape((5,)), "b": [Shape((7,))]}),
        ([(np.zeros(5),), (5,)], [(Shape((5,)),), Shape((5,))]),
    ],
)
def test_shape_of_every_kind_of_value(value, shape):
    """텐서, 형태 자신, 겹친 묶음을 잰다. 빈 튜플은 스칼라의 형태가 아니라 빈 묶음이다."""
    if shape is None:
        with pytest.raises(ShapelessValueError, match="shapeless: bool"):
            measure(value)
    else:
        assert measure(value) == shape


def test_unknown_rank_has_its_own_reason():
    """축의 수를 모르는 텐서는 형태가 없는 값과 다른 이유를 말한다."""
    with pytest.raises(ShapelessValueError) as failure:
        measure(UnknownRank())
    assert (failure.value.reason, failure.value.kind) == ("unknown-rank", "UnknownRank")


def test_other_containers_can_be_taught():
    """다른 라이브러리의 묶음도 재게 할 수 있다."""

    class Pair:
        """두 텐서."""

        first, second = np.zeros(5), np.zeros(7)

    @measure.register
    def _(pair: Pair):
        return measure((pair.first, pair.second))

    assert measure(Pair()) == (Shape((5,)), Shape((7,)))


def test_shapes_are_written_in_symbols():
    """크기는 기호로, 기호의 배수로, 아니면 수로 적는다."""
    tree = {"a": (Shape((5, 22)), [Shape((13,))]), "b": Shape((None, 35))}
    sizes = {"B": 5, "dim": 11}
    assert in_symbols(tree, sizes, (2, 3)) == "{'a': ((B, 2 * dim), [(13,)]), 'b': (None, 35)}"
    assert write(26, lambda size: f"<{size}>") == "<26>"
    assert write(None) == "None"
    assert axes(tree) == [5, 22, 13, None, 35]
    assert axes(26) == [26]
    assert [is_size(item) for item in (5, None, np.int64(5), True, 5.0, "5")] == [True, True, True, False, False, False]


def test_symbols_have_sizes_where_integers_are_bound():
    """정수를 묶은 기호만 크기가 있다."""
    symbols = Symbols({"B": ("batch", "size"), "D": ("dim",), "F": ("flag",), "G": ("gone",)})
    assert symbols.sizes({"batch": np.int64(5), "dim": 5.0, "flag": True}) == {"B": 5}
    assert symbols.legend({"B": 5}) == "B=batch=5"
    assert Symbols().legend({"batch": 5}) == "batch=5"
    assert "X" in Symbols() and "X" not in symbols


def test_place_of_a_text(tmp_path):
    """글은 파서가 알려 준 줄부터 찾고, 없으면 그 줄이라고 말한다."""
    page = tmp_path / "docs" / "page.rst"
    page.parent.mkdir()
    page.write_text("one two\nthree\none\n  two\n", "utf-8")
    assert line_of("one two", page, 1) == (1, 7)
    assert line_of("one two", page, 2) == (3, 23)
    assert line_of("one two", page, 1, after=7) == (3, 23)
    assert line_of("three", page, 3) == (2, 13)
    assert line_of("four", page, 3, after=5) == (3, 5)
    assert place(page, tmp_path / "docs", 3) == "docs/page.rst:3"
    page.write_text("> five\n> six\n| `a \\| b` |\n>>> f()\n>>> g()\n", "utf-8")
    assert line_of("five six", page, 1) == (1, 12)
    assert line_of("`a | b`", page, 1) == (3, 23)
    assert line_of(">>> f()\n>>> g()", page, 1) == (4, 41)
    assert line_of("", page, 2, after=4) == (2, 4)
