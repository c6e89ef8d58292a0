"""Predictions in HTML: the form that asks, the folded solution, the script that answers."""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from shape_claims.config import Settings
from shape_claims.evidence import Record
from shape_claims.marks import shows
from shape_claims.nodes import own_claims
from shape_claims.predicting import messages
from shape_claims.predicting.answers import answer
from shape_claims.predicting.directive import (
    PredictDirective,
    asked,
    prediction,
    prediction_prompt,
    prediction_solution,
)

SCRIPT, STYLE = "shape-claims-predict.js", "shape-claims-predict.css"


def visit_prediction(translator: HTML5Translator, node: prediction) -> None:
    """Open a prediction, and hand the key to its form."""
    claim = asked(node, node["claim"])
    record: Record | None = claim["records"][0] if claim is not None and "records" in claim else None
    if claim is not None and record is not None:
        settings, sizes = Settings.of(translator.config), _sizes(translator.document)
        node.prompt["answer"] = answer(claim.entries[0].claim, record, node["others"], settings, sizes)
        node.prompt["id"] = f"predict-{claim['number']}"
    translator.body.append('<div class="prediction">')


def _sizes(document: nodes.document) -> dict[str, int]:
    """The size of every letter on the page. A letter has one size on a page."""
    records: list[Record] = []
    for claim in own_claims(document):
        records += filter(None, claim["records"])
    return {letter: size for record in records for letter, size in record.sizes.items()}


def depart_division(translator: HTML5Translator, node: nodes.Element) -> None:
    """Close a prediction."""
    translator.body.append("</div>\n")


def visit_prompt(translator: HTML5Translator, node: prediction_prompt) -> None:
    """Open the form, up to its label."""
    if "answer" not in node:  # nothing is known of the claim, so nobody could say what is right
        raise nodes.SkipNode
    made, identity = node["answer"], node["id"]
    said = {key: value for key, value in made.items() if key != "choices"}
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    # In single quotes, for the data is full of double ones.
    data = escape(data, quote=False).replace("'", "&#39;")
    label = "<fieldset><legend>" if made["kind"] == "choice" else f'<label for="{identity}">'
    translator.body.append(f"""<form class="prediction-form" data-prediction='{data}' autocomplete="off">{label}""")
    if not node.children:
        translator.body.append(escape(str(messages.UNITS[made["kind"]])))


def depart_prompt(translator: HTML5Translator, node: prediction_prompt) -> None:
    """Close the label, and write what the reader fills in."""
    made, identity = node["answer"], node["id"]
    check = f'<button type="submit">{escape(str(messages.CHECK))}</button>'
    reply = f'<p class="prediction-reply" id="{identity}-reply" role="status"></p></form>\n'
    if made["kind"] == "choice":
        choices = "".join(_choice(text) for text in made["choices"])
        translator.body.append(f"</legend>{choices}{check}</fieldset>{reply}")
    else:
        entry = (
            f'<input id="{identity}" name="answer" type="text" autocapitalize="off" spellcheck="false"'
            f' aria-describedby="{identity}-reply">'
        )
        translator.body.append(f'</label><div class="prediction-row">{entry}{check}</div>{reply}')


def _choice(text: str) -> str:
    shown = f"<code>{escape(text)}</code>" if text.isascii() and re.search(r"[A-Za-z_]", text) else escape(text)
    return f'<label><input type="radio" name="choice" value="{escape(text)}"> <span>{shown}</span></label>'


def visit_solution(translator: HTML5Translator, node: prediction_solution) -> None:
    """Open the folded solution."""
    summary = escape(str(messages.SOLUTION))
    translator.body.append(f'<details class="prediction-solution"><summary>{summary}</summary>\n<div>')


def depart_solution(translator: HTML5Translator, node: prediction_solution) -> None:
    """Close the folded solution."""
    translator.body.append("</div></details>\n")


def write_script(app: Sphinx) -> None:
    """Write the script with its words, without comments and indentation."""
    if not shows(app):
        return
    source = Path(__file__).with_name("predict.js").read_text(encoding="utf-8")
    lines = [line.strip() for line in source.splitlines()]
    code = "\n".join(line for line in lines if line and not line.startswith(("//", "/*", "*")))
    words = json.dumps(messages.replies(), ensure_ascii=False, separators=(",", ":"))
    path = Path(app.outdir, "_static", SCRIPT)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"const shapePredictionWords={words};\n{code}\n", encoding="utf-8")


def load(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the script and the style where there is a prediction."""
    if doctree and shows(app) and next(iter(doctree.findall(prediction)), None) is not None:
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT)


def setup_predicting(app: Sphinx) -> None:
    """Register the directive, its nodes and what they load."""
    app.add_directive("predict", PredictDirective)
    app.add_node(prediction, html=(visit_prediction, depart_division))
    app.add_node(prediction_prompt, html=(visit_prompt, depart_prompt))
    app.add_node(prediction_solution, html=(visit_solution, depart_solution))
    app.connect("builder-inited", write_script)
    app.connect("html-page-context", load)
