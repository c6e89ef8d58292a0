"""
순환층 사이의 정규화와 드롭아웃
===============================

순환층(recurrent layer)과 순환층 사이에는 다른 층(layer)을 끼울 수 있습니다. 여기서는 ``BatchNormalization``과
``Dropout``을 끼운 모델을 짧게 훈련(training)합니다. 두 층은 훈련할 때와 추론(inference)할 때 하는 일이 다릅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim, output_size = 61, 17, 7, 19, 5
batches, epochs, rate = 31, 7, 0.25

tf.keras.utils.set_random_seed(1)


def same(a, b):
    """반올림 오차를 빼고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-5)


# %%
# 지나간 최댓값을 기억하는 문제
# -----------------------------
#
# 앞쪽 특성(feature) 다섯을 봅니다. 타임스텝(time step)마다, 지금까지 나온 가장 큰 값이 몇 번째 특성의 것인지
# 맞힙니다. 뒤쪽 특성 둘은 정답과 상관없습니다. 첫 배치(batch)는 훈련에 쓰지 않고 남겨 둡니다.

inputs = np.random.normal(size=(batches * batch_size, seq_length, input_dim))
labels = np.maximum.accumulate(inputs[..., :output_size], axis=1).argmax(axis=-1)
unseen, answers = inputs[:batch_size], labels[:batch_size]
assert unseen.shape == (batch_size, seq_length, input_dim)
assert answers.shape == (batch_size, seq_length)

# %%
# 모델에는 층을 차례로 적습니다. 위 순환층도 시퀀스(sequence)를 받아야 하므로 아래 순환층에
# ``return_sequences=True``를 줍니다. ``Dense``는 마지막 축(axis)에만 걸리므로 타임스텝마다 답을 냅니다.

# 짧게 훈련하므로 momentum을 낮춘다. 기본값 0.99로는 모아 두는 평균이 훈련을 따라오지 못한다.
model = tf.keras.Sequential(
    [
        tf.keras.layers.RNN(tf.keras.layers.LSTMCell(hidden_dim), return_sequences=True),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.Dropout(rate),
        tf.keras.layers.RNN(tf.keras.layers.LSTMCell(hidden_dim), return_sequences=True),
        tf.keras.layers.Dense(output_size, activation="softmax"),
    ]
)
assert model(unseen).shape == (batch_size, seq_length, output_size)

optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
seen, targets = inputs[batch_size:], labels[batch_size:]
options = {"epochs": epochs, "validation_data": (unseen, answers), "verbose": 0}
history = model.fit(seen, targets, batch_size, **options).history
accuracy = history["val_accuracy"][-1]
print(f"accuracy on unseen sequences: {accuracy:.2f}, by chance: {1 / output_size:.2f}")

# %%
# 훈련할 때와 추론할 때
# ---------------------
#
# ``Dropout``은 ``training=True``일 때만 값을 지우고, 남은 값을 그만큼 키웁니다. 무엇을 지울지는 부를 때마다 새로
# 뽑습니다.

recurrent, normalization, dropout = model.layers[:3]
hidden = recurrent(unseen)
dropped = dropout(hidden, training=True)
print(f"values set to zero by Dropout in training: {np.mean(dropped == 0):.2f}")
assert same(dropped, np.where(dropped == 0, 0, hidden / (1 - rate)))
assert same(dropout(hidden, training=False), hidden)

# %%
# ``BatchNormalization``은 훈련할 때 지금 배치의 평균과 분산을, 추론할 때 그동안 모아 둔 것을 씁니다. 평균은
# **배치와 타임스텝을 함께** 셈한 것이라 특성마다 하나씩입니다. 그래서 타임스텝 하나만 떼어 보면 평균이 0이
# 아닙니다.

assert normalization.gamma.shape == normalization.moving_mean.shape == (hidden_dim,)
for training in [False, True]:
    mean = np.mean(hidden, axis=(0, 1)) if training else normalization.moving_mean
    variance = np.var(hidden, axis=(0, 1)) if training else normalization.moving_variance
    standardized = (hidden - mean) / np.sqrt(variance + normalization.epsilon)
    by_hand = standardized * normalization.gamma + normalization.beta
    assert same(normalization(hidden, training=training), by_hand)
first_step = np.abs(np.mean(standardized[:, 0], axis=0))
print(f"mean over batch and time: {np.abs(np.mean(standardized)):.2f}")
print(f"largest mean at the first step: {first_step.max():.2f}")

assert not same(model(unseen, training=True), model(unseen, training=True))
assert same(model(unseen, training=False), model(unseen, training=False))

# %%
# 왼쪽은 에포크(epoch)마다의 손실(loss)입니다. 훈련 손실은 에포크 동안의 평균이고 ``Dropout``으로 값을 지우면서 잰
# 것이라, 처음 보는 배치의 손실보다 대체로 높습니다. 오른쪽은 처음 보는 시퀀스 하나에서 타임스텝마다 매긴 확률이고,
# 동그라미가 정답입니다. 더 큰 값이 나올 때마다 정답이 다른 줄로 옮겨 가고, 밝은 칸이 대체로 따라갑니다. 최댓값과
# 비슷한 값이 새로 나온 곳에서는 헷갈리기도 합니다.

plt.rcParams.update({"font.size": 11, "figure.constrained_layout.use": True})
window = "에포크마다 내려가는 손실과, 타임스텝마다 매긴 확률"
figure, (curve, heat) = plt.subplots(1, 2, figsize=(8, 3.5), width_ratios=[2, 3], num=window)
ticks = range(1, epochs + 1)
curve.plot(ticks, history["loss"], color="#D55E00", label="training")
curve.plot(ticks, history["val_loss"], "--", color="#0072B2", label="unseen batch")
curve.set(title="Loss", xlabel="epoch", xticks=ticks, ylim=(0, None))
curve.legend(frameon=False)

# 정답이 가장 자주 바뀌는 시퀀스를 고른다.
example = np.count_nonzero(np.diff(answers), axis=1).argmax()
probabilities = model(unseen)[example]
colors = {"cmap": "viridis", "vmin": 0, "vmax": 1}
image = heat.imshow(tf.transpose(probabilities), aspect="auto", **colors)
circles = {"facecolors": "none", "edgecolors": "white", "linewidths": 2}
heat.scatter(range(seq_length), answers[example], s=60, **circles)
heat.set(title="Predictions for one sequence", xticks=range(0, seq_length, 2))
heat.set(xlabel="time step", ylabel="feature with the maximum")
figure.colorbar(image, ax=heat, label="probability")
plt.show()
