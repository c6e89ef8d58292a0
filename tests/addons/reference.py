"""진짜 TensorFlow Addons로 자료를 만든다: 가중치와 입력, 그것에서 나온 출력. 시험이 우리 것을 이 자료와 비교한다.

TensorFlow 2.15와 Addons 0.23이 있는 환경에서 실행한다. ``python3.11 noxfile.py addons-reference``가 그 환경을 만든다.

.. code-block:: text

    python tests/addons/reference.py                         # 저장소의 자료를 다시
    python tests/addons/reference.py --check                 # 몇 경우만 만들어 저장소의 것과 비교
    python tests/addons/reference.py other.npz --seed 7      # 다른 가중치와 크기
    ADDONS_REFERENCE=other.npz pytest tests/seq2seq          # 시험을 그 자료로
"""

import argparse
import itertools
import sys
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
import tensorflow_addons as tfa

seq2seq = tfa.seq2seq
keras = tf.keras
tf.get_logger().setLevel("CRITICAL")  # 쓰지 않은 TensorArray가 있다는 말이 셀을 부를 때마다 나온다

HERE = Path(__file__).with_name("reference.npz")
Case = dict[str, Any]


class Sizes:
    """크기. 시드가 다르면 크기도 다르다."""

    def __init__(self, seed: int) -> None:
        """시드에서 크기를 정한다."""
        more = 3 * (seed % 5)
        self.batch, self.memory, self.memory_dim = 5 + more, 6 + more, 7 + more
        self.units, self.inputs, self.steps = 8 + more, 3 + more, 4 + more
        self.attention, self.layer, self.vocabulary, self.frame = 9 + more, 10 + more, 17 + more, 2 + more


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """정규 분포에서 뽑은 float32 배열."""
    return (scale * rng.normal(size=shape)).astype("float32")


def weight(rng: np.random.Generator, *shape: int, gain: float = 1.0) -> np.ndarray:
    """출력의 크기가 입력과 비슷한 가중치. 더 크면 float32의 끝자리가 걸음마다 불어나 아무것도 비교할 수 없다."""
    return normal(rng, *shape, scale=gain / np.sqrt(shape[0]))


def weighted(layer: Any, rng: np.random.Generator, gain: float = 1.0) -> dict[str, np.ndarray]:
    """층의 가중치를 난수로 바꾸고, 이름으로 돌려준다."""
    layer.set_weights([weight(rng, *one.shape, gain=gain) for one in layer.weights])
    names = {1: ("kernel",), 2: ("kernel", "bias"), 3: ("kernel", "recurrent_kernel", "bias")}[len(layer.weights)]
    return dict(zip(names, layer.get_weights(), strict=True))


def flat(case: Case, prefix: str = "") -> dict[str, np.ndarray]:
    """겹친 딕셔너리를 ``/``로 이은 이름의 배열로 편다."""
    found: dict[str, np.ndarray] = {}
    for name, value in case.items():
        if isinstance(value, dict):
            found.update(flat(value, f"{prefix}{name}/"))
        else:
            found[f"{prefix}{name}"] = np.asarray(value)
    return found


MECHANISMS = {
    "luong": (seq2seq.LuongAttention, {}),
    "luong_scaled": (seq2seq.LuongAttention, {"scale": True}),
    "luong_hardmax": (seq2seq.LuongAttention, {"probability_fn": "hardmax"}),
    "bahdanau": (seq2seq.BahdanauAttention, {}),
    "bahdanau_normalized": (seq2seq.BahdanauAttention, {"normalize": True}),
    "luong_monotonic": (seq2seq.LuongMonotonicAttention, {"mode": "parallel"}),
    "bahdanau_monotonic": (seq2seq.BahdanauMonotonicAttention, {"mode": "recursive"}),
    "luong_monotonic_hard": (seq2seq.LuongMonotonicAttention, {"mode": "hard"}),
}


