"""기록은 그것을 만든 모든 것이 그대로일 때만 남는다."""

import re
import shutil
import subprocess
import sys
import time

import pytest
from tiny import ENGLISH, MARKUPS, TWO_CLAIMS, Built

import shape_claims
from shape_claims import evidence

RST = MARKUPS["rst"]
PAGE = TWO_CLAIMS
CODE = PAGE[1]


def test_without_evidence_claims_are_not_checked(site):
    """기록이 없어도 사이트는 만들어지고, 주장은 아직 확인하지 않은 것으로 보인다."""
    site.page("page.rst", *PAGE)
    built = site.build("html")
    assert built.code == 0, built.output
    assert built.marks() == ["unchecked", "unchecked"]
    assert built.notes() == ["Not checked yet|Expression: <code>h</code>", "Not checked yet|Expression: <code>c</code>"]


def test_evidence_reaches_pages_already_written(site):
    """나중에 생긴 기록은 이미 만든 페이지에도 반영되고, 사라진 기록도 그렇다."""
    site.page("page.rst", *PAGE)
    site.build("html")
    site.build("doctest")
    assert site.build("html").marks() == ["checked", "checked"]
    site.evidence().unlink()
    assert site.build("html").marks() == ["unchecked", "unchecked"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Before", "Edited", ["checked", "checked"]),
        ("c = h", "c = h + 1", ["checked", "unchecked"]),
        ("5, 11", "7, 11", ["unchecked", "unchecked"]),
        ("`c -> (B, D)`", "`c.T -> (D, B)`", ["checked", "unchecked"]),
        ("`h -> (B, D)`", "`h.T -> (D, B)`", ["unchecked", "unchecked"]),
        ("   c = h", "   :skipif: False\n\n   c = h", ["checked", "unchecked"]),
    ],
)
def test_edited_claims_lose_their_mark(checked, old, new, expected):
    """주장이나 그 앞의 코드를 고치면 표시를 잃고, 글만 고치면 잃지 않는다."""
    checked.page("page.rst", *[block.replace(old, new) for block in PAGE])
    assert checked.build("html").marks() == expected


@pytest.mark.parametrize("block", [">>> h = np.zeros((5, 22))", RST.block("doctest", ">>> h = np.zeros((5, 22))")])
def test_plain_examples_count(site, block):
    """``>>>``로 시작하는 예제도 주장이 기대는 코드다."""
    example = block.replace("22", "11")
    site.page("page.rst", RST.title("Page"), CODE, example, PAGE[2])
    site.build()
    assert site.build("html").marks() == ["checked"]
    site.page("page.rst", RST.title("Page"), CODE, block, PAGE[2])
    assert site.build("html").marks() == ["unchecked"]


@pytest.mark.parametrize(
    "options",
    [
        {"doctest_global_setup": "import math"},
        {"shape_claims_factors": (2, 3)},
        {"shape_claims_symbols": {**ENGLISH, "X": ("other", "")}},
        {"shape_claims_words": {"two": 2}},
        {"shape_claims_joiners": (", ",)},
        {"doctest_default_flags": 0},
    ],
)
def test_marks_go_with_another_setup(checked, options):
    """확인할 때의 설정이 달라지면 표시가 모두 사라진다."""
    checked.configure(**checked.options | options)
    assert checked.build("html").marks() == ["unchecked", "unchecked"]


@pytest.mark.parametrize("options", [{"shape_claims_evidence": "../evidence"}, {"html_title": "Other"}])
def test_marks_stay_with_settings_that_decide_nothing(site, options):
    """무엇이 참인지와 상관없는 설정은 표시를 지우지 않는다."""
    site.configure(**site.options | {"shape_claims_evidence": "../evidence"})
    site.page("page.rst", *PAGE)
    site.build()
    site.configure(**site.options | options)
    assert site.build("html").marks() == ["checked", "checked"]


def test_marks_go_with_another_checker(site, tmp_path):
    """확인하는 코드가 한 글자라도 달라지면 표시가 모두 사라진다."""
    package = tmp_path / "other" / "shape_claims"
    shutil.copytree(shape_claims.__path__[0], package)
    site.page("page.rst", *PAGE)
    site.page("index.rst", RST.title("Index"), RST.block("toctree", "page"))
    code = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r})\n"
        "from sphinx.cmd.build import main; import shape_claims; print(shape_claims.__file__)\n"
        "sys.exit(main(sys.argv[1:]))"
    )

    def build(builder):
        places = ["-q", "-d", str(tmp_path / "doctrees"), str(site.source), str(tmp_path / builder)]
        command = [sys.executable, "-c", code, "-b", builder, *places]
        assert str(package) in subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return Built(0, "", tmp_path / builder)

    build("doctest")
    assert build("html").marks() == ["checked", "checked"]
    with (package / "shapes.py").open("a", encoding="utf-8") as file:
        file.write("\n# stricter\n")
    assert build("html").marks() == ["unchecked", "unchecked"]


def test_failing_claims_leave_no_evidence(checked):
    """하나라도 틀린 페이지에는 확인 표시가 남지 않는다."""
    checked.page("page.rst", *[block.replace("`c -> (B, D)`", "`c -> (D, B)`") for block in PAGE])
    assert checked.build().code != 0
    assert not checked.evidence().exists()
    assert checked.build("html").marks() == ["unchecked", "unchecked"]


