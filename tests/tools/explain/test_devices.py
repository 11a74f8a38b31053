# SPDX-License-Identifier: MIT
"""Every device of the description by name: features, fields of the configuration, queues; and from what the
explainer knows it: the Python package and virtwright.json of generated/, nothing else."""

import re
import shlex
import shutil
import sys

import pytest

import traces
from qemu_machine import BOOK, ROOT
from traces import MODERN
from processes import completed

NUMBER = {name: number for number, device in BOOK.devices.items() for name in [device.name]}
VERSION_1 = BOOK.feature_bit["VERSION_1"]
WORDS = 4  # of feature bits


def bit(name, feature):
    """The number of a device's feature."""
    return next(number for number, row in BOOK.by_name[name].features.items() if row.name == feature)


RING = f"0x{traces.RING:x}"[:-4]  # of each address of a queue


def start(name, features=(), config=(), queues=(), after=()):
    """The start-up of a driver that takes these features of what the device offers, which is all it can."""
    device = BOOK.by_name[name]
    offered = sum(1 << number for number in {*device.features, VERSION_1})
    taken = sum(1 << bit(name, feature) for feature in features) | 1 << VERSION_1
    rows = [f"r MagicValue 0x{BOOK.magic:x}", "r Version 2", f"r DeviceID {NUMBER[name]}", *traces.STEPS]
    for word in range(WORDS):
        rows += [
            f"w DeviceFeaturesSel {word}",
            f"r DeviceFeatures 0x{offered >> 32 * word & 0xffffffff:x}",
            f"w DriverFeaturesSel {word}",
            f"w DriverFeatures 0x{taken >> 32 * word & 0xffffffff:x}",
        ]
    rows += ["w Status 0xb", "r Status 0xb", "r ConfigGeneration 0", *config]
    for index in queues:
        rows += [
            (row if row != "w QueueSel 0" else f"w QueueSel {index}").replace(
                RING, f"0x{traces.RING + index * 0x10000:x}"[:-4]
            )
            for row in MODERN[MODERN.index("w QueueSel 0") : MODERN.index("w Status 0xf")]
        ]
    return rows + ["w Status 0xf", "r Status 0xf", *after]


def explained(*arguments, **more):
    """The lines of what is said of a start-up."""
    return traces.explain(traces.own(start(*arguments, **more)))[1].splitlines()


def titles(lines):
    """{index: name} of the queues that were set up."""
    found = [line.split() for line in lines if line.startswith("  Queue ") and line.endswith(" set-up")]
    return {int(words[1]): words[2].strip("()") if len(words) > 3 else "" for words in found}


@pytest.mark.parametrize("name", sorted(BOOK.by_name))
def test_each_device(name):
    device = BOOK.by_name[name]
    reads = [
        f"r Config+{field.offset + at} 1 {min(field.bytes, 4)}"
        for field in device.fields
        if not field.cases
        for at in range(0, field.bytes, 4)
    ]
    fixed = [row for row in device.queues if row.index is not None]
    features = [row.name for row in device.features.values() if row.only != "legacy"]
    lines = explained(name, features, reads, [row.index for row in fixed])
    said = "\n".join(lines)
    assert BOOK.types[NUMBER[name]] in lines[0]
    assert all(
        any(row.name in line.replace(",", " ").split() for line in lines) for row in device.features.values()
    )
    for field in device.fields:
        if not field.cases:
            assert f" {field.name} = " in said or f" {field.name}[0] = " in said, field.name
    if len(device.queues) > 1:
        named = titles(lines)
        assert all(named[row.index] in (row.name, "") for row in fixed) and any(named.values())
    assert "after the last field" not in said and not re.search(r"\bbit \d", said)


# --- queues ---

PAIRS = f"r Config+8 {2} 2"  # max_virtqueue_pairs


