# SPDX-License-Identifier: MIT
"""
The images of ./vwr conform image on devices of QEMU. codegen/vwr/conform/README.md has the reason of each case that
these break. The boots run side by side, for most of their time is waiting.
"""

import re
import shlex
from concurrent.futures import ThreadPoolExecutor

import pytest

from folders import BUILD, ROOT
from processes import completed, output

from vwr.conform import vmm
from vwr.conform.back_end import Programs

IMAGES = BUILD / "conform/guest"
SIDE_BY_SIDE = 3
SECONDS = 120
VERSION = "7.2."  # of QEMU; what it breaks is that of this version

MACHINES = {
    "aarch64": "qemu-system-aarch64 -M virt -cpu cortex-a57",
    "riscv64": "qemu-system-riscv64 -M virt",
    "x86-64": "qemu-system-x86_64 -M q35",
}
# A notification is handled before the access returns, so that a busy machine does not hide a device that is early.
COMMON = (
    "-m 128M -nodefaults -display none -serial stdio -no-reboot -global virtio-mmio.force-legacy=false "
    "-global virtio-mmio.ioeventfd=off -global virtio-pci.ioeventfd=off"
)
DISK = "-drive if=none,id=d,format=raw,file=DISK -device virtio-blk-{},drive=d,packed=on"
# An indirect table and a queue that is enabled again are in vain for five seconds each: one disk has both.
FAST = "queue_reset=off"
FAST_DISK = DISK.replace("packed=on", f"packed=off,indirect_desc=off,{FAST}")
RNG = f"-device virtio-rng-{{}},max-bytes=65536,period=100,packed=on,{FAST}"
OTHERS = (
    f"-netdev NETDEV,id=n -device virtio-net-device,netdev=n,packed=on,{FAST} "
    f"-chardev CHARDEV,id=c -device virtio-serial-device,packed=on,{FAST} -device virtconsole,chardev=c"
)
KEYBOARD = f"-device virtio-keyboard-device,packed=on,{FAST}"
ALONE = OTHERS.replace("NETDEV", "user,restrict=on").replace("CHARDEV", "null")
# With somebody outside who sends a frame, a text and a key.
CONNECTED = (
    OTHERS.replace("NETDEV", "stream,server=off,addr.type=unix,addr.path=FRAMES").replace(
        "CHARDEV", "socket,path=TEXT"
    )
    + f" {KEYBOARD} -qmp unix:QMP"
)
PORT = "-device pcie-root-port,id=p,chassis=1"
LARGE = "-device pci-testdev,membar=4G"  # for which firmware places all BARs above 4 GiB
EXIT = "-device isa-debug-exit,iobase=0xf4"

# {name: (image, what is changed in it, options of QEMU)}
BOOTS = {
    "mmio": ("aarch64", None, f"{DISK.format('device')} -append quiet"),
    "others": ("aarch64", None, CONNECTED),
    "pci": ("aarch64", None, f"-M virtualization=on {DISK.format('pci')} {PORT} {RNG.format('pci')},bus=p"),
    "riscv64": ("riscv64", None, f"{FAST_DISK.format('device')} {KEYBOARD}"),
    "microvm": ("x86-64", None, f"-M microvm,acpi=off {FAST_DISK.format('device')} {EXIT}"),
    "q35": ("x86-64", None, f"{FAST_DISK.format('pci')} {LARGE}"),
    "pvh": ("x86-64", (b"HdrS", b"none"), f"-M pc {RNG.format('pci')} {EXIT}"),
    "long": ("x86-64", None, f"-M pc {RNG.format('pci')} {EXIT}"),
    "hostile": ("aarch64", None, f"{RNG.format('device')} {ALONE} -append 'conform=rng hostile'"),
    "legacy": ("aarch64", None, f"-global virtio-mmio.force-legacy=true {RNG.format('device')}"),
    "exception": ("aarch64", None, "-append virtio_mmio.device=0x200@0x0b000000:3"),
}

