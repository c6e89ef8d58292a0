"""형태를 말하는 문장은 무엇의 형태인지도 말한다."""

import pytest

CODE = """```{testcode}
import numpy as np
batch_size, seq_length, hidden_dim = 5, 7, 11
padded = np.zeros((batch_size, seq_length))
states = [np.zeros((batch_size, hidden_dim))]
```

"""
NO_SUBJECT = "무엇의 형태인지 말하지 않는 문장입니다. 주어를 적으세요: "
AFTER_COLON = "쌍점 뒤에 형태만 놓았습니다. 무엇이 그 형태인지 문장으로 적으세요: "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("이제 {shape}`padded -> (N, T)`입니다.", NO_SUBJECT + "(N, T)"),
        ("{shape}`padded -> (N, T)`이고 끝입니다.", NO_SUBJECT + "(N, T)"),
        ("값을 넣어 부를 때는 {shape}`states -> [(N, H)]`입니다.", NO_SUBJECT + "[(N, H)]"),
        ("Keras 2에서는 {shape}`states -> [(N, H)]`이며 끝입니다.", NO_SUBJECT + "[(N, H)]"),
        ("이어 붙이므로 {shape}`padded -> (N, T)`입니다.", NO_SUBJECT + "(N, T)"),
        ("패딩은 끝났습니다. 이제 {shape}`padded -> (N, T)`입니다.", NO_SUBJECT + "(N, T)"),
        ("상태는 리스트에 담겨 나옵니다: {shape}`states -> [(N, H)]`.", AFTER_COLON + "[(N, H)]"),
        ("- 상태: {shape}`states -> [(N, H)]`", AFTER_COLON + "[(N, H)]"),
    ],
)
def test_shape_of_nothing_fails(lint, text, message):
    """주어 없이 형태만 말하거나 쌍점 뒤에 형태만 놓으면 실패한다."""
    built = lint(CODE + text)
    assert built.code != 0
    assert message in built.output, built.output


@pytest.mark.parametrize(
    "text",
    [
        "이제 `padded`의 형태는 {shape}`padded -> (N, T)`입니다.",
        "`padded`는 {shape}`padded -> (N, T)`, 상태는 {shape}`states -> [(N, H)]`입니다.",
        "상태도 {value}`len(states) -> 하나`이고 {shape}`states -> [(N, H)]`입니다.".replace("하나", "1"),
        "상태는 리스트에 담겨 {shape}`states -> [(N, H)]`로 나옵니다.",
        "결과로 {shape}`padded -> (N, T)`가 나옵니다.",
        "| 가 | 나 |\n|--|--|\n| 다 | {shape}`padded -> (N, T)` |",
        "- {shape}`padded -> (N, T)`",
        "길이는 다음과 같습니다: {value}`len(padded) -> 5`",
    ],
)
def test_shape_of_something_passes(lint, text):
    """주어가 있거나 형태가 주어인 문장, 형태만 든 칸과 항목은 그냥 둔다."""
    built = lint(CODE + text)
    assert built.code == 0, built.output
