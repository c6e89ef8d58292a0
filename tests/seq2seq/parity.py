"""Addons로 만든 자료를 읽고, 같은 가중치로 우리 것을 만든다."""

import os
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from rnn_shapes import seq2seq

REFERENCE = Path(os.environ.get("ADDONS_REFERENCE", Path(__file__).parents[1] / "addons" / "reference.npz"))
"""``noxfile.py addons-reference``가 만든 자료. 다른 시드로 만든 것은 환경 변수로 준다."""


def read() -> dict[str, Any]:
    """자료를 겹친 딕셔너리로."""
    found: dict[str, Any] = {}
    with np.load(REFERENCE) as file:
        for name in file.files:
            *folders, last = name.split("/")
            place = found
            for folder in folders:
                place = place.setdefault(folder, {})
            place[last] = file[name]
    return found


def with_weights(layer: Any, weights: dict[str, np.ndarray]) -> Any:
    """지은 층의 가중치를 이름대로 바꾼다. 우리 이름은 Addons의 것과 같아 하나씩 옮겨진다."""
    for name, value in weights.items():
        found = getattr(layer, name, None)
        if name == "score_bias":
            found = getattr(layer.probability, name, None)
        if found is not None:
            getattr(found, "kernel", found).assign(value)
    return layer


def probability(name: str) -> Any:
    """이름에 적힌, 점수를 가중치로 바꾸는 법."""
    if "monotonic" in name:
        mode = "hard" if "hard" in name else "recursive" if "bahdanau" in name else "parallel"
        return seq2seq.MonotonicProbability(mode)
    return "hardmax" if "hardmax" in name else "softmax"


def attention_of(name: str, weights: dict[str, np.ndarray]) -> Any:
    """이름에 적힌 어텐션. 가중치는 아직 없다."""
    units = weights["memory_layer"].shape[1]
    if name.startswith("luong"):
        return seq2seq.LuongAttention(units, scale="scaled" in name, probability=probability(name))
    return seq2seq.BahdanauAttention(units, normalize="normalized" in name, probability=probability(name))


def attention_cell(name: str, given: dict[str, Any]) -> Any:
    """이름에 적힌 어텐션과 셀, 어텐션 층을 자료의 가중치로."""
    family, inner = ("luong", "lstm") if name.startswith("luong") else ("bahdanau", "gru")
    layered = "+layer" in name
    units = given["h"].shape[1]
    cell = seq2seq.AttentionCell(
        keras.layers.LSTMCell(units) if inner == "lstm" else keras.layers.GRUCell(units),
        attention_of(name, given[family]),
        keras.layers.Dense(given["layer"].shape[1], use_bias=False) if layered else None,
        output_attention="+cell" not in name,
    )
    cell.meet(given["memory"].shape)
    cell.build((None, given["inputs"].shape[-1]))
    with_weights(cell.cell, given[inner + "_layer" * layered])
    with_weights(cell.attention, given[family])
    if layered:
        cell.attention_layer.kernel.assign(given["layer"])
    return cell


class Translator:
    """자료의 디코더와 같은 가중치의 디코더."""

    START, END, STEPS = 1, 2, 12

    def __init__(self, given: dict[str, Any]) -> None:
        """가중치를 옮긴다."""
        self.given, weights = given, given["weights"]
        units = given["state"].shape[1]
        size, vocabulary = weights["dense"]["kernel"].shape
        attention = attention_of("bahdanau", weights["attention"])
        layer = keras.layers.Dense(size, use_bias=False)
        self.cell = seq2seq.AttentionCell(keras.layers.GRUCell(units), attention, layer)
        self.cell.meet(given["memory"].shape)
        self.cell.build((None, given["embedding"].shape[1]))
        with_weights(self.cell.cell, weights["cell"])
        with_weights(attention, weights["attention"])
        with_weights(layer, weights["layer"])
        self.dense = keras.layers.Dense(vocabulary)
        self.dense.build((None, size))
        with_weights(self.dense, weights["dense"])
        self.start = tf.fill([len(given["state"])], self.START)

    def step(self, ids: Any, states: Any) -> Any:
        """한 걸음."""
        outputs, states = self.cell(tf.gather(self.given["embedding"], ids), states)
        return self.dense(outputs), states

    def read_again(self, ids: Any) -> Any:
        """시퀀스를 교사 강요로 읽을 때의 어텐션 가중치. 한 행의 빔은 잇달아 있다."""
        width = len(ids) // len(self.start)
        inputs = tf.concat([tf.repeat(self.start, width)[:, None], ids[:, :-1]], 1)
        rnn = seq2seq.AttentionRNN(self.cell, return_alignments=True, return_sequences=True)
        return rnn(
            tf.gather(self.given["embedding"], inputs),
            tf.constant(self.given["memory"]),
            tf.repeat(self.given["state"], width, axis=0),
            memory_lengths=self.given["lengths"],
        )[1]

    def run(self, search: Any, **options: Any) -> Any:
        """메모리를 묶고 디코딩한다. 가중치도 모은다."""
        with self.cell.reading(self.given["memory"], lengths=self.given["lengths"]):
            states = self.cell.get_initial_state(cell_state=self.given["state"])
            options = {"max_length": self.STEPS, "end_token": self.END, "record": lambda states: states[-1], **options}
            return search(self.step, self.start, states, **options)
