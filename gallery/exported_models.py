"""
내보낸 모델의 크기와 속도
=========================

훈련한 모델을 서버나 전화기에 올리기 전에 두 가지가 궁금합니다. 파일은 얼마나 크고, 시퀀스(sequence) 하나에 답하는 데
얼마나 걸릴까요? 이 프로그램에서는 가중치(weight)가 같은 모델 둘을 SavedModel과 LiteRT로 내보내서 크기를 비교하고,
``predict``와 ``tf.function``, 내보낸 파일이 시퀀스 하나에 답하는 시간을 비교합니다. 시간은 컴퓨터마다 다르므로
``tf.function``으로 감싼 모델의 몇 배인지로 나타냅니다.
"""

import tempfile
import warnings
from itertools import product

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 5, 13, 11, 37
folder = tempfile.mkdtemp()
tf.keras.utils.set_random_seed(1)
inputs = np.random.rand(batch_size, seq_length, input_dim)
inputs = inputs.astype("float32")
one = inputs[:1]


def seconds(call, repeat):
    """여러 번 실행하고, 가장 빨랐던 한 번의 시간을 돌려준다."""
    times = []
    for _ in range(repeat):
        start = tf.timestamp()
        call()
        times.append(float(tf.timestamp() - start))
    return min(times)


# %%
# 가중치가 같은 두 모델
# ---------------------
#
# 하나는 ``LSTM``이고, 다른 하나는 그것을 타임스텝(time step)의 수만큼 펼친(unroll) ``LSTM``입니다. 가중치가 같으므로
# 답도 같습니다.


def build(layer):
    """순환층 하나와 Dense로 된 모델."""
    entry = tf.keras.Input((seq_length, input_dim), name="sequences")
    return tf.keras.Sequential([entry, layer, tf.keras.layers.Dense(1)])


models = {
    "LSTM": build(tf.keras.layers.LSTM(hidden_dim)),
    "LSTM, unrolled": build(tf.keras.layers.LSTM(hidden_dim, unroll=True)),
}
models["LSTM, unrolled"].set_weights(models["LSTM"].get_weights())
expected = {name: model(one).numpy() for name, model in models.items()}
assert models["LSTM"](inputs).shape == (batch_size, 1)
assert np.allclose(expected["LSTM"], expected["LSTM, unrolled"], atol=1e-5)

# %%
# 내보내고 여는 법
# ----------------
#
# SavedModel은 폴더이므로 안에 든 파일의 크기를 더합니다. LiteRT 파일은 배치(batch) 크기를 정해서 내보내고, 인터프리터로
# 실행합니다. 인터프리터가 들어 있지 않은 TensorFlow에서는 LiteRT만 빼고 비교합니다.


def folder_size(path):
    """폴더에 든 파일의 크기를 모두 더한 것."""
    return sum(
        tf.io.gfile.stat(tf.io.gfile.join(parent, name)).length
        for parent, _, names in tf.io.gfile.walk(path)
        for name in names
    )


def saved_model(model, path):
    """SavedModel의 크기와, 연 것을 쥐고 부르는 함수."""
    model.export(path, verbose=False)
    opened = tf.saved_model.load(path)
    return folder_size(path), lambda inputs: opened.serve(inputs)


