"""
여러 장치로 훈련하기
====================

장치(device)가 둘이면 배치(batch)를 반씩 나누어 동시에 계산할 수 있습니다. TensorFlow에서는 ``MirroredStrategy``가 그
일을 합니다. 장치마다 모델의 복제본(replica)을 두고, 복제본이 저마다 구한 기울기(gradient)를 모아 모두 똑같이
가중치(weight)를 고칩니다. 그런데 장치를 늘리면 배치 크기와 손실(loss)의 뜻이 달라져서, 코드를 그대로 두면 조용히
틀리는 곳이 생깁니다. 이 프로그램에서는 CPU 하나를 둘인 것처럼 나누어 같은 모델을 훈련해 보고, 한 장치로 훈련한 결과와
비교합니다.
"""

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

# %%
# 장치를 둘로 나누기
# ------------------
#
# 그래픽 카드가 둘이라면 이 단계는 필요 없습니다. 여기서는 어느 컴퓨터에서나 실행되도록 CPU 하나를 논리 장치(logical
# device) 둘로 나눕니다. 장치는 TensorFlow가 첫 연산을 하기 전에 나누어야 합니다. 같은 CPU를 나누어 쓰는 것이므로
# 빨라지지는 않지만, 모델이 보는 형태(shape)와 값은 장치가 정말 둘일 때와 같습니다.

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(
    cpu, [tf.config.LogicalDeviceConfiguration()] * 2
)
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
replicas = strategy.num_replicas_in_sync
assert replicas == 2

replica_batch_size, seq_length, input_dim, hidden_dim = 31, 7, 5, 11
batch_size = replicas * replica_batch_size
data_size, epochs = 10 * batch_size, 6

rng = np.random.default_rng(1)
inputs = rng.normal(size=(data_size, seq_length, input_dim))
inputs = inputs.astype("float32")
targets = inputs.sum(axis=(1, 2))[:, None]

# %%
# 한 장치와 두 장치의 손실
# ------------------------
#
# 바꿀 코드는 한 줄입니다. 모델과 옵티마이저(optimizer)를 ``strategy.scope()`` 안에서 만들면 됩니다. ``fit``은 그대로
# 부릅니다. 똑같은 가중치에서 시작하도록 시드(seed)를 정하고, 배치의 순서도 같게 합니다.


def build():
    """시퀀스를 읽고 모든 값의 합을 맞히는 모델."""
    tf.keras.utils.set_random_seed(1)
    model = tf.keras.Sequential(
        [
            tf.keras.Input((seq_length, input_dim)),
            tf.keras.layers.GRU(hidden_dim),
            tf.keras.layers.Dense(1),
        ]
    )
    model.compile(tf.keras.optimizers.Adam(0.02), "mse", jit_compile=False)
    return model


on_one = build()
with strategy.scope():
    on_two = build()

at_start = on_two.get_weights()
losses = {}
for name, model in {"one device": on_one, "two devices": on_two}.items():
    history = model.fit(
        inputs, targets, batch_size, epochs, shuffle=False, verbose=0
    )
    losses[name] = np.array(history.history["loss"])
    print(f"{name:11}", *[f"{loss:.4f}" for loss in losses[name]])
assert np.allclose(*losses.values(), rtol=1e-4)
assert losses["two devices"][-1] < losses["two devices"][0] / 2

# %%
# 에포크(epoch)마다 손실이 같습니다. 그러므로 ``fit``의 ``batch_size``는 복제본 하나가 아니라 **모든 복제본을 합한
# 배치의 크기**입니다. 복제본마다 이만큼씩 읽었다면 한 에포크에 가중치를 고치는 횟수가 줄어서 손실이 달랐을 것입니다.
#
# 이것은 배치 크기를 그대로 두면 장치를 늘려도 장치마다 할 일이 줄어들 뿐이라는 뜻이기도 합니다. 장치가 노는 것이
# 싫다면 배치 크기를 장치의 수만큼 곱하세요. 그 대신 한 에포크에 가중치를 고치는 횟수가 줄어들므로 학습률(learning
# rate)도 다시 골라야 합니다.
#
# 복제본이 보는 형태
# ------------------
#
# 배치를 어떻게 나누는지 보려고, 배치 하나를 데이터셋(dataset)에서 꺼내 복제본마다 자기 몫의 형태를 확인합니다. 수가
# 나누어 떨어지지 않는 배치도 넣어 봅니다.


