"""Sphinx 설정. 함수는 두지 않는다: 움직이는 것은 모두 shape_claims와 rnn_shapes에 있다."""

import doctest
import os
import tomllib
from pathlib import Path

from rnn_shapes.symbols import GATE_FACTORS, TABLE
from rnn_shapes.words import JOINERS, WORDS

pyproject = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
addresses = pyproject.get("urls", {})

project = "실행해 본 RNN"
author = "rnn-shapes"
version = release = pyproject["version"]
language = "ko"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
    "shape_claims",
    "rnn_shapes.site",
]
exclude_patterns = ["gallery/*.ipynb", "gallery/*.py"]
templates_path = ["_templates"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "attrs_inline"]
myst_heading_anchors = 3

# docstring의 예제는 pytest가 모듈의 이름 공간에서 실행한다. 여기서는 이름이 없어 실행할 수 없다.
doctest_test_doctest_blocks = ""
doctest_show_successes = False
# IGNORE_EXCEPTION_DETAIL은 넣지 않는다: 예외의 글도 이 사이트의 내용이다.
doctest_default_flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.DONT_ACCEPT_TRUE_FOR_1

# 주장을 읽고 확인하는 데 쓰는 것. 하나라도 바뀌면 확인한 표시는 모두 사라진다.
shape_claims_symbols = dict(TABLE)
shape_claims_factors = GATE_FACTORS
shape_claims_words = dict(WORDS)
shape_claims_joiners = JOINERS
shape_claims_packages = {
    "tensorflow": ("tensorflow", "keras"),
    "keras": ("keras",),
    "tf_keras": ("tf_keras",),
    "rnn_shapes": ("tensorflow", "keras", "tf_keras"),
}
shape_claims_evidence = "../build/evidence"
shape_claims_in_code = True
# 층의 이름에 붙는 번호가 앞서 실행한 페이지에 달리지 않게 한다.
doctest_global_setup = "__import__('rnn_shapes.build').build.forget_layer_names()"

# API 페이지의 이름이 수천 개여서, 목차에 넣으면 어느 페이지를 만들 때나 그것을 모두 베낀다.
toc_object_entries = False
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
nitpick_ignore_regex = [
    # 네트워크 없이 빌드하므로 파이썬과 docutils, Sphinx, Keras의 문서로는 잇지 않는다.
    (
        r"py:.*",
        r"(collections|concurrent|pathlib|ast|bdb|doctest|docutils|sphinx|nodes|types|typing|re|numpy|keras|tf)\..*",
    ),
    (
        r"py:.*",
        r"Path|Sequence|Mapping|Iterable|Iterator|Callable|Any|Tree|ClaimedTree|Problem"
        r"|Sphinx|BuildEnvironment|SphinxError|ExtensionError|StoppedBuildError|.*\.T",  # T는 형식 변수다
    ),
]

sphinx_gallery_conf = {
    "examples_dirs": "../gallery",
    "gallery_dirs": "gallery",
    "filename_pattern": r"\.py$",  # 이름이 무엇이든 모두 실행한다
    "within_subsection_order": "rnn_shapes.pages.gallery.LessonOrder",
    "abort_on_example_error": True,
    "min_reported_time": 1e9,  # 걸린 시간은 빌드마다 다르다
    "write_computation_times": False,
    "show_signature": False,
    "copyfile_regex": r".*\.rst",
    "remove_config_comments": True,
    "download_all_examples": False,  # 압축한 때가 적혀 빌드마다 다르다. rnn_shapes.gallery_pages가 다시 담는다
    "css": (),  # 모양은 모두 site.css에 있다
    "reset_modules": (
        "matplotlib",
        "rnn_shapes.pages.plots.prepare",
        "rnn_shapes.pages.gallery.split_cpu",
        "rnn_shapes.pages.gallery_names.watch",
    ),
    "image_scrapers": (
        "rnn_shapes.pages.plots.scrape",
        "rnn_shapes.pages.gallery_names.keep",
        "rnn_shapes.pages.gallery_claims.check",
    ),
}

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = [
    *("site.css", "landing.css", "search.css", "shape-explorer.css"),
    *("live-cell.css", "influence-map.css", "beam-stepper.css"),
]
html_js_files = [
    "copy.js",
    "keyboard.js",
    "search.js",
    "explorer/contract.js",
    "explorer/picture.js",
    "explorer/element.js",
    "live.js",
    "influence-map.js",
    "beam-stepper.js",
]
html_additional_pages = {"404": "404.html"}
html_permalinks_icon = "#"
html_use_index = html_domain_indices = False  # 찾기와 용어집, API 페이지가 있다
html_math_renderer = "mathml"
html_scaled_image_link = False  # 보이지 않는 쪽 그래프에 빈 링크가 남는다
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_baseurl = addresses.get("Documentation", "")
html_theme_options = {
    "top_of_page_buttons": [],
    "footer_icons": [],
}
html_context = {"repository": addresses.get("Repository", "")}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
