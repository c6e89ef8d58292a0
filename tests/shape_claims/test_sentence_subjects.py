"""문장이 말하는 것과 식이 쓰는 것이 같은지."""

import pytest
from tiny import MARKUPS

RST = MARKUPS["rst"]
SETUP = """
class Lstm:
    def __init__(self, units, bias=True):
        self.units, self.bias = units, bias


class Gru(Lstm):
    pass


class Both:
    def __init__(self, layer):
        self.layer = layer


Lstm.__module__ = Gru.__module__ = Both.__module__ = "keras.layers"
lstm, gru = Lstm(5), Gru(7)
both = Both(gru)
other = [5]


class Here:
    Lstm, Gru = Lstm, Gru
"""


def sentence(site, text, *rows):
    """문장 하나를 확인한 결과."""
    site.page("page.rst", RST.title("Page"), RST.block("testcode", SETUP), text, *rows)
    return site.build("doctest")


@pytest.mark.parametrize(
    "text",
    [
        "The ``Lstm`` has :value:`lstm.units -> 5` units.",
        "Unlike an ``Lstm``, a ``Gru`` has :value:`gru.units -> 7` units.",
        "A ``Both`` holds a ``Gru`` of :value:`both.layer.units -> 7` units.",
        "A ``Gru`` is an ``Lstm`` of :value:`gru.units -> 7` units.",
        "There are ``Lstm``. And :value:`gru.units -> 7` units.",
        "An ``Lstm`` counts like :value:`other -> 5`.",
        "An ``Rnn`` has :value:`gru.units -> 7` units.",
        "With ``Lstm`` and ``units`` :value:`lstm.units -> 5`.",
        "With ``bias=True`` there are :value:`lstm.units -> 5` units.",
        "With ``bias=False`` there are :value:`Lstm(5, bias=False).units + 0 * gru.units -> 5` units.",
        "With ``bias=False`` it may be :value:`other -> 5`.",
        "By default ``bias`` of ``Lstm`` is :default:`Here.Lstm.bias -> True`.",
        "The default is :default:`Here.Lstm.bias -> True`.",
    ],
)
def test_sentence_about_its_own_value_holds(site, text):
    """식이 그것을 쓰거나, 담고 있거나, 페이지가 모르는 이름이면 괜찮다."""
    built = sentence(site, text)
    assert built.code == 0, built.output


@pytest.mark.parametrize(
    "text",
    [
        "The ``Gru`` has :value:`lstm.units -> 5` units.",
        "Unlike an ``Lstm``, a ``Gru`` has, with all of its ``units``, :value:`lstm.units -> 5` of them.",
    ],
)
def test_sentence_about_another_thing_fails(site, text):
    """문장의 이름만 바꾸어도, 식이 그것을 쓰지 않으면 실패한다."""
    built = sentence(site, text)
    assert built.code != 0
    assert "the sentence speaks of Gru, and the expression uses none\n  expression  lstm.units\n" in built.output


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("With ``bias=False`` there are :value:`lstm.units -> 5` units.", "bias=False"),
        ("With ``bias=True`` there are :value:`Lstm(5, bias=False).units + 0 * gru.units -> 5` units.", "bias=True"),
        ("By default ``units`` of ``Lstm`` is :default:`Here.Lstm.bias -> True`.", "units"),
        ("By default ``bias`` of ``Gru`` is :default:`Here.Lstm.bias -> True`.", "Gru"),
        ("``bias=True`` is not needed: ``other`` is :default:`Here.Lstm.bias -> True`.", "other"),
    ],
)
def test_another_option_or_default_fails(site, text, named):
    """옵션의 값이나, 기본값 앞의 인자와 클래스의 이름만 바꾸어도 실패한다."""
    built = sentence(site, text)
    assert built.code != 0
    assert f"the sentence speaks of {named}, and the expression uses none" in built.output


def test_head_of_a_row_is_what_its_cells_are_about(site):
    """표에서는 줄의 첫 칸에 적힌 것이 그 줄의 주어다."""
    rows = "* - ``Gru``\n  - :value:`lstm.units -> 5`\n* - ``Lstm``\n  - :value:`lstm.units -> 5`"
    built = sentence(site, RST.block("list-table", rows))
    assert built.output.count("speaks of Gru") == 1 and "speaks of Lstm" not in built.output


def test_mark_goes_when_the_subject_changes(site):
    """문장의 이름을 고치면 확인한 표시도 사라진다."""
    text = "The ``{}`` has :value:`lstm.units -> 5` units."
    assert sentence(site, text.format("Lstm")).code == 0
    assert "claim-checked" in site.build("html").html("page")
    site.page("page.rst", RST.title("Page"), RST.block("testcode", SETUP), text.format("Gru"))
    assert "claim-checked" not in site.build("html").html("page")
