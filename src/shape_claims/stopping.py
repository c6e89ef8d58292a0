"""How a build ends when what it would show is not true."""

from bdb import BdbQuit

from sphinx.errors import SphinxError
from sphinx.util import logging

logger = logging.getLogger(__name__)


class StoppedBuildError(SphinxError, BdbQuit):
    """The build ends, and nothing is written. Any other exception makes Sphinx write a report of its own crash."""


def stop(text: str) -> StoppedBuildError:
    """Say why, in a way that ``suppress_warnings`` cannot hide, and return what to raise."""
    logger.error(text)
    return StoppedBuildError(text)
