"""
한 글자씩 이어 쓰는 글
======================

글을 쓰는 모델이 하는 일은 다음 글자를 짐작하는 것뿐입니다. 짐작한 글자를 입력으로 다시 넣으면 다음 글자가 나오고,
이것을 되풀이하면 글이 됩니다. 그런데 언제나 가장 그럴듯한 글자만 고르면 늘 같은 글이 나오고, 아무 글자나 뽑으면 글이
망가집니다. 이 프로그램에서는 짧은 글로 모델을 훈련하고, 온도(temperature)와 top-k로 고르는 법을 바꾸어 가며 글이
어떻게 달라지는지 확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 23, 79
batch_size, seq_length = 61, 31

tf.keras.utils.set_random_seed(1)

# %%
# 배울 글
# -------
#
# 산골 마을의 한 해를 적은 짧은 글입니다. 계절마다 비슷한 말이 되풀이되므로 작은 모델도 배울 수 있습니다. 글에 나오는
# 글자를 모두 모은 것이 어휘(vocabulary)이고, 토큰(token)은 글자 하나입니다.

text = """
봄이 오면 산에는 진달래가 피고 들에는 새 풀이 돋습니다.
할머니는 밭에 감자를 심고 아이는 개울에서 송사리를 쫓습니다.
봄비가 오는 날에는 마루에 앉아 빗소리를 듣습니다.
비가 그치면 산에는 안개가 끼고 들에는 물이 고입니다.
여름이 오면 산에는 뻐꾸기가 울고 들에는 벼가 자랍니다.
할머니는 밭에서 감자를 캐고 아이는 개울에서 물장구를 칩니다.
소나기가 오는 날에는 마루에 앉아 감자를 먹습니다.
비가 그치면 산에는 무지개가 뜨고 들에는 개구리가 웁니다.
가을이 오면 산에는 단풍이 들고 들에는 벼가 익습니다.
할머니는 밭에서 고구마를 캐고 아이는 산에서 밤을 줍습니다.
바람이 부는 날에는 마루에 앉아 고추를 말립니다.
바람이 그치면 산에는 낙엽이 쌓이고 들에는 서리가 내립니다.
겨울이 오면 산에는 눈이 쌓이고 들에는 찬 바람이 붑니다.
할머니는 방에서 고구마를 굽고 아이는 들에서 연을 날립니다.
눈이 오는 날에는 방에 앉아 옛이야기를 듣습니다.
눈이 그치면 산에는 토끼가 다니고 들에는 까치가 웁니다.
""".strip().replace("\n", " ")
characters = sorted(set(text))
vocab_size = len(characters)
ids = np.array([characters.index(character) for character in text])
print(f"{len(text)} characters, {vocab_size} different ones")

# %%
# 글을 한 글자씩 밀어 가며 토막을 냅니다. 토막의 답은 토막을 한 글자 뒤로 민 것입니다. 그래서 타임스텝(time step)마다
# 다음 글자를 짐작하는 연습을 하게 됩니다.

windows = np.lib.stride_tricks.sliding_window_view(ids, seq_length + 1)
inputs, targets = windows[:, :-1], windows[:, 1:]
assert inputs[:batch_size].shape == (batch_size, seq_length)
assert np.array_equal(inputs[1:], targets[:-1])

layers = tf.keras.layers
embedding = layers.Embedding(vocab_size, embedding_dim)
gru = layers.GRU(hidden_dim, return_sequences=True, return_state=True)
classify = layers.Dense(vocab_size)

source = tf.keras.Input((None,), dtype="int32")
state = tf.keras.Input((hidden_dim,))
outputs, last_state = gru(embedding(source), initial_state=state)
stepper = tf.keras.Model([source, state], [classify(outputs), last_state])
outputs, _ = gru(embedding(source))
model = tf.keras.Model(source, classify(outputs))
model.compile(
    tf.keras.optimizers.Adam(0.01),
    tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    jit_compile=False,
)
history = model.fit(inputs, targets, batch_size, epochs=9, verbose=0)
losses = history.history["loss"]
print("loss", *[f"{loss:.2f}" for loss in losses])
assert losses[-1] < losses[0] / 5

# %%
# 고르는 방법
# -----------
#
# 모델이 내놓는 것은 글자마다의 로짓(logits)입니다. 로짓을 온도로 나누고 소프트맥스(softmax)를 거치면 확률이 됩니다.
# 온도가 1보다 낮으면 높은 확률이 더 높아져서 안전한 글자만 고르게 되고, 1보다 높으면 확률이 고르게 퍼져서 엉뚱한
# 글자도 고르게 됩니다. top-k는 로짓이 큰 k개만 남기고 나머지는 버립니다. 온도가 높아도 아주 엉뚱한 글자는 나오지 않게
# 하는 방법입니다.


@tf.function
def step(tokens, state):
    """글자를 하나씩 넣고 다음 글자의 로짓과 새 상태를 얻는다."""
    logits, state = stepper([tokens[:, None], state])
    return logits[:, 0], state


def write(temperature, top_k, count=53, length=60):
    """‘봄이 오면’으로 시작하는 글을 여럿 쓴다."""
    rng = np.random.default_rng(1)
    texts = np.array([[characters.index(c) for c in "봄이 오면"]] * count)
    state = tf.zeros([count, hidden_dim])
    for place in range(length):
        logits, state = step(tf.constant(texts[:, place]), state)
        if place < texts.shape[1] - 1:
            continue
        logits = logits.numpy() / temperature
        lowest_kept = np.sort(logits, axis=-1)[:, -top_k, None]
        logits = np.where(logits < lowest_kept, -np.inf, logits)
        chosen = np.argmax(logits + rng.gumbel(size=logits.shape), axis=-1)
        texts = np.append(texts, chosen[:, None], axis=1)
    return ["".join(characters[number] for number in row) for row in texts]


# %%
# 온도에 따라 달라지는 글
# -----------------------
#
# 쓴 글을 두 가지로 평가합니다. 배운 글에 있는 낱말의 비율은 글이 얼마나 멀쩡한지를, 서로 다른 글의 비율은 글이 얼마나
# 다양한지를 말해 줍니다. 마지막 낱말은 쓰다 만 것일 수 있으므로 뺍니다.

known_words = set(text.split())
known_sentences = set(text.split(". "))


def describe(texts):
    """배운 글에 있는 낱말의 비율과, 서로 다른 글의 비율."""
    words = [word for written in texts for word in written.split()[:-1]]
    known = np.mean([word in known_words for word in words])
    return known, len(set(texts)) / len(texts)


temperatures = [0.2, 0.5, 1.0, 1.5, 2.0]
found, samples = {}, {}
for top_k in (1, 5, vocab_size):
    for temperature in temperatures:
        samples[top_k, temperature] = write(temperature, top_k)
    found[top_k] = np.array(
        [
            describe(samples[top_k, temperature])
            for temperature in temperatures
        ]
    )
    print(f"top_k {top_k}")
    for temperature, (known, different) in zip(
        temperatures, found[top_k], strict=True
    ):
        print(
            f"  temperature {temperature}: known words {known:.0%}, "
            f"different texts {different:.0%}"
        )
for temperature in (0.5, 2.0):
    print(
        f"temperature {temperature}:", samples[vocab_size, temperature][0]
    )
print("temperature 2.0, top 5:", samples[5, 2.0][0])

everything, top_five = found[vocab_size][:, 0], found[5][:, 0]
assert np.all(found[1] == found[1][0]) and found[1][0, 1] < 0.05
assert everything[1] > 0.95 and everything[-1] < 0.6
assert np.all(np.diff(everything) < 0.01)
assert found[vocab_size][0, 1] < found[vocab_size][-1, 1]
assert top_five[-1] > everything[-1] + 0.1

# %%
# 가장 그럴듯한 글자 하나만 남기면(``top_k``가 1) 온도가 얼마이든 모든 글이 똑같습니다. 온도가 0.5이면 글이 저마다
# 다르면서도 낱말은 거의 다 멀쩡합니다. 온도를 2까지 올리면 멀쩡한 낱말이 크게 줄어듭니다. 이때도 글자를 5개만 남기면
# 덜 망가집니다.
#
# 낱말이 멀쩡하다고 말이 되는 것은 아닙니다. 온도가 0.5인 글에서 문장을 모아, 배운 글에 그대로 있는 문장이 얼마나
# 되는지 확인합니다.

sentences = [
    sentence
    for written in samples[vocab_size, 0.5]
    for sentence in written.split(". ")[:-1]
]
fresh = [
    sentence for sentence in sentences if sentence not in known_sentences
]
print(f"new sentences {len(fresh) / len(sentences):.0%}")
for sentence in fresh[:5]:
    print(sentence)
assert len(fresh) / len(sentences) > 0.2

# %%
# 절반이 넘는 문장이 배운 글에 없는 것입니다. 봄의 앞머리에 여름의 뒷말을 붙이는 식으로, 배운 말을 섞어 새 문장을 만든
# 것입니다. 그 가운데에는 뜻이 통하는 문장도 있고 계절이 어긋난 문장도 있습니다. 모델은 다음 글자만 짐작할 뿐 계절을
# 알지 못하기 때문입니다.
#
# 왼쪽 그림은 멀쩡한 낱말의 비율, 오른쪽 그림은 서로 다른 글의 비율입니다. 온도를 올리면 다양해지는 대신 망가지고,
# top-k는 덜 망가지게 막아 줍니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
figure, axes = plt.subplots(
    1,
    2,
    figsize=(8, 3.6),
    sharey=True,
    num="온도에 따른 멀쩡한 낱말의 비율과 서로 다른 글의 비율. 온도가 "
    "높을수록 다양해지고 멀쩡한 낱말은 줄어듦",
)
styles = {
    1: ("top 1 (greedy)", ":"),
    5: ("top 5", "s--"),
    vocab_size: ("all characters", "o-"),
}
for panel, title, column in zip(
    axes, ["known words", "different texts"], [0, 1], strict=True
):
    for top_k, (label, style) in styles.items():
        color = {1: "gray", 5: "#D55E00", vocab_size: "#0072B2"}[top_k]
        panel.plot(
            temperatures,
            found[top_k][:, column],
            style,
            color=color,
            label=label,
        )
    panel.set(title=title, xlabel="temperature", ylim=(-0.03, 1.05))
axes[0].set(ylabel="share")
axes[0].legend(frameon=False, loc="lower left")
plt.show()
