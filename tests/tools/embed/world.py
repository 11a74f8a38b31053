# SPDX-License-Identifier: MIT
"""What the tests of embed share: the program, and profiles."""

import os
import sys
from pathlib import Path
from unittest import mock


import inprocess
from vwr.embed import choice as profiles
from vwr.embed import proof
from processes import completed

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
EVERYTHING = os.environ.get("VWR_EMBED_ALL") == "1"  # the whole matrix, not a part of it

STRICT = "-std=c11 -nostdinc -ffreestanding -fno-pie -Wall -Wextra -Werror"
# Name: the compiler and what its machine asks for.
COMPILERS = {
    "aarch64 gcc": "aarch64-linux-gnu-gcc -mgeneral-regs-only -fno-builtin",
    "aarch64 clang": "clang --target=aarch64-none-elf -mgeneral-regs-only",
    "riscv64 gcc": "riscv64-linux-gnu-gcc -march=rv64imac -mabi=lp64 -mcmodel=medany",
    "riscv64 clang": "clang --target=riscv64-none-elf -march=rv64imac -mabi=lp64 -mcmodel=medany",
    "x86_64 gcc": "gcc -m64 -mgeneral-regs-only -mno-red-zone",
    "x86_64 clang": "clang --target=x86_64-none-elf -mgeneral-regs-only -mno-red-zone",
    "armv7 clang": "clang --target=armv7-none-eabi -mfloat-abi=soft",
}
# Machines of 32 bits: without a division of 64 bits, ARMv7 and its like without any.
NARROW = {
    "riscv32 gcc": "riscv64-linux-gnu-gcc -march=rv32imac -mabi=ilp32",
    "riscv32 clang": "clang --target=riscv32-none-elf -march=rv32imac -mabi=ilp32",
    "armv7 gcc": "arm-linux-gnueabi-gcc -march=armv7-a -mgeneral-regs-only",
    "armv7 clang": COMPILERS["armv7 clang"],
    "i686 gcc": "gcc -m32 -march=i686 -mgeneral-regs-only",
    "i686 clang": "clang --target=i686-none-elf -mgeneral-regs-only",
}
ALL = "blk,console,input,net,entropy,gpu,balloon,9p,fs,scsi"  # of the device side
SYNC = "vwr_blk_write,vwr_blk_flush,vwr_blk_get_id"  # beside the reads of the least copy
# Name: what somebody types.
PROFILES = {
    "kernel": [],
    "kernel, legacy, files": ["--interface", "legacy", "--files"],
    "all": ["--preset", "everything"],
    "all and a trace": ["--preset", "everything", "--with", "trace"],
    "least, modern": ["--interface", "modern", "--without", "all"],
    "least, legacy": ["--interface", "legacy", "--without", "all"],
    "sync, modern": ["--interface", "modern", "--without", "all", "--with", SYNC],
    "sync, legacy": ["--interface", "legacy", "--without", "all", "--with", SYNC],
    "sync, both, words": ["--without", "all", "--with", f"{SYNC},texts,vwr_mmio_scan_next"],
    "packed, in order": [
        "--without",
        "all",
        "--with",
        "vwr_blk_write,vwr_blk_flush,packed,in_order,indirect",
    ],
    "async alone": ["--without", "all", "--with", "async,vwr_dev_irq"],
    "zones": ["--without", "all", "--with", "zoned,ranges,texts"],
    "recovery alone": ["--without", "all", "--with", "vwr_blk_write,vwr_blk_flush,recovery"],
    "no async": ["--preset", "everything", "--without", "async"],
    "all, legacy": ["--preset", "everything", "--interface", "legacy"],
    "all, modern, files": ["--preset", "everything", "--interface", "modern", "--files"],
    "least, files": ["--interface", "legacy", "--without", "all", "--files"],
    "all, files": ["--preset", "everything", "--files"],
    "devices": ["--side", "device", "--device", ALL, "--preset", "everything"],
    "devices, least": [
        "--side",
        "device",
        "--device",
        "entropy,blk,console",
        "--interface",
        "modern",
        "--without",
        "all",
        "--with",
        "memory",
    ],
    "devices, legacy": [
        "--side",
        "device",
        "--device",
        ALL.replace(",gpu", ""),
        "--preset",
        "everything",
        "--interface",
        "legacy",
    ],
    "devices, files": [
        "--side",
        "device",
        "--device",
        ",".join(reversed(ALL.split(","))),
        "--preset",
        "everything",
        "--files",
    ],
    "messages, least": [
        "--side",
        "device",
        "--device",
        "input,net,gpu,balloon,9p",
        "--interface",
        "modern",
        "--without",
        "all",
    ],
    "console, least": [
        "--side",
        "device",
        "--device",
        "console",
        "--interface",
        "modern",
        "--without",
        "all",
    ],
    "disk, least": ["--side", "device", "--device", "blk", "--interface", "modern", "--without", "all"],
    "disk, packed": [
        "--side",
        "device",
        "--device",
        "blk",
        "--interface",
        "modern",
        "--without",
        "all",
        "--with",
        "packed,in_order,later",
    ],
    **{
        f"{name}, least": ["--side", "device", "--device", name, "--interface", "modern", "--without", "all"]
        for name in ("net", "gpu", "input", "balloon", "9p", "vsock", "sound")
    },
    "random, texts": [
        "--side",
        "device",
        "--device",
        "entropy",
        "--interface",
        "legacy",
        "--without",
        "all",
        "--with",
        "texts",
    ],
    "class of one's own": [
        "--side",
        "device",
        "--device",
        "entropy",
        "--without",
        "all",
        "--with",
        "classes,indirect",
    ],
    "a disk on PCI, watched": [
        "--side",
        "device",
        "--device",
        "blk",
        "--without",
        "all",
        "--with",
        "vpci,state,monitor",
    ],
    "card on a card, least": [
        "--side",
        "both",
        "--device",
        "net",
        "--transport",
        "pci",
        "--interface",
        "modern",
        "--without",
        "all",
    ],
    "both, files": ["--side", "both", "--files"],
    "disk on a disk, least": ["--side", "both", "--interface", "modern", "--without", "all"],
    "a driver beside classes": [
        "--side",
        "both",
        "--driver",
        "blk",
        "--device",
        "blk,console,net",
        "--preset",
        "kernel",
        "--with",
        "vwr_mmio_scan_next,texts,switch,later,classes",
    ],
    "a driver beside a class, files": [
        "--side",
        "both",
        "--driver",
        "entropy",
        "--device",
        "console",
        "--files",
    ],
    "network": ["--driver", "net"],
    "console": ["--driver", "console"],
    "input": ["--driver", "input"],
    "random": ["--driver", "entropy"],
    "graphics": ["--driver", "gpu", "--interface", "modern"],
    "network, console, random": ["--driver", "net,console,entropy"],
    "drivers": [
        "--driver",
        "blk,console,input,net,entropy,gpu,balloon,9p,scsi,crypto",
        "--preset",
        "everything",
    ],
    "drivers, least": [
        "--driver",
        "blk,console,input,net,entropy,gpu,balloon,9p,scsi,crypto",
        "--interface",
        "modern",
        "--without",
        "all",
    ],
    "drivers, by type": [
        "--driver",
        "blk,net,entropy",
        "--interface",
        "modern",
        "--preset",
        "least",
        "--with",
        "open,vwr_blk_write",
    ],
    "drivers, files": ["--driver", "blk,console,input,net,entropy,gpu,balloon,9p,scsi,crypto", "--files"],
    "both, found": ["--transport", "mmio,pci", "--with", "tree,acpi,find,texts"],
    "pci": ["--transport", "pci"],
    "pci, modern": ["--transport", "pci", "--interface", "modern"],
    "pci, legacy": ["--transport", "pci", "--interface", "legacy"],
    "pci, least": [
        "--transport",
        "pci",
        "--interface",
        "modern",
        "--without",
        "all",
        "--with",
        "place,vwr_pci_ecam",
    ],
    "pci, files": ["--transport", "pci", "--files"],
    "pci, drivers": [
        "--transport",
        "pci",
        "--driver",
        "blk,console,input,net,entropy,gpu,balloon,9p,scsi,crypto",
        "--preset",
        "everything",
    ],
    "pci, a disk on a disk": ["--side", "both", "--transport", "pci"],
    "pci and mmio": ["--transport", "pci,mmio", "--driver", "blk,client/gpu", "--preset", "everything"],
    "sockets": ["--driver", "vsock"],
    "sounds": ["--driver", "sound"],
    "drivers and a client": ["--driver", "net,client/gpu,client/sound", "--interface", "legacy"],
    "both": ["--side", "both", "--device", ALL],
}


