"""만들어진 사이트: 우리말 화면, 남에게 묻지 않는 페이지, TensorFlow 없는 HTML 빌드."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rnn_shapes.pages.repository import tools
from rnn_shapes.particles import Piece, wrong_particles


class Interface(HTMLParser):
    """페이지의 글과 이름표, 부르는 파일, 페이지 안에 적힌 코드를 모은다. 코드 안의 글은 뺀다."""

    CODE = frozenset({"code", "pre", "script", "style", "math"})
    NAMES = ("title", "aria-label", "placeholder", "alt", "data-tooltip")

    def __init__(self):
        super().__init__()
        self.skipped, self.texts, self.addresses, self.language = 0, [], [], None
        self.meta, self.inline = {}, []
        self.glued = 0  # 조사와 붙여 둔 괄호(line_breaks)는 앞뒤의 글과 한 글이다

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in self.CODE:
            self.skipped += 1
        if attributes.get("class") == "glued":
            self.glued = 2
        self.texts += [attributes[name] for name in self.NAMES if attributes.get(name)]
        if tag == "input" and attributes.get("type") in {"submit", "button", "reset"}:
            self.texts.append(attributes.get("value", ""))
        if tag == "meta":
            self.meta[attributes.get("http-equiv") or attributes.get("name")] = attributes.get("content")
        if tag in {"script", "img", "iframe", "source", "use"}:
            self.addresses += [attributes.get("src", "")]
        if tag == "link" and attributes.get("rel") in {"stylesheet", "preload", "preconnect", "icon", "shortcut icon"}:
            self.addresses.append(attributes["href"])
        data = attributes.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in attributes and not data):
            self.inline.append(tag)
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag):
        self.skipped -= tag in self.CODE

    def handle_data(self, data):
        if self.skipped or not data.strip():
            return
        text = " ".join(data.split())
        if self.glued and self.texts:
            self.texts[-1] += text
            self.glued -= 1
        else:
            self.texts.append(text)


def interface(path):
    """페이지 하나를 읽는다."""
    parser = Interface()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


INLINE_TAGS = "a abbr b code em i kbd mark small span strong sub sup math mi mn mo mrow msub msubsup msup mtext"
EMPTY_TAGS = "area br col hr img input link meta source wbr"


class Paragraphs(HTMLParser):
    """페이지의 글을 단락으로, 단락을 태그마다 조각으로 나눈다. 코드 블록과 주장의 설명은 뺀다."""

    INLINE = frozenset(INLINE_TAGS.split())
    VOID = frozenset(EMPTY_TAGS.split())
    SKIPPED = frozenset({"pre", "script", "style", "svg"})

    def __init__(self):
        super().__init__()
        self.open, self.paragraphs, self.pieces, self.skipped = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            return
        unread = tag in self.SKIPPED or {"claim-note", "headerlink"} & {*(dict(attrs).get("class") or "").split()}
        self.open.append((tag, bool(unread)))
        self.skipped += bool(unread)
        if tag not in self.INLINE:
            self.end()

    def handle_endtag(self, tag):
        while self.open:
            opened, unread = self.open.pop()
            self.skipped -= unread
            if opened == tag:
                break
        if tag not in self.INLINE:
            self.end()
        elif self.pieces and not self.skipped:
            self.pieces[-1] = Piece(self.pieces[-1].text, marked=True)

    def handle_data(self, data):
        if not self.skipped:
            self.pieces.append(Piece(data))

    def end(self):
        self.paragraphs, self.pieces = [*self.paragraphs, self.pieces], []


def wrong_in(html):
    """HTML에서 틀린 조사와 그 앞말."""
    parser = Paragraphs()
    parser.feed(html)
    parser.end()
    return [wrong.written for paragraph in parser.paragraphs for wrong in wrong_particles(paragraph)]


@pytest.mark.parametrize(
    "html",
    [
        '<p>‘<a href="x"><span class="doc">셀과 층</span></a>’를 읽고</p>',
        '<p><a href="x"><span>상태</span></a>은</p>',
        '<li><code class="literal"><span class="pre">LSTM</span></code>는</li>',
        '<p><span class="claim"><code>(N, H)</code><span class="claim-note">층</span></span>을</p>',
        '<td><span class="claim"><span>다섯</span><span class="claim-note">5</span></span>와</td>',
        "<p>형태(shape)은</p>",
        "<p><math><msub><mi>h</mi><mi>t</mi></msub></math>을</p>",
    ],
)
def test_wrong_particle_is_found_in_html(html):
    """제목과 용어의 링크, 코드, 주장, 괄호, 수식 뒤의 틀린 조사를 HTML에서도 찾아낸다."""
    assert len(wrong_in(html)) == 1


def test_particles_fit_what_readers_see(html_build):
    """만들어진 페이지의 글에서, 링크와 코드, 주장, 닫는 따옴표와 괄호 뒤의 조사는 모두 소리에 맞는다."""
    folder, _ = html_build
    found = {path.name: wrong_in(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    assert not {name: wrong for name, wrong in found.items() if wrong}


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
        if not checked_docs.get(name, {}).get("records"):
            assert "이 페이지에는 주장이 없습니다." in text, name
            continue
        total, checked = re.search(r"이 페이지의 주장 (\d+)개 가운데 (\d+)개를 실행해서 확인했습니다", text).groups()
        assert total == checked
        assert 'class="claim claim-unchecked"' not in text
        if versions := checked_docs[name]["versions"]:
            assert f"개를 실행해서 확인했습니다({tools(versions)})." in text


def test_nothing_is_asked_of_other_hosts(html_build):
    """어느 페이지도 다른 곳에서 스크립트나 글꼴, 그림을 받지 않는다."""
    folder, _ = html_build
    for path in folder.rglob("*.html"):
        assert not [address for address in interface(path).addresses if re.match(r"(https?:)?//", address)], path
    for path in (folder / "_static").rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


# 테마와 확장이 화면에 적는 낱말. 한 낱말이라도 남으면 안 된다.
WORDS = (
    "back cancel caption class close code collapse contents copied copy dark download edit error example"
    " exception expand failed figure gallery hide home image important index light link loading menu mode module"
    " modules navigation next note out output page parameters permalink previous raises references result results"
    " return returns run script search see show skip source submit summary table tags time tip toc toggle top"
    " total type version view warning zip"
)
ENGLISH = re.compile(rf"\b({WORDS.replace(' ', '|')}|the|this|to|of|made|with|on|in|for)\b", re.I)


# 파일의 이름, 괄호로 적은 원어, 영어 그대로 쓰는 용어, 코드의 이름이 담은 형태는 화면의 말이 아니라 내용이다.
CONTENT = re.compile(r"[\w/-]+\.\w+|\([a-z -]+\)\W*|top-[kp]|[\[({](?:'[^']*'|[^a-z])+[\])}]")
# 한국어를 모르는 사람도 읽는 페이지. 화면의 낱말은 다른 페이지와 같으므로 거기서 살핀다.
IN_ENGLISH = {"reference/api-extension.html": "ko", "howto/use-shape-claims-en.html": "en"}


def test_interface_is_korean(html_build):
    """화면의 이름표와 단추, 차례, 제목에 영어가 남아 있지 않고, 페이지의 언어는 한국어다."""
    folder, _ = html_build
    # 영어로 적은 페이지의 제목은 다른 페이지의 차례에서도 영어다.
    titles = {re.search("<title>(.+?)( -.*)?</title>", (folder / name).read_text("utf-8"))[1] for name in IN_ENGLISH}
    for path in folder.rglob("*.html"):
        page = interface(path)
        name = path.relative_to(folder).as_posix()
        assert page.language == IN_ENGLISH.get(name, "ko"), name
        # API의 서명과 용어집의 원어는 화면의 말이 아니라 내용이다.
        content = name in {"reference/api.html", "reference/api-site.html", "reference/glossary.html"}
        if name in IN_ENGLISH:
            continue
        texts = [text for text in page.texts if text not in titles and not CONTENT.fullmatch(text)]
        left = [text for text in texts if not re.search("[가-힣]", text) and ENGLISH.search(text)]
        if content:
            left = [text for text in left if " " in text.strip(". ") and not text.endswith(".")]
        assert not left, (name, left)


def test_styles_write_korean(html_build):
    """스타일시트가 화면에 적는 글에도 영어가 없다."""
    folder, _ = html_build
    for path in (folder / "_static").glob("*.css"):
        if path.name in {"site.css", "landing.css"}:
            written = re.findall(r'content:\s*"([^"]*)"', path.read_text(encoding="utf-8"))
            assert not [text for text in written if re.search("[A-Za-z]{3}", re.sub("Keras|Addons", "", text))], path


def test_no_page_has_inline_code(html_build):
    """모든 페이지의 정책은 제 파일의 스크립트와 스타일만 허락하고, 페이지 안에 적힌 것은 하나도 없다."""
    folder, _ = html_build
    for path in folder.rglob("*.html"):
        page = interface(path)
        policy = dict(rule.split(" ", 1) for rule in page.meta["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == policy["style-src"] == "'self'", path
        assert not page.inline, (path, page.inline)


def test_every_page_is_described(html_build):
    """페이지마다 검색 결과에 보일 우리말 설명이 있고, 같은 설명을 단 페이지는 없다."""
    folder, _ = html_build
    pages = [path for path in folder.rglob("*.html") if path.name not in {"search.html", "404.html"}]
    found = {path.relative_to(folder).as_posix(): interface(path).meta["description"] for path in pages}
    english = [name for name, language in IN_ENGLISH.items() if language == "en"]
    assert [name for name, text in found.items() if not re.search("[가-힣]", text)] == english
    assert all(len(text) <= 160 for text in found.values())
    assert len(set(found.values())) == len(found)


def test_links_inside_the_site_have_targets(html_build):
    """사이트 안의 링크는 모두 있는 페이지의 있는 자리를 가리킨다."""
    folder, _ = html_build
    pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    for path, text in pages.items():
        for address in re.findall(r'<a [^>]*href="([^"]+)"', text):
            if re.match(r"https?:|mailto:", address):
                continue
            target, _, anchor = address.partition("#")
            start = folder if target.startswith("/") else path.parent  # 없는 주소의 페이지는 뿌리에서 적는다
            file = (start / target.lstrip("/")).resolve() if target else path
            assert file.exists(), (path.name, address)
            if anchor and "=" not in anchor and file.suffix == ".html":  # =가 든 것은 탐색기의 설정이다
                assert f'id="{anchor}"' in pages[Path(file)], (path.name, address)
