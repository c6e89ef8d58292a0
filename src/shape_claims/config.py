"""Every option of the extension, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.config import Config

from shape_claims.symbols import Symbols

Rebuild = Literal["", "env", "html"]


@dataclass(frozen=True)
class Option:
    """One option of ``conf.py``."""

    name: str
    default: Any
    rebuild: Rebuild
    """What Sphinx does again when the option changes."""
    types: frozenset[type]
    help: str


OPTIONS = (
    Option(
        "shape_claims_symbols",
        {},
        "env",
        frozenset({dict}),
        "Letters for sizes: {letter: (name in code, meaning)}. Empty: any name that a page binds to an integer.",
    ),
    Option(
        "shape_claims_factors",
        (2, 3, 4),
        "env",
        frozenset({tuple, list}),
        "Multiples that are natural in your shapes; a claim that such a multiple makes true as well is weak.",
    ),
    Option(
        "shape_claims_words",
        {},
        "env",
        frozenset({dict}),
        "Words of your language for values, and for types by name: {'two': 2, 'a list': 'list'}.",
    ),
    Option(
        "shape_claims_joiners",
        (", ", " and "),
        "env",
        frozenset({tuple, list}),
        "What stands between names in a sequence.",
    ),
    Option(
        "shape_claims_packages",
        (),
        "env",
        frozenset({tuple, list, dict}),
        "Packages whose versions decide: names, or {imported name: (packages,)} where one brings others.",
    ),
    Option(
        "shape_claims_run",
        "never",
        "",
        frozenset({str}),
        "'stale': an HTML build first runs the pages that have a claim without a valid record. Or 'never'.",
    ),
    Option(
        "shape_claims_evidence",
        None,
        "",
        frozenset({str, type(None)}),
        "Folder of the evidence, seen from conf.py. None: among the doctrees, never inside the site.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """What decides whether a claim holds, apart from the page."""

    symbols: Symbols = field(default_factory=Symbols)
    factors: Sequence[int] = (2, 3, 4)
    words: Mapping[str, Any] = field(default_factory=dict)
    joiners: Sequence[str] = (", ", " and ")

    @classmethod
    def of(cls, config: Config) -> "Settings":
        """The settings of a project."""
        return cls(
            Symbols(config.shape_claims_symbols),
            tuple(config.shape_claims_factors),
            config.shape_claims_words,
            tuple(config.shape_claims_joiners),
        )


def packages(config: Config) -> dict[str, tuple[str, ...]]:
    """For each name that a page may import, the packages whose versions count."""
    given = config.shape_claims_packages
    return (
        {name: tuple(given[name]) for name in given} if isinstance(given, dict) else {name: (name,) for name in given}
    )


def setup_config(app: Sphinx) -> None:
    """Register the options."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, types=option.types)
