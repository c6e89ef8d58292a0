"""
LSTM의 게이트
=============

LSTM은 타임스텝(time step)마다 게이트(gate) 셋으로 기억을 다룹니다. 게이트는 0과 1 사이의 값이고, 지나갈 양을
정합니다. 층(layer)이 게이트를 돌려주지는 않습니다. 하지만 가중치(weight)가 있으면 NumPy로 똑같이 계산해 낼 수
있습니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 5, 23, 7, 11

tf.keras.utils.set_random_seed(1)
inputs = tf.random.normal([batch_size, seq_length, input_dim])


def same(a, b):
    """반올림 오차를 빼고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-6)


def sigmoid(x):
    """0과 1 사이로 누른다."""
    return 1 / (1 + np.exp(-x))


# %%
# LSTM을 적는 두 가지 방법
# ------------------------
#
# ``LSTM``은 ``RNN(LSTMCell)``과 같은 계산입니다. 가중치를 옮기면 값도 같습니다. 다만 무엇을 돌려받는지는
# 인자(argument)에 달렸습니다.

options = {"return_sequences": True, "return_state": True}
layer = tf.keras.layers.LSTM(hidden_dim, name="encoder", **options)
outputs, last_h, last_c = layer(inputs)
assert outputs.shape == (batch_size, seq_length, hidden_dim)
assert last_h.shape == last_c.shape == (batch_size, hidden_dim)

cell = tf.keras.layers.LSTMCell(hidden_dim)
from_cell = tf.keras.layers.RNN(cell, return_sequences=True)
from_cell.build(inputs.shape)
from_cell.set_weights(layer.get_weights())
assert same(from_cell(inputs), outputs)

# %%
# 게이트를 손으로 계산하기
# ------------------------
#
# ``kernel``과 ``recurrent_kernel``, ``bias``에는 입력 게이트(input gate) ``i``, 망각 게이트(forget gate) ``f``, 후보
# 값(candidate) ``c~``, 출력 게이트(output gate) ``o``에 쓰이는 부분이 이 차례로 나란히 붙어 있습니다.
# 편향(bias)은 ``f``에 쓰이는 부분만 1에서 시작합니다.

kernel, recurrent_kernel, bias = layer.get_weights()
assert kernel.shape == (input_dim, 4 * hidden_dim)
assert recurrent_kernel.shape == (hidden_dim, 4 * hidden_dim)
assert bias.shape == (4 * hidden_dim,)
assert [set(part) for part in np.split(bias, 4)] == [
    {0.0},
    {1.0},
    {0.0},
    {0.0},
]

h = c = np.zeros((batch_size, hidden_dim))
history = {name: [] for name in ["i", "f", "o", "c~", "c", "h"]}
for t in range(seq_length):
    sums = inputs[:, t] @ kernel + h @ recurrent_kernel + bias
    i, f, candidate, o = np.split(sums, 4, axis=-1)
    i, f, o, candidate = (
        sigmoid(i),
        sigmoid(f),
        sigmoid(o),
        np.tanh(candidate),
    )
    c = f * c + i * candidate
    h = o * np.tanh(c)
    for name, value in zip(
        history, [i, f, o, candidate, c, h], strict=True
    ):
        history[name].append(value)
history = {
    name: np.stack(values, axis=1) for name, values in history.items()
}

assert history["h"].shape == (batch_size, seq_length, hidden_dim)
assert same(history["h"], outputs) and same(h, last_h) and same(c, last_c)
for name in ["i", "f", "o"]:
    print(f"mean of {name}: {history[name].mean():.2f}")

# %%
# 예제 하나를 유닛(unit)마다 한 줄씩 그렸습니다. 윗줄의 게이트는 밝을수록 1에 가깝습니다. 망각 게이트가 나머지 둘보다
# 밝은 것은 편향 1 때문입니다. 훈련(training)을 시작할 때부터 기억을 남기는 쪽으로 기울어 있습니다. 아랫줄을 왼쪽부터
# 보면, 후보 값은 색이 자주 뒤집히고 셀 상태(cell state) ``c``는 그보다 색이 오래 이어집니다. 은닉 상태(hidden
# state) ``h``는 ``c``에서 ``o``만큼 꺼낸 것이라 더 옅습니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
names = ["input gate", "forget gate", "output gate"]
names += ["candidate", "cell state", "hidden state"]
gates = {"cmap": "viridis", "vmin": 0, "vmax": 1}
others = {"cmap": "RdBu_r", "vmin": -1, "vmax": 1}
window = "게이트 셋과 후보 값, 셀 상태, 은닉 상태의 색 지도. 망각 게이트가 가장 밝음"
figure, panels = plt.subplots(
    2, 3, figsize=(8, 5), sharex=True, sharey=True, num=window
)
for axes, name, (letter, values) in zip(
    panels.flat, names, history.items(), strict=True
):
    colors = gates if axes in panels[0] else others
    image = axes.imshow(values[0].T, aspect="auto", **colors)
    axes.set_title(f"{name} {letter}", fontsize=12)
    if axes in panels[:, 2]:
        figure.colorbar(image, ax=axes)
figure.supxlabel("time step", fontsize=11)
figure.supylabel("unit", fontsize=11)
plt.show()
