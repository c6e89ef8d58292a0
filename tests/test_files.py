"""만든 파일을 쓰는 길."""

import stat
from pathlib import Path

import pytest

from rnn_shapes.files import write_if_changed


def test_unchanged_file_is_left_alone(tmp_path):
    """같은 내용이면 쓰지 않고, 다르면 쓴다."""
    path = tmp_path / "folder" / "file.txt"
    assert write_if_changed(path, "글\n")
    written = path.stat().st_mtime_ns
    assert not write_if_changed(path, "글\n".encode())
    assert path.stat().st_mtime_ns == written
    assert write_if_changed(path, "새 글\n")
    assert path.read_bytes() == "새 글\n".encode()


def test_file_can_be_read_by_everyone_who_could_read_any_other(tmp_path):
    """쓴 파일의 권한은 보통 파일과 같아서 웹 서버도 읽는다."""
    (tmp_path / "plain").write_text("")
    write_if_changed(tmp_path / "ours", "")
    assert stat.filemode((tmp_path / "ours").stat().st_mode) == stat.filemode((tmp_path / "plain").stat().st_mode)


def test_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    """쓰다가 멈추면 옛 파일이 온전히 남고, 쓰던 것은 남지 않는다."""
    path = tmp_path / "file.txt"
    write_if_changed(path, "옛 글")

    def stop(partial, data):
        with partial.open("wb") as file:
            file.write(data[:3])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        write_if_changed(path, "새 글")
    assert path.read_text(encoding="utf-8") == "옛 글"
    assert list(tmp_path.iterdir()) == [path]
