"""갤러리 스크립트: 홀로 서고, 제 형태를 스스로 확인한다."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError
from sphinx_gallery.py_source_parser import split_code_and_text_blocks
from support import ROOT

from rnn_shapes.lint import scripts
from rnn_shapes.pages import gallery as gallery_pages
from rnn_shapes.pages import plots

SCRIPTS = sorted((ROOT / "gallery").glob("*.py"))
ALLOWED = {"tensorflow", "numpy", "matplotlib"} | {"h5py"} | {"itertools", "tempfile", "warnings"}
"""세 패키지와, tensorflow와 함께 설치되는 것과, 파이썬에 들어 있는 것."""


def test_there_are_enough_scripts():
    """원문의 예제를 모두 덮을 만큼 스크립트가 있다."""
    assert len(SCRIPTS) >= 6


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_imports_only_what_everyone_has(script):
    """스크립트는 세 패키지와 거기에 딸린 h5py, 파이썬의 itertools와 tempfile, warnings만 들여온다."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= ALLOWED


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_asserts_shapes_in_names(script):
    """스크립트는 형태를 긴 이름으로 assert하고, 크기는 서로 다르며 게이트의 수와 겹치지 않는다."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    asserted = [ast.unparse(node.test) for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert [test for test in asserted if ".shape ==" in test and "_size" in test]
    sizes = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            sizes |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    shapes = [sizes[name] for name in sizes if name.endswith(("_size", "_length", "_dim"))]
    assert len(shapes) == len(set(shapes))
    assert not {2, 3, 4} & set(shapes)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_prose_says_what_the_code_says(script, tmp_path):
    """글의 수와 이름은 가까운 코드에 있고, 코드에 없는 수로 고치면 드러난다."""
    assert not list(scripts.prose_problems(script))
    changed = tmp_path / script.name
    changed.write_text(re.sub(r"(?m)\Z", "\n# %%\n# 값은 1234.5입니다.\n", script.read_text(encoding="utf-8")))
    assert [problem.text for problem in scripts.prose_problems(changed)] == ["1234.5"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_download_is_the_script(checked_docs, script):
    """내려받는 스크립트는 사이트를 만들며 실행한 것과 한 바이트도 다르지 않다."""
    assert (ROOT / "docs" / "gallery" / script.name).read_bytes() == script.read_bytes()


READERS = {"open", "read_text", "read_bytes", "imread", "load"}
"""경로를 받아 파일을 읽는 함수. ``fromfile``은 matplotlib에 딸린 자료처럼 이미 열린 파일도 읽으므로 뺐다."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_reads_no_file_beside_it(script):
    """스크립트는 곁에 있는 파일을 읽지 않는다. 저장소가 없는 폴더에서도 돌아야 한다."""
    nodes = ast.walk(ast.parse(script.read_text(encoding="utf-8")))
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    called -= {"tf.saved_model.load"}  # 스크립트가 쓴 것만 읽을 수 있다
    assert not READERS & {name.rpartition(".")[2] for name in called}


