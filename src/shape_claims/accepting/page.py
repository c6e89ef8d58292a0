"""The tested nodes of a page: what should stand in them instead, and where that is written."""

import dataclasses
import doctest
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from shape_claims.accepting.source import Edit, RefusedError, Source
from shape_claims.binding import runs
from shape_claims.claim import Claim, DefaultClaim, ShapeClaim
from shape_claims.nodes import Entry, checked
from shape_claims.places import BLANKS

OF_CODE = ("testcode", "testoutput")
"""Blocks without prompts."""
New = Claim | list[str]
"""A claim, or the lines of an output."""


@dataclass(frozen=True)
class Failure:
    """Something on a page that does not hold."""

    node: nodes.Element
    index: int
    """Which claim of the node, or which example of the block; -1 if it is the node as a whole."""
    place: str
    """File and line, for a report."""
    new: New | RefusedError
    """What should stand there, or why that is not known."""


class Tested:
    """The nodes of a page that are run, in their order. Another reading of the same page has the same order."""

    def __init__(self, doctree: nodes.Node, *, blocks: bool) -> None:
        found = doctree.findall(nodes.Element)
        own = (node for node in found if not isinstance(node.parent, nodes.reference))
        self.nodes = [node for node in own if isinstance(node, checked) or runs(node, blocks=blocks)]
        self.number = {node: number for number, node in enumerate(self.nodes)}

    def paths(self) -> set[Path]:
        """The files in which the nodes are written."""
        return {path for node in self.nodes if (path := path_of(node)).is_file()}

    def place(self, failure: Failure, number: int, sources: Mapping[Path, Source]) -> str:
        """The file and line of a failure. For an example, the line is looked up in the file."""
        node = self.nodes[number]
        source = sources.get(path_of(node))
        if isinstance(node, checked) or source is None:
            return failure.place
        text = written_block(node)
        examples = [] if node.get("testnodetype") in OF_CODE else doctest.DocTestParser().get_examples(text)
        try:
            row = source.block(text, node.line or 1)[examples[failure.index].lineno if examples else 0]
        except RefusedError:
            return failure.place
        return f"{failure.place.rpartition(':')[0]}:{row + 1}"

    def renew(self, number: int, news: Mapping[int, New]) -> None:
        """Put what should stand in a node into the node, by the index of its claim or example.

        Raises:
            RefusedError: The examples of the block would be others then.
        """
        node = self.nodes[number]
        if isinstance(node, checked):
            entries = enumerate(node.entries)
            node["entries"] = [
                dataclasses.replace(entry, claim=new) if isinstance(new := news.get(at), Claim) else entry
                for at, entry in entries
            ]
        else:
            node["test"] = renewed_block(node, {at: new for at, new in news.items() if isinstance(new, list)})

    def edits(self, number: int, news: Mapping[int, New], sources: Mapping[Path, Source]) -> tuple[Source, list[Edit]]:
        """The changes to make in a file.

        Raises:
            RefusedError: The place is not found for certain.
        """
        node = self.nodes[number]
        source = sources.get(path_of(node))
        if source is None:
            raise RefusedError("no-file")
        if isinstance(node, checked):
            found = [self._claim(source, node, at, new) for at, new in news.items() if isinstance(new, Claim)]
            return source, [edit for edits in found for edit in edits]
        text = written_block(node)
        rows = source.block(text, node.line or 1)
        new_text = renewed_block(node, {at: new for at, new in news.items() if isinstance(new, list)})
        return source, source.rewrite(rows, text.split("\n"), new_text.split("\n"))

    def _claim(self, source: Source, node: checked, index: int, new: Claim) -> list[Edit]:
        entry = node.entries[index]
        pattern = pattern_of(entry)
        alike = [
            (one.line or 1, number, at)
            for number, one in enumerate(self.nodes)
            if isinstance(one, checked) and path_of(one) == source.path
            for at, other in enumerate(one.entries)
            if pattern_of(other) == pattern
        ]
        alike.sort()
        match = source.claims(pattern, [hint for hint, _, _ in alike])[
            [(number, at) for _, number, at in alike].index((self.number[node], index))
        ]
        sides = {"left": new.expression, "right": said(new)}
        old = {"left": entry.claim.expression, "right": said(entry.claim)}
        return [
            Edit(*match.span(side), _escaped(respaced(match[side], text), match[side]))
            for side, text in sides.items()
            if text != old[side]
        ]