def shares(size):
    """size개짜리 배치를 복제본마다 나누어 가진 것."""
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    dataset = dataset.take(size).batch(size)
    batch = next(iter(strategy.experimental_distribute_dataset(dataset)))
    return batch, strategy.experimental_local_results(batch[0])


batch, (first, second) = shares(batch_size)
assert first.shape == (replica_batch_size, seq_length, input_dim)
assert second.shape == (replica_batch_size, seq_length, input_dim)
assert np.array_equal(np.concatenate([first, second]), inputs[:batch_size])
_, odd = shares(11)
print("a batch of 62 becomes", first.shape, second.shape)
print("a batch of 11 becomes", *[share.shape for share in odd])
assert [len(share) for share in odd] == [6, 5]

# %%
# 배치의 앞쪽은 첫 복제본에, 뒤쪽은 둘째 복제본에 갑니다. 나누어떨어지지 않으면 앞의 복제본이 하나 더 가져갑니다.
# 가중치는 나누지 않고 복제본마다 똑같은 것을 하나씩 둡니다. 훈련을 마친 뒤에도 서로 같은지 확인합니다.

kernel = on_two.layers[0].cell.kernel.value
copies = strategy.experimental_local_results(kernel)
for copy in copies:
    assert copy.shape == (input_dim, 3 * hidden_dim)
    print(copy.device.rpartition("device:")[2], f"{np.sum(copy):.6f}")
assert np.array_equal(*copies)

# %%
# 직접 훈련할 때의 함정
# ---------------------
#
# 훈련하는 반복문을 직접 적을 때는 손실을 나누는 수를 조심해야 합니다. 복제본의 기울기는 **더해서** 쓰기 때문입니다.
# 손실을 전체 배치의 크기로 나누면 더한 것이 전체의 평균이 됩니다. 그런데 복제본마다 자기 몫의 평균을 구하면 평균을
# 여럿 더하는 셈입니다. 두 방법으로 구한 기울기를 한 장치에서 구한 기울기와 비교합니다.


def gradient(model, inputs, targets, divisor):
    """오차의 제곱의 합을 divisor로 나눈 손실의 기울기."""
    with tf.GradientTape() as tape:
        errors = model(inputs) - targets
        loss = tf.reduce_sum(errors**2) / divisor
    return tape.gradient(loss, model.trainable_variables[0])


@tf.function
def summed(divisor):
    """두 복제본이 구한 기울기를 더한 것."""
    run = strategy.run(gradient, args=(on_two, *batch, divisor))
    return strategy.reduce("SUM", run, axis=None)


on_one.set_weights(at_start)
with strategy.scope():
    on_two.set_weights(at_start)
expected = gradient(
    on_one, inputs[:batch_size], targets[:batch_size], batch_size
)
by_whole = summed(batch_size)
by_share = summed(replica_batch_size)
assert by_whole.shape == (input_dim, 3 * hidden_dim)
assert np.allclose(by_whole, expected, rtol=1e-3, atol=1e-5)
ratio = np.linalg.norm(by_share) / np.linalg.norm(expected)
print(f"divided by the share: {ratio:.2f} times the gradient")
assert np.isclose(ratio, replicas, rtol=1e-3)

# %%
# 전체 배치의 크기로 나누면 한 장치에서 구한 기울기와 같고, 자기 몫의 크기로 나누면 복제본의 수만큼 커집니다. 오류가
# 나지 않고 학습률을 올린 것처럼 보이므로 알아차리기 어렵습니다.
#
# 상태를 이어받는 층
# ------------------
#
# 상태 유지(stateful) 층은 배치 크기를 미리 정해 두고 예제마다 상태(state)를 하나씩 둡니다. 장치가 둘이면 층이 읽는 것은
# 배치 전체가 아니라 복제본의 몫이므로, 배치 크기도 **복제본의 몫**으로 정해야 합니다. 두 크기를 모두 시험하고, 맞는
# 쪽으로는 시퀀스를 두 조각으로 나누어 이어 읽습니다.


