"""글을 살핀다: 확인되지 않는 형태와 사실, 실행되지 않는 코드, 쓰지 않기로 한 말, 빠진 대체 글.

doctree를 살피므로 표와 캡션, 번역문, 갤러리 스크립트의 글까지 독자가 보는 그대로 본다. doctree에 없는 글(갤러리의
코드, 스크립트와 틀의 말)은 파일에서 꺼내 같은 규칙으로 본다.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from rnn_shapes import glossary, sentences, sources
from rnn_shapes.files import write_if_changed
from rnn_shapes.lint import (
    announced,
    beside,
    code,
    denials,
    facts,
    files,
    keys,
    kinds,
    lone_shapes,
    near_code,
    options,
    particles,
    prose,
    scripts,
    subjects,
    symbol_rows,
    titles,
    width,
)
from rnn_shapes.lint.alarm import Alarm, FileAlarm
from rnn_shapes.lint.places import Sentence
from rnn_shapes.lint.proofread_command import setup_proofreading
from rnn_shapes.lint.unclaimed import anchor, unclaimed
from shape_claims.places import line_of, place

logger = logging.getLogger(__name__)

BOUND: tuple[str, ...] = ("reference/", "explain/", "learn/", "index")
"""주장 둘레의 말까지 주장에 매인 페이지. 나머지에서는 옮겨 적은 자료나 앞의 코드가 그 말을 받친다."""
AROUND_CLAIMS = (
    keys.unsaid_keys,
    kinds.other_terms,
    denials.denied_claims,
    beside.numbers_beside,
    announced.unannounced_errors,
    options.other_options,
)
"""그런 페이지에서 하는 검사."""
COUNTED: tuple[str, ...] = ("reference/", "explain/", "index")
"""주장 곁의 하나와 둘까지 주장 안에 적는 페이지. 강의는 아니다(:func:`beside.small_numbers_beside`)."""
EXPLAINED: tuple[str, ...] = ("learn/",)
"""코드를 앞뒤에 두고 설명하는 페이지. 주장이 없는 문장의 수와 이름도 그 코드에 있어야 한다."""


def problems(
    docname: str,
    doctree: nodes.document,
    terms: Sequence[glossary.Term],
    *,
    runs_elsewhere: bool,
    followed: bool = False,
) -> Iterator[Alarm]:
    """한 페이지의 문제를 하나씩 내놓는다.

    Args:
        docname: 페이지의 이름. 사실까지 주장으로 적는 페이지인지 이것으로 안다.
        doctree: 살필 페이지.
        terms: 용어집.
        runs_elsewhere: 코드를 sphinx-gallery가 실행하는 페이지이면 참.
        followed: 시험이 블록을 하나씩 따라 하는 페이지이면 참. 코드와 출력은 거기서 비교한다.
    """
    for check in prose.CHECKS:
        yield from check(doctree)
    yield from prose.unwanted_words(doctree, terms)
    yield from subjects.other_values(doctree)
    yield from lone_shapes.lone_shapes(doctree)
    yield from titles.bare_titles(doctree)
    yield from width.wide_code(doctree)
    yield from facts.bare_facts(docname, doctree)
    if docname.startswith(BOUND):
        for check in AROUND_CLAIMS:
            yield from check(doctree)
    if docname.startswith(COUNTED):
        yield from beside.small_numbers_beside(doctree)
    if docname.startswith(EXPLAINED):
        yield from near_code.loose_numbers(doctree)
        yield from near_code.unknown_names(doctree)
        yield from symbol_rows.other_rows(doctree)
        yield from symbol_rows.other_names(doctree)
    if not followed:
        yield from code.block_problems(doctree, runs_elsewhere=runs_elsewhere)


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """페이지를 읽을 때마다 살피고, 문제를 파일과 줄로 알린다."""
    srcdir = Path(app.srcdir)
    docname = app.env.current_document.docname
    page = Path(app.env.doc2path(docname))
    written = sources.original(page, srcdir)
    words = srcdir / "glossary.toml"
    terms = glossary.read(words) if words.is_file() else ()
    is_script = written.suffix == ".py"
    followed = _is_followed(app, docname, page)
    for problem in problems(docname, doctree, terms, runs_elsewhere=is_script, followed=followed):
        what = scripts.BARE if is_script and problem.what in {prose.BARE, prose.IN_CODE} else problem.what
        _tell(app, page, problem, what)
    if is_script:
        app.env.note_dependency(written.with_name(sentences.FILE))
        found = [*scripts.code_problems(written), *scripts.prose_problems(written), *scripts.absent_sentences(written)]
        _report(written, srcdir, found)


def check_particles(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """링크의 글이 정해진 페이지에서 조사를 살핀다."""
    for problem in particles.wrong_josa(doctree):
        _tell(app, Path(app.env.doc2path(docname)), problem, problem.what)


def _tell(app: Sphinx, page: Path, problem: Alarm, what: str) -> None:
    path, line = sources.locate(problem.sought or problem.text, problem.node, page, Path(app.srcdir))
    logger.error("%s: %s", what, problem.text, location=place(path, Path(app.srcdir), line))


def _is_followed(app: Sphinx, docname: str, page: Path) -> bool:
    """머리의 ``followed-by``에 적힌 시험이 이 페이지를 따라 하는가. 적혀 있는데 아니면 오류다."""
    test = app.env.metadata[docname].get("followed-by")
    if not test:
        return False
    path = Path(app.srcdir).parent / test
    if path.is_file() and page.name in path.read_text(encoding="utf-8"):
        return True
    logger.error("머리의 followed-by에 적힌 시험이 이 페이지를 따라 하지 않습니다: %s", test, location=docname)
    return False


def check_files(app: Sphinx) -> None:
    """빌드를 시작할 때, 페이지가 아닌 곳의 글을 살핀다. 아무 문제도 없었고 그 뒤로 바뀌지 않았으면 다시 보지 않는다."""
    read = list(files.read_by_readers(Path(app.confdir)))
    rules = Path(__file__).parent.glob("*.py")
    state = "".join(f"{path} {path.stat().st_mtime_ns}\n" for path in (*read, *sorted(rules)))
    clean = Path(app.doctreedir, "clean-files.txt")
    if clean.is_file() and clean.read_text(encoding="utf-8") == state:
        return
    found = {path: list(files.problems_in(path)) for path in read}
    for path, problems_there in found.items():
        _report(path, Path(app.srcdir), problems_there)
    if not any(found.values()):
        write_if_changed(clean, state)


def _report(path: Path, srcdir: Path, found: Iterable[FileAlarm]) -> None:
    for problem in found:
        line, _ = line_of(problem.text, path, problem.line)
        logger.error("%s: %s", problem.what, problem.text, location=place(path, srcdir, line))


def print_unclaimed(app: Sphinx, error: Exception | None) -> None:
    """``lint_unclaimed``이면, 사실을 말하고 주장이 없는 문장을 페이지마다 적는다. 실패하지 않는다."""
    if not app.config.lint_unclaimed or error is not None:
        return
    srcdir = Path(app.srcdir)
    for docname in sorted(app.env.found_docs):
        page = Path(app.env.doc2path(docname))
        found = list(unclaimed(app.env.get_doctree(docname)))
        written = place(sources.original(page, srcdir), srcdir, 1).rpartition(":")[0]
        print(f"{written}: 주장 없이 사실을 말하는 문장 {len(found)}개")
        for one in found:
            print(
                f"  {_sentence_place(one.sentence, page, srcdir)}: [{', '.join(one.reasons)}] {one.sentence.spelled()}"
            )


def _sentence_place(sentence: Sentence, page: Path, srcdir: Path) -> str:
    """문장이 시작하는 자리. 스크립트의 글은 줄마다 ``#``이 있으므로 적은 낱말로도 찾아본다."""
    for count in (3, 2, 1):
        path, line = sources.locate(anchor(sentence, count), sentence.block, page, srcdir)
        if path == page or line > 1:
            break
    return place(path, srcdir, line)


def setup_lint(app: Sphinx) -> None:
    """빌드를 시작할 때와 페이지를 읽은 뒤에 살피도록 등록한다."""
    app.add_config_value("lint_unclaimed", False, "", bool)
    app.connect("builder-inited", check_files)
    app.connect("doctree-read", check_page)
    app.connect("doctree-resolved", check_particles, priority=400)  # 주장의 표시를 달기 전의 글을 본다
    app.connect("build-finished", print_unclaimed)
    setup_proofreading(app)
