# SPDX-License-Identifier: MIT
"""The image and the machine that it runs in: builds it, makes the disk, boots QEMU, reads what the guest says."""

import os
import re
import shutil
import struct
import subprocess

import guest_packages as debian
from build import link
from count import Failed, NotMeasured

GCC = "aarch64-linux-gnu-gcc"
QEMU = "qemu-system-aarch64"
PACKAGES = {GCC: "gcc-aarch64-linux-gnu", QEMU: "qemu-system-arm"}
OPTIONS = [
    "-std=c11",
    "-O2",
    "-g",
    "-Wall",
    "-Wextra",
    "-ffreestanding",
    "-nostdlib",
    "-static",
    "-fno-lto",
    "-fno-pic",
    "-no-pie",
    "-mgeneral-regs-only",
    "-mstrict-align",
    "-fno-stack-protector",
    "-U_FORTIFY_SOURCE",
    "-Wl,--build-id=none",
    "-Wl,-z,max-page-size=4096",
]
# What the image has of the examples.
EXAMPLES = (
    "demo/start.S",
    "demo/uart.c",
    "demo/exception.c",
    "demo/memory.c",
    "demo/slots.c",
    "interrupts/vectors.S",
    "interrupts/gic.c",
    "interrupts/monitors.c",
)
MACHINE = [
    "-machine",
    "virt",
    "-cpu",
    "cortex-a72",
    "-smp",
    "1",
    "-m",
    "256M",
    "-nodefaults",
    "-display",
    "none",
    "-monitor",
    "none",
    "-serial",
    "stdio",
    "-no-reboot",
    "-global",
    "virtio-mmio.force-legacy=false",
    "-global",
    "virtio-mmio.ioeventfd=off",  # notifications are accesses: QEMU had no ioeventfd here without KVM before 8.1
]
TIMEOUT = 120  # seconds for a run that takes one or two

# As guest.h has them.
RUN_ADDRESS = 0x4F000000
RUN_MAGIC = 0x6E757267
LEVELS = {"hand": 0, "ring": 1}
RATE, COUNT = range(2)
SECTOR_BYTES = 512
STAMP_BYTES = 4096

DISK_BYTES = 256 << 20
DISK = "disk.img"
LINUX = "vmlinuz"
INITRD = "initrd.gz"
FILE_DISK = ["-drive", f"if=none,id=disk,format=raw,file={DISK},cache=writeback,aio=threads,read-only=on"]
NULL_DISK = ["-blockdev", f"driver=null-co,node-name=disk,size={DISK_BYTES}"]


def need_tools(*tools):
    for tool in tools:
        if shutil.which(tool) is None:
            raise NotMeasured(f"{tool} is not installed (apt-get install {PACKAGES[tool]})")


def build(root, runtime, out):
    """Compiles the image and links it with the runtime, which is an archive; answers nothing, the image is guest.elf in `out`."""
    need_tools(GCC, QEMU)
    out.mkdir(parents=True, exist_ok=True)
    here, examples = root / "bench" / "guest", root / "examples"
    sources = [*sorted(here.glob("*.c")), *(examples / name for name in EXAMPLES)]
    library = [
        path
        for folder in (runtime / "base", runtime / "shared", runtime / "driver", root / "generated" / "src")
        for path in sorted(folder.rglob("*.c"))
    ]
    include = (
        here,
        examples / "demo",
        examples / "interrupts",
        runtime / "include",
        root / "generated" / "include",
        runtime / "port" / "aarch64",
    )
    link(
        out / "guest.elf",
        library,
        sources,
        include,
        compiler=GCC,
        flags=OPTIONS,
        script=("-T", str(examples / "demo" / "link.ld")),
    )


def build_reader(root, out):
    """The program that reads."""
    return debian.static(out, "reader", root / "bench/guest/linux/reader.c")


def prepare_linux(root, out):
    """Puts kernel and initial RAM disk into `out`; answers which packages they are from."""
    guest = debian.prepare(debian.home(), debian.DISK)
    init = (root / "bench" / "guest" / "linux" / "init.sh").read_bytes()
    (out / INITRD).write_bytes(debian.initrd(guest, init, [("bin/reader", build_reader(root, out))]))
    shutil.copyfile(guest.kernel, out / LINUX)
    return guest.packages