def notebook_cells(path):
    """노트북의 칸마다 (글, 종류)."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [("".join(cell["source"]), cell["cell_type"]) for cell in notebook["cells"]]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_notebook_has_the_code_of_the_script(checked_docs, script):
    """내려받는 노트북의 코드는 스크립트의 코드와 같다."""
    cells = notebook_cells(ROOT / "docs" / "gallery" / f"{script.stem}.ipynb")
    _, blocks = split_code_and_text_blocks(str(script))
    expected = [block.content.strip() for block in blocks if block.type == "code"]
    assert [source.strip() for source, kind in cells if kind == "code"] == expected


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_notebook_reads_as_markdown(checked_docs, script):
    """노트북은 스크립트의 한국어 제목으로 시작하고, 글에는 RST의 역할과 directive, 링크, 밑줄이 남아 있지 않다."""
    cells = notebook_cells(ROOT / "docs" / "gallery" / f"{script.stem}.ipynb")
    texts = [source for source, kind in cells if kind == "markdown"]
    title = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))).partition("\n")[0]
    assert texts[0].strip().startswith(f"# {title}\n")
    for text in texts:
        assert not re.search(r":[a-z]+:`|^\.\. |`__?\b|^[=~^-]{3,}$", text, flags=re.M), text
        # 별표 바로 앞이 문장 부호이고 바로 뒤가 한글이면 마크다운은 굵은 글씨를 닫지 않는다.
        assert not re.search(r"\*\*[^*\n]*[^\w\s*]\*\*\w", text), text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_page_offers_three_downloads(html_build, script):
    """갤러리의 페이지에는 스크립트와 노트북, 모두 담은 압축 파일이 있고, 압축 파일은 하나뿐이다."""
    folder, _ = html_build
    page = (folder / "gallery" / f"{script.stem}.html").read_text(encoding="utf-8")
    addresses = re.findall(r'<a class="[^"]*download[^"]*" download="" href="([^"]+)"', page)
    names = [address.rpartition("/")[2] for address in addresses]
    assert names == [script.name, f"{script.stem}.ipynb", gallery_pages.ARCHIVE]
    for address, original in zip(addresses, names, strict=True):
        downloaded = (folder / "gallery" / address).resolve()
        assert downloaded.read_bytes() == (ROOT / "docs" / "gallery" / original).read_bytes()
    assert [path.name for path in folder.rglob("*.zip")] == [gallery_pages.ARCHIVE]


def test_archive_has_everything_and_the_same_bytes(checked_docs, tmp_path):
    """압축 파일에는 모든 스크립트와 노트북이 들어 있고, 나중에 다시 묶어도 한 바이트도 다르지 않다."""
    archive = ROOT / "docs" / "gallery" / gallery_pages.ARCHIVE
    with zipfile.ZipFile(archive) as packed:
        expected = sorted(name for path in SCRIPTS for name in (path.name, f"{path.stem}.ipynb"))
        assert sorted(packed.namelist()) == expected
        assert packed.read("bidirectional.py") == (ROOT / "gallery" / "bidirectional.py").read_bytes()
    folder = tmp_path / "gallery"
    folder.mkdir()
    for name in reversed(expected):
        (folder / name).write_bytes((archive.parent / name).read_bytes())
        os.utime(folder / name, (2e9, 2e9))
    gallery_pages.pack(SimpleNamespace(srcdir=tmp_path))
    again = folder / gallery_pages.ARCHIVE
    assert again.read_bytes() == archive.read_bytes()
    os.utime(again, (1e9, 1e9))
    gallery_pages.pack(SimpleNamespace(srcdir=tmp_path))
    assert again.stat().st_mtime == 1e9, "달라진 것이 없으면 다시 쓰지 않는다"


def test_index_has_a_card_for_every_script(html_build):
    """모음 페이지에는 스크립트마다 제목을 단 링크와 소개가 든 카드가 배우는 순서대로 하나씩 있다."""
    folder, _ = html_build
    page = (folder / "gallery" / "index.html").read_text(encoding="utf-8")
    cards = page.split('class="gallery-card docutils container"')[1:]
    ordered = sorted(SCRIPTS, key=gallery_pages.LessonOrder(str(ROOT / "gallery")))
    assert [re.search(r'href="(\w+)\.html"', card)[1] for card in cards] == [path.stem for path in ordered]
    for card, script in zip(cards, ordered, strict=True):
        title = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))).partition("\n")[0]
        assert title in re.sub("<[^>]+>", "", card)
        assert re.search(r"<p>.*[가-힣]다\.</p>", card, flags=re.S)


def test_scripts_are_in_the_order_of_the_lessons(tmp_path):
    """예제의 순서는 첫 페이지가 늘어놓은 장의 순서와 장이 가리키는 순서를 따르고, 가리키는 장이 없으면 끝에 놓인다."""
    learn = tmp_path / "docs" / "learn"
    learn.mkdir(parents=True)
    (learn / "second.md").write_text("{doc}`/gallery/index`와 {doc}`/gallery/d`와 {doc}`/gallery/a`", encoding="utf-8")
    (learn / "first.md").write_text("{doc}`/gallery/e`, {doc}`/gallery/c`, {doc}`/gallery/e`", encoding="utf-8")
    (learn / "left-out.md").write_text("{doc}`/gallery/b`", encoding="utf-8")
    howto = learn.parent / "howto"
    howto.mkdir()
    (howto / "use.md").write_text("{doc}`/gallery/f`와 {doc}`/gallery/c`", encoding="utf-8")
    index = learn.parent / "index.md"
    index.write_text("{doc}`/learn/second`\n\n```{toctree}\nlearn/first\nlearn/second\n```\n", encoding="utf-8")
    names = [f"{name}.py" for name in "abcdef"]

    def ordered():
        key = gallery_pages.LessonOrder(str(tmp_path / "gallery"))
        return "".join(name.removesuffix(".py") for name in sorted(names, key=key))

    assert ordered() == "ecdabf"
    index.write_text("```{toctree}\nlearn/second\nlearn/first\nhowto/use\n```\n", encoding="utf-8")
    assert ordered() == "daecfb"


def test_card_follows_the_plot_of_its_page(tmp_path):
    """카드에는 그 예제의 첫 그래프가 두 바탕 모두 들어가고, 예제의 페이지가 바뀌면 모음 페이지도 다시 읽는다."""
    folder = tmp_path / "gallery"
    folder.mkdir()
    plot = plots.images("/gallery/images/one_001.svg", "그래프", 400, 200)
    (folder / "one.rst").write_text(f"제목\n====\n{plot}\n끝\n{plot.replace('one', 'two')}\n", encoding="utf-8")
    index = """.. raw:: html

  <div id='sg-tag-list' class='sphx-glr-tag-list'></div>

    <div tooltip="``RNN``의 소개 &quot;글&quot;입니다.">

  :doc:`/gallery/one`

