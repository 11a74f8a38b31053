# SPDX-License-Identifier: MIT
"""What is recognised, what is refused, and that nothing that a file may hold brings the program down."""

import io
import json
import random
import re
import shlex

import pytest

import inprocess
import pci
import test_pci
import traces
from qemu_machine import BOOK, SLOT
from test_devices import start
from traces import LEGACY, MODERN, change, drop

from vwr.explain import lines
from processes import completed

WELL = "  In one sentence: nothing is wrong with the start-up."


def run(*arguments, cwd=None):
    """The verb with files."""
    return inprocess.run("explain", *arguments, cwd=cwd)


# --- traces and dumps ---

WORDS = {
    "MagicValue": BOOK.magic,
    "Version": 2,
    "DeviceID": 2,
    "VendorID": 0x554D4551,
    "DeviceFeatures": 0x30000244,
    "QueueSizeMax": 1024,
    "QueueReady": 1,
    "Status": 0xF,
    "InterruptStatus": 0,
}


def block(**values):
    """The words of a register block."""
    known = {BOOK.offset(name): value for name, value in {**WORDS, **values}.items()}
    known[BOOK.offset("Config")] = 0x800
    return [known.get(at, 0) for at in range(0, 0x120, 4)]


def dumped(words, row, base=SLOT):
    """A dump in the form of row(address, four words)."""
    return "".join(row(base + 4 * at, words[at : at + 4]) for at in range(0, len(words), 4))


FORMS = {
    "gdb": lambda at, words: f"0x{at:x}:" + "".join(f"\t0x{word:08x}" for word in words) + "\n",
    "gdb with a symbol": lambda at, words: FORMS["gdb"](at, words).replace(":", " <virtio_base+4>:"),
    "u-boot": lambda at, words: f"{at:08x}: "
    + " ".join(f"{word:08x}" for word in words)
    + "    deadbeef  ..virt\n",
    "QEMU": lambda at, words: f"{at:016x}: " + " ".join(f"0x{word:08x}" for word in words) + "\n",
    "pairs": lambda at, words: "".join(
        f"0x{at - SLOT + 4 * i:03x} 0x{word:x}\n"
        for i, word in enumerate(words)
        if BOOK.at(at - SLOT + 4 * i)
    ),
}


