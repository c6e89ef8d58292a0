"""쓰지 않기로 한 말."""

import re
from collections.abc import Iterator, Sequence

from rnn_shapes import glossary

QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'")


def banned_words(text: str, terms: Sequence[glossary.Term]) -> Iterator[tuple[str, glossary.Term]]:
    """글에서 쓰지 않기로 한 말을 찾는다. 따옴표 안에서 그 말 자체를 가리키는 것은 괜찮다."""
    unquoted = QUOTED.sub("", text)
    for term in terms:
        for word in term.banned:
            # 앞이 한글이면 다른 낱말의 일부다: '크로스'는 '로스'가 아니다.
            if word in unquoted and re.search(rf"(?<![가-힣]){re.escape(word)}", unquoted):
                yield word, term
