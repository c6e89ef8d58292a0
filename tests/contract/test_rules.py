"""규칙: 걸리는 것은 모두 거절되고, 조건마다 이유가 있고, 적은 이유는 실제와 같다."""

import pytest
from support import ROOT

from rnn_shapes.contract import data, measuring
from rnn_shapes.contract.cases import KERAS, Case
from rnn_shapes.contract.data import Measured, Refused
from rnn_shapes.contract.rules import MISREAD, NOT_REVERSED, RULES, TRAPS, UNREVERSED, Rule
from rnn_shapes.contract.verifying import verify
from rnn_shapes.contract.words import combination

FILE = ROOT / data.FILE
SIZES = {"N": 5, "T": 7, "D": 11, "H": 13}
ACCEPTED = Measured("(N, H)", (), "0", ("last_output",))
STATEFUL = Case("LSTM", {"stateful": True}, inputs="input")
UNROLLED = Case("LSTM", {"unroll": True, "return_sequences": True}, "Bidirectional", mask=True)


@pytest.fixture(scope="session")
def found():
    """탐색기에서 고를 수 있는 꼴로 잰 것."""
    return [
        (entry.case, keras, result)
        for entry in data.load(FILE).entries
        for keras, result in entry.results.items()
        if entry.case.usual_state
    ]


def test_kept_data_obeys_the_rules(found):
    """잰 것은 모두, 규칙에 걸리면 거절되거나 적은 대로 틀리고 걸리지 않으면 그렇지 않다."""
    for case, keras, result in found:
        verify(case, keras, result)
    assert len(found) > 2000


WRONG = [rule for rule in TRAPS if rule.wrong or rule.fit]


def hits(rule, result):
    """규칙이 말한 일이 일어났는가."""
    if rule in RULES:
        return isinstance(result, Refused)
    return isinstance(result, Measured) and (rule.wrong in result.wrong if rule.wrong else bool(result.fit))


def refused(facts):
    """거절되는 조합인가."""
    return any(rule.applies(facts) for rule in RULES)


@pytest.mark.parametrize("rule", [*RULES, *WRONG], ids=lambda rule: combination(rule.when))
def test_every_condition_of_a_rule_is_needed(found, rule):
    """규칙마다 걸리는 경우를 쟀고, 조건을 하나만 풀면 아무 일 없는 경우도 쟀다."""
    judged = [
        (case.facts(keras), hits(rule, result))
        for case, keras, result in found
        if rule in RULES or case.inputs == "tensor" or rule.fit  # 값이 틀렸는지는 값이 있어야 안다
    ]
    caught = {facts["keras"]: bad for facts, bad in judged if rule.applies(facts) and bad}
    accepted = [bad for facts, bad in judged if rule.applies(facts) and (rule in RULES or not refused(facts))]
    assert caught and all(accepted)
    assert set(rule.says) == (set(caught) if rule in RULES else set())
    for name, values in rule.when.items():
        others = Rule({key: chosen for key, chosen in rule.when.items() if key != name}, "")
        assert not all(bad for facts, bad in judged if facts[name] not in values and others.applies(facts)), name


def test_misread_shape_differs_from_the_true_one(found):
    """Keras 3이 Input으로 부를 때 잘못 적는다고 한 형태는, 값을 넣었을 때의 형태와 정말로 다르다."""
    misread = [(case, result) for case, keras, result in found if MISREAD.applies(case.facts(keras))]
    said = [result.returns for _, result in misread if isinstance(result, Measured)]
    assert said and not any("G" in returns for returns in said)
    different = [(case, result) for case, _, result in found if case.wrap == "backward_layer" and not case.same_units]
    true = [result for case, result in different if case.inputs == "tensor"]
    assert all("G" in result.returns for result in true if isinstance(result, Measured))


@pytest.mark.parametrize(
    ("case", "result", "words"),
    [
        (
            Case("LSTM"),
            Refused("ValueError", "안 됨"),
            "거절한다는 규칙이 없는데 거절되었습니다. contract/rules.py를 고치세요",
        ),
        (STATEFUL, ACCEPTED, "거절한다는 규칙이 있는데 받아들여졌습니다"),
        (
            STATEFUL,
            Refused("ValueError", "다른 이유"),
            "거절하는 말이 적은 것.*the batch size must be static.*과 다릅니다",
        ),
        (
            Case("LSTM"),
            Measured("(N, H)", (), "0", wrong=("other",)),
            "틀린 것이 규칙에는 ‘’, 실행한 결과는 ‘other’입니다",
        ),
        (UNROLLED, ACCEPTED, f"틀린 것이 규칙에는 ‘{NOT_REVERSED}’, 실행한 결과는 ‘’입니다"),
        (
            STATEFUL,
            Refused("ValueError", "the batch size must be static", late=True),
            "규칙에는 부를 때 거절한다고 했습니다",
        ),
        (
            Case("LSTM", {"unroll": True}, inputs="any_length"),
            ACCEPTED,
            "훈련할 때의 오류가 규칙에는 ‘Cannot unroll.*’, 실행한 결과는 ‘’입니다",
        ),
    ],
)
def test_rules_must_match_what_happens(case, result, words):
    """규칙에 없는 거절도, 거절되지 않는 규칙도, 다른 이유도, 말없이 틀린 값도 그냥 지나가지 않는다."""
    with pytest.raises(ValueError, match=rf"\(Keras 3\): {words}"):
        verify(case, 3, result)


