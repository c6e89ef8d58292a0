"""형태 탐색기: 자료 파일이 말하는 것을 그대로, 바로, 누구에게나 보인다."""

import gzip
import json
import re

import pytest
from choices import accepted_cases
from playwright.sync_api import expect
from support import BUILT, ROOT

from rnn_shapes.contract import data
from rnn_shapes.contract.cases import BOTH_WAYS, Case
from rnn_shapes.contract.code import code
from rnn_shapes.contract.explorer import address
from rnn_shapes.contract.rules import UNREVERSED, traps_of
from rnn_shapes.contract.table import Table
from rnn_shapes.symbols import SYMBOLS

PAGE = "reference/shapes.html"
NUMBERS = {"N": 5, "T": 7, "D": 11, "H": 13, "G": 17, "O": 19, "V": 23, "E": 29, "C": 3, "F": 31, "P": 3}
NUMBERS |= {"Y": 11, "X": 17, "Z": 19}

SILENT = (
    Case("LSTM", {"return_sequences": True, "go_backwards": True}, mask=True),
    Case("GRU", {"zero_output_for_mask": True}, mask=True),
    Case("GRU", {"zero_output_for_mask": True}, "Bidirectional", mask=True),
    Case("LSTM", {"unroll": True}, inputs="any_length"),
    Case(
        "LSTM",
        {"unroll": True, "return_sequences": True, "go_backwards": True, "zero_output_for_mask": True},
        mask=True,
    ),
)
"""오류 없이 틀리거나, 조건이 있는 설정."""


@pytest.fixture(scope="session")
def table():
    """자료 파일에서 만든 표."""
    return Table(data.load(ROOT / data.FILE))


@pytest.fixture
def page(open_page):
    """탐색기가 있는 페이지."""
    return open_page(PAGE)


def cells(page, caption):
    """화면에 보이는 표 하나의 칸들."""
    rows = page.locator("shape-explorer table", has_text=caption).first.locator("tbody tr")
    return [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in rows.all()]


def code_with_numbers(case, keras):
    """설정의 코드에 크기를 넣은 것."""
    names = {SYMBOLS[letter].name: size for letter, size in NUMBERS.items()}
    return re.sub(r"\b[a-z]\w*\b(?!=)", lambda match: str(names.get(match.group(), match.group())), code(case, keras))


def test_random_configurations_agree_with_the_data_file(page, table):
    """아무렇게나 고른 설정 200가지의 코드와 답이 자료 파일에서 찾은 것과 같다."""
    for number, (case, keras) in enumerate(accepted_cases(2026, 200, table)):
        page.evaluate(
            """(hash) => new Promise((done) => {
              addEventListener("hashchange", () => done(), { once: true });
              location.hash = `${hash}&`;  // 끝의 &는 뜻이 없지만, 방금 것과 같은 주소여도 바뀌게 한다
            })""",
            address(case, keras) + "&" * (number % 2),
        )
        shown = page.evaluate(
            """() => {
              const { contract, config, code } = document.querySelector("shape-explorer");
              const shown = document.querySelectorAll("shape-explorer .explorer-shape.returned");
              return {
                code: contract.code(config), numbered: code.textContent, ...contract.answer(config),
                shapes: [...shown].map((node) => node.textContent),
              };
            }"""
        )
        answer = table.look_up(case, keras)
        where = (case.name, keras)
        assert shown["code"] == code(case, keras), where
        assert shown["numbered"] == code_with_numbers(case, keras), where
        for field in ("returns", "parameters", "initial_state", "mask"):
            assert shown[field] == getattr(answer, field), (where, field)
        for field in ("meanings", "masked_output", "wrong"):
            assert shown[field] == list(getattr(answer, field)), (where, field)
        assert shown["weights"] == [list(weight) for weight in answer.weights], where
        assert shown["shapes"] == re.findall(r"\([^()]*\)", answer.returns), where


