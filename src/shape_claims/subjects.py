"""What a claim is about: what its sentence names in code font must be what its expression uses.

A sentence may name the wrong thing in front of a true claim. Only what is certain is refused: a class of which the page
has made an object, where the expression uses objects of the same library but none of that class; an option that the
objects of the expression have with another value; and, before a default, another callable or argument.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes

from shape_claims.claim import Claim, DefaultClaim
from shape_claims.measuring import page_names
from shape_claims.nodes import checked

CLASS = re.compile(r"[A-Z]\w*[a-z]\w*|[A-Z]{3,}\w*")
"""What reads as the name of a class, and not as a symbol."""
OPTION = re.compile(r"([a-z_]\w*)=(\S+)")
"""What reads as an option with its value."""
ARGUMENT = re.compile(r"([a-z_]\w*)(?:=\S+)?")
SENTENCE_END = re.compile(r"[.?!]\s|[.?!]$")


def named_before(node: nodes.Element) -> list[str]:
    """What the node's sentence says in code font before the node, the nearest first.

    In a table, the head of the row comes last: it is what the row is about.
    """
    block: nodes.Node = node
    while isinstance(block, nodes.TextElement) and isinstance(block.parent, nodes.TextElement):
        block = block.parent
    names = list(_before(node, block))
    row = block.parent.parent if isinstance(block.parent, nodes.entry) else None
    if row is not None and block.parent is not row[0]:
        heads = [literal.astext() for literal in row[0].findall(nodes.literal)]
        names += heads if len(heads) == 1 else []
    return names


def _before(node: nodes.Element, block: nodes.Node) -> Iterator[str]:
    before = []
    for other in block.findall():
        if other is node:
            break
        before.append(other)
    for other in reversed(before):
        if isinstance(other, nodes.Text) and not isinstance(other.parent, nodes.literal | checked):
            if SENTENCE_END.search(other.astext()):
                return
        elif (
            isinstance(other, nodes.literal)
            and not isinstance(other, checked)
            and not isinstance(other.parent, checked)
        ):
            yield other.astext()


def other_subject(names: Sequence[str], claim: Claim, namespace: Mapping[str, Any]) -> str:
    """What the sentence names although the expression uses another; empty if there is nothing to say.

    Args:
        names: What the sentence says in code font, the nearest first.
        claim: The claim, which holds.
        namespace: The names that the page's code has made.
    """
    subject = next((name for name in names if CLASS.fullmatch(name)), "")
    if isinstance(claim, DefaultClaim):
        *_package, owner, argument = claim.expression.split(".")
        if subject and subject != owner and CLASS.fullmatch(owner):
            return subject
        named = next((found[1] for name in names if (found := ARGUMENT.fullmatch(name))), argument)
        return "" if named == argument else named
    used = [namespace[name] for name in page_names(claim.expression, namespace)]
    if subject and not re.search(rf"\b{subject}\b", claim.expression) and _is_another(subject, used, namespace):
        return subject
    option = next((found for name in names if (found := OPTION.fullmatch(name))), None)
    return option[0] if option and _differs(option[1], option[2], claim.expression, used) else ""


def _is_another(subject: str, used: Sequence[Any], namespace: Mapping[str, Any]) -> bool:
    known = {type(value) for value in namespace.values() if type(value).__name__ == subject}
    libraries = {_library(kind) for kind in known}
    kinds = {kind.__name__ for value in used for one in _with_inner(value) for kind in type(one).__mro__}
    return any(_library(type(value)) in libraries for value in used) and subject not in kinds


def _differs(option: str, said: str, expression: str, used: Sequence[Any]) -> bool:
    if written := re.search(rf"\b{option}=([^,)\s]+)", expression):
        return written[1].strip("'\"") != said.strip("'\"")
    values = []
    for value in used:
        had = [vars(one)[option] for one in _with_inner(value) if option in getattr(one, "__dict__", {})]
        if not had:
            return False  # it may come from an object that has the option
        values += had
    return bool(values) and not any(said.strip("'\"") in (str(value), repr(value)) for value in values)


def _library(kind: type) -> str:
    return kind.__module__.partition(".")[0]


def _with_inner(value: Any) -> list[Any]:
    """A value, what it holds, and what the lists that it holds hold."""
    held = [*vars(value).values()] if hasattr(value, "__dict__") else []
    held += value if isinstance(value, list | tuple) else [*value.values()] if isinstance(value, dict) else []
    return [value, *held, *(item for part in held if isinstance(part, list | tuple) for item in part)]
