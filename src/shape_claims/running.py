"""Runs the code of one page and checks its claims where they stand, in the names that the code has made so far."""

import doctest
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from docutils import nodes
from sphinx.ext.doctest import SphinxDocTestRunner

from shape_claims import config, evidence, messages
from shape_claims.binding import runs
from shape_claims.checking import check
from shape_claims.claim import Claim, Measurement, ValueClaim
from shape_claims.comparing import Scope
from shape_claims.nodes import Entry, checked
from shape_claims.outcome import Checked, Problem
from shape_claims.symbols import Symbols

HIDDEN = re.compile(r"__claim__\((\d+)\)\n")


@dataclass
class RunningPage:
    """A page while it runs."""

    claims: list[checked]
    scope: Scope
    records: dict[str, evidence.Record] = field(default_factory=dict)
    broken: bool = False
    """Whether code of the page raised an exception. What comes after it would fail for want of its names."""
    unchecked: int = 0
    """Claims after that."""
    test: doctest.DocTest | None = None
    """The block of code that runs now, apart from claims."""


class Names(dict[str, Any]):
    """A page's names, which tell of every size that its code gives to a symbol."""

    def __init__(self, shared: dict[str, Any], symbols: Symbols, scope: Scope) -> None:
        super().__init__()
        self.shared, self.symbols, self.scope = shared, symbols, scope

    def __setitem__(self, name: str, value: Any) -> None:
        """Bind a name."""
        super().__setitem__(name, value)
        self.scope.note(self.symbols.sizes({name: value}, self.scope.letters))


class PageRunner(SphinxDocTestRunner):
    """Runs the page's examples, and the claims between them."""

    def __init__(self, page: RunningPage, settings: config.Settings, original: SphinxDocTestRunner) -> None:
        super().__init__(verbose=False, optionflags=original.optionflags)
        self._fakeout: IO[str] = original._fakeout  # type: ignore[attr-defined]
        self.page, self.settings = page, settings
        self.names: dict[int, Names] = {}

    def run(self, test: doctest.DocTest, *arguments: Any, **options: Any) -> doctest.TestResults:
        """Run the examples of one block, or check one claim."""
        claim = self._claim(test.examples[0])
        if self.page.broken:
            self.page.unchecked += len(claim.entries) if claim else 0
            return doctest.TestResults(0, 0)
        if claim is None:
            if test.examples[0].lineno == test.lineno:  # Sphinx counts the line of a testcode twice
                test.examples[0].lineno = 0
            return self._run_code(test, *arguments, **options)
        # Only while the claim is checked, so that the page's code cannot take its place.
        names = test.globs
        test.globs = {"__claim__": lambda number: self._check(claim, names)}
        return super().run(test, *arguments, **options)

    def _run_code(self, test: doctest.DocTest, *arguments: Any, **options: Any) -> doctest.TestResults:
        """Run code in a dictionary of ours, always the same, for functions keep it; share it with setup and cleanup."""
        shared, symbols, scope = test.globs, self.settings.symbols, self.page.scope
        names = self.names.setdefault(id(shared), Names(shared, symbols, scope))
        names.update(shared)
        scope.note(symbols.sizes(shared, scope.letters))
        test.globs = names
        self.page.test = test
        try:
            return super().run(test, *arguments, **options)
        finally:
            self.page.test = None
            shared.clear()
            shared.update(names)

    def _claim(self, example: doctest.Example) -> checked | None:
        found = HIDDEN.fullmatch(example.source)
        return self.page.claims[int(found[1])] if found else None

    def _check(self, node: checked, namespace: Mapping[str, Any]) -> None:
        """Check the claims of a node. What is written is its failure; a page could take the place of ``print``."""
        values, holds = {}, True
        for entry in node.entries:
            outcome = check(entry.claim, namespace, self.settings, self.page.scope, node.get("named", ()))
            if isinstance(outcome, Problem):
                self.fails(node, entry, outcome, namespace)
                holds = False
                continue
            if isinstance(entry.claim, Measurement):
                values[entry.name] = outcome.value
            self.page.records[entry.key] = record(entry.claim, outcome)
        if holds:
            try:
                node.verify(values)
            except ValueError as error:
                self.fails(node, None, Problem("unsuited", rows={"reason": str(error)}), namespace)

    def fails(self, node: checked, entry: Entry | None, problem: Problem, namespace: Mapping[str, Any]) -> None:
        """Report a claim, or with no entry the node as a whole. What is written makes the hidden example fail."""
        self._fakeout.write(f"{messages.report(problem, entry.place if entry else node.place)}\n")

    def report_failure(self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        """Report an example as usual, but a claim by its own report only."""
        if self._claim(example):
            out(got)
        else:
            super().report_failure(out, test, example, got)

    def report_unexpected_exception(self, out: Any, test: doctest.DocTest, example: doctest.Example, info: Any) -> None:
        """Report the exception, and leave the rest of the page alone."""
        super().report_unexpected_exception(out, test, example, info)
        self.page.broken = True
        self.optionflags |= doctest.FAIL_FAST  # the rest of this block, too


def record(claim: Claim, outcome: Checked) -> evidence.Record:
    """What is kept of a claim that held."""
    otherwise = claim.otherwise if isinstance(claim, ValueClaim) else ""
    return evidence.Record(claim.expression, claim.text, outcome.measured, outcome.sizes, otherwise, outcome.value)


def insert_examples(claims: list[checked], doctree: nodes.Element, *, blocks: bool) -> None:
    """Put an example at each claim that checks it. Between a ``testcode`` and its output it would part the two."""
    numbers = {id(node): number for number, node in enumerate(claims)}
    waiting: list[tuple[nodes.Node, int]] = []
    last = ""
    for node in list(doctree.findall(nodes.Element)):
        if id(node) in numbers:
            waiting.append((node, numbers[id(node)]))
        elif runs(node, blocks=blocks):
            kind = node.get("testnodetype", "doctest")
            anchor = node if last == "testcode" and kind == "testoutput" else None
            _insert(waiting, anchor)
            waiting, last = [], kind
    _insert(waiting, None)


def _insert(waiting: list[tuple[nodes.Node, int]], anchor: nodes.Node | None) -> None:
    for node, number in reversed(waiting):
        hidden = nodes.comment("", "", testnodetype="doctest", groups=["default"], options={})
        hidden["test"], hidden.source, hidden.line = f">>> __claim__({number})", node.source, node.line
        place = anchor or node
        place.parent.insert(place.parent.index(place) + 1, hidden)
