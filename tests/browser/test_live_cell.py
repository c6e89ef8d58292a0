"""살아 있는 셀: Keras와 같은 값을 내고, 한 걸음씩 움직이고, 고친 것을 보이고, 누구나 쓸 수 있다."""

import gzip
import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect
from support import BUILT

from rnn_shapes.live import picture

LSTM, GRU, SIMPLE = "learn/lstm-and-gru.html", "learn/lstm-and-gru.html", "learn/cells-and-layers.html"
MASKED, BOTH = "learn/embedding-and-padding.html", "learn/bidirectional.html"
CELLS = {
    "simple-rnn-cell": SIMPLE,
    "lstm-cell": LSTM,
    "gru-cell": GRU,
    "gru-before-cell": GRU,
    "masked-cell": MASKED,
    "both-cells": BOTH,
}
"""놓은 셀마다 그 페이지."""
LARGEST = 8_000


@pytest.fixture
def cell(open_page):
    """``cell(이름)``이 그 셀이 있는 페이지를 연다. ``hash``는 주소의 꼬리다."""

    def opened(name, tail="", **options):
        page = open_page(f"{CELLS[name]}{tail and f'#{name}&{tail}'}", **options)
        live = page.locator(f"#{name}")
        live.scroll_into_view_if_needed()
        live.locator(".live-bar").wait_for()
        return page, live

    return opened


def state(page, name):
    """지금 보는 자리와 은닉 상태들."""
    return page.evaluate(
        """(name) => {
          const cell = document.getElementById(name);
          return { at: [cell.step, cell.names[cell.quantity], cell.unit, cell.way],
                   h: cell.traces.map((trace) => trace.map((step) => step.states[0])) };
        }""",
        name,
    )


def write(page, field, text):
    """식의 수를 고치고, 고친 것이 화면에 이를 때까지 기다린다."""
    path = field.get_attribute("data-path")
    field.fill(text)
    field.press("Enter")
    page.wait_for_function("(part) => location.hash.includes(part)", arg=f"&{path}={text}")


# --- Keras와 같은 값 ----------------------------------------------------------


def random_layer(tf, rng, batch):
    """아무렇게나 고른 층과, 부를 때 넣을 것. 샘플마다 입력과 마스크, 초기 상태가 다르다."""
    layers = tf.keras.layers
    kind = rng.choice(["SimpleRNN", "LSTM", "GRU"])
    units, features, length = (int(rng.integers(1, most + 1)) for most in (3, 4, 7))
    options = {"return_sequences": True, "return_state": True, "use_bias": bool(rng.random() < 0.8)}
    if kind == "GRU":
        options["reset_after"] = bool(rng.integers(2))
    both = rng.random() < 0.4
    if both:
        merge = rng.choice(["concat", "sum", "ave", "mul"]).item()
        layer = layers.Bidirectional(getattr(layers, kind)(units, **options), merge_mode=merge)
    else:
        options |= {name: bool(rng.integers(2)) for name in ("go_backwards", "zero_output_for_mask")}
        layer = getattr(layers, kind)(units, **options)
    inputs = rng.normal(size=(batch, length, features)).astype("float32")
    layer.build(inputs.shape)
    layer.set_weights([rng.normal(size=weight.shape) for weight in layer.get_weights()])
    mask = rng.random((batch, length)) < 0.6 if rng.random() < 0.6 else None
    count = (1 + both) * (1 + (kind == "LSTM"))
    initial = [rng.normal(size=(batch, units)).astype("float32") for _ in range(count)] if rng.random() < 0.5 else None
    return layer, inputs, mask, initial


