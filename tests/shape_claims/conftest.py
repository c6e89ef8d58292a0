"""시험이 함께 쓰는 것. 여기의 시험은 Sphinx와 NumPy만 있으면 되고, 저장소의 다른 것은 쓰지 않는다.

``myst``가 이름에 든 시험만 myst-parser를 쓴다: ``-k "not myst"``이면 없어도 모두 돈다.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sphinx import locale
from tiny import ENGLISH, KOREAN, MARKUPS, TWO_CLAIMS, Myst, Rst, Site

from shape_claims import messages


@pytest.fixture
def new_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Site]:
    """옵션을 주면 그대로 ``conf.py``에 적은 사이트를 만드는 함수."""

    def make(folder: str = ".", markup: Rst = MARKUPS["rst"], **options: Any) -> Site:
        parsers = ["myst_parser"] if isinstance(markup, Myst) else []
        given = {"project": "tiny", "extensions": [*parsers, "shape_claims"], "shape_claims_symbols": ENGLISH}
        return Site(tmp_path / folder, capsys, given | options)

    return make


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    """영어로 적는 RST 사이트."""
    return new_site()


@pytest.fixture
def korean_site(new_site: Callable[..., Site]) -> Site:
    """우리말로 적는 RST 사이트."""
    return new_site(language="ko", shape_claims_symbols=KOREAN)


@pytest.fixture
def checked(site: Site) -> Site:
    """두 주장을 한 번 확인한 사이트."""
    site.page("page.rst", *TWO_CLAIMS)
    assert site.build().code == 0
    assert site.build("html").marks() == ["checked", "checked"]
    return site


@pytest.fixture(params=list(MARKUPS))
def markup(request: pytest.FixtureRequest) -> Rst:
    """두 표기법."""
    return MARKUPS[request.param]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """앞선 빌드가 고른 말이 다음 시험에 남지 않게 한다."""
    locale.translators.pop(("general", messages.CATALOG), None)
    yield
    locale.translators.pop(("general", messages.CATALOG), None)


@pytest.fixture
def korean() -> None:
    """사이트 없이 우리말로 말하게 한다."""
    messages.speak("ko")
