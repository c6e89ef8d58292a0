"""층마다 무엇이 나오는지 실제로 실행해서 재고, 자료 파일 하나에 적는다.

경우마다 코드를 서로 다른 소수 두 벌로 실행하고, 두 번 모두 맞는 기호만 남긴다. 하나로 정해지지 않는 크기는
짐작하지 않고 오류로 알린다. 같은 코드를 Keras 3과 Keras 2(``tf_keras``)에서 함께 잰다.

사용법:

.. code-block:: text

    python -m rnn_shapes.contract.measuring        # docs/reference/contract.json을 다시 만든다
"""

import functools
import importlib.metadata
import json
import math
import multiprocessing
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from rnn_shapes.contract.cases import KERAS, LAYERS, RULES, STEPS, TRAPS, Case, Rule
from rnn_shapes.contract.grid import cases
from rnn_shapes.symbols import GATE_FACTORS, SYMBOLS
from shape_claims.shapes import Shape, brackets, measure

FILE = Path("docs/reference/contract.json")

SIZES: Mapping[bool, Sequence[Mapping[str, int]]] = {
    False: (
        {"N": 7, "T": 5, "D": 11, "H": 13, "G": 17, "O": 19, "V": 23, "E": 29},
        {"N": 5, "T": 3, "D": 17, "H": 11, "G": 13, "O": 29, "V": 19, "E": 23},
    ),
    True: (
        {"N": 19, "T": 2, "P": 3, "Y": 5, "X": 7, "Z": 11, "C": 13, "F": 17},
        {"N": 11, "T": 3, "P": 2, "Y": 7, "X": 5, "Z": 13, "C": 17, "F": 19},
    ),
}
"""잴 때 쓰는 크기 두 벌. 합성곱 층의 것은 커널이 입력보다 작고 계산이 빨리 끝나게 따로 정했다."""


class AmbiguousShapeError(ValueError):
    """기호 하나로 정해지지 않는 크기."""


def symbol(found: Sequence[int | None], sizes: Sequence[Mapping[str, int]]) -> str:
    """크기 두 벌에서 잰 축 하나를 기호로 적는다.

    Raises:
        AmbiguousShapeError: 두 번 모두 맞는 식이 없거나 여럿일 때.

    >>> symbol((26, 22), ({"N": 7, "H": 13}, {"N": 5, "H": 11}))
    '2H'
    """
    if None in found:
        if found[0] is not found[1]:
            raise AmbiguousShapeError(f"한 번만 알 수 있었던 크기입니다: {found[0]}, {found[1]}")
        return "None"
    texts = [text for text, values in _expressions(sizes) if list(values) == list(found)]
    numbers = f"크기 {found[0]}, {found[1]}"
    if not texts:
        raise AmbiguousShapeError(f"{numbers}에 맞는 기호가 없습니다. 아는 크기: {dict(sizes[0])}")
    if len(texts) > 1:
        raise AmbiguousShapeError(
            f"{numbers}는 {'으로도 '.join(texts[:2])}로도 적을 수 있습니다. 크기를 서로 다른 소수로 정하세요."
        )
    return texts[0]


