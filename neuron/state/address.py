"""The reader's settings as they stand in the page's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from neuron.core.training import Example
from neuron.state.examples import MOST, from_text, to_text
from neuron.state.parameters import (
    CONTROLS,
    LOOKS,
    MOST_KEPT,
    Settings,
    quoted,
    read_cell,
    read_tolerance,
)
from neuron.words.numbers import as_text

OTHER_NAMES = {"train", "test", "lesson", "predict", "look", "tolerance", "keep"}
"""What stands in the address beside the five controls."""

FOREIGN = {"embed", "embed_options"}
"""Names in the address that are Streamlit's own."""

KEPT_NUMBERS = [control.name for control in CONTROLS]
"""What a kept run starts with in the address: ``2:2:0:0.1:18``. Its further examples follow it."""


def from_query(
    query: Mapping[str, Sequence[str]], lessons: Mapping[str, Settings] | None = None
) -> tuple[Settings, list[str]]:
    """Settings from an address's query, and what was refused of it.

    query: each name with all the values given for it. lessons: the settings of each chapter; they
    stand for whatever an address with that chapter leaves out. Good values are kept whatever
    stands beside them; each bad one is refused in a sentence that names it, the rule, and what is
    used instead. Never raises.
    """
    lessons = lessons or {}
    refusals: list[str] = []

    def single(name: str, instead: str) -> str | None:
        """The one value given for a name; None if there is none, or more, which is refused."""
        given = list(query.get(name, ()))
        if len(given) > 1:
            refusals.append(f"{_repeated(name, given)}, {instead}")
        return given[0] if len(given) == 1 else None

    def chosen(name: str, known: Collection[str], instead: str) -> str:
        """One of a few words, or ""."""
        word = single(name, instead)
        if word is not None and word not in known:
            rule = "is no chapter" if name == "lesson" else f"is none of {', '.join(known)}"
            refusals.append(f"{name} = {quoted(word)} {rule}, {instead}")
        return word if word is not None and word in known else ""

    lesson = chosen("lesson", lessons, "so no chapter is open")
    base = lessons.get(lesson, Settings())
    values: dict[str, Any] = {}
    for control in CONTROLS:
        instead = f"so {control.name} is {as_text(getattr(base, control.name))}"
        text = single(control.name, instead)
        if text is not None:
            try:
                values[control.name] = control.parse(text)
            except ValueError as rule:
                shown = f"{control.name} = {quoted(text)}" if text else control.name
                refusals.append(f"{shown} {rule}, {instead}")
    for name, field, most in (("train", "more", MOST - 1), ("test", "test", MOST)):
        text = single(name, f"so it is {to_text(getattr(base, field), as_text) or 'empty'}")
        if text is not None:
            values[field], refused = from_text(text, read_cell, most)
            refusals.extend(f"{name}: {sentence}, so it is left out" for sentence in refused)
    predict = chosen("predict", ("0", "1"), f"so it is {int(base.predict)}")
    if predict:
        values["predict"] = predict == "1"
    values["look"] = chosen("look", LOOKS, "so none is open")
    instead = f"so it is {as_text(base.tolerance)}"
    text = single("tolerance", instead)
    if text is not None:
        try:
            values["tolerance"] = read_tolerance(text)
        except ValueError as rule:
            refusals.append(f"tolerance = {quoted(text)} {rule}, {instead}")
    kept = single("keep", "so no run is kept")
    if kept:
        values["kept"], refused = _kept_from(kept)
        refusals.extend(f"keep: {sentence}, so it is left out" for sentence in refused)

    known_names = {control.name for control in CONTROLS} | OTHER_NAMES | FOREIGN
    refusals.extend(
        f"{quoted(name)} is not a setting of this page, so it is ignored"
        for name in query
        if name not in known_names
    )
    return replace(base, **values), refusals


def to_query(settings: Settings, base: Settings | None = None) -> dict[str, list[str]]:
    """The query of the address that shows the page with these settings; from_query inverts it.

    base: the settings of its chapter, as given to from_query.
    """
    base = base or Settings()
    query = {control.name: as_text(getattr(settings, control.name)) for control in CONTROLS}
    if settings.more or base.more:
        query["train"] = to_text(settings.more, as_text)
    if settings.test or base.test:
        query["test"] = to_text(settings.test, as_text)
    if settings.predict or base.predict:
        query["predict"] = str(int(settings.predict))
    if settings.tolerance != base.tolerance:
        query["tolerance"] = as_text(settings.tolerance)
    if settings.kept:
        query["keep"] = ",".join(map(_kept_text, settings.kept))
    query |= {name: value for name in ("lesson", "look") if (value := getattr(settings, name))}
    return {name: [text] for name, text in query.items()}


def _repeated(name: str, given: Sequence[str]) -> str:
    """That a name was given more than once, with the first two values."""
    return f"{name} is given {len(given)} times ({quoted(given[0])}, {quoted(given[1])})"


def _kept_text(kept: Settings) -> str:
    numbers = [getattr(kept, name) for name in KEPT_NUMBERS]
    numbers += [number for example in kept.more for number in (example.input, example.goal)]
    return ":".join(map(as_text, numbers))


def _kept_from(text: str) -> tuple[tuple[Settings, ...], list[str]]:
    """Kept runs from an address, and of each one left out which and why."""
    kept: list[Settings] = []
    refused = []
    for place, part in enumerate(text.split(","), start=1):
        try:
            run = _kept_run(part.split(":"))
        except ValueError as rule:
            refused.append(f"in run {place}, {rule}")
            continue
        if run not in kept and len(kept) == MOST_KEPT:
            refused.append(f"run {place} is beyond the {MOST_KEPT} there may be")
        elif run not in kept:
            kept.append(run)
    return tuple(kept), refused


def _kept_run(cells: Sequence[str]) -> Settings:
    """One kept run; ValueError says which rule it breaks."""
    count = len(KEPT_NUMBERS)
    names = KEPT_NUMBERS + ["input", "goal"] * min((len(cells) - count) // 2, MOST - 1)
    if len(cells) != len(names):
        raise ValueError(
            f"the numbers are not {':'.join(KEPT_NUMBERS)}, or a pair after them is broken"
        )
    numbers = [read_cell(name, cell) for name, cell in zip(names, cells, strict=True)]
    controls: dict[str, Any] = dict(zip(KEPT_NUMBERS, numbers, strict=False))
    further = numbers[count:]
    return Settings(**controls, more=tuple(map(Example, further[::2], further[1::2])))