def make_disk(out):
    """The disk, once: a block of it begins with the block's number, the rest is zero."""
    path = out / DISK
    if path.exists() and path.stat().st_size == DISK_BYTES:
        return
    temporary = out / (DISK + ".new")
    rest = bytes(STAMP_BYTES - 8)
    with open(temporary, "wb") as file:
        for block in range(DISK_BYTES // STAMP_BYTES):
            file.write(struct.pack("<Q", block) + rest)
    os.replace(temporary, path)


def words_of(bits):
    """The four words of a set of features, given as bit numbers."""
    return [sum(1 << bit - 32 * word for bit in bits if bit // 32 == word) for word in range(4)]


def run_block(level, measure, depth, size, batches, sleep=False, check=True, features=()):
    """What the image finds in memory: struct guest_run."""
    return struct.pack(
        "<13I",
        RUN_MAGIC,
        LEVELS[level],
        measure,
        sleep,
        depth,
        size,
        batches,
        DISK_BYTES // SECTOR_BYTES,
        check,
        *words_of(features),
    )


def boot(out, disk, options, device="", timeout=TIMEOUT):
    """One run of QEMU in the folder `out`, so that names of files are short; answers the console."""
    command = [QEMU, *MACHINE, *disk, "-device", f"virtio-blk-device,drive=disk{device}", *options]
    with open(out / "qemu.txt", "w", encoding="utf-8") as errors:
        try:
            done = subprocess.run(
                ["timeout", "-k", "5", str(timeout), *command],
                cwd=out,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                check=False,
            )
        except OSError as error:
            raise Failed(f"{QEMU} does not start: {error}") from error
    console = done.stdout.decode("utf-8", errors="replace").replace("\r", "")
    if done.returncode != 0:
        how = (
            f"was still running after {timeout} s"
            if done.returncode in (124, 137)
            else f"ended with code {done.returncode}"
        )
        last = (console + (out / "qemu.txt").read_text(encoding="utf-8")).strip().splitlines()[-3:]
        raise Failed(f"{QEMU} {how}: " + " / ".join(last))
    return console


def results(console):
    """What the guest measured: its lines 'guest: <name> key=value ...' as (name, {key: number})."""
    found = []
    for line in re.findall(r"^guest: (.*)$", console, re.MULTILINE):
        if line.startswith("FAILED: "):
            raise Failed(f"the guest says: {line}")
        if line.startswith("LEFT OUT: "):
            raise NotMeasured(line.removeprefix("LEFT OUT: "))
        name, _, rest = line.partition(" ")
        figures = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", rest)}
        if "requests" in figures:
            found.append((name, figures))
    if not re.search(r"^guest: OK$", console, re.MULTILINE):
        raise Failed("the guest did not finish: " + " / ".join(console.strip().splitlines()[-3:]))
    return found


def run_image(out, block, disk, options=(), device=""):
    """Boots the image with this struct guest_run; answers its figures and the console."""
    (out / "run.bin").write_bytes(block)
    console = boot(
        out,
        disk,
        [
            "-kernel",
            "guest.elf",
            "-device",
            f"loader,file=run.bin,addr={RUN_ADDRESS:#x},force-raw=on",
            *options,
        ],
        device,
    )
    return results(console)[0][1], console


def run_linux(out, reads, disk, arguments="", options=()):
    """Boots the Linux guest with the reads (depth, bytes, batches); answers their figures and the console."""
    words = "+".join(f"{depth}:{size}:{batches}" for depth, size, batches in reads)
    console = boot(
        out,
        disk,
        [
            "-kernel",
            LINUX,
            "-initrd",
            INITRD,
            "-append",
            f"console=ttyAMA0 quiet {arguments} vwr_reads={words} "
            f"vwr_sectors={DISK_BYTES // SECTOR_BYTES}",
            *options,
        ],
    )
    figures = [figure for name, figure in results(console) if name == "linux"]
    if len(figures) != len(reads):
        raise Failed(f"the Linux guest has read {len(figures)} times instead of {len(reads)}")
    return figures, console
