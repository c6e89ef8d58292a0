"""갤러리의 그래프. 한 번 그려 밝은 바탕용과 어두운 바탕용 SVG로 내고, 창의 제목을 대체 글로 쓴다.

두 파일은 글자와 축의 색만 다르다. 자료의 색은 그대로여서 ‘밝을수록 1에 가깝다’ 같은 설명이 어느 바탕에서나 맞다.
sphinx-gallery가 ``docs/conf.py``의 ``reset_modules``와 ``image_scrapers``로 부른다.
"""

import io
import re
import warnings
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from rnn_shapes.files import write_if_changed

INK = "#3a3f47"
DARK_INK = "#cdd2d8"
PIXELS_PER_INCH = 96
STYLE: dict[Any, str] = {
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    **dict.fromkeys(("figure.facecolor", "axes.facecolor", "savefig.facecolor"), "none"),
    "image.interpolation": "none",  # 칸마다 한 픽셀만 담고, 키우는 일은 브라우저가 한다
    "svg.hashsalt": "rnn-shapes",  # 없으면 빌드할 때마다 id가 달라진다
}


def prepare(gallery_conf: dict[str, Any], script: str) -> None:
    """스크립트를 실행하기 전에 그래프의 색을 정한다. 내려받은 스크립트는 matplotlib의 기본 색으로 그린다."""
    import matplotlib.pyplot as plt

    plt.rcParams.update(STYLE)


def scrape(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """코드 한 덩이가 그린 그래프를 모두 저장하고, 페이지에 넣을 글을 돌려준다.

    Raises:
        ExtensionError: 제목이 한국어가 아닌 그래프가 있을 때.
    """
    import matplotlib.pyplot as plt

    rst = ""
    for number, path in zip(plt.get_fignums(), block_vars["image_path_iterator"], strict=False):
        figure = plt.figure(number)
        alt = str(figure.get_label())
        if not re.search("[가-힣]", alt):
            raise ExtensionError(
                f"{Path(block_vars['src_file']).name}: 그래프에 한국어 제목이 없습니다."
                ' plt.subplots(num="그래프가 말하는 것")으로 적으세요. 창의 제목과 대체 글이 됩니다.'
            )
        drawn = io.StringIO()
        with warnings.catch_warnings(), plt.rc_context({"svg.fonttype": "none" if has_hangul(figure) else "path"}):
            warnings.filterwarnings("ignore", "Glyph")  # 만드는 컴퓨터에 한글 글꼴이 없다는 말이다
            figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        light = Path(path).with_suffix(".svg")
        write_if_changed(light, drawn.getvalue())
        write_if_changed(dark_of(light), drawn.getvalue().replace(INK, DARK_INK))
        width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
        rst += images(f"/{light.relative_to(gallery_conf['src_dir']).as_posix()}", alt, width, height)
    plt.close("all")
    return rst


def has_hangul(figure: Any) -> bool:
    """그래프에 한글이 있는가. 있으면 글자를 글자로 남긴다. 글꼴이 없는 컴퓨터에서 만들어도 독자의 글꼴로 보인다."""
    from matplotlib.text import Text

    return any(re.search("[가-힣]", text.get_text()) for text in figure.findobj(Text))


def dark_of(light: Path) -> Path:
    """밝은 바탕용 파일과 짝이 되는 어두운 바탕용 파일."""
    return light.with_stem(f"{light.stem}_dark")


def images(light: str, alt: str, width: int, height: int) -> str:
    """바탕에 맞는 한 장만 보이는 그림. 보이지 않는 것은 받지도 않는다."""
    options = f"   :alt: {alt}\n   :width: {width}\n   :height: {height}\n   :loading: lazy\n"
    files = {"only-light": light, "only-dark": dark_of(Path(light)).as_posix()}
    return "".join(f"\n.. image:: {file}\n{options}   :class: plot {kind}\n" for kind, file in files.items())
