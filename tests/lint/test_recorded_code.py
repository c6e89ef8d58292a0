"""다른 환경에서 실행해 그 결과를 기록한 코드."""

import pytest

SHOWN = "```{{literalinclude}} ../{folder}/model.py\n:language: python\n```"


@pytest.mark.parametrize(
    ("folder", "passes"), [("tests/addons", True), ("tests/deploying", True), ("tests/other", False)]
)
def test_only_code_that_was_recorded_may_be_shown_without_running(site, lint, folder, passes):
    """기록을 잰 코드만 실행하지 않고 보일 수 있다."""
    code = site.source.parent / folder / "model.py"
    code.parent.mkdir(parents=True)
    code.write_text("x = 1\n", encoding="utf-8")
    built = lint(SHOWN.format(folder=folder))
    assert (built.code == 0) == passes, built.output
    assert ("실행되지 않는 파이썬 코드입니다" in built.output) != passes
