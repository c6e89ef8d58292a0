"""같은 원본은 어느 폴더에서 만들어도 같은 사이트가 되게 한다.

사이트의 ``.buildinfo``에는 설정의 지문이 있고, 확장들은 설정에 제 파일이 있는 폴더를 이 컴퓨터의 경로로 적는다.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

FOLDERS = ("html_static_path", "templates_path")
"""확장들이 경로를 더하는 설정."""


def forget_folders(app: Sphinx) -> None:
    """설정의 지문을 다시 만든다. 폴더는 이름과 그 바로 위의 이름만 남긴다."""
    builder, config = app.builder, app.config
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    written = {name: getattr(config, name) for name in FOLDERS}
    for name, folders in written.items():
        setattr(config, name, ["/".join(Path(folder).parts[-2:]) for folder in folders])
    builder.build_info = builder.create_build_info()
    for name, folders in written.items():
        setattr(config, name, folders)


def setup_reproducible(app: Sphinx) -> None:
    """빌더가 지문을 만든 바로 뒤에, 다른 확장이 설정을 더 고치기 전에 다시 만들도록 등록한다."""
    app.connect("builder-inited", forget_folders, priority=0)
