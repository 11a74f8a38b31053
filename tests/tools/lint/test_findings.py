# SPDX-License-Identifier: MIT
"""One mistake of each kind in a good header, and the words said of it, all of them."""

import re

import pytest

from world import GOOD, bad, findings, judged, line_of, run

CONFIG = "error: struct virtio_blk_config: "
DESC = "error: struct virtq_desc: "
TAIL = ["u32 max_discard_sectors;", "u32 max_discard_seg;", "u32 discard_sector_alignment;",
        "u32 max_write_zeroes_sectors;", "u32 max_write_zeroes_seg;", "u8 write_zeroes_may_unmap;", "u8 unused1[3];",
        "u32 max_secure_erase_sectors;", "u32 max_secure_erase_seg;", "u32 secure_erase_sector_alignment;",
        "struct virtio_blk_zoned_characteristics zoned;"]
# Enumerators that count by themselves.
COUNTING = [("VIRTIO_BLK_S_ZONE_INVALID_CMD = 3", "VIRTIO_BLK_S_ZONE_INVALID_CMD"),
            ("VIRTIO_BLK_S_ZONE_UNALIGNED_WP = 4", "VIRTIO_BLK_S_ZONE_UNALIGNED_WP"),
            ("VIRTIO_BLK_S_ZONE_OPEN_RESOURCE = 5", "VIRTIO_BLK_S_ZONE_OPEN_RESOURCE"),
            ("VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE = 6", "VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE")]

# {what: ([(old, new)…], [what is said]…)}
NUMBERS = {
    "wrong value": (
        [("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28")],
        ["error: VIRTQ_AVAIL_F_NO_INTERRUPT is 28, the specification has 1"]),
    "another's value": (
        [("VIRTIO_BLK_F_RO 5", "VIRTIO_BLK_F_RO 6")],
        ["error: VIRTIO_BLK_F_RO is 6, the specification has 5; 6 is VIRTIO_BLK_F_BLK_SIZE"]),
    "a register elsewhere": (
        [("VIRTIO_MMIO_QUEUE_READY 0x044", "VIRTIO_MMIO_QUEUE_READY 0x048")],
        ["error: VIRTIO_MMIO_QUEUE_READY is 0x048, the specification has 0x044"]),
    "wrong enumerator": (
        [("VIRTIO_BLK_T_FLUSH = 4", "VIRTIO_BLK_T_FLUSH = 6")],
        ["error: VIRTIO_BLK_T_FLUSH is 6, the specification has 4"]),
    "swapped names": (
        [("VIRTIO_BLK_F_RO 5", "VIRTIO_BLK_F_RO 6"), ("VIRTIO_BLK_F_BLK_SIZE 6", "VIRTIO_BLK_F_BLK_SIZE 5")],
        ["error: VIRTIO_BLK_F_RO and VIRTIO_BLK_F_BLK_SIZE are swapped: 6 and 5, the specification has 5 and 6"]),
    "a mask among bit numbers": (
        [("VIRTIO_BLK_F_RO 5", "VIRTIO_BLK_F_RO (1u << 5)")],
        ["error: VIRTIO_BLK_F_RO is a mask of bit 5, where the specification has the number of the bit; others of its family"
         " are numbers of bits"]),
    "a bit number among masks": (
        [("VIRTIO_CONFIG_S_FAILED 128", "VIRTIO_CONFIG_S_FAILED 7")],
        ["error: VIRTIO_CONFIG_S_FAILED is the number of the bit, where the specification has its mask 128; others of its"
         " family are masks"]),
    "missing constant": (
        [("#define VIRTIO_BLK_F_MQ 12", "")],
        ["note: VIRTIO_BLK_F_MQ (12) is not in the header, which has 15 others of the family"]),
    "misspelt constant": (
        [("VIRTIO_BLK_F_SECURE_ERASE 16", "VIRTIO_BLK_F_SECURE_ERAZE 16")],
        ["note: the specification has no VIRTIO_BLK_F_SECURE_ERAZE (16); did you mean VIRTIO_BLK_F_SECURE_ERASE?"]),
    "a constant of their own": (
        [("#define VIRTIO_BLK_F_ZONED 17", "#define VIRTIO_BLK_F_ZONED 17\n#define VIRTIO_BLK_F_COLOUR 40")],
        ["note: the specification has no VIRTIO_BLK_F_COLOUR (40)"]),
    "an enumerator is missing and the rest counts on": (
        [("VIRTIO_BLK_S_UNSUPP = 2,", ""), *COUNTING],
        ["error: VIRTIO_BLK_S_ZONE_INVALID_CMD is 2, the specification has 3, and so on to"
         " VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE: all 4 are 1 too small; before it VIRTIO_BLK_S_UNSUPP is missing"]),
    "an enumerator too much": (
        [("VIRTIO_BLK_S_UNSUPP = 2,", "VIRTIO_BLK_S_UNSUPP = 2,\n    VIRTIO_BLK_S_BUSY,"), *COUNTING],
        ["note: the specification has no VIRTIO_BLK_S_BUSY (3)",
         "error: VIRTIO_BLK_S_ZONE_INVALID_CMD is 4, the specification has 3, and so on to"
         " VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE: all 4 are 1 too large; before it stands VIRTIO_BLK_S_BUSY, which the"
         " specification does not have"]),
    "an offset as a macro": (
        [("#define VIRTIO_BLK_F_MQ 12", "#define VIRTIO_BLK_F_MQ 12\n#define VIRTIO_BLK_CFG_NUM_QUEUES 72\n"
          "#define VIRTIO_BLK_CFG_CAPACITY 0x100\n#define VIRTIO_BLK_SEG_MAX_OFFSET 12")],
        ["error: VIRTIO_BLK_CFG_NUM_QUEUES is 72, the specification has virtio_blk_config.num_queues at 34; at 72 is"
         " zoned.zone_sectors"]),
}

