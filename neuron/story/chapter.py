"""What a chapter is made of: its stops, what there is on the stage at each, and what it claims."""

from __future__ import annotations

from dataclasses import dataclass, field

from neuron.core.dynamics import Regime
from neuron.state.parameters import Settings
from neuron.story.figures import Figure, Note
from neuron.story.markup import markdown, pieces
from neuron.story.predictions import Ask
from neuron.words.program import Grown

STORY, EDGES, BOOK, CHALLENGES = "Chapters", "Edges", "From the book", "Challenges"

PARTS = (
    *("goal", "delta", "error", "correction", "test", "program"),
    *("bowl", "weight_chart", "error_chart", "transport", "ruler", "verdict"),
)
"""What can be on the stage beside the neuron: input, wire, product, and the prediction."""

HANDLES = ("weight", "goal", "input", "alpha")
"""What can be grabbed where it is seen."""

FIELDS = ("input", "goal", "weight", "alpha", "iterations")
"""The fields for exact numbers."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The next stop comes when a setting has this value, or is as near to it as within."""

    name: str
    value: float
    within: float = 0.0

    def by(self, settings: Settings) -> bool:
        """Whether it is so with these settings."""
        return bool(abs(getattr(settings, self.name) - self.value) <= self.within)


@dataclass(frozen=True, slots=True)
class Found:
    """The next stop comes when the alpha that is set gives a run of this regime."""

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
    """What is on the screen at one time.

    text: at most two sentences, with the marks of `markup`. until: what brings the next stop by
    itself, besides the Next button. parts, handles: what arrives with this stop, to stay. lights:
    the parts of the picture it speaks of, by the names of `Line.part`. figure: what is drawn below
    the text. note: what is one press away.
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
    """What a challenge asks for: so little of the starting gap left, in few iterations.

    tolerance: the part of the starting gap that may be left. best: the fewest iterations that any
    alpha needs.
    """

    tolerance: float
    best: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter, edge, run of the book or challenge.

    name: in the address. group: one of the four kinds. title: a few words. line: what it is about,
    in one line. settings: what it opens with. stops: at least one. parts, handles: what there is
    from its first stop on, of `PARTS` and `HANDLES`. fields: of `FIELDS`, see `fields_at`.
    program: how far the program has grown. ask: what the reader answers before looking, at the stop
    that waits for the pick. regime, weight: what it claims of its run; the weight exactly, or None.
    challenge: what is to be found, or None. source: where a run was printed.
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
        """What can be grabbed at a stop, in the order of `HANDLES`."""
        there = {*self.handles, *(name for one in self.stops[: stop + 1] for name in one.handles)}
        return tuple(name for name in HANDLES if name in there)

    def fields_at(self, stop: int) -> tuple[str, ...]:
        """The fields at a stop: a setting that can be grabbed has its field no sooner than that."""
        held_back = {*HANDLES} - {*self.handles_at(stop)}
        return tuple(name for name in self.fields if name not in held_back)

    @property
    def asks_for(self) -> frozenset[str]:
        """The settings that its texts ask the reader to change."""
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
        """The stop that waits for the reader's pick; None without a question."""
        waits = (k for k, stop in enumerate(self.stops) if isinstance(stop.until, Picked))
        return next(waits, None)

    @property
    def text(self) -> str:
        """What is said before the run is seen, as one Markdown text."""
        return self._told(slice(self._seen_from))

    @property
    def _seen_from(self) -> int:
        return len(self.stops) if self.asks_at is None else self.asks_at + 1

    def _told(self, stops: slice) -> str:
        return " ".join(markdown(stop.text, self.settings) for stop in self.stops[stops])
