"""그림: 겹치지 않고, 늘 같고, 이름표가 확인된다."""

import importlib
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from rnn_shapes.figures import FIGURES
from rnn_shapes.figures.drawing import Drawing, Label, text_width
from rnn_shapes.figures.figure import GIVEN, FigureError, is_given

SHAPES = ["(N,)", "(N, T, 2H)", "((N, T, H), (N, H), (N, H))", "(None, S, 2A + 3H, embedding)"]
VALUES = {
    "bidirectional_values": {
        "outputs": [[0.1, -0.2], [0.3, 0.4], [-0.55, 0.66]],
        "forward_state": [-0.55],
        "backward_state": [-0.2],
    },
    "layer_grid": {"layers": ["LSTM", "LSTM"]},
    "gru_cell": {"reset_after": True},
    "embedding_and_padding": {"ids": [[4, 123, 0], [5, 0, 0]], "mask": [[1, 1, 0], [1, 0, 0]]},
    "mask_grid": {"mask": [[1, 1, 0], [1, 0, 0]]},
    "beam_search_tree": {
        "steps": [[[0, "나는", -0.51], [0, "저는", -1.2]], [[0, "학교에", -0.9], [0, "집에", -1.6]]],
    },
    "choice_tree": {
        "tokens": ["1", "7", "2"],
        "first": [0.5, 0.4, 0.1],
        "second": [[0.4, 0.3, 0.3], [0.05, 0.9, 0.05], [0.3, 0.4, 0.3]],
    },
    "beam_step": {
        "rows": ["1", "7"],
        "columns": ["1", "7", "2"],
        "scores": [[-1.6, -1.9, -1.9], [-3.9, -1.0, -3.9]],
        "picked": [4, 0],
        "parents": [1, 0],
        "chosen": ["7", "1"],
    },
    "reading": {
        "tokens": ["", "이야기는", "지루하다", "하지만", "연기는", "훌륭하다", ""],
        "states": [[0.0] * 8, *([-0.1 * step] * 8 for step in range(1, 6)), [-0.5] * 8],
    },
    "attention_map": {
        "source": ["이", "천", ""],
        "target": ["2", "0", "</s>"],
        "weights": [[1.0, 0.0, 0.0], [0.1, 0.9, 0.0], [0.25, 0.25, 0.5]],
    },
    "influence_map": {"inputs": ["이", "천", "육"], "shares": [[1, 0, 0], [0.25, 0.75, 0], [0.5, 0.2, 0.3]]},
    "attention_gradient": {"last": [1.0, 0.3, 0.0], "attended": [1.0, 0.9, 0.95]},
    "gradient_path": {"simple": [1.0, 0.3, 0.0], "cell": [1.0, 0.9, 0.85]},
    "shares": {"columns": ["</s>", "0", "9"], "rows": ["온도 0.5", "낮은 온도"], "shares": [[0, 0.25, 1], [1, 1, 0.5]]},
    "activations": {"points": [-2, 0, 2], "valve": [0.12, 0.5, 0.88], "content": [-0.96, 0.0, 0.96]},
    "sliding_windows": {"series": [1, 3, 2.5, 4, 0], "reads": [[0, 1, 2], [1, 2, 3]], "answers": [3, 4]},
}
BEAM_STEP = VALUES["beam_step"]
WINDOWS = VALUES["sliding_windows"]
OPTIONAL = {
    "reading": {"scores": [0.5, 0.4, 0.3, 0.2, 0.6, 0.9, 0.9], "mask": [0, 1, 1, 1, 1, 1, 0]},
    "embedding_and_padding": {"words": [["연기는", "훌륭하다"], ["하지만"]]},
    "influence_map": {"outputs": ["2", "0", "</s>"], "other": [[1, 0, 0], [0.1, 0.9, 0], [0.5, 0.5, 0]]},
    "beam_search_tree": {
        "candidates": [
            [[0, "나는", -0.51, -0.51], [0, "저는", -1.2, -1.2], [0, "학교에", -2.3, -2.3]],
            [[0, "학교에", -0.39, -0.9], [0, "집에", -1.09, -1.6], [1, "학교에", -0.9, -2.1]],
        ]
    },
    "bidirectional_layer": {"tokens": ["이야기는", "지루하다", "하지만", "연기는", "훌륭하다"]},
}


def cases():
    """그림마다 가능한 옵션을 모두. 적지 않아도 되는 값은 적은 것과 적지 않은 것 둘 다."""
    for name, figure in FIGURES.items():
        choices = [[{option: value} for value in values] for option, values in figure.options.items()]
        given = [[{}, {value: GIVEN}] for value in figure.optional]
        for options in itertools.product(*choices, *given):
            yield name, {option: value for chosen in options for option, value in chosen.items()}


FOCUSED = "bidirectional_layer", {"focus": "연기는", "tokens": GIVEN}
CASES = [*cases(), ("layer_grid", {"levels": "LSTM, BatchNormalization, Dropout, GRU, Dense"}), FOCUSED]


def drawn(name, options, shape="(N, T, 2H)", checked=True, values=True):
    """그려 본 그림."""
    figure = FIGURES[name]
    labels = {label: Label(shape, checked) for label in figure.labels(options)}
    return figure.draw(labels, measured(name, options) if values else {}, options)


