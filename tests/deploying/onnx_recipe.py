"""ONNX로 내보내고 ONNX Runtime에서 실행하기."""

import numpy as np
import onnxruntime
import tensorflow as tf

layers = tf.keras.layers
model = tf.keras.Sequential(
    [
        tf.keras.Input((None, 11), name="sequences"),
        layers.LSTM(13),
        layers.Dense(1),
    ]
)
inputs = np.random.rand(5, 7, 11).astype("float32")
expected = model(inputs)  # 한 번 불러야 내보낼 수 있다

model.export("model.onnx", format="onnx", verbose=False)
session = onnxruntime.InferenceSession("model.onnx")
(answers,) = session.run(None, {"sequences": inputs})

np.testing.assert_allclose(answers, expected, atol=1e-5)
