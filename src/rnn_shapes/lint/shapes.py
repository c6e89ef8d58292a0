"""글에서 형태로 읽히는 것을 찾는다. 글의 어디에서 왔는지는 모른다."""

import itertools
import re
from collections.abc import Iterator

from rnn_shapes.lint.axes import LETTERS, NAME, NUMERAL, WORDS, Axis, axis, numeric, symbolic
from rnn_shapes.lint.brackets import CLOSERS, SEPARATORS, SHAPE_CALL, Group, groups, plain, split

SHAPE_WORD = re.compile(r"형태|[Ss]hape|차원")
TOKENS = re.compile(r"(?:토큰|번호|단어|낱말|길이|문장|예|값|확률|점수|차례|순서)[은는이가의들로]?\s*$")
POINTS = re.compile(r"(?:점|좌표|자리|위치|칸)[은는이가의]?\s*$")
THOUSANDS = re.compile(r"(?<=\d),(?=0\d\d(?!\d))")
NUMBERED = re.compile(r"\s*(?:사이|범위|단계|차|장|절|번)")
SAID = r"(?:형태|shape|출력|입력|상태|텐서|차원|크기)(?:\(\w+\))?(?:[은는이가로]|으로)?\s*[:=]?\s*"

FACTOR = rf"(?:\d*[{LETTERS}]|\d+)"
START, END = r"(?<![A-Za-z0-9_.])", r"(?![A-Za-z0-9_])"
LOOSE = re.compile(rf"{START}{FACTOR}{END}(?:\s*[,·/]\s*{FACTOR}{END})+")
PRODUCT = re.compile(rf"{START}{FACTOR}(?:\s*(?:[×*·xX]|by)\s*{FACTOR})+{END}")
NOUN = re.compile(
    r"(?:\s*크기)?(?:의|인)?(?:\s[가-힣]{1,4}(?<![은는이가을를과와]))?\s*(?:행렬|텐서|배열|형태)|\s*크기(?:로|다|이|입)"
)
COUNT = re.compile(r"\s*(?:개|번|가지|쌍|벌|배\b|줄|칸)")
ENDING = re.compile(r"\s*(?:입니다|이다|이고|이며|인\b|$|[.,)])")
SUBJECT = re.compile(r"(?:출력|입력|상태|텐서|가중치|형태|shape)(?:\(\w+\))?[은는이가:][^.]{0,8}$")
COUNTED = re.compile(r"(?:수|개수|곱|합|넓이|매개변수|파라미터|성분|비용|연산)(?:\([^)]*\))?[은는이가도의]?[^.]{0,12}$")
COPULA = re.compile(r"\s*(?:입니다|이다|다\b|이고|이며|인\b|로\b|으로\b|예요|이에요|여야|가 |을 |를 |$|[.,)])")

IN_WORDS = (
    re.compile(rf"(?:\d*[{LETTERS}]|{NUMERAL})\s?차원(?:의)?\s(?:텐서|배열|출력|입력|상태|벡터|행렬|값)"),
    re.compile(
        rf"축(?:\(axis\))?[은이]\s*(?:모두 |다 )?(?:{NUMERAL}\s?개|\d+|하나|둘|셋|넷|다섯|여섯)"
        r"(?=입니다|이다|이고|이며|이라|이에요)"
    ),
    re.compile(
        rf"(?:축|차원)(?:\(axis\))?(?:의? ?(?:크기|길이))?[는은이가도]\s*(?:\d*[{LETTERS}]|\d+)"
        r"(?=입니다|이다|이고|이며|인\b|로|으로|가 |$|[.,])"
    ),
    re.compile(rf"\.shape(?:\[[^\]]*\])?[은는이가]\s*(?:\d*[{LETTERS}]|\d+)(?![A-Za-z0-9_])"),
    re.compile(rf"(?<![A-Za-z0-9_])\d*[{LETTERS}]\s?차원"),
    re.compile(
        r"(?:출력|입력|상태|텐서|벡터)(?:\(\w+\))?[은는이가]\s*(?:\d+|한|두|세|네|다섯)\s?차원(?=입니다|이다|이고|이며)"
    ),
    re.compile(r"랭크(?:\(rank\))?[는은가이]\s*(?:\d+|하나|둘|셋|넷|다섯)"),
    re.compile(r"Tensor(?:\(|:)\s?shape=\([^)]*\)|(?:float|int|uint|bfloat|bool)\d*\[[\d, ?None]+\]"),
    re.compile(rf"(?:[(\[]{FACTOR}[)\]]){{3,}}"),
    re.compile(rf"(?:유닛|특성|타임스텝|채널)(?:의)? 수의 {NUMERAL}\s?배"),
    re.compile(rf"(?:은닉|배치|입력|특성|유닛) ?크기의 {NUMERAL}\s?배"),
    re.compile(rf"(?:{WORDS}|{NAME})(?:\s*×\s*(?:{WORDS}|{NAME}|{FACTOR})){{2,}}(?!\s*개)"),
)
REAL = r"\\math(?:bb|bf|rm|cal)\s*\{?\s*R\s*\}?|(?<![A-Za-z\\])R"
MATH = re.compile(
    rf"(?:{REAL})\s*\^\s*(?:\{{[^}}]*\}}|\d*[{LETTERS}])"
    rf"|\d*[{LETTERS}]\s*(?:\\times|\\cdot)\s*\d*[{LETTERS}]"
    rf"|\\(?:dim|operatorname\{{shape\}}|text\{{shape\}}|mathrm\{{shape\}})"
)
MATH_SPACE = re.compile(r"\\(?:left|right|big|Big|,|;|:|!|quad| |(?=[{}]))|~|\\text|\\mathrm|\\langle|\\rangle")
COMPARED = re.compile(
    r"\.(?:shape|ndim)\b(?:\[[^\]]*\])?\s*(?:==|!=|<=?|>=?|=|is\b|->|→|:)|len\([\w.]*\.?shape\)\s*[=!<>]"
)


