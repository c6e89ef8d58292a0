"""자료 파일: 지금 다시 재어도 같고, 읽으면 잰 것이 되살아난다."""

import json

import pytest
from support import ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import KERAS, LAYERS, WRAPS
from rnn_shapes.contract.grid import cases
from rnn_shapes.contract.measuring import measure_all

FILE = ROOT / data.FILE


@pytest.fixture(scope="session")
def measured(checked_docs):
    """모든 경우를 다시 잰 것. TensorFlow는 이미 들어와 있다."""
    return measure_all(list(cases()))


def test_file_is_not_stale(measured):
    """자료 파일은 지금 다시 잰 것과 한 글자도 다르지 않다."""
    fresh, kept = data.write(measured), FILE.read_text(encoding="utf-8")
    pairs = zip(fresh.splitlines(), kept.splitlines(), strict=False)
    different = next(((a[:300], b[:300]) for a, b in pairs if a != b), None)
    assert fresh == kept, f"python3.11 noxfile.py contract로 다시 만드세요. 처음 다른 줄: {different}"


def test_loaded_file_is_what_was_measured(measured):
    """다른 것만 적힌 Keras 2의 결과를 읽으면 잰 것이 그대로 되살아난다."""
    assert data.load(FILE) == measured


def test_grid_is_wide():
    """경우가 1000가지를 넘고, 모든 층과 감싸는 법이 두 판의 Keras에서 쓰인다."""
    entries = data.load(FILE).entries
    assert len(entries) >= 1000
    assert len({entry.case.name for entry in entries}) == len(entries)
    assert {entry.case.layer for entry in entries} == set(LAYERS)
    assert {entry.case.wrap for entry in entries} == set(WRAPS)
    assert all(set(entry.results) == set(KERAS) for entry in entries)


def test_unreadable_file_says_how_to_make_it(tmp_path):
    """자료 파일이 망가졌으면 어느 파일이고 어떻게 다시 만드는지 말한다."""
    path = tmp_path / "contract.json"
    for text in ("{", "[]", '{"versions": {}, "cases": {"LSTM.layer": {"keras3": {"what": 1}}}}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(
            ValueError, match=r"contract\.json: 읽을 수 없습니다.*python3\.11 noxfile\.py contract로 만"
        ):
            data.load.__wrapped__(path)


def test_file_of_other_cases_is_refused(tmp_path):
    """잴 것이 바뀐 뒤에 다시 재지 않은 파일은 무엇이 다른지 말하고 읽지 않는다."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    del raw["cases"]["LSTM.layer"]
    path = tmp_path / "contract.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    differing = r"실행한 경우가 지금 실행할 것과 다릅니다\(LSTM\.layer 등 1가지\)\. "
    with pytest.raises(ValueError, match=differing + r"python3\.11 noxfile\.py contract로 다시 만드세요"):
        data.load(path)
