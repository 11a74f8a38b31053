# SPDX-License-Identifier: MIT
"""Debian's kernel as a guest of examples/hypervisor. Each function here is a test of CTest."""

import re
import subprocess

import debian
import host

MOUNTS = """#!/bin/busybox sh
PATH=/bin
busybox mount -t devtmpfs none /dev
busybox mount -t proc none /proc
busybox mount -t sysfs none /sys
exec >/dev/kmsg
"""
OFF = "\nbusybox poweroff -f\n"


def boot(folder, linux, init, cpus=1, timeout=60, **more):
    """Runs guests until all are off; the console."""
    (folder / "initrd").write_bytes(debian.initrd(linux, (MOUNTS + init + OFF).encode()))
    tree = host.device_tree(folder / "guest.dtb", 128 << 20, (folder / "initrd").stat().st_size,
                            f"{host.EARLY} keep_bootcon nokaslr")
    files = {"kernel": linux.kernel, "initrd": "initrd", "dtb0": tree, "dtb1": tree}
    done = subprocess.run(["timeout", "-k", "5", str(timeout),
                           *host.command(host.build_folder() / "vwr_hypervisor.elf", files, cpus, **more)],
                          cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    console = done.stdout.decode("utf-8", errors="replace").replace("\r", "")
    (folder / "console.txt").write_text(console, encoding="utf-8")
    assert done.returncode == 0, f"QEMU ended with {done.returncode}:\n{console[-2000:]}{done.stderr.decode()}"
    return [re.sub(r"^(\d\| )\[ *\d+\.\d+\] ", r"\1", line) for line in console.splitlines()]


def test_one_guest_comes_to_its_init(folder, linux):
    lines = boot(folder, linux, "echo from init\n")
    assert "0| from init" in lines
    assert lines[-2:] == ["hypervisor: guest 0 is off", "hypervisor: all guests are off"]


def test_two_guests_on_two_cpus(folder, linux):
    lines = boot(folder, linux, "echo from init\n", cpus=2)
    assert "0| from init" in lines and "1| from init" in lines
    assert lines[-1] == "hypervisor: all guests are off"
