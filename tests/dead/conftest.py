# SPDX-License-Identifier: MIT
"""A folder in the build folder for each row whose symptom is made."""

import sys
from pathlib import Path

import pytest

import rows

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from folders import fresh, pytest_runtest_makereport  # noqa: E402, F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, rows.BUILD / "tests" / "dead" / "work")
