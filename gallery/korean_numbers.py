"""
한글로 적은 수를 숫자로 옮기기
==============================

“이천이십육”을 “2026”으로, “스물세 개”를 “23개”로, “세 시 삼십 분”을 “3시 30분”으로 옮기는 일은 쉬워 보이지만 한 글자씩
바꾸어서는 풀 수 없습니다. “이천육”을 옮기려면 적혀 있지도 않은 “0”을 둘이나 만들어야 합니다. 입력과 출력의 글자 수도
서로 다릅니다. 이렇게 시퀀스(sequence)를 길이가 다른 시퀀스로 바꾸는 모델이 seq2seq입니다. 이 프로그램에서는 수를
만드는 일부터 어텐션(attention)을 쓰는 모델의 훈련(training), 탐욕 디코딩(greedy decoding)과 빔 탐색(beam search)의
비교, 어디를 보았는지 그리고 왜 틀렸는지 살펴보는 일까지 한 번에 합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib import font_manager

embedding_dim, hidden_dim = 31, 37
batch_size, train_size, test_size = 79, 9001, 997

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

# %%
# 수를 한글로 적기
# ----------------
#
# 모델은 한글을 숫자로 옮기지만, 데이터는 거꾸로 숫자를 한글로 적어서 만듭니다. 그쪽은 규칙이 분명하기 때문입니다.
# 한자어 수는 네 자리마다 끊어 “만”을 붙이고, “천”과 “백”, “십” 앞에서는 “일”을 적지 않습니다. “0”은 적지 않고
# 건너뜁니다.

numerals = "영일이삼사오육칠팔구"


def below_ten_thousand(n):
    """만보다 작은 수를 한자어로 적는다. 0이면 비어 있다."""
    spelled = ""
    for digit, unit in zip(f"{n:04}", ["천", "백", "십", ""], strict=True):
        if digit == "1" and unit:
            spelled += unit
        elif digit != "0":
            spelled += numerals[int(digit)] + unit
    return spelled


def sino(n):
    """일억보다 작은 수를 한자어로 적는다."""
    high, low = divmod(n, 10000)
    spelled = "" if high == 1 else below_ten_thousand(high)
    if high:
        spelled += "만"
    return spelled + below_ten_thousand(low) or "영"


# %%
# 고유어 수는 이름이 따로 있고, 세는 말 앞에서는 모양도 달라집니다. “하나”는 “한 개”, “스물”은 “스무 개”가 되지만
# “쉰”은 그대로 “쉰 개”입니다. 시각에서는 시를 고유어로, 분을 한자어로 읽습니다.

one_names = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉"
ten_names = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"
ones, tens = (["", *names.split()] for names in (one_names, ten_names))
before_counter = {"하나": "한", "둘": "두", "셋": "세", "넷": "네"}
counters = ["개", "명", "살", "마리", "권", "장", "잔", "송이"]


def native(n):
    """백보다 작은 수를 고유어로 적는다."""
    return tens[n // 10] + ones[n % 10]


def counted(n):
    """세는 말 앞에 오는 고유어 수."""
    one = ones[n % 10]
    if n == 20:
        return "스무"
    return tens[n // 10] + before_counter.get(one, one)


def make_number():
    """여덟 자리까지의 수. 절반은 여러 자리를 0으로 바꾼다."""
    digits = rng.integers(10, size=rng.integers(3, 9))
    if rng.random() < 0.5:
        digits *= rng.random(len(digits)) < 0.5
    n = int("".join(map(str, digits)))
    return sino(n), f"{n}"


def make_count():
    """물건의 수."""
    n, counter = rng.integers(1, 100), rng.choice(counters)
    return f"{counted(n)} {counter}", f"{n}{counter}"


def make_time():
    """시각."""
    hour, minute = rng.integers(1, 13), rng.integers(60)
    if minute == 0:
        return f"{counted(hour)} 시", f"{hour}시"
    return f"{counted(hour)} 시 {sino(minute)} 분", f"{hour}시 {minute}분"


# %%
# 시험에 쓸 수는 훈련에 쓰지 않아야 합니다. 그래서 서로 다른 쌍만 모은 다음 나눕니다. 시험에 꼭 넣을 몇 가지는 처음부터
# 훈련 데이터에서 뺍니다. 반대로 짧은 수는 몇 개 되지 않고 다른 수의 조각이 되므로 모두 훈련에 씁니다.

shown = {
    "이천이십육": "2026",
    "삼백칠만오천": "3075000",
    "스물세 개": "23개",
    "세 시 삼십 분": "3시 30분",
}
short = {sino(n): f"{n}" for n in range(1000)}
short |= {native(n): f"{n}" for n in range(1, 100)}
pairs = dict(shown)
while len(pairs) < test_size + train_size:
    make = rng.choice(
        [make_number, make_count, make_time], p=[0.8, 0.12, 0.08]
    )
    source, target = make()
    if source not in short:
        pairs[source] = target
pairs = list(pairs.items())
test, train = pairs[:test_size], pairs[test_size:] + list(short.items())
assert not {source for source, _ in test} & {source for source, _ in train}
for source, target in test[:9]:
    print(f"{target:10} {source}")

# %%
# 글자를 번호로 바꾸기
# --------------------
#
# 입력과 출력의 토큰(token)은 글자 하나입니다. 0번은 짧은 시퀀스의 뒤를 채우는 패딩(padding)이고, 출력에는 시작과 끝을
# 뜻하는 토큰이 하나씩 더 있습니다. 훈련할 때 디코더(decoder)는 한 자리 앞의 정답을 입력으로 받습니다. 이것을 교사
# 강요(teacher forcing)라고 합니다.


def alphabet(texts):
    """글에 나오는 글자를 차례대로 늘어놓는다. 0번은 비워 둔다."""
    return ["", *sorted(set("".join(texts)))]


sources, targets = zip(*pairs, *short.items(), strict=True)
syllables = alphabet(sources)
characters = [*alphabet(targets), "<s>", "</s>"]
start, end = len(characters) - 2, len(characters) - 1
source_length = max(map(len, sources))
target_length = max(map(len, targets)) + 1
vocab_size = len(characters)


def encode_sources(texts):
    """한글을 번호로 바꾼다."""
    ids = [
        [syllables.index(syllable) for syllable in text] for text in texts
    ]
    return tf.keras.utils.pad_sequences(ids, source_length, padding="post")


def encode_targets(texts):
    """숫자를 번호로 바꾸고 끝을 적는다."""
    ids = [[*map(characters.index, text), end] for text in texts]
    return tf.keras.utils.pad_sequences(ids, target_length, padding="post")


def decode(ids):
    """번호를 끝을 뜻하는 토큰 앞까지 글자로 되돌린다."""
    ids = [*ids, end]
    return "".join(characters[number] for number in ids[: ids.index(end)])


def previous(ids):
    """디코더의 입력. 정답을 한 자리 미루고 처음에 시작을 적는다."""
    return np.insert(ids, 0, start, axis=-1)[:, :-1]


source_ids = encode_sources([source for source, _ in train])
target_ids = encode_targets([target for _, target in train])
assert source_ids.shape == (len(train), source_length)
assert target_ids.shape == (len(train), target_length)

# %%
# 읽는 쪽과 적는 쪽
# -----------------
#
# 인코더(encoder)는 한글을 양방향으로 읽습니다. “이”가 “2”인지 “20”인지 “2000”인지는 뒤를 보아야 알 수 있기 때문입니다.
# 인코더의 출력 전체를 메모리(memory)라고 합니다. 디코더는 인코더의 마지막 상태(last state)에서 시작해 한 글자씩 적고,
# 적을 때마다 메모리의 어디를 볼지 어텐션으로 정합니다. 메모리 가운데 패딩에서 나온 자리는 마스크(mask)로 가립니다.
#
# 훈련할 때는 모든 자리를 한꺼번에 계산하지만, 쓸 때는 한 글자를 적어야 다음 입력이 생깁니다. 그래서 같은 층(layer)으로
# 모델을 둘 만듭니다. ``reader``는 한글을 읽고, ``writer``는 상태를 받아 다음 글자의 로짓(logits)과 새 상태를
# 내놓습니다.

layers = tf.keras.layers
embed_source = layers.Embedding(
    len(syllables), embedding_dim, mask_zero=True
)
encoder = layers.Bidirectional(
    layers.GRU(hidden_dim, return_sequences=True, return_state=True)
)
embed_target = layers.Embedding(vocab_size, embedding_dim)
decoder = layers.GRU(
    2 * hidden_dim, return_sequences=True, return_state=True
)
make_query = layers.Dense(2 * hidden_dim, use_bias=False)
attention = layers.Attention()
combine = layers.Dense(2 * hidden_dim, "tanh")
classify = layers.Dense(vocab_size)


def write(given, state, memory, mask):
    """디코더의 입력마다 다음 글자의 로짓, 마지막 상태, 어텐션 가중치."""
    outputs, state = decoder(embed_target(given), initial_state=state)
    context, weights = attention(
        [make_query(outputs), memory],
        mask=[None, mask],
        return_attention_scores=True,
    )
    features = combine(layers.Concatenate()([outputs, context]))
    return classify(features), state, weights


source = tf.keras.Input((source_length,), dtype="int32")
memory, *states = encoder(embed_source(source))
mask = tf.keras.ops.not_equal(source, 0)
reader = tf.keras.Model(
    source, [memory, layers.Concatenate()(states), mask]
)

given = tf.keras.Input((None,), dtype="int32")
inputs = [
    tf.keras.Input((2 * hidden_dim,)),
    tf.keras.Input((source_length, 2 * hidden_dim)),
    tf.keras.Input((source_length,), dtype="bool"),
]
writer = tf.keras.Model([given, *inputs], write(given, *inputs))

memory, state, mask = reader(source)
logits, _, weights = writer([given, state, memory, mask])
model = tf.keras.Model([source, given], logits)
attending = tf.keras.Model([source, given], weights)

sample = [source_ids[:batch_size], previous(target_ids)[:batch_size]]
assert model(sample).shape == (batch_size, target_length, vocab_size)
assert attending(sample).shape == (batch_size, target_length, source_length)
print(f"{model.count_params():,} parameters")

# %%
# 훈련
# ----
#
# 답이 끝난 뒤의 패딩은 맞혀도 그만 틀려도 그만이므로 손실(loss)에서 뺍니다.

epochs = 4
model.compile(
    tf.keras.optimizers.Adam(
        tf.keras.optimizers.schedules.CosineDecay(
            0.01, epochs * len(train) // batch_size
        ),
        clipnorm=1,
    ),
    tf.keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=0
    ),
    jit_compile=False,
)
history = model.fit(
    [source_ids, previous(target_ids)],
    target_ids,
    batch_size,
    epochs,
    verbose=0,
)
print("loss", *[f"{loss:.3f}" for loss in history.history["loss"]])

# %%
# 탐욕 디코딩과 빔 탐색
# ---------------------
#
# 탐욕 디코딩은 자리마다 확률이 가장 높은 글자 하나만 고릅니다. 그런데 첫 글자를 잘못 고르면 돌이킬 수 없습니다. 빔
# 탐색은 가장 그럴듯한 후보 몇 개를 함께 키워 가다가, 마지막에 확률의 곱이 가장 큰 것을 답으로 고릅니다. 후보의 개수가
# 빔 너비(beam width)이고, 너비가 1이면 탐욕 디코딩과 같습니다. 그래서 함수 하나로 둘 다 할 수 있습니다.
#
# 곱하는 대신 로그를 더합니다. 후보마다 글자를 하나씩 붙여 본 다음 점수가 높은 것만 남기고, 남은 것이 어느 후보에서
# 왔는지 보고 상태도 함께 옮깁니다. 끝난 후보에는 패딩만 점수를 깎지 않고 붙입니다.


@tf.function(reduce_retracing=True)
def step(tokens, state, memory, mask):
    """글자를 하나씩 주고 다음 글자의 로그 확률과 새 상태를 얻는다."""
    logits, state, _ = writer([tokens[:, None], state, memory, mask])
    return tf.nn.log_softmax(logits[:, 0]), state


def search(source_ids, width):
    """점수가 높은 차례로 후보의 번호와 점수를 돌려준다."""
    count = len(source_ids)
    memory, state, mask = (
        np.repeat(value, width, axis=0) for value in reader(source_ids)
    )
    finished = np.full(vocab_size, -np.inf)
    finished[0] = 0
    ids = np.full((count, width, 1), start)
    scores = np.tile([0.0] + [-np.inf] * (width - 1), (count, 1))
    for _ in range(target_length):
        last = ids[..., -1]
        log_probs, state = step(last.ravel(), state, memory, mask)
        log_probs = np.reshape(log_probs, (count, width, vocab_size))
        is_over = (last == end) | (last == 0)
        log_probs = np.where(is_over[..., None], finished, log_probs)
        total = (scores[..., None] + log_probs).reshape(count, -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        scores = np.take_along_axis(total, best, axis=1)
        parents, tokens = np.divmod(best, vocab_size)
        ids = np.take_along_axis(ids, parents[..., None], axis=1)
        ids = np.concatenate([ids, tokens[..., None]], axis=2)
        rows = parents + width * np.arange(count)[:, None]
        state = tf.gather(state, rows.ravel())
    assert ids.shape == (count, width, 1 + target_length)
    return ids[..., 1:], scores


# %%
# 얼마나 맞히는가
# ---------------
#
# 수는 한 글자만 틀려도 쓸모가 없으므로 답 전체가 정답과 같은 비율을 봅니다. 틀렸을 때 얼마나 틀렸는지는 편집 거리(edit
# distance)로 봅니다. 글자를 몇 번 넣거나 빼거나 바꾸어야 정답이 되는지 센 것입니다.


def edit_distance(left, right):
    """한 글자씩 고쳐 right를 만드는 데 드는 가장 적은 횟수."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            changed = min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
            diagonal, row[j] = row[j], changed
    return row[-1]


