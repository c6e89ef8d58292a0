"""Runs pages in several processes: what a page does reaches no other page, so they only share out the work."""

import io
import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from logging import LogRecord
from typing import Any, Protocol

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging


class Builder(Protocol):
    """What runs a page, and keeps in itself what came of it."""

    env: BuildEnvironment
    outfile: Any
    failed: list[str]
    versions: dict[str, str]

    def test_doc(self, docname: str, doctree: nodes.Node) -> bool:
        """Run one page."""


KINDS = ("total", "setup", "cleanup")
COUNTS = ("held", *(f"{kind}_{what}" for kind in KINDS for what in ("failures", "tries")))
"""Names of the numbers that a builder adds up."""


@dataclass
class Result:
    """What came of one page."""

    logs: list[LogRecord]
    text: str
    """What was written to the builder's file."""
    counts: Counter[str]
    failed: list[str]
    versions: dict[str, str]

    def add_to(self, builder: Builder) -> None:
        """Let a builder know, as if it had run the page itself."""
        for record in self.logs:
            logging.getLogger(record.name).handle(record)
        builder.outfile.write(self.text)
        for name in COUNTS:
            setattr(builder, name, getattr(builder, name) + self.counts[name])
        builder.failed += self.failed
        builder.versions |= self.versions


_inherited: list[Builder] = []
"""The builder, as the processes find it when they are forked. It holds what cannot be sent to them."""


def run(builder: Builder, docnames: Sequence[str], processes: int) -> Iterator[Result]:
    """Run pages, and yield what came of each as soon as it is known.

    Args:
        builder: Runs a page.
        docnames: The pages, in the order in which they begin.
        processes: How many pages run at a time.

    Raises:
        concurrent.futures.process.BrokenProcessPool: A process ended in the middle of a page.
    """
    builder.outfile.flush()  # what is still in memory would be written by every process
    _inherited[:] = [builder]
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, initializer=_end_with, initargs=(os.getpid(),))
    try:
        for future in as_completed([pool.submit(_run, docname) for docname in docnames]):
            yield future.result()
    finally:
        # A process that has nothing more to do may take its time to end.
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with(parent: int) -> None:  # pragma: no cover - measured in the first process only
    """End this process soon after the one that waits for its results, which may be killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _run(docname: str) -> Result:  # pragma: no cover - measured in the first process only
    return result_of(_inherited[0], docname)


def result_of(builder: Builder, docname: str) -> Result:
    """Run a page, with a builder that has to forget all else."""
    builder.outfile, builder.failed, builder.versions = io.StringIO(), [], {}
    for name in COUNTS:
        setattr(builder, name, 0)
    collector = logging.LogCollector()
    with collector.collect():
        builder.test_doc(docname, builder.env.get_doctree(docname))
    logging.convert_serializable(collector.logs)
    counts = Counter({name: getattr(builder, name) for name in COUNTS})
    return Result(collector.logs, builder.outfile.getvalue(), counts, builder.failed, builder.versions)