@pytest.mark.parametrize(
    "name, features, config, expected",
    [
        ("net", [], [], {0: "receiveq", 1: "transmitq", 2: ""}),
        ("net", ["CTRL_VQ"], [], {0: "receiveq", 1: "transmitq", 2: "controlq", 3: ""}),
        (
            "net",
            ["CTRL_VQ", "MQ"],
            [PAIRS],
            {0: "receiveq", 2: "receiveq", 3: "transmitq", 4: "controlq", 5: ""},
        ),
        ("net", ["CTRL_VQ", "RSS"], [PAIRS], {2: "receiveq", 4: "controlq"}),
        # How many there are is not known: 2 may be the second receiveq or the controlq behind one pair.
        ("net", ["CTRL_VQ", "MQ"], [], {0: "receiveq", 1: "transmitq", 2: "", 3: "transmitq"}),
        # The queue behind all others.
        ("crypto", [], ["r Config+4 3"], {0: "dataq", 2: "dataq", 3: "controlq"}),
        ("crypto", [], [], {0: "dataq", 1: ""}),
        # Queues of ports.
        (
            "console",
            ["MULTIPORT"],
            ["r Config+4 3"],
            {
                0: "receiveq",
                1: "transmitq",
                2: "control_receiveq",
                4: "port_receiveq",
                7: "port_transmitq",
                8: "",
            },
        ),
        ("console", [], [], {0: "receiveq", 2: ""}),
    ],
)
def test_queues(name, features, config, expected):
    assert titles(explained(name, features, config, expected)) == expected


def notified(name, index):
    """The start-up of two queues, of which one is notified."""
    return start(name, [], [], [0, 1], [f"w QueueNotify {index}"])


# The rest of the start-up is the good one of a legacy disk.
LEGACY_NET = traces.change(traces.upto(traces.LEGACY, "r Status 3"), "r DeviceID 2", "r DeviceID 1")
WAITS, READS = "normal for a queue that waits for input", "normal for a queue that the device only reads"
ONLY_THE_DEVICE = "was written, but only the device sets it"
NEVER = "What never happened"  # and nothing is wrong
# What it is: (rows, exit code, parts of what is said in their order).
SAID = {
    # A queue is named if it can be no other one.
    "a start-up that is missing": (
        [f"r DeviceID {NUMBER['net']}", "r Status 0xf", "w QueueNotify 1", "w QueueNotify 2"],
        2,  # nothing of it can be judged
        [
            "queue 1 (transmitq): 1 notification",
            "queue 2: 1 notification",
            "The start-up of this device is not in the trace",
        ],
    ),
    "a command": (notified("gpu", 0), 3, ["was notified and nothing came back"]),
    "a command of the cursor": (notified("gpu", 1), 3, ["was notified and nothing came back"]),
    "a queue that waits": (notified("net", 0), 0, [WAITS]),
    "a queue that the device reads": (notified("net", 1), 0, [READS]),
    "commands of the device": (notified("sound", 1), 0, [WAITS]),
    # The MAC address: only the driver of a legacy device may write it.
    "what a legacy driver may write": (
        LEGACY_NET + ["w Config+0 2 1"],
        3,
        [f"mac[0] = 2 (MAC address)\n  {NEVER}"],
    ),
    "what no driver may write": (LEGACY_NET + ["w Config+6 2 2"], 3, [f"status {ONLY_THE_DEVICE}"]),
    "what a modern driver may not write": (
        start("net", ["MAC"], ["w Config+0 2 1"], [0]),
        1,
        [f"mac {ONLY_THE_DEVICE}"],
    ),
    "one feature of several is enough": (start("net", ["CTRL_VQ", "RSS"], [PAIRS], [0, 1]), 0, []),
    "no feature of several": (
        start("net", [], [PAIRS], [0, 1]),
        1,
        ["max_virtqueue_pairs was read, but it has a meaning only with MQ or RSS (line "],
    ),
}


@pytest.mark.parametrize("what", SAID)
def test_what_is_said(what):
    rows, code, parts = SAID[what]
    traces.check(traces.own(rows), [], code, parts)


# --- the configuration ---


