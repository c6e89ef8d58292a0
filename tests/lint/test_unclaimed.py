"""사실을 말하고 주장이 없는 문장의 목록."""

import re

import pytest

from rnn_shapes.lint.places import CLAIM, CODE, Sentence
from rnn_shapes.lint.unclaimed import reasons

FACTS = [
    ("셀은 하나입니다.", "수"),
    ("가중치는 네 벌입니다.", "수"),
    ("편향은 26개입니다.", "수"),
    ("결과는 같습니다.", "같음과 다름"),
    ("두 층의 값이 다릅니다.", "같음과 다름"),
    ("Keras는 언제나 거절합니다.", "언제나와 모두"),
    ("모든 타임스텝의 출력이 나옵니다.", "언제나와 모두"),
    ("이 인자는 쓸 수 없습니다.", "아님"),
    ("오류가 나지 않습니다.", "아님"),
    ("정방향 가중치가 먼저입니다.", "순서"),
    ("앞에 h가, 뒤에 c가 있습니다.", "순서"),
    ("셀 상태가 더 오래갑니다.", "비교"),
    ("값이 가장 큽니다.", "비교"),
    ("Keras 2는 입력을 받습니다.", "바뀜과 버전"),
    (f"{CODE}이 입력을 받습니다.", "이름"),
    ("기본은 concat입니다.", "기본값"),
]
OTHERS = [
    "탐색기를 여세요.",
    "출력이 둘이면 어떻게 될까요?",
    "이것을 마스크라고 합니다.",
    f"결과는 {CLAIM}로 모두 같습니다.",
    f"{CODE}을 먼저 읽으세요.",
    "셀과 층을 설명합니다.",
    "가중치를 곱합니다.",
]


@pytest.mark.parametrize(("text", "reason"), FACTS)
def test_fact_without_a_claim_is_listed(text, reason):
    """사실을 말하는 문장을 이유와 함께 고른다."""
    assert reason in reasons(Sentence(None, text, ()))


@pytest.mark.parametrize("text", OTHERS)
def test_claims_advice_and_definitions_are_not_listed(text):
    """주장이 있는 문장과 권유, 물음, 정의는 고르지 않는다."""
    assert not reasons(Sentence(None, text, ()))


def test_list_names_the_line_and_never_fails(lint):
    """목록은 페이지마다 문장의 파일과 줄과 이유를 말하고, 빌드를 실패시키지 않는다."""
    built = lint("글.\n\n결과는 `RNN`과 언제나 같습니다. 탐색기를 여세요.", "-D", "lint_unclaimed=1")
    assert built.code == 0
    assert "docs/page.md: 주장 없이 사실을 말하는 문장 1개\n" in built.output
    line = "  docs/page.md:5: [같음과 다름, 언제나와 모두, 이름] 결과는 RNN과 언제나 같습니다."
    assert re.search(rf"^{re.escape(line)}$", built.output, flags=re.M), built.output


def test_list_is_printed_only_when_asked(lint):
    """부탁하지 않으면 적지 않는다."""
    assert "주장 없이" not in lint("결과는 언제나 같습니다.").output
