"""주장 바로 뒤에서 부정하는 말. 주장은 맞아도 문장은 거꾸로 말하게 된다.

‘다섯 개입니다’를 ‘다섯 개가 아닙니다’로 고쳐도 주장은 그대로다. 그래서 부정하는 말은 주장 안에 넣는다.
"""

import re
from collections.abc import Iterator

from docutils import nodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.places import CLAIM, CODE

DENIED = "주장 바로 뒤의 말이 주장을 부정합니다. 부정하는 말까지 주장에 넣으세요"
AFTER = re.compile(f"{CLAIM}([^{CLAIM}{CODE},.:;()]*)")
DENIAL = re.compile(r"[가-힣]*(?:않|없|못[ 하합한해]|아니|아닙|아닌|모르|모릅)[가-힣]*")


def denied_claims(doctree: nodes.document) -> Iterator[Alarm]:
    """부정되는 주장."""
    for block in places.blocks(doctree):
        for sentence in places.sentences(block):
            found = {denial.group() for after in _after(sentence.text) for denial in DENIAL.finditer(after)}
            for denial in sorted(found):
                yield Alarm(block, denial, DENIED)


def _after(text: str) -> Iterator[str]:
    """주장마다 그 뒤의 마디와, 마지막 주장 뒤의 글."""
    yield from (match[1] for match in AFTER.finditer(text))
    if CLAIM in text:
        yield text.rpartition(CLAIM)[2]