STRUCTS = {
    "num_queues at 72": (
        [("u8 unused0;", "u8 unused0[39];")],
        [CONFIG + "unused0 has 39 bytes, the specification has 1; num_queues is at 72, the specification has it at 34: everything"
         " from num_queues on is 38 or more bytes late"]),
    "a field of their own": (
        [("u32 blk_size;", "u32 vendor;\n    u32 blk_size;")],
        [CONFIG + "before blk_size stands vendor (4 bytes), which the specification does not have; blk_size is at 24, the"
         " specification has it at 20: everything from blk_size on is 4 bytes late"]),
    "missing field": (
        [("u32 blk_size;", "")],
        [CONFIG + "blk_size is missing; topology is at 20, the specification has it at 24: everything from topology on is 4"
         " bytes early"]),
    "missing field whose bytes are there": (
        [("u16 num_queues;", "u16 unused2;")],
        [CONFIG + "num_queues is missing: its bytes are called unused2"]),
    "missing last fields": (
        [(field, "") for field in TAIL],
        [CONFIG + "it ends before max_discard_sectors: max_discard_sectors, max_discard_seg, discard_sector_alignment,"
         " max_write_zeroes_sectors, max_write_zeroes_seg, write_zeroes_may_unmap and 4 more are missing"]),
    "wrong size that moves the rest": (
        [("u64 capacity;", "u32 capacity;")],
        [CONFIG + "capacity has 4 bytes, the specification has 8; size_max is at 4, the specification has it at 8: everything"
         " from size_max on is 4 bytes early"]),
    "wrong size that moves nothing": (
        [("u8 writeback;", "u16 writeback;"), ("u8 unused0;", "")],
        [CONFIG + "writeback has 2 bytes, the specification has 1"]),
    "wrong size of the last": (
        [("u32 num_sectors;\n    u32 flags;", "u32 num_sectors;\n    u16 flags;")],
        ["error: struct virtio_blk_discard_write_zeroes: flags has 2 bytes, the specification has 4"]),
    "swapped fields": (
        [("u32 size_max;", "u32 seg_maX;"), ("u32 seg_max;", "u32 size_max;"), ("u32 seg_maX;", "u32 seg_max;")],
        [CONFIG + "size_max and seg_max are swapped: they are at 12 and 8, the specification has them at 8 and 12"]),
    "swapped fields and another mistake": (
        [("u32 size_max;", "u32 seg_maX;"), ("u32 seg_max;", "u32 size_max;"), ("u32 seg_maX;", "u32 seg_max;"),
         ("u32 blk_size;", "")],
        [CONFIG + "size_max and seg_max are swapped: they are at 12 and 8, the specification has them at 8 and 12",
         CONFIG + "blk_size is missing; topology is at 20, the specification has it at 24: everything from topology on is 4"
         " bytes early"]),
    "another order": (
        [("u32 len;\n    u16 flags;\n    u16 next;", "u16 flags;\n    u16 next;\n    u32 len;")],
        [DESC + "from 8 on it has flags, next and len, the specification has len, flags and next"]),
    "another order that needs room": (
        [("u16 cylinders;\n    u8 heads;", "u8 heads;\n    u16 cylinders;")],
        ["error: struct virtio_blk_geometry: from 0 on it has heads and cylinders, the specification has cylinders and"
         " heads"]),
    "one field elsewhere": (
        [("u8 unused0;\n    u16 num_queues;", "u8 unused0;\n    u16 spare;"),
         ("u8 unused1[3];", "u8 unused1;\n    u16 num_queues;")],
        ["note: struct virtio_blk_config: the specification has no field spare",
         CONFIG + "num_queues is at 58, the specification has it at 34"]),
    "too large at its end": (
        [("u16 next;", "u16 next;\n    u32 more;")],
        [DESC + "it has 24 bytes, the specification has 16: behind its last field stands more"]),
    "filled up by the compiler": (
        [("u64 capacity;", "u64 capacity __attribute__((aligned(64)));")],
        [CONFIG + "it has 128 bytes, the specification has 96: the compiler fills it up, it is not packed"]),
    "a hole": (
        [("u32 opt_io_size;", "u32 opt_io_size __attribute__((aligned(8)));")],
        ["error: struct virtio_blk_topology: the compiler leaves 4 bytes free before opt_io_size: it is not packed;"
         " opt_io_size is at 8, the specification has it at 4"]),
    "a struct inside is wrong": (
        [("u8 heads;", "u16 heads;")],
        ["error: struct virtio_blk_geometry: heads has 2 bytes, the specification has 1; sectors is at 4, the specification has"
         " it at 3"]),
    "two mistakes": (
        [("u64 sector;", "u32 sector;"), ("u16 next;", "")],
        ["error: struct virtio_blk_discard_write_zeroes: sector has 4 bytes, the specification has 8; num_sectors is at 4,"
         " the specification has it at 8: everything from num_sectors on is 4 bytes early",
         DESC + "it ends before next: next is missing"]),
}