def test_numbers_follow_the_sizes(page):
    """크기를 고치면 형태와 매개변수의 수가 함께 바뀐다."""
    page.get_by_label("D 입력 특성의 수").fill("100")
    page.get_by_label("H 은닉 상태의 크기").fill("64")
    page.get_by_label("return_sequences").check()
    assert cells(page, "돌려받는 것") == [["outputs", "타임스텝별 출력", "(N, T, H)", "(5, 7, 64)"]]
    assert page.locator(".explorer-total").inner_text() == f"매개변수 4H(D + H + 1) = {4 * 64 * 165:,}개"
    assert "LSTM(64, return_sequences=True)" in page.locator("shape-explorer pre").inner_text()


@pytest.mark.parametrize("text", ["0", "-3", "1.5", "만", "10000", "", "1e3"])
def test_senseless_size_is_refused(page, text):
    """1에서 9999까지의 정수가 아니면 이유를 말하고 결과를 바꾸지 않는다."""
    before = page.locator("shape-explorer pre").inner_text()
    field = page.get_by_label("H 은닉 상태의 크기")
    field.fill(text)
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator("#explorer-why-H").inner_text() == "1에서 9999까지의 정수를 적으세요."
    assert page.locator("shape-explorer pre").inner_text() == before
    field.fill("8")
    assert field.get_attribute("aria-invalid") != "true"
    assert "LSTM(8)" in page.locator("shape-explorer pre").inner_text()


def test_kernel_larger_than_the_input_is_refused(page):
    """합성곱 커널이 입력보다 크면 왜 안 되는지 말한다."""
    page.get_by_label("층", exact=True).select_option("ConvLSTM1D")
    page.get_by_label("P 합성곱 커널의 한 변").fill("12")
    assert page.locator("#explorer-why-P").inner_text() == "커널의 한 변 P는 Y보다 클 수 없습니다."


def test_padded_kernel_may_be_larger_than_the_input(page):
    """채우는 합성곱에는 입력보다 큰 커널도 쓸 수 있고, 채우지 않게 바꾸면 크기를 되돌리고 알린다."""
    page.get_by_label("층", exact=True).select_option("ConvLSTM1D")
    page.get_by_label("padding").select_option("same")
    page.get_by_label("P 합성곱 커널의 한 변").fill("12")
    assert cells(page, "돌려받는 것") == [["outputs", "마지막 출력", "(N, Y, F)", "(5, 11, 31)"]]
    page.get_by_label("padding").select_option("valid")
    said = page.get_by_role("status").filter(has_text="되돌렸습니다").inner_text()
    assert said == "커널의 한 변 P는 Y보다 클 수 없습니다. 크기를 되돌렸습니다."
    assert cells(page, "돌려받는 것") == [["outputs", "마지막 출력", "(N, Y - P + 1, F)", "(5, 9, 31)"]]


def test_impossible_options_cannot_be_chosen_and_say_why(page):
    """함께 쓸 수 없는 옵션은 눌러도 켜지지 않고, 옆에 이유가 있다."""
    page.get_by_label("입력", exact=True).select_option("input")
    stateful = page.get_by_label("stateful")
    assert stateful.get_attribute("aria-disabled") == "true"
    assert "Input에 batch_size를 주세요" in page.locator("#explorer-why-stateful").inner_text()
    stateful.click(force=True)
    assert not stateful.is_checked()
    assert page.locator("#explorer-why-merge_mode").inner_text() == "Bidirectional의 옵션입니다."
    assert not page.get_by_label("reset_after").is_visible()
    page.get_by_label("감싸는 법").select_option("backward_layer")
    page.get_by_label("입력", exact=True).select_option("tensor")
    option = page.get_by_label("merge_mode").locator("option", has_text="sum")
    assert option.is_disabled()
    assert "한쪽이 1이면 오류 없이 브로드캐스팅됩니다" in page.locator("#explorer-why-merge_mode").inner_text()


