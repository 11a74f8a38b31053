# SPDX-License-Identifier: MIT
"""A folder in the build folder for each row whose symptom is made."""

import pytest

import rows

from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, rows.BUILD / "tests" / "hostile" / "dead" / "work")
