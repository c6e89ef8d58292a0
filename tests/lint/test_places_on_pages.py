"""페이지에서 살피는 자리: 문제는 파일과 줄과 고치는 법을 말하며 빌드를 실패시킨다."""

import re

import pytest

SHAPE = "확인되지 않는 형태입니다. {shape} 역할로 적으세요: "
IN_CODE = "확인되지 않는 형태입니다. 코드 글꼴 대신 {shape} 역할로 적으세요: "
IN_MATH = "수식에 적힌 형태는 확인할 수 없습니다. 수식 밖에서 {shape} 역할로 적으세요: "
IN_ALTERNATIVE = "대체 글의 형태는 확인할 수 없습니다. 말로 풀어 적으세요: "
IN_ATTRIBUTE = "역할을 쓸 수 없는 자리의 형태는 확인할 수 없습니다. 말로 풀어 적으세요: "

PROSE = [
    ("앞줄\n출력은 (N, T)다.", 4, SHAPE + "(N, T)"),
    ("| 가 | 나 |\n|--|--|\n| 다 | (N, T) |", 5, SHAPE + "(N, T)"),
    ("출력은 `(N, T)`다.", 3, IN_CODE + "(N, T)"),
    ("출력은 `N, T, 9H`다.", 3, IN_CODE + "N, T, 9H"),
    ("형태는 `[5, 7, 99]`다.", 3, IN_CODE + "[5, 7, 99]"),
    ("`outputs.shape == (N, T, 9H)`", 3, IN_CODE + "outputs.shape == (N, T, 9H)"),
    (":::{note}\n글\n\n- 목록 (5, 7)\n:::", 6, SHAPE + "(5, 7)"),
    ("(N, **T**, 9H)", 3, SHAPE + "(N, T, 9H)"),
    ("(`N`, `T`, `9H`)", 3, SHAPE + "(N, T, 9H)"),
    ("`outputs.shape[2]`는 9H다.", 3, SHAPE),
    ("글[^1]\n\n[^1]: (N, T, 9H)", 5, SHAPE + "(N, T, 9H)"),
    ("{kbd}`(N, T, 9H)`", 3, SHAPE + "(N, T, 9H)"),
    ("$x \\in \\mathbb{R}^{N \\times D}$", 3, IN_MATH),
    ("$(N,\\,T,\\,9H)$", 3, IN_MATH),
    ("$$\n\\{N, T, 9H\\}\n$$", 3, IN_MATH),
    ("![출력은 (N, T, H)](icon.svg)", 3, IN_ALTERNATIVE + "(N, T, H)"),
    ("![](icon.svg)", 3, "대체 글(alt)이 없습니다. 그림이 말하는 것을 말로 풀어 적으세요: icon.svg"),
    ('![그림](icon.svg "(N, T, 9H)")', 3, IN_ATTRIBUTE + "(N, T, 9H)"),
    ('[링크](https://example.org "(N, T, 9H)")', 3, IN_ATTRIBUTE + "(N, T, 9H)"),
    ("{abbr}`출력 (N, T, 9H)`", 3, IN_ATTRIBUTE + "(N, T, 9H)"),
    ("```{toctree}\n(N, T, 9H) <index>\n```", 4, IN_ATTRIBUTE + "(N, T, 9H)"),
    ("```{toctree}\n:caption: (N, T, 9H)\n\nindex\n```", 4, IN_ATTRIBUTE + "(N, T, 9H)"),
    ("<div>\n(N, <b>T</b>, 9H)\n</div>", 3, IN_ATTRIBUTE + "(N, T, 9H)"),
    ('<img alt="(N, T, 9H)">', 3, IN_ATTRIBUTE + "(N, T, 9H)"),
    ("```{eval-rst}\n.. raw:: html\n\n   (N, T, 9H)\n```", 6, IN_ATTRIBUTE + "(N, T, 9H)"),
    (
        "| 가 | 나 | 다 |\n|--|--|--|\n| N | T | 9H |",
        5,
        "한 칸에 축을 하나씩 적은 형태는 확인할 수 없습니다. 한 칸에 {shape} 역할로 적으세요: N | T | 9H",
    ),
    ("출력\u200b입니다.", 3, "보이지 않는 글자가 끼었습니다. 지우세요: 출력"),
    ("레이어를 쌓는다.", 3, "쓰지 않기로 한 말입니다(대신 쓸 말은 ‘층’). 바꾸거나 따옴표로 감싸세요: 레이어"),
]

