"""예측: 정답은 주장의 기록에서 오고, 기록이 없으면 묻지 않는다."""

import html
import json
import re

import pytest
from tiny import KOREAN, MARKUPS

from shape_claims import Settings, Symbols
from shape_claims.claim import parse, parse_value
from shape_claims.evidence import Record
from shape_claims.predicting.answers import answer
from shape_claims.predicting.messages import REPLIES

RST = MARKUPS["rst"]
CODE = "import numpy as np\nbatch_size, seq_len, dim = 5, 7, 11\nh = np.zeros((batch_size, seq_len, 2 * dim))"
SETTINGS = Settings(Symbols({"B": ("batch_size", "batch size"), "D": ("dim", "features")}), words={"two": 2})


def page(markup, *solutions):
    """코드와, 저마다 주장을 담은 예측."""
    return markup.title("Page"), markup.block("testcode", CODE), *solutions


def predict(markup, *claims, label="", **options):
    """주장들을 담은 예측 하나."""
    given = "".join(f"\n   :{name}: {value}" for name, value in options.items())
    return markup.block("predict", f"Because {' '.join(claims)} comes out.", label + given)


def asked(built):
    """페이지의 예측마다, 스크립트가 읽을 정답."""
    found = re.findall(r"data-prediction='([^']*)'", built.html())
    return [json.loads(html.unescape(one)) for one in found]


def test_record_is_the_key(new_site, markup):
    """정답은 재서 얻은 것이고, 크기마다 다른 크기였을 때의 것도 함께 있다. 풀이는 접혀 있다."""
    site = new_site(markup=markup, shape_claims_run="stale")
    site.page(
        f"page{markup.suffix}", *page(markup, predict(markup, markup.role("h -> (B, L, 2D)"), label="shape of h"))
    )
    built = site.build("html")
    (key,) = asked(built)
    assert key["right"] == "(B, L, 2D) = (5, 7, 22)"
    assert [axis["here"] for axis in key["key"]] == [5, 7, 22]
    assert key["key"][1]["name"] == "L (length)"
    assert key["letters"]["dim"] == key["letters"]["D"] and key["letters"]["D"][0] == 11
    assert key["key"][2]["there"] == 2 * key["letters"]["D"][1]
    assert '<label for="predict-1">shape of h</label>' in built.html()
    assert "<details" in built.html() and "<details open" not in built.html()
    assert built.marks() == ["checked"]


def test_false_claim_fails_and_writes_nothing(new_site):
    """풀이의 주장이 틀리면 확인이 실패하고 페이지를 쓰지 않는다."""
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", *page(RST, predict(RST, RST.role("h -> (B, L, D)"))))
    built = site.build("html")
    assert built.code != 0 and "the shape is not the claimed one" in built.output
    assert not (built.folder / "page.html").exists()


def test_without_evidence_there_is_only_the_solution(site):
    """기록이 없으면 물을 수 없으므로 접힌 풀이만 있다. 확인한 다음에는 묻고, 코드를 고치면 다시 묻지 않는다."""
    solution = predict(RST, RST.role("h -> (B, L, 2D)"))
    site.page("page.rst", *page(RST, solution))
    unknown = site.build("html")
    assert asked(unknown) == [] and "<details" in unknown.html() and "prediction-form" not in unknown.html()
    assert site.build().code == 0
    assert len(asked(site.build("html"))) == 1
    site.page("page.rst", *[part.replace("5, 7, 11", "5, 7, 13") for part in page(RST, solution)])
    assert asked(site.build("html")) == []


def test_tampered_record_is_not_asked(site):
    """다른 확인에서 나온 기록이면 묻지 않는다."""
    site.page("page.rst", *page(RST, predict(RST, RST.role("h -> (B, L, 2D)"))))
    assert site.build().code == 0
    record = site.evidence()
    record.write_text(re.sub(r'"checker": "\w+"', '"checker": "other"', record.read_text("utf-8")), "utf-8")
    assert asked(site.build("html")) == []


@pytest.mark.parametrize("builder", ["text", "latex", "xml"])
def test_every_builder_writes_the_solution(new_site, builder):
    """다른 빌더도 물음과 풀이를 글로 쓴다."""
    site = new_site(shape_claims_run="stale", author="someone", project_copyright="2000, someone")
    site.page("page.rst", *page(RST, predict(RST, RST.role("h -> (B, L, 2D)"), label="What is h?")))
    built = site.build(builder)
    assert built.code == 0
    name = {"text": "page.txt", "latex": "tiny.tex", "xml": "page.xml"}[builder]
    assert "What is h?" in built.text(name) and "comes out" in built.text(name)


def test_claim_is_named_by_expression_or_number(new_site):
    """주장이 여럿이면 식이나 번호로 고른다. 고르지 않으면 첫째 것이다."""
    claims = RST.role("h -> (B, L, 2D)"), RST.role("h.ndim -> 3", "value")
    parts = [predict(RST, *claims), predict(RST, *claims, claim="h.ndim"), predict(RST, *claims, claim="2")]
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", *page(RST, *parts))
    assert [key["kind"] for key in asked(site.build("html"))] == ["shape", "number", "number"]


