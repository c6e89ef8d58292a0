"""용어집. ``glossary.toml`` 하나가 용어집 페이지를 만들고, 글에서 쓰지 않는 말을 정한다."""

import dataclasses
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from shape_claims import places
from shape_claims.nodes import checked

logger = logging.getLogger(__name__)


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


TEXTS, LISTS = ("korean", "english", "definition"), ("synonyms", "banned")
"""항목의 칸. 앞의 것은 글이고 빠지면 안 되며, 뒤의 것은 글의 목록이다."""


def load(path: Path) -> tuple[Term, ...]:
    """용어집을 읽는다. 고치지 않은 파일은 한 프로세스에서 한 번만 읽는다.

    Returns:
        가나다차례의 용어.

    Raises:
        ValueError: 파일이 없거나 TOML이 아닐 때, 항목에 모르는 칸, 빠진 칸, 겹친 용어가 있을 때.
    """
    return _load(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _load(path: Path, stamp: int) -> tuple[Term, ...]:
    """``stamp``는 고친 파일을 다시 읽게 하는 열쇠일 뿐이다."""
    file = f"{path.parent.name}/{path.name}"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
        terms = [_term(entry) for entry in entries]
    except KeyError:
        raise ValueError(f"{file}: 용어가 없습니다. [[term]] 항목으로 적으세요.") from None
    except (OSError, ValueError, TypeError) as error:
        raise ValueError(f"{file}: 용어집을 읽을 수 없습니다. {error}") from None
    counts = Counter(term.korean for term in terms)
    if twice := [korean for korean, count in counts.items() if count > 1]:
        raise ValueError(f"{file}: '{twice[0]}' 항목이 두 번 있습니다. 하나로 합치세요.")
    return tuple(sorted(terms, key=lambda term: term.korean))


def read(path: Path) -> tuple[Term, ...]:
    """빌드에서 읽는 용어집. 잘못되었으면 오류로 알리고 빈 것으로 본다.

    예외로 알리면 Sphinx는 그 종류와 상관없이 제 개발자에게 알리라는 보고를 찍는다.
    """
    try:
        return load(path)
    except ValueError as error:
        logger.error("%s", str(error), type="rnn_shapes", subtype="glossary", once=True)
        return ()


def spoken(path: Path) -> dict[str, list[str]]:
    """영어 이름에서, 그것을 우리말 소리로 적은 말의 목록으로 가는 표. 용어집 페이지에는 나오지 않는다.

    ``read``가 읽을 수 없는 파일이라고 알린 뒤라면 비어 있다.
    """
    return tomllib.loads(path.read_text(encoding="utf-8")).get("spoken", {}) if read(path) else {}


def _term(entry: Mapping[str, Any]) -> Term:
    """항목 하나. 글이어야 할 칸은 글이고, 나머지 칸은 글의 목록이다."""
    if not isinstance(entry, dict):
        raise TypeError("[[term]] 항목으로 적으세요.")
    name = f"'{entry.get('korean', '?')}' 항목"
    if missing := [key for key in TEXTS if key not in entry]:
        raise TypeError(f"{name}에 빠진 칸이 있습니다: {', '.join(missing)}.")
    if unknown := [key for key in entry if key not in (*TEXTS, *LISTS)]:
        raise TypeError(f"{name}에 모르는 칸이 있습니다: {', '.join(unknown)}. 아는 칸: {', '.join((*TEXTS, *LISTS))}.")
    for key, value in entry.items():
        wanted = value if key in LISTS else [value]
        if not isinstance(wanted, list) or not all(isinstance(word, str) for word in wanted):
            raise TypeError(f"{name}의 {key} 칸이 {'글의 목록' if key in LISTS else '글'}이 아닙니다: {value!r}.")
    return Term(**entry)


class TermsDirective(SphinxDirective):
    """``glossary.toml``의 용어를 Sphinx의 ``glossary``로 펼친다. ``{term}`` 역할이 이리로 이어진다."""

    def run(self) -> list[nodes.Node]:
        """용어마다 풀이와 다른 말을 적는다."""
        path = Path(self.env.srcdir, "glossary.toml")
        self.env.note_dependency(path)
        lines = ["```{glossary}"]
        for term in read(path):
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


def setup_glossary(app: Sphinx) -> None:
    """Directive를 등록한다."""
    app.add_directive("terms", TermsDirective)
