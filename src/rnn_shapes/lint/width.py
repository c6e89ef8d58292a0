"""넓은 화면에서도 옆으로 밀어야 읽을 수 있는 코드.

화면은 글의 칸을 따라 좁으므로 코드를 적는 쪽이 맞춘다. 실제로 들어가는지는 브라우저 시험이 잰다.
"""

import re
import unicodedata
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm

LONGEST = 76
"""한 줄에 적을 수 있는 글자. 가장 좁은 자리(목록에 든 접은 상자)에 들어가는 만큼이다. 한글은 둘로 센다."""
FLAG = re.compile(r"\s*#\s*doctest:.*$")
OUTPUT = "sphx-glr-script-out"
WHAT = f"{LONGEST}자를 넘는 줄은 화면에 다 보이지 않습니다. 줄을 나누세요"


def width(line: str) -> int:
    """화면에서 차지하는 글자의 수.

    >>> width("h = 상태")
    8
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def wide_code(doctree: nodes.document) -> Iterator[Alarm]:
    """긴 줄. API 설명의 예제와, 우리가 줄을 나눌 수 없는 갤러리의 출력, 화면에서 줄이 나뉘는 메시지는 보지 않는다."""
    for block in doctree.findall(nodes.literal_block):
        if not places.inside(block, addnodes.desc) and not _is_output(block) and block.get("language") != "message":
            for line in block.astext().splitlines():
                if width(FLAG.sub("", line)) > LONGEST:
                    yield Alarm(block, line.strip(), WHAT)


def _is_output(block: nodes.Node | None) -> bool:
    while isinstance(block, nodes.Element) and OUTPUT not in block["classes"]:
        block = block.parent
    return block is not None
