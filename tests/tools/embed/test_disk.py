# SPDX-License-Identifier: MIT
"""A copy at work: a bare-metal image of nothing but the pair, its example, the template port and a console reads a
disk of QEMU's; another one uses each device for which we have a driver."""

import subprocess

import pytest

import inprocess

from processes import need, output
from world import EVERYTHING, HERE, PROFILES, ROOT, written

DEMO = ROOT / "examples" / "demo"
COMPILER = "aarch64-linux-gnu-gcc"
FLAGS = (
    "-std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pic -no-pie -mgeneral-regs-only"
    " -mstrict-align -fno-stack-protector"
)
SECONDS = 60


def boot(image, legacy, *devices):
    """What a machine with these devices prints."""
    return output(
        [
            "timeout",
            "-k",
            "5",
            str(SECONDS),
            "qemu-system-aarch64",
            "-machine",
            "virt",
            "-cpu",
            "cortex-a72",
            "-m",
            "64M",
            "-kernel",
            image,
            "-nodefaults",
            "-display",
            "none",
            "-monitor",
            "none",
            "-no-reboot",
            "-serial",
            "stdio",
            "-global",
            f"virtio-mmio.force-legacy={'true' if legacy else 'false'}",
            *devices,
        ],
        stdin=subprocess.DEVNULL,
        timeout=SECONDS + 30,
    )


def with_disk(disk, bus="device"):
    """A disk of QEMU's."""
    return [
        "-drive",
        f"if=none,id=d0,format=raw,read-only=on,file={disk}",
        "-device",
        f"virtio-blk-{bus},drive=d0",
    ]


def linked(work, source, level, find=()):
    """An image of the copy in `work`, its example, and what calls that; `find`: the transports on which find.h looks."""
    output(
        [
            COMPILER,
            *FLAGS.split(),
            level,
            *(f"-DWITH_{one.upper()}" for one in find),
            f"-I{work}",
            f"-I{DEMO}",
            f"-I{HERE}",
            "-T",
            DEMO / "link.ld",
            "-Wl,--build-id=none",
            "-Wl,-z,max-page-size=4096",
            DEMO / "start.S",
            DEMO / "uart.c",
            HERE / source,
            work / "vwr.c",
            work / "vwr_example.c",
            "-o",
            work / "image.elf",
        ]
    )
    return work / "image.elf"


