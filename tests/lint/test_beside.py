"""주장이 든 문장의 수는 주장 안에 있어야 한다."""

import pytest

from rnn_shapes.lint import beside

CODE = "```{testcode}\nstates = [1, 2]\n```\n\n"
TWO = "{value}`len(states) -> 둘`"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"층 하나를 부르면 상태는 {TWO}입니다.", "하나"),
        (f"셀을 두 번 부르면 상태는 {TWO}입니다.", "두 번"),
        (f"상태는 {TWO}이고 가중치는 세 벌입니다.", "세"),
        (f"층은 모두 상태가 {TWO}입니다.", "모두"),
        ("상태는 모두 {value}`type(states) -> 리스트`입니다.", "모두"),
        ("넷째 상태는 {value}`states[1] -> 둘`입니다.", "넷"),
        (f"| 가 |\n|--|\n| 상태 {TWO}, 출력 하나 |", "하나"),
    ],
)
def test_number_beside_a_claim_fails(lint_bound, text, number):
    """말로 적은 수와 고치는 법을 말하며 실패한다."""
    assert f"ERROR: {beside.BESIDE}: {number}" in lint_bound(CODE + text).output


@pytest.mark.parametrize(
    "text",
    [
        f"층을 부르면 상태는 {TWO}입니다.",
        f"상태를 하나씩 세면 {TWO}입니다.",
        "셀을 두 번 불러 봅니다.",
        "모두 불러 봅니다.",
        f"두 번째 문장에서 상태는 {TWO}입니다.",
        f"상태는 모두 {TWO} 개입니다.",
        f"셋째, 상태는 {TWO}입니다.",
        "상태를 세 번 되풀이하면 {value}`len(states * 3) -> 여섯`입니다.",
    ],
)
def test_other_words_pass(lint_bound, text):
    """주장이 없는 문장과, 세는 말이 아닌 것은 그냥 둔다."""
    assert lint_bound(CODE + text).code == 0


def test_lesson_points_with_small_numbers(lint_lesson):
    """강의에서는 하나와 둘로 이미 말한 것을 가리킬 수 있다. 셋부터는 아니다."""
    assert lint_lesson(CODE + f"두 층을 부르면 상태는 {TWO}입니다.").code == 0
    assert f"ERROR: {beside.BESIDE}: 세" in lint_lesson(CODE + f"세 층을 부르면 상태는 {TWO}입니다.").output
