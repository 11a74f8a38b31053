# SPDX-License-Identifier: MIT
"""Traces made of words: "w Status 3" writes, "r Status 3" reads, "r Config+32 1 1" with a width at the end."""

import json
import re
import sys
from pathlib import Path

import inprocess
from qemu_machine import BOOK, ROOT, SLOT

from vwr import txtar
from vwr.explain import command

command.Book = lambda: BOOK  # read once is enough
KEPT = Path(__file__).resolve().parent / "traces.txtar"
EXPLAIN = [sys.executable, "-B", str(ROOT / "codegen"), "explain"]
RING = 0x40100000
QEMU = "memory_region_ops_{0} cpu 0 mr 0x5587 addr 0x{1:x} value 0x{3:x} size {2} name 'virtio-mmio'"
CODES = {"clean": 0, "works": 1, "dead": 3}

PROBE = [f"r MagicValue 0x{BOOK.magic:x}", "r Version {version}", "r DeviceID 2", "r VendorID 0x554d4551"]
STEPS = ["w Status 0", "r Status 0", "w Status 1", "r Status 1", "w Status 3", "r Status 3"]
CONFIG = [
    "r ConfigGeneration 0",
    "r Config+0 0x800",
    "r Config+4 0",
    "r Config+20 0x200",
    "r ConfigGeneration 0",
]
RUN = ["w QueueNotify 0", "r InterruptStatus 1", "w InterruptACK 1"]
MODERN = [
    *[row.format(version=2) for row in PROBE],
    *STEPS,
    "w DeviceFeaturesSel 0",
    "r DeviceFeatures 0x30000244",
    "w DeviceFeaturesSel 1",
    "r DeviceFeatures 0x101",
    "w DriverFeaturesSel 0",
    "w DriverFeatures 0x240",
    "w DriverFeaturesSel 1",
    "w DriverFeatures 1",
    "w Status 0xb",
    "r Status 0xb",
    *CONFIG,
    "w QueueSel 0",
    "r QueueReady 0",
    "r QueueSizeMax 1024",
    "w QueueSize 16",
    f"w QueueDescLow 0x{RING:x}",
    "w QueueDescHigh 0",
    f"w QueueDriverLow 0x{RING + 0x100:x}",
    "w QueueDriverHigh 0",
    f"w QueueDeviceLow 0x{RING + 0x1000:x}",
    "w QueueDeviceHigh 0",
    "w QueueReady 1",
    "w Status 0xf",
    "r Status 0xf",
    *RUN,
]
LEGACY = [
    *[row.format(version=1) for row in PROBE],
    *STEPS,
    "w DeviceFeaturesSel 0",
    "r DeviceFeatures 0x30000244",
    "w DriverFeaturesSel 0",
    "w DriverFeatures 0x240",
    *[row for row in CONFIG if "Generation" not in row],
    "w GuestPageSize 4096",
    "w QueueSel 0",
    "r QueuePFN 0",
    "r QueueSizeMax 1024",
    "w QueueSize 16",
    "w QueueAlign 4096",
    f"w QueuePFN 0x{RING >> 12:x}",
    "w Status 7",
    "r Status 7",
    *RUN,
]


def kept(name):
    """The text of a kept file, as "good/modern.trace"."""
    return txtar.read(KEPT)[name].decode("utf-8")


def drop(rows, *beginnings):
    """Without the rows that are these, or begin so if no value is given."""
    ends = [word if len(word.split()) > 2 else None for word in beginnings]
    kept = [
        row
        for row in rows
        if row not in ends and not row.startswith(tuple(word for word in beginnings if word not in ends))
    ]
    assert len(kept) < len(rows), beginnings
    return kept


def change(rows, old, *new):
    """With other rows in the place of one."""
    place = rows.index(old)
    return rows[:place] + list(new) + rows[place + 1 :]


def after(rows, row, *new):
    """With more rows behind one."""
    return change(rows, row, row, *new)


def upto(rows, row):
    """All up to this row."""
    return rows[: rows.index(row) + 1]


def _access(row, base):
    verb, name, value, *width = row.split()
    name, _, more = name.partition("+")
    offset = int(name, 0) if name[0].isdigit() else BOOK.offset(name)
    address = base + offset + int(more or "0")
    return {"r": "read", "w": "write"}[verb], address, width[0] if width else 4, int(value, 0)


def _lines(rows, base, form):
    """Accesses in this form; rows that are no access stand as they are."""
    return [form.format(*_access(row, base)) if row[:2] in ("r ", "w ") else row for row in rows]


def own(rows, base=SLOT, first=1):
    """As the runtime prints it."""
    lines = _lines(rows, base, "{} 0x{:08x} {} 0x{:08x}")
    return "".join(f"vwr-trace {count} {1000 + count} {line}\n" for count, line in enumerate(lines, first))


def qemu(rows, base=SLOT):
    """As QEMU prints it."""
    return "".join(f"{line}\n" for line in _lines(rows, base, QEMU))


def explain(text, *options):
    """(exit code, standard output, standard error) for a text or bytes on standard input; without a process."""
    data = text if isinstance(text, bytes) else text.encode()
    done = inprocess.run("explain", *options, "-", stdin=data)
    assert "bug in the tool" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def check(text, options, code, parts):
    """Fails unless a text has this exit code, and what is said these parts in their order."""
    got, out, err = explain(text, *options)
    in_order = re.search(".*".join(map(re.escape, parts)), out, re.DOTALL)
    assert got == code and in_order, f"{parts}\n{out}{err}"


def judged(text, *options):
    """(exit code, devices) as a program gets it."""
    code, out, err = explain(text, "--format", "json", *options)
    assert code in CODES.values(), err
    return code, json.loads(out)["files"][0]["devices"]


def found(text, *options):
    """Ids of the rules that the one device breaks, most fundamental first."""
    code, devices = judged(text, *options)
    assert len(devices) == 1
    rules = [row["rule"] for row in devices[0]["findings"]]
    assert code == CODES[devices[0]["verdict"]] and bool(code) == bool(rules)
    return rules
