# SPDX-License-Identifier: MIT
"""examples/bell in two machines of QEMU, which share the memory of ivshmem."""

import subprocess
import sys

sys.dont_write_bytecode = True
import boot
from processes import completed, need, output

ROOT = boot.ROOT
OPTIONS = (
    "-std=c11 -O1 -g1 -ffreestanding -fno-pic -mgeneral-regs-only -mstrict-align -fno-stack-protector"
    " -U_FORTIFY_SOURCE -Wall -Wextra -Werror -DVWR_ACCESS_CALLS=1 -DVWR_BELL_TIMEOUT_US=60000000u"
).split()
INCLUDES = [
    f"-I{ROOT / path}"
    for path in (
        "examples/bell",
        "examples/demo",
        "runtime/include",
        "generated/include",
        "runtime/port/aarch64",
    )
]
SOURCES = (
    "runtime/base/*.c runtime/shared/*.c generated/src/*.c runtime/driver/core/*/*.c runtime/driver/blk/*.c"
    " runtime/driver/transport/bell/*.c runtime/device/core/*/*.c runtime/device/blk/*.c runtime/parts/blk/*.c"
    " runtime/device/transport/mmio/*.c runtime/device/transport/bell/*.c examples/bell/device.c"
    " examples/bell/driver.c examples/demo/uart.c examples/demo/exception.c examples/demo/memory.c"
).split()
BYTES = 2 << 20  # of the memory that they share
PATIENCE = 300  # seconds


def images(work):
    """{0, 1: image}: of the driver, and of the device."""
    compiler = ["aarch64-linux-gnu-gcc", *OPTIONS, *INCLUDES]
    sources = [path for pattern in SOURCES for path in sorted(ROOT.glob(pattern))]
    output([*compiler, "-c", *sources], cwd=work)
    output(
        ["aarch64-linux-gnu-ar", "rcs", "all.a", *sorted(path.name for path in work.glob("*.o"))], cwd=work
    )
    for device in range(2):
        output(
            [*compiler, f"-DDEVICE={device}", "-nostdlib", "-static", "-Wl,--gc-sections,--build-id=none"]
            + ["-T", ROOT / "examples/demo/link.ld", ROOT / "examples/demo/start.S"]
            + [ROOT / "tests/ports/examples/bell_machine.c", "all.a", "-lgcc", "-o", f"machine_{device}.elf"],
            cwd=work,
        )
    return {device: work / f"machine_{device}.elf" for device in range(2)}


def machine(image, shared):
    return [
        *("timeout", "-k", "5", str(PATIENCE), "qemu-system-aarch64", "-M", "virt,highmem=off", "-nographic"),
        *("-cpu", "cortex-a53", "-m", "64", "-net", "none", "-kernel", str(image)),
        *("-object", f"memory-backend-file,id=shared,size={BYTES},mem-path={shared},share=on"),
        *("-device", "ivshmem-plain,memdev=shared"),
    ]


def test_two_machines(work):
    """The driver's machine has read what it wrote to the disk of the other one, and powers off."""
    need("aarch64-linux-gnu-gcc", debian="gcc-aarch64-linux-gnu")
    need("qemu-system-aarch64", debian="qemu-system-arm")
    image = images(work)
    shared = work / "shared"
    shared.write_bytes(bytes(BYTES))
    with (work / "device.txt").open("w", encoding="utf-8") as log:
        device = subprocess.Popen(machine(image[1], shared), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            driver = completed(machine(image[0], shared), stdin=subprocess.DEVNULL)
        finally:
            device.terminate()
            device.wait()
    assert (work / "device.txt").read_text(encoding="utf-8").splitlines()[0] == "begins: 0"
    assert driver.stdout.splitlines() == ["opened: 0", "read what was written: 0", "closed: 0"], driver.stderr