LINES = traces.own(MODERN).splitlines(keepends=True)
NO_ID = traces.own(drop(MODERN, "r DeviceID"))
EVENTS = [
    *MODERN[:-3],
    "add 0 7 3",
    "kick 0 1 1",
    "w QueueNotify 0",
    "irq 1",
    "r InterruptStatus 1",
    "w InterruptACK 1",
    "take 0 7 513",
    "arm 0 0",
    "add 0 8 3",
    "kick 0 1 0",
    "take 0 8 100",
]
COUNTS = (
    "1 notification, 2 added, 1 notified, 2 taken, 613 bytes written, 1 armed, 1 not notified (suppressed)"
)
LOG = "".join(
    f"[    0.{place}] hello 0x10: 0x20\n{row}"
    for place, row in enumerate(traces.qemu(MODERN).splitlines(keepends=True))
)
SCAN = traces.qemu(LEGACY[:3], SLOT - 0x200) + traces.qemu(change(LEGACY[:3], "r DeviceID 2", "r DeviceID 0"))
TWO = traces.qemu(MODERN) + traces.qemu(drop(LEGACY, "w QueueAlign"), SLOT - 0x200)
ODD = 0x10001004
NOTIFIED = "virtio_queue_notify vdev {0} n 0 vq {1}\n"
DUMP = dumped(block(), FORMS["gdb"])
# what it is: (trace, options, exit code, parts of what is said in their order)
SAID = {
    "a console log with a trace in it": (f"Booting…\n{LOG}done", [], 0, [WELL]),
    **{
        f"a prefix of QEMU's: {prefix}": (re.sub("^", prefix, traces.qemu(MODERN), flags=re.M), [], 0, [WELL])
        for prefix in ("4242@1700000000.123456:", "2026-11-20T09:41:21.123456Z ", "4242@0.000001:\t")
    },
    "line ends of Windows": (traces.own(MODERN).replace("\n", "\r\n"), [], 0, [WELL]),
    "line ends of Windows, QEMU's": (traces.qemu(MODERN).replace("\n", "\r\n"), [], 0, [WELL]),
    "several devices": (
        TWO,
        [],
        1,
        ["0x0a003c00: Block", "QueueAlign of queue 0 was never written", "0x0a003e00: Block", WELL],
    ),
    "the only one that was asked for": (TWO, ["--base", hex(SLOT)], 0, ["0x0a003e00: Block", WELL]),
    "a block that stands anywhere": (traces.own(MODERN, ODD), [], 0, ["0x10001004: Block", WELL]),
    "a block without its head": (
        traces.own(drop(MODERN, "r MagicValue"), ODD),
        ["--base", hex(ODD)],
        1,
        ["MagicValue was never read"],
    ),
    # A driver looks at all devices and takes the one that is its own: the rest is no finding.
    "a scan without a device": (SCAN, [], 3, ["the driver, which stopped there, is for another version"]),
    "a scan with a device": (
        SCAN + traces.qemu(MODERN, SLOT - 0x400),
        [],
        0,
        ["0x0a003a00: Block", "0x0a003c00: Block", "Empty slots (DeviceID 0): 0x0a003e00"],
    ),
    "a scan of slots that are all empty": (
        "".join(
            traces.qemu(change(LEGACY[:3], "r DeviceID 2", "r DeviceID 0"), SLOT - 0x200 * i)
            for i in range(3)
        ),
        [],
        3,
        [
            "In one sentence: DeviceID reads 0 in all 3 slots that were read: they are empty; a device, if there is one, ",
            "Empty slots (DeviceID 0): 0x0a003c00, 0x0a003e00",
        ],
    ),
    "two runs in one log": (traces.qemu(LEGACY) + traces.qemu(MODERN), [], 0, [WELL]),
    # QEMU's pointers: whose notification came last has the pointer.
    "events go to their device": (
        traces.qemu(MODERN[:-2])
        + NOTIFIED.format("0xa", "0x1")
        + traces.qemu(MODERN[:-2], SLOT - 0x200)
        + NOTIFIED.format("0xb", "0x2")
        + "virtio_notify vdev 0xa vq 0x1\n",
        [],
        3,
        ["  In one sentence: Queue 0 was notified and no", "  In one sentence: The device used a buffer"],
    ),
    "a reset after a gap makes all known again": (
        traces.own(MODERN[-3:], first=1000) + traces.own(drop(MODERN[4:], "w QueueSize"), first=1003),
        [],
        1,
        ["and its size or one of its addresses was not written: QueueSize"],
    ),
    # QEMU prints all 64 feature bits for a read of 32.
    "values as wide as the access": (
        traces.qemu(MODERN).replace("value 0x30000244", "value 0x10130000244"),
        [],
        0,
        ["read  DeviceFeatures     0x30000244"],
    ),
    "events of the runtime": (traces.own(EVENTS), [], 0, [f"queue 0 (requestq): {COUNTS}"]),
    "a queue that stopped": (
        traces.own(MODERN + ["stop 0 -18"]),
        [],
        3,
        ["Queue 0 was stopped with VWR_EBADRING, the device used a buffer that was not in flight"],
    ),
    # The ring was overwritten: what is not there may have been there, and nothing is made of it.
    "a gap": (
        "".join(LINES[:8] + LINES[26:]),
        [],
        0,
        ["Note: 18 lines of the trace are missing, in 1 place, first before line 9"],
    ),
    "a gap before all": (
        "".join(LINES[-5:]),
        [],
        0,
        [
            "The start-up of this device is not in the trace",
            f"Note: {len(LINES) - 5} lines of the trace are missing",
        ],
    ),
    "a trace that begins in the middle": (
        traces.qemu(MODERN[-3:] * 3),
        [],
        0,
        [
            "3 notifications, 0 interrupts, 3 reads of InterruptStatus, 3 writes of InterruptACK",
            "The start-up of this device is not in the trace",
        ],
    ),
    # What is left of a ring that was overwritten long ago.
    "a trace without any register": (
        traces.own(["add 0 1 3", "kick 0 1 0", "take 0 1 513"] * 3, first=9000),
        [],
        0,
        [
            "device at an address that the trace does not show: ",
            "3 added, 3 not notified (suppressed), 3 taken, 1539 bytes written",
        ],
    ),
    "polls, which are folded": (
        traces.own(traces.after(MODERN, "r Status 0", *["r Status 0"] * 1000)),
        [],
        0,
        ["nothing: reset  (1001 times)"],
    ),
    # Class features by name, though DeviceID is not in the trace.
    "an unknown device": (NO_ID, [], 1, ["bit 9"]),
    "a device that is said": (NO_ID, ["--device", "blk"], 1, ["BLK_SIZE, FLUSH", "capacity = 2048"]),
    # QEMU's and the runtime's of the same run.
    "both traces in one log": (
        traces.qemu(MODERN) + traces.own(MODERN + ["take 0 7 513"]),
        [],
        0,
        ["used 0x40101000 (134 bytes)\n  DRIVER_OK\n", "1 taken"],
    ),
    "dumps of two devices": (
        dumped(block(), FORMS["QEMU"]) + dumped(block(DeviceID=0), FORMS["QEMU"], SLOT - 0x200),
        ["--base", hex(SLOT), "--base", hex(SLOT - 0x200)],
        3,
        ["0x0a003e00: Block", WELL, "0x0a003c00: empty slot"],
    ),
    # gdb x/wx again and again; and a dump that ends with a line of one word.
    "a dump word by word": (
        "".join(DUMP.splitlines(keepends=True)[1:])
        + "".join(f"0x{SLOT + 4 * at:x}:\t0x{word:08x}\n" for at, word in enumerate(block()[:4])),
        [],
        0,
        ["0x0a003e00: Block", WELL],
    ),
    "a dump at the wrong place": (
        DUMP,
        ["--base", hex(SLOT + 0x10)],
        3,
        ["In one sentence: MagicValue reads 0x"],
    ),
}


