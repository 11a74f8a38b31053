# SPDX-License-Identifier: MIT
"""Debian's kernel as a guest of examples/hypervisor. Each function here is a test of CTest."""

import functools
import re
import struct
import time
from pathlib import Path

import demo
import host
import soak
from session import guests
from steps import build

SECTOR = 512
DIRECT = "conv=notrunc iflag=fullblock oflag=direct 2>/dev/null"
BLOCK = 4099
MIB = 1 << 20
GUEST_RAM = 0x40000000  # of vms.yaml; the hypervisor is there too
DEVICES = ("blk", "console", "entropy")


def script(name, **values):
    """What a guest runs: a file of guest/ with these in place of @name@."""
    text = (Path(__file__).parent / "guest" / f"{name}.sh").read_text(encoding="utf-8")
    return functools.reduce(lambda done, row: done.replace(f"@{row[0]}@", str(row[1])), values.items(), text)


# What a guest says when nothing is wrong with its devices.
REPORT = script("report")


def pattern(text, size):
    """Bytes that are a guest's own; as they repeat after no power of ten, each place has its own, too."""
    block = b"".join(f"{text} {number:07d}\n".encode() for number in range(BLOCK))
    return (block * (size // len(block) + 1))[:size]


def make_pattern(text, size):
    """A guest's script that makes it: a file of at least that size."""
    return f"""
seq 0 {BLOCK - 1} | awk '{{printf "{text} %07d\\n", $1}}' >/tmp/pattern
while [ "$(stat -c %s /tmp/pattern)" -lt {size} ]; do
    cat /tmp/pattern /tmp/pattern >/tmp/twice
    mv /tmp/twice /tmp/pattern
done
"""


def write_pattern(text, size):
    """A guest's script that writes it to the begin of its disk."""
    return f"{make_pattern(text, size)}{copy_pattern(size)}"


def copy_pattern(size):
    """The same with the file that is there."""
    return f"dd if=/tmp/pattern of=/dev/vda bs=64k count={size >> 16} {DIRECT}\n"


def run(folder, linux, plan, scripts, **more):
    """From start to end; the console."""
    with guests(folder, linux, plan, scripts, **more) as session:
        assert session.wait() == 0, session.lines[-20:]
    assert session.lines[-1] == "hypervisor: all guests are off"
    return session.lines


def found(lines):
    """What monitors of devices have found."""
    return [line for line in lines if "monitor of" in line]


def test_demo_in_short(folder, linux):
    """A legacy ring on a legacy real disk. hypervisor.all_devices has a packed one on a modern one, ./vwr soak linux each with each."""
    demo.run_all(folder, linux, [demo.SHOWN[1]])


def report(lines, prefix=""):
    """What REPORT has said, as words by their first."""
    rows = [line.removeprefix(prefix).split() for line in lines if line.startswith(prefix)]
    assert ["reported"] in rows, lines[-20:]
    assert not [row for row in rows if row[:1] == ["warning"] and "virtio" in " ".join(row).lower()]
    features = {
        DEVICES[int(row[1])]: host.features(DEVICES[int(row[1])], row[2])
        for row in rows
        if row[:1] == ["features"]
    }
    return features, {row[0]: row[1:] for row in rows if row}


def test_two_guests_write_to_their_windows(folder, linux):
    size = host.WINDOW_BYTES
    host.make_disk(folder, {})
    scripts = [
        f"{make_pattern(text, size)}echo ready\nread -r line\necho begin\n{copy_pattern(size)}echo end\n"
        for text in ("left...", "right..")
    ]
    with guests(folder, linux, "vms", scripts) as session:
        session.expect("ready$")
        session.expect("ready$")
        session.type("\x1dtype 0 go\rtype 1 go\r")
        assert session.wait() == 0
    at = {(line[0], line[3:]): number for number, line in enumerate(session.lines) if line[1:2] == "|"}
    assert max(at["0", "begin"], at["1", "begin"]) < min(
        at["0", "end"], at["1", "end"]
    ), "they were not there at once"
    assert host.window(folder, 0) == pattern("left...", size)
    assert host.window(folder, 1) == pattern("right..", size)


# Writes to VendorID of the right guest's entropy device, which its monitor names.
BREAK = "busybox devmem 0x0a01200c 32 5\n"
BROKEN = (
    "driver, mmio.drv.2 (MUST NOT): the driver wrote 0x5 to VendorID, which is read-only "
    "[Virtio Transport Options / Virtio Over MMIO / MMIO Device Register Layout]"
)


def test_an_error_of_the_disk_is_the_right_guests(folder, linux):
    """The right guest's window also refuses writes, and it breaks one rule."""
    read = """
dd if=/dev/vda of=/dev/null bs=64k iflag=direct 2>&1 | sed 's/^/dd: /'
dmesg | grep -E 'I/O error' | sed 's/.*\\] /kernel: /'
echo read
"""
    write = """
echo "read-only: $(cat /sys/block/vda/ro)"
dd if=/dev/zero of=/dev/vda bs=4k count=1 2>&1 | sed 's/^/dd: /'
mount -o loud -t ext4 /dev/vda /mnt 2>&1 | sed 's/^/mount: /'
echo tried
"""
    host.make_disk(folder, {})
    bad = host.WINDOW_BYTES // SECTOR + 2048  # in the right window
    (folder / "blkdebug.conf").write_text(
        f'[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "{bad}"\nonce = "off"\n'
    )
    lines = run(
        folder,
        linux,
        "vms-legacy",
        [read, read + write + BREAK],
        options=host.drive("blkdebug:blkdebug.conf:disk.img"),
        arguments="quiet iomem=relaxed",
    )
    assert found(lines) == [f"hypervisor: guest 1: monitor of entropy: {BROKEN}"]
    left, right = ([line[3:] for line in lines if line.startswith(f"{number}| ")] for number in (0, 1))
    assert "dd: 512+0 records in" in left and not [line for line in left if "error" in line]
    assert [line for line in right if re.match(r"kernel: I/O error, dev vda, sector 2048 ", line)], right
    assert (
        "dd: dd: /dev/vda: Input/output error" in right
        or "dd: dd: error reading '/dev/vda': Input/output error" in right
    )
    assert "read-only: 1" in right and "tried" in right
    assert "dd: dd: error writing '/dev/vda': Operation not permitted" in right
    # ext4 wants to write. Linux 6.1 says itself that it cannot, 6.12 does not.
    assert "mount: mount: /dev/vda is write-protected, mounting read-only" in right
    assert host.window(folder, 1) == host.right_window()


# Three times, told apart by the disk: it writes until it is reset; anything goes into every register of all three
# devices, which need not work any more then; after a reset they do.
STEPS = 12
AGAIN = script("again", pattern=write_pattern("third..", MIB), direct=DIRECT)
GO_ON = script("go_on", pattern=write_pattern("right..", 4 * MIB), steps=STEPS) + "\nread line\necho goes\n"


def test_a_guest_is_reset_while_the_other_goes_on(folder, linux):
    host.make_disk(folder, {})
    programs = [("bin/nonsense", soak.build_program(folder, "nonsense"))]
    with guests(
        folder, linux, "vms", [AGAIN, GO_ON], arguments="quiet iomem=relaxed", programs=programs
    ) as session:
        session.expect(r"^0\| first time")
        session.expect(r"^1\| ready")
        session.command("reset 0", "guest 0 restarts")
        session.expect(r"^0\| second time")
        session.expect(r"^hypervisor: guest 0 is off")
        said = session.command("debug 0 0", "hypervisor> $|^  queue|^$")
        assert said, "the hypervisor has nothing to say"
        session.command("reset 0", "guest 0 restarts")
        session.expect(r"^0\| third time")
        session.expect(r"^hypervisor: guest 0 is off")
        session.command("guest 1", "keys go to guest 1")
        session.type("now\r")
        assert session.wait() == 0
    assert "goes" in "".join(session.lines)
    sums = [line for line in session.lines if re.search(r"\b\d+ [0-9a-f]{64}", line)]
    assert len(sums) == 1 and f" {STEPS} " in sums[0], sums
    assert host.window(folder, 0)[:MIB] == pattern("third..", MIB)
    assert host.window(folder, 1)[: 4 * MIB] == pattern("right..", 4 * MIB)


ONE_BY_ONE, AT_ONCE, READERS = 200, 25, 32
READ = script("read", one_by_one=ONE_BY_ONE, last=READERS - 1, at_once=AT_ONCE)


def disk_counts(session):
    """(accesses to the registers of the guest's disk, requests)"""
    text = "\n".join(session.command("stats", "^disk: "))
    return (
        int(re.search(r"blk: accesses (\d+)", text).group(1)),
        int(re.search(r"blk: .*\n +queue 0: kicks \d+, buffers (\d+)", text).group(1)),
    )


OFFERED = {
    "blk": {"SEG_MAX", "BLK_SIZE", "FLUSH", "CONFIG_WCE", "DISCARD", "WRITE_ZEROES"},
    "console": {"SIZE"},
    "entropy": set(),
}
RING = {
    "vms": {"INDIRECT_DESC", "EVENT_IDX", "VERSION_1"},
    "vms-split": {"INDIRECT_DESC", "EVENT_IDX", "VERSION_1"},
    "vms-legacy": {"INDIRECT_DESC", "EVENT_IDX"},
}


def test_what_the_kernel_says_of_its_devices(folder, linux):
    """And how often a request traps."""
    build("vwr_hypervisor_split")
    host.make_disk(folder, {})
    for plan in host.PLANS:
        # Time in instructions, or the load of the machine would decide how many requests are done at once. It does not
        # leap while all wait for the disk (sleep=off): it would leap past the deadline of the disk.
        options = [*host.drive("disk.img"), "-icount", "shift=0"]
        with guests(folder, linux, plan, [REPORT + READ], options=options) as session:
            session.expect("hypervisor: disk of")
            counts = []
            for word in ("^ready", "one by one", "at once"):
                session.expect(word)
                time.sleep(0.5)
                counts.append(disk_counts(session))
                session.command("guest 0", "keys go to guest 0")
                session.type("go\r")
            assert session.wait() == 0
        assert not found(session.lines)
        features, rows = report(session.lines)
        for name in DEVICES:
            more = {"RING_PACKED"} if (plan, name) == ("vms", "blk") else set()
            assert features[name] == OFFERED[name] | RING[plan] | more, (plan, name)
        assert rows["size"] == [str(host.WINDOW_BYTES // SECTOR), "512", "1"]
        assert rows["segments"] == ["64", "id", "left"]
        (begin, none), (middle, some), (end, all_of_them) = counts
        assert some - none == ONE_BY_ONE and all_of_them - some == READERS * AT_ONCE
        assert middle - begin == 3 * ONE_BY_ONE, (plan, counts)
        assert end - middle <= READERS * AT_ONCE, (plan, counts)


HELP = ("help", "list", "debug", "stats", "stuck", "trace", "guest", "type", "reset", "off")


def test_its_console(folder, linux):
    host.make_disk(folder, {})
    left = 'echo ready\nread line\necho "left has $line"\ndd if=/dev/vda of=/dev/null bs=4k iflag=direct\n'
    right = 'echo ready\nread line\necho "right has $line"\nread line\necho "right has $line"\nread line\n'
    slow = host.drive("disk.img", more=",throttling.iops-total=1")
    with guests(folder, linux, "vms", [left, right], options=slow) as session:
        session.expect(r"ready")
        session.expect(r"ready")
        said = session.command("help", "  quit")
        for word in HELP:
            assert any(re.match(f"  {word}[ :]", line) for line in said), (word, said)
        said = "\n".join(session.command("list", "0a012000|xa012000"))
        for word in (
            "left",
            "right",
            "blk",
            "console",
            "a000000",
            "a001000",
            "a010000",
            "a011000",
            "48",
            "64",
        ):
            assert word in said, (word, said)
        session.command("debug 1 0", "RING_PACKED")
        session.command("debug 1 15", "no device in slot 15")
        session.command("debug 7", "there are guests 0 to 1")
        session.command("nothing", "unknown command")
        session.command("stuck", "disk: 0 requests in flight")
        session.command("trace 1", "trace on")
        session.command("guest 1", "keys go to guest 1")
        session.type("a word\r")
        session.expect("right has a word")
        session.command("trace 0", "trace off")
        session.command("guest 0", "keys go to guest 0")
        session.type("two words\r")
        session.expect("left has two words")
        for _ in range(100):
            time.sleep(0.2)
            said = "\n".join(session.command("stuck", "^disk: "))
            if "guest 0, blk: no fault\n  queue 0: the device has not used 1 buffers" in said:
                break
        else:
            raise AssertionError(said)
        session.type("\x1dtype 1 three words\r")
        session.expect("right has three words")
        session.command("off 1", "guest 1 is off")
        session.command("quit", "quit")
        assert session.wait() == 0
    trace = [line for line in session.lines if "vwr-trace" in line]
    assert any(re.search(r"vwr-trace \d+ \d+ write 0x0a01[0-9a-f]{4} 4 0x0", line) for line in trace)


def refuse(folder, files, cpus=1, options=None, plan="vms", **more):
    """What the hypervisor says before it stops, without its first line; `files` as opt/vwr/ has them."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    options = host.drive("disk.img") if options is None else options
    code, lines = host.run(
        folder, host.command(plan, {name: name for name in files}, cpus, options=options, **more), 60
    )
    assert code == 0, lines
    return lines[1:]


def image_upon_itself(folder):
    """The folder of an image whose left guest has its memory where the hypervisor is: a row of a table is changed."""
    row = struct.Struct("<3Q")  # struct vwr_vplan_memory: addr, bytes, host
    before, after = row.pack(GUEST_RAM, 384 * MIB, 0x48000000), row.pack(GUEST_RAM, 384 * MIB, GUEST_RAM)
    image = (host.build_folder() / "vms" / "vwr_hypervisor.elf").read_bytes()
    assert image.count(before) == 1
    (folder / "upon").mkdir()
    (folder / "upon" / "vwr_hypervisor.elf").write_bytes(image.replace(before, after))
    return folder / "upon"


def test_what_is_wrong_at_the_start(folder):
    image, large = (
        bytes(16) + (mib * MIB).to_bytes(8, "little") + bytes(32) + b"ARM\x64" + bytes(4) for mib in (30, 381)
    )
    tree = b"\xd0\x0d\xfe\xed" + bytes(60)
    good = {"kernel": image, "initrd": b"files", "dtb0": tree}
    (folder / "disk.img").write_bytes(bytes(2 * host.WINDOW_BYTES))
    (folder / "small.img").write_bytes(bytes(host.WINDOW_BYTES))
    cases = [
        ("there is no kernel", {**good, "kernel": None}, {}),
        ("there is no initial file system", {**good, "initrd": None}, {}),
        ("there is no device tree", {**good, "dtb0": None}, {}),
        (
            "the kernel (opt/vwr/kernel, 14 bytes) is not an arm64 Image",
            {**good, "kernel": b"\x1f\x8bcompressed.."},
            {},
        ),
        (
            "its device tree (opt/vwr/dtb0) has 2097153 bytes",
            {**good, "dtb0": tree + bytes(2 * MIB - 63)},
            {},
        ),
        ("opt/vwr/dtb0 is not a device tree", {**good, "dtb0": bytes(64)}, {}),
        (
            "is too small for kernel, initial files and device tree",
            {**good, "kernel": large, "initrd": bytes(MIB)},
            {},
        ),
        ("2 guests on 1 CPUs: start QEMU with -smp 2", {**good, "dtb1": tree}, {}),
        ("is outside this machine's RAM", good, {"megabytes": 300}),
        ("overlaps the hypervisor", good, {"plan": image_upon_itself(folder)}),
        ("there is no disk", good, {"options": []}),
        ("is outside the disk", good, {"options": host.drive("small.img")}),
    ]
    for words, files, more in cases:
        said = refuse(
            folder, {name: content for name, content in files.items() if content is not None}, **more
        )
        fine = ("hypervisor: disk of", "hypervisor: medium of", "hypervisor: no ")  # and what it does without
        said = [line for line in said if not line.startswith(fine)]
        assert len(said) == 1 and words in said[0], (words, said)
