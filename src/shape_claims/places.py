"""Where a piece of a document stands in its source, so that a report can name the line to mend.

Parsers tell the line on which a paragraph begins. To point at the right line of a long paragraph or a nested directive,
the text itself has to be found in the source.
"""

import os
import re
from functools import lru_cache
from pathlib import Path

BLANKS = r"(?:(?<=\n)[ \t]*(?:>[ \t]?)+|\s)+"
"""White space in a text that is broken over lines, in a quotation also with the marks of the quotation."""


@lru_cache(maxsize=8)
def _read(path: Path, stamp: float) -> str:
    """The source; ``stamp`` is part of the key only, so that an edited file is read again."""
    return path.read_text(encoding="utf-8")


def line_of(text: str, path: Path, hint: int, after: int = 0) -> tuple[int, int]:
    """Find the line that holds ``text``, and where the text ends.

    Args:
        text: What to find. Differences in white space do not matter.
        path: The source file.
        hint: The line that the parser told, from 1. The search begins there.
        after: Nothing before this character counts. For a text that occurs more than once.

    Returns:
        The line, from 1, and the character after the text; ``hint`` and ``after`` if it is not found.
    """
    source = _read(path, path.stat().st_mtime)
    pattern = re.compile(flexible(text))
    hinted = sum(len(line) for line in source.splitlines(keepends=True)[: max(hint - 1, 0)])
    found = pattern.search(source, max(hinted, after)) or pattern.search(source, after)
    if found is None:
        return hint, after
    return source.count("\n", 0, found.start()) + 1, found.end()


def flexible(text: str) -> str:
    """A regular expression for a text that may be broken over lines, and whose bars a table has escaped."""
    words = (re.escape(word).replace(r"\|", r"\\?\|") for word in text.split())
    return BLANKS.join(words)


def place(path: Path, srcdir: Path, line: int) -> str:
    """The name of a place that is the same on every machine, as ``docs/page.md:41``."""
    return f"{Path(os.path.relpath(path, srcdir.parent)).as_posix()}:{line}"
