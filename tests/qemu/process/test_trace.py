# SPDX-License-Identifier: MIT
"""`./vwr monitor --trace`: recordings with memory, QEMU's traces with a copy of memory, and traces of registers alone."""

import contextlib
import io
import json
import re
import struct
import subprocess

import pytest

import qemu_machine as machine
import traces
import xv6
from folders import BUILD, ROOT

from vwr import txtar
from vwr.main import main

RECORDED = txtar.unpack(ROOT / "tests/qemu/replay/recorded.txtar", BUILD / "tests/qemu/process/recorded")
OTHERS = txtar.unpack(ROOT / "tests/qemu/replay/others.txtar", BUILD / "tests/qemu/process/others")
MONITOR = BUILD / "hosted/programs/monitor/vwr-monitor"
MEMORY = "64M"
# What U-Boot does; explain.rules has the first two of another trace. u-boot.txt asks for a sector behind the last one.
UBOOT = ["init.drv.2", "init.drv.1", "blk.drv.2"]
RECORDINGS = {
    "linux-legacy": (41, []),
    "linux-modern": (41, []),
    "linux-modern-packed": (38, []),
    "u-boot-legacy": (9, UBOOT),
    "u-boot-modern": (9, UBOOT),
}
OTHER_RECORDINGS = {
    "barebox-legacy": (4, []),
    "barebox-modern": (4, ["init.drv.15"]),
    "hinaos": (95, ["mmio.drv.init.1", "rfeat.drv.5", "mmio.drv.1", "mmio.drv.2", "init.drv.1"]),
    "lk-legacy": (7, []),
    "lk-modern": (7, ["init.drv.7", "config.drv.3"]),
    "nuta": (10, ["status.drv.2", "init.drv.5"]),
    "nuttx-legacy": (
        13,
        ["init.drv.2", "status.drv.2", "mmio.drv.12", "init.drv.1", "init.drv.5", "init.drv.10"],
    ),
    "nuttx-modern": (13, ["init.drv.2", "status.drv.2", "mmio.drv.12", "init.drv.5", "init.drv.10"]),
    "xv6-modern": (32, ["reset.drv.1", "mmio.drv.12", "mmio.drv.13", "init.drv.5"]),
}


