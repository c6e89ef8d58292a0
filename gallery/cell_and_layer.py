"""
후기를 한 낱말씩 읽는 셀
========================

순서를 모르는 모델은 ‘이야기는 지루하다 하지만 연기는 훌륭하다’와 ‘연기는 훌륭하다 하지만 이야기는 지루하다’를 구별하지
못합니다. 쓰인 낱말이 같기 때문입니다. 그런데 두 후기의 판단은 서로 반대입니다. 그래서 앞에서부터 하나씩 읽으며 지금까지
읽은 것을 상태(state)에 담아 두는 셀(cell)이 필요합니다. 이 프로그램에서는 셀을 층(layer)으로 훈련(training)한 뒤, 한
낱말씩 불러 판단이 어디에서 뒤집히는지 확인합니다.
"""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 5, 7

tf.keras.utils.set_random_seed(2)


def same(a, b):
    """반올림 오차를 무시하고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-5)


# %%
# 마지막 절이 정하는 판단
# -----------------------
#
# 짧은 후기는 낱말이 둘이고, 긴 후기는 낱말이 다섯입니다. 긴 후기에서는 ``하지만`` 뒤에 오는 절이 판단을 정합니다. 같은
# 낱말을 다른 순서로 늘어놓은 긴 후기가 넷씩 있으며, 그 가운데 둘은 긍정이고 둘은 부정입니다.

subjects = ["연기는", "음악은", "이야기는", "화면은"]
praise = ["훌륭하다", "재미있다", "아름답다"]
blame = ["지루하다", "아쉽다", "어설프다"]

reviews, labels = [], []
for subject in subjects:
    for word in praise + blame:
        reviews.append(f"{subject} {word}")
        labels.append(int(word in praise))
for first, second in itertools.permutations(subjects, 2):
    for good, bad in itertools.product(praise, blame):
        reviews += [
            f"{first} {bad} 하지만 {second} {good}",
            f"{first} {good} 하지만 {second} {bad}",
        ]
        labels += [1, 0]
labels = np.array(labels)

groups = {}  # 낱말의 묶음마다, 그 낱말로 쓴 후기의 번호
for number, review in enumerate(reviews):
    groups.setdefault(frozenset(review.split()), []).append(number)
long_groups = [
    numbers
    for numbers in groups.values()
    if "하지만" in reviews[numbers[0]]
]
assert all(
    len(numbers) == 4 and labels[numbers].sum() == 2
    for numbers in long_groups
)

# %%
# 낱말마다 1번부터 번호를 붙입니다. 짧은 후기의 뒤는 0으로 채우고, ``mask_zero=True``인 ``Embedding``으로 그 자리를 읽지
# 않게 합니다. 같은 낱말로 된 긴 후기 넷을 한 묶음으로 보고, 아래에서 비교할 두 후기가 들어 있는 묶음과 무작위로 고른
# 묶음 아홉은 훈련에 쓰지 않습니다. 그러므로 두 후기는 훈련된 모델이 처음 읽는 글입니다.

vocabulary = dict.fromkeys(" ".join(reviews).split())
number_of = {
    token: number for number, token in enumerate(vocabulary, start=1)
}
ids = tf.keras.utils.pad_sequences(
    [[number_of[token] for token in review.split()] for review in reviews],
    padding="post",
)
batch_size, seq_length = ids.shape
vocab_size = len(vocabulary) + 1
assert (len(reviews[0].split()), seq_length) == (2, 5)

pair = [
    "이야기는 지루하다 하지만 연기는 훌륭하다",
    "연기는 훌륭하다 하지만 이야기는 지루하다",
]
chosen = groups[frozenset(pair[0].split())]
others = [numbers for numbers in long_groups if numbers != chosen]
picked = np.random.choice(len(others), 9, replace=False)
unseen = np.concatenate([chosen, *(others[number] for number in picked)])
seen = np.setdiff1d(np.arange(batch_size), unseen)

# %%
# 순서를 읽는 모델과 순서를 모르는 모델
# -------------------------------------
#
# 두 모델은 가운데 층만 다릅니다. ``SimpleRNN``은 낱말을 순서대로 읽고, ``GlobalAveragePooling1D``는 낱말의 벡터를 모두
# 평균합니다. 평균은 더하는 순서와 상관이 없습니다. 따라서 평균하는 모델은 같은 낱말로 된 네 후기에 같은 답을 내고, 처음
# 보는 후기의 정확도가 정확히 0.5가 됩니다. 우연히 맞히는 것과 다르지 않은 정확도입니다.


def train(middle):
    """가운데 층만 바꾼 모델을 훈련한다."""
    model = tf.keras.Sequential(
        [
            tf.keras.layers.Embedding(
                vocab_size, embedding_dim, mask_zero=True
            ),
            middle,
            tf.keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    model.fit(ids[seen], labels[seen], batch_size=16, epochs=20, verbose=0)
    return model


reader, averager = (
    train(tf.keras.layers.SimpleRNN(hidden_dim)),
    train(tf.keras.layers.GlobalAveragePooling1D()),
)
pair_ids = ids[[reviews.index(review) for review in pair]]
accuracy = {}
for name, model in [("SimpleRNN", reader), ("average", averager)]:
    accuracy[name] = model.evaluate(ids[unseen], labels[unseen], verbose=0)[
        1
    ]
    answers = ", ".join(
        f"{answer:.3f}"
        for answer in model.predict(pair_ids, verbose=0)[:, 0]
    )
    print(
        f"{name}: accuracy on unseen reviews {accuracy[name]:.2f}, "
        f"probabilities for the pair {answers}"
    )
assert accuracy["SimpleRNN"] > 0.95 and accuracy["average"] == 0.5

forward_answer, reversed_answer = averager.predict(pair_ids, verbose=0)
assert same(forward_answer, reversed_answer)

# %%
# 한 낱말씩 불러 보는 셀
# ----------------------
#
# 훈련한 층 안에는 셀이 하나 들어 있습니다. 셀은 낱말 하나의 벡터와 이전 상태를 받아 새 상태를 돌려줍니다. 한 낱말에서
# 다음 낱말로 정보를 전하는 것은 상태뿐이므로, 반복문으로 셀을 직접 불러 상태를 이어 주면 층이 계산한 값과 같아집니다.

embedding, layer, dense = reader.layers
vectors = embedding(pair_ids)
state = tf.zeros([len(pair), hidden_dim])
states = []
for t in range(seq_length):
    output, [state] = layer.cell(vectors[:, t], [state])
    states.append(state)
states = np.stack(states, axis=1)

batch_size = len(pair)
assert states.shape == (batch_size, seq_length, hidden_dim)
assert layer(vectors).shape == (batch_size, hidden_dim)
assert same(states[:, -1], layer(vectors))

# %%
# ``Dense``는 마지막 상태(last state)로 훈련했지만, 중간의 상태에 적용해도 됩니다. 그러면 낱말을 하나 읽을 때마다 셀이
# 후기를 어떻게 판단하고 있는지 알 수 있습니다. 두 낱말을 읽었을 때의 판단은 그 두 낱말만 있는 짧은 후기의 판단과 같고,
# 마지막 절까지 읽으면 판단이 반대로 바뀝니다.

probabilities = dense(states)[..., 0].numpy()
for review, row in zip(pair, probabilities, strict=True):
    print(
        "  ".join(
            f"{token} {probability:.2f}"
            for token, probability in zip(review.split(), row, strict=True)
        )
    )
assert same(probabilities[:, -1], reader.predict(pair_ids, verbose=0)[:, 0])
short_ids = ids[
    [reviews.index(" ".join(review.split()[:2])) for review in pair]
]
assert same(probabilities[:, 1], reader.predict(short_ids, verbose=0)[:, 0])
assert probabilities[0, 1] < 0.1 < 0.9 < probabilities[0, -1]
assert probabilities[1, -1] < 0.1 < 0.9 < probabilities[1, 1]
after_first_clause, after_last_clause = states[:, 1], states[:, -1]
assert np.all(np.sum(after_first_clause * after_last_clause, axis=-1) < 0)

# %%
# 위 그림은 낱말을 읽을 때마다 셀이 긍정이라고 보는 확률이고, 아래 그림은 그때의 상태입니다. 첫 절을 읽으면 확률이 한쪽
# 끝으로 가고, 마지막 낱말을 읽으면 반대쪽 끝으로 갑니다. 아래 그림의 색도 함께 뒤집힙니다. 판단을 정하는 기억이 상태
# 안에 있기 때문입니다. 다만 ``하지만``과 그다음 낱말에서의 확률은 믿지 마세요. 훈련하는 동안 그 자리에서 답을 물은 적이
# 없어서, 시드(seed)를 바꾸면 두 값도 달라집니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "같은 낱말로 쓴 두 후기. 긍정의 확률과 상태의 색이 마지막 "
    "절에서 반대로 뒤집힘"
)
figure, panels = plt.subplots(
    2, 2, figsize=(8, 5), sharex="col", sharey="row", num=window
)
english = dict(
    zip(
        pair[0].split(),
        ["story", "dull", "BUT", "acting", "great"],
        strict=True,
    )
)
for column, review in enumerate(pair):
    curve, heat = panels[:, column]
    curve.axhline(0.5, color="gray", linestyle=":")
    curve.plot(
        probabilities[column],
        "o-",
        color="#D55E00" if column else "#0072B2",
        linewidth=2,
    )
    curve.set(
        title=f"ends in {english[review.split()[-1]]!r}", ylim=(-0.08, 1.08)
    )
    image = heat.imshow(
        states[column].T, aspect="auto", cmap="viridis", vmin=-1, vmax=1
    )
    heat.set_xticks(
        range(seq_length), [english[token] for token in review.split()]
    )
    heat.set(
        xlabel="token, in reading order", yticks=range(0, hidden_dim, 2)
    )
panels[0, 0].set_ylabel("probability of praise")
panels[1, 0].set_ylabel("unit of the state")
figure.colorbar(image, ax=panels[1], label="state")
plt.show()
