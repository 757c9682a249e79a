"""Addresses that nobody should trust, drawn at random, each with what the page must make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

from neuron import Example
from neuron.state.parameters import CONTROLS, LOOKS, Number, Settings
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS
from neuron.words.arithmetic import CONVENTIONS

BAD = [
    *("", " ", "abc", "nan", "-inf", "Infinity", "1e400", "-1e400", "1e-400", "0x10", "1_000"),
    *("True", "None", "null", "-", ".", "e5", "1e", "2 ", " 2", "--1", "9" * 3000, "pwned" * 600),
    *("\N{ARABIC-INDIC DIGIT THREE}", "\N{FULLWIDTH DIGIT TWO}", "\N{MINUS SIGN}1", "½", "2²"),
    *("2\x00", "2\n", "a\tb", "\u202e2", "2\u2028", "2\u200b", "\N{GRINNING FACE}", "é"),
    *("<b>pwned</b>", "<img src=x onerror=pwned=1>", "</p><script>pwned=1</script>", "<!--pwned"),
    *("<svg/onload=pwned=1>", "<iframe srcdoc='<script>parent.pwned=1</script>'>", "<p class=x>"),
    *("javascript&#58;pwned=1", "&lt;b&gt;", "'\"><b>pwned", "'-pwned-'", "`pwned`", "**pwned**"),
    *("[pwned](/pwned)", "![pwned](/pwned)", "$pwned$", "{{pwned}}", "${pwned}", "#pwned"),
    *("=1+1", "@pwned", "+pwned|' /C calc'!A0", "../../pwned", "'; DROP TABLE pwned", "%3Cb%3E"),
]
"""Texts that are no number, no word of the page and, having no comma and colon, no list."""

BROKEN = ["%", "%zz", "%2", "%E2%28%A1", "%C0%BC", "%ED%A0%80", "%F5%80%80%80", "%u003Cb%u003E"]
"""Percent-encoding that encodes nothing."""

UNKNOWN = ["alhpa", "Alpha", "input ", "__proto__", "constructor", "q", "UTM_source", "embedded"]

Given = tuple[str, Any, list[str]]
"""A value's text, what it sets (None: nothing), and a pattern for each refusal it must meet."""


@dataclass(frozen=True, slots=True)
class Address:
    """A query as it stands in a browser's address, the settings it holds, and its refusals."""

    query: str
    settings: Settings
    refused: list[str]


def encoded(draw: Random, text: str) -> str:
    """One of the ways in which a text can stand in an address."""
    return draw.choice([quote(text), quote(text, safe=""), quote_plus(text)])


def bad_text(draw: Random) -> str:
    """A bad value as it stands in an address."""
    return draw.choice(BROKEN) if draw.random() < 0.1 else encoded(draw, draw.choice(BAD))


