"""경우마다 코드를 서로 다른 소수 두 벌로 실행하고, 두 번 모두 맞는 기호만 남긴다.

하나로 정해지지 않는 크기는 짐작하지 않고 오류로 알린다. 같은 코드를 Keras 3과 Keras 2(``tf_keras``)에서 함께 재고,
거절되고 틀리는 조합이 적어 둔 규칙과 맞는지 본다.
"""

import multiprocessing
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any

from rnn_shapes.contract.cases import KERAS, LAYERS, STEPS, Case
from rnn_shapes.contract.code import code
from rnn_shapes.contract.data import Contract, Entry, Measured, Refused, Result, installed_versions
from rnn_shapes.contract.rules import is_late
from rnn_shapes.contract.symbolic import Sizes, count, in_both, parameters, without_numbers
from rnn_shapes.contract.verifying import verify
from rnn_shapes.symbols import SYMBOLS
from shape_claims.shapes import measure

SIZES: Sizes = (
    {"N": 7, "T": 5, "D": 11, "H": 13, "G": 17, "O": 19, "V": 23, "E": 29},
    {"N": 5, "T": 3, "D": 17, "H": 11, "G": 13, "O": 29, "V": 19, "E": 23},
)
"""잴 때 쓰는 크기 두 벌."""
CONVOLUTION_SIZES: Sizes = (
    {"N": 19, "T": 2, "P": 3, "Y": 5, "X": 7, "Z": 11, "C": 13, "F": 17},
    {"N": 11, "T": 3, "P": 2, "Y": 7, "X": 5, "Z": 13, "C": 17, "F": 19},
)
"""합성곱 층의 것. 커널이 입력보다 작고 계산이 빨리 끝나게 따로 정했다."""


def run(case: Case, keras: int, sizes: Mapping[str, int]) -> dict[str, Any]:
    """경우 하나의 코드를 실행하고, 남은 이름들을 돌려준다. TensorFlow는 여기서 들어온다."""
    import numpy as np  # 페이지를 만들 때는 이 모듈의 표만 쓴다. 무거운 것은 잴 때만 들여온다
    import tensorflow as tf
    import tf_keras

    # 층의 이름이 언제나 같은 번호에서 시작한다. 쓰레기 수집까지 하면 재는 시간이 네 배가 된다.
    tf.keras.utils.clear_session(free_memory=False) if keras == 3 else tf_keras.backend.reset_uids()
    namespace: dict[str, Any] = {"np": np, "tf": tf, "tf_keras": tf_keras}
    namespace |= {SYMBOLS[letter].name: size for letter, size in sizes.items()}
    exec(code(case, keras), namespace)  # noqa: S102 - code가 적은 것을 실행하는 것이 하는 일이다
    if is_late(case, keras):  # 같은 층을 값을 넣어 다시 부른다
        lines = code(replace(case, inputs="tensor"), keras).splitlines()
        again = "\n".join(line for line in lines if not line.startswith("layer = "))
        exec(again, dict(namespace))  # noqa: S102 - 위와 같다
    return namespace


def message(error: Exception) -> str:
    """예외의 글에서, 실행할 때마다 다른 것과 인자의 나열을 뺀 알맹이."""
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?", "", str(error))
    text = re.split(r"\n\s*(?:Call a|A)rguments received by", text)[0]
    text = re.sub(r"^Exception encountered when calling [^\n]*\n+", "", text)
    text = re.sub(r", numpy=.*", "…", text, flags=re.S)  # 텐서의 값은 실행할 때마다 다르다
    line = re.sub(r" name: *$", "", " ".join(text.split()))
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", line)


LONGEST = 200


