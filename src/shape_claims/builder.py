"""The builder that runs the pages and keeps the evidence."""

import doctest
import linecache
import os
import re
from collections.abc import Set
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.ext.doctest import DocTestBuilder, TestGroup
from sphinx.util import logging
from sphinx.util.parallel import parallel_available

from shape_claims import config, evidence, imports, messages, places, sharing
from shape_claims.binding import KEYS, runs
from shape_claims.claim import Claim, ShapeClaim
from shape_claims.comparing import Scope
from shape_claims.nodes import own_claims
from shape_claims.recording import NodeName, Recording
from shape_claims.running import PageRunner, RunningPage, insert_examples
from shape_claims.shapes import letters
from shape_claims.stopping import stop

logger = logging.getLogger(__name__)


class ClaimDocTestBuilder(DocTestBuilder):
    """The doctest builder of Sphinx, which checks the claims as well and keeps the evidence."""

    runner: type[PageRunner] = PageRunner
    alone = False
    """Whether one process must run all pages, since it remembers more of them than what holds."""

    def init(self) -> None:
        """Prepare for one build."""
        super().init()
        self.settings = config.Settings.of(self.config)
        self.checker = evidence.checker_of(self.config)
        self.evidence = evidence.folder(self._app)
        self.held = 0
        self.versions: dict[str, str] = {}
        self.failed: list[str] = []
        self.compiled = 0

    def write_documents(self, docnames: Set[str]) -> None:
        """Run the pages, as many at a time as the option ``-j`` allows.

        Raises:
            StoppedBuildError: A process ended in the middle of a page.
        """
        processes = min(self._app.parallel, len(docnames)) if parallel_available else 1
        if processes < 2 or self.alone or self.config.doctest_fail_fast:
            super().write_documents(docnames)
            return
        try:
            # A long page that begins last would leave the other processes without work.
            for result in sharing.run(self, sorted(docnames, key=self._size, reverse=True), processes):
                result.add_to(self)
        except BrokenProcessPool:
            raise stop(messages.broken()) from None
        self.failed.sort()

    def _size(self, docname: str) -> tuple[int, str]:
        return (self.env.doctreedir / f"{docname}.doctree").stat().st_size, docname

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Run one page."""
        assert isinstance(doctree, nodes.document)  # noqa: S101 - Sphinx only says that it is a node
        claims = list(own_claims(doctree))
        used = {letter for node in claims for entry in node.entries for letter in _letters(entry.claim)}
        self.recording = Recording()
        self.page = RunningPage(claims, Scope(letters=used if not self.settings.symbols.table else None))
        blocks = bool(self.config.doctest_test_doctest_blocks)
        tests = [node for node in doctree.findall(nodes.Element) if runs(node, blocks=blocks)]
        code = [node.get("test", node.astext()) for node in tests]
        insert_examples(claims, doctree, blocks=blocks)
        if code or claims:
            logger.info("  %s", docname)
        succeeded = super().test_doc(docname, doctree)
        if self.page.unchecked:
            self._warn_out(f"{messages.unchecked(docname, self.page.unchecked)}\n")
        elif succeeded:
            succeeded = self._all_ran(docname, tests)
        if not succeeded:
            self.failed.append(docname)
        if succeeded and (code or claims):
            self._keep(docname, code)
        else:
            evidence.forget(self.evidence, docname)
        return succeeded

    def _all_ran(self, docname: str, tests: list[nodes.Element]) -> bool:
        """Whether nothing was left out: no example that cannot be read, no claim without a result."""
        # Sphinx warns of such examples and goes on.
        unread = sum(not _is_readable(node) for node in tests)
        # The page's code reached into the check itself.
        lost = sum(entry.key not in self.page.records for node in self.page.claims for entry in node.entries)
        if lost:
            self._warn_out(f"{messages.lost(docname, lost)}\n")
        self.total_failures += unread + lost
        return not (unread or lost)

    def _keep(self, docname: str, code: list[str]) -> None:
        keys = self.env.metadata[docname].get(KEYS, [""])
        names = imports.names_in([self.config.doctest_global_setup, *code])
        versions = imports.versions(names, config.packages(self.config))
        states = imports.states(names, self.config.doctest_path)
        claims = [entry.claim for node in self.page.claims for entry in node.entries]
        trees = [claim.tree for claim in claims if isinstance(claim, ShapeClaim)]
        blocks = self.recording.blocks(self.page.scope, self.settings.factors, trees)
        page = evidence.Page(self.checker, versions, states, keys[-1] if code else "", self.page.records, blocks)
        evidence.save(self.evidence, docname, page.sealed())
        self.held += len(self.page.records)
        self.versions |= versions

    def test_group(self, group: TestGroup) -> bool:
        """Run one group of examples."""
        if not isinstance(self.test_runner, PageRunner):
            self.test_runner = self.runner(self.page, self.settings, self.test_runner)
        return super().test_group(group)

    def compile(self, code: str, name: str, type: str, flags: Any, dont_inherit: bool) -> Any:  # noqa: A002 - Sphinx's
        """Compile one example under a name of its own: its functions keep their source, which tf.function reads."""
        self.compiled += 1
        own = f"{name}{self.compiled}"
        linecache.cache[own] = len(code), None, code.splitlines(keepends=True), own
        tree = code
        if self.config.shape_claims_in_code and self.page.test:
            tree = self.recording.watched(code, own, self.type, flags, self.page.test)
        return super().compile(tree, own, type, flags, dont_inherit)

    def finish(self) -> None:
        """Say what was found."""
        super().finish()
        tools = "".join(f", {name} {version}" for name, version in sorted(self.versions.items()))
        logger.info(messages.held(self.held, tools, os.path.relpath(self.evidence)))
        if self.failed and self._app.builder is self:  # otherwise the build ends with the same words
            logger.info(messages.failed(self.failed))

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """The file to name in a report, written as in the reports of claims."""
        assert isinstance(node, nodes.Element)  # noqa: S101 - Sphinx runs no other
        name = NodeName(f"{self.env.srcdir.name}/{super().get_filename_for_node(node, docname)}")
        name.node = node
        return name

    def get_line_number(self, node: nodes.Node) -> int | None:  # type: ignore[override]
        """The line before the example, found in the source: parsers tell the line of a directive, each in its way."""
        source = Path(node.source or "")
        if not source.is_file() or node.line is None or not isinstance(node, nodes.Element):
            return super().get_line_number(node)
        return places.line_of(node.get("test", node.astext()), source, node.line)[0] - 1


def _is_readable(node: nodes.Element) -> bool:
    if node.get("testnodetype", "doctest") != "doctest":
        return True
    try:
        return bool(doctest.DocTestParser().get_examples(node.get("test", node.astext())))
    except ValueError:
        return False


def _letters(claim: Claim) -> list[str]:
    return letters(claim.tree) if isinstance(claim, ShapeClaim) else re.findall(r"[A-Za-z_]\w*", claim.text)
