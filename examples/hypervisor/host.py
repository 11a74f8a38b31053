# SPDX-License-Identifier: MIT
"""The host's side of the hypervisor: device trees, initial file systems, disks, the command line of QEMU."""

import os
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import guest_packages as debian
import virtwright

QEMU = "qemu-system-aarch64"
MODULES = [*debian.DISK, "virtio_pci", "virtio_console", "virtio_rng"]
PLANS = ("vms", "vms-split", "vms-legacy")  # each is an image of the hypervisor
VMS = ("left", "right")  # as the plans call them
RAM_BASE, RAM_BYTES = 0x40000000, 384 << 20  # and as they say
WINDOW_BYTES = 32 << 20
TREE_BYTES = 2 << 20  # what images.c keeps free for the device tree
PAGE = 4096
# What the kernel says before it has hvc0 goes through an emulated UART, a trap a character: errors only.
ARGUMENTS = "console=hvc0 earlycon=pl011,0x9000000 nokaslr"


def build_folder():
    """Where CMake has put the images."""
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "examples" / "hypervisor"


def cells(value):
    """A number of 64 bits as a device tree has it."""
    return f"{value >> 32:#x} {value & 0xffffffff:#x}"


def device_tree(out, plan, vm, initrd_bytes, arguments=""):
    """Writes the device tree of a plan's VM, by the rule of images.c for where the initial files lie."""
    start = (RAM_BASE + RAM_BYTES - TREE_BYTES - initrd_bytes) & ~(PAGE - 1)
    nodes = (build_folder() / plan / f"vwr_plan_hypervisor_{vm}.dtsi").read_text("utf-8")
    fields = {
        "bootargs": f"{ARGUMENTS} {arguments}".strip(),
        "nodes": nodes,
        "ram": f"{cells(RAM_BASE)} {cells(RAM_BYTES)}",
        "initrd_start": cells(start),
        "initrd_end": cells(start + initrd_bytes),
    }
    text = re.sub(r"@(\w+)@", lambda match: fields[match.group(1)], (HERE / "guest.dts").read_text("utf-8"))
    source = out.with_suffix(".dts")
    source.write_text(text, encoding="utf-8")
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", str(out), str(source)], check=True)


def guest_files(folder, linux, plan, scripts, arguments="quiet", more=()):
    """What the hypervisor finds under opt/vwr/: {name: path}. A guest for each script; it runs it, and goes off.

    `arguments`: of the kernels, or a tuple with those of each. `more`: other programs for all of them, (name, content).
    """
    each = [arguments] * len(scripts) if isinstance(arguments, str) else arguments
    # One initial file system for all of them: the kernel's command line says which one it is.
    programs = [(f"guest{number}", script.encode()) for number, script in enumerate(scripts)]
    choose = b". /guest$vwr_guest\n"
    image = debian.initrd(linux, (HERE / "init.sh").read_bytes(), [*programs, *more, ("guest", choose)])
    (folder / "initrd").write_bytes(image)
    (folder / "seed").write_bytes(os.urandom(32))
    files = {"kernel": linux.kernel, "initrd": "initrd", "seed": "seed"}
    for number in range(len(scripts)):
        device_tree(
            folder / f"guest{number}.dtb", plan, VMS[number], len(image), f"{each[number]} vwr_guest={number}"
        )
        files[f"dtb{number}"] = f"guest{number}.dtb"
    return files


def for_qemu(path):
    """A path as part of an option: a comma would end it."""
    return str(path).replace(",", ",,")


def drive(path, legacy=False, device="", more=""):
    """Options for the real disk; `device` and `more` are further ones of the device and of the drive."""
    return [
        "-global",
        f"virtio-mmio.force-legacy={'true' if legacy else 'false'}",
        "-drive",
        f"if=none,id=disk,format=raw,file={for_qemu(path)},cache=writeback,aio=threads{more}",
        "-device",
        f"virtio-blk-device,drive=disk{device}",
    ]


def command(plan, files, cpus=1, cpu="cortex-a72", megabytes=1152, options=()):
    """QEMU with the hypervisor."""
    words = [
        QEMU,
        "-machine",
        "virt,virtualization=on,gic-version=3",
        "-cpu",
        cpu,
        "-smp",
        str(cpus),
        "-m",
        f"{megabytes}M",
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-chardev",
        "stdio,id=console,signal=off",
        "-serial",
        "chardev:console",
        "-no-reboot",
        "-kernel",
        str(build_folder() / plan / "vwr_hypervisor.elf"),
    ]
    for name, path in files.items():
        words += ["-fw_cfg", f"name=opt/vwr/{name},file={for_qemu(path)}"]
    return [*words, *options]


def run(folder, words, timeout=60):
    """Runs a command in the folder to its end; (exit code, lines of the console)."""
    with open(folder / "console.txt", "wb") as console:
        done = subprocess.run(
            ["timeout", "-k", "5", str(timeout), *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            check=False,
        )
    text = (folder / "console.txt").read_text("utf-8", errors="replace")
    return done.returncode, text.replace("\r", "").splitlines()


def features(name, bits):
    """What /sys/bus/virtio/devices/*/features says of a device (blk, console, entropy), as names."""
    rows = [
        value
        for one in virtwright.spec((name, "features")).values()
        for group in one.groups
        if group.kind == "features"
        for value in group.values
    ]
    return {value.name for value in rows if bits[value.value : value.value + 1] == "1"}


# ---- disks ----


def need(tool):
    """The tool, or None; those of the system's administrator may not be on the path."""
    return shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def make_disk(folder, files, image="disk.img"):
    """The disk: an ext4 file system with these files in the left window, a pattern in the right one."""
    tree = folder / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    for name, content in files.items():
        (tree / name).write_bytes(content)
    with open(folder / image, "wb") as disk:
        disk.truncate(WINDOW_BYTES)
    subprocess.run(
        [need("mkfs.ext4"), "-q", "-F", "-d", str(tree), "-E", "root_owner=0:0", image],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with open(folder / image, "ab") as disk:
        disk.write(right_window())


def right_window():
    """What nobody is to change."""
    block = b"".join(b"%015x\n" % number for number in range(4099))  # repeats after no power of two
    return (block * (WINDOW_BYTES // len(block) + 1))[:WINDOW_BYTES]


def window(folder, number):
    """The bytes of a window of disk.img."""
    with open(folder / "disk.img", "rb") as disk:
        disk.seek(number * WINDOW_BYTES)
        return disk.read(WINDOW_BYTES)


def check_file_system(folder):
    """What e2fsck says of the left window; '' if it is clean."""
    (folder / "left.img").write_bytes(window(folder, 0))
    return check_image(folder)


def check_image(folder):
    """What e2fsck says of left.img; '' if it is clean."""
    done = subprocess.run(
        [need("e2fsck"), "-fn", "left.img"], cwd=folder, text=True, capture_output=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def read_file(folder, name):
    """A file of the left window, by debugfs; None if it is not there. After check_file_system."""
    subprocess.run(
        [need("debugfs"), "-R", f"dump {name} dumped", "left.img"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    path = folder / "dumped"
    if not path.exists():
        return None
    content = path.read_bytes()
    path.unlink()
    return content
