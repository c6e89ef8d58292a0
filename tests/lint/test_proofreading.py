"""읽고 확인한 글은, 글이나 그 절의 코드가 바뀌면 다시 읽어야 한다."""

import json

import pytest
from support import TinySite

from rnn_shapes import build
from rnn_shapes.lint import proofread_command, proofreading

LESSON = """# 강의

```{testcode}
width = 7
```

처음에는 첫 낱말을 읽습니다. 출력은 {value}`width -> 7`입니다.

## 까닭

마지막 상태가 남습니다. 식은 $4H$입니다.

$$
h = \\tanh(x)
$$

| 이름 | 뜻 |
|---|---|
| 앞 | 먼저 읽은 쪽 |
"""
TELLS = (
    "docs/learn/lesson.md:{line}: ERROR: {what}. "
    "맞으면 python3.11 noxfile.py proofread docs/learn/lesson.md로 기록하세요: {text}"
)


def checking(site):
    """글을 살피는 사이트로 만든다. 빌더는 conf.py의 setup보다 먼저 있어야 한다."""
    site.page("checking.py", "from rnn_shapes.lint import setup_lint as setup\n")
    site.conf("checking", more="__import__('sys').path.insert(0, str(__import__('pathlib').Path(__file__).parent))\n")


class Lesson:
    """강의 하나가 있는 사이트."""

    def __init__(self, site: TinySite) -> None:
        self.site = site
        checking(site)
        self.record = site.page("proofread.json", "{}")
        self.write(LESSON)

    def write(self, text):
        """강의를 고친다."""
        self.page = self.site.page("learn/lesson.md", text)

    def build(self, builder="dummy", *options):
        """빌드한다. ``proofread``에는 이 강의를 적는다."""
        return self.site.build(builder, "-D", f"proofread_pages={self.page}", *options)

    def proofread(self):
        """읽었다고 기록한다."""
        return self.build("proofread", "-t", "accept_all")


@pytest.fixture
def lesson(site):
    """읽었다고 기록한 강의."""
    found = Lesson(site)
    built = found.proofread()
    assert built.code == 0, built.output
    return found


def told(built):
    """알린 줄들."""
    return [line for line in built.output.splitlines() if "ERROR" in line]


def test_what_was_read_is_not_told(lesson):
    """기록한 대로이면 아무 말도 하지 않고, 다시 기록할 것도 없다."""
    assert lesson.build().code == 0
    again = lesson.proofread()
    assert again.code == 0
    assert "learn/lesson.md: 읽은 뒤로 바뀐 것이 없습니다.\n" in again.output


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "text"),
    [
        ("첫 낱말", "끝 낱말", 7, proofreading.SENTENCE, "처음에는 끝 낱말을 읽습니다."),
        ("마지막 상태", "처음 상태", 11, proofreading.SENTENCE, "처음 상태가 남습니다."),
        ("$4H$", "$3H$", 11, proofreading.SENTENCE, "식은 3H입니다."),
        ("tanh(x)", "tanh(h)", 14, proofreading.SENTENCE, "h = \\tanh(h)"),
        ("먼저 읽은", "나중에 읽은", 19, proofreading.SENTENCE, "나중에 읽은 쪽"),
        ("width = 7", "width = 3 + 4", 1, proofreading.CODE, "강의"),
        (" 식은 $4H$입니다.", "", 9, proofreading.ORDER, "까닭"),
        ("## 까닭\n", "", 1, proofreading.GONE, "까닭"),
    ],
)
def test_what_changed_is_told(lesson, old, new, line, what, text):
    """문장과 수식, 표의 칸, 코드가 바뀌거나 빠지면 그 자리를 알리고 실패한다."""
    lesson.write(LESSON.replace(old, new))
    built = lesson.build()
    assert built.code == 1
    assert TELLS.format(line=line, what=what, text=text) in told(built)
    assert lesson.proofread().code == 0
    assert lesson.build().code == 0


def test_measured_value_is_read_again(lesson):
    """주장이 보이는 값이 바뀌면, 그 값을 말하는 문장도 다시 읽는다."""
    lesson.write(LESSON.replace("width = 7", "width = 5").replace("-> 7", "-> 5"))
    assert [line.rpartition("기록하세요: ")[2] for line in told(lesson.build())] == ["강의", "출력은 5입니다."]


def test_only_pages_that_are_published_are_compared(lesson):
    """쓰는 동안 코드만 실행해 볼 때는 비교하지 않는다."""
    lesson.write(LESSON.replace("첫 낱말", "끝 낱말"))
    built = lesson.build("doctest")
    assert built.code == 0, built.output


def test_unchanged_page_is_compared_with_the_record_of_now(lesson):
    """페이지는 그대로인데 기록이 없어져도 알린다."""
    assert lesson.build().code == 0
    lesson.record.write_text("{}", encoding="utf-8")
    assert len(told(lesson.build())) > 5


def test_nothing_is_recorded_without_an_answer(lesson):
    """터미널이 아니면 보이기만 한다. 파일은 그대로다."""
    before = lesson.record.read_bytes()
    lesson.write(LESSON.replace("첫 낱말", "끝 낱말"))
    built = lesson.build("proofread")
    assert built.code == 1
    shown = f"docs/learn/lesson.md:7: {proofreading.SENTENCE}: 처음에는 끝 낱말을 읽습니다."
    assert f"{shown}\n{proofread_command.LEFT.format(page=lesson.page)}\n" in built.output
    assert lesson.record.read_bytes() == before


def test_other_pages_are_left_alone(lesson):
    """이름을 적지 않은 강의는, 바뀌었어도 기록하지 않는다."""
    lesson.site.page("learn/other.md", "# 다른 강의\n\n글입니다.\n")
    assert lesson.proofread().code == 0
    assert list(json.loads(lesson.record.read_text(encoding="utf-8"))) == ["learn/lesson"]


def test_page_without_a_record_is_said(site):
    """강의가 아닌 페이지에는 기록을 두지 않는다."""
    checking(site)
    page = site.page("howto.md", "# 하는 법\n")
    built = site.build("proofread", "-D", f"proofread_pages={page}")
    assert built.code == 1
    assert "docs/howto.md: 읽은 기록을 두지 않는 페이지입니다. docs/learn/에 있는 페이지를 적으세요." in built.output


@pytest.mark.parametrize("text", ['{"learn/lesson": ', "[]", '{"learn/lesson": ["a1"]}', '{"learn/lesson": {"절": 3}}'])
def test_broken_record_is_said(lesson, text):
    """기록이 JSON이 아니거나 다른 것이 적혀 있으면 무엇을 할지 말하고, 덮어쓰지 않는다."""
    lesson.record.write_text(text, encoding="utf-8")
    for built in (lesson.build(), lesson.proofread()):
        assert built.code
        assert "proofread.json을 읽지 못했습니다. 저장소의 것으로 되돌리고 다시 실행하세요." in built.output
    assert lesson.record.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("arguments", [[], ["--no"]])
def test_command_asks_for_pages(arguments, capsys):
    """페이지를 적지 않으면 예를 보인다."""
    assert build.main(["proofread", *arguments]) == 2
    told = "읽은 페이지를 적으세요. 예: python3.11 noxfile.py proofread docs/learn/lstm-and-gru.md\n"
    assert capsys.readouterr().out == told
