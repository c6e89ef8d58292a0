"""
양방향 출력과 마지막 상태
=========================

``Bidirectional``은 순환층(recurrent layer) 둘로 시퀀스(sequence)를 앞에서도 읽고 뒤에서도 읽습니다. 두 층(layer)이
읽기를 마치는 곳이 서로 반대쪽 끝이라서, 마지막 상태(last state)도 출력의 양 끝에 하나씩 있습니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 5, 13, 11, 7

tf.keras.utils.set_random_seed(1)
inputs = tf.random.normal([batch_size, seq_length, input_dim])


def same(a, b):
    """반올림 오차를 빼고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-6)


# %%
# 출력 하나와 상태 넷
# -------------------
#
# 출력은 정방향(forward)과 역방향(backward)의 출력을 마지막 축(axis)으로 이어 붙인(concatenate) 것입니다. 상태는
# 합치지 않습니다. 정방향의 ``h``와 ``c``, 역방향의 ``h``와 ``c``가 이 차례로 따로 나옵니다.

bidirectional = tf.keras.layers.Bidirectional(
    tf.keras.layers.LSTM(hidden_dim, return_sequences=True, return_state=True)
)
outputs, f_h, f_c, b_h, b_c = bidirectional(inputs)
assert outputs.shape == (batch_size, seq_length, 2 * hidden_dim)
for state in [f_h, f_c, b_h, b_c]:
    assert state.shape == (batch_size, hidden_dim)

# %%
# ``SimpleRNN``과 ``GRU``는 방향마다 상태가 하나뿐이라 모두 셋을 돌려줍니다.

for kind in [tf.keras.layers.LSTM, tf.keras.layers.GRU, tf.keras.layers.SimpleRNN]:
    layer = kind(hidden_dim, return_sequences=True, return_state=True)
    returned = tf.keras.layers.Bidirectional(layer)(inputs)
    print(f"{kind.__name__}: {len(returned)} tensors")
    assert len(returned) == (5 if kind is tf.keras.layers.LSTM else 3)

# %%
# 마지막 상태가 있는 자리
# -----------------------
#
# 정방향 층은 마지막 타임스텝(time step)에서, 역방향 층은 첫 타임스텝에서 읽기를 마칩니다. 그 자리의 출력이 마지막
# 은닉 상태(hidden state)입니다.

assert same(outputs[:, -1, :hidden_dim], f_h)
assert same(outputs[:, 0, hidden_dim:], b_h)

# %%
# ``outputs[:, -1]``은 시퀀스를 대표하지 못합니다. 뒤쪽 절반은 역방향 층이 **맨 처음** 낸 것, 곧 마지막 타임스텝
# 하나만 읽은 출력이기 때문입니다. ``return_sequences=False``는 양 끝의 마지막 은닉 상태를 이어 붙여 돌려줍니다.
# 형태(shape)는 둘이 같아서 잘못 써도 오류가 나지 않습니다.

summary_layer = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(hidden_dim))
summary_layer.build(inputs.shape)
summary_layer.set_weights(bidirectional.get_weights())
summary = summary_layer(inputs)
assert summary.shape == outputs[:, -1].shape == (batch_size, 2 * hidden_dim)
assert same(summary, tf.concat([f_h, b_h], axis=-1))
assert not same(summary, outputs[:, -1])

difference = np.abs(summary - outputs[:, -1])
print(f"forward half: max difference {difference[:, :hidden_dim].max():.2f}")
print(f"backward half: max difference {difference[:, hidden_dim:].max():.2f}")

# %%
# 예제 하나의 출력입니다. 가로선 위가 정방향, 아래가 역방향입니다. 정방향은 왼쪽에서 오른쪽으로 읽어 오른쪽 끝이
# 마지막 상태이고, 역방향은 오른쪽에서 왼쪽으로 읽어 왼쪽 끝이 마지막 상태입니다. 테두리를 두른 두 곳을 이어 붙인 것이
# ``return_sequences=False``의 결과입니다.

plt.rcParams.update({"font.size": 11, "figure.constrained_layout.use": True})
window = "양방향 층의 출력. 정방향의 마지막 상태는 오른쪽 끝, 역방향은 왼쪽 끝에 있음"
figure, axes = plt.subplots(figsize=(8, 4.2), num=window)
limit = np.max(np.abs(outputs[0]))
colors = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
image = axes.imshow(tf.transpose(outputs[0]), aspect="auto", **colors)
figure.colorbar(image, ax=axes, label="output")
axes.axhline(hidden_dim - 0.5, color="black", linewidth=2)
middle = (hidden_dim - 1) / 2
label = {"ha": "center", "va": "center", "color": "black", "bbox": {"facecolor": "white"}}
for column, row, name in [(seq_length - 1, 0, "f_h"), (0, hidden_dim, "b_h")]:
    corner = (column - 0.5, row - 0.5)
    axes.add_patch(plt.Rectangle(corner, 1, hidden_dim, fill=False, linewidth=4))
    axes.text(column, row + middle, name, **label)
axes.set_yticks([middle, middle + hidden_dim], ["forward →", "← backward"])
axes.tick_params(axis="y", labelrotation=90, length=0)
plt.setp(axes.get_yticklabels(), va="center")
axes.set(title="Last states sit at opposite ends of the output", xlabel="time step")
plt.show()