.. toctree::
"""
    noted, content = [], [index]
    app = SimpleNamespace(srcdir=tmp_path, env=SimpleNamespace(note_dependency=noted.append))
    gallery_pages.rewrite(app, "gallery/index", content)
    assert noted == [folder / "one.rst"]
    assert re.findall(r"image:: (\S+)", content[0]) == [
        "/gallery/images/one_001.svg",
        "/gallery/images/one_001_dark.svg",
    ]
    assert '``RNN``의 소개 "글"입니다.' in content[0]


def test_no_english_of_sphinx_gallery_is_left(html_build):
    """갤러리의 페이지에 sphinx-gallery가 적은 영어와 설명 풍선, 스타일시트와 스크립트가 남아 있지 않다."""
    folder, _ = html_build
    for path in (folder / "gallery").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"Go to the end|Download|Gallery generated|Total running|tooltip=|sg[-_]", page), path


@pytest.fixture
def one_script(tmp_path):
    """실행한 적이 있는 스크립트 하나와, 그것을 담은 저장소의 ``docs``."""
    script, made = tmp_path / "gallery" / "one.py", tmp_path / "docs" / "gallery"
    script.parent.mkdir()
    made.mkdir(parents=True)
    script.write_text("print(1)\n", encoding="utf-8")
    (made / "one.py.md5").write_text(hashlib.md5(script.read_bytes()).hexdigest(), encoding="utf-8")  # noqa: S324
    return script


def settings_after(script, plot_gallery=True, *, in_conf="True"):
    """실행할지 정한 다음의 갤러리 설정. 실행하지 말라는 말은 명령줄에도 ``conf.py``에도 적을 수 있다."""
    conf = {"examples_dirs": "../gallery", "gallery_dirs": "gallery", "plot_gallery": in_conf}
    app = SimpleNamespace(srcdir=script.parents[1] / "docs")
    gallery_pages.run_together(app, SimpleNamespace(plot_gallery=plot_gallery, sphinx_gallery_conf=conf))
    return conf


@pytest.mark.parametrize(
    ("plot_gallery", "together"), [(True, True), ("1", True), ("0", False), ("False", False), (False, False)]
)
def test_scripts_run_together_only_when_they_run(one_script, plot_gallery, together):
    """스크립트를 실행하는 빌드에서는 코어의 수만큼 함께 실행하고, 실행하지 않는 빌드에서는 프로세스를 띄우지 않는다."""
    one_script.write_text("print(2)\n", encoding="utf-8")
    assert settings_after(one_script, plot_gallery).get("parallel") == (os.cpu_count() if together else None)
    assert "parallel" not in settings_after(one_script, plot_gallery, in_conf="False")


def test_no_process_starts_where_nothing_changed(one_script):
    """바뀐 스크립트가 없으면 프로세스를 띄우지 않는다. 새 스크립트는 바뀐 것이다."""
    assert "parallel" not in settings_after(one_script)
    one_script.with_name("two.py").write_text("print(2)\n", encoding="utf-8")
    assert settings_after(one_script)["parallel"] == os.cpu_count()


SPLIT = """
from rnn_shapes.pages.gallery import split_cpu
{before}
split_cpu({{}}, "one.py")
import tensorflow as tf
tf.ones(1)
split_cpu({{}}, "two.py")
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
print(len(tf.config.list_logical_devices("CPU")))
"""


@pytest.mark.parametrize(("before", "code"), [("", 0), ("import tensorflow as tf; tf.ones(1)", 1)])
def test_a_script_may_split_the_cpu_after_another(before, code):
    """다른 스크립트가 계산한 뒤에도 CPU를 둘로 나눌 수 있다. 미리 나누어 두지 못했으면 스크립트가 말한다."""
    command = [sys.executable, "-c", SPLIT.format(before=before)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == code, result.stderr
    assert result.stdout == ("" if code else "2\n")
    assert ("Virtual devices cannot be modified" in result.stderr) == bool(code)


def test_unexpected_wording_stops_the_build():
    """sphinx-gallery가 다르게 적기 시작하면 어느 페이지의 무엇이 다른지 말하고 빌드를 멈춘다."""
    with pytest.raises(
        ExtensionError, match=r"docs/gallery/lstm_gates.rst: sphinx-gallery가 적은 것이 예상과 다릅니다"
    ):
        gallery_pages.rewrite(SimpleNamespace(srcdir=ROOT / "docs"), "gallery/lstm_gates", ["새로운 말"])


def draw(tmp_path, title, label="time step"):
    """그래프 하나를 그리고 거둔 결과."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    with matplotlib.rc_context():
        plots.prepare({}, "some.py")
        _, axes = plt.subplots(figsize=(4, 2), num=title)
        axes.imshow([[0, 1], [1, 0]])
        axes.set(title="Title", xlabel=label)
        files = {"src_file": "some.py", "image_path_iterator": iter([str(tmp_path / "images" / "some_001.png")])}
        (tmp_path / "images").mkdir(exist_ok=True)
        try:
            return plots.scrape(None, files, {"src_dir": str(tmp_path)})
        finally:
            plt.close("all")


