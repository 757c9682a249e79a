"""What the browser plays: a run and its pictures as one JSON text, its reel.

Equal runs give equal texts.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import fields
from math import nan
from typing import Any

from neuron.charts import stage as figures
from neuron.charts.cobweb import cobweb, passes
from neuron.charts.film import film
from neuron.charts.overlay import overlay
from neuron.charts.palette import PALETTE
from neuron.charts.sweep import Sweep
from neuron.core.closed_form import weight_by_formula
from neuron.core.dynamics import dynamics_of
from neuron.core.training import Example, Run
from neuron.words import captions as explain
from neuron.words.comparison import Compared, comparison_in_words
from neuron.words.formula import (
    AGREE,
    BEYOND_TEMPLATE,
    DIFFER_TEMPLATE,
    cobweb_in_words,
    formula_numbers,
    formula_template,
)
from neuron.words.numbers import MOST_SHOWN, number
from neuron.words.sweep import sweep_in_words


def stage_reel(run: Run, test: Sequence[Example] = ()) -> str:
    """Everything the player needs, as one JSON text; equal runs give equal texts."""
    theory = dynamics_of(run)
    drawn = figures.stage(run, test)
    columns = {
        "weight": run.weights,
        "prediction": run.predictions,
        "delta": run.deltas,
        "error": run.errors,
        "weight_delta": run.weight_deltas,
    } | drawn.columns
    return as_json(
        {
            "last": len(run.weights) - 1,
            "alpha": run.alpha,
            "examples": run.examples,
            "test": test,
            "columns": {name: packed(column) for name, column in columns.items()},
            "pictures": drawn.pictures,
            "palette": PALETTE,
            "templates": {
                "step": explain.STEP_TEMPLATE,
                "place": explain.PLACE_TEMPLATE if len(run.examples) > 1 else "",
                "place_end": explain.END_PLACE_TEMPLATE if len(run.examples) > 1 else "",
                "update": explain.UPDATE_TEMPLATE,
                "end": explain.end_template(theory, run),
            },
            "words": {
                "neuron": explain.neuron_in_words(run),
                "bowl": explain.bowl_in_words(theory, run),
                "weight": explain.weight_in_words(run),
                "error": explain.error_in_words(run, test),
            },
        }
    )


def why_reel(run: Run) -> str:
    """Everything that `why` needs, as one JSON text."""
    weights, theory = passes(run), dynamics_of(run)
    formula = [weight_by_formula(theory, k) for k in range(len(weights))]
    return as_json(
        {
            "count": len(run.examples),
            "columns": {
                "passes": packed(weights),
                "formula": packed(nan if weight is None else weight for weight in formula),
            },
            "cobweb": cobweb(theory, run),
            "ideal": theory.ideal_weight,
            "most_digits": MOST_SHOWN,
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


def film_reel(run: Run, swept: Sweep) -> str:
    """Everything that `film` needs, as one JSON text."""
    theory = dynamics_of(run)
    drawn = film(theory, run, swept)
    return as_json(
        {
            "here": swept.here,
            "exact": swept.alphas[swept.here] == run.alpha,
            "names": swept.names,
            "sentences": swept.sentences,
            "columns": {name: packed(column) for name, column in drawn.columns.items()},
            "path": drawn.path,
            "rows": packed(drawn.rows),
            "width": drawn.width,
            "needed": drawn.needed,
            "palette": PALETTE,
            "words": {
                "path": f"Weight by step with alpha from 0 to {number(swept.alphas[-1])}.",
                "needed": sweep_in_words(theory),
            },
        }
    )


def overlay_reel(compared: Sequence[Compared], shown: int | None, tolerance: float) -> str:
    """Runs over each other, as one JSON text; the stage plays the one at place ``shown``."""
    laid = overlay(compared, shown)
    return as_json(
        {
            "figures": laid.figures,
            "columns": {
                f"{name}{place}": packed(column)
                for name, columns in laid.columns.items()
                for place, column in enumerate(columns)
            },
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


def as_json(reel: Any) -> str:
    """What may hold records, as JSON; ValueError for NaN and infinity, which JSON has not."""
    return json.dumps(reel, allow_nan=False, default=_fields)


def _fields(record: Any) -> dict[str, Any]:
    """A dataclass as a dict. `dataclasses.asdict` also copies every list: a seventh of a rerun."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def packed(column: Iterable[float]) -> str:
    """A column as base64 of little-endian doubles: exact, and far cheaper than decimal text."""
    doubles = array("d", column)
    return b64encode(doubles.tobytes()).decode("ascii")
