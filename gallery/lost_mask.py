"""
도중에 사라진 마스크 찾기
=========================

``mask_zero=True``를 적었는데도 패딩(padding)까지 읽는 모델이 있습니다. 마스크(mask)가 순환층(recurrent layer)에
닿기 전에 사라졌기 때문입니다. 오류는 나지 않고 정확도만 낮으므로 모델이 나쁜지 코드가 잘못되었는지 알기 어렵습니다.
이 프로그램에서는 그런 모델을 훈련해 보고, 층(layer)을 하나씩 불러 마스크가 사라진 곳을 찾고, 한 줄을 고쳐 다시
훈련합니다. 우연히 나온 결과가 아닌지 보려고 시드(seed)를 바꾸어 되풀이합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 7, 19

# %%
# 마지막 낱말을 묻는 문제
# -----------------------
#
# 시퀀스(sequence)는 11가지 낱말을 늘어놓은 것이고, 답은 마지막 낱말입니다. 길이는 3부터 17까지 고르게 나옵니다. 짧은
# 시퀀스의 뒤는 빈자리를 뜻하는 0번으로 채웁니다. 층이 빈자리까지 읽으면 그동안 마지막 낱말을 잊기 쉽습니다.

vocabulary, seq_length, data_size = 11, 17, 900


def make_data(seed):
    """번호와 답. 시퀀스마다 길이가 다르고 뒤를 0으로 채운다."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(3, seq_length + 1, size=data_size)
    ids = rng.integers(1, vocabulary + 1, size=(data_size, seq_length))
    answers = ids[np.arange(data_size), lengths - 1] - 1
    return np.where(
        np.arange(seq_length) < lengths[:, None], ids, 0
    ), answers


ids, answers = make_data(seed=1)
assert ids.shape == (data_size, seq_length)
share = np.mean(ids == 0)
print(f"{share:.0%} of all positions are padding")
assert 0.3 < share < 0.5

# %%
# 곱하는 방법만 다른 두 모델
# --------------------------
#
# 두 모델 모두 임베딩(embedding)의 벡터에 :math:`\sqrt{E}` 를 곱해 값을 키웁니다. 한 모델은 텐서에 수를 바로 곱하고,
# 다른 모델은 수를 곱하는 층인 ``Rescaling``을 씁니다. 두 모델이 하는 계산은 같습니다.

scale = embedding_dim**0.5


class Reader(tf.keras.Model):
    """번호를 읽고 마지막 낱말을 맞히는 모델."""

    def __init__(self, enlarge):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(
            vocabulary + 1, embedding_dim, mask_zero=True
        )
        self.enlarge = enlarge
        self.drop = tf.keras.layers.Dropout(0.1)
        self.rnn = tf.keras.layers.SimpleRNN(hidden_dim)
        self.classify = tf.keras.layers.Dense(
            vocabulary, activation="softmax"
        )

    def steps(self):
        """차례로 부르는 것들."""
        return [
            self.embedding,
            self.enlarge,
            self.drop,
            self.rnn,
            self.classify,
        ]

    def call(self, tensor):
        """차례로 불러 마지막 낱말의 확률을 구한다."""
        for step in self.steps():
            tensor = step(tensor)
        return tensor


def multiply(tensor):
    """텐서에 수를 곱한다. 새 텐서에는 마스크가 없다."""
    return tensor * scale


def broken():
    """마스크가 도중에 사라지는 모델."""
    return Reader(multiply)


def mended():
    """곱셈을 층에 맡긴 모델."""
    return Reader(tf.keras.layers.Rescaling(scale))


# %%
# 층을 하나씩 불러 찾기
# ---------------------
#
# 텐서에 딸린 마스크는 ``_keras_mask``라는 속성에 있습니다. 모델이 부르는 층과 함수를 차례로 부르면서 출력에 이 속성이
# 있는지 봅니다. 순환층에 이르기 전에 ``none``이 나타나면, 처음 나타난 줄에서 마스크를 잃은 것입니다.


