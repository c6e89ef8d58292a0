"""자료 파일: 지금 다시 재어도 같고, 읽으면 잰 것이 되살아난다."""

import json
import random

import pytest
from support import ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import KERAS, LAYERS, WRAPS
from rnn_shapes.contract.grid import cases
from rnn_shapes.contract.measuring import measure_both

FILE = ROOT / data.FILE


def some_cases(count=60):
    """층과 감싸는 법마다 하나씩을 넣어 고른 경우. 자료 파일이 달라지면 고른 것도 달라진다.

    모두 다시 재는 명령은 contract다. 몇 분이 걸리므로 시험에서는 일부만 잰다.
    """
    chance = random.Random(FILE.read_text(encoding="utf-8"))  # noqa: S311 - 다시 잴 것을 고를 뿐이다
    mixed = chance.sample(list(cases()), len(list(cases())))
    kinds = {(case.layer, case.wrap): case for case in mixed}
    return [*kinds.values(), *(case for case in mixed if case not in kinds.values())][:count]


def test_file_is_not_stale():
    """자료 파일에서 고른 경우를 지금 다시 재어도 같다."""
    kept = data.load(FILE)
    assert data.installed_versions() == kept.versions
    for case in some_cases():
        assert measure_both(case).results == kept[case.name], (
            f"{case.name}: python3.11 noxfile.py contract로 다시 만드세요"
        )


def test_every_kind_of_layer_is_measured_again():
    """다시 재는 경우에는 층과 감싸는 법의 짝이 모두 들어 있다."""
    every = {(case.layer, case.wrap) for case in cases()}
    assert len(every) < len(some_cases()) == 60
    assert {(case.layer, case.wrap) for case in some_cases()} == every


def test_file_is_written_as_it_is_read():
    """읽은 것을 다시 적으면 한 글자도 다르지 않다. 다른 것만 적힌 Keras 2의 결과도 그대로 되살아난다."""
    assert data.write(data.load(FILE)) == FILE.read_text(encoding="utf-8")


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
