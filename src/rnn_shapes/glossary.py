"""용어집. ``glossary.toml`` 하나가 용어집 페이지를 만들고, 글에서 쓰지 않는 말을 정한다."""

import dataclasses
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from shape_claims import places
from shape_claims.nodes import checked


@dataclass(frozen=True)
class Term:
    """용어 하나."""

    korean: str
    """이 사이트에서 쓰는 말."""
    english: str
    definition: str
    """한두 문장의 풀이. 이름과 수, 기본값은 페이지의 글처럼 주장으로 적는다."""
    synonyms: Sequence[str] = ()
    """독자가 검색창에 칠 만한 다른 말. 글에 써도 된다."""
    banned: Sequence[str] = ()
    """같은 뜻으로 글에 쓰지 않는 말. 따옴표로 그 말 자체를 가리킬 때만 쓴다."""


def load(path: Path) -> tuple[Term, ...]:
    """용어집을 읽는다. 고치지 않은 파일은 한 프로세스에서 한 번만 읽는다.

    Raises:
        ValueError: 파일이 TOML이 아니거나 항목에 모르는 칸, 빠진 칸, 겹친 용어가 있을 때.
    """
    return _load(path, path.stat().st_mtime_ns)


@cache
def _load(path: Path, stamp: int) -> tuple[Term, ...]:
    entries: list[dict[str, Any]]
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"{path.name}: 용어집을 읽을 수 없습니다({error}). [[term]] 항목으로 적으세요.") from None
    terms: dict[str, Term] = {}
    for entry in entries:
        try:
            term = Term(**entry)
        except TypeError as error:
            raise ValueError(
                f"{path.name}: '{entry.get('korean', '?')}' 항목의 칸이 잘못되었습니다({error})."
            ) from None
        if term.korean in terms:
            raise ValueError(f"{path.name}: '{term.korean}' 항목이 두 번 있습니다.")
        terms[term.korean] = term
    return tuple(sorted(terms.values(), key=lambda term: term.korean))


class TermsDirective(SphinxDirective):
    """``glossary.toml``의 용어를 Sphinx의 ``glossary``로 펼친다. ``{term}`` 역할이 이리로 이어진다."""

    def run(self) -> list[nodes.Node]:
        """용어마다 풀이와 다른 말을 적는다."""
        path = Path(self.env.srcdir, "glossary.toml")
        self.env.note_dependency(path)
        lines = ["```{glossary}"]
        for term in load(path):
            lines += [term.korean, f"  **{term.english}.** {term.definition}", ""]
            if others := [*term.synonyms, *term.banned]:
                lines += [f"  다른 말: {', '.join(f'‘{other}’' for other in others)}", ""]
        lines.append("```")
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source=str(path)), 0, holder)
        for item in holder.findall(nodes.definition_list_item):
            self._place_claims(item, path)
        return holder.children

    def _place_claims(self, item: nodes.definition_list_item, path: Path) -> None:
        """풀이의 주장이 틀리면 펼친 글이 아니라 ``glossary.toml``의 그 줄을 알리게 한다."""
        term, _end = places.line_of(f'korean = "{item[0].astext()}"', path, 1)
        for node in item.findall(checked):
            written = "".join(node.rawsource.partition("`")[1:])  # 역할의 이름은 파서마다 달리 적는다
            line, _end = places.line_of(written, path, term)
            place = places.place(path, Path(self.env.srcdir), line)
            node["entries"] = [dataclasses.replace(entry, place=place) for entry in node.entries]
            node.source, node.line = str(path), line


def setup(app: Sphinx) -> ExtensionMetadata:
    """Directive를 등록한다."""
    app.add_directive("terms", TermsDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
