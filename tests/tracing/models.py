"""따라갈 작은 모델들이 함께 쓰는 크기와 번호."""

import numpy as np
import tensorflow as tf

L = tf.keras.layers
BATCH, LENGTH, WIDTH, UNITS = 5, 7, 11, 13
SYMBOLS = {"E": WIDTH, "H": UNITS, "2H": 2 * UNITS}
IDS = np.array([[1, 2, 3, 4, 0, 0, 0][: 7 - blank] + [0] * blank for blank in range(5)])
"""뒤에 0을 채운 번호."""
VECTORS = np.random.default_rng(1).normal(size=(BATCH, LENGTH, WIDTH)).astype("float32")


def embedding(**options: object) -> tf.keras.Layer:
    """번호의 벡터."""
    return L.Embedding(17, WIDTH, **{"mask_zero": True, **options})


def stack(*layers: tf.keras.Layer) -> tf.keras.Model:
    """층을 차례로 쌓은 모델."""
    return tf.keras.Sequential(layers)


class Scale(L.Layer):
    """마스크를 모르는 독자의 층."""

    def call(self, inputs):
        """두 배."""
        return 2.0 * inputs


class Pooling(L.Layer):
    """빈자리를 빼고 무게를 주어 모으는 층."""

    def __init__(self, **options):
        """점수를 매기는 층을 만든다."""
        super().__init__(**options)
        self.score = L.Dense(1, name="score")

    def call(self, inputs, mask=None):
        """점수의 소프트맥스로 평균한다."""
        hidden = (1 - tf.cast(mask, "float32")[..., None]) * -1e9
        return tf.reduce_sum(tf.nn.softmax(self.score(inputs) + hidden, axis=1) * inputs, axis=1)


class SharedTwice(tf.keras.Model):
    """같은 층을 두 번 부르고, 사이에서 층 없이 계산하는 모델."""

    def __init__(self):
        """층을 만든다."""
        super().__init__()
        self.embedding = embedding(name="embedding")
        self.encoder = L.GRU(UNITS, name="encoder")
        self.calls, self.last = 0, None

    def call(self, inputs):
        """두 번 읽은 것을 더한다."""
        self.calls += 1
        vectors = self.embedding(inputs)
        self.last = self.encoder(vectors) + self.encoder(vectors * 2.0)
        return self.last


class Loop(tf.keras.Model):
    """셀을 손으로 돌리는 모델. tf.function 안에서 돈다."""

    def __init__(self):
        """셀과 출력층을 만든다."""
        super().__init__()
        self.cell = L.GRUCell(UNITS, name="cell")
        self.head = L.Dense(WIDTH, name="head")

    @tf.function
    def call(self, inputs):
        """제 출력을 다시 읽는다."""
        states, value, outputs = [tf.zeros([BATCH, UNITS])], inputs[:, 0], []
        for _ in range(LENGTH):
            output, states = self.cell(value, states)
            value = self.head(output)
            outputs.append(value)
        return tf.stack(outputs, axis=1)
