"""The key to a prediction, made from a claim and its record: what the script compares with the reader's words.

A size stands there twice: as it is on the page (``here``), and as it would be were the letters other sizes (``there``).
An answer in letters must be right in both, an answer in numbers need not.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any

from shape_claims.claim import Claim, ShapeClaim, ValueClaim
from shape_claims.claimed import read_number
from shape_claims.config import Settings
from shape_claims.evidence import Record
from shape_claims.predicting import messages
from shape_claims.shapes import Shape, Tree, letters, members, size

Answer = dict[str, Any]
"""``kind`` is ``shape``, ``number``, ``names``, ``text`` or ``choice``; ``right`` is what the reader is told."""


def answer(
    claim: Claim, record: Record, others: Sequence[str], settings: Settings, sizes: Mapping[str, int] | None = None
) -> Answer:
    """The key, as the script reads it.

    Args:
        claim: What the page says.
        record: What was measured.
        others: Further answers to choose from.
        settings: Symbols, words and factors.
        sizes: The size of every letter on the page.

    >>> from shape_claims import parse_value
    >>> claim = parse_value("'above' if i < j else 'below' -> below")
    >>> answer(claim, Record(claim.expression, claim.text, "'below'"), ["beside"], Settings())
    {'kind': 'choice', 'right': 'below', 'choices': ['above', 'below', 'beside']}
    """
    measured = _literal(record.measured)
    choices = {*others, *_branches(claim, measured)}
    if choices:
        right = measured if isinstance(measured, str) and measured in choices else claim.text
        return {"kind": "choice", "right": right, "choices": sorted({right, *choices})}
    here = _in_order({**(sizes or {}), **record.sizes}, settings)
    known = {"letters": _letters(here, settings), "said": ", ".join(here)}
    right = f"{claim.text} = {record.measured}" if record.sizes else claim.text
    if isinstance(measured, int) and not re.search(r"\d", right):
        right = str(measured)  # a word stands in its sentence: one, first, both
    if isinstance(claim, ShapeClaim):
        key = _tree(claim.tree, here, settings)
        return {"kind": "shape", "right": right, "key": key, "factors": list(settings.factors), **known}
    also = [*_words_for(measured, settings.words), claim.text]
    if isinstance(measured, int | float):
        key = _number(claim.text, measured, here, settings)
        return {"kind": "number", "right": right, "key": key, "step": _half_step(claim.text), "also": also, **known}
    if isinstance(measured, list | tuple):
        return {"kind": "names", "right": right, "items": [str(item) for item in measured]}
    return {"kind": "text", "right": right, "also": [str(measured), *also]}


def _in_order(here: Mapping[str, int], settings: Settings) -> dict[str, int]:
    order = list(settings.symbols.table)
    return dict(sorted(here.items(), key=lambda item: order.index(item[0]) if order else 0))


def _tree(tree: Tree, here: Mapping[str, int], settings: Settings) -> Any:
    if isinstance(tree, Shape):
        return [_axis(axis, here, settings) for axis in tree.axes]
    return [_tree(one, here, settings) for one in members(tree)]  # type: ignore[arg-type]  # a shape holds no numbers


def _axis(axis: ast.expr, here: Mapping[str, int], settings: Settings) -> Mapping[str, Any]:
    used = letters(axis)
    name = messages.axis(used[0], settings.symbols[used[0]].meaning) if used else ""
    return {"here": size(axis, here), "there": size(axis, _elsewhere(here)), "name": name}


def _number(text: str, measured: float, here: Mapping[str, int], settings: Settings) -> Mapping[str, Any]:
    said = read_number(text, settings.symbols)
    return {"here": measured, "there": size(said, _elsewhere(here)) if said else measured}


def _elsewhere(here: Mapping[str, int]) -> dict[str, int]:
    """Other sizes, of which no sum or multiple is another one by chance."""
    return {letter: 1009 + 110 * place + place**3 for place, letter in enumerate(here)}


def _letters(here: Mapping[str, int], settings: Settings) -> dict[str, list[int | None]]:
    """What a reader may write for a size: its letter, or its name in code."""
    pairs: dict[str, list[int | None]] = {"None": [None, None], "NONE": [None, None]}  # none is read as NONE
    for letter, other in _elsewhere(here).items():
        pairs |= {name: [here[letter], other] for name in (letter, settings.symbols[letter].name)}
    return pairs


def _branches(claim: Claim, measured: Any) -> Iterator[str]:
    """Everything that the claim could have said, where it can be known: both phrases, or the words in an ``if``."""
    if isinstance(claim, ValueClaim) and claim.otherwise:
        yield from (claim.text, claim.otherwise)
    elif isinstance(measured, bool):
        yield from ("True", "False")
    elif isinstance(claim, ValueClaim):
        node: ast.expr = ast.parse(claim.expression, mode="eval").body
        while isinstance(node, ast.IfExp):
            yield from (str(one.value) for one in (node.body, node.orelse) if isinstance(one, ast.Constant))
            node = node.orelse


def _literal(measured: str) -> Any:
    try:
        return ast.literal_eval(measured)
    except (ValueError, SyntaxError):  # a shape with names, the name of a type, an infinite number
        return measured


def _words_for(value: Any, words: Mapping[str, Any]) -> list[str]:
    """The words of the site that mean the value."""
    same = Real if isinstance(value, Real) else str
    return [word for word, meaning in words.items() if isinstance(meaning, same) and meaning == value]


def _half_step(text: str) -> float:
    """How far a number may be away from what is measured: as far as what the page says, 0.72 or 28%.

    >>> _half_step("0.72"), _half_step("28%"), _half_step("26")
    (0.005, 0.005, 0.0)
    """
    found = re.fullmatch(r"\D?[\d,]+(?:\.(\d+))?(%?)", text)
    if not found or not (found[1] or found[2]):
        return 0.0
    return float(0.5 / 10 ** (len(found[1] or "") + (2 if found[2] else 0)))