assert edit_distance("1046개", "146개") == 1


def measure(examples, width):
    """후보와 점수를 구하고, 얼마나 맞혔는지 함께 돌려준다."""
    sources, truths = zip(*examples, strict=True)
    ids, scores = search(encode_sources(sources), width)
    answers = [[decode(row) for row in rows] for rows in ids.tolist()]
    compared = list(zip(answers, truths, strict=True))
    exact = np.mean([rows[0] == truth for rows, truth in compared])
    distance = np.mean(
        [edit_distance(rows[0], truth) for rows, truth in compared]
    )
    among = np.mean([truth in rows for rows, truth in compared])
    print(
        f"width {width}: exact {exact:.1%}, edit distance {distance:.2f}, "
        f"among the candidates {among:.1%}"
    )
    return answers, scores, {"exact": exact, "among": among}


answers, scores, greedy = measure(test, 1)
_, _, beam = measure(test, 5)
assert min(greedy["exact"], beam["exact"]) >= 0.99
for (source, truth), rows in zip(test, answers, strict=True):
    if rows[0] != truth:
        print(f"{rows[0]} instead of {truth}: {source}")

# %%
# 처음 보는 수에서 탐욕 디코딩과 빔 탐색이 모두 백에 아흔아홉 넘게 맞힙니다. 모델이 거의 언제나 한 글자를 확신하므로 빔
# 탐색이 바로잡을 것은 얼마 남지 않았습니다.
#
# 남은 실수는 대개 “0”의 개수나 자리를 틀린 것입니다. “0”은 한글에 적혀 있지 않아서, 앞뒤의 “천”과 “백”, “십”, “만”을
# 보고 몇 개를 어디에 적을지 헤아려야 하기 때문입니다. 모델도 그것이 어렵다는 것을 압니다. 답 전체의 확률은 정답에 “0”이
# 있는 수에서 더 낮습니다.

