"""주장이 아닌 사실: 세거나 잰 수와 옮겨 적은 기본값. 이름에 든 수는 사실이 아니다."""

import re

import pytest

from rnn_shapes.lint import facts
from rnn_shapes.lint.facts import bare_defaults, bare_numbers

NUMBERS = """
26개입니다.
훈련하지 않는 값은 26개입니다.
정확도는 0.5입니다.
GRU의 가중치는 LSTM의 4분의 3입니다.
셀을 12번 부릅니다.
출력이 3배로 늘어납니다.
코드는 5줄입니다.
정확도가 72%에서 멈춥니다.
가중치의 벌 수는 3과 4입니다.
길이가 2인 시퀀스입니다.
역방향 출력이 모두 0이 됩니다.
게이트는 0.5에서 1이 되고 후보 값은 0에서 1이 됩니다.
이전 상태는 3으로 두었습니다.
크기를 5, 7, 11, 13처럼 정했습니다.
LSTM의 4H는 H개씩 네 벌입니다.
묶으면 4H(D + H + 1)입니다.
편향이 4H입니다.
매개변수는 1,024개입니다.
0.99를 곱합니다.
0과 2 사이의 값입니다.
-2와 1 사이의 값입니다.
층이 3개면 상태도 3개입니다.
Keras 3은 상태를 2개 돌려줍니다.
그림 2에는 화살표가 7개 있습니다.
2024년에 논문이 31편 나왔습니다.
타임스텝 10을 지나면 사라집니다.
출력은 2차식으로 커집니다.
2가지 방법이 있습니다.
값이 1입니다.
값이 1에 가까울수록 남습니다.
오차는 0.001보다 작습니다.
10타임스텝이 지나면 묻힙니다.
배치 32에서 잽니다.
유닛 128을 씁니다.
4단계를 거칩니다 가운데 3개.
세 값 가운데 2번째입니다.
1번 토큰의 확률이 가장 큽니다.
0으로 채웁니다.
GRU의 3H는 세 벌입니다.
가중치가 약 75% 줄어듭니다.
합치면 2H개입니다.
크기가 1인 축을 늘립니다.
10 대 1로 나눕니다.
""".strip().splitlines()

NAMES = """
Keras 3에서 달라졌습니다.
Keras 2와 3의 결과가 다릅니다.
TensorFlow 2.16부터 Keras 3을 씁니다.
TensorFlow 2.16과 2.21에서 확인했습니다.
Python 3.11 이상이 필요합니다.
파이썬 3.11로 실행합니다.
가중치 표의 2.x 칸입니다.
TensorFlow 1.x의 코드입니다.
3.15.1에서 고쳐졌습니다.
2014년의 논문입니다.
1997년과 2014년의 논문입니다.
2024년 5월 3일에 적었습니다.
2024-05-03에 적었습니다.
LSTM(Hochreiter, 1997)은 오래되었습니다.
논문(1997, 2014)을 보세요.
90년대가 아니라 1990년대입니다.
21세기의 글입니다.
1번 그림을 보세요.
그림 1과 다릅니다.
그림 2-1에 있습니다.
표 3에 있습니다.
식 (3)이 아니라 식 3입니다.
3장에서 설명합니다.
2.1절에서 다룹니다.
2단계로 넘어갑니다.
연습 3을 푸세요.
12쪽에 있습니다.
S1과 S12를 보세요.
float32로 계산합니다.
ConvLSTM2D를 씁니다.
1D와 2D, 3D 합성곱입니다.
2차원 합성곱입니다.
h_0에서 시작합니다.
32비트 실수입니다.
64-bit에서 확인했습니다.
“26개”라는 말이 있습니다.
‘4분의 3’은 틀린 말입니다.
값을 0과 1 사이로 누릅니다.
-1과 1 사이에 있습니다.
#12에서 고쳤습니다.
[3]을 보세요.
GPT-4와 T5, seq2seq입니다.
다섯 개를 두 벌 적습니다.
줄 12에서 실패합니다.
Chapter 3을 보세요.
그림 3, 4를 보세요.
버전(2.16, 2.21)을 적습니다.
Sphinx 9에서 만듭니다.
tf_keras 2.21로 확인했습니다.
10:30에 시작합니다.
0번 줄은 비워 둡니다.
""".strip().splitlines()

