"""``shape_claims_run = "stale"``: HTML 빌드가 기록이 없는 페이지만 실행하고, 거짓이면 아무것도 내보내지 않는다."""

import re

import pytest
from tiny import MARKUPS

RST = MARKUPS["rst"]
CODE = RST.block("testcode", "import numpy as np\nbatch_size, dim = 5, 11\nh = np.zeros((batch_size, dim))")
CLAIM = f"The state is {RST.role('h -> (B, D)')}."


@pytest.fixture
def stale(new_site):
    """HTML 빌드가 스스로 확인하는 사이트."""
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", RST.title("Page"), CODE, CLAIM)
    return site


def ran(built):
    """빌드가 실행한 페이지."""
    return re.findall(r"^  (\w+)$", built.output, flags=re.M)


def test_one_build_checks_and_writes(stale):
    """HTML 빌드 하나가 확인하고 기록하고 표시하며, 두 번째 빌드는 아무것도 실행하지 않는다."""
    built = stale.build("html")
    assert built.code == 0, built.output
    assert (ran(built), built.marks()) == (["page"], ["checked"])
    again = stale.build("html")
    assert (again.code, ran(again), again.marks()) == (0, [], ["checked"])


def test_page_edited_into_a_falsehood_writes_no_page(stale):
    """거짓이 된 페이지는 파일과 줄을 말하며 실패하고, 어느 페이지도 쓰지 않는다. 고치면 다시 된다."""
    stale.build("html")
    before = {path: path.read_bytes() for path in (stale.source.parent / "html").rglob("*.html")}
    stale.page("other.rst", RST.title("Other"))
    stale.page("page.rst", RST.title("Page"), CODE, CLAIM.replace("B, D", "D, B"))
    for _again in range(2):
        built = stale.build("html")
        assert built.code != 0
        assert "docs/page.rst:10: the shape is not the claimed one" in built.output
        assert "ERROR: The check failed on: page" in built.output
        assert "Traceback" not in built.output
        assert {path: path.read_bytes() for path in built.folder.rglob("*.html")} == before
    stale.page("page.rst", RST.title("Page"), CODE, CLAIM)
    built = stale.build("html")
    assert (built.code, built.marks()) == (0, ["checked"])
    assert (built.folder / "other.html").exists()


def test_only_stale_pages_run(stale):
    """기록이 없는 페이지만 실행한다. 주장 없이 코드만 있는 페이지도 그렇다."""
    stale.page("same.rst", RST.title("Same"), CODE, CLAIM)
    stale.page("code.rst", RST.title("Code"), ">>> 1 + 1\n2")
    stale.page("text.rst", RST.title("Text"))
    assert ran(stale.build("html")) == ["code", "page", "same"]
    stale.page("page.rst", RST.title("Page"), CODE.replace("5, 11", "7, 11"), CLAIM)
    stale.page("text.rst", RST.title("Text"), "More.")
    assert ran(stale.build("html")) == ["page"]
    stale.page("code.rst", RST.title("Code"), ">>> 1 + 2\n3")
    assert ran(stale.build("html")) == ["code"]


def test_recorded_site_executes_nothing(stale, tmp_path):
    """모두 기록된 사이트를 다시 처음부터 만들어도 페이지의 코드는 한 줄도 실행되지 않는다."""
    trace = tmp_path / "trace"
    code = RST.block("testcode", f"open({str(trace)!r}, 'a').write('ran')")
    stale.page("page.rst", RST.title("Page"), code, CODE, CLAIM)
    stale.build("html")
    assert trace.read_text("utf-8") == "ran"
    assert stale.build("html", "-E", "-a").marks() == ["checked"]
    assert trace.read_text("utf-8") == "ran"


def test_nothing_of_the_check_is_written_into_the_site(new_site):
    """확인한 기록과 보고는 사이트의 폴더에 남지 않는다. Sphinx가 기본으로 정하는 자리에서도 그렇다."""
    site = new_site(shape_claims_run="stale")
    site.page("page.rst", RST.title("Page"), CODE, CLAIM)
    site.page("index.rst", RST.title("Index"), RST.block("toctree", "page"))
    folder = site.source.parent / "out"
    built = site.run("-b", "html", str(site.source), str(folder), folder=folder)
    assert built.marks() == ["checked"]
    outside = [path for path in folder.rglob("*") if ".doctrees" not in path.parts]
    assert not [path for path in outside if path.suffix == ".json" or path.name == "output.txt"]


def test_builds_with_several_processes(stale):
    """여러 프로세스로 읽고 쓰는 빌드도 같은 표시를 남기고, 거짓이면 실패한다."""
    for number in range(6):
        stale.page(f"page{number}.rst", RST.title("Page"), CODE, CLAIM)
    built = stale.build("html", "-j", "2")
    assert built.code == 0, built.output
    assert [built.marks(f"page{number}") for number in range(6)] == [["checked"]] * 6
    stale.page("page3.rst", RST.title("Page"), CODE, CLAIM.replace("B, D", "D, B"))
    assert "docs/page3.rst:10: the shape is not the claimed one" in stale.build("html", "-E", "-j", "2").output


def test_renamed_page_is_checked_under_its_new_name(stale):
    """이름을 바꾼 페이지는 새 이름으로 다시 확인한다."""
    stale.build("html")
    (stale.source / "page.rst").rename(stale.source / "moved.rst")
    built = stale.build("html")
    assert (ran(built), built.marks("moved")) == (["moved"], ["checked"])


def test_evidence_shared_by_two_projects_marks_nothing_false(new_site):
    """두 프로젝트가 같은 폴더에 기록해도, 다른 프로젝트의 기록으로 표시가 붙지 않는다."""
    first, second = (new_site(name, shape_claims_evidence="../../evidence") for name in ("first", "second"))
    first.page("page.rst", RST.title("Page"), CODE, CLAIM)
    second.page("page.rst", RST.title("Page"), CODE.replace("h = ", "h = 2 * "), CLAIM)
    first.build()
    assert first.build("html").marks() == ["checked"]
    assert second.build("html").marks() == ["unchecked"]


def test_other_builders_do_not_run_pages(stale):
    """HTML이 아닌 빌드는 아무것도 실행하지 않는다."""
    assert ran(stale.build("text")) == []


def test_false_claims_are_not_hidden_when_the_build_is_quiet(stale):
    """조용한 빌드도 거짓 주장의 보고는 보인다."""
    stale.page("page.rst", RST.title("Page"), CODE, CLAIM.replace("B, D", "D, B"))
    output = stale.build("html", "-q").output
    assert "docs/page.rst:10: the shape is not the claimed one" in output
    assert "The check failed on: page" in output