probability = np.exp(scores[:, 0])
has_zero = np.array(["0" in target for _, target in test])
print(
    f"probability with zeros {probability[has_zero].mean():.4f}, "
    f"without {probability[~has_zero].mean():.4f}"
)
assert probability[has_zero].mean() < probability[~has_zero].mean()

# %%
# 가르치지 않은 말
# ----------------
#
# 사람은 “백스물세 명”이라고도 말합니다. “백”은 한자어이고 “스물세”는 고유어입니다. 훈련 데이터에서 세는 말 앞의 수는
# 백보다 작았으므로 모델은 이렇게 섞어 쓴 수를 본 적이 없습니다. 글자는 하나하나 다 아는 것인데, 그래도 옳게 옮길 수
# 있을까요?

mixed = [
    (f"{sino(n // 100 * 100)}{counted(n % 100)} {counter}", f"{n}{counter}")
    for n, counter in zip(range(101, 1000, 7), counters * 20, strict=False)
    if n % 100
]
assert not {source for source, _ in mixed} & {source for source, _ in train}
measure(mixed, 1)
mixed_answers, _, mixed_beam = measure(mixed, 5)
wrong = [
    (source, truth, rows)
    for (source, truth), rows in zip(mixed, mixed_answers, strict=True)
    if rows[0] != truth
]
for source, truth, rows in wrong[:5]:
    print(f"{source} {truth} -> {rows}")
