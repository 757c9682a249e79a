"""The reader's settings: what they may be, and how they stand in the page's address."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from neuron.examples import MOST, from_text, to_text
from neuron.training import Example

LOOKS = {
    "arithmetic": "The arithmetic",
    "data": "Train and test",
    "steps": "All steps",
    "runs": "More runs",
}
"""The closer looks, by their name in the address; at most one is open."""

OTHER_NAMES = {"train", "test", "lesson", "predict", "look"}
"""What stands in the address beside the five controls."""

FOREIGN = {"embed", "embed_options"}
"""Names in the address that are Streamlit's own."""

_NUMBER = re.compile(r"[+-]?([0-9]++\.?[0-9]*+|\.[0-9]++)([eE][+-]?[0-9]++)?")
"""Plain ASCII decimals: float() alone would also take `nan`, `1_000` and Arabic digits. Without
backtracking, which would take seconds on a number of ten thousand digits."""

_LONGEST_WHOLE = 1e16
"""From here on a power of ten is shorter than all the digits, and floats skip whole numbers."""

_SHOWN = 24
"""How many characters of a refused value are repeated to the reader."""


@dataclass(frozen=True, slots=True)
class Control:
    """One of the five controls.

    name: in the address and in `Settings`. label: on the page. low, high: the limits, inclusive.
    default: where the page opens. whole: whether only whole numbers will do.
    step: what one press of the control's minus or plus button changes.
    """

    name: str
    label: str
    low: float
    high: float
    default: float
    step: float
    whole: bool = False

    def parse(self, text: str) -> float:
        """The number that ``text`` stands for; ValueError says in words which rule it breaks."""
        if not text.strip():
            raise ValueError("is empty")
        if not _NUMBER.fullmatch(text):
            raise ValueError("is not a number")
        number = float(text)
        if number == 0 and re.match(r"[^eE]*[1-9]", text):
            raise ValueError("is too close to 0")
        if not self.low <= number <= self.high:
            raise ValueError(f"is not between {as_text(self.low)} and {as_text(self.high)}")
        if self.whole and not number.is_integer():
            raise ValueError("is not a whole number")
        return int(number) if self.whole else number + 0.0  # -0.0 would show as "-0"


CONTROLS = (
    Control("input", "Input", -1_000_000.0, 1_000_000.0, 2.0, step=1.0),
    Control("goal", "Goal", -1_000_000.0, 1_000_000.0, 2.0, step=1.0),
    Control("weight", "Starting weight", -1_000_000.0, 1_000_000.0, 0.0, step=0.5),
    Control("alpha", "Alpha", 0.0, 1_000_000.0, 0.1, step=0.05),
    Control("iterations", "Iterations", 0, 10_000, 18, step=1, whole=True),
)
"""The only place where a control's limits and default stand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the page is made from; its defaults are what the page opens on.

    input, goal, weight, alpha, iterations: see `CONTROLS`. more: training examples beside the one
    of input and goal. test: test data, never trained on. lesson: the chapter these settings come
    from, or "". predict: whether the reader is asked before the run is shown. look: the open
    closer look, or "".
    """

    input: float = CONTROLS[0].default
    goal: float = CONTROLS[1].default
    weight: float = CONTROLS[2].default
    alpha: float = CONTROLS[3].default
    iterations: int = int(CONTROLS[4].default)
    more: tuple[Example, ...] = ()
    test: tuple[Example, ...] = ()
    lesson: str = ""
    predict: bool = False
    look: str = ""

    @property
    def training(self) -> tuple[Example, ...]:
        """The training data, the example of Input and Goal first."""
        return (Example(self.input, self.goal), *self.more)


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
            refusals.append(f"{name} = {_quoted(word)} {rule}, {instead}")
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
                shown = f"{control.name} = {_quoted(text)}" if text else control.name
                refusals.append(f"{shown} {rule}, {instead}")
    for name, field, most in (("train", "more", MOST - 1), ("test", "test", MOST)):
        text = single(name, "so it is left as it was")
        if text is not None:
            values[field], refused = from_text(text, read_cell, most)
            refusals.extend(f"{name}: {sentence}, so it is left out" for sentence in refused)
    predict = chosen("predict", ("0", "1"), "so it is as the chapter has it")
    if predict:
        values["predict"] = predict == "1"
    values["look"] = chosen("look", LOOKS, "so none is open")

    known_names = {control.name for control in CONTROLS} | OTHER_NAMES | FOREIGN
    refusals.extend(
        f"{_quoted(name)} is not a setting of this page, so it is ignored"
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
    query |= {name: value for name in ("lesson", "look") if (value := getattr(settings, name))}
    return {name: [text] for name, text in query.items()}


def read_cell(name: str, text: str) -> float:
    """An input or goal of a list of examples; ValueError says what is wrong with which."""
    control = next(control for control in CONTROLS if control.name == name)
    try:
        return control.parse(text)
    except ValueError as rule:
        raise ValueError(f"{name} {_quoted(text)} {rule}" if text else f"{name} {rule}") from None


def as_text(number: float) -> str:
    """The shortest text that reads back as exactly this number: ``2``, ``0.1``, ``1e-06``."""
    if abs(number) < _LONGEST_WHOLE and number == int(number):
        return str(int(number))
    return repr(number)


def _repeated(name: str, given: Sequence[str]) -> str:
    """That a name was given more than once, with the first two values."""
    return f"{name} is given {len(given)} times ({_quoted(given[0])}, {_quoted(given[1])})"


def _quoted(text: str) -> str:
    """A refused text as the reader is shown it: printable, and not longer than a line."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    if len(printable) > _SHOWN:
        printable = printable[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}"
    return f"“{printable}”"
