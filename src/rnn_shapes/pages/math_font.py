"""수식의 글꼴. STIX Two Math에서 수식에 쓰는 글자만 골라 스타일시트 한 장에 담는다.

글꼴이 스타일시트 안에 있으면 글을 처음 그릴 때 이미 도착해 있어서, 나중에 수식이 바뀌며 글이 밀리지 않는다.
파일에서 바로 연 페이지에서도 모든 브라우저가 읽는다. 글꼴 파일은 패키지 ziamath에 들어 있다.
"""

import base64
import hashlib
import io
from importlib import metadata
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped] # 타입 정보가 없는 패키지다

from rnn_shapes.files import write_if_changed

FAMILY = "STIX Two Math"
LATIN = "".join(map(chr, range(0x20, 0x7F)))
GREEK = "αβγδεζηθικλμνξοπρςστυφχψωϑϕϵΓΔΘΛΞΠΣΦΨΩ"
# 브라우저는 한 글자 변수를 이 글자들로 바꾸어 그린다. 기울인 h만 수학 기호 구역의 밖에 있다.
ITALIC = "".join(map(chr, [*range(0x1D434, 0x1D455), *range(0x1D456, 0x1D468), *range(0x1D6E2, 0x1D71C)])) + "ℎ"
SYMBOLS = "′−±×÷·∗∘⊙⊕⊗≤≥≠≈≡≪≫∼∝∈∉⊂∑∏∫∂∇√∞∀∃⊤⊥∣∥‖…⋯⋮⋱←→↔⇒⟨⟩⌈⌉⌊⌋ℝℓˆˇ˜¯‾ˉ˙→⃗⏞⏟"
CHARACTERS = LATIN + GREEK + ITALIC + SYMBOLS
"""글꼴에 담는 글자. 여기에 없는 글자를 수식에 쓰면 빌드가 실패한다."""


def stylesheet() -> str:
    """글꼴을 담은 CSS. 같은 판의 패키지에서는 언제나 같은 글자가 나온다."""
    source = metadata.distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")
    # 이름 1, 2는 글꼴의 이름, 13, 14는 라이선스다. bidi_closure는 적지 않은 거울상 글자까지 찾는다.
    options = subset.Options(layout_features=[], hinting=False, bidi_closure=False, name_IDs=[1, 2, 13, 14])
    options.ignore_missing_unicodes = False
    font = subset.load_font(str(source), options)
    for table in font["cmap"].tables:
        # 프라임은 이미 작고 높은 글자라서 위 첨자로 올리면 먼지만 해진다. 위 첨자용 글자로 바꾼다.
        table.cmap[ord("′")] = "minute.ssty"
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed)
    data = base64.b64encode(packed.getvalue()).decode()
    return (
        f"/* {FAMILY}, SIL Open Font License 1.1 */\n"
        f'@font-face {{ font-family: "{FAMILY}"; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
        f'math {{ font-family: "{FAMILY}", math, var(--korean-sans); }}\n'
    )


def kept(folder: Path) -> str:
    """``folder``에 남겨 둔 :func:`stylesheet`의 CSS. 글자나 패키지의 판이 바뀌었으면 새로 만든다. 1초쯤 걸린다."""
    versions = [metadata.version(name) for name in ("ziamath", "fonttools", "brotli")]
    key = hashlib.sha256(repr([versions, Path(__file__).read_bytes()]).encode()).hexdigest()[:16]
    file = folder / f"{key}.css"
    if not file.exists():
        write_if_changed(file, stylesheet())
    return file.read_text(encoding="utf-8")
