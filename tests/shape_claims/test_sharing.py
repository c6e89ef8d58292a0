"""``-j``: 프로세스 여럿이 페이지를 나누어 실행해도, 하나가 차례로 실행한 것과 같다."""

import copy
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny import MARKUPS

from shape_claims import sharing

RST = MARKUPS["rst"]
CODE = RST.block("testcode", "import numpy as np\nbatch_size, dim = 5, 11\nh = np.zeros((batch_size, dim))")
CLAIM = f"The state is {RST.role('h -> (B, D)')}."
FALSE = CLAIM.replace("B, D", "D, B")


@pytest.fixture
def several(site):
    """참인 페이지 둘, 거짓인 페이지 하나, 경고가 나는 페이지 하나."""
    site.page("right.rst", RST.title("Right"), CODE, CLAIM)
    site.page("longer.rst", RST.title("Longer"), CODE, CLAIM, "More words. " * 300)
    site.page("wrong.rst", RST.title("Wrong"), CODE, FALSE)
    site.page("unread.rst", RST.title("Unread"), CODE, CLAIM, RST.block("doctest", ">>> 1 +\n"))
    return site


def told(built):
    """나머지를 나누어 한 것과 비교할 말: 페이지를 실행하며 한 것. 실행한 덩이의 번호는 프로세스마다 따로 센다."""
    output = re.sub(r"(<doctest [^>]*>)\d+", r"\1", built.output)
    return sorted(line for line in output.splitlines() if line.startswith(("  ", "docs/", "File", "ERROR", "WARNING")))


def test_shared_pages_come_to_the_same(several):
    """보고와 수, 기록, 종료 코드가 하나로 실행한 것과 같다. 거짓인 페이지의 기록은 없다."""
    alone = several.build("doctest", "-E", strict="")
    kept = {name: several.records(name) for name in ("right", "longer")}
    assert "docs/wrong.rst:10: the shape is not the claimed one" in alone.output
    for name in kept:
        several.evidence(name).unlink()
    shared = several.build("doctest", "-E", "-j", "2", strict="")
    assert told(shared) == told(alone)
    assert (shared.code, alone.code) == (1, 1)
    assert {name: several.records(name) for name in kept} == kept
    assert not several.evidence("wrong").exists()


def test_warning_of_another_process_counts(several):
    """다른 프로세스에서 난 경고도 ``-W``에서 실패로 친다."""
    several.page("wrong.rst", RST.title("Wrong"), CODE, CLAIM)
    several.page("unread.rst", RST.title("Unread"), CODE, CLAIM)
    assert several.build("doctest", "-j", "2").code == 0
    several.page("unread.rst", RST.title("Unread"), CODE, CLAIM, RST.block("doctest", ">>> 1 +\n"))
    assert several.build("doctest", "-j", "2").code == 1


def test_site_shares_its_stale_pages(several):
    """HTML 빌드가 실행하는 페이지도 나눈다. 거짓인 페이지를 모두, 이름의 순서로 말한다."""
    several.configure(**several.options | {"shape_claims_run": "stale"})
    several.page("unread.rst", RST.title("Unread"), CODE, FALSE)
    built = several.build("html", "-j", "2")
    assert built.code != 0
    assert "The check failed on: unread, wrong" in built.output
    several.page("unread.rst", RST.title("Unread"), CODE, CLAIM)
    several.page("wrong.rst", RST.title("Wrong"), CODE, CLAIM)
    built = several.build("html", "-j", "2")
    assert built.code == 0, built.output
    assert built.marks("wrong") == built.marks("right") == ["checked"]


def test_page_that_ends_its_process_is_told(several):
    """페이지의 코드가 프로세스를 끝내면, 무슨 일이 있었고 어떻게 찾는지 말한다."""
    several.page("wrong.rst", RST.title("Wrong"), RST.block("testcode", "import os\nos._exit(3)"))
    built = several.build("doctest", "-j", "2", strict="")
    assert built.code != 0
    assert "A process that ran the pages ended in the middle of one. With -j 1 the last page named" in built.output
    assert "BrokenProcessPool" not in built.output


def test_processes_end_with_the_build(several, tmp_path):
    """빌드를 죽이면, 페이지를 실행하던 프로세스도 끝난다."""
    known = tmp_path / "process"
    code = f"import os, pathlib, signal, time\npathlib.Path({str(known)!r}).write_text(str(os.getpid()))\n"
    code += "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(600)"
    several.page("wrong.rst", RST.title("Wrong"), RST.block("testcode", code))
    several.build("dummy")  # 차례 페이지를 적는다
    command = ["-m", "sphinx", "-b", "doctest", "-j", "2", str(several.source), str(tmp_path / "out")]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}  # 남은 프로세스가 쥔 것을 기다리지 않는다
    assert subprocess.run([sys.executable, *command], **quiet, check=False).returncode == -signal.SIGKILL
    process = int(known.read_text(encoding="utf-8"))
    for _wait in range(100):
        if not _runs(process):
            return
        time.sleep(0.2)
    os.kill(process, signal.SIGKILL)
    pytest.fail("빌드를 죽인 뒤에도 남아 있다")


def _runs(process):
    """아직 도는 프로세스인가. 거둘 부모가 없어 이름만 남은 것은 도는 것이 아니다."""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_accepting_runs_alone(several):
    """``accept``는 고칠 것을 기억하므로 나누지 않는다."""
    several.page("unread.rst", RST.title("Unread"), CODE, CLAIM)
    several.build("accept", "-j", "2", "-t", "accept_all", strict="")
    assert "(B, D)" in (several.source / "wrong.rst").read_text(encoding="utf-8")


def test_result_is_of_one_page(several, monkeypatch):
    """한 페이지의 결과에는 그 페이지의 것만 있고, 앞서 센 것은 세지 않는다. 다른 프로세스로 보낼 수 있다."""
    results = []

    def run(builder, docnames, processes):
        assert (docnames[0], len(docnames), processes) == ("longer", 5, 2)
        builder.outfile.close()
        builder.total_tries = builder.held = 100
        builder.failed.append("before")
        result = sharing.result_of(builder, "wrong")
        results.append(copy.deepcopy(result))  # 같은 builder에 더하면 저도 바뀐다
        yield result

    monkeypatch.setattr(sharing, "run", run)
    assert several.build("doctest", "-j", "2", strict="").code == 1
    (result,) = results
    pickle.dumps(result)
    assert (result.failed, result.counts["total_failures"], result.counts["held"]) == (["wrong"], 1, 0)
    assert result.counts["total_tries"] < 100
    assert "docs/wrong.rst:10: the shape is not the claimed one" in result.text
