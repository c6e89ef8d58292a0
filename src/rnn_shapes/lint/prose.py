"""페이지의 글에서 확인되지 않는 형태와 쓰지 않기로 한 말, 빠진 대체 글을 찾는다."""

from collections.abc import Callable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.glossary import Term
from rnn_shapes.lint import brackets, outputs, places, shapes
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.words import banned_words, wrong_glosses

BARE = "확인되지 않는 형태입니다. {shape} 역할로 적으세요"
IN_CODE = "확인되지 않는 형태입니다. 코드 글꼴 대신 {shape} 역할로 적으세요"
IN_MATH = "수식에 적힌 형태는 확인할 수 없습니다. 수식 밖에서 {shape} 역할로 적으세요"
IN_ALTERNATIVE = "대체 글의 형태는 확인할 수 없습니다. 말로 풀어 적으세요"
NO_ALTERNATIVE = "대체 글(alt)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요"
IN_ATTRIBUTE = "역할을 쓸 수 없는 자리의 형태는 확인할 수 없습니다. 말로 풀어 적으세요"
IN_ROW = "한 칸에 축을 하나씩 적은 형태는 확인할 수 없습니다. 한 칸에 {shape} 역할로 적으세요"
INVISIBLE = "보이지 않는 글자가 끼었습니다. 지우세요"


def bare(doctree: nodes.document) -> Iterator[Alarm]:
    """글에 적힌 형태."""
    for block in places.blocks(doctree):
        if not isinstance(block, nodes.math_block):
            for shape in shapes.bare_shapes(places.prose(block)):
                yield Alarm(block, shape, BARE)


def in_code(doctree: nodes.document) -> Iterator[Alarm]:
    """코드 글꼴로 적은 형태."""
    for block in places.blocks(doctree):
        if places.is_data(block):
            continue  # 잰 코드다
        for sentence in places.sentences(block):
            for node in sentence.inlines:
                if isinstance(node, nodes.literal) and not places.is_claim(node):
                    for shape in shapes.code_shapes(node.astext(), sentence.text):
                        yield Alarm(node, shape, IN_CODE)


def in_math(doctree: nodes.document) -> Iterator[Alarm]:
    """수식으로 적은 형태."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        for shape in shapes.math_shapes(node.astext()):
            yield Alarm(node, shape, IN_MATH)


def in_rows(doctree: nodes.document) -> Iterator[Alarm]:
    """한 칸에 축을 하나씩 적은 표의 줄."""
    for row in doctree.findall(nodes.row):
        if shape := shapes.row_shape([cell.astext() for cell in row.findall(nodes.entry)]):
            yield Alarm(row, shape, IN_ROW)


def in_alternatives(doctree: nodes.document) -> Iterator[Alarm]:
    """대체 글. 없으면 그것도 문제다."""
    for node, text in places.alternatives(doctree):
        if not text:
            yield Alarm(node, node["uri"], NO_ALTERNATIVE)
        for shape in shapes.bare_shapes(text):
            yield Alarm(node, shape, IN_ALTERNATIVE)


def in_attributes(doctree: nodes.document) -> Iterator[Alarm]:
    """역할을 쓸 수 없는 자리와 날 HTML의 글."""
    for node, text in [*places.attributes(doctree), *places.raw_texts(doctree)]:
        for shape in shapes.bare_shapes(text):
            yield Alarm(node, shape, IN_ATTRIBUTE)


def in_documentation(doctree: nodes.document) -> Iterator[Alarm]:
    """API 설명의 글."""
    for description in doctree.findall(addnodes.desc_content):
        yield from outputs.documented_shapes(description)


def hidden_letters(doctree: nodes.document) -> Iterator[Alarm]:
    """보이지 않는 글자. 형태 사이에 끼우면 형태로 보이지 않는다."""
    for block in places.blocks(doctree):
        for word in brackets.invisible(block.astext()):
            yield Alarm(block, word, INVISIBLE)


CHECKS: tuple[Callable[[nodes.document], Iterator[Alarm]], ...] = (
    bare,
    in_code,
    in_math,
    in_rows,
    in_alternatives,
    in_attributes,
    in_documentation,
    hidden_letters,
)
"""페이지 하나를 보고 문제를 내놓는 것."""


def unwanted_words(doctree: nodes.document, terms: Sequence[Term]) -> Iterator[Alarm]:
    """쓰지 않기로 한 말."""
    for block in places.blocks(doctree):
        if isinstance(block, nodes.math_block) or places.is_data(block):
            continue
        for word, term in banned_words(places.prose(block), terms):
            what = f"쓰지 않기로 한 말입니다(대신 쓸 말은 ‘{term.korean}’). 바꾸거나 따옴표로 감싸세요"
            yield Alarm(block, word, what)
        for gloss, term in wrong_glosses(block.astext(), terms):
            yield Alarm(block, gloss, f"용어집의 원어와 다릅니다. ‘{term.korean}’의 원어는 {term.english}입니다")
