"""주장이 아닌 사실: 세거나 잰 수, 옮겨 적은 기본값.

수는 주장 안에 있어야 하고, 기본값을 말하는 문장에는 주장이 있어야 한다. 우리말로 적은 수(다섯 개, 두 벌)는 흔히 세는
뜻 없이 쓰므로 막지 않고 ``lint --unclaimed``가 보여 준다.
"""

import itertools
import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from rnn_shapes.lint import places
from rnn_shapes.lint.alarm import Alarm
from rnn_shapes.lint.axes import LETTERS
from rnn_shapes.lint.numbers import DIGITS, FRACTION, QUOTED, unnamed
from rnn_shapes.lint.places import CLAIM, CODE, MATH, Sentence

HELD: tuple[str, ...] = ("reference/", "explain/", "learn/", "howto/", "index")
"""사실까지 주장으로 적는 페이지."""

NUMBER = "확인되지 않는 수입니다. {value} 역할로 적으세요"
DEFAULT = "확인되지 않는 기본값입니다. {default} 역할로 적으세요"
MARKS = f"[{CLAIM}{CODE}{MATH}]"
SYMBOLIC = re.compile(
    rf"(?<![A-Za-z0-9_.])\d+(?:[{LETTERS}]+(?![A-Za-z0-9])|(?=\([{LETTERS}] ?[-+*]))(?<![0-9]D)(?:\([^)]*\))?"
    rf"|(?<![A-Za-z0-9_])(?<!기호 )[{LETTERS}](?: ?[×*] ?[{LETTERS}])+개"
)
"""4H처럼 기호로 적은 수. 1D, 2D, 3D는 차원의 이름이다."""
EQUAL = (
    r"(?:다르|다릅|다른|달라|같|아니|아닙|아닌|되|바꾸|바뀌|바꿀|있|없|무엇|어디|정해|모두|저마다|저절로|알맞|충분|쓰)"
)
"""기본값이 무엇인지는 말하지 않는 문장의 말."""
DEFAULTS = (
    re.compile(rf"기본(?:값)?(?:\(default\))?[은이]\s*(?:{MARKS}|[“‘\"'])"),
    re.compile(
        rf"기본(?:값)?(?:\(default\))?[은이]\s+(?!{EQUAL}|[가-힣]+(?:마다|에서|이라|라고|의|을|를|로)\b)[^\s.]+"
        r"(?:입니다|이다|이고|이며|이므로|이라|고\b|\.?$)"
    ),
    re.compile(rf"기본값(?:\(default\))?(?:인|으로|:|이)?\s*(?:{CODE}|{MATH}|-?\d|True|False|None)"),
    re.compile(rf"기본으로\s*(?:{CODE}|-?\d)"),
    re.compile(rf"{CODE}\s*\(기본(?:값)?\)|{CODE}[이가]\s*기본(?:값)?(?:입니다|이다|이고|이며)"),
)


def bare_numbers(text: str) -> Iterator[str]:
    """세거나 잰 수. 버전과 날짜, 그림이나 장의 번호, 이름에 든 수는 사실이 아니다.

    >>> list(bare_numbers("가중치는 26개이고 4분의 3이며 4H입니다."))
    ['4분의 3', '4H', '26']
    >>> list(bare_numbers("Keras 3은 2024년의 것이고, float32와 1번 그림, S1은 이름입니다."))
    []
    >>> list(bare_numbers("『딥러닝 2』에서는 다르고 딥러닝 2에서는 같습니다."))
    ['2']
    """
    text = QUOTED.sub("", text)
    for pattern in (FRACTION, SYMBOLIC):
        yield from (match.group() for match in pattern.finditer(text))
        text = pattern.sub("", text)
    yield from (match.group() for match in DIGITS.finditer(unnamed(text)))


def bare_defaults(text: str) -> Iterator[str]:
    """옮겨 적은 기본값. 문장에 주장이 있으면 그것이 확인한다.

    >>> list(bare_defaults("기본은 concat입니다."))
    ['기본은 concat입니다']
    >>> list(bare_defaults("기본값이 아닌 것만 적습니다."))
    []
    """
    if CLAIM not in text:
        for pattern in DEFAULTS:
            if match := pattern.search(text):
                yield re.sub(MARKS, "", match.group()).strip(" .")
                return


def bare_facts(docname: str, doctree: nodes.document) -> Iterator[Alarm]:
    """페이지의 글에서 주장이 아닌 사실을 찾는다.

    자료에서 온 표와 API 설명, 코드와 수식은 따로 확인된다. 물음과 용어의 뜻매김은 사실을 말하지 않는다.
    """
    if not docname.startswith(HELD):
        return
    for sentence in prose_sentences(doctree):
        if sentence.text.endswith("까요?") or _defines(sentence):
            continue
        measured = measured_numbers(sentence)
        for number in bare_numbers(sentence.text):
            if number not in measured:
                yield Alarm(sentence.block, _word(number, sentence.text), NUMBER)
        for default in bare_defaults(sentence.text):
            yield Alarm(sentence.block, default, DEFAULT)


def measured_numbers(sentence: Sentence) -> set[str]:
    """같은 문장의 주장이 재는 식이나 적은 글에 있는 수. 0이 아닌지 재는 주장이 있으면 문장의 0도 확인된 것이다."""
    claims = filter(places.is_claim, sentence.inlines)
    text = "\n".join(f"{places.expressions(claim)}\n{claim.astext()}" for claim in claims)
    return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text))


def _defines(sentence: Sentence) -> bool:
    """용어집의 뜻매김인가. 영어 이름 다음의 첫 문장이 그렇다. 그 다음 문장부터는 사실이다."""
    if not places.inside(sentence.block, addnodes.glossary):
        return False
    return sentence.text in [first.text for first in itertools.islice(places.sentences(sentence.block), 2)]


def _word(number: str, text: str) -> str:
    """수가 든 낱말. 수 하나로는 어디를 고칠지 알 수 없다."""
    inside = rf"[^\s{CLAIM}{CODE}{MATH}(]*"
    found = re.search(rf"{inside}(?<![\d.]){re.escape(number)}(?![A-Za-z]|\.?\d){inside}", text)
    return found.group().rstrip(".,)") if found else number


def prose_sentences(doctree: nodes.document) -> Iterator[Sentence]:
    """사람이 적은 글의 문장."""
    for block in places.blocks(doctree):
        if not isinstance(block, nodes.math_block | nodes.reference) and not places.is_data(block):
            yield from places.sentences(block)
