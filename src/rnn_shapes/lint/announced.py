"""오류를 보여 주는 예제 바로 앞의 문장이 오류를 말하는지 본다."""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.denials import DENIAL

UNANNOUNCED = "다음 예제는 오류를 냅니다. 바로 앞의 문장도 오류라고 말해야 합니다"
ERROR = re.compile(r"오류|예외|거절|메시지|보고|만들어 봅니다|적어 봅니다")


def unannounced_errors(doctree: nodes.document) -> Iterator[Alarm]:
    """오류가 없다거나 경고라고 말한 다음에 보이는 오류."""
    for block in doctree.findall(nodes.literal_block):
        before = block.parent[block.parent.index(block) - 1]
        if "Traceback" not in block.astext() or block.get("testnodetype") != "doctest":
            continue
        if isinstance(before, nodes.paragraph):
            *_, last = (sentence.spelled() for sentence in places.sentences(before))
            *_, after = ERROR.split(last)
            if after == last or DENIAL.search(after):
                yield Alarm(before, last, UNANNOUNCED)
