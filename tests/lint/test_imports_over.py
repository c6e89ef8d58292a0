"""다음 페이지를 바꾸는 import."""

import pytest

MESSAGE = "ERROR: 다음 페이지의 tf.keras까지 바꾸는 import입니다. tf.keras.layers나 keras에서 꺼내 쓰세요: "
EXAMPLE, CODE = "```{doctest}\n>>> %s\n```", "```{testcode}\n%s\n```"


@pytest.mark.parametrize(
    ("block", "code", "passes"),
    [
        (EXAMPLE, "from tensorflow.keras.layers import LSTM", False),
        (CODE, "import tensorflow.keras.layers as layers", False),
        (CODE, "import tensorflow as tf\nfrom keras.layers import LSTM", True),
        (EXAMPLE, "from tensorflow.python.keras.layers import LSTM", True),
    ],
)
def test_tensorflow_keras_is_not_imported(lint, block, code, passes):
    """``tensorflow.keras``를 모듈로 들여오는 코드는 실행한 차례에 따라 다른 페이지의 결과를 바꾼다."""
    built = lint(block % code)
    assert (built.code == 0, MESSAGE in built.output) == (passes, not passes), built.output