MMIO = {"not_offered", "not_ready"}
QUEUE_RESET = {"queue_reset", "queue_again", "queue_reset_is_quiet"}
UNMARKED = {"packed_marked"}
IDS = {"packed_id_of_last"}
ABSENT = {"in_order", "packed_in_order", "suspends", "packed_suspends"}
LINE = {"line_falls"}
NO_QUEUE_RESET = LINE | QUEUE_RESET | {"no_queue_reset"}
INDIRECT = {"indirect_write_flag", "indirect_last", "indirect_order", "packed_table"}
UNSEEN = INDIRECT | {"packed_list", "packed_marked"}
UNREAD = {
    "packed_id_of_last",
    "indirect_last",
    "indirect_order",
    "request_kept",
    "packed_request_kept",
    "packed_list",
}
NO_TABLE = {"unused_bytes", "writeback", "id_padded"}
BLK = {"indirect_last"} | NO_TABLE | UNMARKED | IDS
READ_ONLY = {"read_only", "ranges"}
NUM_BUFFERS = {"frame_in_one_buffer", "packed_frame_in_one_buffer"}
LENGTH = {"length", "packed_length"}
KEYS = {"key", "key_with_one_buffer", "packed_key", "packed_key_with_one_buffer"}  # nobody presses one
NET = {"queue_pairs", "mtu", "hash_key", "indirection_table", "hash_needs_control"}
# {(boot, device): (broken, not tested)}
FOUND = {
    ("mmio", "blk0"): (BLK | MMIO | QUEUE_RESET, ABSENT | LINE | READ_ONLY),
    ("others", "net0"): (MMIO | IDS | NUM_BUFFERS, ABSENT | NO_QUEUE_RESET | UNSEEN | NET),
    ("others", "console0"): (MMIO | IDS, ABSENT | NO_QUEUE_RESET | UNSEEN),
    ("others", "input0"): (MMIO | LENGTH, ABSENT | NO_QUEUE_RESET | UNSEEN | IDS),
    ("pci", "blk0"): (BLK, ABSENT | READ_ONLY),
    ("pci", "rng0"): (UNMARKED, ABSENT | UNREAD),
    ("riscv64", "blk0"): (NO_TABLE | MMIO, ABSENT | NO_QUEUE_RESET | INDIRECT | READ_ONLY),
    ("riscv64", "input0"): (MMIO | LENGTH, ABSENT | NO_QUEUE_RESET | UNSEEN | KEYS | IDS),
    ("microvm", "blk0"): (NO_TABLE | MMIO, ABSENT | NO_QUEUE_RESET | INDIRECT | READ_ONLY),
    ("q35", "blk0"): (NO_TABLE, ABSENT | INDIRECT | READ_ONLY),
    ("pvh", "rng0"): (UNMARKED, ABSENT | UNREAD),
    ("hostile", "rng0"): (MMIO | UNMARKED, ABSENT | NO_QUEUE_RESET | UNREAD),
}
SPLIT = (("riscv64", "blk0"), ("microvm", "blk0"), ("q35", "blk0"))  # rings only
CODES = {
    "microvm": 3,
    "pvh": 3,
    "long": 1,
}  # of isa-debug-exit, something is broken or not; the others power off
HEAD_BYTES, LOADED_AT = 0x1000, 0x100000  # of the image for x86-64
CASE = re.compile(r"(not )?ok (\d+) - (\w+) (\w+) \([^)]+\)( # SKIP .+)?")


def by_long_mode(folder, image):
    """What loads the image where its head says, and enters it in long mode: options of QEMU."""
    loaded, loader = folder / "long.image", folder / "long.elf"
    loaded.write_bytes(image.read_bytes()[HEAD_BYTES:])
    output(
        ["x86_64-linux-gnu-gcc", "-m64", "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none"]
        + ["-Wl,-Ttext=0x2000000", ROOT / "tests/qemu/baremetal/long_mode.S", "-o", loader]
    )
    return [str(loader), "-device", f"loader,file={loaded},addr={LOADED_AT:#x},force-raw=on"]


def boot(name, folder):
    """(exit code, the console's lines)"""
    arch, change, options = BOOTS[name]
    image = IMAGES / f"conform-{arch}"
    if change:
        old, new = change
        changed = image.read_bytes()
        assert changed.count(old) == 1
        image = folder / f"{name}.image"
        image.write_bytes(changed.replace(old, new))
    kernel = by_long_mode(folder, image) if name == "long" else [str(image)]
    disk = folder / f"{name}.disk"
    disk.write_bytes(bytes(1 << 20))
    words = [word.replace("DISK", str(disk)) for word in shlex.split(f"{MACHINES[arch]} {COMMON} {options}")]
    if "FRAMES" in options:
        return 0, vmm.console(
            ["timeout", "-k", "5", str(SECONDS), *words, "-kernel", "KERNEL"], SECONDS, image, Programs()
        )
    done = completed(["timeout", "-k", "5", SECONDS, *words, "-kernel", *kernel])
    return done.returncode, done.stdout.replace("\r", "").splitlines()