ACCEPTED = {
    "another name": (
        [("u32 blk_size;", "u32 block_size;")],
        ["note: struct virtio_blk_config: the specification's blk_size is called block_size here"]),
    "two halves": (
        [("u64 addr;", "u32 addr_lo;\n    u32 addr_hi;")],
        ["note: struct virtq_desc: the specification's addr is in addr_lo and addr_hi here"]),
    "halves under the field's name": ([("u64 addr;", "u32 addr;\n    u32 addr_hi;")], []),
    "a struct of the program's own": (
        [("u64 addr;", "void *addr;")],
        ["note: struct virtq_desc: it is the program's own, not the specification's virtq_desc: its field addr is a"
         " pointer"]),
    "other words in the same place": (
        [("u32 id;\n    u32 len;", "u32 index;\n    u32 bytes;")],
        ["note: struct virtq_used_elem: it is the program's own, not the specification's virtq_used_elem: none of its fields"
         " is called like one of the specification's"]),
    "another spelling": (
        [("u32 blk_size;", "u32 blkSize;"), ("#define VIRTIO_BLK_F_RO 5", "enum { kVirtioBlkFRo = 5 };")], []),
    "reserved fields left out": ([("u8 unused0;", ""), ("u8 unused1[3];", "")], []),
    "no name for a struct": (
        [("struct virtio_blk_geometry geometry;", "u16 cylinders;\n    u8 heads;\n    u8 sectors;")], []),
    "a typedef without a tag": (
        [("struct virtq_desc {", "typedef struct {"), ("u16 next;\n};", "u16 next;\n} virtq_desc_t;")], []),
    "a negative number": (
        [("#define VIRTIO_BLK_F_MQ 12", "#define VIRTIO_BLK_F_MQ 12\n#define VIRTIO_BLK_T_BARRIER (1 << 31)")], []),
    "what is no number": (
        [("#define VIRTIO_BLK_F_MQ 12", "#define VIRTIO_BLK_F_MQ 12\n#define VIRTIO_BLK_F_A (1 +\n"
          "#define VIRTIO_BLK_F_B do { } while (0)\n#define VIRTIO_BLK_F_C(x) (x)\n#define VIRTIO_BLK_F_D\n"
          "#define VIRTIO_BLK_F_E \"text\"\n#define VIRTIO_BLK_F_F nowhere\nextern int place;\n"
          "#define VIRTIO_BLK_F_G (&place)\n#define VIRTIO_BLK_F_H place\n#define VIRTIO_BLK_F_I virtio_i()\n"
          "#define VIRTIO_BLK_F_J struct\n")], []),
}


