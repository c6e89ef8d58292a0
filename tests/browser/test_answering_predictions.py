"""예측: 답하면 바로 까닭과 함께 알려 준다. 글쇠만으로, 스크립트 없이도 쓸 수 있다."""

import gzip
import html
import json
import random
import re

import axe
import pytest
from playwright.sync_api import expect
from support import BUILT

from rnn_shapes.symbols import SYMBOLS
from shape_claims import Symbols
from shape_claims.claimed import read_tree
from shape_claims.shapes import in_numbers

PAGE = "learn/lstm-and-gru.html"
SIZES = {"N": 5, "T": 7, "D": 11, "H": 13}
TABLE = Symbols({letter: (SYMBOLS[letter].name, SYMBOLS[letter].meaning) for letter in SIZES})
HEAVIEST = 3600
LESSONS = sorted(path.stem for path in (BUILT / "learn").glob("*.html"))


@pytest.fixture
def page(open_page):
    """예측이 있는 강의."""
    return open_page(PAGE)


def compare(page, kind, key, texts, **more):
    """스크립트가 답마다 하는 말. 맞으면 빈 글이다."""
    letters = {"None": [None, None]}
    for place, (letter, size) in enumerate(SIZES.items()):
        letters |= {name: [size, 1009 + 110 * place] for name in (letter, SYMBOLS[letter].name)}
    answer = {"kind": kind, "key": key, "letters": letters, "said": "N, T, D, H", "factors": [2, 3, 4], **more}
    return page.evaluate(
        "([texts, answer]) => texts.map((text) => shapePrediction.compare(text, answer))", [texts, answer]
    )


def axis(here, there, name=""):
    """정답의 축 하나."""
    return {"here": here, "there": there, "name": name}


SHAPE = [axis(5, 1009, "N(배치 크기)"), axis(7, 1119, "T(시퀀스 길이)"), axis(26, 2 * 1339, "H(유닛 수)")]


def test_equivalent_spellings_are_right(page):
    """같은 형태를 어떻게 적어도 맞다고 한다."""
    brackets = [
        "(N, T, 2H)",
        "[5,7,26]",
        "5,7,26",
        "N, T, 2H",
        "((N, T, 2H))",
        "（５， ７， ２６）",
        " ( n , t , 2h ) ",
    ]
    factors = ["(N,T,2*H)", "(N, T, H*2)", "(N, T, H + H)", "(N, 7, 2×H)", "(batch_size, seq_length, 2 * hidden_dim)"]
    assert compare(page, "shape", SHAPE, brackets + factors) == [""] * 12


def test_near_misses_are_told_apart(page):
    """틀린 답에는 무엇이 다른지 말한다: 순서, 빠진 축, 남는 축, 배수, 우연히 맞은 식."""
    said = {
        "(T, N, 2H)": "순서",
        "(N, 2H)": "빠진 축: T(시퀀스 길이)",
        "(T, 2H)": "빠진 축: N(배치 크기)",
        "(N, T, D, 2H)": "셋째",
        "(N, T, H)": "곱해야 할 수가 빠졌습니다",
        "(N, T, 4H)": "곱하지 않아야 할 수",
        "(N, T, D + 15)": "우연히",
        "(N, D, H)": "둘째, 셋째",
        "N": "축의 수",
        "[(N, T, 2H), (N, H)]": "텐서 하나",
        "(N, T, Q)": "Q",
        "(N, T,": "읽을 수 없습니다",
        "(N, T, 2H": "읽을 수 없습니다",
        "형태": "읽을 수 없습니다",
        " ": "먼저",
    }
    for (text, part), reply in zip(said.items(), compare(page, "shape", SHAPE, list(said)), strict=True):
        assert part in reply, (text, reply)


def test_containers_of_tensors(page):
    """텐서의 묶음은 괄호의 종류를 따지지 않지만, 묶음인지와 몇 개인지는 따진다."""
    state = [axis(5, 1009), axis(13, 1339)]
    right = ["[(N, H), (N, H)]", "((N, H), (N, H))", "(N,H),(N,H)", "[[5,13],[5,13]]"]
    assert compare(page, "shape", [state, state], right) == [""] * 4
    wrong = compare(page, "shape", [state, state], ["(N, H)", "[(N, H), (N, D)]", "[(N, H)] "])
    assert "텐서의 수" in wrong[0] and wrong[1].startswith("둘째 텐서") and "텐서의 수" in wrong[2]
    assert "묶음" in compare(page, "shape", [state], ["(N, H)"])[0]


