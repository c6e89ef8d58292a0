"""미리 재어 둔 자료 파일을 페이지가 읽는 법."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sphinx.environment import BuildEnvironment

from shape_claims.stopping import stop

T = TypeVar("T")


def read_data(env: BuildEnvironment, name: str, load: Callable[[Path], T]) -> T:
    """자료 파일 ``name``. 자료가 바뀌면 지금 읽는 페이지를 다시 읽게 한다.

    Raises:
        StoppedBuildError: 쓸 수 없는 자료일 때. 빌드가 그 말과 함께 끝난다.
    """
    path = Path(env.srcdir, name)
    env.note_dependency(path)
    try:
        return load(path)
    except ValueError as error:
        raise stop(str(error)) from None
