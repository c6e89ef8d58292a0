"""글의 검사가 잡는 것과 잡지 않는 것."""

import re

import pytest

from rnn_shapes.glossary import Term
from rnn_shapes.lint import banned_words, bare_shapes


@pytest.mark.parametrize(
    "text",
    [
        "출력은 (N, T, H)이다.",
        "출력은 (N,T,2H)다.",
        "상태는 (N,) 하나다.",
        "[batch_size, seq_length, input_dim]을 넣는다.",
        "(None, 7, H)로 나온다.",
        "(batch, time, features)가 들어간다.",
        "(N, ..., H)",
        "(5, 7, 22)를 얻는다.",
        "가중치는 D×4H 행렬이다.",
        "N x T 텐서",
        "(N, T - 2, 3*H)",
        "(배치 크기, 시퀀스 길이, 은닉 크기)",
        "형태는(5, 7, 99)이다",
        "5×7×99 텐서",
        "（N, T, 9H）",
        "(?, T, 9H)와 (-1, T, H)",
    ],
)
def test_bare_shape_is_found(text):
    """기호나 수로 적은 형태를 찾아낸다."""
    assert list(bare_shapes(text))


@pytest.mark.parametrize(
    "text",
    [
        "순환 신경망(recurrent neural network, RNN)",
        "토큰 [3, 1, 4]와 [12, 7]을 넣는다.",
        "1997년과 2014년(1997, 2014)의 논문",
        "f(x, y)와 range(1, 5), np.zeros(2, 3)",
        "(H)는 은닉 크기다.",
        "평균은 N×T개의 값으로 구한다.",
        "LSTM(Hochreiter, 1997)",
        "h와 c(은닉 상태, 셀 상태)",
        "2×3은 6이다.",
        "A4, T5 같은 이름(예: T5, GPT)",
        "()는 빈 튜플이다.",
        "(0, 1) 사이의 값",
        "(2021, 12)",
        "(1, 2)단계",
        "LSTM(H, D)와 함수 f(N, T)",
    ],
)
def test_ordinary_prose_raises_no_alarm(text):
    """형태가 아닌 괄호와 곱셈은 그냥 둔다."""
    assert not list(bare_shapes(text))


TERMS = [Term("층", "layer", "", banned=("레이어",)), Term("손실", "loss", "", banned=("로스",))]


@pytest.mark.parametrize("text", ["레이어를 쌓는다.", "이 레이어", "로스가 준다."])
def test_banned_word_is_found(text):
    """쓰지 않기로 한 말을 찾아낸다."""
    assert list(banned_words(text, TERMS))


