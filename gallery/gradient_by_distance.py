"""
거리에 따른 기울기
==================

순환층(recurrent layer)은 마지막 출력에서 생긴 기울기(gradient)를 타임스텝(time step)을 거슬러 앞으로 보내며 배웁니다.
기울기가 가는 길에 0에 가까워지면 먼 입력과 답의 관계를 배울 수 없습니다. 이것이 기울기 소실(vanishing gradient)입니다.
흔히 ``SimpleRNN``은 기울기가 빨리 사라지고 LSTM과 GRU는 오래 남는다고 합니다. 정말 그런지, 훈련(training)을 시작하기
전의 층에서 거리마다 기울기의 크기를 직접 구해 봅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 23, 53, 7, 31
seeds = [1, 2, 3]
raised_bias = 3.0

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

# %%
# 기울기의 크기를 구하는 방법
# ---------------------------
#
# 마지막 은닉 상태(hidden state)를 무작위로 고른 방향으로 투영해 수 하나로 만들고, 그 수를 타임스텝마다의 입력으로
# 미분합니다. 그러면 t번째 입력을 조금 바꾸었을 때 마지막 출력이 얼마나 바뀌는지 알 수 있습니다. 이 크기를 배치(batch)와
# 시드(seed)에 걸쳐 평균하고, 마지막 입력에 대한 크기로 나눕니다.
#
# 층은 ``SimpleRNN``과 LSTM, GRU를 Keras의 기본값으로 하나씩 만듭니다. 여기에 한 가지만 바꾼 층을 더합니다.
# ``SimpleRNN``은 ``recurrent_kernel``의 초깃값을 기본값인 직교 행렬(orthogonal) 대신 작은 난수로 바꿉니다. LSTM과
# GRU는 이전 상태(state)를 남기는 게이트(gate)의 편향(bias)을 3으로 높입니다. LSTM에서는 망각 게이트(forget gate)가,
# GRU에서는 갱신 게이트(update gate)가 그런 게이트입니다.


def build_layer(name, gate_bias=None, **options):
    """층을 만들고, 기억을 남기는 게이트의 편향을 gate_bias로 바꾼다."""
    layer = getattr(tf.keras.layers, name)(hidden_dim, **options)
    layer.build((None, None, input_dim))
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


def gradient_sizes(layer, inputs, direction):
    """마지막 입력부터 거꾸로 세어, 입력마다 기울기의 평균 크기."""
    inputs = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        target = tf.reduce_sum(layer(inputs) @ direction)
    gradient = tape.gradient(target, inputs)
    assert gradient.shape == (batch_size, seq_length, input_dim)
    sizes = tf.norm(gradient, axis=-1).numpy().mean(axis=0)
    assert sizes.shape == (seq_length,)
    return sizes[::-1]


# %%
# 입력의 크기도 결과를 바꿉니다. 그래서 같은 층에 두 가지 입력을 넣습니다. 하나는 훈련하기 전의 ``Embedding``이 내놓는
# 것과 같은 작은 입력이고, 다른 하나는 표준편차가 1인 입력입니다.

scales = {"small inputs": 0.03, "inputs of unit variance": 1.0}
embedded = tf.keras.layers.Embedding(batch_size, input_dim)(
    np.arange(batch_size)
).numpy()
assert 0.02 < embedded.std() < 0.04

curves = {
    scale: {label: np.zeros(seq_length) for label in cases}
    for scale in scales
}
for seed in seeds:
    tf.keras.utils.set_random_seed(seed)
    inputs = np.random.normal(
        size=(batch_size, seq_length, input_dim)
    ).astype("float32")
    direction = np.random.normal(size=(hidden_dim, 1)).astype("float32")
    for label, case in cases.items():
        layer = build_layer(**case)
        for scale, factor in scales.items():
            curves[scale][label] += gradient_sizes(
                layer, factor * inputs, direction
            ) / len(seeds)

left = {}
for scale in scales:
    print(f"{scale}: relative size of the gradient at distance 10, 20, 30")
    for label, curve in curves[scale].items():
        relative = curves[scale][label] = curve / curve[0]
        left[scale, label] = relative[20]
        print(
            f"  {label:25s}",
            " ".join(
                f"{relative[distance]:.0e}" for distance in (10, 20, 30)
            ),
        )

small, large = (
    {label: left[scale, label] for label in cases} for scale in scales
)
for each in [small, large]:
    assert (
        each["SimpleRNN, random_normal"]
        < each["GRU"] / 100
        < each["LSTM"] / 100
    )
    assert (
        min(each["LSTM, raised bias"], each["GRU, raised bias"])
        > 0.1
        > 0.05
        > each["LSTM"]
    )
assert small["SimpleRNN"] > 0.3 > 0.05 > small["LSTM"]
assert large["GRU"] < large["SimpleRNN"] < large["LSTM"]

# %%
# 흔히 듣는 순서와 다른 결과
# --------------------------
#
# 결과는 ‘게이트가 있으면 기울기가 오래 남는다’는 설명과 다릅니다. 기본값의 LSTM과 GRU는 두 입력에서 모두 기울기가
# 사라지고, 그 가운데서도 GRU가 더 빠릅니다. 갱신 게이트가 0.5쯤에서 시작해, 타임스텝마다 이전 상태를 절반쯤만 남기기
# 때문입니다. 반대로 편향을 높인 LSTM과 GRU에서는 먼 입력의 기울기도 뚜렷하게 남습니다. 다시 말해 기울기를 남기는
# 것은 게이트가 있다는 사실이 아니라, 게이트가 처음부터 활짝 열려 있다는 사실입니다.
#
# ``SimpleRNN``의 순위는 조건에 따라 달라집니다. 입력이 작으면 기본값의 LSTM보다 기울기가 훨씬 오래 남습니다. 직교
# 행렬은 벡터의 길이를 바꾸지 않고, ``tanh``도 0 근처에서는 값을 거의 그대로 통과시키기 때문입니다. 하지만 입력이 크면
# ``tanh``의 기울기가 작아지므로(포화) 기본값의 LSTM보다 먼저 사라집니다. 그리고 ``recurrent_kernel``을 작은 난수로
# 시작하면 입력과 상관없이 가장 빨리 사라집니다. 따라서 ``SimpleRNN``이 가장 빨리 잊는다는 흔한 말은 작은 난수로
# 시작했을 때 맞는 말이고, Keras의 기본값에는 맞지 않습니다.

tanh_slope = 1 - np.tanh([0.0, 3.0]) ** 2
assert tanh_slope[0] == 1 and tanh_slope[1] < 0.02

looks = {
    "SimpleRNN": ("o--", "tab:purple"),
    "SimpleRNN, random_normal": ("o-", "tab:purple"),
    "LSTM": ("s--", "tab:orange"),
    "LSTM, raised bias": ("s-", "tab:orange"),
    "GRU": ("^--", "tab:blue"),
    "GRU, raised bias": ("^-", "tab:blue"),
}
plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "거리에 따른 기울기의 크기. 편향을 높인 LSTM과 GRU는 남고, "
    "기본값의 GRU와 난수로 시작한 SimpleRNN은 사라짐"
)
figure, panels = plt.subplots(
    1, 2, figsize=(8, 5.2), sharey=True, num=window
)
for axes, scale in zip(panels, scales, strict=True):
    for label, (style, color) in looks.items():
        axes.plot(
            curves[scale][label],
            style,
            color=color,
            markevery=5,
            markersize=5,
            label=label,
        )
    axes.set(
        title=scale,
        yscale="log",
        ylim=(1e-12, 30),
        xlabel="distance to the last input",
    )
panels[0].set_ylabel("relative size of the gradient")
figure.legend(
    *panels[0].get_legend_handles_labels(),
    loc="outside lower center",
    ncols=3,
    frameon=False,
)
plt.show()

# %%
# 훈련한 뒤의 기울기
# ------------------
#
# 지금까지는 훈련하기 전의 층만 보았습니다. 훈련은 이 곡선을 어떻게 바꿀까요? 첫 토큰(token)이 무엇이었는지 끝에서
# 답하는 문제를 LSTM과 GRU에 가르치고, 정답의 점수를 입력으로 미분합니다. 답은 맨 앞의 토큰에만 달려 있으므로, 문제를
# 배운 층이라면 기울기가 그 토큰에서 커야 합니다.

first_distance = 30
one_hot = np.eye(input_dim, dtype="float32")
tokens = np.random.default_rng(1).integers(
    input_dim, size=(12500, first_distance + 1)
)
train, test = tokens[:12000], tokens[12000:]

trained, accuracy = {}, {}
for label in ["LSTM", "LSTM, raised bias", "GRU", "GRU, raised bias"]:
    tf.keras.utils.set_random_seed(1)
    model = tf.keras.Sequential(
        [build_layer(**cases[label]), tf.keras.layers.Dense(input_dim)]
    )
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.Adam(0.006), loss)
    model.fit(one_hot[train], train[:, 0], batch_size=50, verbose=0)

    inputs = tf.constant(one_hot[test])
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        scores = model(inputs)
        target = tf.reduce_sum(scores * one_hot[test[:, 0]])
    sizes = (
        tf.norm(tape.gradient(target, inputs), axis=-1)
        .numpy()
        .mean(axis=0)[::-1]
    )
    trained[label] = sizes / sizes[0]
    answers = scores.numpy().argmax(axis=-1)
    accuracy[label] = np.mean(answers == test[:, 0])
    print(
        f"{label:18s} accuracy {accuracy[label]:.2f}, "
        f"first token {trained[label][-1]:.0e} of the last"
    )
    if "raised" in label:
        assert (
            accuracy[label] > 0.5
            and trained[label][-1] > trained[label][:-1].max()
        )
    else:
        assert accuracy[label] < 0.3 and trained[label][-1] < 0.01

# %%
# 편향을 높여 시작한 층은 문제를 배웠고, 배운 뒤에는 기울기가 다른 어느 토큰보다 첫 토큰에서 큽니다. 그래서 훈련한
# 층의 곡선은 거리를 따라 줄지 않고 맨 끝에서 솟습니다. 반면에 기본값으로 시작한 층은 찍는 것과 다를 바 없고, 기울기도
# 여전히 먼 쪽에서 사라집니다. 적어도 이 문제에서는, 시작할 때의 기울기를 보고 어느 층이 배울지 미리 알 수 있었습니다.

window = (
    "훈련한 뒤의 기울기. 편향을 높여 시작한 층만 첫 토큰에서 기울기가 솟음"
)
figure, panels = plt.subplots(
    1, 2, figsize=(8, 4.4), sharey=True, num=window
)
for axes, name in zip(panels, ["LSTM", "GRU"], strict=True):
    for label, style in [(name, "o--"), (f"{name}, raised bias", "s-")]:
        color = ink if "raised" in label else "tab:orange"
        axes.plot(
            trained[label], style, color=color, markersize=4, label=label
        )
    axes.set(
        title=f"{name}, trained",
        yscale="log",
        xlabel="distance to the last input",
    )
    axes.axvline(first_distance, color="gray", linestyle=":")
    axes.legend(loc="lower left", frameon=False)
panels[0].set_ylabel("relative size of the gradient")
plt.show()