@pytest.fixture(scope="module")
def booted(tmp_path_factory):
    """{name: a future of boot()}"""
    for machine in MACHINES.values():
        if f"version {VERSION}" not in output([machine.split()[0], "--version"]):
            pytest.skip(f"what is broken is that of QEMU {VERSION}")
    folder = tmp_path_factory.mktemp("conform")
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        yield {name: pool.submit(boot, name, folder) for name in BOOTS}


def rows(lines):
    """[(device, case, result)]"""
    found = [CASE.fullmatch(line) for line in lines if line.startswith(("ok", "not ok"))]
    assert None not in found, lines
    assert [int(row[2]) for row in found] == [*range(1, len(found) + 1)]
    return [(row[3], row[4], "broken" if row[1] else "not tested" if row[5] else "kept") for row in found]


def whole(booted, name):
    """The lines of a run that has ended."""
    code, lines = booted[name].result()
    print(*lines, sep="\n")
    assert code == CODES.get(name, 0)
    lines = lines[lines.index("TAP version 14") :]
    assert lines[1].startswith("# Virtwright ")
    results = [result for _, _, result in rows(lines)]
    counts = ", ".join(f"{results.count(one)} {one}" for one in ("kept", "broken", "not tested"))
    assert lines[-1] == f"# conform: end, {counts}"
    assert lines[-2].startswith(f"1..{len(results)}")
    return lines


@pytest.mark.parametrize("name", sorted({name for name, _ in FOUND}))
def test_cases(booted, name):
    lines = whole(booted, name)
    found = rows(lines)
    devices = {device for device, _, _ in found}
    assert devices == {device for boot_of, device in FOUND if boot_of == name}
    for one in devices:
        cases = {
            result: {case for device, case, kind in found if (device, kind) == (one, result)}
            for result in ("kept", "broken", "not tested")
        }
        broken, untested = FOUND[name, one]
        if (name, one) in SPLIT:
            untested = untested | {
                case for device, case, _ in found if device == one and case.startswith("packed_")
            }
        assert (cases["broken"], cases["not tested"]) == (broken, untested), one
        assert {"version_1", "subsets", "reset_is_quiet", "no_event"} <= cases["kept"]
        assert ("packed_subsets" in cases["kept"]) == ((name, one) not in SPLIT)
    assert [(row["case"].split()[1], row["result"]) for row in vmm.rows(lines)] == [row[1:] for row in found]
    assert set(vmm.devices(lines)) >= {name.rstrip("0") for name in devices}
    assert sum(line.startswith("# seen: ") for line in lines) == sum(kind == "broken" for _, _, kind in found)


def test_where(booted):
    assert "# device: blk0 virtio-mmio 0xa003e00 modern" in whole(booted, "mmio")
    assert "# device: blk0 virtio-pci 0:1.0 modern" in whole(booted, "pci")
    assert "# device: rng0 virtio-pci 1:0.0 modern" in whole(booted, "pci")


def test_words(booted):
    """Unknown words are reported; classes and hostile cases are by request."""
    assert "# ignored on the command line: quiet" in whole(booted, "mmio")
    lines = whole(booted, "hostile")
    assert not any(line.startswith("# ignored") for line in lines)
    assert lines.count("# no cases: the command line has other classes") == 2
    assert {"chain_that_loops", "needs_reset", "packed_empty_segment"} <= {case for _, case, _ in rows(lines)}
    assert not {"chain_that_loops", "needs_reset"} & {case for _, case, _ in rows(whole(booted, "mmio"))}


def test_long_mode(booted):
    """A boot loader that enters the image by the protocol of 64 bits: it finds the device, and the command line."""
    lines = whole(booted, "long")
    assert "# ignored on the command line: by-64-bits" in lines
    assert lines.count("# no cases: the command line has other classes") == 1


def test_legacy(booted):
    """There are no cases for a legacy device, which is said."""
    lines = whole(booted, "legacy")
    assert "1..0 # SKIP no device with cases" in lines
    assert any("they are for modern devices" in line for line in lines)


def test_exception(booted):
    """Where nothing answers: the run ends, by name."""
    code, lines = booted["exception"].result()
    print(*lines, sep="\n")
    assert code == 0
    assert lines[-1].startswith("Bail out! exception: ESR 0x96000010") and "address 0xb000000" in lines[-1]
