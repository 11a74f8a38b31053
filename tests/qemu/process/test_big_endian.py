# SPDX-License-Identifier: MIT
"""A big-endian guest on devices of ours: Debian's kernel for s390x, behind QEMU's channel I/O and its PCI."""

import contextlib
import hashlib
import random

import pytest

import guest_packages as debian
import vhost_guests as guests
from processes import completed

BYTES = 2 << 20
MODULES = ("virtio_pci", "virtio_blk", "virtio_scsi", "sd_mod", "virtiofs")
# Linux has virtio-ccw built in.
MACHINE = (
    f"qemu-system-s390x -machine s390-ccw-virtio,memory-backend=ram -m 512M -object {guests.SHARED},id=ram,size=512M,share=on"
    " -nodefaults -display none -no-reboot -chardev stdio,id=console -device sclpconsole,chardev=console"
    " -chardev socket,id=fs,path=fs -device vhost-user-fs-ccw,tag=vwr,chardev=fs"
    " -chardev socket,id=blk,path=blk -device vhost-user-blk-pci,num-queues=1,chardev=blk"
    " -chardev socket,id=scsi,path=scsi -device vhost-user-scsi-pci,num_queues=1,chardev=scsi"
).split()


def boot(work, guest):
    """The guest to its end; what it said."""
    programs = [("bin/net.sh", guests.script("net.sh"))]
    (work / "initrd").write_bytes(debian.initrd(guest, guests.script("init.sh"), programs))
    line = ["-initrd", "initrd", "-append", "console=ttyS0 quiet panic=-1"]
    done = completed(["timeout", "-k", "5", "240", *MACHINE, "-kernel", guest.kernel, *line], cwd=work)
    return guests.said(done.stdout.replace("\r", "")), done.stdout + done.stderr


def test_big_endian(work):
    """A disk, a SCSI host and a folder are read and written; all contents are compared here."""
    try:
        guest = debian.prepare(debian.home(machine=debian.S390X), MODULES, "linux-image-s390x", debian.S390X)
    except debian.NoLinux as why:
        pytest.skip(str(why))
    (work / "folder").mkdir()
    contents = {name: random.Random(name).randbytes(BYTES) for name in ("disk", "unit", "folder/given")}
    for name, content in contents.items():
        (work / name).write_bytes(content)
    with contextlib.ExitStack() as stack:
        for words in ("blk --file disk", "scsi --file unit", "fs folder"):
            name, *more = words.split()
            command = [guests.program(), name, "--socket", name, *more]
            stack.enter_context(guests.Server(command, work / name, log=work / "log", cwd=work))
        said, output = boot(work, guest)
    for name, path in (("blk", "disk"), ("scsi", "unit"), ("fs", "folder/given")):
        assert said.get(name) == ["sum " + hashlib.sha256(contents[path]).hexdigest(), "written"], output[
            -2000:
        ]
    for path in ("disk", "unit"):
        assert (work / path).read_bytes() == contents[path][BYTES // 2 :] * 2
    assert (work / "folder" / "folder" / "copied").read_bytes() == contents["folder/given"]
