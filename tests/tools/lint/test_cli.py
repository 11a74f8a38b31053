# SPDX-License-Identifier: MIT
"""Options, formats and exit codes of ./vwr lint, and what it says when it cannot run."""

import json
import os

import pytest

from world import GOOD, bad, findings, judged, line_of, run

INTERRUPT = ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28")
SAID = "VIRTQ_AVAIL_F_NO_INTERRUPT is 28, the specification has 1"
ZONED = ("struct virtio_blk_zoned_characteristics zoned;", "")
UNUSABLE = 2


# --- formats ---


def test_text(work):
    path = bad(work, INTERRUPT, ("#define VIRTIO_BLK_F_MQ 12", ""))
    done = run(path.name, cwd=work)
    first, second, last = done.stdout.splitlines()
    assert first == (
        "bad.h:12: note: VIRTIO_BLK_F_MQ (12) is not in the header, which has 15 others of the family"
        " [Block Device / Feature bits]"
    )
    assert (
        second
        == f"bad.h:{line_of(path, INTERRUPT[1])}: error: {SAID} [Split Virtqueues / The Virtqueue Available Ring]"
    )
    assert last == "compared with VIRTIO 1.4: 103 constants, 9 structs, 63 fields: 1 error, 1 note"
    assert done.returncode == 1


def test_json(work):
    path = bad(work, INTERRUPT)
    done = run("--format", "json", "--cc", "gcc -O2", path.name, cwd=work)
    found = json.loads(done.stdout)
    assert {key: found[key] for key in found if key != "findings"} == {
        "document": "VIRTIO 1.4",
        "compiler": "gcc -O2",
        "headers": ["bad.h"],
        "unusable": [],
        "errors": 1,
        "uncompared": [],
        "own": [],
        "compared": {"constants": 104, "structs": 9, "fields": 63},
    }
    assert found["findings"] == [
        {
            "file": "bad.h",
            "line": line_of(path, INTERRUPT[1]),
            "level": "error",
            "kind": "value",
            "name": "VIRTQ_AVAIL_F_NO_INTERRUPT",
            "document": "VIRTQ_AVAIL_F_NO_INTERRUPT",
            "have": 28,
            "want": 1,
            "sentence": SAID,
            "section": "Split Virtqueues / The Virtqueue Available Ring",
            "reason": None,
        }
    ]


def test_github(work):
    path = bad(work, INTERRUPT)
    done = run("--format", "github", path.name, cwd=work)
    assert done.stdout == f"::error file=bad.h,line={line_of(path, INTERRUPT[1])},title=value::{SAID}\n"


# --- what is compared ---


def test_only(work):
    path = bad(work, INTERRUPT, ("VIRTIO_BLK_F_RO 5", "VIRTIO_BLK_F_RO 8"))
    assert findings("--only", "split-ring,mmio", path) == (1, [f"error: {SAID}"])
    assert findings("--only", "mmio", path) == (0, [])


def test_version(work):
    """What is newer need not be there, and may be."""
    path = bad(work, ZONED, ("#define VIRTIO_BLK_F_ZONED 17", ""))
    assert findings(path)[0] == 1
    assert findings("--version", "1.2", path) == (0, [])
    assert findings("--version", "1.2", GOOD) == (0, [])
    assert findings("--version", "1.1", path) == (0, [])


MAPPED = """
#define MY_READONLY 6
struct disk_config { unsigned long long sectors; unsigned size_max; unsigned seg_max; };
typedef struct { unsigned long long where; unsigned flags; unsigned len; } ring_entry;
enum { OFF_QUEUES = 72 };
"""


TEACHING = """
#ifndef VIRTIO_H
#define VIRTIO_H 1
#define VIRTIO_MMIO_QUEUE_DESC_LOW 0x080
#define VIRTIO_MMIO_QUEUE_DESC_HIGH 0x084
#define VIRTIO_MMIO_DRIVER_DESC_LOW 0x090
#define VIRTIO_MMIO_DRIVER_DESC_HIGH 0x094
#define VIRTIO_MMIO_DEVICE_DESC_LOW 0x0a0
#define VIRTIO_MMIO_DEVICE_DESC_HIGH 0x0a4
#endif
"""
PREFIXED = "".join(
    f"#define VIRTIO_REG_{name} {at}\n"
    for name, at in (
        ("MAGIC", 0),
        ("VERSION", 4),
        ("DEVICE_ID", 8),
        ("QUEUE_SEL", 0x30),
        ("QUEUE_NUM", 0x38),
        ("QUEUE_PFN", 0x40),
        ("DEVICE_STATUS", 0x70),
    )
)


