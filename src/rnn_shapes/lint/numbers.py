"""글에 적힌 수를 읽고, 세거나 잰 수와 이름에 든 수를 가린다."""

import re
from collections.abc import Iterator

ONES = {"셋": 3, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
BEFORE_NOUN = {"세": 3, "네": 4, "석": 3, "넉": 4}
"""뒤에 이름이 올 때의 모양."""
COUNTERS = (
    r"개|벌|번|가지|줄|칸|겹|쌍|배|층|종류|축|값|텐서|셀|게이트|상태|그림|문장|유닛|방향|타임스텝|곳|단계|표|이름|행렬"
)
WORD = re.compile(
    rf"(?<![가-힣])(?:(?P<one>{'|'.join(ONES)})(?P<ordinal>째)?(?:(?<!열)|(?=\s(?:{COUNTERS})))"
    rf"|(?P<noun>{'|'.join(BEFORE_NOUN)})(?=\s(?:{COUNTERS})))"
)
DIGITS = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]*[A-Za-z_])")
ROUGH = re.compile(r"\s?(?:쯤|정도|가량|여)")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|『[^』]*』|\"[^\"]*\"")
PRODUCTS = (
    "tf_keras|Keras|케라스|TensorFlow|텐서플로우?|Python|파이썬|NumPy|넘파이|Sphinx|PyTorch|파이토치|CUDA|cuDNN|GPT"
    "|버전|판"
)
VERSION = r"\d+(?:\.\d+)*"
COUNTED = r"(?!\s?(?:[개배번줄칸벌%]|\d))"
"""세는 말이 뒤따르지 않음."""

NAMES = (
    # 버전: Keras 3, TensorFlow 2.16과 2.21, 2.x, 3.15.1
    rf"(?:{PRODUCTS})(?:[은는이가의]|\([^)]*\))?\s?v?{VERSION}"
    rf"(?:(?:와|과|, ?|나|이나|부터|에서|~|–|-)\s?{VERSION}{COUNTED})*",
    rf"v?{VERSION}\.x|\d+(?:\.\d+){{2,}}|{VERSION}\s?(?:버전|판)(?![가-힣]*단)",
    # 날짜와 연도, 시각
    r"\d{2}년대|(?:19|20)\d{2}(?:년(?:대)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)|\d{1,2}월(?:\s?\d{1,2}일)?|\d{1,2}세기|\d{1,2}:\d{2}",
    r"\((?:[^()]*,\s*)?(?:19|20)\d{2}(?:,\s*(?:19|20)\d{2})*\)",
    # 그림과 표, 장과 절, 줄과 단계의 번호
    r"(?:그림|표|식|장|절|연습|문제|예제|단계|부|쪽|줄|번호|항목|이슈|보기|참고)\s?#?"
    rf"\d+(?:[.-]\d+)*(?:, ?\d+)*{COUNTED}",
    rf"(?:Chapter|Section|Figure|Table|Step|Part|Day) {VERSION}|(?:{PRODUCTS})\({VERSION}(?:, ?{VERSION})*\)",
    r"\d+(?:[.-]\d+)*번\s(?:그림|표|식|예제|문제|연습|페이지|줄|행|열|칸|항목)",
    r"\d+(?:[.-]\d+)*\s?(?:장|절|부|쪽|단계|항|차)(?![가-힣]*\s?(?:커|늘|줄))",
    r"(?:그림|표|식)\s?\(\d+\)|#\d+|\[\d+(?:,\s?\d+)*\]|§\d+",
    # 시그모이드와 tanh의 범위는 뜻매김이다. 한 글자라도 다르면 세거나 잰 수다.
    r"(?<![\d.-])(?:0|-1)과 1 ?사이",
    # 이름에 든 수: S1, h_0, float32, 1D, 32비트
    r"[A-Za-z_]+-?\d[\w.]*|(?<!\w)\d[Dd](?![A-Za-z])|\d+(?:차원|-?bit|비트)",
)
"""이름에 든 수. 세거나 잰 것이 아니므로 틀릴 수 없다."""
NAMED = re.compile("|".join(NAMES))
FRACTION = re.compile(r"\d+분의\s?\d+")


def unnamed(text: str) -> str:
    """이름에 든 수와 따옴표에 든 글을 지운다."""
    return NAMED.sub("", QUOTED.sub("", text))


def digits(text: str) -> Iterator[tuple[str, float, bool]]:
    """숫자로 적은 수와 그 값. 어림수(0.99쯤)는 글자로 비교할 수 없으므로 뺀다.

    >>> list(digits("유닛 5개를 0.5에서 1까지, Keras 3"))
    [('5', 5.0, False), ('0.5', 0.5, False), ('1', 1.0, False)]
    """
    text = unnamed(text)
    for match in DIGITS.finditer(text):
        if not ROUGH.match(text[match.end() :]):
            yield match.group(), float(match.group().replace(",", "")), False


def words(text: str) -> Iterator[tuple[str, float, bool]]:
    """우리말로 적은 셋 이상의 수와 그 값, 차례이면 참. 하나와 둘은 세는 뜻 없이도 흔히 쓴다.

    >>> list(words("게이트 셋과 네 벌, 셋째 문장. 세상"))
    [('셋', 3, False), ('네', 4, False), ('셋', 3, True)]
    """
    for match in WORD.finditer(text):
        if match["one"]:
            yield match["one"], ONES[match["one"]], bool(match["ordinal"])
        else:
            yield match["noun"], BEFORE_NOUN[match["noun"]], False