EVERYTHING = [(False, False), (False, True), (True, False), (True, True)]
BRIEFLY = [(True, False)]
"""메모리의 길이를 주는지, 어텐션 층을 두는지."""


def attention_given(size: Sizes, seed: int) -> Case:
    """어텐션의 모든 경우가 나누어 쓰는 입력과 가중치. 이름은 우리 쪽의 것이다."""
    rng = np.random.default_rng([seed, 1])
    given: Case = {
        "memory": normal(rng, size.batch, size.memory, size.memory_dim),
        "inputs": normal(rng, size.batch, size.steps, size.inputs),
        "lengths": rng.integers(1, size.memory + 1, size.batch),
        "h": normal(rng, size.batch, size.units),
        "c": normal(rng, size.batch, size.units),
        "layer": weight(rng, size.units + size.memory_dim, size.layer),
        "luong": {"memory_layer": weight(rng, size.memory_dim, size.units)},
        "bahdanau": {
            "query_layer": weight(rng, size.units, size.attention),
            "memory_layer": weight(rng, size.memory_dim, size.attention),
            "attention_v": normal(rng, size.attention),
            "attention_b": normal(rng, size.attention),
        },
    }
    for shared in (given["luong"], given["bahdanau"]):
        shared |= {"attention_g": normal(rng), "score_bias": normal(rng)}
    for cell, gates in (("lstm", 4), ("gru", 3)):
        for name, attention in (("", size.memory_dim), ("_layer", size.layer)):
            given[cell + name] = {
                "kernel": weight(rng, size.inputs + attention, gates * size.units),
                "recurrent_kernel": weight(rng, size.units, gates * size.units),
                "bias": normal(rng, *[2] * (cell == "gru"), gates * size.units, scale=0.5),
            }
    return given


def set_attention(mechanism: Any, weights: dict[str, np.ndarray]) -> None:
    """어텐션의 가중치를 이름대로 바꾼다. Addons의 이름은 종류마다 다르다."""
    theirs = {"query_layer": "query_layer", "memory_layer": "memory_layer", "score_bias": "attention_score_bias"}
    theirs["attention_g"] = "scale_weight" if isinstance(mechanism, seq2seq.LuongAttention) else "attention_g"
    for name, value in weights.items():
        found = getattr(mechanism, theirs.get(name, name), None)
        if found is not None:
            getattr(found, "kernel", found).assign(value)


def attended(name: str, lengths: bool, layer: bool, given: Case, output_attention: bool = True) -> Case:
    """어텐션을 단 셀로 시퀀스를 읽는다."""
    kind, options = MECHANISMS[name]
    family, inner = ("luong", "lstm") if name.startswith("luong") else ("bahdanau", "gru")
    weights = given[family]
    mechanism = kind(weights["memory_layer"].shape[1], **options)
    memory = tf.constant(given["memory"])
    limits = tf.constant(given["lengths"]) if lengths else None
    mechanism.setup_memory(memory, limits)
    batch, units = given["h"].shape
    keras_cell = keras.layers.LSTMCell(units) if inner == "lstm" else keras.layers.GRUCell(units)
    size = given["layer"].shape[1] if layer else None
    cell = seq2seq.AttentionWrapper(
        keras_cell, mechanism, size, alignment_history=True, output_attention=output_attention
    )
    # 가중치를 만든다
    cell(tf.constant(given["inputs"][:, 0]), cell.get_initial_state(None, batch, tf.float32))
    keras_cell.set_weights(list(given[inner + "_layer" * layer].values()))
    set_attention(mechanism, weights)
    if layer:
        cell._attention_layers[0].set_weights([given["layer"]])
    mechanism.setup_memory(memory, limits)
    first = [tf.constant(given[state]) for state in ("h", "c")]
    state = cell.get_initial_state(batch_size=batch, dtype=tf.float32)
    state = state.clone(cell_state=first if inner == "lstm" else first[0])
    decoder = seq2seq.BasicDecoder(cell, seq2seq.TrainingSampler())
    outputs, last, _ = decoder(tf.constant(given["inputs"]), initial_state=state)
    return {
        "outputs": outputs.rnn_output,
        "alignments": tf.transpose(last.alignment_history.stack(), [1, 0, 2]),
        "last_state": tf.nest.flatten(last.cell_state)[-1],
        "last_attention": last.attention,
    }