MAPS = [
    "MY_READONLY=VIRTIO_BLK_F_RO",
    "OFF_QUEUES=virtio_blk_config.num_queues",
    "struct disk_config=virtio_blk_config",
    "disk_config.sectors=virtio_blk_config.capacity",
    "ring_entry=virtq_desc",
    "ring_entry.where=virtq_desc.addr",
]
TO_A_REGISTER = ["--map", "VIRTIO_USED_TOP=QueueDeviceHigh"]
PCI = "#define VIRTIO_REG_QUEUE_SEL 14\n#define VIRTIO_REG_QUEUE_PFN 8\n#define VIRTIO_REG_DEVICE_STATUS 18\n"
LACKING = "note: {} and 18 more are not in the header, which has {} others of the family"
LACKS = LACKING.format(
    "VIRTIO_MMIO_MAGIC_VALUE (0x000), VIRTIO_MMIO_VERSION (0x004), VIRTIO_MMIO_DEVICE_ID (0x008), VIRTIO_MMIO_VENDOR_ID"
    " (0x00c), VIRTIO_MMIO_DEVICE_FEATURES (0x010), VIRTIO_MMIO_DEVICE_FEATURES_SEL (0x014)",
    6,
)
LACKS_OTHERS = LACKING.format(
    "VIRTIO_MMIO_VENDOR_ID (0x00c), VIRTIO_MMIO_DEVICE_FEATURES (0x010), VIRTIO_MMIO_DEVICE_FEATURES_SEL (0x014),"
    " VIRTIO_MMIO_DRIVER_FEATURES (0x020), VIRTIO_MMIO_DRIVER_FEATURES_SEL (0x024), VIRTIO_MMIO_QUEUE_SIZE_MAX (0x034)",
    7,
)
# What it is: (a header of others, options, (exit code, findings)).
BLK_REQ = (
    "struct virtio_blk_req {{\n    unsigned {};\n    unsigned {};\n    unsigned long long sector;\n"
    "    unsigned char data[512];\n    unsigned char status;\n}};\n"
)
SWAPPED = (
    "error: struct virtio_blk_req: type and reserved are swapped: type is at 4, the specification has it at 0; reserved is"
    " at 0, the specification has it at 4"
)
THEIRS = {
    "names that are mapped": (
        MAPPED,
        [*(word for one in MAPS for word in ("--map", one)), "--only", "blk,split-ring,mmio"],
        (
            1,
            [
                "error: MY_READONLY is 6, the specification has 5; 6 is VIRTIO_BLK_F_BLK_SIZE",
                "error: struct disk_config: it ends before geometry: geometry, blk_size, topology, writeback, num_queues,"
                " max_discard_sectors and 9 more are missing",
                "error: ring_entry: from 8 on it has flags and len, the specification has len and flags",
                "error: OFF_QUEUES is 72, the specification has virtio_blk_config.num_queues at 34; at 72 is zoned.zone_sectors",
            ],
        ),
    ),
    # The areas of a queue by who writes them.
    "names of teaching kernels": (TEACHING, [], (0, [LACKS])),
    "mistakes of a teaching kernel": (
        TEACHING.replace("0x0a4", "0x0a8").replace("LOW 0x090", "LOW 0x098"),
        [],
        (
            1,
            [
                LACKS,
                "error: VIRTIO_MMIO_DRIVER_DESC_LOW is 0x098, the specification has 0x090",
                "error: VIRTIO_MMIO_DEVICE_DESC_HIGH is 0x0a8, the specification has 0x0a4",
            ],
        ),
    ),
    # Unless it is another transport's.
    "registers behind another prefix": (
        PREFIXED.replace("PFN 64", "PFN 68"),
        [],
        (
            1,
            [
                LACKS_OTHERS,
                "error: VIRTIO_REG_QUEUE_PFN is 0x044, the specification has 0x040; 0x044 is VIRTIO_MMIO_QUEUE_READY",
            ],
        ),
    ),
    "registers of PCI behind that prefix": (PCI + "#define VIRTIO_BLK_F_RO 5\n", [], (0, [])),
    # By the name that the specification has for it.
    "a register that is mapped": (
        "#define VIRTIO_USED_TOP 0x0a8\n",
        TO_A_REGISTER,
        (1, ["error: VIRTIO_USED_TOP is 0x0a8, the specification has 0x0a4"]),
    ),
    # A request is one struct in the specification, and three parts here.
    "a whole request": (BLK_REQ.format("type", "reserved"), [], (0, [])),
    "a whole request with swapped fields": (BLK_REQ.format("reserved", "type"), [], (1, [SWAPPED])),
    "its header alone": (
        BLK_REQ.format("type", "reserved").partition("    unsigned char")[0] + "};\n",
        [],
        (0, []),
    ),
    "the kernel's name of its header": (
        BLK_REQ.format("reserved", "type").replace("virtio_blk_req", "disk_head"),
        ["--map", "struct disk_head=virtio_blk_outhdr"],
        (
            1,
            [
                SWAPPED.replace("virtio_blk_req", "disk_head"),
                "note: struct disk_head: the specification has no field data",
                "note: struct disk_head: the specification has no field status",
            ],
        ),
    ),
    "a register that is mapped and right": ("#define VIRTIO_USED_TOP 0x0a4\n", TO_A_REGISTER, (0, [])),
}


