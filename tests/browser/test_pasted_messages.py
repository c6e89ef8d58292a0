"""붙여 넣은 오류 메시지로 찾기."""

import csv
import random
import re

import axe
import pytest
from indexed import SECTIONS
from support import BUILT, ROOT

from rnn_shapes.pages.message import PLACEHOLDER, regex

CHAPTER = "learn/bidirectional.html"
NOWHERE = "-"
UNKNOWN = "이 메시지는 아직 색인에 없습니다."
ANSWER = """async (messages) => {
  const engine = await siteSearch.load();
  const place = ({ section }) => `${section.url.replace(".html", "")}#${section.anchor}`;
  return messages.map((message) => {
    const { unknown, messages: found, others } = engine.answer(message, { limit: 8 });
    return { unknown, found: found.map(place), others: others.map(place) };
  });
}"""


def read_messages(half):
    """붙여 넣은 글과 맞는 곳. 맞는 곳은 페이지#자리의 앞부분이고, 색인에 없는 메시지이면 비어 있다."""
    with (ROOT / "tests/pasted_messages.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]
    texts = [row["message"].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\") for row in rows]
    return {
        text: () if row["expected"] == NOWHERE else tuple(row["expected"].split("|"))
        for text, row in zip(texts, rows, strict=True)
    }


WHOLE = next(text for text in read_messages("before") if text.startswith("Traceback") and "found ndim=4" in text)
STRANGE = "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 7.79 GiB total capacity)"


def test_message_set_is_large_and_a_third_was_written_later():
    """메시지는 예순이 넘고, 셋에 하나 넘게 엔진을 정한 뒤에 적었고, 색인에 없는 것이 열다섯이 넘는다."""
    before, after = read_messages("before"), read_messages("after")
    positive = [sum(map(bool, half.values())) for half in (before, after)]
    assert sum(positive) >= 60
    assert positive[1] * 3 >= sum(positive)
    assert len(before) + len(after) - sum(positive) >= 15
    places = [place.partition("#")[::2] for half in (before, after) for expected in half.values() for place in expected]
    for page, part in places:
        assert f'id="{part}' in (BUILT / f"{page}.html").read_text(encoding="utf-8"), (page, part)


@pytest.mark.parametrize("half", ["before", "after"])
def test_pasted_message_finds_its_entry_first(open_page, half):
    """메시지를 다룬 곳이 첫째로 나오는 것이 스물에 열아홉이 넘고, 색인에 없는 것은 모두 없다고 말한다."""
    messages = read_messages(half)
    answers = open_page("index.html").evaluate(ANSWER, list(messages))
    missed, offered = [], []
    for (text, places), answer in zip(messages.items(), answers, strict=True):
        if not places and not answer["unknown"]:
            offered.append((text[-80:], answer))
        elif places and not any(first.startswith(place) for first in answer["found"][:1] for place in places):
            missed.append((text[-80:], answer))
    assert not offered
    assert len(missed) <= 0.05 * sum(map(bool, messages.values())), missed


NODE = re.compile(r"\{\{(\w+) ([^}' ]*?)\.\.\.")
"""페이지에서 줄인 연산의 이름."""


def pieces(message):
    """메시지를 굳은 곳과 달라지는 곳의 무리로 나누는 정규식."""
    fixed = [re.escape(part).replace(r"\ ", r"\s+") for part in PLACEHOLDER.split(" ".join(message.split()))[::2]]
    return re.compile("(.*?)".join(f"({part})" for part in fixed), re.S)


def in_your_words(error, message, chance):
    """달라지는 곳의 수와 층의 이름을 다른 것으로 바꾼 오류. Keras가 뒤에 붙이는 것도 붙인다."""
    whole = NODE.sub(r"{{\1 \2Sub_3}} = Sub[T=DT_FLOAT](data_1)", error)
    found = pieces(message).search(whole)
    parts = list(found.groups())
    for place in range(1, len(parts), 2):
        named = re.sub(r"\b[a-z]+(_[a-z]+)*_\d+\b", f"my_block_{chance.randint(1, 40)}", parts[place])
        parts[place] = re.sub(r"\d+", lambda _: str(chance.randint(2, 997)), named).replace("...", " ")
    before, after = whole[: found.start()], whole[found.end() :]
    return f"{before.replace('...', ' ')}{''.join(parts)}{after.replace('...', ' ')}".strip()


def raised_by_the_index():
    """색인의 예제가 내는 오류마다, 절과 메시지와 오류."""
    for section in SECTIONS:
        for error in section.tracebacks:
            fitting = [message for message in section.messages if regex(message).search(error)]
            if fitting:
                yield section, fitting[0], error


def is_exact(place, error):
    """이 자리에 적힌 메시지가 이 오류를 달라지는 곳 없이 그대로 적은 것인가. 순환층의 이름은 같은 것으로 본다."""
    page, _, anchor = place.partition("#")
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8").partition(f"({anchor})=")[2]
    text = re.split(r"^\([\w-]+\)=$", text, maxsplit=1, flags=re.M)[0]
    plain = [re.sub(r"\b(SimpleRNN|GRU|LSTM)\b", "RNN", " ".join(one.split())) for one in (error, text)]
    return plain[0] in plain[1]


def test_every_message_of_the_index_finds_its_own_entry(open_page):
    """색인의 예제가 내는 모든 오류를, 수와 이름을 바꾸어 붙여 넣으면 제 절이 첫째다.

    바꿀 곳이 없는 오류를 글자 그대로 다룬 절이 따로 있으면 그 절이 먼저여도 좋다.
    """
    chance = random.Random(11)  # noqa: S311 - 시험할 것을 고를 뿐이다
    raised = list(raised_by_the_index())
    texts = [in_your_words(error, message, chance) for _, message, error in raised]
    answers = open_page("index.html").evaluate(ANSWER, texts)
    assert len(raised) > 200
    missed = [
        (section.label, text[-120:], answer["found"][:3])
        for (section, _, error), text, answer in zip(raised, texts, answers, strict=True)
        for first in ("".join(answer["found"][:1]),)
        if first != f"{section.page}#{section.label}" and not (first and is_exact(first, error))
    ]
    assert not missed


FOUND = """async ([patterns, message]) => {
  await siteSearch.load();
  const sections = Object.entries(patterns).map(([anchor, text]) => [0, anchor, "제목", text, [], [[0, text]]]);
  const words = "나머지 절에는 이 메시지의 rare_name words of the message 같은 말이 한 줄에 있다";
  const index = { pages: [["a.html", "이름"]], sections: [...sections, [0, "prose", "절", words, [], []]], terms: [] };
  const { unknown, messages, others } = new siteSearch.Engine(index).answer(message);
  const anchors = (results) => results.map(({ section }) => section.anchor);
  return unknown ? ["없음", ...anchors(others)] : anchors(messages);
}"""
NDIM = "Input ⟨번호⟩ of layer ⟨이름⟩ is incompatible with the layer: expected ndim=3, found ndim=⟨수⟩. Received: ⟨형태⟩"


@pytest.mark.parametrize(
    ("patterns", "message", "found"),
    [
        # 수가 적힌 메시지는 수까지 맞아야 한다.
        (
            {"two": NDIM.replace("⟨수⟩", "2"), "four": NDIM.replace("⟨수⟩", "4")},
            'Input 0 of layer "a_9" is incompatible with the layer: expected ndim=3, found ndim=4. Received: (5, 7)',
            ["four"],
        ),
        # 이름만 다른 메시지는 다른 메시지다.
        (
            {"states": "'⟨모델⟩' object has no attribute 'reset_states'"},
            "AttributeError: 'Sequential' object has no attribute 'reset_after'",
            ["없음"],
        ),
        ({"reset": "reset_after must be a boolean, got ⟨값⟩"}, "reset_states must be called", ["없음"]),
        # 붙여 넣은 글의 앞뒤에 무엇이 있어도 되고, 줄은 어디서 나뉘어도 된다.
        (
            {"mask": "The mask has a shape ⟨형태⟩ that does not fit"},
            "  File 'a.py', line 3\n  fit(x)\nValueError: The mask\nhas a shape (5,\n 7) that does not\nfit [Op:Mul]: ",
            ["mask"],
        ),
        # 어느 층을 부르다가 난 것인지가 메시지의 일부일 수 있다.
        (
            {
                "layer": "Exception encountered when calling LSTM.call(). list index out of range",
                "cell": "Exception encountered when calling LSTMCell.call(). list index out of range",
            },
            "IndexError: Exception encountered when calling LSTMCell.call().\n\nlist index out of range",
            ["cell", "layer"],
        ),
        # 예외가 이어졌으면 마지막 것이다.
        (
            {"first": "first thing is not allowed here", "last": "second thing is not allowed there"},
            "ValueError: first thing is not allowed here\n\nDuring handling of the above exception, another exception"
            " occurred:\n\nTypeError: second thing is not allowed there",
            ["last"],
        ),
        # 예외의 이름 앞에 무엇이 틀렸는지가 적혀 있기도 하다.
        (
            {"before": "op requires element_shape to be static during the pass"},
            "error: 'tf.Op' op requires element_shape to be static during the pass\nConverterError: failed: 'main'",
            ["before"],
        ),
        # 순환층은 어느 것이든 같은 말이지만, 여느 층도 감싸는 TimeDistributed는 아니다.
        (
            {
                "both": "Please initialize `Bidirectional` with a layer",
                "each": "Please initialize `TimeDistributed` with a layer",
            },
            "ValueError: Please initialize `TimeDistributed` with a layer",
            ["each"],
        ),
        # 모르는 메시지에는, 그 드문 낱말이 다 나오는 줄이 있는 절만 덧붙인다.
        ({"a": "one pattern of messages"}, "ValueError: words of the rare_name message", ["없음", "prose"]),
        ({"a": "one pattern of messages"}, "ValueError: words of another_name message", ["없음"]),
    ],
)
def test_what_a_message_agrees_with(open_page, patterns, message, found):
    """메시지는 낱말과 차례, 수와 이름으로 견준다."""
    assert open_page("index.html").evaluate(FOUND, [patterns, message]) == found


@pytest.mark.parametrize(
    "query", ["상태는 어디에 있나", "LSTM(64, return_sequences=True)", "merge mode sum", "concat sum ave mul"]
)
def test_words_are_not_taken_for_a_message(open_page, query):
    """물음과 코드, 이름을 늘어놓은 것은 메시지가 아니다."""
    [answer] = open_page("index.html").evaluate(ANSWER, [query])
    assert not answer["unknown"]
    assert not answer["found"]
    assert answer["others"]


def paste(page, text):
    """검색 칸에 글쇠로 가서 여러 줄을 한꺼번에 넣는다."""
    page.keyboard.press("/")
    page.wait_for_selector(".search-panel", state="attached")
    page.keyboard.insert_text(text)
    page.wait_for_selector(".search-panel:not([hidden])")


@pytest.mark.parametrize("place", ["server", "folder"])
def test_whole_traceback_by_keyboard(open_page, place):
    """오류 화면을 통째로 넣으면 첫 결과가 그 항목이고, 서버 없이 열어도 글쇠로 그리 간다."""
    page = open_page((BUILT / "index.html").as_uri() if place == "folder" else "index.html")
    paste(page, WHOLE)
    status = page.inner_text(".search-panel [role=status]")
    assert status.startswith("이 메시지가 나오는 곳")
    first = page.locator(".search-panel [role=option]").first
    assert "expected ndim=3, found ndim=4" in first.inner_text()
    assert first.locator("mark").count() == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/howto/errors-rnn.html#error-rnn-ndim-4")


def test_everything_of_a_long_paste_fits_in_an_address(open_page):
    """아주 긴 글을 넣고 Enter를 누르면 메시지만 주소에 담겨 같은 답이 나온다."""
    page = open_page(CHAPTER)
    paste(page, "\n".join(["  File 'a.py', line 3, in fit"] * 200) + "\n" + WHOLE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("#search-page-results a")
    assert len(page.url) < 4000
    assert page.locator("#search-page-results a").first.get_attribute("href").endswith("#error-rnn-ndim-4")


@pytest.mark.parametrize("where", ["box", "page"])
def test_unknown_message_is_said_to_be_unknown(open_page, where):
    """색인에 없는 메시지는 없다고 알림 영역에서 말하고, 오류를 읽는 법만 보인다."""
    page = open_page(CHAPTER)
    paste(page, STRANGE)
    if where == "page":
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector("#search-page-results a")
    status = ".search-panel [role=status]" if where == "box" else "#search-page-status"
    assert page.inner_text(status).startswith(UNKNOWN)
    links = page.locator(".search-panel a" if where == "box" else "#search-page-results a")
    assert [link.get_attribute("href").rpartition("/")[2] for link in links.all()] == [
        "read-a-shape-error.html#read-an-error"
    ]


def test_question_around_an_unknown_message_is_answered(open_page):
    """모르는 메시지라도 우리말로 길게 물었으면, 없다고 말한 다음 물음에 가까운 곳부터 보인다.

    짧게 덧붙인 말은 물음이 아니다.
    """
    page = open_page(CHAPTER)
    paste(page, f"{STRANGE} 시퀀스가 길어서 그런지 메모리가 모자라는데 배치를 줄여야 하나요")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("#search-page-results a")
    assert page.inner_text("#search-page-status").startswith(UNKNOWN)
    assert page.locator("#search-page-results h2").all_inner_texts() == ["적은 물음에 가까운 곳", "메시지를 읽는 방법"]
    links = [link.get_attribute("href").rpartition("/")[2] for link in page.locator("#search-page-results a").all()]
    assert "errors-tensorflow.html#error-out-of-memory" in links[:3]
    page.fill("#search-page-query", f"{STRANGE} 왜 나와요")
    assert page.locator("#search-page-results h2").all_inner_texts() == ["메시지를 읽는 방법"]


@pytest.mark.parametrize("text", [WHOLE, STRANGE])
def test_axe_finds_nothing_in_the_answer(open_page, text):
    """메시지의 답이 펼쳐진 목록과 검색 페이지에 접근성의 잘못이 없다."""
    page = open_page(CHAPTER)
    paste(page, text)
    for shown in (".search-panel", "body"):
        assert not axe.structure(page, shown)
        assert not axe.contrast_in_both(page, shown)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector("#search-page-results a")


def test_rest_is_apart_from_the_message(open_page):
    """메시지가 나오는 곳과 낱말만 맞는 곳은 이름이 다른 묶음이다."""
    page = open_page(CHAPTER)
    paste(page, "InvalidArgumentError: Matrix size-incompatible: In[0]: [32,8], In[1]: [4,256]")
    group = page.locator(".search-panel [role=group]")
    assert group.get_attribute("aria-label") == "그 밖에 맞는 곳"
    assert group.locator("[role=option]").count() < page.locator(".search-panel [role=option]").count()
