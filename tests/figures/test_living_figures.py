"""골라 가며 보는 그림: 스크립트가 보이고 감출 것은 모두 페이지에 있고, 그림의 값과 같다."""

import gzip
import json
import re

import pytest
import rjsmin
from support import ROOT
from test_figures import OPTIONAL, VALUES, drawn, measured

from rnn_shapes.figures import FIGURES
from rnn_shapes.figures.drawing import Label
from rnn_shapes.figures.figure import GIVEN, FigureError
from rnn_shapes.figures.influence import CELLS

TREE = VALUES["beam_search_tree"] | OPTIONAL["beam_search_tree"]
STEPPED = {"candidates": GIVEN}
OWN = {"share_name": "몫", "other_name": "다른 몫", "input_name": "읽은 것", "output_name": "쓴 것"}
BESIDE = OWN | {"outputs": GIVEN, "other": GIVEN}


def enlivened(name, options, values=None):
    """그림을 감싼 HTML."""
    return FIGURES[name].enliven(values or measured(name, options), options, "figure-1", "<svg></svg>")


def data_of(html):
    """HTML에 담긴 자료."""
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html)[1])


def text_of(html):
    """꼬리표를 뺀 글."""
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)


def test_map_carries_every_measured_share():
    """출력마다 몫이 모두 들어 있고, 아직 읽지 않은 입력의 것은 없다."""
    own, beside = enlivened("influence_map", OWN), enlivened("influence_map", BESIDE)
    assert [row["shares"] for row in data_of(own)] == [[[1]], [[0.25, 0.75]], [[0.5, 0.2, 0.3]]]
    tables = zip(VALUES["influence_map"]["shares"], OPTIONAL["influence_map"]["other"], strict=True)
    assert [row["shares"] for row in data_of(beside)] == [[*pair] for pair in tables]
    assert own.count('type="radio"') == beside.count('type="radio"') == 3
    assert 'aria-label="&lt;/s&gt;"' in beside and "쓴 것 고르기" in beside and "어디까지 읽었는지 고르기" in own


def test_map_tells_the_largest_first():
    """고른 출력마다 큰 것부터 말하고, 같은 글이 여럿이면 몇 번째인지 말한다."""
    assert data_of(enlivened("influence_map", BESIDE))[1]["said"] == (
        "‘0’에서 큰 것부터. 몫: 천 0.75, 이 0.25, 육 0.00. 다른 몫: 천 0.90, 이 0.10, 육 0.00."
    )
    twice = {"inputs": ["이", "천", "이"], "shares": VALUES["influence_map"]["shares"]}
    assert data_of(enlivened("influence_map", OWN, twice))[2]["said"] == (
        "‘이(3번째)’까지 읽었을 때 큰 것부터. 몫: 이(1번째) 0.50, 이(3번째) 0.30, 천 0.20."
    )


def test_map_shows_the_static_figure_without_a_script():
    """스크립트가 없으면 그림은 펼쳐져 있고 단추는 감추어져 있다."""
    html = enlivened("influence_map", BESIDE)
    assert "<details open>" in html and "<svg></svg>" in html
    assert html.index('<div class="influence-live" hidden>') < html.index("<fieldset>")


def test_map_draws_only_what_was_read():
    """출력을 적지 않으면 거기까지 읽은 칸만 그리고, 적으면 모두 그린다."""
    cells = [
        sum('class="cell' in element for element in drawn("influence_map", options).elements)
        for options in (OWN, BESIDE)
    ]
    assert cells == [6, 9]


def test_map_marks_every_largest_share():
    """한 행에서 가장 큰 것이 둘이면 둘 다 굵다."""
    tied = {"inputs": ["이", "천"], "outputs": ["2"], "shares": [[0.5, 0.5]], "other": [[0.5, 0.5]]}
    labels = {"shares": Label("(1, 2)", True)}
    drawing = FIGURES["influence_map"].draw(labels, tied, BESIDE)
    assert sum('class="cell mark high"' in element for element in drawing.elements) == 2
    assert sum('class="code strong"' in element for element in drawing.elements) == 2


