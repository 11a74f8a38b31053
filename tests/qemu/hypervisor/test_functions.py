# SPDX-License-Identifier: MIT
"""The configuration space of the guests' PCI functions, and drivers that are bound to them anew."""

import agent
import anew
import functions
import guest_packages as debian
import host
import pytest

TIMES = 5  # that a driver is taken from its function; ./vwr soak linux has 50


def test_functions_of_pci(folder):
    """In one machine. The writes come before the traffic, which finds the devices whole."""
    if not host.need("lspci"):
        pytest.skip("no lspci (Debian: pciutils)")
    try:
        full = agent.prepare()
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")
    with agent.Behind(folder, full, plan=functions.PLAN, more=anew.HAMMER) as machine:
        functions.lspci(machine.ready())
        assert functions.registers(machine) == functions.COUNT - 1  # the console speaks to us
        functions.bind_anew(machine, TIMES)
        machine.off()
