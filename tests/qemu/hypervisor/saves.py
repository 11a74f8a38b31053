# SPDX-License-Identifier: MIT
"""Devices of two Linux guests are saved, thrown away, made again and loaded while the guests use them."""

import re
import time
from pathlib import Path

import checks
from checks import need, say

MOVING = (Path(__file__).parent / "guest" / "moving.sh").read_bytes()
EACH = ("disk", "folder", "random", "cipher", "console")
SAVED = r"^hypervisor: guest \d: (\d+) devices saved and loaded, (\d+) bytes$"


def moves(number):
    return [*EACH, "screen"] if number == 0 else EACH


def check_moved(guest, lines, names):
    """Each loop has gone on and found no difference; no line of the console is lost, none is there twice."""
    text = "\n".join(lines)
    need("FAILED" not in text and "differ" not in text, f"it has moved: {' / '.join(lines[-8:])}", guest)
    counts = dict(re.findall(r"^moved (\w+) (\d+)$", text, re.M))
    for name in names:
        need(int(counts.get(name, 0)) > 0, f"{name} has not moved: {counts}", guest)
    said = [int(number) for number in re.findall(r"^line (\d+)$", text, re.M)]
    need(said == list(range(int(counts["console"]))), "lines of its console are lost or there twice", guest)
    return counts


def save(machine, number):
    """Of one guest; how many devices, how many bytes."""
    session = machine.session
    session.command(f"save {number}", rf"^hypervisor: guest {number}: ")
    found = re.match(SAVED, session.lines[session.at - 1])
    need(
        found,
        f"its devices were not saved and loaded: {session.lines[session.at - 1]}",
        machine.guests[number],
    )
    return int(found[1]), int(found[2])


class Traffic:
    """What both guests do in a context: their devices move data, `names` of a guest's number, which are compared. The
    context begins when each has moved something, however slow the machine is."""

    def __init__(self, machine, names=moves, also=""):
        self.machine, self.names, self.also = machine, names, also
        self.first, self.counts = len(machine.session.lines), []

    def __enter__(self):
        guests = self.machine.guests
        for guest in guests:
            guest.ask("move_taken")
        for guest in guests:
            guest.ask(
                " ".join(["move_all", self.machine.addresses[1 - guest.number], *self.names(guest.number)])
            )
            if self.also:
                guest.ask(self.also)
        for guest in guests:
            guest.ask(" ".join(["move_begun", *self.names(guest.number)]), 600)
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.end()

    def end(self):
        guests = self.machine.guests
        for guest in guests:
            guest.begin("move_end")
        for guest in guests:
            guest.finish("move_end", 600)
        said = [guest.said(self.first) for guest in guests]
        self.counts = [
            check_moved(guest, lines, self.names(guest.number)) for guest, lines in zip(guests, said)
        ]
        sums = [dict(re.findall(r"^(sent|taken) ([0-9a-f]{64})", "\n".join(lines), re.M)) for lines in said]
        for number, guest in enumerate(guests):
            need(
                sums[number]["sent"] == sums[1 - number]["taken"],
                "the sha256 of its stream differs at the other guest",
                guest,
            )


def save_under_traffic(machine, times, seconds):
    """One guest after the other, so many times in all, with so many seconds between them."""
    machine.addressed()
    found = []
    with Traffic(machine) as traffic:
        for number in range(times):
            time.sleep(seconds)
            found.append(save(machine, number % 2))
        time.sleep(seconds)
    checks.warnings(machine)
    say(
        f"save: {times} times the devices of a guest were saved, thrown away and loaded ({max(found)[0]} devices, at "
        f"most {max(size for _, size in found)} bytes); all that the guests moved is right: {traffic.counts}"
    )
