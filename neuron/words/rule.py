"""The rule in words, for the page to keep."""

from neuron.words.arithmetic import SOURCES

ARITHMETIC = f"""
| In the code | What it says | What it is |
|---|---|---|
| `prediction = input * weight` | what the neuron answers | forward propagation |
| `delta = prediction - goal` | which way it is off, and how far | signed |
| `error = delta * delta` | how bad that is | squared, so never negative |
| `weight_delta = delta * input` | what this example asks for | half the slope of its error |
| `weight = weight - alpha * weight_delta` | the update | alpha is the learning rate |

**Why it converges or not.** The *gap* is how far the weight is from the ideal weight, goal ÷ input.
One update turns it into (1 − alpha × input²) × gap. That factor is the *shrink factor*. Between 0
and 1 the weight creeps in; at 0 it lands in one step, which makes alpha = 1/input² the best;
between −1 and 0 it overshoots and zigzags in; at −1, where alpha = 2/input², it bounces forever;
beyond that, every gap is larger than the last.

**A factor of 2.** The true slope of the error is 2 × delta × input. As in the book that this rule
comes from, alpha absorbs the 2: an alpha of 0.1 here is a learning rate of 0.05 in a library
that follows the true slope.

{SOURCES}
"""
"""In Markdown: a table, and three paragraphs."""
