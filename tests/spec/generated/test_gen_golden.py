# SPDX-License-Identifier: MIT
"""Short parts of the output, word for word: whoever changes a template sees here what the user gets."""

import re

import pytest

H = "include/vwr/gen/"

GOLDEN = {
    "banner": (H + "blk.h", """\
/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#ifndef VWR_GEN_BLK_H
#define VWR_GEN_BLK_H
"""),
    "version of the specification": (H + "version.h", """\
#define VWR_SPEC_VERSION "1.4-cs01"                     /* Version and stage of the specification described. */
"""),
    "feature bit": (H + "blk.h", """\
    VWR_BLK_F_RO = 5,                                   /* Device is read-only. */
    VWR_BLK_F_BLK_SIZE = 6,                             /* Configuration has the block size. */
"""),
    "feature words": (H + "blk.h", """\
#define VWR_BLK_FEATURES_W0 0x0003fe76u
#define VWR_BLK_FEATURES_W1 0x00000000u
#define VWR_BLK_FEATURES_W2 0x00000000u
#define VWR_BLK_FEATURES_W3 0x00000000u
#define VWR_BLK_FEATURES_LEGACY_W0 0x00000081u
#define VWR_BLK_FEATURES_MODERN_W0 0x00020000u          /* Of those above; the legacy interface lacks them. */
#define VWR_BLK_FEATURE_RULE_COUNT 0u
#define VWR_BLK_OFFER_RULE_COUNT 1u
"""),
    "request type": (H + "blk.h", """\
    VWR_BLK_T_FLUSH_OUT = 5,                            /* The same as FLUSH; with FLUSH; legacy only. */
"""),
    "getter with a gate and a value for its absence": (H + "blk.h", """\
static inline uint32_t vwr_blk_config_get_blk_size(const struct vwr_config *c)
{
    if (!vwr_config_has(c, VWR_BLK_F_BLK_SIZE))
        return 512u;
    return vwr_config_read32(c, VWR_BLK_CONFIG_BLK_SIZE);
}
"""),
    "getter inside a struct has the gate of the struct": (H + "blk.h", """\
static inline uint16_t vwr_blk_config_get_geometry_cylinders(const struct vwr_config *c)
{
    if (!vwr_config_has(c, VWR_BLK_F_GEOMETRY))
        return 0u;
    return vwr_config_read16(c, VWR_BLK_CONFIG_GEOMETRY_CYLINDERS);
}
"""),
    "setter": (H + "blk.h", """\
static inline VWR_MUST_CHECK int vwr_blk_config_set_writeback(const struct vwr_config *c, uint8_t value)
{
    if (!vwr_config_has(c, VWR_BLK_F_CONFIG_WCE))
        return VWR_EFEATURE;
    vwr_config_write8(c, VWR_BLK_CONFIG_WRITEBACK, value);
    return VWR_OK;
}
"""),
    "packed struct": (H + "blk.h", """\
struct vwr_blk_req_in_zone_append {
    vwr_le64 append_sector;                 /* Where the data went; in 512-byte sectors. */
    uint8_t status;                         /* How it went; enum vwr_blk_s. */
} VWR_PACKED;
VWR_STATIC_ASSERT(sizeof(struct vwr_blk_req_in_zone_append) == 9, "size");
"""),
    "banked getter": (H + "mmio.h", """\
/* 32 bits of the features that the device offers. */
static inline uint32_t vwr_mmio_get_device_features(volatile void *base, uint32_t sel)
{
    vwr_reg_write32(base, VWR_MMIO_DEVICE_FEATURES_SEL, sel);
    return vwr_reg_read32(base, VWR_MMIO_DEVICE_FEATURES);
}
"""),
    "plain getter takes a const base": (H + "mmio.h", """\
static inline uint32_t vwr_mmio_get_magic_value(const volatile void *base)
{
    return vwr_reg_read32(base, VWR_MMIO_MAGIC_VALUE);
}
"""),
    "64-bit pair, one version": (H + "mmio.h", """\
static inline void vwr_mmio_modern_set_queue_desc(volatile void *base, uint32_t sel, uint64_t value)
{
    vwr_reg_write32(base, VWR_MMIO_QUEUE_SEL, sel);
    vwr_reg_write32(base, VWR_MMIO_QUEUE_DESC_LOW, (uint32_t)value);
    vwr_reg_write32(base, VWR_MMIO_QUEUE_DESC_HIGH, (uint32_t)(value >> 32));
}
"""),
    "parts of a register": (H + "mmio.h", """\
#define VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_MASK 0x7fff0000u             /* Where the next entry goes; of a split ring
                                                                       bits 0 to 14 of the available index; with
                                                                       NOTIFICATION_DATA. */
#define VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT 16u
"""),
    "register row": ("src/vwr_gen_mmio.c", """\
    {
        .offset = VWR_MMIO_QUEUE_SIZE, .bytes = 4, .reg = VWR_MMIO_REG_QUEUE_SIZE,
        .access = VWR_WRITE, .versions = VWR_LEGACY | VWR_MODERN, .widths = 4,
        .bank = VWR_MMIO_REG_QUEUE_SEL, .feature = VWR_FEATURE_NONE,
        .must_be_set[0] = VWR_STATUS_DRIVER,
        .must_be_set[1] = VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK,
        .must_be_clear[0] = VWR_STATUS_FAILED,
        .must_be_clear[1] = VWR_STATUS_FAILED,
        .idle = {VWR_MMIO_REG_QUEUE_PFN, VWR_MMIO_REG_QUEUE_READY},
        .kept = 0, .reset = 0,
    },
"""),
    "status step: the legacy mask lacks FEATURES_OK": ("src/vwr_gen_status.c", """\
    {
        .bit = VWR_STATUS_DRIVER_OK, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_LEGACY | VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER,
        .after[1] = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK,
        .before[0] = VWR_STATUS_FAILED,
        .before[1] = VWR_STATUS_SUSPEND | VWR_STATUS_FAILED,
        .opens_queues = VWR_MODERN, .closes_queues = 0,
    },
"""),
    "feature rule": ("src/vwr_gen_features.c", """\
    {.feature = VWR_F_RING_PACKED, .any = {VWR_F_VERSION_1, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
"""),
    "request limits": ("src/vwr_gen_blk.c", """\
    {
        .type = VWR_BLK_T_ZONE_APPEND,
        .segments = VWR_LIMIT_NONE,
        .sectors = VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS,
        .alignment = VWR_LIMIT_NONE,
    },
"""),
    "names are words for people": ("src/vwr_names_ids.c", """\
    {VWR_ID_NET, "Network device"},
"""),
    "short names are words": ("src/vwr_short_ids.c", """\
    {VWR_ID_BLOCK, "blk"},
"""),
    "and else the names of constants": ("src/vwr_short_ids.c", """\
    {VWR_ID_MAC80211_WLAN, "mac80211-wlan"},
"""),
    "names of registers are the specification's": ("src/vwr_names_mmio.c", """\
    {VWR_MMIO_QUEUE_DESC_LOW, "QueueDescLow"},
"""),
    "constant sizes of a ring": (H + "split_ring.h", """\
#define VWR_SPLIT_RING_BYTES(num, align) \\
    (VWR_SPLIT_RING_USED_OFFSET(num, align) + \\
     (6u + 8u * (num) + (align) - 1u) / (align) * (align))
"""),
    "field behind the entries of a ring": (H + "split_ring.h", """\
static inline size_t vwr_virtq_used_avail_event_offset(size_t num)
{
    return 4u + 8u * num;
}
"""),
    "the specification's names": (H + "document/features.h", """\
#define VIRTIO_F_ACCESS_PLATFORM                VWR_F_ACCESS_PLATFORM
#define VIRTIO_F_IOMMU_PLATFORM                 VWR_F_ACCESS_PLATFORM
"""),
    "what mmio cannot have": (H + "features.h", """\
#define VWR_FEATURES_NOT_ON_MMIO_W1 0x000002a0u
"""),
    "register map page": ("docs/mmio.md", """\
| 0x080 | QueueDescLow | `VWR_MMIO_QUEUE_DESC_LOW` | modern | W | QueueSel |  | DRIVER, FEATURES_OK set; \
FAILED clear; QueueReady is 0 | Address of the descriptor area. |
"""),
    "state diagram page": ("docs/status.md", """\
    s3 --> s11 : driver sets FEATURES_OK (device may refuse, closes features)
    s11 --> s15 : driver sets DRIVER_OK (opens queues)
    s15 --> s31_SUSPEND : driver sets SUSPEND
    s31_SUSPEND --> s27 : device clears DRIVER_OK (answers SUSPEND, suspends queues)
"""),
}


