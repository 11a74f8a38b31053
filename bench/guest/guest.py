#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the driver in guests: instructions, rates next to Linux, exits. See README.md."""

import os
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import guest_packages as debian
import exits
import limits
import report
import virtwright
from count import Failed, NotMeasured
from machine import (
    COUNT,
    FILE_DISK,
    NULL_DISK,
    RATE,
    build,
    make_disk,
    prepare_linux,
    run_block,
    run_image,
    run_linux,
)
from others import Others
from rows import row

GROUPS = {"icount": "icount", "rate": "guest rate", "exits": "guest exits"}

ICOUNT = ["-icount", "shift=0,sleep=off"]
ICOUNT_REQUESTS = 20480
ICOUNT_APART = "two runs, largest difference"
CLOCKS_APART = "timer and counter, largest difference"  # the timer ticks once in 16 instructions
FEATURES_OF_ALL = virtwright.spec()["features"].groups[0]
FEATURES = (("EVENT_IDX",), ("INDIRECT_DESC",), ("RING_PACKED",), ("RING_PACKED", "INDIRECT_DESC"))

SIZES = {4096: "4 KiB", 131072: "128 KiB"}
# Requests of one run by size and depth, so that it takes about half a second. 85 = 256 / 3: a full queue.
REQUESTS = {
    (4096, 1): 8000,
    (4096, 32): 64000,
    (4096, 85): 85000,
    (131072, 1): 3000,
    (131072, 32): 16000,
    (131072, 85): 17000,
}
NO_DISK_SIZE = 4096  # of the requests that QEMU's null-co answers without reading anything
LINUX_PART = 4  # of those, one in so many: it is slower
TRACED_PART = 20  # of those, one in so many: a line of the trace for each access
OURS = (("hand-minimal, polled", "hand", False), ("polled", "ring", False), ("interrupts", "ring", True))
LINUX = (("Linux", ""), ("Linux, nokaslr", "nokaslr"))
PER = 1000  # requests that exits are shown for


def label_of(depth):
    return f"batch {depth}" if depth > 1 else "depth 1"


# The compared rates that have a limit, and register accesses of a request by itself with interrupts.
NO_DISK = "no disk, polled, batch 32"
RATES = ("polled, depth 1, of Linux",) + tuple(
    f"{name}, of {other}" for name in ("polled, batch 32", NO_DISK) for other in ("depth 1", "hand-minimal")
)
ACCESSES = {size: f"{words}, depth 1, interrupts: register accesses" for size, words in SIZES.items()}
LIMITS_ICOUNT = limits.of(
    "icount", [*(f"split, {label_of(depth)}" for depth in (1, 32)), ICOUNT_APART, CLOCKS_APART]
)
LIMITS_RATE = limits.of("guest rate", RATES)
LIMITS_EXITS = limits.of("guest exits", ACCESSES.values())


