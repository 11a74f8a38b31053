# SPDX-License-Identifier: MIT
"""Instructions of a call of a class on the host, from the call to its return: programs of which each case makes one call again
and again, against our device side. A frame goes out by vwr_net_fill, _submit, _kick and _reap, and comes in by
vwr_net_receive_reap, _return and _kick; a frame in pieces is an array of segments, without vwr_net_fill; a rectangle is a transfer and a flush; messages of
other classes are shown, not judged.
"""

from typing import NamedTuple

import count
import forms
import limits
from rows import row

DRIVEN = ("split", "packed")


class Case(NamedTuple):
    """A row of instructions, and one of notifications: one for so many that are `notified` at once, or any number (None)."""

    name: str
    given: tuple  # to the program
    done: int  # what the program says of it
    each: int  # a figure is that of one of so many
    notified: int | None = 1
    limit: str = ""  # the name of its limit, if it is another
    peers: str = ""  # the figure of peers.py that it stands beside
    quick: bool = False  # measured with --quick too
    shown: bool = False  # need not have a limit


class Program(NamedTuple):
    """The sources are a folder and a file; `counts` is what the program says of how much it has done."""

    group: str
    source: str
    counts: str
    unit: str
    cases: tuple
    toggles: tuple = count.DRIVER_SIDE
    beside: tuple = ()  # a case in whose figure limits are factors, and what it is
    options: tuple = ()  # of the compiler, for the program and the library


def _messages(name, words, notified=1):
    """A call of a class by the name that the program has for it."""
    return tuple(Case(f"{words}, {ring}", (name, ring, 1000), 1000, 1000, notified) for ring in DRIVEN)


