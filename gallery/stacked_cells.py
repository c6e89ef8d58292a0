"""
셀을 쌓은 층
============

``RNN``에 셀(cell)의 리스트(list)를 주면 층(layer) 하나 안에 셀이 겹겹이 쌓입니다. 타임스텝(time step)마다 아래 셀의
출력이 위 셀의 입력이 됩니다. 시간 축(axis)은 그대로 두고, 특성(feature)만 한 겹씩 새로 바꾸어 가는 셈입니다.
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


# %%
# 셀의 리스트
# -----------
#
# 셀마다 유닛(unit) 수가 달라도 됩니다. 여기서는 위 셀이 두 배입니다. 출력은 맨 위 셀의 것이고, 상태(state)는 셀마다
# 리스트 하나로 묶여 나옵니다.

cells = [tf.keras.layers.LSTMCell(hidden_dim), tf.keras.layers.LSTMCell(2 * hidden_dim)]
stacked = tf.keras.layers.RNN(cells, return_sequences=True, return_state=True)
outputs, lower_state, upper_state = stacked(inputs)

assert outputs.shape == (batch_size, seq_length, 2 * hidden_dim)
assert [state.shape for state in lower_state] == [(batch_size, hidden_dim)] * 2
assert [state.shape for state in upper_state] == [(batch_size, 2 * hidden_dim)] * 2
assert same(outputs[:, -1], upper_state[0])

# %%
# 위 셀의 ``kernel``은 아래 셀의 출력을 받습니다. 그래서 첫 축의 크기가 아래 셀의 유닛 수입니다.

assert cells[0].kernel.shape == (input_dim, 4 * hidden_dim)
assert cells[1].kernel.shape == (hidden_dim, 4 * 2 * hidden_dim)
for name, cell in zip(["lower", "upper"], cells, strict=True):
    print(f"{name} cell: {cell.count_params()} parameters")

# %%
# 층을 이은 모델과의 비교
# -----------------------
#
# ``LSTM`` 둘을 이어도 같은 계산입니다. 가중치(weight)를 옮기면 출력도 상태도 같습니다. 이렇게 풀어 쓰면 묶음 안에
# 숨어 있던, 아래층이 위층에 넘기는 시퀀스(sequence)를 볼 수 있습니다.

lower = tf.keras.layers.LSTM(hidden_dim, return_sequences=True, return_state=True)
upper = tf.keras.layers.LSTM(2 * hidden_dim, return_sequences=True, return_state=True)
lower.build((batch_size, seq_length, input_dim))
upper.build((batch_size, seq_length, hidden_dim))
lower.set_weights(cells[0].get_weights())
upper.set_weights(cells[1].get_weights())

between, *chained_lower_state = lower(inputs)
chained, *chained_upper_state = upper(between)
assert between.shape == (batch_size, seq_length, hidden_dim)
assert same(chained, outputs)
assert all(same(a, b) for a, b in zip(chained_lower_state, lower_state, strict=True))
assert all(same(a, b) for a, b in zip(chained_upper_state, upper_state, strict=True))
print("stack of cells equals chain of layers")

# %%
# 아래에서 위로 읽으세요. 맨 아래는 입력, 가운데는 아래 셀의 은닉 상태(hidden state), 맨 위는 위 셀의 은닉 상태이자
# 층의 출력입니다. 세 그림은 시간 축이 같고, 높이는 특성의 수에 비례합니다. 테두리를 두른 마지막 열이
# ``return_state=True``로 돌려받는 은닉 상태입니다. 위로 갈수록 색이 천천히 바뀝니다.

plt.rcParams.update({"font.size": 11, "figure.constrained_layout.use": True})
rows = [("upper cell", outputs[0]), ("lower cell", between[0]), ("inputs", inputs[0])]
heights = [values.shape[-1] for _, values in rows]
window = "입력, 아래 셀, 위 셀의 색 지도. 위로 갈수록 색이 천천히 바뀜"
figure, panels = plt.subplots(3, 1, figsize=(8, 5), sharex=True, height_ratios=heights, num=window)
for axes, (name, values) in zip(panels, rows, strict=True):
    limit = np.max(np.abs(values))
    colors = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
    image = axes.imshow(tf.transpose(values), aspect="auto", **colors)
    axes.set_ylabel(name)
    figure.colorbar(image, ax=axes)
    if name != "inputs":
        corner, height = (seq_length - 1.5, -0.5), values.shape[-1]
        axes.add_patch(plt.Rectangle(corner, 1, height, fill=False, linewidth=3))
panels[0].set_title("Each cell reads the sequence below it")
panels[-1].set_xlabel("time step")
plt.show()
