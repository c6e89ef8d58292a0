"""Changes in a source file: where a claim or a block of examples stands, and the file with nothing else touched.

A file is read as it is (byte order mark, line ends, tabs, trailing blanks), the places are found by their text, and
only the characters that change are replaced. What cannot be found for certain is refused.
"""

import bisect
import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shape_claims.outcome import Problem

MARGIN = re.compile(r"(?:[ \t>]|[-*+](?=\s)|\d+[.)](?=\s)|#\.(?=\s))*")
"""What may stand before a line of a nested block, that is indentation, quotes, the mark of a list."""
OPENING = re.compile(r"[ \t>]*(?:$|:[\w-]+:.*|---.*|[\w-]+:.*)")
"""What may stand between the line of a directive and its content, that is nothing, and options."""
FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)]) +)*(`{3,}|~{3,})[ \t]*([^`]*)")
VERBATIM = re.compile(r"(?!\{)|\{(?:code|code-block|sourcecode|doctest|test\w+|math|literalinclude)\}")
"""What stands after the mark of a fenced block that shows its text as it is."""
LATE = 4
"""In nested directives, MyST-Parser tells a line that is too great, by one for some levels."""


class RefusedError(Exception):
    """Something that is left as it is. The words are in :mod:`shape_claims.messages`."""

    def __init__(self, code: str, problem: Problem | None = None, **data: str) -> None:
        super().__init__(code, data)
        self.code, self.problem, self.data = code, problem, data


@dataclass(frozen=True)
class Edit:
    """Characters of a file, and what is to stand there."""

    start: int
    end: int
    text: str


