# SPDX-License-Identifier: MIT
"""A folder in the build folder for each test."""

import os
from pathlib import Path

import pytest

from folders import fresh, pytest_runtest_makereport  # noqa: F401

BUILD = Path(os.environ.get("VWR_BUILD_DIR") or Path(__file__).resolve().parents[3] / "build")


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, BUILD / "tests" / "tools" / "mutate" / "work")