def test_dropped_options_are_announced(page):
    """층을 바꾸어 쓸 수 없게 된 옵션은 되돌리고, 되돌렸다고 알린다."""
    page.get_by_label("return_state").check()
    page.get_by_label("층", exact=True).select_option("Embedding")
    assert page.get_by_role("status").filter(has_text="되돌렸습니다").inner_text() == (
        "함께 쓸 수 없어 return_state의 값을 되돌렸습니다."
    )


def test_silent_traps_are_told(page):
    """오류 없이 틀리는 조합을 고르면 주의하라고 말한다."""
    facts = page.locator(".explorer-facts")
    for case in (
        Case("LSTM", {"return_sequences": True, "unroll": True}, "Bidirectional", mask=True),
        Case(
            "SimpleRNN",
            {"return_sequences": True, "go_backwards": True, "unroll": True, "zero_output_for_mask": True},
            mask=True,
        ),
    ):
        page.evaluate(f"location.hash = {address(case, 3)!r}")
        facts.get_by_text(UNREVERSED).wait_for()
        assert "빈자리의 출력" not in facts.inner_text()
        page.get_by_label("unroll").uncheck()
        assert UNREVERSED not in facts.inner_text() and "빈자리의 출력" in facts.inner_text()


@pytest.mark.parametrize("case", SILENT, ids=lambda case: case.name)
def test_every_kind_of_trap_is_told(page, case):
    """마스크나 마지막 출력이 조용히 틀리는 것도, 훈련할 때에야 나는 오류도 고르면 말한다."""
    page.evaluate(f"location.hash = {address(case, 3)!r}")
    told = page.locator(".explorer-facts dt", has_text="주의")
    told.first.wait_for()
    reasons = [reason.strip() for reason in page.locator(".explorer-facts dt:has-text('주의') + dd").all_inner_texts()]
    assert reasons == [rule.why for rule in traps_of(case, 3)] and reasons


def test_output_of_a_gap_depends_on_where_it_is(page):
    """빈자리의 출력은 뒤와 앞, 가운데를 나누어 말하고, 모두 같으면 한 번만 말한다."""
    told = page.locator(".explorer-facts dt:has-text('빈자리의 출력') + dd")
    page.get_by_label("mask", exact=True).check()
    page.get_by_label("return_sequences").check()
    assert told.inner_text() == "뒤, 가운데: 앞서 읽은 타임스텝의 출력을 되풀이; 앞: 0으로 채움"
    page.get_by_label("zero_output_for_mask").check()
    assert told.inner_text() == "0으로 채움"


def test_other_version_differs_in_the_gaps(page):
    """형태가 같아도 빈자리의 출력이 다르면 다른 판의 결과가 같다고 하지 않는다."""
    case = Case("ConvLSTM1D", {"return_sequences": True, "zero_output_for_mask": True}, mask=True)
    page.evaluate(f"location.hash = {address(case, 3)!r}")
    facts = page.locator(".explorer-facts")
    facts.get_by_text("zero_output_for_mask=True를 무시합니다").wait_for()
    assert "빈자리의 출력: 뒤, 가운데: 앞서 읽은" in facts.inner_text()


def test_initial_state_of_an_unknown_batch_is_not_shown(page):
    """배치 크기를 모르는 Input이면 Keras 3의 ``get_initial_state``를 부를 수 없으므로 적지 않는다."""
    assert "get_initial_state" in page.locator(".explorer-facts").inner_text()
    page.get_by_label("입력", exact=True).select_option("input")
    assert "get_initial_state" not in page.locator(".explorer-facts").inner_text()
    page.get_by_label("Keras").select_option("2")
    assert "get_initial_state" in page.locator(".explorer-facts").inner_text()


def test_configuration_leads_to_what_exporting_it_does(page):
    """순환층의 설정마다 그 설정을 내보낸 결과로 가는 링크가 있고, 셀과 Keras 2에는 없다."""
    link = page.locator(".explorer-facts dt:has-text('내보내기') + dd a")
    assert link.get_attribute("href") == "../howto/deploy.html#deploy-free"
    page.get_by_label("stateful").check()
    assert link.get_attribute("href") == "../howto/deploy.html#deploy-stateful"
    page.get_by_label("Keras").select_option("2")
    assert link.count() == 0
    page.evaluate(f"location.hash = {address(Case('LSTM', wrap='cell'), 3)!r}")
    expect(page.locator(".explorer-code")).to_contain_text("LSTMCell")
    assert link.count() == 0


