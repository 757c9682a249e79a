"""plotly.js from the installed plotly package, without the code that line charts never run.

The file is 4.8 MB, for some fifty chart types. This page uses one, "scatter" (lines, points and
text), with shapes and annotations, and the browser would download and parse the rest for nothing.
`plotly_ranges.json` lists the bytes to keep: 1.0 MB, 350 kB compressed. The list is valid only for
the file whose hash it contains; any other is served whole, which works as well but takes longer.
`tests/tools/plotly_ranges.mjs` writes the list, and explains how it finds what is needed.
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from zlib import crc32

_plotly = find_spec("plotly")
assert _plotly is not None
assert _plotly.submodule_search_locations is not None

FOLDER = Path(_plotly.submodule_search_locations[0]) / "package_data"
"""Its folder in the installed package."""

NAME = "plotly.min.js"

COMPONENT = "plotlyjs"
"""The component of `neuron.player.components` that serves this folder."""

_RANGES = Path(__file__).with_name("plotly_ranges.json").read_bytes()

ADDRESS = (
    f"component/neuron.player.components.{COMPONENT}/{NAME}?{version('plotly')}-{crc32(_RANGES):x}"
)
"""Its URL, relative to the page. Browsers cache the file for a year, so a new version or a new list
means a new URL. On a host without our routes, the installed file is at this URL, because
`neuron.player.components` declares its folder."""

PRELOAD = f'<link rel="preload" as="script" href="{ADDRESS}" data-plotly>'
"""HTML that makes browsers fetch it at once; web/shared/plotly.js reads its URL from here."""


def needed(file: bytes) -> bytes:
    """plotly.js without the code that no scatter chart needs; an unknown file is left whole."""
    ranges = json.loads(_RANGES)
    if sha256(file).hexdigest() != ranges["sha256"]:
        return file
    places = [0]
    for length in ranges["keep_and_cut"]:  # keep so many bytes, cut so many, keep so many, ...
        places.append(places[-1] + length)
    return b"".join(file[start:end] for start, end in list(pairwise(places))[::2])
