"""The palette, after Okabe and Ito's colours for colour-blind readers."""

PALETTE = {
    "light": {
        "ink": "#1d2733",
        "muted": "#5a6675",
        "grid": "#e3e7ec",
        "paper": "#ffffff",
        "weight": "#00609a",
        "error": "#b3440a",
        "goal": "#00785a",
        "test": "#96447a",
        "run1": "#8a5a00",
        "run2": "#6a4fb3",
        "run3": "#00737f",
        "run4": "#b02a5b",
    },
    "dark": {
        "ink": "#e8edf2",
        "muted": "#a3afbc",
        "grid": "#2f3945",
        "paper": "#151b22",
        "weight": "#5fb4ee",
        "error": "#ff9457",
        "goal": "#35cfa0",
        "test": "#e79ac8",
        "run1": "#f0b840",
        "run2": "#b9a2ff",
        "run3": "#4fd0dc",
        "run4": "#ff8fb4",
    },
}
"""A colour means the same thing everywhere. Text has a contrast of at least 4.5:1 and lines 3:1, in
both themes."""