@pytest.mark.parametrize("what", THEIRS)
def test_theirs(work, what):
    text, options, expected = THEIRS[what]
    (work / "theirs.h").write_text(text, encoding="utf-8")
    assert findings(*options, "theirs.h", cwd=work) == expected


def test_what_was_not_compared(work):
    """It is listed, with what to do: no more is said to be right than was looked at."""
    path = work / "theirs.h"
    path.write_text(
        "#define VIRTIO_BLK_F_RO 5\n#define VIRTIO_USED_TOP 0x0a8\n#define VIRTIO_F(x) x\nvoid virtio_start(void);\n"
        "struct virtio_disk { int lock; };\n",
        encoding="utf-8",
    )
    done = run(path.name, cwd=work)
    assert done.returncode == 0 and done.stdout == (
        "theirs.h: not compared: VIRTIO_USED_TOP, struct virtio_disk\n"
        "Next: --map 'VIRTIO_USED_TOP=DOCUMENT_NAME', if one of them is an item of the specification"
        " (QueueDeviceHigh, VIRTIO_BLK_F_RO, virtq_desc, virtio_blk_config.capacity)\n"
        "compared with VIRTIO 1.4: 1 constant, 0 structs, 0 fields: nothing is wrong with them; 2 names not compared\n"
    )
    found = json.loads(run("--format", "json", path.name, cwd=work).stdout)
    assert found["uncompared"] == [
        {"file": "theirs.h", "line": 2, "name": "VIRTIO_USED_TOP"},
        {"file": "theirs.h", "line": 5, "name": "struct virtio_disk"},
    ]
    path.write_text(path.read_text(encoding="utf-8") + "#define DISK 1\n", encoding="utf-8")
    assert "not compared" not in run("--only", "blk", path).stdout  # that was asked for


def test_names_without_virtio(work):
    """Constants and structs of the header itself are listed and counted; --map compares them."""
    (work / "types.h").write_text("#define TYPES 1\nenum { OF_TYPES = 2 };\n", encoding="utf-8")
    path = work / "theirs.h"
    path.write_text(
        '#ifndef THEIRS_H\n#define THEIRS_H\n#include "types.h"\n#define VIRTIO_BLK_F_MQ 12\n#define DISK_F_RO 6\n'
        "#define NOINLINE __attribute__((noinline))\n#define DISK_MIN(a, b) (a)\nenum { DISK_S_OK = 0 };\n"
        "struct disk_request { int type; };\nint DISK_VARIABLE(void);\n#endif\n",
        encoding="utf-8",
    )
    done = run(path.name, cwd=work)
    assert done.returncode == 0 and done.stdout == (
        "theirs.h: not compared, because no virtio is in the names: DISK_F_RO, DISK_S_OK and struct disk_request\n"
        "compared with VIRTIO 1.4: 1 constant, 0 structs, 0 fields: nothing is wrong with them; 3 names without virtio"
        " in them not compared\n"
    )
    done = run("--map", "DISK_F_RO=VIRTIO_BLK_F_RO", path.name, cwd=work)
    assert done.returncode == 1 and "error: DISK_F_RO is 6" in done.stdout
    assert "in the names: DISK_S_OK and struct disk_request\n" in done.stdout
    found = json.loads(run("--format", "json", path.name, cwd=work).stdout)
    assert [(one["line"], one["name"]) for one in found["own"]] == [
        (5, "DISK_F_RO"),
        (8, "DISK_S_OK"),
        (9, "struct disk_request"),
    ]


