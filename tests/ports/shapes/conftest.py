# SPDX-License-Identifier: MIT
"""Where disks live: in the build folder, one folder a test. QEMU and its console are those of tests/qemu/baremetal."""

import pytest

import boot
from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, boot.BUILD.absolute() / "tests" / "ports" / "shapes" / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
