# SPDX-License-Identifier: MIT
"""Spellings of names: whether two names consist of the same words."""

import re

OURS = ("virtio", "virtq", "virtnet", "vring", "pvirtq", "vwr")


def key(name: str) -> str:
    """The words of a name without their spelling: VIRTIO_BLK_F_RO, virtio_blk_f_ro, kVirtioBlkFRo and a path
    such as geometry.heads beside geometry_heads."""
    if re.match(r"k[A-Z]", name):
        name = name[1:]
    return re.sub(r"[^A-Za-z0-9]", "", name).lower()


def may_be_theirs(name: str) -> bool:
    """
    Whether a name of a header may belong to the specification: it relates to VirtIO, and is not an include
    guard.
    """
    return key(name).startswith(OURS[:-1]) and not re.search(r"_H_*$", name)


def type_key(name: str) -> str:
    """The same for a type: virtio_blk_config_t."""
    return key(re.sub(r"_t$", "", name))


def is_virtio(name: str) -> bool:
    """Whether a name relates to VirtIO."""
    return key(name).startswith(OURS)
