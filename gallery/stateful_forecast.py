"""
상태를 이어받는 전압 예측
=========================

세포막의 전압을 짧은 간격으로 잰 값이 다섯 개씩 들어옵니다. 전압이 다음에 얼마나 변할지 예측하려면 앞 묶음의 끝에서
어떻게 변하고 있었는지 알아야 합니다. 그런데 순환층(recurrent layer)은 묶음이 바뀔 때마다 상태(state)를 0에서 다시
시작합니다. 상태 유지(stateful) 층(layer)을 쓰면 앞 묶음의 마지막 상태(last state)를 이어받습니다. 이 프로그램에서는
실제 기록으로 두 방식을 비교하고, 시드(seed)를 바꾸어도 결과가 같은지 확인합니다. 한 방식으로 훈련(training)하고
다른 방식으로 쓰면 무슨 일이 생기는지도 확인합니다.
"""

import matplotlib.cbook as cbook
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, hidden_dim = 31, 5, 13
seeds = 1, 2, 3

# %%
# 세포막의 전압 기록
# ------------------
#
# matplotlib에는 예제에 쓰는 기록이 몇 가지 들어 있습니다. 그 가운데 ``membrane.dat``을 읽습니다. 전압은 천천히
# 변하므로 다음 값이 지금과 같다고만 해도 크게 틀리지 않습니다. 그래서 전압이 아니라 전압의 변화를 예측합니다.
# 변화의 표준편차가 1이 되도록, 변화를 표준편차로 나눕니다.

with cbook.get_sample_data("membrane.dat") as file:
    voltage = np.fromfile(file, np.float32)
change = np.diff(voltage)
change /= change.std()
print(f"{len(voltage)} values")
assert np.isclose(change.std(), 1)


def windows(series):
    """긴 기록을 구간으로 나누고, 구간마다 seq_length씩 자른다."""
    count = (len(series) - 1) // (batch_size * seq_length)
    used = count * batch_size * seq_length

    def cut(values):
        by_window = values[:used].reshape(batch_size, count, seq_length, 1)
        return by_window.swapaxes(0, 1).reshape(-1, seq_length, 1)

    return cut(series), cut(series[1:])


# %%
# 상태를 이어받으려면 배치(batch)의 순서를 지켜야 합니다. 배치의 i번째 시퀀스(sequence)가 앞 배치의 i번째 시퀀스에서
# 이어져야 하기 때문입니다. 그래서 긴 기록을 먼저 배치 크기만큼의 구간으로 나누고, 모든 구간에서 같은 자리의 묶음을
# 모아 한 배치로 만듭니다.

seen = len(change) * 4 // 5
inputs, targets = windows(change[:seen])
test_inputs, test_targets = windows(change[seen:])
assert inputs[:batch_size].shape == (batch_size, seq_length, 1)
assert np.array_equal(inputs[:, 1:], targets[:, :-1])
next_batch = inputs[batch_size : 2 * batch_size]
assert np.array_equal(next_batch[:, 0], targets[:batch_size, -1])

# %%
# 상태를 지우는 때만 다른 두 방식
# -------------------------------
#
# 두 방식은 같은 모델로 만들 수 있습니다. ``stateful=True``인 층의 상태를 에포크(epoch)가 시작할 때만 지우면 묶음
# 사이에 상태가 이어지고, 배치마다 지우면 묶음마다 0에서 시작합니다. 배치 크기를 미리 알아야 하므로 ``Input``에
# ``batch_shape``를 줍니다.


def build():
    """다음 변화를 타임스텝마다 예측하는 모델."""
    model = tf.keras.Sequential(
        [
            tf.keras.Input(batch_shape=(batch_size, seq_length, 1)),
            tf.keras.layers.GRU(
                hidden_dim, return_sequences=True, stateful=True
            ),
            tf.keras.layers.Dense(1),
        ]
    )
    model.compile(tf.keras.optimizers.Adam(learning_rate=0.02), "mse")
    return model


def forget(carried):
    """상태를 지우는 콜백. carried가 거짓이면 배치마다 지운다."""
    moments = (
        ("on_epoch_begin", "on_predict_begin")
        if carried
        else ("on_train_batch_begin", "on_predict_batch_begin")
    )

    def clear(*_, **__):
        model.layers[0].reset_state()

    return tf.keras.callbacks.LambdaCallback(
        **dict.fromkeys(moments, clear)
    )


# %%
# 시드마다 두 방식으로 훈련하고, 훈련한 모델을 다시 두 방식으로 씁니다. 모델을 하나만 만들고 훈련할 때마다
# 가중치(weight)와 옵티마이저(optimizer)를 처음으로 되돌리면, 계산 그래프(graph)를 한 번만 만들어도 되므로 시간이 덜
# 듭니다.

