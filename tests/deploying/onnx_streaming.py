"""한 타임스텝씩 답하는 ONNX 파일."""

import numpy as np
import onnxruntime
import tensorflow as tf

layers = tf.keras.layers
input_dim, hidden_dim = 11, 13
gru = layers.GRU(hidden_dim, return_state=True)

# 한 타임스텝과 상태를 받아, 답과 다음 상태를 내는 모델
step = tf.keras.Input((1, input_dim), name="step")
state = tf.keras.Input((hidden_dim,), name="state")
stepper = tf.keras.Model([step, state], gru(step, initial_state=state))

sequence = np.random.rand(1, 7, input_dim).astype("float32")
zeros = np.zeros((1, hidden_dim), "float32")
stepper([sequence[:, :1], zeros])
stepper.export("step.onnx", format="onnx", verbose=False)

session = onnxruntime.InferenceSession("step.onnx")
state = zeros
for t in range(sequence.shape[1]):
    inputs = {"step": sequence[:, t : t + 1], "state": state}
    answer, state = session.run(None, inputs)

expected, _ = gru(sequence)
np.testing.assert_allclose(answer, expected, atol=1e-5)
