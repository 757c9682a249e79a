"""Drawing a long line with fewer points while keeping its shape."""

from __future__ import annotations

from math import ceil

MOST_DRAWN = 240
"""The most points drawn in a line; more would look the same and slow down the animation."""


def downsample(values: tuple[float, ...], most: int = MOST_DRAWN) -> list[int]:
    """Indexes of points that keep a line's shape: the first, lowest and highest of each section.

    Ascending, including both ends, about ``most`` of them; all if there are no more than that.
    Taking every n-th point instead could show only one side of a weight that bounces.
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
