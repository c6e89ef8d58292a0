"""
말이 들어올 때마다 답하는 모델
==============================

‘거실 불 켜 줘’라는 말을 알아듣는 전등을 만든다고 합시다. 말은 낱말로 하나씩 들어오고, 전등은 낱말이 들어올 때마다
켜져 있어야 하는지 정해야 합니다. 말이 다 끝나기를 기다렸다가 처음부터 다시 읽으면, 오래 들을수록 답이 늦어집니다.
이 프로그램에서는 긴 말로 훈련한 모델에서 상태(state)를 입력과 출력으로 꺼내어, 낱말 하나와 앞의 상태만 받아 답하는
모델을 만듭니다. 내보낸 파일로 한 낱말씩 답해도 한꺼번에 읽은 것과 같은 수가 나오는지 확인하고, 상태를 빠뜨리면
어떻게 되는지도 봅니다.
"""

import tempfile

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, embedding_dim, hidden_dim = 53, 19, 7, 11

# %%
# 듣는 말
# -------
#
# 낱말은 일곱 가지입니다. ‘켜’를 들으면 불이 켜지고 ‘꺼’를 들으면 꺼집니다. 나머지 낱말은 불을 바꾸지 않으므로, 마지막
# 명령을 기억하고 있어야 답할 수 있습니다.

words = ["켜", "꺼", "불", "거실", "그런데", "오늘", "음악"]
chances = [0.08, 0.08, 0.2, 0.16, 0.16, 0.16, 0.16]
rng = np.random.default_rng(1)


def listen(count, length):
    """낱말의 번호와, 낱말마다 불이 켜져 있어야 하는지."""
    heard = rng.choice(len(words), (count, length), p=chances)
    lit, states = np.zeros(count, "int32"), []
    for t in range(length):
        lit = np.where(heard[:, t] == 0, 1, lit)
        lit = np.where(heard[:, t] == 1, 0, lit)
        states.append(lit)
    return heard, np.stack(states, axis=1)


heard, lit = listen(1500, seq_length)
assert heard.shape == lit.shape == (1500, seq_length)
print(" ".join(words[word] for word in heard[0]))
print("".join("on " if one else "off " for one in lit[0]))

# %%
# 긴 말로 훈련하기
# ----------------
#
# 훈련할 때는 말 전체를 한꺼번에 넣고, 낱말마다의 답을 모두 배웁니다.

tf.keras.utils.set_random_seed(1)
layers = tf.keras.layers
embedding = layers.Embedding(len(words), embedding_dim)
gru = layers.GRU(hidden_dim, return_sequences=True, return_state=True)
dense = layers.Dense(1, activation="sigmoid")

whole = tf.keras.Input((None,), dtype="int32", name="words")
model = tf.keras.Model(whole, dense(gru(embedding(whole))[0]))
model.compile(tf.keras.optimizers.Adam(0.02), "binary_crossentropy")
history = model.fit(heard, lit[..., None], batch_size, epochs=3, verbose=0)
losses = history.history["loss"]
assert model(heard[:batch_size]).shape == (batch_size, seq_length, 1)
print("loss of the epochs:", *(f"{loss:.3f}" for loss in losses))
assert losses[-1] < losses[0] / 4

# %%
# 한 낱말씩 답하는 모델
# ---------------------
#
# 훈련한 층(layer)을 그대로 쓰되, 길이가 하나인 입력과 상태를 받고 답과 다음 상태를 내는 모델을 만듭니다. 층을 나누어
# 쓰므로 가중치(weight)를 옮길 필요가 없습니다. 이 모델을 내보낸 것이 서버에서 쓸 파일입니다.

word = tf.keras.Input((1,), dtype="int32", name="word")
state = tf.keras.Input((hidden_dim,), name="state")
outputs, next_state = gru(embedding(word), initial_state=state)
stepper = tf.keras.Model([word, state], [dense(outputs), next_state])

