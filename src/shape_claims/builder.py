"""Runs a page's code and checks its claims where they stand, in the namespace that the code has made so far."""

import doctest
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.ext.doctest import DocTestBuilder, SphinxDocTestRunner, TestGroup
from sphinx.util import logging

from shape_claims import config, evidence, imports, messages
from shape_claims.binding import KEYS, UNREADABLE, runs
from shape_claims.checking import check
from shape_claims.claim import Claim, Measurement, ShapeClaim, ValueClaim
from shape_claims.claimed import letters
from shape_claims.comparing import Scope
from shape_claims.nodes import checked, own_claims
from shape_claims.outcome import Checked, Problem
from shape_claims.symbols import Symbols

logger = logging.getLogger(__name__)

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
        try:
            return super().run(test, *arguments, **options)
        finally:
            shared.clear()
            shared.update(names)

    def _claim(self, example: doctest.Example) -> checked | None:
        found = HIDDEN.fullmatch(example.source)
        return self.page.claims[int(found[1])] if found else None

    def _check(self, node: checked, namespace: Mapping[str, Any]) -> None:
        """Check the claims of a node. What is written is its failure; a page could take the place of ``print``."""
        values, holds = {}, True
        for entry in node.entries:
            outcome = check(entry.claim, namespace, self.settings, self.page.scope)
            if isinstance(outcome, Problem):
                self._fakeout.write(f"{messages.report(outcome, entry.place)}\n")
                holds = False
                continue
            if isinstance(entry.claim, Measurement):
                values[entry.name] = outcome.value
            self.page.records[entry.key] = record(entry.claim, outcome)
        if holds:
            try:
                node.verify(values)
            except ValueError as error:
                problem = Problem("unsuited", rows={"reason": str(error)})
                self._fakeout.write(f"{messages.report(problem, node.place)}\n")

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


class ClaimDocTestBuilder(DocTestBuilder):
    """The doctest builder of Sphinx, which checks the claims as well and keeps the evidence."""

    def init(self) -> None:
        """Prepare for one build."""
        super().init()
        self.settings = config.Settings.of(self.config)
        self.checker = evidence.checker_of(self.config)
        self.evidence = evidence.folder(self._app)
        self.held = 0
        self.versions: dict[str, str] = {}
        self.failed: list[str] = []

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Run one page."""
        assert isinstance(doctree, nodes.document)  # noqa: S101 - Sphinx only says that it is a node
        claims = list(own_claims(doctree))
        used = {letter for node in claims for entry in node.entries for letter in _letters(entry.claim)}
        self.page = RunningPage(claims, Scope(letters=used if not self.settings.symbols.table else None))
        blocks = bool(self.config.doctest_test_doctest_blocks)
        code = [node.get("test", node.astext()) for node in doctree.findall(nodes.Element) if runs(node, blocks=blocks)]
        _insert_examples(claims, doctree, blocks=blocks)
        if code or claims:
            logger.info("  %s", docname)
        succeeded = super().test_doc(docname, doctree)
        if self.page.unchecked:
            self._warn_out(f"{messages.unchecked(docname, self.page.unchecked)}\n")
        elif succeeded and (
            lost := sum(entry.key not in self.page.records for node in claims for entry in node.entries)
        ):
            succeeded = False  # the page's code reached into the check itself
            self.total_failures += lost
            self._warn_out(f"{messages.lost(docname, lost)}\n")
        if not succeeded:
            self.failed.append(docname)
        if succeeded and (code or claims):
            self._keep(docname, code)
        else:
            evidence.forget(self.evidence, docname)
        return succeeded

    def _keep(self, docname: str, code: list[str]) -> None:
        keys = self.env.metadata[docname].get(KEYS, [""])
        names = imports.names_in([self.config.doctest_global_setup, *code])
        versions = imports.versions(names, config.packages(self.config))
        states = imports.states(names, self.config.doctest_path)
        page = evidence.Page(self.checker, versions, states, keys[-1] if code else "", self.page.records)
        evidence.save(self.evidence, docname, page)
        self.held += len(self.page.records)
        self.versions |= versions

    def test_group(self, group: TestGroup) -> bool:
        """Run one group of examples."""
        if not isinstance(self.test_runner, PageRunner):
            self.test_runner = PageRunner(self.page, self.settings, self.test_runner)
        return super().test_group(group)

    def finish(self) -> None:
        """Say what was found."""
        super().finish()
        tools = "".join(f", {name} {version}" for name, version in sorted(self.versions.items()))
        logger.info(messages.held(self.held, tools, os.path.relpath(self.evidence)))
        if self.failed:
            logger.info(messages.failed(self.failed))

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """The file to name in a report, written as in the reports of claims."""
        return f"{self.env.srcdir.name}/{super().get_filename_for_node(node, docname)}"

    def get_line_number(self, node: nodes.Node) -> int | None:  # type: ignore[override]
        """The line before the example. Sphinx takes one off for RST; the lines of MyST are right as they are."""
        source = Path(node.source or "")
        return node.line if source.suffix == ".md" else super().get_line_number(node)


def _insert_examples(claims: list[checked], doctree: nodes.Element, *, blocks: bool) -> None:
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


def _letters(claim: Claim) -> list[str]:
    return letters(claim.tree) if isinstance(claim, ShapeClaim) else re.findall(r"[A-Za-z_]\w*", claim.text)


def report_unreadable(app: Sphinx, env: BuildEnvironment) -> None:
    """Report what cannot be read as a claim, at every build that runs no claims. One that does reports it itself."""
    if isinstance(app.builder, ClaimDocTestBuilder) or _runs_stale_pages(app):
        return
    for name in sorted(env.found_docs):
        for place, problem in env.metadata[name].get(UNREADABLE, ()):
            text = messages.report(problem, place).removeprefix(f"{place}: ")
            logger.error(text, location=place, type="shape_claims", subtype="syntax")


def _runs_stale_pages(app: Sphinx) -> bool:
    return app.builder.format == "html" and app.config.shape_claims_run == "stale"


def run_stale_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Before HTML is written, run exactly the pages that have a claim or code without a valid record.

    Raises:
        SphinxError: Something on them does not hold. No page is written then.
    """
    if not _runs_stale_pages(app):
        return
    checker, root = evidence.checker_of(app.config), evidence.folder(app)
    keys = {name: env.metadata[name].get(KEYS, []) for name in env.found_docs}
    stale = {
        name
        for name in keys
        if keys[name] and evidence.load(root, name, checker, app.config.doctest_path).lacks(keys[name])
    }
    if not stale:
        return
    builder = ClaimDocTestBuilder(app, env)
    builder.outdir = type(app.outdir)(app.doctreedir / "doctest")  # never among the pages
    builder.outdir.mkdir(parents=True, exist_ok=True)
    builder.init()
    builder.write_documents(stale)
    builder.finish()
    if builder.failed:
        raise SphinxError(messages.failed(builder.failed))


def setup_builder(app: Sphinx) -> None:
    """Register the builder, and the run inside an HTML build."""
    app.setup_extension("sphinx.ext.doctest")
    app.add_builder(ClaimDocTestBuilder, override=True)
    app.connect("env-updated", report_unreadable)
    app.connect("env-updated", run_stale_pages)
