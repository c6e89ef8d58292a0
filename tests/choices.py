"""탐색기에서 고를 수 있는 조합을 아무렇게나 뽑는다. 파이썬 시험과 브라우저 시험이 함께 쓴다."""

import random

from rnn_shapes.contract.cases import CHOICES, DEFAULTS, INPUTS, KERAS, LAYERS, STEPS, Case


def random_cases(seed, number, table):
    """거절되지 않는 조합 ``number``개와 저마다의 Keras. 같은 ``seed``이면 언제나 같다."""
    chance = random.Random(seed)  # noqa: S311 - 시험할 조합을 고를 뿐이다
    found = []
    while len(found) < number:
        name = chance.choice(list(LAYERS))
        layer = LAYERS[name]
        wrap = chance.choice(layer.wraps)
        allowed = [option for option in layer.options if wrap not in STEPS or option in ("use_bias", "reset_after")]
        if wrap == "backward_layer":
            allowed.remove("go_backwards")
        if "Bidirectional" not in wrap and wrap != "backward_layer":
            allowed = [option for option in allowed if option != "merge_mode"]
        chosen = {
            option: chance.choice([value for value in CHOICES.get(option, (True, False)) if value != DEFAULTS[option]])
            for option in DEFAULTS
            if option in allowed and chance.random() < 0.4
        }
        sequence = bool(layer.states) and wrap not in STEPS
        mask = (sequence or name == "TimeDistributed") and chance.random() < 0.3
        state = "list" if sequence and chance.random() < 0.3 else ""
        inputs = [form for form in INPUTS if form != "any_length" or wrap not in STEPS]
        case = Case(name, chosen, wrap, chance.choice(inputs), mask, state)
        keras = chance.choice(list(KERAS))
        if not table.refusal(case, keras):
            found.append((case, keras))
    return found
