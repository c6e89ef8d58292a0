"""
순환층 사이의 정규화와 드롭아웃
===============================

깊은 신경망에서는 층(layer) 사이에 ``BatchNormalization``을 끼우는 일이 많습니다. 그런데 순환층(recurrent layer)
사이에는 흔히 ``LayerNormalization``을 권합니다. 왜 그럴까요? ``BatchNormalization``은 배치(batch)의 평균과 분산으로
값을 정규화하므로, 훈련(training)하는 동안 한 시퀀스(sequence)의 출력이 우연히 같은 배치에 든 다른 시퀀스에 따라
달라집니다. 배치가 작을수록 그 영향은 커집니다. 이 프로그램에서는 배치 크기가 2일 때 두 정규화를 비교하고, ``Dropout``이
훈련할 때와 추론(inference)할 때 하는 일도 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim, output_size = (
    2,
    17,
    7,
    19,
    5,
)  # 배치는 일부러 작게 한다

tf.keras.utils.set_random_seed(1)


def same(a, b):
    """반올림 오차를 무시하고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-4)


# %%
# 지나간 최댓값을 기억하는 문제
# -----------------------------
#
# 입력의 앞쪽 특성(feature) 다섯을 봅니다. 모델은 타임스텝(time step)마다, 지금까지 나온 가장 큰 값이 몇 번째 특성의
# 것인지 답합니다. 뒤쪽 특성 둘은 답과 상관없습니다. 아래 순환층이 위 순환층에 시퀀스를 넘기고, 그 사이에 정규화 층을
# 끼우거나 끼우지 않습니다.

