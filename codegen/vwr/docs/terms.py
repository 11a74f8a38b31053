# SPDX-License-Identifier: MIT
"""
Words that a reader searches for, and the heading that explains each: its page and the heading's text. A heading
that is not there fails the build.
"""

_SPLIT, _PACKED, _STATUS = "generated/docs/split-ring", "generated/docs/packed-ring", "generated/docs/status"

TERMS = {
    "descriptor": (_SPLIT, "struct virtq_desc"),
    "descriptor table": (_SPLIT, "struct virtq_desc"),
    "indirect descriptor": (_SPLIT, "Values of desc-flags"),
    "available ring": (_SPLIT, "struct virtq_avail"),
    "used ring": (_SPLIT, "struct virtq_used"),
    "split virtqueue": (_SPLIT, "split-ring: Split Virtqueues"),
    "packed virtqueue": (_PACKED, "packed-ring: Packed Virtqueues"),
    "packed descriptor": (_PACKED, "struct pvirtq_desc"),
    "event suppression": (_PACKED, "struct pvirtq_event_suppress"),
    "device status": (_STATUS, "Bits"),
    "feature bit": ("generated/docs/features", "features: Reserved Feature Bits"),
    "device id": ("generated/docs/ids", "ids: Device Types"),
    "capability": ("generated/docs/pci", "Capabilities"),
    "clause": ("generated/docs/clauses", "Clauses"),
    "quirk": ("generated/docs/quirks", "Quirks"),
    "port": ("docs/porting", "Porting: one header, ten functions"),
}
