"""글의 검사를 시험할 때 함께 쓰는 것: 페이지 하나짜리 사이트를 살피는 함수."""

from collections.abc import Callable

import pytest
from support import Built, TinySite

from rnn_shapes import lint as linting

GLOSSARY = '[[term]]\nkorean = "층"\nenglish = "layer"\ndefinition = "."\nbanned = ["레이어"]\n'


@pytest.fixture
def lint(site: TinySite) -> Callable[..., Built]:
    """``page.md``에 글을 적고 살핀다. 글은 셋째 줄에서 시작한다."""

    def built(text: str, *options: str, extensions: tuple[str, ...] = ()) -> Built:
        site.conf(*extensions)
        site.use("lint")
        site.page("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        site.page("glossary.toml", GLOSSARY)
        site.page("page.md", f"# 페이지\n\n{text}\n")
        return site.build("dummy", *options)

    return built


@pytest.fixture
def lint_bound(lint: Callable[..., Built], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
    """``page.md``를 주장 둘레의 말까지 매인 페이지로 살핀다."""
    monkeypatch.setattr(linting, "BOUND", ("page",))
    monkeypatch.setattr(linting, "COUNTED", ("page",))
    return lint


@pytest.fixture
def lint_lesson(lint: Callable[..., Built], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
    """``page.md``를 강의처럼 살핀다. 주장이 없는 문장의 수와 이름도 코드에 있어야 한다."""
    monkeypatch.setattr(linting, "BOUND", ("page",))
    monkeypatch.setattr(linting, "EXPLAINED", ("page",))
    return lint
