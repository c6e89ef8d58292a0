"""경우마다 코드를 서로 다른 소수 두 벌로 실행하고, 두 번 모두 맞는 기호만 남긴다.

하나로 정해지지 않는 크기는 짐작하지 않고 오류로 알린다. 같은 코드를 Keras 3과 Keras 2(``tf_keras``)에서 함께 재고,
거절되고 틀리는 조합이 적어 둔 규칙과 맞는지 본다.
"""

import multiprocessing
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from rnn_shapes.contract.cases import KERAS, LAYERS, STEPS, Case
from rnn_shapes.contract.code import GAPS
from rnn_shapes.contract.data import Contract, Entry, Measured, Refused, Result, installed_versions
from rnn_shapes.contract.fitting import fit
from rnn_shapes.contract.gaps import Meant, together
from rnn_shapes.contract.given import treatment
from rnn_shapes.contract.recurrence import Call, Interpretation, flat, interpret, interpret_step
from rnn_shapes.contract.running import message, run, run_with_values
from rnn_shapes.contract.symbolic import Sizes, count, in_both, parameters, without_numbers
from rnn_shapes.contract.verifying import verify
from shape_claims.measuring import measure

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


LONGEST = 200


def measure_case(case: Case, keras: int) -> Result:
    """경우 하나를 한 판의 Keras에서 잰다. 형태는 기호로 적는다.

    Raises:
        AmbiguousShapeError: 기호가 하나로 정해지지 않을 때.
        ValueError: 한 크기에서만 거절되거나, 크기에 따라 다른 예외가 나거나, 매개변수 수가 식과 다를 때.
    """
    sizes = CONVOLUTION_SIZES if LAYERS[case.layer].family == "convolution" else SIZES
    if case.same_units:
        sizes = [{letter: size for letter, size in one.items() if letter != "G"} for one in sizes]
    spaces, errors = _attempt(run, case, keras, sizes)
    late = not errors and case.inputs != "tensor" and bool(_attempt(run_with_values, case, keras, spaces[-1:])[1])
    if late:
        spaces, errors = _attempt(run_with_values, case, keras, spaces)
    if not errors:
        return _measured(case, keras, spaces, sizes)
    kinds = [type(error).__name__ for error in errors]
    if spaces or len(set(kinds)) > 1:
        raise ValueError(f"{case.name}(Keras {keras}): 크기에 따라 다르게 거절됩니다({', '.join(kinds)})")
    text = without_numbers([message(error) for error in errors], sizes)
    of_two = _of_two(case, keras, sizes[-1]) if case.inputs == "tensor" and not case.usual_state else ""
    return Refused(kinds[0], text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", late, of_two)


def _attempt(
    call: Callable[..., dict[str, Any]], case: Case, keras: int, given: Sequence[Any]
) -> tuple[list[dict[str, Any]], list[Exception]]:
    """하나씩 넣어 불러, 되는 것의 결과와 안 되는 것의 예외를 모은다."""
    results, errors = [], []
    for one in given:
        try:
            results.append(call(case, keras, one))
        except Exception as error:  # 무엇이 나든 그것이 이 경우의 답이다
            errors.append(error)
    return results, errors


def _measured(case: Case, keras: int, spaces: Sequence[Mapping[str, Any]], sizes: Sizes) -> Measured:
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
    states = [_initial_state(space, keras) for space in spaces]
    masks = [_output_mask(case, space) for space in spaces]
    valued = case.inputs == "tensor"
    meant = _meaning(case, keras, spaces[-1], sizes[-1]) if valued else Meant(())
    return Measured(
        returns,
        weights,
        formula,
        meant.meanings,
        meant.wrong,
        "" if None in states else in_both(list(map(measure, states)), sizes),
        in_both(masks, sizes) if case.mask or LAYERS[case.layer].own_mask else "",
        meant.masked_output,
        _given(case, spaces[-1]) if valued and case.initial_state else "",
        _fit(case, keras, spaces[-1]),
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


def _initial_state(space: Mapping[str, Any], keras: int) -> Any:
    """``get_initial_state``가 주는 것. 그런 메서드가 없거나 배치 크기를 몰라 부를 수 없으면 ``None``이다."""
    get = getattr(space["layer"], "get_initial_state", None)
    if get is None or (keras == 3 and space["inputs"].shape[0] is None):
        return None
    return get(batch_size=space["inputs"].shape[0]) if keras == 3 else get(space["inputs"])


def _output_mask(case: Case, space: Mapping[str, Any]) -> Any:
    """첫 출력에 딸린 마스크의 형태. 없으면 ``None``이다."""
    mask = _call(case, space).returned_mask
    return None if mask is None else measure(mask)


def _call(case: Case, space: Mapping[str, Any]) -> Call:
    states = flat(space.get("states", []))
    names = LAYERS[case.layer].states
    return Call(space["layer"], space["inputs"], space["outputs"], names, space.get("mask"), states)


def _meaning(case: Case, keras: int, space: Mapping[str, Any], sizes: Mapping[str, int]) -> Meant:
    """돌려받은 것의 뜻. 마스크를 주었으면 빈자리를 옮겨 가며 다시 실행해서 모은다."""
    names = LAYERS[case.layer].states
    if not names:
        return together(case, [Interpretation(("output",))])
    if case.wrap in STEPS:
        return together(case, [interpret_step(flat(space["outputs"]), names)])
    others = [run(case, keras, sizes, gap) for gap in list(GAPS)[1:]] if case.mask else []
    return together(case, [interpret(_call(case, one)) for one in (space, *others)])


def _given(case: Case, space: Mapping[str, Any]) -> str:
    return treatment(_call(case, space), space)


def _of_two(case: Case, keras: int, sizes: Mapping[str, int]) -> str:
    """거절한 초기 상태를 배치 크기가 2일 때는 받아들여 어떻게 쓰는가. 그때도 거절하면 빈 글이다."""
    try:
        space = run(case, keras, {**sizes, "N": 2})
    except Exception:  # 무엇이 나든 거절이다
        return ""
    return _given(case, space)


def _fit(case: Case, keras: int, space: Mapping[str, Any]) -> str:
    """길이를 모르는 데이터셋으로 훈련할 때 나는 예외. 다를 수 있는 것은 길이를 모르는 채 펼친 층뿐이다."""
    if case.inputs != "any_length" or not case.get("unroll"):
        return ""
    try:
        fit(space["tf"].keras if keras == 3 else space["tf_keras"], space, run_with_values(case, keras, space))
    except Exception as error:  # 무엇이 나든 그것이 답이다
        return f"{type(error).__name__}: {message(error).split(' - ')[0]}"
    return ""


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
