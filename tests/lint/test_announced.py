"""오류를 보여 주는 예제 앞의 문장은 오류를 말해야 한다."""

import pytest

from rnn_shapes.lint import announced

ERROR = "\n\n```{doctest}\n>>> [][0]\nTraceback (most recent call last):\nIndexError: list index out of range\n```"


@pytest.mark.parametrize("text", ["다음 경고가 납니다.", "자리를 찾습니다.", "오류입니다. 이제 오류가 나지 않습니다."])
def test_error_that_is_not_announced_fails(lint_bound, text):
    """다른 말이나 부정하는 말 다음의 오류는 실패한다."""
    assert f"ERROR: {announced.UNANNOUNCED}" in lint_bound(text + ERROR).output


@pytest.mark.parametrize("text", ["다음 오류가 납니다.", "없는 자리입니다. 이렇게 거절합니다.", "## 절"])
def test_announced_error_passes(lint_bound, text):
    """오류라고 말했거나 앞에 문장이 없으면 그냥 둔다."""
    assert lint_bound(text + ERROR).code == 0


QUIET = "\n\n```{testcode}\nvalue = [5][0]\n```"
LOUD = "\n\n```{testcode}\ntry:\n    [][0]\nexcept IndexError as error:\n    message = str(error)\n```"


@pytest.mark.parametrize("text", ["꺼내면 오류가 납니다.", "꺼내면 오류가 나므로 바로 알 수 있습니다."])
def test_error_that_is_not_raised_fails(lint_bound, text):
    """오류가 난다고 말한 다음의 예제가 오류를 내지 않으면 실패한다."""
    assert f"ERROR: {announced.UNRAISED}" in lint_bound(text + QUIET).output


def test_caught_error_and_other_sentences_pass(lint_bound):
    """잡아서 보이는 오류와, 오류가 난다고 하지 않은 문장은 그냥 둔다."""
    assert lint_bound("꺼내면 오류가 납니다." + LOUD).code == 0
    assert lint_bound("꺼내도 오류가 나지 않습니다." + QUIET).code == 0


@pytest.mark.parametrize("text", ["꺼내 봅니다. 왜 그럴까요?", "꺼내도 오류가 나지 않습니다. 왜 그럴까요?"])
def test_caught_error_that_is_not_announced_fails(lint_bound, text):
    """잡아서 글을 꺼내 두는 오류도 앞에서 말해야 한다."""
    assert f"ERROR: {announced.UNANNOUNCED}" in lint_bound(text + LOUD).output
    assert lint_bound("꺼냈더니 오류가 났습니다. 왜 그럴까요?" + LOUD).code == 0
