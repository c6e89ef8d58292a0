"""같은 원본은 어디서 만들어도 같은 사이트다."""

import os
import shutil
import subprocess
import sys

from support import ROOT

HERE = """
import sys
from rnn_shapes import build
sys.exit(build.run("html", build.Path("site"), *build.WITHOUT_GALLERY))
"""


def contents(folder):
    """폴더의 모든 파일. 이름이 점으로 시작하는 것도 있다."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_site_is_the_same_bytes_everywhere(html_build, tmp_path):
    """이름에 빈칸과 한글이 든 다른 폴더에서, 다른 시간대와 해시 씨앗으로 만들어도 모든 파일이 바이트까지 같다."""
    folder, _ = html_build
    place = tmp_path / "다른 폴더"
    for name in ("docs", "gallery", "src", "tests", "build/evidence"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    elsewhere = {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "77", "PYTHONPATH": str(place / "src")}
    result = subprocess.run(
        [sys.executable, "-c", HERE],
        cwd=place,
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    here, there = contents(folder), contents(place / "site")
    assert ".buildinfo" in here and len(here) > 50
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_build_info_does_not_know_where_packages_lie(site, tmp_path):
    """패키지가 어느 폴더에 깔렸는지는 설정의 지문을 바꾸지 않고, 어느 패키지의 어느 폴더인지는 바꾼다."""
    site.use("pages.reproducible")
    found = []
    for name in ("here/package/static", "there/package/static", "there/other/static"):
        (tmp_path / name).mkdir(parents=True)
        folder = site.build("html", "-D", f"html_static_path={tmp_path / name}").folder
        found.append((folder / ".buildinfo").read_bytes())
    here, there, other = found
    assert here == there != other


def test_build_info_does_not_know_how_many_processes_ran_the_gallery(site):
    """갤러리를 몇 프로세스로 실행했는지는 설정의 지문을 바꾸지 않고, 갤러리의 다른 설정은 바꾼다."""
    more = """
import importlib

sphinx_gallery_conf = {settings}


def setup(app):
    app.add_config_value("sphinx_gallery_conf", {{}}, "html")
    importlib.import_module("rnn_shapes.pages.reproducible").setup_reproducible(app)
"""
    found = []
    for settings in ({"parallel": 2}, {}, {"min_reported_time": 3}):
        site.conf(more=more.format(settings=settings))
        found.append((site.build("html").folder / ".buildinfo").read_bytes())
    together, alone, other = found
    assert together == alone != other


def test_unchanged_settings_are_known_again(site):
    """설정을 고치지 않았으면 두 번째 빌드는 페이지를 다시 쓰지 않는다."""
    site.use(
        "pages.reproducible",
        html_static_path=["_static"],
        templates_path=[str(ROOT / "docs" / "_templates" / "sidebar")],
    )
    site.page("page.md", "# 글\n\n글.\n")
    times = [(site.build("html").folder / "page.html").stat().st_mtime_ns for _ in range(2)]
    assert times[0] == times[1]
    assert not list((site.source.parent / "html").glob(".buildinfo.*"))
