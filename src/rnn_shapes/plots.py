"""갤러리의 그림을 거두는 일을 sphinx-gallery에 맡긴다.

``"matplotlib"``이라고 이름만 적으면 sphinx-gallery는 실행할 스크립트가 없어도 matplotlib부터 들여온다.
그 반 초를 고친 쪽을 다시 볼 때마다 기다리지 않으려고, 거둘 것이 있을 때 부른다.
"""

from typing import Any


def scrape(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """블록 하나가 그린 그림을 저장하고, 그 그림을 놓는 RST를 돌려준다."""
    from sphinx_gallery.scrapers import matplotlib_scraper

    return str(matplotlib_scraper(block, block_vars, gallery_conf))
