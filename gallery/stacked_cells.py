"""
일을 나누어 맡는 두 층
======================

순환층(recurrent layer)을 왜 쌓을까요? 층(layer) 하나가 한 타임스텝(time step)에 하는 계산은 깊지 않습니다. 그래서 방금
들어온 것이 무엇인지 알아내면서 지난 일까지 기억하기는 어렵습니다. 층을 쌓으면 아래층이 알아내고 위층이 기억하도록 일을
나눌 수 있습니다. 이 프로그램에서는 매개변수(parameter)의 수를 거의 같게 맞추고, 쌓은 모델이 정말 나은지, 낫다면 언제
그런지 비교합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim = 2003, 23, 11
single_dim, hidden_dim = 21, 13

tf.keras.utils.set_random_seed(2)


def same(a, b):
    """반올림 오차를 무시하고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-5)


# %%
# 마지막 명령을 기억하는 문제
# ---------------------------
#
# 신호가 타임스텝마다 하나씩 들어오고, 그 가운데 어떤 것은 명령입니다. 모델은 타임스텝마다 마지막으로 나온 명령이
# 무엇인지 답합니다. 명령은 모두 4가지이고, 명령이 아직 나오지 않았으면 0이 답입니다. 문제를 두 가지로 냅니다. ``one
# signal``에서는 신호 하나가 곧 명령입니다. ``two signals``에서는 잇따라 나온 두 신호의 짝이 명령입니다. 그래서 같은
# 신호라도 바로 앞에 무엇이 왔는지에 따라 명령이 되기도 하고 아니기도 합니다. 어떤 짝이 어떤 명령인지는 난수로 정하므로
# 모델은 답을 보고 규칙을 알아내야 합니다.

commands = 4
signals = np.random.randint(0, input_dim, (batch_size, seq_length))
inputs = np.eye(input_dim, dtype="float32")[signals]

of_one = np.where(
    np.arange(input_dim) < commands, np.arange(input_dim) + 1, 0
)
is_command = np.random.rand(input_dim, input_dim) < 0.3
of_two = np.where(
    is_command, np.random.randint(1, commands + 1, is_command.shape), 0
)
two = of_two[np.roll(signals, 1, axis=1), signals]
two[:, 0] = 0  # 처음에는 앞 신호가 없다
given = {"one signal": of_one[signals], "two signals": two}


def last_commands(given):
    """타임스텝마다 마지막 명령과, 그 뒤로 지난 타임스텝의 수를 구한다."""
    when = np.maximum.accumulate(
        np.where(given > 0, np.arange(seq_length), 0), axis=1
    )
    return np.take_along_axis(given, when, axis=1), np.arange(
        seq_length
    ) - when


# %%
# 매개변수의 수가 거의 같은 두 모델
# ---------------------------------
#
# ``RNN``에 셀(cell)의 리스트를 주면 타임스텝마다 아래 셀의 출력이 위 셀의 입력이 됩니다. 유닛(unit)은 셀이 하나인
# 모델에 21개, 둘인 모델에 13개씩 둡니다. 그러면 쌓은 모델의 매개변수가 조금 더 적으므로, 이겨도 크기 덕분은 아닙니다.

unseen = np.arange(batch_size) >= 1500
results, history = {}, {}
for task, epochs in [("one signal", 4), ("two signals", 16)]:
    labels, _ = last_commands(given[task])
    for name, units in [
        ("single", [single_dim]),
        ("stacked", [hidden_dim, hidden_dim]),
    ]:
        cells = [tf.keras.layers.LSTMCell(size) for size in units]
        recurrent = tf.keras.layers.RNN(cells, return_sequences=True)
        dense = tf.keras.layers.Dense(commands + 1, activation="softmax")
        model = tf.keras.Sequential([recurrent, dense])
        optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
        model.compile(
            optimizer,
            "sparse_categorical_crossentropy",
            metrics=["accuracy"],
        )
        options = {"batch_size": 50, "epochs": epochs, "verbose": 0}
        fitted = model.fit(
            inputs[~unseen],
            labels[~unseen],
            validation_data=(inputs[unseen], labels[unseen]),
            **options,
        )
        history[task, name] = fitted.history["val_accuracy"]
        results[task, name] = history[task, name][-1]
        print(
            f"{task}, {name}: {model.count_params()} parameters, "
            f"accuracy {results[task, name]:.3f}"
        )

# %%
# ``one signal``에서는 두 모델이 모두 거의 다 맞힙니다. 신호 하나만 보면 되므로 나눌 일이 없고, 따라서 쌓아서 얻는 것도
# 없습니다. ``two signals``에서는 차이가 납니다. 층이 하나뿐이면 앞 신호와 지금 신호를 맞추어 보는 계산과 기억을 고쳐
# 쓰는 계산을 같은 타임스텝에 같은 유닛으로 해야 하기 때문입니다. 층이 하나인 모델의 정확도도 아직 오르고 있으므로 더
# 오래 훈련하면 차이는 줄어들 것입니다. 그래도 매개변수의 수가 비슷할 때 끝까지 같은 횟수로 훈련하면 쌓은 모델이
# 앞섭니다. 그러므로 층을 쌓기 전에 먼저 물어볼 것은 ‘나누어 맡을 일이 있는가?’입니다.

