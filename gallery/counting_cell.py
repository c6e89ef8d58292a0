"""
괄호를 세는 셀
==============

괄호가 겹치지 않으면 안인지 밖인지만 기억하면 됩니다. 하지만 괄호 안에 또 괄호가 있으면, 닫는 괄호를 보고 모두
닫혔는지 알기 위해 열린 괄호의 수를 세어야 합니다. LSTM은 셀 상태(cell state)에 새 값을 더하므로 이런 셈을 할 수
있습니다. 그런데 아무도 세라고 가르치지 않아도 세게 될까요? 유닛(unit)이 하나뿐인 LSTM에 괄호가 모두 닫혔는지만
물어 훈련(training)한 다음, 셀 상태를 들여다봅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

symbols = "ab()"
opening, closing = symbols.index("("), symbols.index(")")
deepest = 5
batch_size, seq_length, hidden_dim = 53, 41, 1
input_dim = len(symbols)

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
one_hot = np.eye(input_dim, dtype="float32")


def sigmoid(x):
    """0과 1 사이의 값으로 바꾼다."""
    return 1 / (1 + np.exp(-x))


# %%
# 세어야 풀리는 문제
# ------------------
#
# 글은 괄호와 글자를 섞어 만들고, 열린 괄호는 5개까지로 제한합니다. 타임스텝(time step)마다 정답은 열린 괄호가 하나도
# 없으면 1, 있으면 0입니다. 열린 괄호의 수, 곧 깊이는 정답에 나오지 않습니다. 글자 ``a``와 ``b``는 세는 데 방해가 되는
# 잡음이므로, 층(layer)은 글자가 나오는 동안 수를 그대로 간직해야 합니다.


def make_strings(count, length):
    """괄호가 겹치는 글의 글자 번호와, 타임스텝마다 열린 괄호의 수."""
    ids = rng.integers(opening, size=(count, length))
    is_bracket = rng.random((count, length)) < 0.7
    depths = np.zeros((count, length), dtype=int)
    depth = np.zeros(count, dtype=int)
    for t in range(length):
        opens = (depth == 0) | (
            (depth < deepest) & (rng.random(count) < 0.5)
        )
        ids[:, t] = np.where(
            is_bracket[:, t], np.where(opens, opening, closing), ids[:, t]
        )
        depth = depth + is_bracket[:, t] * np.where(opens, 1, -1)
        depths[:, t] = depth
    return ids, depths


ids, depths = make_strings(40 * batch_size, seq_length)
assert depths.min() == 0 and depths.max() == deepest == 5

lstm = tf.keras.layers.LSTM(hidden_dim, return_sequences=True)
model = tf.keras.Sequential([lstm, tf.keras.layers.Dense(1)])
loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(tf.keras.optimizers.Adam(0.05), loss)
model.fit(
    one_hot[ids],
    (depths == 0)[..., None],
    batch_size=batch_size,
    epochs=35,
    verbose=0,
)


def is_right(ids, depths):
    """타임스텝마다 모두 닫혔는지 맞혔는가."""
    return (model(one_hot[ids]).numpy()[..., 0] > 0) == (depths == 0)


ids, depths = make_strings(200, 4 * seq_length)
accuracy = is_right(ids, depths).mean()
always_open = np.mean(depths > 0)
assert accuracy > 0.95 > 0.92 > always_open
print(f"accuracy on strings 4 times as long: {accuracy:.3f}")
print(f"accuracy of always answering open: {always_open:.3f}")

# %%
# 셀 상태의 계단
# --------------
#
# 훈련할 때보다 4배 긴 글에서도 거의 모두 맞힙니다. 열려 있다고만 답해서는 얻을 수 없는 정확도입니다. 그렇다면 셀 상태에
# 무엇이 들어 있을까요? 가중치(weight)로 셀 상태를 직접 계산하고, 함께 구한 은닉 상태(hidden state)가 층의 출력과 같은지
# 확인한 다음, 열린 괄호의 수마다 셀 상태의 평균을 구합니다.

kernel, recurrent_kernel, bias = lstm.get_weights()
assert kernel.shape == (input_dim, 4 * hidden_dim)


def cell_states(ids):
    """타임스텝마다의 셀 상태와 은닉 상태."""
    h = c = np.zeros((len(ids), hidden_dim))
    history = []
    for t in range(ids.shape[1]):
        sums = one_hot[ids[:, t]] @ kernel + h @ recurrent_kernel + bias
        i, f, candidate, o = np.split(sums, 4, axis=-1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(candidate)
        h = sigmoid(o) * np.tanh(c)
        history.append([c, h])
    return np.stack(history, axis=2)[..., 0]


c, h = cell_states(ids)
outputs = lstm(one_hot[ids[:batch_size]])
assert outputs.shape == (batch_size, 4 * seq_length, hidden_dim)
assert np.allclose(h[:batch_size], outputs[..., 0], rtol=0, atol=1e-4)

sign = np.sign(
    np.corrcoef(c.ravel(), depths.ravel())[0, 1]
)  # 위로 세는지 아래로 세는지는 시드가 정한다
stairs = np.array(
    [sign * c[depths == depth].mean() for depth in range(deepest + 1)]
)
spreads = np.array(
    [c[depths == depth].std() for depth in range(deepest + 1)]
)
correlation = abs(np.corrcoef(c.ravel(), depths.ravel())[0, 1])
assert correlation > 0.95
assert np.all(np.diff(stairs) > 2 * spreads[1:])
print(f"correlation of the cell state with the depth: {correlation:.3f}")
for depth, (stair, spread) in enumerate(zip(stairs, spreads, strict=True)):
    print(
        f"depth {depth}: cell state {stair:5.2f}, "
        f"standard deviation {spread:.2f}"
    )

# %%
# 셀 상태는 계단입니다. 여는 괄호마다 한 칸 오르고, 닫는 괄호마다 한 칸 내려오며, 글자에서는 거의 그 자리에 머뭅니다.
# 한 칸의 높이는 같은 깊이에서 셀 상태가 흩어진 정도(표준편차)의 2배보다 큽니다. 정답에는 없던 깊이를 층이 스스로
# 세게 된 것입니다. 세지 않고는 언제 모두 닫히는지 알 수 없기 때문입니다.
#
# 세기가 끝나는 깊이
# ------------------
#
# 하지만 이 셈은 정수의 덧셈이 아닙니다. 오르는 칸과 내려오는 칸의 높이가 정확히 같지는 않으므로, 깊이 들어갔다
# 나오면 오차가 쌓입니다. 훈련한 깊이 안에서는 그 오차가 작아서 답이 바뀌지 않습니다. 그렇다면 더 깊은 글에서는
# 어떨까요? 괄호를 여러 번 열었다가 같은 수만큼 닫으면서, 처음으로 틀리는 깊이를 찾아봅니다. 그리고 그 글에서 열린
# 괄호가 하나인 타임스텝의 셀 상태를, 들어갈 때와 나올 때로 나누어 비교합니다.


def nested(depth):
    """괄호를 depth번 열고 depth번 닫는 글과 그 깊이."""
    steps = np.array([1] * depth + [-1] * depth)
    return np.where(steps == 1, opening, closing)[None], np.cumsum(steps)[
        None
    ]


first_wrong = next(
    depth for depth in range(1, 50) if not is_right(*nested(depth)).all()
)
assert deepest < first_wrong < 30
ids, depths = nested(first_wrong)
state = sign * cell_states(ids)[0][0]
going_in, coming_out = (
    state[0],
    state[-2],
)  # 둘 다 열린 괄호가 하나인 타임스텝
assert depths[0, 0] == depths[0, -2] == 1
assert going_in > coming_out + 0.1
assert list(depths[~is_right(ids, depths)]) == [1]
print(
    f"cell state at depth 1: {going_in:.2f} going in, "
    f"{coming_out:.2f} coming out"
)
print(f"right up to depth {first_wrong - 1}, wrong at depth {first_wrong}")

# %%
# 훈련한 깊이까지는 모두 맞히지만, 그보다 깊어지면 머지않아 틀립니다. 나올 때의 셀 상태가 들어갈 때보다 낮아서,
# 괄호가 하나 남았는데 모두 닫혔다고 답합니다. 따라서 글이 길어지는 것은 괜찮아도 수가 커지는 것은 괜찮지 않습니다.
# 어느 깊이에서 틀리는지는 시드(seed)마다 다르고, 훈련한 깊이 바로 다음일 때도 있습니다.
#
# 위 그림은 훈련할 때와 같은 깊이의 글이고, 가로선은 깊이마다 셀 상태의 평균입니다. 아래 그림은 처음으로 틀리는 글이며,
# 가위표가 틀린 타임스텝입니다.

text = "(a(b)((ab)a(()b)))b(ab)((((b)))a)(a)"
text_ids = np.array([[symbols.index(symbol) for symbol in text]])
text_depths = np.cumsum(
    (text_ids == opening) * 1 - (text_ids == closing), axis=1
)
assert text_depths.min() == 0 and text_depths.max() <= deepest

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "셀 상태가 깊이를 따라 오르내리는 계단. 훈련한 것보다 깊은 "
    "글에서는 끝에서 틀림"
)
figure, panels = plt.subplots(2, 1, figsize=(8, 5.6), num=window)
examples = [
    (text_ids, text_depths, "as deep as in training"),
    (*nested(first_wrong), "deeper than in training"),
]
for axes, (example_ids, example_depths, title) in zip(
    panels, examples, strict=True
):
    steps = np.arange(example_ids.shape[1])
    state = sign * cell_states(example_ids)[0][0]
    for depth, stair in enumerate(stairs):
        axes.axhline(stair, color="lightgray", linewidth=1, zorder=0)
        axes.text(steps[-1] + 0.8, stair, depth, va="center", fontsize=10)
    axes.step(steps, state, where="mid", color=ink)
    wrong = ~is_right(example_ids, example_depths)[0]
    axes.plot(
        steps[wrong], state[wrong], "X", color="tab:red", markersize=10
    )
    axes.set_xticks(steps, [symbols[symbol] for symbol in example_ids[0]])
    axes.set(title=title, ylabel="cell state", xlim=(-0.7, steps[-1] + 0.6))
panels[1].set_xlabel("symbols, one per time step (right: depth)")
plt.show()
