"""axe로 살피기: 어긴 것을 사람이 읽을 꼴로 돌려준다."""

from pathlib import Path

import axe_playwright_python

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STRUCTURE = """([within, tags]) => axe.run(within, {
  runOnly: {type: "tag", values: tags},
  rules: {"color-contrast": {enabled: false}},
  resultTypes: ["violations"],
}).then(({violations}) => violations)"""


def _wrong(page, script, argument):
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    return [(rule["id"], node["html"][:200]) for rule in page.evaluate(script, argument) for node in rule["nodes"]]


def structure(page, within="body"):
    """색 말고 WCAG 2.2 AA와 모범 사례를 어긴 것."""
    return _wrong(page, STRUCTURE, [within, TAGS])


def contrast(page, within="body"):
    """바탕과 구별되지 않는 글자."""
    return _wrong(page, CONTRAST, within)


def contrast_in_both(page, within="body"):
    """밝은 화면과 어두운 화면에서, 바탕과 구별되지 않는 글자. 끝나면 어두운 화면이다."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += contrast(page, within)
    return found
