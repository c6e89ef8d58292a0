"""옵션과 공개된 이름: 한 곳에 적히고, 잘못 적으면 무엇을 적어야 하는지 말한다."""

import doctest
import inspect
import re
from pathlib import Path

import pytest
from tiny import MARKUPS

import shape_claims
from shape_claims import messages
from shape_claims.config import OPTIONS

README = Path(shape_claims.__file__).with_name("README.md").read_text("utf-8")
HELP = {option.name: option.help for option in OPTIONS}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shape_claims_symbols", ["B"]),
        ("shape_claims_symbols", {"B": "batch_size"}),
        ("shape_claims_symbols", {"B": ()}),
        ("shape_claims_symbols", {"B": ("batch size", "size")}),
        ("shape_claims_symbols", {"B": ("batch_size", "size", "more")}),
        ("shape_claims_symbols", {5: ("batch_size", "size")}),
        ("shape_claims_factors", 2),
        ("shape_claims_factors", ("2",)),
        ("shape_claims_factors", (1, 2)),
        ("shape_claims_factors", (True, 2)),
        ("shape_claims_words", {"two": None}),
        ("shape_claims_words", {"": 2}),
        ("shape_claims_words", [("two", 2)]),
        ("shape_claims_joiners", ", "),
        ("shape_claims_joiners", ("",)),
        ("shape_claims_denials", "(no"),
        ("shape_claims_denials", ("no",)),
        ("shape_claims_packages", "numpy"),
        ("shape_claims_packages", (5,)),
        ("shape_claims_packages", {"numpy": "numpy"}),
        ("shape_claims_packages", {"numpy": (5,)}),
        ("shape_claims_run", "Stale"),
        ("shape_claims_run", True),
        ("shape_claims_evidence", ""),
        ("shape_claims_evidence", 5),
    ],
)
def test_wrong_option_ends_the_build(new_site, name, value):
    """쓸 수 없는 옵션은 무엇을 적어야 하는지 말하며 빌드를 끝낸다."""
    built = new_site(**{name: value}).build("html", strict="")
    assert built.code != 0
    assert f"conf.py: {name} cannot be {value!r}. {HELP[name]}" in built.output
    assert "Traceback" not in built.output


def test_wrong_option_in_korean(new_site):
    """우리말 사이트에서는 옵션의 설명도 우리말이다."""
    built = new_site(language="ko", shape_claims_run="Stale").build("html")
    words = "'stale'이면 HTML 빌드가 기록이 없는 페이지를 먼저 실행합니다. 아니면 'never'입니다."
    assert f"conf.py: shape_claims_run에 쓸 수 없는 값입니다: 'Stale'. {words}" in built.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shape_claims_symbols", {"B": ("batch_size",)}),
        ("shape_claims_symbols", {"B": ["batch_size", ""]}),
        ("shape_claims_factors", []),
        ("shape_claims_words", {"two": 2, "half": 0.5, "a list": "list"}),
        ("shape_claims_joiners", []),
        ("shape_claims_packages", ["numpy"]),
        ("shape_claims_packages", {"numpy": ["numpy", "scipy"]}),
        ("shape_claims_run", "never"),
        ("shape_claims_evidence", "evidence"),
    ],
)
def test_right_option_is_accepted(new_site, name, value):
    """쓸 수 있는 옵션은 경고 없이 쓰인다."""
    markup = MARKUPS["rst"]
    site = new_site(**{name: value})
    site.page("page.rst", markup.title("Page"), ">>> n = [1]", markup.role("len(n) -> 1", "value"))
    built = site.build()
    assert built.code == 0, built.output


def test_readme_lists_every_option_with_its_default():
    """README의 표는 옵션을 빠짐없이, 기본값과 설명까지 그대로 적는다."""
    rows = re.findall(r"^\| `(shape_claims_\w+)` \| `(.+?)` \| (.+) \|$", README, flags=re.M)
    assert rows == [(option.name, repr(option.default), option.help.replace("|", r"\|")) for option in OPTIONS]


@pytest.mark.parametrize("name", shape_claims.__all__)
def test_public_names_explain_themselves(name):
    """공개된 이름마다 설명이 있고, 공개된 속성에도 있다."""
    public = getattr(shape_claims, name)
    assert (inspect.getdoc(public) or "").strip()
    methods = vars(public) if inspect.isclass(public) else {}
    plain = {key: value for key, value in methods.items() if not key.startswith("_") and inspect.isfunction(value)}
    assert [key for key, value in plain.items() if not inspect.getdoc(value)] == []


def test_readme_names_every_public_name():
    """README는 공개된 이름을 모두 적는다."""
    assert [name for name in shape_claims.__all__ if f"`{name}`" not in README and f"{name}(" not in README] == []


def test_every_sentence_has_its_korean():
    """적힌 말은 모두 우리말로 옮겨져 있고, 옮긴 말에는 쓰이지 않는 것이 없다."""
    source = "".join(path.read_text("utf-8") for path in Path(messages.__file__).parent.rglob("*.py"))
    words = (messages.LOCALE / "ko" / "LC_MESSAGES" / "shape_claims.po").read_text("utf-8")
    catalogue = {text: done for text, done in re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', words, flags=re.M) if text}
    written = {eval(text) for text in re.findall(r'\b_\(\s*("(?:[^"\\]|\\.)*")\s*\)', source)}  # noqa: S307 - our own
    assert written | set(HELP.values()) == set(catalogue)
    assert all(catalogue.values())
    fields = {text: set(re.findall(r"\{[^}]*\}", text)) for text in written}
    assert {text for text in written if set(re.findall(r"\{[^}]*\}", catalogue[text])) != fields[text]} == set()


def test_examples_of_the_readme_hold():
    """README의 파이썬 예제는 적힌 대로 나온다."""
    code = "".join(re.findall(r"^```python\n(>>> .+?)^```$", README, flags=re.M | re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "README", "README.md", 0)
    assert len(test.examples) > 4
    assert doctest.DocTestRunner().run(test).failed == 0


def test_node_of_the_readme_can_be_written():
    """README에 적은 노드는 그대로 만들 수 있다."""
    code = next(
        code for code in re.findall(r"^```python\n(.+?)^```$", README, flags=re.M | re.S) if "class drawing" in code
    )
    names = {"__name__": __name__}
    exec(code, names)  # noqa: S102 - the page says that it can be run
    assert [entry.name for entry in names["node"].entries] == ["parts", "label"]
    with pytest.raises(ValueError, match="the parts do not add up to one"):
        names["node"].verify({"parts": [1, 1]})
