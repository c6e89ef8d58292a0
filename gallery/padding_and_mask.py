"""
패딩과 마스크
=============

길이가 다른 문장을 한 텐서(tensor)에 담으려면 빈자리를 채워야 합니다. 이것이 패딩(padding)입니다. 층(layer)은 어디가
빈자리인지 모릅니다. 마스크(mask)로 알려 주지 않으면 채운 자리까지 읽고 나서 마지막 출력을 냅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, vocab_size, embedding_dim, hidden_dim = 5, 17, 23, 7, 11
lengths = [17, 13, 7, 5, 1]

tf.keras.utils.set_random_seed(1)


def same(a, b):
    """반올림 오차를 빼고 같은지 본다."""
    return np.allclose(a, b, rtol=0, atol=1e-6)


# %%
# 0번은 비워 두고 1번부터 토큰(token)에 씁니다. 짧은 문장은 뒤를 0으로 채웁니다.

sentences = [np.random.randint(1, vocab_size, length) for length in lengths]
ids = tf.keras.utils.pad_sequences(sentences, padding="post")
assert ids.shape == (batch_size, seq_length)
print(ids)

# %%
# ``mask_zero=True``인 ``Embedding``은 번호에서 마스크를 만들어 다음 층에 넘깁니다. 견주어 보려고, 가중치(weight)가
# 같고 마스크만 없는 ``Embedding``도 만듭니다.

# 기본 초깃값은 아주 작다. 훈련한 임베딩처럼 크게 해야 차이가 그림에서 보인다.
initializer = tf.keras.initializers.RandomNormal(stddev=1.0, seed=1)
sizes = (vocab_size, embedding_dim)
with_mask = tf.keras.layers.Embedding(*sizes, initializer, mask_zero=True)
without_mask = tf.keras.layers.Embedding(*sizes, initializer)
lstm = tf.keras.layers.LSTM(hidden_dim, return_sequences=True, return_state=True)

masked, masked_h, _ = lstm(with_mask(ids))
unmasked, unmasked_h, _ = lstm(without_mask(ids))
assert np.all(with_mask.embeddings == without_mask.embeddings)
assert masked.shape == unmasked.shape == (batch_size, seq_length, hidden_dim)
assert with_mask.compute_mask(ids).shape == (batch_size, seq_length)

# %%
# 마스크가 있으면 순환층(recurrent layer)은 빈자리에서 상태(state)를 그대로 두고, 마지막으로 읽은 토큰의 출력을
# 되풀이합니다. 마지막 은닉 상태(hidden state)는 문장만 따로 넣었을 때와 같습니다. 마스크가 없으면 빈자리가 있는
# 문장은 모두 어긋납니다.

for i, length in enumerate(lengths):
    alone = lstm(without_mask(sentences[i][None, :]))[1][0]
    assert same(masked_h[i], alone)
    assert all(same(masked[i, t], alone) for t in range(length - 1, seq_length))
    assert same(unmasked[i, :length], masked[i, :length])
    assert same(unmasked_h[i], alone) == (length == seq_length)
    error = np.max(np.abs(unmasked_h[i] - alone))
    print(f"length {length:2d}: last output without mask is off by {error:.2f}")

# %%
# 빈자리의 벡터가 0이고 편향(bias)이 초깃값이면, **앞을** 채웠을 때는 오류가 드러나지 않습니다. 상태가 0에서 움직이지
# 않기 때문입니다. 그러나 ``Embedding``의 0번 줄은 0이 아닙니다. ``mask_zero=True``여도 난수로 시작하므로, 앞을 채워도
# 마스크가 있어야 합니다.

front = tf.keras.utils.pad_sequences(sentences, padding="pre")
front_vectors = without_mask(front)
zero_vectors = front_vectors * (front != 0)[..., None]
assert same(lstm(zero_vectors)[1], masked_h)
assert not same(lstm(front_vectors)[1], masked_h)
assert same(lstm(with_mask(front))[1], masked_h)
assert np.any(with_mask.embeddings[0] != 0)

# %%
# 셋째 문장의 출력을 유닛(unit)마다 한 줄씩 그렸습니다. 파선의 오른쪽이 패딩입니다. 마스크가 없으면 색이 계속
# 바뀌다가, 문장과 상관없는 값으로 끝납니다. 마스크가 있으면 마지막 토큰의 출력이 끝까지 가로줄로 이어집니다.

plt.rcParams.update({"font.size": 11, "figure.constrained_layout.use": True})
example = 2
limit = np.max(np.abs(unmasked[example]))
window = "패딩을 지나는 출력. 마스크가 있으면 마지막 토큰의 색이 가로줄로 이어짐"
figure, panels = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True, num=window)
colors = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
pictures = [("Without mask", unmasked), ("With mask", masked)]
for axes, (title, values) in zip(panels, pictures, strict=True):
    image = axes.imshow(tf.transpose(values[example]), aspect="auto", **colors)
    axes.axvline(lengths[example] - 0.5, color="black", linestyle="--")
    axes.text((lengths[example] + seq_length - 1) / 2, -0.7, "padding", ha="center")
    axes.set_title(title, pad=20)
    axes.set_xlabel("time step")
panels[0].set_ylabel("unit")
figure.colorbar(image, ax=panels, label="output")
plt.show()