DEFAULTS = [
    "기본값은 \ue001입니다.",
    "기본은 concat입니다.",
    "기본값은 거짓입니다.",
    "기본값이 \ue001이므로 하나만 나옵니다.",
    "기본값 \ue001인 층입니다.",
    "기본값인 \ue001에서는 두 줄입니다.",
    "\ue001 (기본값)",
    "\ue001(기본)은 이어 붙입니다.",
    "기본값은 “valid”입니다.",
    "기본으로 \ue001을 씁니다.",
    "\ue001가 기본값입니다.",
    "기본값: \ue001",
    "기본값은 참이고 바꿀 수 있습니다.",
    "기본값(default)은 \ue001입니다.",
]
NO_DEFAULTS = [
    "기본값은 \ue000입니다.",
    "기본값과 다른 것만 적습니다.",
    "기본값이 아닌 것만 적습니다.",
    "기본값은 다릅니다.",
    "기본값은 같습니다.",
    "기본값이 없습니다.",
    "기본값은 바꿀 수 있습니다.",
    "기본값은 층마다 다릅니다.",
    "기본값에서는 맞지 않습니다.",
    "아래 표는 기본값일 때의 것입니다.",
    "기본 RNN은 셀이 하나입니다.",
    "가장 기본이 되는 층입니다.",
    "기본이 되는 것을 먼저 적습니다.",
    "\ue001의 기본값을 바꿉니다.",
    "기본값으로 돌아갑니다.",
    "기본값은 함수의 서명에서 읽습니다.",
    "기본값은 층을 만들 때 정합니다.",
    "기본적으로 같은 계산입니다.",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_number_that_counts_or_measures_is_a_fact(text):
    """세거나 잰 수를 찾아낸다."""
    assert list(bare_numbers(text))


@pytest.mark.parametrize("text", NAMES)
def test_number_in_a_name_is_not_a_fact(text):
    """버전과 날짜, 그림의 번호, 이름에 든 수와 우리말로 적은 수는 그냥 둔다."""
    assert not list(bare_numbers(text))


@pytest.mark.parametrize("text", DEFAULTS)
def test_quoted_default_is_a_fact(text):
    """주장 없이 옮겨 적은 기본값을 찾아낸다."""
    assert list(bare_defaults(text))


@pytest.mark.parametrize("text", NO_DEFAULTS)
def test_word_default_alone_is_not_a_fact(text):
    """값을 말하지 않거나 주장이 있으면 그냥 둔다."""
    assert not list(bare_defaults(text))


def test_reference_and_explain_are_held_to_facts():
    """찾아보기와 더 알기, 옮기는 법, 첫 페이지는 사실까지 주장으로 적는다."""
    assert {"reference/", "explain/", "learn/", "howto/", "index"} == set(facts.HELD)


def test_there_are_enough_sentences():
    """두 쪽 모두 마흔 문장 넘게 비교한다."""
    assert len(NUMBERS) >= 40 <= len(NAMES)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("글.\n층은 26개를 훈련하지 않습니다.", 4, "확인되지 않는 수입니다. {value} 역할로 적으세요: 26개를"),
        ("| 가 | 나 |\n|--|--|\n| 다 | 4분의 3 |", 5, "확인되지 않는 수입니다. {value} 역할로 적으세요: 4분의 3"),
        ("값은 0.5에서 0이 됩니다.", 3, "확인되지 않는 수입니다. {value} 역할로 적으세요: 0.5에서"),
        ("값은 10에서 0이 됩니다.", 3, "확인되지 않는 수입니다. {value} 역할로 적으세요: 0이"),
        ("기본은 concat입니다.", 3, "확인되지 않는 기본값입니다. {default} 역할로 적으세요: 기본은 concat입니다"),
        ("기본값은 `False`입니다.", 3, "확인되지 않는 기본값입니다. {default} 역할로 적으세요: 기본값은"),
    ],
)
def test_fact_on_a_page_fails_the_build_with_its_line(lint, monkeypatch, text, line, message):
    """사실까지 주장으로 적는 페이지의 사실은 파일과 줄과 고치는 법을 말하며 빌드를 실패시킨다."""
    monkeypatch.setattr(facts, "HELD", ("page",))
    built = lint(text)
    assert built.code != 0
    assert re.search(rf"docs/page\.md:{line}: ERROR: {re.escape(message)}", built.output), built.output


