#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr soak guests [HOURS] [--seed N]: two Linux guests under load, with faults, each device watched by a monitor. Last line: soak: OK.

The real disk is nbdkit's, so that it can fail, stop and die while QEMU has it."""

import argparse
import array
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

import agent
import anew
import checks
import host
import saves
import soak
from checks import need
from steps import say

HOURS = 24
SEED = 20261127
FAULTS = 8  # of a cycle
SPARE = 3600  # seconds that the machine may take beyond its hours: its start, and the last cycle
RECONNECT = 60  # seconds for which QEMU keeps requests of a disk that is gone
INDICES = 1 << 16  # of a ring until its index wraps
PLAN = "vms-watched"
# Of wear.c.
FIRST, BLOCKS, BLOCK = 512, 1024, 16384
MIX, WORD = 0x9E3779B97F4A7C15, (1 << 64) - 1
# What the kernels say of errors of the disk, which are injected, beside what they say of a driver that is bound anew.
INJECTED = (*anew.UNBOUND, "vda")


class Disk:
    """disk.img of the folder by NBD, in a context."""

    def __init__(self, folder):
        self.folder, self.errors = folder, folder / "errors"
        self.errors.unlink(missing_ok=True)
        self.server = None

    def start(self):
        words = ["nbdkit", "--foreground", "--unix=nbd.sock", "--filter=error", "file", "disk.img"]
        words += ["error=EIO", "error-rate=50%", f"error-file={self.errors}"]
        with open(self.folder / "nbdkit.txt", "ab") as said:
            self.server = subprocess.Popen(words, cwd=self.folder, stderr=said)
        end = time.monotonic() + RECONNECT
        while not (self.folder / "nbd.sock").exists() and time.monotonic() < end:
            time.sleep(0.01)

    def __enter__(self):
        host.make_disk(self.folder, {})
        (self.folder / "nbd.sock").unlink(missing_ok=True)
        (self.folder / "nbdkit.txt").unlink(missing_ok=True)
        self.start()
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()

    def options(self):
        """Of QEMU."""
        return [
            "-global",
            "virtio-mmio.force-legacy=false",
            "-drive",
            "if=none,id=disk,format=raw,file.driver=nbd,file.server.type=unix,file.server.path=nbd.sock,"
            f"file.reconnect-delay={RECONNECT},cache=none",
            "-device",
            "virtio-blk-device,drive=disk",
        ]

    def fail(self, seconds):
        """Half of the requests have an error."""
        self.errors.touch()
        time.sleep(seconds)
        self.errors.unlink()

    def stand(self, seconds):
        """No request is answered."""
        self.server.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.server.send_signal(signal.SIGCONT)

    def die(self, seconds):
        """Requests in flight have no answer until it is started again."""
        self.server.kill()
        self.server.wait()
        (self.folder / "nbd.sock").unlink(missing_ok=True)
        time.sleep(seconds)
        self.start()


