# SPDX-License-Identifier: MIT
"""A kernel of xv6's shape (xv6/) with examples/xv6/virtio_disk.c, in QEMU's riscv64 machine."""

import re
import shutil
import subprocess

import pytest

from places import BUILD, INCLUDE, ROOT, WARNINGS, library

HERE = ROOT / "tests" / "ports" / "xv6"
GCC = "riscv64-linux-gnu-gcc"
QEMU = "qemu-system-riscv64"
# As xv6's Makefile has them, and with what a kernel of its own folder needs. It has no header of a library.
OPTIONS = ["-std=gnu11", "-march=rv64imac_zicsr", "-mabi=lp64", "-mcmodel=medany", "-ffreestanding", "-fno-builtin",
           "-fno-common", "-nostdinc", "-nostdlib", "-mno-relax", "-fno-stack-protector", "-fno-pie", "-no-pie",
           "-static", "-fno-omit-frame-pointer", "-DVWR_XV6_TIME_HZ=10000000", f"-I{HERE}",
           f"-I{ROOT}/runtime/port/xv6", "-Wl,--build-id=none", "-Wl,-z,max-page-size=4096"]
BLOCK, FIRST, WRITERS, BLOCKS, DISK_BLOCKS = 1024, 64, 3, 24, 512  # as in main.c
THROTTLED = "throttling.iops-total=300"
STOPS = "throttling.bps-total=1"  # a block takes as many seconds as it has bytes; a reset ends it
# Half a second, in a kernel that cannot read the time: its ticks are what it has, and there are a hundred a second.
NO_CLOCK = ["-UVWR_XV6_TIME_HZ", "-DVWR_XV6_TICK_US=10000", "-DVWR_BLK_TIMEOUT_US=500000u"]

pytestmark = pytest.mark.skipif(not (shutil.which(GCC) and shutil.which(QEMU)),
                                reason=f"no {GCC} or no {QEMU} here (Debian: gcc-riscv64-linux-gnu, qemu-system-misc)")


@pytest.fixture(scope="module")
def objects():
    """objects(level, *more): the library, compiled once for each level of optimisation and other options."""
    made = {}

    def compiled(level, *more):
        key = "".join((level, *more))
        if key not in made:
            made[key] = BUILD / "tests" / "ports" / f"xv6{key}"
            made[key].mkdir(parents=True, exist_ok=True)
            subprocess.run([GCC, *OPTIONS, *WARNINGS, level, *more, *INCLUDE, "-c", *library()], cwd=made[key], check=True)
        return [made[key] / f"{path.stem}.o" for path in library()]
    return compiled


def build(work, objects, level, *more, library_too=()):
    """kernel.elf in the folder; `library_too`: options of all of it."""
    sources = [*sorted(HERE.glob("*.[cS]")), ROOT / "examples" / "xv6" / "virtio_disk.c"]
    subprocess.run([GCC, *OPTIONS, *WARNINGS, level, *more, *library_too, *INCLUDE, "-T", HERE / "kernel.ld",
                    *sources, *objects(level, *library_too), "-o", "kernel.elf"], cwd=work, check=True)


def pattern(block):
    """What main.c writes into a block."""
    return bytes((block * 37 + i * 3 + i // 256) & 255 for i in range(BLOCK))


def make_disk(work):
    """A disk that has no two blocks alike."""
    path = work / "disk.img"
    path.write_bytes(bytes((k * 5 + i * 7 + i // 100) & 255 for k in range(DISK_BLOCKS) for i in range(BLOCK)))
    return path


def boot(work, version, throttle=""):
    """What the kernel prints until it switches the machine off."""
    drive = f"id=d0,if=none,driver=raw,file.driver=file,file.filename=disk.img{',' + throttle if throttle else ''}"
    done = subprocess.run(["timeout", "-k", "5", "60", QEMU, "-machine", "virt", "-bios", "none", "-m", "128M",
                           "-kernel", "kernel.elf", "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot",
                           "-global", f"virtio-mmio.force-legacy={'true' if version == 'legacy' else 'false'}",
                           "-drive", drive, "-device", "virtio-blk-device,drive=d0,bus=virtio-mmio-bus.0"],
                          cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    assert done.returncode == 0, f"QEMU ended with {done.returncode}"
    return done.stdout.splitlines()


def counts(lines):
    """{what: number} of the lines that end with a number."""
    return {m.group(1): int(m.group(2)) for m in (re.fullmatch(r"(.*?) (\d+)", line) for line in lines) if m}


def check(lines, before, after):
    """What it says, and what is on the disk."""
    whole = "port: OK: byte order, width of register accesses, barriers, caches, clock, DMA addresses"
    assert lines[:2] == [whole, whole]  # also with memory on the stack
    assert lines[-1] == "xv6: OK"
    total = 0
    for value in before[:FIRST * BLOCK]:
        total = total * 31 + value & 0xFFFFFFFF
    first = FIRST + BLOCKS  # process 1 is the first that writes
    written = b"".join(pattern(k) for k in range(first, first + WRITERS * BLOCKS))
    assert after == before[:first * BLOCK] + written + before[first * BLOCK + len(written):]
    assert counts(lines)["sum"] == total


@pytest.mark.parametrize("level, version", [("-O2", "legacy"), ("-O2", "modern"), ("-O0", "modern")])
def test_sleep_and_wakeup(work, objects, level, version):
    """Blocks come and go through scattered stacks; who waits sleeps, and the interrupt wakes."""
    build(work, objects, level)
    disk = make_disk(work)
    before = disk.read_bytes()
    lines = boot(work, version, THROTTLED)
    check(lines, before, disk.read_bytes())
    found = counts(lines)
    assert found["sleeps"] >= WRITERS and found["disk interrupts"] >= WRITERS
    assert found["woken by the disk"] >= WRITERS
    assert found["turns of the one that never sleeps"] >= found["disk interrupts"]


def test_interrupt_lost(work, objects):
    """No interrupt comes through: each sleep ends with the next tick, and nothing hangs."""
    build(work, objects, "-O2", "-DDISK_IS_DEAF")
    disk = make_disk(work)
    before = disk.read_bytes()
    lines = boot(work, "legacy", THROTTLED)
    check(lines, before, disk.read_bytes())
    assert counts(lines)["disk interrupts"] == 0 and counts(lines)["sleeps"] > 0


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_disk_stops_answering_without_a_clock(work, objects, version):
    """It is reset and asked again as often as the driver replays, and given up in that time, counted in ticks."""
    build(work, objects, "-O2", "-DDISK_STOPS", library_too=NO_CLOCK)
    make_disk(work)
    lines = boot(work, version, STOPS)
    assert lines[-2:] == ["ETIMEOUT: no answer in time", "xv6: FAILED: panic"]
    found = counts(lines)
    ticks, in_options = found["given up at tick"] - found["begins at tick"], (1 + 3) * 50
    assert in_options / 2 <= ticks <= 2 * in_options


def test_no_disk(work, objects):
    """Said in words: an empty slot."""
    build(work, objects, "-O2")
    (work / "disk.img").write_bytes(bytes(BLOCK * DISK_BLOCKS))
    done = subprocess.run(["timeout", "-k", "5", "60", QEMU, "-machine", "virt", "-bios", "none",
                           "-kernel", "kernel.elf", "-nodefaults", "-display", "none", "-serial", "stdio",
                           "-no-reboot"], cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    assert done.stdout.splitlines()[2:] == ["ENODEV: empty slot, no device here", "xv6: FAILED: panic"]
