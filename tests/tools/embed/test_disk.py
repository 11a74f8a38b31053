# SPDX-License-Identifier: MIT
"""A copy at work: a bare-metal image of nothing but the pair, its example, the template port and a console reads a
disk of QEMU's."""

import subprocess

import pytest

from world import HERE, PROFILES, ROOT, made, need

DEMO = ROOT / "examples" / "demo"
COMPILER = "aarch64-linux-gnu-gcc"
FLAGS = "-std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pic -no-pie -mgeneral-regs-only" \
        " -mstrict-align -fno-stack-protector"
SECONDS = 60


def boot(image, disk, legacy):
    """The console of a machine with that disk."""
    done = subprocess.run(
        ["timeout", "-k", "5", str(SECONDS), "qemu-system-aarch64", "-machine", "virt", "-cpu", "cortex-a72", "-m", "64M",
         "-kernel", image, "-nodefaults", "-display", "none", "-monitor", "none", "-no-reboot", "-serial", "stdio",
         "-global", f"virtio-mmio.force-legacy={'true' if legacy else 'false'}",
         "-drive", f"if=none,id=d0,format=raw,read-only=on,file={disk}", "-device", "virtio-blk-device,drive=d0"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS + 30, check=False)
    assert done.returncode == 0, f"QEMU ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("profile, level, versions", [
    ("all", "-O0", ("legacy", "modern")), ("all", "-O2", ("legacy", "modern")), ("sync, modern", "-Os", ("modern",)),
    ("sync, legacy", "-O0", ("legacy",)), ("least, legacy", "-Os", ("legacy",)), ("recovery alone", "-Os", ("modern",)),
    ("packed, in order", "-Os", ("modern", "legacy"))], ids=str)
def test_sector_zero(work, profile, level, versions):
    need(COMPILER, "qemu-system-aarch64")
    made(work, *PROFILES[profile], cc=f"{COMPILER} {FLAGS} {level}")
    disk = work / "disk.img"
    disk.write_bytes(bytes((7 * i + i // 256) % 256 for i in range(512)) + bytes(64 * 1024))
    done = subprocess.run([COMPILER, *FLAGS.split(), level, f"-I{work}", f"-I{DEMO}", "-T", DEMO / "link.ld",
                           "-Wl,--build-id=none", "-Wl,-z,max-page-size=4096", DEMO / "start.S", DEMO / "uart.c",
                           HERE / "image.c", work / "vwr.c", work / "vwr_example.c", "-o", work / "image.elf"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for version in versions:
        assert boot(work / "image.elf", disk, version == "legacy") == f"sector 0: {disk.read_bytes()[:512].hex()}\n"
