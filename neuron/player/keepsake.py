"""A page to keep: the stage as a single HTML file, which needs neither a network nor Python.

It contains the page's scripts, and what only Python computes (text, axes, ruler) for the saved run
and for every alpha that can be set on the ruler. For other settings it says that its text belongs
to the saved run.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from gzip import compress
from html import escape
from typing import Any
from urllib.parse import urlsplit

from neuron.charts.ruler import Ruler, ruler
from neuron.core.dynamics import dynamics
from neuron.player import files, plotlyjs
from neuron.player.markup import stage_css, stage_html
from neuron.player.payloads import as_json
from neuron.player.stage import stage_payload
from neuron.state.parameters import ALPHA, CONTROLS, Settings
from neuron.state.state import State
from neuron.words.numbers import GIVEN_DIGITS, number
from neuron.words.program import program
from neuron.words.rule import ARITHMETIC


def keepsake(settings: Settings, link: str = "") -> str:
    """The page to keep for a run, as HTML.

    link: the page it was saved from; left out unless it is an http or https URL.
    """
    settings = _alone(settings)
    saved = _payload(settings)
    theory = dynamics(settings.training, settings.weight, settings.alpha)
    answers = [[alpha, _answer(settings, alpha, saved)] for alpha in stops(ruler(theory))]
    plotly = plotlyjs.needed((plotlyjs.FOLDER / plotlyjs.NAME).read_bytes())
    packed = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    data = b64encode(compress(packed.encode(), mtime=0)).decode()
    live = ""
    if urlsplit(link).scheme in ("http", "https"):
        live = f' <a href="{escape(link)}">Open it on the page it was saved from</a>.'
    parts = {
        "style": stage_css() + files.web_file("keepsake.css"),
        "sentence": escape(settings_in_words(settings)),
        "live": live,
        "stage": stage_html(),
        "arithmetic": html_of(ARITHMETIC),
        "saved": json.dumps(saved).replace("<", "\\u003c"),
        "answers": data,
        "plotly": _within_html(plotly.decode()),
        "script": _within_html(f'{files.bundle(files.KEEPSAKE)}module("{files.KEEPSAKE}");'),
    }
    page = files.web_file("keepsake.html")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], page)


def stops(ruler: Ruler) -> list[float]:
    """Every alpha that can be set on the ruler: all its steps, its marks and its named places."""
    # Rounded as in the browser.
    count = round(ruler.top / ruler.step) + 1
    evenly = {float(f"{k * ruler.step:.12g}") for k in range(count)}
    named = {mark.alpha for mark in ruler.marks} | {place.alpha for place in ruler.places}
    return sorted(alpha for alpha in evenly | named if alpha <= ALPHA.high)


def settings_in_words(settings: Settings) -> str:
    """The settings of a run: ``input 2, goal 2, starting weight 0, alpha 0.1, iterations 18``."""
    told = [
        f"{control.label.lower()} {number(control.of(settings), GIVEN_DIGITS)}"
        for control in CONTROLS
    ]
    for examples, name in ((settings.more, "further training data"), (settings.test, "test data")):
        if examples:
            pairs = (
                f"{number(one.input, GIVEN_DIGITS)} → {number(one.goal, GIVEN_DIGITS)}"
                for one in examples
            )
            told.append(f"{name} {'; '.join(pairs)}")
    return ", ".join(told)


def html_of(markdown: str) -> str:
    """One of our texts, in a small subset of Markdown, as HTML."""
    return "\n".join(map(_block, markdown.strip().split("\n\n")))


def _block(block: str) -> str:
    """A paragraph, or a table with its header in the first line."""
    if not block.startswith("|"):
        return f"<p>{_marked(block)}</p>"
    head, _, *body = ([_marked(cell) for cell in row.split("|")[1:-1]] for row in block.split("\n"))
    lines = [("th", head), *(("td", row) for row in body)]
    rows = ("".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in row) for tag, row in lines)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _marked(text: str) -> str:
    """``code``, which may hold asterisks, **bold** and *emphasis*."""
    parts = re.split(r"`(.+?)`", escape(text, quote=False))
    for k, part in enumerate(parts):
        if k % 2:
            parts[k] = f"<code>{part}</code>"
        else:
            bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", part, flags=re.DOTALL)
            parts[k] = re.sub(r"\*(.+?)\*", r"<em>\1</em>", bold, flags=re.DOTALL)
    return "".join(parts)


def _alone(settings: Settings) -> Settings:
    """The run in free play, with hidden parts still hidden, and logarithmic axes available."""
    alone = Settings(**settings.numbers, more=settings.more, test=settings.test, log=True)
    return replace(alone, step=settings.step, speed=settings.speed, hide=settings.hide)


def _payload(settings: Settings) -> dict[str, Any]:
    run = settings.run()
    payload = stage_payload(
        State(settings=settings),
        dynamics(settings.training, settings.weight, settings.alpha),
        run,
        at="",
        program=program(run, settings.test),
        chapter=None,
        answer=None,
        changed=False,
        first="",
    )
    made: dict[str, Any] = json.loads(as_json(payload))
    return made


def _answer(settings: Settings, alpha: float, saved: dict[str, Any]) -> dict[str, Any]:
    """The part of the payload that differs at this alpha."""
    there = _payload(replace(settings, alpha=alpha))
    return {name: value for name, value in there.items() if value != saved[name]}


def _within_html(script: str) -> str:
    """A script, escaped for use within HTML."""
    return script.replace("</script", "<\\/script")