def attention(size: Sizes, seed: int) -> Case:
    """어텐션마다, 메모리의 길이와 어텐션 층이 있고 없는 경우."""
    given = attention_given(size, seed)
    found: Case = {}
    for name in MECHANISMS:
        for lengths, layer in BRIEFLY if "mono" in name or "hard" in name else EVERYTHING:
            found[name + "+lengths" * lengths + "+layer" * layer] = attended(name, lengths, layer, given)
    found["bahdanau+lengths+layer+cell"] = attended("bahdanau", True, True, given, output_attention=False)
    return {"given": given, "found": found}


class Translator:
    """어텐션을 단 디코더 하나와 그 가중치. 끝나는 행도 있고 끝나지 않는 행도 있다."""

    START, END, STEPS = 1, 2, 12

    def __init__(self, size: Sizes, seed: int, attempt: int) -> None:
        """가중치를 정한다."""
        rng = np.random.default_rng([seed, 5, attempt])
        self.size = size
        self.memory = normal(rng, size.batch, size.memory, size.memory_dim)
        self.lengths = rng.integers(1, size.memory + 1, size.batch)
        self.embedding = normal(rng, size.vocabulary, size.inputs, scale=2)
        self.first = normal(rng, size.batch, size.units)
        self.start = np.full(size.batch, self.START, "int32")
        self.mechanism = seq2seq.BahdanauAttention(size.attention)
        self.mechanism.setup_memory(tf.constant(self.memory))
        self.inner = keras.layers.GRUCell(size.units)
        self.cell = seq2seq.AttentionWrapper(self.inner, self.mechanism, size.layer, alignment_history=True)
        self.cell(tf.zeros([size.batch, size.inputs]), self.cell.get_initial_state(None, size.batch, tf.float32))
        self.dense = keras.layers.Dense(size.vocabulary)
        self.dense.build((None, size.layer))
        self.weights = {
            "cell": weighted(self.inner, rng, 1.5),
            "layer": weighted(self.cell._attention_layers[0], rng),
            "dense": weighted(self.dense, rng, 3.0),
            "attention": {
                "query_layer": weight(rng, size.units, size.attention),
                "memory_layer": weight(rng, size.memory_dim, size.attention),
                "attention_v": normal(rng, size.attention),
            },
        }
        set_attention(self.mechanism, self.weights["attention"])

    def state(self, width: int = 1) -> Any:
        """``width``번 되풀이한 처음 상태."""
        tile = seq2seq.tile_batch
        self.mechanism.setup_memory(tile(tf.constant(self.memory), width), tile(tf.constant(self.lengths), width))
        state = self.cell.get_initial_state(batch_size=self.size.batch * width, dtype=tf.float32)
        return state.clone(cell_state=tile(tf.constant(self.first), width))

    def given(self) -> Case:
        """시험에 필요한 것."""
        return {
            "memory": self.memory,
            "lengths": self.lengths,
            "embedding": self.embedding,
            "state": self.first,
            "weights": self.weights,
        }

    def greedy(self, impute_finished: bool) -> Case:
        """탐욕 디코딩."""
        decoder = seq2seq.BasicDecoder(
            self.cell,
            seq2seq.GreedyEmbeddingSampler(),
            self.dense,
            maximum_iterations=self.STEPS,
            impute_finished=impute_finished,
        )
        # impute_finished는 TensorArray를 얼리지 못해도 나머지를 얼린다
        outputs, last, lengths = decoder(
            tf.constant(self.embedding), start_tokens=self.start, end_token=self.END, initial_state=self.state()
        )
        return {
            "ids": outputs.sample_id,
            "lengths": lengths,
            "logits": outputs.rnn_output,
            "last_state": last.cell_state,
            "alignments": tf.transpose(last.alignment_history.stack(), [1, 0, 2]),
        }

    def beam(self, width: int, penalty: float, coverage: float = 0.0, end: int = END) -> Case:
        """빔 탐색."""
        decoder = seq2seq.BeamSearchDecoder(
            self.cell,
            width,
            output_layer=self.dense,
            maximum_iterations=self.STEPS,
            length_penalty_weight=penalty,
            coverage_penalty_weight=coverage,
        )
        outputs, last, _ = decoder(
            tf.constant(self.embedding), start_tokens=self.start, end_token=end, initial_state=self.state(width)
        )
        found = {
            "ids": outputs.predicted_ids,
            "lengths": last.lengths,
            "scores": outputs.beam_search_decoder_output.scores[:, -1],
            "log_probs": last.log_probs,
        }
        if width == 3:
            found |= {"last_state": last.cell_state.cell_state, "alignments": last.cell_state.alignment_history}
        return found


