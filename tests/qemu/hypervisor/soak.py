#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr soak hypervisor [HOURS]: a guest's day (24) in minutes, while it writes and reads. Last line: soak: OK.

QEMU's -icount makes time of instructions, and lets it leap to the next timer where nobody has anything to do.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

import guest_packages as debian
import host
import steps
from session import Session

PLAN = "vms"
HOURS = 24
LIMIT = 3600  # seconds on the host for all of it
ICOUNT = ["-icount", "shift=0,sleep=off"]
SECTOR_BYTES = 512
TRAPS = 3  # of a request by itself
LATEST_MS = 50  # that a second of sleep may be longer: a timer's interrupt that is lost is a second or more
DRIFT_US = 1000
GROWTH_KB = 2048  # of what the guest's kernel has in use

SCRIPT = r"""
used() {
    awk '/^MemTotal/ {t = $2} /^(MemFree|Cached|Buffers)/ {t -= $2} END {print "guest: used " t}' /proc/meminfo
}
drip 1 @SECTORS@
used
echo "guest: waits"
read -r line
drip @SECONDS@ @SECTORS@ || echo "guest: FAILED"
used
echo "guest: waits"
read -r line
dmesg -r | grep -E '^<[0-4]>' | sed 's/^/guest: kernel: /'
"""
COUNTERS = {
    "traps": r"^  blk: accesses (\d+)",
    "notifications": r"^  blk: .*\n +queue 0: kicks (\d+)",
    "requests": r"^  blk: .*\n +queue 0: kicks \d+, buffers (\d+)",
    "used": r"^  blk: .*\n +queue 0: .* used (\d+)",
    "interrupts": r"^  blk: .* interrupts (\d+), resets",
    "aborts": r"^  aborts injected (\d+)",
    "sent": r"guests, (\d+) sent",
    "errors": r"sent, (\d+) errors",
    "sent again": r"(\d+) resent",
    "waits": r"(\d+) waits for space",
    "most in flight": r"maximum in flight (\d+)",
    "real interrupts": r"maximum in flight \d+, interrupts (\d+)",
    "spurious": r"spurious (\d+)",
    "timer": r"^  of these, timer interrupts (\d+)",
    "sleeps": r"^  sleeps (\d+)",
}
AS_MANY = ("notifications", "used", "interrupts", "sent", "real interrupts")  # as there are requests
NO_MORE = ("aborts", "errors", "sent again", "waits", "most in flight", "spurious")


class Failed(Exception):
    """What is not as it has to be."""


def build_program(folder, name, *more):
    """A program for guests, of name.c and of `more`."""
    return debian.static(folder, name, *(Path(__file__).with_name(f"{one}.c") for one in (name, *more)))


def ask(session):
    """The hypervisor's counters, now that the guest waits; and nothing is in flight."""
    session.expect("guest: waits$")
    text = "\n".join(session.command("stats", "^  instructions of the hypervisor"))
    stuck = session.command("stuck", "^disk: .* requests in flight") + [session.lines[session.at - 1]]
    busy = [
        line
        for line in stuck
        if "the device has not used" in line and "queue 0" in line or "requests in flight" in line
    ]
    if "disk: 0 requests in flight" not in busy[-1]:
        raise Failed(f"something is stuck: {stuck}")
    session.command("guest 0", "keys go to guest 0")
    session.type("\r")
    return {name: int(re.search(pattern, text, re.M).group(1)) for name, pattern in COUNTERS.items()}


def compare(before, after):
    """What has happened meanwhile; anything that is too much, or is missing, is an end."""
    delta = {name: after[name] - before[name] for name in after}
    for name in AS_MANY:
        if delta[name] != delta["requests"]:
            raise Failed(f"{delta['requests']} requests, {delta[name]} {name}")
    if delta["traps"] != TRAPS * delta["requests"]:
        raise Failed(f"{delta['requests']} requests, {delta['traps']} traps by the disk's registers")
    for name in NO_MORE:
        if delta[name]:
            raise Failed(f"{name}: {delta[name]} more")
    return delta


def of_guest(lines, delta):
    """What the guest has measured itself, checked."""
    bad = [line for line in lines if re.search(r"guest: (FAILED|kernel:.*(virtio|vda|hung|rcu|stall))", line)]
    if bad:
        raise Failed(f"the guest says: {bad[0]}")
    text = "\n".join(lines)
    said = dict(re.findall(r"(\w+)=(-?\d+)", re.findall(r"guest: drip (.*)", text)[-1]))
    said = {name: int(value) for name, value in said.items()}
    first, last = map(int, re.findall(r"guest: used (\d+)", text))
    if said["requests"] != delta["requests"]:
        raise Failed(
            f"the guest has sent {said['requests']} requests, the hypervisor has seen {delta['requests']}"
        )
    if said["latest_ms"] > LATEST_MS or abs(said["drift_us"]) > DRIFT_US:
        raise Failed(
            f"time: a second of sleep was {said['latest_ms']} ms longer, drift {said['drift_us']} us"
        )
    if last - first > GROWTH_KB:
        raise Failed(f"the guest's kernel has {last - first} KB more in use")
    return {**said, "used_kb": last - first}


def soak(folder, linux, seconds, limit):
    """The guest's time in seconds, and a limit for ours; what has happened."""
    sectors = host.WINDOW_BYTES // SECTOR_BYTES
    with open(folder / "disk.img", "wb") as disk:
        disk.truncate(2 * host.WINDOW_BYTES)
    script = SCRIPT.replace("@SECONDS@", str(seconds)).replace("@SECTORS@", str(sectors))
    files = host.guest_files(
        folder, linux, PLAN, [script], more=[("bin/drip", build_program(folder, "drip"))]
    )
    words = host.command(PLAN, files, options=[*host.drive("disk.img"), *ICOUNT])
    begin = time.monotonic()
    with Session(folder, words, limit, patience=limit) as session:
        session.expect("hypervisor: disk of")
        session.command("guest 0", "keys go to guest 0")
        before = ask(session)
        after = ask(session)
        code = session.wait()
        if code:
            raise Failed(f"QEMU ended with {code}")
    delta = compare(before, after)
    return {"wall": time.monotonic() - begin, **delta, **of_guest(session.lines, delta)}


def reported(name, run):
    """Runs it in the folder of that name of the build folder, and prints {what: count} of what it returns; the exit code."""
    folder = (
        Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build").resolve() / "tests/qemu/hypervisor" / name
    )
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found = run(folder)
    except (Failed, steps.Failed, AssertionError, debian.NoLinux) as why:
        print(f"soak: FAILED: {why}\nnext: cat '{folder / 'console.txt'}'", file=sys.stderr)
        return 1
    for what, value in found.items():
        print(f"soak: {what.replace('_', ' ')}: {value:.0f}")
    print("soak: OK")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="./vwr soak hypervisor", description="A guest's day in minutes.")
    parser.add_argument("hours", nargs="?", type=float, default=HOURS, help=f"of the guest's time ({HOURS})")
    given = parser.parse_args()

    def run(folder):
        linux = debian.prepare(debian.home(), host.MODULES)
        return soak(folder, linux, int(given.hours * 3600), LIMIT)

    return reported("soak", run)


if __name__ == "__main__":
    sys.exit(main())
