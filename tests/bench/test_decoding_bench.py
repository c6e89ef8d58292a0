"""빔 탐색을 재는 도구: 재는 것은 모두 같은 시퀀스를 찾는다."""

import importlib.util

import numpy as np
from support import ROOT


def test_what_is_timed_finds_the_same():
    """그래프에서 돌든 파이썬으로 돌든 찾은 시퀀스는 같고, 언제나 끝까지 간다."""
    spec = importlib.util.spec_from_file_location("decoding_bench", ROOT / "tests" / "bench" / "decoding.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    runs = bench.ours(batch=3, width=2, steps=5)
    found = [run() for run in runs.values()]
    assert found[0].shape == (3, 2, 5)
    np.testing.assert_array_equal(*found)
    assert not np.any(found[0] == bench.NEVER)
