"""What stands in a document for a claim."""

import dataclasses
import inspect
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes

from shape_claims.claim import Claim


@dataclasses.dataclass(frozen=True)
class Entry:
    """One claim in a node: that of a role, or a label or value of a figure."""

    claim: Claim
    place: str
    """Where to mend it, as ``docs/page.md:41``."""
    name: str = ""
    """What a figure calls it."""
    key: str = ""
    """Its fingerprint, once the page is read."""


class checked(nodes.Element):  # noqa: N801 - docutils writes nodes in lower case
    """A node with claims. Others can be made by inheriting from it: see ``verify`` and ``code``."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The claims, in order."""
        return self["entries"]  # type: ignore[no-any-return]

    @property
    def place(self) -> str:
        """Where to mend the node as a whole."""
        return self.entries[0].place

    @property
    def identity(self) -> str:
        """What else decides about the claims, as text."""
        return " ".join(self.get("named", ()))

    def verify(self, values: Mapping[str, Any]) -> None:
        """Check how the measured values relate.

        Args:
            values: The value of each :class:`~shape_claims.claim.Measurement`, by name, rounded.

        Raises:
            ValueError: They do not suit what shows them.
        """

    @classmethod
    def code(cls) -> list[Path]:
        """Files whose code decides whether a claim of this kind holds."""
        return [Path(inspect.getfile(cls))]


class shape_claim(checked, nodes.literal):  # noqa: N801 - docutils writes nodes in lower case
    """A shape in the text. As a ``literal``, every builder can write it."""


class value_claim(checked, nodes.inline):  # noqa: N801 - docutils writes nodes in lower case
    """A value in the text. As an ``inline``, every builder can write it."""


def written_claims(doctree: nodes.Element) -> Iterator[checked]:
    """Claims that a reader meets: no copies in a list of contents, and no definitions of substitutions."""
    return (node for node in doctree.findall(checked) if not any(map(_is_elsewhere, _around(node))))


def own_claims(doctree: nodes.Element) -> Iterator[checked]:
    """The claims that were numbered when this page was read. Copies of titles from other pages never were."""
    return (node for node in doctree.findall(checked) if "number" in node)


def _around(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def _is_elsewhere(node: nodes.Element) -> bool:
    contents = isinstance(node, nodes.topic) and "contents" in node["classes"]
    return contents or isinstance(node, nodes.substitution_definition)


def kinds(base: type[checked] = checked) -> list[type[checked]]:
    """Every kind of node with claims."""
    return [base, *(kind for child in base.__subclasses__() for kind in kinds(child))]