def block(number, content):
    """What wear.c writes to a block."""
    begin = content * MIX
    return array.array("Q", [begin + (number << 32 | i) & WORD for i in range(BLOCK // 8)]).tobytes()


def compare_disk(machine, content):
    """Each block of each window, from outside."""
    for guest in machine.guests:
        window = host.window(machine.folder, guest.number)
        for number in range(FIRST, FIRST + BLOCKS):
            have = window[number * BLOCK : (number + 1) * BLOCK]
            need(have == block(number, content), f"block {number} of its disk differs on the host", guest)


def prepare(machine):
    """Addresses for all; the kernels' messages of errors stay off the console, among whose lines they would be."""
    machine.addressed()
    for guest in machine.guests:
        guest.ask("dmesg -n 1")


def restart(machine, pick):
    """A guest that uses its disk, while the other one does."""
    number = pick.randrange(len(machine.guests))
    for guest in machine.guests:
        guest.ask(f"touch /tmp/moving; wear /dev/vda {pick.randrange(1 << 32)} 1 &")
    time.sleep(2)
    machine.reset(number)
    machine.restarted(number)
    other = machine.guests[1 - number]
    text = "\n".join(other.ask("rm /tmp/moving; wait", 600))
    need(re.search(r"^wear \d+ blocks, 0 errors$", text, re.M), f"its disk: {text}", other)
    prepare(machine)


# (driver, slot of its device in the plan, what the device is then asked)
NEED = (
    (
        "virtio_rng",
        2,
        lambda machine, number: machine.guests[number].ask("dd if=/dev/hwrng of=/dev/null bs=64 count=16"),
    ),
    ("virtio_net", 3, lambda machine, number: checks.network(machine, 1, 1)),
    ("9pnet_virtio", 4, lambda machine, number: checks.folder(machine, number, 1, 1)),
    ("virtio_balloon", 5, lambda machine, number: checks.balloon(machine, number, anew.BALLOON_MIB)),
    ("vmw_vsock_virtio_transport", 7, lambda machine, number: checks.sockets(machine, number, 1)),
    ("virtio_crypto", 8, lambda machine, number: checks.crypto(machine, number, anew.CRYPTO_KIB)),
)


def need_reset(machine, pick):
    """A device that has failed works again when its driver is bound anew."""
    number = pick.randrange(len(machine.guests))
    driver, slot, works = pick.choice(NEED)
    machine.session.type(f"fail {number} {slot}\r")
    machine.guests[number].ask(f"bind_anew {driver} 1")
    works(machine, number)


def swell(machine, pick):
    """Memory goes to the host, and comes back."""
    number = pick.randrange(len(machine.guests))
    machine.balloon(number, pick.randrange(1, anew.BALLOON_MIB))
    time.sleep(1)
    machine.balloon(number, 0)


def faults(machine, disk, pick):
    """By name; each during the guests' traffic."""
    return {
        "errors of the disk": lambda: disk.fail(pick.uniform(0.1, 1)),
        "pauses of the disk": lambda: disk.stand(pick.uniform(0.1, 4)),
        "deaths of the disk": lambda: disk.die(pick.uniform(0, 1)),
        "lost interrupts": lambda: machine.session.type(f"lose {pick.randrange(1, 20)}\r"),
        "devices saved and loaded": lambda: saves.save(machine, pick.randrange(2)),
        "balloons": lambda: swell(machine, pick),
    }


def moves(number):
    """wear.c has the disk."""
    return [name for name in saves.moves(number) if name != "disk"]


def cycle_of(machine, disk, pick, content, done):
    """Traffic with faults, then one that no traffic survives."""
    kinds = faults(machine, disk, pick)
    wear = f"wear /dev/vda {pick.randrange(1 << 32)} {content} &"
    with saves.Traffic(machine, moves, wear) as traffic:
        for name in pick.sample([*kinds] * 2, FAULTS):
            kinds[name]()
            done[name] += 1
            time.sleep(pick.uniform(0, 2))
    for guest in machine.guests:
        found = re.findall(r"^wear (\d+) blocks, (\d+) errors$", "\n".join(guest.said(traffic.first)), re.M)
        need(len(found) == 1, f"its disk: {found}", guest)
        done["blocks of the disk"] += int(found[0][0])
        done["errors that a guest had"] += int(found[0][1])
    compare_disk(machine, content)
    harsh = {"guests reset": restart, "devices that needed a reset": need_reset}
    name = pick.choice([*harsh])
    harsh[name](machine, pick)
    done[name] += 1


def counters(machine):
    """Entries of all used rings by now, and how often an index has wrapped."""
    text = "\n".join(machine.command("stats", "^  instructions of the hypervisor"))
    used = [int(count) for count in re.findall(r"^    queue \d+: .* used (\d+)", text, re.M)]
    return {"buffers used": sum(used), "wraps of an index": sum(count // INDICES for count in used)}


def last_look(machine):
    """Nothing is in flight, no rule was broken, no kernel has complained."""
    stuck = machine.command("stuck", "^disk: .* requests in flight") + [
        machine.session.lines[machine.session.at - 1]
    ]
    need("disk: 0 requests in flight" in stuck[-1], f"something is stuck: {stuck}", machine.guests[0])
    broken = [
        line for line in machine.session.lines if "monitor of" in line and not re.search(anew.TRUE, line)
    ]
    need(not broken, f"a rule is broken: {broken[:1]}", machine.guests[0])
    checks.warnings(machine, INJECTED)


def run(folder, hours, seed):
    """What has happened, by name."""
    done, pick = Counter(), random.Random(seed)
    seconds = int(hours * 3600)
    with contextlib.ExitStack() as stack:
        disk = stack.enter_context(Disk(folder))
        programs = [("bin/wear", soak.build_program(folder, "wear"))]
        machine = stack.enter_context(
            agent.Behind(
                folder,
                agent.prepare(),
                plan=PLAN,
                more=anew.HAMMER + saves.MOVING,
                files=programs,
                disk=disk.options(),
                limit=seconds + SPARE,
            )
        )
        prepare(machine.ready())
        end = time.monotonic() + seconds
        while time.monotonic() < end or not done["cycles"]:
            done["cycles"] += 1
            cycle_of(machine, disk, pick, done["cycles"], done)
            say(f"{done['cycles']} cycles: {dict(done)}")
        done.update(counters(machine))
        last_look(machine)
        machine.off()
    return done


def main():
    parser = argparse.ArgumentParser(
        prog="./vwr soak guests", description="Two Linux guests under load, with faults."
    )
    parser.add_argument("hours", nargs="?", type=float, default=HOURS, help=f"that they go on ({HOURS})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the faults ({SEED})")
    given = parser.parse_args()
    if not 0 < given.hours <= 1000:
        parser.error("more than 0 and at most 1000 hours")
    build = os.environ.get("VWR_BUILD_DIR") or ROOT / "build"
    subprocess.run(["cmake", "--build", str(build), "--target", "vwr_hypervisor_watched"], check=True)
    return soak.reported("soak_guests", lambda folder: run(folder, given.hours, given.seed))


if __name__ == "__main__":
    sys.exit(main())
