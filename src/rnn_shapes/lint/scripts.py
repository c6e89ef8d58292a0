"""갤러리 스크립트: 코드의 주석과 그래프의 글, 그리고 코드가 뒷받침하지 않는 글.

스크립트의 글에는 역할을 쓸 수 없다. 내려받은 노트북에 글자 그대로 남기 때문이다. 그래서 글에 적은 수와 이름이 같은
스크립트의 코드에 나오는지 본다.
"""

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sphinx_gallery.py_source_parser import split_code_and_text_blocks  # type: ignore[import-untyped]  # 타입이 없는 패키지다

from rnn_shapes import sentences
from rnn_shapes.lint.alarm import FileAlarm
from rnn_shapes.lint.numbers import digits, words
from rnn_shapes.lint.outputs import IN_CODE, texts_in_code

LITERAL = re.compile(r"``([^`]+)``|(?<!`)`([^`]+)`(?!`)")
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
MATH = re.compile(r":math:`[^`]*`|:\w+:`[^`]*`")
BARE = "스크립트의 글에 적힌 형태는 확인할 수 없습니다. 코드에 assert로 적고 글에서는 빼세요"
NUMBER = "코드에 없는 수입니다. 그 수를 assert나 print로 확인하는 코드를 가까이 두거나 글에서 빼세요"
ABSENT = f"{sentences.FILE}에 적은 문장이 스크립트의 글에 없습니다. 한쪽을 고쳤으면 다른 쪽도 맞추세요"
NAME = "코드에 없는 이름입니다. 스크립트에서 쓰는 이름을 적으세요"


@dataclass(frozen=True)
class Stated:
    """코드 한 토막이 말하는 것."""

    numbers: frozenset[float]
    """적힌 수와, 적힌 묶음의 길이."""
    asserted: frozenset[float]
    """그 가운데 assert가 확인하는 것."""
    names: frozenset[str]


@dataclass(frozen=True)
class Part:
    """스크립트의 한 토막: 글이나 코드."""

    kind: str
    text: str
    line: int


def parts(path: Path) -> list[Part]:
    """스크립트를 글과 코드로 나눈다."""
    _, split = split_code_and_text_blocks(str(path))
    return [Part(block.type, block.content, block.lineno) for block in split]


@lru_cache(maxsize=64)
def stated(code: str) -> Stated:
    """코드에 적힌 수와 이름.

    >>> sorted(stated("a, b, c = f(units=7)").numbers)
    [3, 7]
    """
    names = set(IDENTIFIER.findall(code))
    names |= {part for name in names for part in name.split("_")}  # 글의 h는 코드의 f_h다
    tree = ast.parse(code)
    names |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    zero = {0.0} if any(part.startswith("zero") for part in names) else set()
    asserted = {number for node in ast.walk(tree) if isinstance(node, ast.Assert) for number in _numbers(node)}
    return Stated(frozenset(_numbers(tree)) | zero, frozenset(asserted), frozenset(names))


def _numbers(tree: ast.AST) -> Iterator[float]:
    """확인하거나 찍거나 정한 수와, 묶음의 길이.

    자리(``x[0]``, ``length - 1``)와 그림의 설정에 적힌 수는 우연히 같은 것이다.
    """
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Subscript():
                yield from _numbers(node.value)
                continue
            case ast.keyword() if node.arg in SETTINGS:
                continue
            case ast.Call() if PLOTTING.search(ast.unparse(node.func)):
                continue
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                yield value
            case ast.List() | ast.Tuple(ctx=ast.Store()):
                yield len(node.elts)
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
                yield from _numbers(node.left)
                continue
        yield from _numbers(node)


SETTINGS = {"axis", "atol", "rtol", "keepdims", "seed"}
PLOTTING = re.compile(r"^(?:plt|axes|figure|lines|heat|curve|panels|image)\b|set_random_seed")


def code_problems(path: Path) -> Iterator[FileAlarm]:
    """코드의 주석과 설명, 그래프의 제목과 이름표, 대체 글에 적힌 형태."""
    for part in parts(path):
        if part.kind == "code":
            for line, shape in texts_in_code(part.text, drawn=True):
                yield FileAlarm(part.line + line - 1, shape, IN_CODE)


def prose_problems(path: Path) -> Iterator[FileAlarm]:
    """코드가 뒷받침하지 않는 수와 이름."""
    whole = parts(path)
    everything = stated("\n".join(part.text for part in whole if part.kind == "code"))
    for place, part in enumerate(whole):
        if part.kind != "text":
            continue
        near = _near(whole, place)
        for text, number, ordinal in [*digits(_prose(part.text)), *words(_prose(part.text))]:
            if number not in near and not (ordinal and number - 1 in near):
                yield FileAlarm(_line(part, text), text, NUMBER)
        for literal in LITERAL.finditer(MATH.sub("", part.text)):
            code = literal[1] or literal[2]
            if not set(IDENTIFIER.findall(code)) <= everything.names and code not in everything.names:
                yield FileAlarm(_line(part, code), code, NAME)


def absent_sentences(path: Path) -> Iterator[FileAlarm]:
    """확인하는 문장인데 스크립트의 글에 그대로 있지 않은 것. 비슷한 문장이 있으면 그 자리를 말한다."""
    text = [part for part in parts(path) if part.kind == "text"]
    for sentence in sentences.absent(sentences.read(path.with_name(sentences.FILE)).get(path.stem, ()), path):
        paragraphs = [(part, " ".join(one.split())) for part in text for one in re.split(r"\n\s*\n", part.text)]
        written = {one: part for part, whole in paragraphs for one in re.split(r"(?<=[.?!])\s+", whole)}
        like = difflib.get_close_matches(sentence.said, written, 1)
        yield FileAlarm(_line(written[like[0]], like[0][:12]) if like else 1, sentence.said, ABSENT)


def _near(whole: list[Part], place: int) -> frozenset[float]:
    """글의 앞뒤 코드와, 크기를 정하는 첫 코드에 적힌 수. 먼 코드의 수는 우연히 같은 것이다.

    0만은 채우거나 비운 자리의 이름처럼 스크립트 어디에서나 쓰므로, 어느 assert에든 있으면 된다.
    """
    codes = [number for number, part in enumerate(whole) if part.kind == "code"]
    before, after = [number for number in codes if number < place], [number for number in codes if number > place]
    near = {*codes[:1], *before[-1:], *after[:1]}
    numbers = [stated(whole[number].text).numbers for number in near]
    zero = any(0 in stated(whole[number].text).asserted for number in codes)
    return frozenset().union(*numbers, {0} if zero else ())


def _prose(text: str) -> str:
    return LITERAL.sub("□", MATH.sub("□", text))


def _line(part: Part, text: str) -> int:
    found = part.text.find(text)
    return part.line + part.text.count("\n", 0, max(found, 0))
