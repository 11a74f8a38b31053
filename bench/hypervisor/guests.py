#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two Linux guests on our devices beside the same two on QEMU's own: TCP, files, sockets. See README.md."""

import argparse
import contextlib
import os
import re
import shutil
import sys
from pathlib import Path
from statistics import median

import agent
import checks
from others import Others

ROOT = Path(__file__).resolve().parents[2]
MADE = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench" / "hypervisor"
PASSES = 5
TCP_MIB, FILE_MIB, READS, BLOCK, SOCKET_MIB = 128, 8, 4, 128 << 10, 32
PORT = 5001
SAID = r"(\d+) bytes (\d+) us"


def rate(lines):
    """MB/s of what the guest's tool says."""
    size, us = map(int, re.search(SAID, " ".join(lines)).groups())
    return size / us


def tcp(machine):
    left, right = machine.guests
    right.begin(f"tool tcp receive {PORT}")
    left.ask(f"tool tcp send {machine.addresses[1]} {PORT} {TCP_MIB}")
    return rate(right.finish())


def read(machine, tag):
    guest = machine.guests[1]
    guest.ask(f"mount_folder {tag}")
    found = rate(guest.ask(f"tool read /folder/file {BLOCK} {READS}"))
    guest.ask("umount /folder")
    return found


def read_9p(machine):
    return read(machine, agent.TAG)


def read_fs(machine):
    """By FUSE; QEMU's own fs device needs a process of its own, so its guest reads by 9p."""
    return read(machine, agent.FS_TAG if isinstance(machine, agent.Behind) else agent.TAG)


def send(machine):
    """To the hypervisor, which compares each byte."""
    return SOCKET_MIB * 1.048576 / checks.seconds_of(machine.guests[1], f"tool vsock sink {SOCKET_MIB}")


def receive(machine):
    """From the hypervisor; the guest compares each byte."""
    return SOCKET_MIB * 1.048576 / checks.seconds_of(machine.guests[1], f"tool vsock source {SOCKET_MIB}")


def started(kind, linux, stack):
    """Two guests that have a file in their folder."""
    folder = MADE / kind.__name__.lower()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    machine = stack.enter_context(kind(folder, linux))
    machine.ready().addressed()
    machine.guests[1].ask(f"mount_folder {agent.TAG}; stream {FILE_MIB} >/folder/file; umount /folder")
    return machine


def processor_seconds(machine):
    """That its QEMUs have had, in all their threads."""
    ticks = 0
    for session in machine.sessions:
        pid = session.machine.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split():
            ticks += sum(
                map(int, Path(f"/proc/{child}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[11:13])
            )
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(one, machines):
    """[(MB/s, ms of the host's processors for a MB)] of each machine, medians, alternately measured."""
    rates, seconds = [[] for _ in machines], [[] for _ in machines]
    for _ in range(PASSES):
        for machine, rate_of, seconds_of in zip(machines, rates, seconds):
            begin = processor_seconds(machine)
            rate_of.append(one(machine))
            seconds_of.append(processor_seconds(machine) - begin)
    return [(median(rate_of), median(seconds_of)) for rate_of, seconds_of in zip(rates, seconds)]


def each(seconds, mib):
    """Milliseconds a MB."""
    return 1000 * seconds / (mib * 1.048576)


def main():
    argparse.ArgumentParser(prog="./vwr bench guests", description=__doc__.split(" See")[0]).parse_args()
    linux, others = agent.prepare(), Others()
    with contextlib.ExitStack() as stack:
        machines = [started(kind, linux, stack) for kind in (agent.Behind, agent.Straight)]
        for one, what, mib in (
            (tcp, "TCP from guest to guest", TCP_MIB),
            (read_9p, "read from the 9p folder", FILE_MIB * READS),
            (read_fs, "read from the folder by FUSE, by 9p on QEMU", FILE_MIB * READS),
        ):
            (ours, our_seconds), (theirs, their_seconds) = measured(one, machines)
            print(
                f"{what}: {ours:.1f} MB/s, on QEMU's own devices {theirs:.1f} MB/s, {ours / theirs:.2f} x; "
                f"of the host's processors {each(our_seconds, mib):.1f} ms a MB, {each(their_seconds, mib):.1f} ms"
            )
        for one, what in ((send, "to the hypervisor"), (receive, "from the hypervisor")):
            ((ours, our_seconds),) = measured(one, machines[:1])
            print(
                f"vsock {what}: {ours:.1f} MB/s; of the host's processors {each(our_seconds, SOCKET_MIB):.1f} ms a MB"
            )
        for machine in machines:
            machine.off()
    print(f"others had {others.percent():.0f} percent of the processors")


if __name__ == "__main__":
    sys.exit(main())