def test_options_in_a_file(work):
    path = work / "mine.h"
    path.write_text(MAPPED, encoding="utf-8")
    (work / "lint.options").write_text("--map\nMY_READONLY=VIRTIO_BLK_F_BLK_SIZE\n", encoding="utf-8")
    assert findings("@lint.options", path.name, cwd=work) == (0, [])


def test_errata(work):
    path = bad(work, INTERRUPT, ZONED)
    known = work / "known.yaml"
    known.write_text(
        "- {kind: constant, name: VIRTQ_AVAIL_F_NO_INTERRUPT, theirs: 28, reason: An old story.}\n"
        "- {kind: field, only: ours, names: ['virtio_blk_config.zoned*'], reason: No zones here.}\n",
        encoding="utf-8",
    )
    code, found = judged("--errata", known, path)
    assert code == 0 and [one["level"] for one in found] == ["note", "note"]
    assert [one["reason"] for one in found] == ["An old story.", "No zones here."]
    text = run("--errata", known, path).stdout
    assert f"note: {SAID}: known: An old story. [" in text
    known.write_text(
        "- {kind: constant, name: VIRTQ_AVAIL_F_NO_INTERRUPT, theirs: 27, reason: Another number.}\n",
        encoding="utf-8",
    )
    assert findings("--errata", known, path)[0] == 1


def test_the_kernels_differences_are_the_kernels(work):
    """In other folders than linux/ they are differences like any other."""
    (work / "linux").mkdir()
    path = bad(work, ZONED)
    assert findings(path)[0] == 1
    os.rename(path, work / "linux" / "virtio_blk.h")
    assert findings(work / "linux" / "virtio_blk.h")[0] == 0


def test_folder(work):
    (work / "deep").mkdir()
    os.rename(bad(work, INTERRUPT), work / "deep" / "ring.h")
    (work / "broken.h").write_text("no header and no business of ours\n", encoding="utf-8")
    assert findings(work) == (1, [f"error: {SAID}"])


def test_options_of_the_compiler(work):
    (work / "include").mkdir()
    (work / "include" / "types.h").write_text("typedef NUMBER u16;\n", encoding="utf-8")
    path = work / "used.h"
    path.write_text(
        "#include <types.h>\nstruct virtq_avail { u16 flags, idx; SLOT ring[4]; };\n", encoding="utf-8"
    )
    (work / "slot.h").write_text("typedef unsigned short SLOT;\n", encoding="utf-8")
    good = ["-I", "include", "-D", "NUMBER=unsigned short", "--include", "slot.h", path.name]
    assert findings(*good, cwd=work) == (0, [])
    good[3] = "NUMBER=unsigned"
    assert findings(*good, cwd=work)[0] == 1


# --- what it cannot do ---