@pytest.mark.parametrize(
    "profile, level, buses",
    [
        ("all", "-O0", ("legacy", "modern")),
        ("least, legacy", "-Os", ("legacy",)),
        ("packed, in order", "-O2", ("modern", "legacy")),
        ("pci, least", "-O0", ("pci",)),
        *[
            ("all", "-O2", ("legacy", "modern")),
            ("sync, modern", "-Os", ("modern",)),
            ("sync, legacy", "-O0", ("legacy",)),
            ("recovery alone", "-Os", ("modern",)),
            ("pci, modern", "-Os", ("pci",)),
            ("pci, legacy", "-O2", ("pci",)),
        ]
        * EVERYTHING,
    ],
    ids=str,
)
def test_sector_zero(work, profile, level, buses):
    """
    On both versions of MMIO and on PCI, where no firmware has placed anything; legacy there: a transitional device whose I/O BAR
    is in no window, so there is no disk.
    """
    need(COMPILER, "qemu-system-aarch64")
    written(work, *PROFILES[profile])
    disk = work / "disk.img"
    disk.write_bytes(bytes((7 * i + i // 256) % 256 for i in range(512)) + bytes(64 * 1024))
    image = linked(work, "image.c", level, [bus for bus in buses if bus == "pci"])
    for bus in buses:
        said = boot(image, bus == "legacy", *with_disk(disk, "pci" if bus == "pci" else "device"))
        no_disk = profile == "pci, legacy"
        sector = bytes(512) if no_disk else disk.read_bytes()[:512]
        assert said == f"{'no disk' if no_disk else 'sector 0'}: {sector.hex()}\n"


def test_the_trace_of_a_device_on_pci(work):
    """The port's hook keeps it, and ./vwr explain finds by it alone which access is of which register."""
    need(COMPILER, "qemu-system-aarch64")
    written(work, *PROFILES["pci"], "--with", "trace")
    (work / "disk.img").write_bytes(bytes(64 * 1024))
    said = boot(linked(work, "image.c", "-Os", ["pci", "trace"]), False, *with_disk(work / "disk.img", "pci"))
    (work / "trace").write_text(said, encoding="utf-8")
    done = inprocess.run("explain", work / "trace")
    assert "0x10004000: Block device, modern interface of PCI" in done.stdout, done.stdout + done.stderr
    assert "capacity = 128" in done.stdout and "queue 0 (requestq): 1 notification" in done.stdout
    assert done.returncode == 0 and "In one sentence: nothing is wrong" in done.stdout, done.stdout


ALL = {
    "blk": "disk",
    "serial": "console",
    "rng": "random",
    "net": "network",
    "keyboard": "input",
    "gpu": "picture",
    "balloon": "balloon",
    "9p": "folder",
    "scsi": "units",
    "crypto": "cipher",
}


@pytest.mark.parametrize(
    "level, transport, on_pci",
    [
        ("-Os", "mmio,pci", ("blk", "net", "gpu", "9p", "crypto")),
        *[("-Os", "pci", tuple(ALL)), ("-O0", "mmio,pci", ("blk",))] * EVERYTHING,
    ],
    ids=str,
)
def test_each_driver(work, level, transport, on_pci):
    """All of them in one copy, by its examples: a frame that is answered, a line, random bytes, a picture, a file, a block. Each is on
    one of the buses, and on the other in ./vwr soak compilers copies."""
    need(COMPILER, "qemu-system-aarch64")
    written(work, *PROFILES["drivers"], "--transport", transport)
    image = linked(work, "drivers.c", level, transport.split(","))
    (work / "disk.img").write_bytes(bytes(64 * 1024))
    (work / "unit.img").write_bytes(bytes(3 * 512) + b"from the disk\n" + bytes(8 * 512))
    (work / "share").mkdir()
    (work / "share/word.txt").write_text("from the host\n", encoding="utf-8")
    bus = {name: "pci" if name in on_pci else "device" for name in ALL}
    said = boot(
        image,
        False,
        *with_disk(work / "disk.img", bus["blk"]),
        "-device",
        f"virtio-serial-{bus['serial']}",
        "-chardev",
        f"file,id=c0,path={work / 'line.txt'}",
        "-device",
        "virtconsole,chardev=c0",
        "-device",
        f"virtio-rng-{bus['rng']}",
        "-netdev",
        "user,id=n0",
        "-device",
        f"virtio-net-{bus['net']},netdev=n0,mac=52:54:00:12:34:56"
        + (",romfile=" if bus["net"] == "pci" else ""),
        "-device",
        f"virtio-keyboard-{bus['keyboard']}",
        "-device",
        f"virtio-gpu-{bus['gpu']}",
        "-device",
        f"virtio-balloon-{bus['balloon']}",
        "-fsdev",
        f"local,id=f0,path={work / 'share'},security_model=none,readonly=on",
        "-device",
        f"virtio-9p-{bus['9p']},fsdev=f0,mount_tag=files",
        "-device",
        f"virtio-scsi-{bus['scsi']},id=s0",
        "-drive",
        f"if=none,id=u0,format=raw,file={work / 'unit.img'}",
        "-device",
        "scsi-hd,bus=s0.0,drive=u0",
        "-object",
        "cryptodev-backend-builtin,id=b0",
        "-device",
        f"virtio-crypto-{bus['crypto']},cryptodev=b0",
    )
    assert sorted(said.splitlines()) == [f"{name}: ok" for name in sorted(ALL.values())]
    assert (work / "line.txt").read_text(encoding="utf-8") == "from the copy\n"
