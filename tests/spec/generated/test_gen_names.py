# SPDX-License-Identifier: MIT
"""The naming rule."""

import pytest

from vwr import cname


@pytest.mark.parametrize(
    "name, expected",
    [
        ("MagicValue", "magic_value"),
        ("DeviceID", "device_id"),
        ("VendorID", "vendor_id"),
        ("QueuePFN", "queue_pfn"),
        ("InterruptACK", "interrupt_ack"),
        ("SHMLen", "shm_len"),
        ("SHMSel", "shm_sel"),
        ("QueueDescLow", "queue_desc_low"),
        ("DeviceFeaturesSel", "device_features_sel"),
        ("VERSION_1", "version_1"),
        ("split-ring", "split_ring"),
        ("MAC80211_WLAN", "mac80211_wlan"),
        ("9P", "9p"),
        ("z_cap", "z_cap"),
        ("pre-eol-info", "pre_eol_info"),
    ],
)
def test_snake(name, expected):
    assert cname.snake(name) == expected


def test_ours_and_the_documents():
    assert cname.const_name("blk", "F", "RO") == "VWR_BLK_F_RO"
    assert cname.document_const("blk", "F", "RO") == "VIRTIO_BLK_F_RO"
    assert cname.ident("blk", "config") == "vwr_blk_config"
    assert cname.document_ident("blk", "config") == "virtio_blk_config"
    assert cname.bare_const("VIRTQ_DESC_F", "NEXT") == "VIRTQ_DESC_F_NEXT"


@pytest.mark.parametrize(
    "document, ours",
    [
        ("VIRTIO_BLK_F_RO", "VWR_BLK_F_RO"),
        ("VIRTIO_RING_F_EVENT_IDX", "VWR_RING_F_EVENT_IDX"),
        ("virtq_desc", "vwr_virtq_desc"),
        ("virtio_blk_config", "vwr_blk_config"),
        ("VIRTQ_DESC_F_NEXT", "VWR_VIRTQ_DESC_F_NEXT"),
    ],
)
def test_from_document(document, ours):
    assert cname.from_document(document) == ours