def described(layer, inputs, mask, initial, sample):
    """스크립트에 넘길 샘플 하나. 재는 코드를 거치지 않고 층에서 바로 읽는다."""
    ways = [layer.forward_layer, layer.backward_layer] if hasattr(layer, "forward_layer") else [layer]
    found = []
    for number, one in enumerate(ways):
        cell = one.cell
        kernel, recurrent_kernel, *bias = cell.get_weights()
        each = 2 if type(one).__name__ == "LSTM" else 1
        start = (
            [state[sample] for state in initial[number * each :][:each]] if initial else [np.zeros(cell.units)] * each
        )
        found.append(
            {
                "kind": type(one).__name__,
                "reset_after": getattr(cell, "reset_after", False),
                "activation": "tanh",
                "recurrent_activation": "sigmoid",
                "backwards": one.go_backwards,
                "zero": one.zero_output_for_mask,
                "W": kernel.tolist(),
                "U": recurrent_kernel.tolist(),
                "b": np.atleast_2d(bias[0]).tolist() if bias else [],
                "initial": [state.tolist() for state in start],
            }
        )
    return {
        "inputs": inputs[sample].tolist(),
        "mask": None if mask is None else mask[sample].tolist(),
        "merge": getattr(layer, "merge_mode", None),
        "ways": found,
    }


