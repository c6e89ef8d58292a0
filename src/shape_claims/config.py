"""Every option of the extension, once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.config import Config

from shape_claims import messages
from shape_claims.stopping import stop
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
    is_valid: Callable[[Any], bool]
    """Whether a value of these types can be used."""
    help: str


def _all(kind: type | tuple[type, ...], items: Iterable[Any]) -> bool:
    return all(isinstance(item, kind) and not isinstance(item, bool) and item != "" for item in items)


def _are_symbols(table: Mapping[Any, Any]) -> bool:
    rows = [(letter, *row) if isinstance(row, tuple | list) else () for letter, row in table.items()]
    return all(len(row) in (2, 3) and _all(str, row[:2]) and row[1].isidentifier() for row in rows)


def _are_packages(given: Any) -> bool:
    if not isinstance(given, dict):
        return _all(str, given)
    return _all(str, given) and all(isinstance(found, tuple | list) and _all(str, found) for found in given.values())


def _is_pattern(given: str) -> bool:
    try:
        re.compile(given)
    except re.error:
        return False
    return True


OPTIONS = (
    Option(
        "shape_claims_symbols",
        {},
        "env",
        frozenset({dict}),
        _are_symbols,
        "Letters for sizes: {letter: (name in code, meaning)}. Empty: any name that a page binds to an integer.",
    ),
    Option(
        "shape_claims_factors",
        (2, 3, 4),
        "env",
        frozenset({tuple, list}),
        lambda given: _all(int, given) and min(given, default=2) > 1,
        "Multiples that are natural in your shapes; a claim that such a multiple makes true as well is weak.",
    ),
    Option(
        "shape_claims_words",
        {},
        "env",
        frozenset({dict}),
        lambda given: _all(str, given) and _all((Real, str), given.values()),
        "Words of your language for values, and for types by name: {'two': 2, 'a list': 'list'}.",
    ),
    Option(
        "shape_claims_joiners",
        (", ", " and "),
        "env",
        frozenset({tuple, list}),
        lambda given: _all(str, given),
        "What stands between names in a sequence.",
    ),
    Option(
        "shape_claims_denials",
        "",
        "env",
        frozenset({str}),
        _is_pattern,
        "Regular expression for what denies, where the one of your language (English, Korean) does not do."
        " One of a truth's two phrases must deny, and it goes with an expression that denies.",
    ),
    Option(
        "shape_claims_packages",
        (),
        "env",
        frozenset({tuple, list, dict}),
        _are_packages,
        "Packages whose versions readers are told: names, or {imported name: (packages,)} where one brings others.",
    ),
    Option(
        "shape_claims_in_code",
        False,
        "html",
        frozenset({bool}),
        lambda given: True,
        "Whether names in the code of a page show the shapes that they held there, on hover, focus and tap.",
    ),
    Option(
        "shape_claims_run",
        "never",
        "",
        frozenset({str}),
        lambda given: given in ("never", "stale"),
        "'stale': an HTML build first runs the pages that have a claim without a valid record. Or 'never'.",
    ),
    Option(
        "shape_claims_evidence",
        None,
        "",
        frozenset({str, type(None)}),
        lambda given: given != "",
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
    denials: str = str(messages.DENIALS)

    @classmethod
    def of(cls, config: Config) -> "Settings":
        """The settings of a project."""
        return cls(
            Symbols(config.shape_claims_symbols),
            tuple(config.shape_claims_factors),
            config.shape_claims_words,
            tuple(config.shape_claims_joiners),
            config.shape_claims_denials or messages.denials(),
        )


def packages(config: Config) -> dict[str, tuple[str, ...]]:
    """For each name that a page may import, the packages whose versions count."""
    given = config.shape_claims_packages
    return (
        {name: tuple(given[name]) for name in given} if isinstance(given, dict) else {name: (name,) for name in given}
    )


def require_valid(app: Sphinx, config: Config) -> None:
    """Refuse an option that cannot be used: with a wrong one, claims would be read or run otherwise than is meant.

    Raises:
        StoppedBuildError: There is one.
    """
    for option in OPTIONS:
        value = config[option.name]
        if type(value) not in option.types or not option.is_valid(value):
            raise stop(messages.wrong_option(option.name, value, option.help))


def setup_config(app: Sphinx) -> None:
    """Register the options."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, types=option.types)
    app.connect("config-inited", require_valid)
