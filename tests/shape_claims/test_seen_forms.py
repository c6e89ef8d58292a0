"""이름이 담은 것의 형태: 텐서, 텐서의 묶음, 층의 가중치."""

from types import SimpleNamespace

import numpy as np
import pytest

from shape_claims.claim import parse
from shape_claims.readings import Readings
from shape_claims.seen import LARGEST, LOOK, PATIENCE, Seen

SIZES = {"N": 5, "T": 7, "H": 13}


def told(*values, readings=None):
    """차례로 담은 값을 보고 적은 글."""
    seen = Seen("x", 1, 0)
    for value in values:
        seen.note(value)
    return (readings or Readings.of(SIZES, (2, 3, 4))).text(seen)


class Layer:
    """가중치가 있는 층."""

    def __init__(self, **weights):
        self.weights = [SimpleNamespace(path=path, name="w", shape=shape) for path, shape in weights.items()]

    def __call__(self):
        """부를 수 있다."""


class Torch:
    """PyTorch처럼 매개변수를 내주는 층."""

    def __call__(self):
        """부를 수 있다."""

    def named_parameters(self):
        """이름과 값."""
        return iter([("weight", np.zeros((13, 7)))])


class Broken:
    """형태를 물으면 예외를 낸다."""

    @property
    def shape(self):
        """예외."""
        raise RuntimeError


z = np.zeros


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (z((5, 7, 26)), "(N, T, 2H) = (5, 7, 26)"),
        (z((26, 7)), "(26, T) = (26, 7)"),  # 배수는 마지막 축에서만
        (z(52), "(52,)"),  # 그냥 늘어놓은 것의 수는 배수로 적지 않는다
        (z((17, 3)), "(17, 3)"),
        (z(()), "()"),
        (np.float64(1), ""),
        ([z((5, 13)), z((5, 13))], "[(N, H), (N, H)] = [(5, 13), (5, 13)]"),
        ((z(5), [z(7), "글"]), "((N,), [(T,), …]) = ((5,), [(7,), …])"),
        ({"a": z(5), 1: z(13)}, "{'a': (N,), 1: (H,)} = {'a': (5,), 1: (13,)}"),
        ([z(5)] * 17, "[(N,)] * 17 = [(5,)] * 17"),
        ((z(5),) * 17, "((N,),) * 17 = ((5,),) * 17"),
        ([z(size) for size in (11, 17, 19, 23, 29)], "[(11,), (17,), (19,), …]"),
        (dict.fromkeys("abcde", z(11)), "{'a': (11,), 'b': (11,), 'c': (11,), …}"),
        ([1, 2, "글"], ""),
        ((5, 7), ""),
        (np, ""),
        (np.zeros, ""),
        (np.ndarray, ""),
        (SimpleNamespace(shape=(5, None)), "(N, None) = (5, None)"),
        (SimpleNamespace(shape=z), ""),
        (SimpleNamespace(shape="글"), ""),
        (Broken(), ""),
        ([[[[[[z(5)]]]]]], ""),
        ([0] * (LARGEST + 1), ""),
        (Layer(**{"lstm/kernel": (7, 52), "lstm/bias": (52,)}), "kernel: (T, 4H) = (7, 52)\nbias: (4H,) = (52,)"),
        (Layer(**{"a/kernel:0": (5,), "b/kernel:0": (7,)}), "a/kernel: (N,) = (5,)\nb/kernel: (T,) = (7,)"),
        (Layer(**{"m/f/cell/k": (5,), "m/b/cell/k": (7,)}), "f/k: (N,) = (5,)\nb/k: (T,) = (7,)"),
        (Layer(**{"m/f/k": (5,), "k": (7,)}), "f/k: (N,) = (5,)\nk: (T,) = (7,)"),
        (Layer(), ""),
        ([Layer(kernel=(5,))], "[{kernel: (N,)}] = [{kernel: (5,)}]"),
        (Torch(), "weight: (H, T) = (13, 7)"),
    ],
)
def test_form_is_written_in_symbols_and_numbers(value, text):
    """형태는 기호와 수로, 묶음은 묶음대로, 층은 가중치마다 적힌다. 형태가 없는 것에는 아무것도 적히지 않는다."""
    assert told(value) == text


