"""Watches the names of one page while its examples are run."""

import ast
import doctest
import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes

from shape_claims import watching
from shape_claims.code_names import Block, Running, kept
from shape_claims.comparing import Scope
from shape_claims.readings import Readings
from shape_claims.shapes import Tree


class NodeName(str):
    """The name of a file for a report, which knows its node as well: Sphinx hands only the name to the runner."""

    node: nodes.Element


class Recording:
    """The names of one page."""

    def __init__(self) -> None:
        watching.watchers.clear()  # those of the page before
        self.running: dict[nodes.Element, Running] = {}
        self.foreign: set[str] = set()

    def watched(self, code: str, name: str, mode: str, flags: int, test: doctest.DocTest) -> Any:
        """One example of a block, with its names watched.

        Args:
            code: The source of the example.
            name: What doctest calls it, with the number of the example in brackets.
            mode: How it is compiled.
            flags: Those of the compiler.
            test: The block.
        """
        node = test.filename.node  # type: ignore[union-attr]
        running = self.running.setdefault(node, Running(node.astext()))
        if node.get("testnodetype") != "testcode":
            example = test.examples[int(re.findall(r"\[(\d+)\]", name)[-1])]
            running.line, running.column = example.lineno, example.indent + len(">>> ")
        tree = compile(code, name, mode, flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        return watching.watch(tree, code, running, self.foreign)

    def blocks(self, scope: Scope, factors: Sequence[int], claimed: Sequence[Tree]) -> list[Block]:
        """What was seen, in the symbols of the page. A symbol that got a second size has none."""
        sizes = {letter: size for letter, size in scope.sizes.items() if letter not in scope.rebound}
        return kept(self.running.values(), Readings.of(sizes, factors, claimed))
