"""검색 결과와 공유한 글에 나올 설명. 페이지의 첫 문단에서 가져오므로 따로 적어 두고 어긋날 일이 없다."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

LONGEST = 160  # 검색 결과는 이보다 긴 설명을 자른다


def describe(doctree: nodes.document) -> str:
    """페이지의 첫 문단에서 온전한 문장만 담은 설명. 곁들인 상자와 목록의 글은 첫 문단으로 치지 않는다."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section | nodes.container):
            return shorten(" ".join(paragraph.astext().split()))
    return ""


def shorten(text: str) -> str:
    """앞에서부터 온전한 문장만 남긴다. 첫 문장부터 길면 낱말에서 자른다.

    >>> shorten("층을 쌓습니다. 상태도 쌓입니다.")
    '층을 쌓습니다. 상태도 쌓입니다.'
    >>> len(shorten("층을 쌓습니다. " * 40)) <= LONGEST
    True
    """
    kept, *sentences = re.split(r"(?<=[.?!])\s+", text)
    for sentence in sentences:
        if len(kept) + 1 + len(sentence) > LONGEST:
            break
        kept += f" {sentence}"
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1].rpartition(" ")[0] + "…"


def add_description(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """틀(template)에 설명을 넘긴다. 원문이 없는 페이지는 첫 페이지의 설명을 쓴다."""
    described = app.env.get_doctree(app.config.root_doc) if doctree is None else doctree
    context["description"] = describe(described)
    if not context["description"]:
        logger.warning(
            "검색 결과에 보일 설명이 없습니다. 제목 아래에 무엇을 다루는지 한 문단 적으세요.", location=pagename
        )


def setup_description(app: Sphinx) -> None:
    """페이지마다 설명을 적도록 등록한다."""
    app.connect("html-page-context", add_description)
