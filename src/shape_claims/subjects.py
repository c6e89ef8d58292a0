"""What a claim is about: the class named in code font before it must be that of a value that its expression uses.

A sentence may name the wrong class in front of a true claim. Only what is certain is refused: the page has made an
object of the named class, the expression uses objects of the same library, and none of them is of that class or holds
one.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes

from shape_claims.expressions import page_names
from shape_claims.nodes import checked

CLASS = re.compile(r"[A-Z]\w*[a-z]\w*|[A-Z]{3,}\w*")
"""What reads as the name of a class, and not as a symbol."""
SENTENCE_END = re.compile(r"[.?!]\s|[.?!]$")


def subject_of(node: nodes.Element) -> str:
    """The class that the sentence names last before the node, or else the head of its table row; empty if neither."""
    block: nodes.Node = node
    while isinstance(block, nodes.TextElement) and isinstance(block.parent, nodes.TextElement):
        block = block.parent
    for name in _named_before(node, block):
        return name
    row = block.parent.parent if isinstance(block.parent, nodes.entry) else None
    if row is None or block.parent is row[0]:
        return ""
    heads = [literal.astext() for literal in row[0].findall(nodes.literal)]
    return heads[0] if len(heads) == 1 and CLASS.fullmatch(heads[0]) else ""


def _named_before(node: nodes.Element, block: nodes.Node) -> Iterator[str]:
    """Names of classes in the node's sentence, from the node backwards."""
    before = []
    for other in block.findall():
        if other is node:
            break
        before.append(other)
    for other in reversed(before):
        if isinstance(other, nodes.Text) and not isinstance(other.parent, nodes.literal | checked):
            if SENTENCE_END.search(other.astext()):
                return
        elif isinstance(other, nodes.literal) and CLASS.fullmatch(other.astext()):
            yield other.astext()


def is_about_another(subject: str, expression: str, namespace: Mapping[str, Any]) -> bool:
    """Whether the expression uses objects of the subject's library, but none of the subject's class.

    Args:
        subject: Name of a class, or empty.
        expression: What the claim evaluates.
        namespace: The names that the page's code has made.
    """
    if not subject or re.search(rf"\b{subject}\b", expression):
        return False
    known = {type(value) for value in namespace.values() if type(value).__name__ == subject}
    libraries = {kind.__module__.partition(".")[0] for kind in known}
    used = [namespace[name] for name in page_names(expression, namespace)]
    of_library = [value for value in used if type(value).__module__.partition(".")[0] in libraries]
    return bool(of_library) and not any(subject in _kinds(value) for value in used)


def _kinds(value: Any) -> set[str]:
    """Names of a value's classes, and of those of what it holds."""
    held = [*vars(value).values()] if hasattr(value, "__dict__") else []
    held += value if isinstance(value, list | tuple) else [*value.values()] if isinstance(value, dict) else []
    inner = [item for part in held if isinstance(part, list | tuple) for item in part]
    return {kind.__name__ for one in (value, *held, *inner) for kind in type(one).__mro__}