def test_directions_of_the_same_size_can_be_added(page):
    """두 방향의 유닛 수가 같으면 더할 수 있고, 다시 달라지면 되돌리고 알린다."""
    page.get_by_label("감싸는 법").select_option("backward_layer")
    merge = page.get_by_label("merge_mode")
    assert merge.locator("option", has_text="sum").is_disabled()
    sizes = page.locator("#explorer-G")
    sizes.fill("13")
    merge.select_option("sum")
    assert cells(page, "돌려받는 것")[0][2:] == ["(N, H)", "(5, 13)"]
    sizes.fill("17")
    assert page.get_by_role("status").filter(has_text="되돌렸습니다").inner_text() == (
        "함께 쓸 수 없어 merge_mode의 값을 되돌렸습니다."
    )
    assert cells(page, "돌려받는 것")[0][2:] == ["(N, H + G)", "(5, 30)"]


def test_sizes_in_the_address_that_do_not_fit_are_told(open_page):
    """주소의 크기로는 합성곱을 할 수 없으면, 처음 크기로 되돌리고 그렇다고 말한다."""
    page = open_page(f"{PAGE}#layer=ConvLSTM1D&P=13")
    said = page.get_by_role("status").filter(has_text="되돌렸습니다").inner_text()
    assert said == "커널의 한 변 P는 Y보다 클 수 없습니다. 크기를 되돌렸습니다."


def test_address_opens_the_same_configuration_in_a_fresh_browser(page, open_page):
    """주소를 새 브라우저에서 열면 같은 화면이 나온다."""
    page.get_by_label("층", exact=True).select_option("GRU")
    page.get_by_label("감싸는 법").select_option("Bidirectional_list")
    page.get_by_label("merge_mode").select_option("None")
    page.get_by_label("return_state").check()
    page.get_by_label("Keras").select_option("2")
    page.get_by_label("T 시퀀스 길이").fill("31")
    other = open_page(PAGE + page.evaluate("location.hash"))
    assert other.locator(".explorer-result").inner_text() == page.locator(".explorer-result").inner_text()
    assert cells(other, "돌려받는 것")[2][:3] == ["outputs[2]", "정방향 아래 셀의 은닉 상태 h", "(N, H)"]


def test_bad_address_is_told(open_page):
    """주소에 없는 설정이 있으면 빼고 그렇다고 말한다."""
    page = open_page(f"{PAGE}#layer=LSTM&reset_after=False&stateful=True&inputs=input&T=0&what=1")
    said = page.get_by_role("status").filter(has_text="주소에서").inner_text()
    assert said.startswith("주소에서 쓸 수 없는 것을 뺐습니다: T=0, what=1")
    assert "LSTM(13)" in page.locator("shape-explorer pre").inner_text()


@pytest.mark.parametrize(
    ("tail", "dropped"),
    [
        ("layer=LSTM&x=%", "x=%"),
        ("layer=LSTM&return_state=%E0%A4%A", "return_state=\ufffd%A"),
        ("layer=%", "layer=%"),
        ("layer=LSTM&constructor=1&__proto__=2", "constructor=1, __proto__=2"),
        ("layer=LSTM&cell", "cell="),
    ],
)
def test_unreadable_address_is_told(open_page, tail, dropped):
    """주소의 글자를 읽을 수 없어도 탐색기는 열리고, 빼고 읽은 것을 말한다."""
    page = open_page(f"{PAGE}#{tail}")
    said = page.get_by_role("status").filter(has_text="주소에서").inner_text()
    assert said == f"주소에서 쓸 수 없는 것을 뺐습니다: {dropped}"
    assert "LSTM(13)" in page.locator("shape-explorer pre").inner_text()


