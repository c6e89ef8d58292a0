"""자료 파일: 지금 다시 재어도 같고, 짐작이 섞이지 않았다."""

import json

import numpy as np
import pytest
from support import ROOT

from rnn_shapes.contract import measuring as contract
from rnn_shapes.contract.cases import KERAS, LAYERS, RULES, WRAPS, Case
from rnn_shapes.contract.grid import cases
from rnn_shapes.shapes import Shape

FILE = ROOT / contract.FILE
SIZES = ({"N": 7, "H": 13}, {"N": 5, "H": 11})


@pytest.fixture(scope="session")
def measured(checked_docs):
    """모든 경우를 다시 잰 것. TensorFlow는 이미 들어와 있다."""
    return contract.measure_all(list(cases()))


def test_file_is_not_stale(measured):
    """자료 파일은 지금 다시 잰 것과 한 글자도 다르지 않다."""
    fresh, kept = contract.write(measured), FILE.read_text(encoding="utf-8")
    pairs = zip(fresh.splitlines(), kept.splitlines(), strict=False)
    different = next(((a[:300], b[:300]) for a, b in pairs if a != b), None)
    assert fresh == kept, f"python3.11 noxfile.py contract로 다시 재세요. 처음 다른 줄: {different}"


def test_grid_is_wide():
    """경우가 350가지를 넘고, 모든 층과 감싸는 법이 두 판의 Keras에서 쓰인다."""
    chosen = list(cases())
    assert len(chosen) >= 350
    assert len({case.name for case in chosen}) == len(chosen)
    assert {case.layer for case in chosen} == set(LAYERS)
    assert {case.wrap for case in chosen} == set(WRAPS)
    kept = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    assert list(kept) == [case.name for case in chosen]


def test_every_rule_was_seen(measured):
    """거절한다고 적은 규칙마다 실제로 거절된 경우가 있고, 종류와 글이 있다."""
    for rule in RULES:
        refused = [
            measured["results"][case.name][keras]
            for case in cases()
            for keras in KERAS
            if rule.refuses(case.facts(keras))
        ]
        assert refused and all(result["error"] and result["message"] for result in refused), rule


def test_loaded_file_is_what_was_measured(measured):
    """다른 것만 적힌 Keras 2의 결과를 읽으면 잰 것이 그대로 되살아난다."""
    again = json.loads(json.dumps(measured["results"]))
    loaded = contract.load(FILE)["results"]
    assert {name: {str(keras): result for keras, result in found.items()} for name, found in loaded.items()} == again


@pytest.mark.parametrize(
    ("found", "text"),
    [((13, 11), "H"), ((52, 44), "4H"), ((2, 2), "2"), ((None, None), "None")],
)
def test_symbol_agrees_with_both_sizes(found, text):
    """크기 두 벌에서 모두 맞는 식 하나를 적는다."""
    assert contract.symbol(found, SIZES) == text


@pytest.mark.parametrize(
    ("found", "sizes", "words"),
    [
        ((13, 12), SIZES, "크기 13, 12에 맞는 기호가 없습니다. 아는 크기: {'N': 7, 'H': 13}"),
        ((6, 6), ({"N": 3, "H": 6}, {"N": 3, "H": 6}), "2N으로도 H로도 적을 수 있습니다"),
        ((None, 11), SIZES, "한 번만 알 수 있었던 크기입니다: None, 11"),
    ],
)
def test_undecided_size_is_an_error(found, sizes, words):
    """기호가 없거나 둘이면 짐작하지 않고 까닭을 말한다."""
    with pytest.raises(contract.AmbiguousShapeError, match=r".") as error:
        contract.symbol(found, sizes)
    assert words in str(error.value)


def test_container_is_kept():
    """묶음의 종류까지 적는다."""
    trees = [(Shape((7, 13)), [Shape((7, 13)), None]), (Shape((5, 11)), [Shape((5, 11)), None])]
    assert contract.in_both(trees, SIZES) == "((N, H), [(N, H), None])"


@pytest.mark.parametrize(
    ("shapes", "formula"),
    [
        (["(D, 3H)", "(H, 3H)", "(2, 3H)"], "3H(D + H + 2)"),
        (["(P, P, C, 4F)", "(P, P, F, 4F)", "(4F,)"], "4F(P²C + P²F + 1)"),
        (["(V, E)"], "VE"),
    ],
)
def test_formula_counts_what_the_shapes_hold(shapes, formula):
    """매개변수 수의 식은 형태의 성분을 센 것과 같다."""
    assert contract.parameters([("", "w", shape) for shape in shapes]) == formula
    sizes = dict(zip("DHPCFVE", (5, 7, 11, 13, 17, 19, 23), strict=True))
    total = sum(
        int(np.prod([contract.count(axis, sizes) for axis in shape.strip("()").split(",") if axis.strip()]))
        for shape in shapes
    )
    assert contract.count(formula, sizes) == total


def test_same_cells_are_counted_once():
    """같은 식은 묶어서 곱으로 적는다."""
    weights = [(owner, "kernel", "(D, H)") for owner in ("forward", "backward")]
    assert contract.parameters(weights) == "2 × DH"


@pytest.mark.parametrize(
    ("case", "result", "words"),
    [
        (Case("LSTM"), {"error": "ValueError", "message": "안 됨"}, "거절의 규칙에는 없는데 잰 것은 그렇습니다"),
        (Case("LSTM", {"stateful": True}, inputs="input"), {"returns": "(N, H)"}, "거절의 규칙에는 있는데"),
        (Case("LSTM"), {"returns": "(N, H)", "meanings": []}, "틀린 값의 규칙에는 없는데 잰 것은 그렇습니다"),
    ],
)
def test_rules_must_match_what_happens(case, result, words):
    """규칙에 없는 거절도, 거절되지 않는 규칙도, 말없이 틀린 값도 그냥 지나가지 않는다."""
    with pytest.raises(ValueError, match=words):
        contract.verify(case, 3, result)


def test_message_keeps_only_what_is_the_same_everywhere():
    """오류 메시지에서 색과 장치의 이름, 인자의 나열을 뺀다."""
    raw = (
        "Exception encountered when calling LSTM.call().\n\n\x1b[1m{{function_node __wrapped__Add_device_/job:x}} "
        "Incompatible shapes [Op:AddV2] name: \x1b[0m\n\nArguments received by LSTM.call():\n  • a=<X at 0x7f12ab34cd>"
    )
    assert contract.message(ValueError(raw)) == "Incompatible shapes [Op:AddV2]"


def test_meaning_is_refused_when_values_differ(checked_docs):
    """돌려받은 값이 셀을 한 타임스텝씩 부른 것과 다르면 뜻을 적지 않는다."""
    from rnn_shapes.contract import recurrence

    space = contract.run(Case("LSTM", {"return_state": True}), 3, contract.SIZES[False][0])
    output, h, c = space["outputs"]
    right = recurrence.meanings(space["layer"], space["inputs"], (output, h, c), None, [], ("h", "c"))
    assert right[0] == ["last_output", "h", "c"]
    with pytest.raises(ValueError, match="셀을 한 타임스텝씩 부른 것과 다릅니다"):
        recurrence.meanings(space["layer"], space["inputs"], (output, c, h), None, [], ("h", "c"))


def test_unreadable_file_says_how_to_make_it(tmp_path):
    """자료 파일이 망가졌으면 어느 파일이고 어떻게 다시 만드는지 말한다."""
    path = tmp_path / "contract.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"contract\.json: 읽을 수 없습니다.*python3\.11 noxfile\.py contract"):
        contract.load(path)
