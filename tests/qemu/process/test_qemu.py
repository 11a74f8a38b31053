# SPDX-License-Identifier: MIT
"""QEMU's guest, Debian's kernel, on a disk whose process is killed while the guest writes and compares."""

import contextlib
import hashlib
import os
import random
import subprocess
import time

import pytest

import guest_packages as debian
import vhost_guests as guests

BYTES = 2 << 20
SECTOR = 512
KILLS = int(os.environ.get("VWR_KILLS", "8"))  # ./vwr soak vhost has more
PATIENCE = 120  # seconds for a step of the guest
MACHINE = (
    "qemu-system-aarch64 -machine virt,memory-backend=ram -cpu cortex-a57 -m 128M"
    " -object memory-backend-memfd,id=ram,size=128M,share=on -nodefaults -display none -serial stdio -no-reboot"
    " -chardev socket,id=disk,path=blk,reconnect=1 -device vhost-user-blk-pci,chardev=disk,num-queues=1"
).split()
# Slow, so that most deaths find requests in flight.
STORAGE = (
    "qemu-storage-daemon --object throttle-group,id=slow,limits.iops-total=100"
    " --blockdev file,node-name=file,filename=disk"
    " --nbd-server addr.type=unix,addr.path=nbd"
    " --blockdev throttle,node-name=disk,throttle-group=slow,file=file"
    " --export type=nbd,id=export,node-name=disk,name=,writable=on"
).split()


@contextlib.contextmanager
def machine(work, guest, said):
    """A guest that runs; its output goes into the file."""
    (work / "initrd").write_bytes(debian.initrd(guest, guests.script("verify.sh")))
    limit = ["timeout", "-k", "5", str(PATIENCE * (KILLS + 2))]
    boot = ["-kernel", guest.kernel, "-initrd", "initrd", "-append", "console=ttyAMA0 quiet panic=-1"]
    with open(said, "wb") as out:
        with subprocess.Popen(
            [*limit, *MACHINE, *boot],
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                yield process
            finally:
                process.terminate()


def wait(process, said, line):
    """Until the guest has said this."""
    end = time.monotonic() + PATIENCE
    while line not in (output := said.read_text(errors="replace")):
        assert process.poll() is None and time.monotonic() < end, f"no '{line}' in\n{output[-2000:]}"
        time.sleep(0.02)


def loops(said):
    return said.read_text(errors="replace").count("guest: loop")


def test_killed_back_ends(work):
    """Each back end dies by SIGKILL at some moment of the guest's work; the next one goes on with the requests in flight."""
    try:
        guest = debian.prepare(debian.home(), ["virtio_pci", "virtio_blk"])
    except debian.NoLinux as why:
        pytest.skip(str(why))
    disk, said, moments = work / "disk", work / "said", random.Random(KILLS)
    content = random.Random(4).randbytes(BYTES)
    disk.write_bytes(content)
    storage = guests.Server(STORAGE, work / "nbd", cwd=work)
    back_end = guests.Server(
        [guests.program(), "blk", "--socket", "blk", "--nbd", "nbd+unix:///?socket=nbd"],
        work / "blk",
        log=work / "log",
        cwd=work,
    )
    with storage, back_end, machine(work, guest, said) as process:
        wait(process, said, f"guest: sum {hashlib.sha256(content).hexdigest()}")
        for _ in range(KILLS):
            wait(process, said, f"guest: loop {loops(said) + 1} ")
            time.sleep(moments.uniform(0, 0.2))
            back_end.kill()
            (work / "blk").unlink()
            back_end.start()
        wait(process, said, f"guest: loop {loops(said) + 1} ")
        with open(disk, "r+b") as end:
            end.seek(BYTES - SECTOR)
            end.write(b"stop")
        wait(process, said, "guest: end wrong 0")
