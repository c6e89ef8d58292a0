"""살아 있는 셀을 페이지에 놓기: 무엇을 재고, 무엇을 보이고, 잘못 놓으면 무엇을 말하는지."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_shapes.figures.drawing import text_width
from rnn_shapes.live import picture, table
from rnn_shapes.live.directive import check_place
from rnn_shapes.live.measuring import measure_cell

STATES = {"SimpleRNN": 1, "LSTM": 2, "GRU": 1}


def way(kind, units, backwards=False, **more):
    """한 방향의 층을 잰 것. 수는 자리만 채운다."""
    states = [[[0.1 * t + unit for unit in range(units)]] * STATES[kind] for t in range(2)]
    return {
        "kind": kind,
        "reset_after": True,
        "backwards": backwards,
        "U": [[0] * units] * units,
        "states": states,
    } | more


def data(*ways, mask=None):
    """잰 것 전체."""
    return {"words": ["가", ""], "inputs": [[0.5], [-0.25]], "mask": mask, "ways": list(ways)}


CONF = """
def setup(app):
    from rnn_shapes.live.directive import setup_live
    setup_live(app)
"""
PAGE = """# 페이지

```{{testcode}}
import tensorflow as tf

layer = tf.keras.layers.{layer}
x = tf.constant([[[0.5, -1.0], [1.0, 2.0], [0.0, 1.5]]])
_ = layer(x)
words = ["하나", "둘", "</script>"]
```

