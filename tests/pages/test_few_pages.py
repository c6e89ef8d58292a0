"""적은 페이지를 읽을 때는 프로세스를 나누지 않는다."""

import pytest

NOTED = """
def before(app, env, names):
    print(f"읽기 {len(names)} {app.parallel}")

def after(app, env):
    print(f"쓰기 {app.parallel}")

def noted(app):
    app.connect("env-before-read-docs", before, priority=901)
    app.connect("env-updated", after)
"""


@pytest.mark.parametrize(("pages", "processes"), [(3, 1), (8, 2)])
def test_few_pages_are_read_in_this_process(site, pages, processes):
    """바뀐 페이지가 몇 안 되면 나누지 않고 읽고, 쓸 때는 받은 수로 돌아간다."""
    for number in range(pages - 1):
        site.page(f"p{number}.md", "# 제목\n\n글입니다.\n")
    site.conf(more=NOTED)
    site.use("pages.reading")
    with (site.source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("    noted(app)\n")
    built = site.build("html", "-j", "2")
    assert f"읽기 {pages} {processes}" in built.output
    assert "쓰기 2" in built.output
