"""Messages about rejected values, as plain text on the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

MOST_REFUSALS = 6
"""The most messages that are shown."""


def say_refused(start: str, sentences: Sequence[str]) -> None:
    """Show the messages as plain text, whatever characters they contain."""
    lines = "<br>".join(escape(sentence) for sentence in told(sentences))
    st.html(f'<p class="refused">{start} {lines}</p>')


def told(sentences: Sequence[str]) -> list[str]:
    """The messages, and how many more there are."""
    told = [f"{sentence}." for sentence in sentences[:MOST_REFUSALS]]
    if len(sentences) > MOST_REFUSALS:
        rest = len(sentences) - MOST_REFUSALS
        told.append(f"{rest} more part{'s' * (rest > 1)} could not be used either.")
    return told
