"""
Keras 2의 모델 옮기기
=====================

오래된 모델 파일을 지금의 Keras로 읽으면 먼저 오류가 나고, 오류를 고치고 나면 답이 조용히 틀리기도 합니다. 이
프로그램에서는 Keras 2의 형식에 맞춘 파일을 직접 만든 다음, ``load_model``이 왜 실패하는지 확인하고, 모델을 다시
만들어 가중치(weight)만 읽습니다. 그리고 이름은 같은데 식이 바뀐 ``hard_sigmoid``가 예측을 얼마나 망가뜨리는지
확인하고 바로잡습니다.
"""

import tempfile

import h5py
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 53, 23, 1, 13
folder = tempfile.mkdtemp()

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

# %%
# 옛 모델
# -------
#
# 이 프로그램은 Keras 2 없이 실행됩니다. 그래서 Keras 2의 식으로 계산하는 모델을 지금의 Keras로 만들어
# 훈련(training)합니다. Keras 1 때의 ``LSTM``은 게이트(gate)에 ``hard_sigmoid``를 썼습니다. 이 함수는
# 기울기가 0.2인 직선을 0과 1에서 자른 것입니다.


@tf.keras.utils.register_keras_serializable("keras_2")
def old_hard_sigmoid(x):
    """Keras 2의 hard_sigmoid."""
    return tf.clip_by_value(0.2 * x + 0.5, 0, 1)


def build(recurrent_activation):
    """지금까지 나온 1의 수를 타임스텝마다 말하는 모델."""
    return tf.keras.Sequential(
        [
            tf.keras.Input((None, input_dim)),
            tf.keras.layers.LSTM(
                hidden_dim,
                recurrent_activation=recurrent_activation,
                return_sequences=True,
            ),
            tf.keras.layers.Dense(1),
        ]
    )


# %%
# 모델이 풀 문제는 0과 1이 섞인 시퀀스(sequence)를 읽으면서 1이 몇 번 나왔는지 세는 것입니다. 끝까지 세려면 게이트가
# 정확해야 하므로, 게이트의 함수가 달라지면 곧바로 드러납니다. 모델의 답은 예측을 반올림한 수이고,
# 정확도(accuracy)는 답이 맞은 타임스텝(time step)의 비율입니다.


def make_data(count):
    """0과 1의 시퀀스와, 거기까지 나온 1의 수."""
    bits = (rng.random((count, seq_length)) < 0.3).astype("float32")
    return bits[..., None], np.cumsum(bits, axis=1)[..., None]


def accuracy(model):
    """반올림한 답이 맞은 비율."""
    return float(np.mean(np.round(model(test_bits)) == test_counts))


bits, counts = make_data(20 * batch_size)
test_bits, test_counts = make_data(200)
assert bits[:batch_size].shape == (batch_size, seq_length, input_dim)

old = build(old_hard_sigmoid)
epochs = 18
rate = tf.keras.optimizers.schedules.CosineDecay(0.02, 20 * epochs)
old.compile(tf.keras.optimizers.Adam(rate), "mse")
old.fit(bits, counts, batch_size=batch_size, epochs=epochs, verbose=0)
expected = old(test_bits).numpy()
print(f"accuracy of the old model: {accuracy(old):.3f}")

# %%
# Keras 2가 쓰던 파일
# -------------------
#
# Keras 2의 ``.h5`` 파일에는 두 가지가 들어 있습니다. 하나는 모델을 만드는 설정이고, 다른 하나는 층(layer)의 이름과
# 가중치의 이름을 이은 경로에 놓인 배열입니다. Keras 2는 ``LSTM``의 설정에 ``time_major``라는 옵션도 적었습니다.

model_config = """
{"class_name": "Sequential", "config": {"name": "sequential", "layers": [
  {"class_name": "InputLayer", "config":
    {"batch_input_shape": [null, null, 1], "name": "input_1"}},
  {"class_name": "LSTM", "config":
    {"name": "lstm", "units": 13, "recurrent_activation": "hard_sigmoid",
     "return_sequences": true, "time_major": false}},
  {"class_name": "Dense", "config": {"name": "dense", "units": 1}}]}}
"""
lstm_names = ["kernel", "recurrent_kernel", "bias"]
names = {
    "lstm": [f"lstm/lstm_cell/{name}:0" for name in lstm_names],
    "dense": ["dense/kernel:0", "dense/bias:0"],
}


def write_keras2_file(path, config, names, arrays):
    """설정과 가중치를 Keras 2가 쓰던 모양으로 적는다."""
    with h5py.File(path, "w") as file:
        file.attrs["backend"] = "tensorflow"
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["model_config"] = config
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = list(names)
        root.attrs["backend"] = "tensorflow"
        root.attrs["keras_version"] = "2.15.0"
        remaining = iter(arrays)
        for layer, weights in names.items():
            group = root.create_group(layer)
            group.attrs["weight_names"] = weights
            for name in weights:
                group.create_dataset(name, data=next(remaining))


