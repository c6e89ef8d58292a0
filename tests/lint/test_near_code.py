"""강의의 글에 말로 적은 수와 이름은 코드에 있어야 한다."""

import pytest

from rnn_shapes.lint import near_code

CODE = "```{testcode}\nstates = list(range(50))[:6]\nlayer = len\n```\n\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("상태는 네 개만 골랐습니다.", "네"),
        ("방법은 세 가지입니다.\n\n- 가\n- 나", "세"),
        ("| 차례 | 값 |\n|--|--|\n| 넷째 | {value}`states[1] -> 1` |", "넷"),
    ],
)
def test_number_that_is_not_in_code_fails(lint_lesson, text, number):
    """앞뒤의 코드에도, 늘어놓은 것의 수와도 맞지 않는 수는 실패한다."""
    assert f"ERROR: {near_code.NUMBER}: {number}" in lint_lesson(CODE + text).output


def test_number_of_code_or_list_passes(lint_lesson):
    """코드에 적힌 수, 늘어놓은 것을 세는 수, 묻는 말은 그냥 둔다."""
    texts = (
        "상태는 여섯 개만 골랐습니다.",
        "일곱째 상태는 없습니다.",
        "방법은 세 가지입니다.\n\n- 가\n- 나\n- 다",
        "셋째 방법은 그다음입니다.",
        "| 차례 | 값 |\n|--|--|\n| 둘째 | {value}`states[1] -> 1` |",
        "상태가 네 개이면 무엇이 나올까요?",
        "두 층을 부릅니다.",
    )
    assert lint_lesson(CODE + "\n\n".join(texts)).code == 0


def test_unknown_name_fails(lint_lesson):
    """페이지의 코드에 없는 이름은 실패한다."""
    assert f"ERROR: {near_code.NAME}: GRU" in lint_lesson(CODE + "`GRU`로 바꿉니다.").output


def test_known_name_passes(lint_lesson):
    """코드에 있는 이름과, 다른 곳을 가리키는 단락의 이름은 그냥 둔다."""
    texts = ("`layer`를 부릅니다.", "`states`는 `None`이 아닙니다.", "`GRU`는 [여기](https://keras.io)에.")
    assert lint_lesson(CODE + "\n\n".join(texts)).code == 0