@pytest.mark.parametrize("what", GOLDEN)
def test_golden(files, what):
    path, expected = GOLDEN[what]
    assert expected in files[path], f"{what}: not in {path}"


def test_what_cannot_be_read_has_no_getter_and_what_cannot_be_written_no_setter(files):
    header = files[H + "mmio.h"]
    assert "vwr_mmio_set_driver_features(" in header and "get_driver_features(" not in header
    assert "vwr_mmio_get_device_features(" in header and "set_device_features(" not in header


def test_a_selector_has_no_accessor_of_its_own(files):
    assert not re.search(r"vwr_mmio_\w*[gs]et_\w+_sel\(", files[H + "mmio.h"])


def test_what_is_in_one_version_has_it_in_its_name(files):
    names = set(re.findall(r"vwr_mmio_\w*(?:get|set)_queue_(?:pfn|ready|align|desc)\b", files[H + "mmio.h"]))
    assert names and all(name.startswith(("vwr_mmio_legacy_", "vwr_mmio_modern_")) for name in names)


def test_reserved_fields_have_no_accessor(files):
    assert "unused0;" in files[H + "blk.h"]
    assert "get_unused" not in files[H + "blk.h"] and "_UNUSED0" not in files[H + "blk.h"]


def test_every_number_of_the_decode_table_is_there(files):
    """128 words of a block of 0x200 bytes, and Config is the upper half."""
    table = files["src/vwr_gen_mmio.c"].split("vwr_mmio_register_at")[1]
    cells = re.findall(r"VWR_(?:MMIO_REG_\w+|REGISTER_NONE)(?=,)", table)
    assert len(cells) == 128
    assert cells[64:] == ["VWR_MMIO_REG_CONFIG"] * 64 and "VWR_MMIO_REG_CONFIG" not in cells[:64]
    assert cells[0x70 // 4] == "VWR_MMIO_REG_STATUS"


def test_no_line_of_c_is_longer_than_the_limit(files):
    long = [f"{path}: {line}" for path, text in files.items() if path.endswith((".c", ".h"))
            for line in text.splitlines() if len(line) > 120]
    assert not long


def test_everything_of_ours_has_the_prefix(files):
    for path, text in files.items():
        if path.startswith(H) and "/document/" not in path:
            names = re.findall(r"^#define (\w+)|^    (\w+) = \w+,", text, re.MULTILINE)
            assert all((macro or constant).startswith("VWR_") for macro, constant in names), path
