"""탐색기의 답을 아무렇게나 고른 설정과 마스크로 실제와 견준다. 재는 코드와는 다른 길로 확인한다."""

import random
from dataclasses import replace

import pytest
from choices import random_cases
from support import ROOT
from trial import call, disagreement, random_mask

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import KERAS, LAYERS, STEPS, Case
from rnn_shapes.contract.rules import MASK_KEPT
from rnn_shapes.contract.table import Table


@pytest.fixture(scope="module")
def table():
    """자료 파일에서 만든 표."""
    return Table(data.load(ROOT / data.FILE))


def masked_cases(seed, number):
    """마스크를 줄 수 있는 순환층의 설정. 값을 넣어 부른다."""
    found = (case for case, _ in random_cases(seed, 20 * number))
    able = (case for case in found if LAYERS[case.layer].states and case.wrap not in STEPS)
    return [replace(next(able), mask=True, inputs="tensor") for _ in range(number)]


def test_answers_hold_for_random_gaps(table):
    """뒤와 앞, 가운데를 아무렇게나 비워도 빈자리의 출력과 출력의 마스크, 조용히 틀리는 것까지 표의 말 그대로다."""
    chance = random.Random(11)  # noqa: S311 - 시험할 것을 고를 뿐이다
    compared = 0
    for case in masked_cases(11, 12):
        for keras in KERAS:
            mask = random_mask(chance)
            if table.refusal(case, keras):
                with pytest.raises(Exception, match=r"."):
                    call(case, keras, mask)
                continue
            assert not (wrong := disagreement(case, keras, table.look_up(case, keras), mask)), (case.name, keras, wrong)
            compared += 1
    assert compared >= 12


@pytest.mark.parametrize(
    ("options", "changed", "words"),
    [
        ({"return_sequences": True}, {"masked_output": ("repeat", "repeat", "repeat")}, "빈자리의 출력은"),
        ({"return_sequences": True}, {"masked_output": ("zero", "zero", "zero")}, "빈자리의 출력은"),
        ({"return_sequences": True, "go_backwards": True}, {"wrong": ()}, MASK_KEPT),
        ({"zero_output_for_mask": True}, {"wrong": ()}, "주의는"),
        ({}, {"wrong": (MASK_KEPT,)}, "주의는"),
    ],
)
def test_wrong_answer_would_be_seen(table, options, changed, words):
    """틀린 답을 주면 견주기가 알아챈다."""
    case, mask = Case("GRU", options, mask=True), random_mask(random.Random(3))  # noqa: S311
    right = table.look_up(case, 3)
    assert disagreement(case, 3, right, mask) == ""
    assert words in disagreement(case, 3, replace(right, **changed), mask)