def test_plot_has_one_file_for_each_ground(tmp_path):
    """그래프는 밝은 바탕용과 어두운 바탕용이 있고, 바탕이 비치고, 글자의 색만 다르고, 다시 그려도 같다."""
    rst = draw(tmp_path, "시험 그래프")
    light, dark = ((tmp_path / "images" / f"some_001{kind}.svg").read_text() for kind in ("", "_dark"))
    assert light.replace(plots.INK, plots.DARK_INK) == dark != light
    assert "fill: #ffffff" not in light
    for option in (":alt: 시험 그래프", ":width: 384", ":height: 192", ":loading: lazy"):
        assert rst.count(option) == 2
    assert re.findall(r"image:: (\S+)", rst) == ["/images/some_001.svg", "/images/some_001_dark.svg"]
    assert re.findall(r"only-\w+", rst) == ["only-light", "only-dark"]
    draw(tmp_path, "시험 그래프")
    assert (tmp_path / "images" / "some_001.svg").read_text() == light


def test_hangul_in_a_plot_is_shown_in_the_font_of_the_reader(tmp_path):
    """그래프에 적은 한글은 SVG에 글자로 남고, 한글이 없는 그래프의 글자는 어디서나 같게 보이도록 윤곽으로 남는다."""
    light = tmp_path / "images" / "some_001.svg"
    draw(tmp_path, "시험 그래프")
    assert "<text" not in light.read_text()
    draw(tmp_path, "시험 그래프", label="이천")
    for file in (light, plots.dark_of(light)):
        assert re.search(r"<text[^>]*>이천</text>", file.read_text())


def test_plot_without_a_korean_title_is_named(tmp_path):
    """한국어 제목이 없는 그래프는 어느 스크립트인지, 어떻게 적는지 말하고 실패한다."""
    with pytest.raises(ExtensionError, match=r"^some.py: 그래프에 한국어 제목이 없습니다\. plt\.subplots\(num="):
        draw(tmp_path, "Figure 1")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_chapter_and_script_link_to_each_other(html_build, script):
    """스크립트마다 그것을 가리키는 장이 있고, 스크립트의 페이지에서 그 장으로 돌아갈 수 있다."""
    folder, _ = html_build
    page = (folder / "gallery" / f"{script.stem}.html").read_text(encoding="utf-8")
    chapters = [
        f"{kind}/{chapter.name}"
        for kind in gallery_pages.CHAPTERS
        for chapter in (folder / kind).glob("*.html")
        if f'href="../gallery/{script.stem}.html"'
        in re.sub(r"(?s)<aside.*?</aside>", "", chapter.read_text(encoding="utf-8"))
    ]
    assert chapters
    assert all(f'href="../{chapter}"' in page.partition("seealso")[2] for chapter in chapters)
