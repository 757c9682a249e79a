"""The reader's settings: what they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from neuron.core.training import Example, Run, train
from neuron.words.numbers import as_text

LOOKS = {
    "why": "Why it converges",
    "compare": "Compare runs",
    "sweep": "Sweep alpha",
    "data": "Train and test",
    "arithmetic": "The arithmetic",
    "steps": "All steps",
    "runs": "More runs",
}
"""The closer looks, by their name in the address; at most one is open."""

TOLERANCES = {0.1: "10 %", 0.01: "1 %", 0.001: "0.1 %", 0.0001: "0.01 %", 1e-6: "0.0001 %"}
"""How much of the starting miss may be left for a run to count as there, and how that is said."""

MOST_STEPS = 10_000
"""How many steps of a run are trained and played."""

MOST_KEPT = 4
"""How many runs can be kept for comparison."""

_NUMBER = re.compile(r"[+-]?([0-9]++\.?[0-9]*+|\.[0-9]++)([eE][+-]?[0-9]++)?")
"""Plain ASCII decimals: float() alone would also take `nan`, `1_000` and Arabic digits. Without
backtracking, which would take seconds on a number of ten thousand digits."""

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

ALPHA = CONTROLS[3]
"""The control of alpha, which the ruler sets too."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the page is made from; its defaults are what the page opens on.

    input, goal, weight, alpha, iterations: see `CONTROLS`. more: training examples beside the one
    of input and goal. test: test data, never trained on. lesson: the chapter these settings come
    from, or "". predict: whether the reader is asked before the run is shown. look: the open
    closer look, or "". tolerance: one of `TOLERANCES`. kept: the runs kept for comparison, each as
    its `what_runs`, at most `MOST_KEPT`.
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
    tolerance: float = 0.01
    kept: tuple[Settings, ...] = ()

    @property
    def training(self) -> tuple[Example, ...]:
        """The training data, the example of Input and Goal first."""
        return (Example(self.input, self.goal), *self.more)

    @property
    def played(self) -> int:
        """How many of the iterations are run: as many as make at most `MOST_STEPS` steps."""
        return min(self.iterations, MOST_STEPS // len(self.training))

    def run(self) -> Run:
        """The run of these settings: see `train`, which also says what it raises."""
        return train(self.training, weight=self.weight, alpha=self.alpha, iterations=self.played)

    @property
    def what_runs(self) -> Settings:
        """Only what the run depends on, all else as by default."""
        numbers = {control.name: getattr(self, control.name) for control in CONTROLS}
        return Settings(**numbers, more=self.more)


def read_cell(name: str, text: str) -> float:
    """An input or goal of a list of examples; ValueError says what is wrong with which."""
    control = next(control for control in CONTROLS if control.name == name)
    try:
        return control.parse(text)
    except ValueError as rule:
        raise ValueError(f"{name} {quoted(text)} {rule}" if text else f"{name} {rule}") from None


def read_tolerance(text: str) -> float:
    """One of `TOLERANCES`, however it is written; ValueError says which there are."""
    number = float(text) if _NUMBER.fullmatch(text) else None
    if number not in TOLERANCES:
        raise ValueError(f"is none of {', '.join(map(as_text, TOLERANCES))}")
    return number


def quoted(text: str) -> str:
    """A refused text as the reader is shown it: printable, and not longer than a line."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    if len(printable) > _SHOWN:
        printable = printable[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}"
    return f"“{printable}”"
