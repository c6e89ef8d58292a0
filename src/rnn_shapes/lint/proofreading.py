"""사람이 읽고 확인한 글의 기록.

까닭과 뜻매김, 조언은 실행할 수 없어서 사람이 코드와 함께 읽고 확인한다. 읽은 다음에 글이나 그 절의 코드가 바뀌면, 그
말이 지금도 맞는지 아무도 모른다. 그래서 절마다 코드와 문장의 지문을 ``docs/proofread.json``에 적어 두고 빌드할 때
비교한다. 지문은 누가 읽었다는 표시일 뿐이고, 글이 맞는지는 말하지 않는다.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from docutils import nodes

from rnn_shapes.files import write_if_changed
from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm

PROOFREAD: tuple[str, ...] = ("learn/",)
"""글을 읽은 기록을 두는 페이지. 설명이 많아서 실행하지 못하는 말도 많다."""

Page = Mapping[str, str]
"""절의 제목에서, 빈칸으로 이은 지문으로 가는 표. 처음 것이 절의 코드이고 나머지가 문장이다."""

CODE = "이 절의 글을 읽은 뒤에 코드가 바뀌었습니다. 설명이 지금도 맞는지 다시 읽으세요"
SENTENCE = "읽고 확인하지 않은 글입니다. 코드와 함께 읽으세요"
ORDER = "이 절의 글을 읽은 뒤에 문장이 빠지거나 차례가 바뀌었습니다. 다시 읽으세요"
GONE = "글을 읽은 뒤에 이 절이 없어졌습니다. 페이지를 다시 읽으세요"
UNREADABLE = "{file}을 읽지 못했습니다. 저장소의 것으로 되돌리고 다시 실행하세요. {error}"
SHAPELESS = "페이지마다 절의 제목에서 지문으로 가는 표가 있어야 합니다."


def digests(doctree: nodes.document) -> dict[str, str]:
    """페이지의 지문. 제목이 같은 절은 하나로 본다."""
    found: dict[str, str] = {}
    for section in doctree.findall(nodes.section):
        one = " ".join(map(_digest, (_code(section), *(text for _, text in _said(section)))))
        title = _title(section)
        found[title] = f"{found[title]} {one}" if title in found else one
    return found


def unread(doctree: nodes.document, recorded: Page) -> Iterator[Alarm]:
    """기록한 뒤에 바뀐 것."""
    now = digests(doctree)
    yield from (Alarm(doctree, title, GONE) for title in recorded if title not in now)
    for section in doctree.findall(nodes.section):
        title = _title(section)
        before = recorded.get(title, "").split()
        if before == now[title].split():
            continue
        new = [Alarm(block, text, SENTENCE) for block, text in _said(section) if _digest(text) not in before]
        changed = [] if _digest(_code(section)) in before else [Alarm(section, title, CODE)]
        yield from [*changed, *new] or [Alarm(section, title, ORDER)]


def read(path: Path) -> dict[str, Page]:
    """페이지마다 기록한 것. 파일이 없으면 기록을 두지 않는 사이트이고, 비어 있다.

    Raises:
        ValueError: JSON이 아니거나, 페이지마다 절의 지문을 적은 표가 아닐 때.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except json.JSONDecodeError as error:
        raise ValueError(UNREADABLE.format(file=path.name, error=error)) from None
    pages = record.values() if isinstance(record, dict) else [record]
    if not all(isinstance(page, dict) and all(isinstance(text, str) for text in page.values()) for page in pages):
        raise ValueError(UNREADABLE.format(file=path.name, error=SHAPELESS))
    return record


def write(path: Path, record: Mapping[str, Page]) -> None:
    """한 줄에 절 하나를 적는다. 무엇을 다시 읽었는지 차이로 보인다."""
    write_if_changed(path, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _said(section: nodes.section) -> list[tuple[nodes.TextElement, str]]:
    """절의 글과 수식을 문장마다, 독자가 보는 대로. 자료에서 온 글은 다른 데서 확인한다."""
    blocks = [block for block in places.blocks(section) if _belongs(block, section) and not places.is_data(block)]
    return [(block, sentence.spelled()) for block in blocks for sentence in places.sentences(block)]


def _code(section: nodes.section) -> str:
    """절의 코드와 출력."""
    blocks = [*section.findall(nodes.literal_block), *section.findall(nodes.doctest_block)]
    return "\n".join(block.astext() for block in blocks if _belongs(block, section))


def _belongs(node: nodes.Node, section: nodes.section) -> bool:
    """안에 든 절의 것이 아니라 이 절의 것인가."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node is section


def _title(section: nodes.section) -> str:
    return section[0].astext()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
