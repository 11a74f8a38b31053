# SPDX-License-Identifier: MIT
"""Where the built tree and the disks live: in the build folder."""

import pytest

import host

from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, host.BUILD / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
