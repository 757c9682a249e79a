"""How Hypothesis draws, in all tests: what a test needs beside it is said at the test."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Deadlines measure the machine. In CI the same examples are drawn every time.
settings.register_profile(
    "tests", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
settings.register_profile("ci", settings.get_profile("tests"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "tests")