def measure_case(case: Case, keras: int) -> Result:
    """경우 하나를 한 판의 Keras에서 잰다. 형태는 기호로 적는다.

    Raises:
        AmbiguousShapeError: 기호가 하나로 정해지지 않을 때.
        ValueError: 한 크기에서만 거절되거나, 크기에 따라 다른 예외가 나거나, 매개변수 수가 식과 다를 때.
    """
    sizes = CONVOLUTION_SIZES if LAYERS[case.layer].family == "convolution" else SIZES
    spaces, errors = [], []
    for one in sizes:
        try:
            spaces.append(run(case, keras, one))
        except Exception as error:  # 무엇이 나든 그것이 이 경우의 답이다
            errors.append(error)
    if not errors:
        return _measured(case, keras, spaces, sizes)
    kinds = [type(error).__name__ for error in errors]
    if spaces or len(set(kinds)) > 1:
        raise ValueError(f"{case.name}(Keras {keras}): 크기에 따라 다르게 거절됩니다({', '.join(kinds)})")
    text = without_numbers([message(error) for error in errors], sizes)
    return Refused(kinds[0], text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def _measured(case: Case, keras: int, spaces: Sequence[Mapping[str, Any]], sizes: Sizes) -> Measured:
    from rnn_shapes.contract import recurrence  # 페이지를 만들 때는 NumPy도 들여오지 않는다

    layers = [space["layer"] for space in spaces]
    weights = tuple(
        (owner, name, in_both(shapes, sizes))
        for (owner, name), *shapes in zip(
            _owners(layers[0]), *([measure(weight) for weight in layer.weights] for layer in layers), strict=True
        )
    )
    formula = parameters(weights)
    for layer, one in zip(layers, sizes, strict=True):
        if count(formula, one) != layer.count_params():
            raise ValueError(f"{case.name}: 매개변수가 {formula}개가 아니라 {layer.count_params()}개입니다")
    returns = in_both([measure(space["outputs"]) for space in spaces], sizes)
    if case.inputs != "tensor":
        return Measured(returns, weights, formula)
    meant = _meaning(case, spaces[0])
    states = [_initial_state(space, keras, one["N"]) for space, one in zip(spaces, sizes, strict=True)]
    masked = case.mask or LAYERS[case.layer].own_mask
    masks = [recurrence.flat(space["layer"].compute_mask(space["inputs"], space.get("mask")))[0] for space in spaces]
    return Measured(
        returns,
        weights,
        formula,
        meant.meanings,
        meant.wrong,
        "" if None in states else in_both(states, sizes),
        in_both([None if mask is None else measure(mask) for mask in masks], sizes) if masked else "",
        meant.masked_output,
    )


def _owners(layer: Any) -> list[tuple[str, str]]:
    """가중치마다 그것을 가진 셀과 이름."""
    sides = (
        {"forward": layer.forward_layer, "backward": layer.backward_layer}
        if hasattr(layer, "forward_layer")
        else {"": layer}
    )
    found: dict[int, str] = {}
    for side, part in sides.items():
        cell = getattr(part, "cell", part)
        cells = list(getattr(cell, "cells", [cell]))
        for number, one in enumerate(cells, 1):
            owner = f"{side} {f'cell{number}' if len(cells) > 1 else ''}".strip()
            found |= {id(weight): owner for weight in one.weights}
    names = [re.split(r"/", weight.name)[-1].removesuffix(":0") for weight in layer.weights]
    return [(found[id(weight)], name) for weight, name in zip(layer.weights, names, strict=True)]


def _initial_state(space: Mapping[str, Any], keras: int, batch_size: int) -> Any:
    """``get_initial_state``가 주는 것. 그런 메서드가 없으면 ``None``이다."""
    get = getattr(space["layer"], "get_initial_state", None)
    if get is None:
        return None
    return measure(get(batch_size=batch_size) if keras == 3 else get(space["inputs"]))


def _meaning(case: Case, space: Mapping[str, Any]) -> Any:
    from rnn_shapes.contract.recurrence import Call, Interpretation, flat, interpret, interpret_step

    names = LAYERS[case.layer].states
    if not names:
        return Interpretation(("output",))
    if case.wrap in STEPS:
        return interpret_step(flat(space["outputs"]), names)
    states = flat(space.get("states", []))
    return interpret(Call(space["layer"], space["inputs"], space["outputs"], names, space.get("mask"), states))


def measure_both(case: Case) -> Entry:
    """경우 하나를 두 판의 Keras에서 재고, 규칙과 맞는지 본다."""
    entry = Entry(case, {keras: measure_case(case, keras) for keras in KERAS})
    for keras, result in entry.results.items():
        verify(case, keras, result)
    return entry


def measure_all(chosen: Sequence[Case], report: Callable[[str], None] = lambda line: None) -> Contract:
    """모든 경우를 두 판의 Keras에서 잰다. 프로세스 둘이 나누어 재면 기다리는 시간이 절반이 된다.

    Raises:
        ValueError: 잰 것이 규칙과 어긋날 때.
    """
    entries = []
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        for number, entry in enumerate(pool.map(measure_both, chosen, chunksize=8), 1):
            entries.append(entry)
            if number % 100 == 0 or number == len(chosen):
                report(f"  {number}/{len(chosen)}")
    return Contract(installed_versions(), tuple(entries))