# Files that stand there, and what is said of them.
FILES = {
    "other.h": "#define SOMETHING 1\n",
    "theirs.h": "#define VIRTIO_USED_TOP 0x0a8\n",
    "lacks.yaml": "- {kind: constant}\n",
    "broken.yaml": "- {kind: [\n",
}
NOTHING = "nothing here has a name of the specification"
REFUSED = [
    (["--only", "bkl", GOOD], "there is no 'bkl'; did you mean 'blk'?"),
    (["--version", "2.0", GOOD], "the description has legacy, 1.0, 1.1, 1.2, 1.3, 1.4"),
    *((["-D", macro, GOOD], "a macro has the form NAME or NAME=VALUE") for macro in ("", "=1", "1=2")),
    (["--map", "MY_READONLY", GOOD], "the form is THEIRS=DOCUMENT_NAME"),
    (
        ["--map", "MY_READONLY=VIRTIO_BLK_F_R0", GOOD],
        "the specification has no VIRTIO_BLK_F_R0; did you mean VIRTIO_BLK_F_RO?",
    ),
    (
        ["--map", "OFF=virtio_blk_config.nqueues", GOOD],
        "the specification has no virtio_blk_config.nqueues; did you mean virtio_blk_config.num_queues?",
    ),
    (["--map", "TOP=QueueDeviceHihg", GOOD], "did you mean QueueDeviceHigh?"),
    (["--map", "NOWHERE=VIRTIO_BLK_F_RO", GOOD], "no header has the left side"),
    (["--map", "struct nothing=virtio_blk_config", GOOD], "no header has the left side"),
    (["--errata", "lacks.yaml", GOOD], "entry 1 must have kind, name or names, and reason"),
    (["--errata", "broken.yaml", GOOD], "broken.yaml"),
    (["--errata", "nowhere.yaml", GOOD], "nowhere.yaml"),
    (
        ["--cc", "no-such-gcc -O2", GOOD],
        "vwr lint: there is no compiler 'no-such-gcc'\n"
        "Next: --cc 'YOUR-COMPILER ITS-OPTIONS', or apt-get install gcc\n",
    ),
    (["--cc", "gcc '", GOOD], "No closing quotation"),
    (["--cc", "", GOOD], "--cc names no compiler"),
    (["--cc", "true", GOOD], "does not produce an object file"),
    (["nothing.h"], "nothing.h: there is no such file"),
    (["lacks.yaml"], "lacks.yaml: a description of a device is no C header\nNext: ./vwr help check"),
    (["other.h"], f"{NOTHING}, including SOMETHING\nNext: --map "),
    (["theirs.h"], f"{NOTHING}, including VIRTIO_USED_TOP\nNext: --map "),
    (["empty"], "no header in this folder concerns VirtIO"),
    ([], "vwr lint: the following arguments are required: HEADER\nNext: ./vwr help lint\n"),
]


@pytest.mark.parametrize("arguments, said", REFUSED)
def test_refused(work, arguments, said):
    """A run that cannot be made."""
    (work / "empty").mkdir()
    for name, text in FILES.items():
        (work / name).write_text(text, encoding="utf-8")
    done = run(*arguments, cwd=work)
    assert done.returncode == UNUSABLE and said in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text, said, hint",
    [
        ("struct a { u32 b; };\n", "unknown type name 'u32'", "--include THE-HEADER-THAT-DEFINES-u32"),
        (
            "#include <a/types.h>\n",
            "a/types.h: No such file or directory",
            "-I THE-FOLDER-THAT-HAS-a/types.h",
        ),
        ("#include <near.h>\n", "near.h: No such file or directory", "-I {work}/include"),
        (
            "#error wrong machine\n",
            "#error wrong machine",
            "add --include, -I and -D as for its users",
        ),
        ("struct a { int", "at end of input", "add --include, -I and -D as for its users"),
    ],
)
def test_a_header_that_does_not_compile(work, text, said, hint):
    (work / "include").mkdir()
    (work / "include" / "near.h").write_text("", encoding="utf-8")
    (work / "a").mkdir()
    (work / "a" / "broken.h").write_text(text, encoding="utf-8")
    done = run("--cc", "gcc", "broken.h", GOOD, cwd=work / "a")
    assert done.returncode == UNUSABLE
    first, second, last = done.stdout.replace("‘", "'").replace("’", "'").splitlines()
    assert first.startswith("broken.h: error: the header does not compile: ") and first.endswith(said)
    assert second.startswith(f"Next: {hint.format(work=work)}") and "vwr_probe" not in done.stdout
    assert "104 constants" in last and last.endswith("0 errors; 1 header not read")
    found = json.loads(run("--format", "json", "broken.h", cwd=work / "a").stdout)
    assert found["unusable"][0]["file"] == "broken.h" and found["unusable"][0]["next"] in second


def test_names_with_spaces_and_worse(work):
    (work / "a folder").mkdir()
    for name in ("a header.h", "per%cent.h", "umläut.h"):
        path = work / "a folder" / name
        os.rename(bad(work, INTERRUPT), path)
        assert [one["file"] for one in judged(f"a folder/{name}", cwd=work)[1]] == [f"a folder/{name}"]
    assert "file=a folder/per%25cent.h" in run("--format", "github", "a folder/per%cent.h", cwd=work).stdout
