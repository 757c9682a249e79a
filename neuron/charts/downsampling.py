"""A long line drawn with fewer points that keeps its shape."""

from __future__ import annotations

from math import ceil

MOST_DRAWN = 240
"""How many points a line is drawn with; more could not be told apart, and would cost frames."""


def thin(values: tuple[float, ...], most: int = MOST_DRAWN) -> list[int]:
    """Indexes that keep the look of a line: of each stretch the first, lowest and highest.

    Ascending, with both ends, about ``most`` of them; all when there are no more than that. Taking
    every n-th instead would show only one side of a weight that bounces.
    """
    count = len(values)
    if count <= most:
        return list(range(count))
    stretch = ceil(count / (most // 3))
    kept = {count - 1}
    for start in range(0, count, stretch):
        part = range(start, min(start + stretch, count))
        kept |= {start, min(part, key=values.__getitem__), max(part, key=values.__getitem__)}
    return sorted(kept)