def _expressions(sizes: Sequence[Mapping[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """축에 나타날 수 있는 식과 그 값. 배수, 두 유닛 수의 합, 합성곱을 지난 크기가 있다."""
    yield from ((str(number), [number] * len(sizes)) for number in (1, 2))
    for letter in sizes[0]:
        yield letter, [size[letter] for size in sizes]
        yield from ((f"{factor}{letter}", [factor * size[letter] for size in sizes]) for factor in GATE_FACTORS)
    if "G" in sizes[0]:
        yield "H + G", [size["H"] + size["G"] for size in sizes]
    if "P" in sizes[0]:
        yield from ((f"{axis} - P + 1", [size[axis] - size["P"] + 1 for size in sizes]) for axis in "YXZ")


def in_both(trees: Sequence[Any], sizes: Sequence[Mapping[str, int]]) -> str:
    """크기 두 벌에서 잰 형태의 나무를 기호로 적는다. ``None``은 그대로 둔다."""
    if any(tree is None for tree in trees):
        return "None"
    first = trees[0]
    if isinstance(first, Shape):
        axes = [symbol(pair, sizes) for pair in zip(*(tree.axes for tree in trees), strict=True)]
        return brackets(axes, tuple)
    return brackets([in_both(pair, sizes) for pair in zip(*trees, strict=True)], type(first))


def parameters(weights: Sequence[Sequence[str]]) -> str:
    """가중치의 형태에서 매개변수 수의 식을 만든다. 셀마다 따로 묶고, 같은 것은 한 번만 적는다.

    Args:
        weights: (주인, 이름, 형태)의 목록.

    >>> parameters([("", "kernel", "(D, 4H)"), ("", "recurrent_kernel", "(H, 4H)"), ("", "bias", "(4H,)")])
    '4H(D + H + 1)'
    """
    owners: dict[str, list[Counter[str]]] = {}
    for owner, _, shape in weights:
        term: Counter[str] = Counter()
        for factor, letter in re.findall(r"(\d*)([A-Z]?)(?=[,)])", shape):
            term.update([letter] if letter else [])
            term["#"] = (term["#"] or 1) * int(factor or 1)
        owners.setdefault(owner, []).append(term)
    formulas = Counter(map(_factored, owners.values()))
    return " + ".join(f"{times} × {text}" if times > 1 else text for text, times in formulas.items()) or "0"


def _factored(terms: Sequence[Counter[str]]) -> str:
    common = functools.reduce(Counter.__and__, terms)
    common["#"] = math.gcd(*(term["#"] for term in terms))
    rest = []
    for term in terms:
        left = term - common
        left["#"] = term["#"] // common["#"]
        rest.append(_product(left))
    return _product(common) if len(rest) == 1 else f"{_product(common)}({' + '.join(rest)})"


def _product(term: Counter[str]) -> str:
    letters = "".join(
        letter + ("" if times == 1 else "²³"[times - 2]) for letter, times in term.items() if letter != "#"
    )
    return letters if term["#"] == 1 and letters else f"{term['#']}{letters}"


def count(formula: str, sizes: Mapping[str, int]) -> int:
    """매개변수 수의 식을 계산한다.

    >>> count("2 × 3H(D + H + 2)", {"D": 11, "H": 13})
    2028
    """
    text = formula.replace("×", "*").replace("²", "**2").replace("³", "**3")
    explicit = re.sub(r"(?<=[\dA-Z])(?=[A-Z(])", "*", text)
    return int(eval(explicit, {}, dict(sizes)))  # noqa: S307 - 이 모듈이 만든 식이다


def run(case: Case, keras: int, sizes: Mapping[str, int]) -> dict[str, Any]:
    """경우 하나의 코드를 실행하고, 남은 이름들을 돌려준다. TensorFlow는 여기서 들어온다."""
    import numpy as np
    import tensorflow as tf
    import tf_keras

    # 층의 이름이 언제나 같은 번호에서 시작한다. 쓰레기 수집까지 하면 재는 시간이 네 배가 된다.
    tf.keras.utils.clear_session(free_memory=False) if keras == 3 else tf_keras.backend.reset_uids()
    namespace: dict[str, Any] = {"np": np, "tf": tf, "tf_keras": tf_keras}
    namespace |= {SYMBOLS[letter].name: size for letter, size in sizes.items()}
    exec(case.code(keras), namespace)  # noqa: S102 - contract_cases가 만든 코드를 실행하는 것이 하는 일이다
    return namespace


def message(error: Exception) -> str:
    """예외의 글에서, 실행할 때마다 다른 것과 인자의 나열을 뺀 알맹이."""
    text = re.sub(r"\x1b\[\d*m|\{\{function_node [^}]*\}\} ?", "", str(error))
    text = re.split(r"\n\s*(?:Call a|A)rguments received by", text)[0]
    text = re.sub(r"^Exception encountered when calling [^\n]*\n+", "", text)
    text = re.sub(r", numpy=.*", "…", text, flags=re.S)  # 텐서의 값은 실행할 때마다 다르다
    line = re.sub(r" name: *$", "", " ".join(text.split()))
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", line if len(line) < 200 else f"{line[:199]}…")


def measure_case(case: Case, keras: int) -> dict[str, Any]:
    """경우 하나를 한 판의 Keras에서 잰다.

    Returns:
        기호로 적은 결과. ``returns``, ``meanings``, ``weights``, ``parameters``, ``initial_state``, ``mask``,
        ``masked_output``. 거절되었으면 ``error``와 ``message``뿐이다.

    Raises:
        AmbiguousShapeError: 기호가 하나로 정해지지 않을 때.
    """
    sizes = SIZES["P" in _letters(case)]
    try:
        namespaces = [run(case, keras, one) for one in sizes]
    except Exception as error:  # 무엇이 나든 그것이 이 경우의 답이다
        return {"error": type(error).__name__, "message": message(error)}
    layers = [namespace["layer"] for namespace in namespaces]
    weights = [
        [owner, name, in_both(shapes, sizes)]
        for (owner, name), *shapes in zip(
            _owners(layers[0]), *([measure(weight) for weight in layer.weights] for layer in layers), strict=True
        )
    ]
    formula = parameters(weights)
    for layer, one in zip(layers, sizes, strict=True):
        if count(formula, one) != layer.count_params():
            raise ValueError(f"{case.name}: 매개변수가 {formula}개가 아니라 {layer.count_params()}개입니다")
    result: dict[str, Any] = {
        "returns": in_both([measure(namespace["outputs"]) for namespace in namespaces], sizes),
        "weights": weights,
        "parameters": formula,
    }
    if case.inputs == "tensor":
        states = [_initial_state(space, keras, one["N"]) for space, one in zip(namespaces, sizes, strict=True)]
        result["initial_state"] = in_both(states, sizes)
        result |= _mask(case, namespaces, sizes)
        result |= _meanings(case, namespaces[0])
    return result


def _letters(case: Case) -> set[str]:
    names = set(re.findall(r"\w+", case.code(3)))
    return {letter for letter, entry in SYMBOLS.items() if entry.name in names}


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


def _initial_state(namespace: Mapping[str, Any], keras: int, batch_size: int) -> Any:
    """``get_initial_state``가 주는 것. 그런 메서드가 없으면 ``None``이다."""
    get = getattr(namespace["layer"], "get_initial_state", None)
    if get is None:
        return None
    return measure(get(batch_size=batch_size) if keras == 3 else get(namespace["inputs"]))


def _mask(case: Case, namespaces: Sequence[Mapping[str, Any]], sizes: Sequence[Mapping[str, int]]) -> dict[str, str]:
    def tree(value: Any) -> Any:
        if value is None:
            return None
        return type(value)(map(tree, value)) if isinstance(value, list | tuple) else measure(value)

    given = case.mask or case.layer in ("Embedding", "Masking")
    if not given:
        return {}
    found = [space["layer"].compute_mask(space["inputs"], space.get("mask")) for space in namespaces]
    return {"mask": in_both([tree(value) for value in found], sizes)}


def _meanings(case: Case, namespace: Mapping[str, Any]) -> dict[str, Any]:
    from rnn_shapes.contract import recurrence

    names = LAYERS[case.layer].states
    if not names:
        return {"meanings": ["output"]}
    if case.wrap in STEPS:
        return {"meanings": recurrence.step_meanings(recurrence.flat(namespace["outputs"]), names)}
    mask = namespace.get("mask")
    states = recurrence.flat(namespace.get("states", []))
    layer, outputs = namespace["layer"], namespace["outputs"]
    try:
        found, masked = recurrence.meanings(layer, namespace["inputs"], outputs, mask, states, names)
    except ValueError:
        return {"meanings": []}
    return {"meanings": found} | ({"masked_output": masked} if masked else {})


def verify(case: Case, keras: int, result: Mapping[str, Any]) -> None:
    """거절되고 틀리는 조합이 적어 둔 규칙과 꼭 맞는지 본다. 초기 상태를 잘못 적은 것은 그 자체가 잴 것이다.

    Raises:
        ValueError: 규칙에 없는 것이 거절되거나 틀렸을 때, 또는 규칙에 있는 것이 받아들여졌을 때.
    """
    if case.initial_state not in ("", "list"):
        return
    facts = case.facts(keras)
    checks: list[tuple[Sequence[Rule], bool, str]] = [(RULES, "error" in result, "거절")]
    if "meanings" in result:
        checks.append((TRAPS, result["meanings"] == [], "틀린 값"))
    for rules, found, what in checks:
        expected = any(rule.refuses(facts) for rule in rules)
        if expected != found:
            where = f"{case.name}(Keras {keras})"
            said = f"규칙에는 {'있는데' if expected else '없는데'} 잰 것은 {'그렇습니다' if found else '아닙니다'}"
            raise ValueError(f"{where}: {what}의 {said}. contract_cases의 규칙을 고치세요. {dict(result)}")


def measure_both(case: Case) -> dict[int, dict[str, Any]]:
    """경우 하나를 두 판의 Keras에서 재고, 규칙과 맞는지 본다."""
    found = {keras: measure_case(case, keras) for keras in KERAS}
    for keras, result in found.items():
        verify(case, keras, result)
    return found


def measure_all(chosen: Sequence[Case], report: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """모든 경우를 두 판의 Keras에서 잰다. 프로세스 둘이 나누어 재면 기다리는 시간이 절반이 된다.

    Raises:
        ValueError: 잰 것이 규칙과 어긋날 때.
    """
    results = {}
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        for number, found in enumerate(pool.map(measure_both, chosen, chunksize=8), 1):
            results[chosen[number - 1].name] = found
            if number % 100 == 0 or number == len(chosen):
                report(f"  {number}/{len(chosen)}")
    versions = {name: importlib.metadata.version(name) for name in ("keras", "tf_keras")}
    return {"versions": versions, "sizes": list(map(list, SIZES.values())), "results": results}


def write(contract: Mapping[str, Any]) -> str:
    """자료 파일의 글. 경우마다 한 줄이고, Keras 2의 결과는 Keras 3과 다른 것만 적는다."""
    code = {case.name: case.code(3) for case in cases()}
    lines = []
    for name, found in contract["results"].items():
        new, old = found[3], found[2]
        differing = {key: old.get(key) for key in sorted({*new, *old}) if old.get(key) != new.get(key)}
        entry = {"code": code[name], "keras3": new, **({"keras2": differing} if differing else {})}
        lines.append(f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}")
    head = {key: contract[key] for key in ("versions", "sizes")}
    return json.dumps(head)[:-1] + ', "cases": {\n' + ",\n".join(lines) + "\n}}\n"


@functools.cache
def load(path: Path = FILE) -> dict[str, Any]:
    """자료 파일을 :func:`measure_all`이 돌려준 꼴로 읽는다.

    Raises:
        ValueError: 파일이 없거나 읽을 수 없을 때.
    """
    try:
        contract = json.loads(path.read_text(encoding="utf-8"))
        results = {}
        for name, entry in contract["cases"].items():
            old = {**entry["keras3"], **entry.get("keras2", {})}
            results[name] = {3: entry["keras3"], 2: {key: value for key, value in old.items() if value is not None}}
        return {"versions": contract["versions"], "sizes": contract["sizes"], "results": results}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: 읽을 수 없습니다({error}). python3.11 noxfile.py contract로 만드세요.") from None


if __name__ == "__main__":
    text = write(measure_all(list(cases()), print))
    partial = FILE.with_suffix(".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(FILE)  # 중간에 멈추어도 옛 파일이 온전히 남는다
    print(f"{text.count(chr(10)) - 2}가지 경우를 쟀습니다: {FILE}")
