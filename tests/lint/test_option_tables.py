"""옵션의 표에서 칸에 적은 참과 거짓은 그 줄의 식과 맞아야 한다."""

import pytest

from rnn_shapes.lint import options

CODE = "```{testcode}\ndef layer(deep=False):\n    return [1, 2] if deep else [1]\n```\n\n"
HEAD = "| `deep` | 돌려받는 것 |\n|--|--|\n"
BOTH = "{value}`len(layer(deep=True)) -> 둘`"
ONE = "{value}`len(layer()) -> 하나`"


@pytest.mark.parametrize("row", [f"| `False` | {BOTH} |", f"| `True` | {ONE} |"])
def test_other_option_fails(lint_bound, row):
    """식과 다른 값을 적은 줄은 실패한다."""
    assert f"ERROR: {options.OTHER}" in lint_bound(CODE + HEAD + row).output


def test_measured_options_pass(lint_bound):
    """식에 적은 옵션과, 옵션의 이름이 아닌 머리의 칸은 그냥 둔다."""
    assert lint_bound(CODE + HEAD + f"| `True` | {BOTH} |\n| `False` | {ONE} |").code == 0
    assert lint_bound(CODE + HEAD.replace("`deep`", "깊은가") + f"| `False` | {BOTH} |").code == 0
