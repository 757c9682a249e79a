"""What is left of plotly.js: bytes of the installed file, and no other file is cut."""

from __future__ import annotations

import gzip

from neuron.player import plotlyjs

INSTALLED = (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()


def test_the_list_is_of_the_installed_plotly() -> None:
    """What is kept is a quarter of it, its beginning and its end; compressed, 400 kB at most.

    After another version has come: `node tests/tools/plotly_ranges.mjs` and its path.
    """
    kept = plotlyjs.needed(INSTALLED)
    assert len(kept) < len(INSTALLED) / 4
    assert len(gzip.compress(kept)) < 400_000
    assert kept[:500] == INSTALLED[:500]
    assert kept[-1000:] == INSTALLED[-1000:]


def test_another_plotly_is_served_whole() -> None:
    """The list is for one file, known by its hash: one byte more, and nothing is cut."""
    for another in (INSTALLED + b" ", INSTALLED.replace(b"scatter", b"Scatter", 1), b""):
        assert plotlyjs.needed(another) == another