class Source:
    """A source file and the changes to make in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = path.read_bytes()
        self.text = self.bytes.decode("utf-8", "surrogateescape")  # what is no UTF-8 is kept as well
        ends = [found.end() for found in re.finditer(r"\r\n|\r|\n", self.text)]
        self.starts = [0, *ends, *([len(self.text)] if not ends or ends[-1] < len(self.text) else [])]
        """Where each line starts, and where the last one ends."""
        self.edits: set[Edit] = set()
        self.disputed: set[Edit] = set()

    def line(self, position: int) -> int:
        """The line of a character, from 1."""
        return bisect.bisect_right(self.starts, position)

    def _row(self, index: int) -> str:
        return self.text[self.starts[index] : self.starts[index + 1]]

    def replace(self, edits: Iterable[Edit]) -> None:
        """Note changes, all or none of them.

        Raises:
            RefusedError: Something else was to stand there. Neither will.
        """
        new = set(edits) - self.edits
        against = {other for other in self.edits | self.disputed if any(_touch(one, other) for one in new)}
        if against:
            self.edits -= against
            self.disputed |= against | new
            raise RefusedError("conflict")
        self.edits |= new

    def changed(self) -> str:
        """The whole text with the changes."""
        text = self.text
        for edit in sorted(self.edits, key=lambda one: (one.start, one.end), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def diff(self, name: str) -> str:
        """The changes as a unified diff."""
        before, after = (re.findall(r"[^\n]*\n|[^\n]+", _unix(text)) for text in (self.text, self.changed()))
        lines = difflib.unified_diff(before, after, name, name)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self) -> None:
        """Write the changes. A run that is killed leaves the old file or the new one, whole.

        Raises:
            RefusedError: The file has changed since it was read.
        """
        path = self.path.resolve()  # a link stays a link
        if not path.is_file() or path.read_bytes() != self.bytes:
            raise RefusedError("changed")
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.changed().encode("utf-8", "surrogateescape"))
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, partial)
            Path(partial).replace(path)
        finally:
            Path(partial).unlink(missing_ok=True)

    def claims(self, pattern: str, hints: Sequence[int]) -> list[re.Match[str]]:
        """Where claims that are written alike stand.

        Args:
            pattern: A regular expression for the claim with its mark.
            hints: For each of them, in order, the line on which its paragraph begins, from 1.

        Raises:
            RefusedError: The file has fewer or more of them, so that one could be taken for another.
        """
        found = [match for match in re.finditer(pattern, self.text) if not self._quoted(match)]
        if not found:
            raise RefusedError("not-found")
        if len(found) != len(hints):
            raise RefusedError("many-found", found=str(len(found)), expected=str(len(hints)))
        if any(self.line(match.start()) < hint - LATE for match, hint in zip(found, hints, strict=True)):
            raise RefusedError("not-found")
        return found

    def _quoted(self, match: re.Match[str]) -> bool:
        """Whether the text is shown, not claimed: inside longer backticks, or in a block of code."""
        before = re.split(r"\n[ \t>]*\r?\n", self.text[: match.start()])[-1]
        before = re.sub(r"(?m)^[ \t>]*(`{3,}|~{3,}).*$", "", before)
        spans = re.sub(r"(?s)(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", before)
        row = self.line(match.start()) - 1
        return "`" in spans or any(first <= row < last for first, last in self._samples)

    @cached_property
    def _samples(self) -> list[tuple[int, int]]:
        """Lines of the fenced blocks that show their text."""
        found: list[tuple[int, int]] = []
        stack: list[tuple[str, int, bool]] = []
        for index in range(len(self.starts) - 1):
            fence = FENCE.fullmatch(self._row(index).lstrip("\ufeff").rstrip())
            if fence is None:
                continue
            mark, info = fence.groups()
            if stack and not info and mark.startswith(stack[-1][0]):
                _mark, first, shows = stack.pop()
                found += [(first, index)] if shows else []
            elif not (stack and stack[-1][2]):
                stack.append((mark, index, VERBATIM.match(info) is not None))
        return found

    def block(self, text: str, hint: int) -> list[int]:
        """The lines of a block of examples, counted from 0.

        Args:
            text: The block as Sphinx read it.
            hint: The line on which its directive, or the block itself, begins, from 1.

        Raises:
            RefusedError: The block does not stand there as it was read.
        """
        lines = text.split("\n")
        for first in range(max(hint - 1, 0), len(self.starts) - 1):
            span = range(first, first + len(lines))
            if span.stop < len(self.starts) and all(map(self._holds, span, lines)):
                return list(span)
            if first >= hint and not OPENING.fullmatch(self._row(first).rstrip()):
                break
        raise RefusedError("not-found")

    def _holds(self, index: int, text: str) -> bool:
        row, text = self._row(index).lstrip("\ufeff").expandtabs().rstrip(), text.expandtabs().rstrip()
        return row.endswith(text) and MARGIN.fullmatch(row[: len(row) - len(text)]) is not None

    def rewrite(self, rows: Sequence[int], old: Sequence[str], new: Sequence[str]) -> list[Edit]:
        """Changes that make a block into another.

        Args:
            rows: The lines of the block, as :meth:`block` found them.
            old: Their text, as Sphinx read it.
            new: The text that is to stand there.
        """
        edits = []
        before = [line.expandtabs().rstrip() for line in old]
        matcher = difflib.SequenceMatcher(None, before, [line.expandtabs().rstrip() for line in new], autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            if kind == "equal":
                continue
            if j - i == m - k:
                edits += [self._line(rows[i + step], old[i + step], new[k + step]) for step in range(j - i)]
            else:
                near = max(i - 1, 0)
                margin = self._margin(rows[near], old[near])
                edits.append(self._lines(rows[0] + i, j - i, [f"{margin}{line}".rstrip() for line in new[k:m]]))
        return edits

    def _line(self, index: int, old: str, new: str) -> Edit:
        """Change a line and leave its margin, its trailing blanks and its end."""
        row = self._row(index).rstrip()
        length = len(old.rstrip()) if row.endswith(old.rstrip()) else len(row.lstrip(" \t>"))
        end = self.starts[index] + len(row)
        return Edit(end - length, end, new)

    def _margin(self, index: int, text: str) -> str:
        """What stands before the lines of a block, with the mark of a list as blanks."""
        row = self._row(index).lstrip("\ufeff").rstrip()
        kept = row[: len(row) - len(text.rstrip())] if row.endswith(text.rstrip()) else row[: -len(row.lstrip())]
        return re.sub(r"[^ \t>]", " ", kept)

    def _lines(self, index: int, number: int, new: Sequence[str]) -> Edit:
        """Put whole lines in the place of ``number`` lines."""
        start, end = self.starts[index], self.starts[index + number]
        known = re.findall(r"\r\n|\r|\n", self.text[:start])
        newline = known[-1] if known else "\n"
        text = "".join(f"{line}{newline}" for line in new)
        if end == len(self.text) and not re.search(r"[\r\n]$", self.text):  # no newline at the end, then and now
            text = f"{newline if start == end else ''}{text[: -len(newline)]}"
        return Edit(start, end, text)


def _touch(one: Edit, other: Edit) -> bool:
    return one.start == other.start or (one.start < other.end and other.start < one.end)


def _unix(text: str) -> str:
    return re.sub(r"\r\n|\r", "\n", text)
