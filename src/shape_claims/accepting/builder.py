"""The builder ``accept``: what a page should say now, shown as a difference and written when the author agrees.

A page is run as the doctest builder runs it, never read from the evidence. What failed is renewed where it stands, in
the namespace of that moment. Then the page is run a second time as it would be, without its file being touched: only
what holds then is offered. Everything else is named with its place and its reason, and stays as it is.
"""

import doctest
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.ext.doctest import TestGroup

from shape_claims import places
from shape_claims.accepting import messages
from shape_claims.accepting.outputs import Listening, renew_output
from shape_claims.accepting.page import Failure, New, Tested, path_of
from shape_claims.accepting.renewing import Context, renew
from shape_claims.accepting.source import RefusedError, Source
from shape_claims.builder import ClaimDocTestBuilder
from shape_claims.nodes import Entry, checked
from shape_claims.outcome import Problem
from shape_claims.running import PageRunner

AGREED = "accept_all"
"""The tag (``sphinx-build -t``) of an author who does not want to be asked."""


class AcceptingRunner(PageRunner):
    """Runs a page, and keeps for each failure what should stand there instead."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.optionflags &= ~(doctest.FAIL_FAST | doctest.REPORT_ONLY_FIRST_FAILURE)
        self._checker = self.heard = Listening()
        self.found: list[Failure] = []

    def report_start(self, out: Any, test: doctest.DocTest, example: doctest.Example) -> None:
        """Before each example, forget what was compared."""
        self.heard.want = self.heard.got = None

    def fails(self, node: checked, entry: Entry | None, problem: Problem, namespace: Mapping[str, Any]) -> None:
        """Renew a claim while its names are what they are."""
        self._fakeout.write("-\n")  # makes the hidden example fail
        index, place = (node.entries.index(entry), entry.place) if entry else (-1, node.place)
        new: New | RefusedError
        try:
            if entry is None:
                raise RefusedError("problem", problem)
            new = renew(entry.claim, problem, Context(namespace, self.settings, self.page.scope))
        except RefusedError as error:
            new = error
        self.found.append(Failure(node, index, place, new))

    def report_failure(self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        """Renew the output of an example. A claim has done so."""
        if self._claim(example):
            return
        new: New | RefusedError
        try:
            new = renew_output(example, self.heard.want or "", self.heard.got or "", self.optionflags)
        except RefusedError as error:
            new = error
        self._keep(test, example, new)

    def report_unexpected_exception(self, out: Any, test: doctest.DocTest, example: doctest.Example, info: Any) -> None:
        """Keep that the example came to no output. The page ends here."""
        super().report_unexpected_exception(out, test, example, info)
        refused = RefusedError("exception", exception=f"{info[0].__name__}: {str(info[1]).strip()}".splitlines()[0])
        if claim := self._claim(example):
            self.found.append(Failure(claim, -1, claim.place, refused))
        else:
            self._keep(test, example, refused)

    def _keep(self, test: doctest.DocTest, example: doctest.Example, new: New | RefusedError) -> None:
        index = next(number for number, one in enumerate(test.examples) if one is example)
        line = (test.lineno or 0) + example.lineno + 1
        self.found.append(Failure(test.filename.node, index, f"{test.filename}:{line}", new))  # type: ignore[union-attr]


class AcceptBuilder(ClaimDocTestBuilder):
    """Renews the outputs and claims of the named pages."""

    name = "accept"
    epilog = ""
    runner = AcceptingRunner
    alone = True

    def init(self) -> None:
        """Prepare for one build."""
        super().init()
        self.sources: dict[Path, Source] = {}
        self.refused: list[str] = []
        self.outputs: dict[nodes.Element, nodes.Element] = {}

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Run a page, renew what failed, and run it again as it would be."""
        blocks = bool(self.config.doctest_test_doctest_blocks)
        tested = Tested(doctree, blocks=blocks)
        # Read before the page runs: what it is like then is what is written over.
        self.sources |= {path: Source(path) for path in tested.paths() - self.sources.keys()}
        holds, failures = self._run(docname, doctree)
        if not holds and not failures:
            self.refused.append(messages.refusal(docname, "no-run", {}))
        news = self._news(tested, failures)
        if news:
            again = self.env.get_doctree(docname)
            self._try(docname, Tested(again, blocks=blocks), again, news, {self._key(tested, one) for one in failures})
        for number, by_index in news.items():
            # Claims of a figure are found one by one, the outputs of a block together.
            apart = not by_index or isinstance(tested.nodes[number], checked)
            for part in [{at: one} for at, one in by_index.items()] if apart else [by_index]:
                try:
                    source, edits = tested.edits(number, _new(part), self.sources)
                    source.replace(edits)
                except RefusedError as error:
                    self._refuse(tested, error, number, *part.values())
        return holds

    def _run(self, docname: str, doctree: nodes.Node) -> tuple[bool, list[Failure]]:
        self.outputs = {}
        holds = super().test_doc(docname, doctree)
        return holds, self.test_runner.found if isinstance(self.test_runner, AcceptingRunner) else []

    def _news(self, tested: Tested, failures: list[Failure]) -> dict[int, dict[int, Failure]]:
        """What should stand in each node, by its number and by the index in it. The rest is refused."""
        news: dict[int, dict[int, Failure]] = {}
        for one in failures:
            number, index = self._key(tested, one)
            if isinstance(one.new, RefusedError):
                self._refuse(tested, one.new, number, one)
            elif tested.nodes[number].get("testnodetype") == "testcode":
                self._refuse(tested, RefusedError("no-output"), number, one)
            else:
                news.setdefault(number, {})[index] = one
        return news

    def _key(self, tested: Tested, failure: Failure) -> tuple[int, int]:
        return tested.number[self.outputs.get(failure.node, failure.node)], failure.index

    def _try(
        self,
        docname: str,
        tested: Tested,
        doctree: nodes.Node,
        news: dict[int, dict[int, Failure]],
        failed: set[tuple[int, int]],
    ) -> None:
        """Run the page as it would be, and drop what does not hold then."""
        for number, by_index in list(news.items()):
            try:
                tested.renew(number, _new(by_index))
            except RefusedError as error:
                self._refuse(tested, error, number, *news.pop(number).values())
        kept = self.evidence
        with tempfile.TemporaryDirectory() as folder:
            self.evidence = Path(folder)  # what holds on a page that is not written proves nothing
            _holds, failures = self._run(docname, doctree)
        self.evidence = kept
        for one in failures:
            number, index = self._key(tested, one)
            if index in news.get(number, {}) or (number, index) not in failed:
                news.get(number, {}).pop(index, None)
                self._refuse(tested, RefusedError("unstable"), number, one)

    def _refuse(self, tested: Tested, error: RefusedError, number: int, *failures: Failure) -> None:
        for one in failures:
            place = tested.place(one, number, self.sources)
            self.refused.append(messages.refusal(place, error.code, error.data, error.problem))

    def test_group(self, group: TestGroup) -> bool:
        """Run one group, and know which output belongs to which code."""
        for code, output in (pair for pair in group.tests if len(pair) == 2):
            if output is not None:
                self.outputs[code.filename.node] = output.filename.node  # type: ignore[attr-defined]
        return super().test_group(group)

    def get_filename_for_node(self, node: nodes.Node, docname: str) -> str:
        """The file to name in a report."""
        node.source = node.source or str(path_of(node))
        return super().get_filename_for_node(node, docname)

    def _out(self, text: str) -> None:
        """Keep the summary of the run out of the difference."""
        self.outfile.write(text)

    def finish(self) -> None:
        """Show the difference, ask, and write."""
        self.outfile.close()
        print(*self.refused, sep="\n", end="\n" if self.refused else "")
        changed = {self._name(path): source for path, source in sorted(self.sources.items()) if source.edits}
        for name, source in changed.items():
            print(source.diff(name), end="")
        number = sum(len(source.edits) for source in changed.values())
        asked = bool(changed) and agreed(self._app, messages.question(number))
        done = [self._write(*one) for one in changed.items()] if asked else []
        written = asked and all(done)
        print(messages.accepted(number, len(self.refused), list(changed), written=written))
        if self.refused or (changed and not written):
            self._app.statuscode = 1

    def _write(self, name: str, source: Source) -> bool:
        try:
            source.write()
        except RefusedError as error:
            self.refused.append(messages.refusal(name, error.code, error.data))
            print(self.refused[-1])
            return False
        return True

    def _name(self, path: Path) -> str:
        return places.place(path, Path(self.env.srcdir), 0).removesuffix(":0")


def agreed(app: Sphinx, question: str) -> bool:
    """Whether the author agrees: beforehand, by the tag, or by an answer in a terminal."""
    if app.tags.has(AGREED):
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input(question).strip().lower() in {"y", "yes"}


def _new(failures: Mapping[int, Failure]) -> dict[int, New]:
    return {at: one.new for at, one in failures.items() if not isinstance(one.new, RefusedError)}


def setup_accepting(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(AcceptBuilder)
