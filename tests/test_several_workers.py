"""``docs/howto/several-workers.md``의 프로그램을 프로세스 둘로 실행하면 그 페이지가 말하는 것이 나온다."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from support import ROOT

PAGE = ROOT / "docs" / "howto" / "several-workers.md"
SCRIPT = PAGE.with_name("several_workers.py")
LIMIT = 300
"""기다리는 프로세스는 저절로 끝나지 않는다. 이만큼 지나면 죽인다."""


def free_addresses(count: int) -> list[str]:
    """아무도 쓰지 않는 포트의 주소. 서로 다르도록 함께 열었다가 닫는다."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for opened in sockets:
            opened.bind(("127.0.0.1", 0))
        return [f"127.0.0.1:{opened.getsockname()[1]}" for opened in sockets]


@contextmanager
def worker(addresses: list[str], index: int) -> Iterator[subprocess.Popen[str]]:
    """프로세스 하나. 어떻게 끝나든 남기지 않는다. SIGTERM은 듣지 않는다."""
    config = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    if addresses:
        environment["TF_CONFIG"] = json.dumps(config)
    with subprocess.Popen(
        [sys.executable, str(SCRIPT)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def outputs_of(count: int) -> list[str]:
    """프로세스를 함께 실행해 저마다 출력한 것. 하나면 TF_CONFIG 없이 실행한다."""
    addresses = free_addresses(count) if count > 1 else []
    with ExitStack() as stack:
        processes = [stack.enter_context(worker(addresses, index)) for index in range(count)]
        outputs = []
        for process in processes:
            output, errors = process.communicate(timeout=LIMIT)
            assert process.returncode == 0, errors
            outputs.append(output)
        return outputs


@pytest.fixture(scope="module")
def shown():
    """페이지에 보인 출력: 프로세스 둘의 것과 하나의 것."""
    return re.findall(r"^```text\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_two_workers_print_what_the_page_shows(shown):
    """두 프로세스가 배치를 나누어 읽고, 같은 손실을 내고, fit에서 같은 오류를 만난다."""
    assert outputs_of(2) == [shown[0]] * 2


def test_one_worker_prints_the_same_losses(shown):
    """프로세스 하나로 실행하면 배치를 통째로 읽고 손실은 같다."""
    assert outputs_of(1) == [shown[1]]
    losses = [re.findall(r"loss (\S+)", output) for output in shown]
    assert losses[0] == losses[1] != []


def test_worker_waits_for_a_missing_one_and_ignores_sigterm():
    """다른 프로세스가 오지 않으면 말없이 기다리고, SIGTERM으로는 끝나지 않고, SIGKILL로 끝난다."""
    with worker(free_addresses(2), 0) as process:
        assert process.stdout.readline() == "waiting for the other workers\n"
        time.sleep(5)  # 기다리기 시작할 때까지. 그 전에 온 SIGTERM은 듣는다
        process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        process.kill()
        assert process.wait(timeout=LIMIT) == -signal.SIGKILL
