"""강의에 적은 글자의 이름과 뜻은 기호의 표와 같아야 한다."""

import pytest

from rnn_shapes.lint import symbol_rows

CODE = "```{testcode}\nbatch_size, hidden_dim = 5, 7\n```\n\n"
HEAD = "| 글자 | 코드의 이름 | 뜻 |\n|--|--|--|\n"
CLAIM = '{value}`"패딩 포함" if batch_size > 1 else "패딩 제외" -> 패딩 포함`'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}| N | `hidden_dim` | 함께 계산하는 시퀀스의 수 |", symbol_rows.NAME),
        (f"{HEAD}| N | `batch_size` | 함께 계산하는 타임스텝의 수 |", symbol_rows.MEANING),
        (f"{HEAD}| N | `batch_size` | 함께 계산하는 시퀀스의 수. 패딩 포함 |", symbol_rows.MEANING),
        ("**N**은 배치 크기이고 코드에서는 `hidden_dim`입니다.", symbol_rows.NAME),
        ("배치 크기 N은 `batch_size`, 상태의 크기 H는 `batch_size`입니다.", symbol_rows.NAME),
    ],
)
def test_other_symbol_fails(lint_lesson, text, problem):
    """표와 다른 이름, 다른 뜻, 확인하지 않고 덧붙인 말은 실패한다."""
    assert f"ERROR: {problem}" in lint_lesson(CODE + text).output


def test_rows_of_the_table_pass(lint_lesson):
    """표와 같은 줄과 주장으로 덧붙인 말, 글자의 줄이 아닌 것은 그냥 둔다."""
    rows = (
        "| N | `batch_size` | 함께 계산하는 시퀀스의 수 |",
        f"| N | `batch_size` | 함께 계산하는 시퀀스의 수. {CLAIM} |",
        "| N | 배치 | 무엇이든 |",
        "| 상태 | `hidden_dim` | 무엇이든 |",
    )
    texts = (
        "**N**은 배치 크기이고 코드에서는 `batch_size`입니다.",
        "코드에서는 `hidden_dim`을 먼저 정합니다.",
        "N은 `batch_size`입니다.",
    )
    assert lint_lesson(CODE + HEAD + "\n".join([*rows, "", *texts])).code == 0
