"""페이지마다 기호에 정한 크기."""

import re

import pytest
from support import ROOT

from rnn_shapes.symbols import GATE_FACTORS, SYMBOLS

NAMES = {symbol.name: letter for letter, symbol in SYMBOLS.items()}
OF_NO_LAYER = {"K"}
"""층의 크기가 아니어서 배수와 헷갈릴 수 없는 기호."""
ASSIGNMENT = re.compile(r"^(?:>>> )?(\w+(?:, \w+)*) = (\d+(?:, \d+)*)$", re.MULTILINE)
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("gallery/*.py")])


def sizes(text):
    """코드에서 기호의 이름에 정한 크기."""
    found = {}
    for names, numbers in ASSIGNMENT.findall(text):
        for name, number in zip(names.split(", "), numbers.split(", "), strict=False):
            if name in NAMES:
                found[NAMES[name]] = int(number)
    return found


def problems(found):
    """층의 크기 가운데 소수가 아니거나, 배수이거나, 다른 것과 같은 것."""
    of_layers = {letter: size for letter, size in found.items() if letter not in OF_NO_LAYER}
    values = list(of_layers.values())
    return {
        letter: size
        for letter, size in of_layers.items()
        if size in GATE_FACTORS or values.count(size) > 1 or any(size % below == 0 for below in range(2, size))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_sizes_of_a_page_are_distinct_primes(page):
    """어느 페이지에서나 층의 크기는 서로 다른 소수이고, 형태에 나오는 배수가 아니다."""
    assert problems(sizes(page.read_text(encoding="utf-8"))) == {}


def test_most_pages_set_sizes():
    """크기를 읽는 법이 맞는다: 쪽마다 적어도 배치 크기나 유닛 수를 찾는다."""
    found = [sizes(page.read_text(encoding="utf-8")) for page in PAGES if page.name != "index.rst"]
    assert sum(bool(one) for one in found) > len(found) / 2


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        ("batch_size, seq_length = 5, 7", set()),
        ("batch_size, seq_length = 5, 5", {"N", "T"}),
        (">>> hidden_dim = 3", {"H"}),
        ("hidden_dim = 9", {"H"}),
        ("beam_width = 3", set()),
    ],
)
def test_bad_sizes_are_found(code, letters):
    """같은 크기, 배수와 같은 크기, 소수가 아닌 크기를 알아낸다."""
    assert set(problems(sizes(code))) == letters