def bare_shapes(text: str, sentence: str = "") -> Iterator[str]:
    """글에서 주장이 아닌 형태를 찾는다.

    괄호 안이 모두 축으로 읽히고 기호가 하나라도 있으면 형태다. 기호 없이 수뿐이면 둥근 괄호에 든 것을 형태로 보고,
    대괄호에 든 것은 형태를 말하는 문장에서만 본다. 함수의 인자와 연도, 범위, 토큰 번호의 목록은 형태가 아니다.

    Args:
        text: 살필 글.
        sentence: 그것이 든 문장.

    >>> list(bare_shapes("출력은 (N, T, 2H), 곧 (5, 7, 22)이다. 가중치는 D×4H 행렬이다."))
    ['(N, T, 2H)', '(5, 7, 22)', 'D×4H']
    >>> list(bare_shapes("f(1, 2)와 (1997, 2014), (0, 1) 사이, 토큰 [3, 1, 4], N×T개는 형태가 아니다."))
    []
    """
    text = THOUSANDS.sub("", plain(text))
    said = bool(SHAPE_WORD.search(f"{sentence} {text}"))
    for group in groups(text):
        if _is_shape(group, said):
            yield group.text
    outside = _without_groups(text)
    for pattern, shape in ((PRODUCT, _is_product), (LOOSE, _is_loose)):
        for match in pattern.finditer(outside):
            if shape(match, outside):
                yield match.group()
    for pattern in IN_WORDS:
        yield from (match.group() for match in pattern.finditer(text))


def _without_groups(text: str) -> str:
    """괄호로 묶인 글을 지운다. 괄호 없이 늘어놓은 것을 찾을 때, 괄호 안에서 또 찾지 않는다."""
    for group in list(groups(text)):
        if all(axis(part) for part in split(group.inner)):
            text = text.replace(group.text, group.opener + " " * (len(group.text) - 2) + CLOSERS[group.opener])
    return text


def _is_shape(group: Group, said: bool) -> bool:
    if group.called:
        return False
    spaced = not SEPARATORS.search(group.inner) and " " in group.inner.strip()
    parts = group.inner.split() if spaced else split(group.inner)
    axes = [read for part in parts if (read := axis(part))]
    if len(axes) < len(parts) or (len(axes) < 2 and "," not in group.inner):
        return False
    if spaced:
        return len(axes) > 1 and all(read.kind in {"letter", "size"} for read in axes) and symbolic(axes)
    if not numeric(axes):
        return symbolic(axes)
    return _numeric_shape(group, axes, said)


