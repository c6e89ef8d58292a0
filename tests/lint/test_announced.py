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
