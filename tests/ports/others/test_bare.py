# SPDX-License-Identifier: MIT
"""The port of bare-metal aarch64 passes vwr_port_selftest in QEMU, at EL1 and at EL2."""

import shutil
import subprocess

import pytest

from processes import completed, output
from places import INCLUDE, ROOT, WARNINGS

GCC, QEMU = "aarch64-linux-gnu-gcc", "qemu-system-aarch64"
DEMO = ROOT / "examples" / "demo"
# As the demo is made.
OPTIONS = [
    "-std=c11",
    "-ffreestanding",
    "-nostdlib",
    "-static",
    "-fno-pic",
    "-no-pie",
    "-mgeneral-regs-only",
    "-mstrict-align",
    "-fno-stack-protector",
    "-U_FORTIFY_SOURCE",
    f"-I{DEMO}",
    f"-I{ROOT}/runtime/port/aarch64",
    "-Wl,--build-id=none",
    "-Wl,-z,max-page-size=4096",
]

pytestmark = pytest.mark.skipif(
    not (shutil.which(GCC) and shutil.which(QEMU)), reason=f"no {GCC} or no {QEMU} here"
)


@pytest.mark.parametrize("level, virtualization", [("-O0", "on"), ("-O2", "off")])
def test_aarch64(work, level, virtualization):
    """On normal memory with the MMU off, as in a boot loader."""
    sources = [
        ROOT / "tests" / "ports" / "others" / "selftest_image.c",
        *(DEMO / name for name in ("start.S", "uart.c", "exception.c", "memory.c")),
        *(ROOT / "runtime" / "base" / name for name in ("vwr_selftest.c", "vwr_text.c")),
    ]
    output(
        [GCC, *OPTIONS, *WARNINGS, level, *INCLUDE, "-T", DEMO / "link.ld", *sources, "-o", "image.elf"],
        cwd=work,
    )
    done = completed(
        [
            "timeout",
            "-k",
            "5",
            "60",
            QEMU,
            "-machine",
            f"virt,virtualization={virtualization}",
            "-cpu",
            "cortex-a72",
            "-m",
            "64M",
            "-kernel",
            "image.elf",
            "-nodefaults",
            "-display",
            "none",
            "-monitor",
            "none",
            "-no-reboot",
            "-serial",
            "stdio",
        ],
        cwd=work,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout.splitlines() == [
        f"level {2 if virtualization == 'on' else 1}",
        "port: OK: stack, byte order, width of register accesses, barriers, caches, clock, DMA addresses",
    ], done.stderr