def measured(name, options):
    """그림의 값. 적지 않아도 되는 값은 옵션에 있는 것만."""
    more = {value: found for value, found in OPTIONAL.get(name, {}).items() if is_given(options, value)}
    return VALUES.get(name, {}) | more


def text_boxes(drawing):
    """그림 속 글마다 차지하는 네모."""
    svg = ET.fromstring(drawing.svg("f", "이름", "설명"))
    for node in svg.iter("{http://www.w3.org/2000/svg}text"):
        size = float(node.get("font-size"))
        width = text_width(node.text, size)
        left = float(node.get("x")) - {"start": 0, "middle": width / 2, "end": width}[node.get("text-anchor")]
        baseline = float(node.get("y"))
        yield left, baseline - 0.8 * size, left + width, baseline + 0.1 * size, node.text


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("name", "options"), CASES)
def test_texts_never_collide(name, options, shape):
    """이름표가 짧든 길든 글이 서로 겹치거나 그림 밖으로 나가지 않는다."""
    drawing = drawn(name, options, shape)
    boxes = list(text_boxes(drawing))
    for a, b in itertools.combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a[4], b[4])
    for left, top, right, bottom, text in boxes:
        assert left >= 0 and top >= -12 and right <= drawing.right + 8 and bottom <= drawing.bottom + 8, text


@pytest.mark.parametrize(("name", "options"), CASES)
def test_figure_is_small_and_plain(name, options):
    """그림은 15 KB보다 작고, 스타일이나 스크립트가 없고, 이름과 설명이 있다."""
    svg = drawn(name, options).svg("figure-1", FIGURES[name].title, "설명 <1>")
    assert len(svg.encode()) < 15_000
    assert not re.search(r"style=|<style|<script|href|#[0-9a-f]{3}", svg)
    assert svg.count(' id="') == 2
    assert '<desc id="figure-1-desc">설명 &lt;1&gt;</desc>' in svg
    ET.fromstring(svg)


@pytest.mark.parametrize(("name", "options"), CASES)
def test_unchecked_label_is_told_without_colour(name, options):
    """확인되지 않은 이름표는 색이 아니라 물음표로도 구별된다."""
    assert "✓" not in "".join(drawn(name, options, checked=False).texts)
    assert "(N, T, 2H) ?" in drawn(name, options, checked=False).texts


DRAWN_FROM_VALUES = [
    *("bidirectional_values", "embedding_and_padding", "mask_grid", "beam_search_tree", "reading", "gradient_path"),
    *("activations", "shares", "attention_map", "attention_gradient", "choice_tree", "beam_step"),
    *("influence_map", "sliding_windows"),
]


@pytest.mark.parametrize(
    ("name", "options"), [*((name, {}) for name in DRAWN_FROM_VALUES), ("bidirectional_layer", {"tokens": [""]})]
)
def test_figure_without_measured_values_says_so(name, options):
    """그릴 값을 아직 재지 않았으면 수를 지어내지 않고 그렇게 적는다."""
    drawing = drawn(name, FIGURES[name].complete({}, options), values=False)
    assert "아직 재지 않은 값" in drawing.texts


def test_figure_waits_for_every_value_it_was_given():
    """적지 않아도 되는 값을 적었는데 그것만 아직 확인하지 못했으면, 그 값이 없는 그림을 대신 그리지 않는다."""
    figure = FIGURES["reading"]
    options = figure.complete({}, ["tokens", "states", "scores"])
    labels = {"states": Label("(T, H)", checked=True)}
    assert "아직 재지 않은 값" in figure.draw(labels, VALUES["reading"], options).texts
    assert "아직 재지 않은 값" not in figure.draw(labels, measured("reading", options), options).texts


def test_lstm_grows_and_nothing_moves():
    """LSTM의 그림 넷은 크기가 같다. 앞 그림의 글과 상자, 동그라미는 다음 그림의 같은 자리에 있고 새것이 더해진다."""
    stages = ("cell-state", "forget", "input", "output")
    pictures = [drawn("lstm_cell", {"until": stage}, "(N,)") for stage in stages]
    assert len({(picture.right, picture.bottom) for picture in pictures}) == 1
    parts = [
        {element for element in picture.elements if element.startswith(("<text", "<rect", "<circle"))}
        for picture in pictures
    ]
    assert all(before < after for before, after in itertools.pairwise(parts))
    new = [[text for text in picture.texts if "(" not in text] for picture in pictures]
    assert sorted(new[0]) == ["셀 상태 c", "이전 셀 상태 c"]
    assert {"망각 f", "입력 x"} <= {*new[1]} and "입력 i" not in new[1]
    assert {"입력 i", "후보 값 c̃", "+"} <= {*new[2]} and "출력 o" not in new[2] and "은닉 상태 h" not in new[2]
    assert {"출력 o", "은닉 상태 h"} <= {*new[3]}


def test_only_the_second_task_answers_at_each_step():
    """첫째 격자의 답은 하나, 둘째는 타임스텝마다 하나다. 셋째에는 답이 없고 굵은 화살표가 하나 있다."""
    drawing = drawn("sequence_tasks", {})
    assert drawing.texts.count("답") == 1 + drawing.texts.count("x") // 3
    assert sum('class="line thick"' in element for element in drawing.elements) == 1
    order = [text for text in drawing.texts if text in ("답", "디코더", "시퀀스마다 답 하나", "타임스텝마다 답 하나")]
    assert order == ["시퀀스마다 답 하나", "답", "타임스텝마다 답 하나", "답", "답", "답", "디코더"]


