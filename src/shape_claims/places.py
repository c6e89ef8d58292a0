"""Where a piece of a document stands in its source, so that a report can name the line to mend.

Parsers tell the line on which a paragraph begins. To point at the right line of a long paragraph or a nested directive,
the text itself has to be found in the source.
"""

import os
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

BLANKS = r"(?:(?<=\n)[ \t]*(?:>[ \t]?)+|\s)+"
"""White space in a text that is broken over lines, in a quotation also with the marks of the quotation."""
UNSAID = re.compile(rf"(?P<blank>{BLANKS})|\\(?=\|)")
"""White space, and the escape of a bar in a table. The parser does not hand them on as they are written."""


@dataclass(frozen=True)
class Squeezed:
    """A text with one space for each run of white space. To look for it takes no pattern, which is slow to make."""

    text: str
    at: list[int]
    """Where each character stood."""

    @classmethod
    def of(cls, text: str) -> "Squeezed":
        """Squeeze a text."""
        kept: list[str] = []
        at: list[int] = []
        last = 0
        for gap in UNSAID.finditer(text):
            kept += [text[last : gap.start()], " " if gap["blank"] else ""]
            at += range(last, gap.start() + bool(gap["blank"]))
            last = gap.end()
        return cls("".join([*kept, text[last:]]), [*at, *range(last, len(text))])

    def find(self, words: str, start: int) -> int:
        """Where ``words`` begin, at ``start`` of the unsqueezed text or after it; -1 if they do not."""
        return self.text.find(words, bisect_left(self.at, start))


@lru_cache(maxsize=8)
def _read(path: Path, stamp: float) -> tuple[Squeezed, list[int]]:
    """The source, and where its lines end; ``stamp`` is part of the key only, so that an edited file is read again."""
    source = path.read_text(encoding="utf-8")
    return Squeezed.of(source), list(accumulate(map(len, source.splitlines(keepends=True)), initial=0))


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
    source, ends = _read(path, path.stat().st_mtime)
    words = Squeezed.of(f"\n{text}").text.strip()
    hinted = ends[min(max(hint - 1, 0), len(ends) - 1)]
    found = source.find(words, max(hinted, after))
    if found < 0:
        found = source.find(words, after)
    if found < 0 or not words:
        return hint, after
    return bisect_right(ends, source.at[found]), source.at[found + len(words) - 1] + 1


def place(path: Path, srcdir: Path, line: int) -> str:
    """The name of a place that is the same on every machine, as ``docs/page.md:41``."""
    return f"{Path(os.path.relpath(path, srcdir.parent)).as_posix()}:{line}"
