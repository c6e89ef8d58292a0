"""한국어 검색의 색인. 절마다 제목과 글을 모아 스크립트 파일 하나로 쓴다.

색인이 JSON이 아니라 스크립트인 이유는 서버 없이 연 페이지가 다른 파일을 읽는 길이 그것뿐이기
때문이다. 낱말로 나누고 순위를 매기는 일은 브라우저의 ``_static/search``가 한다.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rnn_shapes import glossary
from rnn_shapes.files import write_if_changed
from rnn_shapes.pages import questions
from rnn_shapes.pages.sections import Section, messages_of, sections
from shape_claims import imports

logger = logging.getLogger(__name__)

INDEX = "search-index.js"

SHARED = 0.1
"""코드 블록의 이만큼에 나오는 이름은 절을 가려 주지 않으면서 색인의 자리만 차지하므로 싣지 않는다."""
FEW = 50
"""코드 블록이 이보다 적게 나누어 가진 이름은 흔하다고 하지 않는다."""


def name_links(env: BuildEnvironment, doctree: nodes.document) -> dict[tuple[str, str], str]:
    """글을 따로 적지 않은 링크에 가리키는 곳의 제목을 넣는다. Sphinx는 HTML을 쓸 때에야 넣는다.

    Returns:
        (링크의 종류, 가리키는 이름)마다 넣은 제목.
    """
    named = {}
    for link in doctree.findall(addnodes.pending_xref):
        target = link["reftype"], link["reftarget"].lstrip("/")
        if not link.get("refexplicit") and (title := _title(env, *target)):
            link.children = [nodes.Text(title)]
            named[target] = title
    return named


def _title(env: BuildEnvironment, kind: str, target: str) -> str:
    """링크가 가리키는 곳의 제목. 없으면 빈 글이다."""
    if kind == "doc" and target in env.titles:
        return env.titles[target].astext()
    labels = env.domains.standard_domain.labels
    return labels[target][2] if kind == "ref" and target in labels else ""


def words(terms: Iterable[glossary.Term]) -> Iterator[list[str]]:
    """용어마다 [사이트의 말, 같은 뜻의 다른 말…]. 괄호 속의 말과 영어도 다른 말이다."""
    for term in terms:
        korean, _, inside = term.korean.partition("(")
        others = [*re.split(r",\s*", term.english), *term.synonyms, *term.banned, inside.rstrip(")")]
        yield [korean, *dict.fromkeys(other for other in others if other and other != korean)]


def names(spoken: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """이름마다 [이름, 이름, 우리말 소리…]. 이름에는 달리 쓰는 영어가 없다."""
    yield from ([name, name, *sounds] for name, sounds in spoken.items())


def _is_searched(section: Section, unsearched: Sequence[str]) -> bool:
    """찾을 수 있는 자리인가. ``unsearched``는 그 모듈들을 찾지 않을 패키지다.

    >>> [_is_searched(Section(anchor, ""), ["pack"]) for anchor in ("pack.Name", "module-pack.inner", "packed")]
    [False, False, True]
    """
    name = nodes.make_id(section.anchor.removeprefix("module-"))
    return not any(name.startswith(f"{nodes.make_id(package)}-") for package in unsearched)


def _questions(
    path: Path, pages: Sequence[Sequence[str]], entries: Sequence[Sequence[Any]]
) -> tuple[list[list[Any]], Sequence[Sequence[str]]]:
    """색인에 넣을 물음과 같은 말의 묶음. 잘못 적은 것은 알리고 뺀다. 만들지 않은 갤러리의 물음은 말없이 뺀다."""
    docnames = [address.removesuffix(".html") for address, _ in pages]
    folders = {docname.partition("/")[0] for docname in docnames}
    places = [questions.Place(docnames[page], anchor, heading) for page, anchor, heading, *_ in entries]
    try:
        asked, alike = questions.read(path)
        here = {key: texts for key, texts in asked.items() if key.partition("/")[0].partition("#")[0] in folders}
        return questions.numbered(here, places), alike
    except ValueError as error:
        logger.error("%s", error)
        return [], []


@dataclass
class Collected:
    """페이지에서 모아 둔 것. 페이지를 다시 읽거나 링크가 가리키는 제목이 바뀔 때까지 쓴다."""

    sections: list[Section]
    titles: dict[tuple[str, str], str]
    """글에 넣은, 다른 곳의 제목."""

    def holds(self, env: BuildEnvironment) -> bool:
        """넣은 제목이 아직 그대로인가."""
        return all(_title(env, *target) == title for target, title in self.titles.items())


def collect(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """새로 읽은 페이지의 절을 모은다. 찾을 페이지를 모두 다시 푸는 일이 빌드마다 드는 시간의 큰 몫이었다.

    Returns:
        새로 모은 페이지. 하나라도 있어야 Sphinx가 모은 것을 저장한다.
    """
    if app.builder.format != "html":
        return []
    code = imports.state(__name__)
    last = _searched(env)
    known = last[1] if last[0] == code else {}
    found = {}
    for docname in sorted(env.found_docs):
        if docname in known and known[docname].holds(env):
            found[docname] = known[docname]
        elif "nosearch" not in env.metadata[docname]:
            doctree = env.get_doctree(docname)
            titles = name_links(env, doctree)
            unsearched = env.metadata[docname].get("unsearched", "").split()
            found[docname] = Collected([one for one in sections(doctree) if _is_searched(one, unsearched)], titles)
    setattr(env, "searched", (code, found))  # noqa: B010 - Sphinx가 허락하는 일인데 형식에는 없다
    return [docname for docname in found if found[docname] is not known.get(docname)]


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """다시 읽거나 없어진 페이지에서 모은 것을 버린다."""
    _searched(env)[1].pop(docname, None)


def _searched(env: BuildEnvironment) -> tuple[str, dict[str, Collected]]:
    """지난번까지 모은 것: 모은 코드의 상태와, 페이지마다 모은 것."""
    known: tuple[str, dict[str, Collected]] = getattr(env, "searched", ("", {}))
    return known


def _shared(found: Iterable[Section]) -> frozenset[str]:
    """많은 코드 블록에 나오는 이름."""
    blocks = [section.lines[at].split() for section in found for at in section.names]
    counts = Counter(name for block in blocks for name in block)
    return frozenset(name for name, count in counts.items() if count > max(FEW, SHARED * len(blocks)))


def _text(section: Section, shared: frozenset[str]) -> str:
    """절의 글. 코드의 줄에서는 흔한 이름을 뺀다.

    >>> _text(Section("a", "", ["model을 만듭니다.", "model LSTM"], names=[1]), frozenset({"model"}))
    'model을 만듭니다.\\nLSTM'
    """
    code = set(section.names)
    lines = [
        " ".join(name for name in line.split() if name not in shared) if at in code else line
        for at, line in enumerate(section.lines)
    ]
    return "\n".join(lines)


def index(app: Sphinx) -> str:
    """색인 파일의 글. 머리에 ``nosearch``를 적은 페이지와, ``unsearched``에 적은 패키지의 모듈은 없다."""
    pages: list[list[str]] = []
    entries: list[list[Any]] = []
    found = _searched(app.env)[1]
    shared = _shared(section for page in found.values() for section in page.sections)
    for docname, page in found.items():
        for section in page.sections:
            text = _text(section, shared)
            entries.append([len(pages), section.anchor, section.heading, text, section.places, messages_of(section)])
        pages.append([app.builder.get_target_uri(docname), app.env.titles[docname].astext()])
    asked, alike = _questions(Path(app.srcdir, "questions.toml"), pages, entries)
    path = Path(app.srcdir, "glossary.toml")
    terms = [*words(glossary.read(path)), *names(glossary.spoken(path))] if path.exists() else []
    content = {"pages": pages, "sections": entries, "terms": terms, "questions": asked, "alike": alike}
    return f"siteSearchIndex = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def replace_search(app: Sphinx) -> None:
    """Sphinx의 검색을 끈다. 낱말을 어절로만 나누어 '셀을'로 '셀'을 찾지 못한다."""
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]  # HTML 빌더에만 있다


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, str], str]]:
    """결과를 모두 보이는 페이지. 스크립트 없이 검색 칸을 쓴 사람도 여기에 이른다."""
    yield "search", {"title": "검색"}, "search.html"


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """색인을 쓴다. 바뀐 것이 없으면 그대로 둔다."""
    if exception or app.builder.format != "html":
        return
    write_if_changed(Path(app.outdir, INDEX), index(app))


def setup_search(app: Sphinx) -> None:
    """페이지를 읽을 때마다 절을 모으고, HTML 빌드가 끝날 때 색인을 쓰도록 등록한다."""
    app.connect("builder-inited", replace_search)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", collect)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index)
