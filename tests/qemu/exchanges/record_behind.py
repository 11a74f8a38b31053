#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what Linux's drivers and our devices in examples/hypervisor send each other. See README.md.

These are the classes for which QEMU has no device: vsock, i2c, gpio. The left guest of vms-buses.yaml is recorded.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import agent
import guest_packages as debian
import record
from steps import Failed, build

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
GDB, GCC = "gdb-multiarch", "aarch64-linux-gnu-gcc"
NAMES = {19: "vsock", 34: "i2c", 41: "gpio"}
# These are played back (play.c): the first so many exchanges, without a gap, and with all their bytes.
KEPT, CUT = 160, 4096
RAM = "0x40000000 0x48000000 0x18000000"  # of the left guest in the plan
# What the guest does; the kernel uses the devices at its start as well.
STEPS = (
    "tool i2c memory",
    "tool i2c refused",
    "tool i2c detect",
    "tool gpio info",
    "tool gpio links",
    "echo bytes of the guest | tool vsock echo 7",
    "tool vsock messages 2",
    "tool vsock closed 99",
)


def types(folder):
    """An object file with the types of our rings."""
    source = folder / "types.c"
    source.write_text('#include "vwr/vdev.h"\nstruct vwr_vdev v;\nstruct vwr_vqueue q;\n', encoding="utf-8")
    include = ("runtime/include", "generated/include", "runtime/port/aarch64")
    words = [GCC, "-std=c11", "-g", "-ffreestanding", *(f"-I{ROOT / where}" for where in include)]
    subprocess.run([*words, "-c", str(source), "-o", str(folder / "types.o")], check=True)
    return folder / "types.o"


def attach(folder, log):
    """gdb with behind.py, at the QEMU that waits for it."""
    image = agent.host.build_folder() / "vms-buses" / "vwr_hypervisor.elf"
    return subprocess.Popen(
        [GDB, "-nx", "-batch", "-x", str(HERE / "behind.py"), str(image)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "VWR_EXCHANGES": str(log),
            "VWR_DEVICES": " ".join(map(str, NAMES)),
            "VWR_RAM": RAM,
            "VWR_TYPES": str(types(folder)),
        },
    )


def boot(folder, linux):
    """All that the hook has seen."""
    log = folder / "exchanges"
    build("vwr_hypervisor_buses")
    options = ["-S", "-chardev", "socket,id=gdb,path=gdb,server=on,wait=off", "-gdb", "chardev:gdb"]
    with agent.Behind(folder, linux, plan="vms-buses", real=(), options=options) as machine:
        gdb = attach(folder, log)
        machine.callback(gdb.wait)
        machine.callback(gdb.terminate)
        guest = machine.ready().guests[0]
        for step in STEPS:
            guest.ask(step)
        machine.off()
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def lines_of(seen, device):
    """One device's part of what was seen, as lines."""
    mine = [one for one in seen if one["device"] == device]
    features = next(one["features"] for one in mine if "features" in one)
    config = next((one["config"] for one in mine if "config" in one), "-")
    exchanges = [record.exchange(one, CUT) for one in mine if "queue" in one][:KEPT]
    return [f"features {features:#x}", f"config {config}", *exchanges]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(" See")[0])
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files of the run there")
    given = parser.parse_args()
    try:
        needed = [name for _, names in debian.LACKING.values() for name in names]
        guest = debian.lacking(agent.prepare(*needed))
        with tempfile.TemporaryDirectory() as temporary:
            folder = (given.keep or Path(temporary)).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            seen = boot(folder, guest)
    except (Failed, debian.NoLinux) as why:
        sys.exit(f"record_behind.py: {why}")
    for one in [one for one in seen if "id" in one]:
        lines = lines_of(seen, one["device"])
        record.write(NAMES[one["id"]], [Path(__file__).name, *guest.packages], one["id"], lines)


if __name__ == "__main__":
    main()