@pytest.mark.parametrize("what", SAID)
def test_a_trace(what):
    traces.check(*SAID[what])


@pytest.mark.parametrize("form", FORMS)
def test_dump(form):
    code, out, err = traces.explain(dumped(block(), FORMS[form]))
    assert code == 0, out + err
    base = 0 if form == "pairs" else SLOT
    assert out.startswith(f"0x{base:08x}: Block device, modern (version 2)\n")
    assert "Status             0x0000000f  ACKNOWLEDGE DRIVER FEATURES_OK DRIVER_OK" in out
    assert "capacity = 2048 (Capacity of the disk; in 512-byte sectors)" in out
    assert "QueueNotify" in next(line for line in out.splitlines() if "Write-only" in line)
    assert "GuestPageSize" not in out and out.splitlines()[-1] == WELL


@pytest.mark.parametrize(
    "values,rule",
    [
        ({"MagicValue": 0xFFFFFFFF}, "gone"),
        ({"MagicValue": 0x76697274}, "byte-order"),
        ({"MagicValue": 0x1234}, "magic"),
        ({"Version": 7}, "version"),
        ({"DeviceID": 0}, "empty-slot"),
        ({"Status": 0x4F}, "needs-reset"),
        ({"Status": 0x8B}, "failed"),
        ({"Status": 3}, "driver-ok-never"),
        ({"Status": 7}, "status-skipped"),
        ({"QueueReady": 0}, "queue-none"),
        ({"InterruptStatus": 1}, "ack-never"),
    ],
)
def test_dump_that_makes_no_sense(values, rule):
    assert traces.found(dumped(block(**values), FORMS["gdb"]), "--base", hex(SLOT))[0] == rule


def test_characters_behind_a_dump_are_no_words():
    found = lines.read(io.BytesIO(dumped(block(), FORMS["u-boot"]).encode()))
    assert [value for value, _ in found.dump.values()] == block()


def test_pairs_are_said_to_be_of_one_moment():
    notes = [traces.explain(dumped(block(), FORMS[form]))[1] for form in ("pairs", "gdb")]
    assert [
        "  Note: These are taken for the values of registers at one moment; if " in out for out in notes
    ] == [
        True,
        False,
    ]


# --- refused ---


@pytest.mark.parametrize(
    "text", ["0x000 0x74726976\n0x070 0x1\n0x070 0x3\n", DUMP + "\n" + DUMP], ids=["pairs", "dump"]
)
def test_a_dump_with_a_register_twice(text):
    code, out, err = traces.explain(text)
    assert code == 2 and not out
    assert re.match(r"vwr explain: -: line \d+ has 0x[0-9a-f]+ again, which is in line \d+: a dump has ", err)
    assert "write each of them as vwr-trace NUMBER MICROSECONDS read ADDRESS BYTES VALUE" in err