def _packets(way, ring, depth, label, length):
    words = ring.replace("_", " ")
    return Case(
        f"net, {way} {length} bytes, {words}, {label}",
        (way, ring, depth, 32000 // depth, length),
        32000 // depth * depth,
        32000 // depth * depth,
        depth,
        f"{way}, {words}, {label}",  # the length of a packet makes no difference
        f"net-{way}-{label}" if (ring, length) == ("split", 64) else "",
    )


# Reception with other features: IN_ORDER, and merged buffers, which cards usually offer.
MERGED = "mrg_rxbuf"
RECEIVED = ("in_order", "packed_in_order", MERGED, f"packed_{MERGED}", f"in_order_{MERGED}")
LARGE = 65536 + 14  # bytes of a packet that fills 33 buffers


def _received(ring, depth, label):
    words = ring.replace(MERGED, "MRG_RXBUF").replace("_", " ").replace("MRG RXBUF", "with MRG_RXBUF")
    return Case(
        f"net, receive 64 bytes, {words}, {label}",
        ("receive", ring, depth, 32000 // depth, 64),
        32000 // depth * depth,
        32000 // depth * depth,
        depth,
        quick=ring == MERGED,
        shown=True,
    )


def _large(ring):
    return Case(
        f"net, receive 64 KiB in 33 buffers, {ring.replace('_', ' ')}",
        ("receive", f"{ring}_{MERGED}", 1, 1000, LARGE),
        1000,
        1000,
        quick=ring == "split",
        shown=True,
    )


# Rings by the names of count.CALLS, and as the program has them.
RINGS = {
    "split": "split",
    "split with tables": "indirect",
    "packed": "packed",
    "packed with tables": "packed_indirect",
    "in order": "in_order",
    "in order with tables": "in_order_indirect",
    "packed in order": "packed_in_order",
    "packed in order with tables": "packed_in_order_indirect",
}
FRAMES = 6400  # of a row of frames in pieces


def _pieces(number):
    """Frames of 64 bytes that are sent in an array of so many segments."""
    words = "an array of 1 piece" if number == 1 else f"{number} pieces"
    return tuple(
        Case(
            f"net, send 64 bytes in {words}, {name}, {label}",
            ("send", ring, depth, FRAMES // depth, 64, number),
            FRAMES,
            FRAMES,
            depth,
            f"send in {words}, {name}, {label}",
            quick=number == 2 and name in forms.QUICK,
            shown=True,
        )
        for name, ring in RINGS.items()
        for depth, label in count.DEPTHS
    )


SHOWN = "message"  # is not judged
PROGRAMS = (
    Program(
        "gpu",
        "gpu/gpu.c",
        "requests",
        "rectangle",
        tuple(Case(f"gpu, dirty rectangle, {ring}", (ring, 1000), 1000, 1000) for ring in DRIVEN),
    ),
    Program(
        "vgpu",
        "vgpu/flush.c",
        "screens",
        "screen",
        (
            Case("1280 x 800 x 4 bytes by vwr_copy", ("copy", 4), 4, 4, None),
            # With a framebuffer of the VMM's there are two copies.
            Case("vgpu, transfer and flush, pixels shown where they are", ("memory", 4), 4, 4, None),
            Case("vgpu, transfer and flush, pixels drawn into a framebuffer", ("framebuffer", 4), 4, 4, None),
        ),
        (count.MEASURED,),
        ("1280 x 800 x 4 bytes by vwr_copy", "vwr_copy"),
    ),
    Program(
        "console",
        "console/console.c",
        "bytes",
        "4 KiB",  # a call: all buffers of a port
        tuple(
            Case(f"console, {way} 4 KiB, {ring}", (way, ring, 1000), 4096 * 1000, 1000)
            for way in ("write", "read")
            for ring in DRIVEN
        ),
    ),
    Program(
        "console",
        "console/console.c",
        "bytes",
        "byte",  # and call
        tuple(
            Case(
                f"console, {way} 1 byte, {ring}",
                (way, ring, 4096, 1),
                4096,
                4096,
                None,
                quick=ring == "split",
                shown=True,
            )
            for way in ("write", "read")
            for ring in DRIVEN
        ),
    ),
    Program(
        "net",
        "net/net.c",
        "packets",
        "packet",
        tuple(
            _packets(way, ring, depth, label, length)
            for way in ("send", "receive")
            for ring in ("split", "packed_indirect", "packed")
            for depth, label in count.DEPTHS
            for length in (64, 1514)
        )
        + tuple(_received(ring, depth, label) for ring in RECEIVED for depth, label in count.DEPTHS)
        + tuple(_large(ring) for ring in ("split", "packed", "in_order"))
        + _pieces(1)
        + _pieces(2),
    ),
    # A batch of 32 with five descriptors each does not fit the default queue.
    Program("net", "net/net.c", "packets", "packet", _pieces(4), options=("-DVWR_NET_QUEUE=256",)),
    Program(
        SHOWN,
        "messages/messages.c",
        "calls",
        "call",
        (
            *_messages("9p", "9p, getattr"),
            *_messages("9p-read", "9p, read of 32 KiB"),
            *_messages("fs", "fs, getattr"),
            *_messages("fs-read", "fs, read of 32 KiB"),
            *_messages("scsi", "scsi, read of 8 blocks"),
            *_messages("crypto", "crypto, cipher of 64 bytes"),
            *_messages("i2c", "i2c, write of 4 bytes"),
            *_messages("gpio", "gpio, set value"),
            *_messages("rtc", "rtc, read of a clock"),
            *_messages("balloon", "balloon, inflate by a page"),
            *_messages("vsock", "vsock, packet of 64 bytes"),
            *_messages("vsock-stream", "vsock, 64 KiB of a stream", None),  # several messages
            *_messages("sound", "sound, period of 64 bytes"),
        ),
        # The library has functions of the names that count.MEASURED has, and these programs call them.
        ("messages_measured", *count.DRIVER_SIDE[1:]),
    ),
)
LIMITS = {
    group: limits.of(
        group,
        [one.limit or one.name for program in PROGRAMS if program.group == group for one in program.cases],
        every=False,
    )
    for group in dict.fromkeys(program.group for program in PROGRAMS)
    if group != SHOWN
}


def rows(root, runtime, out, where, chosen=lambda one: True, groups=None):
    """The chosen cases of these groups, or of all, and the rows that are compared with peers. Raises count.Failed."""
    result, figures = [], {}
    for group, source, counts, unit, cases, toggles, beside, options in PROGRAMS:
        path = count.BENCH / source
        cases = [one for one in cases if chosen(one) and group in (groups or (group,))]
        if not cases:
            continue
        name = "-".join([f"bench_{path.parent.name}", *options])
        program = count.linked(root, runtime, out, name, [path, count.CASES], options)
        for one in cases:
            # Register accesses before the measured function count, and are forgotten when it begins.
            more = [f"--zero-before={toggles[0]}"] if len(toggles) > 1 else []
            ours = where[one.name] = count.measured(
                program, one.given, counts, one.done, one.each, toggles, more
            )
            other = where[beside[0]]["Ir"] if beside else None
            limit = LIMITS.get(group, {}).get(one.limit or one.name, limits.Figure())
            result.append(
                row(
                    group,
                    one.name,
                    f"instructions/{unit}",
                    ours["Ir"],
                    **limit.bounds(other or 1),
                    ratio=ours["Ir"] / other if other else None,
                    of=beside[1] if beside else "",
                    where=one.name,
                )
            )
            if one.peers:
                figures[one.peers] = ours["Ir"]
            if "notifications" in ours:
                batch = one.notified or 1
                result.append(
                    row(
                        group,
                        f"{one.name}, notifications",
                        "per batch" if batch > 1 else f"per {unit}",
                        ours["notifications"] * batch / one.each,
                        exact=None if one.notified is None else 1.0,
                    )
                )
    return result, figures
