"""내보낼 사이트를 만들 때는, 읽으면서 경고나 오류가 하나라도 있었으면 아무 페이지도 쓰지 않는다.

Sphinx의 ``-W``는 끝까지 쓰고 나서 실패를 알린다. 그래서 틀린 글이 폴더에 남는다.
"""

from sphinx.application import Sphinx

from shape_claims.stale import runs_stale_pages
from shape_claims.stopping import stop


def stop_before_writing(app: Sphinx, _: object) -> None:
    """경고가 있었으면 쓰기 전에 멈춘다.

    Raises:
        StoppedBuildError: 경고나 오류가 있었을 때.
    """
    found = app._warncount  # 경고의 수를 알리는 다른 길이 없다
    if found and runs_stale_pages(app):
        raise stop(f"경고나 오류가 {found}번 있었습니다. 위에 적힌 곳을 고치세요. 아무 페이지도 쓰지 않았습니다.")


def setup_strict(app: Sphinx) -> None:
    """다 읽은 다음에 보도록 등록한다. 다시 읽은 페이지가 없으면 첫째 때는 오지 않는다."""
    app.connect("env-check-consistency", stop_before_writing)
    app.connect("write-started", stop_before_writing)
