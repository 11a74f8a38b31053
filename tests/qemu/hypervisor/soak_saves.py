#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr soak saves [TIMES]: devices of two Linux guests are saved, made again and loaded, on MMIO and PCI. Last line: soak: OK."""

import argparse
import sys

import agent
import functions
import saves
from soak import reported

TIMES = 100
MOST = 1000  # a machine of agent.py ends after half an hour
LESS = 5  # times on a PCI bus: TIMES divided by it
SECONDS = 1
# (bus and interrupts, image, arguments of the kernel, TIMES divided by it)
BUSES = (
    ("MMIO", "vms", "quiet", 1),
    ("PCI, MSI-X", functions.PLAN, "quiet", LESS),
    ("PCI, INTx", functions.PLAN, "quiet pci=nomsi", LESS),
)


def save_on(folder, full, times, bus):
    name, plan, arguments, less = bus
    print(name)
    with agent.Behind(folder, full, plan=plan, arguments=arguments, more=saves.MOVING) as machine:
        saves.save_under_traffic(machine.ready(), max(times // less, 1), SECONDS)
        machine.off()


def main():
    parser = argparse.ArgumentParser(
        prog="./vwr soak saves",
        description="Devices of two guests are saved, thrown away, made again and loaded under traffic.",
    )
    parser.add_argument(
        "times",
        nargs="?",
        type=int,
        default=TIMES,
        help=f"on MMIO ({TIMES}); a fifth of it on PCI with MSI-X, and with INTx",
    )
    given = parser.parse_args()
    if not 0 < given.times <= MOST:
        parser.error(f"1 to {MOST} times")

    def run(folder):
        full = agent.prepare()
        for bus in BUSES:
            save_on(folder, full, given.times, bus)
        return {}

    return reported("soak_saves", run)


if __name__ == "__main__":
    sys.exit(main())