def test_only_the_path_without_attention_goes_step_by_step():
    """어텐션이 있는 행의 상자는 화살표로 이어지지 않는다."""
    arrows = [element for element in drawn("attention_gradient", {}).elements if 'class="tip"' in element]
    both = [element for element in drawn("gradient_path", {}).elements if 'class="tip"' in element]
    assert len(arrows) == len(VALUES["attention_gradient"]["last"]) - 1 and len(both) == 2 * len(arrows)


def test_tree_of_choices_marks_the_best_and_the_greedy_path():
    """굵은 가지는 곱이 가장 큰 길의 둘뿐이고, 점선 상자는 걸음마다 가장 큰 토큰 둘뿐이다."""
    drawing = drawn("choice_tree", {})
    assert sum('class="line thick"' in element for element in drawing.elements) == 2
    assert sum('class="box off"' in element for element in drawing.elements) == 2
    bold = [element for element in drawing.elements if 'class="code strong"' in element]
    assert len(bold) == 1 and ">0.36<" in bold[0]


def test_map_of_attention_marks_the_largest_weight_of_each_row():
    """행마다 굵은 칸이 하나 있고, 글이 없는 토큰은 빈자리라고 적는다."""
    drawing = drawn("attention_map", {})
    marked = [element for element in drawing.elements if 'class="cell mark high"' in element]
    assert len(marked) == len(VALUES["attention_map"]["target"])
    assert drawing.texts.count("빈자리") == 1


@pytest.mark.parametrize("stage", ["cell-state", "forget", "input", "output"])
def test_description_of_lstm_names_what_is_drawn(stage):
    """LSTM의 대체 텍스트는 그린 상자를 모두 말하고, 아직 그리지 않은 상자는 말하지 않는다."""
    options = {"until": stage}
    words = FIGURES["lstm_cell"].describe(options)
    for box in ("망각 f", "입력 i", "후보 값 c̃", "출력 o"):
        assert (box in words) == (box in drawn("lstm_cell", options).texts), box
    assert ("tanh를 적용하고" in words) == (stage == "output")


def test_description_follows_the_options():
    """옵션에 따라 달라지는 그림은 대체 텍스트도 옵션마다 다르고, 층의 순서를 그대로 말한다."""
    for name, figure in FIGURES.items():
        described = [figure.describe(options) for case, options in CASES if case == name]
        assert len(set(described)) == len(described)
    words = FIGURES["layer_grid"].describe({"levels": "GRU, BatchNormalization, Dense"})
    assert "입력, 상태를 옆으로 넘기는 GRU, 시간을 가로지르는 BatchNormalization, Dense의 순서" in words


WORDS = [
    ("cells", "SAME_CELL", None, "셀 여럿을 차례로"),
    ("cells", "ONE_SET", None, "가중치는 두 벌"),
    ("cells", "START", 0, "마지막"),
    ("cells", "TERMS", 1, (None, "= σ(")),
    ("cells", "PRODUCTS", 0, ("x", "U", "입력 쪽")),
    *(("gates", "LSTM_GATES", index, ("문", "relu")) for index in range(4)),
    *(("gates", "LSTM_STEPS", step, "+") for step in ("forget", "input", "output")),
    ("gates", "LSTM_STEPS", "add", "×"),
    ("gates", "LSTM_STEPS", "squash", "σ"),
    *(("gates", "GRU_GATES", index, ("문", "relu")) for index in range(2)),
    ("gates", "GRU_CANDIDATE", 1, "σ"),
    *(("gates", "GRU_STEPS", step, "+") for step in ("keep", "new")),
    ("gates", "GRU_STEPS", "rest", "z"),
    ("gates", "GRU_STEPS", "add", "×"),
    ("gates", "RESET_ORDER", "true", ("×", "·U")),
    ("layers", "OVER_TIME", 0, "GRU"),
    ("layers", "RECURRENT", 2, "Dense"),
    ("directions", "ENDS", "정방향", "0"),
    ("directions", "ENDS", "역방향", "T-1"),
    ("directions", "MERGED", None, "더하기"),
    ("directions", "HALVES", 0, ("정방향", "forward_state", 0)),
    ("directions", "HALVES", 1, ("정방향", "backward_state", 0)),
    ("tokens", "MARKS", True, "○"),
    ("tokens", "MARKS", False, "●"),
    *(("tokens", word, None, "다른 것") for word in ("IDS", "TABLE", "VECTORS", "CARRIED")),
    *(("reading", word, None, "다른 것") for word in ("BEGIN", "ROW", "SKIPPED", "COLOURS")),
    *(("tasks", word, None, "다른 것") for word in ("ANSWER", "NEXT", "HANDED")),
    ("tasks", "TASKS", 0, ("last", "답 둘", "return_sequences=True")),
    ("gradients", "PATHS", 1, ("cell", "GRU", "h", "갱신 게이트를 곱함")),
    ("gradients", "DISTANCE", None, "다른 것"),
    ("gradients", "LOOKING", 0, ("last", "어텐션 없음", "h", "다른 길로 감")),
    *(("attention", word, None, "다른 것") for word in ("READ", "WROTE", "DARKER", "BLANK")),
    *(("influence", word, None, "다른 것") for word in ("LARGEST", "UPPER", "LOWER", "SO_FAR")),
    ("seq2seq", "HANDOVER", 0, "인코더의 첫 상태"),
    *(("seq2seq", word, None, "다른 것") for word in ("FORCING", "NEXT_INPUT", "STOP", "LOSS")),
    ("seq2seq", "SCORES", "bahdanau", "e[j] = v · σ(W q + U k[j])"),
    ("seq2seq", "AFTER_SCORE", 0, "소프트맥스: 합이 2"),
    ("beams", "THICK", None, "가장 짧은 빔"),
    ("beams", "CUT", None, "굵은 빔"),
    *(("beams", word, None, "다른 것") for word in ("ROWS", "CHOSEN")),
    *(("choices", word, None, "다른 것") for word in ("LIKELIEST", "GREEDY")),
]
"""그림과 대체 텍스트가 함께 쓰는 이름과, 거기에 넣어 볼 다른 말."""