def _numeric_shape(group: Group, axes: list[Axis], said: bool) -> bool:
    if SHAPE_CALL.search(group.before):
        return True
    numbers = [int(read.text) for read in axes if read.text.isdecimal()]
    successive = all(later - earlier == 1 for earlier, later in itertools.pairwise(numbers))
    counted = successive and len(numbers) > 2 and numbers[0] == 1
    if counted or (NUMBERED.match(group.after) and (len(axes) < 3 or successive)):
        return False
    if group.opener == "(":
        return not POINTS.search(group.before)
    return group.opener == "[" and said and len(axes) > 1 and not TOKENS.search(group.before)


def _letters(text: str) -> set[str]:
    return set(re.findall(rf"[{LETTERS}]", text))


def _is_product(match: re.Match[str], text: str) -> bool:
    """곱셈 기호로 적은 형태(N×4H 행렬)인가. 개수(N×T개)를 말하는 것은 형태가 아니다."""
    before, after = text[: match.start()], text[match.end() :]
    if NOUN.match(after):
        return True
    signs, letters = len(re.findall(r"[×*·xX]|by", match.group())), _letters(match.group())
    if not letters:
        return signs > 1 and not COUNTED.search(before) and bool(ENDING.match(after))
    if signs == 1 and len(letters) > 1 and re.search(rf"\d[{LETTERS}]", match.group()):
        return bool(SUBJECT.search(before) and ENDING.match(after)) and not COUNTED.search(before)
    long = signs > 1 and len(letters) > 1
    if "·" in match.group() and not re.search(rf"\d[{LETTERS}]", match.group()):
        return False  # 가운뎃점은 이름을 늘어놓을 때도 쓴다
    return long and not COUNT.match(after) and not COUNTED.search(before) and bool(COPULA.match(after))


def _is_loose(match: re.Match[str], text: str) -> bool:
    """괄호 없이 늘어놓은 형태인가. 배수가 붙었거나, 바로 앞에서 형태를 말한다고 했을 때만 그렇다."""
    if not _letters(match.group()):
        return bool(re.search(r"(?:형태|shape)(?:\(\w+\))?[은는가]\s*$", text[: match.start()]))
    if len(_letters(match.group())) < 2:
        return False
    scaled = len(re.findall(rf"[{LETTERS}]", match.group())) > 2 and re.search(rf"\d[{LETTERS}]", match.group())
    return bool(scaled or re.search(rf"{SAID}$", text[: match.start()]))


def code_shapes(code: str, sentence: str) -> Iterator[str]:
    """줄 안의 코드에서 형태를 찾는다. 코드 글꼴로 적는다고 확인되지는 않는다.

    >>> list(code_shapes("N, T, 9H", "형태는 N, T, 9H입니다"))
    ['N, T, 9H']
    >>> list(code_shapes("tf.zeros([5, 7])", "형태를 넘깁니다"))
    []
    """
    text = plain(code).strip()
    if COMPARED.search(text) or _listed(text):
        yield text
        return
    for shape in bare_shapes(text, sentence):
        # 수뿐인 인자(kernel_size=(3, 3))는 코드다.
        if shape == text or "hape" in text or re.search(rf"[{LETTERS}]|[가-힣]|\w_\w", shape):
            yield shape


def _listed(text: str) -> bool:
    """괄호 없이 축만 늘어놓은 코드인가."""
    parts = SEPARATORS.split(text) if SEPARATORS.search(text) else re.split(r"\s*\*\s*", text)
    axes = [read for part in parts if (read := axis(part))]
    if not (len(parts) == len(axes) > 1) or numeric(axes) or not symbolic(axes):
        return False
    if any(read.kind in {"name", "word"} for read in axes):
        return any(read.scaled and read.kind == "letter" for read in axes)
    return len(axes) > 2 or ("," in text and any(read.scaled for read in axes))


def math_shapes(source: str) -> Iterator[str]:
    """수식에서 형태를 찾는다."""
    yield from (match.group() for match in MATH.finditer(source))
    yield from bare_shapes(MATH_SPACE.sub("", source))


def row_shape(cells: list[str]) -> str:
    """한 칸에 축을 하나씩 적은 줄이면 그 형태. 이름이나 수만 적은 줄은 형태가 아니다."""
    axes = [axis(plain(cell)) for cell in cells]
    run: list[Axis] = []
    for read in [*axes, None]:
        if read is not None and read.kind in {"letter", "size", "foreign"}:
            run.append(read)
            continue
        letters = {one.text for one in run if one.kind != "size"}
        if len(run) > 2 and len(letters) > 1 and any(one.scaled for one in run):
            return " | ".join(cells)
        run = []
    return ""
