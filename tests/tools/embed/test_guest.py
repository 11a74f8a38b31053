# SPDX-License-Identifier: MIT
"""A copy of the device side at work: its example as a VM, guest.c as the guest, in one program."""

import re

import pytest

from folders import edit
from processes import completed, need, output
from world import EVERYTHING, HERE, PROFILES, ROOT, written

FLAGS = "-std=c11 -Wall -Wextra -Werror"
SANITIZE = "-fsanitize=address,undefined -fno-sanitize-recover=all"
# Bits of features that a driver is offered: EVENT_IDX is in each copy.
RING_0, EVENT_IDX, VERSION_1, RING_RESET, SUSPEND, RING_1 = 0x30000000, 0x20000000, 0x1, 0x100, 0x800, 0x44
RANGES = 0x14000  # of a disk: WRITE_ZEROES and SECURE_ERASE, where the profile has them
# What the guest says of each device: id, features of its own, and what it did.
SAYS = {
    "blk": "write: 1 bytes, status 0, d\nread: 513 bytes, status 0, d\n",
    "console": "hello\n",
    "entropy": "random: 9 bytes, rrrrrrrrr\n",
    "input": "key: 1, 1 30 1, 0 0 0\n",
    "net": "frame: 60 bytes, n\nsent: 0\ndeliver: 0, 60 bytes, the same\n",
    "gpu": "answers: 0x1100 0x1100 0x1100 0x1100\nredraw: 3 x 2 at 2, 1: g\n",
    "balloon": "take: 0, wanted: 2 pages\ngiven: 4096 bytes at 0x40008000\n",
    "9p": "folder: 101 105 111 13 117, 17 bytes: Yours to change.\n",
    "fs": "fs: 7.31, 17 bytes: Yours to change.\n",
    "scsi": "inquiry: 144 bytes, status 0, virtio disk     \n",
}
IDS = {
    "blk": (2, 0x14044),
    "console": (3, 0),
    "input": (18, 0),
    "net": (1, 0xBF8020),
    "entropy": (4, 0),
    "gpu": (16, 2),
    "balloon": (5, 1),
    "9p": (9, 1),
    "fs": (26, 0),
    "scsi": (8, 6),
}


def program(work, devices=(), options=""):
    """The guest and its VM."""
    output(
        [
            "gcc",
            *FLAGS.split(),
            *options.split(),
            "-I.",
            *(f"-DWITH_{name.upper()}" for name in devices),
            "vwr.c",
            "vwr_example.c",
            HERE / "guest.c",
            HERE / "guest_more.c",
            "-o",
            "program",
        ],
        cwd=work,
    )


def says(work, devices):
    """What the guest sees."""
    return output([work / "program", str(devices)], timeout=60)


@pytest.mark.parametrize(
    "profile, legacy, ring, interrupts",
    [
        ("devices", False, True, 150),
        ("devices, least", False, False, 8),
        ("devices, legacy", True, True, 108),
        *[("messages, least", False, False, 53)] * EVERYTHING,
    ],
    ids=str,
)
def test_devices(work, profile, legacy, ring, interrupts):
    """
    Each does what it is for, and offers of the ring what the profile has. The profile with most is under sanitizers; all are in
    ./vwr soak compilers copies.
    """
    need("gcc")
    written(work, *PROFILES[profile])
    devices = PROFILES[profile][3].split(",")  # in slot 0, 1, …
    program(work, devices, SANITIZE if EVERYTHING or profile == "devices" else "")
    expected = ""
    for name in devices:
        number, own = IDS[name]
        own &= ~(RANGES if name == "blk" and not ring else 0)
        low = own | (RING_0 if ring else EVENT_IDX)
        high = 0 if legacy else VERSION_1 | RING_RESET | (RING_1 | SUSPEND if ring else 0)
        expected += (
            f"device {number}, version {1 if legacy else 2}, features 0x{low:08x} 0x{high:08x}\n" + SAYS[name]
        )
    assert says(work, len(devices)) == expected + f"interrupts {interrupts}\n"


def test_legacy_devices_are_left_out(work):
    """The VMM asks for one: VWR_EUNSUPP, and no device."""
    need("gcc")
    written(work, "--side", "device", "--device", "entropy", "--interface", "modern")
    edit(work / "vwr_example.c", ".vm = &vm", ".vm = &vm, .legacy = true")
    program(work)
    header = (work / "vwr.h").read_text(encoding="utf-8")
    number = next(
        line.split("=")[1].split(",")[0].strip() for line in header.splitlines() if "VWR_EUNSUPP =" in line
    )
    assert says(work, 1) == f"start {number}\n"


