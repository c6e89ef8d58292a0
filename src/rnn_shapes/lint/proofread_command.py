"""``proofread``: 바뀐 글을 보이고, 읽었다고 하면 기록한다. 빌드할 때는 읽지 않은 글을 알린다."""

from collections.abc import Set
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from rnn_shapes import sources
from rnn_shapes.lint import proofreading
from rnn_shapes.lint.alarm import Alarm
from shape_claims.accepting.builder import agreed
from shape_claims.places import place

logger = logging.getLogger(__name__)

FILE = "proofread.json"
KEY = "proofread"
"""페이지의 지문을 두는 ``env.metadata``의 자리."""
COMPARING = {"html", "dummy"}
"""읽은 기록과 비교하는 빌더. 쓰는 동안 코드만 실행해 볼 때는 비교하지 않는다."""

RECORD = "{what}. 맞으면 python3.11 noxfile.py proofread {page}로 기록하세요"
NOT_KEPT = "{page}: 읽은 기록을 두지 않는 페이지입니다. docs/learn/에 있는 페이지를 적으세요."
NOTHING = "{page}: 읽은 뒤로 바뀐 것이 없습니다."
ASK = "위의 글을 코드와 함께 읽었습니까? 모두 맞으면 y를 적으세요. [y/N] "
KEPT = "{page}: 읽었다고 기록했습니다."
LEFT = "{page}: 기록하지 않았습니다. 터미널에서 대답하거나, 읽은 다음 --yes를 붙이세요."


def note_digests(app: Sphinx, doctree: nodes.document) -> None:
    """페이지를 읽을 때 지문을 남긴다. 바뀌지 않은 페이지는 다시 열지 않고 비교한다."""
    docname = app.env.current_document.docname
    if _is_kept(docname):
        app.env.metadata[docname][KEY] = proofreading.digests(doctree)


def tell_unread(app: Sphinx, env: BuildEnvironment) -> None:
    """읽은 뒤에 바뀐 글을 파일과 줄로 알린다."""
    path = Path(app.srcdir, FILE)
    if app.builder.name not in COMPARING or not path.is_file():
        return
    record = _read(path)
    for docname in sorted(filter(_is_kept, env.found_docs)):
        if env.metadata[docname].get(KEY) != record.get(docname, {}):
            page = place(Path(env.doc2path(docname)), Path(app.srcdir), 0).removesuffix(":0")
            for problem in proofreading.unread(env.get_doctree(docname), record.get(docname, {})):
                what = RECORD.format(what=problem.what, page=page)
                logger.error("%s: %s", what, problem.text, location=_place(app, docname, problem))


def _is_kept(docname: str) -> bool:
    return docname.startswith(proofreading.PROOFREAD)


def _read(path: Path) -> dict[str, proofreading.Page]:
    try:
        return proofreading.read(path)
    except ValueError as error:
        raise ExtensionError(str(error)) from None


def _place(app: Sphinx, docname: str, problem: Alarm) -> str:
    page = Path(app.env.doc2path(docname))
    path, line = sources.locate(problem.text, problem.node, page, Path(app.srcdir))
    return place(path, Path(app.srcdir), line)


class ProofreadBuilder(DummyBuilder):
    """이름을 적은 페이지에서 바뀐 글을 보이고 기록한다."""

    name = "proofread"

    def write_documents(self, docnames: Set[str]) -> None:
        """이름을 적은 페이지마다 보이고, 묻고, 적는다."""
        for page in self.config.proofread_pages:
            docname = self.env.path2doc(Path(page).resolve())
            told = self._record(docname) if docname and _is_kept(docname) else NOT_KEPT
            print(told.format(page=page))
            if told in {LEFT, NOT_KEPT}:
                self._app.statuscode = 1

    def _record(self, docname: str) -> str:
        path = Path(self.env.srcdir, FILE)
        record = _read(path)
        doctree = self.env.get_doctree(docname)
        found = list(proofreading.unread(doctree, record.get(docname, {})))
        for problem in found:
            print(f"{_place(self._app, docname, problem)}: {problem.what}: {problem.text}")
        if not found:
            return NOTHING
        if not agreed(self._app, ASK):
            return LEFT
        proofreading.write(path, {**record, docname: proofreading.digests(doctree)})
        return KEPT


def setup_proofreading(app: Sphinx) -> None:
    """빌드할 때 비교하게 하고, 기록하는 빌더를 등록한다."""
    app.add_config_value("proofread_pages", [], "", list)
    app.add_builder(ProofreadBuilder)
    app.connect("doctree-read", note_digests)
    app.connect("env-updated", tell_unread)