UNRUN = "코드의 주석과 문자열에 적힌 형태는 확인할 수 없습니다. assert나 예제의 출력으로 적으세요: (N, T, 9H)"
PASTED = "실행하지 않은 출력에 적힌 형태입니다. {doctest}로 실행하거나 빼세요: "
SHORTENED = "무엇이든 맞는 출력(...)입니다. 확인할 글자를 남기세요: "
MIXED = "실행되지 않는 글이 섞인 예제입니다. >>>가 없는 줄과 빈 줄 다음의 출력을 없애세요: "
UNCOMPARED = "찍기만 하고 비교하지 않는 코드입니다. {testoutput}을 바로 다음에 적으세요: "
TRACEBACK = "Traceback (most recent call last):\nValueError: "

CODE = [
    ("```python\nx = 1\n```", 4, "실행되지 않는 파이썬 코드입니다. {doctest}나 {testcode}로 적으세요: x = 1"),
    ("```Python\nx = 1\n```", 4, "실행되지 않는 파이썬 코드입니다."),
    ("```\n>>> 1\n```", 4, "실행되지 않는 파이썬 코드입니다."),
    ("```{doctest}\n>>> 1  # doctest: +SKIP\n```", 4, "건너뛰는 코드입니다. 이 사이트에는 예외가 없습니다: >>> 1"),
    ("```{testcode}\n:skipif: True\nx = 1\n```", 5, "건너뛰는 코드입니다."),
    (
        f"```{{doctest}}\n>>> int('a')  # doctest: +IGNORE_EXCEPTION_DETAIL\n{TRACEBACK}b\n```",
        4,
        "예외의 글을 보지 않는 코드입니다. 바뀔 수 있는 부분만 ...로 줄이세요",
    ),
    ("```{doctest}\n>>> 1\n1\n\n99\n```", 4, MIXED),
    ("```{doctest}\noutputs.shape\n```", 4, MIXED + "outputs.shape"),
    ("```{testcode}\n:hide:\n\nx = 1\n```", 6, "독자에게 보이지 않는 코드입니다. 보이게 적으세요: x = 1"),
    (
        "```{testcode} other\nx = 1\n```",
        4,
        "따로 묶은 코드입니다. 주장은 기본 묶음의 이름만 보므로 묶음 이름을 빼세요: x = 1",
    ),
    ("```{testcode}\nprint(1)\n```\n\n```{testoutput}\n...\n```", 8, SHORTENED + "..."),
    ("```{doctest}\n>>> (1, 2)\n(...)\n```", 4, SHORTENED + ">>> (1, 2)"),
    ("```{doctest}\n>>> (5, 7)\n(5, ...)\n```", 4, SHORTENED),
    ("```{doctest}\n>>> (5, 7, 9)\n(5, 7, ...)\n```", 4, SHORTENED),
    ("```{doctest}\n>>> 1 == 1\nTr...\n```", 4, SHORTENED),
    (f"```{{doctest}}\n>>> int('a')\n{TRACEBACK}...\n```", 4, SHORTENED),
    (f"```{{doctest}}\n>>> int('a')\n{TRACEBACK}...base...\n```", 4, SHORTENED),
    (
        f"```{{doctest}}\n>>> f()\n{TRACEBACK}Exception encountered when calling RNN.call().\n...range...\n```",
        4,
        SHORTENED,
    ),
    (
        "```{testcode}\nprint(1)\n```\n\n```{testoutput}\n1\n```\n\n```{testoutput}\n99\n```",
        12,
        "비교하지 않는 출력입니다. 코드 바로 다음에, 하나만 적으세요: 99",
    ),
    ("```{testcode}\nx = 1\nprint(x)\n```", 4, UNCOMPARED + "x = 1"),
    ("```{testcode}\ndef show():\n    print(1)\nshow()\n```", 4, UNCOMPARED + "def show():"),
    ("```{testcode}\nx = 1  # (N, T, 9H)\n```", 4, UNRUN),
    ("```{doctest}\n>>> x = 1  # (N, T, 9H)\n```", 4, UNRUN),
    ('```{testcode}\ndef f():\n    """(N, T, 9H)를 돌려준다."""\n```', 5, UNRUN),
    ('```{testcode}\nnote = "출력은 (N, T, 9H)"\n```', 4, UNRUN),
    ('```{doctest}\n>>> print("(N, T, 9H)")\n(N, T, 9H)\n```', 4, UNRUN),
    ("```text\n(5, 7, 99)\n```", 4, PASTED + "(5, 7, 99)"),
    ("```text\n출력: (N, T, 9H)\n```", 4, PASTED + "(N, T, 9H)"),
    ("```console\n$ python a.py\n(5, 7, 99)\n```", 5, PASTED + "(5, 7, 99)"),
    ("    outputs (5, 7, 99)", 3, PASTED + "(5, 7, 99)"),
]