@pytest.mark.parametrize(
    "text, options, words",
    [
        ("", [], "it contains no trace and no register dump"),
        ("Hello, world\n12:34 abc\n", [], "it contains no trace and no register dump"),
        ("virtio_mmio_read virtio_mmio_read offset 0x70\n", [], "the virtio_mmio_* events have no values"),
        (
            "memory_region_ops_read cpu 0 mr 0x1 addr 0x9 value 0x1 size 4 name 'pl011'\n",
            [],
            "no access to 'virtio-mmio', only to pl011 and none of a device on PCI",
        ),
        (
            "vwr-trace 1 2 read 0x10\nvwr-trace 1 2 jump 0 0\nvwr-trace 1 2 add a b c\nvwr-trace x\n",
            [],
            "it contains no trace",
        ),
        (traces.own(MODERN), ["--base", "0x1000"], "no access to 0x1000"),
    ],
)
def test_nothing_recognised(text, options, words):
    code, out, err = traces.explain(text, *options)
    assert code == 2 and not out and err.startswith("vwr explain: -: ")
    assert words in err and "Accepted, also between lines of other text:" in err


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "vwr explain: one of the arguments FILE --device-fault --driver-fault is required\nNext: "),
        (["--format", "xml", "-"], "vwr explain: argument --format: invalid choice: 'xml'"),
        (["--base", "here", "-"], "vwr explain: argument --base: "),
        (["--base", "-1", "-"], "vwr explain: argument --base: "),
        (["--device", "consol", "-"], "--device: unknown device 'consol'; did you mean 'console'?"),
        (["nowhere"], "nowhere: cannot be read: No such file or directory"),
        (["."], ".: cannot be read: Is a directory"),
    ],
)
def test_usage(arguments, words):
    done = run(*arguments)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr


# --- the program ---


def test_files_and_json(tmp_path):
    (tmp_path / "a trace").write_text(traces.own(MODERN), encoding="utf-8")
    (tmp_path / "b").write_text(traces.own(LEGACY), encoding="utf-8")
    done = run("a trace", "b", cwd=tmp_path)
    assert (
        done.returncode == 0
        and done.stdout.startswith("a trace\n0x0a003e00")
        and "\n\nb\n0x0a003e00" in done.stdout
    )
    files = json.loads(run("--format", "json", "a trace", "b", cwd=tmp_path).stdout)["files"]
    assert [row["file"] for row in files] == ["a trace", "b"] and files[1]["devices"][0][
        "version"
    ] == "legacy"
    assert {"title", "lines", "left_out"} == set(files[0]["devices"][0]["steps"][0])


def test_a_reader_that_goes_away(tmp_path):
    (tmp_path / "modern.trace").write_text(traces.kept("good/modern.trace"), encoding="utf-8")
    command = f"{shlex.join([*traces.EXPLAIN, 'modern.trace'])} | head -n 1"
    done = completed(["sh", "-c", command], cwd=tmp_path)
    assert done.stderr == "" and done.stdout.count("\n") == 1


# --- hostile ---


def test_random_bytes():
    rng = random.Random(20261120)
    for size in (1, 100, 10000, 1 << 20):
        assert traces.explain(rng.randbytes(size))[0] == 2


@pytest.mark.parametrize(
    "count", [150, pytest.param(600, marks=pytest.mark.soak("the first 150 of these are in every run"))]
)
def test_mutated_traces(count):
    """Good traces with bytes and numbers changed; lines that go, come twice, move."""
    rng = random.Random(1)
    seeds = [
        traces.own(MODERN + ["add 0 7 3", "take 0 7 4097", "arm 0 1", "irq 3", "stop 0 -18"]),
        traces.qemu(LEGACY),
        DUMP,
        pci.own(pci.MODERN),
        pci.qemu(test_pci.WITH_VECTORS),
        *(traces.kept(f"good/{name}.trace") for name in ("modern", "linux-pci", "pci-modern", "pci-legacy")),
    ]
    numbers = [b"0x0", b"0xff", b"0xffff", b"0xffffffff", b"0xffffffffffffffff"]
    for _ in range(count):
        data = bytearray(rng.choice(seeds).encode())
        for _ in range(rng.randint(0, 30)):
            data[rng.randrange(len(data))] = rng.choice(b"0123456789abcdefx -\n\xff\0")
        rows = re.sub(
            rb"0x[0-9a-f]+", lambda match: rng.choice([*[match[0]] * 100, *numbers]), data
        ).splitlines(keepends=True)
        places = rng.choices(range(len(rows)), k=len(rows))
        if rng.random() < 0.7:
            places.sort()
        text = b"".join(rows[place] for place in places)
        code, _, err = traces.explain(text, *rng.choice([[], ["--format", "json"]]))
        assert code in (0, 1, 2, 3) and "Traceback" not in err


