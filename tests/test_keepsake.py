"""The page to keep, as a file: how large it is, what it needs, and what it can say."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import replace
from gzip import decompress
from typing import Any

import pytest

from neuron import Example
from neuron.charts.ruler import ruler
from neuron.core.dynamics import dynamics
from neuron.page.view import View
from neuron.player.keepsake import html_of, keepsake, stops
from neuron.player.payloads import as_json
from neuron.state.parameters import Settings
from neuron.state.state import State
from neuron.words.rule import ARITHMETIC

MOST_BYTES = 2_500_000
LARGEST = Settings(
    *(7.0, 3.0, -2.0, 0.01, 100),
    more=tuple(Example(k / 7, 1 / (k + 1)) for k in range(19)),
    test=tuple(Example(k / 3, k) for k in range(20)),
)


def part(page: str, pattern: str) -> str:
    (found,) = re.findall(pattern, page, re.DOTALL)
    return str(found)


def answers(page: str) -> dict[float, dict[str, Any]]:
    packed = part(page, '<script type="text/plain" id="answers">(.*?)</script>')
    return dict(json.loads(decompress(b64decode(packed))))


@pytest.mark.parametrize("settings", [Settings(), LARGEST])
def test_it_is_one_file_that_asks_for_nothing(settings: Settings) -> None:
    """Small enough to be mailed; nothing is loaded, and the only address is the page's."""
    page = keepsake(settings, "https://example.org/?alpha=1&weight=2")
    assert len(page.encode()) < MOST_BYTES
    assert not re.search(r"<(?:script|link|img)[^>]* (?:src|href)=", page)
    assert re.findall(r'href="(.*?)"', page.partition("<main>")[0]) == [
        "https://example.org/?alpha=1&amp;weight=2"
    ]


def test_no_address_but_a_web_pages_is_linked() -> None:
    """What else calls itself a link is left out."""
    page = keepsake(Settings(), 'javascript:alert("x")')
    assert "<a " not in page.partition("<main>")[0]


def test_at_every_stop_of_the_ruler_it_says_what_the_page_says() -> None:
    """The words, axes and ruler of 40 alphas are those that the page itself is sent."""
    settings = Settings(alpha=0.3, iterations=9)
    page = keepsake(settings)
    saved = json.loads(part(page, '<script type="application/json" id="saved">(.*?)</script>'))
    known = answers(page)
    there = stops(ruler(dynamics(settings.training, settings.weight, settings.alpha)))
    assert list(known) == there
    assert {0.0, 0.25, 0.5, 0.525} < set(there)
    for alpha in [*there[:: max(1, len(there) // 40)], 0.25, 0.5]:
        there_now = State(settings=replace(settings, alpha=alpha, log=True))
        sent = json.loads(as_json(View.of(there_now).payload))
        kept = saved | known[alpha]
        names = ("numbers", "views", "steps", "logarithmic", "ideal", "verdict", "found", "ruler")
        for name in (*names, "program", "grips", "words", "figures"):
            assert kept[name] == sent[name], (alpha, name)


def test_our_markdown_becomes_html() -> None:
    """A table with its head, code with its asterisks, bold and emphasis; nothing is left over."""
    html = html_of(ARITHMETIC)
    assert "<td><code>prediction = input * weight</code></td>" in html
    assert "<th>In the code</th>" in html
    assert "<b>A factor of 2.</b>" in html
    assert "<em>gap</em>" in html
    assert "&lt; alpha" in html
    assert not re.search(r"[`|]|\*\*", html)
