"""
거꾸로 적는 어텐션
==================

어텐션(attention)은 출력할 때마다 입력의 어느 자리를 볼지 스스로 정합니다. 그런데 번역처럼 복잡한 문제에서는 어느
자리를 보아야 옳은지 사람도 잘라 말하기 어렵습니다. 그래서 이 프로그램에서는 보아야 할 자리가 정해져 있는 가장 작은
문제를 풉니다. 시퀀스(sequence)를 거꾸로 적는 일입니다. 첫 출력은 마지막 입력을, 둘째 출력은 끝에서 둘째 입력을 보아야
하므로, 모델이 제대로 배웠다면 어텐션 가중치(attention weight)의 그림이 오른쪽 위에서 왼쪽 아래로 가는 대각선이 됩니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

vocabulary, seq_length, embedding_dim, hidden_dim = 13, 11, 17, 29
data_size, batch_size, epochs = 1601, 53, 8

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

# %%
# 외워서는 풀 수 없는 문제
# ------------------------
#
# 토큰(token) 번호를 아무렇게나 늘어놓은 것이 입력이고, 그것을 뒤집은 것이 답입니다. 앞뒤 토큰 사이에 아무 관계가
# 없어서 답을 짐작할 수 없으므로, 자리마다 무엇이 있었는지 빠짐없이 알아야 합니다. 훈련(training)할 때
# 디코더(decoder)는 한 자리 앞의 정답을 입력으로 받습니다. 이것을 교사 강요(teacher forcing)라고 합니다. 첫 자리에는
# 시작을 뜻하는 0번을 넣습니다.


def make_data(size):
    """입력, 디코더의 입력, 답."""
    ids = rng.integers(1, vocabulary + 1, size=(size, seq_length))
    answers = ids[:, ::-1]
    return ids, np.pad(answers[:, :-1], [(0, 0), (1, 0)]), answers


ids, previous, answers = make_data(data_size)
new_ids, new_previous, new_answers = make_data(500)
assert ids.shape == previous.shape == (data_size, seq_length)
print("input ", ids[0])
print("answer", answers[0])

# %%
# 키로 찾고 값을 꺼내기
# ---------------------
#
# 어텐션에는 쿼리(query)와 키(key), 값(value)이 들어갑니다. 쿼리는 디코더의 출력이고, 지금 몇째 자리를 적을 차례인지
# 압니다. 키는 인코더(encoder)의 출력이고, 저마다 자신이 몇째 자리에서 나왔는지 압니다. 쿼리와 키가 잘 맞는 자리에서
# 꺼내 올 값은 그 자리의 임베딩(embedding), 곧 거기에 있던 토큰입니다. **어디를 볼지는 키가, 무엇을 가져올지는 값이
# 정합니다.**
#
# 어텐션이 무엇을 해 주는지 알려면 없을 때와 비교해야 합니다. 그래서 어텐션만 뺀 모델도 만듭니다. 그 모델의 디코더는
# 인코더의 마지막 상태(last state)만 이어받으므로, 시퀀스 전체를 벡터 하나에 담아 와야 합니다.


def build(with_attention):
    """시퀀스를 거꾸로 적는 모델."""
    source = tf.keras.Input((seq_length,), dtype="int32")
    given = tf.keras.Input((seq_length,), dtype="int32")
    embedding = tf.keras.layers.Embedding(vocabulary + 1, embedding_dim)
    values = embedding(source)
    keys, state = tf.keras.layers.GRU(
        hidden_dim, return_sequences=True, return_state=True
    )(values)
    queries = tf.keras.layers.GRU(hidden_dim, return_sequences=True)(
        embedding(given), initial_state=state
    )
    features = queries
    if with_attention:
        context, weights = tf.keras.layers.Attention(
            use_scale=True, name="attention"
        )([queries, values, keys], return_attention_scores=True)
        assert context.shape == (None, seq_length, embedding_dim)
        assert weights.shape == (None, seq_length, seq_length)
        features = tf.keras.layers.Concatenate()([queries, context])
    logits = tf.keras.layers.Dense(vocabulary + 1)(features)
    steps = epochs * data_size // batch_size
    model = tf.keras.Model([source, given], logits)
    model.compile(
        tf.keras.optimizers.Adam(
            tf.keras.optimizers.schedules.CosineDecay(0.01, steps)
        ),
        tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,
    )
    return model


def accuracy(model):
    """처음 보는 시퀀스에서, 자리마다 맞힌 비율."""
    guesses = np.argmax(model([new_ids, new_previous]), axis=-1)
    assert guesses.shape == new_answers.shape
    return np.mean(guesses == new_answers, axis=0)


found = {}
for name, with_attention in [("without", False), ("with", True)]:
    model = build(with_attention)
    model.fit(
        [ids, previous], answers, batch_size, epochs=epochs, verbose=0
    )
    found[name] = accuracy(model)
    print(f"{name:7} attention: accuracy {found[name].mean():.3f}")
assert found["with"].min() > 0.97
assert found["without"].mean() < 0.7

# %%
# 마지막 상태만 이어받은 모델은 절반쯤 틀립니다. 적은 수의 유닛(unit)에 시퀀스 전체를 담지 못하기 때문입니다. 어텐션이
# 있는 모델은 거의 다 맞힙니다. 필요한 자리를 그때그때 다시 볼 수 있으니 외울 것이 적습니다.
#
# 어디를 보았는지 그리기
# ----------------------
#
# 마지막에 훈련한 것이 어텐션이 있는 모델입니다. 그 모델에서 어텐션 가중치를 꺼냅니다. 가중치는 출력 자리마다 한
# 행이고, 한 행을 모두 더하면 1입니다. 한 행에서 가중치가 가장 큰 자리가 모델이 가장 눈여겨본 자리입니다.

attention = tf.keras.Model(
    model.inputs, model.get_layer("attention").output[1]
)
weights = attention([new_ids[:batch_size], new_previous[:batch_size]])
assert weights.shape == (batch_size, seq_length, seq_length)
assert np.allclose(np.sum(weights, axis=-1), 1, rtol=0, atol=1e-5)
expected = np.arange(seq_length)[::-1]
share = np.mean(np.argmax(weights, axis=-1) == expected)
print(f"looked mostly at the right position: {share:.1%}")
assert share > 0.95

# %%
# 어느 자리를 보라고 알려 준 적이 없는데도 모델은 거의 언제나 옳은 자리를 가장 눈여겨봅니다. 그림의 행은 출력 자리,
# 열은 입력 자리이고 진할수록 가중치가 큽니다. 왼쪽은 한 시퀀스, 오른쪽은 여러 시퀀스의 평균입니다. 두 그림 모두 오른쪽
# 위에서 왼쪽 아래로 가는 대각선입니다. 토큰이 무엇이든 같은 자리를 본다는 뜻이므로, 모델이 외운 것은 답이 아니라
# **뒤집는 순서**입니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
figure, axes = plt.subplots(
    1,
    2,
    figsize=(8, 4),
    num="시퀀스를 뒤집는 모델의 어텐션 가중치. 오른쪽 위에서 왼쪽 아래로 "
    "가는 대각선이 가장 진함",
)
maps = {
    "one sequence": weights[0],
    f"mean of {batch_size} sequences": np.mean(weights, axis=0),
}
for panel, (title, shown) in zip(axes, maps.items(), strict=True):
    image = panel.imshow(shown, cmap="Blues", vmin=0, vmax=1)
    panel.set(title=title, xlabel="input position")
axes[0].set(ylabel="output position")
axes[0].set_xticks(range(seq_length), new_ids[0])
axes[0].set_yticks(range(seq_length), new_answers[0])
axes[0].set(xlabel="input token", ylabel="output token")
axes[1].set(ylabel="output position")
figure.colorbar(image, ax=axes, label="attention weight")
plt.show()
