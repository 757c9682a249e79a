"""What is taken away, opened by an ordinary reader of its kind in a browser's company."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import zxingcpp
from PIL import Image, ImageColor
from playwright.sync_api import Browser, expect
from runs import read

from browser.chromium import VIEWS
from browser.reader import DESKTOP, PHONE, Open, Reader, troubles
from neuron import train
from neuron.charts.palette import PALETTE
from neuron.words.exports import as_csv

RUN = train(input=2.0, goal=2.0, weight=0.0, alpha=0.3, iterations=18)


def share(reader: Reader, tab: str = "Link") -> None:
    reader.button("Share").click()
    expect(reader.page.locator(".share .qr svg")).to_be_visible()
    reader.page.get_by_role("tab", name=tab).click()


def saved(reader: Reader, button: str, folder: Path) -> Path:
    """The file that a button saves."""
    with reader.page.expect_download() as download:
        reader.button(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_link_opens_what_is_seen(open_page: Open, tmp_path: Path) -> None:
    """The step, the speed and the look included; the QR code holds the very same link, in the dark
    too.
    """
    reader = open_page("alpha=0.3&look=steps", view="phone")
    reader.page.emulate_media(color_scheme="dark")
    reader.seek(7)
    reader.speed.select_option("fast")
    share(reader)
    field = reader.page.locator(".share .link:visible")
    expect(field).to_have_value(re.compile("alpha=0.3"))
    link = field.input_value()
    assert {"alpha=0.3", "look=steps", "step=7", "speed=fast"} <= set(link.split("?")[1].split("&"))
    reader.page.locator(".share .qr svg:visible").screenshot(path=tmp_path / "qr.png")
    with Image.open(tmp_path / "qr.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]
    frame = reader.page.locator(".share .frame:visible").input_value()
    assert ElementTree.fromstring(frame).attrib["src"] == f"{link}&embed=true"
    assert not reader.scrolls_sideways()
    other = open_page(link.split("?")[1])
    expect(other.shown).to_have_text("7 of 18")
    expect(other.speed).to_have_value("fast")


def test_share_is_one_press_away_at_the_foot_of_the_page(open_page: Open) -> None:
    """Beside the menu, on a row that lets nothing show through; embedded, too."""
    reader = open_page()
    for query, size in (("look=steps", DESKTOP), ("look=runs", PHONE), ("embed=true", DESKTOP)):
        reader.resize(*size)
        reader.goto(query)
        foot = reader.page.locator(".st-key-closer")
        foot.evaluate("foot => foot.scrollIntoView({ block: 'end' })")
        if "embed" not in query:
            row = reader.page.locator(":has(> .st-key-top)")
            assert reader.box(row)["y"] == 0
            ground = "row => getComputedStyle(row).backgroundColor"
            assert row.evaluate(ground) == reader.page.locator(".stApp").evaluate(ground)
        expect(reader.button("Share")).to_be_in_viewport(ratio=1)
        reader.page.mouse.click(*reader.centre(reader.button("Share")))
        expect(reader.page.get_by_role("dialog")).to_be_visible()


def test_files_are_made_when_they_are_asked_for(open_page: Open, tmp_path: Path) -> None:
    """Each has the name of what is in it, and what is in it is this run."""
    reader = open_page("alpha=0.3")
    share(reader, "Files")
    path = saved(reader, "All steps, for a spreadsheet (CSV)", tmp_path)
    assert path.name == "one-neuron_input-2_goal-2_alpha-0.3.csv"
    assert path.read_bytes().decode() == as_csv(RUN)
    for button, ending in {
        "All steps, for a program (JSON)": "json",
        "The program (Python)": "py",
        "The program as a notebook": "ipynb",
    }.items():
        path = saved(reader, button, tmp_path)
        assert path.name == f"one-neuron_input-2_goal-2_alpha-0.3.{ending}"
        assert "alpha = 0.3" in path.read_text() or '"alpha": 0.3' in path.read_text()


def test_the_page_to_keep_works_without_a_network(
    open_page: Open, browser: Browser, tmp_path: Path
) -> None:
    """It plays; alpha has its words at every stop; other handles are answered and said so of."""
    reader = open_page("alpha=0.3")
    share(reader, "Files")
    path = saved(reader, "A page to keep", tmp_path)
    context = browser.new_context(**VIEWS["desktop"], offline=True)
    kept = Reader(context.new_page())
    page, wrong = kept.page, troubles(kept.page)
    page.goto(path.as_uri())
    expect(page.locator(".stage[data-ready]")).to_be_visible()
    verdict, note = kept.verdict.locator("strong"), page.locator(".belongs")
    expect(verdict).to_have_text("Overshoots, then zigzags in.")
    kept.play("Fastest")
    expect(kept.shown).to_have_text("18 of 18")
    expect(kept.moment).to_contain_text("After 18 updates")
    kept.button("Past the limit").click()
    expect(verdict).to_have_text("Blows up.")
    expect(page.locator(".program")).to_contain_text("alpha = 0.525")
    expect(note).to_be_empty()
    kept.handle("Goal, on the number line").press("ArrowUp")
    expect(note).to_contain_text("belong to an earlier run")
    ideal = "document.querySelector('.stage [data-picture=weight] .plot').data[0].y"
    assert page.evaluate(ideal) == [None], "it is not known for another goal"
    kept.button("Reset").click()
    expect(verdict).to_have_text("Overshoots, then zigzags in.")
    page.get_by_text("All steps", exact=True).click()
    exact = "(cells) => cells.map((cell) => cell.title)"
    rows = page.locator(".every-step td:nth-child(2)").evaluate_all(exact)
    assert [float(read(text)) for text in rows] == [*RUN.weights]
    assert wrong == []
    context.close()


def test_it_prints_light_on_two_pages_with_the_whole_table(open_page: Open, tmp_path: Path) -> None:
    """Every step is a line of text; all charts are whole; after printing all is as it was."""
    reader = open_page("alpha=0.3&look=steps", view="dark")
    reader.seek(3)
    before = reader.page.locator(".charts").bounding_box()
    reader.page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    assert len(document) == 2
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(re.findall(r"^\d+ [-\d]", text, re.MULTILINE)) >= len(RUN.weights)
    for words in ("Error bowl", "Weight by step", "Error by step", "After 18 updates"):
        assert words in text
    for words in ("Play", "Copy", "Share", "Keep this run"):
        assert words not in text
    picture = document[0].render(scale=1).to_pil().convert("L")
    assert picture.getpixel((5, 5)) == 255
    light = sum(picture.histogram()[200:]) / (picture.width * picture.height)
    assert light > 0.8
    expect(reader.shown).to_have_text("3 of 18")
    assert reader.page.locator(".charts").bounding_box() == before
    reader.go("alpha=0.1&keep=2:2:0:0.3:18&look=compare")
    reader.page.locator(".compare[data-ready]").wait_for()
    reader.page.pdf(path=tmp_path / "look.pdf", format="Letter")
    document = pypdfium2.PdfDocument(tmp_path / "look.pdf")
    assert len(document) == 2
    text = document[1].get_textpage().get_text_range()
    assert text.count("alpha 0.3") >= 2, text  # the names at the right end of both charts
    for words in ("One step back", "Load", "Starting weight"):
        assert words not in text


def test_a_picture_is_saved_in_one_press(open_page: Open, tmp_path: Path) -> None:
    """A PNG as wide as a slide, an SVG that is one; in either colours, whatever the page's are.

    On a phone, too, with all charts, also those whose turn it is not.
    """
    reader = open_page("alpha=0.3", view="phone")
    share(reader, "Picture")
    stage = ["Error bowl", "Weight by step", "Error by step", "print(weight, pred, error)"]
    shown = {"The whole stage": [*stage, "zigzags in"], "Error by step": ["Error by step"]}
    for theme, (what, words) in product(("dark", "light"), shown.items()):
        reader.page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
        for choice in (theme.title(), what):
            reader.page.get_by_role("radio", name=choice).check()
        with Image.open(saved(reader, "Save as PNG", tmp_path)) as picture:
            assert picture.width == 1920 > picture.height
            colours = picture.convert("RGB").getcolors(picture.width * picture.height) or []
        counts = {colour: count for count, colour in colours}
        paper, line = (ImageColor.getrgb(PALETTE[theme][name]) for name in ("paper", "error"))
        assert max(counts, key=counts.__getitem__) == paper
        assert counts[line] > 200
        svg = ElementTree.fromstring(saved(reader, "Save as SVG", tmp_path).read_text())
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        text = "".join(svg.itertext())
        assert [word for word in (*stage, "zigzags in") if word in text] == words


def test_presenting_goes_beat_by_beat_and_on_to_the_next_part(open_page: Open) -> None:
    """A remote's Page Down: four beats, the rest of the run, the story; Page Up goes back.

    Space plays.
    """
    reader = open_page("alpha=0.3")
    press = reader.page.keyboard.press

    def present() -> None:
        share(reader, "For a class")
        reader.button("Present this page").click()
        expect(reader.page.get_by_role("dialog")).to_have_count(0)

    present()
    for key, words in (
        ("PageDown", "Predict."),
        ("ArrowRight", "Compare."),
        ("PageDown", "Send back."),
        ("PageDown", "Update."),
        ("PageUp", "Send back."),
    ):
        press(key)
        expect(reader.moment).to_contain_text(words)
    press("PageDown")
    press("PageDown")
    expect(reader.page.locator(".stage .play")).to_have_text("Pause")
    press("PageDown")
    expect(reader.shown).to_have_text("18 of 18")
    press("PageDown")  # there is nothing more to show
    expect(reader.shown).to_have_text("18 of 18")
    reader.button("New here? Start the story").focus()
    press(" ")  # plays, wherever the focus is
    expect(reader.page.locator(".stage .play")).to_have_text("Pause")
    press("PageDown")
    expect(reader.shown).to_have_text("18 of 18")
    assert "lesson" not in reader.address()
    reader.goto("lesson=alpha&stop=1")
    present()
    expect(reader.onward).to_have_text("Pick first")
    press("PageDown")
    expect(reader.onward).to_have_text("Pick, or go on to see")
    reader.await_rest()
    assert "stop=1" in reader.page.url
    press("PageDown")
    reader.await_address(stop="2")
    press("PageDown")  # the run waits for the presenter
    expect(reader.moment).to_contain_text("Predict.")
    press("Escape")


def test_a_page_for_a_class_is_what_its_address_says(open_page: Open) -> None:
    """Hidden is hidden, locked is locked; the panel builds the link that does it."""
    reader = open_page("alpha=0.3")
    share(reader, "For a class")
    for words in ("Hide the verdict", "Lock the numbers"):
        reader.page.get_by_text(words).click()
    link = reader.page.locator(".share .link:visible")
    expect(link).to_have_value(re.compile("alpha=0.3.*&hide=verdict&lock=1$"))
    other = open_page(link.input_value().split("?")[1])
    expect(other.verdict).to_be_hidden()
    expect(other.number("Alpha")).to_be_disabled()
    for handle in ("goal", "weight", "input"):
        fixed = other.page.locator(f".neuron-svg .handle.{handle}")
        expect(fixed).to_have_attribute("data-fixed", "")
    other.button("Show the full page").click()
    expect(other.verdict).to_be_visible()
    expect(other.number("Alpha")).to_be_enabled()
