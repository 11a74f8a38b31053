# SPDX-License-Identifier: MIT
"""The guest's kernel, without which there is nothing to test."""

import pytest

import guest_packages as debian


@pytest.fixture
def folder(work):
    """Where a machine's files are."""
    return work


@pytest.fixture
def linux():
    """Debian's kernel and busybox."""
    try:
        return debian.prepare(debian.home(), [*debian.DISK, *debian.FAT, "virtio_console", "virtio_rng"])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")