@pytest.mark.parametrize("example", [RST.block("doctest", ">>> 1 + 1\n3"), RST.block("testcleanup", "1 / 0")])
def test_failing_example_leaves_no_evidence(checked, example):
    """예제 하나만 틀려도 그 페이지는 확인하지 않은 것이다."""
    checked.page("page.rst", *PAGE, example)
    assert checked.build().code != 0
    assert not checked.evidence().exists()


def test_naming_pages_keeps_evidence_of_the_others(checked):
    """페이지를 골라 실행하면 나머지 페이지의 기록은 그대로 남는다."""
    checked.page("other.rst", *PAGE)
    checked.build()
    before = checked.evidence("other").read_text("utf-8"), checked.evidence().read_text("utf-8")
    page = checked.page("page.rst", *[block.replace("5, 11", "7, 11") for block in PAGE])
    places = ["-d", str(checked.source.parent / "doctrees"), str(checked.source), str(checked.source.parent / "one")]
    assert checked.run("-b", "doctest", *places, str(page), folder=checked.source).code == 0
    assert checked.evidence("other").read_text("utf-8") == before[0]
    assert checked.evidence().read_text("utf-8") != before[1]


def test_builds_at_the_same_time_keep_both_pages(new_site, tmp_path):
    """페이지를 나누어 동시에 실행하는 빌드는 서로의 기록을 지우지 않는다."""
    site = new_site(shape_claims_evidence="../evidence")
    wait = RST.block("testcode", f"import pathlib, time\nhere = pathlib.Path({str(tmp_path)!r})")
    meet = RST.block("testcode", "(here / 'NAME').touch()\nwhile len(list(here.glob('*.run'))) < 2: time.sleep(0.01)")
    pages = [site.page(f"{name}.rst", *PAGE, wait, meet.replace("NAME", f"{name}.run")) for name in ("one", "two")]
    site.page("index.rst", RST.title("Index"), RST.block("toctree", "one\ntwo"))

    def start(builder, name, *pages):
        places = ["-d", str(tmp_path / f"{name}-trees"), str(site.source), str(tmp_path / name), *map(str, pages)]
        command = [sys.executable, "-m", "sphinx", "-b", builder, "-q", *places]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    running = [start("doctest", page.stem, page) for page in pages]
    outputs = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert {path.name for path in (tmp_path / "evidence").iterdir()} == {"one.json", "two.json"}
    assert start("html", "html").communicate()[0] == ""
    built = Built(0, "", tmp_path / "html")
    assert built.marks("one") == built.marks("two") == ["checked", "checked"]


def test_evidence_is_written_only_when_it_changes(checked):
    """같은 기록은 다시 쓰지 않는다."""
    before = checked.evidence().stat().st_mtime_ns
    time.sleep(0.01)
    checked.build()
    assert checked.evidence().stat().st_mtime_ns == before


@pytest.mark.parametrize("run", ["never", "stale"])
@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: "{", "JSONDecodeError: "),
        (lambda text: "[]", "TypeError: "),
        (lambda text: "{}", "KeyError: 'checker'"),
        (lambda text: text.replace('"records"', '"recorded"'), "KeyError: 'records'"),
        (lambda text: text.replace('"measured"', '"weighed"'), "TypeError: "),
        (lambda text: re.sub(r'"versions": \{\}', '"versions": []', text), "AttributeError: "),
        (lambda text: re.sub(r'"imports": \{[^}]*\}', '"imports": 5', text), "TypeError: "),
        (lambda text: text.replace("h", "\ud800", 1).encode("utf-8", "surrogatepass"), "UnicodeDecodeError: "),
    ],
)
def test_damaged_evidence_says_how_to_mend(new_site, run, damage, reason):
    """깨진 기록 파일은 무엇을 하면 되는지 말하고, 그렇게 하면 된다."""
    site = new_site(shape_claims_run=run)
    site.page("page.rst", *PAGE)
    site.build()
    text = damage(site.evidence().read_text("utf-8"))
    site.evidence().write_bytes(text if isinstance(text, bytes) else text.encode())
    built = site.build("html")
    assert built.code != 0
    assert f"{site.evidence()}: the evidence cannot be read ({reason}" in built.output
    assert "Delete the file and run the check again." in built.output
    assert "Traceback" not in built.output
    site.evidence().unlink()
    assert site.build("html").code == 0


def test_evidence_of_another_version_of_the_package_is_unknown(checked):
    """다른 버전의 확장이 남긴 기록은 깨진 것이 아니라 없는 것이다."""
    checked.evidence().write_text('{"checker": "other", "fields": "unknown"}', "utf-8")
    assert checked.build("html").marks() == ["unchecked", "unchecked"]


def test_other_kinds_of_nodes_count_as_checkers(checked):
    """다른 패키지가 만든 주장의 노드도 확인하는 코드에 든다."""
    assert all(path.is_file() for kind in evidence.kinds() for path in kind.code())
    assert evidence.code_version() == evidence.code_version()