def disordered(beams: Case) -> bool:
    """시퀀스의 차례와 점수의 차례가 어긋난 행이 있는가. 빔이 먼저 다 끝난 행에서 그렇게 된다."""
    ended = np.transpose(beams["ids"], [0, 2, 1]) == Translator.END
    lengths = np.where(ended.any(-1), ended.argmax(-1) + 1, ended.shape[-1])
    return bool(np.any(lengths != beams["lengths"]))


def decoded(size: Sizes, seed: int) -> Case:
    """탐욕 디코딩과, 너비와 길이 벌점마다의 빔 탐색.

    먼저 끝나는 행이 둘, 끝나지 않는 행이 하나, 빔의 차례가 어긋난 행이 하나는 있는 가중치를 찾는다.
    """
    for attempt in itertools.count():
        model = Translator(size, seed, attempt)
        raw = model.greedy(False)
        early = np.sum(raw["lengths"] < Translator.STEPS)
        if 2 <= early < size.batch and disordered(model.beam(5, 1.0)):
            break
    found: Case = {"given": model.given(), "greedy": {"raw": raw}}
    found["greedy"]["imputed"] = {name: model.greedy(True)[name] for name in ("ids", "lengths", "last_state")}
    found["beam"] = {
        f"{width}_{penalty}": model.beam(width, float(penalty)) for width in (1, 3, 5) for penalty in (0, 1)
    }
    found["beam_coverage"] = {"3": model.beam(3, 1.0, 0.5)}
    return found


MODES = {
    "weights_both": {},
    "weights_timesteps": {"average_across_batch": False},
    "weights_batch": {"average_across_timesteps": False},
    "none": {"average_across_timesteps": False, "average_across_batch": False},
    "count_both": {
        "average_across_timesteps": False,
        "average_across_batch": False,
        "sum_over_timesteps": True,
        "sum_over_batch": True,
    },
    "count_timesteps": {
        "average_across_timesteps": False,
        "average_across_batch": False,
        "sum_over_timesteps": True,
    },
    "count_batch": {"average_across_timesteps": False, "average_across_batch": False, "sum_over_batch": True},
}


