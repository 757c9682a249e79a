"""No text becomes code, markup or a formula."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from test_app import opened

ROOT = Path(__file__).parents[1]
MARKUP = "<img src=x onerror=pwned=1>"
FORMULA = "=HYPERLINK(pwned)"
NUMBER = r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?"
OURS = [*ROOT.glob("neuron/player/web/*.js"), *ROOT.glob("neuron/player/web/*.html")]
TEXT_INTO_CODE = r"\b(eval|Function|insertAdjacentHTML|outerHTML|srcdoc|execScript)\b|\.write\("


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_script_of_ours_makes_code_or_markup_from_text(path: Path) -> None:
    """Text goes into the page as text; the one piece of markup that is set is a constant."""
    source = path.read_text("utf-8")
    assert re.findall(TEXT_INTO_CODE, source) == []
    assert set(re.findall(r"\.innerHTML\s*=\s*(.*);", source)) <= {"DRAWING"}
    assert not re.search(r"const DRAWING = `[^`]*\$\{", source)


def test_python_makes_no_code_or_markup_from_text() -> None:
    """No eval and its like, and Markdown is never allowed HTML."""
    for path in [ROOT / "app.py", *ROOT.glob("neuron/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                called = call.func.id if isinstance(call.func, ast.Name) else ""
                assert called not in ("eval", "exec", "compile", "__import__"), path
                assert "unsafe_allow_html" not in {word.arg for word in call.keywords}, path


def test_no_cell_of_a_table_comes_from_an_address_but_a_number() -> None:
    """Refused examples are told of and do not reach the tables, nor what is saved from them."""
    pairs = f"1:1,{FORMULA}:2,3:@pwned,+pwned:4,%095:5,{MARKUP}:6,-7:1e-6"
    at = opened(f"look=data&train={pairs}&test={pairs}")
    for name in ("more", "test"):
        rows = at.session_state["state"].tables[name].rows
        cells = [(row["input"], row["goal"]) for row in rows]
        assert cells == [("1", "1"), ("5", "5"), ("-7", "1e-06")]
