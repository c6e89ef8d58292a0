"""저장소로 가는 링크: 주소가 있으면 페이지마다 원본과 알리기가 있고, 없으면 아무것도 없다."""

import re
import shutil
import subprocess
import sys
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from support import ROOT

from rnn_shapes.pages.repository import Repository

BUILD = """
import sys
from rnn_shapes import build
address = "html_context.repository=https://github.com/someone/rnn"
sys.exit(build.run(
    "html", build.Path({html!r}), *build.WITHOUT_GALLERY, "-D", address, doctrees=build.Path({doctrees!r})
))
"""


@pytest.fixture(scope="module")
def linked_build(html_build, tmp_path_factory):
    """저장소의 주소를 적고 만든 사이트의 폴더. 읽는 일은 주소와 상관이 없으므로 읽어 둔 것을 쓴다."""
    folder = tmp_path_factory.mktemp("linked")
    shutil.copytree(html_build[0].parent / "doctrees", folder / "doctrees")
    script = BUILD.format(html=str(folder / "html"), doctrees=str(folder / "doctrees"))
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "html"


def links(page):
    """페이지의 링크와, 그 안의 글."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, flags=re.S)
    return [(address.replace("&amp;", "&"), text) for address, text in found]


def feedback(page):
    """원본의 주소와 알리기의 주소. 없으면 ``None``이다."""
    found = {text: address for address, text in links(page) if "github.com/someone/rnn/" in address}
    return found.get("이 페이지의 원본"), found.get("틀린 주장 알리기")


def test_every_page_links_to_a_file_in_the_repository(linked_build):
    """페이지마다 저장소에 있는 원본으로 가는 링크가 있고, 색인처럼 원본이 없는 페이지에만 없다."""
    without = set()
    for path in linked_build.rglob("*.html"):
        source, report = feedback(path.read_text(encoding="utf-8"))
        assert report, path
        if source is None:
            without.add(path.name)
        else:
            assert (ROOT / source.removeprefix("https://github.com/someone/rnn/blob/HEAD/")).exists(), source
    assert without <= {"genindex.html", "py-modindex.html", "search.html", "404.html"}


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("learn/lstm-and-gru", "docs/learn/lstm-and-gru.md"),
        ("gallery/bidirectional", "gallery/bidirectional.py"),
        ("gallery/index", "gallery/GALLERY_HEADER.rst"),
        ("reference/api", "src/rnn_shapes"),
        ("reference/api-site", "src/rnn_shapes"),
        ("reference/glossary", "docs/glossary.toml"),
        ("reference/symbols", "src/rnn_shapes/symbols.py"),
    ],
)
def test_generated_pages_link_to_what_people_write(linked_build, page, source):
    """만들어진 페이지는 만들어진 파일이 아니라 고칠 파일로 이어진다."""
    address, _ = feedback((linked_build / f"{page}.html").read_text(encoding="utf-8"))
    assert address == f"https://github.com/someone/rnn/blob/HEAD/{source}"


def test_report_names_the_page_and_how_it_was_checked(linked_build, checked_docs):
    """알리기를 누르면 페이지와 원본, 주장의 수, 확인한 판이 이미 적혀 있다."""
    _, address = feedback((linked_build / "learn" / "bidirectional.html").read_text(encoding="utf-8"))
    query = parse_qs(urlsplit(address).query)
    page = checked_docs["learn/bidirectional"]
    count = len([record for record in page["records"].values() if record["claimed"]])
    body = query["body"][0]
    assert query["title"] == ["틀린 주장: 양방향 RNN"]
    assert "- 페이지: learn/bidirectional\n- 원본: docs/learn/bidirectional.md\n" in body
    checked, total = map(int, re.search(r"주장: (\d+)개 가운데 (\d+)개", body).groups())
    assert checked == total >= count
    assert f"TensorFlow {page['versions']['tensorflow']}, Keras {page['versions']['keras']}" in body
    assert len(address) < 2000, "더 긴 주소는 받지 않는 서버가 있다"


def test_gallery_opens_in_colab(linked_build):
    """갤러리의 페이지에는 그 노트북을 코랩에서 여는 링크가 있다."""
    page = (linked_build / "gallery" / "bidirectional.html").read_text(encoding="utf-8")
    notebook = "someone/rnn/blob/notebooks/docs/gallery/bidirectional.ipynb"
    assert f"https://colab.research.google.com/github/{notebook}" in [address for address, _ in links(page)]
    workflow = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    assert "git add --force docs/gallery/*.ipynb" in workflow
    assert "git push --force origin notebooks" in workflow, "링크가 여는 브랜치를 아무도 올리지 않는다"


def test_without_an_address_there_is_no_link(html_build):
    """주소를 적지 않은 사이트에는 원본도 알리기도 코랩도 없다."""
    folder, _ = html_build
    for path in folder.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"href=\"[^\"]*(github\.com|colab\.research)|class=\"feedback\"", page), path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/someone/rnn", "someone/rnn"),
        ("https://github.com/someone/rnn.git", "someone/rnn"),
        ("https://github.com/someone/rnn/", "someone/rnn"),
        ("https://example.org/someone/rnn", None),
        ("", None),
    ],
)
def test_only_github_addresses_make_links(address, name):
    """GitHub의 주소에서만 저장소를 알아낸다."""
    found = Repository.of(SimpleNamespace(html_context={"repository": address}))
    assert (found and found.name) == name


def test_missing_source_is_named(site):
    """머리의 source에 적힌 파일이 없으면 어느 페이지의 무엇인지 말하고 실패한다."""
    site.use("pages.repository")
    site.page("page.md", "---\nsource: docs/none.toml\n---\n\n# 제목\n")
    built = site.build("html")
    assert built.code != 0
    assert (
        "page.md: 머리의 source에 적힌 파일이 없습니다. 저장소에서 본 경로로 적으세요: docs/none.toml" in built.output
    )