def path_of(node: nodes.Node) -> Path:
    """The file in which a node is written. Some parsers note it only on a node around."""
    one: nodes.Node | None = node
    while one is not None and not one.source:
        one = one.parent
    return Path(one.source or "" if one is not None else "")


def said(claim: Claim) -> str:
    """The right side of a claim."""
    otherwise = getattr(claim, "otherwise", "")
    return f"{claim.text} / {otherwise}" if otherwise else claim.text


def flexible(text: str) -> str:
    """A regular expression for a text that may be broken over lines, and whose bars a table has escaped."""
    words = (re.escape(word).replace(r"\|", r"\\?\|") for word in text.split())
    return BLANKS.join(words)


def pattern_of(entry: Entry) -> str:
    """A regular expression for a claim in the source, as a role or as a label of a figure."""
    claim = entry.claim
    sides = rf"(?P<left>{flexible(claim.expression)})(?:{BLANKS})?->(?:{BLANKS})?(?P<right>{flexible(said(claim))})"
    if entry.name:
        return rf"(?m)^[ \t>]*{re.escape(entry.name)}[ \t]*:[ \t]*{sides}[ \t]*\r?$"
    kind = "shape" if isinstance(claim, ShapeClaim) else "default" if isinstance(claim, DefaultClaim) else "value"
    return rf"(?:\{{{kind}\}}|:{kind}:)(?P<ticks>`+)(?:{BLANKS})?{sides}(?:{BLANKS})?(?P=ticks)(?!`)"


def respaced(old: str, new: str) -> str:
    """The new words with the white space of the old text, where there are as many.

    >>> respaced("(N, T,\\n  2H)", "(N, S, 2H)")
    '(N, S,\\n  2H)'
    """
    blanks = re.findall(BLANKS, old)
    words = new.split()
    if len(re.split(BLANKS, old)) != len(words) or old != old.strip():
        return new
    return "".join(word + blank for word, blank in zip(words, [*blanks, ""], strict=True))


def _escaped(text: str, old: str) -> str:
    """The bars of a table are escaped, if they were."""
    return text.replace("|", r"\|") if r"\|" in old else text


def written_block(node: nodes.Element) -> str:
    """The text of a block, as Sphinx runs it."""
    return str(node["test"] if "test" in node else node.astext())


def renewed_block(node: nodes.Element, outputs: Mapping[int, Sequence[str]]) -> str:
    """The text of a block with other outputs.

    Args:
        node: A block of examples, or a block of the output of code.
        outputs: The lines to write, by the number of the example.

    Raises:
        RefusedError: The output would be read as something else, or nothing would be left of a block of output.
    """
    text = written_block(node)
    if node.get("testnodetype") == "testoutput":
        if not any(line.strip() for line in outputs[0]):
            raise RefusedError("empty-output")
        return "\n".join(outputs[0])
    lines = text.split("\n")
    examples = doctest.DocTestParser().get_examples(text)
    for index in sorted(outputs, reverse=True):
        one = examples[index]
        start = one.lineno + one.source.count("\n")
        lines[start : start + one.want.count("\n")] = [" " * one.indent + line for line in outputs[index]]
    renewed = "\n".join(lines)
    try:
        after = doctest.DocTestParser().get_examples(renewed)
    except ValueError:
        raise RefusedError("unwritable") from None
    wanted = [
        "".join(f"{line}\n" for line in outputs[at]) if at in outputs else one.want for at, one in enumerate(examples)
    ]
    if [(one.source, one.want) for one in after] != [
        (one.source, want) for one, want in zip(examples, wanted, strict=True)
    ]:
        raise RefusedError("unwritable")
    return renewed