path = f"{folder}/old.h5"
write_keras2_file(path, model_config, names, old.get_weights())

# %%
# 가중치만 읽기
# -------------
#
# ``load_model``은 층을 만들다가 모르는 옵션을 만나 멈춥니다. 하지만 모델을 코드로 다시 만들면 ``load_weights``가 이
# 파일에서 가중치만 읽어 줍니다. 파일에 적힌 이름을 그대로 따라 ``hard_sigmoid``로 만든 모델과, 위에서 정의한
# ``old_hard_sigmoid``로 만든 모델에 각각 읽어 넣습니다.

try:
    tf.keras.models.load_model(path)
    message = ""
except ValueError as error:
    message = str(error)
print(message)
assert "Unrecognized keyword arguments passed to LSTM" in message
assert "'time_major': False" in message

moved = {
    "by name": build("hard_sigmoid"),
    "by formula": build(old_hard_sigmoid),
}
for name, model in moved.items():
    model.load_weights(path)
    assert all(
        np.array_equal(ours, theirs)
        for ours, theirs in zip(
            model.get_weights(), old.get_weights(), strict=True
        )
    )
    error = np.max(np.abs(model(test_bits) - expected))
    print(f"{name:10} accuracy {accuracy(model):.3f}, off by {error:.4f}")

# %%
# 두 모델의 가중치는 옛 모델과 하나도 다르지 않고, 읽는 동안 오류도 경고도 나오지 않습니다. 그런데 이름을 따른
# 모델은 절반쯤밖에 맞히지 못합니다. 지금의 Keras에서 ``hard_sigmoid``는 직선의 기울기가 6분의 1이기 때문입니다. 옛
# 식으로 계산하는 모델만 옛 모델과 답이 같습니다. 옛 함수에 이름을 등록해 두었으므로, 이 모델은 지금의 형식으로도
# 저장할 수 있습니다.

points = tf.constant([0.0, 1.0])
low, high = tf.keras.activations.hard_sigmoid(points).numpy()
assert np.isclose(high - low, 1 / 6)
assert accuracy(moved["by name"]) < 0.6 < 0.95 < accuracy(old)
assert np.allclose(
    moved["by formula"](test_bits), expected, rtol=0, atol=1e-5
)

moved["by formula"].save(f"{folder}/new.keras")
again = tf.keras.models.load_model(f"{folder}/new.keras")
assert np.allclose(again(test_bits), expected, rtol=0, atol=1e-5)
print(f"accuracy of the new file: {accuracy(again):.3f}")

# %%
# 그림의 왼쪽은 두 함수이고, 오른쪽은 시퀀스 하나에서 센 수입니다. 옛 함수는 2.5에서 1에 닿지만 지금의 함수는
# 3에서야 닿습니다. 그 사이의 값이 들어올 때 옛 모델의 망각 게이트(forget gate)는 활짝 열려 있었지만, 지금의
# 함수로는 덜 열려서 타임스텝마다 기억을 조금씩 흘립니다. 그래서 센 수가 정답에서 점점 벗어납니다.

edges = tf.constant([2.5, 3.0])
assert np.allclose(old_hard_sigmoid(edges), 1)
nearly_open = tf.keras.activations.hard_sigmoid(edges).numpy()
assert nearly_open[0] < 0.95 and nearly_open[1] == 1

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
ink = plt.rcParams["text.color"]
window = (
    "이름이 같은 두 hard_sigmoid와 센 수. 옛 식으로 옮긴 모델은 정답을 "
    "따라가고, 이름만 따른 모델은 점점 벗어남"
)
figure, (curves, lines) = plt.subplots(
    1, 2, figsize=(8, 3.6), width_ratios=[2, 3], num=window
)
x = tf.linspace(-4.0, 4.0, 81)
curves.plot(x, old_hard_sigmoid(x), color=ink, label="Keras 2")
new_curve = tf.keras.activations.hard_sigmoid(x)
curves.plot(x, new_curve, "--", color="tab:orange", label="Keras 3")
curves.set(title="hard_sigmoid", xlabel="x")
curves.legend(frameon=False)
steps = np.arange(1, seq_length + 1)
shown = np.argmax(test_counts[:, -1, 0])
lines.plot(
    steps, test_counts[shown, :, 0], "o", color="gray", label="answer"
)
for (name, model), style, color in zip(
    moved.items(), ["--", "-"], ["tab:orange", ink], strict=True
):
    counted = model(test_bits[shown : shown + 1])[0, :, 0]
    lines.plot(steps, counted, style, color=color, label=f"moved {name}")
lines.set(title="Counting ones", xlabel="time step", ylabel="count")
lines.legend(frameon=False)
plt.show()
