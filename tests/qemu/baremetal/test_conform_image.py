# SPDX-License-Identifier: MIT
"""
The images of ./vwr conform image on devices of QEMU. codegen/vwr/conform/README.md has the reason of each case that
these break. The boots run side by side, for most of their time is waiting.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from folders import BUILD, ROOT
from processes import completed, output

from vwr.conform import vmm

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
# Without what takes five seconds to be broken: the other disks have it.
QUICK_DISK = f"{DISK.replace(',packed=on', '')},indirect_desc=off"
SPLIT_ONLY = {"riscv64", "microvm", "q35"}
RNG = "-device virtio-rng-{},max-bytes=65536,period=100,packed=on"
OTHERS = (
    "-netdev user,id=n,restrict=on -device virtio-net-device,netdev=n,packed=on "
    "-chardev null,id=c -device virtio-serial-device,packed=on -device virtconsole,chardev=c"
)
EXIT = "-device isa-debug-exit,iobase=0xf4"

# {name: (image, what is changed in it, options of QEMU)}
BOOTS = {
    "mmio": ("aarch64", None, f"{DISK.format('device')} -append quiet"),
    "others": ("aarch64", None, OTHERS),
    "pci": ("aarch64", None, f"-M virtualization=on {DISK.format('pci')} {RNG.format('pci')}"),
    "riscv64": ("riscv64", None, QUICK_DISK.format("device")),
    "microvm": ("x86-64", None, f"-M microvm,acpi=off {QUICK_DISK.format('device')} {EXIT}"),
    "q35": ("x86-64", None, QUICK_DISK.format("pci")),
    "pvh": ("x86-64", (b"HdrS", b"none"), f"-M pc {RNG.format('pci')} {EXIT}"),
    "long": ("x86-64", None, f"-M pc {RNG.format('pci')} {EXIT}"),
    "hostile": ("aarch64", None, f"{RNG.format('device')} {OTHERS} -append 'conform=rng hostile'"),
    "legacy": ("aarch64", None, f"-global virtio-mmio.force-legacy=true {RNG.format('device')}"),
    "exception": ("aarch64", None, "-append virtio_mmio.device=0x200@0x0b000000:3"),
}

MMIO = {"not_offered", "not_ready", "queue_reset", "queue_again", "queue_reset_is_quiet"}
UNMARKED = {"packed_marked"}
IDS = {"packed_id_of_last"}
ORDER = {"in_order", "packed_in_order"}
LINE = {"line_falls"}
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
NO_TABLE = IDS | {"failed_read", "unused_bytes", "writeback", "id_padded"} | UNMARKED
BLK = {"indirect_last"} | NO_TABLE
READ_ONLY = {"read_only", "ranges"}
NET = {"queue_pairs", "mtu", "hash_key", "indirection_table", "hash_needs_control"}
# {(boot, device): (broken, not tested)}
FOUND = {
    ("mmio", "blk0"): (BLK | MMIO, ORDER | LINE | READ_ONLY),
    ("others", "net0"): (MMIO | IDS, ORDER | LINE | UNSEEN | NET),
    ("others", "console0"): (MMIO | IDS, ORDER | LINE | UNSEEN),
    ("pci", "blk0"): (BLK, ORDER | READ_ONLY),
    ("pci", "rng0"): (UNMARKED, ORDER | UNREAD),
    ("riscv64", "blk0"): (NO_TABLE | MMIO, ORDER | LINE | INDIRECT | READ_ONLY),
    ("microvm", "blk0"): (NO_TABLE | MMIO, ORDER | LINE | INDIRECT | READ_ONLY),
    ("q35", "blk0"): (NO_TABLE, ORDER | INDIRECT | READ_ONLY),
    ("pvh", "rng0"): (UNMARKED, ORDER | UNREAD),
    ("long", "rng0"): (UNMARKED, ORDER | UNREAD),
    ("hostile", "rng0"): (MMIO | UNMARKED, ORDER | LINE | UNREAD),
}
CODES = {
    "microvm": 3,
    "pvh": 3,
    "long": 3,
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
    return f"{loader} -device loader,file={loaded},addr={LOADED_AT:#x},force-raw=on"


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
    if name == "long":
        image = by_long_mode(folder, image)
    disk = folder / f"{name}.disk"
    disk.write_bytes(bytes(1 << 20))
    words = f"{MACHINES[arch]} {COMMON} -kernel {image} {options}".replace("DISK", str(disk))
    split = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", words)]
    done = completed(["timeout", "-k", "5", SECONDS, *split])
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
        if name in SPLIT_ONLY:
            packed = {case for device, case, _ in found if case.startswith("packed_")}
            assert packed and packed <= cases["not tested"]
            cases["not tested"] -= packed - {"packed_in_order"}
        else:
            assert "packed_subsets" in cases["kept"]
        known = tuple(
            cases_of - IDS - UNMARKED if name in SPLIT_ONLY else cases_of for cases_of in FOUND[name, one]
        )
        assert (cases["broken"], cases["not tested"]) == known, one
        assert {"version_1", "subsets", "reset_is_quiet", "no_event"} <= cases["kept"]
    assert [(row["case"].split()[1], row["result"]) for row in vmm.rows(lines)] == [row[1:] for row in found]
    assert set(vmm.devices(lines)) >= {name.rstrip("0") for name in devices}
    assert sum(line.startswith("# seen: ") for line in lines) == sum(kind == "broken" for _, _, kind in found)


def test_where(booted):
    assert "# device: blk0 virtio-mmio 0xa003e00 modern" in whole(booted, "mmio")
    assert "# device: blk0 virtio-pci 0:1.0 modern" in whole(booted, "pci")


def test_words(booted):
    """Unknown words are reported; classes and hostile cases are by request."""
    assert "# ignored on the command line: quiet" in whole(booted, "mmio")
    assert "# ignored on the command line: by-64-bits" in whole(booted, "long")
    lines = whole(booted, "hostile")
    assert not any(line.startswith("# ignored") for line in lines)
    assert lines.count("# no cases: the command line has other classes") == 2
    assert {"chain_that_loops", "packed_empty_segment"} <= {case for _, case, _ in rows(lines)}
    assert not {"chain_that_loops"} & {case for _, case, _ in rows(whole(booted, "mmio"))}


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
