"""One figure measured several times: its median, and how far apart the others were."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """One value a round; two figures of the same rounds were measured in turns."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    def per(self, floor: Spread) -> Spread:
        """The ratio to another figure, round by round."""
        return Spread(tuple(a / b for a, b in zip(self.values, floor.values, strict=True)))

    def show(self, digits: int = 0, unit: str = "") -> str:
        """``median (lowest to highest)``."""
        middle, low, high = (
            f"{value:,.{digits}f}" for value in (self.median, min(self.values), max(self.values))
        )
        return f"{middle}{unit} ({low} to {high})"


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of all values does not exceed."""
    return sorted(values)[math.ceil(part * len(values)) - 1]
