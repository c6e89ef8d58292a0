"""API 페이지의 directive: 패키지의 모듈을 찾아 하나씩 펼친다. 손으로 적은 목록은 잊은 모듈이 있어도 모른다."""

import contextlib
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, ClassVar, TypeVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

T = TypeVar("T")

IMITATED = ("keras", "tensorflow")
"""설명을 읽는 동안 흉내 내는 패키지. 글을 읽으려고 TensorFlow를 들여오지 않고, 없는 환경에서도 읽는다."""


class Imitation(ModuleType):
    """무엇이든 있는 척하는 모듈. 대문자로 시작하는 이름은 빈 클래스이고, 부르면 아무것도 하지 않는 데코레이터다."""

    def __getattr__(self, name: str) -> Any:
        """이름 하나를 만들어 둔다."""
        if name.startswith("__"):
            raise AttributeError(name)
        inside = {"__module__": self.__name__}
        made = type(name, (), inside) if name[0].isupper() else Imitation(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made

    def __call__(self, *_: Any, **__: Any) -> Callable[[T], T]:
        """``register_keras_serializable()`` 자리의 데코레이터."""
        return lambda decorated: decorated


@contextlib.contextmanager
def imitating() -> Iterator[None]:
    """:data:`IMITATED`를 흉내 낸다. 흉내 위에서 들여온 모듈은 블록이 끝나면 잊어, 다음에 진짜로 들여온다."""
    before = set(sys.modules)
    sys.modules.update({name: Imitation(name) for name in IMITATED if name not in before})
    try:
        yield
    finally:
        _forget(set(sys.modules) - before)


def _forget(names: set[str]) -> None:
    """흉내 위에서 들여온 모듈과, 그것이 든 패키지를 잊는다."""
    for name in names & set(IMITATED):
        del sys.modules[name]
    names = names - set(IMITATED)
    on_top = {name for name in names if any(type(one) is Imitation for one in vars(sys.modules[name]).values())}
    packages = {name.rpartition(".")[0] for name in on_top} - {""}
    for name in on_top | {name for name in names if {name, name.rpartition(".")[0]} & packages}:
        package, _, last = name.rpartition(".")
        del sys.modules[name]
        if package in sys.modules:
            vars(sys.modules[package]).pop(last, None)


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
    ":exclude-members: has_content, option_spec, required_arguments, optional_arguments, final_argument_whitespace",
)
"""모듈을 펼칠 때의 옵션."""


class ApiDirective(SphinxDirective):
    """패키지의 모듈마다 제목을 달고 공개된 이름을 펼친다. 인자는 패키지의 이름들이고, ``without``은 뺄 패키지다."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"without": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """모듈마다 ``automodule``을 적어 읽는다."""
        sections: list[nodes.Node] = []
        with imitating():
            left_out = {name for package in self.options.get("without", "").split() for name in modules_of(package)}
            found = [name for package in self.arguments[0].split() for name in modules_of(package)]
            for name in (name for name in found if name not in left_out):
                section = nodes.section("", nodes.title("", "", nodes.literal("", name)), ids=[nodes.make_id(name)])
                lines = [f".. automodule:: {name}", *(f"   {option}" for option in OPTIONS)]
                self.state.nested_parse(StringList(lines, source=name), 0, section, match_titles=False)
                sections.append(section)
        return sections


def setup_api(app: Sphinx) -> None:
    """Directive를 등록한다."""
    app.add_directive("api", ApiDirective)
