"""ONNX Runtime에 타입이나 크기가 다른 값을 넣기."""

import numpy as np
import onnxruntime
import tensorflow as tf

entry = tf.keras.Input((None, 11), name="sequences")
model = tf.keras.Sequential([entry, tf.keras.layers.LSTM(13)])
inputs = np.random.rand(5, 7, 11)  # NumPy의 실수는 float64다
model(inputs)
model.export("model.onnx", format="onnx", verbose=False)

session = onnxruntime.InferenceSession("model.onnx")
(entry,) = session.get_inputs()
assert (entry.name, entry.type) == ("sequences", "tensor(float)")

raised = {}
wrong = {"type": inputs, "size": inputs[:, :, :7].astype("float32")}
for name, value in wrong.items():
    try:
        session.run(None, {entry.name: value})
    except Exception as error:
        raised[name] = error

session.run(None, {entry.name: inputs.astype("float32")})
