"""Runs a page's code and checks its claims where they stand, in the namespace that the code has made so far."""

import doctest
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.ext.doctest import DocTestBuilder, SphinxDocTestRunner, TestGroup
from sphinx.util import logging

from shape_claims import config, evidence, messages
from shape_claims.binding import KEYS, runs
from shape_claims.checking import check
from shape_claims.claim import Claim, Measurement, ShapeClaim, ValueClaim
from shape_claims.claimed import letters
from shape_claims.nodes import Entry, checked, own_claims
from shape_claims.verdict import Checked, Problem, Scope

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


class PageRunner(SphinxDocTestRunner):
    """Runs the page's examples, and the claims between them."""

    def __init__(self, page: RunningPage, settings: config.Settings, original: SphinxDocTestRunner) -> None:
        super().__init__(verbose=False, optionflags=original.optionflags)
        self._fakeout = original._fakeout  # type: ignore[attr-defined]
        self.page, self.settings = page, settings

    def run(self, test: doctest.DocTest, *arguments: Any, **options: Any) -> doctest.TestResults:
        """Run the examples of one block, or check one claim."""
        claim = self._claim(test.examples[0])
        if self.page.broken:
            self.page.unchecked += len(claim.entries) if claim else 0
            return doctest.TestResults(0, 0)
        if claim is None:
            if test.examples[0].lineno == test.lineno:  # Sphinx counts the line of a testcode twice
                test.examples[0].lineno = 0
            return super().run(test, *arguments, **options)
        # Bound anew for each claim, so that the page's code cannot take its place.
        test.globs["__claim__"] = lambda number: self._check(claim, test.globs)
        try:
            return super().run(test, *arguments, **options)
        finally:
            test.globs.pop("__claim__", None)

    def _claim(self, example: doctest.Example) -> checked | None:
        found = HIDDEN.fullmatch(example.source)
        return self.page.claims[int(found[1])] if found else None

    def _check(self, node: checked, namespace: Mapping[str, Any]) -> None:
        """Check the claims of a node. What is printed is its failure."""
        names = {name: value for name, value in namespace.items() if name != "__claim__"}
        values, holds = {}, True
        for entry in node.entries:
            outcome = check(entry.claim, names, self.settings, self.page.scope)
            if isinstance(outcome, Problem):
                self.fails(node, entry, outcome, names)
                holds = False
                continue
            if isinstance(entry.claim, Measurement):
                values[entry.name] = outcome.value
            self.page.records[entry.key] = record(entry.claim, outcome)
        if holds:
            try:
                node.verify(values)
            except ValueError as error:
                self.fails(node, None, Problem("unsuited", rows={"reason": str(error)}), names)

    def fails(self, node: checked, entry: Entry | None, problem: Problem, names: Mapping[str, Any]) -> None:
        """Report a claim, or with no entry the node as a whole. What is printed makes the hidden example fail."""
        print(messages.report(problem, entry.place if entry else node.place))

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

    runner: type[PageRunner] = PageRunner

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
        claims = list(own_claims(doctree)) if isinstance(doctree, nodes.Element) else []
        used = {letter for node in claims for entry in node.entries for letter in _letters(entry.claim)}
        self.page = RunningPage(claims, Scope(letters=used if not self.settings.symbols.table else None))
        blocks = bool(self.config.doctest_test_doctest_blocks)
        code = [node.get("test", node.astext()) for node in doctree.findall(nodes.Element) if runs(node, blocks=blocks)]
        for number, node in enumerate(claims):
            hidden = nodes.comment("", "", testnodetype="doctest", groups=["default"], options={})
            hidden["test"], hidden.source, hidden.line = f">>> __claim__({number})", node.source, node.line
            node.parent.insert(node.parent.index(node) + 1, hidden)
        if code or claims:
            logger.info("  %s", docname)
        succeeded = super().test_doc(docname, doctree)
        if self.page.unchecked:
            self._warn_out(f"{messages.unchecked(docname, self.page.unchecked)}\n")
        if not succeeded:
            self.failed.append(docname)
        if succeeded and (code or claims):
            self._keep(docname, code)
        else:
            evidence.forget(self.evidence, docname)
        return succeeded

    def _keep(self, docname: str, code: list[str]) -> None:
        keys = self.env.metadata[docname].get(KEYS, [""])
        versions = versions_of([self.config.doctest_global_setup, *code], config.packages(self.config))
        whole = keys[-1] if code else ""
        evidence.save(self.evidence, docname, evidence.Page(self.checker, versions, whole, self.page.records))
        self.held += len(self.page.records)
        self.versions |= versions

    def test_group(self, group: TestGroup) -> bool:
        """Run one group of examples."""
        if not isinstance(self.test_runner, PageRunner):
            self.test_runner = self.runner(self.page, self.settings, self.test_runner)
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


def _letters(claim: Claim) -> list[str]:
    return letters(claim.tree) if isinstance(claim, ShapeClaim) else re.findall(r"[A-Za-z_]\w*", claim.text)


def versions_of(code: Iterable[str], packages: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Versions of the packages that the code imports.

    >>> sorted(versions_of([">>> import sphinx.ext, re"], {"sphinx": ("docutils",)}))
    ['docutils']
    """
    lines = re.findall(r"^\s*(?:>>> |\.\.\. )?\s*(?:import|from) +(.+)", "\n".join(code), flags=re.MULTILINE)
    names = {part.split()[0].partition(".")[0] for line in lines for part in line.split(",") if part.strip()}
    found = {package for name in names for package in packages.get(name, ())}
    return {package: version for package in sorted(found) if (version := evidence.installed(package))}


def run_stale_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Before HTML is written, run exactly the pages that have a claim or code without a valid record.

    Raises:
        SphinxError: Something on them does not hold. No page is written then.
    """
    if app.builder.format != "html" or app.config.shape_claims_run != "stale":
        return
    checker, root = evidence.checker_of(app.config), evidence.folder(app)
    keys = {name: env.metadata[name].get(KEYS, []) for name in env.found_docs}
    stale = {name for name in keys if keys[name] and evidence.load(root, name, checker).lacks(keys[name])}
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
    app.connect("env-updated", run_stale_pages)