def test_reader_chooses_where_the_claim_says_what_else_could_be(new_site):
    """참과 거짓의 말은 적지 않고 고른다. 이름은 코드로 보이고, 어느 것이 정답인지는 자리에 드러나지 않는다."""
    truth = RST.role("h.ndim == 3 -> flat / not flat", "value")
    named = RST.role("'ndim' if h.ndim == 3 else 'size' -> ndim", "value")
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", *page(RST, predict(RST, truth), predict(RST, named, others="no name / size")))
    built = site.build("html")
    assert [key["right"] for key in asked(built)] == ["flat", "ndim"]
    shown = re.findall(r'type="radio" name="choice" value="(.*?)"', built.html())
    assert shown == ["flat", "not flat", "ndim", "no name", "size"]
    assert "<legend>The answer</legend>" in built.html() and "<span><code>ndim</code></span>" in built.html()


@pytest.mark.parametrize(
    ("claims", "options", "report"),
    [
        ([], {}, "The prediction holds no claim. Write a claim into it: its record is the key."),
        (["h -> (B, L, 2D)"], {"claim": "g"}, "The prediction holds no claim on 'g'. It has: h"),
    ],
)
def test_prediction_without_its_claim_is_an_error(site, claims, options, report):
    """주장이 없거나 이름이 틀린 예측은 고칠 자리와 함께 알린다."""
    site.page("page.rst", *page(RST, predict(RST, *map(RST.role, claims), **options)))
    built = site.build("html")
    assert built.code != 0 and report in built.output and "page.rst" in built.output


def test_script_comes_only_where_it_is_used(new_site):
    """예측이 없는 페이지는 스크립트와 스타일을 부르지 않는다."""
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", *page(RST, predict(RST, RST.role("h -> (B, L, 2D)"))))
    site.page("other.rst", RST.title("Other"), RST.block("testcode", CODE), RST.role("h -> (B, L, 2D)"))
    built = site.build("html")
    assert "shape-claims-predict.js" in built.html() and "shape-claims-predict.css" in built.html()
    assert "shape-claims-predict" not in built.html("other")


def test_words_are_those_of_the_site(new_site):
    """스크립트의 말과 화면의 말은 사이트의 말이고, 영어와 우리말에 빠진 것이 없다."""
    site = new_site(language="ko", shape_claims_symbols=KOREAN, shape_claims_run="stale")
    code = "import numpy as np\nbatch_size, hidden_dim = 5, 11\nh = np.zeros((batch_size, hidden_dim))"
    body = f"{RST.role('h -> (N, H)')} 꼴."
    site.page("page.rst", RST.title("쪽"), RST.block("testcode", code), RST.block("predict", body))
    built = site.build("html")
    script = built.text("_static/shape-claims-predict.js")
    words = json.loads(re.match(r"const shapePredictionWords=(.*);\n", script)[1])
    assert words.keys() == REPLIES.keys()
    assert all(re.search("[가-힣]", text) for text in words.values())
    assert len(words["nth"].split()) == 7
    assert "나올 형태" in built.html() and "<summary>풀이</summary>" in built.html()
    assert re.sub(words["ending"], "", "5개입니다") == "5"


def key(claim, measured, sizes=None, others=(), settings=SETTINGS):
    """기록 하나에서 만든 정답."""
    record = Record(claim.expression, claim.text, measured, sizes or {})
    return answer(claim, record, others, settings)


def test_kind_of_the_answer_follows_the_claim():
    """무엇을 적게 할지는 주장과 잰 값에서 나온다."""
    assert key(parse_value("a -> 26"), "26")["kind"] == "number"
    assert key(parse_value("a -> two"), "2")["also"] == ["two", "two"]
    assert [key(parse_value(f"a -> {said}"), "2")["right"] for said in ("two", "2")] == ["2", "2"]
    assert key(parse_value("a -> 0.73"), "0.7310585")["step"] == 0.005
    assert key(parse_value("a -> kernel, bias"), "['kernel', 'bias']")["items"] == ["kernel", "bias"]
    assert key(parse_value("a -> ValueError"), "'ValueError'")["kind"] == "text"
    assert key(parse_value("type(a) -> tuple"), "tuple")["also"] == ["tuple", "tuple"]
    assert key(parse("a -> [(B, D), (D,)]", SETTINGS.symbols), "[(5, 11), (11,)]", {"B": 5, "D": 11})["kind"] == "shape"
    arithmetic = key(parse_value("a -> 4D(D + 1)", SETTINGS.symbols), "528", {"D": 11})
    assert arithmetic["key"]["here"] == 528 and arithmetic["key"]["there"] == 4 * 1009 * 1010


def test_choices_are_everything_the_claim_could_have_said():
    """참과 거짓의 말, 식에 적힌 말, 덧붙인 말 가운데에서 고르게 한다. 늘어놓는 순서는 정답과 상관없다."""
    truth = parse_value("a == b -> same / different")
    assert key(truth, "True")["choices"] == ["different", "same"]
    branches = parse_value("'c' if x else 'a' if y else 'b' -> b")
    assert key(branches, "'b'", others=["d"]) == {"kind": "choice", "right": "b", "choices": ["a", "b", "c", "d"]}
    assert key(parse_value("a -> True"), "True")["choices"] == ["False", "True"]
    assert key(parse_value("names -> bias"), "['bias']", others=["kernel"])["right"] == "bias"
    inflected = parse_value("'same' if x else 'other' -> the same")
    settings = Settings(words={"the same": "same"})
    assert key(inflected, "'same'", settings=settings)["right"] == "same"
