"""What a chapter consists of: its stops, what is on the stage at each, and its promised result."""

from __future__ import annotations

from dataclasses import dataclass, field

from neuron.core.dynamics import Regime
from neuron.state.parameters import Settings
from neuron.story.figures import Figure, Note
from neuron.story.markup import pieces
from neuron.story.predictions import Ask
from neuron.words.program import Grown

STORY, EDGES, BOOK, CHALLENGES = "Chapters", "Edge cases", "From the book", "Challenges"

PARTS = (
    *("goal", "delta", "error", "correction", "test", "program"),
    *("bowl", "weight_chart", "error_chart", "transport", "ruler", "verdict"),
)
"""What can be on the stage besides the neuron (input, wire, product and prediction)."""

HANDLES = ("weight", "goal", "input", "alpha")
"""What can be dragged."""

FIELDS = ("input", "goal", "weight", "alpha", "iterations")
"""The fields for exact numbers."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The next stop comes when a setting is within ``within`` of this value."""

    name: str
    value: float
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """The next stop comes when the current alpha gives this regime."""

    regime: Regime


@dataclass(frozen=True, slots=True)
class Played:
    """The next stop comes when the run has been played to its end."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The next stop comes when the chapter's question has been answered."""


Until = Reached | Found | Played | Picked


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a chapter: what is on the screen at one time.

    text: at most two sentences, in the markup of `markup`. until: what leads to the next stop
    automatically, besides the Next button. parts, handles: what is added at this stop, and stays.
    lights: the parts of the stage to highlight, by the names of `PARTS` or `Line.part`; where the
    screen shows one at a time, the program or a chart among them comes forward. figure: shown
    below the text. note: shown when its button is pressed.
    """

    text: str
    until: Until | None = None
    parts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    figure: Figure | None = None
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a challenge asks for: closing the gap in as few iterations as possible.

    tolerance: the fraction of the starting gap that may be left. best: the fewest iterations that
    any alpha needs.
    """

    tolerance: float
    best: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter, edge, run of the book or challenge.

    name: in the address. group: one of the four kinds. title: a few words. line: what it is about,
    in one line. settings: what it opens with. stops: at least one. parts, handles: what is there
    from the first stop on, from `PARTS` and `HANDLES`. fields: from `FIELDS`.
    program: how far the program has grown. ask: the question to answer before the run is shown, at
    the stop that waits for it. regime, weight: what its run must be; the exact final weight, or
    None. challenge: what to find, or None. source: where the run or idea comes from.
    """

    name: str
    group: str
    title: str
    line: str
    settings: Settings
    stops: tuple[Stop, ...]
    regime: Regime
    parts: tuple[str, ...] = PARTS
    handles: tuple[str, ...] = HANDLES
    fields: tuple[str, ...] = FIELDS
    program: Grown = Grown.ALPHA
    ask: Ask | None = None
    weight: float | None = None
    challenge: Challenge | None = None
    source: str = field(default="", kw_only=True)

    def parts_at(self, stop: int) -> tuple[str, ...]:
        """The parts on the stage at a stop, counted from 0, in the order of `PARTS`."""
        there = {*self.parts, *(part for one in self.stops[: stop + 1] for part in one.parts)}
        return tuple(part for part in PARTS if part in there)

    def handles_at(self, stop: int) -> tuple[str, ...]:
        """What can be dragged at a stop, in the order of `HANDLES`."""
        there = {*self.handles, *(name for one in self.stops[: stop + 1] for name in one.handles)}
        return tuple(name for name in HANDLES if name in there)

    @property
    def asks_for(self) -> frozenset[str]:
        """The settings that it asks the reader to change."""
        asked = {"alpha"} if self.challenge else set()
        for stop in self.stops:
            asked |= {piece.text for piece in pieces(stop.text) if piece.kind == "drag"}
            if isinstance(stop.until, Reached):
                asked.add(stop.until.name)
            if isinstance(stop.until, Found):
                asked.add("alpha")
        return frozenset(asked)

    @property
    def asks_at(self) -> int | None:
        """The index of the stop that waits for the reader's answer; None without a question."""
        waits = (k for k, stop in enumerate(self.stops) if isinstance(stop.until, Picked))
        return next(waits, None)