def trace(model, batch):
    """부르는 것마다 이름과, 출력에 마스크가 있는지."""
    found, tensor = [], batch
    for step in model.steps():
        tensor = step(tensor)
        name = getattr(step, "name", None) or step.__name__
        found.append((name, hasattr(tensor, "_keras_mask")))
    return found


def culprit(model, batch):
    """순환층보다 먼저 마스크를 잃은 것의 이름. 없으면 None."""
    for name, kept in trace(model, batch):
        if name == model.rnn.name:
            return None
        if not kept:
            return name
    return None


for build in [broken, mended]:
    print(build.__name__)
    for name, kept in trace(build(), ids[:5]):
        print(f"  {name:14} {'mask' if kept else 'none'}")
assert culprit(broken(), ids[:5]) == "multiply"
assert culprit(mended(), ids[:5]) is None

# %%
# 고치기 전의 모델에서 ``Dropout``의 출력에 마스크가 없는 것은 받은 텐서에 이미 마스크가 없었기 때문입니다. 순환층의
# 출력에 마스크가 없는 것도 잘못이 아닙니다. 이 층은 마지막 출력만 내놓으므로 출력에 시간 축(axis)이 없기 때문입니다.
#
# 고치기 전과 후의 정확도
# -----------------------
#
# 시드마다 데이터와 가중치(weight)를 새로 만들어 두 모델을 훈련하고, 처음 보는 시퀀스에서 정확도를 구합니다.

seeds = [1, 2, 3]
is_new = np.arange(data_size) >= 600


def accuracy(build, seed):
    """시드를 정해 훈련한 모델의, 처음 보는 시퀀스에서의 정확도."""
    tf.keras.utils.set_random_seed(seed)
    ids, answers = make_data(seed)
    model = build()
    model.compile(
        tf.keras.optimizers.Adam(learning_rate=0.02),
        "sparse_categorical_crossentropy",
    )
    model.fit(
        ids[~is_new], answers[~is_new], batch_size=100, epochs=9, verbose=0
    )
    guesses = np.argmax(model(ids[is_new]), axis=-1)
    return np.mean(guesses == answers[is_new])


found = {
    build.__name__: np.array([accuracy(build, seed) for seed in seeds])
    for build in [broken, mended]
}
for name, values in found.items():
    print(f"{name:7}", " ".join(f"{value:.2f}" for value in values))
chance = 1 / vocabulary
assert found["mended"].min() > 0.95
assert found["broken"].max() < 0.5

# %%
# 마스크를 지킨 모델은 시드가 무엇이든 거의 다 맞히지만, 마스크를 잃은 모델은 찍는 것보다 조금 나을 뿐입니다. 두 모델의
# 코드는 한 줄만 다르고, 그 줄이 하는 계산은 같습니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
figure, axes = plt.subplots(
    figsize=(6.4, 3.2),
    num="마스크를 잃은 모델과 고친 모델의 정확도. 시드 셋에서 모두 고친 "
    "모델이 높음",
)
labels = {"broken": "embedding * scale", "mended": "Rescaling(scale)"}
for row, (name, color) in enumerate(
    [("mended", "#0072B2"), ("broken", "#D55E00")]
):
    axes.barh(row, found[name].mean(), height=0.5, color=color, alpha=0.3)
    axes.plot(
        found[name],
        np.full(len(seeds), row),
        "o",
        color=color,
        label=labels[name],
    )
axes.axvline(chance, color="gray", linewidth=1)
axes.text(chance + 0.01, -0.45, "chance", va="bottom", color="dimgray")
axes.set(
    title="Same computation, mask lost or kept",
    xlabel="accuracy on unseen sequences (one dot per seed)",
    xlim=(0, 1.03),
    ylim=(-0.5, 1.5),
)
axes.set_yticks([0, 1], [labels["mended"], labels["broken"]])
plt.show()