def run(*arguments, root=ROOT, environment=()):
    """The program itself; of another tree as a process."""
    if root == ROOT:
        return inprocess.run("embed", *arguments)
    return completed(
        [sys.executable, "-B", str(root / "codegen"), "embed", *map(str, arguments)],
        timeout=300,
        env={**os.environ, "VWR_DEBUG": "1", **dict(environment)},
    )


def made(folder, *arguments, root=ROOT, cc="gcc -O0 -std=c11"):
    """A copy that has to come about; what was printed."""
    done = run(folder, *arguments, "--cc", cc, root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def written(folder, *arguments, root=ROOT):
    """
    A copy of which the text is what counts, or which the test compiles itself: there is no compiler to prove it. What was
    printed.
    """
    with mock.patch.object(proof, "FOUND_BY_NAME", ()):
        done = run(folder, *arguments, root=root, environment={"PATH": "/nonexistent"})
    assert done.returncode == 0 and "no C compiler found" in done.stdout, done.stdout + done.stderr
    return done.stdout


def texts(folder):
    """{name: bytes} of all files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def request(said):
    """The profile of a request, whose other values are the defaults."""
    made = {**profiles.defaults(), **said}
    if made["interface"] == "modern":
        profiles.interface_drops(made, [])
    return profiles.made(made)
