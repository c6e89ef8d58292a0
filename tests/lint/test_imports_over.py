"""다음 페이지를 바꾸는 import."""

import pytest

MESSAGE = (
    "docs/page.md:3: ERROR: 다음 페이지의 tf.keras까지 바꾸는 import입니다. tf.keras.layers나 keras에서 꺼내 쓰세요"
)


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        ("```{{doctest}}\n>>> {}\n```".format("from tensorflow.keras.layers import LSTM"), False),
        ("```{{testcode}}\n{}\n```".format("import tensorflow.keras.layers as layers"), False),
        ("```{{testcode}}\n{}\n```".format("import tensorflow as tf\nfrom keras.layers import LSTM"), True),
        ("```{{testcode}}\n{}\n```".format("from tensorflow.python.keras.layers import LSTM"), True),
    ],
)
def test_tensorflow_keras_is_not_imported(lint, code, passes):
    """``tensorflow.keras``를 모듈로 들여오는 코드는 실행한 차례에 따라 다른 페이지의 결과를 바꾼다."""
    built = lint(code)
    assert (built.code == 0, MESSAGE in built.output) == (passes, not passes), built.output
