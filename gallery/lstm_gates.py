"""
괄호를 기억하는 LSTM의 게이트
=============================

LSTM의 게이트(gate)는 기억을 얼마나 지우고 쓰고 내보낼지 정합니다. 하지만 난수로 시작한 게이트는 아직 아무것도 정하지
않으므로, 게이트가 하는 일을 보려면 먼저 가르쳐야 합니다. 그래서 여기서는 유닛(unit)이 하나뿐인 LSTM이 글을 한
글자씩 읽으면서 지금 괄호 안에 있는지 알아맞히게 합니다. 훈련(training)이 끝나면 게이트를 가중치(weight)로 직접
계산해, 어느 글자에서 열리고 어느 글자에서 닫히는지 그려 봅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

letters = "abcdef"
symbols = letters + "()"
opening, closing = symbols.index("("), symbols.index(")")
batch_size, seq_length, hidden_dim = 53, 31, 1
input_dim = len(symbols)

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
one_hot = np.eye(input_dim, dtype="float32")


def sigmoid(x):
    """0과 1 사이의 값으로 바꾼다."""
    return 1 / (1 + np.exp(-x))


# %%
# 기억해야 풀리는 문제
# --------------------
#
# 괄호는 드물게 나오고, 여는 괄호와 닫는 괄호가 번갈아 나옵니다. 타임스텝(time step)마다 정답은 그 글자까지 읽었을 때
# 괄호 안이면 1, 밖이면 0입니다. 그런데 글자 하나만 보아서는 안인지 밖인지 알 수 없습니다. 글자마다 더 흔한 정답을
# 고르는 방법으로는 절반을 조금 넘게 맞힐 뿐입니다. 나머지를 맞히려면 마지막 괄호가 무엇이었는지 기억해야 합니다.


def make_strings(count, length):
    """괄호가 섞인 글의 글자 번호와 타임스텝마다의 정답."""
    is_bracket = rng.random((count, length)) < 0.12
    inside = np.cumsum(is_bracket, axis=1) % 2
    bracket = np.where(inside == 1, opening, closing)
    ids = np.where(
        is_bracket,
        bracket,
        rng.integers(len(letters), size=(count, length)),
    )
    return ids, inside


ids, inside = make_strings(20 * batch_size, seq_length)
shares = np.array(
    [inside[ids == symbol].mean() for symbol in range(input_dim)]
)
without_memory = np.mean((shares[ids] > 0.5) == inside)
assert 0.5 < without_memory < 0.75
print("".join(symbols[symbol] for symbol in ids[0]))
print("".join(str(label) for label in inside[0]))
print(f"accuracy without memory: {without_memory:.2f}")

# %%
# 층(layer)이 하는 일은 이 기억뿐입니다. 유닛이 하나이므로 은닉 상태(hidden state)와 셀 상태(cell state)도 수
# 하나씩이고, ``Dense``는 은닉 상태가 어느 값의 위일 때나 아래일 때 안이라고 답할지만 정합니다. 훈련이 끝나면 훈련할
# 때보다 4배 긴 글에서도 맞히는지 확인합니다. 긴 글에서도 맞힌다면, 글의 길이에 맞춘 요령이 아니라 규칙을 배운 것입니다.

lstm = tf.keras.layers.LSTM(hidden_dim, return_sequences=True)
model = tf.keras.Sequential([lstm, tf.keras.layers.Dense(1)])
loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(tf.keras.optimizers.Adam(0.03), loss)
model.fit(
    one_hot[ids],
    inside[..., None],
    batch_size=batch_size,
    epochs=10,
    verbose=0,
)

ids, inside = make_strings(200, 4 * seq_length)
answers = model(one_hot[ids])[..., 0] > 0
accuracy = np.mean(answers == inside)
assert accuracy > 0.99
print(f"accuracy on strings 4 times as long: {accuracy:.3f}")

# %%
# 게이트를 직접 계산하기
# ----------------------
#
# 층은 게이트를 돌려주지 않습니다. 하지만 가중치가 있으면 식을 그대로 계산할 수 있고, 계산한 은닉 상태가 층의 출력과
# 같으면 그 게이트가 층이 실제로 쓴 게이트입니다. ``kernel``과 ``recurrent_kernel``, ``bias``에는 입력 게이트(input
# gate) ``i``, 망각 게이트(forget gate) ``f``, 후보 값(candidate), 출력 게이트(output gate) ``o``에 쓰이는 부분이 이
# 순서로 붙어 있습니다.

kernel, recurrent_kernel, bias = lstm.get_weights()
assert kernel.shape == (input_dim, 4 * hidden_dim)
assert recurrent_kernel.shape == (hidden_dim, 4 * hidden_dim)


def run_gates(ids):
    """타임스텝마다의 게이트와 상태를 이름으로 찾게 돌려준다."""
    h = c = np.zeros((len(ids), hidden_dim))
    history = []
    for t in range(ids.shape[1]):
        sums = one_hot[ids[:, t]] @ kernel + h @ recurrent_kernel + bias
        i, f, candidate, o = np.split(sums, 4, axis=-1)
        i, f, o, candidate = (
            sigmoid(i),
            sigmoid(f),
            sigmoid(o),
            np.tanh(candidate),
        )
        c = f * c + i * candidate
        h = o * np.tanh(c)
        history.append([i, f, o, candidate, c, h])
    values = np.stack(history, axis=2)[..., 0]
    return dict(
        zip(["i", "f", "o", "candidate", "c", "h"], values, strict=True)
    )


gates = run_gates(ids)
outputs = lstm(one_hot[ids[:batch_size]])
assert outputs.shape == (batch_size, 4 * seq_length, hidden_dim)
assert np.allclose(
    gates["h"][:batch_size], outputs[..., 0], rtol=0, atol=1e-5
)

# %%
# 훈련한 층은 괄호 안을 양수로 나타낼 수도, 음수로 나타낼 수도 있습니다. 어느 쪽이 될지는 시드(seed)가 정하므로,
# ``Dense``의 가중치가 음수이면 부호를 뒤집어 안쪽이 늘 위로 오게 합니다. 그런 다음 괄호와 글자에서 게이트의 평균을
# 비교합니다.

sign = np.sign(model.layers[1].get_weights()[0].item())
c, candidate = sign * gates["c"], sign * gates["candidate"]
is_bracket = ids >= opening
for name in ["f", "i", "o"]:
    at_bracket, at_letter = (
        gates[name][is_bracket].mean(),
        gates[name][~is_bracket].mean(),
    )
    print(
        f"{name}: {at_bracket:.2f} at brackets, {at_letter:.2f} at letters"
    )
assert (
    gates["f"][is_bracket].mean() < 0.2
    and gates["f"][~is_bracket].mean() > 0.6
)
assert gates["i"].mean() > 0.6 and gates["o"].mean() > 0.9
assert (
    candidate[ids == opening].mean() > 0.8
    and candidate[ids == closing].mean() < -0.8
)

correlation = np.corrcoef(c.ravel(), inside.ravel())[0, 1]
assert correlation > 0.8
assert c[inside == 1].mean() > 1 and c[inside == 0].mean() < -1
print(f"correlation of the cell state with the answer: {correlation:.2f}")

# %%
# 괄호에서는 망각 게이트가 0 가까이 닫혀, 앞에서 기억한 것을 거의 모두 지웁니다. 같은 타임스텝에 후보 값이 새로
# 들어오는데, 그 부호가 여는 괄호에서는 양수이고 닫는 괄호에서는 음수입니다. 반대로 글자에서는 망각 게이트가 열려
# 셀 상태를 남깁니다. 그래서 셀 상태의 부호만 보아도 괄호 안인지 알 수 있습니다.
#
# 하지만 게이트가 모두 일을 나누어 맡은 것은 아닙니다. 입력 게이트와 출력 게이트는 괄호와 글자를 가리지 않고 거의 열려
# 있습니다. 이 문제는 망각 게이트와 후보 값만으로 풀리므로, 나머지를 여닫는 법은 배울 필요가 없었습니다.
#
# 그림은 이 LSTM이 처음 보는 글입니다. 칠한 부분이 괄호 안입니다.

text = "fade(cab)bed(f)ace(deaf)c"
text_ids = np.array([[symbols.index(symbol) for symbol in text]])
drawn = run_gates(text_ids)
depth = np.array(
    [
        text[: t + 1].count("(") - text[: t + 1].count(")")
        for t in range(len(text))
    ]
)
assert np.all((sign * drawn["c"][0] > 0) == (depth == 1))

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "글자마다의 게이트와 셀 상태. 망각 게이트는 괄호에서만 닫히고, "
    "셀 상태는 괄호 안에서만 양수"
)
figure, panels = plt.subplots(
    2, 1, figsize=(8, 4.8), sharex=True, num=window
)
steps = np.arange(len(text))
lines = {
    "f": ("forget", ink, "-o"),
    "i": ("input", "tab:orange", "--"),
    "o": ("output", "tab:blue", ":"),
}
for name, (label, color, style) in lines.items():
    panels[0].plot(
        steps,
        drawn[name][0],
        style,
        color=color,
        markersize=4,
        label=f"{label} gate",
    )
panels[0].set(ylim=(-0.05, 1.1), ylabel="gate")
panels[0].legend(
    loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False
)
panels[1].bar(steps, sign * drawn["c"][0], color="dimgray")
panels[1].axhline(0, color=ink, linewidth=1)
panels[1].set(ylabel="cell state", xlabel="symbols, one per time step")
panels[1].set_xticks(steps, list(text))
for axes in panels:
    axes.margins(x=0.01)
    for start in np.flatnonzero(np.array(list(text)) == "("):
        axes.axvspan(
            start - 0.5,
            text.index(")", start) - 0.5,
            color="tab:gray",
            alpha=0.25,
            linewidth=0,
        )
plt.show()
