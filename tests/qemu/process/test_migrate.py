# SPDX-License-Identifier: MIT
"""QEMU's guest on a disk of ours with a packed ring, saved to a file and loaded by another QEMU and back end."""

import contextlib
import json
import os
import random
import socket
import subprocess
import time

import pytest

import guest_packages as debian
import vhost_guests as guests

MIGRATIONS = int(os.environ.get("VWR_MIGRATIONS", "1"))  # ./vwr soak migrate has more
BYTES = 2 << 20
SECTOR = 512
PATIENCE = 120  # seconds for a step of the guest
# fmt: off
MACHINE = (
    "qemu-system-aarch64 -machine virt,memory-backend=ram -cpu cortex-a57 -m 96M"
    " -object memory-backend-memfd,id=ram,size=96M,share=on -nodefaults -display none -serial stdio -no-reboot"
    " -chardev socket,id=disk,path=blk,reconnect=1"
    " -device vhost-user-blk-pci,chardev=disk,num-queues=1,packed=on"
    " -mon chardev=monitor,mode=control"
).split()
# fmt: on


class Monitor:
    """QEMU's commands, through a connected socket."""

    def __init__(self, end):
        self.end = end
        self.end.settimeout(PATIENCE)
        self.lines = self.end.makefile("r", encoding="utf-8")
        self.call("qmp_capabilities")

    def call(self, command, **arguments):
        self.end.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        for line in self.lines:
            answer = json.loads(line)
            assert "error" not in answer, answer
            if "return" in answer:
                return answer["return"]
        raise AssertionError(f"QEMU has ended before it answered {command}")

    def until(self, command, status):
        """Asks until the answer has this status."""
        end = time.monotonic() + PATIENCE
        while (answer := self.call(command)).get("status") != status:
            assert answer.get("status") != "failed" and time.monotonic() < end, answer
            time.sleep(0.05)


@contextlib.contextmanager
def machine(work, guest, *more):
    """A QEMU with the guest, which appends what it says to the file; its monitor."""
    boot = ["-kernel", guest.kernel, "-initrd", "initrd", "-append", "console=ttyAMA0 quiet panic=-1"]
    ours, theirs = socket.socketpair()
    commands = ["-chardev", f"socket,id=monitor,fd={theirs.fileno()}"]
    with ours, theirs, open(work / "said", "ab") as out:
        with subprocess.Popen(
            ["timeout", "-k", "5", str(PATIENCE * 3), *MACHINE, *commands, *boot, *more],
            pass_fds=[theirs.fileno()], cwd=work, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            try:
                theirs.close()
                yield process, Monitor(ours)
            finally:
                process.terminate()


def said(work):
    return (work / "said").read_text(errors="replace")


def wait(work, process, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None and time.monotonic() < end, said(work)[-2000:]
        time.sleep(0.02)


def wait_for_loops(work, process, count):
    """The guest has written, read and compared so many times more."""
    goal = said(work).count("guest: loop") + count
    wait(work, process, lambda: said(work).count("guest: loop") >= goal)


def test_migrations(work):
    """A file has the stopped guest: its memory as the back end's log and QEMU have it, and the position of its ring."""
    try:
        guest = debian.prepare(debian.home(), ["virtio_pci", "virtio_blk"])
    except debian.NoLinux as why:
        pytest.skip(str(why))
    disk = work / "disk"
    disk.write_bytes(random.Random(7).randbytes(BYTES))
    (work / "initrd").write_bytes(debian.initrd(guest, guests.script("migrate.sh")))
    back_end = guests.Server(
        [guests.program(), "blk", "--socket", "blk", "--file", "disk", "--packed"],
        work / "blk",
        log=work / "log",
        cwd=work,
    )
    more = ()
    for number in range(MIGRATIONS):
        with back_end, machine(work, guest, *more) as (process, monitor):
            if number > 0:
                go_on(monitor)
            wait_for_loops(work, process, 1)
            monitor.call("stop")
            monitor.call("migrate", uri="exec:cat >state")
            monitor.until("query-migrate", "completed")
            monitor.call("quit")
            process.wait(PATIENCE)
        (work / "blk").unlink()
        more = ("-incoming", "exec:cat state")
    with back_end, machine(work, guest, *more) as (process, monitor):
        go_on(monitor)
        wait_for_loops(work, process, 1)
        with open(disk, "r+b") as end:
            end.seek(BYTES - SECTOR)
            end.write(b"stop")
        wait(work, process, lambda: "guest: end wrong 0" in said(work))


def go_on(monitor):
    monitor.until("query-status", "paused")
    monitor.call("cont")
