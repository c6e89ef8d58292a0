"""기록은 페이지가 들여온 것이 그대로일 때만 남는다."""

import json
import sys

import pytest
from tiny import MARKUPS
from tiny import TWO_CLAIMS as PAGE

from shape_claims import following, imports

RST = MARKUPS["rst"]


def test_marks_go_with_another_version(checked, monkeypatch):
    """페이지가 들여온 패키지나 파이썬의 버전이 달라지면 표시가 모두 사라진다."""
    known = json.loads(checked.evidence().read_text("utf-8"))
    assert set(known["imports"]) == {"python", "numpy"}
    assert known["versions"] == {}
    for name in known["imports"]:
        edited = {**known, "imports": {**known["imports"], name: "0.1"}}
        checked.evidence().write_text(json.dumps(edited), "utf-8")
        assert checked.build("html").marks() == ["unchecked", "unchecked"]


def test_versions_are_told_for_named_packages(new_site):
    """이름을 적은 패키지의 버전은 기록에 남아 템플릿에 넘어가고, 그 버전이 달라지면 표시가 사라진다."""
    site = new_site(shape_claims_packages={"numpy": ("numpy", "sphinx"), "other": ("docutils",)}, templates_path=["."])
    site.page("layout.html", '{% extends "!layout.html" %}{% block footer %}{{ claims_versions }}{% endblock %}')
    site.page("page.rst", *PAGE)
    output = site.build().output
    versions = {name: imports.installed(name) for name in ("numpy", "sphinx")}
    assert f"2 claims hold, numpy {versions['numpy']}, sphinx {versions['sphinx']}. Evidence: " in output
    assert str(versions) in site.build("html").html().replace("&#39;", "'")
    known = json.loads(site.evidence().read_text("utf-8"))
    site.evidence().write_text(json.dumps({**known, "versions": {**versions, "sphinx": "0.1"}}), "utf-8")
    assert site.build("html").marks() == ["unchecked", "unchecked"]


def test_marks_go_with_a_module_beside_the_pages(new_site):
    """페이지가 들여오는 이웃 모듈이 달라지면 표시가 사라진다."""
    site = new_site(shape_claims_run="stale")
    site.options["doctest_path"] = [str(site.source)]
    site.configure(**site.options)
    site.page("makes_rows.py", "import numpy as np", "def rows(): return np.zeros((5, 11))")
    code = RST.block("testcode", "from makes_rows import rows\nbatch_size, dim = 5, 11\nh = rows()")
    site.page("page.rst", RST.title("Page"), code, PAGE[2])
    assert site.build("html").marks() == ["checked"]
    assert "running tests" not in site.build("html").output
    site.page("makes_rows.py", "import numpy as np", "def rows(): return np.zeros((5, 2 * 11))")
    del sys.modules["makes_rows"]
    built = site.build("html")
    assert built.code != 0
    assert "docs/page.rst:10: the shape is not the claimed one" in built.output


def test_state_of_imports(tmp_path, monkeypatch):
    """설치한 패키지는 버전으로, 다른 곳의 모듈과 폴더는 내용으로 안다. 모르는 이름은 빈 글이다."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "numpy.py").write_text("shadow = 1", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inner.py").write_text("", "utf-8")
    before = imports.states(["numpy", "folder.inner", "sphinx.ext", "re", "nowhere_at_all"])
    assert before["sphinx"] == imports.installed("sphinx")
    assert before["numpy"] != imports.installed("numpy")
    assert before["nowhere_at_all"] == ""
    assert "re" not in before
    (tmp_path / "folder" / "inner.py").write_text("x = 1", "utf-8")
    assert imports.state("folder.inner") != before["folder.inner"]
    assert imports.installed("nowhere_at_all") == ""
    assert imports.installed("_pytest") == imports.installed("pytest")


def test_imports_are_read_from_any_code():
    """줄 하나에 여럿이 있거나 조건 속에 있어도 들여온 이름을 모두 찾고, 읽을 수 없는 글은 지나친다."""
    code = [
        "import a; import b.c as d",
        "if x:\n    from e import (f)",
        ">>> import g\n>>> h = 1",
        "from . import i",
        "no code",
    ]
    assert imports.names_in([*code, ">>> (", ">>>bad"]) == {"a", "b.c", "e.f", "g"}


PACKAGE = {
    "__init__": "",
    "page": "from pack import used\nfrom . import near\nimport pack.sub.deep",
    "used": "from pack.names import NAME",
    "names": "NAME = 'pack.told'",
    "told": "",
    "near": "from importlib.metadata import version",
    "sub/__init__": "from .. import above",
    "sub/deep": "from .beside import thing",
    "sub/beside": "def (",
    "above": "",
    "apart": "",
}


@pytest.fixture
def package(tmp_path):
    """모듈이 서로를 여러 방법으로 들여오는 패키지의 폴더."""
    for name, text in PACKAGE.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / f"{name}.py").write_text(text, "utf-8")
    return tmp_path / "pack"


def names(package, name):
    """따라간 파일의 이름, 확장자 없이."""
    return {file.relative_to(package).with_suffix("").as_posix() for file in following.files(name, [package])}


def test_imports_are_followed_through_a_package(package):
    """들여온 모듈과 그것이 다시 들여오는 모듈, 글로 적은 모듈만 따라가고, 나머지는 달라져도 상관없다."""
    assert names(package, "pack.page.anything") == PACKAGE.keys() - {"apart"}
    assert names(package, "pack.apart") == {"__init__", "apart"}
    assert names(package, "pack") == {"__init__"}


@pytest.mark.parametrize(
    "text",
    ["import importlib", "from importlib import import_module", "__import__('pack')", "from pack.names import *"],
)
def test_a_package_that_imports_by_name_is_taken_whole(package, text):
    """무엇을 들여오는지 글에서 알 수 없으면 패키지의 모든 파일을 본다."""
    (package / "told.py").write_text(text, "utf-8")
    assert names(package, "pack.used") == PACKAGE.keys()


def test_mark_stays_when_another_corner_changes(package, monkeypatch):
    """페이지가 들여오지 않은 모듈이 달라져도 상태는 그대로이고, 들여온 모듈이 들여온 것이 달라지면 상태도 달라진다."""
    monkeypatch.syspath_prepend(package.parent)
    before = imports.states(["pack.page"])
    (package / "apart.py").write_text("x = 1", "utf-8")
    assert imports.states(["pack.page"]) == before
    (package / "above.py").write_text("x = 1", "utf-8")
    assert imports.states(["pack.page"]) != before