def told():
    """그림마다 그린 것과 대체 텍스트."""
    return [(drawn(name, options).elements, FIGURES[name].describe(options)) for name, options in CASES]


@pytest.mark.parametrize(("module", "name", "key", "other"), WORDS)
def test_drawing_and_description_change_together(monkeypatch, module, name, key, other):
    """그림이 쓰는 말 하나를 바꾸면 그 그림은 그린 것도 대체 텍스트도 달라지고, 다른 그림은 그대로다."""
    before = told()
    owner = importlib.import_module(f"rnn_shapes.figures.{module}")
    word = getattr(owner, name)
    if isinstance(key, int) and not isinstance(word, dict):
        other = (*word[:key], other, *word[key + 1 :])
    elif key is not None:
        other = word | {key: other}
    monkeypatch.setattr(owner, name, other)
    changes = [(old[0] != new[0], old[1] != new[1]) for old, new in zip(before, told(), strict=True)]
    assert set(changes) == {(True, True), (False, False)}


def test_every_figure_with_values_is_tried():
    """값을 적는 그림은 모두 이 시험에 값이 있다."""
    assert {name for name, figure in FIGURES.items() if figure.values} == set(VALUES)
    assert {name: [*figure.optional] for name, figure in FIGURES.items() if figure.optional} == {
        name: [*values] for name, values in OPTIONAL.items()
    }


@pytest.mark.parametrize(("name", "options"), CASES)
def test_tried_values_are_ones_a_page_may_have(name, options):
    """이 시험의 값은 페이지에서도 통과할 값이다."""
    if values := measured(name, options):
        if name != "layer_grid":
            FIGURES[name].verify(values, {"reset_after": "true"} | options | {"reset_after": "true"})
        assert FIGURES[name].ready(values, options)


TOLD = [
    ("reading", {"score_name": "긍정일 확률", "scores": GIVEN}, "빈자리 0.50, 이야기는 0.40, 지루하다 0.30"),
    ("reading", {"score_name": "점수"}, "토큰: 빈자리, 이야기는, 지루하다"),
    ("gradient_path", {}, "SimpleRNN: 1.00, 0.30, 0.00. LSTM: 1.00, 0.90, 0.85."),
    ("choice_tree", {}, "11 0.20, 17 0.15, 12 0.15, 71 0.02, 77 0.36,"),
    ("beam_step", {}, "새 빔: 77, 11."),
    ("beam_search_tree", {}, "타임스텝 1: 나는학교에 −0.90, 나는집에 −1.60."),
    ("influence_map", {}, "천: 이 0.25, 천 0.75. 육: 이 0.50"),
    ("influence_map", {"outputs": GIVEN, "other": GIVEN}, "0: 이 0.25 (0.10), 천 0.75 (0.90), 육 0.00 (0.00). </s>"),
    ("attention_map", {}, "쓴 토큰 0: 이 0.10, 천 0.90, 빈자리 0.00. 쓴 토큰 </s>: 이 0.25"),
    ("attention_gradient", {}, "어텐션 없음: 1.00, 0.30, 0.00. 어텐션 있음: 1.00, 0.90, 0.95."),
    ("shares", {"share_name": "확률", "column_name": "글자"}, "온도 0.5: </s> 0.00, 0 0.25, 9 1.00."),
    ("activations", {}, "시그모이드: −2.00에서 0.12, 2.00에서 0.88. tanh: −2.00에서 −0.96, 2.00에서 0.96."),
    ("embedding_and_padding", {"words": GIVEN}, "연기는 4, 훌륭하다 123. 하지만 5."),
    (*FOCUSED, "역방향 층이 읽은 토큰: 훌륭하다, 연기는."),
    ("sliding_windows", {"value_name": "매출"}, "창 1: 1번부터 3번 줄까지 읽고 4번 줄이 정답. 매출: 1.00, 3.00"),
]


@pytest.mark.parametrize(("name", "options", "words"), TOLD)
def test_measured_values_are_read_aloud(name, options, words):
    """화면을 읽어 주는 도구도 그림에 적은 토큰과 수를 읽는다."""
    assert words in FIGURES[name].tell(measured(name, options), options)


