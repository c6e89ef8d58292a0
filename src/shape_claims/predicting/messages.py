"""Every word of a prediction, for authors and for readers. What readers see is written into the script."""

from collections.abc import Mapping

from shape_claims.messages import _

REPLIES: Mapping[str, str] = {
    "right": _("Right:"),
    "wrong": _("Not yet."),
    "reason": _("The reason is in the solution below."),
    "empty": _("Answer first."),
    "other": _("It is something else."),
    # What cannot be read.
    "no-shape": _("This cannot be read as a shape. Write it in letters or numbers, with commas between the axes."),
    "no-number": _("This cannot be read as a number. Write it in digits, like 5 or 0.5."),
    "no-letter": _("This page has no letter {0}. Its letters: {1}."),
    # Shapes, by what distinguishes them from the key.
    "lucky": _("This comes out right with these sizes only. With other sizes it would be wrong."),
    "swapped": _("The sizes are right, but the axes stand in another order."),
    "missing": _("One axis is missing: {0}. Not one comes out, but as many as that."),
    "extra": _("There is one axis too many: the {0}. Along it, only one comes out."),
    "times": _("Only the {0} axis is too small. Something to multiply by is missing."),
    "over": _("Only the {0} axis is too large. It is multiplied by too much."),
    "axes": _("What is wrong: the {0} axis."),
    "rank": _("The number of axes is another one. What does each axis count?"),
    "single": _("Only one tensor comes out, and not in a container."),
    "held": _("The shape is right, but it comes in a container. Put brackets around it: [...]"),
    "count": _("The number of tensors is another one."),
    "within": _("The {0} tensor: {1}"),
    # Numbers and names.
    "sign": _("The size is right, the sign is not."),
    "precise": _("Close. It needs more decimals."),
    "more": _("It is more than that."),
    "less": _("It is less than that."),
    "order": _("The names are right, their order is not."),
    "some": _("What you named belongs there, but something is missing."),
    "some-wrong": _("Not everything that you named belongs there."),
    "nth": _("first second third fourth fifth sixth seventh"),
    "ending": _(" *[a-z]*[.]?$"),
}
"""What the script says, by code. ``nth`` are the ordinals; ``ending`` is what may follow a number or a name."""
UNITS: Mapping[str, str] = {
    "shape": _("The shape"),
    "number": _("The number"),
    "names": _("The names, in order"),
    "text": _("The answer"),
    "choice": _("The answer"),
}
"""What stands before the field where the author says nothing."""
CHECK: str = _("Check")
SOLUTION: str = _("Solution")


def replies() -> dict[str, str]:
    """The words of the script, in the language of the build."""
    return {code: str(_(text)) for code, text in REPLIES.items()}


def axis(letter: str, meaning: str) -> str:
    """What an axis counts."""
    return str(_("{letter} ({meaning})")).format(letter=letter, meaning=meaning) if meaning else letter


def no_claim(wanted: str, known: list[str]) -> str:
    """A prediction without what it asks for."""
    if not known:
        return str(_("The prediction holds no claim. Write a claim into it: its record is the key."))
    text = str(_("The prediction holds no claim on '{wanted}'. It has: {known}"))
    return text.format(wanted=wanted, known=", ".join(known))