def test_numbers_words_and_names(page):
    """수는 숫자, 낱말, 백분율, 식으로 적을 수 있고, 이름은 어떻게 이어도 된다."""
    five = {"also": ["다섯", "다섯째", "다섯 번째"], "step": 0}
    right = ["5", "5개", "다섯", "다섯 개", "５", "5입니다.", "2+3", "다섯개"]
    assert compare(page, "number", axis(5, 5), right, **five) == [""] * 8
    share = {"also": ["0.73"], "step": 0.005}
    assert (
        compare(page, "number", axis(0.7310585, 0.7310585), ["0.73", "73%", ".731", "0.73입니다"], **share) == [""] * 4
    )
    near = compare(page, "number", axis(0.7310585, 0.7310585), ["0.7", "-0.73", "1", "0.2", "여섯"], **share)
    assert ["자세히" in near[0], "부호" in near[1], "작습니다" in near[2], "큽니다" in near[3]] == [True] * 4
    assert "읽을 수 없습니다" in near[4]
    formula = {"also": ["4H(D + H + 1)"], "step": 0}
    key = axis(1300, 4 * 1339 * (1229 + 1339 + 1))
    assert compare(page, "number", key, ["1300", "1,300개", "4H(H+D+1)", "(D+H+1)*4*H"], **formula) == [""] * 4
    assert "우연히" in compare(page, "number", key, ["100H"], **formula)[0]
    names = ["kernel", "recurrent_kernel", "bias"]
    right = ["kernel, recurrent_kernel, bias", "kernel과 recurrent_kernel, bias", "kernel recurrent_kernel bias"]
    assert compare(page, "names", None, [*right, "`kernel`,`recurrent_kernel`,`bias`"], items=names) == [""] * 4
    wrong = compare(page, "names", None, ["bias, kernel, recurrent_kernel", "kernel", "gamma"], items=names)
    assert ["순서" in wrong[0], "빠진 것" in wrong[1], "들어 있지 않은" in wrong[2]] == [True] * 3
    error = {"also": ["InvalidArgumentError"]}
    said = ["InvalidArgumentError", "tf.errors.InvalidArgumentError", "invalidargumenterror"]
    assert compare(page, "text", None, said, **error) == [""] * 3


def spelled(rng, depth=0):
    """아무렇게나 적은 산술식. 파이썬이 읽는 방식으로만 적는다."""
    if depth == 3 or rng.random() < 0.35:
        return rng.choice([*SIZES, *SIZES, str(rng.randint(1, 9)), "2H", "DH", "3(H + 1)", "H(D+2)", "T²"])
    left, right = spelled(rng, depth + 1), spelled(rng, depth + 1)
    sign = rng.choice([" + ", "+", " - ", " * ", "*", "×", " // "])
    text = f"{left}{sign}{right}"
    return f"({text})" if rng.random() < 0.4 else text


def test_script_reads_as_python_does(page):
    """무작위로 적은 형태 300가지와 수 100가지를 스크립트와 파이썬이 똑같이 읽는다."""
    rng = random.Random(13)  # noqa: S311 - 시험마다 같은 난수면 된다
    shapes = [f"({', '.join(spelled(rng) for _ in range(rng.randint(2, 4)))})" for _ in range(300)]
    numbers = [spelled(rng) for _ in range(100)]
    expected = [list(in_numbers(read_tree(text, TABLE), SIZES).axes) for text in shapes]
    expected += [in_numbers(read_tree(f"({text},)", TABLE), SIZES).axes[0] for text in numbers]
    read = page.evaluate(
        """([texts, letters]) => texts.map((text) => {
          const found = shapePrediction.read(text, letters);
          return Array.isArray(found) ? found.map((axis) => axis.here) : found.here;
        })""",
        [shapes + numbers, {letter: [size, size] for letter, size in SIZES.items()}],
    )
    differing = [
        (text, one, other) for text, one, other in zip(shapes + numbers, expected, read, strict=True) if one != other
    ]
    assert not differing


