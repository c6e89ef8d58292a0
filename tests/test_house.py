"""집의 크기: 모듈 하나에 생각 하나, 함수 하나는 한 화면."""

import ast

import pytest
from support import ROOT

MODULES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 260, 40


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(ROOT / "src").as_posix() for path in MODULES])
def test_modules_and_functions_stay_short(path):
    """모듈과 함수는 한눈에 볼 만큼만 길다."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [one.name for one in functions if one.end_lineno - one.lineno >= LONGEST_FUNCTION]
    assert not long


def test_packages_are_one_level_deep():
    """폴더는 한 겹이다. 어디에 무엇이 있는지 ls 두 번이면 보인다."""
    depths = {len(path.relative_to(ROOT / "src").parts) for path in MODULES}
    assert depths == {2, 3}


def test_names_of_test_files_are_unique():
    """pytest는 시험 파일을 이름으로만 들여오므로, 폴더가 달라도 이름이 같으면 하나를 읽지 못한다."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(set(names)) == len(names)
