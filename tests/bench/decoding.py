"""빔 탐색의 속도와 메모리: ``tf.function``에서 도는 것을 파이썬 반복문과, 진짜 Addons와 비교한 비율.

초는 컴퓨터마다 다르고 같은 컴퓨터에서도 다른 일이 끼어들면 달라진다. 그래서 같은 크기의 모델을 번갈아 실행하며 재고,
가장 짧은 것끼리 나눈 비율을 적는다. Addons는 옛 TensorFlow에만 있어 다른 프로세스에서 돈다. 두 프로세스를 한 번씩
번갈아 움직인다.

.. code-block:: text

    python tests/bench/decoding.py --addons .nox/addons/bin/python
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

BATCH, WIDTH, STEPS, VOCABULARY, MEMORY, UNITS = 64, 5, 50, 512, 20, 128
NEVER = VOCABULARY - 1
"""끝 토큰. 로짓이 아주 작아 아무 행도 끝나지 않으므로, 언제나 ``STEPS`` 걸음을 간다."""


def weights() -> dict[str, np.ndarray]:
    """두 모델이 함께 쓰는 입력과 가중치."""
    rng = np.random.default_rng(0)
    bias = np.zeros(VOCABULARY, "float32")
    bias[NEVER] = -1e9
    return {
        "memory": rng.normal(size=(BATCH, MEMORY, UNITS)).astype("float32"),
        "embedding": rng.normal(size=(VOCABULARY, UNITS)).astype("float32"),
        "bias": bias,
    }


def ours(batch: int = BATCH, width: int = WIDTH, steps: int = STEPS) -> dict[str, Callable[[], Any]]:
    """우리 빔 탐색: 그래프에서 도는 것과, 걸음마다 파이썬으로 도는 것."""
    import keras

    from rnn_shapes import seq2seq

    given = weights()
    memory = tf.constant(np.resize(given["memory"], (batch, MEMORY, UNITS)))
    embedding = tf.constant(given["embedding"])
    cell = seq2seq.AttentionCell(
        keras.layers.GRUCell(UNITS), seq2seq.BahdanauAttention(UNITS), keras.layers.Dense(UNITS, use_bias=False)
    )
    dense = keras.layers.Dense(VOCABULARY)
    dense.build((None, UNITS))
    dense.bias.assign(given["bias"])

    def step(ids: Any, states: Any) -> Any:
        outputs, states = cell(tf.gather(embedding, ids), states)
        return dense(outputs), states

    def search() -> Any:
        start = tf.ones([batch], tf.int32)
        with cell.reading(memory):
            options = {"beam_width": width, "end_token": NEVER, "max_length": steps, "length_penalty": 1.0}
            return seq2seq.beam_search(step, start, cell.get_initial_state(), **options).ids

    graph = tf.function(search)
    return {"tf.function": lambda: graph().numpy(), "python": lambda: search().numpy()}


def addons() -> dict[str, Callable[[], Any]]:
    """같은 크기의 Addons의 빔 탐색. 역시 ``tf.function``에서 돈다."""
    import tensorflow_addons as tfa

    given, keras, seq2seq = weights(), tf.keras, tfa.seq2seq
    tiled = seq2seq.tile_batch(tf.constant(given["memory"]), WIDTH)
    mechanism = seq2seq.BahdanauAttention(UNITS)
    mechanism.setup_memory(tiled)
    cell = seq2seq.AttentionWrapper(keras.layers.GRUCell(UNITS), mechanism, UNITS)
    dense = keras.layers.Dense(VOCABULARY)
    dense.build((None, UNITS))
    dense.bias.assign(given["bias"])
    options = {"output_layer": dense, "maximum_iterations": STEPS, "length_penalty_weight": 1.0}
    decoder = seq2seq.BeamSearchDecoder(cell, WIDTH, **options)

    @tf.function
    def search() -> Any:
        mechanism.setup_memory(tiled)
        state = cell.get_initial_state(batch_size=BATCH * WIDTH, dtype=tf.float32)
        start = tf.ones([BATCH], tf.int32)
        found, _, _ = decoder(tf.constant(given["embedding"]), start_tokens=start, end_token=NEVER, initial_state=state)
        return found.predicted_ids

    return {"addons": lambda: search().numpy()}


def serve() -> None:
    """한 줄을 받을 때마다 Addons를 한 번 움직이고 걸린 초를 적는다."""
    run = addons()["addons"]
    assert run().shape == (BATCH, STEPS, WIDTH)
    print("ready", flush=True)
    for _ in sys.stdin:
        print(seconds(run), flush=True)


def seconds(run: Callable[[], Any]) -> float:
    """한 번 움직이는 데 걸린 시간."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def compare(python: str | None, rounds: int) -> None:
    """번갈아 재어 표로 적는다."""
    runs = ours()
    for run in runs.values():
        assert run().shape == (BATCH, WIDTH, STEPS)
    served = None
    if python:
        command = [python, __file__, "--serve"]
        served = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while served.stdout.readline().strip() != "ready":
            if served.poll() is not None:
                sys.exit("Addons를 움직이지 못했습니다. 그 환경의 파이썬이 맞는지 보세요.")
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(seconds(run))
        if served:
            served.stdin.write("\n")
            served.stdin.flush()
            found.setdefault("addons", []).append(float(served.stdout.readline()))
    if served:
        served.stdin.close()
        served.wait()
    best = {name: min(times) for name, times in found.items()}
    print(f"배치 {BATCH}, 너비 {WIDTH}, 걸음 {STEPS}, 어휘 {VOCABULARY}. {rounds}번 가운데 가장 짧은 것")
    for name, time_ in best.items():
        print(f"  {name:<12} {time_ * 1000:8.0f} ms   tf.function의 {time_ / best['tf.function']:.2f}배")


def memory(batch: int, width: int, steps: int) -> float:
    """새 프로세스에서 한 번 찾을 때 늘어난 메모리(MB)."""
    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import resource, decoding
run = decoding.ours(batch={batch}, width={width}, steps={steps})["tf.function"]
small = decoding.ours(batch=1, width=1, steps=2)["tf.function"]
small()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
run()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """속도와 메모리를 재어 적는다."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--addons", metavar="PYTHON", help="Addons가 있는 환경의 파이썬")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="배치와 너비, 걸음을 늘리며 메모리도 잰다")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    compare(given.addons, given.rounds)
    if given.memory:
        for batch, width, steps in ((64, 5, 50), (128, 5, 50), (64, 10, 50), (64, 5, 100)):
            print(f"  배치 {batch}, 너비 {width}, 걸음 {steps}: {memory(batch, width, steps):.0f} MB")


if __name__ == "__main__":
    main()