distance = np.mean(
    [edit_distance(rows[0], truth) for _, truth, rows in wrong]
)
print(f"edit distance of the wrong answers: {distance:.2f}")
assert mixed_beam["exact"] < 0.95 < beam["exact"]
assert mixed_beam["among"] > mixed_beam["exact"] + 0.05
assert distance < 2

# %%
# 이번에는 많이 틀립니다. 틀린 답도 알고 보면 평균 두 글자가 안 되게 고치면 정답이 되므로, 모델이 엉뚱한 말을 하는 것은
# 아닙니다. “백” 다음에 고유어가 오는 것을 본 적이 없어서 남은 자리가 몇인지를 헤아리지 못할 뿐입니다. 너비가 5인 빔의
# 후보까지 보면 정답이 들어 있는 수가 꽤 늘어납니다. 빔 탐색은 정답을 후보에 올려 주지만, 그것을 첫째로 고르는 것은
# 여전히 모델의 확률입니다. 이런 말까지 옮기게 하려면 빔을 넓힐 것이 아니라 이런 말을 훈련 데이터에 넣어야 합니다.
#
# 문장을 옮긴다면
# ---------------
#
# 수의 답은 하나뿐이지만 번역한 문장은 옳은 답이 여럿입니다. 그래서 번역에서는 정답과 같은 비율 대신 BLEU를 많이
# 씁니다. 후보의 낱말과, 이웃한 낱말의 쌍 가운데 정답에도 있는 것의 비율을 구해 기하 평균을 냅니다. 같은 말을
# 되풀이해서 점수를 올리지 못하도록 정답에 나온 횟수까지만 세고, 짧게 말해서 점수를 올리지 못하도록 짧은 만큼 깎습니다.
# 널리 쓰는 BLEU는 더 길게 이어진 낱말까지 세지만 여기서는 둘까지만 셉니다.


