"""내보낸 모델의 자료: 다시 잰 것과 같고, 페이지의 표와 메시지가 자료에서 나온다."""

import importlib.util
import re

import pytest
from support import ROOT

from rnn_shapes.contract.cases import DEFAULTS
from rnn_shapes.contract.words import EXPORTING
from rnn_shapes.deploying import data, words
from rnn_shapes.deploying.__main__ import sample, seed_of_commit
from rnn_shapes.deploying.cases import OPTIONS, Case, cases
from rnn_shapes.deploying.data import NOT_RUN, REFUSED, SAME, WRONG, Measured, Result
from rnn_shapes.deploying.pages import COLUMNS, GROUPS, rows
from rnn_shapes.deploying.recording import RECIPES, RECORD, fingerprint, record
from rnn_shapes.pages.message import regex

MEASURED = data.load(ROOT / data.FILE)
CELLS = data.cells(MEASURED)
HERE = ("saved_model", "litert", "litert_fixed")
"""TensorFlow만 있는 환경에서 다시 잴 수 있는 길."""
PAGES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/howto").glob("deploy*.md")))
ERRORS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/howto").glob("errors-*.md")))
MESSAGE = re.compile(r"^```\{(?:message|recorded-message)\}[^\n]*\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize(
    ("case", "route"),
    sample([pair for pair in CELLS if pair[1] in HERE], 3, seed_of_commit()),
    ids=lambda one: one.name if isinstance(one, Case) else one,
)
def test_a_part_of_the_data_is_measured_again(case, route):
    """커밋마다 다른 몇 칸을 다시 재면 자료와 같다. ONNX는 여기서 잴 수 없어 ``deploy --check``가 잰다."""
    from rnn_shapes.deploying.measuring import measure

    assert CELLS[case, route].agrees(measure(case, route))


def test_what_onnx_does_is_measured_where_its_packages_are():
    """ONNX의 칸은 그 패키지가 있을 때만 다시 잰다. 없으면 통과한 척하지 않고 건너뛰었다고 말한다."""
    if missing := [name for name in ("tf2onnx", "onnx", "onnxruntime") if not importlib.util.find_spec(name)]:
        pytest.skip(f"ONNX의 칸은 재지 않았습니다({', '.join(missing)} 없음). noxfile.py deploy --check가 잽니다.")
    from rnn_shapes.deploying.measuring import measure

    for case, route in sample([pair for pair in CELLS if pair[1] == "onnx"], 2, seed_of_commit()):
        assert CELLS[case, route].agrees(measure(case, route))


def test_another_result_is_noticed():
    """결과의 종류, 갈라진 호출, 메시지, 열 배의 차이가 다르면 다른 것이고, 마지막 자리만 다르면 같은 것이다."""
    one = Result(WRONG, trial="준 대로", call=2, amount=0.081)
    assert one.agrees(Result(WRONG, trial="준 대로", call=2, amount=0.083))
    for other in (
        Result(SAME),
        Result(WRONG, trial="준 대로", call=1, amount=0.081),
        Result(WRONG, trial="준 대로", call=2, amount=0.81),
        Result(WRONG, trial="준 대로", call=2),
        Result(WRONG, "말", "준 대로", 2, 0.081),
    ):
        assert not one.agrees(other)


def test_data_is_written_as_it_is_read(tmp_path):
    """자료를 읽어 다시 쓰면 같은 글이고, 페이지가 읽는 기록도 자료에서 나온 그대로다."""
    assert data.write(MEASURED) == (ROOT / data.FILE).read_text(encoding="utf-8")
    assert record(MEASURED) == (ROOT / RECORD).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "읽을 수 없습니다"),
        ('{"versions": {}, "recipes": {}, "raised": {}, "integers": {}, "cases": {}}', "지금 잴 것과 다릅니다"),
    ],
)
def test_unusable_data_is_explained(tmp_path, text, what):
    """읽을 수 없거나 지금 잴 것과 다른 것을 잰 파일이면 다시 재라고 말한다."""
    path = tmp_path / "deploy.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{what}.*noxfile\.py deploy로"):
        data.load(path)


def test_code_that_is_shown_is_the_code_that_was_run():
    """페이지에 보이는, 다른 환경의 코드는 기록을 잰 환경에서 실행한 바로 그 파일이다."""
    shown = {
        path.name: fingerprint(path) for kind in ("onnx", "litert") for path in (ROOT / RECIPES).glob(f"{kind}_*.py")
    }
    assert shown == MEASURED.recipes, "noxfile.py deploy로 다시 재세요"
    assert all(f"tests/deploying/{name}" in PAGES for name in shown)


def test_every_cell_is_in_a_table():
    """모든 경우가 표의 한 줄에 꼭 한 번 있고, 설정과 층마다 앵커가 있다."""
    anchors = [
        name for options in GROUPS.values() for row_anchor, _ in rows(MEASURED, options) for name in row_anchor.split()
    ]
    wanted = [words.anchor(case.option, case.layer) for case in cases()]
    wanted += [words.anchor(option) for option in OPTIONS]
    assert sorted(anchors) == sorted(wanted)
    assert set(words.OPTION_WORDS) == set(OPTIONS)


def test_explorer_links_lead_to_the_table():
    """탐색기에서 오는 링크는 모두 표의 줄로 이어지고, 마지막 것은 어느 순환층에나 맞는다."""
    anchors = {words.anchor(option) for option in OPTIONS}
    assert {anchor for _, anchor, _ in EXPORTING} <= anchors
    assert all(set(when) <= {*DEFAULTS, "mask", "initial_state", "family"} for when, _, _ in EXPORTING)
    assert EXPORTING[-1][0] == {"family": ("recurrent",)}


def test_every_message_leads_to_its_section():
    """멈추거나 거절한 칸의 메시지는 모두 그것을 설명하는 절로 이어지고, 그 절에 적힌 메시지와 맞는다."""
    text = PAGES + ERRORS
    for (case, route), result in CELLS.items():
        if result.kind not in (REFUSED, NOT_RUN):
            continue
        place = words.place_of(result.message)
        assert place, f"{case.name} {route}: {result.message}"
        section = re.split(r"^\([\w-]+\)=$", text.partition(f"\n({place})=\n")[2], flags=re.M)[0]
        patterns = MESSAGE.findall(section)
        assert any(regex(pattern).search(result.message) for pattern in patterns), (place, result.message)


def test_silent_faults_that_the_pages_warn_of():
    """페이지가 먼저 알리는 것이 자료에도 그렇게 있다."""
    for layer in ("LSTM", "GRU", "SimpleRNN", "Bidirectional"):
        of = MEASURED.results
        assert of[Case(layer, "stateful_signature")]["onnx"].call == 2
        assert {one.kind for one in of[Case(layer, "stateful_left")].values()} == {WRONG}
        assert {one.call for one in of[Case(layer, "stateful_left")].values()} == {1}
        assert of[Case(layer, "free")]["litert"].kind == NOT_RUN
        assert {of[Case(layer, "mask")][route].kind for route in COLUMNS if route != "litert"} == {SAME}


def test_sample_takes_every_route():
    """뽑은 칸에는 길마다 같은 수가 있고, 시드가 같으면 같다."""
    chosen = sample(list(CELLS), 10, 1)
    assert chosen == sample(list(CELLS), 10, 1) != sample(list(CELLS), 10, 2)
    assert {route for _, route in chosen} == {route for _, route in CELLS}
    assert isinstance(MEASURED, Measured)
