"""진짜 TensorFlow Addons가 내는 값을 재어 ``docs/howto/addons.txt``에 적는다: ``nox -s addons-reference``.

이 사이트의 TensorFlow에서는 Addons를 가져올 수 없다. 그래서 ``docs/howto/migrate-addons.md``의 주장은 이 파일에 적힌
값을 본다. 가중치와 입력은 시드에서 만들므로 나온 값만 적으면 된다. ``model.py``는 페이지에도 그대로 보이는 코드다.
"""

import ast
import hashlib
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import decoding
import parts
import tensorflow as tf
import tensorflow_addons as tfa

HERE = Path(__file__).parent
RECORDED = HERE.parent.parent / "docs" / "howto" / "addons.txt"
WIDTH = 76
FACTS = (
    parts.names,
    parts.defaults,
    decoding.shapes,
    decoding.training,
    decoding.greedy,
    decoding.beams,
    decoding.after_the_end,
    decoding.sampling,
    parts.attention,
    parts.losses,
    parts.monotonic,
    parts.cells,
    parts.reservoir,
    parts.quotes,
)
"""재는 함수. 이름이 기록의 이름이다."""


def main() -> None:
    """재고, 달라졌으면 적는다. ``--check``이면 적지 않고 알린다."""
    found = {
        "versions": {"tensorflow": tf.__version__, "tensorflow_addons": tfa.__version__},
        "model.py": hashlib.sha256((HERE / "model.py").read_bytes()).hexdigest()[:16],
        **{fact.__name__: measured(fact) for fact in FACTS},
    }
    before = RECORDED.read_text(encoding="utf-8") if RECORDED.is_file() else "recorded = {}"
    if close(ast.literal_eval(before.partition(" = ")[2].removesuffix("```\n").strip()), found):
        return
    if "--check" in sys.argv:
        sys.exit(f"Addons가 {RECORDED.name}과 다른 값을 냈습니다. noxfile.py addons-reference로 다시 재세요.")
    lines = ["```{testcode}", "recorded = {", *written(found), "}", "```", ""]
    RECORDED.write_text("\n".join(lines), encoding="utf-8")


def close(before: object, now: object) -> bool:
    """적은 것이 같은가. 컴퓨터마다 마지막 자리가 다를 수 있는 수는 가까우면 된다."""
    if isinstance(before, dict) and isinstance(now, dict):
        return list(before) == list(now) and all(close(before[name], now[name]) for name in now)
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(close, before, now))
    if isinstance(before, float) and isinstance(now, float):
        return math.isclose(before, now, abs_tol=2e-5)
    return type(before) is type(now) and before == now


def measured(fact: Callable[[], dict]) -> dict:
    """언제나 같은 난수에서 시작해 잰다."""
    tf.keras.utils.set_random_seed(1)
    return fact()


def written(value: dict, indent: str = "    ") -> "list[str]":
    """딕셔너리의 줄. 한 줄에 들어가는 것은 한 줄에 적는다."""
    lines = []
    for key, item in value.items():
        lines += fitted(f"{indent}{json.dumps(key)}: ", item, indent)
    return lines


def fitted(start: str, item: object, indent: str) -> "list[str]":
    """``start`` 다음에 값 하나를 적은 줄."""
    whole = f"{start}{plain(item)},"
    if len(whole) <= WIDTH:
        return [whole]
    if isinstance(item, dict):
        return [f"{start}{{", *written(item, indent + "    "), f"{indent}}},"]
    if isinstance(item, list):
        deeper = indent + "    "
        if any(isinstance(each, (list, dict)) for each in item):
            inside = [line for each in item for line in fitted(deeper, each, deeper)]
        else:
            inside = filled_lines([plain(each) for each in item], deeper)
        return [f"{start}[", *inside, f"{indent}],"]
    return [f"{start}(", *halves(str(item), indent + "    "), f"{indent}),"]


def filled_lines(words: "list[str]", indent: str) -> "list[str]":
    """쉼표로 이은 낱말을 폭에 맞춘 줄."""
    lines, line = [], indent
    for word in words:
        if len(line) + len(word) + 1 > WIDTH:
            lines.append(line.rstrip())
            line = indent
        line += f"{word}, "
    return [*lines, line.rstrip()]


def halves(text: str, indent: str) -> "list[str]":
    """긴 글을 이어 붙는 여러 줄의 글로."""
    lines, line = [], ""
    for word in text.split(" "):
        if len(indent) + len(line) + len(word) + 3 > WIDTH:
            lines.append(line)
            line = ""
        line += f"{word} "
    lines.append(line[:-1])
    return [f"{indent}{plain(line)}" for line in lines]


def plain(item: object) -> str:
    """파이썬의 글로 적은 값."""
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    if isinstance(item, list):
        return "[" + ", ".join(map(plain, item)) + "]"
    if isinstance(item, dict):
        return "{" + ", ".join(f"{plain(key)}: {plain(value)}" for key, value in item.items()) + "}"
    return repr(item)


if __name__ == "__main__":
    main()