def test_definition_of_a_term_is_not_a_fact(lint, monkeypatch):
    """용어집의 첫 풀이는 뜻매김이고, 그 다음 문장은 사실이다."""
    monkeypatch.setattr(facts, "HELD", ("page",))
    term = "```{{glossary}}\n드롭아웃\n  **dropout.** 값 일부를 0으로 만드는 것입니다.{}\n```"
    assert lint(term.format("")).code == 0
    assert (
        "확인되지 않는 수입니다. {value} 역할로 적으세요: 2배로"
        in lint(term.format(" 남은 값은 2배로 키웁니다.")).output
    )


def test_fact_on_other_pages_passes(lint, monkeypatch):
    """아직 옮기지 않은 폴더의 페이지는 통과한다."""
    monkeypatch.setattr(facts, "HELD", ("reference/",))
    assert lint("층은 26개를 훈련하지 않습니다. 기본값은 `False`입니다.").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "1. 첫째\n2. 둘째",
        "`26`과 `x[3]`, $x_3 + 26$입니다.",
        "```{testcode}\nx = 26\n```",
        "```text\n26개\n```",
        "값은 26개일까요?",
        "[^1]\n\n[^1]: 글",
    ],
)
def test_numbers_outside_prose_pass(lint, monkeypatch, text):
    """목록의 번호와 코드, 수식, 글 상자, 물음의 수는 사실이 아니다."""
    monkeypatch.setattr(facts, "HELD", ("page",))
    built = lint(text)
    assert "확인되지 않는 수" not in built.output


@pytest.mark.parametrize(
    "claim",
    ["{value}`not (x == 0).all() -> 아니지만 / 되지만`", "{value}`len(x) - 5 -> 0`", "{shape}`x[:0] -> (0, 7)`"],
)
def test_number_of_a_claim_in_the_sentence_passes(lint, monkeypatch, claim):
    """같은 문장의 주장에 있는 수는 그 주장이 확인한다. 다른 수는 그러지 않는다."""
    monkeypatch.setattr(facts, "HELD", ("page",))
    code = "```{testcode}\nimport numpy as np\nx = np.ones((5, 7))\n```"
    text = f"{code}\n\n값은 0이 {claim} 있습니다."
    assert "확인되지 않는 수" not in lint(text).output
    assert "확인되지 않는 수입니다. {value} 역할로 적으세요: 1이" in lint(text.replace("0이 ", "1이 ")).output


def test_claimed_number_passes(lint, monkeypatch):
    """주장 안의 수와, 주장이 있는 문장의 기본값은 통과한다."""
    monkeypatch.setattr(facts, "HELD", ("page",))
    code = "```{testcode}\nimport numpy as np\nx = np.zeros((5, 7))\n```"
    built = lint(f"{code}\n\n기본값은 {{shape}}`x -> (5, 7)`입니다. 줄은 {{value}}`len(x) -> 5`개입니다.")
    assert built.code == 0, built.output
