"""주장 바로 뒤의 말이 주장을 부정하면 안 된다."""

import pytest

from rnn_shapes.lint import denials

CODE = "```{testcode}\nstates = [1, 2]\n```\n\n"
TWO = "{value}`len(states) -> 둘`"


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        (f"상태는 {TWO}이 아닙니다.", "아닙니다"),
        (f"상태는 {TWO}을 담지 않고 출력은 담습니다.", "않고"),
        (f"상태가 {TWO} 있을 때는 오류가 없지만, 늘이면 납니다.", "없지만"),
        (f"상태가 {TWO}이면, 출력은 없습니다.", "없습니다"),
        (f"| 가 |\n|--|\n| {TWO}이 나지 않음 |", "않음"),
    ],
)
def test_denied_claim_fails(lint_bound, text, denial):
    """부정하는 말과 자리를 말하며 실패한다."""
    assert f"ERROR: {denials.DENIED}: {denial}" in lint_bound(CODE + text).output


@pytest.mark.parametrize(
    "text",
    [
        f"상태는 {TWO}입니다. 출력은 없습니다.",
        f"부르지 않으면, 상태는 {TWO}입니다.",
        f"부르지 않으면 상태는 {TWO}입니다.",
        "상태를 {value}`not len(states) > 2 -> 더 담지 않습니다 / 더 담습니다`.",
    ],
)
def test_denial_elsewhere_passes(lint_bound, text):
    """주장 안이나 다른 마디에서 부정하면 그냥 둔다."""
    assert lint_bound(CODE + text).code == 0