model = build()
model.optimizer.build(model.trainable_variables)
at_start = [variable.numpy() for variable in model.optimizer.variables]


def train(seed, carried):
    """시드가 정한 가중치에서 새로 훈련한다."""
    tf.keras.utils.set_random_seed(seed)
    model.set_weights(build().get_weights())
    for variable, value in zip(
        model.optimizer.variables, at_start, strict=True
    ):
        variable.assign(value)
    model.fit(
        inputs,
        targets,
        batch_size,
        epochs=4,
        shuffle=False,
        callbacks=[forget(carried)],
        verbose=0,
    )


def errors(carried):
    """묶음 안의 자리마다 예측 오차의 제곱평균제곱근을 구한다."""
    predictions = model.predict(
        test_inputs, batch_size, callbacks=[forget(carried)], verbose=0
    )
    assert predictions.shape == test_targets.shape
    return np.sqrt(np.mean((predictions - test_targets) ** 2, axis=(0, 2)))


ways = {"carried": True, "reset": False}
by_position = {}
for trained, train_carried in ways.items():
    for seed in seeds:
        train(seed, train_carried)
        for used, use_carried in ways.items():
            found = by_position.setdefault((trained, used), [])
            found.append(errors(use_carried))

# %%
# 비교의 기준으로는 전압이 변하지 않는다고만 답하는 예측을 씁니다.

no_change = float(np.sqrt(np.mean(test_targets**2)))
overall = {
    way: np.sqrt(np.mean(np.square(found), axis=1))
    for way, found in by_position.items()
}
for (trained, used), values in overall.items():
    print(
        f"trained {trained:8} used {used:8}",
        " ".join(f"{value:.3f}" for value in values),
    )
print(f"no change {no_change:.3f}")
kept, reset = overall["carried", "carried"], overall["reset", "reset"]
saved = 1 - kept**2 / reset**2
print("squared error saved", " ".join(f"{part:.0%}" for part in saved))

# %%
# 어느 시드에서나 상태를 이어받으면 오차의 제곱이 4분의 1 넘게 줄어듭니다. 가장 많이 줄어든 곳은 묶음의 첫 자리입니다.
# 상태가 0이면 첫 자리에서는 변화 하나만 보고 다음 변화를 짐작해야 하기 때문입니다.

assert min(saved) > 1 / 4
gain = np.mean(by_position["reset", "reset"], axis=0) - np.mean(
    by_position["carried", "carried"], axis=0
)
assert np.argmax(gain) == 0

# %%
# 훈련할 때와 쓸 때 상태를 다르게 다루지 않도록 조심해야 합니다. 상태를 이어받으며 훈련한 모델을 이어받지 않고 쓰면,
# 처음부터 묶음마다 0에서 시작하며 훈련한 모델보다도 오차가 큽니다. 묶음마다 0에서 시작하는 일에 익숙하지 않기
# 때문입니다. 이때도 오류는 나지 않습니다.

trap = overall["carried", "reset"]
assert min(trap) > max(reset) > max(kept)

# %%
# 왼쪽은 시드마다 구한 오차이고, 점선은 변화가 없다고 답할 때의 오차입니다. 오른쪽은 묶음 안의 자리마다 구한 오차를
# 모든 시드에서 평균한 것입니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "전압의 변화를 예측한 오차. 상태를 이어받으면 어느 시드에서나 작고, "
    "차이는 묶음의 첫 자리에서 가장 큼"
)
figure, (points, curve) = plt.subplots(1, 2, figsize=(8, 3.8), num=window)
shown = {
    "carried": (("carried", "carried"), "o-", "#0072B2"),
    "reset": (("reset", "reset"), "s--", "#D55E00"),
    "trained carried,\nused reset": (("carried", "reset"), "x:", "black"),
}
positions = range(1, seq_length + 1)
for name, (way, style, color) in shown.items():
    points.plot(
        [name] * len(seeds),
        overall[way],
        style[0],
        color=color,
        markersize=8,
    )
    average = np.mean(by_position[way], axis=0)
    curve.plot(positions, average, style, color=color, label=name)
points.axhline(no_change, color="gray", linestyle=":")
points.annotate("no change", (-0.25, no_change + 0.02), color="0.35")
points.set(title="Error, three seeds", ylim=(0, 0.9))
points.margins(x=0.15)
curve.set(
    title="Error by position",
    xlabel="position in the window",
    xticks=positions,
    ylim=(0, 0.9),
)
curve.legend(frameon=False, fontsize=10)
plt.show()