folder = tempfile.mkdtemp()
stepper.export(folder, verbose=False)
served = tf.saved_model.load(folder)


def answer_each(heard, keep=True):
    """낱말이 들어올 때마다 낸 답. keep이 거짓이면 상태를 버린다."""
    start = np.zeros((len(heard), hidden_dim), "float32")
    state, answers = start, []
    for t in range(heard.shape[1]):
        word = heard[:, t : t + 1].astype("int32")
        answer, state = served.serve([word, state if keep else start])
        assert answer.shape == (len(heard), 1, 1)
        answers.append(np.array(answer)[:, 0, 0])
    return np.stack(answers, axis=1)


# %%
# 훈련할 때보다 긴 말
# -------------------
#
# 훈련한 길이보다 세 배 긴 말을 듣습니다. 한 낱말씩 답한 것은 한꺼번에 읽은 것과 같은 수이고, 길이가 정해지지 않았으므로
# 언제까지나 들을 수 있습니다. 파일에는 상태가 없으므로 여럿이 함께 써도 서로의 말이 섞이지 않습니다.

longer, truth = listen(200, 3 * seq_length)
at_once = model.predict(longer, verbose=0)[..., 0]
streamed = answer_each(longer)
difference = float(np.max(np.abs(streamed - at_once)))
assert streamed.shape == at_once.shape == (200, 3 * seq_length)
assert difference < 1e-5
print(f"largest difference: {difference:.1e}")

# %%
# 상태를 넘기지 않으면 오류는 나지 않고, 방금 들은 낱말 하나만으로 답합니다. 명령을 들은 순간에만 맞히고 다음 낱말에서
# 잊습니다. 다시 읽는 방법은 답은 같지만, 낱말을 하나 들을 때마다 앞의 낱말을 모두 다시 읽어야 합니다.

forgetful = answer_each(longer, keep=False)
right = {
    "states passed on": np.mean((streamed > 0.5) == truth),
    "states dropped": np.mean((forgetful > 0.5) == truth),
}
for name, share in right.items():
    print(f"{name:17} {share:.1%} right")
assert right["states passed on"] > 0.98
assert right["states dropped"] < 0.8

steps = longer.shape[1]
again = steps * (steps + 1) // 2
print(f"words read, step by step: {steps}, from the start: {again}")
assert again == sum(range(1, steps + 1))

# %%
# 그림은 긴 말 하나에서 낱말마다 불이 켜져 있어야 한다고 본 확률입니다. 세로 점선은 명령을 들은 때입니다. 한 낱말씩
# 답한 선 위에 한꺼번에 읽은 점이 놓여 있고, 상태를 버린 답은 명령 다음에 바로 제자리로 돌아갑니다.

commands = np.isin(longer, [0, 1]).sum(axis=1)
shown = int(np.argmin(np.abs(commands - 7)))
plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "낱말이 들어올 때마다 불이 켜져 있을 확률. "
    "상태를 넘긴 답은 한꺼번에 읽은 답과 겹치며 명령이 나올 때까지 "
    "이어지고, 상태를 버린 답은 명령 다음에 잊음"
)
figure, axes = plt.subplots(figsize=(8, 3.2), num=window)
places = np.arange(steps)
axes.plot(places, streamed[shown], color="black", label="step by step")
axes.plot(places, at_once[shown], "o", color="black", ms=4, label="at once")
axes.plot(
    places,
    forgetful[shown],
    color="darkgray",
    linestyle="--",
    label="states dropped",
)
for place in np.flatnonzero(longer[shown] < 2):
    axes.axvline(place, color="gray", linestyle=":", linewidth=1)
    name = "on" if longer[shown, place] == 0 else "off"
    axes.text(place, 1.06, name, ha="center", fontsize=9)
axes.set(xlabel="word", ylabel="light is on", ylim=(-0.05, 1.05))
figure.legend(loc="outside lower center", ncols=3)
plt.show()
