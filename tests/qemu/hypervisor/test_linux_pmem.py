# SPDX-License-Identifier: MIT
"""Linux's driver of persistent memory on our device, in a hypervisor that is killed."""

import hashlib
import os
import re
import signal
import subprocess

import guest_packages as debian
import host
import pytest
from session import guests
from steps import build

PLAN = "vms-pmem"
REGION, REGION_BYTES = 0x60000000, 32 << 20  # host address; as the plan says
BOARD_RAM = 0x40000000
MEGABYTES = 544  # up to the end of the region
HELLO = b"Hello from the host.\n"
# Linux 6.1 says this of each virtio-pmem, because it has no NVDIMM (nvdimm_has_flush()); it flushes it all the same.
KNOWN = "unable to guarantee persistence of writes"
FILES = ("hello.txt", "numbers.txt", "random.bin", "folder/busybox")

SAYS = r"""
dmesg -r | grep -E '^<[0-4]>.*(virtio|nd_|pmem|EXT4)' | sed 's/^/guest: WARNING: /'
for file in hello.txt numbers.txt random.bin folder/busybox; do
    echo "guest: sha256 $(cd /mnt && sha256sum $file)"
done
"""
WRITES = rf"""
echo "guest: pmem0 $(cat /sys/block/pmem0/size) sectors, $(cat /sys/block/pmem0/queue/write_cache)"
mount -t ext4 /dev/pmem0 /mnt || echo "guest: FAILED: mount"
seq 1 100000 >/mnt/numbers.txt
dd if=/dev/urandom of=/mnt/random.bin bs=4096 count=256 2>/dev/null
mkdir /mnt/folder
cp /bin/busybox /mnt/folder/busybox
sync
{SAYS}
echo "guest: synced"
sleep 1000
"""
READS = rf"""
mount -t ext4 /dev/pmem0 /mnt || echo "guest: FAILED: mount"
{SAYS}
umount /mnt
"""


@pytest.fixture
def linux():
    """Debian's kernel, with its modules for persistent memory."""
    try:
        return debian.prepare(debian.home(), [*host.MODULES, *debian.FAT, "virtio_pmem", "nd_pmem"])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")


def machine():
    """RAM in a file, which outlives QEMU."""
    backend = f"memory-backend-file,id=ram,mem-path=ram,size={MEGABYTES}M,share=on"
    return [*host.drive("disk.img"), "-object", backend, "-machine", "memory-backend=ram"]


def start(folder, linux, script):
    return guests(folder, linux, PLAN, [script], options=machine(), megabytes=MEGABYTES)


def region(folder):
    """The memory of the device as a file of its own, from outside of the machine."""
    with open(folder / "ram", "rb") as ram:
        ram.seek(REGION - BOARD_RAM)
        (folder / "left.img").write_bytes(ram.read(REGION_BYTES))
    return folder / "left.img"


def format_region(folder):
    """An ext4 file system with a file in it, made here."""
    tree, image = folder / "pmem", folder / "made.img"
    tree.mkdir()
    (tree / "hello.txt").write_bytes(HELLO)
    with open(image, "wb") as made:
        made.truncate(REGION_BYTES)
    words = [host.need("mkfs.ext4"), "-q", "-F", "-b", "4096", "-d", tree, "-E", "root_owner=0:0", image]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    with open(folder / "ram", "wb") as ram:
        ram.truncate(MEGABYTES << 20)
        ram.seek(REGION - BOARD_RAM)
        ram.write(image.read_bytes())


def sums(lines):
    """What the guest says of its files."""
    return dict(reversed(words.split()[2:4]) for words in lines if words.startswith("guest: sha256"))


def works(session):
    """No warning of a kernel, and no clause of a monitor."""
    bad = [line for line in session.lines if re.search(r"guest: (FAILED|WARNING)|monitor of", line)]
    assert [line for line in bad if KNOWN not in line] == [], bad
    return sums(session.lines)


def test_a_file_system_survives_the_hypervisor(folder, linux):
    """
    What Linux has synced is in the file of the killed QEMU: e2fsck replays its journal and finds nothing else,
    debugfs reads the files. The next guest mounts it.
    """
    build("vwr_hypervisor_pmem")
    host.make_disk(folder, {})
    format_region(folder)
    with start(folder, linux, WRITES) as session:
        assert session.expect(r"guest: pmem0 (\d+) sectors, (.*)").groups() == (
            str(REGION_BYTES // 512),
            "write back",
        )
        session.expect("guest: synced")
        session.command("debug 0 2", "^  queue 0")
        flushes = session.expect(r"chains taken (\d+), used (\d+), in flight 0")
        assert int(flushes[1]) == int(flushes[2]) > 0
        os.killpg(session.machine.pid, signal.SIGKILL)
        session.wait()
        written = works(session)
    assert sorted(written) == sorted(FILES), session.lines[-20:]
    image = region(folder)
    done = subprocess.run([host.need("e2fsck"), "-fp", image], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert not host.check_image(folder)
    read = {name: hashlib.sha256(host.read_file(folder, name)).hexdigest() for name in FILES}
    assert read == written and read["hello.txt"] == hashlib.sha256(HELLO).hexdigest()
    with start(folder, linux, READS) as session:
        assert session.wait() == 0, session.lines[-20:]
        assert works(session) == written
    region(folder)
    assert not host.check_image(folder)
