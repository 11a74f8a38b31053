# SPDX-License-Identifier: MIT
"""What the description means: rows that were once wrong, each with what the specification says, as generated/ has them."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from vwr.check.tree import check_tree
from vwr.spec import load
from vwr.generate import render

ROOT = Path(__file__).resolve().parents[3]
GENERATED = ROOT / "generated"
H, DOC, SRC = "include/vwr/gen/", "docs/", "src/vwr_gen_"

# What the row is about: file, pattern that is there, pattern that is not (or None). Blanks and line ends are one blank.
ROWS = {
    "11 fs: request queues are numbered by what there is": (
        H + "fs.h",
        r"vwr_fs_queue_request_at\(const struct vwr_features \*f, unsigned i\)", r"VWR_FS_QUEUE_REQUEST = 2"),
    "11 balloon: so are its queues": (
        DOC + "balloon.md", r"4; one less without STATS_VQ; one less without FREE_PAGE_HINT \| reporting_vq",
        r"VWR_BALLOON_QUEUE_REPORTING_VQ"),
    "12 blk: a cache is assumed where FLUSH is": (
        DOC + "blk.md", r"writeback \|.*Absent: 1 with FLUSH, else 0\.", None),
    "13 net: GUEST_RSC4 and 6 are in a mask": (H + "net.h", r"VWR_NET_FEATURES_LEGACY_W1 0x00000600u", None),
    "14 pci: hexadecimal stays": (H + "pci.h", r"VWR_PCI_VENDOR_ID 0x1af4u", r"6900u"),
    "14 pages too": (DOC + "pci.md", r"\| 0x1af4 \| VENDOR_ID", r"\| 6900 \|"),
    "14 and what is absent": (H + "net.h", r"return 0xffu;", r"return 255u;"),
    "15 a field names its enum": (
        H + "blk.h", r"uint8_t model; /\* Which kind; enum vwr_blk_zone_model\. \*/", None),
    "15 its flags": (
        H + "net.h", r"vwr_le16 status; /\* State of the link; with STATUS; enum vwr_net_status\. \*/", None),
    "15 its mask": (H + "net.h", r"1 << each of enum vwr_net_guest_offload", r"1 << each of guest-offload"),
    "15 its parts": (H + "iommu.h", r"TYPE_MASK 0x0fffu /\* Which property; enum vwr_iommu_property_type\. \*/", None),
    "15 mmio page: max": (DOC + "mmio.md", r"Number of descriptors in the queue\. At most QueueSizeMax\.", None),
    "15 mmio page: clears": (DOC + "mmio.md", r"InterruptACK .*Clears bits of InterruptStatus\.", None),
    "15 mmio page: reset": (DOC + "mmio.md", r"QueueReady \|.*0 after a reset\.", None),
    "15 mmio page: kept": (DOC + "mmio.md", r"GuestPageSize .*A reset leaves it\.", None),
    "15 mmio page: widths": (DOC + "mmio.md", r"Accesses of 8, 16, 32 bits\.", None),
    "15 device page: legacy-dir": (DOC + "net.md", r"mac \|.*In legacy RW\.", None),
    "16 pci: vendor_id is little-endian": (H + "pci.h", r"vwr_le16 vendor_id;", r"guest's byte order"),
    "44 crypto: a cipher's result comes back": (
        SRC + "crypto.c", r"VWR_CRYPTO_CIPHER_ENCRYPT, [^}]*VWR_COMMAND_MORE_IN", None),
    "44 of a chain, too": (SRC + "crypto.c", r"VWR_CRYPTO_CIPHER_DECRYPT, [^}]*VWR_COMMAND_MORE_IN", None),
    "44 without a session": (H + "crypto.h", r"op_type_vlf_in\[\]", None),
    "45 iommu: without the feature all addresses": (H + "iommu.h", r"return 0xffffffffffffffffULL;", None),
    "45 and all domains": (H + "iommu.h", r"get_domain_range_end\(.{0,120}return 0xffffffffu;", None),
    "46 iommu: bypass counts where it is offered": (
        DOC + "iommu.md", r"Counts if BYPASS_CONFIG is offered, negotiated or not\.", None),
    "47 i2c: what is read the device writes": (DOC + "i2c.md", r"buf \|.*with M_RD the device's to write", None),
    "48 rpmb: a response type is no success": (
        DOC + "rpmb.md", r"GET_WRITE_COUNTER .*\| RESP_GET_COUNTER: RES_OK \|", None),
    "48 nor is that of a read": (DOC + "rpmb.md", r"DATA_READ .*\| RESP_DATA_READ: RES_OK \|", None),
    "48 rpmb: req_resp has both": (DOC + "rpmb.md", r"req_resp \|.*Value: request or response\.", None),
    "49 crypto: a soft limit is success": (
        DOC + "crypto.md", r"IPSEC_INBOUND .*\| OK or IPSEC_SA_SOFT_EXPIRY \|", None),
    "50 vsock: no guest has a reserved CID": (
        H + "vsock.h", r"vwr_le64 guest_cid; /\* [^;]*\*/", r"guest_cid;[^/]*/\*[^/]*enum vwr_vsock_cid"),
    "50 as its page says": (DOC + "vsock.md", r"guest_cid .*none of those in CID\. \|", r"guest_cid .*Value: cid"),
    "51 rtc: 0xff is no experimental counter": (DOC + "rtc.md", r"experimental; but 0xff is no counter\.", None),
    "52 sound: what is written stays": (
        DOC + "sound.md", r"INACTIVE .*what is written is kept\.", r"Writing has no effect"),
    "54 mmio: QueueReset wants RING_RESET alone": (
        DOC + "mmio.md", r"QUEUE_RESET` \| modern \| RW \| QueueSel \| RING_RESET \| \| 1 asks", None),
    "55 blk: no zones in legacy": (H + "blk.h", r"VWR_BLK_FEATURES_MODERN_W0 0x00020000u", None),
    "55 as its page says": (DOC + "blk.md", r"`VWR_BLK_F_ZONED` \| 1\.3 \| modern \|", None),
    "56 blk: the alignment of an erase is a hint": (
        DOC + "blk.md", r"num_sectors: max_secure_erase_sectors \| alignment: secure_erase_sector_alignment \|",
        r"Alignment that a secure erase needs"),
    "56 as that of a discard": (
        SRC + "blk.c",
        r"VWR_BLK_T_DISCARD, \.segments = [^}]*\.alignment = VWR_BLK_CONFIG_DISCARD_SECTOR_ALIGNMENT", None),
    "57 status: a suspend is the device's to finish": (
        DOC + "status.md",
        r"\| clear DRIVER_OK \| device \| modern \| SUSPEND, DRIVER_OK \| \| answers SUSPEND, suspends queues \|",
        r"set SUSPEND \| driver \| modern \| FEATURES_OK, DRIVER_OK \| \| closes queues"),
    "57 status: a pending suspend is not resumed": (
        DOC + "status.md", r"s31_DRIVER_OK --> s15 : device clears SUSPEND \(answers DRIVER_OK, resumes queues\)",
        r"device clears SUSPEND \(opens queues\)"),
    "57 status: NEEDS_RESET is of both interfaces": (
        DOC + "status.md", r"set DEVICE_NEEDS_RESET \| device \| legacy, modern \|", None),
    "57 status: and notified if DRIVER_OK is set": (
        DOC + "status.md", r"config-change notification if DRIVER_OK is set", r"config-change notification\)"),
    "58 mmio: a legacy driver notifies before DRIVER_OK": (
        DOC + "mmio.md", r"DRIVER_OK set; FAILED clear; in legacy DRIVER set is enough", None),
    "58 status: its queues are alive then": (
        DOC + "status.md", r"set DRIVER \| driver \| legacy, modern \| [^\n]*opens queues in legacy \|", None),
    "60 blk: legacy and writeback": (
        DOC + "blk.md", r"writeback .*Written as soon as the feature is offered in legacy\.", None),
    "61 blk: what is offered refuses": (DOC + "blk.md", r"\| Refused if offered \|", r"\| Refused with \|"),
    "62 scsi: a query that is answered with yes": (DOC + "scsi.md", r"\| TMF .*\| OK or FUNCTION_SUCCEEDED \|", None),
    "63 legacy ring: its end is rounded up": (
        DOC + "split-ring.md", r"usually 4096, and the end of the block on one too", None),
    "64 gpu: map_info is little-endian": (H + "gpu.h", r"vwr_le32 map_info;", r"guest's byte order"),
    "65 pci: what of the window can be written": (
        H + "pci.h", r"length of 1, 2 or 4; R; RW bar, offset, length\.", r"length of 1, 2 or 4; RW\."),
    "66 mmio: next_off of a split ring": (DOC + "mmio.md", r"next_off .*bits 0 to 14 of the available index", None),
    "66 mmio: next_wrap": (DOC + "mmio.md", r"next_wrap .*bit 15 of the available index", None),
    "66 pci: next_off": (DOC + "pci.md", r"next_off .*bits 0 to 14 of the available index", None),
    "66 pci: next_wrap": (DOC + "pci.md", r"next_wrap .*bit 15 of the available index", None),
    "67 gpu: a blob is mapped in 3D alone": (
        DOC + "gpu.md", r"RESOURCE_MAP_BLOB .*\| RESOURCE_BLOB and VIRGL \|.*where there is HOST_VISIBLE", None),
    "67 gpu: and unmapped": (
        SRC + "gpu.c", r"VWR_GPU_CMD_RESOURCE_UNMAP_BLOB, [^}]*\}, \.also = VWR_GPU_F_VIRGL", None),
    "69 split ring: modulo the queue size": (DOC + "split-ring.md", r"idx \|.*modulo the queue size", r"modulo 2\^16"),
    "69 blk: no wear and too much": (DOC + "blk.md", r"0 not known; 11 beyond the estimated lifetime", r"type A cells"),
    "69 blk: what a barrier is": (DOC + "blk.md", r"those behind it begin after it is done", None),
    "69 blk: all other errors of zones": (
        DOC + "blk.md",
        r"ZONE_INVALID_CMD .*Any error of zones that has no other status", r"Zone request is malformed"),
    "69 blk: a write that ends anywhere": (
        DOC + "blk.md", r"ZONE_UNALIGNED_WP .*or does not end on a multiple of write_granularity", None),
}


@pytest.mark.parametrize("what", ROWS)
def test_meaning(what):
    path, there, gone = ROWS[what]
    text = re.sub(r"[ \n]+(?:\* )?", " ", (GENERATED / path).read_text("utf-8"))
    if path.endswith(".md"):  # a pattern stays in its line there
        text = re.sub(r"[ ]+", " ", (GENERATED / path).read_text("utf-8"))
    assert re.search(there, text), f"not in {path}"
    assert not (gone and re.search(gone, text)), f"still in {path}"


def test_66_pci_in_c():
    text = (GENERATED / H / "pci.h").read_text("utf-8")
    assert "of a split ring bits 0 to 14" in re.sub(r"\s+", " ", text)


def test_13_the_legacy_interface_has_them():
    """--version legacy: bits beyond 31 that only the legacy interface has."""
    tree = load.load_tree(ROOT)
    check_tree(tree)
    text = render.render_tree(tree, "legacy")[0]["include/vwr/gen/net.h"].decode()
    assert "VWR_NET_F_GUEST_RSC4 = 41" in text and "VWR_NET_F_GUEST_RSC6 = 42" in text


def test_17_every_module_can_be_imported_by_its_name(monkeypatch):
    monkeypatch.syspath_prepend(str(GENERATED / "python"))
    for path in sorted((GENERATED / "python/virtwright").glob("[!_]*.py")):
        assert path.stem.isidentifier(), path.name
    from virtwright import _9p  # noqa: PLC0415
    assert _9p.SPEC.name == "9p"
    assert importlib.import_module("virtwright").module("split-ring") == "split_ring"
    assert Path(sys.modules["virtwright"].__file__).parent == GENERATED / "python/virtwright"
