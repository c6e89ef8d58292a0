"""
패딩을 읽는 모델과 건너뛰는 모델
================================

길이가 다른 후기를 한 텐서(tensor)에 담으려면 짧은 후기의 빈자리를 채워야 합니다. 이것이 패딩(padding)입니다.
층(layer)은 어디가 빈자리인지 모르므로, 마스크(mask)로 알려 주지 않으면 패딩까지 읽고 나서 마지막 출력을 냅니다. 긴
후기가 조금만 섞여 있어도 나머지 후기에는 패딩이 수십 개씩 붙습니다. 이 프로그램에서는 그 때문에 정확도가 얼마나
떨어지는지, 그때 상태(state)에 무슨 일이 일어나는지 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 7, 17

tf.keras.utils.set_random_seed(1)


def same(a, b):
    """반올림 오차를 무시하고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-5)


# %%
# 마지막 절을 묻는 문제
# ---------------------
#
# 후기는 ‘이야기는 지루하다’ 같은 절을 ``하지만``으로 이은 글입니다. 대부분은 절이 4개를 넘지 않지만 열에 하나는
# 5개부터 24개까지 이어집니다. 모델은 후기의 마지막 절이 무엇을 칭찬하는지, 또는 무엇을 탓하는지 맞힙니다. 대상이
# 넷이고 판단이 둘이므로 답은 모두 8가지입니다.

subjects = ["연기는", "음악은", "이야기는", "화면은"]
praise = ["훌륭하다", "재미있다", "아름답다"]
blame = ["지루하다", "아쉽다", "어설프다"]
vocabulary = [*subjects, *praise, *blame, "하지만"]
number_of = {
    token: number for number, token in enumerate(vocabulary, start=1)
}
vocab_size, output_size = len(vocabulary) + 1, 2 * len(subjects)
assert (len(subjects), output_size) == (4, 8)


def write_review(clauses):
    """절을 이어 후기를 쓰고, 마지막 절이 답하는 번호를 함께 돌려준다."""
    tokens = []
    for clause in range(clauses):
        subject, word = (
            np.random.choice(subjects),
            np.random.choice(praise + blame),
        )
        tokens += ["하지만"] * (clause > 0) + [subject, word]
    return [number_of[token] for token in tokens], 2 * subjects.index(
        subject
    ) + (word in praise)


longest, often_longest = 24, 4
is_long = np.arange(1000) % 10 == 0
clauses = np.where(
    is_long,
    np.random.randint(5, longest + 1, 1000),
    np.random.randint(1, often_longest + 1, 1000),
)
reviews, labels = zip(
    *[write_review(count) for count in clauses], strict=True
)
labels = np.array(labels)
lengths = np.array([len(review) for review in reviews])
ids = tf.keras.utils.pad_sequences(reviews, padding="post")
batch_size, seq_length = ids.shape
unseen = np.arange(batch_size) >= 750
print(
    f"half of the reviews have at most {np.median(lengths):.0f} tokens, "
    f"all are padded to {seq_length}"
)

# %%
# 마스크만 다른 두 모델
# ---------------------
#
# ``mask_zero=True``인 ``Embedding``은 번호가 0인 자리를 마스크로 표시해 다음 층에 넘깁니다. 두 모델은 이 인자만
# 다릅니다. 답이 8가지이므로 찍어서 맞히면 정확도가 8분의 1쯤입니다.


