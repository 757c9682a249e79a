"""What the closer looks show, and a task for each."""

INTRODUCTIONS = {
    "why": "Each step goes up or down to the solid line, which gives the next weight, then across "
    "to the dashed one, where the next step starts. **Try it:** find the alpha at which the solid "
    "line is horizontal: then one iteration lands.",
    "arithmetic": "Here are the five lines of an update, with the numbers of the step that the "
    "stage shows. **Try it:** step forward, check a line on paper, then work out the next step "
    "yourself, under *Your turn*.",
    "compare": "Kept runs are overlaid to show how they differ. **Try it:** keep this run, then "
    "find an alpha that needs half as many iterations.",
    "sweep": "One chart shows the run at one alpha, the other how many iterations each alpha "
    "needs. **Try it:** press *Play*, and pause where the fewest are needed.",
}
"""An introduction and a task, as Markdown, by the name of the look."""
