"""The story's markup, parsed into pieces to draw or converted to plain text.

``{weight:word}`` is a word in one of `COLOURS`. ``{drag:weight}`` is the setting of that name, as a
number that can be dragged in the text. Backticks enclose code; asterisks enclose a term where it is
explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from neuron.state.parameters import Settings
from neuron.words.numbers import GIVEN_DIGITS, number

COLOURS = ("weight", "error", "goal", "test")
"""The colours a word can have."""

_MARK = re.compile(r"\{(\w+):([^{}]+)\}|`([^`]+)`|\*([^*\s][^*]*)\*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text with one style.

    kind: "text", one of `COLOURS`, "drag", "code" or "term". text: the text to show; for "drag",
    the name of the setting whose value is shown.
    """

    kind: str
    text: str


def pieces(text: str) -> tuple[Piece, ...]:
    """A text of the story, split into pieces."""
    found = []
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            found.append(Piece("text", text[at : mark.start()]))
        kind, named, code, term = mark.groups()
        found.append(Piece("code", code) if code else Piece(kind or "term", named or term))
        at = mark.end()
    if at < len(text):
        found.append(Piece("text", text[at:]))
    return tuple(found)


def plain(text: str, settings: Settings) -> str:
    """A text of the story without markup; draggable numbers are taken from settings."""
    return "".join(_read(piece, settings) for piece in pieces(text))


def _read(piece: Piece, settings: Settings) -> str:
    if piece.kind == "drag":
        return number(getattr(settings, piece.text), GIVEN_DIGITS)
    return piece.text
