"""
뒤를 보아야 아는 낱말
=====================

‘연기가’까지 읽고서는 배우의 연기인지 굴뚝의 연기인지 알 수 없습니다. 뒤에 ‘훌륭하다’가 오면 배우의 연기이고, ‘맵다’가
오면 굴뚝의 연기입니다. 앞에서부터 읽는 층(layer)은 아무리 훈련(training)해도 그 자리에서 답을 알 수 없습니다. 아직 읽지
않은 토큰(token)에 답이 있기 때문입니다. 이 프로그램에서는 정방향(forward), 역방향(backward), 양방향 모델을 훈련해서,
실마리가 앞에 있을 때와 뒤에 있을 때 저마다 무엇을 맞히는지 비교합니다.
"""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 11, 7

tf.keras.utils.set_random_seed(1)


def same(a, b):
    """반올림 오차를 무시하고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-5)


# %%
# 실마리가 앞이나 뒤에 있는 문장
# ------------------------------
#
# 절반의 문장에서는 ‘배우의’나 ‘굴뚝의’처럼 앞에 오는 말이 뜻을 정합니다. 나머지 문장에서는 ‘훌륭하다’나 ‘맵다’처럼 뒤에
# 오는 말이 뜻을 정합니다. 모든 문장에서 셋째 토큰이 ``연기가``입니다. 모델은 토큰마다 이 문장의 연기가 타는 연기일
# 확률을 답합니다.

times, adverbs = (
    ["오늘", "어제", "아까", "방금"],
    ["정말", "조금", "아주", "너무"],
)
acting_before, smoke_before = (
    ["배우의", "주인공의", "조연의"],
    ["굴뚝의", "모닥불의", "담배의"],
)
acting_after, smoke_after = (
    ["훌륭하다", "자연스럽다", "어색하다"],
    ["맵다", "짙다", "자욱하다"],
)
neutral_before, neutral_after = (
    ["그", "저", "이"],
    ["보인다", "떠오른다", "이상하다"],
)

clue_before = itertools.product(acting_before + smoke_before, neutral_after)
clue_after = itertools.product(neutral_before, acting_after + smoke_after)
frames = list(itertools.product(times, adverbs))  # 뜻과 상관없는 말의 짝
sentences, kinds, frame_of = [], [], []
for kind, ends in [
    ("clue before", list(clue_before)),
    ("clue after", list(clue_after)),
]:
    for frame, (before, after) in itertools.product(
        range(len(frames)), ends
    ):
        time, adverb = frames[frame]
        sentences.append([time, before, "연기가", adverb, after])
        kinds.append(kind)
        frame_of.append(frame)
kinds, frame_of = np.array(kinds), np.array(frame_of)
is_smoke = np.array(
    [
        bool({*smoke_before, *smoke_after} & set(sentence))
        for sentence in sentences
    ]
)

vocabulary = {
    token: number
    for number, token in enumerate(
        dict.fromkeys(itertools.chain(*sentences))
    )
}
vocab_size = len(vocabulary)
ids = np.array(
    [[vocabulary[token] for token in sentence] for sentence in sentences]
)
batch_size, seq_length = ids.shape
labels = np.repeat(is_smoke[:, None, None], seq_length, axis=1)
assert labels.shape == (batch_size, seq_length, 1)
word = 2  # ``연기가``의 자리
assert seq_length == 5 and all(
    sentence[word] == "연기가" for sentence in sentences
)

# %%
# 때를 나타내는 말과 정도를 나타내는 말의 짝 가운데 넷을 골라, 그 짝이 든 문장은 훈련에 쓰지 않고 남겨 둡니다. 남겨 둔
# 문장에서도 두 뜻이 똑같이 나오므로, 찍어서 맞히면 정확도가 0.5입니다.

unseen = np.isin(frame_of, np.random.choice(len(frames), 4, replace=False))
assert all(
    is_smoke[unseen & (kinds == kind)].mean() == 0.5 for kind in set(kinds)
)

# %%
# 읽는 방향만 다른 세 모델
# ------------------------
#
# ``go_backwards=True``인 층은 시퀀스(sequence)를 거꾸로 읽고, 출력도 읽은 순서로 돌려줍니다. 그래서 출력을 다시
# 뒤집어야 토큰의 자리와 맞습니다. ``Bidirectional``은 이 일을 스스로 하고, 두 방향의 출력을 마지막 축(axis)을 따라
# 이어 붙입니다(concatenate).


@tf.keras.utils.register_keras_serializable()
class Reverse(tf.keras.layers.Layer):
    """시간 축을 뒤집는다."""

    def call(self, inputs):
        """토큰의 순서를 거꾸로 늘어놓는다."""
        return inputs[:, ::-1]


def recurrent(**options):
    """모든 타임스텝의 출력을 돌려주는 층."""
    return tf.keras.layers.SimpleRNN(
        hidden_dim, return_sequences=True, **options
    )


models, probabilities, accuracy = {}, {}, {}
for name, middle in [
    ("forward", [recurrent()]),
    ("backward", [recurrent(go_backwards=True), Reverse()]),
    ("both", [tf.keras.layers.Bidirectional(recurrent())]),
]:
    embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
    dense = tf.keras.layers.Dense(1, activation="sigmoid")
    models[name] = model = tf.keras.Sequential([embedding, *middle, dense])
    model.compile(
        tf.keras.optimizers.Adam(learning_rate=0.01), "binary_crossentropy"
    )
    model.fit(
        ids[~unseen], labels[~unseen], batch_size=16, epochs=12, verbose=0
    )
    probabilities[name] = model.predict(ids, verbose=0)[..., 0]
    right = (probabilities[name][:, word] > 0.5) == is_smoke
    accuracy[name] = {
        kind: right[unseen & (kinds == kind)].mean()
        for kind in ["clue before", "clue after"]
    }
    print(
        f"{name:8}",
        {kind: f"{value:.2f}" for kind, value in accuracy[name].items()},
    )

# %%
# 출력된 수는 처음 보는 문장에서 ``연기가``의 뜻을 맞힌 비율입니다. 정방향 모델은 실마리가 뒤에 있으면 정확도가
# 0.5입니다. 두 뜻의 문장이 그 자리까지 똑같으므로 같은 답을 낼 수밖에 없기 때문입니다. 역방향 모델은 반대로 실마리가
# 앞에 있을 때 0.5가 됩니다. 양방향 모델만 두 경우를 다 맞힙니다.

assert (
    accuracy["forward"]["clue before"] > 0.95
    and accuracy["forward"]["clue after"] == 0.5
)
assert (
    accuracy["backward"]["clue before"] == 0.5
    and accuracy["backward"]["clue after"] > 0.95
)
assert min(accuracy["both"].values()) > 0.95

# %%
# 두 마지막 상태의 자리
# ---------------------
#
# 문장 전체에 답을 하나만 낼 때는 마지막 상태(last state)를 씁니다. 그런데 두 층은 서로 반대쪽 끝에서 읽기를 마치므로
# 마지막 상태도 출력의 양 끝에 하나씩 있습니다. 정방향은 마지막 타임스텝(time step)에, 역방향은 첫 타임스텝에 있습니다.
# 따라서 ``outputs[:, -1]``은 문장을 대표하지 못합니다. 그 뒤쪽 절반은 역방향 층이 마지막 토큰 하나만 읽었을 때의
# 출력이기 때문입니다. ``return_sequences=False``로 두면 양 끝의 두 상태를 이어 붙여 돌려줍니다.

embedding, both, dense = models["both"].layers
vectors = embedding(ids)
returning = tf.keras.layers.Bidirectional(recurrent(return_state=True))
summary_layer = tf.keras.layers.Bidirectional(
    tf.keras.layers.SimpleRNN(hidden_dim)
)
for layer in [returning, summary_layer]:
    layer.build(vectors.shape)
    layer.set_weights(both.get_weights())
outputs, f_h, b_h = returning(vectors)
assert outputs.shape == (batch_size, seq_length, 2 * hidden_dim)
assert f_h.shape == b_h.shape == (batch_size, hidden_dim)
assert same(outputs[:, -1, :hidden_dim], f_h) and same(
    outputs[:, 0, hidden_dim:], b_h
)
assert same(summary_layer(vectors), tf.concat([f_h, b_h], axis=-1))
assert not same(summary_layer(vectors), outputs[:, -1])

only_last_token, _, _ = returning(vectors[:, -1:])
assert same(outputs[:, -1, hidden_dim:], only_last_token[:, 0, hidden_dim:])

# %%
# 왼쪽은 ‘오늘 굴뚝의 연기가 정말 보인다’처럼 실마리가 앞에 있는 문장이고, 오른쪽은 ‘오늘 그 연기가 정말 맵다’처럼 뒤에
# 있는 문장입니다. 굵은 세로선이 ``연기가``의 자리입니다. 선은 모델이 타는 연기라고 보는 확률이며, 두 문장 모두 타는
# 연기가 정답입니다. 정방향 모델은 실마리를 읽고 나서야 답을 알게 되므로 실마리의 왼쪽에서는 어느 쪽으로도 기울지
# 않습니다. 역방향 모델은 실마리의 오른쪽에서 그렇습니다. 하지만 양방향 모델은 모든 자리에서 답을 압니다.
#
# 그렇다고 언제나 양방향이 나은 것은 아닙니다. 말이 끝나기 전에 낱말마다 답해야 할 때는 뒤쪽이 아직 없으므로 양방향
# 층을 쓸 수 없습니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "토큰마다 타는 연기라고 본 확률. 한 방향은 실마리를 읽은 "
    "쪽에서만 알고, 양방향은 어디서나 앎"
)
figure, panels = plt.subplots(
    1, 2, figsize=(8, 3.6), sharey=True, num=window
)
word_label = "acting or\nsmoke?"
pictures = [
    (
        "Clue before the word",
        1,
        "오늘 굴뚝의 연기가 정말 보인다",
        ["today", "chimney's", word_label, "really", "seen"],
    ),
    (
        "Clue after the word",
        4,
        "오늘 그 연기가 정말 맵다",
        ["today", "that", word_label, "really", "stings"],
    ),
]
styles = {
    "forward": {"marker": ">", "color": "#0072B2"},
    "backward": {"marker": "<", "color": "#D55E00"},
    "both": {
        "marker": "o",
        "color": "black",
        "linestyle": "--",
        "markersize": 13,
        "fillstyle": "none",
    },
}
for axes, (title, clue, sentence, english) in zip(
    panels, pictures, strict=True
):
    row = sentences.index(sentence.split())
    forward, backward, both_ways = (
        probabilities[name][row] for name in ["forward", "backward", "both"]
    )
    assert (
        min(both_ways) > 0.9
        and min(forward[clue:]) > 0.9
        and min(backward[: clue + 1]) > 0.9
    )
    assert np.all(
        np.abs(np.concatenate([forward[:clue], backward[clue + 1 :]]) - 0.5)
        < 0.4
    )
    axes.axvline(word, color="lightgray", linewidth=12)
    axes.axhline(0.5, color="gray", linestyle=":")
    for name, style in styles.items():
        axes.plot(probabilities[name][row], label=name, **style)
    axes.set(title=title, xlabel="token", ylim=(-0.05, 1.1))
    axes.set_xticks(range(seq_length), english)
panels[0].set_ylabel("probability of smoke")
panels[0].legend(loc="lower right", frameon=False)
plt.show()
