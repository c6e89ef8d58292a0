"""갤러리의 코드에 있는 이름의 형태: 실행할 때 적고, 스크립트가 그대로인 동안 쓴다."""

import json
import re
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx_gallery import gen_rst
from sphinx_gallery._doctree_links import code_links_block

from rnn_shapes.pages import gallery_names
from shape_claims import watching
from shape_claims.code_names import SHAPES

FIRST = "import numpy as np\nbatch_size, hidden_dim = 5, 7\nh = np.zeros((batch_size, 2 * hidden_dim))"
SECOND = "h = h[:3]\nbatch_size = 3"
SCRIPT = f'"""글"""\n\n{FIRST}\n\n# %%\n# 글\n\n{SECOND}\n'


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """sphinx-gallery가 하는 차례로 스크립트를 실행하고, ``docs/gallery``에 남은 스크립트를 돌려준다."""
    monkeypatch.setattr(gen_rst, "compile", compile, raising=False)
    source, target = tmp_path / "gallery/one.py", tmp_path / "docs/gallery/one.py"
    for path in (source, target):
        path.parent.mkdir(parents=True)
        path.write_text(SCRIPT, encoding="utf-8")
    gallery_names.watch({}, "one.py")
    namespace = {}
    for line, content in ((3, FIRST), (9, f"\n\n{SECOND}")):
        tree = gen_rst.compile("\n" * (line - 1) + content, str(source), "exec", flags=0x400, dont_inherit=True)
        exec(compile(tree, str(source), "exec"), namespace)  # noqa: S102 - 시험의 코드다
        more = {"src_file": str(source), "target_file": str(target), "example_globals": namespace}
        assert gallery_names.keep(None, more, {}) == ""
    return target


def test_names_are_kept_beside_the_output(ran):
    """덩이마다 그 덩이에서 본 줄로 적히고, 크기가 바뀐 기호는 쓰이지 않는다."""
    first, second = gallery_names.load(ran)
    assert first.names == {"3:0 h": "(5, 2H) = (5, 14)"}
    assert second.names == {"1:0 h": "(3, 2H) = (3, 14)", "1:4 h": "(5, 2H) = (5, 14)"}


@pytest.mark.parametrize(
    "change",
    [
        lambda script: script.write_text(SCRIPT + "#", encoding="utf-8"),
        lambda script: script.with_suffix(".names.json").unlink(),
        lambda script: script.with_suffix(".names.json").write_text("{", encoding="utf-8"),
        lambda script: script.with_suffix(".names.json").write_text(
            re.sub("14", "15", script.with_suffix(".names.json").read_text(encoding="utf-8")), encoding="utf-8"
        ),
    ],
    ids=["고친 스크립트", "없는 기록", "읽을 수 없는 기록", "고친 기록"],
)
def test_record_that_does_not_match_is_not_used(ran, change):
    """스크립트를 고쳤거나 기록이 없거나 고쳐졌으면 형태를 보이지 않고, 그 스크립트는 다시 실행하게 한다."""
    done = ran.with_suffix(".py.md5")
    done.write_text("지문", encoding="utf-8")
    app = SimpleNamespace(srcdir=ran.parent.parent)
    gallery_names.run_unrecorded(app, SimpleNamespace(plot_gallery=True))
    assert done.exists()
    change(ran)
    assert gallery_names.load(ran) is None
    gallery_names.run_unrecorded(app, SimpleNamespace(plot_gallery="0"))
    assert done.exists()
    gallery_names.run_unrecorded(app, SimpleNamespace(plot_gallery=True))
    assert not done.exists()


def test_gallery_page_shows_the_record(site, ran):
    """갤러리 페이지의 코드에만 기록이 붙는다."""
    site.use("pages.gallery_names", shape_claims_in_code=True)
    with (site.source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('    app.add_config_value("plot_gallery", "0", "")\n')
    block = f".. code-block:: Python\n\n{re.sub('^', '    ', FIRST, flags=re.M)}\n"
    for name in ("gallery/one.rst", "other.rst"):
        site.page(name, f":orphan:\n\n제목\n====\n\n{block}")
    html = site.build("html")
    assert html.code == 0, html.output
    assert 'title="(5, 2H) = (5, 14)">h</span>' in html.html("gallery/one"), html.output
    assert 'title="(5' not in html.html("other")
    ran.with_suffix(".names.json").unlink()
    assert 'title="(5' not in site.build("html").html("gallery/one")


def test_watching_ends_with_the_next_script(ran):
    """다음 스크립트를 실행하기 시작하면 앞의 것은 더 보지 않는다."""
    assert watching.watchers
    gallery_names.watch({}, "two.py")
    assert not watching.watchers
    assert json.loads(ran.with_suffix(".names.json").read_text(encoding="utf-8"))["seal"]


def test_code_split_for_links_is_put_together(ran):
    """sphinx-gallery가 낱말로 쪼갠 코드도 링크가 없으면 되돌려 형태를 붙이고, 링크가 있으면 그대로 둔다."""
    document = new_document("one")
    for piece in (nodes.inline("", FIRST), nodes.reference("", FIRST, refuri="/")):
        document += code_links_block("", "", piece, lang="Python")
    app = SimpleNamespace(srcdir=ran.parent.parent, builder=SimpleNamespace(format="html"))
    gallery_names.show(app, document, "gallery/one")
    first, second = document.children
    assert isinstance(first, nodes.literal_block) and first[SHAPES] == {(3, 0): ("h", "(5, 2H) = (5, 14)")}
    assert isinstance(second, code_links_block)
