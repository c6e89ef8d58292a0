"""옆의 차례가 바뀌면 모든 페이지를 다시 쓴다. Sphinx는 고친 페이지만 다시 쓰는데, 차례는 모든 페이지에 있다."""

from collections.abc import Iterable
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def _shown(env: BuildEnvironment) -> list[Any]:
    """차례에 보이는 것: 묶음의 이름과, 그 아래에 차례로 놓인 페이지의 제목."""
    root = env.get_doctree(env.config.root_doc)
    captions = [(tree.get("caption"), tree["entries"]) for tree in root.findall(addnodes.toctree)]
    placed = sorted(env.toctree_includes.items())
    titles = [env.titles[doc].astext() for _, docs in placed for doc in docs if doc in env.titles]
    return [captions, placed, titles]


def renew(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """차례가 지난 빌드와 다르면 다시 쓸 페이지는 모두다."""
    if app.builder.format != "html":
        return []
    now, last = _shown(env), getattr(env, "navigation", None)
    setattr(env, "navigation", now)  # noqa: B010 - Sphinx가 허락하는 일인데 형식에는 없다
    return env.found_docs if last is not None and now != last else []


def setup_navigation(app: Sphinx) -> None:
    """페이지를 읽을 때마다 차례를 비교하도록 등록한다."""
    app.connect("env-updated", renew)
