"""Every word that a reader or an author sees. The rest of the package hands over codes and data.

The English words are the message ids; translations are in ``locale``. A report has a first line with the place and what
is wrong, and then a row for each thing that helps to mend it.
"""

import gettext
import io
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.locale import get_translation, translators

from shape_claims.outcome import Problem, Rows

CATALOG = "shape_claims"
LOCALE = Path(__file__).parent / "locale"
_ = get_translation(CATALOG)

DENIALS: str = _("(?<![a-z])(?:no|not|never|none|nothing|without|cannot|differs?|different|false|wrong)(?![a-z])|n't")
"""What denies, as a regular expression for each language."""

SENTENCES: Mapping[str, str] = {
    # A claim that cannot be read.
    "no-arrow": _("The arrow (->) is missing: '{text}'. Write '{form}'."),
    "no-expression": _("There is no expression left of the arrow: '{text}'. Write '{form}'."),
    "no-shape-said": _("There is no shape right of the arrow: '{text}'. Write '{form}'."),
    "nothing-said": _("There are no words right of the arrow: '{text}'. Write '{form}'."),
    "not-python": _("What stands left of the arrow is no Python expression: '{expression}'."),
    "no-argument": _("The left side names no argument: '{expression}'. Write 'package.Class.argument'."),
    "same-phrases": _("Both phrases are the same: '{text}'. After the slash, write what a false fact would say."),
    "comment": _("A shape cannot hold a comment: '{shape}'."),
    "no-brackets": _("The shape is no tuple: '{shape}'. Write it in brackets, like (N, T, H)."),
    "no-shape": _("The shape cannot be read: '{shape}'. Write it like (N, T, H)."),
    "no-tuple": _("The shape is no tuple: '{shape}'. A single axis keeps its comma, like (N,)."),
    "list-of-axes": _(
        "The shape is no tuple: '{shape}'. Write one tensor as (N, T, H), several tensors as [(N, H), (N, H)]."
    ),
    "mixed": _("Axes and shapes are mixed in one container: '{shape}'."),
    "no-key": _("A key of the dictionary is no constant: '{shape}'. Keys are in quotes, like {{'kernel': (N, H)}}."),
    "unknown-symbol": _("Unknown symbol: {name} in '{shape}'. Known symbols: {known}."),
    "no-size": _("This value cannot be the size of an axis: {value} in '{shape}'."),
    "operator": _("An axis can be computed with +, -, * and // only: '{shape}'."),
    "no-arithmetic": _("An axis must be arithmetic on symbols and integers: '{part}' in '{shape}'."),
    # What is wrong with a claim that was read.
    "unbound": _("no such name up to this place: {name}"),
    "raised": _("the expression raised an exception"),
    "shapeless": _("the expression has no shape"),
    "unknown-size": _("unknown size of the symbol {letter}: no code up to this place bound an integer to {name}"),
    "rebound": _("the symbol {letter} has two sizes on this page: {before}, later {now}"),
    "nothing-measured": _("the expression measures nothing that the page's code made"),
    "cut": _("the expression cuts the value to size"),
    "glued": _("the expression glues a shape together"),
    "brings-size": _("the expression brings the size {size} itself"),
    "differs": _("the shape is not the claimed one"),
    "weak": _("the shape claim is weak: a false claim would hold as well"),
    "value-differs": _("the value is not the claimed one"),
    "false": _("what is said to be true is false"),
    "value-weak": _("the value claim is weak: a false claim would hold as well"),
    "constant": _("the truth does not depend on the page's code: it holds whatever the code makes"),
    "another-subject": _("the sentence speaks of {subject}, and the expression uses none"),
    "no-denial": _("of a truth's two phrases, exactly one must deny"),
    "swapped": _("the phrases are the wrong way round"),
    "no-otherwise": _("a truth needs two phrases"),
    "unreadable": _("the words cannot be compared with the value"),
    "no-such-argument": _("there is no such argument: {argument}"),
    "no-default": _("the argument has no default: {argument}"),
    "unsuited": _("the values do not suit what shows them"),
}
"""Text for each code, as a message id. ``get_translation`` marks them and translates when a text is written."""

FORMS: Mapping[str, str] = {
    "shape": _("expression -> shape"),
    "value": _("expression -> words"),
    "default": _("package.Callable.argument -> words"),
}
"""How each kind of claim is written."""
REASONS: Mapping[str, str] = {
    "shapeless": _("a value without a shape: {kind}"),
    "unknown-rank": _("a tensor with an unknown number of axes"),
    "no-truth": _("a value of type {kind} is neither true nor false"),
    "kind": _("no words for a value of type {kind}. Claim a number, a string, a type, or a sequence of them"),
    "not-a-number": _("'{text}' is no number. Known words: {known}"),
}
REMEDIES: Mapping[str, str] = {
    "weak": _("make the sizes distinct primes other than {factors}"),
    "value-weak": _("make the sizes distinct primes other than {factors}"),
    "other-sizes": _("choose other sizes: with these, another claim comes out the same"),
    "cut": _("give the piece a name in the page's code and claim that name"),
    "glued": _("claim a value that the page's code made, not a tuple put together from sizes"),
    "brings-size": _("give the value a name in the page's code and claim that name"),
    "nothing-measured": _("use names that the page's code made, not only modules and sizes"),
    "rebound": _("give the other size a name of its own"),
    "constant": _("compare values that the page's code made"),
    "another-subject": _("name what the expression uses, or use what the sentence names"),
    "no-denial": _("let the expression choose the word, as in: 'before' if ... else 'after' -> before"),
    "swapped": _("a phrase that denies goes with an expression that begins with not, or compares with !="),
    "no-otherwise": _("write 'expression -> what is said / what a false fact would say'"),
    "no-such-argument": _("known arguments: {known}"),
}
NOTES: Mapping[str, str] = {
    "checked": _("Executed and checked"),
    "unchecked": _("Not checked yet"),
    "expression": _("Expression"),
    "measured": _("Measured shape"),
    "value": _("Value"),
    "default": _("Default in the signature"),
    "otherwise": _("If it were false"),
    "names-switch": _("Shapes"),
    "names-label": _("Show shapes at the ends of lines"),
    "names-keys": _("Arrow keys: the shape of each name"),
}
ROWS: Mapping[str, str] = {
    "expression": _("expression"),
    "claimed": _("claimed"),
    "otherwise": _("otherwise"),
    "measured": _("measured"),
    "value": _("value"),
    "mutant": _("mutant"),
    "coinciding": _("coinciding"),
    "symbols": _("symbols"),
    "exception": _("exception"),
    "reason": _("reason"),
    "remedy": _("remedy"),
}
"""Rows of a report, in the order in which they are written."""


