"""
GRU의 갱신 게이트
=================

GRU는 상태(state) 하나로 기억을 이어 갑니다. 타임스텝(time step)마다 갱신 게이트(update gate) ``z``가 이전 상태를
얼마나 남길지 정합니다. Keras에서는 ``z``가 1에 가까울수록 이전 상태가 남습니다. 거꾸로 적은 글과 그림도 많으므로
손으로 계산해 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 5, 29, 7, 11

tf.keras.utils.set_random_seed(1)
inputs = tf.random.normal([batch_size, seq_length, input_dim])
initial_state = tf.random.uniform([batch_size, hidden_dim], -1, 1)


def sigmoid(x):
    """0과 1 사이로 누른다."""
    return 1 / (1 + np.exp(-x))


# %%
# 손으로 계산하기
# ---------------
#
# 가중치(weight)에는 갱신 게이트 ``z``, 재설정 게이트(reset gate) ``r``, 후보 값(candidate)에 쓰이는 부분이 이 차례로
# 나란히 붙어 있습니다. 기본값인 ``reset_after=True``에서는 편향(bias)이 두 줄입니다. 첫 줄은 입력 쪽에, 둘째 줄은 은닉
# 상태(hidden state) 쪽에 더합니다. ``reset_after=False``에서는 한 줄이고, ``r``을 거는 자리도 다릅니다.


def by_hand(weights, reset_after):
    """타임스텝마다의 은닉 상태와 z를 구한다."""
    kernel, recurrent_kernel, bias = weights
    input_bias, recurrent_bias = bias if reset_after else (bias, 0)
    candidate_kernel = recurrent_kernel[:, 2 * hidden_dim :]
    h, history = initial_state, []
    for t in range(seq_length):
        x_z, x_r, x_h = np.split(
            inputs[:, t] @ kernel + input_bias, 3, axis=-1
        )
        h_z, h_r, h_h = np.split(
            h @ recurrent_kernel + recurrent_bias, 3, axis=-1
        )
        z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
        # r을 곱셈 뒤에 거느냐, 은닉 상태에 먼저 거느냐의 차이다.
        candidate = np.tanh(
            x_h + (r * h_h if reset_after else (r * h) @ candidate_kernel)
        )
        h = z * h + (1 - z) * candidate
        history.append((h, z))
    return [
        np.stack(values, axis=1) for values in zip(*history, strict=True)
    ]


for reset_after, bias_shape in [
    (True, (2, 3 * hidden_dim)),
    (False, (3 * hidden_dim,)),
]:
    options = {
        "reset_after": reset_after,
        "bias_initializer": "random_normal",
    }
    gru = tf.keras.layers.GRU(hidden_dim, return_sequences=True, **options)
    outputs = gru(inputs, initial_state=initial_state)
    assert outputs.shape == (batch_size, seq_length, hidden_dim)
    assert gru.cell.kernel.shape == (input_dim, 3 * hidden_dim)
    assert gru.cell.recurrent_kernel.shape == (hidden_dim, 3 * hidden_dim)
    assert gru.cell.bias.shape == bias_shape
    h, _ = by_hand(gru.get_weights(), reset_after)
    assert np.allclose(h, outputs, rtol=0, atol=1e-6)
    print(
        f"reset_after={reset_after}: {gru.count_params()} parameters, same by hand"
    )

# %%
# 1에 가까운 z
# ------------
#
# 앞쪽 유닛(unit) 다섯의 ``z`` 편향만 5로 높입니다. ``sigmoid``를 지나면 0.99쯤 되는 값입니다.

slow_units = 5
gru = tf.keras.layers.GRU(hidden_dim, return_sequences=True)
gru.build(inputs.shape)
kernel, recurrent_kernel, bias = gru.get_weights()
bias[0, :slow_units] = 5.0  # 첫 줄의 앞쪽 hidden_dim개가 z의 몫이다
gru.set_weights([kernel, recurrent_kernel, bias])

h, z = by_hand(gru.get_weights(), reset_after=True)
assert np.allclose(
    h, gru(inputs, initial_state=initial_state), rtol=0, atol=1e-6
)

change = np.abs(np.diff(h, axis=1))
for name, units in [
    ("slow", slice(slow_units)),
    ("other", slice(slow_units, None)),
]:
    mean_z, mean_change = z[..., units].mean(), change[..., units].mean()
    print(
        f"{name} units: mean z {mean_z:.2f}, mean change {mean_change:.3f}"
    )

# %%
# 예제 하나를 유닛마다 한 줄씩 그렸습니다. 가로선 위가 편향을 높인 유닛입니다. 왼쪽 그림에서 ``z``가 거의 1이고,
# 오른쪽 그림에서 초기 상태(initial state)의 색이 끝까지 남습니다. 아래 유닛들은 ``z``가 타임스텝마다 오르내리고, 은닉
# 상태도 새로 읽은 입력에 따라 색이 바뀝니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "갱신 게이트와 은닉 상태. z가 1에 가까운 유닛에는 처음 색이 끝까지 남음"
)
figure, panels = plt.subplots(
    1, 2, figsize=(8, 3.8), sharey=True, num=window
)
pictures = [
    ("Update gate z", z, "viridis", 0),
    ("Hidden state h", h, "RdBu_r", -1),
]
for axes, (title, values, colors, lowest) in zip(
    panels, pictures, strict=True
):
    image = axes.imshow(
        values[3].T, aspect="auto", cmap=colors, vmin=lowest, vmax=1
    )
    axes.axhline(slow_units - 0.5, color="black", linewidth=2)
    axes.set(title=title, xlabel="time step")
    figure.colorbar(image, ax=axes)
panels[0].set_ylabel("unit")
plt.show()
