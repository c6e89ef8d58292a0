"""만들어진 사이트: 우리말 화면, 남에게 묻지 않는 페이지, TensorFlow 없는 HTML 빌드."""

import re
from html.parser import HTMLParser
from pathlib import Path


class Interface(HTMLParser):
    """페이지의 글과 이름표를 모은다. 코드와 설명문 안의 영어는 뺀다."""

    def __init__(self):
        super().__init__()
        self.skipped, self.texts, self.addresses, self.language = 0, [], [], None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in {"code", "pre", "script", "style", "math"}:
            self.skipped += 1
        self.texts += [attributes[name] for name in ("title", "aria-label", "placeholder") if attributes.get(name)]
        if tag in {"script", "img", "iframe", "source", "use"}:
            self.addresses += [attributes.get("src", "")]
        if tag == "link" and attributes.get("rel") in {"stylesheet", "preload", "preconnect", "icon", "shortcut icon"}:
            self.addresses.append(attributes["href"])

    def handle_endtag(self, tag):
        if tag in {"code", "pre", "script", "style", "math"}:
            self.skipped -= 1

    def handle_data(self, data):
        if not self.skipped and data.strip():
            self.texts.append(" ".join(data.split()))


def interface(path):
    """페이지 하나를 읽는다."""
    parser = Interface()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def test_html_is_built_without_tensorflow(html_build):
    """실행할 스크립트가 없으면 HTML을 만드는 동안 TensorFlow를 들여오지 않고, 경고도 없다."""
    _, output = html_build
    assert "LOADED [] 0" in output, output


def test_every_page_says_how_its_claims_were_checked(html_build, checked_docs):
    """페이지마다 주장이 몇 개이고 어느 판에서 확인했는지 적혀 있고, 확인되지 않은 주장은 없다."""
    folder, _ = html_build
    for path in folder.rglob("*.html"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name not in checked_docs:
            assert "이 페이지에는 형태 주장이 없습니다." in text, name
            continue
        total, checked = re.search(
            r"이 페이지의 형태 주장 (\d+)개 가운데 (\d+)개를 실행해서 확인했습니다", text
        ).groups()
        assert total == checked
        assert 'class="claim claim-unchecked"' not in text
        versions = checked_docs[name].versions
        if "tensorflow" in versions:
            assert f"(TensorFlow {versions['tensorflow']}, Keras {versions['keras']})" in text


def test_nothing_is_asked_of_other_hosts(html_build):
    """어느 페이지도 다른 곳에서 스크립트나 글꼴, 그림을 받지 않는다."""
    folder, _ = html_build
    for path in folder.rglob("*.html"):
        assert not [address for address in interface(path).addresses if re.match(r"(https?:)?//", address)], path
    for path in (folder / "_static").rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


def test_interface_is_korean(html_build):
    """화면의 이름표와 단추, 차례에 영어 문장이 남아 있지 않고, 페이지의 언어는 한국어다."""
    folder, _ = html_build
    english = re.compile(
        r"(?i)(next|previous|home|copy|search|contents|index|note|warning|source|download)$"
        r"|.*\b(the|this|to|of|toggle|skip|made|view|edit|on)\b.* .*"
    )
    for path in folder.rglob("*.html"):
        page = interface(path)
        assert page.language == "ko", path
        left = [text for text in page.texts if not re.search("[가-힣]", text) and english.match(text)]
        assert not left, (path.relative_to(folder), left)


def test_links_inside_the_site_have_targets(html_build):
    """사이트 안의 링크는 모두 있는 페이지의 있는 자리를 가리킨다."""
    folder, _ = html_build
    pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    for path, text in pages.items():
        for address in re.findall(r'<a [^>]*href="([^"]+)"', text):
            if re.match(r"https?:|mailto:", address):
                continue
            target, _, anchor = address.partition("#")
            file = (path.parent / target).resolve() if target else path
            assert file.exists(), (path.name, address)
            if anchor and file.suffix == ".html":
                assert f'id="{anchor}"' in pages[Path(file)], (path.name, address)
