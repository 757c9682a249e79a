"""Former names of what `chapters` and `challenges` hold, until nobody imports them."""

from neuron.story.challenges import score, to_be_found
from neuron.story.chapter import Chapter as Lesson
from neuron.story.chapters import CHAPTERS as LESSONS
from neuron.story.chapters import GROUPS, beside, departures, label
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

__all__ = [
    "GROUPS",
    "LESSONS",
    "LESSON_SETTINGS",
    "Lesson",
    "beside",
    "departures",
    "label",
    "score",
    "to_be_found",
]
