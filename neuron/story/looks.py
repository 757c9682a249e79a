"""What the closer looks show, and a task for each."""

INTRODUCTIONS = {
    "why": "Each step goes to the solid line, which gives the next weight, and across to the "
    "dashed one, from where the next step starts. **Try it:** find the alpha at which the solid "
    "line is level, so that one iteration lands.",
    "arithmetic": "Here are the five lines of an update, with the numbers of the step that the "
    "stage shows. **Try it:** step forward, check a line on paper, then work out the next step "
    "yourself, under *Your turn*.",
    "compare": "Runs that were kept lie over each other, so that their difference can be seen. "
    "**Try it:** keep this run, then find an alpha that needs half as many iterations.",
    "sweep": "One chart is the run at one alpha, and the other says how many iterations each alpha "
    "needs. **Try it:** play, and pause where the fewest are needed.",
}
"""An introduction and a task, as Markdown, by the name of the look."""
