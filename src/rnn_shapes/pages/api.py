"""API 페이지의 directive: 패키지의 모듈을 찾아 하나씩 펼친다. 손으로 적은 목록은 잊은 모듈이 있어도 모른다."""

import contextlib
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.ext.autodoc.mock import ismock, mock  # type: ignore[attr-defined] # 문서에 적힌 이름이다
from sphinx.util.docutils import SphinxDirective

IMITATED = ("keras", "tensorflow")
"""설명을 읽는 동안 흉내 내는 패키지. 글을 읽으려고 TensorFlow를 들여오지 않고, 없는 환경에서도 읽는다."""


@contextlib.contextmanager
def imitating() -> Iterator[None]:
    """:data:`IMITATED`를 흉내 낸다. 흉내 위에서 들여온 모듈은 블록이 끝나면 잊어, 다음에 진짜로 들여온다."""
    before = set(sys.modules)
    with mock(list(IMITATED)):
        yield
    new = {name: module for name, module in sys.modules.items() if name not in before}
    fake = {name.rpartition(".")[0] for name, module in new.items() if any(map(ismock, vars(module).values()))}
    for name in [name for name in new if name in fake or name.rpartition(".")[0] in fake]:
        package, _, last = name.rpartition(".")
        del sys.modules[name]
        vars(sys.modules.get(package, sys)).pop(last, None)


def modules_of(package: str) -> list[str]:
    """패키지와, 그 안의 모든 모듈의 이름.

    >>> "shape_claims.claim" in modules_of("shape_claims")
    True
    """
    path = importlib.import_module(package).__path__
    found = [module.name for module in pkgutil.walk_packages(path, f"{package}.")]
    return [package, *(name for name in found if not name.endswith("__main__"))]


OPTIONS = (
    ":members:",
    ":show-inheritance:",
    ":ignore-module-all:",
    # directive마다 정하지만 설명은 docutils의 것인 이름이다
    ":exclude-members: has_content, option_spec, required_arguments, optional_arguments",
)
"""모듈을 펼칠 때의 옵션."""


class ApiDirective(SphinxDirective):
    """패키지 하나의 모듈마다 제목을 달고 공개된 이름을 펼친다. 인자는 패키지의 이름이다."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """모듈마다 ``automodule``을 적어 읽는다."""
        sections: list[nodes.Node] = []
        with imitating():
            for name in modules_of(self.arguments[0]):
                section = nodes.section("", nodes.title("", "", nodes.literal("", name)), ids=[nodes.make_id(name)])
                lines = [f".. automodule:: {name}", *(f"   {option}" for option in OPTIONS)]
                self.state.nested_parse(StringList(lines, source=name), 0, section, match_titles=False)
                sections.append(section)
        return sections


def setup_api(app: Sphinx) -> None:
    """Directive를 등록한다."""
    app.add_directive("api", ApiDirective)