@pytest.mark.parametrize(("text", "line", "message"), [*PROSE, *CODE])
def test_problem_on_a_page_fails_the_build_with_its_line(lint, text, line, message):
    """페이지의 문제는 파일과 줄과 고치는 법을 말하며 빌드를 실패시킨다."""
    built = lint(text)
    assert built.code != 0
    assert re.search(rf"docs/page\.md:{line}: ERROR: {re.escape(message)}", built.output), built.output


@pytest.mark.parametrize(
    "text",
    [
        "![그림](icon.svg)",
        "```text\n[N, T]\n```",
        "```text\n[batch_size, seq_length] = [N, T]\n```",
        "```text\n$ python3.11 noxfile.py site\n```",
        "```markdown\n출력은 {shape}`outputs -> (N, T, 2H)`입니다.\n```",
        "```{testcode}\nx = 1  # 배치 크기\n```",
        '```{testcode}\nrecord = ("outputs", "(N, T, 2H)")\nclaim = "outputs -> (N, T, H)"\n```',
        '```{testcode}\ndef check(text):\n    return text\n\n\ncheck("outputs -> (N, T)")\n```',
        "```{testcode}\nprint(1)\n```\n\n```{testoutput}\n1\n```",
        "```{testcode}\ndef show():\n    print(1)\n```",
        "```{doctest}\n>>> (5, 7)\n(5, 7)\n```",
        "```{doctest}\n>>> '<keras.layers.LSTM object at 0x7f>'\n'<keras.layers.LSTM object at ...>'\n```",
        f"```{{doctest}}\n>>> f()\n{TRACEBACK}...list index out of range...\n```",
        f"```{{doctest}}\n>>> f()\n{TRACEBACK}Incompatible shapes: [5,13] vs. ...\n```",
        "```{toctree}\n:caption: 배우기\n\n읽는 차례 <https://example.org>\n```",
        "<div>글</div>",
        "{abbr}`RNN (recurrent neural network)`",
        "| 글자 | 이름 | 뜻 |\n|--|--|--|\n| N | `batch_size` | 배치 크기 |",
    ],
)
def test_ordinary_page_passes(lint, text):
    """주장과 실행되는 코드, 대체 글이 있는 그림, 다른 글의 적는 법을 보인 상자만 있는 페이지는 통과한다."""
    built = lint(f"![그림](icon.svg)\n\n{text}")
    assert built.code == 0, built.output


CLAIMS = """```{testcode}
import numpy as np
batch_size, hidden_dim = 5, 11
h = np.zeros((batch_size, hidden_dim))
```

은닉 상태는 {shape}`h -> (N, H)`이고 |

| 값 | 형태 |
|----|------|
| 상태 | {shape}`h -> (N, H)` |

- {value}`len(h) -> 5`개
"""


def test_claims_pass(lint):
    """어디에 적었든 주장은 그냥 둔다."""
    built = lint(CLAIMS)
    assert built.code == 0, built.output


MODULE = '''"""모듈."""


def plain():
    """출력은 (N, T, 9H)다."""


def shown():
    """``(5, 7)``을 돌려준다.

    >>> shown()
    (5, 7)
    """
    return 5, 7
'''


def test_shape_in_a_docstring_needs_an_example(site, lint, monkeypatch):
    """API 설명의 형태는 같은 설명의 예제에 나올 때만 통과한다. 예제는 시험이 실행하지만 글은 그러지 않는다."""
    site.page("documented_module.py", MODULE)
    monkeypatch.syspath_prepend(str(site.source))
    rst = "```{eval-rst}\n.. autofunction:: documented_module.plain\n\n.. autofunction:: documented_module.shown\n```"
    built = lint(rst, extensions=("sphinx.ext.autodoc",))
    what = "documented_module.plain의 설명에 적힌 형태가 예제에 없습니다. 같은 설명의 예제(>>>)로 보이세요: (N, T, 9H)"
    assert re.findall(r"ERROR: (.*)", built.output) == [what], built.output