def test_largest_map_is_still_small():
    """담을 수 있는 가장 큰 그림도 15 KB보다 작다."""
    columns = 8
    rows = [[1 / columns] * columns] * (CELLS // columns)
    values = {"inputs": ["극장에서"] * columns, "outputs": ["</s>"] * len(rows), "shares": rows, "other": rows}
    FIGURES["influence_map"].verify(values, BESIDE)
    drawing = FIGURES["influence_map"].draw({"shares": Label("(T, S)", True)}, values, BESIDE)
    assert len(drawing.svg("f", "이름", "설명").encode()) < 15_000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shares": [[1, 0, 0], [0.25, 0.7, 0], [0.5, 0.2, 0.3]]}, "‘천’의 몫을 모두 더하면 1이어야 합니다: 0.950"),
        ({"shares": [[1, 0, 0], [1.25, -0.25, 0], [1, 0, 0]]}, "‘천’의 몫은 0보다 작지 않은 수여야 합니다: -0.25"),
        ({"shares": [[0.5, 0.5, 0], [0, 1, 0], [1, 0, 0]]}, "shares에서 아직 읽지 않은 입력의 몫은 0이어야 합니다"),
        ({"shares": [[1, 0, 0]]}, "shares의 꼴이 다릅니다. 출력마다 한 행, 입력마다 한 칸이어야 합니다: 3행, 3칸"),
        ({"other": [[1, 0], [1, 0], [1, 0]]}, "other의 꼴이 다릅니다. 출력마다 한 행, 입력마다 한 칸이어야 합니다"),
        ({"inputs": []}, "토큰은 글을 하나 이상 담은 리스트여야 합니다"),
        ({"outputs": ["2"] * 17, "shares": [[1, 0, 0]] * 17}, "칸이 48개보다 많습니다: 51개"),
    ],
)
def test_bad_map_is_told(change, message):
    """그릴 수 없는 몫은 무엇이 잘못되었는지 말한다."""
    with pytest.raises(FigureError) as raised:
        FIGURES["influence_map"].verify(VALUES["influence_map"] | change, OWN)
    assert message in str(raised.value)


def test_stepper_says_what_was_compared_and_what_survived():
    """타임스텝마다 견준 수와 남은 것, 밀려난 것을 글과 표로 말한다."""
    html = enlivened("beam_search_tree", STEPPED)
    first, second, answer = html.split("<section")[1:]
    assert "빔 1개에 이어 쓸 수 있는 후보 3개를 견주어 2개를 남겼습니다." in first
    assert "마지막으로 남은 것의 점수는 −1.20, 밀려난 것은 −2.30부터입니다." in first
    cells = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr class=.*?</tr>", second)]
    assert cells == [
        ["1", "<code>나는<b>학교에</b></code>", "−0.51", "−0.39", "−0.90", "남음, 탐욕"],
        ["2", "<code>나는<b>집에</b></code>", "−0.51", "−1.09", "−1.60", "남음"],
        ["3", "<code>저는<b>학교에</b></code>", "−1.20", "−0.90", "−2.10", "밀려남"],
    ]
    assert "누적 로그 확률이 가장 큰 빔: “나는학교에”, 점수 −0.90." in answer
    assert "하나만 남긴 탐욕 디코딩의 답: “나는학교에”, 점수 −0.90." in answer
    assert data_of(html) == [[0, 0], [0, 0]]


ENDING = {
    "steps": [[[0, "가", -0.5], [0, "</s>", -1.0]], [[1, "</s>", -1.0], [0, "나", -1.5]]],
    "candidates": [
        [[0, "가", -0.5, -0.5], [0, "</s>", -1.0, -1.0]],
        [[1, "</s>", 0.0, -1.0], [0, "나", -1.0, -1.5], [0, "다", -2.0, -2.5]],
    ],
}


