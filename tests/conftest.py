"""How many tests run at a time, and how Hypothesis draws: what else a test needs is said there."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# Deadlines measure the machine. In CI the same examples are drawn every time.
settings.register_profile(
    "tests", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
settings.register_profile("ci", settings.get_profile("tests"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "tests")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors, because browser tests often wait."""
    return (os.cpu_count() or 1) + 1
