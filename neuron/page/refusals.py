"""What was refused, as plain text on the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

MOST_REFUSALS = 6
"""How many refusals are named one by one."""


def say_refused(start: str, sentences: Sequence[str]) -> None:
    """Show what was refused as plain text, whatever characters are in it."""
    lines = "<br>".join(escape(sentence) for sentence in told(sentences))
    st.html(f'<p class="refused">{start} {lines}</p>')


def told(sentences: Sequence[str]) -> list[str]:
    """What was refused, one sentence each, and how many more there are."""
    told = [f"{sentence}." for sentence in sentences[:MOST_REFUSALS]]
    if len(sentences) > MOST_REFUSALS:
        rest = len(sentences) - MOST_REFUSALS
        told.append(f"{rest} more part{'s' * (rest > 1)} of it could not be used either.")
    return told