def test_answer_by_keyboard_alone(page):
    """글쇠만으로 답하고, 바로 까닭을 읽고, 커서는 그 자리에 남는다. 맞으면 풀이가 펼쳐진다."""
    form = page.locator(".prediction-form:has(input[type=text])").first
    field, reply = form.locator("input"), form.get_by_role("status")
    solution = page.locator(".prediction:has(input[type=text]) > details").first
    right = form.evaluate("form => JSON.parse(form.dataset.prediction).right.split(' = ')[0]")
    expect(reply).to_be_hidden()
    field.focus()
    page.keyboard.type("(N, N, N, N, N)")
    page.keyboard.press("Enter")
    expect(reply).to_contain_text("아직 아닙니다")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert not solution.evaluate("details => details.open")
    field.fill(right)
    page.keyboard.press("Enter")
    expect(reply).to_contain_text("맞습니다")
    expect(field).to_be_focused()
    assert solution.evaluate("details => details.open")
    assert page.url.endswith(PAGE)
    assert page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])") == "[[],[]]"


def test_choice_by_keyboard(page):
    """고르는 예측에서는 화살표로 고르고 Enter로 답한다. 아무것도 고르지 않으면 고르라고 한다."""
    form = page.locator(".prediction-form:has(input[type=radio])").first
    answer = form.evaluate("form => JSON.parse(form.dataset.prediction).right")
    form.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text("먼저")
    values = form.locator("input").evaluate_all("radios => radios.map((radio) => radio.value)")
    assert values == sorted(values) and answer in values
    form.locator("input").first.focus()
    page.keyboard.press("Space")
    for _ in range(values.index(answer)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text("맞습니다")


def test_without_script_there_is_a_folded_solution(open_page):
    """스크립트가 없으면 물음과 접힌 풀이만 보인다."""
    page = open_page(PAGE, java_script_enabled=False)
    assert page.locator(".prediction-form").count() >= 3
    expect(page.locator(".prediction-form").first).to_be_hidden()
    expect(page.locator(".prediction > details > summary").first).to_be_visible()


def test_replies_are_accessible(page):
    """대답이 보이는 동안에도 접근성에 어긋나는 것이 없다."""
    for form in page.locator(".prediction-form").all():
        if form.locator("input[type=text]").count():
            form.locator("input").fill("(N, N, N, N, N)")
        else:
            form.locator("input").first.check()
        form.get_by_role("button").click()
        expect(form.get_by_role("status")).to_be_visible()
    assert not axe.structure(page, "article")
    assert not axe.contrast_in_both(page, "article")


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_asks_three_times_and_hides_the_answers(name):
    """강의마다 예측이 적어도 셋이고, 풀이는 접혀 있다."""
    text = (BUILT / "learn" / f"{name}.html").read_text("utf-8")
    assert text.count('class="prediction-form"') >= 3
    assert text.count('class="prediction-solution"') == text.count('class="prediction-form"')
    assert '<details class="prediction-solution" open' not in text


@pytest.mark.parametrize("name", LESSONS)
def test_question_does_not_tell_the_answer(name):
    """물음과 칸의 이름, 물음 앞의 코드에 답이 적혀 있지 않다. 고르는 말은 따로 보인다."""
    text = (BUILT / "learn" / f"{name}.html").read_text("utf-8")
    for form in re.finditer(r"""data-prediction='([^']*)'.*?(?:</legend>|</label>)""", text, re.S):
        answer = json.loads(html.unescape(form[1]))
        before = text[text.rindex("<li>", 0, form.start()) : form.end()].replace(form[1], "")
        asked = html.unescape(re.sub(r"<[^>]+>", "", before))
        said = answer["right"].split(" = ")[0]
        assert len(said) < 2 or said.endswith("니다") or said not in asked, (said, asked)


def test_script_is_light():
    """스크립트는 우리말까지 담고도 가볍다."""
    script = (BUILT / "_static" / "shape-claims-predict.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= HEAVIEST


def test_code_keeps_the_answer_until_the_solution_is_open(open_page):
    """코드의 형태를 모두 켜도 문제의 코드에는 보이지 않고, 풀이를 열면 보인다."""
    page = open_page("learn/attention.html")
    page.locator(".code-shapes-switch:visible").first.click()
    code = "> [class*='highlight-'] [data-shapes]"
    item = page.locator("li:has(> .prediction)").filter(has=page.locator("[class*='highlight-'] [data-shapes]")).last
    notes = item.locator(code)
    expect(notes.first).to_be_hidden()
    item.locator("summary").first.click()
    expect(notes.first).to_be_visible()
