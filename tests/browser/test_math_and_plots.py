"""수식과 그래프: 밝은 화면과 어두운 화면, 인쇄에서 제 글꼴과 제 색으로 보이고, 글을 밀어내지 않는다."""

import pytest
from support import BUILT

PLOTTED = sorted(path.relative_to(BUILT).as_posix() for path in (BUILT / "gallery").glob("*.html"))
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifted += entry.value))
  .observe({type: "layout-shift", buffered: true});
"""


def shown(page):
    """보이는 그래프의 파일 이름. 아직 그려지지 않았으면 이름 뒤에 물음표가 붙는다."""
    return page.evaluate("""async () => {
        const plots = [...document.querySelectorAll("img.plot")].filter(image => image.checkVisibility());
        for (const image of plots) { image.scrollIntoView(); await image.decode(); }
        return plots.map(image => image.currentSrc.split("/").pop() + (image.naturalWidth ? "" : "?"));
    }""")


@pytest.mark.parametrize("name", PLOTTED)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_the_plot_for_this_ground_is_loaded(open_page, name, scheme):
    """밝은 화면은 밝은 바탕의 그래프만, 어두운 화면은 어두운 바탕의 그래프만 보이고, 다른 쪽은 받지도 않는다."""
    page = open_page("index.html", color_scheme=scheme, viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(page.url.replace("index.html", name))
    plots = shown(page)
    assert plots
    assert {plot.endswith("_dark.svg") for plot in plots} == {scheme == "dark"}
    assert not page.locator("a:has(img.plot)").count(), "보이지 않는 그래프에 빈 링크가 남는다"
    assert sorted(plots) == sorted(name for name in asked if name.startswith("sphx_glr_"))


def test_dark_page_prints_light_plots(open_page):
    """어두운 화면에서 인쇄해도 흰 종이에 맞는 그래프가 나온다."""
    page = open_page("gallery/lstm_gates.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert shown(page) == ["sphx_glr_lstm_gates_001.svg"]


@pytest.mark.parametrize("address", ["", "file"])
def test_formulas_use_the_math_font(open_page, address):
    """수식의 글꼴은 서버에서 열든 파일로 열든 곧바로 쓸 수 있다."""
    name = "learn/lstm-and-gru.html"
    page = open_page((BUILT / name).as_uri() if address else name)
    assert page.evaluate("getComputedStyle(document.querySelector('math')).fontFamily").startswith('"STIX Two Math"')
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_take_the_colour_of_the_text(open_page, scheme):
    """수식의 색은 글의 색과 같다."""
    page = open_page("learn/lstm-and-gru.html", color_scheme=scheme)
    colours = page.evaluate("['math', 'article p'].map(one => getComputedStyle(document.querySelector(one)).color)")
    assert colours[0] == colours[1]


@pytest.mark.parametrize("name", ["learn/lstm-and-gru.html", "gallery/lstm_gates.html", "gallery/index.html"])
def test_nothing_is_pushed_while_loading(open_page, name):
    """수식의 글꼴과 그래프가 나중에 도착해도 글이 밀리지 않는다."""
    page = open_page("index.html", viewport={"width": 412, "height": 823})
    page.add_init_script(SHIFTS)
    page.goto(page.url.replace("index.html", name))
    page.wait_for_load_state("networkidle")
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    for _ in range(30):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    assert page.evaluate("window.shifted") < 0.02