assert (
    min(results["one signal", "single"], results["one signal", "stacked"])
    > 0.98
)
assert (
    results["two signals", "stacked"]
    > results["two signals", "single"] + 0.02
)
single_curve = history["two signals", "single"]
# 한 에포크씩은 내려가기도 하므로 네 에포크씩 평균해서 본다.
assert np.mean(single_curve[-4:]) > np.mean(single_curve[-8:-4])

# %%
# 아래층과 위층이 아는 것
# -----------------------
#
# ``LSTM`` 둘을 이어도 셀을 쌓은 층과 같은 계산을 합니다. 훈련(training)한 가중치(weight)를 옮기면 출력도 같습니다.
# 이렇게 풀어 쓰면 묶음 안에 숨어 있던, 아래층이 위층에 넘기는 시퀀스(sequence)를 꺼내 볼 수 있습니다.

lower = tf.keras.layers.LSTM(hidden_dim, return_sequences=True)
upper = tf.keras.layers.LSTM(hidden_dim, return_sequences=True)
lower.build((batch_size, seq_length, input_dim))
upper.build((batch_size, seq_length, hidden_dim))
lower.set_weights(cells[0].get_weights())
upper.set_weights(cells[1].get_weights())
between = lower(inputs).numpy()
outputs = upper(between).numpy()
assert (
    between.shape == outputs.shape == (batch_size, seq_length, hidden_dim)
)
assert same(outputs, recurrent(inputs))

# %%
# 두 층의 은닉 상태(hidden state)에서 마지막 명령을 얼마나 읽어 낼 수 있는지 알아봅니다. 은닉 상태에 선형 회귀를 맞추어
# 명령을 짐작하게 하고, 그 명령이 나온 지 몇 타임스텝이 지났는지에 따라 정확도를 나눕니다.

labels, age = last_commands(given["two signals"])
one_hot = np.eye(commands + 1)[labels]
ages = range(9)
readable = {}
for name, states in [("lower layer", between), ("upper layer", outputs)]:
    with_bias = np.concatenate(
        [states, np.ones((batch_size, seq_length, 1))], axis=-1
    )
    flat = with_bias[~unseen].reshape(-1, hidden_dim + 1)
    readout = np.linalg.lstsq(
        flat, one_hot[~unseen].reshape(-1, commands + 1)
    )[0]
    right = np.argmax(with_bias @ readout, axis=-1) == labels
    known = unseen[:, None] & (labels > 0)
    readable[name] = [
        right[known & (age == steps)].mean() for steps in ages
    ]
    print(
        f"{name}: just now {readable[name][0]:.2f}, "
        f"{ages[-1]} steps later {readable[name][-1]:.2f}"
    )
assert (
    readable["lower layer"][0] > 0.75 and readable["lower layer"][-1] < 0.5
)
assert min(readable["upper layer"]) > 0.9

# %%
# 왼쪽은 ``two signals``를 훈련하는 동안의 정확도이고, 오른쪽은 은닉 상태에서 읽어 낸 마지막 명령의 정확도입니다.
# 아래층의 은닉 상태에는 방금 나온 명령이 들어 있지만 몇 타임스텝만 지나면 사라집니다. 위층의 은닉 상태에는 나온 지
# 오래된 명령도 남아 있습니다. 나누라고 시키지 않았는데도 아래층은 알아내는 일을, 위층은 기억하는 일을 맡았습니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "쌓은 모델의 정확도가 더 높고, 아래층은 방금 나온 명령만 알고 "
    "위층은 지난 명령도 기억함"
)
figure, (curve, lines) = plt.subplots(1, 2, figsize=(8, 3.6), num=window)
for (name, style), color in zip(
    {"single": "s:", "stacked": "o-"}.items(),
    ["#D55E00", "#0072B2"],
    strict=True,
):
    values = history["two signals", name]
    curve.plot(
        range(1, len(values) + 1), values, style, color=color, label=name
    )
curve.set(
    title="Accuracy on unseen sequences",
    xlabel="epoch",
    xticks=range(0, 17, 4),
    ylim=(0, 1.05),
)
curve.legend(loc="lower right", frameon=False)
for (name, values), style in zip(
    readable.items(), ["v--", "^-"], strict=True
):
    lines.plot(ages, values, style, color="black", label=name)
lines.set(
    title="Last command in the hidden state",
    xlabel="time steps since the command",
    ylim=(0, 1.05),
)
lines.legend(loc="lower right", frameon=False)
plt.show()