def test_ended_beam_waits_and_the_greedy_answer_may_lose():
    """끝난 빔은 같은 글로 기다리고, 하나만 남겼을 때의 답은 빔 탐색의 답과 다를 수 있다."""
    FIGURES["beam_search_tree"].verify(ENDING, STEPPED)
    text = " ".join(text_of(enlivened("beam_search_tree", STEPPED, ENDING)).split())
    assert "끝난 빔은 1개입니다." in text
    assert "2 &lt;/s&gt; 0.00 −1.00 −1.00 끝남" in text and "1 &lt;/s&gt; −1.00 0.00 −1.00 기다림" in text
    assert "하나만 남긴 탐욕 디코딩의 답: “가나”, 점수 −1.50." in text


def test_greedy_path_that_was_cut_is_not_invented():
    """하나만 남긴 길이 밀려나면, 그 길의 답을 지어내지 않는다."""
    steps = [[[0, "가", -0.5], [0, "나", -0.6]], [[1, "다", -0.7], [1, "라", -0.8]]]
    candidates = [
        [[0, "가", -0.5, -0.5], [0, "나", -0.6, -0.6]],
        [[1, "다", -0.1, -0.7], [1, "라", -0.2, -0.8], [0, "다", -1.0, -1.5]],
    ]
    values = {"steps": steps, "candidates": candidates}
    FIGURES["beam_search_tree"].verify(values, STEPPED)
    html = enlivened("beam_search_tree", STEPPED, values)
    assert "밀려남, 탐욕" in html and "탐욕 디코딩의 답" not in html


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ([TREE["candidates"][0]], "후보는 타임스텝마다 하나의 리스트여야 합니다: 타임스텝 2개"),
        ([TREE["candidates"][0][::-1], TREE["candidates"][1]], "타임스텝 0: 후보는 나은 것부터 적어야 합니다"),
        ([TREE["candidates"][0][:1], TREE["candidates"][1]], "타임스텝 0: 후보가 남은 빔보다 적습니다: 1개와 2개"),
        (
            [[[0, "우리", -0.1, -0.1], *TREE["candidates"][0]], TREE["candidates"][1]],
            "타임스텝 0: 남은 빔 [0, '나는', -0.51] 대신 [0, '우리', -0.1]이 남아야 합니다",
        ),
        ([[[3, "나는", -0.5, -0.5]], []], "타임스텝 0의 후보: 앞 타임스텝에 3번 빔이 없습니다"),
        ([[[0, "나는", -0.2, -0.5]], []], "타임스텝 0의 후보: 0.0에 -0.2를 더하면 -0.5가 되지 않습니다"),
        ([[["나는", -0.5]], []], "[부모의 번호, 토큰, 로그 확률, 누적 로그 확률]이어야 합니다: ['나는', -0.5]"),
    ],
)
def test_candidates_that_do_not_fit_the_tree_are_told(change, message):
    """남은 빔이 견준 것 가운데 가장 나은 것이 아니면 그림은 실패한다."""
    with pytest.raises(FigureError) as raised:
        FIGURES["beam_search_tree"].verify(TREE | {"candidates": change}, STEPPED)
    assert message in str(raised.value)


def test_tree_without_candidates_is_only_a_picture():
    """후보를 적지 않은 나무에는 스크립트가 쓸 것이 없다."""
    assert enlivened("beam_search_tree", {}) == "<svg></svg>"


@pytest.mark.parametrize("name", ["influence-map", "beam-stepper"])
def test_scripts_are_small_and_speak_no_korean(name):
    """사이트에 실리는 스크립트와 스타일은 저마다 2 KB보다 작고, 화면에 적는 말은 스크립트에 없다."""
    script = (ROOT / f"docs/_static/{name}.js").read_text(encoding="utf-8")
    style = (ROOT / f"docs/_static/{name}.css").read_bytes()
    shipped = rjsmin.jsmin(script)
    assert len(gzip.compress(shipped.encode(), 9)) < 2_000 and len(gzip.compress(style, 9)) < 2_000
    assert not re.search("[가-힣]", shipped)
