"""The output that an example should show, with the author's ``...`` where they still fit."""

import doctest
import re
from collections.abc import Callable, Sequence

from shape_claims.accepting.source import RefusedError

ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


class Listening(doctest.OutputChecker):
    """A checker that keeps what it compared first, so that a message is known apart from its traceback."""

    def __init__(self) -> None:
        self.want = self.got = None  # type: str | None

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Compare as usual."""
        if self.want is None:
            self.want, self.got = want, got
        return super().check_output(want, got, optionflags)


def renew_output(example: doctest.Example, want: str, got: str, flags: int) -> list[str]:
    """The lines to write in the place of an example's output.

    The author's lines stay where they still hold. In a line with ``...`` that does not, each piece between the dots
    is exchanged for as many words of the new output. Of an exception, the header and the lines below it stay.

    Args:
        example: The example that failed.
        want: What was compared: the output, or of an exception only its message.
        got: What it was compared with.
        flags: The options of the comparison.

    Raises:
        RefusedError: The output cannot be written, or is another one every time.
    """
    raised = example.exc_msg is not None and want == example.exc_msg
    head = example.want[: -len(want)] if raised else ""
    blank = "" if flags & doctest.DONT_ACCEPT_BLANKLINE else "<BLANKLINE>"
    written = "".join(f"{line.rstrip() or blank}\n" for line in got.splitlines())

    def holds(text: str, output: str) -> bool:
        return doctest.OutputChecker().check_output(f"{text}\n", f"{output}\n", flags)

    kept = _kept(want.splitlines(), written.splitlines(), holds, elliptic=bool(flags & doctest.ELLIPSIS))
    for text in ("".join(f"{line}\n" for line in kept), written):
        if doctest.OutputChecker().check_output(text, got, flags) and not ADDRESS.search(text):
            return f"{head}{text}".splitlines()
    raise RefusedError("address" if ADDRESS.search(written) else "unwritable")


def _kept(old: Sequence[str], new: Sequence[str], holds: Callable[[str, str], bool], *, elliptic: bool) -> list[str]:
    """The new lines, and in their place the old ones that still hold."""
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return [
            before if holds(before, after) else elided(before, after, holds, elliptic=elliptic)
            for before, after in pairs
        ]
    return elided("\n".join(old), "\n".join(new), holds, elliptic=elliptic).splitlines()


def elided(old: str, new: str, holds: Callable[[str, str], bool], *, elliptic: bool) -> str:
    """The new text with the dots of the old one, or the whole of it if it is not certain where they belong.

    >>> elided("...sizes: [5,13]...", "In call: sizes: [5,17] [Op:Add]", lambda text, output: True, elliptic=True)
    '...sizes: [5,17]...'
    """
    pieces = old.split("...")
    if len(pieces) < 2 or not elliptic:
        return new
    spans = [found.span() for found in re.finditer(r"\S+", new)]
    written, first = [], 0
    for number, piece in enumerate(pieces):
        count = len(piece.split())
        if not count:
            written.append(piece)
            continue
        start = _window(piece.split(), [new[a:b] for a, b in spans], first, number, len(pieces))
        if start is None:
            return new
        found = new[spans[start][0] : spans[start + count - 1][1]]
        found = _trimmed(piece.strip(), found)
        left, right = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        # A full stop beside the dots would be read as one of them.
        found = found if left or not number else found.lstrip(".")
        found = found if right or number == len(pieces) - 1 else found.rstrip(".")
        written.append(f"{left}{found}{right}")
        first = start + count
    text = "...".join(written)
    return text if holds(text, new) else new


def _window(words: Sequence[str], new: Sequence[str], first: int, number: int, pieces: int) -> int | None:
    """Where in the new words a piece stands: at the beginning, at the end, or where most of its words are."""
    last = len(new) - len(words)
    if last < first:
        return None
    if number in (0, pieces - 1):
        return 0 if number == 0 else last
    scores = {
        start: sum(_alike(a, b) for a, b in zip(words, new[start:], strict=False)) for start in range(first, last + 1)
    }
    best = max(scores.values())
    fitting = [start for start, score in scores.items() if score == best]
    return fitting[0] if len(fitting) == 1 and best * 2 >= len(words) else None


def _alike(old: str, new: str) -> bool:
    return old == new or (len(old) > 3 and (new.endswith(old) or new.startswith(old)))


def _trimmed(old: str, new: str) -> str:
    """Without what the dots stood for inside the first and the last word, if those words are the same."""
    first, last = old.split()[0], old.split()[-1]
    head, tail = new.split()[0], new.split()[-1]
    if head != first and head.endswith(first):
        new = new[len(head) - len(first) :]
    if tail != last and tail.startswith(last):
        new = new[: len(new) - len(tail) + len(last)]
    return new