def test_without_words(work):
    """No name of a feature, register or status is in the copy; with words they are."""
    need("gcc")
    written(work, *PROFILES["devices"], "--without", "texts")
    code = (work / "vwr.c").read_text(encoding="utf-8")
    assert "_names[]" not in code and '"RING_PACKED"' not in code
    written(work, "--with", "texts")
    code = (work / "vwr.c").read_text(encoding="utf-8")
    assert (
        "vwr_blk_feature_names[]" in code
        and "vwr_console_feature_names[]" in code
        and '"RING_PACKED"' in code
    )


def test_a_broken_device_has_numbers(work):
    """`./vwr explain` turns the fault of a copy without texts into the sentence and the clause."""
    need("gcc")
    written(work, "--side", "device", "--device", "entropy")
    program(work, ["lie"])
    fault = re.search(r"^device 0: fault (.*)$", says(work, 1), re.MULTILINE)
    said = output([ROOT / "vwr", "explain", "--device-fault", fault[1]])
    assert (
        "queue 0: the 9 bytes at 0x140004000 are not guest memory" in said and "[rfeat.drv.5: " in said
    ), said


PARTS = {
    "packed": "vwr_vpacked_",
    "indirect": "vchain_open_table",
    "in_order": "in_order_put_used",
    "memory": "vwr_vblk_memory",
    "classes": "enum vwr_vstream_end vwr_vstream_fill(",
    "ports": "void vwr_vconsole_plug(",
}


def code_of(folder):
    """The lines of a copy that are no comments, by file."""
    return {
        file: "".join(
            line
            for line in (folder / file).read_text(encoding="utf-8").splitlines(True)
            if not line.lstrip().startswith(("*", "/*", "//"))
        )
        for file in ("vwr.h", "vwr.c")
    }


@pytest.mark.parametrize(
    "left_out",
    [
        ["classes"],
        [name for name in PARTS if name != "classes"],
        *(
            pytest.param([name], marks=pytest.mark.soak("one copy is without all of these"))
            for name in PARTS
            if name != "classes"
        ),
    ],
    ids=",".join,
)
def test_a_part_is_not_there(work, left_out):
    """In the copy with all of them, not in the one without it."""
    need("gcc")
    chosen = ["--side", "device", "--device", "blk,console", "--preset", "everything"]
    written(work / "all", *chosen)
    written(work / "without", *chosen, "--without", ",".join(left_out))
    whole, rest = code_of(work / "all"), code_of(work / "without")
    for part in left_out:
        file = "vwr.h" if part in ("classes", "ports") else "vwr.c"
        assert PARTS[part] in whole[file] and PARTS[part] not in rest[file], part


def test_a_folder_of_the_host_compiles_beside_it(work):
    """As the README says: the adapter is no part."""
    need("gcc")
    written(work, *PROFILES["9p, least"], "--files")
    sources = sorted((ROOT / "hosted/posix").glob("vwr_posix_folder*.c"))
    done = completed(
        ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I.", "-Iinclude", *sources],
        cwd=work,
    )
    assert sources and done.returncode == 0, done.stderr


def test_from_cxx(work):
    """The headers in C++17, of all that there is, and the copy's functions by their names in C."""
    need("g++", "nm")
    written(work, *PROFILES["both"])
    (work / "main.cc").write_text(
        '#include "vwr_example.h"\n'
        "void vwr_example_irq(uint32_t, bool)\n{\n}\nvoid vwr_example_broken(const struct vwr_vdev *)\n{\n}\nvoid vwr_example_put(uint8_t)\n{\n}\n"
        "uint32_t vwr_example_random(uint8_t *, uint32_t n)\n{\n    return n;\n}\n"
        "void vwr_example_redraw(const struct vwr_vgpu_flush *)\n{\n}\nvoid vwr_example_given(uint64_t, uint64_t)\n{\n}\n"
        "int main()\n{\n    alignas(8) static uint8_t none[VWR_MMIO_SIZE];\n    static uint8_t ram[4096];\n"
        "    return vwr_example_start(none, none, ram, 0, sizeof ram) == VWR_EMAGIC ? 0 : 1;\n}\n",
        encoding="utf-8",
    )
    output("g++ -std=c++17 -Wall -Wextra -Werror -c main.cc".split(), cwd=work)
    said = output(["nm", "main.o"], cwd=work)
    names = set(re.findall(r" [TU] (?!main\b|_GLOBAL_)(\w+)", said))
    assert "vwr_example_start" in names and all(
        name.startswith(("vwr_", "__stack_chk")) for name in names
    ), said
