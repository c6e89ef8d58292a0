"""
셀과 층, 이어받는 상태
======================

셀(cell)은 한 타임스텝(time step)을 계산하고, 층(layer)은 그 셀을 시퀀스(sequence)가 끝날 때까지 되풀이합니다.
타임스텝 사이에 넘어가는 것은 상태(state)뿐입니다. 그래서 긴 시퀀스를 둘로 나누어도 상태만 이어받으면 결과가 같습니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 5, 29, 7, 11
head_length = 13  # 둘로 나눌 때 앞 조각의 길이

tf.keras.utils.set_random_seed(1)
# 누적합은 조금씩만 움직이므로 은닉 상태의 흐름이 그림에서 잘 보인다.
steps = tf.random.normal([batch_size, seq_length, input_dim])
inputs = 0.5 * tf.cumsum(steps, axis=1)


def same(a, b):
    """반올림 오차를 빼고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-6)


# %%
# 셀 한 번, 층 한 번
# ------------------
#
# ``LSTMCell``은 타임스텝 하나의 입력과 이전 상태를 받습니다. 상태는 은닉 상태(hidden state)와 셀 상태(cell state)
# 둘입니다.

cell = tf.keras.layers.LSTMCell(hidden_dim)
zero_state = cell.get_initial_state(batch_size=batch_size)
output, states = cell(inputs[:, 0], zero_state)
assert output.shape == (batch_size, hidden_dim)
assert [state.shape for state in states] == [(batch_size, hidden_dim)] * 2

# %%
# 같은 셀을 ``RNN``에 넣으면 시퀀스 전체를 한 번에 받는 층이 됩니다. ``return_sequences=True``는 모든 타임스텝의
# 출력을, ``return_state=True``는 마지막 상태(last state)를 함께 돌려받겠다는 뜻입니다.

rnn = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True)
outputs, last_h, last_c = rnn(inputs)
assert outputs.shape == (batch_size, seq_length, hidden_dim)
assert last_h.shape == last_c.shape == (batch_size, hidden_dim)
assert same(outputs[:, 0], output) and same(outputs[:, -1], last_h)

# 인자를 빼면 마지막 출력 하나만 나온다.
assert same(tf.keras.layers.RNN(cell)(inputs), last_h)

# %%
# 초기 상태(initial state)를 주지 않으면 0에서 시작합니다. 0을 직접 넣은 것과 같습니다.

assert same(rnn(inputs, initial_state=zero_state)[0], outputs)

# %%
# 상태를 이어받아 나누어 읽기
# ---------------------------
#
# 앞 조각이 남긴 상태를 뒤 조각의 ``initial_state``로 넣습니다. 견주어 보려고, 이어받지 않고 0에서 다시 시작한 것도
# 구합니다.

head, head_h, head_c = rnn(inputs[:, :head_length])
tail, tail_h, tail_c = rnn(inputs[:, head_length:], initial_state=[head_h, head_c])
restarted, _, _ = rnn(inputs[:, head_length:])

in_chunks = tf.concat([head, tail], axis=1)
assert in_chunks.shape == outputs.shape
assert same(in_chunks, outputs) and same(tail_h, last_h) and same(tail_c, last_c)
assert not same(restarted, tail)

print(f"state handed over: max difference {np.max(np.abs(in_chunks - outputs)):.3f}")
print(f"state thrown away: max difference {np.max(np.abs(restarted - tail)):.3f}")

# %%
# 위 그림은 예제 하나에서 유닛(unit) 셋의 은닉 상태입니다. 선은 한 번에 읽은 것, 점은 나누어 읽은 것입니다. 상태를
# 이어받으면 점이 선을 벗어나지 않습니다. 파선은 경계에서 0부터 다시 시작한 것입니다. 처음에는 크게 어긋나고, 같은
# 입력을 읽으면서 조금씩 가까워집니다. 아래 그림은 같은 예제를 한 번에 읽은 것이고, 모든 유닛이 있습니다.

plt.rcParams.update({"font.size": 11, "figure.constrained_layout.use": True})
window = "은닉 상태의 흐름. 상태를 이어받으면 선과 겹치고, 0에서 다시 시작하면 어긋남"
figure, (lines, heat) = plt.subplots(2, 1, figsize=(8, 5), sharex=True, num=window)
time = np.arange(seq_length)
for unit, color in zip([2, 5, 8], ["#0072B2", "#D55E00", "#009E73"], strict=True):
    lines.plot(time, outputs[0, :, unit], color=color, label=f"unit {unit}")
    lines.plot(time, in_chunks[0, :, unit], "o", color=color, markersize=4)
    lines.plot(time[head_length:], restarted[0, :, unit], "--", color=color)
lines.set_title("One run (lines), two chunks (dots), restarted from zero (dashed)")
lines.set(ylabel="hidden state", ylim=(-1, 1.5))
lines.legend(loc="upper left", ncols=3, frameon=False)

limit = np.max(np.abs(outputs[0]))
colors = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
image = heat.imshow(tf.transpose(outputs[0]), aspect="auto", **colors)
heat.set(title="All hidden units", xlabel="time step", ylabel="unit")
figure.colorbar(image, ax=heat, label="hidden state")
for axes in (lines, heat):
    axes.axvline(head_length - 0.5, color="gray", linestyle=":", linewidth=2)
plt.show()