@pytest.mark.parametrize(
    "count", [50, pytest.param(150, marks=pytest.mark.soak("the first 50 of these are in every run"))]
)
def test_any_register_any_value(count):
    """Whatever is read or written, in whatever order and width, with values up to all ones; of any device."""
    rng = random.Random(2)
    names = [row["name"] for row in BOOK.mmio["registers"]]
    for _ in range(count):
        device = rng.choice([*BOOK.by_name.values()])
        features = [row.name for row in device.features.values() if rng.random() < 0.5]
        rows = rng.choice([MODERN, LEGACY, start(device.name, features)])[: rng.randint(0, 40)]
        for _ in range(rng.randint(1, 60)):
            value = rng.choice(
                [0, 1, 2, 3, 5, 0xB, 0xF, 0x80, 4096, 0xFFFFFFFF, (1 << 64) - 1, rng.getrandbits(32)]
            )
            config = [f"Config+{at}" for at in (0, 1, 4, 8, rng.randrange(256))]
            name = rng.choice([*names, *config * 3, "0x3", "0x1ff"])
            rows = rows + [f"{rng.choice('rw')} {name} {value} {rng.choice([4, 4, 4, 4, 1, 2, 8])}"]
        for text in (traces.own(rows), traces.own(rows[rng.randrange(len(rows)) :], first=9)):
            assert traces.explain(text)[0] in (0, 1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "vwr-trace 1 2 read 0x" + "f" * 40 + " 4 0\n",
        "vwr-trace 1 2 read 0x10 999999999 0\n",
        "vwr-trace 1 2 add " + "9" * 30 + " 1 1\n",
        "vwr-trace " + "9" * 30 + " 2 irq 1\n",
        "vwr-trace 1 2 add -1 -1 -1\n",
        "memory_region_ops_read cpu 0 mr 0x1 addr 0xffffffffffffffff value 0xffffffffffffffff size 8 name 'virtio-mmio'\n",
        "memory_region_ops_read cpu 0 mr 0x1 addr 0x1 value 0x1 size 0 name 'virtio-mmio'\n",
        "memory_region_ops_write cpu 0 mr 0x1 addr 0xa003e30 value 0x1 size 64 name 'virtio-mmio'\n",
        "0x" + "f" * 16 + ": 74726976 00000002\n",
        "virtio_queue_notify vdev 0x1 n 999999999 vq 0x1\nvirtio_notify vdev 0x1 vq 0x1\n",
    ],
)
def test_numbers_without_measure(text):
    assert traces.explain(text)[0] in (0, 1, 2, 3)
    assert traces.explain(traces.own(MODERN) + text + traces.own(MODERN, first=100))[0] in (0, 1, 2, 3)


def test_lines_of_ten_megabytes():
    huge = b"memory_region_ops_read cpu 0 mr 0x1 addr 0x" + b"1" * (10 << 20)
    assert traces.explain(huge)[0] == 2
    assert (
        traces.explain(b"x" * (lines.LONGEST + 5) + traces.own(MODERN[:1]).encode())[0] == 2
    )  # nor the end of one
    code, out, _ = traces.explain(huge + b"\n" + traces.own(MODERN).encode() + b"x" * (10 << 20))
    assert code == 0 and out.splitlines()[-1] == WELL


def test_output_has_limits():
    """What a program prints into its own trace in a loop does not become a book."""
    rows = MODERN[:6]
    for value in range(3000):
        rows = rows + [f"w {name} {value}" for name in ("QueueSel", "QueueSize", "QueueNotify")]
        rows.append(f"w Status {value + 256}")
    out = traces.explain(traces.own(rows))[1]
    assert len(out) < 200000 and "more of these were found" in out and "steps more" in out
    out = traces.explain(
        traces.own(MODERN[:4] + [f"r VendorID {value}" for value in range(1000)] + MODERN[4:])
    )[1]
    assert len(out) < 20000 and "and 924 more lines" in out
