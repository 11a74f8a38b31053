#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr soak linux [SECONDS]: random file operations in the 9p folders of two guests. Last line: soak: OK.

Before these each kind of disk on each kind of real disk, and 64 MiB by vsock; then more pictures and keys, and each driver bound anew, and on PCI
card and disk by the driver of the bus."""

import argparse
import sys

import agent
import anew
import checks
import demo
import functions
import guest_packages as debian
import host
from soak import reported

SECONDS = 60
MOST = 1200  # a machine of agent.py ends after half an hour
SEED = 21
SOCKETS_MIB = 64  # hypervisor.all_devices has 1
TIMES = 50  # that a driver is bound anew


def run(folder, seconds, seed):
    """Both guests at once; how many operations there were."""
    demo.run_all(folder, debian.prepare(debian.home(), host.MODULES))
    with agent.Behind(folder, agent.prepare(), more=anew.HAMMER) as machine:
        for guest in machine.ready().guests:
            checks.sockets(machine, guest.number, SOCKETS_MIB)
            checks.rates(machine, guest.number, SOCKETS_MIB)
        steps = checks.random_files(machine.guests, seconds, seed)
        steps += checks.random_files(machine.guests, seconds, seed, agent.FS_TAG)
        checks.screen(machine, seeds=(1, 2, 3), flips=31)
        checks.keys(machine, number=200, seed=2)
        checks.warnings(machine)
        anew.bind_anew(machine, TIMES)
        machine.off()
    with agent.Behind(folder, agent.prepare(), plan=functions.PLAN, more=anew.HAMMER) as machine:
        functions.bind_anew(machine.ready(), TIMES)
        machine.off()
    return steps


def main():
    parser = argparse.ArgumentParser(
        prog="./vwr soak linux", description="Random file operations in the folders of two guests."
    )
    parser.add_argument("seconds", nargs="?", type=int, default=SECONDS, help=f"that they go on ({SECONDS})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the operations ({SEED})")
    given = parser.parse_args()
    if not 0 < given.seconds <= MOST:
        parser.error(f"1 to {MOST} seconds")
    return reported(
        "soak_linux",
        lambda folder: {
            "operations of two guests, each as in memory": run(folder, given.seconds, given.seed)
        },
    )


if __name__ == "__main__":
    sys.exit(main())
