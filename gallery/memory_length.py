"""
기억의 길이
===========

문장을 끝까지 읽고도 첫 낱말을 기억하려면, 층(layer)은 그 낱말을 기억하는 법부터 배워야 합니다. 그런데 배우려면
끝에서 생긴 기울기(gradient)가 첫 타임스텝(time step)까지 거슬러 가야 합니다. 게이트(gate)가 처음부터 기억을
지워 버리면 기울기도 가는 길에 사라지므로, 무엇을 기억해야 하는지 알 길이 없습니다. 그래서 여기서는 첫
토큰(token)을 묻는 문제로 층마다 얼마나 먼 것까지 배우는지, 그리고 기억을 남기는 게이트의 편향(bias)을 높이면
무엇이 달라지는지 비교합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, input_dim, hidden_dim = 53, 5, 31
training_steps = 250
distances = [4, 14, 30]

one_hot = np.eye(input_dim, dtype="float32")


def make_tokens(seed, count, distance):
    """첫 토큰과 마지막 토큰이 distance만큼 떨어진 번호들을 만든다."""
    return np.random.default_rng(seed).integers(
        input_dim, size=(count, distance + 1)
    )


# %%
# 기억을 남기는 게이트
# --------------------
#
# LSTM에서는 망각 게이트(forget gate)가, GRU에서는 갱신 게이트(update gate)가 이전 상태(state)를 얼마나 남길지 정합니다.
# 훈련(training)을 시작할 때 이 게이트의 값은 거의 편향이 정합니다. Keras에서 망각 게이트의 편향은 1, 갱신 게이트의
# 편향은 0에서 시작합니다. 타임스텝마다 이 값이 곱해지므로, 오래 읽은 뒤에 남는 비율은 게이트 값의 거듭제곱과
# 비슷합니다. 편향을 3으로 높였을 때와 비교합니다.

raised_bias = 3.0


def sigmoid(x):
    """0과 1 사이의 값으로 바꾼다."""
    return 1 / (1 + np.exp(-x))


for name, default_bias in [("LSTM forget", 1.0), ("GRU update", 0.0)]:
    for bias in [default_bias, raised_bias]:
        gate = sigmoid(bias)
        left = ", ".join(f"{gate**distance:.0e}" for distance in distances)
        print(
            f"{name} gate with bias {bias:.0f}: {gate:.2f}, "
            f"left after {distances} steps: {left}"
        )


def build_layer(name, shape, gate_bias=None, **options):
    """층을 만들고, 기억을 남기는 게이트의 편향을 gate_bias로 바꾼다."""
    layer = getattr(tf.keras.layers, name)(hidden_dim, **options)
    layer.build(shape)
    if gate_bias is not None:
        kernel, recurrent_kernel, bias = layer.get_weights()
        if name == "LSTM":
            assert set(bias[hidden_dim : 2 * hidden_dim]) == {1}
            bias[hidden_dim : 2 * hidden_dim] = gate_bias  # i 다음이 f다
        else:
            assert set(bias.ravel()) == {0}
            bias[0, :hidden_dim] = gate_bias  # z가 맨 앞이다
        layer.set_weights([kernel, recurrent_kernel, bias])
    return layer


# %%
# 거리를 늘려 가며 배우게 하기
# ----------------------------
#
# 토큰은 5가지이고, 모델은 시퀀스(sequence)를 끝까지 읽은 뒤에 첫 토큰이 무엇이었는지 답합니다. 사이에 낀 토큰은 모두
# 무작위여서 답과 상관이 없습니다. 거리마다 새 모델을 만들어 똑같이 250번만 갱신하고, 훈련에 쓰지 않은 시퀀스로 정확도를
# 확인합니다. 난수의 시드(seed)는 하나로 정해 두었습니다. 찍어서 맞히면 정확도는 0.2쯤입니다. 비교를 위해
# ``SimpleRNN``은 Keras의 기본값으로 만든 것과, ``recurrent_kernel``을 작은 난수로 시작하게 한 것을 함께 훈련합니다.

cases = {
    "SimpleRNN": {"name": "SimpleRNN"},
    "SimpleRNN, random_normal": {
        "name": "SimpleRNN",
        "recurrent_initializer": "random_normal",
    },
    "LSTM": {"name": "LSTM"},
    "LSTM, raised bias": {"name": "LSTM", "gate_bias": raised_bias},
    "GRU": {"name": "GRU"},
    "GRU, raised bias": {"name": "GRU", "gate_bias": raised_bias},
}
SEED = 1


def learn(distance, every_step=False, **case):
    """첫 토큰을 묻는 문제를 가르치고, 새 시퀀스에서 정확도를 구한다."""
    tf.keras.utils.set_random_seed(SEED)
    tokens = make_tokens(SEED, training_steps * batch_size, distance)
    answers = (
        np.repeat(tokens[:, :1], distance + 1, axis=1)
        if every_step
        else tokens[:, 0]
    )
    layer = build_layer(
        shape=(None, None, input_dim), return_sequences=every_step, **case
    )
    model = tf.keras.Sequential([layer, tf.keras.layers.Dense(input_dim)])
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.Adam(0.006), loss)
    model.fit(one_hot[tokens], answers, batch_size=batch_size, verbose=0)

    tokens = make_tokens(SEED + 1, 10 * batch_size, distance)
    scores = model(one_hot[tokens]).numpy()
    last = scores[:, -1] if every_step else scores
    assert last.shape == (10 * batch_size, input_dim)
    return np.mean(last.argmax(axis=-1) == tokens[:, 0])


accuracy = {}
for label, case in cases.items():
    accuracy[label] = [learn(distance, **case) for distance in distances]
    print(
        f"{label:25s}",
        " ".join(f"{value:.2f}" for value in accuracy[label]),
    )

nearest, middle, farthest = np.array(list(accuracy.values())).T
by_label = dict(zip(accuracy, farthest, strict=True))
assert np.all(nearest > 0.9)
for label in ["LSTM", "GRU"]:
    assert by_label[f"{label}, raised bias"] > 0.6 > 0.4 > by_label[label]
assert dict(zip(accuracy, middle, strict=True))["SimpleRNN"] > 0.9
assert accuracy["SimpleRNN, random_normal"][1] < 0.4

# %%
# 가까운 거리에서는 모두 배우지만, 멀어지면 결과가 갈립니다. 기본값으로 시작한 LSTM과 GRU는 가장 먼 거리에서 찍는
# 것과 다를 바 없습니다. 하지만 편향만 높이면 같은 층이 같은 횟수의 갱신으로 문제를 풉니다. 바꾼 것은 게이트의
# 초깃값뿐이므로, 이 차이를 만든 것은 층의 이름이 아니라 게이트가 처음에 남기는 비율입니다.
#
# ``SimpleRNN``도 마찬가지입니다. ``recurrent_kernel``이 기본값인 직교 행렬(orthogonal)이면 곱해도 상태의 크기가 잘 줄지
# 않으므로, 가운데 거리까지는 게이트 없이도 배웁니다. 반면에 작은 난수로 시작하면 가운데 거리부터 배우지 못합니다. 다만
# 가장 먼 거리에서 기본값의 ``SimpleRNN``이 맞힌 비율은 시드 하나의 결과이므로, 그 수만 보고 판단하지 마세요.
#
# 배우지 못하는 것과 기억하지 못하는 것
# -------------------------------------
#
# 그렇다면 기본값의 GRU는 먼 것을 기억할 수 없는 층일까요? 그렇지 않습니다. 같은 GRU에 마지막뿐 아니라 타임스텝마다 첫
# 토큰을 물으면, 가까운 물음에서 생긴 기울기로 먼저 기억하는 법을 배우고 그것을 먼 물음에도 씁니다.

asked_often = learn(distances[-1], every_step=True, **cases["GRU"])
assert asked_often > 0.9 > 0.4 > by_label["GRU"]
print(f"GRU, asked at every time step: {asked_often:.2f}")

# %%
# 따라서 기본값이 정하는 것은 기억할 수 있는 길이가 아니라, 처음부터 배울 수 있는 길이입니다. 가까운 물음을 섞으면
# 그 길이는 늘어납니다. 하지만 답이 멀리 있다는 것을 미리 안다면, 편향을 높여 시작하는 것이 가장 쉽습니다.
#
# 그림은 거리마다의 정확도입니다. 층마다 파선이 기본값, 실선이 초깃값을 바꾼 것입니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "첫 토큰까지의 거리에 따른 정확도. 편향을 높인 LSTM과 GRU는 "
    "가장 먼 거리에서도 맞힘"
)
figure, panels = plt.subplots(1, 3, figsize=(8, 4), sharey=True, num=window)
others = {
    "SimpleRNN": "random_normal",
    "LSTM": "raised bias",
    "GRU": "raised bias",
}
for axes, (name, change) in zip(panels, others.items(), strict=True):
    axes.axhline(1 / input_dim, color="gray", linestyle=":")
    axes.plot(
        distances,
        accuracy[name],
        "o--",
        color="tab:orange",
        label="default",
    )
    axes.plot(
        distances,
        accuracy[f"{name}, {change}"],
        "s-",
        color=ink,
        label=change,
    )
    axes.set(
        title=name,
        xlabel="distance to the end",
        xticks=distances,
        ylim=(0, 1.05),
    )
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.22), frameon=False
    )
panels[0].text(distances[0], 0.17, "guessing", va="top", fontsize=9)
panels[0].set_ylabel("accuracy")
plt.show()
