# SPDX-License-Identifier: MIT
"""Where what is built lives: in the build folder, one folder a test."""

import pytest

from folders import fresh, pytest_runtest_makereport  # noqa: F401
from places import BUILD


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, BUILD / "tests" / "ports" / "others" / "work")
