"""값 주장과 기본값 주장을 확인하는 일: 맞으면 지나가고, 틀리거나 약하거나 틀릴 수 없으면 실패한다."""

from fractions import Fraction

import numpy as np
import pytest
from tiny import ENGLISH

from shape_claims import Checked, Settings, Symbols, check, parse_default, parse_value, report
from shape_claims.claim import Measurement, parse_measurement
from shape_claims.saying import rounded, says

WORDS = {"two": 2, "first": 1, "half": Fraction(1, 2), "a list": "list", "joined": "concat"}
SETTINGS = Settings(Symbols(ENGLISH), words=WORDS, joiners=(", ", " and ", "·"))


class Eager:
    """TensorFlow의 텐서처럼 ``numpy()``로 값을 주는 것."""

    def __init__(self, value):
        self.value = value

    def numpy(self):
        """안에 든 값."""
        return self.value


NAMES = {
    "np": np,
    "batch_size": 5,
    "seq_len": 7,
    "dim": 11,
    "h": np.arange(77.0).reshape(7, 11),
    "count": 26,
    "parameters": 4 * 11 * (7 + 11 + 1),
    "ratio": 0.7182,
    "many": np.int64(1300),
    "third": 1 / 3,
    "below": -3,
    "mode": "concat",
    "names": ["kernel", "bias"],
    "weights": {"kernel": 1, "bias": 2},
    "nothing": None,
    "yes": True,
    "no": np.False_,
    "kind": list,
    "tensor": Eager(np.float32(0.25)),
    "order": (2, 1),
    "thing": object(),
    "layer": Eager(True),
}


def checked(text, settings=SETTINGS):
    """주장을 확인한 결과."""
    return check(parse_value(text, settings.symbols), NAMES, settings)


@pytest.mark.parametrize(
    "text",
    [
        "count -> 26",
        "many -> 1,300",
        "many -> 1300",
        "below -> -3",
        "below -> \N{MINUS SIGN}3",
        "ratio -> 0.72",
        "ratio * 1e-9 -> 7.2e-10",
        "ratio -> 0.7182",
        "ratio -> 72%",
        "ratio -> 71.8%",
        "third -> 0.33",
        "tensor -> 0.25",
        "tensor * 2 -> half".replace("tensor", "tensor.numpy()"),
        "len(names) -> two",
        "order.index(1) -> first",
        "len(names) -> 2",
        "count + 1 -> 27",
        "seq_len + 0 -> L",
        "h.size -> LD",
        "h.size -> L * D",
        "parameters -> 4D(L + D + 1)",
        "mode -> concat",
        "mode -> 'concat'",
        "mode -> joined",
        "names -> kernel, bias",
        "names -> kernel and bias",
        "names -> kernel·bias",
        "names[:1] -> kernel",
        "names + [mode] -> kernel, bias and concat",
        "weights -> kernel and bias",
        "weights.keys() -> kernel, bias",
        "weights.values() -> 1, 2",
        "order -> two, 1",
        "np.array(order) -> 2 and first",
        "nothing -> None",
        "yes -> True",
        "no -> False",
        "kind -> list",
        "kind -> a list",
        "type(names) -> a list",
        "type(tensor) -> Eager",
        "type(h) -> ndarray",
        "[type(names), type(mode)] -> a list and str",
        "yes -> it is / it is not",
        "h[0, 0] == 0 -> the same / different",
        "not no -> not on / on",
        "np.allclose(h, h.T.T + 0 * count) -> the same / different",
        "names[0] < names[1] or yes -> in order / not in order",
        "set(names) == {'kernel', 'bias'} -> these / not these",
        "len(weights) == 2 -> two / not two",
        "mode == 'concat' -> joined / not joined",
        "layer.value -> on / not on",
    ],
)
def test_true_value_holds(text):
    """수, 산술, 낱말, 문자열, 늘어놓은 이름, 타입, ``None``, 참은 맞게 적으면 성립한다."""
    result = checked(text)
    assert isinstance(result, Checked), report(result, "page")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("count -> 27", "26"),
        ("many -> 1,301", "1300"),
        ("below -> 3", "-3"),
        ("ratio -> 0.71", "0.7182"),
        ("ratio -> 71%", "0.7182"),
        ("ratio -> 1", "0.7182"),
        ("third -> 0.34", str(1 / 3)),
        ("tensor -> 0.24", "0.25"),
        ("len(names) -> first", "2"),
        ("mode -> sum", "concat"),
        ("mode -> Concat", "concat"),
        ("names -> bias, kernel", "kernel, bias"),
        ("names -> kernel", "kernel, bias"),
        ("names -> kernel, bias, bias", "kernel, bias"),
        ("names -> kernel; bias", "kernel, bias"),
        ("names[:1] -> bias", "kernel"),
        ("names[:0] -> kernel", ""),
        ("weights.values() -> 1, 3", "1, 2"),
        ("order -> 1, two", "2, 1"),
        ("order -> one, 1", "2, 1"),
        ("nothing -> nothing", "None"),
        ("yes -> False", "True"),
        ("no -> True", "False"),
        ("kind -> tuple", "list"),
        ("kind -> two", "list"),
    ],
)
def test_false_value_fails_and_tells_the_right_one(text, right):
    """틀린 값은 실패하고, 무엇이라고 적어야 하는지 안다."""
    problem = checked(text)
    assert (problem.code, problem.right) == ("value-differs", right)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("h.size -> 2LD", "value-differs"),
        ("no -> it is / it is not", "false"),
        ("h[0, 0] == 1 -> the same / different", "false"),
        ("mode == 'sum' -> added / not added", "false"),
        ("yes -> it is not / it is", "swapped"),
        ("not no -> it is / it is not", "swapped"),
        ("count != 5 -> the same / different", "swapped"),
        ("yes -> on / off", "no-denial"),
        ("names[2:] -> kernel, bias", "value-differs"),
        ("count * np.inf -> 0.5", "value-differs"),
        ("count * np.nan -> 0.5", "value-differs"),
        ("yes -> is not different / is the same", "no-denial"),
        ("yes -> it is", "no-otherwise"),
        ("count -> it is / it is not", "unreadable"),
        ("count -> several", "unreadable"),
        ("thing -> thing", "unreadable"),
        ("missing -> 5", "unbound"),
        ("count / 0 -> 5", "raised"),
        ("5 -> 5", "nothing-measured"),
        ("2 + 3 -> 5", "nothing-measured"),
        ("np.pi -> 3.14", "nothing-measured"),
        ("np.pi > 3 -> larger / not larger", "nothing-measured"),
        ("len('abc') -> 3", "nothing-measured"),
        ("count == count -> the same / different", "constant"),
        ("np.allclose(h, h) -> the same / different", "constant"),
        ("np.allclose(h, h * 1) -> the same / different", "constant"),
        ("h.shape == h.copy().shape -> the same / different", "constant"),
        ("len(names) >= 0 -> enough / not enough", "constant"),
        ("count == 26 or True -> so / not so", "constant"),
        ("h is not None -> not missing / missing", "constant"),
    ],
)
def test_value_that_says_nothing_or_is_false_fails(text, code):
    """거짓, 비교할 수 없는 말, 아무것도 재지 않는 식, 무엇이 바뀌어도 참인 식은 저마다의 이유로 실패한다."""
    assert checked(text).code == code


