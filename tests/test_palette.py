"""The palette: colours that can be read, and told apart, on both papers."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from neuron.charts.palette import PALETTE

ROOT = Path(__file__).parents[1]
TEXT = ["ink", "muted", "weight", "error", "goal", "test"]
TO_XYZ = [(0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727)]


def channels(colour: str) -> np.ndarray:
    """Red, green and blue as light, not as bytes (WCAG 2.2, relative luminance)."""
    parts = np.array([*bytes.fromhex(colour.removeprefix("#"))]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(*colours: str) -> float:
    dark, light = sorted(float(np.dot(TO_XYZ[1], channels(colour))) for colour in colours)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTE)
@pytest.mark.parametrize("name", TEXT)
def test_colours_can_be_read_as_text(theme: str, name: str) -> None:
    """4.5:1 on the theme's paper (WCAG 2.2, 1.4.3), which is more than lines need."""
    assert contrast(PALETTE[theme][name], PALETTE[theme]["paper"]) >= 4.5


# Machado, Oliveira and Fernandes (2009): what is left of light's channels in complete
# protanopia, deuteranopia and tritanopia.
BLINDNESS = {
    "protanopia": [
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "deuteranopia": [
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "tritanopia": [
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b*, in which about 2 is a difference that can just be seen."""
    x, y, z = np.cbrt(np.maximum(np.dot(TO_XYZ, light), 0))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", PALETTE)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_colours_differ_for_colour_blind_readers(theme: str, blindness: str) -> None:
    """Weight, error, goal and test stay apart, by 7 at least of which 2 could be seen."""
    lights = [channels(PALETTE[theme][name]) for name in TEXT[2:]]
    seen = [lab(np.dot(BLINDNESS[blindness], light)) for light in lights]
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(one - other) >= 7


THEMES = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]


@pytest.mark.parametrize("theme", PALETTE)
def test_the_page_has_the_colours_of_the_pictures(theme: str) -> None:
    """Streamlit's themes and the palette agree wherever they name the same thing.

    The outline of the focus, in the primary colour, stands out from each ground: 3:1 (1.4.11).
    """
    page = THEMES[theme]
    names = {"paper": "backgroundColor", "ink": "textColor", "weight": "primaryColor"}
    names |= {"error": "redColor"}
    assert {n: PALETTE[theme][n] for n in names} == {n: page[key] for n, key in names.items()}
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(page["primaryColor"], page[ground]) >= 3


@pytest.mark.parametrize("path", [*ROOT.glob("neuron/**/*.css")], ids=lambda path: path.name)
def test_a_stylesheet_has_no_colour_of_its_own(path: Path) -> None:
    """All are the palette's or those of Streamlit's themes; #000 is a mask."""
    known = {colour for theme in (*PALETTE.values(), *THEMES.values()) for colour in theme.values()}
    assert {*re.findall(r"#[0-9a-f]{3,8}\b", path.read_text("utf-8"))} <= known | {"#000"}
