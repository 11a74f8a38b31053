# SPDX-License-Identifier: MIT
"""The image of examples/interrupts in QEMU: it sleeps, it is woken, and what it counts is what QEMU has traced."""
import re

import pytest

import boot
import images
from boot import Disk, sums
from exits import OFFSET
from pairs import pairs
from steps import build

MODES = {  # the version of virtio-mmio, and the shape of the ring
    "legacy": ("legacy", ""),
    "split": ("modern", ""),
    "packed": ("modern", ",packed=on"),
}
SECTORS = 8192
PART_SECTORS = 2048  # at the end of a scratch disk, as in main.c
PART_ROWS = ["write", "read back"]
TRACE = ["virtio_queue_notify", "virtio_notify", "virtio_mmio_setting_irq", "memory_region_ops_*"]
FEWER = 8  # requests for each notification and each interrupt, at least; half of what is out: 16, but for the tail

# Instructions that the slow device may cost more, in all. An instruction takes 1 ns there, so that spinning would
# cost 20 million for each sleep of 20 ms; a look at the clock every 10 ms costs some 200.
SLACK = {"off": 10000, "on": 1000000}

# Everything that QEMU does for the disk takes a moment, so that there is something to sleep for. In bulk:
# neighbouring requests are one to the host and come back together. One by one: each for itself.
DEVICES = {
    "bulk": ("throttling.iops-total=200", ""),
    "one_by_one": ("throttling.iops-total=4000", ",request-merging=off"),
}


def rows(console):
    """The table of counts: {part: {column: number}}."""
    heading = next(line for line in console.lines if line.split()[:2] == ["requests", "kicks"])
    columns = heading.split()
    found = {}
    for line in console.lines[console.lines.index(heading) + 1 :]:
        match = re.match(r"(\S.*?)((?: +(?:\d+|-)){%d})$" % len(columns), line)
        if match:
            numbers = [None if word == "-" else int(word) for word in match.group(2).split()]
            found[match.group(1)] = dict(zip(columns, numbers))
    return found


def boot_image(version, disk, *, image="vwr_interrupts_untimed", last="interrupts: OK", **options):
    """One of the images of examples/interrupts, to its end."""
    console = boot.boot(version, [disk], image=f"../interrupts/{image}", **options)
    assert console.last == last
    return console


