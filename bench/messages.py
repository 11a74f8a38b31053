# SPDX-License-Identifier: MIT
"""Instructions of one message of a class, from the call to its return, on the host. Shown, not judged."""

import count
from rows import row

# The library has functions of the names that count.MEASURED has, and these programs call them.
TOGGLES = ("messages_measured", *count.DRIVER_SIDE[1:])
CALLS = {
    "9p": "9p, getattr",
    "9p-read": "9p, read of 32 KiB",
    "fs": "fs, getattr",
    "fs-read": "fs, read of 32 KiB",
    "scsi": "scsi, read of 8 blocks",
    "crypto": "crypto, cipher of 64 bytes",
    "i2c": "i2c, write of 4 bytes",
    "gpio": "gpio, set value",
    "rtc": "rtc, read of a clock",
    "balloon": "balloon, inflate by a page",
    "vsock": "vsock, packet of 64 bytes",
    "vsock-stream": "vsock, 64 KiB of a stream",
    "sound": "sound, period of 64 bytes",
}
MANY = ("vsock-stream",)  # several messages


def run(program, name, ring, calls):
    """Instructions of a call and where they went, and notifications."""
    counted, text = count.counted(program, [name, ring, calls], TOGGLES, [f"--zero-before={TOGGLES[0]}"])
    if counted["calls"] != calls:
        raise count.Failed(f"{program.name} {name} {ring}: {counted['calls']} calls instead of {calls}")
    where = {function: cost / calls for function, cost in count.by_source(text).items()}
    return {"Ir": sum(where.values()), "where": where, "notifications": counted["notifications"] / calls}


def rows(root, runtime, out, where):
    """All of the group, or one row that says why there is nothing. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("message", "all", "", reason=reason)]
    program = count.linked(
        root, runtime, out, "bench_messages", [count.BENCH / "messages" / "messages.c", count.CASES]
    )
    result = []
    for name, call in CALLS.items():
        for ring in ("split", "packed"):
            title = f"{call}, {ring}"
            ours = where[title] = run(program, name, ring, 1000)
            result.append(row("message", title, "instructions", ours["Ir"], where=title))
            result.append(
                row(
                    "message",
                    f"{title}, notifications",
                    "per call",
                    ours["notifications"],
                    exact=None if name in MANY else 1.0,
                )
            )
    return result