inputs = np.random.normal(size=(900, seq_length, input_dim)).astype(
    "float32"
)
labels = np.maximum.accumulate(inputs[..., :output_size], axis=1).argmax(
    axis=-1
)
seen, unseen = np.arange(900) < 400, np.arange(900) >= 400
between = {
    "nothing": [],
    "BatchNormalization": [
        tf.keras.layers.BatchNormalization(momentum=0.9)
    ],
    "LayerNormalization": [tf.keras.layers.LayerNormalization()],
}
models, history = {}, {}
for name, middle in between.items():
    lower = tf.keras.layers.GRU(hidden_dim, return_sequences=True)
    upper = tf.keras.layers.GRU(hidden_dim, return_sequences=True)
    dense = tf.keras.layers.Dense(output_size, activation="softmax")
    models[name] = model = tf.keras.Sequential(
        [lower, *middle, upper, dense]
    )
    optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
    model.compile(
        optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    options = {
        "epochs": 5,
        "validation_data": (inputs[unseen], labels[unseen]),
        "validation_batch_size": 500,
    }
    fitted = model.fit(
        inputs[seen], labels[seen], batch_size, verbose=0, **options
    )
    history[name] = fitted.history["val_accuracy"]

# %%
# 배치가 작으면 정확도가 에포크(epoch)마다 들쭉날쭉하므로, 마지막 세 에포크를 평균해 비교합니다.

final = {name: np.mean(values[-3:]) for name, values in history.items()}
for name, value in final.items():
    print(
        f"{name:18} accuracy on unseen sequences {value:.2f}, "
        f"by chance {1 / output_size:.2f}"
    )
assert final["BatchNormalization"] < final["LayerNormalization"] - 0.02
assert final["LayerNormalization"] < final["nothing"] + 0.05

# %%
# 배치가 이렇게 작으면 ``BatchNormalization``을 끼운 모델은 ``LayerNormalization``을 끼운 모델보다 덜 맞힙니다. 다만 이
# 작은 문제에서는 ``LayerNormalization``을 끼웠다고 눈에 띄게 나아지지도 않습니다. 좋다고 하는 층도 끼우기 전과 비교해
# 보아야 합니다.
#
# 함께 든 시퀀스에 따라 달라지는 출력
# -----------------------------------
#
# 이유를 알아보려고, 시퀀스 하나를 여덟 번 넣되 배치에 함께 드는 시퀀스만 바꿉니다. 훈련할 때의
# ``BatchNormalization``은 같은 시퀀스에도 매번 다른 값을 냅니다. 추론할 때는 그동안 모아 둔 평균과 분산을 쓰므로 값이
# 하나로 정해지지만, 그 값은 위층이 훈련하는 동안 받던 값과 다릅니다. 반면 ``LayerNormalization``은 타임스텝마다 그
# 시퀀스의 특성만으로 평균과 분산을 구합니다. 그래서 함께 든 시퀀스의 영향을 받지 않고, 훈련할 때와 추론할 때의 값도
# 같습니다. ``BatchNormalization``도 배치 하나에 시퀀스를 31개씩 더 넣으면 덜 흔들리지만, 흔들림이 없어지지는 않습니다.

fixed, others = inputs[unseen][:1], inputs[unseen][1:]
normalized, inferred, spread = {}, {}, {}
for name in ["BatchNormalization", "LayerNormalization"]:
    lower, normalization = models[name].layers[:2]
    # training=True로 부르면 모아 둔 평균이 바뀌므로 추론부터 한다.
    inferred[name] = normalization(lower(fixed), training=False)[0].numpy()
    for companions in [1, 31]:
        outputs = []
        for group in np.split(others[: 8 * companions], 8):
            hidden = lower(np.concatenate([fixed, group]))
            assert hidden.shape == (1 + companions, seq_length, hidden_dim)
            outputs.append(normalization(hidden, training=True)[0])
        spread[name, companions] = np.ptp(outputs, axis=0).max()
        normalized.setdefault(
            name, np.stack(outputs)
        )  # 하나와 함께 든 것을 그린다
        print(
            f"{name} with {companions} others: "
            f"the output changes by up to {spread[name, companions]:.2f}"
        )
assert spread["BatchNormalization", 1] > max(
    0.5, 1.5 * spread["BatchNormalization", 31]
)
assert (
    spread["BatchNormalization", 31] > 0.1
    and spread["LayerNormalization", 1] < 1e-4
)
assert not any(
    same(values, inferred["BatchNormalization"])
    for values in normalized["BatchNormalization"]
)
assert all(
    same(values, inferred["LayerNormalization"])
    for values in normalized["LayerNormalization"]
)

# %%
# 두 층이 평균을 구하는 범위도 다릅니다. ``BatchNormalization``은 **배치와 타임스텝을 함께** 평균해 특성마다 값 하나를
# 얻고, ``LayerNormalization``은 시퀀스와 타임스텝마다 특성을 평균합니다.

hidden = models["BatchNormalization"].layers[0](inputs[:batch_size]).numpy()
assert hidden.shape == (batch_size, seq_length, hidden_dim)
for layer, axis in [
    (tf.keras.layers.BatchNormalization(), (0, 1)),
    (tf.keras.layers.LayerNormalization(), -1),
]:
    mean, variance = (
        hidden.mean(axis=axis, keepdims=True),
        hidden.var(axis=axis, keepdims=True),
    )
    standardized = (hidden - mean) / np.sqrt(variance + layer.epsilon)
    assert same(layer(hidden, training=True), standardized)

# %%
# 패딩과 마스크
# -------------
#
# 길이가 다른 시퀀스의 빈자리를 채운 배치에서는 어떨까요? 마스크(mask)가 없으면 채운 자리의 값까지 평균에 들어갑니다.
# 그래서 실제 자리만 보면 평균이 0에서 벗어납니다. Keras 3의 ``BatchNormalization``은 마스크를 받으면 실제 자리만
# 평균합니다. 따라서 마스크를 넘겨주기만 하면 패딩(padding)에 끌려가지는 않습니다.

real = np.ones((batch_size, seq_length), dtype=bool)
real[1, 5:] = False  # 둘째 시퀀스는 길이가 5이다
fresh = tf.keras.layers.BatchNormalization()
without_mask = fresh(hidden, training=True).numpy()[real]
with_mask = fresh(hidden, training=True, mask=real).numpy()[real]
largest = {
    name: np.abs(values.mean(axis=0)).max()
    for name, values in [("without", without_mask), ("with", with_mask)]
}
for name, value in largest.items():
    print(f"largest mean {name} mask: {value:.2f}")
assert (
    same(with_mask.mean(axis=0), 0)
    and np.abs(without_mask.mean(axis=0)).max() > 0.05
)

# %%
# 드롭아웃
# --------
#
# ``Dropout``도 훈련할 때와 추론할 때가 다릅니다. 훈련할 때는 값의 일부를 무작위로 0으로 바꾸고 나머지를 그만큼
# 키웁니다. 추론할 때는 아무 일도 하지 않습니다. 평균을 모아 두지 않으므로 배치 크기와 상관이 없고, 그래서 순환층
# 사이에도 흔히 끼웁니다.

rate = 0.25
dropout = tf.keras.layers.Dropout(rate)
dropped = dropout(hidden, training=True).numpy()
print(
    "values set to zero by Dropout in training: "
    f"{np.mean(dropped == 0):.2f}"
)
assert same(dropped, np.where(dropped == 0, 0, hidden / (1 - rate)))
assert same(dropout(hidden, training=False), hidden)

# %%
# 왼쪽과 가운데는 같은 시퀀스에서 유닛(unit) 하나를 정규화한 값입니다. 가는 선은 함께 든 시퀀스를 바꾸어 가며 훈련할
# 때처럼 계산한 값이고, 굵은 점선은 추론할 때의 값입니다. ``BatchNormalization``에서는 가는 선이 흩어지고
# ``LayerNormalization``에서는 모두 겹칩니다. 오른쪽은 에포크마다 처음 보는 시퀀스의 정확도입니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "함께 든 시퀀스에 따라 흩어지는 배치 정규화의 값과 겹치는 층 "
    "정규화의 값, 세 모델의 정확도"
)
figure, panels = plt.subplots(1, 3, figsize=(8, 3.4), num=window)
unit = np.ptp(normalized["BatchNormalization"], axis=0).max(axis=0).argmax()
for axes, name in zip(panels, normalized, strict=False):
    axes.plot(normalized[name][..., unit].T, color="#D55E00", linewidth=1)
    axes.plot(inferred[name][:, unit], ":", color="black", linewidth=3)
    axes.set(title=name, xlabel="time step", ylim=(-3, 3))
    axes.title.set_fontsize(11)
panels[0].set_ylabel("one unit after normalizing")
for (name, values), style in zip(
    history.items(), ["x:", "s--", "o-"], strict=True
):
    panels[2].plot(
        range(1, len(values) + 1), values, style, color="black", label=name
    )
panels[2].set(title="Accuracy", xlabel="epoch", ylim=(0, 1))
panels[2].title.set_fontsize(11)
panels[2].legend(loc="lower right", frameon=False, fontsize=9)
plt.show()
