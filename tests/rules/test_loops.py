# SPDX-License-Identifier: MIT
"""
Every loop has an end that no peer and no clock decides on. One that counts (`for (i = 0; i < n; i++)`) says so itself;
of each other one in the files below the table says what bounds it. A loop that is new, or gone, fails: look at it and
write its bound down. The rings, the classes and the driver have tests of their own for theirs.
"""

import re

import pytest

from tree import ROOT, files, read
from vwr.c.items import items
from vwr.c.tokens import code

FILES = (
    "runtime/base/*.c",
    "runtime/shared/*.c",
    "runtime/bridge/*.c",
    "monitor/*.c",
    "runtime/device/core/vdev/*.c",
    "runtime/device/core/vm/vwr_vm.c",
    "runtime/device/core/vm/vwr_vm_init.c",
    "runtime/device/transport/mmio/vwr_vmmio.c",
    "plan/*.c",
    "runtime/device/core/stream/vwr_vstream.c",
)
COUNTS = re.compile(
    r"for \((?:[\w ]+ \**)?(\w+) = [^;]+; (?:[^;]*\b\1\b[^;]*; (?:\1\+\+|\1--|\1 <<= 1|\1 [*+]= \w+)"
    r"|\1-- > 0;)(?:, \w+\+\+)?\)"
)
LOOP = re.compile(r"^[ \t]*(?:\}[ \t]*)?((?:for|while) \(|do\b)", re.MULTILINE)

# "file: function": one bound for each loop in it that does not count.
BOUNDS = {
    "runtime/base/vwr_bytes.c: zero_words": ["bytes: eight words a pass", "bytes: a word a pass"],
    "runtime/base/vwr_bytes.c: vwr_zero": ["bytes, the caller's"],
    "runtime/base/vwr_bytes.c: vwr_copy": ["bytes, the caller's", "bytes, the caller's"],
    "runtime/base/vwr_features.c: vwr_features_close": ["rules for each feature: one is dropped once"],
    "runtime/base/vwr_selftest.c: check_addresses": ["bytes of the memory: a piece has at least 1"],
    "runtime/base/vwr_text.c: vwr_text_str": ["length of a string, which is ours or the VMM's"],
    "runtime/base/vwr_text.c: text_number": ["20 digits", "20 digits"],
    "runtime/shared/vwr_message.c: message_is_word": ["a type's name"],
    "runtime/shared/vwr_message.c: message_type": [
        "sets of a chain, which is constant; the other loop counts"
    ],
    "runtime/shared/vwr_message.c: message_put_value": ["length of a sentence, which is ours"],
    "runtime/shared/vwr_message.c: vwr_message_put": ["length of a sentence"],
    "runtime/shared/vwr_message.c: vwr_message_find": ["sets of a chain; the other loop counts"],
    "runtime/shared/vwr_sockets.c: sockets_data_room": [
        "buffers with space for a header only: each turn fills one, and takes from the budget of the device"
    ],
    "runtime/shared/vwr_sockets.c: sockets_flush_one": ["six bits of what is pending"],
    "runtime/shared/vwr_sockets.c: sockets_flush_replies": ["VWR_SOCKET_REPLIES: each pass sends one"],
    "runtime/shared/vwr_sockets.c: vwr_sockets_init": ["doublings from 4 to 2^31 bytes"],
    "runtime/shared/vwr_sockets.c: vwr_socket_connect": ["sockets of the table: each has one port"],
    "runtime/shared/vwr_sockets.c: vwr_socket_send": ["bytes, the caller's: each pass sends some"],
    "monitor/vwr_monitor_packed.c: monitor_take_list": ["size of the queue"],
    "monitor/vwr_monitor_split.c: monitor_take_chain": [
        "size of the queue: each pass but the last takes a descriptor that has no owner"
    ],
    "monitor/vwr_monitor_packed.c: monitor_use_packed": ["lists in flight: each pass releases one"],
    "monitor/vwr_monitor_packed.c: monitor_ends_used": ["place in the ring, which goes down to 0"],
    "monitor/vwr_monitor_packed.c: vwr_monitor_find_position_": ["size of the queue"],
    "monitor/vwr_monitor_packed.c: monitor_find_lap": [
        "digits of the size of the queue: each pass halves the rest"
    ],
    "monitor/vwr_monitor_packed.c: monitor_look_between": ["size of the queue: each pass covers more"],
    "runtime/bridge/vwr_vblk_disk_done.c: vwr_vdisk_take_done_": ["guests' disks"],
    "runtime/bridge/vwr_vblk_disk_drain.c: vdisk_forget_done": ["requests of the guest's disk"],
    "runtime/bridge/vwr_vblk_disk_drain.c: vwr_vdisk_drain_": [
        "the real disk's deadline, which each pass checks, and VWR_RECOVERY_TRIES resets"
    ],
    "runtime/bridge/vwr_vblk_disk_send.c: vdisk_send_rest": ["slots: each pass takes one, or is the last"],
    "runtime/bridge/vwr_vblk_disk_send.c: vwr_vdisk_send_partial_": ["slots: each pass takes one off"],
    "runtime/bridge/vwr_vblk_disk_send.c: vdisk_put_partial": ["slots"],
    "runtime/bridge/vwr_vblk_disk_service.c: vdisk_reap_queue": [
        "slots: nothing is submitted meanwhile but replays"
    ],
    "runtime/bridge/vwr_vblk_disk_service.c: vdisk_end_list": ["requests of the guest's disk"],
    "runtime/bridge/vwr_vblk_disk_service.c: vwr_vblk_disk_service": ["VWR_VBLK_DISK_PASSES"],
    "runtime/bridge/vwr_vblk_disk_wait.c: vwr_vdisk_wait_": ["guests' disks"],
    "runtime/bridge/vwr_vblk_disk_wait.c: vwr_vdisk_stop_waiting_": ["guests' disks"],
    "runtime/bridge/vwr_vblk_disk_wait.c: vwr_vdisk_resume_waiting_": [
        "guests' disks",
        "as many as waited at first",
    ],
    "runtime/base/vwr_bytes.c: copy_words": ["bytes: four words a pass", "bytes: a word a pass"],
    "runtime/bridge/vwr_vnet_card.c: vcard_reap": ["VWR_NET_QUEUE: packets that the card can have"],
    "runtime/bridge/vwr_vnet_card.c: vcard_forward": ["slices that were received at once"],
    "runtime/shared/vwr_blk_rules.c: vwr_blk_limit_row": ["rows of the table"],
    "runtime/base/vwr_record.c: record_put": ["bytes of the field"],
    "runtime/device/core/vdev/vwr_vdev_features.c: vdev_close_set": [
        "features: each pass but the last drops one"
    ],
    "runtime/device/core/vdev/vwr_vdev_features.c: vwr_vdev_set_features_": ["31: the word is not 0"],
    "runtime/device/core/vdev/vwr_vdev_serve.c: vdev_take": [
        "the budget: each pass takes from it, or is the last"
    ],
    "runtime/device/core/vdev/vwr_vdev_serve.c: vdev_serve_rest": [
        "the budget: each pass takes from it, or is the last"
    ],
    "runtime/device/core/vdev/vwr_vdev_serve.c: vwr_vdev_run_deferred": [
        "the budget, of all queues together"
    ],
    "runtime/device/core/vdev/vwr_vdev_queues.c: vwr_vdev_limit": [
        "15: half as much each time, from a queue's size on"
    ],
    "runtime/device/core/stream/vwr_vstream.c: vstream_run": [
        "segments of the chain, and the budget: each pass uses some of one"
    ],
    "runtime/device/core/vdev/vwr_vdev_explain.c: vexplain_unmet": ["rules"],
    "runtime/device/core/vdev/vwr_vdev_show.c: vshow_put_column": ["columns: each turn adds one"],
}


