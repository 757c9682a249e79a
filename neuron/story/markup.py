"""The few marks in the story's texts, as pieces to draw and as plain text.

``{weight:word}`` is a word in the colour of what it names, of `COLOURS`. ``{drag:weight}`` is the
setting of that name as a number that can be dragged where it stands. Backticks enclose code, stars
a term where it is explained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from neuron.state.parameters import Settings
from neuron.words.numbers import GIVEN_DIGITS, number

COLOURS = ("weight", "error", "goal", "test")
"""What a word can be coloured as."""

_MARK = re.compile(r"\{(\w+):([^{}]+)\}|`([^`]+)`|\*([^*\s][^*]*)\*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is drawn in one way.

    kind: "text", one of `COLOURS`, "drag", "code" or "term". text: what is read; of "drag" the name
    of the setting whose value is.
    """

    kind: str
    text: str


def pieces(text: str) -> tuple[Piece, ...]:
    """A text of the story, taken apart at its marks."""
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
    """A text of the story without its marks; numbers that can be dragged are those of settings."""
    return "".join(_read(piece, settings) for piece in pieces(text))


def markdown(text: str, settings: Settings) -> str:
    """The same with code and terms still marked, as Markdown has them."""
    marks = {"code": "`", "term": "*"}
    return "".join(
        f"{marks.get(piece.kind, '')}{_read(piece, settings)}{marks.get(piece.kind, '')}"
        for piece in pieces(text)
    )


def _read(piece: Piece, settings: Settings) -> str:
    if piece.kind == "drag":
        return number(getattr(settings, piece.text), GIVEN_DIGITS)
    return piece.text
