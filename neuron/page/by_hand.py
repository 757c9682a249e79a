"""The closer look "By hand": the arithmetic of the current step, and the reader's turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from random import randint
from time import monotonic

import streamlit as st

from neuron.core.exercises import IN_A_SET
from neuron.core.slips import Asked
from neuron.page.session import happen, widget
from neuron.page.view import View
from neuron.player.components import by_hand, sheet
from neuron.state import events
from neuron.state.parameters import EXERCISE
from neuron.state.state import State
from neuron.state.turn import LINE_OF, Said, Turn, heard, name_of, turn_of
from neuron.words.arithmetic import CONVENTIONS, Line

RUN, SET = "This run", "Five exercises"

JUST_NOW = 0.7
"""Feedback shown for fewer seconds than this can hardly have been read."""


def show(view: View) -> None:
    """Show the look."""
    with st.container(key="by-hand"):
        told = not (view.asks or view.sought)
        convention = view.settings.convention
        chooser = partial(
            st.selectbox,
            "Convention",
            list(CONVENTIONS),
            index=list(CONVENTIONS).index(convention),
            format_func=lambda name: CONVENTIONS[name].label,
            width=350,
            filter_mode=None,
            help="How this look defines the error and the learning rate. The run stays the same.",
        )
        widget(chooser, "convention", convention, events.set_convention)
        by_hand(
            view.theory,
            convention,
            told,
            lambda step: happen(events.practise, 0, step),
        )
        if not view.asks:
            with st.container(key="your-turn"):
                _your_turn(view)


def _your_turn(view: View) -> None:
    """A step for the reader to work out, with feedback on the answers."""
    settings = view.settings
    by = "" if settings.convention == "book" else ", with the book’s rule"
    st.html(f"<h3>Your turn{by}</h3>")
    with st.container(key="turn-choice", horizontal=True, vertical_alignment="bottom"):
        now = SET if settings.exercise else RUN
        numbers = partial(
            st.segmented_control,
            "Your turn: numbers from",
            [RUN, SET],
            default=now,
            label_visibility="collapsed",
        )
        widget(numbers, "turn-of", now, _choose)
        if settings.exercise:
            st.button("New exercises", on_click=happen, args=(_choose, SET))
            sheet(settings.exercise)
        else:
            gaps = partial(
                st.segmented_control,
                "Lines to fill in",
                list(range(1, IN_A_SET + 1)),
                default=settings.gaps,
            )
            widget(gaps, "turn-gaps", settings.gaps, events.leave_out)
    turn = turn_of(settings, view.run)
    example, own = st.columns(2, gap="large")
    with example:
        if turn.shown:
            _shown("The previous step", turn.shown)
    with own:
        _own(view, turn)


def _own(view: View, turn: Turn) -> None:
    """The step itself: its lines, and a field for each one left out."""
    given = ", ".join(f"{name} {text}" for name, text in turn.given.items())
    gaps = {LINE_OF[gap] for gap in turn.gaps}
    _shown(turn.title, [line for line in turn.lines if line.name not in gaps], given)
    settings = view.settings
    about = hash(repr((settings.exercise, turn.place, turn.situations)))  # hash(-1) == hash(-2)
    answers = {}
    known = {}
    fields = {}
    for asked in turn.gaps:
        key = f"answer-{asked.value}-{about}"
        answers[asked] = known[key] = st.text_input(
            name_of(asked), key=key, placeholder="type a number and press Enter"
        )
        fields[asked] = st.container(gap="xsmall")
    said = heard(turn, answers)
    for asked, what in said.items():
        _say(fields[asked], what)
    done = len(said) == len(turn.gaps) and all(what.right for what in said.values())
    if not done:
        asked = next(asked for asked in turn.gaps if not _is_right(said, asked))
        with fields[asked]:
            _hints(turn.line(asked))
    of = "exercise" if settings.exercise else "step"
    judged = None if done or not said else monotonic()
    st.button(
        f"Next {of}" if turn.place < turn.last else f"Back to the first {of}",
        type="primary" if done else "secondary",
        on_click=_go_on,
        args=(known, judged, settings.exercise, (turn.place + 1) % (turn.last + 1)),
        disabled=not turn.last,
    )


def _go_on(known: Mapping[str, str], judged: float | None, exercise: int, place: int) -> None:
    """Go on to the next step; but an answer that was typed just now is judged first, and stays.

    known: the answers when the button was made, by key. judged: when the answers were last
    judged, if not all are right: the press that left a field may arrive just after that.
    """
    just_typed = any(st.session_state.get(key, "") != text for key, text in known.items())
    if not just_typed and (judged is None or monotonic() - judged > JUST_NOW):
        happen(events.go_on, exercise, place)


def _is_right(said: Mapping[Asked, Said], asked: Asked) -> bool:
    return asked in said and said[asked].right


def _say(place: st.delta_generator.DeltaGenerator, what: Said) -> None:
    state = "right" if what.right else "waits" if what.waits else "not-yet"
    place.html(f"<p class='said {state}' role='status'>{escape(what.sentence)}</p>")


def _shown(title: str, lines: Sequence[Line], given: str = "") -> None:
    head = f"<h4>{escape(title)}</h4>" + (f"<p class='given'>{escape(given)}</p>" if given else "")
    rows = "".join(
        f"<li><span>{escape(line.symbols)}</span>"
        f"<span>{escape(line.numbers)} {line.sign} {escape(line.result)}</span></li>"
        for line in lines
    )
    st.html(f"{head}<ul class='shown' translate='no'>{rows}</ul>")


def _hints(line: Line) -> None:
    """Three hints, each inside the one before."""
    st.html(
        f"<details class='hint'><summary>Hint: the formula</summary><p>{escape(line.symbols)}</p>"
        f"<details><summary>Hint: with the numbers</summary><p>{escape(line.numbers)}</p>"
        f"<details><summary>The answer</summary><p>{line.sign} {escape(line.result)}</p>"
        "</details></details></details>"
    )


def _choose(state: State, numbers: str | None) -> State:
    """Work on the steps of the run, or on five random exercises."""
    exercise = randint(1, int(EXERCISE.high)) if numbers == SET else 0
    return events.practise(state, exercise, 0)
