"""오류 메시지의 색인을 읽는 법: 절마다의 메시지와, 그 절의 예제가 내는 오류."""

import re
from dataclasses import dataclass, field

from support import ROOT

PAGES = sorted(path for name in ("errors-*.md", "deploy*.md") for path in (ROOT / "docs/howto").glob(name))
BLOCK = re.compile(
    r"^\((?P<label>[\w-]+)\)=$|^#+ (?P<heading>.*)$|^```\{(?P<kind>\w+)\}\n(?P<body>(?s:.*?))^```$", re.M
)
BOLD = re.compile(r"(Exception encountered when calling [\w.]+\(\)\.)\s+\.\.\.")
"""Keras는 감싼 메시지를 굵게 찍는다. 그 제어 문자는 페이지에서 ...로 줄인다."""
BLANK = "<BLANKLINE>"
"""doctest에 적은 빈 줄."""


@dataclass
class Section:
    """색인의 절 하나."""

    label: str
    heading: str
    page: str = ""
    messages: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)


def read_sections(text, page=""):
    """페이지를 절로 나누고, 절마다 메시지와 예제가 내는 오류를 모은다."""
    found, label = [Section("", "", page)], ""
    blocks = BLOCK.finditer(text)
    for block in blocks:
        if block["label"]:
            label = block["label"]
        elif block["heading"]:
            found.append(Section(label, block["heading"], page))
            label = ""
        elif block["kind"] == "message":
            found[-1].messages.append(block["body"])
        else:
            raised = re.findall(r"^Traceback \(most recent call last\):\n((?:(?!>>> ).+\n)+)", block["body"], re.M)
            found[-1].tracebacks += [BOLD.sub(r"\1 ", " ".join(error.replace(BLANK, " ").split())) for error in raised]
    return found


SECTIONS = [
    section for page in PAGES for section in read_sections(page.read_text(encoding="utf-8"), f"howto/{page.stem}")
]