def test_focus_shows_what_each_direction_has_read():
    """강조한 자리까지 정방향이 지나온 화살표와 역방향이 지나온 화살표만 굵다."""
    for focus, number in (("이야기는", 4), ("연기는", 4), ("훌륭하다", 4)):
        options = {"focus": focus, "tokens": GIVEN}
        drawing = drawn("bidirectional_layer", options)
        thick = [element for element in drawing.elements if 'class="line thick"' in element]
        place = OPTIONAL["bidirectional_layer"]["tokens"].index(focus)
        forward = [element for element in thick if ",110 " in element]
        assert len(thick) == number and len(forward) == place


def test_bytes_do_not_depend_on_the_process():
    """다른 프로세스에서 그려도 바이트까지 같다."""
    script = (
        "import sys; sys.path[:0] = ['src', 'tests', 'tests/figures']\n"
        "from test_figures import CASES, drawn\n"
        "print([drawn(name, options).svg('f', 't', 'd') for name, options in CASES])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_boxes_grow_with_their_text():
    """격자의 칸은 가장 긴 글에 맞춘다."""
    narrow = Drawing().grid(0, 0, [["1", "2"]])
    wide = Drawing().grid(0, 0, [["1", "아주 긴 글"]])
    assert wide[0] > narrow[0]


CONF = """
def setup(app):
    from rnn_shapes.figures.directive import setup_figures
    setup_figures(app)
"""


@pytest.fixture
def site(site):
    """그림을 놓을 수 있는 작은 사이트."""
    site.conf(more=CONF)
    return site


PAGE = """# 페이지

```{{testcode}}
import numpy as np
batch_size, seq_length, hidden_dim = 5, 7, 11
outputs = np.linspace(-1, 1, 5 * 7 * 22).reshape((batch_size, seq_length, 2 * hidden_dim))
```

```{{rnn-figure}} {name}
{options}

{content}

캡션의 {{shape}}`outputs -> (N, T, 2H)`
```
"""
GOOD = {
    "name": "bidirectional_values",
    "options": ":name: drawn",
    "content": "outputs: outputs[0] -> (T, 2H)\noutputs = outputs[0]\n"
    "forward_state = outputs[0, -1, :hidden_dim]\nbackward_state = outputs[0, 0, hidden_dim:]",
}


ATTENTION = "\n".join(f"{name}: outputs -> (N, T, 2H)" for name in FIGURES["attention_steps"].labels({}))


def test_figure_shows_what_was_measured(site):
    """확인한 뒤의 그림에는 잰 수와 확인 표시가 있고, 그 전의 그림에는 없다."""
    site.page("page.md", PAGE.format(**GOOD))
    before = site.build("html").html("page")
    assert "아직 재지 않은 값" in before and "(T, 2H) ?" in before
    assert site.build("doctest").code == 0
    after = site.build("html").html("page")
    assert "(T, 2H) ✓" in after and "\N{MINUS SIGN}1.00" in after and "\N{MINUS SIGN}1.00" not in before
    assert "이 그림의 이름표 4개 가운데 4개를 실행해서 확인함" in after
    assert 'class="claim claim-checked"' in after


READING = {
    "name": "reading",
    "options": ":score-name: 긍정일 확률",
    "content": "states: few -> (T, 4)\ntokens = [*'가나다라마바사']\nstates = few\nscores = outputs[0, :, 1]",
}


def test_measured_words_and_numbers_are_in_the_description(site):
    """확인한 토큰과 수는 대체 텍스트의 뒤에 붙고, 확인하기 전에는 그림에도 대체 텍스트에도 없다."""
    site.page("page.md", PAGE.format(**READING).replace("\n```\n", "\nfew = outputs[0, :, :4]\n```\n", 1))
    before = site.build("html").html("page")
    assert "상태 아래의 수: 긍정일 확률." in before
    assert "아직 재지 않은 값" in before and "토큰과 긍정일 확률: 가" not in before
    built = site.build("doctest")
    assert built.code == 0, built.output
    after = site.build("html").html("page")
    assert "토큰과 긍정일 확률: 가 \N{MINUS SIGN}1.00, 나" in after and "아직 재지 않은 값" not in after


def test_words_of_a_figure_are_searchable(site):
    """그림 속의 글과 대체 텍스트가 검색 목록에 든다."""
    site.page("page.md", PAGE.format(name="attention_steps", options=":score: bahdanau", content=ATTENTION))
    built = site.build("html")
    assert "tanh" in (built.folder / "searchindex.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"options": ":alt: 설명"},
            r"page\.md:9: ERROR: 그림 bidirectional_values: 대체 텍스트는 그림이 스스로 적습니다. :alt:을 지우세요",
        ),
        ({"name": "none"}, r"docs/page\.md:9: ERROR: 그림 none: 그런 그림이 없습니다. 있는 그림: .*lstm_cell"),
        ({"content": "outputs: outputs[0] -> (T, 2H)"}, "값이 빠졌습니다: outputs, forward_state, backward_state"),
        ({"content": "outputs = outputs[0]"}, "형태 이름표가 빠졌습니다: outputs"),
        (
            {"content": GOOD["content"] + "\nmore: outputs -> (N, T, 2H)"},
            "모르는 형태 이름표입니다: more. 쓸 수 있는 이름: outputs",
        ),
        ({"content": GOOD["content"] + "\noutputs: outputs -> (N, T, 2H)"}, "이름이 두 번 나옵니다: outputs"),
        ({"content": GOOD["content"].replace("-> ", "")}, r"화살표\(->\)가 없습니다"),
        (
            {"content": GOOD["content"].replace("outputs = outputs[0]", "outputs = outputs[1]")},
            "이름표와 값의 식이 다릅니다: outputs",
        ),
        ({"options": ":levels: LSTM"}, "모르는 옵션입니다: levels. 쓸 수 있는 옵션: 없음"),
        (
            {"name": "reading", "content": "states: outputs[0] -> (T, 2H)\ntokens = []\nstates = outputs[0]\nx = 1"},
            "모르는 값입니다: x. 쓸 수 있는 이름: tokens, states, scores, mask",
        ),
        (
            {"name": "lstm_cell", "options": ":until: cell-state", "content": "c: outputs -> (N, T, 2H)"},
            "형태 이름표가 빠졌습니다: c_previous",
        ),
        (
            {"name": "gru_cell", "options": ":reset-after: maybe"},
            "쓸 수 없는 값입니다: reset_after=maybe. 쓸 수 있는 값: true, false",
        ),
    ],
)
def test_bad_figure_fails_the_build(site, change, message):
    """잘못 적은 그림은 파일과 줄과 이유를 말하며 빌드를 실패시킨다."""
    site.page("page.md", PAGE.format(**GOOD | change))
    built = site.build("dummy")
    assert built.code != 0
    assert re.search(message, built.output), built.output


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "(T, 2H)\n",
            "(T, H)\n",
            "docs/page.md:12: 그림 bidirectional_values의 이름표 outputs: 형태 주장이 실제와 다릅니다",
        ),
        (
            "outputs[0, -1, :hidden_dim]",
            "missing",
            "docs/page.md:14: 그림 bidirectional_values의 이름표 forward_state: 이 자리까지 없는 이름입니다: missing",
        ),
        (
            "0, hidden_dim:]",
            "1, hidden_dim:]",
            "docs/page.md:13: 그림 bidirectional_values: 그림에 적을 값이 맞지 않습니다\n"
            "  이유    역방향의 마지막 상태가 첫 타임스텝의 뒤쪽 절반과 다릅니다",
        ),
    ],
)
def test_false_figure_fails_and_names_its_label(site, old, new, message):
    """틀린 이름표나 값은 어느 그림의 무엇인지 말하며 실패하고, 그 값은 그려지지 않는다."""
    site.page("page.md", PAGE.format(**GOOD).replace(old, new))
    built = site.build("doctest")
    assert built.code != 0
    assert f"\n{message}" in built.output, built.output
    assert " ?" in site.build("html").html("page")


