"""Every word that an author sees of accepting. The rest of it hands over codes and data, as in the whole package."""

from collections.abc import Mapping

from shape_claims.messages import _, report
from shape_claims.outcome import Problem

REFUSALS: Mapping[str, str] = {
    "problem": _("left as it is: other words on the right do not mend this claim"),
    "renewed": _("left as it is: as '{text}', the claim would not do either"),
    "syntax": _("left as it is: the new claim could not be read. {reason}"),
    "unsayable": _("left as it is: there are no words for the value {value}"),
    "no-word": _("left as it is: the table of words has none for {value} in the place of '{text}'"),
    "many-ways": _("left as it is: {value} can be said in more than one way. Choose one: {ways}"),
    "exception": _("left as it is: the example raised an exception, and what stands after it did not run. {exception}"),
    "address": _("left as it is: the output names a place in memory, which is another one every time"),
    "unwritable": _("left as it is: the output cannot be written below an example"),
    "no-output": _("left as it is: the code prints something, and no block of output follows it"),
    "empty-output": _("left as it is: the code prints nothing. Take the block of output away"),
    "unstable": _("left as it is: another run of the page gave another result"),
    "no-file": _("left as it is: the text does not stand in a file of its own"),
    "not-found": _("left as it is: the text was not found in the file as Sphinx read it"),
    "many-found": _("left as it is: the file has {found} texts like this, the page {expected} of them"),
    "conflict": _("left as it is: two pages that include this file disagree"),
    "changed": _("not written: the file was changed while the page ran. Run it again"),
    "no-run": _("the page could not be run. The reason stands above"),
}
"""Why something is not renewed."""


def refusal(place: str, code: str, data: Mapping[str, object], problem: Problem | None = None) -> str:
    """What is not renewed, where, and why."""
    first = f"{place}: {str(REFUSALS[code]).format_map(data)}"
    more = report(problem, place).removeprefix(f"{place}: ").splitlines() if problem else []
    return "\n  ".join([first, *more])


def question(number: int) -> str:
    """What an author is asked before anything is written."""
    return str(_("Write these {number} changes? [y/N] ")).format(number=number)


def accepted(number: int, refused: int, files: list[str], *, written: bool) -> str:
    """The result of accepting."""
    if not number:
        done = _("Nothing to change.")
    elif written:
        done = _("Wrote {number} changes to {files}. Check the pages again.")
    else:
        done = _("Wrote nothing. {number} changes are open in {files}.")
    left = str(_(" {refused} places were left as they are.")).format(refused=refused) if refused else ""
    return f"{str(done).format(number=number, files=', '.join(files))}{left}"