def bleu(candidate, reference):
    """낱말과 낱말의 쌍으로 구한 BLEU. 1이면 정답과 같다."""
    shares = []
    for size in (1, 2):
        mine, theirs = (
            [tuple(text[i : i + size]) for i in range(len(text) - size + 1)]
            for text in (candidate, reference)
        )
        kept = sum(
            min(mine.count(piece), theirs.count(piece))
            for piece in set(mine)
        )
        shares.append(kept / len(mine))
    brevity = min(1, np.exp(1 - len(reference) / len(candidate)))
    return brevity * np.sqrt(np.prod(shares))


reference = "나는 어제 친구와 함께 영화를 보았다"
sentences = {
    "reordered": "어제 나는 친구와 함께 영화를 보았다",
    "repeated": "영화를 영화를 영화를 영화를 영화를 보았다",
    "brief": "영화를 보았다",
}
points = {
    name: bleu(sentence.split(), reference.split())
    for name, sentence in sentences.items()
}
points["number"] = bleu("40010203", "40001203")
print(*[f"{name} {point:.2f}" for name, point in points.items()])
assert bleu(reference.split(), reference.split()) == 1
assert max(points["repeated"], points["brief"]) < 0.3
assert min(points["reordered"], points["number"]) > 0.7

# %%
# 낱말의 순서만 바꾼 문장은 정답과 글자가 다르지만 점수가 높고, 같은 말만 되풀이하거나 너무 짧은 문장은 점수가
# 낮습니다. 그렇다고 BLEU를 수에 쓰면 안 됩니다. ``number``는 틀린 수를 한 글자씩 비교해서 구한 점수인데, 순서를 바꾼
# 문장만큼이나 높습니다. 문장은 거의 맞으면 쓸모가 있지만 수는 그렇지 않습니다.
#
# 어디를 보고 적었는가
# --------------------
#
# 이제 답을 한 글자 적을 때마다 모델이 한글의 어디를 보았는지 확인합니다. 시험에 쓴 수 가운데 한자어 수만 모아,
# 가중치가 가장 큰 자리의 글자를 셉니다.


