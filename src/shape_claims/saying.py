"""How a value is said: in numbers, number words, names, types, and sequences of them joined as prose joins them."""

import math
import re
from collections.abc import Iterator, KeysView, Mapping, Sequence, ValuesView
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

LONGEST = 300
"""Columns of a value in a report."""


class UnsayableError(TypeError):
    """A value of a kind that has no words."""


class NotANumberError(ValueError):
    """Words that are no number, where the value is one."""


def says(text: str, value: Any, words: Mapping[str, Any], joiners: Sequence[str]) -> bool:
    """Whether the text is a way to write the value.

    Args:
        text: What the page shows.
        value: A number, ``str``, ``bool``, ``None``, type, or a sequence of them.
        words: Words of the page's language and what they mean: numbers, strings and, for types, their names.
        joiners: What stands between the items of a sequence.

    Raises:
        UnsayableError: The value is of another kind.
        NotANumberError: The value is a number and the text is not.

    >>> says("26", 26, {}, ()), says("two", 2, {"two": 2}, ()), says("0.33", 1 / 3, {}, ())
    (True, True, True)
    >>> says("1e-8", 1e-8, {}, ()), says("1e-6", 1e-8, {}, ()), says("1.2e-7", 1.19e-7, {}, ())
    (True, False, True)
    >>> says("kernel, bias", ["kernel", "bias"], {}, (", ",))
    True
    """
    value = plain(value)
    if value is None or isinstance(value, bool):
        return text == str(value)
    if isinstance(value, str):
        return text in (value, repr(value)) or words.get(text) == value
    if isinstance(value, type):
        return value.__name__ in (text, words.get(text))
    if isinstance(value, Real):
        return _says_number(text, value, words)
    if isinstance(value, list | tuple):
        return _says_all(text, list(value), words, joiners)
    raise UnsayableError(type(value).__name__)


def _says_number(text: str, value: Real, words: Mapping[str, Any]) -> bool:
    if isinstance(words.get(text), Real):
        return bool(words[text] == value)
    if not math.isfinite(value):
        return text == str(value)
    if re.fullmatch(r"-?\d+(?:\.\d+)?[eE][-+]?\d+", text):
        said, step = Fraction(text), _last_place(text)
        return abs(Fraction(float(value)) - said) <= step / 2 + step / 10**9
    digits = re.fullmatch(r"([-\N{MINUS SIGN}]?)(\d+(?:,\d{3})*)(\.\d+)?(%?)", text)
    if digits is None:
        raise NotANumberError(text)
    sign, whole, decimals, percent = digits.groups()
    said = Fraction(whole.replace(",", "") + (decimals or "")) * (-1 if sign else 1)
    step = Fraction(1, 10 ** (len(decimals or ".") - 1))
    if percent:
        said, step = said / 100, step / 100
    if isinstance(value, Integral) and not (decimals or percent):
        return said == int(value)
    # A decimal says every number that rounds to it.
    return abs(Fraction(float(value)) - said) <= step / 2 + Fraction(1, 10**9) if decimals or percent else said == value


def _last_place(text: str) -> Fraction:
    """What one in the last place of a number in scientific notation is worth.

    >>> _last_place("1.5e-8")
    Fraction(1, 1000000000)
    """
    mantissa, exponent = re.split("[eE]", text)
    return Fraction(10) ** (int(exponent) - len(mantissa.partition(".")[2]))


def _says_all(text: str, items: list[Any], words: Mapping[str, Any], joiners: Sequence[str]) -> bool:
    if len(items) < 2:
        return bool(items) and _says_item(text, items[0], words, joiners)
    return any(
        _says_item(head, items[0], words, joiners) and _says_all(rest, items[1:], words, joiners)
        for head, rest in splits(text, joiners)
    )


def _says_item(text: str, item: Any, words: Mapping[str, Any], joiners: Sequence[str]) -> bool:
    try:
        return says(text, item, words, joiners)
    except NotANumberError:  # this way to split the text was a wrong one
        return False


def splits(text: str, joiners: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every way to cut the text in two at a joiner."""
    for joiner in joiners:
        for found in re.finditer(re.escape(joiner), text):
            yield text[: found.start()].strip(), text[found.end() :].strip()


def plain(value: Any) -> Any:
    """The value without its library: a scalar tensor as a number, an array as a list, a dictionary as its keys.

    >>> plain({"kernel": 1, "bias": 2}), plain(range)
    (['kernel', 'bias'], <class 'range'>)
    """
    if isinstance(value, type):  # a class of tensors has their methods, too
        return value
    if hasattr(value, "numpy") and callable(value.numpy):
        value = value.numpy()
    if hasattr(value, "tolist"):
        value = value.tolist()
    return list(value) if isinstance(value, Mapping | KeysView | ValuesView) else value


def rounded(value: Any) -> Any:
    """The value as plain nested lists, with decimals cut to what is the same on every machine.

    >>> rounded([0.123456, -0.001, "text", True])
    [0.12, 0.0, 'text', True]
    """
    value = plain(value)
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return round(value, 2) + 0.0 if isinstance(value, float) else value


def written(value: Any) -> str:
    """The value as the evidence keeps it."""
    return value.__name__ if isinstance(value, type) else repr(value)


def shown(value: Any) -> str:
    """The value in a report, which a large one must not bury."""
    text = written(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def right(value: Any) -> str:
    """How the page could say the value, where there is one plain way."""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value.__name__ if isinstance(value, type) else str(value)