def losses(size: Sizes, seed: int) -> Case:
    """손실을 평균하는 법마다. 무게는 0과 1만이 아니고, 모두 0인 행과 타임스텝이 있다."""
    rng = np.random.default_rng([seed, 6])
    logits = normal(rng, size.batch, size.steps, size.vocabulary)
    targets = rng.integers(0, size.vocabulary, (size.batch, size.steps))
    weights = (rng.random((size.batch, size.steps)) * (rng.random((size.batch, size.steps)) > 0.3)).astype("float32")
    weights[0], weights[:, -1] = 0, 0
    found = {name: seq2seq.sequence_loss(logits, targets, weights, **options) for name, options in MODES.items()}
    hot = np.eye(size.vocabulary, dtype="float32")[targets]
    found["one_hot"] = seq2seq.sequence_loss(logits, hot, weights)
    found["class"] = seq2seq.SequenceLoss()(targets, logits, weights)
    return {"logits": logits, "targets": targets, "sample_weight": weights, "losses": found}


def fed_back(size: Sizes, seed: int, factor: int) -> Case:
    """한 걸음에 프레임 여럿을 내고 마지막 것을 다음 입력으로 쓴다."""
    rng = np.random.default_rng([seed, 7, factor])
    cell, dense = keras.layers.GRUCell(size.units), keras.layers.Dense(factor * size.frame)
    cell.build((None, size.frame))
    dense.build((None, size.units))
    weights = {"cell": weighted(cell, rng), "dense": weighted(dense, rng)}
    sampler = seq2seq.InferenceSampler(
        sample_fn=lambda outputs: outputs[:, -size.frame :],
        sample_shape=[size.frame],
        sample_dtype=tf.float32,
        end_fn=lambda frames: tf.fill([size.batch], False),
    )
    decoder = seq2seq.BasicDecoder(cell, sampler, dense, maximum_iterations=size.steps)
    state = normal(rng, size.batch, size.units)
    outputs, last, _ = decoder(tf.zeros([size.batch, size.frame]), initial_state=tf.constant(state))
    return {"weights": weights, "state": state, "outputs": outputs.rnn_output, "last_state": last}


def scheduled(size: Sizes, seed: int) -> Case:
    """예정 표집: 확률이 0일 때, 그리고 1일 때 고른 것과 로짓."""
    rng = np.random.default_rng([seed, 8])
    embedding = normal(rng, size.vocabulary, size.inputs)
    ids = rng.integers(0, size.vocabulary, (size.batch, size.steps))
    cell, dense = keras.layers.GRUCell(size.units), keras.layers.Dense(size.vocabulary)
    cell.build((None, size.inputs))
    dense.build((None, size.units))
    found: Case = {"embedding": embedding, "ids": ids, "weights": {"cell": weighted(cell, rng)}}
    found["weights"]["dense"] = weighted(dense, rng)
    for name, probability in (("never", 0.0), ("always", 1.0)):
        sampler = seq2seq.ScheduledEmbeddingTrainingSampler(probability, seed=seed, scheduling_seed=seed)
        decoder = seq2seq.BasicDecoder(cell, sampler, dense)
        outputs, _, _ = decoder(
            tf.gather(embedding, ids), embedding=embedding, initial_state=tf.zeros([size.batch, size.units])
        )
        found[name] = {"ids": outputs.sample_id, "logits": outputs.rnn_output}
    return found


def scheduled_frames(size: Sizes, seed: int) -> Case:
    """번호가 아니라 출력을 그대로 다음 입력으로 쓰는 예정 표집."""
    rng = np.random.default_rng([seed, 10])
    frames = normal(rng, size.batch, size.steps, size.inputs)
    cell, dense = keras.layers.GRUCell(size.units), keras.layers.Dense(size.inputs)
    cell.build((None, size.inputs))
    dense.build((None, size.units))
    found: Case = {"frames": frames, "weights": {"cell": weighted(cell, rng), "dense": weighted(dense, rng)}}
    for name, probability in (("never", 0.0), ("always", 1.0)):
        decoder = seq2seq.BasicDecoder(cell, seq2seq.ScheduledOutputTrainingSampler(probability), dense)
        outputs, _, _ = decoder(tf.constant(frames), initial_state=tf.zeros([size.batch, size.units]))
        found[name] = outputs.rnn_output
    return found


