"""The reader's state: all that has been set on one page, frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from neuron.core.training import Example
from neuron.state.address import Chapters, Query, base_of, to_query
from neuron.state.examples import Row
from neuron.state.parameters import CONTROLS, MOST_KEPT, PARAMETERS, Settings
from neuron.words.numbers import as_text


@dataclass(frozen=True, slots=True)
class Field:
    """One of the five fields.

    text: what it shows. version: another one for each text that another hand than the reader's own
    has put there: the page makes it a new field, which cannot go on showing an old text. refusal:
    why its text was refused, in a sentence; "" if it was not.
    """

    text: str
    version: int = 0
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables of examples.

    rows: what it began with. version: as for `Field`. refused: what cannot be used of the rows as
    they are now, in sentences; while there are any, the last good list stays.
    """

    rows: tuple[Row, ...] = ()
    version: int = 0
    refused: tuple[str, ...] = ()


def _fields() -> Mapping[str, Field]:
    return {control.name: Field(as_text(control.default)) for control in CONTROLS}


def _tables() -> Mapping[str, Table]:
    return {name: Table(rows_of(())) for name in ("more", "test")}


@dataclass(frozen=True, slots=True)
class State:
    """All that the reader has set.

    settings: what the address spells. fields, tables: what stands in them, by name. refused: what
    was refused of the address, in sentences. pick, picked_for: the prediction made last, and for
    which run. plays: whether the run is to play by itself, because it was predicted just now.
    openings: how many chapters were opened. tries: the runs that were settled on since the chapter
    was opened, its own first. done: the number of the stage's last event that was taken up.
    dragging: whether a handle is being moved. known: the addresses that hold these settings, as
    seen or written last; none before the first has been read. changed: whether something was set
    since the page was shown.
    """

    settings: Settings = field(default_factory=Settings)
    fields: Mapping[str, Field] = field(default_factory=_fields)
    tables: Mapping[str, Table] = field(default_factory=_tables)
    refused: tuple[str, ...] = ()
    pick: str = ""
    picked_for: Settings | None = None
    plays: bool = False
    openings: int = 0
    tries: tuple[Settings, ...] = ()
    done: int = 0
    dragging: bool = False
    known: tuple[Query, ...] = ()
    changed: bool = False

    @property
    def is_predicting(self) -> bool:
        """Whether the run is hidden until the reader has picked what it will do."""
        asks = self.settings.predict and self.settings.iterations > 0
        return asks and self.picked_for != self.settings.what_runs

    @property
    def can_keep(self) -> bool:
        """Whether the run shown can be kept: it is not kept yet, and there is room."""
        kept = self.settings.kept
        return self.settings.what_runs not in kept and len(kept) < MOST_KEPT

    @property
    def has_unfinished_rows(self) -> bool:
        """Whether a table has rows that cannot be used."""
        return any(table.refused for table in self.tables.values())

    def query(self, chapters: Chapters) -> dict[str, list[str]]:
        """The query of the address that shows this page."""
        return to_query(self.settings, base_of(chapters, self.settings.lesson, self.settings.stop))


def with_settings(
    state: State, settings: Settings, names: Collection[str] = (), own: str = ""
) -> State:
    """The state with other settings, and with fields and tables that show them.

    names: of the numbers that were set, whether or not they are others now: what was refused in
    their fields is gone. own: the field or the table that the reader set them in, which stays.
    """
    if settings.what_runs != state.settings.what_runs and settings.step == state.settings.step:
        settings = replace(settings, step=0)  # it was a step of the other run
    fields = dict(state.fields)
    for control in CONTROLS:
        name, value, old = control.name, control.of(settings), fields[control.name]
        another = value != control.of(state.settings) or (name in names and old.refusal)
        if another and name != own:
            fields[name] = Field(as_text(value), old.version + 1)
    tables = {
        name: table
        if name == own or getattr(settings, name) == getattr(state.settings, name)
        else Table(rows_of(getattr(settings, name)), table.version + 1)
        for name, table in state.tables.items()
    }
    return replace(
        state,
        settings=settings,
        fields=fields,
        tables=tables,
        refused=(),
        dragging=False,
        changed=True,
    )


def with_fresh_tables(state: State) -> State:
    """The state with tables that show the lists that are set; what else was typed is gone."""
    tables = {
        name: Table(rows_of(getattr(state.settings, name)), table.version + 1)
        for name, table in state.tables.items()
    }
    return replace(state, tables=tables)


def rows_of(examples: Collection[Example]) -> tuple[Row, ...]:
    """A table's rows; one empty row for no examples."""
    rows = tuple({"input": as_text(e.input), "goal": as_text(e.goal)} for e in examples)
    return rows or ({"input": None, "goal": None},)


def makes_entry(before: Query, after: Query) -> bool:
    """Whether going from one address to another makes an entry in the browser's history."""
    return any(
        list(before.get(parameter.name, ())) != list(after.get(parameter.name, ()))
        for parameter in PARAMETERS
        if parameter.history
    )
