# SPDX-License-Identifier: MIT
"""QEMU's guest, Debian's kernel, on devices of ours. The process of its disk is killed while it writes and compares."""

import contextlib
import hashlib
import os
import random
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

import guest_packages as debian
import vhost_guests as guests

BYTES = 2 << 20
SECTOR = 512
KILLS = int(os.environ.get("VWR_KILLS", "50"))  # ./vwr soak vhost has more
# Another back end of a disk, which is killed instead of ours: its command line, with SOCKET and DISK.
OTHER = shlex.split(os.environ.get("VWR_BACK_END", ""))
QUEUES = 1 if OTHER else 4
NBD = ("--nbd", "nbd+unix:///?socket=nbd")
THREADS = ("--file", "disk", "--thread-per-queue")  # of one kill in five
# QEMU listens: it connects to a back end that has died only after a second.
CONNECTS = "reconnect=1" if OTHER else "server=on,wait=off"
PATIENCE = 120  # seconds for a step of the guest
STALL = 10  # seconds: a guest that says nothing for so long waits for a request that is lost
AGAIN = (
    "was made available while its chain is in flight"  # our device, of a request that was completed before
)
DEVICES = (
    f"-chardev socket,id=disk,path=blk,{CONNECTS} -device vhost-user-blk-pci,chardev=disk,num-queues={QUEUES}"
    " -chardev socket,id=rng,path=rng -device vhost-user-rng-pci,chardev=rng,vectors=0"
    " -chardev socket,id=net0,path=net0 -netdev vhost-user,id=net0,chardev=net0"
    " -device virtio-net-pci,romfile=,netdev=net0,vectors=0,mac=52:54:00:76:77:01"
    " -chardev socket,id=net1,path=net1 -netdev vhost-user,id=net1,chardev=net1"
    " -global virtio-mmio.force-legacy=false -device virtio-net-device,netdev=net1,mac=52:54:00:76:77:02"
).split()
MODULES = ("virtio_pci", "virtio_mmio", "virtio_blk", "virtio_rng", "virtio_net")
# Slow, so that most deaths find requests in flight; they complete in another order than they came.
STORAGE = [sys.executable, "-B", Path(__file__).with_name("storage.py"), "nbd", "disk"]
# nbdkit 1.32 may end by an assertion when a client dies, hence not for the deaths of the back end.
FAILING = (
    "nbdkit -f -U nbd --filter=error --filter=delay file disk delay-read=20ms delay-write=60ms"
    " error=EIO error-rate=100% error-file=broken"
).split()


class Guest:
    """What the guest says, and what it is waited for."""

    def __init__(self, process, said):
        self.process = process
        self.said = said

    def output(self):
        """Its whole lines: QEMU writes a line in several parts."""
        text = self.said.read_text(errors="replace")
        return text[: text.rfind("\n") + 1]

    def wait(self, line, patience=PATIENCE):
        """Until the guest has said this."""
        end = time.monotonic() + patience
        while line not in self.output():
            assert (
                self.process.poll() is None and time.monotonic() < end
            ), f"no '{line}' in\n{self.output()[-2000:]}"
            time.sleep(0.02)

    def loops(self, processor):
        return self.output().count(f"guest: {processor} loop")

    def go_on(self, patience=PATIENCE):
        """Until each processor has done one more loop, begun and ended from now on."""
        for line in [f"guest: {processor} loop {self.loops(processor) + 2} " for processor in (0, 1)]:
            self.wait(line, patience)


