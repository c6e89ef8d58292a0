"""첫 방문의 무게와 글의 흔들림."""

import gzip

import pytest

LIGHT = 150_000


@pytest.mark.parametrize("name", ["index", "learn/lstm-and-gru", "reference/shapes", "howto/figures"])
def test_first_visit_is_light(chromium, server, name):
    """처음 온 사람이 압축해서 받는 것이 모두 합해 150 KB를 넘지 않는다."""
    page = chromium.new_page()
    received = []
    page.on("response", lambda response: received.append(len(gzip.compress(response.body(), 6))))
    page.goto(f"{server}/{name}.html", wait_until="networkidle")
    assert len(received) > 5 and sum(received) < LIGHT, (len(received), sum(received))
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index", "learn/lstm-and-gru", "gallery/lstm_gates", "reference/shapes"])
def test_text_does_not_shift_while_loading(open_page, name, width):
    """다 받을 때까지 글이 밀리지 않는다."""
    page = open_page(f"{name}.html", viewport={"width": width, "height": 740})
    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let total = 0;
            const add = (list) => { for (const entry of list.getEntries()) total += entry.value; };
            new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
            setTimeout(() => resolve(total), 300);
        })"""
    )
    assert shift <= 0.02