@pytest.mark.parametrize(
    "text", ["‘레이어’라고도 한다.", '흔히 "하위 레이어"라고 한다.', "크로스 엔트로피", "층을 쌓는다."]
)
def test_quoted_words_and_parts_of_words_are_allowed(text):
    """그 말 자체를 따옴표로 가리키거나 다른 낱말의 일부이면 그냥 둔다."""
    assert not list(banned_words(text, TERMS))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("앞줄\n출력은 (N, T)다.", 4, "확인되지 않는 형태입니다. {shape} 역할로 적으세요: (N, T)"),
        ("| 가 | 나 |\n|--|--|\n| 다 | (N, T) |", 5, "확인되지 않는 형태입니다. {shape} 역할로 적으세요: (N, T)"),
        ("출력은 `(N, T)`다.", 3, "확인되지 않는 형태입니다. 코드 글꼴 대신 {shape} 역할로 적으세요: (N, T)"),
        (":::{note}\n글\n\n- 목록 (5, 7)\n:::", 6, "확인되지 않는 형태입니다. {shape} 역할로 적으세요: (5, 7)"),
        ("$x \\in \\mathbb{R}^{N \\times D}$", 3, "수식에 적힌 형태는 확인할 수 없습니다."),
        ("레이어를 쌓는다.", 3, "쓰지 않기로 한 말입니다(대신 쓸 말은 ‘층’). 바꾸거나 따옴표로 감싸세요: 레이어"),
        ("```python\nx = 1\n```", 4, "실행되지 않는 파이썬 코드입니다. {doctest}나 {testcode}로 적으세요: x = 1"),
        ("```\n>>> 1\n```", 4, "실행되지 않는 파이썬 코드입니다."),
        ("```{doctest}\n>>> 1  # doctest: +SKIP\n```", 4, "건너뛰는 코드입니다. 이 사이트에는 예외가 없습니다: >>> 1"),
        (
            "```{doctest}\n>>> int('a')  # doctest: +IGNORE_EXCEPTION_DETAIL\nTraceback (most recent call last):\n"
            "ValueError: b\n```",
            4,
            "예외의 글을 보지 않는 코드입니다. 바뀔 수 있는 부분만 ...로 줄이세요",
        ),
        ("```{testcode}\n:skipif: True\nx = 1\n```", 5, "건너뛰는 코드입니다."),
        (
            "```{testcode}\nprint(1)\n```\n\n```{testoutput}\n...\n```",
            8,
            "무엇이든 맞는 출력(...)입니다. 확인할 글자를 남기세요",
        ),
        ("```Python\nx = 1\n```", 4, "실행되지 않는 파이썬 코드입니다."),
        ("```{doctest}\n>>> 1\n1\n\n99\n```", 4, "실행되지 않는 글이 섞인 예제입니다."),
        ("```{doctest}\noutputs.shape\n```", 4, "실행되지 않는 글이 섞인 예제입니다."),
        ("```{doctest}\n>>> (1, 2)\n(...)\n```", 4, "무엇이든 맞는 출력(...)입니다."),
        (
            "```{testcode}\nprint(1)\n```\n\n```{testoutput}\n1\n```\n\n```{testoutput}\n99\n```",
            12,
            "견주지 않는 출력입니다. 코드 바로 다음에, 하나만 적으세요: 99",
        ),
        ("```{testcode}\n:hide:\n\nx = 1\n```", 6, "독자에게 보이지 않는 코드입니다. 보이게 적으세요: x = 1"),
        ("```{testcode} other\nx = 1\n```", 4, "따로 묶은 코드입니다."),
        ("(N, **T**, 9H)", 3, "확인되지 않는 형태입니다. {shape} 역할로 적으세요: (N, T, 9H)"),
        ("`outputs.shape == (N, T, 9H)`", 3, "확인되지 않는 형태입니다. 코드 글꼴 대신"),
        ("$(N,\\,T,\\,9H)$", 3, "수식에 적힌 형태는 확인할 수 없습니다."),
        ("![출력은 (N, T, H)](icon.svg)", 3, "대체 글의 형태는 확인할 수 없습니다."),
        ("![](icon.svg)", 3, "대체 글(alt)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요: icon.svg"),
    ],
)
def test_problem_on_a_page_fails_the_build_with_its_line(site, text, line, message):
    """페이지의 문제는 파일과 줄과 고치는 법을 말하며 빌드를 실패시킨다."""
    site.page("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.page("glossary.toml", '[[term]]\nkorean = "층"\nenglish = "layer"\ndefinition = "."\nbanned = ["레이어"]\n')
    site.page("page.md", f"# 페이지\n\n{text}\n")
    extensions = "myst_parser,shape_claims,rnn_shapes.lint"
    built = site.build("dummy", "-D", f"extensions={extensions}")
    assert built.code != 0
    assert re.search(rf"docs/page\.md:{line}: ERROR: {re.escape(message)}", built.output), built.output


CLAIMS = """# 주장

```{testcode}
import numpy as np
batch_size, hidden_dim = 5, 11
h = np.zeros((batch_size, hidden_dim))
```

은닉 상태는 {shape}`h -> (N, H)`이고 |

| 값 | 형태 |
|----|------|
| 상태 | {shape}`h -> (N, H)` |
"""


def test_ordinary_page_passes(site):
    """주장과 실행되는 코드, 대체 글이 있는 그림만 있는 페이지는 통과한다."""
    site.page("claims.md", CLAIMS)
    site.page("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.page("page.md", "# 페이지\n\n![그림](icon.svg)\n\n```text\n[N, T]\n```\n")
    built = site.build("dummy", "-D", "extensions=myst_parser,shape_claims,rnn_shapes.lint")
    assert built.code == 0, built.output
