"""바뀐 페이지가 적으면 이 프로세스에서 읽는다. 나누어 읽으면 환경을 통째로 주고받느라 읽는 것보다 오래 걸린다."""

from collections.abc import Sequence

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

FEW = 6
"""이보다 적으면 나누지 않는다."""


def setup_reading(app: Sphinx) -> None:
    """읽는 동안에만 프로세스의 수를 바꾸도록 등록한다. 실행하고 쓰는 일은 그대로 나눈다."""
    given = app.parallel

    def before_reading(app: Sphinx, env: BuildEnvironment, docnames: Sequence[str]) -> None:
        app.parallel = 1 if len(docnames) < FEW else given

    def after_reading(app: Sphinx, env: BuildEnvironment) -> None:
        app.parallel = given

    app.connect("env-before-read-docs", before_reading, priority=900)  # 다른 확장이 더 읽을 것을 다 말한 뒤에
    app.connect("env-updated", after_reading, priority=0)  # 페이지를 실행하기 전에
