"""The parameters: what can be set, its allowed values, and how it is written in an address.

The address, the fields, the chapters' "You changed" and the tests all use one list, `PARAMETERS`:
a new setting needs a field in `Settings` and a row in that list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neuron.core.exercises import IN_A_SET
from neuron.core.training import Example, Run, train
from neuron.state import reading
from neuron.state.examples import MOST, from_text, to_text
from neuron.state.reading import quoted
from neuron.words.arithmetic import CONVENTIONS
from neuron.words.numbers import as_text, exactly

LOOKS = {
    "why": "Why it converges",
    "compare": "Compare runs",
    "sweep": "Sweep alpha",
    "data": "Train and test",
    "arithmetic": "By hand",
    "steps": "All steps",
    "runs": "Explore",
}
"""The closer looks, by their name in the address; at most one is open."""

TOLERANCES = {0.1: "10%", 0.01: "1%", 0.001: "0.1%", 0.0001: "0.01%", 1e-6: "0.0001%"}
"""How much of the starting gap may be left for a run to count as converged, with the labels."""

SPEEDS = {
    "beat": "Beat by beat",
    "slow": "Slow",
    "normal": "Normal",
    "fast": "Fast",
    "fastest": "Fastest",
}
"""The playback speeds, by their name in the address."""

HIDEABLE = {"verdict": "the verdict", "ruler": "the alpha ruler"}
"""The parts of the stage that a link can hide, with their names on the page."""

MOST_STEPS = 10_000
"""The most steps of a run that are trained and played."""

MOST_KEPT = 4
"""The most runs that can be kept for comparison."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting.

    name: in the address. label: on the page and in sentences. default: its value when the page
    opens. field: its field in `Settings`, if not ``name``. always: whether every address includes
    it. history: whether changing it makes an entry in the browser's history. nothing: the wording
    for an empty value, in messages.
    """

    name: str
    label: str
    default: Any
    field: str = ""
    always: bool = False
    history: bool = True
    nothing: str = ""

    def of(self, settings: Settings) -> Any:
        """Its value in these settings."""
        return getattr(settings, self.field or self.name)

    def read(self, text: str) -> tuple[Any, list[str]]:
        """The value of a text in an address, and messages about the parts left out.

        Raises ValueError, which says in words which rule the text breaks.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The text in an address that `read` turns into this value."""
        return str(value)

    def change(self, before: Any, after: Any) -> str:
        """How a value differs from the chapter's, in words; "" if it need not be mentioned."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Parameter):
    """A number from low to high, inclusive; whole: whether it must be a whole number."""

    low: float
    high: float
    whole: bool = False

    def read(self, text: str) -> tuple[float, list[str]]:
        """As `parse`; a number has no parts to leave out."""
        return self.parse(text), []

    def write(self, value: float) -> str:
        """The shortest text: ``2``, ``1e-06``."""
        return as_text(value)

    def change(self, before: float, after: float) -> str:
        """``alpha from 0.1 to 0.3``."""
        return f"{self.label.lower()} from {exactly(before)} to {exactly(after)}"

    def parse(self, text: str) -> float:
        """The number in a text from an address; ValueError says which rule it breaks."""
        return self.check(reading.in_address(text))

    def parse_typed(self, text: str) -> float:
        """The number in a typed or pasted text; ValueError as for `parse`."""
        return self.check(reading.typed(text))

    def check(self, number: float) -> float:
        """The number, if it is allowed; ValueError says which rule it breaks."""
        if not self.low <= number <= self.high:
            raise ValueError(f"is not between {exactly(self.low)} and {exactly(self.high)}")
        if self.whole and not float(number).is_integer():
            raise ValueError("is not a whole number")
        return int(number) if self.whole else number + 0.0  # -0.0 would show as "-0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Number):
    """A whole number for where the reader is; no run depends on it."""

    whole: bool = True

    def change(self, before: float, after: float) -> str:
        """Nothing: moving on is not a change to a chapter's settings."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Parameter):
    """One of a few words, or ""."""

    words: Sequence[str] = ()
    rule: str = ""

    def read(self, text: str) -> tuple[str, list[str]]:
        """The word itself."""
        if text not in self.words:
            raise ValueError(self.rule or f"is not one of {', '.join(self.words)}")
        return text, []


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Parameter):
    """Any of a few words, without repeats and in list order; separated by commas."""

    words: Sequence[str] = ()
    rule: str = ""

    def read(self, text: str) -> tuple[tuple[str, ...], list[str]]:
        """The words given; ValueError if any is not on the list."""
        given = text.split(",") if text else []
        for word in given:
            if word not in self.words:
                raise ValueError(self.rule or f"may only contain {', '.join(self.words)}")
        return tuple(word for word in self.words if word in given), []

    def write(self, value: Sequence[str]) -> str:
        """The words, separated by commas."""
        return ",".join(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Parameter):
    """On or off."""

    def read(self, text: str) -> tuple[bool, list[str]]:
        """``1`` is on, ``0`` is off."""
        if text not in ("0", "1"):
            raise ValueError("must be 0 or 1")
        return text == "1", []

    def write(self, value: bool) -> str:
        """``1`` or ``0``."""
        return str(int(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance(Parameter):
    """One of `TOLERANCES`, in any number format."""

    def read(self, text: str) -> tuple[float, list[str]]:
        """One of the allowed numbers."""
        rule = f"is not one of {', '.join(map(as_text, TOLERANCES))}"
        try:
            number = reading.in_address(text)
        except ValueError:
            raise ValueError(rule) from None
        if number not in TOLERANCES:
            raise ValueError(rule)
        return number, []

    def write(self, value: float) -> str:
        """The shortest text: ``0.01``, ``1e-06``."""
        return as_text(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples(Parameter):
    """A list of at most ``most`` examples."""

    most: int
    changed: str

    def read(self, text: str) -> tuple[tuple[Example, ...], list[str]]:
        """As `from_text`."""
        return from_text(text, read_cell, self.most)

    def write(self, value: Sequence[Example]) -> str:
        """As `to_text`."""
        return to_text(value, as_text)

    def change(self, before: Any, after: Any) -> str:
        """Says that the list differs."""
        return self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRuns(Parameter):
    """Runs kept for comparison: each is ``2:2:0:0.1:18``, then any further examples."""

    def read(self, text: str) -> tuple[tuple[Settings, ...], list[str]]:
        """The valid runs, without repeats, at most `MOST_KEPT`."""
        kept: list[Settings] = []
        refused = []
        for place, part in enumerate(text.split(",") if text else [], start=1):
            try:
                run = _kept_run(part.split(":"))
            except ValueError as rule:
                refused.append(f"in run {place}, {rule}")
                continue
            if run not in kept and len(kept) == MOST_KEPT:
                refused.append(f"run {place} is beyond the limit of {MOST_KEPT}")
            elif run not in kept:
                kept.append(run)
        return tuple(kept), refused

    def write(self, value: Sequence[Settings]) -> str:
        """The runs, separated by commas."""
        return ",".join(map(kept_text, value))


_MOST = 1_000_000.0

INPUT = Number("input", "Input", 2.0, always=True, low=-_MOST, high=_MOST)
GOAL = Number("goal", "Goal", 2.0, always=True, low=-_MOST, high=_MOST)
WEIGHT = Number("weight", "Starting weight", 0.0, always=True, low=-_MOST, high=_MOST)
ALPHA = Number("alpha", "Alpha", 0.1, always=True, low=0.0, high=_MOST)
ITERATIONS = Number("iterations", "Iterations", 18, always=True, low=0, high=10_000, whole=True)
EXERCISE = Place("exercise", "Set of exercises", 0, low=0, high=999_999)
TURN = Place("turn", "Your turn", 0, low=0, high=MOST_STEPS)
GAPS = Place("gaps", "Lines to fill in", 1, low=1, high=IN_A_SET)
STOP = Number("stop", "Stop", 0, low=0, high=99, whole=True)
LESSON = Word("lesson", "Chapter", "", rule="is not a chapter", nothing="no chapter is open")
ONLY = Words(
    "only",
    "Only these chapters",
    (),
    rule="does not name a chapter",
    nothing="all chapters are shown",
)

CONTROLS = (INPUT, GOAL, WEIGHT, ALPHA, ITERATIONS)
"""The five numbers that have a field each; a kept run begins with them."""

PARAMETERS: tuple[Parameter, ...] = (
    *CONTROLS,
    Examples(
        "train",
        "Training data",
        (),
        field="more",
        nothing="it is empty",
        most=MOST - 1,
        changed="the training data",
    ),
    Examples("test", "Test data", (), nothing="it is empty", most=MOST, changed="the test data"),
    Switch("predict", "Predict first", False),
    Tolerance("tolerance", "Tolerance", 0.01),
    KeptRuns("keep", "Kept runs", (), field="kept", nothing="no run is kept"),
    LESSON,
    STOP,
    Word("look", "Closer look", "", words=tuple(LOOKS), nothing="none is open"),
    Switch("log", "Logarithmic axes", False, history=False),
    Word("convention", "Convention", "book", words=tuple(CONVENTIONS)),
    EXERCISE,
    TURN,
    GAPS,
    Place("step", "Step", 0, history=False, low=0, high=MOST_STEPS),
    Word("speed", "Speed", "normal", history=False, words=tuple(SPEEDS)),
    Words("hide", "Hidden parts", (), words=tuple(HIDEABLE), nothing="nothing is hidden"),
    Switch("lock", "Locked numbers", False),
    ONLY,
)
"""All settings, in the order of the address."""

BY_NAME: Mapping[str, Number] = {control.name: control for control in CONTROLS}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in an address; the defaults are what the page opens with.

    input, goal, weight, alpha, iterations: see `CONTROLS`. more: training examples besides the one
    from input and goal. test: test data, never trained on. lesson: the open chapter, or "". stop:
    the stop that the reader is at, from 0. predict: whether the reader is asked before the run is
    shown. look: the open closer look, or "". tolerance: one of `TOLERANCES`. kept: the runs kept
    for comparison, each as its `what_runs`, at most `MOST_KEPT`. log: whether axes are logarithmic.
    convention: one of `CONVENTIONS`; alpha is the book's in each. exercise: the seed of a set of
    exercises, or 0 for the run itself. turn: the step of the run, or the index in the set, that the
    reader works on. gaps: how many of its lines are left out, for a step of the run.
    step: the step of the run at which the page opens. speed: one of `SPEEDS`. hide: parts that the
    link hides. lock: whether the link locks the numbers. only: the chapters that the link offers;
    empty for all of them.
    """

    input: float = INPUT.default
    goal: float = GOAL.default
    weight: float = WEIGHT.default
    alpha: float = ALPHA.default
    iterations: int = ITERATIONS.default
    more: tuple[Example, ...] = ()
    test: tuple[Example, ...] = ()
    lesson: str = ""
    stop: int = 0
    predict: bool = False
    look: str = ""
    tolerance: float = 0.01
    kept: tuple[Settings, ...] = ()
    log: bool = False
    convention: str = "book"
    exercise: int = 0
    turn: int = 0
    gaps: int = 1
    step: int = 0
    speed: str = "normal"
    hide: tuple[str, ...] = ()
    lock: bool = False
    only: tuple[str, ...] = ()

    @property
    def training(self) -> tuple[Example, ...]:
        """The training data, with the example from Input and Goal first."""
        return (Example(self.input, self.goal), *self.more)

    @property
    def played(self) -> int:
        """How many iterations are run, so that there are at most `MOST_STEPS` steps."""
        return min(self.iterations, MOST_STEPS // len(self.training))

    def run(self) -> Run:
        """The run with these settings; raises as `train` does."""
        return train(self.training, weight=self.weight, alpha=self.alpha, iterations=self.played)

    @property
    def what_runs(self) -> Settings:
        """Only the settings that the run depends on; the others have their defaults."""
        return Settings(**self.numbers, more=self.more)

    @property
    def numbers(self) -> dict[str, Any]:
        """The five numbers by name."""
        return {control.name: control.of(self) for control in CONTROLS}


def differences(base: Settings, settings: Settings) -> list[str]:
    """How the settings differ from a chapter's, in words: ``alpha from 0.1 to 0.3``."""
    changed = [p for p in PARAMETERS if p.of(base) != p.of(settings)]
    told = [parameter.change(parameter.of(base), parameter.of(settings)) for parameter in changed]
    return [words for words in told if words]


def read_cell(name: str, text: str, typed: bool = False) -> float:
    """An input or goal from a list of examples; ValueError says which one is wrong and why."""
    control = BY_NAME[name]
    try:
        return control.parse_typed(text) if typed else control.parse(text)
    except ValueError as rule:
        raise ValueError(f"{name} {quoted(text)} {rule}" if text else f"{name} {rule}") from None


def kept_text(kept: Settings) -> str:
    """A kept run as in the address: see `KeptRuns`."""
    further = [number for example in kept.more for number in (example.input, example.goal)]
    return ":".join(map(as_text, [*kept.numbers.values(), *further]))


def _kept_run(cells: Sequence[str]) -> Settings:
    """One kept run; ValueError says which rule it breaks."""
    count = len(CONTROLS)
    names = [*BY_NAME, *["input", "goal"] * min((len(cells) - count) // 2, MOST - 1)]
    if len(cells) != len(names):
        raise ValueError(
            f"the numbers are not {':'.join(BY_NAME)}, or a pair after them is incomplete"
        )
    numbers = [read_cell(name, cell) for name, cell in zip(names, cells, strict=True)]
    controls: dict[str, Any] = dict(zip(BY_NAME, numbers, strict=False))
    further = numbers[count:]
    return Settings(**controls, more=tuple(map(Example, further[::2], further[1::2])))
