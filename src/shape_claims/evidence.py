"""The record of what was checked: the doctest build writes it, the HTML build reads it.

A record is found by the fingerprint of its claim, so an edited page loses its records by itself. A page's records also
name the checker and the versions that made them, and count only while both are the same. Every page has a file of its
own, so two builds that check different pages cannot lose each other's work.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from shape_claims import messages
from shape_claims.code_names import Block, seal
from shape_claims.config import Settings
from shape_claims.imports import Imports, digest, installed
from shape_claims.nodes import kinds
from shape_claims.stopping import stop


@dataclass(frozen=True)
class Record:
    """One claim that held."""

    expression: str
    claimed: str
    measured: str
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Sizes of the symbols that the claim uses."""
    otherwise: str = ""
    """What the page would have said, had a truth been false."""
    value: Any = None
    """The value that a figure shows, as nested lists of rounded numbers and strings."""


@dataclass
class Page:
    """What is known of a page. Empty if nothing is."""

    checker: str = ""
    """Digest of the code and settings that checked it."""
    versions: dict[str, str] = field(default_factory=dict)
    """Version of each package that the page imported and that readers are told."""
    imports: dict[str, str] = field(default_factory=dict)
    """State of everything that the page imported, as :func:`shape_claims.imports.states` has it."""
    code: str = ""
    """Fingerprint of all the page's code."""
    records: dict[str, Record] = field(default_factory=dict)
    """From a claim's fingerprint to its record."""
    blocks: list[Block] = field(default_factory=list)
    """What the names in the page's code held."""
    seal: str = ""
    """Digest of the blocks."""

    def sealed(self) -> "Page":
        """The same, with its digest."""
        return replace(self, seal=seal(self.blocks, self.code))

    def shown(self, keys: Sequence[str]) -> list[Block]:
        """The blocks, if the page's code is what ran, and they are what was seen."""
        same = self.code in keys[-1:] and self.seal == seal(self.blocks, self.code)
        return self.blocks if same else []

    def lacks(self, keys: Iterable[str]) -> bool:
        """Whether there is a fingerprint without a record."""
        return not set(keys) <= {self.code, *self.records}


class EvidenceError(ValueError):
    """A file of evidence that this package did not write."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason


def folder(app: Sphinx) -> Path:
    """Where the evidence lies."""
    given = app.config.shape_claims_evidence
    return Path(app.confdir, given) if given else Path(app.doctreedir, "shape_claims")


def load(root: Path, docname: str, checker: str, imports: Imports | None = None) -> Page:
    """Read what is known of a page, if the checker and all that the page imported are the same.

    Args:
        root: The folder of the evidence.
        docname: The page.
        checker: Digest of what checks it now.
        imports: What pages import, as it is now. Without it, that is looked at once more.

    Raises:
        EvidenceError: The file cannot be read.
    """
    path = _file(root, docname)
    if not path.is_file():
        return Page()
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["checker"] != checker:  # first, for another version of this package may have written other fields
            return Page()
        records = {key: Record(**record) for key, record in plain.pop("records").items()}
        blocks = [Block(**block) for block in plain.pop("blocks")]
        page = Page(records=records, blocks=blocks, **plain)
        same = (imports or Imports()).states(set(page.imports) - {"python"}) == page.imports
        same &= all(installed(name) == version for name, version in page.versions.items())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EvidenceError(path, f"{type(error).__name__}: {error}") from None
    return page if same else Page()


def load_all(app: Sphinx, names: Iterable[str]) -> dict[str, Page]:
    """Read what is known of some pages.

    Raises:
        StoppedBuildError: A file cannot be read.
    """
    root, checker, imports = folder(app), checker_of(app.config), Imports(app.config.doctest_path)
    try:
        return {name: load(root, name, checker, imports) for name in names}
    except EvidenceError as error:
        raise stop(messages.damaged(error.path, error.reason)) from None


def save(root: Path, docname: str, page: Page) -> None:
    """Write what is known of a page. A build that is killed leaves the old file or the new one, whole."""
    path = _file(root, docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(page), ensure_ascii=False, indent=1) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(partial).replace(path)


def forget(root: Path, docname: str) -> None:
    """Drop what was known of a page."""
    _file(root, docname).unlink(missing_ok=True)


def _file(root: Path, docname: str) -> Path:
    return root / f"{docname}.json"


def checker_of(config: Config) -> str:
    """Digest of everything that decides about claims apart from the pages: code, settings, global setup."""
    files = {path for kind in kinds() for path in kind.code()} | set(Path(__file__).parent.glob("*.py"))
    # By name and content: the same code in another folder is the same checker.
    code = sorted((path.name, digest(path, path.stat().st_mtime_ns)) for path in files)
    names = [name for name in config.values if name.startswith(("shape_claims_", "doctest_"))]
    places = ("shape_claims_run", "shape_claims_evidence", "doctest_path")  # they decide where, not what
    settings = {name: repr(config[name]) for name in sorted(names) if name not in places}
    settings["denials"] = Settings.of(config).denials  # by default those of the language
    return hashlib.sha256(json.dumps([code, settings]).encode()).hexdigest()[:16]


def code_version() -> int:
    """A number that changes with the code of this package."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    digests = [digest(path, path.stat().st_mtime_ns) for path in files]
    return int(hashlib.sha256("".join(digests).encode()).hexdigest()[:12], 16)
