"""오류를 보여 주는 예제 바로 앞의 문장이 오류를 말하는지, 오류가 난다고 말한 다음에 오류가 나는지 본다."""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.denials import DENIAL

UNANNOUNCED = "다음 예제는 오류를 냅니다. 바로 앞의 문장도 오류라고 말해야 합니다"
UNRAISED = "다음 예제는 오류를 내지 않습니다. 바로 앞의 문장을 고치거나 오류가 나는 예제를 보이세요"
RAISES = re.compile(r"오류가 (?:납니다|나므로|나지만|났습니다|났는데|나는데)")
CATCHES = re.compile(r"\bexcept\b[^\n]*\bas (\w+):\n\s+message = str\(\1\)")
"""오류의 글을 꺼내 두는 코드. 독자는 그 오류를 곧 읽는다."""
CAUGHT = re.compile(r"Traceback|\bexcept\b|Error\b|오류")
ERROR = re.compile(r"오류|예외|거절|메시지|보고|만들어 봅니다|적어 봅니다")


def unannounced_errors(doctree: nodes.document) -> Iterator[Alarm]:
    """오류가 없다거나 경고라고 말한 다음에 보이는 오류."""
    for block in doctree.findall(nodes.literal_block):
        before = block.parent[block.parent.index(block) - 1]
        if block.get("testnodetype") not in {"doctest", "testcode"} or not isinstance(before, nodes.paragraph):
            continue
        *_, sentence = places.sentences(before)
        last = sentence.spelled()
        if "Traceback" in block.astext():
            if not _says_error(sentence):
                yield Alarm(before, last, UNANNOUNCED)
        elif CATCHES.search(block.astext()):
            if not any(map(_says_error, places.sentences(before))):
                yield Alarm(before, last, UNANNOUNCED)
        elif RAISES.search(last) and not CAUGHT.search(block.astext()):
            yield Alarm(before, last, UNRAISED)


def _says_error(sentence: places.Sentence) -> bool:
    """오류를 말하고, 그 말을 부정하지 않는 문장인가."""
    text = sentence.spelled()
    *_, after = ERROR.split(text)
    return after != text and not DENIAL.search(after)