def test_well_chosen_sizes_that_coincide_are_not_to_be_blamed():
    """서로 다른 소수인데도 겹치면, 소수로 바꾸라고 하지 않고 다른 크기를 고르라고 한다."""
    names = {**NAMES, "seq_len": 7, "dim": 13, "batch_size": 5, "h": np.zeros(100)}
    report_of_sum = report(check(parse_value("h.size -> B(D + L)", SETTINGS.symbols), names, SETTINGS), "page.md:3")
    assert "remedy      choose other sizes: with these, another claim comes out the same" in report_of_sum


def test_large_value_does_not_bury_the_report():
    """긴 값은 앞부분만 보인다."""
    text = report(check(parse_value("h -> many", SETTINGS.symbols), {"h": np.zeros(10_000)}, SETTINGS), "page.md:3")
    assert text.endswith("…")
    assert len(text) < 500


def test_weak_number_is_refused():
    """두 기호가 함께 만드는 수는 어느 쪽인지 말하지 못하므로 약하다."""
    names = {**NAMES, "seq_len": 11}
    claim = parse_value("count - 15 -> D", SETTINGS.symbols)
    assert report(check(claim, names, SETTINGS), "page.md:3") == (
        "page.md:3: the value claim is weak: a false claim would hold as well\n"
        "  expression  count - 15\n"
        "  claimed     D = 11\n"
        "  mutant      L = 11\n"
        "  coinciding  D=dim=11  L=seq_len=11\n"
        "  remedy      make the sizes distinct primes other than 2, 3, 4"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "count -> 27",
            "page.md:3: the value is not the claimed one\n  expression  count\n  claimed     27\n  value       26",
        ),
        (
            "h.size -> 2LD",
            "page.md:3: the value is not the claimed one\n"
            "  expression  h.size\n"
            "  claimed     2LD = 154\n"
            "  measured    77\n"
            "  symbols     D=dim=11  L=seq_len=7",
        ),
        (
            "no -> the same / different",
            "page.md:3: what is said to be true is false\n"
            "  expression  no\n"
            "  claimed     the same\n"
            "  otherwise   different\n"
            "  value       False",
        ),
        (
            "count -> several",
            "page.md:3: the words cannot be compared with the value\n"
            "  expression  count\n"
            "  claimed     several\n"
            "  value       26\n"
            "  reason      'several' is no number. Known words: two, first, half",
        ),
        (
            "thing -> thing",
            "page.md:3: the words cannot be compared with the value\n"
            "  expression  thing\n"
            "  claimed     thing\n"
            "  reason      no words for a value of type object."
            " Claim a number, a string, a type, or a sequence of them",
        ),
        (
            "kind -> it is / it is not",
            "page.md:3: the words cannot be compared with the value\n"
            "  expression  kind\n"
            "  claimed     it is\n"
            "  otherwise   it is not\n"
            "  value       list\n"
            "  reason      a value of type type is neither true nor false",
        ),
        (
            "len(names) >= 0 -> enough / not enough",
            "page.md:3: the truth does not depend on the page's code: it holds whatever the code makes\n"
            "  expression  len(names) >= 0\n"
            "  claimed     enough\n"
            "  remedy      compare values that the page's code made",
        ),
    ],
)
def test_report_shows_what_was_said_and_what_is(text, message):
    """보고는 식, 적은 말, 실제 값, 이유와 고치는 법을 보인다."""
    assert report(checked(text), "page.md:3") == message


