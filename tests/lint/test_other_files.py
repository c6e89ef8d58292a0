"""페이지가 아닌 곳의 글: 스크립트와 틀, 탐색기와 표의 말."""

import re

import pytest

from rnn_shapes.lint import files

SHAPE = "(N, T, 9H)"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.js", f'const a = 1;\nconst text = "출력은 {SHAPE}";', 2),
        ("a.js", f"const text = `출력은 {SHAPE}, ${{a}}`;", 1),
        ("a.js", f"const text = '{SHAPE}';", 1),
        ("a.js", f'x.replace(/"/g, "가");\nconst a = "{SHAPE}";', 2),
        ("a.html", f"<p>\n출력은 {SHAPE}</p>", 2),
        ("a.html", f'<input placeholder="{SHAPE}">', 1),
        ("a.html", f'{{% set title = "{SHAPE}" %}}', 1),
        ("a.py", f'X = {{"가": "출력은 {SHAPE}"}}', 1),
        ("a.py", f'RULES = (\n    Rule("출력은 {SHAPE}"),\n)', 2),
    ],
)
def test_shape_readers_would_see_is_found(tmp_path, name, text, line):
    """독자에게 보일 글의 형태를 줄과 함께 찾아낸다."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [(problem.line, problem.text) for problem in files.problems_in(path)] == [(line, SHAPE)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.js", f"// {SHAPE}\n/* {SHAPE} */\nconst a = 1;"),
        ("a.js", "const code = `tf.zeros([batch_size, ${axes}])`;"),
        ("a.js", "const pattern = /\\(N, T\\)/;"),
        ("a.js", 'const a = "값이 1에서 9까지";'),
        ("a.html", "{# (N, T, 9H) #}<p>글</p>"),
        ("a.html", "<script>const a = '(N, T, 9H)';</script>"),
        ("a.py", f'"""{SHAPE}"""\nLONGEST = "{SHAPE}"'),
        ("a.py", f'def f():\n    """출력은 {SHAPE}."""'),
    ],
)
def test_text_readers_never_see_passes(tmp_path, name, text):
    """주석과 코드, 그림의 자리를 비우는 형태는 그냥 둔다."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert not list(files.problems_in(path))


def test_scripts_and_templates_are_read(tmp_path):
    """사이트의 스크립트와 틀, 탐색기의 말을 읽는다."""
    for name in ("_static/sub/a.js", "_templates/sub/c.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    found = [path.name for path in files.read_by_readers(tmp_path)]
    assert found[:2] == ["a.js", "c.html"]
    assert any("RULES" in path.read_text(encoding="utf-8") for path in files.read_by_readers(tmp_path))


def test_shape_in_a_script_fails_the_build(site, lint):
    """사이트의 스크립트와 틀에 적힌 형태는 파일과 줄을 말하며 빌드를 실패시킨다."""
    site.page("_static/a.js", f'\nconst a = "출력은 {SHAPE}";')
    site.page("_templates/404.html", f"<p>출력은 {SHAPE}</p>")
    built = lint("글.")
    assert built.code != 0
    for place in (r"docs/_static/a\.js:2", r"docs/_templates/404\.html:1"):
        what = "실행하지 않는 자리의 형태입니다. 실행해서 얻은 자료에서 가져오거나 말로 풀어 적으세요: (N, T, 9H)"
        assert re.search(f"{place}: ERROR: {re.escape(what)}", built.output), built.output


def test_file_is_looked_at_again_until_it_is_mended(site, lint):
    """문제가 있으면 빌드마다 말하고, 없으면 바뀔 때까지 다시 보지 않는다."""
    script = site.page("_static/a.js", f'const a = "출력은 {SHAPE}";')
    for _again in range(2):
        assert "docs/_static/a.js:1: ERROR" in lint("글.").output
    script.write_text('const a = "글";', encoding="utf-8")
    assert lint("글.").code == 0
    clean = site.source.parent / "doctrees" / "clean-files.txt"
    assert str(script) in clean.read_text(encoding="utf-8")
    script.write_text(f'const a = "출력은 {SHAPE}";', encoding="utf-8")
    assert "docs/_static/a.js:1: ERROR" in lint("글.").output


def test_clean_files_are_not_read_again(site, lint, monkeypatch):
    """바뀐 것이 없는 빌드는 스크립트와 틀을 다시 읽지 않는다."""
    assert lint("글.").code == 0
    monkeypatch.setattr(files, "problems_in", None)  # 부르면 실패한다
    site.page("page.md", "# 페이지\n\n다른 글.\n")
    assert site.build("dummy").code == 0
