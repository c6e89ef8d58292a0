"""코드 블록: 실행되지 않거나, 보이지 않거나, 건너뛰거나, 무엇이든 맞는 것."""

import doctest
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint import outputs
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import inside

RECORDED = ("tests/addons/", "tests/deploying/")
"""다른 환경에서 실행해 그 결과를 기록한 코드가 있는 곳. 기록이 그 코드의 것인지는 시험이 본다."""
PYTHON = {"python", "python3", "py", "py3", "pycon", "pycon3", "pytb", "ipython", "ipython3", "default"}

IMPORTS_OVER = re.compile(r"(?m)^\s*(?:(?:>>>|\.\.\.) )?(?:from|import) tensorflow\.keras\b")
"""``tensorflow.keras``를 모듈로 들여오면 한 프로세스에서 나중에 실행하는 페이지의 ``tf.keras``도 그 모듈이 된다. 이름과
오류 메시지가 달라져서, 페이지를 실행한 차례에 따라 예제가 실패한다."""


@dataclass(frozen=True)
class Block:
    """코드 블록 하나."""

    node: nodes.Element
    code: str

    @property
    def tested(self) -> bool:
        """``{doctest}``나 ``{testcode}``, ``{testoutput}``인가."""
        return "testnodetype" in self.node

    def option(self, flag: int, name: str) -> bool:
        """Doctest의 옵션이 블록이나 그 안의 예제에 켜져 있는가."""
        return flag in self.node.get("options", ()) or name in self.code


def _not_run(block: Block) -> str:
    if block.tested or isinstance(block.node, nodes.comment) or inside(block.node, addnodes.desc):
        return ""
    source = Path(block.node.get("source", "")).as_posix()
    if any(folder in source for folder in RECORDED):
        return ""
    python = block.node.get("language", "default").lower() in PYTHON or ">>> " in block.code
    return "실행되지 않는 파이썬 코드입니다. {doctest}나 {testcode}로 적으세요" if python else ""


def _hidden(block: Block) -> str:
    hidden = block.tested and isinstance(block.node, nodes.comment)
    return "독자에게 보이지 않는 코드입니다. 보이게 적으세요" if hidden else ""


def _grouped(block: Block) -> str:
    grouped = block.tested and block.node["groups"] != ["default"]
    return "따로 묶은 코드입니다. 주장은 기본 묶음의 이름만 보므로 묶음 이름을 빼세요" if grouped else ""


def _skipped(block: Block) -> str:
    skipped = block.tested and ("skipif" in block.node or block.option(doctest.SKIP, "+SKIP"))
    return "건너뛰는 코드입니다. 이 사이트에는 예외가 없습니다" if skipped else ""


def _any_exception(block: Block) -> str:
    ignored = block.tested and block.option(doctest.IGNORE_EXCEPTION_DETAIL, "IGNORE_EXCEPTION_DETAIL")
    return "예외의 글을 보지 않는 코드입니다. 바뀔 수 있는 부분만 ...로 줄이세요" if ignored else ""


def _unreadable(block: Block) -> str:
    if block.node.get("testnodetype") != "doctest":
        return ""
    try:
        pieces = doctest.DocTestParser().parse(block.code)
    except ValueError as error:
        return f"읽을 수 없는 예제입니다({error})"
    texts = [piece for piece in pieces if isinstance(piece, str) and piece.strip()]
    if texts or not any(isinstance(piece, doctest.Example) for piece in pieces):
        return "실행되지 않는 글이 섞인 예제입니다. >>>가 없는 줄과 빈 줄 다음의 출력을 없애세요"
    return ""


def _any_output(block: Block) -> str:
    if block.tested and not _unreadable(block):
        for want, exception in outputs.shortened(block.node, block.code):
            if outputs.says_nothing(want, exception=exception):
                return "무엇이든 맞는 출력(...)입니다. 확인할 글자를 남기세요"
    return ""


def _imports_over(block: Block) -> str:
    imported = block.tested and IMPORTS_OVER.search(block.code)
    return "다음 페이지의 tf.keras까지 바꾸는 import입니다. tf.keras.layers나 keras에서 꺼내 쓰세요" if imported else ""


CHECKS: tuple[Callable[[Block], str], ...] = (
    _not_run,
    _hidden,
    _grouped,
    _skipped,
    _any_exception,
    _unreadable,
    _any_output,
    _imports_over,
)
"""블록 하나를 보고, 잘못이 있으면 그 설명을 돌려주는 것."""


def block_problems(doctree: nodes.document, *, runs_elsewhere: bool) -> Iterator[Alarm]:
    """코드 블록의 문제.

    Args:
        doctree: 살필 페이지.
        runs_elsewhere: 코드를 sphinx-gallery가 실행하는 페이지이면 참. 그 코드는 스크립트에서 살핀다.
    """
    for node in doctree.findall(nodes.Element):
        if not isinstance(node, nodes.literal_block | nodes.comment | nodes.doctest_block):
            continue
        # sphinx-gallery가 실행한 코드는 대문자로 시작하는 Python이라고 적혀 있다.
        if runs_elsewhere and node.get("language") in {"Python", "none"}:
            continue
        yield from _problems(Block(node, node.get("test", node.astext())))
    yield from outputs.unchecked_outputs(doctree)


def _problems(block: Block) -> Iterator[Alarm]:
    first = block.code.strip().partition("\n")[0]
    yield from (Alarm(block.node, first, what) for check in CHECKS if (what := check(block)))
    if not block.tested:
        if not isinstance(block.node, nodes.comment) and not inside(block.node, addnodes.desc):
            yield from outputs.pasted_outputs(block.node)
    elif not _unreadable(block):
        yield from outputs.shapes_in_code(block.node, block.code)