# What it is: (device, features, accesses to the configuration, what is said of them in one line each).
CONFIGS = {
    "elements of an array": (
        "net",
        ["MAC"],
        [f"r Config+{at} {at + 0x50} 1" for at in range(6)],
        ["read  Config+0x03        0x53        mac[3] = 83 (MAC address)"],
    ),
    "an array whose length a field holds": (
        "9p",
        ["MOUNT_TAG"],
        ["r Config+0 5 2", "r Config+6 0x65 1"],
        ["read  Config+0x06        0x65        tag[4] = 101 (Mount tag, without a terminating NUL)"],
    ),
    "a union is what the field before it says": (
        "input",
        [],
        ["r Config+8 0 4", "w Config+0 3 1", "r Config+8 6 2", "w Config+0 1 1", "r Config+8 81 1"],
        [
            "read  Config+0x08        0x0         u.string, u.bitmap, u.abs.min or u.ids.bustype",
            "read  Config+0x08        0x6         u.ids.bustype = 6 (",
            "read  Config+0x08        0x51        u.string[0] = 81 (Text, without a terminating NUL)",
            "write Config+0x00        0x1         select = 1, ID_NAME (Information that u contains)",
        ],
    ),
    "flags by name": (
        "net",
        ["STATUS"],
        ["r Config+6 3 2"],
        ["status = 3, LINK_UP and ANNOUNCE (Link status)"],
    ),
    "values by name": (
        "crypto",
        [],
        ["r Config+8 3"],
        ["crypto_services = 3, CIPHER and HASH (Supported services)"],
    ),
    "a region of shared memory": (
        "gpu",
        [],
        ["w SHMSel 1", "r SHMLenLow 0"],
        ["write SHMSel             0x1         for HOST_VISIBLE"],
    ),
}


@pytest.mark.parametrize("what", CONFIGS)
def test_what_is_said_of_the_configuration(what):
    name, features, accesses, wanted = CONFIGS[what]
    lines = explained(name, features, accesses)
    assert [words for words in wanted if not any(words in line for line in lines)] == [], "\n".join(lines)
    assert "after the last field" not in "\n".join(lines)


def test_a_union_in_a_dump():
    words = {"MagicValue": BOOK.magic, "Version": 2, "DeviceID": NUMBER["input"], "Status": 0xF}
    rows = {BOOK.offset(name): value for name, value in words.items()}
    config = BOOK.offset("Config")
    rows |= {config: 0x00080003, config + 8: 0x00020001, config + 12: 0x00040003}
    out = traces.explain(
        "".join(f"0x{at:08x}: 0x{rows.get(at, 0):08x}\n" for at in range(0, config + 16, 4))
    )[1]
    assert "u.ids.vendor = 2 " in out and "u.abs" not in out


# --- from what it knows it ---


def alone(room):
    """Runs it where there is no spec/, with nothing but Python's own modules."""
    command = [sys.executable, "-S", "-B", str(room / "codegen"), "explain", "-"]
    return completed(command, input=traces.own(MODERN), timeout=60)


def test_the_generated_package_is_all_that_it_needs(tmp_path):
    """Without it, or without its data, it says what to do."""
    for folder in ("codegen", "generated/python"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    data = tmp_path / "generated/virtwright.json"
    shutil.copy(ROOT / "generated/virtwright.json", data)
    done = alone(tmp_path)
    assert (done.returncode, done.stdout) == (0, traces.explain(traces.own(MODERN))[1]), done.stderr
    data.unlink()
    done = alone(tmp_path)
    incomplete = "vwr explain: generated/python is incomplete ([Errno 2] No such file "
    assert done.returncode == 2 and done.stderr.startswith(incomplete)
    shutil.rmtree(tmp_path / "generated")
    done = alone(tmp_path)
    assert done.returncode == 2 and done.stderr.endswith(" generate\n") and "\nNext: " in done.stderr
    assert done.stderr.startswith("vwr explain: there is no generated/python/virtwright, ")


def test_the_verb_asks_for_no_module(tmp_path):
    """./vwr explain with a Python that has its own modules only."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -S "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    done = completed(
        [str(ROOT / "vwr"), "explain", "-"],
        input=traces.own(MODERN),
        env={"PATH": "/usr/bin:/bin", "VWR_PYTHON": str(python), "VWR_NO_INSTALL": "1"},
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
