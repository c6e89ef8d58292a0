"""탐색기의 표: 잰 것과 어긋나지 않고, 재지 않은 조합도 실제와 같다."""

import copy

import pytest
from choices import random_cases
from support import ROOT

from rnn_shapes.contract import explorer as explorer_page
from rnn_shapes.contract import measuring as contract
from rnn_shapes.contract import table as explorer
from rnn_shapes.contract.grid import cases


@pytest.fixture(scope="session")
def table():
    """자료 파일에서 만든 표."""
    return explorer.Table(contract.load(ROOT / contract.FILE))


def test_table_says_what_was_measured(table):
    """잰 경우를 표에서 찾으면 잰 것이 그대로 나온다."""
    results = contract.load(ROOT / contract.FILE)["results"]
    compared = 0
    for case in cases():
        for keras, result in results[case.name].items():
            if case.initial_state not in ("", "list") or "error" in result:
                continue
            answer = table.look_up(case, keras)
            assert answer.returns == result["returns"], case.name
            assert [list(weight) for weight in answer.weights] == result["weights"], case.name
            assert answer.parameters == result["parameters"], case.name
            if result.get("meanings"):
                assert list(answer.meanings) == result["meanings"], case.name
            compared += 1
    assert compared > 700


@pytest.mark.parametrize("seed", range(4))
def test_unmeasured_combinations_are_right_too(checked_docs, table, seed):
    """아무 조합이나 뽑아 실제로 실행해도 표와 같고, 표에서 거절하지 않는 것은 실제로도 거절되지 않는다."""
    for case, keras in random_cases(seed, 15, table):
        result = contract.measure_case(case, keras)
        assert "error" not in result, (case.name, keras, result)
        answer = table.look_up(case, keras)
        assert answer.returns == result["returns"], (case.name, keras)
        assert [list(weight) for weight in answer.weights] == result["weights"], (case.name, keras)
        if result.get("meanings"):
            assert list(answer.meanings) == result["meanings"], (case.name, keras)
        if result.get("initial_state"):
            assert answer.initial_state == result["initial_state"], (case.name, keras)
        if result.get("masked_output") and answer.masked_output:
            assert answer.masked_output == result["masked_output"], (case.name, keras)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("LSTM.layer.return_sequences.return_state.go_backwards", "returns", "((N, H), (N, H), (N, H))"),
        ("GRU.layer.return_sequences.return_state.stateful", "parameters", "3H"),
        ("LSTM.layer.input", "returns", "(None, D)"),
    ],
)
def test_contradiction_stops_the_table(name, key, value):
    """얽히지 않는다고 적은 옵션이 결과를 바꾸면 표를 만들지 않는다."""
    wrong = copy.deepcopy(contract.load(ROOT / contract.FILE))
    wrong["results"][name][3][key] = value
    with pytest.raises(explorer.ContradictionError, match=name.replace(".", r"\.")):
        explorer.Table(wrong)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LSTMCell", "모르는 층입니다: LSTMCell. 아는 층: SimpleRNN, GRU, LSTM"),
        ("LSTM reset_after=False", "LSTM에 없거나 모르는 설정입니다: reset_after=False"),
        ("LSTM Bidirectional merge_mode=max", "merge_mode=max"),
        ("Embedding Bidirectional", "Embedding에 없거나 모르는 설정입니다: Bidirectional"),
    ],
)
def test_bad_configuration_is_explained(text, words):
    """탐색기의 링크에 없는 설정을 적으면 무엇이 잘못되었는지 말한다."""
    with pytest.raises(ValueError, match="니다") as error:
        explorer_page.read_configuration(text)
    assert words in str(error.value)


def test_address_names_only_what_differs():
    """주소에는 기본값과 다른 것만 적는다."""
    case, keras = explorer_page.read_configuration("GRU Bidirectional return_state merge_mode=None input mask keras=2")
    assert explorer_page.address(case, keras) == (
        "layer=GRU&wrap=Bidirectional&inputs=input&return_state=True&merge_mode=None&mask=True&keras=2"
    )


def test_data_of_another_version_is_refused(tmp_path):
    """설치된 Keras가 아닌 판에서 잰 자료로는 표를 만들지 않고, 다시 재는 법을 말한다."""
    text = (ROOT / contract.FILE).read_text(encoding="utf-8")
    path = tmp_path / "contract.json"
    path.write_text(text.replace('"keras": "3', '"keras": "9', 1), encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"contract\.json: keras 9\S+에서 쟀는데 설치된 것은 3\S+입니다. python3.11 noxfile.py"
    ):
        explorer.read(path)