UNREADABLE: Mapping[str, str] = {
    "shape": _("The shape claim cannot be read."),
    "value": _("The value claim cannot be read."),
    "default": _("The claim about a default cannot be read."),
}


def unreadable(kind: str) -> str:
    """Which kind of claim could not be read."""
    return str(UNREADABLE[kind])


def sentence(code: str, data: Mapping[str, object]) -> str:
    """The words for a code."""
    known = {"form": str(FORMS[str(data["kind"])])} if data.get("kind") in FORMS else {}
    return str(SENTENCES[code]).format_map({**data, **known})


def report(problem: Problem, place: str) -> str:
    """A problem as the author reads it.

    Args:
        problem: What is wrong.
        place: File and line, as in ``docs/page.md:12``.
    """
    rows = dict(problem.rows)
    if problem.reason:
        code, data = problem.reason
        rows["reason"] = str(REASONS[code]).format_map(data)
    remedy = str(problem.data.get("remedy", problem.code))
    if remedy in REMEDIES:
        rows["remedy"] = str(REMEDIES[remedy]).format_map(problem.data)
    labels = {name: str(ROWS[name]) for name in ROWS if name in rows}
    width = max([8, *(columns(label) + 2 for label in labels.values())])
    texts = _level(rows)
    lines = [f"{label}{' ' * (width - columns(label))}{texts[name]}" for name, label in labels.items()]
    what = [unreadable(problem.unreadable)] if problem.unreadable else []
    return "\n  ".join([" ".join([f"{place}:", *what, sentence(problem.code, problem.data)]), *lines])


def _level(rows: Rows) -> dict[str, str]:
    """The rows as text: pairs with an equals sign one below the other, or once where both are the same."""
    width = max((len(row[0]) for row in rows.values() if isinstance(row, tuple)), default=0)
    level = {name: (row, row) if isinstance(row, str) else row for name, row in rows.items()}
    return {name: one if one == same else f"{one.ljust(width)} = {same}" for name, (one, same) in level.items()}


def columns(text: str) -> int:
    """Width of a text in a terminal, where Hangul takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in text)


def denials() -> str:
    """What denies in the language of the build, as a regular expression."""
    return str(DENIALS)


def unchecked(docname: str, number: int) -> str:
    """How many claims stand after an example that failed."""
    return str(_("{page}: {number} claims after the failed example could not be checked.")).format(
        page=docname, number=number
    )


def lost(docname: str, number: int) -> str:
    """How many claims have no result, although nothing failed."""
    return str(_("{page}: {number} claims were not checked: the page's code changes how it is run.")).format(
        page=docname, number=number
    )


def held(number: int, tools: str, folder: str) -> str:
    """The result of a build."""
    return str(_("{number} claims hold{tools}. Evidence: {folder}")).format(number=number, tools=tools, folder=folder)


def failed(pages: list[str]) -> str:
    """Pages on which something does not hold."""
    return str(_("The check failed on: {pages}")).format(pages=", ".join(pages))


def broken() -> str:
    """A process that ran pages has ended by itself."""
    return str(_("A process that ran the pages ended in the middle of one. With -j 1 the last page named is that one."))


def damaged(path: Path, reason: str) -> str:
    """Evidence that cannot be read."""
    return str(_("{path}: the evidence cannot be read ({reason}). Delete the file and run the check again.")).format(
        path=path, reason=reason
    )


def wrong_option(name: str, value: object, use: str) -> str:
    """An option of ``conf.py`` that cannot be used. ``use`` is its help, a message id as well."""
    return str(_("conf.py: {name} cannot be {value!r}. {use}")).format(name=name, value=value, use=str(_(use)))


def note(key: str) -> str:
    """A word of the note that a reader sees on hover."""
    return str(NOTES[key])


def speak(language: str) -> None:
    """Write in a language where no Sphinx application has chosen one."""
    words, compiled = LOCALE / language / "LC_MESSAGES" / f"{CATALOG}.po", io.BytesIO()
    with words.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    translators["general", CATALOG] = gettext.GNUTranslations(compiled)


def setup_words(app: Sphinx) -> None:
    """Load the translations. They are compiled among the doctrees, so that the package holds no compiled file."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = Path(app.doctreedir, "locale", source.relative_to(LOCALE)).with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as words, target.open("wb") as compiled:
            write_mo(compiled, read_po(words))
    translators.pop(("general", CATALOG), None)  # another build in this process may have had another language
    app.add_message_catalog(CATALOG, str(Path(app.doctreedir, "locale")))
