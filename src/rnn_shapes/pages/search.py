"""한국어 검색의 색인. 절마다 제목과 글을 모아 스크립트 파일 하나로 쓴다.

색인이 JSON이 아니라 스크립트인 이유는 서버 없이 연 페이지가 다른 파일을 읽는 길이 그것뿐이기
때문이다. 낱말로 나누고 순위를 매기는 일은 브라우저의 ``_static/search``가 한다.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from rnn_shapes import glossary
from rnn_shapes.figures.directive import drawn_figure
from rnn_shapes.files import write_if_changed
from rnn_shapes.pages import questions
from rnn_shapes.pages.message import message

logger = logging.getLogger(__name__)

INDEX = "search-index.js"
UNSEEN = (nodes.comment, nodes.raw, nodes.math_block, nodes.substitution_definition, addnodes.toctree, addnodes.index)
"""독자가 글로 읽지 않는 것. 숨은 예제도 주석이다."""
RAISED = re.compile(r"^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning): .*(?:\n(?!>>>|\s*$).*)*", re.M)
"""실행한 코드의 출력에 보인 예외. 예외의 이름부터 다음 코드나 빈 줄 앞까지다."""


@dataclass
class Section:
    """검색 결과 하나가 되는 자리: 절, 용어 하나, API의 이름 하나."""

    anchor: str
    """페이지 안의 자리. 페이지 전체면 빈 글이다."""
    heading: str
    lines: list[str] = field(default_factory=list)
    """단락마다, 코드 블록마다, 표의 줄마다 한 줄."""
    places: list[tuple[int, str]] = field(default_factory=list)
    """절 안에서 더 가까이 갈 수 있는 자리로, 줄의 번호와 앵커의 짝이다. 이름을 단 그림과 글 상자, 표의 줄이다."""
    messages: list[tuple[int, str]] = field(default_factory=list)
    """절에 있는 오류 메시지로, 줄의 번호와 글의 짝이다. 달라지는 곳은 ⟨이름⟩이다."""


def sections(doctree: nodes.document) -> list[Section]:
    """페이지를 절로 나눈다. 절의 글에는 그 아래 절의 글이 들지 않는다."""
    found: list[Section] = []
    _collect(doctree, Section("", ""), found)
    return found


def _collect(node: nodes.Element, section: Section, found: list[Section]) -> None:
    for child in node.children:
        if not isinstance(child, nodes.Element) or isinstance(child, UNSEEN) or "sphx-glr-footer" in child["classes"]:
            continue
        if own := _opened(child):
            if isinstance(child.parent, nodes.document):
                own.anchor = ""  # 페이지의 제목을 고르면 맨 위부터 읽는다
            found.append(own)
            _collect(child, own, found)
            continue
        if child["ids"] and (child["names"] or isinstance(child, nodes.row)):
            section.places.append((len(section.lines), child["ids"][-1]))
        if isinstance(child, drawn_figure):
            # 그림의 글은 대체 글로 시작한다. 결과에는 말로 푼 쪽이 읽기 좋으므로 줄을 나눈다.
            section.lines += [child["alt"], child.astext().removeprefix(child["alt"]).strip()]
        elif isinstance(child, nodes.row):
            section.lines.append(" · ".join(_text_of(cell) for cell in child.children))
        elif isinstance(child, nodes.TextElement):
            section.messages += [(len(section.lines), text) for text in _messages_in(child)]
            line = " ".join(child.astext().split())
            if line and line != section.heading:
                section.lines.append(line)
        else:
            _collect(child, section, found)


def _messages_in(node: nodes.TextElement) -> Iterator[str]:
    """이 노드에 적힌 메시지나, 실행하다가 난 예외. 예외에서 줄인 곳도 달라지는 곳으로 본다."""
    if isinstance(node, message):
        yield node["pattern"]
    elif isinstance(node, nodes.literal_block | nodes.doctest_block):
        for raised in RAISED.findall(node.astext()):
            yield " ".join(raised.replace("...", "⟨…⟩").split())


def _messages_of(section: Section) -> list[tuple[int, str]]:
    """절이 설명하는 메시지. 설명하는 것이 없으면 예제에서 난 예외다."""
    explained = [(line, text) for line, text in section.messages if section.lines[line] == text]
    return explained or section.messages


def _text_of(cell: nodes.Node) -> str:
    """표의 한 칸의 글."""
    inside = Section("", "")
    if isinstance(cell, nodes.Element):
        _collect(cell, inside, [])
    return " ".join(inside.lines)


def _opened(node: nodes.Element) -> Section | None:
    """이 노드에서 새로 시작하는 자리."""
    if isinstance(node, nodes.section):
        return Section(node["ids"][0], node[0].astext())
    first = node.children[0] if node.children else None
    if isinstance(node, addnodes.desc) and isinstance(first, addnodes.desc_signature) and first["ids"]:
        return Section(first["ids"][0], first["ids"][0])
    if isinstance(node, nodes.definition_list_item) and isinstance(first, nodes.term) and first["ids"]:
        return Section(first["ids"][0], first.astext())
    return None


def name_links(env: BuildEnvironment, doctree: nodes.document) -> None:
    """글을 따로 적지 않은 링크에 가리키는 곳의 제목을 넣는다. Sphinx는 HTML을 쓸 때에야 넣는다."""
    labels = env.domains.standard_domain.labels
    for link in doctree.findall(addnodes.pending_xref):
        if link.get("refexplicit"):
            continue
        target = link["reftarget"].lstrip("/")
        if link["reftype"] == "doc" and target in env.titles:
            title = env.titles[target].astext()
        elif link["reftype"] == "ref" and target in labels:
            title = labels[target][2]
        else:
            continue
        link.children = [nodes.Text(title)]


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


def index(app: Sphinx) -> str:
    """색인 파일의 글. 머리에 ``nosearch``를 적은 페이지와, ``unsearched``에 적은 패키지의 모듈은 뺀다."""
    pages: list[list[str]] = []
    entries: list[list[Any]] = []
    for docname in sorted(app.env.found_docs):
        if "nosearch" in app.env.metadata[docname]:
            continue
        doctree = app.env.get_doctree(docname)
        name_links(app.env, doctree)
        unsearched = app.env.metadata[docname].get("unsearched", "").split()
        for section in sections(doctree):
            if not _is_searched(section, unsearched):
                continue
            text = "\n".join(section.lines)
            entries.append([len(pages), section.anchor, section.heading, text, section.places, _messages_of(section)])
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
    """HTML 빌드가 끝날 때 색인을 쓰도록 등록한다."""
    app.connect("builder-inited", replace_search)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_index)
