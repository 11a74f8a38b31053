# SPDX-License-Identifier: MIT
"""Instructions of the recorded requests and frames of mix/: a request or frame on average, of the driver or of the device.

A program replays a record with its batches and what is in flight. The other side is not counted.
"""

import count
import mix
from rows import row

FOLDER = count.BENCH / "mix"
PASSES = 3  # the first one binds descriptors
QUEUE = 1024  # without tables the record has up to 531 descriptors in flight
SEGMENTS = ("-DVWR_REQUEST_SEGMENTS=128",)  # a recorded request has up to 126
QUEUES = ("-DVWR_NET_QUEUE=256",)  # as of the recorded card
NAME = "the recorded disk mix, {}"
HAND, HAND_NAME = "hand-written", "hand-written, {}"
# Sources of a program that are objects of their own.
BESIDE = {"disk_driver": ("disk_end", "hand_mix"), "disk_ring": ("disk_end", "../add_forms_level")}
SPLIT = ("split", "split with tables")  # that the yardstick has, and --quick
ONE = "4 KiB, one by one"
DEVICES = (
    ("split", "split", "none"),
    ("split with tables", "split", "indirect"),
    ("packed", "packed", "none"),
    ("packed with tables", "packed", "indirect"),
)
OTHER_SIDE = ("mix_complete", *count.DRIVER_SIDE[1:])


def build(root, runtime, out, source, options=(), alone=()):
    """A program of mix/, with the table of its record."""
    sources = [(FOLDER / f"{name}.c").resolve() for name in (source, *BESIDE.get(source, ()))]
    mix.write(source.partition("_")[0], out / "mix")
    own = (out / "mix", FOLDER)
    return count.linked(root, runtime, out, f"bench_{source}", [*sources, count.CASES], options, own, alone)


def ring_of(features):
    """The layout, and other features."""
    words = features.split(",")
    return (
        "packed" if "packed" in words else "split",
        ",".join(word for word in words if word != "packed") or "none",
    )


def cost(program, given, counts, number, driver=True):
    """Instructions of one of so many requests or frames, and where they went."""
    toggles = (count.MEASURED, *(OTHER_SIDE if driver else ()))
    more = (count.FORGOTTEN,) if driver else ()
    return count.measured(program, [*given, PASSES], counts, number * PASSES, None, toggles, more)


def shown(group, name, unit, found, where, other=None, of=""):
    """A row, beside another figure if there is one."""
    where[f"{group}, {name}"] = found
    ratio = {"ratio": found["Ir"] / other["Ir"], "of": of} if other else {}
    return row(group, name, unit, found["Ir"], where=f"{group}, {name}", **ratio)


def driver_rows(root, runtime, out, quick, where, requests):
    """vwr_blk_submit, _kick and _reap in each layout, beside the driver by hand if it has that."""
    program, rows = build(root, runtime, out, "disk_driver", SEGMENTS), []

    def counted(driver, form):
        return cost(program, [driver, *ring_of(form.features), QUEUE], "requests", requests)

    for form in count.CALLS:
        name, hand = NAME.format(form.name), None
        if form.name in SPLIT:
            hand = counted("hand", form)
            rows.append(shown("block", HAND_NAME.format(name), count.INSTRUCTIONS, hand, where))
        elif quick:
            continue
        rows.append(shown("block", name, count.INSTRUCTIONS, counted("ours", form), where, hand, HAND))
    return rows


def device_rows(root, runtime, out, quick, where, requests):
    """A disk over a back end that does nothing, beside reads of 4 KiB; and one that completes them where the record does."""
    program, rows = build(root, runtime, out, "disk_device"), []
    for form, ring, features in DEVICES:
        if quick and form not in SPLIT:
            continue
        alike = where.get(f"device, {form}, disk, {count.DEPTHS[0][1]}")
        for when, name, other in (("now", "{}", alike), ("later", "{}, completed later", None)):
            found = cost(program, [when, ring, features], "requests", requests, driver=False)
            name = NAME.format(name.format(form))
            rows.append(shown("device", name, count.INSTRUCTIONS, found, where, other, ONE))
    return rows


def card_rows(root, runtime, out, where, frames, received):
    """Frames out and in."""
    program, rows = build(root, runtime, out, "card_driver", QUEUES), []
    for way, words, number in (("send", "frames out", frames), ("receive", "frames in", received)):
        for form, ring, features in DEVICES:
            found = cost(program, [way, ring, features], "packets", number)
            name = f"net, the recorded {words}, {form}"
            rows.append(shown("net", name, "instructions/packet", found, where))
    return rows


def rows(root, runtime, out, quick, where):
    """All of the records, after the figures that they stand beside. Raises count.Failed."""
    requests, card = len(mix.read(mix.record(mix.DISK)).buffers), mix.read(mix.record(mix.CARD))
    received = sum(what == "received" for what, _ in card.events)
    result = driver_rows(root, runtime, out, quick, where, requests)
    result += device_rows(root, runtime, out, quick, where, requests)
    return result + ([] if quick else card_rows(root, runtime, out, where, len(card.buffers), received))
