"""주장이 문장의 주어를 재는지 본다. 형태가 맞아도 다른 값의 형태이면 문장은 거짓이다.

주어를 확실히 알 때만 말한다: 주어가 주장 바로 앞에 있고, 주장 바로 다음에서 문장이 끝나거나 이어질 때다.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

from rnn_shapes.lint import places, source
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import CLAIM, CODE, Sentence

VOCABULARY = {
    "출력": r"outputs?|logits|\w+_outputs?",
    "입력": r"inputs?|ids|x|\w+_(?:inputs?|ids)",
    "은닉 상태": r"h|\w+_h|h_\w+",
    "셀 상태": r"c|\w+_c|c_\w+",
    "마스크": r"masks?|\w+_mask",
    "편향": r"\w*bias|b|b_\w",
}
"""글의 낱말과, 그 값을 담는 이름. 다른 낱말의 이름을 재는 주장은 다른 값의 주장이다."""
WEIGHTS = re.compile(r"(?:recurrent_)?kernel|embeddings|gamma|beta")
"""어느 낱말의 값도 아닌 이름."""
PARTICLE = r"(?:\(\w[\w ]*\))?(?:의 형태\(?\w*\)?)?[은는이가도]"
WORDS = "|".join(VOCABULARY)
SUBJECT = re.compile(rf"(?:^|[\s,:])(?P<word>{WORDS}){PARTICLE}\s*$")
NAMED = re.compile(rf"{CODE}(?:의 형태)?(?:[은는이가도와과]|보다)\s*$")
COPULA = re.compile(r"(?:입니다|이다|다[.,\s]|이고|이며|고\b|였|예요|이에요|[.,:]|\s*$|와|과)")
BORROWED = re.compile(r"의\s*$")
"""‘디코더의 입력’은 다른 것의 출력일 수 있다."""


@dataclass(frozen=True)
class Measured:
    """주장이 잰 것."""

    root: str
    """식이 뿌리를 둔 이름. 계산한 것이면 비었다."""
    names: frozenset[str]
    """식에 나오는 모든 이름."""
    last: str
    """식이 속성이면 그 이름(``cell.kernel``의 ``kernel``)."""


def measured(expression: str) -> Measured:
    """식이 무엇을 재는지 읽는다.

    >>> measured("states[0].h").root, measured("cell.kernel").last, measured("f(x)").root
    ('states', 'kernel', '')
    """
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return Measured("", frozenset(), "")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    last = tree.attr if isinstance(tree, ast.Attribute) else ""
    while isinstance(tree, ast.Attribute | ast.Subscript):
        tree = tree.value
    return Measured(tree.id if isinstance(tree, ast.Name) else "", frozenset(names), last)


def other_values(doctree: nodes.document) -> Iterator[Alarm]:
    """문장의 주어가 아닌 값을 재는 주장."""
    known = _known_names(doctree)
    for block in places.blocks(doctree):
        row = _row_subject(block)
        for sentence in places.sentences(block):
            yield from _in_sentence(sentence, row, known)


def _in_sentence(sentence: Sentence, row: str, known: set[str]) -> Iterator[Alarm]:
    marks = [match.start() for match in re.finditer(f"[{places.CLAIM}{places.CODE}{places.MATH}]", sentence.text)]
    for number, (place, node) in enumerate(zip(marks, sentence.inlines, strict=True)):
        expression = places.expressions(node) if sentence.text[place] == CLAIM else ""
        if not expression or not COPULA.match(sentence.text[place + 1 :]):
            continue
        before = sentence.text[:place]
        is_shape = bool(places.expression(node))
        if is_shape and (match := SUBJECT.search(before)) and not BORROWED.search(before[: match.start("word")]):
            yield from _other_word(node, match["word"], expression)
        elif is_shape and not before.strip() and row in VOCABULARY:
            yield from _other_word(node, row, expression)
        elif NAMED.search(before) and number:
            yield from _other_name(node, sentence.inlines[number - 1].astext(), expression, known)


def _other_word(node: nodes.Node, word: str, expression: str) -> Iterator[Alarm]:
    found = measured(expression)
    name = found.last or found.root
    families = {other for other, names in VOCABULARY.items() if name and re.fullmatch(names, name)}
    if word not in families and (families or WEIGHTS.fullmatch(name)):
        what = f"주어는 ‘{word}’인데 주장의 식은 {name}입니다. 문장이 말하는 값을 적으세요"
        yield Alarm(node, expression, what)


def _other_name(node: nodes.Node, name: str, expression: str, known: set[str]) -> Iterator[Alarm]:
    if name in known and name not in measured(expression).names:
        yield Alarm(node, expression, f"주어는 {name}인데 주장의 식에 그 이름이 없습니다. 문장이 말하는 값을 적으세요")


def _row_subject(block: nodes.TextElement) -> str:
    """표의 칸이면 그 줄의 첫 칸에 적힌 말."""
    entry = block.parent
    if not isinstance(entry, nodes.entry) or entry.parent.index(entry) == 0:
        return ""
    return re.sub(r"\(.*?\)", "", entry.parent[0].astext()).strip()


def _known_names(doctree: nodes.document) -> set[str]:
    """페이지의 코드가 만든 이름과, 주장이 잰 속성. 이것만 식에 나와야 한다고 말할 수 있다."""
    known = set()
    for block in doctree.findall(nodes.Element):
        if block.get("testnodetype") in {"doctest", "testcode"}:
            known |= _assigned(block.get("test", block.astext()), block["testnodetype"])
    for claim in doctree.findall(places.is_claim):
        known.add(measured(places.expression(claim)).last)
    return known - {""}


def _assigned(code: str, kind: str) -> set[str]:
    try:
        if kind == "doctest":
            code = "".join(example.source for example in source.examples(code))
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
