"""주장 앞의 말은 식이 재는 것과 같은 갈래의 다른 것이 아니어야 한다."""

import re

import pytest

from rnn_shapes.lint import kinds

CODE = """```{testcode}
import numpy as np

inputs, outputs = np.zeros((5, 7, 11)), np.zeros((5, 7, 13))
kernel, recurrent_kernel, bias = outputs[0], outputs[0], outputs[0, 0]
forward_h, backward_h = outputs[:, 0], outputs[:, 0]
accuracy = 1


def layer(values):
    return outputs


def softmax(value):
    return value
```

"""


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("`kernel`의 성분은 {value}`bias.size -> 13`개입니다.", "kernel"),
        ("`kernel`의 성분은 {value}`recurrent_kernel.size -> 91`개입니다.", "kernel"),
        ("편향에는 성분이 {value}`kernel.size -> 91`개 있습니다.", "편향"),
        ("입력은 축이 {value}`outputs.ndim -> 셋`입니다.", "입력"),
        ("역방향 상태는 축이 {value}`forward_h.ndim -> 둘`입니다.", "역방향"),
        ("손실은 {value}`accuracy -> 1`입니다.", "손실"),
        ("tanh를 지난 값은 {value}`softmax(5) -> 5`입니다.", "tanh"),
        ("앞에서부터 읽은 것은 축이 {value}`backward_h.ndim -> 둘`입니다.", "앞에서부터"),
        ("셋째 출력은 축이 {value}`outputs[:, 1].ndim -> 둘`입니다.", "셋째"),
        ("출력은 축이 {value}`outputs.ndim -> 셋`, 입력은 축이 {value}`outputs.ndim -> 셋`입니다.", "입력"),
    ],
)
def test_other_thing_of_the_same_kind_fails(lint_bound, text, term):
    """식에 같은 갈래의 다른 이름만 있으면 실패한다."""
    built = lint_bound(CODE + text)
    assert re.search(rf"docs/page\.md:\d+: ERROR: {re.escape(kinds.OTHER.format(term))}", built.output), built.output


@pytest.mark.parametrize(
    "text",
    [
        "`kernel`의 성분은 {value}`kernel.size -> 91`개이고 `bias`의 성분은 {value}`bias.size -> 13`개입니다.",
        "`recurrent_kernel`의 성분은 {value}`recurrent_kernel.size -> 91`개입니다.",
        "출력은 축이 {value}`layer(inputs).ndim -> 셋`입니다.",
        "입력을 읽은 출력은 축이 {value}`outputs.ndim -> 셋`입니다.",
        "역방향으로 읽어도 축은 {value}`outputs.ndim -> 셋`입니다.",
        "정확도는 {value}`accuracy -> 1`입니다.",
        "셋째 출력은 축이 {value}`outputs[:, 2].ndim -> 둘`입니다.",
        "편향은 하나입니다. 성분은 {value}`kernel.size -> 91`개입니다.",
    ],
)
def test_thing_that_is_measured_passes(lint_bound, text):
    """재는 것을 말하거나, 식에 그 갈래의 이름이 없으면 그냥 둔다."""
    assert lint_bound(CODE + text).code == 0
