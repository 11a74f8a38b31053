# SPDX-License-Identifier: MIT
"""A folder for each test, and the guest's kernel, without which there is nothing to test."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

import guest_packages as debian
from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def folder(request):
    """A fresh folder, kept if the test fails."""
    yield from fresh(
        request, Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "tests" / "qemu" / "hypervisor"
    )


@pytest.fixture
def linux():
    """Debian's kernel and busybox."""
    try:
        return debian.prepare(debian.home(), [*debian.DISK, *debian.FAT, "virtio_console", "virtio_rng"])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")
