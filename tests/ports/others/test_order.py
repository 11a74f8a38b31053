# SPDX-License-Identifier: MIT
"""Checks the barriers between a load and the store that publishes an index or a used entry, for each port."""

import re

import pytest

from processes import need, output
from places import INCLUDE, ROOT, WARNINGS

# For a port: its compiler, what stores 16 bits, and what each barrier orders ("rw": loads before stores).
ARM = {
    "dmb osh": {"rr", "rw", "wr", "ww"},
    "dmb oshld": {"rr", "rw"},
    "dmb oshst": {"ww"},
}  # of aarch64, and of ARMv7, which has no oshld
MACHINES = {
    "aarch64": (["aarch64-linux-gnu-gcc", "-mgeneral-regs-only"], r"strh", ARM.get),
    "armv7": (["arm-linux-gnueabi-gcc", "-march=armv7-a", "-mgeneral-regs-only"], r"strh", ARM.get),
    "riscv": (["riscv64-linux-gnu-gcc", "-march=rv64imac_zicsr", "-mabi=lp64"], r"sh", None),
    "xv6": (["riscv64-linux-gnu-gcc", "-march=rv64imac_zicsr", "-mabi=lp64"], r"sh", None),
}
# Each place that publishes, the file that has it, and what it stores: idx, or flags.
IDX, FLAGS = 2, 14  # where they are in their structures
PLACES = {
    "vwr_vsplit_signal_": ("runtime/device/core/vqueue/vwr_vqueue_split.c", IDX),
    "vwr_vpacked_signal_": ("runtime/device/core/vqueue/vwr_vqueue_packed.c", FLAGS),
    "vwr_packed_kick_": ("runtime/driver/core/queue/vwr_queue_packed.c", FLAGS),
    "vwr_split_kick_": ("runtime/driver/core/queue/vwr_queue_split.c", IDX),
}


def fence(text):
    """What a fence of RISC-V orders: memory alone, r and w."""
    before, after = re.fullmatch(r"fence ([iorw]+),\s*([iorw]+)", text).groups()
    return {first + then for first in "rw" for then in "rw" if first in before and then in after}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("port", MACHINES)
def test_loads_come_before_what_is_published(work, port, place):
    """A buffer that was read and is given back: the load is not to pass the store that gives it back."""
    command, store, orders = MACHINES[port]
    need(command[0])
    path, offset = PLACES[place]
    source = ROOT / path
    output(
        [
            *command,
            "-std=c11",
            "-O2",
            "-ffreestanding",
            "-fno-pie",
            *WARNINGS,
            f"-I{ROOT}/runtime/port/{port}",
            *INCLUDE,
            "-S",
            source,
            "-o",
            "out.s",
        ],
        cwd=work,
    )
    (body,) = re.findall(
        rf"^{place}:\n(.*?)^\t\.size\t{place},", (work / "out.s").read_text(encoding="utf-8"), re.M | re.S
    )
    lines = [" ".join(line.split()) for line in body.splitlines()]
    stores = [
        i
        for i, line in enumerate(lines)
        if re.match(rf"{store} \w+, ?(\[\w+, #?{offset}\]|{offset}\()", line)
    ]
    assert stores, f"{port}, {place}: no store of 16 bits at {offset}"
    for at in stores:
        label = max(
            (i for i in range(at) if lines[i].endswith(":")), default=0
        )  # no way around comes in behind it
        barriers = [line for line in lines[label:at] if re.match("fence|dmb", line)]
        ordered = set().union(*((orders or fence)(line) for line in barriers))
        assert {"rw", "ww"} <= ordered, f"{port}, {place}: before the store there is {' and '.join(barriers)}"


@pytest.mark.parametrize(
    "port", sorted(path.parent.name for path in (ROOT / "runtime" / "port").glob("*/vwr_port.h"))
)
def test_each_port_has_the_hook(port):
    """The default is a full barrier, so each port in this tree defines a cheaper one."""
    text = (ROOT / "runtime" / "port" / port / "vwr_port.h").read_text(encoding="utf-8")
    assert "static inline void vwr_port_release(void)\n" in text
    assert "\n#define vwr_port_release vwr_port_release\n" in text
