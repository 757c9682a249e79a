"""The house: who may import whom, and what lies in the folder."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
[ORDER] = re.findall(r"^`(page -> [a-z >-]+)`$", ARCHITECTURE, re.MULTILINE)
ROOMS = ORDER.split(" -> ")[::-1]
"""The rooms from the core outwards, as the documentation lists them."""
MAY_IMPORT = {
    "streamlit": {"app", "page", "player"},
    "plotly": set(),  # only its plotly.js is used
    "starlette": {"page", "player"},  # what Streamlit's server is made of
}
TOP_LEVEL = {
    *("app.py", "neuron", "tests", "requirements.txt", ".streamlit"),
    *("README.md", "LICENSE", ".gitignore", ".ci", "docs", "pyproject.toml"),
}
LARGEST = 600_000


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


def tracked() -> list[Path]:
    """The files that are in git, and are not deleted just now."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone: what belongs to the project is not known")
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    files = [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert files
    return files


def room(module: str) -> str:
    """The room that a module is in; "app" for app.py, "" for the package's public face."""
    return module if module == "app" else module.partition(".")[2].partition(".")[0]


def test_every_module_is_in_a_room() -> None:
    """Only the public names stand outside the rooms, and no room is missing from the list."""
    assert {room(module) for module in MODULES} == {"app", "", *ROOMS}


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    """A module imports from its own room and from those to the right of it in the list."""
    own = {room(name) for name in imports(module) & set(MODULES)} - {""}
    here = room(module)
    allowed = {"": ["core"], "app": ROOMS}.get(here) or ROOMS[: ROOMS.index(here) + 1]
    assert own <= set(allowed)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_only_the_page_and_the_player_know_streamlit(package: str) -> None:
    """Streamlit, and what it is made of, is imported only where the list of rooms allows it."""
    assert {room(m) for m in MODULES if package in imports(m)} <= MAY_IMPORT[package]


def test_nothing_else_is_imported() -> None:
    """Beside the standard library, only what requirements.txt names; the core not even that."""
    foreign = {name for module in MODULES for name in imports(module)} - set(MODULES)
    assert foreign - set(sys.stdlib_module_names) <= set(MAY_IMPORT)
    core = {name for m in MODULES if room(m) == "core" for name in imports(m)} - set(MODULES)
    assert core <= set(sys.stdlib_module_names)


def test_the_inner_rooms_work_without_streamlit() -> None:
    """Core, sentences and charts can be used by a program that has no Streamlit."""
    inner = [m for m in MODULES if room(m) not in MAY_IMPORT["streamlit"]]
    program = f"import sys; sys.modules['streamlit'] = None; import {', '.join(inner)}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_the_requirements_are_exactly_two_pinned() -> None:
    """Streamlit and Plotly, each with the one version that was tested; tests add to them."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").split()
    names = [re.fullmatch(r"([a-z]+)==\d+\.\d+\.\d+", line) for line in lines]
    assert [name and name[1] for name in names] == ["streamlit", "plotly"]
    extra = (ROOT / "tests" / "requirements.txt").read_text("utf-8").split("\n")
    assert extra[0] == "-r ../requirements.txt"


def test_the_folder_holds_nothing_but_the_project() -> None:
    """What a newcomer sees at the top is listed here, with nothing left lying about."""
    assert {path.parts[0] for path in tracked()} <= TOP_LEVEL


def test_no_file_is_large_or_made_by_a_machine() -> None:
    """Up to 600 kB each, nothing minified: libraries come from their packages."""
    files = tracked()
    assert [path for path in files if (ROOT / path).stat().st_size > LARGEST] == []
    assert [path for path in files if ".min." in path.name or path.suffix == ".pyc"] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    """Paths are relative to the project; nothing depends on where it was written."""
    places = [f"/{folder}/".encode() for folder in ("work", "tmp")]
    found = [
        (str(path), place.decode())
        for path in tracked()
        for place in places
        if place in (ROOT / path).read_bytes()
    ]
    assert found == []