def litert(model, path):
    """LiteRT 파일의 크기와, 이름으로 값을 넣어 부르는 함수."""
    shape = (1, seq_length, input_dim)
    spec = tf.keras.InputSpec(
        shape=shape, dtype="float32", name="sequences"
    )
    model.export(
        path, format="litert", input_signature=[spec], verbose=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 곧 다른 패키지로 옮긴다고 알린다
        run = tf.lite.Interpreter(path).get_signature_runner()
    size = tf.io.gfile.stat(path).length
    return size, lambda inputs: run(sequences=inputs)["output_0"]


exporters = {"SavedModel": (saved_model, "")}
if hasattr(tf, "lite") and hasattr(tf.lite, "Interpreter"):
    exporters["LiteRT"] = (litert, ".tflite")

sizes, ways = {}, {}
for (number, (name, model)), (kind, (export, suffix)) in product(
    enumerate(models.items()), exporters.items()
):
    path = f"{folder}/{number}{suffix}"
    sizes[name, kind], call = export(model, path)
    ways[name, kind] = call
    assert np.allclose(call(one), expected[name], atol=1e-5)

# %%
# 크기
# ----
#
# 가중치는 수 하나에 4바이트입니다. SavedModel에는 가중치 말고도 계산 그래프(graph)가 들어 있어서, 이렇게 작은
# 모델에서는 그래프가 대부분입니다. LiteRT는 그래프를 훨씬 짧게 적습니다. 펼친 모델은 같은 계산을 타임스텝의 수만큼
# 적으므로 어느 형식에서나 더 큽니다.

size_ratio = {}
for (name, kind), size in sizes.items():
    size_ratio[name, kind] = size / (4 * models[name].count_params())
    times = size_ratio[name, kind]
    print(f"{name:15} {kind:11} {times:5.1f} times the size of the weights")

assert sizes["LSTM, unrolled", "SavedModel"] > sizes["LSTM", "SavedModel"]
if "LiteRT" in exporters:
    assert sizes["LSTM", "LiteRT"] < sizes["LSTM", "SavedModel"]
    assert sizes["LSTM, unrolled", "LiteRT"] > sizes["LSTM", "LiteRT"]

# %%
# 시퀀스 하나의 답
# ----------------
#
# ``predict``는 시퀀스 하나를 위해서도 데이터를 나르는 준비를 매번 다시 합니다. 내보낸 SavedModel은 ``tf.function``으로
# 감싼 모델과 같은 일을 합니다. LiteRT는 파이썬과 TensorFlow의 준비 없이 계산만 하므로, 작은 모델에서는 훨씬 빠릅니다.

for name, model in models.items():
    wrapped = tf.function(lambda x, model=model: model(x, training=False))
    ways[name, "tf.function"] = wrapped
    ways[name, "predict"] = lambda x, model=model: model.predict(
        x, verbose=0
    )

kinds = ["predict", "tf.function", *exporters]
ratios = {}
for name, kind in product(models, kinds):
    call = ways[name, kind]
    assert np.allclose(call(one), expected[name], atol=1e-5)
    repeat = 3 if kind == "predict" else 60
    spent = seconds(lambda call=call: call(one), repeat)
    ratios[name, kind] = spent

for name in models:
    base = ratios[name, "tf.function"]
    for kind in kinds:
        ratios[name, kind] /= base
        times = ratios[name, kind]
        print(f"{name:15} {kind:11} {times:6.2f} times tf.function")
    assert ratios[name, "predict"] > 3
    if "LiteRT" in exporters:
        assert ratios[name, "LiteRT"] < 0.9

# %%
# 오른쪽 그림의 가로축은 로그 눈금(log scale)입니다. 왼쪽 점선은 가중치만 적었을 때의 크기이고, 오른쪽 점선은
# ``tf.function``의 시간입니다. 여기에 출력된 배수는 이 컴퓨터와 이 크기의 것이므로, 모델을 쓸 곳에서 다시 재어 보세요.

plt.rcParams.update(
    {"font.size": 10, "figure.constrained_layout.use": True}
)
window = (
    "왼쪽은 내보낸 파일의 크기가 가중치의 몇 배인지, "
    "오른쪽은 시퀀스 하나에 답하는 시간이 tf.function의 몇 배인지. "
    "LiteRT가 가장 작고 빠르며 predict가 가장 느림"
)
figure, panels = plt.subplots(1, 2, figsize=(8, 3.6), num=window)
shades = ["dimgray", "darkgray"]
drawn = [
    (size_ratio, list(exporters), "File size", "times the weights"),
    (ratios, kinds, "One sequence", "times tf.function"),
]
for axes, (found, rows, title, label) in zip(panels, drawn, strict=True):
    for place, (name, shade) in enumerate(zip(models, shades, strict=True)):
        values = [found[name, kind] for kind in rows]
        spots = np.arange(len(rows)) + 0.4 * (place - 0.5)
        bars = axes.barh(spots, values, 0.36, color=shade, label=name)
        written = [f"{value:.{0 if value > 9 else 2}f}" for value in values]
        axes.bar_label(bars, written, padding=2, fontsize=8)
    axes.axvline(1, color="gray", linestyle=":")
    axes.set(title=title, xlabel=label)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xlim(right=1.2 * max(found.values()))
    axes.invert_yaxis()
panels[0].legend(loc="lower right", fontsize=8)
panels[1].set_xscale("log")
panels[1].set_xlim(0.01, 8 * max(ratios.values()))
plt.show()
