"""통과해야 하는 것의 목록은 하나이고, README가 약속한 명령은 빠짐없이 거기 있다."""

import re
import shlex

import pytest
import yaml
from support import ROOT

SCRIPT = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")
}
PUBLISHED = WORKFLOWS["tests.yml"]["jobs"]


def documented():
    """README의 명령 표에 적힌 이름."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.search(r"^## 명령\n(.*?)^## ", readme, re.S | re.M)[1]
    return re.findall(r"^\| `([\w-]+)[^`]*` \|", table, re.M)


def sessions():
    """``.ci/run``이 부르는 명령을 차례대로."""
    lists = re.findall(r"<<'END'[^\n]*\n(.*?)^END$", SCRIPT, re.S | re.M)
    return [line.split()[0] for listed in lists for line in listed.splitlines()]


def steps(name):
    """작업 하나가 실행하는 것."""
    return [step["run"].strip() for step in PUBLISHED[name]["steps"] if "run" in step]


def test_every_command_of_the_readme_is_run():
    """README의 표에 있는 명령은 모두, 한 번씩만 CI에서 실행된다."""
    assert len(documented()) >= 9
    assert sorted(sessions()) == sorted(documented())


def test_every_session_is_documented():
    """noxfile의 명령은 모두 README의 표에 있다."""
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    defined = re.findall(r'^@nox\.session(?:\(name="([\w-]+)"\))?\ndef (\w+)', noxfile, re.M)
    assert sorted(name or function for name, function in defined) == sorted(documented())


def test_what_is_published_is_what_the_browser_saw():
    """마지막 명령이 사이트를 브라우저로 보고, 워크플로는 그것을 다시 만들지 않고 그대로 올린다."""
    assert sessions()[-1] == "browser"
    uploads = [step for step in PUBLISHED["tests"]["steps"] if "upload-pages-artifact" in step.get("uses", "")]
    assert [step["with"]["path"] for step in uploads] == ["build/site"]


def test_workflow_runs_the_one_list():
    """워크플로는 통과해야 하는 것을 스스로 적지 않고 .ci/run만 부르며, 다른 작업은 그것이 통과해야 시작한다."""
    assert steps("tests")[-1] == ".ci/run"
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            run = "\n".join(step.get("run", "") for step in job["steps"])
            words = shlex.split(run, comments=True)
            assert not {"noxfile.py", "nox", "pytest", "sphinx-build"} & {word.rpartition("/")[2] for word in words}, (
                run
            )
    assert [job.get("needs") for name, job in PUBLISHED.items() if name != "tests"] == ["tests", "tests"]


def test_only_the_job_that_writes_keeps_credentials():
    """저장소에 쓰는 작업만 자격 증명을 남기고, 그 작업은 저장소의 코드를 실행하지 않는다."""
    assert WORKFLOWS["tests.yml"]["permissions"] == {"contents": "read"}
    writers = {name for name, job in PUBLISHED.items() if job.get("permissions", {}).get("contents") == "write"}
    kept = {
        name: step["with"]["persist-credentials"]
        for name, job in PUBLISHED.items()
        for step in job["steps"]
        if "actions/checkout" in step.get("uses", "")
    }
    assert kept == {"tests": False, "notebooks": True}
    assert writers == {"notebooks"}
    commands = {line.split()[0] for run in steps("notebooks") for line in run.splitlines()}
    assert commands == {"git"}


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_every_job_ends(name):
    """어떤 작업도 끝없이 돌지 않는다."""
    assert all(job["timeout-minutes"] <= 60 for job in WORKFLOWS[name]["jobs"].values())
