"""A reader's settings from run to run of the page: where they come from, and what changes them.

The address is the state; what is kept beside it is only what a browser cannot say at once: which
address was read last, whether a change is the reader's, and what was picked or typed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from neuron.state.address import from_query, to_query
from neuron.state.examples import MOST, Row, edited, from_rows
from neuron.state.parameters import ALPHA, CONTROLS, MOST_KEPT, Settings, read_cell
from neuron.story.lessons import LESSON_SETTINGS
from neuron.words.numbers import as_text

Query = Mapping[str, Sequence[str]]

MOST_ROWS = {"more": MOST - 1, "test": MOST}
"""How many examples each table may hold; the training data has one more, of Input and Goal."""


class Session:
    """The settings in a mapping that outlives a run of the page.

    The controls write to the keys ``input``, ``goal``, ``weight``, ``alpha``, ``iterations``,
    ``chapter``, ``predict`` and ``look``. Methods named after a change are for the controls'
    callbacks: they run before the page is made anew.
    """

    def __init__(self, state: MutableMapping[str | int, Any]) -> None:
        self.state = state

    @property
    def has_arrived(self) -> bool:
        """Whether an address was read before."""
        return "address" in self.state

    @property
    def refused(self) -> list[str]:
        """What was refused of the address, in sentences."""
        return list(self.state["refused"])

    @property
    def refused_cells(self) -> list[str]:
        """What was refused of the table that was edited last, in sentences."""
        return list(self.state["refused_cells"])

    def arrive(self, query: Query) -> None:
        """Take the settings from the address, unless it is the one last written or read.

        A change by the reader outranks the address: the browser may send it together with an
        address from before its last change.
        """
        stays = self.state.pop("stays", False) and self.has_arrived
        if not stays and query != self.state.get("address"):
            settings, self.state["refused"] = from_query(query, LESSON_SETTINGS)
            self.take(settings)
            self.state["address"] = query

    def take(self, settings: Settings) -> None:
        """Put settings into the controls; the tables begin anew with their lists."""
        for control in CONTROLS:
            self.state[control.name] = getattr(settings, control.name)
        self.state["lists"] = {"more": settings.more, "test": settings.test}
        self._begin_tables()
        self.state["chapter"] = settings.lesson
        self.state["predict"] = settings.predict
        self.state["look"] = settings.look or None
        self.state["tolerance"] = settings.tolerance
        self.state["kept"] = settings.kept

    def _begin_tables(self) -> None:
        """The tables show the lists that are there, and nothing typed is waiting."""
        self.state["rows"] = {
            name: [{"input": as_text(e.input), "goal": as_text(e.goal)} for e in examples]
            or [{"input": None, "goal": None}]
            for name, examples in self.state["lists"].items()
        }
        self.state["version"] = self.state.get("version", 0) + 1
        self.state["refused_cells"] = []

    @property
    def settings(self) -> Settings:
        """The settings as the controls have them; a number just emptied counts as it was."""
        numbers = {control.name: self.state[control.name] for control in CONTROLS}
        settings = Settings(
            **numbers,
            **self.state["lists"],
            lesson=self.state["chapter"],
            predict=self.state["predict"],
            look=self.state["look"] or "",
            tolerance=self.state["tolerance"],
            kept=self.state["kept"],
        )
        self.state["last"] = settings
        return settings

    @property
    def is_predicting(self) -> bool:
        """Whether the run is to be hidden, because the reader has not picked what it will do."""
        settings = self.settings
        asks = settings.predict and settings.iterations > 0
        return asks and self._picked[1] != settings.what_runs

    @property
    def picked(self) -> str:
        """What the reader picked for these settings."""
        return self._picked[0]

    @property
    def _picked(self) -> tuple[str, Settings | None]:
        picked: tuple[str, Settings | None] = self.state.get("picked", ("", None))
        return picked

    @property
    def can_keep(self) -> bool:
        """Whether the run shown can be kept: it is not yet, and there is room."""
        settings = self.settings
        return settings.what_runs not in settings.kept and len(settings.kept) < MOST_KEPT

    def take_play(self) -> bool:
        """Whether the run is to start playing by itself: once after each pick."""
        return bool(self.state.pop("play", False))

    def take_opening(self) -> int:
        """The number of the chapter that was just opened, once; 0 for none."""
        return int(self.state.pop("opening", 0))

    def query(self) -> dict[str, list[str]]:
        """The query of the address that shows this page."""
        settings = self.settings
        return to_query(settings, LESSON_SETTINGS.get(settings.lesson))

    def leave(self) -> dict[str, list[str]] | None:
        """The query to be written into the address; None while a drag is under way.

        What the reader changed is on the page by now: from here on the address counts again.
        """
        self.state.pop("stays", None)
        if self.state.get("dragging"):
            return None
        query = self.query()
        self.state["address"] = query
        return query

    # What the reader can change

    def stay(self) -> None:
        """The next run is of the settings that are there, whatever the address."""
        self.state["stays"] = True

    def touch(self) -> None:
        """Any control was changed. A number that was emptied comes back as it was."""
        self.stay()
        self.state["refused"] = []
        self.state["dragging"] = False
        for control in CONTROLS:
            if self.state[control.name] is None:
                self.state[control.name] = getattr(self.state["last"], control.name)

    def turn(self) -> None:
        """A closer look was opened or closed: what was typed into its tables is gone."""
        self.touch()
        self._begin_tables()

    def set_alpha(self, alpha: float, settled: bool) -> None:
        """The ruler was moved, but no further than alpha goes; during a drag the address waits."""
        self.touch()
        self.state["alpha"] = min(alpha, ALPHA.high)
        self.state["dragging"] = not settled

    def open_chapter(self, name: str | None = None) -> None:
        """A chapter was chosen; by default the one in the chooser."""
        self.touch()
        settings = LESSON_SETTINGS.get(self.state["chapter"] if name is None else name, Settings())
        before = self.settings
        look = "" if before.look == "runs" else before.look
        self.take(replace(settings, look=look, tolerance=before.tolerance, kept=before.kept))
        self.state["opened"] = self.state.get("opened", 0) + 1
        self.state["opening"] = self.state["opened"]

    def swap(self) -> None:
        """Train on the test data and test on the training data."""
        self.touch()
        settings = self.settings
        first, *more = settings.test
        trained = replace(settings, input=first.input, goal=first.goal, more=tuple(more))
        self.take(replace(trained, test=settings.training))

    def edit(self, name: str, key: str) -> None:
        """The table of ``more`` or ``test`` was edited; with a bad cell, the last list stays."""
        self.touch()
        rows: list[Row] = edited(self.state["rows"][name], self.state[key])
        cells = ((row["input"], row["goal"]) for row in rows)
        examples, self.state["refused_cells"] = from_rows(cells, read_cell, MOST_ROWS[name])
        if not self.state["refused_cells"]:
            self.state["lists"] = self.state["lists"] | {name: examples}

    def pick(self, choice: str) -> None:
        """The reader predicts what will happen: show it, and play."""
        self.touch()
        self.state["picked"] = (choice, self.settings.what_runs)
        self.state["play"] = True

    def keep(self) -> None:
        """Keep the run shown for comparison, and compare."""
        self.turn()
        settings = self.settings
        if self.can_keep:
            self.state["kept"] = (*settings.kept, settings.what_runs)
        self.state["look"] = "compare"

    def drop(self, kept: Settings) -> None:
        """Keep a run no longer."""
        self.touch()
        self.state["kept"] = tuple(run for run in self.state["kept"] if run != kept)

    def load(self, kept: Settings) -> None:
        """Make a kept run the one shown; all else stays."""
        self.touch()
        settings = self.settings
        numbers = {control.name: getattr(kept, control.name) for control in CONTROLS}
        self.take(replace(settings, **numbers, more=kept.more))

    def set_tolerance(self, key: str) -> None:
        """How much of the miss may be left was chosen."""
        self.touch()
        self.state["tolerance"] = self.state[key]