def monitored(path, *options):
    """(exit code, devices) of a file."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["monitor", "--build", str(BUILD), "--json", "--trace", str(path), *map(str, options)])
    return code, json.loads(out.getvalue())["devices"]


def clauses(device):
    return [row["clause"] or row["rule"] for row in device["findings"]]


@pytest.mark.parametrize("name", [*RECORDINGS, *OTHER_RECORDINGS])
def test_recording(name):
    """Each buffer of a working driver is judged."""
    buffers, broken = {**RECORDINGS, **OTHER_RECORDINGS}[name]
    code, (device,) = monitored((OTHERS if name in OTHER_RECORDINGS else RECORDED) / f"{name}.txt")
    assert clauses(device) == broken and code == (1 if broken else 0)
    assert (device["memory"], device["buffers"], device["not_judged"], device["lost"]) == (
        "changes",
        buffers,
        0,
        0,
    )


# What is changed in Linux's recording: (what a line is like, what it becomes, the clause)
WRONG = {
    "the device wrote more than there is room for": (r"^(u 0 0 \d+) \d+$", r"\1 99999", "split.dev.used.2"),
    "the device used what was not available": (r"^(u 0 0) \d+", r"\1 77", "USED_ID"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_recording_that_breaks_a_rule(work, what):
    pattern, becomes, clause = WRONG[what]
    text = (RECORDED / "linux-modern.txt").read_text(encoding="utf-8")
    wrong, count = re.subn(pattern, becomes, text, count=1, flags=re.MULTILINE)
    assert count == 1
    (work / "wrong.txt").write_text(wrong, encoding="utf-8")
    code, (device,) = monitored(work / "wrong.txt")
    assert code == 1 and clauses(device)[0] == clause


NONE = "this line is none of a recording"
HEX = "the content is x and pairs of digits, or z and a number of bytes"
REFUSED = [
    ("r 0x0 4", NONE),
    ("r 0x0 4 yes", NONE),
    ("m here x 00", NONE),
    ("w 0x0 4 0 nowhere", "a structure is common, notify, isr, device or space"),
    ("m 0x40000000 y 00", HEX),
    ("m 0x40000000 x 0", HEX),
    ("m 0x40000000 x 0g", HEX),
    ("m 0x40001000 x 00", "it is not in the memory of `ram`"),
    ("m 0x40000fff x 0000", "it is not in the memory of `ram`"),
    ("r 0x100 16 0x0", "an access has 1, 2, 4 or 8 bytes"),
]


@pytest.mark.parametrize("line, why", REFUSED)
def test_a_line_that_is_wrong(line, why):
    """It is named, and nothing is judged."""
    text = f"version 2\ndevice 2\nram 0x40000000 0x1000\n{line}\n"
    done = subprocess.run(
        [MONITOR, "--play", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "") and f"-:4: {why}" in done.stderr


def played_alone(text, *options):
    """What the program says of lines: its exit code, and the report."""
    done = subprocess.run(
        [MONITOR, "--play", "-", "--json", *options],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, json.loads(done.stdout)


def test_a_large_memory():
    """Zeros for 64 GiB cost neither time nor memory; nothing is known of a device without an access."""
    ram = f"version 2\ndevice 2\nram 0x0 {1 << 36:#x}\n"
    code, report = played_alone(f"{ram}m 0x1 z {(1 << 36) - 2}\nm 0x0 x 01\n")
    assert (code, report["verdict"]) == (3, "unknown")


START = """version 2
device 2
r 0x0 4 0x74726976
r 0x4 4 0x2
r 0x8 4 0x2
w 0x70 4 0x0
r 0x70 4 0x0
w 0x70 4 0x1
w 0x70 4 0x3
w 0x14 4 0x1
r 0x10 4 0x1
w 0x24 4 0x1
w 0x20 4 0x1
w 0x70 4 0xb
r 0x70 4 0xb
w 0x30 4 0x0
r 0x34 4 0x8
w 0x38 4 0x8
w 0x80 4 0x1000
w 0x84 4 0x0
w 0x90 4 0x1100
w 0x94 4 0x0
w 0xa0 4 0x1200
w 0xa4 4 0x0
w 0x44 4 0x1
w 0x70 4 0xf
w 0x50 4 0x0
"""


@pytest.mark.parametrize("header, code", [(0x1800, 0), (0xFFFF800000001800, 3)], ids=["inside", "outside"])
def test_a_copy_may_lack_a_part(work, header, code):
    """An address outside of the copy is named; whether it is memory is not known."""
    copy = bytearray(0x1000)
    for at, (addr, length, flags, following) in enumerate([(header, 16, 1, 1), (0x1900, 513, 2, 0)]):
        struct.pack_into("<QIHH", copy, 16 * at, addr, length, flags, following)
    struct.pack_into("<HHH", copy, 0x100, 0, 1, 0)
    (work / "copy").write_bytes(copy)
    got, report = played_alone(START, "--memory", f"{work}/copy@0x1000")
    assert (got, report["verdict"]) == (code, "unknown" if code else "clean"), report
    assert report["in_flight"] == 1
    sentences = [row["sentence"] for row in report["findings"]]
    assert len(sentences) == (1 if code else 0), sentences
    assert all("descriptor 0" in one and "unless the copy of memory lacks" in one for one in sentences)


@pytest.mark.parametrize(
    "addresses, code",
    [
        ((0x1000,), 3),
        ((0x1000, 0x3000), 0),
        ((0x3000, 0x1000), 0),
        ((0x1000, 0x1800), 2),
        ((0x1800, 0x1000), 2),
    ],
    ids=["one", "ascending", "descending", "overlaps the first", "overlaps the second"],
)
def test_copies_in_any_order(work, addresses, code):
    """The header of the request is in the second copy. A copy that overlaps another one is refused."""
    copy = bytearray(0x1000)
    for at, (addr, length, flags, following) in enumerate([(0x3800, 16, 1, 1), (0x1900, 513, 2, 0)]):
        struct.pack_into("<QIHH", copy, 16 * at, addr, length, flags, following)
    struct.pack_into("<HHH", copy, 0x100, 0, 1, 0)
    options = []
    for addr in addresses:
        (work / f"copy{addr}").write_bytes(copy if addr == 0x1000 else bytes(0x1000))
        options += ["--memory", f"{work}/copy{addr}@{addr:#x}"]
    if code == 2:
        done = subprocess.run(
            [MONITOR, "--play", "-", *options], input=START, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert (
            f"copy{addresses[1]}@{addresses[1]:#x}: it cannot be mapped, or overlaps another copy"
            in done.stderr
        )
        return
    got, report = played_alone(START, *options)
    assert (got, report["in_flight"], len(report["findings"])) == (code, 1, int(code != 0)), report


@pytest.mark.parametrize("name", ["good/modern", "good/linux-modern", "good/linux-pci", "good/pci-modern"])
def test_a_trace_alone(work, name):
    """Registers only, and the report says so."""
    (work / "trace").write_text(traces.kept(f"{name}.trace"), encoding="utf-8")
    code, devices = monitored(work / "trace")
    judged = [device for device in devices if "findings" in device]
    assert judged and code == 0, devices
    for device in judged:
        assert device["memory"] == "none" and not device["findings"] and device["accesses"] > 20


# What is changed in a trace on PCI: (an access to the configuration space, what it becomes, the clause)
SPACES = {
    "an ID that no type has": (
        "addr 0x8000 value 0x10011af4",
        "addr 0x8000 value 0x10401af4",
        "pci.dev.disc.2",
    ),
    "a driver that writes to a capability": (
        "memory_region_ops_write cpu -1 mr 0x5500 addr 0x8004",
        "memory_region_ops_write cpu -1 mr 0x5500 addr 0x8054",
        "pci.drv.cap.8",
    ),
}


@pytest.mark.parametrize("what", SPACES)
def test_a_configuration_space_in_a_trace(work, what):
    before, becomes, clause = SPACES[what]
    text = traces.kept("good/pci-modern.trace")
    assert before in text
    (work / "trace").write_text(text.replace(before, becomes), encoding="utf-8")
    code, (device,) = monitored(work / "trace")
    assert code == 1 and clauses(device)[0] == clause


def test_what_is_not_judged(work):
    """The legacy interface of PCI, and a trace without a start-up, are named."""
    (work / "trace").write_text(traces.kept("real/uboot-nic.trace"), encoding="utf-8")
    _, devices = monitored(work / "trace")
    assert {device["not_judged"] for device in devices} == {
        "it has the legacy interface of PCI, which the monitor does not observe"
    }
    lines = traces.kept("good/modern.trace").splitlines(keepends=True)
    (work / "late").write_text("".join(lines[40:]), encoding="utf-8")
    assert monitored(work / "late")[1][0]["not_judged"] == "the trace does not have its start-up"


# ---- a driver of a teaching kernel, on QEMU ----


class Recorder(machine.Machine):
    """Its lines are a recording: what the driver does, and the used ring before the driver acts on it."""

    def __init__(self, folder):
        super().__init__(folder, "modern")
        share = f"memory-backend-file,id=ram,mem-path=ram,size={MEMORY},share=on"
        self.command += ["-object", share, "-machine", "memory-backend=ram", "-m", MEMORY]
        self.lines = [f"ram {machine.RAM:#x} {64 << 20:#x}"]
        self.taken = 0

    def put(self, address, data):
        self.lines.append(f"m {address:#x} x {data.hex()}")
        super().put(address, data)

    def read(self, name, width=4):
        if name == "InterruptStatus":
            self.look()
        value = super().read(name, width)
        self.lines.append(f"r {machine.BOOK.offset(name):#05x} {width} {value:#x}")
        return value

    def write(self, name, value, width=4):
        self.lines.append(f"w {machine.BOOK.offset(name):#05x} {width} {value:#x}")
        super().write(name, value, width)

    def look(self):
        """The used buffers since the last time."""
        while self.taken != self.used(xv6.USED):
            at = xv6.USED + 4 + 8 * (self.taken % xv6.NUM)
            entry = bytes.fromhex(self.ask(f"read {at:#x} 0x8")[0][2:])
            head, length = (int.from_bytes(part, "little") for part in (entry[:4], entry[4:]))
            self.lines.append(f"u 0 {self.taken} {head} {length}")
            self.taken += 1
        self.lines.append("i")


def played(work, name):
    """The driver with that mistake: QEMU's trace, memory at its end, and a recording."""
    wrong, _, answers, _, _ = xv6.MUTANTS[name]
    with Recorder(work) as guest:
        xv6.Driver(guest, answers, **wrong).run()
        lines = guest.lines
    (work / "recording").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (work / "trace").write_text(guest.trace(), encoding="utf-8")