class Shy:
    """무게를 물으면 예외를 내는 층."""

    def __call__(self):
        """부를 수 있다."""

    @property
    def weights(self):
        """예외."""
        raise RuntimeError


def test_layer_without_weights_is_worth_another_look():
    """아직 부르지 않은 층은 문장이 끝난 뒤에 한 번 더 본다."""
    assert Seen("x", 1, 0).note(Layer())
    assert not any(Seen("x", 1, 0).note(value) for value in (Layer(kernel=(5,)), z(5), Shy(), "글", Torch(), Broken()))


def test_several_shapes_are_all_told():
    """한 자리에서 여러 형태였으면 모두 적고, 너무 많으면 더 있다고 적는다."""
    assert told([z(5)], [z(5)], z(5)) == "[(N,)] = [(5,)]\n(N,) = (5,)"
    assert told(z(5), z(5), z(7)) == "(N,) = (5,)\n(T,) = (7,)"
    assert (
        told(Layer(kernel=(5,)), Layer(kernel=(7,)))
        == "{kernel: (N,)} = {kernel: (5,)}\n{kernel: (T,)} = {kernel: (7,)}"
    )
    assert told(Layer(**dict.fromkeys("abcdefghi", (5,)))).endswith("h: (N,) = (5,)\n…")
    assert told(*map(z, (11, 17, 19, 23))) == "(11,)\n(17,)\n(19,)\n…"


def test_unknown_axis_gives_way_to_a_known_one():
    """크기를 모르는 축은 아는 것이 나오면 그것으로 적힌다. 다른 형태라면 둘 다 적힌다."""
    unknown = SimpleNamespace(shape=(None, 7))
    assert told(unknown) == "(None, T) = (None, 7)"
    assert told(unknown, z((5, 7))) == told(z((5, 7)), unknown) == "(N, T) = (5, 7)"
    assert told(unknown, z((5, 11))) == "(None, T) = (None, 7)\n(N, 11) = (5, 11)"


def test_looking_ends():
    """한 자리를 끝없이 보지 않는다."""
    seen = Seen("x", 1, 0)
    looks = 0
    while seen.note(z(5)) is not None:
        looks += 1
    assert looks == PATIENCE // (LOOK + 1) + 1
    assert seen.note(z(7)) is None and len(seen.forms) == 1
    assert [Seen("x", 1, 0).note(1), told(*[1] * (PATIENCE + 1), z(5))] == [False, ""]


def test_size_with_two_names_is_a_number():
    """두 기호의 크기가 같거나, 흔한 수이거나, 배수가 다른 것과 겹치면 수로 적는다."""
    assert told(z((5, 7)), readings=Readings.of({"N": 5, "T": 5}, (2,))) == "(5, 7)"
    assert told(z((1, 2)), readings=Readings.of({"N": 1, "T": 2}, (2,))) == "(1, 2)"
    assert told(z((7, 10)), readings=Readings.of({"N": 5, "T": 7, "D": 10}, (2,))) == "(T, D) = (7, 10)"
    assert told(z((7, 30)), readings=Readings.of({"N": 10, "D": 15}, (2, 3))) == "(7, 30)"


def test_arithmetic_of_the_claims_names_sizes():
    """페이지의 주장에 적힌 산술식은 그 페이지의 말이다."""
    claimed = [parse("x -> (N - 1, D + H, Q)").tree]
    readings = Readings.of({"N": 7, "D": 11, "H": 13}, (2, 3, 4), claimed)
    assert told(z((6, 24)), readings=readings) == "(N - 1, D + H) = (6, 24)"