```{{live-cell}} layer
:inputs: x
{options}

{caption}
```
"""


@pytest.fixture
def placed(site):
    """셀을 놓은 페이지를 실행하고 만든 것."""
    site.conf(more=CONF)

    def build(layer="LSTM(2)", options=":name: cell\n:words: words", caption="캡션", builder="html"):
        site.page("page.md", PAGE.format(layer=layer, options=options, caption=caption))
        checked = site.build("doctest")
        return site.build(builder) if builder == "html" and checked.code == 0 else checked

    return build


def test_measured_numbers_are_on_the_page_with_and_without_script(placed):
    """확인한 뒤의 페이지에는 Keras가 낸 상태가 표에도, 스크립트가 읽을 자료에도 있고, 글이 자료를 끊지 않는다."""
    page = placed().html("page")
    (shown,) = re.findall(r'<script type="application/json">(.*?)</script>', page)
    found = json.loads(shown)
    assert found["words"] == ["하나", "둘", "</script>"] and found["inputs"][1] == [1.0, 2.0]
    (one,) = found["ways"]
    assert (one["kind"], len(one["W"]), len(one["W"][0]), len(one["states"])) == ("LSTM", 2, 8, 3)
    assert f"<td>{table.numbers(one['states'][2][1])}</td>" in page
    assert page.count("data-quantity=") == len(picture.QUANTITIES["LSTM"])


def test_unchecked_cell_shows_no_numbers(site):
    """실행하지 않은 페이지에는 수를 지어내지 않고 그렇게 적는다."""
    site.conf(more=CONF)
    site.page("page.md", PAGE.format(layer="LSTM(2)", options=":name: cell", caption="캡션"))
    page = site.build("html").html("page")
    assert "아직 재지 않은 셀입니다" in page and "<live-cell" not in page


@pytest.mark.parametrize(
    ("layer", "options", "words"),
    [
        ("Conv1D(2, 1)", ":name: cell", "계산할 줄 모르는 층입니다: Conv1D"),
        ("LSTM(5)", ":name: cell", "유닛이 너무 많습니다: 5개. 그림에는 3개까지 적을 수 있습니다"),
        ("GRU(2, activation='selu')", ":name: cell", "계산할 줄 모르는 활성화 함수입니다: selu"),
        ("GRU(2, stateful=True)", ":name: cell", "상태를 유지하지 않는 층을 놓으세요"),
        ("GRU(2)", ":name: cell\n:mask: [True, False]", "마스크의 길이(2)가 입력의 타임스텝 수(3)와 다릅니다"),
        ("GRU(2)", ":name: cell\n:words: words[1:]", "낱말의 수(2)가 입력의 타임스텝 수(3)와 다릅니다"),
        ("GRU(2)", ":name: cell\n:show: 3 z", ":show:에 없는 자리입니다: 3 z"),
        ("GRU(2)", ":name: cell\n:show: 0 f", ":show:에 없는 자리입니다: 0 f"),
        ("GRU(2)", ":name: cell\n:show: 0 z 0 1", ":show:에 없는 자리입니다: 0 z 0 1"),
        ("GRU(2)", ":name: cell\n:mask: nothing", "nothing"),
    ],
)
def test_what_cannot_be_shown_fails_with_its_reason(placed, layer, options, words):
    """계산하거나 그릴 수 없는 것을 놓으면 페이지의 확인이 실패하고, 자리와 이유를 말한다."""
    checked = placed(layer, options, builder="doctest")
    assert checked.code == 1
    assert words in checked.output and "docs/page.md:12" in checked.output


@pytest.mark.parametrize(
    ("options", "caption", "words"),
    [
        (":name: 이름", "캡션", "이름은 주소에 쓰므로 영문자와 숫자, -로만 적으세요: 이름"),
        ("", "캡션", "적어야 할 옵션이 빠졌습니다: name"),
        (":name: cell", "", "캡션이 한 단락 있어야 합니다"),
        (":name: cell\n:mask: x[", "캡션", "x["),
    ],
)
def test_unreadable_directive_is_an_error(placed, options, caption, words):
    """잘못 적은 directive는 경고가 아니라 오류이고, 자리를 말한다."""
    built = placed(options=options, caption=caption, builder="doctest")
    assert built.code == 1 and words in built.output and "docs/page.md:12" in built.output


def test_layer_without_weights_is_refused():
    """아직 부르지 않은 층에는 잴 가중치가 없다."""
    cell = type("GRUCell", (), {"units": 2})()
    with pytest.raises(ValueError, match="한 번 부르세요"):
        measure_cell(SimpleNamespace(cell=cell, stateful=False, built=False), [[1.0]], None, None, None)


@pytest.mark.parametrize("shape", [(2, 3, 1), (3,)])
def test_several_sequences_are_refused(shape):
    """여러 시퀀스가 든 배치는 놓을 수 없다."""
    cell = type("GRUCell", (), {"units": 2})()
    with pytest.raises(ValueError, match="시퀀스 하나여야"):
        measure_cell(SimpleNamespace(cell=cell, stateful=False, built=True), np.zeros(shape), None, None, None)


def test_sequence_that_does_not_fit_is_refused():
    """표에 다 적을 수 없을 만큼 큰 입력은 거절한다."""
    layer = SimpleNamespace(cell=type("GRUCell", (), {"units": 2})(), stateful=False, built=True)
    with pytest.raises(ValueError, match="타임스텝 10개, 특성 1개"):
        measure_cell(layer, np.zeros((10, 1)), None, None, None)


@pytest.mark.parametrize(
    ("kind", "reset_after"), [("SimpleRNN", False), ("LSTM", False), ("GRU", True), ("GRU", False)]
)
def test_every_quantity_has_its_spot(kind, reset_after):
    """그림에는 스크립트가 부르는 이름의 자리가 모두 있고, 이름표의 상자는 넓은 수도 담는다."""
    names = ("x", "h_previous", "h", *(("c_previous", "c") if kind == "LSTM" else ()))
    read = {name: [-0.88, 0.5, 1.0] for name in names}
    drawing = picture.draw(way(kind, 3, reset_after=reset_after), read)
    assert set(drawing.spots) == set(picture.QUANTITIES[kind])
    widest = text_width("  ".join(["\N{MINUS SIGN}0.88"] * 3), 13.5)
    widths = [
        float(width)
        for width in re.findall(r'width="([\d.]+)" height="24" rx="5" class="label"', str(drawing.elements))
    ]
    assert len(widths) == len(names) and min(widths) >= widest


def test_numbers_of_units_have_room_of_their_own():
    """세 유닛의 수를 적을 자리는 그림 안에 있고 서로 겹치지 않는다."""
    for kind, reset_after in (("LSTM", False), ("GRU", True), ("GRU", False), ("SimpleRNN", False)):
        names = ("x", "h_previous", "h", "c_previous", "c")
        drawing = picture.draw(way(kind, 3, reset_after=reset_after), {name: [0.0] * 3 for name in names})
        width, boxes = text_width(picture.WIDEST, picture.SMALL), []
        for name, spot in drawing.spots.items():
            if not spot.at:
                continue
            (x, y), shift = spot.at, {"start": 0, "middle": width / 2, "end": width}[spot.anchor]
            boxes.append((name, x - shift, y - 10, x - shift + width, y + 2 * picture.LINE + 1))
        for one in boxes:
            assert one[1] >= 0 and one[3] <= drawing.right + 8, (kind, one)
            for other in boxes:
                apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
                assert one is other or apart, (kind, reset_after, one, other)


def test_backward_states_stand_at_their_words():
    """뒤에서부터 읽은 상태도 표에서는 그 낱말의 줄에 있다."""
    found = data(way("SimpleRNN", 1), way("SimpleRNN", 1, backwards=True))
    assert table.columns(found) == ["낱말", "입력 x", "정방향 h", "역방향 h"]
    assert table.rows(found) == [["가", "0.50", "0.00", "0.10"], [table.BLANK, "−0.25", "0.10", "0.00"]]


def test_table_says_what_the_mask_skips():
    """마스크가 있으면 읽은 자리와 건너뛴 자리를 말로 적고, LSTM이면 셀 상태의 열이 있다."""
    found = data(way("LSTM", 1), mask=[True, False])
    assert table.columns(found) == ["낱말", "입력 x", "마스크", "h", "c"]
    assert [row[2] for row in table.rows(found)] == ["읽음", "건너뜀"]


def test_place_to_show_may_be_left_out():
    """``:show:``에는 앞의 것만 적어도 된다."""
    for show in ("", "1", "1 c", "1 c 0", "0 h 1 1"):
        check_place(show, data(way("LSTM", 2), way("LSTM", 2)))
    with pytest.raises(ValueError, match="없는 자리"):
        check_place("0 h 0 0 0", data(way("LSTM", 2)))
