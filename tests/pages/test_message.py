"""오류 메시지를 적는 directive."""

PAGE = """# 오류

```{message}
expected ndim=⟨수⟩,
found "⟨수⟩"  & 글
```
"""


def test_what_varies_is_marked_and_lines_are_joined(site):
    """달라지는 곳은 var이고, 나눈 줄은 이어지며, 메시지의 글자는 HTML로 읽히지 않는다."""
    site.page("page.md", PAGE)
    site.use("pages.message")
    result = site.build("html")
    assert result.code == 0, result.output
    shown = "expected ndim=<var>⟨수⟩</var>, found &quot;<var>⟨수⟩</var>&quot; &amp; 글"
    assert f'<pre class="error-message"><code>{shown}</code></pre>' in result.html("page")


def test_message_that_matches_anything_is_refused(site):
    """달라지는 곳뿐이거나 표시를 닫지 않은 메시지는 줄과 함께 알린다."""
    for wrong in ("⟨무엇⟩ ⟨무엇⟩", "expected ⟨수", ""):
        site.page("page.md", f"# 오류\n\n```{{message}}\n{wrong}\n```\n")
        site.use("pages.message")
        result = site.build("html", "-E")
        assert result.code == 1
        assert "page.md:3: ERROR: 메시지에 달라지지 않는 글이 있어야" in result.output
