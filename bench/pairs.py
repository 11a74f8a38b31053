#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Instructions of a message of each class at both ends, driver and device, with the features of a pair.

The program is that of messages/. `./vwr bench features` shows what each feature adds at both ends.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

import blocks
import count
import usual
from rows import row

SOURCE = count.BENCH / "messages/messages.c"
BATCH = 32  # of the program
REGIONS = ("-DBENCH_REGIONS",)
ENDS = {
    "driver": (("messages_measured", *count.DRIVER_SIDE[1:]), ("--zero-before=messages_measured",)),
    "device": (("device_side",), ("--zero-before=messages_measured",)),
}
MASK = {"indirect": 1 << 28, "event_idx": 1 << 29, "packed": 1 << 34, "in_order": 1 << 35, "merge": 1 << 15}


class Call(NamedTuple):
    """A call of the program: the name in rows, the class in usual.yaml, the messages per call, the calls per run."""

    words: str
    usual: str
    each: int = 1
    calls: int = 1000


CALLS = {
    "blk": Call("blk, read of 4 KiB, one by one", "blk"),
    "blk-batch": Call("blk, read of 4 KiB, batch 32", "blk", BATCH, 100),
    "net-send": Call("net, frame out, one by one", "net"),
    "net-send-batch": Call("net, frame out, batch 32", "net", BATCH, 100),
    "net-receive": Call("net, frame in, one by one", "net"),
    "net-receive-batch": Call("net, frame in, batch 32", "net", BATCH, 100),
    "net-receive-large": Call("net, 63 KiB in, of merged buffers", "net", 1, 200),
    "console-write": Call("console, 4 KiB out", "console", 1, 200),
    "console-read": Call("console, 4 KiB in", "console", 1, 200),
    "entropy": Call("entropy, 64 bytes", "entropy"),
    "9p": Call("9p, getattr", "9p"),
    "9p-read": Call("9p, read of 32 KiB", "9p"),
    "fs": Call("fs, getattr", "fs"),
    "fs-read": Call("fs, read of 32 KiB", "fs"),
    "scsi": Call("scsi, read of 8 blocks", "scsi"),
    "crypto": Call("crypto, cipher of 64 bytes", "crypto"),
    "i2c": Call("i2c, write of 4 bytes", "i2c"),
    "gpio": Call("gpio, set value", "gpio"),
    "rtc": Call("rtc, read of a clock", ""),
    "balloon": Call("balloon, inflate by a page", "balloon"),
    "vsock": Call("vsock, packet of 64 bytes", "vsock"),
    "vsock-stream": Call("vsock, 64 KiB of a stream", "vsock", 1, 50),
    "sound": Call("sound, period of 64 bytes", "sound"),
}


def build(root, runtime, out, options=()):
    """Builds the program; with REGIONS, guest memory may have several regions."""
    name = "-".join(["bench_messages", *options])
    return count.linked(root, runtime, out, name, [SOURCE, count.CASES], options)


def cost(program, call, ring, end, regions=None):
    """Instructions per message at one end, and whether the pair accepted all features of the ring."""
    one, (toggles, more) = CALLS[call], ENDS[end]
    given = [call, ring, one.calls, *(() if regions is None else (regions,))]
    return count.measured(program, given, "calls", one.calls, one.each * one.calls, toggles, more)


def ring_of(features):
    """The ring features in a set of bits, in the form of the program's argument."""
    return "_".join(name for name, bit in MASK.items() if features & bit) or "split"


# ---- rows with the features of a usual pair ----


def rows(root, runtime, out, where):
    """Each class at both ends with the features of a usual pair, compared with no features."""
    program, result = build(root, runtime, out), []
    for name, call in CALLS.items():
        if not call.usual:
            continue
        for end in ENDS:
            plain = cost(program, name, "split", end)["Ir"]
            found = where[f"usual, {call.words}, {end}"] = cost(
                program, name, ring_of(usual.features(call.usual)), end
            )
            result.append(
                row(
                    "usual",
                    f"{call.words}, {end}",
                    "instructions/message",
                    found["Ir"],
                    ratio=found["Ir"] / plain,
                    of="no features",
                    where=f"usual, {call.words}, {end}",
                )
            )
    return result


# ---- what a feature adds ----

FEATURES = {
    "indirect": "INDIRECT_DESC",
    "event_idx": "EVENT_IDX",
    "in_order": "IN_ORDER",
    "packed": "RING_PACKED",
    "merge": "MRG_RXBUF",
}
USUAL = ("indirect", "event_idx")  # the rest of the features, with and without


def with_(feature, has):
    """The usual ring with or without a feature."""
    words = [name for name in MASK if name == feature and has or name != feature and name in USUAL]
    return "_".join(words) or "split"


def added(program, call, feature):
    """What a feature adds at each end, or nothing if the pair does not accept it."""
    if feature == "merge" and (not call.startswith("net-receive") or call == "net-receive-large"):
        return None
    if not cost(program, call, with_(feature, True), "driver")["accepted"]:
        return None
    return [
        cost(program, call, with_(feature, True), end)["Ir"]
        - cost(program, call, with_(feature, False), end)["Ir"]
        for end in ENDS
    ]


def table(program):
    """The table, and below it the pairs that take fewer instructions with a feature."""
    head = ["message", *(f"usual, {end}" for end in ENDS), *FEATURES.values()]
    lines, gains = [head, ["---"] * len(head)], {feature: [] for feature in FEATURES}
    for name, call in CALLS.items():
        cells = [call.words, *(f"{cost(program, name, '_'.join(USUAL), end)['Ir']:.0f}" for end in ENDS)]
        for feature in FEATURES:
            more = added(program, name, feature)
            cells.append(" / ".join(f"{round(part):+d}" for part in more) if more else "")
            if more and round(sum(more)) < 0:
                gains[feature].append(f"{call.words} ({round(sum(more)):+d})")
        lines.append(cells)
    text = "".join("| " + " | ".join(cells) + " |\n" for cells in lines) + "\n"
    return text + "".join(
        f"- {FEATURES[feature]}: {'; '.join(found) or 'no pair gains'}\n" for feature, found in gains.items()
    )


def main():
    parser = argparse.ArgumentParser(
        prog="./vwr bench features", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--write", action="store_true", help="write the table into bench/README.md")
    given = parser.parse_args()
    if reason := count.missing():
        sys.exit(f"bench: {reason}")
    root = count.BENCH.parent
    out = Path(os.environ.get("VWR_BUILD_DIR") or root / "build") / "bench"
    out.mkdir(parents=True, exist_ok=True)
    made = {"features": table(build(root, root / "runtime", out))}
    print(made["features"], end="")
    if given.write:
        blocks.write(made)


if __name__ == "__main__":
    main()
