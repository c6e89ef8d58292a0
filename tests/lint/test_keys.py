"""주장의 식이 딕셔너리에서 꺼내는 말은 문장에도 있어야 한다."""

import re

import pytest

from rnn_shapes.lint import keys

CODE = """```{testcode}
sizes = {"펼친": 1, "펼치지 않은": 2}
table = {"Dense": {"마스크": "남음"}, "Dense(2)": {"마스크": "버림"}}
```

"""
CALLED = "```{testcode}\nopened, closed = 1, 2\n```\n\n% opened: 펼친 층\n% closed: 접은 층\n"
NAMED, OTHER = "{value}`opened -> 1`", "{value}`closed -> 2`"
OPENED, CLOSED = '{value}`sizes["펼친"] -> 1`', '{value}`sizes["펼치지 않은"] -> 2`'
ROW = '| `{}` | {{value}}`table["{}"]["마스크"] -> {}` |'
HEAD = "| 층 | {} |\n|--|--|\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"접은 층의 연산은 {OPENED}개입니다.", f"{keys.UNSAID}: 펼친"),
        (f"펼친 층입니다. 연산은 {OPENED}개입니다.", f"{keys.UNSAID}: 펼친"),
        (f"펼치지 않은 층은 {OPENED}개, 펼친 층은 {CLOSED}개입니다.", f"{keys.OTHER}: 펼치지 않은"),
        (HEAD.format("마스크") + ROW.format("Flatten", "Dense", "남음"), f"{keys.UNSAID}: Dense"),
        (HEAD.format("마스크") + ROW.format("Dense(2)", "Dense", "남음"), f"{keys.UNSAID}: Dense"),
        (HEAD.format("마스크") + ROW.format("Dense", "Dense(2)", "버림"), f"{keys.UNSAID}: Dense(2)"),
        (HEAD.format("계산") + ROW.format("Dense", "Dense", "남음"), f"{keys.UNSAID}: 마스크"),
        (f"{CALLED}접은 층은 {NAMED}개, 펼친 층은 {OTHER}개입니다.", f"{keys.OTHER}: 접은 층"),
        (f"{CALLED}펼친 층은 {NAMED}개, 편 층은 {OTHER}개입니다.", f"{keys.UNSAID}: 접은 층"),
        (f"{CALLED}펼친 층은 {NAMED}개입니다.", f"{keys.UNUSED}: closed"),
        (f"{CALLED}- 펼친 층은 {NAMED}개, 접은 층은 {OTHER}개입니다.", f"{keys.MISPLACED}: opened: 펼친 층"),
    ],
)
def test_sentence_about_another_key_fails(lint_bound, text, message):
    """문장이나 표의 줄, 칸의 머리가 다른 것을 말하면 실패한다."""
    built = lint_bound(CODE + text)
    assert re.search(rf"docs/page\.md:\d+: ERROR: {re.escape(message)}", built.output), built.output


@pytest.mark.parametrize(
    "text",
    [
        f"펼친 층은 {OPENED}개, 펼치지 않은 층은 {CLOSED}개입니다.",
        f"연산이 {OPENED}개인 것은 펼친 층입니다.",
        '펼친 층과 펼치지 않은 층의 차이는 {value}`sizes["펼치지 않은"] - sizes["펼친"] -> 하나`입니다.',
        f"{HEAD.format('마스크')}{ROW.format('Dense', 'Dense', '남음')}\n{ROW.format('Dense(2)', 'Dense(2)', '버림')}",
        "층은 {value}`len(sizes) -> 둘`입니다.",
        f"{CALLED}펼친 층은 {NAMED}개, 접은 층은 {OTHER}개입니다.\n\n남은 것은 {OTHER}개입니다.",
    ],
)
def test_sentence_about_its_key_passes(lint_bound, text):
    """꺼낸 말이 문장이나 표에 있으면 그냥 둔다."""
    assert lint_bound(CODE + text).code == 0


def test_other_pages_are_not_read(lint):
    """옮겨 적은 자료를 꺼내는 페이지는 보지 않는다."""
    assert lint(CODE + f"접은 층의 연산은 {OPENED}개입니다.").code == 0