def loops(text):
    """Functions of a source, each with the loops in it that do not count."""
    found = {}
    for one in items(text, flat=True):
        first = text.count("\n", 0, one.at) + 1
        for at, line in enumerate(code(one.text).split("\n") if one.kind == "function" else []):
            is_end = line.rstrip().endswith(";") and re.match(r"\s*(?:\} )?while \(", line)
            if LOOP.match(line) and not COUNTS.search(line) and not is_end:
                found.setdefault(one.name, []).append(first + at)
    return found


def wrong_loops(root, patterns, bounds):
    """What the table and the sources do not agree on."""
    wrong, seen = [], set()
    for path in files(root, *patterns):
        for name, at in loops(read(root, path)).items():
            key = f"{path.as_posix()}: {name}"
            seen.add(key)
            if len(bounds.get(key, [])) != len(at):
                wrong.append(
                    f"{key}: {len(at)} loops that do not count, in lines {at}, and {len(bounds.get(key, []))} bounds"
                )
    return wrong + [f"{key}: no such loop" for key in sorted(set(bounds) - seen)]


def test_runtime():
    """The files above."""
    wrong = wrong_loops(ROOT, FILES, BOUNDS)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("    for (unsigned i = 0; i < n; i++)\n", 0),
        ("    for (unsigned i = n; i-- > 0;) {\n    }\n", 0),
        ("    for (size_t i = 0; i < n && more; i++)\n", 0),
        ("    for (;;) {\n    }\n", 1),
        ("    while (more())\n", 1),
        ("    do {\n    } while (more());\n", 1),
        ("    for (struct x *p = first; p != NULL; p = p->next)\n", 1),
        ("    /* while (so) */\n", 0),
    ],
)
def test_small(tmp_path, text, count):
    """A loop that is not in the table, and one that is no longer there."""
    (tmp_path / "a.c").write_text("int f(int n)\n{\n" + text + "}\n", encoding="utf-8")
    assert len(wrong_loops(tmp_path, ["a.c"], {})) == count
    assert not wrong_loops(tmp_path, ["a.c"], {"a.c: f": ["so"]} if count else {})
    assert len(wrong_loops(tmp_path, ["a.c"], {"a.c: g": ["so"]})) == count + 1
