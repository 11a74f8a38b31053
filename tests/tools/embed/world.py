# SPDX-License-Identifier: MIT
"""What the tests of embed share: the program, and profiles."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import inprocess

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
EVERYTHING = os.environ.get("VWR_EMBED_ALL") == "1"     # the whole matrix, not a part of it

STRICT = "-std=c11 -nostdinc -ffreestanding -fno-pie -Wall -Wextra -Werror"
# Name: the compiler and what its machine asks for.
COMPILERS = {
    "aarch64 gcc": "aarch64-linux-gnu-gcc -mgeneral-regs-only -fno-builtin",
    "aarch64 clang": "clang --target=aarch64-none-elf -mgeneral-regs-only",
    "riscv64 gcc": "riscv64-linux-gnu-gcc -march=rv64imac -mabi=lp64 -mcmodel=medany",
    "riscv64 clang": "clang --target=riscv64-none-elf -march=rv64imac -mabi=lp64 -mcmodel=medany",
    "x86_64 gcc": "gcc -m64 -mgeneral-regs-only -mno-red-zone",
    "x86_64 clang": "clang --target=x86_64-none-elf -mgeneral-regs-only -mno-red-zone",
}
ARMV7 = "clang --target=armv7-none-eabi -mfloat-abi=soft"
# Name: what somebody types.
PROFILES = {
    "kernel": [],
    "kernel, legacy, files": ["--mmio", "legacy", "--files"],
    "all": ["--preset", "everything"],
    "all and a trace": ["--preset", "everything", "--with", "trace"],
    "least, modern": ["--mmio", "modern", "--without", "all"],
    "least, legacy": ["--mmio", "legacy", "--without", "all"],
    "sync, modern": ["--mmio", "modern", "--without", "all", "--with", "write,id"],
    "sync, legacy": ["--mmio", "legacy", "--without", "all", "--with", "write,id"],
    "sync, both, words": ["--without", "all", "--with", "write,id,texts,scan"],
    "packed, in order": ["--without", "all", "--with", "write,packed,in_order,indirect,event_idx,notification_data"],
    "async alone": ["--without", "all", "--with", "async,interrupts"],
    "zones": ["--without", "all", "--with", "zoned,ranges,texts"],
    "recovery alone": ["--without", "all", "--with", "write,recovery"],
    "no async": ["--preset", "everything", "--without", "async"],
    "all, legacy": ["--preset", "everything", "--mmio", "legacy"],
    "all, modern, files": ["--preset", "everything", "--mmio", "modern", "--files"],
    "least, files": ["--mmio", "legacy", "--without", "all", "--files"],
    "all, files": ["--preset", "everything", "--files"],
    "devices": ["--side", "device", "--device", "blk,console,entropy"],
    "devices, least": ["--side", "device", "--device", "blk,console,entropy", "--mmio", "modern", "--without", "all",
                       "--with", "memory"],
    "devices, legacy": ["--side", "device", "--device", "blk,console,entropy", "--mmio", "legacy"],
    "devices, files": ["--side", "device", "--device", "entropy,console,blk", "--files"],
    "console, least": ["--side", "device", "--device", "console", "--mmio", "modern", "--without", "all"],
    "disk, least": ["--side", "device", "--device", "blk", "--mmio", "modern", "--without", "all"],
    "disk, packed": ["--side", "device", "--device", "blk", "--mmio", "modern", "--without", "all",
                     "--with", "packed,in_order,later"],
    "random, texts": ["--side", "device", "--device", "entropy", "--mmio", "legacy", "--without", "all", "--with", "texts"],
    "class of one's own": ["--side", "device", "--device", "entropy", "--without", "all", "--with", "classes,indirect,event_idx"],
    "both": ["--side", "both", "--device", "blk,console,entropy"],
    "both, files": ["--side", "both", "--files"],
    "disk on a disk, least": ["--side", "both", "--mmio", "modern", "--without", "all"],
    "network": ["--driver", "net"],
    "console": ["--driver", "console"],
    "input": ["--driver", "input"],
    "random": ["--driver", "entropy"],
    "graphics": ["--driver", "gpu", "--mmio", "modern"],
    "network, console, random": ["--driver", "net,console,entropy"],
    "drivers": ["--driver", "blk,console,input,net,entropy,gpu", "--preset", "everything"],
    "drivers, least": ["--driver", "blk,console,input,net,entropy,gpu", "--mmio", "modern", "--without", "all"],
    "drivers, by type": ["--driver", "blk,net,entropy", "--mmio", "modern", "--preset", "least", "--with", "open,write"],
    "drivers, files": ["--driver", "blk,console,input,net,entropy,gpu", "--files"],
    "drivers and a client": ["--driver", "net,client/gpu,sound", "--mmio", "legacy"],
}


def run(*arguments, root=ROOT):
    """The program itself; of another tree as a process."""
    if root == ROOT:
        return inprocess.run("embed", *arguments)
    return subprocess.run([sys.executable, "-B", str(root / "codegen"), "embed", *map(str, arguments)],
                          capture_output=True, text=True, check=False, timeout=300, env={**os.environ, "VWR_DEBUG": "1"})


def made(folder, *arguments, root=ROOT, cc="gcc -O0 -std=c11"):
    """A copy that has to come about; what was printed."""
    done = run(folder, *arguments, "--cc", cc, root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def need(*tools):
    """Skips with a word."""
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} here")


def texts(folder):
    """{name: bytes} of all files."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file()}