def look(pairs):
    """쌍마다, 답의 글자마다 어텐션 가중치를 구한다."""
    sources, targets = zip(*pairs, strict=True)
    ids = [encode_sources(sources), previous(encode_targets(targets))]
    return [
        weights[: len(target) + 1, : len(source)]
        for (source, target), weights in zip(
            pairs, attending(ids).numpy(), strict=True
        )
    ]


def looked_at(source, weights):
    """답의 글자마다, 가장 눈여겨본 한글."""
    return "".join(source[place] for place in weights.argmax(axis=-1))


spelled = [pair for pair in test if " " not in pair[0]]
seen = [
    read
    for (source, target), weights in zip(
        spelled, look(spelled), strict=True
    )
    for read in zip(target, looked_at(source, weights), strict=False)
]
zeros = [syllable in "십백천만" for digit, syllable in seen if digit == "0"]
same = [
    syllable == numerals[int(digit)]
    for digit, syllable in seen
    if digit != "0"
]
print(f"zeros read from a unit {np.mean(zeros):.0%}")
print(f"other digits read from their own syllable {np.mean(same):.0%}")
assert np.mean(zeros) > 0.7 and np.mean(same) > 0.7

# %%
# 숫자는 대개 그 숫자의 글자를 보고 적고, 한글에 없는 “0”은 “천”이나 “백”처럼 자리를 나타내는 글자를 보고 적습니다.
# 아무도 가르쳐 주지 않은 규칙을 모델이 찾아냈습니다.
#
# 그림의 열은 한글, 행은 답의 글자이고 마지막 행의 ``</s>``는 끝입니다. 진할수록 가중치가 큽니다. 앞의 셋은 정답을
# 적으면서 본 자리이고, 마지막은 “백”과 고유어를 섞은 수를 틀리게 적으면서 본 자리입니다. 한글 글꼴이 없는 컴퓨터에서는
# 한글이 네모로 보이므로 같은 내용을 글로도 적습니다.

source, truth, rows = wrong[0]
panels = [
    *[(source, shown[source]) for source in shown if source != "스물세 개"],
    (source, rows[0]),
]


def visible(text):
    """글자를 하나씩 나누고, 빈칸은 보이는 글자로 바꾼다."""
    return list(text.replace(" ", "␣"))


maps = look(panels)
for (source, target), weights in zip(panels, maps, strict=True):
    places = visible(looked_at(source, weights))
    found = zip([*visible(target), "</s>"], places, strict=True)
    print(source, *[f"{character}<-{place}" for character, place in found])

fonts = [
    *("Malgun Gothic", "Apple SD Gothic Neo", "AppleGothic"),
    *("NanumGothic", "Noto Sans CJK KR", "Noto Sans CJK JP"),
]
installed = {font.name for font in font_manager.fontManager.ttflist}
plt.rcParams.update(
    {
        "font.family": [name for name in fonts if name in installed]
        + ["DejaVu Sans"],
        "font.size": 12,
        "figure.constrained_layout.use": True,
    }
)
figure, axes = plt.subplots(
    2,
    2,
    figsize=(8, 7),
    num="한글로 적은 수를 옮기며 눈여겨본 자리. 숫자는 그 숫자의 글자를, "
    "0은 천과 백처럼 자리를 나타내는 글자를 봄",
)
for panel, (source, target), weights in zip(
    axes.flat, panels, maps, strict=True
):
    image = panel.imshow(weights, cmap="Blues", vmin=0, vmax=1)
    panel.set_xticks(range(len(source)), visible(source))
    panel.set_yticks(range(len(target) + 1), [*visible(target), "</s>"])
    panel.set(title=target)
axes[1, 1].set(title=f"{rows[0]} (should be {truth})")
figure.colorbar(image, ax=axes, label="attention weight", shrink=0.6)
plt.show()
