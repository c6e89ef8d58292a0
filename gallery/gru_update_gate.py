"""
값을 붙잡아 두는 GRU의 갱신 게이트
==================================

GRU는 상태(state) 하나로 기억을 이어 갑니다. 새 값을 언제 쓰고 옛 값을 언제 지킬지는 갱신 게이트(update gate) ``z``가
정합니다. 그래서 ``z``가 하는 일은 지킬 때와 쓸 때가 따로 있는 문제에서 가장 잘 보입니다. 여기서는 표시가 붙은 값만
적어 두고 나머지는 흘려보내는 일을 유닛(unit)이 하나뿐인 GRU에 가르칩니다. Keras에서는 ``z``가 1에 가까울수록 이전
상태가 남는데, 반대로 적은 글도 많으므로 식을 직접 계산해 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

features = ["value", "mark"]
batch_size, seq_length, hidden_dim = 53, 31, 1
input_dim = len(features)

tf.keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)


def sigmoid(x):
    """0과 1 사이의 값으로 바꾼다."""
    return 1 / (1 + np.exp(-x))


# %%
# 표시가 붙은 값만 기억하기
# -------------------------
#
# 타임스텝(time step)마다 -1과 1 사이의 값이 하나씩 들어오고, 그 가운데 일부에만 적어 두라는 표시 1이 붙습니다. 정답은
# 표시가 붙은 값 가운데 마지막 값입니다. 표시가 없는 동안에도 값은 계속 들어오므로, 새로 들어온 값을 무시하고 기억한
# 값을 지켜야 합니다. 예를 들어 센서가 쉬지 않고 잡음을 내보내는데, 믿을 만한 값에만 표시가 붙는 경우가 그렇습니다.


def make_sequences(count, length):
    """값과 표시, 타임스텝마다의 정답."""
    values = rng.uniform(-1, 1, (count, length))
    marks = rng.random((count, length)) < 0.15
    marks[:, 0] = True
    last_mark = np.maximum.accumulate(
        np.where(marks, np.arange(length), 0), axis=1
    )
    answers = np.take_along_axis(values, last_mark, axis=1)
    return (
        np.stack([values, marks], axis=-1).astype("float32"),
        marks,
        answers,
    )


inputs, marks, answers = make_sequences(20 * batch_size, seq_length)
gru = tf.keras.layers.GRU(hidden_dim, return_sequences=True)
model = tf.keras.Sequential([gru, tf.keras.layers.Dense(1)])
model.compile(tf.keras.optimizers.Adam(0.05), "mse")
model.fit(
    inputs, answers[..., None], batch_size=batch_size, epochs=20, verbose=0
)

inputs, marks, answers = make_sequences(200, 4 * seq_length)
errors = np.abs(model(inputs).numpy()[..., 0] - answers)
without_memory = np.abs(np.where(marks, inputs[..., 0], 0) - answers)
assert errors.mean() < 0.06 < 0.3 < without_memory.mean()
print(f"mean error on sequences 4 times as long: {errors.mean():.3f}")
print(f"mean error without memory: {without_memory.mean():.3f}")

# %%
# 훈련(training)할 때보다 4배 긴 시퀀스에서도 오차가 작습니다. 기억하지 않고 표시가 없을 때 늘 0이라고 답할 때보다 훨씬
# 작으므로, 이 GRU는 값을 붙잡아 두는 법을 배웠습니다.
#
# 갱신 게이트를 직접 계산하기
# ---------------------------
#
# 층(layer)은 ``z``를 돌려주지 않으므로 가중치(weight)로 계산합니다. 가중치에는 갱신 게이트 ``z``, 재설정 게이트(reset
# gate) ``r``, 후보 값(candidate)에 쓰이는 부분이 이 순서로 붙어 있습니다. 편향(bias)은 행이 둘이어서 첫 행은 입력
# 쪽에, 둘째 행은 은닉 상태(hidden state) 쪽에 더합니다. 이렇게 계산한 은닉 상태가 층의 출력과 같으면, ``z``의 방향도
# 맞게 읽은 것입니다. ``z``와 ``1 - z``의 자리를 바꾸어 계산하면 층의 출력과 달라집니다.

kernel, recurrent_kernel, (input_bias, recurrent_bias) = gru.get_weights()
assert kernel.shape == (input_dim, 3 * hidden_dim)
assert recurrent_kernel.shape == (hidden_dim, 3 * hidden_dim)


def run_gates(inputs, keeps_old=True):
    """타임스텝마다의 은닉 상태와 z, r."""
    h = np.zeros((len(inputs), hidden_dim))
    history = []
    for t in range(inputs.shape[1]):
        x_z, x_r, x_h = np.split(
            inputs[:, t] @ kernel + input_bias, 3, axis=-1
        )
        h_z, h_r, h_h = np.split(
            h @ recurrent_kernel + recurrent_bias, 3, axis=-1
        )
        z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
        candidate = np.tanh(x_h + r * h_h)
        h = (
            z * h + (1 - z) * candidate
            if keeps_old
            else (1 - z) * h + z * candidate
        )
        history.append([h, z, r])
    return np.stack(history, axis=2)[..., 0]


h, z, r = run_gates(inputs)
outputs = gru(inputs[:batch_size])
assert outputs.shape == (batch_size, 4 * seq_length, hidden_dim)
assert np.allclose(h[:batch_size], outputs[..., 0], rtol=0, atol=1e-5)
swapped_h, _, _ = run_gates(inputs[:batch_size], keeps_old=False)
assert not np.allclose(swapped_h, outputs[..., 0], rtol=0, atol=0.1)

# %%
# 이제 표시가 붙은 타임스텝과 붙지 않은 타임스텝에서 ``z``를 비교합니다.

keep, write = z[~marks], z[marks]
assert keep.min() > 0.9 > 0.6 > write.max()
assert errors[marks].mean() < 0.06
print(f"z where the value is kept: {keep.min():.3f} to {keep.max():.3f}")
print(f"z where a value is written: {write.min():.3f} to {write.max():.3f}")

# %%
# 지킬 때 ``z``는 언제나 1에 가깝고, 쓸 때는 언제나 그보다 훨씬 작습니다. 쓸 때 ``z``가 완전히 닫히지는 않으므로 옛
# 상태가 조금 남습니다. 그래도 쓰는 타임스텝의 오차는 작습니다. ``r``을 거쳐 옛 상태를 아는 후보 값이, 남은 만큼을 미리
# 뺄 수 있기 때문입니다.
#
# 지킬 때의 ``z``도 정확히 1은 아닙니다. 타임스텝마다 후보 값이 조금씩 섞이므로, 표시가 오래 나오지 않으면 기억이
# 흐려집니다. 첫 타임스텝에만 표시를 붙이고 오래 기다리면서 오차가 얼마나 커지는지 확인합니다.

waiting, _, _ = make_sequences(200, 101)
waiting[:, 1:, 1] = 0
drift = np.abs(model(waiting).numpy()[..., 0] - waiting[:, :1, 0]).mean(
    axis=0
)
assert drift[10] < 0.06 and drift[100] > 2 * drift[10]
print(
    "mean error after 0, 10 and 100 time steps: "
    f"{drift[0]:.3f} {drift[10]:.3f} {drift[100]:.3f}"
)

# %%
# 그림은 처음 보는 시퀀스입니다. 위 그림의 사각형이 적어 두라는 표시가 붙은 값이고, 작은 점은 무시할 값입니다. 모델의
# 답은 표시가 붙은 값으로 옮겨 가서 다음 표시까지 거의 수평으로 이어집니다. 가운데 그림의 ``z``는 그때마다 한 타임스텝만
# 내려갔다가 올라옵니다. 아래 그림은 은닉 상태 ``h``입니다. ``Dense``가 값을 다시 늘려 주므로 ``h``의 범위는 답과
# 다르지만, 움직이는 때는 같습니다.

shown = 60
steps = np.arange(shown)
values, marked = inputs[0, :shown, 0], marks[0, :shown]
predictions = model(inputs[:1]).numpy()[0, :shown, 0]

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "표시가 붙은 값을 다음 표시까지 붙잡아 두는 GRU. 갱신 게이트는 "
    "표시가 있을 때만 내려감"
)
figure, panels = plt.subplots(
    3, 1, figsize=(8, 6.4), sharex=True, height_ratios=[2, 1, 1], num=window
)
panels[0].plot(
    steps,
    values,
    ".",
    color="darkgray",
    markersize=5,
    label="ignored value",
)
panels[0].plot(
    steps[marked],
    values[marked],
    "s",
    color="tab:orange",
    markersize=8,
    label="marked value",
)
panels[0].step(
    steps, predictions, where="mid", color=ink, label="answer of the model"
)
panels[0].legend(
    loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False
)
panels[0].set(ylabel="value")
panels[1].step(steps, z[0, :shown], where="mid", color=ink)
panels[1].set(ylabel="update gate z", ylim=(-0.05, 1.05))
panels[2].step(steps, h[0, :shown], where="mid", color=ink)
panels[2].set(ylabel="state h", xlabel="time step")
for axes in panels:
    for step in steps[marked]:
        axes.axvline(
            step, color="tab:orange", linewidth=1, linestyle=":", zorder=0
        )
    axes.margins(x=0.01)
plt.show()
