"""갤러리의 글에 적은 사실. 내려받은 스크립트와 노트북에는 역할을 쓸 수 없으므로 따로 적는다.

스크립트에 있는 문장을 ``gallery/claims.toml``에 역할과 함께 적는다. 역할을 그 말로 바꾼 문장은 스크립트의 글에
그대로 있어야 하고, 역할은 스크립트를 다 실행한 다음의 이름으로 확인한다. 그래서 글을 고치면 문장이 어긋나고, 결과가
달라지면 역할이 거짓이 된다.
"""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError
from sphinx_gallery.py_source_parser import split_code_and_text_blocks  # type: ignore[import-untyped]  # 타입이 없는 패키지다

from rnn_shapes.symbols import GATE_FACTORS, TABLE
from rnn_shapes.words import JOINERS, WORDS
from shape_claims import messages
from shape_claims.checking import check
from shape_claims.claim import Claim, parse, parse_default, parse_value
from shape_claims.claimed import ClaimSyntaxError
from shape_claims.config import Settings
from shape_claims.outcome import Problem
from shape_claims.symbols import Symbols

FILE = "claims.toml"
ROLE = re.compile(r"\{(shape|value|default)\}`([^`]+)`")
READ = {"shape": parse, "value": parse_value, "default": parse_default}
SYMBOLS = Symbols(TABLE)


class ClaimsError(ExtensionError):
    """``claims.toml``에 잘못 적은 것."""


@dataclass(frozen=True)
class Sentence:
    """스크립트의 글에 있는 문장."""

    written: str
    """역할이 든 문장."""
    said: str
    """독자가 보는 문장."""
    claims: Sequence[Claim]


def read(path: Path) -> Mapping[str, Sequence[Sentence]]:
    """스크립트의 이름에서 그 문장들로 가는 표. 파일이 없으면 비어 있다.

    Raises:
        ClaimsError: TOML이 아니거나, 목록이 아니거나, 스크립트가 없거나, 역할이 없거나 읽을 수 없는 문장이 있을 때.
    """
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@functools.lru_cache(maxsize=1)
def _read(path: Path, stamp: int) -> Mapping[str, Sequence[Sentence]]:
    """``stamp``는 고친 파일을 다시 읽게 하려고 받는다. 스크립트마다 묻지만 한 번만 읽는다."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ClaimsError(f"{FILE}을 읽지 못했습니다. {error}") from None
    for script, sentences in content.items():
        if not isinstance(sentences, list) or not all(isinstance(one, str) for one in sentences):
            raise ClaimsError(f"{FILE}: {script}에는 문장의 목록을 적으세요.")
        if not path.with_name(f"{script}.py").is_file():
            raise ClaimsError(f"{FILE}: {script}.py라는 스크립트가 없습니다. 이름을 바꿨으면 여기도 바꾸세요.")
    return {script: [_sentence(script, one) for one in sentences] for script, sentences in content.items()}


def _sentence(script: str, written: str) -> Sentence:
    whole = " ".join(written.split())
    try:
        claims = [READ[kind](text, SYMBOLS) for kind, text in ROLE.findall(whole)]
    except ClaimSyntaxError as error:
        raise ClaimsError(f"{FILE}: {script}: {error}\n  {whole}") from None
    if not claims:
        raise ClaimsError(f"{FILE}: {script}: 역할이 없는 문장입니다. 확인할 말을 역할로 적으세요.\n  {whole}")
    texts = iter(claims)
    return Sentence(whole, ROLE.sub(lambda _: next(texts).text, whole), claims)


def absent(sentences: Sequence[Sentence], script: Path) -> list[Sentence]:
    """스크립트의 글에 그대로 있지 않은 문장."""
    _, parts = split_code_and_text_blocks(str(script))
    prose = [" ".join(part.content.split()) for part in parts if part.type == "text"]
    return [sentence for sentence in sentences if not any(sentence.said in text for text in prose)]


def untrue(sentences: Sequence[Sentence], names: Mapping[str, Any]) -> Iterator[tuple[Sentence, Problem]]:
    """이름들로 확인한 문장 가운데 맞지 않는 것과 그 까닭."""
    settings = Settings(SYMBOLS, GATE_FACTORS, WORDS, JOINERS, messages.denials())
    for sentence in sentences:
        for claim in sentence.claims:
            outcome = check(claim, names, settings)
            if isinstance(outcome, Problem):
                yield sentence, outcome
