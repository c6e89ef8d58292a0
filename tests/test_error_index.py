"""오류 메시지의 색인: 항목마다 그 메시지가 정말 나는지, 설치된 Keras의 메시지가 빠짐없이 있는지."""

import ast
import re
import tomllib
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from indexed import SECTIONS, read_sections
from support import ROOT

from rnn_shapes.pages.message import regex

NOT_RAISED = "errors-not-raised"
"""어떤 코드로도 나지 않는 메시지를 모은 절."""
KERAS = Path(find_spec("keras").origin).parent / "src"
RAISED = sorted(path for path in (KERAS / "layers/rnn").glob("*.py") if not path.name.endswith("_test.py"))
AROUND = [
    KERAS / name
    for name in (
        "layers/attention/additive_attention.py",
        "layers/attention/attention.py",
        "layers/attention/multi_head_attention.py",
        "layers/core/embedding.py",
        "layers/core/masking.py",
        "layers/core/wrapper.py",
        "layers/input_spec.py",
        "losses/loss.py",
    )
]
PATTERNS = [regex(message) for section in SECTIONS for message in section.messages]


def unmatched(section):
    """절의 예제가 내지 않는 메시지. 예제의 출력은 페이지를 확인할 때 실제의 오류와 비교된다."""
    return [text for text in section.messages if not any(map(regex(text).search, section.tracebacks))]


def text_of(node):
    """예외에 적은 글. 달라지는 곳은 ⟨⟩이다."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(text_of, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return text_of(node.left) + text_of(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return re.sub(r"\{\}", "⟨⟩", text_of(node.func.value))
    return "⟨⟩"


def messages_in(source):
    """소스의 raise마다 그 줄과 글. 글이 없는 예외와, 다른 함수가 만든 예외는 뺀다."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            text = " ".join(text_of(node.exc.args[0]).split())
            if text != "⟨⟩":
                yield node.lineno, text


def left_out():
    """색인에 넣지 않기로 한 메시지의 앞부분."""
    entries = tomllib.loads((ROOT / "tests/unindexed_errors.toml").read_text(encoding="utf-8"))["message"]
    assert all(entry["reason"].strip() for entry in entries)
    return [entry["text"] for entry in entries]


def unindexed(source):
    """색인에도, 넣지 않기로 한 목록에도 없는 메시지."""
    exempt = tuple(left_out())
    return [
        f"{line}: {text}"
        for line, text in messages_in(source)
        if not text.startswith(exempt) and not any(pattern.fullmatch(text) for pattern in PATTERNS)
    ]


def test_every_message_is_raised_by_the_code_of_its_section():
    """메시지마다 같은 절의 예제가 바로 그 메시지를 낸다. 나지 않는 메시지는 한 절에만 있다."""
    for section in SECTIONS:
        if section.label != NOT_RAISED:
            assert not unmatched(section), f"{section.heading}: {unmatched(section)}"
    assert [section.label for section in SECTIONS if section.messages and unmatched(section)] == [NOT_RAISED]


def test_every_entry_has_a_place_and_the_right_code():
    """메시지가 있는 절마다 가리킬 이름이 있고, 예제에서 오류를 낸 다음 고친 코드를 보인다."""
    for section in SECTIONS:
        if section.messages:
            assert section.label.startswith("error"), section.heading
            assert section.tracebacks or section.label == NOT_RAISED, section.heading


def test_a_message_belongs_to_one_section():
    """같은 메시지가 두 절에 있으면 붙여 넣은 사람이 엉뚱한 곳에 이를 수 있다."""
    counts = Counter(" ".join(message.split()) for section in SECTIONS for message in section.messages)
    assert not [message for message, count in counts.items() if count > 1]


@pytest.mark.parametrize("path", [*RAISED, *AROUND], ids=lambda path: path.name)
def test_every_message_of_keras_is_in_the_index(path):
    """설치된 Keras의 순환층과 곁 층이 내는 메시지는 색인에 있거나, 이유와 함께 빠져 있다."""
    assert not unindexed(path.read_text(encoding="utf-8"))


def test_a_new_message_of_keras_is_noticed():
    """새 메시지와 고쳐 쓴 메시지는 색인에 없는 것이다."""
    source = (KERAS / "layers/rnn/lstm.py").read_text(encoding="utf-8")
    assert unindexed('raise ValueError(f"LSTM dislikes {x}")') == ["1: LSTM dislikes ⟨⟩"]
    assert len(unindexed(source.replace("expected a positive integer", "expected a positive number"))) == 1


def test_left_out_messages_are_still_in_keras():
    """Keras에서 없어진 메시지는 빼 둔 목록에서도 지운다."""
    texts = [text for path in [*RAISED, *AROUND] for _, text in messages_in(path.read_text(encoding="utf-8"))]
    assert not [text for text in left_out() if not any(one.startswith(text) for one in texts)]


def test_message_that_nothing_raises_is_noticed():
    """예제가 다른 메시지를 내면 알아챈다."""
    page = "(error-a)=\n### 제목\n\n```{message}\nmissing ⟨수⟩\n```\n\n```{doctest}\n>>> f()\n"
    raised = "Traceback (most recent call last):\nValueError: missing 3 units\n```\n"
    assert not unmatched(read_sections(page + raised)[-1])
    assert unmatched(read_sections(page + raised.replace("missing", "found"))[-1]) == ["missing ⟨수⟩\n"]