def make_disk(work, mode, event_idx, device):
    """A scratch disk full of what no pattern has, and what QEMU is to say of it."""
    path = work / "disk.img"
    path.write_bytes(bytes(range(251)) * (SECTORS * 512 // 251) + bytes(SECTORS * 512 % 251))
    drive, properties = DEVICES[device]
    return Disk(
        path,
        serial="vwr-scratch",
        device=f"{MODES[mode][1]},event_idx={event_idx}{properties}",
        drive=f"driver=raw,file.driver=file,file.filename={path},{drive}",
    )


def accesses(lines, slot, kind, name):
    """The values read from, or written to, a register of the disk."""
    wanted = f"memory_region_ops_{kind} "
    address = f" addr {slot + OFFSET[name]:#x} value "
    return [
        int(line.split(address)[1].split()[0], 16)
        for line in lines
        if line.startswith(wanted) and address in line
    ]


def traced(path, slot):
    """What QEMU has seen of the disk: counts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line_of_disk = [line.split()[-1] for line in lines if line.startswith("virtio_mmio_setting_irq ")]
    reasons = accesses(lines, slot, "read", "InterruptStatus")
    return {
        "notifications": sum(line.startswith("virtio_queue_notify ") for line in lines),
        "notify writes": len(accesses(lines, slot, "write", "QueueNotify")),
        "interrupts asked for": sum(line.startswith("virtio_notify ") for line in lines),
        "line rises": sum(pair == ("0", "1") for pair in zip(line_of_disk, line_of_disk[1:])),
        "reasons read": sum(reason != 0 for reason in reasons),
        "no reason": sum(reason == 0 for reason in reasons),
        "acknowledged": len(accesses(lines, slot, "write", "InterruptACK")),
    }


def run_traced(work, mode, disk, **options):
    """The guest's table and QEMU's counts of the same run."""
    trace = work / "trace.txt"
    # With an ioeventfd, as QEMU 10 has it under TCG too, writes to QueueNotify are not traced, and QEMU notifies itself
    # once at the start.
    extra = ["-global", "virtio-mmio.ioeventfd=off", "-D", str(trace)] + [
        word for event in TRACE for word in ("-trace", event)
    ]
    console = boot_image(MODES[mode][0], disk, extra=extra, **options)
    slot = int(re.search(r"^([0-9a-f]{8}) Block device", console.text, re.M).group(1), 16)
    return console, rows(console), traced(trace, slot)


def check_counters(counts, seen):
    """Each of the driver's counters is QEMU's."""
    assert counts["kicks"] == seen["notifications"] == seen["notify writes"]
    assert counts["interrupts"] == seen["line rises"] == seen["reasons read"] == seen["acknowledged"]
    # The line may be up already when the device wants it to rise.
    assert counts["interrupts"] <= seen["interrupts asked for"]
    # One was made before the device was live, and did not touch it.
    assert counts["spurious"] == 2 and seen["no reason"] == 1


def check_disk(console, disk, before):
    """What was read is what was there; what was written is there, and nothing else has changed."""
    after = disk.path.read_bytes()
    kept = len(before) - PART_SECTORS * 512
    assert after[:kept] == before[:kept]
    assert after[kept:] == sums.pattern(PART_SECTORS)
    disk.path.write_bytes(before)
    assert f"crc32 {'%08x of %d sectors' % sums.checksum(disk.path)}" in console.lines


def check_run(work, mode, event_idx, device, **options):
    """One run, and all that has to be true of it; answers a line about it."""
    disk = make_disk(work, mode, event_idx, device)
    before = disk.path.read_bytes()
    console, table, seen = run_traced(work, mode, disk, **options)
    counts = table["all"]
    check_disk(console, disk, before)
    check_counters(counts, seen)
    assert "maximum in flight 32" in console.lines
    assert counts["requests"] == 2 * PART_SECTORS // 8 + SECTORS // 8 + 1 + 32 + 1  # flush, waiting ones, id
    assert counts["sleeps"] > 0
    assert counts["empty"] <= counts["sleeps"] + 4
    # A packed ring says "something is there" at the first, where a split one counts: how much there is by then
    # is a matter of speed, unless it comes in bulk.
    if event_idx == "on" and (mode != "packed" or device == "bulk"):
        for what in ("notifications", "interrupts asked for", "line rises"):
            assert FEWER * seen[what] <= counts["requests"], what
    numbers = ", ".join(f"{name} {value}" for name, value in seen.items())
    return f"{mode}, event_idx {event_idx}, {device}: requests {counts['requests']}, QEMU's trace: {numbers}"


@pytest.mark.parametrize("mode, event_idx, device", pairs([*MODES], ["on", "off"], [*DEVICES]))
def test_interrupts(work, capsys, mode, event_idx, device):
    """Every ring, with nothing but the disk's interrupt to end a sleep: a lost one is the end of the run."""
    line = check_run(work, mode, event_idx, device)
    with capsys.disabled():
        print("\n" + line)


@pytest.mark.parametrize(
    "mode, image, level", pairs(["legacy", "packed"], ["vwr_interrupts", "vwr_interrupts_O0"], ["1", "2"])
)
def test_interrupts_images(work, mode, image, level):
    """The image with a timer that bounds the sleep, one that is not optimised; either exception level."""
    build("vwr_interrupts_O0")
    check_run(
        work,
        mode,
        "on",
        "bulk",
        image=image,
        machine=f"virt,virtualization={'on' if level == '2' else 'off'}",
    )


def test_interrupts_fast(work, version):
    """A disk that is as fast as it can be, and may not be written; whether there is time to sleep nobody knows."""
    disk = Disk(images.zeroes(work / "disk.img", 3 << 20), serial="vwr-scratch2")
    console = boot_image(version, disk)
    assert f"crc32 {'%08x of %d sectors' % sums.checksum(disk.path)}" in console.lines
    assert not set(PART_ROWS) & set(rows(console))


@pytest.mark.parametrize(
    "mode, image, clock",
    [
        ("legacy", "vwr_interrupts", "on"),
        ("split", "vwr_interrupts_untimed", "off"),
        ("packed", "vwr_interrupts_untimed", "off"),
    ],
)
def test_interrupts_instructions(work, capsys, mode, image, clock):
    """A device that takes 20 times as long costs hardly an instruction more: the guest sleeps, it does not spin.

    The null device's latency is a matter of the host's clock, the instructions are counted by QEMU. With sleep=off
    the guest's clock jumps to its next timer; the image with a timer, whose waiting calls wake every 10 ms to
    look at the clock, needs one that goes on as the host's does."""
    found = {}
    for latency in (1, 20):
        drive = f"driver=null-co,size={1 << 20},read-zeroes=on,latency-ns={latency * 1000000}"
        disk = Disk(work / "none", device=MODES[mode][1], drive=drive)
        console = boot_image(MODES[mode][0], disk, image=image, extra=["-icount", f"shift=0,sleep={clock}"])
        found[latency] = rows(console)
    slow, fast = found[20], found[1]
    for part in ("read", "waiting"):
        assert slow[part]["sleeps"] > 0
        assert slow[part]["instructions"] <= fast[part]["instructions"] * 11 // 10 + SLACK[clock]
    with capsys.disabled():
        for latency, table in found.items():
            words = ", ".join(
                f"{part} {table[part]['instructions']} ({table[part]['sleeps']} sleeps)"
                for part in ("read", "waiting")
            )
            print(f"\n{mode}, {image}, latency {latency} ms: instructions: {words}", end="")


def test_interrupts_dead(work, version):
    """A disk that does not answer: the timer ends the sleeps, and the deadline is kept.

    The guest's clock jumps from timer to timer, so that its 30 s pass before the disk's second."""
    path = images.zeroes(work / "disk.img", 4 << 20)
    disk = Disk(
        path, drive=f"driver=raw,file.driver=file,file.filename={path},read-only=on,throttling.iops-total=1"
    )
    console = boot_image(
        version,
        disk,
        image="vwr_interrupts",
        last="interrupts: FAILED: reading the whole disk",
        extra=["-icount", "shift=0,sleep=off"],
    )
    assert "  ERROR reading the whole disk: ETIMEOUT: " in console.text


def test_interrupts_no_disk(version):
    """Said as a message."""
    console = boot.boot(
        version, [], image="../interrupts/vwr_interrupts", extra=["-device", "virtio-rng-device"]
    )
    assert console.last == "interrupts: FAILED: no disk found"


@pytest.mark.parametrize("level", [1, 2])
def test_interrupts_exception(work, level):
    """What is no interrupt goes to the demo's table, which tells it: a board with another interrupt controller."""
    machine = f"virt,gic-version=3,virtualization={'on' if level == 2 else 'off'}"
    console = boot_image(
        "modern",
        Disk(images.zeroes(work / "disk.img", 1 << 20)),
        machine=machine,
        last="guest: FAILED: exception",
    )
    assert "exception 4: data abort" in console.lines
    assert re.search(r"^  FAR 000000000801000[0-9a-f]$", console.text, re.M)
