# SPDX-License-Identifier: MIT
"""Each fault that an image can log is a sentence, with the clauses that its driver has broken."""

import pytest

import inprocess
from qemu_machine import BOOK

from vwr.explain import faults

FAULTS = faults.faults()


def run(*arguments):
    """(exit code, report and message) of the verb."""
    done = inprocess.run("explain", *arguments)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("side", ("device", "driver"))
def test_each_fault(side):
    """The report of a fault begins with its name and contains a sentence for each row of a table, without placeholders."""
    value_of = {text.partition(",")[0]: -value for value, text in BOOK.results.items()}
    known = {name: one for name, one in FAULTS.items() if (one.result == "") == (side == "device")}
    rows = faults.sentences()
    assert len(known) > 20
    for name, one in known.items():
        number = one.value << 8 | value_of[one.result] if one.result else one.value
        device = one.path.rpartition("/")[2].removesuffix(".h")
        owner = ["--device", device] if one.value >= faults.first_of_class() else []
        code, said = run(f"--{side}-fault", f"{number},2,3" + ",0" * (side == "device"), *owner)
        first, *lines = said.splitlines()
        assert code == 0 and first == name, said
        sentences = [line for line in lines if line.startswith("  ") and not line.startswith("  [")]
        assert len(sentences) == sum(row.fault == name for row in rows) and "{" not in said, said
        assert bool(sentences) == (not name.endswith("_NONE")), said


def test_the_clauses():
    """Those of the monitor's rules, without doubles."""
    assert set(faults.RULES) <= {name.removeprefix("VWR_VFAULT_") for name in FAULTS}
    assert run("--device-fault", "13,1,0x90000000,512") == (
        0,
        "VWR_VFAULT_ADDRESS\n  queue 1: the 512 bytes at 0x90000000 are not guest memory that a device may access\n"
        "  [rfeat.drv.5: Reserved Feature Bits]\n",
    )


@pytest.mark.parametrize(
    "arguments, words",
    [
        (
            ("--device-fault", "1,0,9,0", "--device", "blk"),
            "accepted feature FLUSH (bit 9), which was not offered\n",
        ),
        (("--device-fault", "1,0,9,0", "--device", "net"), "accepted feature GUEST_ECN (bit 9), which"),
        (
            ("--driver-fault", "0x101,0,0"),
            "VWR_FAULT_EMPTY\n  DeviceID reads 0: an empty slot; try the other slots\n",
        ),
        (("--driver-fault", "0x2006,1,2"), "if offered: feature ACCESS_PLATFORM (bit 33) "),
        (("--driver-fault", "0x3007,5,0"), "  queue 5: QueueSizeMax reads 0"),
        (("--driver-fault", "0x1110,0,0x80"), "status reads 0x80 (FAILED)"),
    ],
)
def test_names(arguments, words):
    """Features, devices and status bits have the names of the specification."""
    code, said = run(*arguments)
    assert code == 0 and words in said, said


@pytest.mark.parametrize(
    "arguments, words",
    [
        (
            ("--device-fault", "99,0,0,0"),
            "there is no fault 99\nNext: --device-fault 13,1,0x90000000,512, for",
        ),
        (("--device-fault", "99,0,0,0"), ", 13=ADDRESS, "),
        (
            ("--device-fault", "1,x"),
            "'1,x' is not KIND,QUEUE,A,B\nNext: --device-fault 13,1,0x90000000,512, for example: all numbers as the",
        ),
        (("--device-fault", "1,2,3,4,5"), "is not KIND,QUEUE,A,B"),
        (
            ("--device-fault", "13,1,0x90000000"),
            "'13,1,0x90000000' is not KIND,QUEUE,A,B\nNext: --device-fault 13,1",
        ),
        (("--device-fault", "13,1,-1,0"), "is not KIND,QUEUE,A,B"),
        (
            ("--driver-fault", "0x3007,5"),
            "'0x3007,5' is not KIND,WHERE,GOT\nNext: --driver-fault 0x3007,5,0, for",
        ),
        (("--driver-fault", ""), "'' is not KIND,WHERE,GOT"),
        (
            ("--driver-fault", "0x100,0,0"),
            "there is no fault 256\nNext: --driver-fault 0x3007,5,0, for example",
        ),
        (
            ("--driver-fault", "0x100,0,0"),
            "VWR_FAULT() of vwr/fault.h (--device NAME adds those of a class, from 0x6000):\n  0x101=EMPTY, ",
        ),
        (("--driver-fault", "0x100,0,0", "--device", "blk"), "=BLK_CACHE"),
        ((), "one of the arguments FILE --device-fault --driver-fault is required"),
    ],
)
def test_refusals(arguments, words):
    """Exit code 2."""
    code, said = run(*arguments)
    assert code == 2 and words in said, said