# mistake: clause, of memory at the end of QEMU's trace. Registers have nothing of them.
AT_THE_END = {
    "order": "split.drv.framing.1",
    "loop": "split.drv.desc.1",
}
# mistake: clause, of memory at each notification. QEMU serves the request, and a trace has nothing of it.
AT_EACH = {
    "second-next-missing": "blk.drv.6",  # the last byte of the data is the status then
    "data-read-only": "BLK_DIRECTION",
}
QEMU = pytest.mark.skipif(not machine.have(), reason="no qemu-system-aarch64 here")


@QEMU
@pytest.mark.parametrize("name", AT_THE_END)
def test_memory_at_the_end(work, name):
    played(work, name)
    _, (alone,) = monitored(work / "trace")
    code, (seen,) = monitored(work / "trace", "--memory", f"{work}/ram@{machine.RAM:#x}")
    assert code == 1 and (alone["memory"], seen["memory"]) == ("none", "copy")
    assert AT_THE_END[name] not in clauses(alone)
    assert clauses(seen) == [*clauses(alone), AT_THE_END[name]] and seen["in_flight"] == 1


@QEMU
@pytest.mark.parametrize("name", AT_EACH)
def test_memory_at_each_notification(work, name):
    played(work, name)
    _, (alone,) = monitored(work / "trace")
    _, (seen,) = monitored(work / "recording")
    assert AT_EACH[name] not in clauses(alone) and AT_EACH[name] in clauses(seen), clauses(seen)


@QEMU
def test_the_driver_without_a_mistake(work):
    """It does not accept VERSION_1, and more is not found, whatever is seen."""
    played(work, "none")
    found = [
        clauses(monitored(work / name, *options)[1][0])
        for name, options in (
            ("trace", ()),
            ("trace", ("--memory", f"{work}/ram@{machine.RAM:#x}")),
            ("recording", ()),
        )
    ]
    assert found[0] == found[1] == found[2], found