def test_label_in_a_note_is_found_on_its_line(site):
    """겹친 directive 안의 이름표도 제 줄을 말한다."""
    nested = PAGE.format(**GOOD | {"content": GOOD["content"].replace("(T, 2H)", "(T, H)")})
    start, fence, rest = nested.partition("```{rnn-figure}")
    site.page("page.md", f"{start}:::{{note}}\n글\n\n{fence}{rest}:::\n")
    assert "docs/page.md:15: 그림 bidirectional_values의 이름표 outputs: 형태" in site.build("doctest").output


@pytest.mark.parametrize(
    ("name", "values", "options", "message"),
    [
        ("gru_cell", {"reset_after": True}, {"reset_after": "false"}, "옵션의 reset_after가 실제 값"),
        ("layer_grid", {"layers": ["GRU"]}, {"levels": "LSTM"}, "옵션의 층"),
        (
            "bidirectional_values",
            {"outputs": [[1.0, 2.0]], "forward_state": [], "backward_state": [1.0, 2.0]},
            {},
            "출력의 너비가 두 상태의 크기를 더한 것과 다릅니다",
        ),
        ("reading", {"tokens": "연기는", "states": [[1.0]]}, {}, "토큰은 글을 하나 이상 담은 리스트여야 합니다"),
        ("reading", {"tokens": ["a"] * 8, "states": [[1.0]] * 8}, {}, "토큰이 7개보다 많습니다: 8개"),
        ("reading", {"tokens": ["a"], "states": [1.0]}, {}, "상태는 토큰마다 수를 한 행씩 담은 표여야 합니다"),
        ("reading", {"tokens": ["a"], "states": [[[1.0]]]}, {}, "상태는 토큰마다 수를 한 행씩 담은 표여야 합니다"),
        ("reading", {"tokens": ["a"], "states": [[float("nan")]]}, {}, "상태는 토큰마다 수를 한 행씩"),
        ("reading", {"tokens": ["a", "b"], "states": [[1.0], [1.0, 2.0]]}, {}, "상태의 행마다 길이가 다릅니다"),
        ("reading", {"tokens": ["a"], "states": [[1.0] * 9]}, {}, "상태의 크기가 8보다 큽니다: 9"),
        (
            "reading",
            {"tokens": ["a", "b"], "states": [[1.0]]},
            {},
            "상태의 수가 토큰의 수와 다릅니다: 토큰 2개, 상태 1개",
        ),
        (
            "reading",
            {"tokens": ["a"], "states": [[1.0]], "scores": [0.1, 0.2]},
            {},
            "점수의 수가 토큰의 수와 다릅니다: 토큰 1개, 점수 2개",
        ),
        ("reading", {"tokens": ["a"], "states": [[1.0]], "scores": 0.1}, {}, "토큰 1개, 점수 0.1"),
        ("reading", {"tokens": ["a"], "states": [[1.0]], "scores": [[0.1]]}, {}, r"점수는 수여야 합니다: \[0.1\]"),
        ("reading", {"tokens": ["a"], "states": [[1.0]], "mask": [1, 0]}, {}, "토큰 1개, 마스크 2개"),
        ("reading", {"tokens": ["a"], "states": [[1.0]], "mask": [2]}, {}, "마스크에는 0, 1, True, False만"),
        (
            "reading",
            {"tokens": ["a", ""], "states": [[1.0], [0.9]], "mask": [True, False]},
            {},
            "건너뛴 타임스텝 1의 상태가 바로 앞의 상태와 다릅니다",
        ),
        ("gradient_path", {"simple": [1.0, -0.1], "cell": [1.0, 0.9]}, {}, "SimpleRNN의 크기는 0보다 작지 않은"),
        ("gradient_path", {"simple": [1.0, 0.1], "cell": 0.9}, {}, "LSTM의 크기는 0보다 작지 않은"),
        ("gradient_path", {"simple": [1.0, 0.1], "cell": [1.0]}, {}, "두 길의 막대 수가 다릅니다: 2개와 1개"),
        ("gradient_path", {"simple": [1.0], "cell": [1.0]}, {}, "막대는 2개부터 12개까지여야 합니다: 1개"),
        ("choice_tree", {"tokens": ["1"], "first": [1], "second": [[1]]}, {}, "토큰은 둘이나 셋이고"),
        (
            "choice_tree",
            {"tokens": ["1", "7"], "first": [0.5, 0.6], "second": [[1, 0], [1, 0]]},
            {},
            "확률을 모두 더하면 1이어야",
        ),
        (
            "choice_tree",
            {"tokens": ["1", "7"], "first": [0.5, 0.5], "second": [[1, 0], [1]]},
            {},
            "확률은 토큰마다 하나씩",
        ),
        (
            "choice_tree",
            VALUES["choice_tree"] | {"tokens": ["1", "7", "아니요"]},
            {},
            "칸에 들어가지 않는 토큰입니다: 아니요",
        ),
        ("beam_step", BEAM_STEP | {"rows": ["1", "칠칠칠칠"]}, {}, "칸에 들어가지 않는 글입니다: 칠칠칠칠7"),
        ("beam_step", BEAM_STEP | {"rows": ["1"] * 6}, {}, "표가 5행, 7열보다 큽니다: 6행, 3열"),
        ("beam_step", BEAM_STEP | {"scores": [[0.0]]}, {}, "점수는 2행, 3열이어야 합니다"),
        ("beam_step", BEAM_STEP | {"scores": [["x"] * 3] * 2}, {}, "점수는 수여야 합니다: 'x'"),
        ("beam_step", BEAM_STEP | {"picked": [0, 4]}, {}, "고른 칸이 가장 큰 것부터가 아닙니다"),
        ("beam_step", BEAM_STEP | {"parents": [0, 1]}, {}, "부모가 고른 칸의 행과 다릅니다"),
        ("beam_step", BEAM_STEP | {"chosen": ["1", "7"]}, {}, "토큰이 고른 칸의 열과 다릅니다"),
        ("attention_gradient", {"last": [1.0, -0.1], "attended": [1.0, 0.9]}, {}, "어텐션 없음의 크기는 0보다"),
        ("attention_map", {"source": ["이"], "target": ["2"], "weights": [1.0]}, {}, "쓴 토큰마다 한 행씩 담은 표"),
        (
            "attention_map",
            {"source": ["이"], "target": ["2", "0"], "weights": [[1.0], [0.5, 0.5]]},
            {},
            "가중치의 행마다 길이가 다릅니다",
        ),
        (
            "attention_map",
            {"source": ["이"], "target": ["2", "0"], "weights": [[1.0]]},
            {},
            "쓴 토큰의 수가 가중치의 행과 다릅니다: 2개와 1개",
        ),
        (
            "attention_map",
            {"source": ["이", "천"], "target": ["2"], "weights": [[1.0]]},
            {},
            "읽은 토큰의 수가 가중치의 열과 다릅니다: 2개와 1개",
        ),
        ("attention_map", {"source": "이", "target": ["2"], "weights": [[1.0]]}, {}, "읽은 토큰은 글을 하나 이상"),
        (
            "attention_map",
            {"source": ["이"] * 9, "target": ["2"], "weights": [[0.1] * 9]},
            {},
            "읽은 토큰이 8개보다 많습니다: 9개",
        ),
        (
            "attention_map",
            {"source": ["이", "천"], "target": ["2"], "weights": [[1.5, -0.5]]},
            {},
            "‘2’의 가중치는 0보다 작지 않은 수여야 합니다: -0.5",
        ),
        (
            "attention_map",
            {"source": ["이", "천"], "target": ["2"], "weights": [[0.5, 0.4]]},
            {},
            "‘2’의 가중치를 모두 더하면 1이어야 합니다: 0.900",
        ),
        ("shares", {"columns": [], "rows": ["a"], "shares": [[]]}, {}, "열의 이름은 글을 하나 이상 담은"),
        ("shares", {"columns": ["a"] * 14, "rows": ["a"], "shares": [[]]}, {}, "열이 13개보다 많습니다: 14개"),
        ("shares", {"columns": ["a"], "rows": ["a"] * 7, "shares": [[]]}, {}, "행이 6개보다 많습니다: 7개"),
        ("shares", {"columns": ["a"], "rows": ["a"], "shares": [[1], [1]]}, {}, "행마다 한 줄씩 담은 표여야"),
        ("shares", {"columns": ["a"], "rows": ["b"], "shares": [[1, 0]]}, {}, "‘b’에는 열마다 몫이 하나씩"),
        ("shares", {"columns": ["a"], "rows": ["b"], "shares": [[1.1]]}, {}, "0과 1 사이의 수여야 합니다: 1.1"),
        ("shares", {"columns": ["a"], "rows": ["b"], "shares": [["1"]]}, {}, "0과 1 사이의 수여야 합니다: '1'"),
        ("sliding_windows", WINDOWS | {"series": ["1"]}, {}, "기록은 수를 하나 이상 담은"),
        ("sliding_windows", WINDOWS | {"series": [1] * 21}, {}, "기록이 20줄보다 깁니다: 21줄"),
        ("sliding_windows", WINDOWS | {"reads": [[0]] * 5}, {}, "창은 하나에서 4개까지"),
        ("sliding_windows", WINDOWS | {"answers": [3]}, {}, "정답은 창마다 하나씩"),
        ("sliding_windows", WINDOWS | {"reads": [[0, 2], [1, 2]]}, {}, "이어진 줄의 번호를 담은 리스트여야 합니다"),
        ("sliding_windows", WINDOWS | {"answers": [3, 5]}, {}, "기록에 없는 줄입니다: 5"),
        ("activations", {"points": [1], "valve": [0.7], "content": [0.8]}, {}, "points는 둘 이상의 수를 담은"),
        ("activations", {"points": [1, 0], "valve": [1, 1], "content": [1, 1]}, {}, "작은 수부터 겹치지 않게"),
        (
            "activations",
            {"points": [0, 1], "valve": [-0.1, 1], "content": [0, 1]},
            {},
            "시그모이드의 값은 0과 1 사이의",
        ),
        ("activations", {"points": [0, 1], "valve": [0.5, 1], "content": [0]}, {}, "tanh의 값이 1개여서 점의 수 2개와"),
        ("bidirectional_layer", {"tokens": ["a", "b"]}, {"focus": "c"}, "한 번만 있어야 합니다: c가 0번"),
        ("bidirectional_layer", {"tokens": ["a", "a"]}, {"focus": "a"}, "한 번만 있어야 합니다: a가 2번"),
        ("bidirectional_layer", {}, {"focus": "a"}, "한 번만 있어야 합니다: a가 0번"),
        ("bidirectional_layer", {"tokens": [1]}, {"focus": ""}, "토큰은 글을 하나 이상 담은 리스트여야 합니다"),
    ],
)
def test_what_is_drawn_must_be_what_was_measured(name, values, options, message):
    """옵션이 그리는 것이 실제의 층과 다르거나 값이 그림의 뜻과 다르면 거절한다."""
    with pytest.raises(FigureError, match=message):
        FIGURES[name].verify(values, options)


