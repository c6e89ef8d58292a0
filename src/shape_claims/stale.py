"""What every build does with the claims: an HTML build may run the pages whose evidence is missing or old."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from shape_claims import evidence, messages
from shape_claims.binding import KEYS, UNREADABLE
from shape_claims.builder import ClaimDocTestBuilder
from shape_claims.stopping import stop

logger = logging.getLogger(__name__)


def report_unreadable(app: Sphinx, env: BuildEnvironment) -> None:
    """Report what cannot be read as a claim, at every build that runs no claims. One that does reports it itself."""
    if isinstance(app.builder, ClaimDocTestBuilder) or runs_stale_pages(app):
        return
    for name in sorted(env.found_docs):
        for place, problem in env.metadata[name].get(UNREADABLE, ()):
            text = messages.report(problem, place).removeprefix(f"{place}: ")
            logger.error(text, location=place, type="shape_claims", subtype="syntax")


def runs_stale_pages(app: Sphinx) -> bool:
    """Whether this build runs what has no valid evidence."""
    return app.builder.format == "html" and app.config.shape_claims_run == "stale"


def run_stale_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Before HTML is written, run exactly the pages that have a claim or code without a valid record.

    Raises:
        StoppedBuildError: Something on them does not hold. No page is written then.
    """
    if not runs_stale_pages(app):
        return
    keys = {name: env.metadata[name].get(KEYS, []) for name in env.found_docs}
    known = evidence.load_all(app, [name for name in keys if keys[name]])
    stale = {name for name in known if known[name].lacks(keys[name])}
    if not stale:
        return
    builder = ClaimDocTestBuilder(app, env)
    builder.outdir = type(app.outdir)(app.doctreedir / "doctest")  # never among the pages
    builder.outdir.mkdir(parents=True, exist_ok=True)
    builder.init()
    builder.write_documents(stale)
    builder.finish()
    if builder.failed:
        raise stop(messages.failed(builder.failed))


def setup_builder(app: Sphinx) -> None:
    """Register the builder, and the run inside an HTML build."""
    app.setup_extension("sphinx.ext.doctest")
    app.add_builder(ClaimDocTestBuilder, override=True)
    app.connect("env-updated", report_unreadable)
    app.connect("env-updated", run_stale_pages)
