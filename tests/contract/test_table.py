"""표: 잰 것과 어긋나지 않고, 재지 않은 조합도 실제와 같다."""

import zlib
from dataclasses import replace

import pytest
from choices import random_cases
from support import ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import Case
from rnn_shapes.contract.data import Contract, Measured
from rnn_shapes.contract.measuring import measure_case
from rnn_shapes.contract.rules import WRONG_VALUES
from rnn_shapes.contract.table import ContradictionError, Table, read
from rnn_shapes.contract.verifying import verify

FILE = ROOT / data.FILE


@pytest.fixture(scope="session")
def table():
    """자료 파일에서 만든 표."""
    return Table(data.load(FILE))


def seen(answer, case):
    """표의 답에서, 이 경우를 재어서 알 수 있는 것. 값이 없거나 틀리면 뜻을 알 수 없다."""
    if case.inputs != "tensor":
        return replace(answer, meanings=(), wrong=(), masked_output=())
    return replace(answer, meanings=()) if {*answer.wrong} & {*WRONG_VALUES} else answer


def test_table_says_what_was_measured(table):
    """잰 경우를 표에서 찾으면 모든 칸이 잰 것 그대로다."""
    compared = 0
    for entry in data.load(FILE).entries:
        for keras, result in entry.results.items():
            if entry.case.usual_state and isinstance(result, Measured):
                found = replace(result, fit="")  # 훈련할 때의 오류는 규칙이 말한다
                answer = seen(table.look_up(entry.case, keras), entry.case)
                if entry.case.same_units:  # 같은 크기를 다른 기호로 적는다
                    answer = replace(answer, weights=found.weights, parameters=found.parameters)
                assert answer == found, (entry.case.name, keras)
                compared += 1
    assert compared > 1500


def test_unmeasured_combinations_are_right_too(table):
    """재지 않은 조합을 실제로 실행해도, 거절되는지와 틀리는지까지 규칙과 표 그대로다.

    자료가 바뀔 때마다 다른 조합을 뽑고, 같은 자료에서는 언제나 같은 것을 뽑는다: 실패를 되풀이해 볼 수 있어야 한다.
    """
    seed = zlib.crc32(FILE.read_bytes())
    measured = {entry.case.name for entry in data.load(FILE).entries}
    fresh = ((case, keras) for case, keras in random_cases(seed, 600) if case.name not in measured)
    for _ in range(30):
        case, keras = next(fresh)
        result = measure_case(case, keras)
        verify(case, keras, result)
        if isinstance(result, Measured):
            found = replace(result, fit="")
            assert seen(table.look_up(case, keras), case) == found, (seed, case.name, keras)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (
            "LSTM.layer.return_sequences.return_state.go_backwards",
            {"returns": "((N, H), (N, H), (N, H))"},
        ),
        ("GRU.layer.return_sequences.return_state.stateful", {"parameters": "3H"}),
        ("LSTM.layer.input", {"returns": "(None, D)"}),
        ("LSTM.layer.return_sequences.mask", {"mask": "None"}),
        ("LSTM.layer.return_sequences.mask", {"masked_output": ("zero", "zero", "zero")}),
        ("LSTM.layer.return_sequences.mask", {"masked_output": ("repeat", "repeat", "repeat")}),
        ("LSTM.layer.any_length.mask", {"mask": "(None, T)"}),
        ("GRU.layer.input", {"initial_state": "(None, H)"}),
        ("LSTM.layer.stateful", {"initial_state": "(N, H)"}),
    ],
)
def test_contradiction_stops_the_table(name, wrong):
    """얽히지 않는다고 적은 옵션이 결과를 바꾸면 표를 만들지 않는다."""
    contract = data.load(FILE)
    entries = [
        replace(entry, results={**entry.results, 3: replace(entry.results[3], **wrong)})
        if entry.case.name == name
        else entry
        for entry in contract.entries
    ]
    with pytest.raises(
        ContradictionError, match=r"^[\w.-]+(\(Keras 3\))?: .*(이기도 하고 .*이기도 합니다|가 아니라 .*입니다)$"
    ):
        Table(Contract(contract.versions, entries))


def test_unmeasured_part_is_an_error(table):
    """재지 않은 것을 물으면 빈 답을 주지 않는다."""
    with pytest.raises(KeyError):
        table.look_up(Case("LSTM", {"merge_mode": "sum"}), 3)


def test_refusal_gives_the_reason(table):
    """거절되는 조합이면 이유를, 아니면 빈 글을 준다."""
    case = Case("LSTM", {"stateful": True}, inputs="input")
    assert table.refusal(case, 3) == "상태를 유지하려면 배치 크기를 알아야 합니다. Input에 batch_size를 주세요."
    assert table.refusal(Case("LSTM", {"stateful": True}), 3) == ""


def test_data_of_another_version_is_refused(tmp_path):
    """설치된 Keras가 아닌 판에서 잰 자료로는 표를 만들지 않고, 다시 재는 법을 말한다."""
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "contract.json"
    path.write_text(text.replace('"keras": "3', '"keras": "9', 1), encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"contract\.json: keras 9\S+에서 만든 것인데 설치된 것은 3\S+입니다. python3.11 noxfile.py"
    ):
        read(path)
