"""만들어진 페이지를 브라우저로 연다."""

import pytest
from support import BUILT_PAGES


@pytest.mark.parametrize("name", BUILT_PAGES)
def test_nothing_overflows_on_a_phone(open_page, name):
    """폭 360에서 페이지가 옆으로 밀리지 않는다. 콘솔의 오류와 밖으로 나간 요청도 없다."""
    page = open_page(name, viewport={"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
