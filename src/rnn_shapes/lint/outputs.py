"""예제의 출력: 무엇이든 맞는 출력, 비교하지 않는 출력, 실행하지 않고 옮겨 적은 출력."""

import re
from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint import source
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import inside
from rnn_shapes.lint.shapes import bare_shapes

WORD = re.compile(r"[A-Za-z가-힣]{3,}")
WRAPPER = re.compile(r"Exception encountered when calling [\w.]+\(\)\.?|Arguments received by[^\n]*")
"""Keras가 어느 예외에나 붙이는 말. 이것만 남으면 아무 예외나 맞는다."""
LEFT_OF_OUTPUT, LEFT_OF_EXCEPTION = 3, 2
"""줄인 출력에 남아야 하는 낱말의 수. 값은 한두 글자만 남아도 다른 값과 맞고, 예외의 글은 문장이다."""
NOT_OUTPUT = {"markdown", "md", "toml", "html", "css", "js", "javascript", "rst", "yaml", "json", "bibtex", "message"}
CLAIMED = re.compile(r"\{(?:shape|value|default)\}`[^`]*`")


def says_nothing(want: str, *, exception: bool) -> bool:
    """``...``로 줄이고 남은 글이 다른 출력과도 맞는가.

    >>> [says_nothing(want, exception=False) for want in ("Tr...", "(5, ...)", "(5, 7)")]
    [True, True, False]
    >>> says_nothing("...list index out of range...", exception=True)
    False
    """
    if "..." not in want:
        return False
    left = WORD.findall(WRAPPER.sub("", want).replace("...", " "))
    return len(left) < (LEFT_OF_EXCEPTION if exception else LEFT_OF_OUTPUT)


def shortened(block: nodes.Element, code: str) -> Iterator[tuple[str, bool]]:
    """``block``이 기대하는 출력과, 그것이 예외의 글인지."""
    if block["testnodetype"] == "testoutput":
        yield code, False
    elif block["testnodetype"] == "doctest":
        for example in source.examples(code):
            if example.exc_msg:
                yield example.exc_msg.partition(":")[2] or example.exc_msg, True
            else:
                yield example.want, False


def unchecked_outputs(doctree: nodes.document) -> Iterator[Alarm]:
    """바로 앞의 코드와 짝이 아닌 ``testoutput``과, 출력을 비교하지 않는 ``testcode``. Sphinx는 둘 다 지나친다."""
    blocks = [block for block in doctree.findall(nodes.Element) if block.get("testnodetype")]
    kinds = [block["testnodetype"] for block in blocks]
    for block, before, after in zip(blocks, ["", *kinds], [*kinds[1:], ""], strict=False):
        code = block.get("test", block.astext())
        if block["testnodetype"] == "testoutput" and before != "testcode":
            yield Alarm(block, block.astext(), "비교하지 않는 출력입니다. 코드 바로 다음에, 하나만 적으세요")
        elif block["testnodetype"] == "testcode" and after != "testoutput" and source.prints(code):
            first = code.strip().partition("\n")[0]
            yield Alarm(block, first, "찍기만 하고 비교하지 않는 코드입니다. {testoutput}을 바로 다음에 적으세요")


def pasted_outputs(block: nodes.Element) -> Iterator[Alarm]:
    """실행하지 않는 글 상자에 옮겨 적은 형태.

    대괄호에 적은 기호는 다른 글의 적는 법을 보일 때 쓴다. 이 사이트의 형태가 아니므로 형태로 읽히지 않는다.
    """
    text = block.astext()
    if block.get("language", "").lower() in NOT_OUTPUT or text.startswith("```{rnn-figure}"):
        return
    for shape in bare_shapes(CLAIMED.sub("", text)):
        if not shape.startswith("[") or re.search(r"\d", shape):
            yield Alarm(block, shape, "실행하지 않은 출력에 적힌 형태입니다. {doctest}로 실행하거나 빼세요")


def texts_in_code(code: str, *, drawn: bool = False) -> Iterator[tuple[int, str]]:
    """실행하는 코드에 적힌 형태와 그 줄. 주석과 문자열의 형태는 확인되지 않는다."""
    for line, text in source.unexecuted_texts(code, drawn=drawn):
        yield from ((line, shape) for shape in bare_shapes(text))


IN_CODE = "코드의 주석과 문자열에 적힌 형태는 확인할 수 없습니다. assert나 예제의 출력으로 적으세요"


def shapes_in_code(block: nodes.Element, code: str) -> Iterator[Alarm]:
    """페이지에서 실행하는 코드의 주석과 문자열에 적힌 형태."""
    if block["testnodetype"] == "testoutput":
        return
    if block["testnodetype"] == "doctest":
        code = "".join(example.source for example in source.examples(code))
    for _, shape in texts_in_code(code):
        yield Alarm(block, shape, IN_CODE)


def documented_shapes(description: nodes.Element) -> Iterator[Alarm]:
    """API 설명(docstring)의 글에 적힌 형태. 같은 설명의 예제에 나오면 시험이 실행해서 확인한 것이다."""
    name = next((label["ids"][0] for label in description.parent.findall(addnodes.desc_signature) if label["ids"]), "")
    run = "".join(block.astext() for block in description.findall(nodes.doctest_block))
    for text in _documentation(description):
        for shape in bare_shapes(text):
            if shape not in run:
                what = f"{name}의 설명에 적힌 형태가 예제에 없습니다. 같은 설명의 예제(>>>)로 보이세요"
                yield Alarm(description, shape, what)


def _documentation(description: nodes.Element) -> Sequence[str]:
    return [
        block.astext()
        for block in description.findall(nodes.TextElement)
        if not isinstance(block.parent, nodes.TextElement) and not inside(block.parent, nodes.literal_block)
        if not isinstance(block, nodes.literal_block | nodes.doctest_block | nodes.FixedTextElement)
    ]