def keeping(size):
    """조각을 읽고 상태를 다음 조각에 넘기는 층."""
    tf.keras.utils.set_random_seed(1)
    layer = tf.keras.layers.GRU(hidden_dim, stateful=True)
    layer.build((size, seq_length, input_dim))
    return layer


def read(layer, *pieces):
    """복제본마다 자기 몫의 조각을 이어 읽고, 마지막 출력을 모은 것."""
    for piece in pieces:
        dataset = tf.data.Dataset.from_tensors(piece).rebatch(batch_size)
        dataset = strategy.experimental_distribute_dataset(dataset)
        outputs = strategy.run(layer, args=[next(iter(dataset))])
    return np.concatenate(strategy.experimental_local_results(outputs))


with strategy.scope():
    whole, share = keeping(batch_size), keeping(replica_batch_size)
first, second = inputs[:batch_size], inputs[batch_size : 2 * batch_size]
try:
    read(whole, first)
except ValueError as error:
    message = str(error)
assert f"Expected batch size: {batch_size}" in message
assert f"Received batch size: {replica_batch_size}" in message
print(f"a layer for {batch_size} refuses a share of {replica_batch_size}")

together = read(share, first, second)
alone = keeping(batch_size)
alone(first)
expected = alone(second)
assert np.allclose(together, expected, atol=1e-5)
share.reset_states()
disordered = read(share, first, second[::-1])[::-1]
assert not np.allclose(disordered, expected, atol=0.01)
print("two pieces, two devices:", together.shape)

# %%
# 배치 전체의 크기로 정한 층은 자기 몫과 맞지 않아 오류를 냅니다. 몫의 크기로 정한 층은 복제본마다 제 상태를 두고
# 이어받아, 한 장치에서 이어 읽은 것과 같은 출력을 냅니다. 그러므로 다음 조각에서도 예제의 차례를 지켜야 합니다. 차례를
# 뒤집어 넣으면 예제가 다른 복제본으로 가서 남의 상태를 이어받는데, 오류는 나지 않고 출력만 달라집니다. 배치를 나누어
# 떨어지지 않는 크기로 묶으면 복제본마다 몫이 달라지므로 배치 크기는 복제본의 수의 배수로 정하세요.
#
# 그림은 손실입니다. 선은 한 장치, 점은 두 장치입니다. 배치 크기를 그대로 두면 두 장치의 손실이 한 장치의 손실과
# 겹칩니다. 배치 크기를 장치의 수만큼 곱하면 가중치를 고치는 횟수가 절반이 되어, 같은 학습률로는 손실이 천천히
# 줄어듭니다.

with strategy.scope():
    on_two.optimizer.learning_rate = 0.02
    for variable in on_two.optimizer.variables[2:]:
        variable.assign(tf.zeros_like(variable))
larger = on_two.fit(
    inputs,
    targets,
    replicas * batch_size,
    epochs,
    shuffle=False,
    verbose=0,
).history["loss"]
assert larger[-1] > losses["two devices"][-1]

plt.rcParams.update(
    {"font.size": 11, "figure.constrained_layout.use": True}
)
figure, axes = plt.subplots(
    figsize=(6.4, 3.6),
    num="한 장치와 두 장치의 손실. 배치 크기가 같으면 겹치고, 두 배로 "
    "키우면 천천히 줄어듦",
)
steps = np.arange(1, epochs + 1)
axes.plot(steps, losses["one device"], color="#0072B2", label="one device")
axes.plot(
    steps,
    losses["two devices"],
    "o",
    color="#D55E00",
    label="two devices, same batch size",
)
axes.plot(
    steps,
    larger,
    "s--",
    color="#CC79A7",
    label="two devices, doubled batch size",
)
axes.set(title="Loss on one and two devices", xlabel="epoch", ylabel="loss")
axes.legend(frameon=False)
plt.show()
