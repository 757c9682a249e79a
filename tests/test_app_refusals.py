"""Bad addresses, without a browser: what is refused is told, and the rest is kept."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from test_app import (
    ADDRESS,
    DEFAULTS,
    html_with,
    opened,
    refusals,
    settings_of,
    shows,
    type_in,
    written,
)

from neuron import train

BAD = [
    *("abc", "nan", "inf", "-inf", "1e400", "", "%20", "1e7", "-1e7", "9" * 10_000, "x" * 10_000),
    *("1,5", "0x10", "1_000", "True", "%00", "2%0A", "%E2%88%921", "%F0%9F%98%80", "<b>2</b>"),
]


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_bad_value_is_refused_and_the_good_ones_are_kept(name: str) -> None:
    """It never raises: one sentence names the value refused and what stands in its place."""
    others = {other: 7 for other in DEFAULTS if other != name}
    kept = "&".join(f"{other}=7" for other in others)
    at = opened(kept)
    for text in BAD:
        at.query_params.clear()
        at.query_params.update(parse_qs(f"{kept}&{name}={text}", keep_blank_values=True))
        at.run()
        assert settings_of(at) == others | {name: DEFAULTS[name]}, text
        (said,) = refusals(at)
        assert said.startswith(name)
        assert said.endswith(f", so {name} is {ADDRESS[name]}.")
        assert len(said) < 200
        assert written(at)[name] == [ADDRESS[name]]
        shows(at, train(**settings_of(at)))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("alpha=0.2&alpha=0.3", "alpha is given 2 times"),
        ("iterations=2.5", "is not a whole number"),
        ("alpha=-0.1", "is not between 0 and 1000000"),
        ("iterations=10001", "is not between 0 and 10000"),
        ("look=nothing", "so none is open"),
        ("look=steps&look=steps", "so none is open"),
        ("alhpa=0.2", "is not a setting of this page"),
        ("=3", "is not a setting of this page"),
        (f"{'n' * 10_000}=3", "is not a setting of this page"),
    ],
    ids=lambda text: text[:20],
)
def test_an_address_arriving_bad_is_refused_in_one_sentence(query: str, says: str) -> None:
    """The first run says so, keeps the rest of the address, and writes a clean one."""
    at = opened(f"goal=3&{query}")
    assert settings_of(at) == DEFAULTS | {"goal": 3}
    (said,) = refusals(at)
    assert says in said
    assert len(said) < 200
    assert written(at) == {name: [text] for name, text in (ADDRESS | {"goal": "3"}).items()}


def test_markup_in_an_address_is_shown_as_text() -> None:
    """Nothing that an address holds becomes part of the page."""
    body = html_with(opened("alpha=<img src=x>&<b>=1&look=<i>"), 'class="refused"')
    assert "&lt;img src=x&gt;" in body
    assert not re.search("<(img|b|i)>|<img", body)


def test_many_refusals_are_summed_up() -> None:
    """Six are told one by one, and how many more there are."""
    assert len(refusals(opened("&".join(f"n{k}=1" for k in range(6))))) == 6
    *named, rest = refusals(opened("&".join(f"n{k}=1" for k in range(50))))
    assert len(named) == 6
    assert rest == "44 more parts of it could not be used either."


def test_refusals_go_with_the_next_change() -> None:
    """What was wrong with an address is old news once the reader has changed something."""
    at = opened("alpha=abc")
    assert refusals(at)
    type_in(at, "goal", "3")
    assert refusals(at) == []
    assert settings_of(at) == DEFAULTS | {"goal": 3}
