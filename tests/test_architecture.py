"""The house: who may import whom, and what lies in the folder."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the core outwards: a module imports only from layers before its own.
LAYERS = [
    ["neuron.training", "neuron.numbers", "neuron.palette", "neuron.thinning", "neuron.plotlyjs"],
    ["neuron.convergence", "neuron.examples"],
    ["neuron.closed_form", "neuron.reasons"],
    ["neuron"],
    ["neuron.settings", "neuron.verdict", "neuron.formula"],
    [
        "neuron.address",
        "neuron.comparison",
        "neuron.lessons",
        "neuron.explain",
        "neuron.predictions",
        "neuron.axes",
    ],
    ["neuron.picture"],
    ["neuron.bowl", "neuron.cobweb", "neuron.overlay"],
    ["neuron.session", "neuron.figures", "neuron.ruler"],
    ["neuron.sweep"],
    ["neuron.film"],
    ["neuron.reel"],
    ["neuron.player", "neuron.shown"],
    ["neuron.looks"],
    ["neuron.page.page"],
    ["app"],
]
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}
CORE = ["neuron.training", "neuron.convergence", "neuron.closed_form", "neuron.numbers"]
MAY_IMPORT = {
    "streamlit": {"app", "neuron.page.page", "neuron.looks", "neuron.player"},
    "plotly": set(),  # only its plotly.js is used
    "starlette": {"neuron.plotlyjs"},  # what Streamlit's server is made of
}
TOP_LEVEL = {
    *("app.py", "neuron", "tests", "requirements.txt", ".streamlit"),
    *("README.md", "LICENSE", ".gitignore", ".ci", "pyproject.toml"),
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


def test_every_module_has_its_place() -> None:
    """A new module is put into one layer, by a decision and not by chance."""
    assert sorted(MODULES) == sorted(HEIGHT)


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    """A module imports from lower layers only, so there is no way round in a circle."""
    own = imports(module) & set(MODULES)
    assert {name for name in own if HEIGHT[name] >= HEIGHT[module]} == set()


@pytest.mark.parametrize("module", CORE)
def test_the_core_needs_only_python(module: str) -> None:
    """Training and theory import the standard library, and each other one way."""
    foreign = {name for name in imports(module) if name not in sys.stdlib_module_names}
    assert foreign <= {"neuron.training", "neuron.convergence"}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_only_the_page_and_the_player_know_streamlit(package: str) -> None:
    """Streamlit is imported by the page and the player; what it is made of, by one module."""
    assert {module for module in MODULES if package in imports(module)} <= MAY_IMPORT[package]


def test_nothing_else_is_imported() -> None:
    """Beside the standard library, only what requirements.txt names."""
    foreign = {name for module in MODULES for name in imports(module)} - set(MODULES)
    assert foreign - set(sys.stdlib_module_names) <= set(MAY_IMPORT)


def test_the_explaining_modules_work_without_streamlit() -> None:
    """Core, sentences and figures can be used by a program that has no Streamlit."""
    inner = [module for module in MODULES if module not in MAY_IMPORT["streamlit"]]
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
