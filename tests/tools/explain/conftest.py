# SPDX-License-Identifier: MIT
"""A folder in the build folder for each test that runs a QEMU."""

import pytest

import qemu_machine

from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, qemu_machine.BUILD / "tests" / "tools" / "explain" / "work")
