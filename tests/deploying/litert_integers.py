"""가중치와 계산을 모두 정수로 바꾸기. 인자로 unroll을 주면 층을 펼친다."""

import sys

import numpy as np
import tensorflow as tf

model = tf.keras.Sequential(
    [
        tf.keras.Input((7, 11), name="inputs"),
        tf.keras.layers.LSTM(13, unroll="unroll" in sys.argv),
    ]
)
samples = np.random.rand(29, 1, 7, 11).astype("float32")


def representative():
    """쓸 값과 비슷한 값. 이것으로 수의 범위를 정한다."""
    for sample in samples:
        yield {"inputs": sample}


spec = tf.keras.InputSpec(shape=(1, 7, 11), dtype="float32", name="inputs")
model.export(
    "model.tflite",
    format="litert",
    input_signature=[spec],
    optimizations=[tf.lite.Optimize.DEFAULT],
    representative_dataset=representative,
    verbose=False,
)
run = tf.lite.Interpreter("model.tflite").get_signature_runner()
answers = run(inputs=samples[0])["output_0"]

np.testing.assert_allclose(answers, model(samples[0]), atol=0.1)