def test_oddly_written_initial_state_is_not_judged():
    """초기 상태를 달리 적은 것은 그 결과가 잴 것이므로 규칙과 비교하지 않는다."""
    verify(Case("LSTM", initial_state="too_few"), 3, Refused("IndexError", "list index out of range"))


def both_ways(keras, forward, backward, **options):
    """유닛 수를 따로 정한 양방향 층을 불러 출력의 형태를 잰다."""
    import tensorflow as tf
    import tf_keras

    layers = {3: tf.keras.layers, 2: tf_keras.layers}[keras]
    units, one = forward
    other_units, other = backward
    layer = layers.Bidirectional(layers.LSTM(units, **one), backward_layer=layers.LSTM(other_units, **other), **options)
    return tuple(layer(tf.random.normal([7, 5, 11])).shape)


@pytest.mark.parametrize("keras", KERAS)
@pytest.mark.parametrize("merge", ["sum", "mul", "ave"])
def test_one_unit_is_broadcast_silently(keras, merge):
    """유닛 수가 다른 두 출력은 합칠 수 없지만, 어느 쪽이든 1이면 오류 없이 브로드캐스팅된다."""
    assert "한쪽이 1이면 오류 없이 브로드캐스팅됩니다" in RULES[-1].why
    backwards = {"go_backwards": True}
    assert both_ways(keras, (13, {}), (1, backwards), merge_mode=merge) == (7, 13)
    assert both_ways(keras, (1, {}), (13, backwards), merge_mode=merge) == (7, 13)
    with pytest.raises(Exception, match="Incompatible shapes"):
        both_ways(keras, (13, {}), (17, backwards), merge_mode=merge)


@pytest.mark.parametrize("keras", KERAS)
def test_directions_must_differ(keras):
    """``backward_layer``를 주면 두 층의 ``go_backwards``는 어느 쪽이 참이든 달라야 하고, 같으면 거절된다."""
    on, off = {"go_backwards": True}, {}
    assert both_ways(keras, (13, off), (17, on)) == both_ways(keras, (13, on), (17, off)) == (7, 30)
    for same in (on, off):
        with pytest.raises(ValueError, match=r"should have different (`go_backwards`|go_backwards) value"):
            both_ways(keras, (13, same), (17, same))


def test_same_reason_has_the_same_proof():
    """펼친 층의 이유를 적은 규칙은 모두, 뒤집지 않은 마스크로 0을 채운 값과 같다고 쟀다."""
    assert {rule.wrong for rule in TRAPS if rule.why == UNREVERSED} == {NOT_REVERSED}


@pytest.mark.parametrize("layer", ["SimpleRNN", "LSTM"])
@pytest.mark.parametrize("merge", ["sum", "mul", "ave"])
def test_late_refusal_is_seen_by_calling_with_values(layer, merge):
    """Keras 3이 Input으로 부를 때 받아들이는 조합은, 그 층을 값을 넣어 다시 불러 거절되는지 본다."""
    case = Case(layer, {"merge_mode": merge}, "backward_layer", "input")
    refused = measuring.measure_case(case, 3)
    assert "Incompatible shapes: [N,H] vs. [N,G]" in refused.message and refused.late
    assert not measuring.measure_case(case, 2).late


@pytest.mark.parametrize("keras", KERAS)
def test_reversed_mask_is_the_remedy(keras):
    """거꾸로 읽은 층 위에 쌓은 층은 틀리지만, 뒤집은 마스크를 주면 빈자리 없이 읽은 것과 같다."""
    space = measuring.run(Case("GRU", {"return_sequences": True, "go_backwards": True}, mask=True), keras, SIZES)
    tf, outputs, mask, layer = (space[name] for name in ("tf", "outputs", "mask", "layer"))
    upper = {3: tf.keras, 2: space["tf_keras"]}[keras].layers.GRU(3)
    alone = upper(layer(space["inputs"][1:2, :2]))  # 둘째 샘플의 진짜 자리는 둘이다
    assert not tf.experimental.numpy.allclose(upper(outputs)[1:2], alone, atol=1e-5)
    assert tf.experimental.numpy.allclose(upper(outputs, mask=mask[:, ::-1])[1:2], alone, atol=1e-5)
