"""탐색기에서 고를 수 있는 조합을 아무렇게나 뽑는다. 파이썬 시험과 브라우저 시험이 함께 쓴다."""

import random

from rnn_shapes.contract.cases import DEFAULTS, KERAS, LAYERS, Case, options_of


def random_cases(seed, number):
    """고를 수 있는 조합 ``number``개와 저마다의 Keras. 거절되는 조합도 있다. 같은 ``seed``이면 언제나 같다."""
    chance = random.Random(seed)  # noqa: S311 - 시험할 조합을 고를 뿐이다
    for _ in range(number):
        name = chance.choice(list(LAYERS))
        wrap = chance.choice(LAYERS[name].wraps)
        chosen = {
            setting: chance.choice(values if setting == "inputs" else values[1:])
            for setting, values in options_of(name, wrap).items()
            if setting == "inputs" or chance.random() < 0.4
        }
        options = {key: chosen[key] for key in DEFAULTS if key in chosen}
        rest = {key: value for key, value in chosen.items() if key not in DEFAULTS}
        yield Case(name, options, wrap, **rest), chance.choice(list(KERAS))


def accepted_cases(seed, number, table):
    """거절되지 않는 조합 ``number``개와 저마다의 Keras."""
    found = (pair for pair in random_cases(seed, 10 * number) if not table.refusal(*pair))
    return [next(found) for _ in range(number)]
