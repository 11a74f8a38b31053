# SPDX-License-Identifier: MIT
"""Linux's driver of memory devices on our device: it plugs and unplugs what the hypervisor requests."""

import hashlib
import mmap
import os
import re

import guest_packages as debian
import host
import pytest
from session import guests
from steps import build

PLAN = "vms-mem"
REGION, REGION_HOST, REGION_BYTES = 0x80000000, 0x60000000, 256 << 20  # as the plan says
BOARD_RAM = 0x40000000
MEGABYTES = 768  # up to the end of the region
BLOCK = 2 << 20
POISON = b"\xa5" * BLOCK
WRITTEN = b"what the guest has written\n"
WRITTEN_BYTES, READ_BYTES = 2 << 20, 1 << 20

SCRIPT = rf"""
memory=/sys/devices/system/memory
total() {{ awk '/^MemTotal/ {{ print $2 }}' /proc/meminfo; }}
online() {{ grep -l '^online$' $memory/memory*/state | wc -l; }}
reach() {{
    tries=0
    until [ "$(total)" = $((first + $1)) ] || [ $tries = 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    echo "guest: MemTotal + $(($(total) - first)) kB, $(($(online) - had)) blocks online"
}}
sums() {{
    echo "guest: sums $(sha256sum </tmp/written | cut -d' ' -f1) $(sha256sum </mnt/read | cut -d' ' -f1)"
    dmesg -r | grep -E '^<[0-4]>.*(virtio|mem)' | sed 's/^/guest: WARNING: /'
}}
first=$(total)
had=$(online)
echo online_movable >$memory/auto_online_blocks
for state in $(grep -l '^offline$' $memory/memory*/state); do # plugged before the line above
    echo online_movable >"$state"
done
mkdir -p /tmp
mount -t tmpfs none /tmp
mount -t ext4 -o ro /dev/vda /mnt || echo "guest: FAILED: mount"
echo "guest: ready"
reach 65536
yes '{WRITTEN.decode().strip()}' | head -c {WRITTEN_BYTES} >/tmp/written
sums
reach 262144
reach 65536
sums
reach 0
sums
rmmod virtio_mem # while it is there, the kernel itself refuses the access
busybox devmem {REGION:#x} 32 && echo "guest: FAILED: reads what is not plugged"
"""


@pytest.fixture
def linux():
    """Debian's kernel, with its driver of memory devices."""
    try:
        return debian.prepare(debian.home(), [*host.MODULES, "ext4", "virtio_mem"])
    except debian.NoLinux as why:
        pytest.skip(f"no Linux guest: {why}")


def start(folder, linux):
    """RAM in a file, which this program reads and writes, too."""
    backend = f"memory-backend-file,id=ram,mem-path=ram,size={MEGABYTES}M,share=on"
    options = [*host.drive("disk.img"), "-object", backend, "-machine", "memory-backend=ram"]
    return guests(folder, linux, PLAN, [SCRIPT], options=options, megabytes=MEGABYTES)


def region(folder):
    """The memory of the region, from outside of the machine."""
    with open(folder / "ram", "r+b") as ram:
        return mmap.mmap(ram.fileno(), REGION_BYTES, offset=REGION_HOST - BOARD_RAM)


def plugged(session):
    """The offsets of plugged blocks in the region, as the device has them."""
    lines = session.command("stats", "characters dropped")
    (mib,) = (
        int(found[1]) for line in lines if (found := re.search(r"^  memory: .* plugged (\d+) MiB", line))
    )
    runs = [
        map(int, found.groups(), (16, 16))
        for line in lines
        if (found := re.search(r"^    0x(\w+), 0x(\w+) bytes", line))
    ]
    blocks = {at - REGION for addr, count in runs for at in range(addr, addr + count, BLOCK)}
    assert len(blocks) * BLOCK == mib << 20
    return blocks


def follows(session, mib, blocks):
    """The hypervisor requests a size, or has; the guest has it, in so many of Linux's blocks."""
    assert session.expect(r"guest: MemTotal \+ (-?\d+) kB, (-?\d+) blocks").groups() == (
        str(mib << 10),
        str(blocks),
    )
    there = plugged(session)
    assert len(there) * BLOCK == mib << 20
    return there


def request(session, mib):
    session.type(f"\x1dmemory 0 {mib}\r")


def poison(memory, blocks):
    for at in blocks:
        memory[at : at + BLOCK] = POISON


def touched(memory, before):
    """The blocks that are not what they were."""
    return {at for at in range(0, REGION_BYTES, BLOCK) if memory[at : at + BLOCK] != before}


def works(lines):
    """No warning of a kernel, and no clause of a monitor."""
    bad = [line for line in lines if re.search(r"guest: (FAILED|WARNING)|monitor of", line)]
    assert not bad, bad


def test_linux_follows(folder, linux):
    """
    MemTotal of the guest is what is plugged, up and down; what is unplugged is reached by nobody: bytes that
    are put there from outside stay, and the guest's own access aborts.
    """
    content = os.urandom(READ_BYTES)
    every = set(range(0, REGION_BYTES, BLOCK))
    build("vwr_hypervisor_mem")
    host.make_disk(folder, {"read": content})
    sums = (
        hashlib.sha256((WRITTEN * WRITTEN_BYTES)[:WRITTEN_BYTES]).hexdigest(),
        hashlib.sha256(content).hexdigest(),
    )
    with start(folder, linux) as session:
        session.expect("guest: ready")
        memory = region(folder)
        assert plugged(session) == set() == touched(memory, bytes(BLOCK))
        request(session, 64)
        first = follows(session, 64, 1)
        assert session.expect(r"guest: sums (\w+) (\w+)").groups() == sums
        there = b"".join(memory[at : at + BLOCK] for at in sorted(first))
        assert touched(memory, bytes(BLOCK)) <= first
        assert there.count(WRITTEN) > 1000 and content[:512] in there  # of the guest, and of its disk
        saved = session.at  # then each device interrupts once without a used buffer, which a monitor reports
        session.command("save 0", "guest 0: 3 devices saved and loaded")
        assert plugged(session) == first
        session.type("\x1dreset 0\r")
        session.expect("guest 0: 64 MiB are not plugged any more")
        again = session.at
        session.expect("guest: ready")
        assert follows(session, 64, 1)
        assert session.expect(r"guest: sums (\w+) (\w+)").groups() == sums
        request(session, 256)
        assert follows(session, 256, 2) == every
        request(session, 64)
        away = every - follows(session, 64, 1)
        poison(memory, away)
        assert session.expect(r"guest: sums (\w+) (\w+)").groups() == sums
        request(session, 0)
        assert follows(session, 0, 0) == set()
        assert not touched(memory, POISON) & away
        poison(memory, every)
        assert session.expect(r"guest: sums (\w+) (\w+)").groups() == sums
        assert session.wait() == 0, session.lines[-20:]
        assert not touched(memory, POISON)
        works(session.lines[:saved] + session.lines[again:])
        assert any("Bus error" in line for line in session.lines), session.lines[-20:]