def small(size: Sizes, seed: int) -> Case:
    """작은 함수들."""
    rng = np.random.default_rng([seed, 9])
    choosing = rng.random((size.batch, size.memory)).astype("float32")
    previous = rng.dirichlet(np.ones(size.memory), size.batch).astype("float32")
    hard = np.eye(size.memory, dtype="float32")[rng.integers(0, size.memory, size.batch)]
    parents = rng.integers(0, 3, (size.steps, size.batch, 3)).astype("int32")
    steps = rng.integers(0, size.vocabulary, (size.steps, size.batch, 3)).astype("int32")
    lengths = rng.integers(1, size.steps + 1, (size.batch, 3)).astype("int32")
    values = normal(rng, size.steps, size.batch, 3, 2)
    return {
        "choosing": choosing,
        "previous": previous,
        "hard_previous": hard,
        "monotonic": {
            "parallel": seq2seq.monotonic_attention(choosing, previous, "parallel"),
            "recursive": seq2seq.monotonic_attention(choosing, previous, "recursive"),
            "hard": seq2seq.monotonic_attention(np.round(choosing), hard, "hard"),
        },
        "safe_cumprod": seq2seq.safe_cumprod(choosing, axis=1, exclusive=True),
        "hardmax": seq2seq.hardmax(choosing),
        "parents": parents,
        "steps": steps,
        "lengths": lengths,
        "values": values,
        "gather_tree": seq2seq.gather_tree(steps, parents, lengths.max(1), 2),
        "gather_tree_from_array": seq2seq.gather_tree_from_array(values, parents, lengths),
        "tile_batch": seq2seq.tile_batch(choosing, 3),
    }


def names() -> np.ndarray:
    """Addons가 공개한 이름."""
    modules = {"attention_wrapper", "basic_decoder", "beam_search_decoder", "decoder", "loss", "sampler"}
    return np.array([name for name in sorted(dir(seq2seq)) if not name.startswith("_") and name not in modules])


def reference(seed: int) -> dict[str, np.ndarray]:
    """자료 전체."""
    size = Sizes(seed)
    return flat(
        {
            "attention": attention(size, seed),
            "decoding": decoded(size, seed),
            "loss": losses(size, seed),
            "feedback": {str(factor): fed_back(size, seed, factor) for factor in (1, 2, 3)},
            "scheduled": scheduled(size, seed),
            "scheduled_frames": scheduled_frames(size, seed),
            "small": small(size, seed),
            "names": names(),
        }
    )


def changed() -> list[str]:
    """몇 경우를 다시 만들어, 저장소의 자료와 다른 것의 이름을 돌려준다."""
    size = Sizes(0)
    given = attention_given(size, 0)
    found = {"bahdanau_normalized+lengths+layer": attended("bahdanau_normalized", True, True, given)}
    again: Case = {"attention": {"given": given, "found": found}}
    again |= {"loss": losses(size, 0), "feedback": {"2": fed_back(size, 0, 2)}, "names": names()}
    with np.load(HERE) as kept:
        return [key for key, value in flat(again).items() if not same(value, kept[key])]


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """글은 똑같고, 수는 컴퓨터마다 다를 수 있는 끝자리까지 같은가."""
    return np.array_equal(one, other) if one.dtype.kind == "U" else np.allclose(one, other, rtol=1e-5, atol=1e-6)


def main() -> None:
    """자료를 만들어 파일에 적는다."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=HERE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", action="store_true", help="적지 않고, 몇 경우가 저장소의 자료와 같은지만 본다")
    given = parser.parse_args()
    if not given.check:
        np.savez_compressed(given.file, **reference(given.seed))
        return
    if found := changed():
        sys.exit(
            f"Addons가 자료와 다른 값을 냈습니다: {', '.join(found)}. noxfile.py addons-reference로 다시 만드세요."
        )
    print("Addons가 낸 값이 자료와 같습니다.")


if __name__ == "__main__":
    main()
