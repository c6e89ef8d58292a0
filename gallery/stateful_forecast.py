"""
상태를 이어받는 조석 예측
=========================

바닷물의 높이를 한 시간마다 기록한 값이 다섯 시간 치씩 들어옵니다. 다음 시간의 높이를 예측하려면 앞 묶음의 끝에서 물이
오르고 있었는지 내리고 있었는지 알아야 합니다. 그런데 순환층(recurrent layer)은 묶음이 바뀔 때마다 상태(state)를 0에서
다시 시작합니다. 상태 유지(stateful) 층(layer)을 쓰면 앞 묶음의 마지막 상태(last state)를 이어받습니다. 이
프로그램에서는 두 방식을 같은 문제로 훈련(training)해서 오차가 어디에서 줄어드는지, 그리고 한 방식으로 훈련하고 다른
방식으로 쓰면 무슨 일이 생기는지 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, hidden_dim = 7, 5, 13

tf.keras.utils.set_random_seed(1)

# %%
# 달과 태양이 만드는 시계열
# -------------------------
#
# 조석은 달과 태양의 움직임에서 오는, 주기가 서로 다른 물결을 더한 것입니다. 가장 큰 것은 달이 만드는 12.42시간 주기의
# 물결이고, 그다음은 태양이 만드는 12시간 주기의 물결입니다. 두 주기가 조금 어긋나서 물의 높낮이 차이는 보름마다 커졌다
# 작아집니다. 일 년 치를 만들고, 측정 오차를 조금 더한 뒤, 표준편차가 1이 되게 나눕니다.

hours = np.arange(24 * 365)
periods, amplitudes = (
    [12.42, 12, 23.93, 25.82],
    [2.9, 1.1, 0.4, 0.3],
)  # 시간과 미터
phases = np.random.rand(len(periods))
waves = [
    a * np.sin(2 * np.pi * (hours / p + f))
    for p, a, f in zip(periods, amplitudes, phases, strict=True)
]
level = np.sum(waves, axis=0) + np.random.normal(scale=0.1, size=len(hours))
level = (level / level.std()).astype("float32")
fortnight = 1 / (1 / periods[1] - 1 / periods[0]) / 24
print(f"the two largest waves meet every {fortnight:.1f} days")
assert np.isclose(level.std(), 1) and 14 < fortnight < 15.5


def windows(series):
    """긴 시계열을 구간으로 나누고, 구간마다 seq_length씩 자른다."""
    count = (len(series) - 1) // (batch_size * seq_length)
    used = count * batch_size * seq_length

    def cut(values):
        by_window = values[:used].reshape(batch_size, count, seq_length, 1)
        return by_window.swapaxes(0, 1).reshape(-1, seq_length, 1)

    return cut(series), cut(series[1:])


# %%
# 상태를 이어받으려면 배치(batch)의 순서를 지켜야 합니다. 배치의 i번째 시퀀스(sequence)가 앞 배치의 i번째 시퀀스에서
# 이어져야 하기 때문입니다. 그래서 긴 시계열을 먼저 배치 크기만큼의 구간으로 나누고, 모든 구간에서 같은 자리의 묶음을
# 모아 한 배치로 만듭니다.

seen_hours = 24 * 300
inputs, targets = windows(level[:seen_hours])
test_inputs, test_targets = windows(level[seen_hours:])
assert inputs[:batch_size].shape == (batch_size, seq_length, 1)
assert np.array_equal(inputs[:, 1:], targets[:, :-1])
next_batch = inputs[batch_size : 2 * batch_size]
assert np.array_equal(next_batch[:, 0], targets[:batch_size, -1])

# %%
# 두 모델의 훈련
# --------------
#
# ``stateful=True``인 층은 배치 크기를 미리 알아야 하므로 ``Input``에 ``batch_shape``를 줍니다. 배치를 섞지 않아야
# 하고, 에포크(epoch)가 바뀌면 처음부터 다시 읽으므로 상태를 지워야 합니다.


def build(stateful):
    """다음 시간의 높이를 타임스텝마다 예측하는 모델."""
    model = tf.keras.Sequential(
        [
            tf.keras.Input(batch_shape=(batch_size, seq_length, 1)),
            tf.keras.layers.GRU(
                hidden_dim, return_sequences=True, stateful=stateful
            ),
            tf.keras.layers.Dense(1),
        ]
    )
    model.compile(tf.keras.optimizers.Adam(learning_rate=0.01), "mse")
    return model


def forget(model):
    """상태를 0으로 되돌린다."""
    if model.layers[0].stateful:
        model.layers[0].reset_states()
        assert all(np.all(state == 0) for state in model.layers[0].states)


def train(model):
    """에포크마다 순서대로, 상태를 이어받지 않으면 섞어서 읽는다."""
    start = tf.keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: forget(model)
    )
    shuffle = not model.layers[0].stateful
    model.fit(
        inputs,
        targets,
        batch_size,
        epochs=5,
        shuffle=shuffle,
        callbacks=[start],
        verbose=0,
    )


def errors(model):
    """묶음 안의 자리마다 예측 오차의 제곱평균제곱근을 구한다."""
    forget(model)
    predictions = model.predict(test_inputs, batch_size, verbose=0)
    assert predictions.shape == test_targets.shape
    return np.sqrt(np.mean((predictions - test_targets) ** 2, axis=(0, 2)))


kept, restarted = build(stateful=True), build(stateful=False)
train(kept)
train(restarted)

# %%
# 훈련한 상태 유지 모델의 가중치(weight)를 상태를 이어받지 않는 모델로 옮겨, 훈련할 때와 다르게도 써 봅니다. 가중치의
# 수와 형태가 같아서 아무 오류도 나지 않습니다. 비교의 기준은 다음 시간에도 높이가 그대로라고 하는 예측입니다.

trap = build(stateful=False)
trap.set_weights(kept.get_weights())
by_position = {
    "state kept": errors(kept),
    "state reset": errors(restarted),
    "trained kept, used reset": errors(trap),
}
by_position["no change"] = np.sqrt(
    np.mean((test_inputs - test_targets) ** 2, axis=(0, 2))
)
overall = {
    name: np.sqrt(np.mean(values**2))
    for name, values in by_position.items()
}
for name, values in by_position.items():
    print(
        f"{name:25} {overall[name]:.3f}  by position",
        " ".join(f"{value:.3f}" for value in values),
    )

# %%
# 상태를 이어받으면 오차가 절반보다 작아집니다. 줄어든 오차는 거의 모두 묶음의 첫 자리에 있습니다. 상태가 0이면 첫
# 자리에서는 높이 하나만 보고 물이 오르는지 내리는지 짐작해야 하므로, 높이가 그대로라고 하는 예측보다 나을 것이
# 없습니다. 둘째 자리부터는 값 둘을 비교할 수 있어서 두 방식의 차이가 작습니다.

assert overall["state kept"] < 0.5 * overall["state reset"]
gain = by_position["state reset"] - by_position["state kept"]
assert (
    gain[0] > 5 * max(gain[1:])
    and by_position["state reset"][0] > 0.9 * by_position["no change"][0]
)

# %%
# 함정은 상태를 이어받으며 훈련한 모델을 이어받지 않고 쓸 때 나타납니다. 모델은 0에서 시작하는 법을 배운 적이 없으므로,
# 처음부터 0에서 시작하며 훈련한 모델보다도 오차가 훨씬 큽니다. 훈련할 때와 쓸 때 상태를 같은 방식으로 다루어야 합니다.

assert overall["trained kept, used reset"] > 1.3 * overall["state reset"]

# %%
# 왼쪽은 처음 보는 구간에서 묶음 여섯을 이은 것이고, 점선이 묶음의 경계입니다. 상태를 이어받은 예측은 물결을 그대로
# 따라가고, 0에서 다시 시작한 예측은 경계를 넘을 때마다 벗어납니다. 오른쪽은 묶음 안의 자리마다 구한 오차입니다. 두
# 방식의 차이가 첫 자리에 몰려 있습니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "조석 예측. 상태를 이어받으면 물결을 따라가고, 다시 시작하면 "
    "묶음의 첫 자리마다 벗어남"
)
figure, (lines, curve) = plt.subplots(
    1, 2, figsize=(8, 3.8), width_ratios=[3, 2], num=window
)
shown = 6
forget(kept)
for name, model, style, color in [
    ("state kept", kept, "-", "#0072B2"),
    ("state reset", restarted, "--", "#D55E00"),
]:
    predictions = model.predict(test_inputs, batch_size, verbose=0)
    lines.plot(
        predictions[::batch_size][-shown:].ravel(),
        style,
        color=color,
        linewidth=2,
        label=name,
    )
lines.plot(
    test_targets[::batch_size][-shown:].ravel(),
    "o",
    color="black",
    markersize=4,
    label="measured",
)
for border in range(1, shown):
    lines.axvline(
        border * seq_length - 0.5, ymax=0.85, color="gray", linestyle=":"
    )
lines.set(
    title="Sea level one hour ahead",
    xlabel="hour",
    ylabel="level",
    ylim=(-2.2, 3.4),
)
lines.legend(
    loc="upper left",
    ncols=3,
    frameon=False,
    fontsize=10,
    handlelength=1.5,
    columnspacing=1,
)
positions = range(1, seq_length + 1)
styles = zip(
    by_position.items(),
    ["o-", "s--", "x:", "-"],
    ["#0072B2", "#D55E00", "black", "gray"],
    strict=True,
)
for (name, values), style, color in styles:
    curve.plot(positions, values, style, color=color, label=name)
curve.set(
    title="Error by position",
    xlabel="position in the window",
    xticks=positions,
    ylim=(0, 1.05),
)
curve.legend(loc="upper right", frameon=False, fontsize=10)
plt.show()
