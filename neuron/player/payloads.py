"""The data for the animated closer looks, each as one JSON text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from neuron.charts.cobweb import cobweb, passes
from neuron.charts.overlay import overlay
from neuron.charts.palette import PALETTE
from neuron.charts.sweep import Sweep, sweep_charts
from neuron.core.closed_form import weight_by_formula
from neuron.core.dynamics import dynamics_of
from neuron.core.training import Run
from neuron.words.comparison import Compared, comparison_in_words
from neuron.words.formula import (
    AGREE,
    BEYOND_TEMPLATE,
    DIFFER_TEMPLATE,
    cobweb_in_words,
    formula_numbers,
    formula_template,
)
from neuron.words.numbers import number
from neuron.words.sweep import sweep_in_words


def why_payload(run: Run) -> str:
    """All data for `why`, as one JSON text."""
    theory = dynamics_of(run)
    picture = cobweb(theory, run)
    return as_json(
        {
            "run": settings_of(run),
            "formula": [weight_by_formula(theory, k) for k in range(len(passes(run)))],
            "figures": {"cobweb": picture.figure},
            "views": picture.views,
            "ideal": theory.ideal_weight,
            "numbers": formula_numbers(theory, run),
            "templates": {
                "formula": formula_template(theory),
                "beyond": BEYOND_TEMPLATE,
                "agree": AGREE,
                "differ": DIFFER_TEMPLATE,
            },
            "palette": PALETTE,
            "words": {"cobweb": cobweb_in_words(theory)},
        }
    )


def sweep_payload(run: Run, swept: Sweep) -> str:
    """All data for `alpha_sweep`, as one JSON text."""
    theory = dynamics_of(run)
    drawn = sweep_charts(theory, run, swept)
    return as_json(
        {
            "here": swept.here,
            "exact": swept.alphas[swept.here] == run.alpha,
            "names": swept.names,
            "sentences": swept.sentences,
            "counts": ["never" if n is None else number(n) for n in swept.needed],
            "run": settings_of(swept.trials[0].run),
            "figures": {"path": drawn.path, "needed": drawn.needed},
            "bounds": drawn.bounds,
            "palette": PALETTE,
            "words": {
                "path": f"Weight by step with alpha from 0 to {number(swept.alphas[-1])}.",
                "needed": sweep_in_words(theory),
            },
        }
    )


def overlay_payload(compared: Sequence[Compared], shown: int | None, tolerance: float) -> str:
    """All data for `overlaid`, as one JSON text; the stage plays the run at index ``shown``."""
    laid = overlay(compared, shown)
    return as_json(
        {
            "figures": laid.figures,
            "bounds": laid.bounds,
            "runs": [
                {"name": ", ".join(one.label), **settings_of(one.trial.run)} for one in compared
            ],
            "palette": PALETTE,
            "words": {
                "weight": (
                    f"Weight by step of {len(compared)} runs. "
                    + comparison_in_words(compared, tolerance)
                ),
                "error": f"Error by step of {len(compared)} runs, in powers of ten.",
            },
        }
    )


def settings_of(run: Run) -> dict[str, Any]:
    """What the browser needs to repeat a run: see `train` in web/shared/rule.js."""
    return {
        "examples": run.examples,
        "weight": run.weights[0],
        "alpha": run.alpha,
        "iterations": run.iterations,
    }


def as_json(reel: Any) -> str:
    """JSON of anything, including records; ValueError for NaN and infinity, which JSON lacks."""
    return json.dumps(reel, allow_nan=False, default=_fields)


def _fields(record: Any) -> Any:
    """A dataclass as a dict; an enum member as its name.

    `dataclasses.asdict` would also copy every list, which takes a seventh of a rerun's time.
    """
    if isinstance(record, Enum):
        return record.name.lower()
    return {field.name: getattr(record, field.name) for field in fields(record)}