def test_values_must_relate_as_the_figure_says():
    """마스크가 번호와 어긋나면 그림이 거절한다."""
    with pytest.raises(FigureError, match="마스크가 0이 아닌 번호의 자리와 다릅니다"):
        FIGURES["embedding_and_padding"].verify({"ids": [[1, 0]], "mask": [[1, 1]]}, {})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([["연기는"]], "토큰의 행과 번호의 행이 다릅니다: 1행과 2행"),
        ("연기는", "토큰은 문장마다 글을 한 행씩 담은 표여야 합니다"),
        ([["연기는", 2], ["연기는"]], "토큰은 글이어야 합니다: 2"),
        ([["연기는"], ["연기는"]], "0번 문장에서 토큰의 자리가 0이 아닌 번호의 자리와 다릅니다"),
        ([["연기는", "훌륭하다"], ["", "연기는"]], "1번 문장에서 토큰의 자리가"),
        ([["연기는", "훌륭하다", "하지만"], ["연기는"]], "0번 문장에서 토큰의 자리가"),
        ([["연기는", "훌륭하다"], ["훌륭하다"]], "같은 토큰의 번호가 다릅니다: 훌륭하다, 8번과 4번"),
    ],
)
def test_words_must_belong_to_the_ids(words, message):
    """번호 위의 토큰은 번호와 자리가 같고, 같은 토큰은 번호도 같다."""
    values = {"ids": [[4, 8], [4, 0]], "mask": [[1, 1], [1, 0]]}
    FIGURES["embedding_and_padding"].verify(values | {"words": [["연기는", "훌륭하다"], ["연기는"]]}, {})
    with pytest.raises(FigureError, match=message):
        FIGURES["embedding_and_padding"].verify(values | {"words": words}, {})