def test_everything_by_keyboard(page):
    """마우스 없이 층과 옵션, 크기를 고르고 코드를 복사할 수 있다."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("층", exact=True).focus()
    page.keyboard.press("ArrowUp")  # LSTM 위의 GRU
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.textContent")
        reached.append(name)
        if name == "return_state":
            page.keyboard.press("Space")
        if name == "T":
            page.keyboard.press("Control+A")
            page.keyboard.type("17")
        if name == "복사":
            page.keyboard.press("Enter")
            break
    assert reached.index("wrap") < reached.index("return_state") < reached.index("T") < reached.index("복사")
    page.locator("shape-explorer").get_by_text("복사했습니다").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:2] == [
        "inputs = tf.random.normal([5, 17, 11])",
        "layer = tf.keras.layers.GRU(13, return_state=True)",
    ]


def test_one_copy_button_for_the_whole_site(page):
    """탐색기의 복사 단추는 다른 코드의 것과 같고, 복사했다고 같은 말로 알린다."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons = page.get_by_role("button", name="코드 복사")
    inside = page.locator("shape-explorer").get_by_role("button", name="코드 복사")
    assert inside.count() == 1 and buttons.count() > 1
    assert {button.get_attribute("aria-live") for button in buttons.all()} == {"polite"}
    inside.click()
    page.locator("shape-explorer").get_by_role("button", name="복사했습니다").wait_for()


