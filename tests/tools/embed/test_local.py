# SPDX-License-Identifier: MIT
"""Names of one file in a pair: each is the library's own, of this file, and no other name."""

import re
from pathlib import Path

import pytest

from world import ROOT

from vwr.c import index
from vwr.embed import local, tree

PUBLIC = [ROOT / "runtime" / "include", ROOT / "generated" / "include"]
ROOMS = [
    ROOT / "runtime" / room for room in ("base", "shared", "driver", "device", "parts", "monitor", "bridge")
]
ENDS = [ROOT / "generated" / end for end in ("client", "service", "src")]


def files(rooms):
    return sorted(path for room in rooms for path in room.rglob("*.[ch]"))


def made():
    """{new name, with the word before a tag: {(name, file)}} of the whole library."""
    found = {}
    for path in files([*ROOMS, *ENDS]):
        for name, new in local.names(index.read(path), path, tree.public_names()).items():
            found.setdefault(new, set()).add((name, path.name))
    return found


def taken():
    """Every name of the library with the prefix, in whatever profile."""
    return {
        name
        for path in files([*PUBLIC, *ROOMS, *ENDS])
        for item in index.read(path)
        for name in {item.name, *item.refs}
        if re.match("vwr_|VWR_", name)
    }


def test_no_name_means_two_things():
    found, names = made(), taken()
    assert len(found) > 3000
    assert not {new: where for new, where in found.items() if len(where) > 1}
    assert not {new: found[new] for new in found if new.rpartition(" ")[2] in names}


@pytest.mark.parametrize(
    ("path", "name", "new"),
    [
        ("core/vdev/vwr_vdev_serve.c", "vdev_take", "vwr_vdev_take"),
        ("core/vdev/vwr_vdev_serve.c", "vdev_serve", "vwr_vdev_serve_"),
        ("core/queue/queue_common.h", "PACKED_WRAP", "VWR_QUEUE_PACKED_WRAP"),
        ("transport/pci/vwr_pci_place.c", "place_size", "vwr_pci_place_size"),
        ("client/vwr_gen_can_client.c", "client_can_want", "vwr_client_can_want"),
        ("9p/vwr_9p_fids.c", "p9_walk", "vwr_p9_walk"),
        ("base/vwr_wait.c", "step", "vwr_wait_step"),
    ],
)
def test_the_name_is_that_of_its_file(path, name, new):
    assert local.new_name(name, Path(path), tree.public_names()) == new
