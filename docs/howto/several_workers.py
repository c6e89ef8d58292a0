"""여러 프로세스가 함께 훈련한다. TF_CONFIG를 저마다 다르게 둔다."""

import tensorflow as tf

batch_size, seq_length, input_dim, hidden_dim = 2 * 31, 7, 5, 11
data_size, epochs = 6 * batch_size, 3

# 나머지 프로세스가 모두 시작할 때까지 기다린다. 다른 연산보다 먼저 부른다.
print("waiting for the other workers", flush=True)
strategy = tf.distribute.MultiWorkerMirroredStrategy()
workers = strategy.num_replicas_in_sync

# 시드가 같으므로 프로세스마다 똑같은 데이터가 생긴다.
tf.keras.utils.set_random_seed(1)
inputs = tf.random.normal([data_size, seq_length, input_dim])
targets = tf.reduce_sum(inputs, axis=[1, 2])[:, None]

with strategy.scope():
    model = tf.keras.Sequential(
        [
            tf.keras.Input((seq_length, input_dim)),
            tf.keras.layers.GRU(hidden_dim),
            tf.keras.layers.Dense(1),
        ]
    )
    optimizer = tf.keras.optimizers.Adam(0.01)
    squared_error = tf.keras.losses.MeanSquaredError(reduction=None)
    model.compile(optimizer, "mse")

# 배치 크기는 모두 합한 크기로 적는다. 배치를 프로세스끼리 나누어 갖는다.
by_data = tf.data.experimental.AutoShardPolicy.DATA
options = tf.data.Options()
options.experimental_distribute.auto_shard_policy = by_data
dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
dataset = dataset.batch(batch_size).with_options(options)
dataset = strategy.experimental_distribute_dataset(dataset)


def train_on_share(inputs, targets):
    """제 몫의 배치로 기울기를 구해, 모두의 합으로 가중치를 고친다."""
    with tf.GradientTape() as tape:
        outputs = model(inputs, training=True)
        # 제 몫의 크기가 아니라 전체 배치의 크기로 나눈다.
        loss = tf.reduce_sum(squared_error(targets, outputs)) / batch_size
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


@tf.function
def train(batch):
    """배치 하나로 모든 프로세스가 함께 훈련하고 손실을 모은다."""
    losses = strategy.run(train_on_share, args=batch)
    return strategy.reduce("SUM", losses, axis=None)


[share] = strategy.experimental_local_results(next(iter(dataset))[0])
print("each worker reads", share.shape)
for epoch in range(epochs):
    loss = sum(float(train(batch)) for batch in dataset)
    print(f"epoch {epoch + 1}: loss {loss * batch_size / data_size:.3f}")

if workers > 1:
    try:
        model.fit(inputs, targets, batch_size=batch_size, verbose=0)
    except ValueError as error:
        print(str(error).splitlines()[0])
