"""용어집과 어긋나는 말: 쓰지 않기로 한 말과, 괄호에 잘못 적은 원어."""

import re
from collections.abc import Iterator, Sequence

from rnn_shapes import glossary

QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'")

GLOSS = re.compile(r"([가-힣][가-힣 ]*?)(?: [a-z])?\(([a-z][a-z -]+)\)")
"""괄호에 원어를 적은 말. ‘출력 게이트 o(output gate)’처럼 사이에 기호가 하나 끼어도 된다."""


def wrong_glosses(text: str, terms: Sequence[glossary.Term]) -> Iterator[tuple[str, glossary.Term]]:
    """괄호에 적은 원어가 용어집의 것과 다른 말을 찾는다. 용어집에 없는 말은 알 수 없다.

    >>> term = glossary.Term("출력 게이트", "output gate", "")
    >>> [wrong for wrong, _ in wrong_glosses("출력 게이트 o(output gate)와 출력 게이트(input gate)", [term])]
    ['출력 게이트(input gate)']
    """
    names = sorted(terms, key=lambda term: len(term.korean), reverse=True)
    for match in GLOSS.finditer(" ".join(text.split())):
        korean, english = match.groups()
        for term in names:
            base = term.korean.partition("(")[0]
            if re.search(rf"(?<![가-힣]){re.escape(base)}$", korean):
                if english not in (one.strip().lower() for one in re.split(r"[,/]", term.english)):
                    yield f"{base}({english})", term
                break


def banned_words(text: str, terms: Sequence[glossary.Term]) -> Iterator[tuple[str, glossary.Term]]:
    """글에서 쓰지 않기로 한 말을 찾는다. 따옴표 안에서 그 말 자체를 가리키는 것은 괜찮다."""
    unquoted = QUOTED.sub("", text)
    for term in terms:
        for word in term.banned:
            # 앞이 한글이면 다른 낱말의 일부다: '크로스'는 '로스'가 아니다.
            if word in unquoted and re.search(rf"(?<![가-힣]){re.escape(word)}", unquoted):
                yield word, term
