"""주장은 문장이 말하는 값을 재야 한다."""

import re

import pytest

from rnn_shapes.lint.subjects import measured

CODE = """```{testcode}
import numpy as np

inputs = np.zeros((5, 7, 11))
outputs, h, c = np.zeros((5, 7, 13)), np.zeros((5, 13)), np.zeros((5, 13))
mask = np.zeros((5, 7))
layer = type("Layer", (), {"kernel": h, "bias": c})
```

"""
WORD = "주어는 ‘{}’인데 주장의 식은 {}입니다. 문장이 말하는 값을 적으세요: {}"
NAME = "주어는 {}인데 주장의 식에 그 이름이 없습니다. 문장이 말하는 값을 적으세요: {}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("출력은 {shape}`inputs -> (5, 7, 11)`입니다.", WORD.format("출력", "inputs", "inputs")),
        ("출력의 형태는 {shape}`inputs[0] -> (7, 11)`이고 끝입니다.", WORD.format("출력", "inputs", "inputs[0]")),
        ("출력의 형태(shape)는 {shape}`mask -> (5, 7)`입니다.", WORD.format("출력", "mask", "mask")),
        ("은닉 상태(hidden state)는 {shape}`c -> (5, 13)`입니다.", WORD.format("은닉 상태", "c", "c")),
        (
            "은닉 상태는 {shape}`h -> (5, 13)`이고 셀 상태는 {shape}`h -> (5, 13)`입니다.",
            WORD.format("셀 상태", "h", "h"),
        ),
        ("마스크는 {shape}`outputs -> (5, 7, 13)`입니다.", WORD.format("마스크", "outputs", "outputs")),
        ("| 가 | 나 |\n|--|--|\n| 출력 | {shape}`inputs -> (5, 7, 11)` |", WORD.format("출력", "inputs", "inputs")),
        ("편향(bias)은 {shape}`layer.kernel -> (5, 13)`입니다.", WORD.format("편향", "kernel", "layer.kernel")),
        ("`outputs`는 {shape}`inputs -> (5, 7, 11)`입니다.", NAME.format("outputs", "inputs")),
        (
            "`kernel`은 {shape}`layer.bias -> (5, 13)`, 다음은 {shape}`layer.kernel -> (5, 13)`입니다.",
            NAME.format("kernel", "layer.bias"),
        ),
        ("`inputs`와 {value}`h is c -> 같습니다 / 다릅니다`.", NAME.format("inputs", "h is c")),
        (
            "`inputs`보다 {value}`'큽니다' if h.size > 1 else '작습니다' -> 큽니다`.",
            NAME.format("inputs", "'큽니다' if h.size > 1"),
        ),
    ],
)
def test_claim_of_another_value_fails(lint, text, message):
    """다른 값을 재는 주장은 주어와 잰 값을 말하며 실패한다."""
    built = lint(CODE + text)
    assert re.search(rf"docs/page\.md:\d+: ERROR: {re.escape(message)}", built.output), built.output


@pytest.mark.parametrize(
    "text",
    [
        "출력은 {shape}`outputs -> (5, 7, 13)`이고 입력은 {shape}`inputs -> (5, 7, 11)`입니다.",
        "디코더의 입력은 {shape}`outputs -> (5, 7, 13)`입니다.",
        "출력은 입력을 받아 {shape}`inputs -> (5, 7, 11)`과 같습니다.",
        "출력은 {shape}`np.tanh(inputs) -> (5, 7, 11)`입니다.",
        "상태는 {shape}`(h, c) -> ((5, 13), (5, 13))`입니다.",
        "`outputs`는 {shape}`inputs -> (5, 7, 11)`을 받습니다.",
        "`LSTM`은 {shape}`outputs -> (5, 7, 13)`입니다.",
        "`kernel`은 {shape}`layer.kernel -> (5, 13)`입니다.",
        "`h`와 {value}`h is not c -> 다릅니다 / 같습니다`.",
        "`mask=mask`는 {shape}`mask -> (5, 7)`입니다.",
        "편향은 {shape}`layer.bias -> (5, 13)`입니다.",
        "| 가 | 나 |\n|--|--|\n| 출력 | {shape}`outputs -> (5, 7, 13)` |",
    ],
)
def test_claim_of_its_subject_passes(lint, text):
    """주어를 재거나 주어를 확실히 알 수 없는 주장은 그냥 둔다."""
    built = lint(CODE + text)
    assert built.code == 0, built.output


def test_broken_expression_measures_nothing():
    """파이썬이 아닌 식은 주장이 따로 알린다."""
    assert measured("1 +").root == ""