def test_values_equal_those_of_keras(cell):
    """아무렇게나 고른 200가지의 출력과 마지막 상태가 Keras의 것과 소수 여섯째 자리까지 같다."""
    import tensorflow as tf

    rng, batch = np.random.default_rng(2026), 4
    asked, expected = [], []
    for _ in range(200 // batch):
        layer, inputs, mask, initial = random_layer(tf, rng, batch)
        outputs, *states = layer(inputs, mask=mask, initial_state=initial)
        placed = outputs.numpy()[:, ::-1] if getattr(layer, "go_backwards", False) else outputs.numpy()
        for sample in range(batch):
            asked.append(described(layer, inputs, mask, initial, sample))
            expected.append((placed[sample], [state[sample].numpy() for state in states]))
    page, _ = cell("simple-rnn-cell")
    found = page.evaluate(
        """(all) => all.map((data) => {
          const { outputs, traces } = liveCell.run(data);
          return [outputs, traces.flatMap((trace) => trace.at(-1).states)];
        })""",
        asked,
    )
    kinds = set()
    for (outputs, last), (their_outputs, their_last), data in zip(found, expected, asked, strict=True):
        kinds.add((data["ways"][0]["kind"], data["ways"][0]["reset_after"], len(data["ways"])))
        np.testing.assert_allclose(outputs, their_outputs, rtol=0, atol=1e-6)
        np.testing.assert_allclose(last, their_last, rtol=0, atol=1e-6)
    assert len(asked) == 200 and len(kinds) == 4 * 2
    assert {data["mask"] is None for data in asked} == {True, False}


@pytest.mark.parametrize("name", CELLS)
def test_placed_cell_agrees_with_what_keras_returned(cell, name):
    """놓은 셀은 실행할 때 Keras가 낸 상태와 같은 상태를 내고, 그렇다고 적는다."""
    page, live = cell(name)
    text = live.locator(".live-note").inner_text()
    assert text.startswith("처음 값에서는 Keras가 낸 상태와 같습니다.")
    assert float(text.rpartition(" ")[2]) < 1e-6
    names = page.evaluate("(name) => document.getElementById(name).names", name)
    kind = page.evaluate("(name) => document.getElementById(name).original.ways[0].kind", name)
    assert sorted(names) == sorted(picture.QUANTITIES[kind])


# --- 움직이기 -----------------------------------------------------------------


def test_steps_flow_through_the_picture(cell):
    """계산을 넘기면 그림의 수가 하나씩 늘고, 마지막 계산 다음에는 다음 타임스텝으로 간다."""
    page, live = cell("lstm-cell")
    live.get_by_role("slider").fill("0")
    live.get_by_role("button", name="망각 게이트 f, 유닛 0").click()
    filled = live.locator("[data-quantity] text:not(:empty)")
    expect(filled).to_have_count(2)
    live.get_by_role("button", name="다음 계산").click()
    expect(filled).to_have_count(4)
    assert state(page, "lstm-cell")["at"] == [0, "fc", 0, 0]
    for _ in range(7):
        live.get_by_role("button", name="다음 계산").click()
    assert state(page, "lstm-cell")["at"] == [0, "h", 0, 0]
    live.get_by_role("button", name="다음 계산").click()
    assert state(page, "lstm-cell")["at"] == [1, "f", 0, 0]
    assert live.get_by_role("status").inner_text().startswith("1 훌륭하다. 망각 게이트 f 0.01")
    live.get_by_role("button", name="이전 계산").click()
    assert state(page, "lstm-cell")["at"] == [0, "h", 0, 0]


def test_keyboard_does_everything(cell):
    """글쇠만으로 타임스텝과 계산, 유닛을 고르고, 식의 수를 고친다."""
    page, live = cell("lstm-cell")
    slider = live.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "2 하지만"
    live.locator("[aria-pressed=true]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert state(page, "lstm-cell")["at"] == [2, "fc", 1, 0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.ariaLabel").startswith("망각 게이트 f, 유닛 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.25")
    page.keyboard.press("Tab")
    page.wait_for_function("location.hash.includes('&inputs.2.0=0.25')")
    assert page.evaluate("document.activeElement.ariaLabel") == "W[0, 3]"


def test_picture_opens_a_formula(cell):
    """그림의 상자를 누르면 그 수의 식이 열리고, 식의 항을 더한 값이 그 수가 된다."""
    _, live = cell("lstm-cell")
    live.locator("[data-quantity=o] rect").click()
    expect(live.locator(".live-formula caption")).to_have_text("출력 게이트 o, 유닛 0")
    products = [
        float(text.replace("\N{MINUS SIGN}", "-"))
        for text in live.locator(".live-formula tbody tr:not(.live-total) td").all_inner_texts()
    ]
    total, value = (
        float(text.replace("\N{MINUS SIGN}", "-")) for text in live.locator(".live-total td").all_inner_texts()
    )
    assert len(products) == 2 + 2 + 1 and abs(sum(products) - total) < 5e-4
    assert abs(1 / (1 + np.exp(-total)) - value) < 2e-4


def test_play_runs_until_something_is_pressed(cell):
    """재생하면 계산이 저절로 넘어가고, 무엇을 누르면 멈춘다."""
    page, live = cell("gru-cell")
    before = state(page, "gru-cell")["at"]
    live.get_by_role("button", name="재생").click()
    expect(live.get_by_role("button", name="멈춤")).to_be_visible()
    page.wait_for_function(
        "(at) => { const c = document.getElementById('gru-cell'); return c.names[c.quantity] !== at; }", arg=before[1]
    )
    live.get_by_role("slider").press("Home")
    expect(live.get_by_role("button", name="재생")).to_be_visible()


# --- 고치기 -------------------------------------------------------------------


def test_edit_changes_what_comes_after_and_can_be_undone(cell):
    """입력을 고치면 그 뒤의 상태만 달라지고, 달라진 수는 색 말고도 표시가 있고, 되돌리면 처음과 같다."""
    page, live = cell("simple-rnn-cell", "at=2.xW.0.0")
    before = state(page, "simple-rnn-cell")["h"]
    write(page, live.get_by_label("x[0]"), "3")
    after = state(page, "simple-rnn-cell")["h"]
    assert [a == b for a, b in zip(before[0], after[0], strict=True)] == [True, True, False, False, False]
    assert live.get_by_role("status").inner_text() == "상태가 달라진 타임스텝: 2 하지만, 3 음악은, 4 지루하다"
    rows = live.locator(".live-frame tbody tr")
    assert [row.locator("td:last-child ins").count() > 0 for row in rows.all()] == [False, False, True, True, True]
    mark = (
        rows.nth(3)
        .locator("ins")
        .first.evaluate("(e) => [getComputedStyle(e).fontWeight, getComputedStyle(e).textDecorationLine]")
    )
    assert mark == ["700", "underline"]
    assert live.locator(".live-note").inner_text().startswith("고친 수로 이 페이지에서 계산한 값입니다.")
    live.get_by_role("button", name="되돌리기").click()
    assert state(page, "simple-rnn-cell")["h"] == before and live.locator("ins").count() == 0
    assert live.get_by_role("button", name="되돌리기").is_disabled()


def test_weight_changes_every_step(cell):
    """강의가 시키는 대로 망각 게이트의 편향을 낮추면 두 유닛의 f가 0이 되고, 처음 값으로 돌릴 수 있다."""
    page, live = cell("lstm-cell", "at=1.f.0.0&ways.0.b.0.2=-20&ways.0.b.0.3=-20")
    gates = page.evaluate("document.getElementById('lstm-cell').steps.map((step) => step.scope.f)")
    assert np.max(gates) < 0.01
    live.get_by_role("button", name="처음 값으로").click()
    assert "ways" not in page.url
    assert page.evaluate("document.getElementById('lstm-cell').steps[1].scope.f[1]") > 0.9


def test_mask_stops_the_state(cell):
    """건너뛰는 타임스텝의 상태는 앞의 것 그대로이고, 읽게 하면 거기서부터 움직인다."""
    page, live = cell("masked-cell", "at=2.h.0.0")
    (h,) = state(page, "masked-cell")["h"]
    assert h[1] == h[2] == h[4]
    assert "마스크가 거짓인 타임스텝" in live.locator(".live-formula").inner_text()
    live.locator(".live-frame tbody tr").nth(3).get_by_role("checkbox").click()
    page.wait_for_function("location.hash.endsWith('&mask.3=1')")
    (h,) = state(page, "masked-cell")["h"]
    assert h[1] == h[2] != h[3] == h[4]


def test_both_ways_are_read(cell):
    """방향을 바꾸면 그 방향의 셀이 보이고, 역방향은 마지막 낱말부터 읽는다."""
    _, live = cell("both-cells", "at=0.h.0.0")
    expect(live.locator(".live-word")).to_have_text("이")
    live.get_by_role("radio", name="역방향").check()
    expect(live.locator(".live-word")).to_have_text("맵다")
    expect(live.locator(".drawing:visible")).to_have_count(1)


def test_senseless_number_is_refused(cell):
    """수가 아닌 것을 적으면 그렇다고 말하고 아무것도 바꾸지 않는다."""
    page, live = cell("simple-rnn-cell", "at=2.xW.0.0")
    before = state(page, "simple-rnn-cell")["h"]
    field = live.get_by_label("x[0]")
    field.fill("")
    field.press("Enter")
    assert field.get_attribute("aria-invalid") == "true" and live.get_by_role("status").inner_text() == "수를 적으세요."
    assert state(page, "simple-rnn-cell")["h"] == before


# --- 주소 ---------------------------------------------------------------------


def test_address_keeps_place_and_edits(cell):
    """주소를 다시 열면 보던 자리와 고친 것이 그대로이고, 쓸 수 없는 것은 빼고 알린다."""
    page, live = cell("lstm-cell", "at=3.g.1.0&inputs.3.1=-0.5&ways.0.U.9.9=1&__proto__=1&inputs.0.0=abc")
    assert state(page, "lstm-cell")["at"] == [3, "g", 1, 0]
    expect(live.get_by_role("slider")).to_be_in_viewport()
    assert live.get_by_label("x[1]").input_value() == "-0.5"
    said = live.get_by_role("status").inner_text()
    assert said == "주소에서 쓸 수 없는 것을 뺐습니다: ways.0.U.9.9, __proto__, inputs.0.0"
    live.get_by_role("slider").fill("4")
    assert page.url.endswith("#lstm-cell&at=4.g.1.0&inputs.3.1=-0.5")
    page.evaluate("location.hash = '#lstm-cell&at=99.nothing.7.5'")
    page.wait_for_function("document.getElementById('lstm-cell').step === 0")
    assert state(page, "lstm-cell")["at"] == [0, "h", 0, 0]


def test_cells_of_a_page_have_their_own_address(cell):
    """한 셀의 주소는 같은 페이지의 다른 셀을 건드리지 않는다."""
    page, _ = cell("gru-cell", "at=3.r.0.0&inputs.0.0=1")
    assert state(page, "gru-cell")["at"] == [3, "r", 0, 0]
    assert state(page, "lstm-cell")["at"] == [1, "f", 0, 0]


# --- 누구나, 가볍게 -----------------------------------------------------------


def test_cell_is_built_when_the_reader_comes_near(open_page):
    """셀이 셋인 페이지를 열 때는 하나도 짓지 않고, 다가가면 그 셀만 짓는다. 읽던 글은 밀리지 않는다."""
    page = open_page(LSTM)
    built = page.locator("live-cell:has(.live-bar)")
    expect(built).to_have_count(0)
    page.evaluate(
        """() => {
            window.shift = 0;
            const add = (list) => { for (const entry of list.getEntries()) window.shift += entry.value; };
            new PerformanceObserver(add).observe({type: "layout-shift"});
        }"""
    )
    top = page.locator("#lstm-cell").evaluate("(e) => e.getBoundingClientRect().top + scrollY")
    for at in range(0, int(top), 300):
        page.evaluate("(y) => scrollTo({top: y, behavior: 'instant'})", at)
        page.wait_for_timeout(20)
    expect(built).to_have_count(1)
    assert page.evaluate("window.shift") <= 0.02


@pytest.mark.parametrize("way", ["글쇠", "주소"])
def test_cells_are_there_for_keys_and_addresses(open_page, way):
    """글쇠로 다니면 Tab이 셀을 지나치지 않고, 한 자리로 바로 온 독자에게는 셀이 이미 있어 그 자리가 밀리지 않는다."""
    page = open_page(f"{LSTM}#gru-equation" if way == "주소" else LSTM)
    if way == "글쇠":
        page.keyboard.press("Tab")
    expect(page.locator("live-cell:has(.live-bar)")).to_have_count(3)


def test_cell_without_script_is_a_picture_and_a_table(open_page):
    """스크립트가 없으면 수가 적힌 그림과, Keras가 낸 상태의 표가 있다."""
    page = open_page(LSTM, java_script_enabled=False)
    live = page.locator("#lstm-cell")
    assert re.fullmatch(r"[\N{MINUS SIGN}\d.\s]+", live.locator("[data-label=h] text").text_content())
    rows = live.locator("tbody tr").all_inner_texts()
    assert len(rows) == 5 and "훌륭하다" in rows[1]
    expect(live.locator("button, input")).to_have_count(0)
    page.goto(page.url.replace(LSTM, BOTH))
    assert page.locator("#both-cells .live-way").all_inner_texts() == ["정방향", "역방향"]


@pytest.mark.parametrize("name", CELLS)
def test_cell_fits_a_phone(cell, name):
    """360픽셀 화면에서도 페이지가 옆으로 넘치지 않고, 단추는 손가락으로 누를 만큼 크다."""
    page, live = cell(name, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    live.locator(".live-numbers button").first.click()
    page.wait_for_timeout(50)
    chosen = live.locator(".on .live-hit:visible")
    expect(chosen).to_be_in_viewport(ratio=0.99)
    small = live.locator("button:visible").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 24).length"
    )
    assert small == 0


