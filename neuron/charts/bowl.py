"""The error bowl: error against weight, with the ball on it, its trail, and where it goes next."""

from __future__ import annotations

from typing import Any

from neuron.charts import axes
from neuron.charts.downsampling import thin
from neuron.charts.picture import (
    CEILING,
    ROOM,
    Picture,
    curve,
    drawable,
    head,
    layout,
    line,
    needs_log,
    path,
    training_error,
    zooms,
)
from neuron.core.dynamics import lowest_weight
from neuron.core.training import Run, mean_error
from neuron.words.numbers import error_name


def bowl(run: Run) -> Picture:
    """Error against weight: the bowl, the trail so far, the ball, and an arrow to the next weight.

    Where a run blows up the view zooms out whenever the next update would leave it: the bowl is a
    parabola, so it looks the same at every size, and the ball climbs it visibly.
    """
    bottom = _bottom(run)
    centre = run.weights[0] if bottom is None else bottom
    reaches = [abs(weight - centre) for weight in run.weights]
    if len(reaches) == 1:  # nothing moves: another weight is to be seen as another, not rescaled
        reaches.append(abs(centre))
    finest = axes.FINEST * abs(centre)
    if needs_log(run):
        views = zooms(reaches, finest, lambda step, half: _view(run, step, centre, half))
    else:
        reach = ROOM * max(reaches) or max(1.0, abs(centre))
        views = [_view(run, 0, centre, max(reach, finest))]
    parabola = None
    if bottom is not None and abs(bottom) <= CEILING**0.5:  # else its square is beyond floats
        steepness = sum(example.input**2 for example in run.examples) / len(run.examples)
        parabola = (steepness, bottom, mean_error(run.examples, bottom))
    first = views[0]
    data = [
        line("$error", width=1, dash="dot")
        | {"mode": "lines+markers", "marker": {"size": 6, "symbol": "circle-open"}},
        head("$error", "circle"),
    ]
    drawn = layout(
        axes.titled("weight") | first["x_axis"],
        axes.titled(error_name(run.examples)) | first["y_axis"],
    )
    drawn["shapes"] = [curve(first["paths"][0], "$muted", width=2)]
    return Picture(
        figure={"data": data, "layout": drawn},
        x="weight",
        y=[training_error(run)],
        drawn=thin(run.weights, 60),
        arrow=True,
        curve=parabola,
        views=views,
    )


def _bottom(run: Run) -> float | None:
    """The weight at the bottom of the bowl, unless it is too far away to be drawn."""
    return drawable(lowest_weight(run.examples))


def _view(run: Run, step: int, centre: float, half: float) -> dict[str, Any]:
    """The bowl between centre - half and centre + half, from ``step`` on."""
    xs = [centre + half * k / 20 for k in range(-20, 21)]
    ys = [min(mean_error(run.examples, x), CEILING) for x in xs]
    top = max(ys) or 1.0
    return {
        "from": step,
        "centre": centre,
        "half": half,
        "paths": [path(xs, ys)],
        "x_axis": axes.span(centre - 1.04 * half, centre + 1.04 * half),
        "y_axis": axes.span(-0.08 * top, 1.08 * top),
    }
