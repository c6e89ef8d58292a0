"""A value in the words of the author: as a word if it was a word, with as many decimals, joined in the same way."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from numbers import Integral, Real
from typing import Any

from shape_claims import saying
from shape_claims.accepting.source import RefusedError
from shape_claims.config import Settings


def say(value: Any, old: str, settings: Settings, *, exact: bool = False) -> str:
    """Write a value as the old text was written.

    Args:
        value: A number, ``str``, ``bool``, ``None``, type, or a sequence of them.
        old: What the page says now.
        settings: The words and joiners of the page's language.
        exact: Whether no decimal may be rounded away, as in a default, which somebody wrote.

    Raises:
        RefusedError: The value has no words, or more than one fits.

    >>> words = Settings(words={"five": 5, "seven": 7})
    >>> say(7, "five", words), say(1300, "26", words), say(0.5, "0.72", words)
    ('seven', '1,300', '0.50')
    """
    value = saying.plain(value)
    if exact and isinstance(value, float) and old not in settings.words:
        old = repr(value)
    text = _sequence(value, old, settings) if isinstance(value, list | tuple) else _single(value, old, settings)
    # A claim is one line between backticks, and an arrow or a slash would cut it.
    if text != text.strip() or not text or re.search(r"[`\\|\r\n]|->| / ", text):
        raise RefusedError("unsayable", value=repr(value))
    return text


def _single(value: Any, old: str, settings: Settings) -> str:
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        if old in settings.words and (word := _word(value, old, settings.words)):
            return word
        return repr(value) if re.fullmatch(r"'.*'|\".*\"", old) else value
    if isinstance(value, type):
        return (_word(value.__name__, old, settings.words) if old in settings.words else "") or value.__name__
    if isinstance(value, Real):
        return _number(value, old, settings.words)
    raise RefusedError("unsayable", value=repr(value))


def _number(value: Real, old: str, words: Mapping[str, Any]) -> str:
    if isinstance(words.get(old), Real):
        if word := _word(value, old, words):
            return word
        raise RefusedError("no-word", value=str(value), text=old)
    decimals = re.fullmatch(r"[^.%]*(?:\.(\d+))?(%?)", old)
    places, percent = (len(decimals[1] or ""), decimals[2]) if decimals and re.search(r"\d", old) else (0, "")
    # Thousands are grouped unless the author wrote four digits without a comma.
    grouping = "" if re.search(r"\d{4}", old.partition(".")[0]) else ","
    if isinstance(value, Integral) and not (places or percent):
        text = format(int(value), f"{grouping}d")
    elif not (float("-inf") < float(value) < float("inf")):
        raise RefusedError("unsayable", value=str(value))
    elif places or percent:
        exact = Fraction(float(value)) * (100 if percent else 1)
        text = format(float(round(exact, places)), f"{grouping}.{places}f") + percent
    else:
        text = repr(float(value))
        if float(value).is_integer():
            text = format(int(float(value)), f"{grouping}d")
    return text.replace("-", "\N{MINUS SIGN}") if "\N{MINUS SIGN}" in old else text


def _word(value: Any, old: str, words: Mapping[str, Any]) -> str:
    """The word for a value in the series of the old word.

    Words of one value stand together in the table, in the order of their series: one, first; two, second. Where both
    values have as many words, the word at the same place is meant. Otherwise, it is looked for from the first and from
    the last, and the longest end in common decides: fifth and third.

    Raises:
        RefusedError: Two words fit equally well.
    """
    runs = [(meaning, [word for word, _ in group]) for meaning, group in groupby(words.items(), lambda item: item[1])]
    before = next(run for meaning, run in runs if old in run)
    after = next((run for meaning, run in runs if meaning == value), [])
    if not after:
        return ""
    index = before.index(old)
    last = len(after) - 1
    if len(before) == len(after):
        return after[index]
    fitting = dict.fromkeys((after[min(index, last)], after[max(last - (len(before) - 1 - index), 0)]))
    best = max(_common_end(old, word) for word in fitting)
    chosen = [word for word in fitting if _common_end(old, word) == best]
    if len(chosen) > 1:
        raise RefusedError("many-ways", value=str(value), ways="  ".join(chosen))
    return chosen[0]


def _common_end(first: str, second: str) -> int:
    pairs = zip(reversed(first), reversed(second), strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def _sequence(items: Sequence[Any], old: str, settings: Settings) -> str:
    """Items with the joiners that the author wrote; where there are more or fewer, the last joiner stays the last."""
    if not items:
        raise RefusedError("unsayable", value=repr(items))
    pattern = "|".join(map(re.escape, sorted(settings.joiners, key=len, reverse=True))) or r"(?!)"
    said, *rest = re.split(f"({pattern})", old)
    joiners, others = rest[::2], rest[1::2]
    words = [said, *others]
    written = [_single(saying.plain(item), words[min(at, len(words) - 1)], settings) for at, item in enumerate(items)]
    if len(items) != len(words):
        first = joiners[0] if joiners else (settings.joiners[0] if settings.joiners else ", ")
        joiners = [first] * (len(items) - 2) + [joiners[-1] if joiners else first]
    return written[0] + "".join(joiner + word for joiner, word in zip(joiners, written[1:], strict=False))
