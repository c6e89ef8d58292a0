"""
날짜를 한 가지 모양으로
=======================

사람은 같은 날을 “2026년 3월 1일”, “26.3.1”, “3/1/2026”처럼 저마다 다르게 적습니다. 이것을 “2026-03-01”이라는 한 가지
모양으로 바꾸는 일은 규칙을 하나씩 적어서 할 수도 있지만, 적는 방법이 늘 때마다 규칙도 늘어납니다. 이 프로그램에서는
예를 보고 배우는 seq2seq 모델에 맡깁니다. 그리고 **모르는 것을 모른다고 말하지 않는** 모델이 어떤 답을 내놓는지도
확인합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

embedding_dim, hidden_dim = 17, 31
batch_size, train_size, test_size = 61, 5003, 499

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

# %%
# 날짜를 적는 여섯 가지 방법
# --------------------------
#
# 날을 하나 고르고 여섯 가지 방법 가운데 하나로 적습니다. 한글로 적을 때 6월은 유월, 10월은 시월입니다. 연도를 두
# 자리만 적으면 50부터는 1900년대, 그 앞은 2000년대로 보기로 합니다. 답에서 붙임표의 자리는 정해져 있으므로, 모델은
# 숫자만 적습니다.

numerals = " 일이삼사오육칠팔구"


def sino(n):
    """백보다 작은 수를 한자어로 적는다."""
    ten, one = divmod(n, 10)
    front = "십" if ten == 1 else numerals[ten] + "십" if ten else ""
    return (front + numerals[one]).strip()


def spell_month(month):
    """월의 이름."""
    return {6: "유", 10: "시"}.get(month, sino(month)) + "월"


formats = [
    lambda y, m, d: f"{y}년 {m}월 {d}일",
    lambda y, m, d: f"{y % 100:02}.{m}.{d}",
    lambda y, m, d: f"{y}.{m:02}.{d:02}",
    lambda y, m, d: f"{m}/{d}/{y}",
    lambda y, m, d: f"{spell_month(m)} {sino(d)}일 {y}",
    lambda y, m, d: f"{y % 100:02}년 {spell_month(m)} {sino(d)}일",
]
first_day, last_day = np.array(
    ["1950-01-01", "2050-01-01"], "datetime64[D]"
)


def make_pair(write):
    """날짜를 아무렇게나 하나 골라 적은 글과, 답이 되는 여덟 자리."""
    day = first_day + rng.integers((last_day - first_day).astype(int))
    year, month, date = map(int, str(day).split("-"))
    return write(year, month, date), str(day).replace("-", "")


pairs = {}
while len(pairs) < test_size + train_size:
    source, target = make_pair(formats[len(pairs) % len(formats)])
    pairs[source] = target
pairs = list(pairs.items())
test, train = pairs[:test_size], pairs[test_size:]
for source, target in test[: len(formats)]:
    print(f"{target} {source}")
assert len(formats) == 6

# %%
# 글자를 번호로 바꾸기
# --------------------
#
# 입력의 토큰(token)은 글자 하나이고, 0번은 짧은 글의 뒤를 채우는 패딩(padding)입니다. 출력의 토큰은 숫자이고, 하나 더
# 있는 10번은 디코더(decoder)에 시작을 알리는 데 씁니다. 답의 길이가 늘 같으므로 끝을 알리는 토큰은 없어도 됩니다.

characters = ["", *sorted({c for source, _ in pairs for c in source})]
source_length = max(len(source) for source, _ in pairs)
target_length, start = 8, 10
assert {len(target) for _, target in pairs} == {target_length}


def encode(texts):
    """글자를 번호로 바꾸고 뒤를 0으로 채운다."""
    ids = [[characters.index(c) for c in text] for text in texts]
    return tf.keras.utils.pad_sequences(ids, source_length, padding="post")


source_ids = encode([source for source, _ in train])
target_ids = np.array([[*map(int, target)] for _, target in train])
previous = np.insert(target_ids, 0, start, axis=1)[:, :-1]
assert source_ids.shape == (train_size, source_length)
assert previous.shape == (train_size, target_length)

# %%
# 읽고 나서 적기
# --------------
#
# 인코더(encoder)가 글을 양방향으로 읽고, 디코더가 어텐션(attention)으로 필요한 자리를 보며 숫자를 하나씩 적습니다.
# 연도가 맨 뒤에 있어도 디코더는 연도부터 적어야 하므로, 읽은 순서대로 옮겨서는 풀 수 없는 문제입니다.

layers = tf.keras.layers
source = tf.keras.Input((source_length,), dtype="int32")
given = tf.keras.Input((None,), dtype="int32")
memory, *states = layers.Bidirectional(
    layers.GRU(hidden_dim, return_sequences=True, return_state=True)
)(layers.Embedding(len(characters), embedding_dim, mask_zero=True)(source))
outputs = layers.GRU(2 * hidden_dim, return_sequences=True)(
    layers.Embedding(start + 1, embedding_dim)(given),
    initial_state=layers.Concatenate()(states),
)
context, weights = layers.Attention()(
    [layers.Dense(2 * hidden_dim, use_bias=False)(outputs), memory],
    return_attention_scores=True,
)
features = layers.Concatenate()([outputs, context])
probabilities = layers.Dense(start, "softmax")(features)
model = tf.keras.Model([source, given], probabilities)
attending = tf.keras.Model([source, given], weights)
sample = [source_ids[:batch_size], previous[:batch_size]]
assert model(sample).shape == (batch_size, target_length, start)
assert attending(sample).shape == (
    batch_size,
    target_length,
    source_length,
)

epochs = 4
schedule = tf.keras.optimizers.schedules.CosineDecay(
    0.01, epochs * train_size // batch_size
)
model.compile(
    tf.keras.optimizers.Adam(schedule, clipnorm=1),
    "sparse_categorical_crossentropy",
    jit_compile=False,
)
model.fit([source_ids, previous], target_ids, batch_size, epochs, verbose=0)


@tf.function(reduce_retracing=True)
def predict(ids, given):
    """자리마다 숫자의 확률."""
    return model([ids, given])


def normalize(texts):
    """한 자리씩 적어 가며 날짜와, 답 전체의 확률을 구한다."""
    ids = tf.constant(encode(texts))
    given = np.full((len(texts), 1), start)
    confidence = np.ones(len(texts))
    for _ in range(target_length):
        last = predict(ids, tf.constant(given)).numpy()[:, -1]
        given = np.append(given, last.argmax(axis=-1)[:, None], axis=1)
        confidence *= last.max(axis=-1)
    days = ["".join(map(str, row)) for row in given[:, 1:]]
    return [f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in days], confidence


answers, confidence = normalize([source for source, _ in test])
right = np.array(
    [
        answer.replace("-", "") == target
        for answer, (_, target) in zip(answers, test, strict=True)
    ]
)
print(f"exact match on unseen dates: {right.mean():.1%}")
assert right.mean() > 0.95

# %%
# 처음 보는 날짜도 거의 다 맞힙니다. 그런데 여기까지는 적는 방법을 모두 가르친 경우입니다.
#
# 모르는 것을 물으면
# ------------------
#
# 이번에는 가르치지 않은 것을 묻습니다. 연도가 없는 날짜, 달력에 없는 날짜, 훈련 데이터보다 뒤의 연도, 날이 달보다 앞에
# 오는 날짜입니다.

strange = [
    "3월 1일",
    "2026년 2월 30일",
    "13/1/2026",
    "2087년 3월 1일",
    "일일 삼월 2026",
]
for text, *found in zip(strange, *normalize(strange), strict=True):
    print("{} ({:.2f})".format(*found), text)

# %%
# 오류를 내거나 모른다고 하는 대신 모두 그럴듯한 답을 내놓았습니다. 한두 개만 보고 말할 수는 없으므로 종류마다 여럿을
# 묻습니다.

months, years = range(1, 13), range(1950, 2050)
questions = {
    "no year": [
        f"{month}월 {date}일" for month in months for date in (1, 7)
    ],
    "2월 30일": [f"{year}년 2월 30일" for year in years],
    "later year": [
        f"{year + 100}년 {month}월 7일"
        for year in years[:50]
        for month in (1, 5)
    ],
}
found = {name: normalize(texts) for name, texts in questions.items()}
for name, (_, sure) in found.items():
    print(f"{name}: mean probability {sure.mean():.2f}")
print(f"ordinary dates: mean probability {confidence.mean():.2f}")

answers, sure = found["2월 30일"]
copied = np.mean([answer.endswith("-02-30") for answer in answers])
print(f"copied as they are: {copied:.0%}")
assert copied > 0.8 and sure.mean() > 0.8

answers, sure = found["later year"]
pairs = zip(answers, questions["later year"], strict=True)
kept = np.mean([answer[:4] == text[:4] for answer, text in pairs])
print(f"later years kept: {kept:.0%}")
assert kept < 0.9 and sure.mean() < confidence.mean()

assert found["no year"][1].mean() < confidence.mean() - 0.1

# %%
# 달력에 없는 “2월 30일”을 거의 그대로 옮겨 적으면서 확신까지 합니다. 모델이 배운 것은 글자를 옮기는 법이지 달력이
# 아니기 때문입니다. 훈련 데이터보다 뒤의 연도는 자주 다른 연도로 바꾸어 적고, 연도가 없으면 지어냅니다. 뒤의 두
# 경우에는 답의 확률이 보통 날짜보다 낮은 편이므로, 확률이 낮은 답을 사람에게 넘기는 방법이 도움이 됩니다. 그러나
# 달력에 없는 날짜는 확률로 걸러 낼 수 없습니다. 답을 받은 다음 달력과 범위를 따로 확인해야 합니다.

for answer in ["2026-02-28", found["2월 30일"][0][-1]]:
    try:
        print(answer, np.datetime64(answer))
    except ValueError as error:
        print(answer, error)

# %%
# 어디를 보고 적었는가
# --------------------
#
# 빗금으로 적은 날짜는 연도가 맨 뒤에 있습니다. 그런 날짜를 옮길 때, 답의 자리마다 가장 눈여겨본 곳이 입력의 몇째
# 글자인지 평균을 구합니다.

slashed = [pair for pair in test if "/" in pair[0]]
ids = np.array([[start, *map(int, target[:-1])] for _, target in slashed])
maps = attending([encode([source for source, _ in slashed]), ids]).numpy()
assert maps.shape == (len(slashed), target_length, source_length)
where = maps.argmax(axis=-1).mean(axis=0)
print("mean position looked at:", *[f"{place:.1f}" for place in where])
assert where[:4].mean() > where[4:].mean() + 2

# %%
# 연도를 적을 때는 뒤쪽을 보고, 달과 날을 적을 때는 앞쪽을 봅니다. 그림의 열은 입력, 행은 답의 숫자이고 진할수록 어텐션
# 가중치(attention weight)가 큽니다. 오른쪽은 연도를 두 자리만 적은 것이어서, 입력에 없는 앞의 두 자리를 만들어 내야
# 합니다.

examples = ["3/1/2026", "26.3.1"]
ids = np.array([[start, *map(int, "2026030")]] * len(examples))
maps = attending([encode(examples), ids]).numpy()

plt.rcParams.update(
    {"font.size": 12, "figure.constrained_layout.use": True}
)
figure, axes = plt.subplots(
    1,
    2,
    figsize=(8, 4.2),
    num="날짜를 옮기며 눈여겨본 자리. 연도가 뒤에 있으면 뒤를 먼저 보고, "
    "앞에 있는 달과 날은 나중에 봄",
)
for panel, example, weights in zip(axes, examples, maps, strict=True):
    image = panel.imshow(
        weights[:, : len(example)], cmap="Blues", vmin=0, vmax=1
    )
    panel.set_xticks(range(len(example)), example)
    panel.set_yticks(range(target_length), "20260301")
    panel.set(title=example, xlabel="input")
axes[0].set(ylabel="answer")
figure.colorbar(image, ax=axes, label="attention weight")
plt.show()
