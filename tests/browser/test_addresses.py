"""30 addresses that nobody should trust, in a real browser."""

from __future__ import annotations

from random import Random

import pytest
from addresses import address, misfits
from playwright.sync_api import Dialog

from browser.reader import Open
from neuron.state.parameters import CONTROLS
from neuron.words.numbers import as_text

LEFT_OUT = "plotly.min.js"  # to draw would take most of the time, and draws nothing of an address
FILLED = """() => {
    const fields = [...document.querySelectorAll(".st-key-fields input")];
    return fields.length === 5 && fields.every((field) => field.value !== "");
}"""
TELL = """() => {
    const told = document.querySelectorAll("p.refused");
    const within = [...told].flatMap((p) => [...p.querySelectorAll("*")]);
    const odd = "[onerror], [onload], [srcdoc], [src=x], [href*=pwned]";
    return {
        sentences: [...told].flatMap((p) => [...p.childNodes])
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.data.replace("From the address: ", "")),
        tags: within.map((element) => element.tagName).filter((tag) => tag !== "BR"),
        made: [...document.querySelectorAll(odd)].map((element) => element.outerHTML),
        ran: typeof window.pwned,
        exceptions: document.querySelectorAll("[data-testid=stException]").length,
        fields: [...document.querySelectorAll(".st-key-fields input")].map((e) => Number(e.value)),
    };
}"""


@pytest.mark.parametrize("batch", range(2))
def test_any_address_is_a_page_in_the_browser_too(open_page: Open, batch: int) -> None:
    """No exception, no dialog, nothing run, nothing made of it; each refusal is one sentence.

    Fields and address then hold the values that are good.
    """
    reader = open_page(blocked=LEFT_OUT)
    # A route switches the browser's cache off, and then each page takes three times as long.
    reader.page.unroute(f"**/{LEFT_OUT}*")
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    session.send("Network.setBlockedURLs", {"urls": [f"*/{LEFT_OUT}*"]})
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reader.page.on("dialog", dismiss)
    draw = Random(batch)
    for _ in range(15):
        given = address(draw)
        reader.goto(given.query)
        values = {control.name: getattr(given.settings, control.name) for control in CONTROLS}
        reader.await_address(**{name: as_text(value) for name, value in values.items()})
        reader.page.wait_for_function(FILLED)
        found = reader.page.evaluate(TELL)
        assert misfits(found.pop("sentences"), given) == [], given.query
        assert found == {
            "tags": [],
            "made": [],
            "ran": "undefined",
            "exceptions": 0,
            "fields": list(values.values()),
        }, given.query
        assert dialogs == [], given.query