def test_reduced_motion_moves_nothing(cell):
    """움직임을 줄여 달라는 독자에게는 아무것도 서서히 바뀌지 않는다."""
    _, live = cell("lstm-cell", reduced_motion="reduce")
    assert live.locator(".live-hit").first.evaluate("(e) => getComputedStyle(e).transitionDuration") == "0s"


def test_script_is_small_and_loaded_only_where_used():
    """스크립트는 모두 합해 8 KB보다 작고, 셀이 있는 페이지에서만 부른다."""
    assert len(gzip.compress((BUILT / "_static" / "live.js").read_bytes(), 9)) < LARGEST
    for path in BUILT.glob("learn/*.html"):
        text = path.read_text(encoding="utf-8")
        assert ("_static/live.js" in text) == ("<live-cell" in text) == (f"learn/{path.name}" in CELLS.values()), path


def test_data_are_what_the_page_measured():
    """페이지에 실린 수는 페이지의 기록에 있는 그대로다."""
    for name, path in CELLS.items():
        text = (BUILT / path).read_text(encoding="utf-8")
        (shown,) = re.findall(rf'<live-cell id="{name}".*?<script type="application/json">(.*?)</script>', text, re.S)
        evidence = json.loads((BUILT.parent / "evidence" / path).with_suffix(".json").read_text(encoding="utf-8"))
        measured = [record["value"] for record in evidence["records"].values() if isinstance(record["value"], dict)]
        found = json.loads(shown)
        found.pop("show")
        assert found in measured
