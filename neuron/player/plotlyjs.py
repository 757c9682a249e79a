"""plotly.js, as the installed plotly package brings it, without what a page of lines never runs.

The file has 4.8 MB, made for some fifty chart types. This page draws one, "scatter" (lines, points
and text), with shapes and annotations, and a browser would wait for all the rest, read it and throw
it away. `plotly_ranges.json` lists the bytes to keep: 1.0 MB, 350 kB compressed. It holds for the
one file with the hash it names; any other is served whole, and everything works as well, later.
`tests/tools/plotly_ranges.mjs` wrote the list, and says how it is found out what is needed.
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
"""Where the installed package keeps it."""

NAME = "plotly.min.js"

COMPONENT = "plotlyjs"
"""The component of `neuron.player.components` whose folder this is."""

_RANGES = Path(__file__).with_name("plotly_ranges.json").read_bytes()

ADDRESS = (
    f"component/neuron.player.components.{COMPONENT}/{NAME}?{version('plotly')}-{crc32(_RANGES):x}"
)
"""Where a browser gets it, from the page's own address on. Browsers keep the file for a year, so
another version, or another list, has another address. A host that serves no files of ours has the
installed file there, because `neuron.player.components` declares its folder."""

PRELOAD = f'<link rel="preload" as="script" href="{ADDRESS}" data-plotly>'
"""HTML that has it fetched at once; web/plotly.js finds its address here."""


def needed(file: bytes) -> bytes:
    """plotly.js without what no scatter chart can reach; a file that is not known is left whole."""
    ranges = json.loads(_RANGES)
    if sha256(file).hexdigest() != ranges["sha256"]:
        return file
    places = [0]
    for length in ranges["keep_and_cut"]:  # keep so many bytes, cut so many, keep so many, ...
        places.append(places[-1] + length)
    return b"".join(file[start:end] for start, end in list(pairwise(places))[::2])
