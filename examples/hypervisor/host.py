# SPDX-License-Identifier: MIT
"""The host's side of the hypervisor: device trees, initial file systems, the command line of QEMU."""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "linux"))

QEMU = "qemu-system-aarch64"
RAM_BASE = 0x40000000
TREE_BYTES = 2 << 20  # what images.c keeps free for the device tree
PAGE = 4096
EARLY = "earlycon=pl011,0x9000000"


def cells(value):
    """A number of 64 bits as a device tree has it."""
    return f"{value >> 32:#x} {value & 0xffffffff:#x}"


def device_tree(out, ram_bytes, initrd_bytes, bootargs, nodes=""):
    """Writes a guest's device tree, by the rule of images.c for where the initial files lie."""
    start = (RAM_BASE + ram_bytes - TREE_BYTES - initrd_bytes) & ~(PAGE - 1)
    fields = {"bootargs": bootargs, "nodes": nodes, "ram": f"{cells(RAM_BASE)} {cells(ram_bytes)}",
              "initrd_start": cells(start), "initrd_end": cells(start + initrd_bytes)}
    text = re.sub(r"@(\w+)@", lambda match: fields[match.group(1)], (HERE / "guest.dts").read_text("utf-8"))
    source = out.with_suffix(".dts")
    source.write_text(text, encoding="utf-8")
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", str(out), str(source)], check=True)
    return out


def command(elf, files, cpus=1, cpu="cortex-a72", megabytes=512, options=()):
    """QEMU with the hypervisor; `files`: what it finds under opt/vwr/, {name: path}."""
    words = [QEMU, "-machine", "virt,virtualization=on,gic-version=3", "-cpu", cpu, "-smp", str(cpus),
             "-m", f"{megabytes}M", "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio",
             "-no-reboot", "-kernel", str(elf)]
    for name, path in files.items():
        words += ["-fw_cfg", f"name=opt/vwr/{name},file={for_qemu(path)}"]
    return [*words, *options]


def for_qemu(path):
    """A path as part of an option: a comma would end it."""
    return str(path).replace(",", ",,")


def build_folder():
    """Where CMake has put the images."""
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "examples" / "hypervisor"
