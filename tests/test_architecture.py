"""The house: who may import whom, and that no text becomes code or markup."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
[ORDER] = re.findall(r"^`(page -> [a-z >-]+)`$", ARCHITECTURE, re.MULTILINE)
ROOMS = ORDER.split(" -> ")[::-1]
"""The rooms from the core outwards, as the documentation lists them."""
MAY_IMPORT = {  # beside the standard library; of plotly only its plotly.js is used
    "streamlit": {"app", "page", "player"},
    "starlette": {"page", "player"},  # what Streamlit's server is made of
    "segno": {"player"},  # QR codes: a hundred kilobytes of Python, with nothing behind it
}


def modules() -> dict[str, Path]:
    """Our own Python modules by name."""
    found = {"app": ROOT / "app.py"}
    for path in (ROOT / "neuron").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imports(module: str) -> set[str]:
    """All that a module imports, wherever in it: our own modules in full, others by package."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            known = (n for n in (name, name.rpartition(".")[0]) if n in MODULES)
            found.add(next(known, name.partition(".")[0]))
    return found


def room(module: str) -> str:
    """The room that a module is in; "app" for app.py, "" for the package's public face."""
    return module if module == "app" else module.partition(".")[2].partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    """From its own room and those to the right of it; of what is not ours, what its room may."""
    here = room(module)
    rooms = {"": ["core"], "app": ROOMS}.get(here) or ROOMS[: ROOMS.index(here) + 1]
    for name in imports(module) - set(sys.stdlib_module_names):
        assert room(name) in ["", *rooms] if name in MODULES else here in MAY_IMPORT.get(name, ())


def test_every_file_of_the_map_is_there() -> None:
    """The documentation names no file that has gone."""
    named = set(re.findall(r"`([\w.]+\.(?:py|js|css|ts))`", ARCHITECTURE))
    there = {path.name for path in [*(ROOT / "neuron").rglob("*.*"), ROOT / "app.py"]}
    assert len(named) > 60
    assert named <= there


WEB = ROOT / "neuron" / "player" / "web"
[WEB_ORDER] = re.findall(r"^`(looks, [a-z, >-]+)`$", ARCHITECTURE, re.MULTILINE)
WEB_ROOMS = [group.split(", ") for group in WEB_ORDER.split(" -> ")]
"""The rooms of the browser's code, in groups: none imports from another of its group."""


@pytest.mark.parametrize("path", [*WEB.glob("*/*.js")], ids=lambda path: path.name)
def test_imports_run_one_way_in_the_browser(path: Path) -> None:
    here = path.parent.name
    [place] = [k for k, group in enumerate(WEB_ROOMS) if here in group]
    allowed = [room for group in WEB_ROOMS[place + 1 :] for room in group]
    for other in re.findall(r' from "\.\./(\w+)/', path.read_text("utf-8")):
        assert other in allowed


OURS = [*WEB.glob("*/*.js"), *WEB.glob("*/*.html")]
TEXT_INTO_CODE = (
    r"\b(eval|Function|innerHTML|insertAdjacentHTML|outerHTML|srcdoc|execScript)\b|\.write\("
)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_script_of_ours_makes_code_or_markup_from_text(path: Path) -> None:
    """Text goes into the page as text."""
    source = path.read_text("utf-8")
    assert re.findall(TEXT_INTO_CODE, source) == []


def test_python_makes_no_code_or_markup_from_text() -> None:
    """No eval and its like, and Markdown is never allowed HTML."""
    for path in [ROOT / "app.py", *ROOT.glob("neuron/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                called = call.func.id if isinstance(call.func, ast.Name) else ""
                assert called not in ("eval", "exec", "compile", "__import__"), path
                assert "unsafe_allow_html" not in {word.arg for word in call.keywords}, path
