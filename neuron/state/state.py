"""The reader's state: everything set on one page, immutable."""

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

    text: what it shows. version: a new number each time something other than typing changes the
    text: the page then makes a new field, which cannot go on showing an old text. refusal: the
    message if its text was rejected, else "".
    """

    text: str
    version: int = 0
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables of examples.

    rows: its initial rows. version: as for `Field`. refused: messages about rows that cannot be
    used as they are now; while there are any, the last valid list stays in use.
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
    """Everything the reader has set.

    settings: what is in the address. fields, tables: their contents, by name. refused: messages
    about rejected parts of the address. pick, picked_for: the last prediction, and the run it was
    for. plays: whether the run starts playing by itself, because the reader has just predicted it.
    openings: how many chapters were opened. renewed: how often each other widget, by name, was made
    anew, as for `Field`. tries: the runs settled on since the chapter was
    opened, its own first. done: the number of the stage's last event that was applied. dragging:
    whether a handle is being moved. known: the addresses of these settings, as last read or
    written; empty until the first has been read. changed: whether the reader has set something
    since the page was last shown.
    """

    settings: Settings = field(default_factory=Settings)
    fields: Mapping[str, Field] = field(default_factory=_fields)
    tables: Mapping[str, Table] = field(default_factory=_tables)
    refused: tuple[str, ...] = ()
    pick: str = ""
    picked_for: Settings | None = None
    plays: bool = False
    openings: int = 0
    renewed: Mapping[str, int] = field(default_factory=dict)
    tries: tuple[Settings, ...] = ()
    done: int = 0
    dragging: bool = False
    known: tuple[Query, ...] = ()
    changed: bool = False

    @property
    def is_predicting(self) -> bool:
        """Whether the run is hidden until the reader has predicted it."""
        asks = self.settings.predict and self.settings.iterations > 0
        return asks and self.picked_for != self.settings.what_runs

    @property
    def can_keep(self) -> bool:
        """Whether the run shown can be kept: it is not yet, and there is room."""
        kept = self.settings.kept
        return self.settings.what_runs not in kept and len(kept) < MOST_KEPT

    @property
    def has_unfinished_rows(self) -> bool:
        """Whether a table has invalid rows."""
        return any(table.refused for table in self.tables.values())

    def query(self, chapters: Chapters) -> dict[str, list[str]]:
        """The query of the address that shows this page."""
        return to_query(self.settings, base_of(chapters, self.settings.lesson, self.settings.stop))


def with_settings(
    state: State, settings: Settings, names: Collection[str] = (), own: str = ""
) -> State:
    """The state with other settings, and with fields and tables that show them.

    names: the numbers that were set, whether or not they have changed: rejected entries in their
    fields are cleared. own: the field or table that the reader typed in, which stays as it is.
    """
    if settings.what_runs != state.settings.what_runs and settings.step == state.settings.step:
        settings = replace(settings, step=0)  # the step belonged to the old run
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
    """The state with tables that show the examples in use; other entries are cleared."""
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
    """Whether a change of address makes an entry in the browser's history."""
    return any(
        list(before.get(parameter.name, ())) != list(after.get(parameter.name, ()))
        for parameter in PARAMETERS
        if parameter.history
    )