def shown(text: str) -> str:
    """A pattern for the beginning of a text as a refusal repeats it."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return re.escape(printable[:20]) if text.strip() else ""


def a_number(low: float, high: float, whole: bool, draw: Random) -> tuple[str, float]:
    texts = ["0", "1", "2", "+007", "1e1", "5.", "3e0", "10", "0.0", "-0"]
    if not whole:
        texts += [".5", "-7.25", "1e-6", "0.1", "1E-300", "5e-324", "1000000", "-999999.9"]
        texts += [repr(draw.uniform(-3, 3)), repr(10 ** draw.uniform(-9, 5))]
    text = draw.choice([text for text in texts if low <= float(text) <= high])
    return text, int(float(text)) if whole else float(text) + 0.0


def a_control(control: Number, draw: Random) -> Given:
    if draw.random() < 0.5:
        text, value = a_number(control.low, control.high, control.whole, draw)
        return encoded(draw, text), value, []
    text = draw.choice([bad_text(draw), "1e7", "-1e9", "12.5" if control.whole else "1%2C5"])
    return text, None, [f"{control.name} .*{shown(unquote_plus(text))}"]


def a_word(name: str, words: Mapping[str, Any], draw: Random) -> Given:
    if draw.random() < 0.5:
        return (*draw.choice([*words.items()]), [])
    text = bad_text(draw)
    return text, None, [f"{name} = .*{shown(unquote_plus(text))}"]


def a_list(name: str, draw: Random) -> Given:
    pairs: list[str] = []
    examples: list[Example] = []
    refused = []
    most = 19 if name == "train" else 20
    for place in range(1, draw.choice([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 25]) + 1):
        (x, given), (y, goal) = (a_number(-1e6, 1e6, False, draw) for _ in range(2))
        cell = bad_text(draw)
        if unquote_plus(cell).strip() == "2":  # cells are read without the blanks around them
            cell = "x"
        broken = draw.choice([x, f"{x}:{y}:1", f"{x}:{cell}", f"{cell}:{y}"])
        good = draw.random() < 0.8
        pairs.append(f"{encoded(draw, x)}:{encoded(draw, y)}" if good else broken)
        if good and len(examples) < most:
            examples.append(Example(given, goal))
        else:
            refused.append(rf"{name}: .*\bexample {place}\b")
    return ",".join(pairs), tuple(examples), refused


def kept_runs(draw: Random) -> Given:
    runs = {
        "2:2:0:0.1:18": Settings(),
        "1:3:0.5:0.5:9:2:5": Settings(1.0, 3.0, 0.5, 0.5, 9, more=(Example(2, 5),)),
    }
    if draw.random() < 0.5:
        return ",".join(runs), tuple(runs.values()), []
    text = draw.choice(["2:2:0:0.1", "2:2:0:0.1:18:3", f"{bad_text(draw) or 'x'}:2:0:0.1:18"])
    return f"{text},2:2:0:0.1:18", (Settings(),), [r"keep: .*\brun 1\b"]


WORDS: dict[str, Mapping[str, Any]] = {
    "lesson": {name: name for name in LESSON_SETTINGS},
    "look": {name: name for name in LOOKS},
    "convention": {name: name for name in CONVENTIONS},
    "predict": {"0": False, "1": True},
    "tolerance": {text: float(text) for text in ("0.1", "0.01", "0.001", "0.0001", "1e-06")},
    "exercise": {"0": 0, "007": 7},
    "gaps": {"1": 1, "5": 5},
    "turn": {"0": 0, "3": 3, "1e4": 10_000},
}
NAMES: dict[str, tuple[str, Callable[[Random], Given]]] = {
    **{one.name: (one.name, partial(a_control, one)) for one in CONTROLS},
    **{name: (name, partial(a_word, name, words)) for name, words in WORDS.items()},
    "train": ("more", partial(a_list, "train")),
    "test": ("test", partial(a_list, "test")),
    "keep": ("kept", kept_runs),
}
"""What may stand in an address: the field of the settings that it sets, and a value drawn."""

MOST_TOLD = 6  # refusals; of the others their number


def address(draw: Random) -> Address:
    """An address with good, bad, repeated and unknown names in any order."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    refused: list[str] = []
    for name, (field, value_of) in NAMES.items():
        if draw.random() < 0.6:
            continue
        text, value, refusals = value_of(draw)
        times = draw.choice([1, 1, 1, 1, 1, 1, 2, 3])
        parts += [f"{name}={text}"] * times
        if times > 1:
            refused.append(f"{name} is given {times} times ")
        else:
            refused += refusals
            if value is not None:
                values[field] = value
    if draw.random() < 0.4:
        for name in {draw.choice(UNKNOWN), draw.choice(BAD), draw.choice(UNKNOWN)}:
            parts.append(f"{encoded(draw, name)}={bad_text(draw)}")
            refused.append(f"“{shown(name)}")
    if draw.random() < 0.1:
        parts.append(draw.choice(["embed=true", "embed_options=light_theme"]))
    draw.shuffle(parts)
    base = LESSON_SETTINGS.get(values.get("lesson", ""), Settings())
    return Address("&".join(parts), replace(base, **({"look": ""} | values)), refused)


def misfits(told: Sequence[str], address: Address) -> list[str]:
    """What is told but is no refusal of this address, and what is one but is not told.

    Six are told one by one; of the others, how many there are.
    """
    left = list(address.refused)
    rest = max(0, len(left) - MOST_TOLD)
    expected = [f"{rest} more part{'s' * (rest > 1)} could not be used either."] if rest else []
    found = [said for said in told if said not in expected]
    wrong = [said for said in expected if said not in told]
    for said in found:
        fitting = [pattern for pattern in left if re.match(pattern, said)]
        if fitting and said.endswith("."):
            left.remove(max(fitting, key=len))
        else:
            wrong.append(said)
    return wrong + (left if len(left) != rest else [])