@pytest.mark.parametrize(
    "clipboard", ["undefined", "{ writeText: () => Promise.reject(new DOMException('막힘')) }"], ids=["없음", "거절"]
)
def test_code_is_copied_without_the_clipboard_api(open_page, page, clipboard):
    """브라우저가 클립보드를 내주지 않아도 탐색기의 코드도 다른 코드도 복사된다."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard}, configurable: true }})")
    for block in (page.locator("shape-explorer .highlight"), page.locator(".highlight-pycon .highlight").first):
        block.hover()
        block.get_by_role("button", name="코드 복사").click()
        block.get_by_role("button", name="복사했습니다").wait_for()
        copied = page.evaluate("delete navigator.clipboard, navigator.clipboard.readText()")
        assert copied and copied.splitlines()[0] in block.locator("pre").inner_text()
        page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard}, configurable: true }})")
        assert page.locator("textarea").count() == 0


def test_every_control_has_a_name(page):
    """화면을 읽어 주는 도구가 모든 컨트롤의 이름과 이유를 안다."""
    for control in page.locator("shape-explorer :is(select, input, button)").all():
        name = control.evaluate("node => node.labels?.[0]?.textContent || node.textContent")
        assert name.strip()
    for control in page.locator("shape-explorer :is(select, input)").all():
        assert page.locator(f"#{control.get_attribute('aria-describedby')}").count() == 1


def test_result_is_announced(page):
    """설정을 바꾸면 바뀐 결과를 화면을 읽어 주는 도구에 알린다."""
    page.get_by_label("return_sequences").check()
    heard = page.get_by_role("status").filter(has_text="결과")
    assert heard.text_content() == "결과 (N, T, H), 매개변수 1,300개"
    page.get_by_label("H 은닉 상태의 크기").fill("7")
    assert heard.text_content() == "결과 (N, T, H), 매개변수 532개"


def test_figure_follows_the_configuration(page):
    """그림이 층을 따라 바뀌고, 이름표에는 고른 설정의 형태가 적힌다."""
    page.get_by_label("감싸는 법").select_option("Bidirectional")
    page.get_by_label("return_sequences").check()
    shown = page.locator("shape-explorer .drawing:visible")
    assert shown.count() == 1
    assert shown.get_attribute("data-drawing") == "bidirectional"
    assert shown.locator("[data-label=outputs] text").text_content() == "(N, T, 2H) ✓"
    page.get_by_label("merge_mode").select_option("sum")
    assert shown.locator("[data-label=merge]").text_content() == "더하기"
    page.get_by_label("감싸는 법").select_option("backward_layer")
    assert shown.locator("[data-label=backward_state] text").text_content() == "(N, G) ✓"
    for name, entry in json.loads(page.locator("shape-explorer script").text_content())["layers"].items():
        page.get_by_label("층", exact=True).select_option(name)
        for wrap in entry["wraps"]:
            page.get_by_label("감싸는 법").select_option(wrap)
            assert shown.count() == 1, (name, wrap)
            two_ways = shown.get_attribute("data-drawing") == "bidirectional"
            assert two_ways == (wrap in BOTH_WAYS), (name, wrap)
            assert "undefined" not in shown.inner_text(), (name, wrap)


def test_update_draws_no_more_than_once(page):
    """설정을 한 번 바꿀 때 고쳐 쓰는 노드는 탐색기에 있는 노드의 다섯에 하나를 넘지 않는다. 두 번 그리면 넘는다."""
    changes, size = page.evaluate(
        """() => {
          const explorer = document.querySelector("shape-explorer");
          const select = explorer.controls.layer.control;
          const observer = new MutationObserver(() => {});
          observer.observe(explorer, {childList: true, characterData: true, attributes: true, subtree: true});
          const changes = [];
          for (let turn = 0; turn < select.options.length; turn += 1) {
            select.selectedIndex = turn;
            select.dispatchEvent(new Event("change"));
            const records = observer.takeRecords();
            changes.push(records.reduce((sum, {addedNodes}) => sum + Math.max(addedNodes.length, 1), 0));
          }
          return [changes, explorer.querySelectorAll("*").length];
        }"""
    )
    assert 0 < 5 * max(changes) <= size, (changes, size)


def test_script_and_data_are_small(page):
    """스크립트와 자료를 합쳐 압축하면 15.5 KB가 되지 않는다."""
    data = page.locator("shape-explorer > script").text_content().encode()
    scripts = [path.read_bytes() for path in sorted((BUILT / "_static/explorer").glob("*.js"))]
    assert len(scripts) == 3
    size = sum(len(gzip.compress(one, 9)) for one in (*scripts, data))
    assert size < 15_500, size


def test_explorer_works_from_a_folder(open_page):
    """서버 없이 폴더에서 열어도 된다."""
    page = open_page((BUILT / PAGE).as_uri())
    page.get_by_label("return_state").check()
    assert cells(page, "돌려받는 것")[2][1] == "셀 상태 c"


def test_tables_are_there_without_scripts(open_page):
    """스크립트가 없으면 표를 보라고 말하고, 표의 줄마다 앵커가 있다."""
    page = open_page(PAGE, java_script_enabled=False)
    assert page.get_by_text("탐색기를 쓰려면 자바스크립트를 켜세요.").is_visible()
    rows = page.locator("table.contract tbody tr")
    anchors = [row.get_attribute("id") for row in rows.all()]
    assert len(anchors) > 100 and all(anchors) and len(set(anchors)) == len(anchors)


@pytest.mark.parametrize(
    "anchor", ["refused-combinations", "refused-4", "lstm-bidirectional-list-return-state", "wrong-3"]
)
def test_anchor_of_a_table_is_shown(open_page, anchor):
    """찾아보기 표의 줄이나 제목을 가리키는 주소를 열면 그 자리가 화면에 있다."""
    page = open_page(f"{PAGE}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_every_learn_page_opens_the_explorer(open_page):
    """배우는 페이지마다 그 페이지가 말하는 설정으로 탐색기를 여는 링크가 있다."""
    for path in sorted((ROOT / "docs/learn").glob("*.md")):
        page = open_page(f"learn/{path.stem}.html")
        links = page.locator("a.explore")
        assert links.count() >= 1, path.name
        wanted = links.first.inner_text()
        links.first.click()
        shown = page.locator("shape-explorer pre").inner_text()
        assert wanted.split("(")[0] in shown
        assert page.get_by_text("주소에서 쓸 수 없는 것을").count() == 0