@contextlib.contextmanager
def machine(work, guest, said, line):
    """A guest that runs; its output goes into the file."""
    programs = [("bin/net.sh", guests.script("net.sh"))]
    (work / "initrd").write_bytes(debian.initrd(guest, guests.script("verify.sh"), programs))
    limit = ["timeout", "-k", "5", str(PATIENCE * 4 + KILLS * 10)]
    boot = ["-kernel", guest.kernel, "-initrd", "initrd", "-append", f"console=ttyAMA0 quiet panic=-1 {line}"]
    with open(said, "wb") as out:
        with subprocess.Popen(
            [*limit, *guests.QEMU, "-smp", "2", *DEVICES, *boot],
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                yield Guest(process, said)
            finally:
                process.terminate()


def wait_for_guest(server, patience=PATIENCE):
    """Until the back end has the guest's memory."""
    end = time.monotonic() + patience
    while not any(guests.SHARED in maps for maps in server.maps()):
        assert server.process.poll() is None and time.monotonic() < end, "QEMU does not connect"
        time.sleep(0.01)


@contextlib.contextmanager
def cards(stack, work, tap):
    """The guest's two cards; the host is behind a tap, in a network of its own, where it takes a file and answers."""
    command = [guests.program(), "net", "--socket", "net0", "--socket", "net1"]
    if tap:
        command = ["unshare", "--net", *command, "--tap", "vwr0"]
    server = stack.enter_context(
        guests.Server(command, work / "net0", work / "net1", log=work / "log", cwd=work)
    )
    if not tap:
        yield
        return
    inside = ["nsenter", "-t", str(server.process.pid), "--net", "busybox"]
    for words in ("ip addr add 10.1.0.9/24 dev vwr0", "ip link set vwr0 up"):
        subprocess.run([*inside, *words.split()], check=True)
    answer = ["sh", "-c", "busybox cat >taken && busybox cat answer"]
    with subprocess.Popen(
        [*inside, *"nc -l -p 7 -e".split(), *answer], cwd=work, stdin=subprocess.DEVNULL
    ) as host:
        try:
            yield
        finally:
            host.kill()


def disk_of(work, name, storage=NBD):
    """The back end of the disk: it connects to this socket, unless it is another program."""
    words = [word.replace("SOCKET", name).replace("DISK", "disk") for word in OTHER]
    ours = [guests.program(), "blk", "--socket", name, "--client", "--queues", str(QUEUES), *storage]
    sockets = [work / name] if OTHER else []
    return guests.Server(words or ours, *sockets, log=work / "log", cwd=work)


def check_devices(guest, content, answer, taken):
    """What the guest has found out before it begins with the disk; `taken`: what the host's tap got."""
    guest.wait("guest: net sum ")
    said = guests.said(guest.output().replace("\r", ""))
    assert said["sum"] == [hashlib.sha256(content).hexdigest()], said
    assert said["net"] == [f"sum {said['sum'][0]}"], said
    assert said["queues"] == [str(min(QUEUES, 2))], said  # as many as processors
    first, second = said["rng"][0].split()
    assert first != second, said
    if taken is not None:
        guest.wait(f"guest: host sum {hashlib.sha256(answer).hexdigest()}")
        assert taken.read_bytes() == content


def check_kills(guest, disk, count):
    """Each back end dies by SIGKILL at some moment of the guest's work; the next one goes on with the requests in flight."""
    moments = random.Random(count)
    for number in range(count):
        wait_for_guest(disk)
        time.sleep(moments.uniform(0, 0.3))
        disk.replace()
        if number % 25 == 24:
            guest.go_on()
    guest.go_on()


def check_control(guest, disk, relay):
    """Without INFLIGHT_SHMFD a back end that dies loses requests or repeats them: the guest or the next one notices."""
    moments = random.Random(6)
    with relay, disk:
        for number in range(40):
            try:
                wait_for_guest(disk, STALL)
            except AssertionError:
                if AGAIN in disk.log.read_text(errors="replace"):
                    return
                raise
            time.sleep(moments.uniform(0, 1))
            disk.replace()
            if number % 4 != 3:
                continue
            try:
                guest.go_on(STALL)
            except AssertionError:
                return
    pytest.fail("40 back ends have died without a record, and nothing was lost")


def check_storage(guest, storage, work):
    """An NBD server goes and another comes; its errors come to the guest in time, and end; the first one comes back."""
    wrong = re.compile(r"guest: 0 loop \d+ wrong [1-9]")
    failing = guests.Server(FAILING, work / "nbd", log=work / "log", cwd=work)
    storage.kill()
    (work / "nbd").unlink()
    with failing:
        guest.go_on()
        assert wrong.search(guest.output()) is None, guest.output()[-2000:]
        (work / "broken").touch()
        end = time.monotonic() + PATIENCE
        while wrong.search(guest.output()) is None:
            assert time.monotonic() < end, guest.output()[-2000:]
            time.sleep(0.02)
        (work / "broken").unlink()
        guest.go_on()
    (work / "nbd").unlink()
    storage.start()
    guest.go_on()


def test_guest(work):
    """One guest: its devices, deaths of the disk's back end and of its NBD server, errors, and deaths without a record."""
    try:
        packages = debian.prepare(debian.home(), MODULES)
    except debian.NoLinux as why:
        pytest.skip(str(why))
    content, answer = random.Random(4).randbytes(BYTES), random.Random(5).randbytes(300001)
    (work / "disk").write_bytes(content)
    (work / "answer").write_bytes(answer)
    why = guests.no_tap()
    disk = disk_of(work, "blk")
    storage = guests.Server(STORAGE, work / "nbd", log=work / "log", cwd=work)
    with contextlib.ExitStack() as stack:
        stack.enter_context(storage)
        stack.enter_context(disk)
        random_bytes = [guests.program(), "rng", "--socket", "rng"]
        stack.enter_context(guests.Server(random_bytes, work / "rng", log=work / "log", cwd=work))
        stack.enter_context(cards(stack, work, why is None))
        line = "vwr.tap" if why is None else ""
        guest = stack.enter_context(machine(work, packages, work / "said", line))
        check_devices(guest, content, answer, work / "taken" if why is None else None)
        check_kills(guest, disk, KILLS if OTHER else KILLS - KILLS // 5)
        if not OTHER:
            disk.kill()
            with disk_of(work, "blk", THREADS) as threads:
                check_kills(guest, threads, KILLS // 5)
            disk.start()
        with open(work / "disk", "r+b") as end:
            end.seek(BYTES - SECTOR)
            end.write(b"stop")
        for processor in (0, 1):
            guest.wait(f"guest: {processor} end wrong 0")
        if not OTHER:  # it may answer in order, and then needs no record
            check_storage(guest, storage, work)
            disk.kill()
            relay = guests.Relay(work / "behind", work / "blk", hides=guests.INFLIGHT_SHMFD)
            check_control(guest, disk_of(work, "behind"), relay)
    if why is not None:
        pytest.skip(f"all but the tap was tested: {why}")
