# SPDX-License-Identifier: MIT
"""The guest's kernel, without which there is nothing to test."""

import pytest

import agent
import guest_packages as debian
import host


@pytest.fixture
def folder(work):
    """Where a machine's files are."""
    return work


@pytest.fixture
def linux():
    """Debian's kernel and busybox."""
    try:
        return debian.prepare(debian.home(), [*host.MODULES, *debian.FAT])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")


@pytest.fixture
def full():
    """Debian's full kernel, with its modules."""
    try:
        return agent.prepare()
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")
