"""같은 원본은 어느 폴더에서 몇 프로세스로 만들어도 같은 사이트가 되게 한다.

사이트의 ``.buildinfo``에는 설정의 지문이 있어서, 지문이 달라지면 Sphinx는 모든 페이지를 다시 쓴다. 그런데 확장들은
설정에 제 파일이 있는 폴더를 이 컴퓨터의 경로로 적고, 갤러리를 함께 실행한 빌드의 설정에는 프로세스의 수가 남는다.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

FOLDERS = ("html_static_path", "templates_path")
"""확장들이 경로를 더하는 설정."""
GALLERY = "sphinx_gallery_conf"


def forget_machine(app: Sphinx) -> None:
    """설정의 지문을 다시 만든다. 폴더는 이름과 그 바로 위의 이름만 남기고, 프로세스의 수는 뺀다."""
    builder, config = app.builder, app.config
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    told: dict[str, object] = {
        name: ["/".join(Path(folder).parts[-2:]) for folder in getattr(config, name)] for name in FOLDERS
    }
    if GALLERY in config:
        told[GALLERY] = {name: value for name, value in config[GALLERY].items() if name != "parallel"}
    written = {name: config[name] for name in told}
    for name, value in told.items():
        config[name] = value
    builder.build_info = builder.create_build_info()
    for name, value in written.items():
        config[name] = value


def setup_reproducible(app: Sphinx) -> None:
    """빌더가 지문을 만든 바로 뒤에, 다른 확장이 설정을 더 고치기 전에 다시 만들도록 등록한다."""
    app.connect("builder-inited", forget_machine, priority=0)