def test_without_number_words_the_report_says_so():
    """아는 낱말이 없으면 없다고 말한다."""
    assert checked("count -> several of them", Settings()).reason[1]["known"] == "-"


class Layer:
    """기본값이 있는 것."""

    def __init__(self, units, activation="tanh", use_bias=True, dropout=0.0, mode=None):
        """기본값을 읽을 서명."""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Layer.activation -> tanh", ""),
        ("Layer.use_bias -> True", ""),
        ("Layer.dropout -> 0", ""),
        ("Layer.dropout -> 0.0", ""),
        ("Layer.mode -> None", ""),
        ("here.Layer.activation -> tanh", ""),
        ("Layer.activation -> relu", "value-differs"),
        ("Layer.use_bias -> False", "value-differs"),
        ("Layer.dropout -> 0.5", "value-differs"),
        ("Layer.mode -> sum", "value-differs"),
        ("Layer.units -> 5", "no-default"),
        ("Layer.bias -> True", "no-such-argument"),
        ("Missing.bias -> True", "unbound"),
        ("here.Missing.bias -> True", "raised"),
        ("count.bias -> True", "raised"),
        ("int.bias -> True", "raised"),
    ],
)
def test_default_is_read_from_the_signature(text, code):
    """기본값은 서명에 적힌 것과 비교한다."""
    here = type("Here", (), {"Layer": Layer})
    result = check(parse_default(text), {"Layer": Layer, "here": here, "count": 5}, SETTINGS)
    assert getattr(result, "code", "") == code, result


def test_missing_argument_names_the_known_ones():
    """없는 인자를 적으면 있는 인자를 알려 준다."""
    assert report(check(parse_default("Layer.bias -> True"), {"Layer": Layer}), "page.md:3") == (
        "page.md:3: there is no such argument: bias\n"
        "  expression  Layer.bias\n"
        "  claimed     True\n"
        "  remedy      known arguments: units, activation, use_bias, dropout, mode"
    )


def test_words_say_values_without_a_page():
    """말과 값을 비교하는 일은 페이지 없이도 할 수 있다."""
    assert says("two", 2, WORDS, ())
    assert not says("half", 2, WORDS, ())


def test_values_of_figures_are_rounded():
    """그림에 적을 값은 어느 컴퓨터에서나 같은 자리까지만 남긴다."""
    assert rounded(np.array([[0.126, -0.001]])) == [[0.13, 0.0]]


class Picky(Measurement):
    """A kind of measurement that keeps positive numbers only, and those as they are."""

    def kept(self, value):
        """Keep it."""
        if value < 0:
            raise ValueError("it is negative")
        return value


def test_a_kind_of_measurement_decides_what_is_kept():
    """What the evidence keeps is that kind's business: by default two decimals, and a refusal gives its reason."""
    names = {"x": 0.123456, "y": -1}
    assert check(parse_measurement("x"), names).value == 0.12
    assert check(Picky("x", ""), names).value == 0.123456
    problem = check(Picky("y", ""), names)
    assert (problem.code, problem.rows["reason"]) == ("unsuited", "it is negative")