def build(mask_zero):
    """마스크를 만들거나 만들지 않는 모델."""
    model = tf.keras.Sequential(
        [
            tf.keras.layers.Embedding(
                vocab_size, embedding_dim, mask_zero=mask_zero
            ),
            tf.keras.layers.SimpleRNN(hidden_dim),
            tf.keras.layers.Dense(output_size, activation="softmax"),
        ]
    )
    optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
    model.compile(
        optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return model


def accuracy(model):
    """처음 보는 후기의 정확도."""
    return model.evaluate(ids[unseen], labels[unseen], verbose=0)[1]


masking, reading_padding = build(mask_zero=True), build(mask_zero=False)
for model in [masking, reading_padding]:
    model.fit(
        ids[~unseen], labels[~unseen], batch_size=32, epochs=6, verbose=0
    )
with_mask, without_mask = accuracy(masking), accuracy(reading_padding)
print(
    f"accuracy with mask {with_mask:.2f}, without mask {without_mask:.2f}, "
    f"by chance {1 / output_size:.2f}"
)
assert with_mask > 0.95 > 0.3 > without_mask

# %%
# 마스크가 없는 모델이 배우지 못한 것은 문제가 어려워서가 아닙니다. 마스크로 잘 훈련한 가중치(weight)를 그대로 옮기고
# 마스크만 없애도 정확도가 찍은 것과 비슷해집니다. 답을 아는 상태가 패딩을 읽는 동안 사라지기 때문입니다.

mask_removed = build(mask_zero=False)
mask_removed.build(ids.shape)
mask_removed.set_weights(masking.get_weights())
print(f"same weights, mask removed: accuracy {accuracy(mask_removed):.2f}")
assert accuracy(mask_removed) < 0.3

# %%
# 영벡터를 읽어도 움직이는 상태
# -----------------------------
#
# 0번의 벡터가 난수라서 생기는 일일까요? 그렇지 않습니다. 영벡터(zero vector)를 읽혀도 상태는 움직입니다. 입력에서 오는
# 값이 사라질 뿐, 이전 상태에 ``recurrent_kernel``을 곱하고 ``tanh``를 적용하는 계산은 그대로 일어나기 때문입니다.
# 상태를 가만히 두려면 그 타임스텝(time step)의 계산을 아예 건너뛰어야 합니다. 마스크가 하는 일이 바로 이것입니다.

embedding, recurrent, dense = masking.layers
every_state = tf.keras.layers.SimpleRNN(hidden_dim, return_sequences=True)
every_state.build((None, seq_length, embedding_dim))
every_state.set_weights(recurrent.get_weights())
mask = embedding.compute_mask(ids)
vectors = embedding(ids).numpy()  # 텐서에 붙어 다니는 마스크를 떼어 낸다
masked = every_state(vectors, mask=mask).numpy()
unmasked = every_state(vectors).numpy()
zeroed = every_state(np.where(ids[..., None] == 0, 0, vectors)).numpy()
assert (
    masked.shape
    == unmasked.shape
    == zeroed.shape
    == (batch_size, seq_length, hidden_dim)
)

example = np.flatnonzero(unseen & (lengths == 11))[0]
length = lengths[example]
last_token = masked[example, length - 1]
_, recurrent_kernel, bias = recurrent.get_weights()
assert same(
    zeroed[example, length], np.tanh(last_token @ recurrent_kernel + bias)
)
assert not same(zeroed[example, length], last_token)

# %%
# 마스크가 있으면 마지막 낱말을 읽은 상태가 끝까지 그대로 남습니다. 그래서 패딩이 몇 개이든 그 후기만 따로 읽은 것과
# 결과가 같습니다.

assert same(
    masked[example, length:],
    np.broadcast_to(last_token, (seq_length - length, hidden_dim)),
)
alone = recurrent(vectors[example : example + 1, :length])[0]
assert same(alone, masked[example, -1]) and not same(
    alone, unmasked[example, -1]
)
assert np.ptp(unmasked[example, length:], axis=0).max() > 0.3

# %%
# 왼쪽은 낱말이 11개인 후기 하나를 읽는 동안 유닛(unit) 셋의 값을 그린 것이며, 회색 바탕이 패딩입니다. 마스크가 있으면
# 패딩에 들어선 순간부터 값이 움직이지 않습니다. 마스크가 없으면 같은 가중치로 같은 후기를 읽었는데도 값이 계속
# 떠다닙니다. 오른쪽은 패딩을 읽은 개수에 따라, 처음 보는 후기에서 마지막 절을 맞힌 비율입니다. 마스크가 없으면 패딩을
# 하나만 읽어도 답을 잃습니다. 마지막 낱말을 읽은 상태에서만 답하도록 훈련했기 때문입니다.

start = lengths[unseen] - 1
most_reads = 15
padded = start + most_reads < seq_length  # 패딩이 그만큼은 있는 후기
reads = np.arange(most_reads + 1)
remembered = {}
for name, states in [("with mask", masked), ("without mask", unmasked)]:
    after = states[unseen][padded][
        np.arange(padded.sum())[:, None], start[padded, None] + reads
    ]
    remembered[name] = (
        np.argmax(dense(after), axis=-1) == labels[unseen][padded, None]
    ).mean(axis=0)
assert (
    min(remembered["with mask"]) > 0.95
    and remembered["without mask"][0] > 0.95
)
assert max(remembered["without mask"][1:]) < 0.5

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "패딩을 읽는 동안의 상태와 정확도. 마스크가 있으면 그대로 "
    "멈추고, 없으면 떠다니다 답을 잃음"
)
figure, (lines, curve) = plt.subplots(1, 2, figsize=(8, 3.6), num=window)
assert length == 11
shown = length + most_reads
lines.axvspan(length - 0.5, shown - 0.5, color="0.9")
for unit, color in zip(
    [0, 1, 2], ["#0072B2", "#D55E00", "#009E73"], strict=True
):
    lines.plot(masked[example, :shown, unit], color=color, linewidth=2.5)
    lines.plot(
        unmasked[example, :shown, unit], ":", color=color, linewidth=1.5
    )
lines.plot([], [], color="gray", linewidth=2.5, label="with mask")
lines.plot([], [], ":", color="gray", linewidth=1.5, label="without mask")
lines.text((length + shown - 1) / 2, -1.12, "padding", ha="center")
lines.set(
    title="State while reading one review",
    xlabel="time step",
    ylabel="state",
    ylim=(-1.2, 1.55),
)
lines.legend(loc="upper left", ncols=2, frameon=False, fontsize=10)
for (name, values), style in zip(
    remembered.items(), ["o-", "s:"], strict=True
):
    curve.plot(
        reads, values, style, color="black", markersize=4, label=name
    )
curve.axhline(1 / output_size, color="gray", linewidth=1)
curve.text(
    reads[-1], 1 / output_size - 0.02, "chance", ha="right", va="top"
)
curve.set(
    title="Is the last clause still known?",
    xlabel="padding tokens read",
    ylabel="accuracy",
    ylim=(0, 1.08),
)
curve.set_xticks(range(0, most_reads + 1, 5))
curve.legend(loc="center right", frameon=False)
plt.show()
