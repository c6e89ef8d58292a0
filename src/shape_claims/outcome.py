"""What checking a claim comes to. The words for it are in :mod:`shape_claims.messages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

Rows: TypeAlias = Mapping[str, str | tuple[str, str]]
"""Rows of a report, by name. A pair is a text and what it comes to."""


@dataclass(frozen=True)
class Checked:
    """A claim that holds."""

    measured: str
    """The shape or value that was measured, in numbers."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Sizes of the symbols that the claim uses."""
    value: Any = None
    """The value itself, rounded, where a figure shows it."""


@dataclass(frozen=True)
class Problem:
    """A claim that does not hold, or says nothing."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    reason: tuple[str, Mapping[str, object]] | None = None
    right: str = ""
    """What the claim should say, where it is known."""
    unreadable: str = ""
    """The kind of the claim, where it cannot be read."""


class Failed(Exception):  # noqa: N818 - it never leaves the checks, which return the problem
    """A check has come to its end."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def fail(code: str, rows: Rows, **more: Any) -> NoReturn:
    """End a check with a problem. ``right`` and ``reason`` are its fields, the rest is its data."""
    right, reason = more.pop("right", ""), more.pop("reason", None)
    raise Failed(Problem(code, more, rows, reason, right))