def count(out, level, depth, features=()):
    """Instructions a request under -icount: {all, submit, reap}, and all by the timer."""
    bits = [FEATURES_OF_ALL.named(name).value for name in features]
    block = run_block(level, COUNT, depth, 4096, ICOUNT_REQUESTS // depth, check=False, features=bits)
    device = ",packed=on" if "RING_PACKED" in features else ""
    figures, _ = run_image(out, block, NULL_DISK, ICOUNT, device)
    if figures.get("counted", 0) < ICOUNT_REQUESTS // 2:
        raise Failed(
            f"{level}, {label_of(depth)}: of {ICOUNT_REQUESTS} requests not even half could be counted"
        )
    parts = {name: (figures[name] - figures["empty"]) / figures["counted"] for name in ("submit", "reap")}
    ticks = figures["submit_ticks"] + figures["reap_ticks"] - 2 * figures["empty_ticks"]
    # With shift=0 an instruction takes a nanosecond.
    return {"all": sum(parts.values()), **parts, "timer": ticks * 1e9 / figures["hertz"] / figures["counted"]}


def apart(one, two):
    """How far two figures are apart, in percent."""
    return 100.0 * abs(one / two - 1.0)


def icount_rows(out, quick):
    """Instructions of the yardstick and of the driver; each figure is taken twice."""
    result, runs, clocks = [], [], []
    for depth in (1, 32):
        hand = None
        for name, level in (("hand-minimal split", "hand"), ("split", "ring")):
            one, two = (count(out, level, depth) for _ in range(2))
            hand = hand or one["all"]
            ours = level == "ring"
            figure = LIMITS_ICOUNT[f"{name}, {label_of(depth)}"] if ours else limits.Figure()
            result.append(
                row(
                    "icount",
                    f"{name}, {label_of(depth)}",
                    "instructions/request",
                    one["all"],
                    **figure.bounds(),
                    ratio=one["all"] / hand if ours else None,
                    of="hand-minimal" if ours else "",
                )
            )
            for part, words in (("submit", "submit and kick"), ("reap", "reap")):
                result.append(
                    row("icount", f"{name}, {label_of(depth)}, {words}", "instructions/request", one[part])
                )
            runs.append(apart(one["all"], two["all"]))
            clocks.append(apart(one["timer"], one["all"]))
    for name, values in ((ICOUNT_APART, runs), (CLOCKS_APART, clocks)):
        figure = LIMITS_ICOUNT[name]
        result.append(row("icount", name, "percent", max(values), **figure.bounds()))
    return result if quick else result + feature_rows(out)


def feature_rows(out):
    """The same with what else the ring can do, as far as driver and device have it."""
    result = []
    for features in FEATURES:
        for depth in (1, 32):
            for name, level in (("hand-minimal split", "hand"), ("", "ring")):
                if level == "hand" and features != ("EVENT_IDX",):
                    continue
                words = f"{name + ', ' if name else ''}{' and '.join(features)}, {label_of(depth)}"
                try:
                    value = count(out, level, depth, features)["all"]
                    result.append(row("icount", words, "instructions/request", value))
                except NotMeasured as why:
                    result.append(row("icount", words, "", reason=str(why)))
    return result


def cases(quick):
    """What is read: (bytes, depth), the same for all."""
    return [case for case in REQUESTS if not quick or (case[0] == 4096 and case[1] < 85)]


def batches_of(case, part):
    """Batches of a run that has one in `part` of the requests."""
    return max(1, REQUESTS[case] // part // case[1])


def linux_guest(out):
    """Why there is no Linux guest, or an empty string."""
    try:
        print("bench: the Linux guest is", ", ".join(prepare_linux(ROOT, out)))
        return ""
    except (NotMeasured, debian.NoLinux) as why:
        return f"no Linux guest: {why}"


def measure_rates(out, quick, without_linux):
    """Requests a second, {(who, case): [one of each pass]}; passes are interleaved, so that a slow minute hits all."""
    rates = {}

    def note(who, case, figures):
        rates.setdefault((who, case), []).append(figures["requests"] * figures["hertz"] / figures["ticks"])

    for _ in range(3 if quick else 5):
        for size, depth in cases(quick):
            for who, level, sleep in OURS:
                block = run_block(level, RATE, depth, size, batches_of((size, depth), 1), sleep)
                note(who, (size, depth), run_image(out, block, FILE_DISK)[0])
                if not quick and size == NO_DISK_SIZE:
                    block = run_block(
                        level, RATE, depth, size, batches_of((size, depth), 1), sleep, check=False
                    )
                    note(who, (0, depth), run_image(out, block, NULL_DISK)[0])
        if not without_linux:
            reads = [(depth, size, batches_of((size, depth), LINUX_PART)) for size, depth in cases(quick)]
            for who, arguments in LINUX:
                for case, figures in zip(cases(quick), run_linux(out, reads, FILE_DISK, arguments)[0]):
                    note(who, case, figures)
    return {key: median(values) for key, values in rates.items()}


def compared(name, ours, theirs, of):
    """A row that holds if `ours` is at least so many times `theirs`: as the time of a request, which is at most."""
    figure = LIMITS_RATE.get(f"{name}, of {of}", limits.Figure())
    return row(
        "guest rate",
        f"{name}: time a request",
        f"of {of}'s",
        theirs / ours,
        limit=1.0 / figure.least if figure.least else None,
        ratio=ours / theirs,
        of=f"the rate of {of}",
    )


def rate_rows(out, quick, without_linux):
    """Rates, and the ratios that have a limit: rates depend on the machine, ratios of one run less so."""
    others = Others()
    rates = measure_rates(out, quick, without_linux)
    result = [row("guest rate", report.OTHERS, f"percent of {os.cpu_count()} processors", others.percent())]
    for case in sorted({case for _, case in rates}, key=lambda case: (case[0] == 0, *case)):
        for who in [who for who, _, _ in OURS] + [who for who, _ in LINUX]:
            if (who, case) in rates:
                rate = rates[who, case]
                result.append(
                    row(
                        "guest rate",
                        f"{SIZES.get(case[0], 'no disk')}, {label_of(case[1])}, {who}",
                        "requests/s",
                        round(rate),
                        ratio=rate / rates[OURS[0][0], case],
                        of="hand-minimal",
                    )
                )
    one, many = (4096, 1), (4096, 32)
    if without_linux:
        result.append(row("guest rate", "Linux", "", reason=without_linux))
    for who, _ in () if without_linux else LINUX:
        result.append(compared("polled, depth 1", rates["polled", one], rates[who, one], who))
    batch = rates["polled", many]
    result.append(compared("polled, batch 32", batch, rates["polled", one], "depth 1"))
    result.append(compared("polled, batch 32", batch, rates[OURS[0][0], many], "hand-minimal"))
    if not quick:
        batch = rates["polled", (0, 32)]
        result.append(compared(NO_DISK, batch, rates["polled", (0, 1)], "depth 1"))
        result.append(compared(NO_DISK, batch, rates[OURS[0][0], (0, 32)], "hand-minimal"))
    return result


def exit_rows(out, quick, without_linux):
    """What each does to the device, in QEMU's trace; where the guest counts too, both have to agree."""
    result = []

    def note(who, case, window):
        depth = case[1]
        for what, words in (
            ("notifications", "notifications"),
            ("taken", "interrupts"),
            ("raised", "times that the device asks for an interrupt"),
            ("mmio", "register accesses"),
        ):
            exact, most = None, {}
            if what == "taken" and who.endswith("polled"):
                continue  # nobody would: that the device asks for none is the figure
            if who == "polled":
                exact = 0.0 if what == "raised" else PER / depth
            elif who == "interrupts" and what == "mmio" and depth == 1:
                most = LIMITS_EXITS[ACCESSES[case[0]]].bounds(PER)
            result.append(
                row(
                    "guest exits",
                    f"{SIZES[case[0]]}, {label_of(depth)}, {who}: {words}",
                    f"per {PER} requests",
                    PER * window[what] / (batches_of(case, TRACED_PART) * depth),
                    exact=exact,
                    **most,
                )
            )

    for case in cases(quick):
        for who, level, sleep in OURS:
            block = run_block(level, RATE, case[1], case[0], batches_of(case, TRACED_PART), sleep)
            figures, _ = run_image(out, block, FILE_DISK, exits.OPTIONS)
            note(who, case, exits.counted(out, [figures])[0])
    if without_linux:
        return result + [row("guest exits", "Linux", "", reason=without_linux)]
    reads = [(depth, size, batches_of((size, depth), TRACED_PART)) for size, depth in cases(quick)]
    figures, _ = run_linux(out, reads, FILE_DISK, options=exits.OPTIONS)
    for case, window in zip(cases(quick), exits.counted(out, figures, slack=1)):
        note("Linux", case, window)
    return result


def rows(root, runtime, out, quick, groups=tuple(GROUPS.values())):
    """Rows of the groups, or one row for each that says why there are none. `out`: bench/ of the build folder."""
    out = out / "guest"
    try:
        build(root, runtime, out)
    except NotMeasured as why:
        return [row(group, "all", "", reason=str(why)) for group in groups]
    result = icount_rows(out, quick) if "icount" in groups else []
    if set(groups) & {"guest rate", "guest exits"}:
        make_disk(out)
        without_linux = linux_guest(out)
        if "guest rate" in groups:
            result += rate_rows(out, quick, without_linux)
        if "guest exits" in groups:
            result += exit_rows(out, quick, without_linux)
    return result


def main():
    parser = report.parser(__doc__.split(" See")[0], "4 KiB only, depth 1 and 32, fewer passes")
    parser.add_argument(
        "--only", choices=GROUPS, help="one group of rows; exit code 77 if it cannot be measured here"
    )
    parser.add_argument(
        "--runtime", metavar="DIR", default=ROOT / "runtime", help="measure this runtime/ instead"
    )
    given = parser.parse_args()
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build").resolve() / "bench"
    groups = [GROUPS[given.only]] if given.only else [*GROUPS.values()]
    runtime = Path(given.runtime).resolve()
    return report.command(given, lambda: (rows(ROOT, runtime, out, given.quick, groups), {}), "./vwr demo")


if __name__ == "__main__":
    sys.exit(main())