def test_a_good_header():
    assert findings(GOOD) == (0, [])
    last = run(GOOD).stdout
    assert last == "compared with VIRTIO 1.4: 104 constants, 9 structs, 63 fields: nothing is wrong\n"


@pytest.mark.parametrize("what", [*NUMBERS, *STRUCTS])
def test_mistake(work, what):
    changes, said = {**NUMBERS, **STRUCTS}[what]
    code, found = findings(bad(work, *changes))
    assert found == said
    assert code == int(any(one.startswith("error") for one in said))


@pytest.mark.parametrize("what", ACCEPTED)
def test_accepted(work, what):
    changes, said = ACCEPTED[what]
    assert findings(bad(work, *changes)) == (0, said)


def test_masks_throughout(work):
    """A convention and no mistake; a number that is wrong is found all the same."""
    path = work / "masks.h"
    text = re.sub(r"(#define VIRTIO\w*_F_\w+) (\d+)", r"\1 (1ull << \2)", GOOD.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    notes = ["note: VIRTIO_BLK_F_BARRIER is a mask of bit 0, where the specification has the number of the bit, and so are"
             " 15 more of its family",
             "note: VIRTIO_F_NOTIFY_ON_EMPTY is a mask of bit 24, where the specification has the number of the bit, and so"
             " are 14 more of its family"]
    assert findings(path) == (0, notes)
    path.write_text(text.replace("F_RO (1ull << 5)", "F_RO (1ull << 3)").replace("F_MQ (1ull << 12)", "F_MQ 12"),
                    encoding="utf-8")
    assert findings(path) == (1, [
        notes[0].replace("15", "13"), "error: VIRTIO_BLK_F_RO is 8, the specification has 32",
        "error: VIRTIO_BLK_F_MQ is the number 12; others of its family are masks", notes[1]])


def test_bit_numbers_throughout(work):
    path = work / "bits.h"
    path.write_text(re.sub(r"(_CONFIG_S_\w+) (\d+)", lambda m: f"{m[1]} {int(m[2]).bit_length() - 1}",
                           GOOD.read_text(encoding="utf-8")), encoding="utf-8")
    assert findings(path) == (0, ["note: VIRTIO_CONFIG_S_ACKNOWLEDGE is the number of the bit, where the specification has its"
                              " mask 1, and so are 6 more of its family"])


def test_files_and_lines(work):
    path = bad(work, ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28"),
               ("u8 unused0;", "u8 unused0[39];"), ("VIRTIO_BLK_T_FLUSH = 4", "VIRTIO_BLK_T_FLUSH = 6"))
    _, found = judged(path.name, cwd=work)
    assert [(one["file"], one["line"]) for one in found] == [
        ("bad.h", line_of(path, words)) for words in ("VIRTQ_AVAIL_F_NO_INTERRUPT 28", "VIRTIO_BLK_T_FLUSH = 6",
                                                      "u8 unused0[39]")]


def test_a_header_that_another_includes_is_reported_once(work):
    bad(work, ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28"))
    for name in ("one.h", "two.h"):
        (work / name).write_text('#include "bad.h"\n', encoding="utf-8")
    _, found = judged("one.h", "two.h", "bad.h", cwd=work)
    assert [(one["file"], one["kind"]) for one in found] == [("bad.h", "value")]


def test_a_family_in_two_headers(work):
    """What the one lacks the other has."""
    text = GOOD.read_text(encoding="utf-8")
    half = text.index("#define VIRTIO_BLK_F_TOPOLOGY")
    (work / "one.h").write_text(text[:half] + "#endif\n", encoding="utf-8")
    (work / "two.h").write_text(text[half:].removesuffix("#endif\n").replace(
        "enum blk_type", "typedef unsigned char u8;\ntypedef unsigned short u16;\ntypedef unsigned int u32;\n"
        "typedef unsigned long long u64;\nenum blk_type"), encoding="utf-8")
    assert findings("one.h", "two.h", cwd=work) == (0, [])
    assert len(findings("one.h", cwd=work)[1]) == 1
