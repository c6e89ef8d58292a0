"""
순환층이 느린 곳과 빨라지는 곳
==============================

같은 순환층(recurrent layer)도 부르는 방법에 따라 몇 배에서 수십 배까지 느려질 수 있습니다. 이 프로그램에서는
층(layer)을 그대로 부를 때와 ``tf.function``으로 감쌀 때, XLA로 컴파일할 때를 비교하고, 펼치기(unroll)와 혼합
정밀도(mixed precision)가 CPU에서 도움이 되는지 재어 봅니다. 마지막으로 시퀀스(sequence) 하나의 답을 얻는 여러
방법을 비교합니다. 시간은 컴퓨터마다 다르므로, 걸린 시간을 기준이 되는 방법의 몇 배인지로 나타냅니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 31, 53, 29, 61

tf.keras.utils.set_random_seed(1)
inputs = tf.random.normal([batch_size, seq_length, input_dim])


def seconds(call, repeat):
    """여러 번 실행하고, 가장 빨랐던 한 번의 시간을 돌려준다."""
    times = []
    for _ in range(repeat):
        start = tf.timestamp()
        call()
        times.append(float(tf.timestamp() - start))
    return min(times)


# %%
# 파이썬에서 그래프로
# -------------------
#
# 층을 그대로 부르면 파이썬이 타임스텝(time step)마다 셀(cell)을 부르고, 셀은 연산을 하나씩 실행합니다.
# ``tf.function``으로 감싸면 처음 부를 때 연산을 그래프(graph)에 옮겨 두고, 그다음부터는 타임스텝마다 파이썬을
# 거치지 않습니다. ``jit_compile=True``는 그 그래프를 XLA라는 컴파일러로 한 번 더 컴파일합니다. 세 방법의 결과는
# 같고, 걸리는 시간만 다릅니다.

lstm = tf.keras.layers.LSTM(hidden_dim)
eager_output = lstm(inputs)
graph = tf.function(lstm)
compiled = tf.function(lstm, jit_compile=True)
assert eager_output.shape == (batch_size, hidden_dim)
for faster in (graph, compiled):
    assert np.allclose(faster(inputs), eager_output, rtol=0, atol=1e-5)

base = seconds(lambda: graph(inputs), 15)
ratios = {
    "eager": seconds(lambda: lstm(inputs), 2) / base,
    "tf.function": 1.0,
    "jit_compile": seconds(lambda: compiled(inputs), 15) / base,
}

# %%
# 펼치기와 혼합 정밀도
# --------------------
#
# ``unroll=True``는 반복문 대신 타임스텝의 수만큼 연산을 늘어놓습니다. 결과는 같지만 그래프가 커져서, 처음 부를 때
# 그래프를 만드는 시간이 길어집니다. ``mixed_bfloat16``은 가중치(weight)는 그대로 두고 계산의 정밀도만 낮춥니다.
# 그런 계산을 빠르게 하는 장치가 있어야 빨라지므로, 쓰는 컴퓨터에서 정말 빨라지는지 재어 보아야 합니다. 정밀도를
# 낮추었으므로 결과도 조금 달라집니다.


def copied(**options):
    """가중치가 같고 옵션이 다른 층."""
    layer = tf.keras.layers.LSTM(hidden_dim, **options)
    layer.build(inputs.shape)
    layer.set_weights(lstm.get_weights())
    return layer


def first_call(layer):
    """그래프를 만드는 첫 호출에 걸리는 시간."""
    call = tf.function(layer)
    return seconds(lambda: call(inputs), 1)


slower_start = first_call(copied(unroll=True)) / first_call(copied())
unrolled = tf.function(copied(unroll=True))
mixed = tf.function(copied(dtype="mixed_bfloat16"))
assert np.allclose(unrolled(inputs), eager_output, rtol=0, atol=1e-5)
mixed_error = float(
    tf.reduce_max(tf.abs(tf.cast(mixed(inputs), "float32") - eager_output))
)
assert 1e-4 < mixed_error < 0.1

ratios["unroll"] = seconds(lambda: unrolled(inputs), 10) / base
ratios["mixed_bfloat16"] = seconds(lambda: mixed(inputs), 10) / base
for name, ratio in ratios.items():
    print(f"{name:15} {ratio:6.1f} times the time of tf.function")
print(f"first call with unroll: {slower_start:.0f} times as long")
print(f"largest error of mixed_bfloat16: {mixed_error:.4f}")

# %%
# 층을 그대로 부르면 ``tf.function``으로 감쌌을 때보다 몇 배나 느리고, 펼친 층은 처음 부를 때 훨씬 오래 걸립니다. 이
# 두 차이는 뚜렷하므로 코드로 확인해 둡니다. 나머지는 컴퓨터와 모델의 크기에 따라 달라지므로, 여기에 출력된 수를
# 외우지 말고 모델을 쓰는 곳에서 직접 재어 보세요.

assert ratios["eager"] > 3
assert slower_start > 2

# %%
# 시퀀스 하나의 답
# ----------------
#
# 서비스에서는 요청이 하나씩 오기도 합니다. 이때 ``predict``를 쓰면 시퀀스 하나를 위해 데이터를 나르는
# 파이프라인(pipeline)과 콜백(callback) 같은 것을 매번 새로 마련하므로, 계산보다 준비에 훨씬 오래 걸립니다.
# ``predict_on_batch``나 ``tf.function``으로 감싼 모델은 그런 준비를 하지 않습니다. 반면에 모델을 그대로 부르면 층을
# 그대로 부를 때처럼 타임스텝마다 파이썬을 거치므로 느립니다. 네 방법의 답은 같습니다.

model = tf.keras.Sequential(
    [
        tf.keras.Input((seq_length, input_dim)),
        lstm,
        tf.keras.layers.Dense(1),
    ]
)
one = inputs[:1]
answer = tf.function(lambda batch: model(batch, training=False))
ways = {
    "predict": lambda: model.predict(one, verbose=0),
    "model(x)": lambda: model(one),
    "predict_on_batch": lambda: model.predict_on_batch(one),
    "tf.function": lambda: answer(one),
}
answers = {name: way() for name, way in ways.items()}
for other in answers.values():
    assert np.allclose(other, answers["model(x)"], rtol=0, atol=1e-5)

times = {name: seconds(way, 7) for name, way in ways.items()}
for_one = {
    name: time / times["tf.function"] for name, time in times.items()
}
for name, ratio in for_one.items():
    print(f"{name:18} {ratio:6.1f} times the time of tf.function")
assert for_one["predict"] > 3 and for_one["model(x)"] > 3

# %%
# 하나씩 부르기와 모아서 부르기
# -----------------------------
#
# 그렇다고 ``predict``가 나쁜 것은 아닙니다. 시퀀스를 모아서 한 번에 넣으면 준비를 한 번만 하고, 행렬 곱도
# 배치(batch) 전체를 한꺼번에 합니다. 배치의 시퀀스를 하나씩 넣을 때 걸리는 시간을 모아서 넣을 때와 비교합니다.

together = seconds(lambda: model.predict(inputs, verbose=0), 3)
one_by_one = batch_size * times["predict"]
print(f"one by one: {one_by_one / together:.0f} times as long as together")
assert one_by_one > 3 * together

# %%
# 그림의 가로축은 로그 눈금(log scale)입니다. 점선은 기준으로 삼은 ``tf.function``의 시간입니다.

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
window = (
    "tf.function의 몇 배가 걸리는지. 층이나 모델을 그대로 부르는 것과 "
    "predict로 시퀀스 하나를 넣는 것이 훨씬 느림"
)
figure, panels = plt.subplots(1, 2, figsize=(8, 3.4), num=window)
groups = [("A batch", ratios), ("One sequence", for_one)]
for axes, (title, group) in zip(panels, groups, strict=True):
    bars = axes.barh(list(group), list(group.values()), color="dimgray")
    axes.bar_label(bars, fmt="%.1f", padding=3)
    axes.axvline(1, color="gray", linestyle=":")
    axes.set(title=title, xscale="log", xlabel="times tf.function")
    axes.set_xlim(0.05, 30 * max(group.values()))
    axes.invert_yaxis()
plt.show()
