# SPDX-License-Identifier: MIT
"""Instructions of the device side on the host: a chain, a trap, and what the checks of a guest cost.

The driver is scripted and left out (device/device_main.c); everything from the call on counts.
"""

import shutil

import classes
import count
import grow
import limits
from peers import DEVICE_CHAIN, DEVICE_TRAP, MEASURED
from rows import row

DEVICE = count.BENCH / "device"
INSTRUCTIONS = "instructions/chain"
PASSES, QUICK_PASSES = 6400, 640
DEVICES = (1, 4, 16)
FORMATS = (("split", "hand"), ("packed", "hand_packed"))
# A frame between two guests: bytes, batch.
FRAMES = ((64, 32), (64, 1), (1514, 32))
QUICK_FRAMES = FRAMES[:2]  # that have limits
# What a frame costs is not to grow with what there is: guests on the switch; addresses that a guest lists. Frames of a batch of 32 go to so
# many guests alternately, with no other guest on the switch and with 127: the limit is a factor on the figure without.
ALTERNATELY = (1, 2, 32)
PORTS = 127
# Frames that go one a notification, and addresses that are listed: a factor on the figure with one.
LISTED = 32
# What rows are called that may have a limit.
CHAIN, READ = "{form}, {label}", "{form}, a disk's read over nothing, {label}"
CHECKS = "checks of what the driver writes"
ACCESSES = (("notification", 0), ("write to the register that selects a queue", 1))
ACCESS = "{what}, by {transport}"
STATES = ("save", "load")
KEPT = 32
STATE = "{what} of a disk, {form}"
EACH_REQUEST = f"{{what}} of a disk, {{form}}, for each of {KEPT} requests that it has"
DISK_BYTES, REQUEST_BYTES = "state of a disk with a queue", "state of a request that the disk has"
STATE_LINES = "code for the state of a class, mean"
SAMPLED_BATCHES = 40 * 32  # the first of which is always followed
ONE_IN = 32  # of the sampled monitor: SAMPLED in device/device_main.c
SEEN, WATCHED, SAMPLED = (
    f"{{form}}, a request with its traps, {how}, {{label}}"
    for how in ("unwatched", "watched", f"watched one in {ONE_IN}")
)
TRAP, TRAPS = "trap, {devices} devices", "trap, devices: largest difference"
FRAME = "{form}, frame of {length} bytes between two guests, batch {depth}"
AMONG = f"{{form}}, frame to {{targets}} of {PORTS} guests alternately, batch 32"
EVERY, EACH = (
    f"{{form}}, frame to {PORTS} guests alternately, {how}" for how in ("batch 32", "one a notification")
)
IDLE = "{form}, a pass over an idle disk"
FILTER = f"filter of a guest that lists {LISTED} addresses"
LIMITS = limits.of(
    "device",
    [
        name.format(form=form, label=label)
        for form, _ in FORMATS
        for _, label in count.DEPTHS
        for name in (CHAIN, READ, WATCHED, SAMPLED)
    ]
    + [TRAP.format(devices=devices) for devices in DEVICES]
    + [ACCESS.format(what=what, transport="PCI") for what, _ in ACCESSES]
    + [FRAME.format(form=form, length=length, depth=depth) for form, _ in FORMATS for length, depth in FRAMES]
    + [
        name.format(what=what, form=form)
        for what in STATES
        for form, _ in FORMATS
        for name in (STATE, EACH_REQUEST)
    ]
    + [IDLE.format(form=form) for form, _ in FORMATS]
    + [CHECKS, TRAPS, DISK_BYTES, REQUEST_BYTES, STATE_LINES],
    every=False,
)
LIMITS_GROWTH = limits.of(
    "device growth",
    [
        AMONG.format(form=form, targets=targets)
        for form, _ in FORMATS
        for targets in ALTERNATELY
        if targets > 1
    ]
    + [name.format(form=form) for form, _ in FORMATS for name in (EVERY, EACH)]
    + [FILTER],
)


def build(root, runtime, out, name="bench_device", options=(), trusting=None, alone=()):
    """Compiles the scripted driver for this host and links it with the device side; answers the program.

    `trusting`: the queues are those of this copy of the runtime.
    """
    sources, own = [*sorted(DEVICE.glob("*.c")), count.CASES], ()
    if trusting:
        sources += sorted((trusting / "device/core/vqueue").glob("*.c"))
        own = (trusting / "include",)
    return count.linked(root, runtime, out, name, sources, options, own, alone)


# In which file of the runtime what becomes what, once, where a guest is trusted.
TRUSTING = (
    (
        "include/vwr/vqueue_hot.h",
        "#define VWR_VQUEUE_WRONG(condition) __builtin_expect((condition), 0)",
        "#define VWR_VQUEUE_WRONG(condition) ((void)(condition), 0)",
    ),
    ("include/vwr/vqueue_hot.h", "last = off + (uint32_t)((uint32_t)len - 1u);", "last = off;"),
    (
        "device/core/vqueue/vqueue_one_common.h",
        "((off | (off + b->w.len - 1u)) < q->recent[0].bytes, 1)",
        "(off < q->recent[0].bytes, 1)",
    ),
)


def copy_trusting(runtime, out):
    """A copy of the runtime that checks nothing of what a driver writes, for one figure: the library has no switch for it."""
    copy = out / "trusting_runtime"
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ("device", "include"):
        shutil.copytree(runtime / folder, copy / folder)
    for name, checked, trusted in TRUSTING:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        if text.count(checked) != 1:
            raise count.Failed(f"bench/device.py: {name} does not have once: {checked}")
        path.write_text(text.replace(checked, trusted), encoding="utf-8")
    return copy


def run(program, level, form, *numbers, inside=count.MEASURED):
    """Instructions of one chain, one trap or one frame, and where they went; `inside`: those of this function of it alone."""
    return count.measured(program, [level, form, *numbers], "count", toggles=[inside], more=())


def chain_rows(program, passes, where):
    """Split and packed beside the yardsticks; and the split ring through all of a device's loop."""
    rows = []
    for form, hand_level in FORMATS:
        for depth, label in count.DEPTHS:
            many = max(passes // depth, 20)
            hand = where[f"device, hand-minimal {form}, {label}"] = run(
                program, hand_level, form, depth, many
            )
            name = f"device, {form}, {label}"
            ours = where[name] = run(program, "ours", form, depth, many)
            serve = where[f"device, {form}, vwr_vdev_serve, {label}"] = run(
                program, "serve", form, depth, many
            )
            disk = where[f"device, {form}, disk, {label}"] = run(program, "disk", form, depth, many)
            chain, read = (name.format(form=form, label=label) for name in (CHAIN, READ))
            rows.append(row("device", f"hand-minimal {form}, {label}", INSTRUCTIONS, hand["Ir"]))
            rows.append(
                row(
                    "device",
                    chain,
                    INSTRUCTIONS,
                    ours["Ir"],
                    ratio=ours["Ir"] / hand["Ir"],
                    of="hand-minimal",
                    **LIMITS[chain].bounds(),
                    where=name,
                )
            )
            rows.append(
                row(
                    "device",
                    f"{form}, with vwr_vdev_serve and a class, {label}",
                    INSTRUCTIONS,
                    serve["Ir"],
                    ratio=serve["Ir"] / hand["Ir"],
                    of="hand-minimal",
                )
            )
            rows.append(
                row(
                    "device",
                    read,
                    "instructions/request",
                    disk["Ir"],
                    ratio=disk["Ir"] / hand["Ir"],
                    of="hand-minimal",
                    **LIMITS[read].bounds(),
                    where=f"device, {form}, disk, {label}",
                )
            )
    return rows


def check_rows(program, trusting, passes, where):
    """What it costs not to trust the guest, against a build that does, which exists for nothing else."""
    ours = where["device, split, batch 32"]["Ir"]
    without = run(trusting, "ours", "split", 32, max(passes // 32, 20))["Ir"]
    return [
        row("device", "split, batch 32, without checks", INSTRUCTIONS, without),
        row(
            "device",
            CHECKS,
            "percent",
            100.0 * (ours / without - 1.0),
            **LIMITS[CHECKS].bounds(),
        ),
    ]


def trap_rows(program, passes, where):
    """Alternately a notification and a read of the interrupt status, by number of devices."""
    rows, figures = [], {}
    passes *= 16  # what a device costs once is not to be seen
    for devices in DEVICES:
        hand = run(program, "hand_traps", "split", devices, passes)["Ir"]
        ours = where[f"device, traps, {devices} devices"] = run(program, "traps", "split", devices, passes)
        name = TRAP.format(devices=devices)
        figures[devices] = ours["Ir"]
        rows.append(row("device", f"hand-minimal trap, {devices} devices", "instructions/trap", hand))
        rows.append(
            row(
                "device",
                name,
                "instructions/trap",
                ours["Ir"],
                ratio=ours["Ir"] / hand,
                of="hand-minimal",
                **LIMITS[name].bounds(),
            )
        )
    spread = 100.0 * (max(figures.values()) / min(figures.values()) - 1.0)
    most = LIMITS[TRAPS]
    return rows + [row("device", TRAPS, "percent", spread, **most.bounds())]


def beside(name, unit, found, other, of):
    """The row of a figure that is a ratio to another one."""
    return row(
        "device",
        name,
        unit,
        found,
        ratio=found / other,
        of=of,
        **LIMITS[name].bounds(),
        where=f"device, {name}",
    )


def access_rows(program, passes, where):
    """A write to one register by PCI, beside the same by MMIO: host bridge, BAR and table come on top."""
    rows = []
    for what, number in ACCESSES:
        mmio = run(program, "mmio", "split", number, passes)["Ir"]
        name = ACCESS.format(what=what, transport="PCI")
        pci = where[f"device, {name}"] = run(program, "pci", "split", number, passes)
        rows.append(row("device", ACCESS.format(what=what, transport="MMIO"), "instructions/access", mmio))
        rows.append(beside(name, "instructions/access", pci["Ir"], mmio, "by MMIO"))
    return rows


def idle_rows(program, passes, where):
    """A pass of a loop that serves a disk without work; a VMM that waits for `kicked` has no such loop."""
    rows = []
    for form, _ in FORMATS:
        name = IDLE.format(form=form)
        found = where[f"device, {name}"] = run(program, "idle", form, 1, passes, inside="idle_measured")
        rows.append(
            row(
                "device",
                name,
                "instructions/pass",
                found["Ir"],
                **LIMITS[name].bounds(),
                where=f"device, {name}",
            )
        )
    return rows


def state_rows(root, program, where):
    """A disk saved and loaded: instructions, and bytes; the lines that a class has for it."""
    rows, sizes = [], {}
    for form, _ in FORMATS:
        for what in STATES:
            cost = {}
            for kept in (0, KEPT):
                found = where[f"device, {what}, {form}, {kept} requests"] = run(program, what, form, kept, 10)
                cost[kept], sizes[kept] = found["Ir"], found["bytes"]
            name, each = (name.format(what=what, form=form) for name in (STATE, EACH_REQUEST))
            rows += [
                row("device", name, "instructions", cost[0], **LIMITS[name].bounds()),
                row("device", each, "instructions", (cost[KEPT] - cost[0]) / KEPT, **LIMITS[each].bounds()),
            ]
    lines = {
        path.parent.name: classes.lines(path.read_text(encoding="utf-8"))
        for path in sorted((root / "runtime/device").glob("*/vwr_v*_state.c"))
        if "struct vwr_vstate_class vwr_" in path.read_text(encoding="utf-8")
    }
    return [
        *rows,
        row("device", DISK_BYTES, "bytes", sizes[0], **LIMITS[DISK_BYTES].bounds()),
        row(
            "device",
            REQUEST_BYTES,
            "bytes",
            (sizes[KEPT] - sizes[0]) / KEPT,
            **LIMITS[REQUEST_BYTES].bounds(),
        ),
        *(row("device", f"code for the state of {name}", "lines", found) for name, found in lines.items()),
        row("device", STATE_LINES, "lines", sum(lines.values()) / len(lines), **LIMITS[STATE_LINES].bounds()),
    ]


def watched_rows(program, passes, where):
    """A request of a disk from its notification to the acknowledgement of its interrupt: with a monitor, with one that
    follows some notifications, with none."""
    rows = []
    for form, _ in FORMATS:
        for depth, label in count.DEPTHS:
            plain, *seen = (
                run(program, level, form, depth, max(passes // depth, least), inside="requests_measured")
                for level, least in (("requests", 20), ("watched", 20), ("sampled", SAMPLED_BATCHES))
            )
            rows.append(
                row("device", SEEN.format(form=form, label=label), "instructions/request", plain["Ir"])
            )
            for name, figure in zip((WATCHED, SAMPLED), seen):
                name = name.format(form=form, label=label)
                where[f"device, {name}"] = figure
                rows.append(
                    row(
                        "device",
                        name,
                        "instructions/request",
                        figure["Ir"],
                        ratio=figure["Ir"] / plain["Ir"],
                        of="unwatched",
                        **LIMITS[name].bounds(plain["Ir"]),
                        where=f"device, {name}",
                    )
                )
    return rows


def peer_rows(where):
    """Other people's figures, dated constants, with ours as a part of each."""
    rows = []
    for label, peers in DEVICE_CHAIN.items():
        ours = where[f"device, split, {label}"]["Ir"]
        rows += [
            row(
                "device",
                f"{label}: {name} ({commit}, {MEASURED})",
                INSTRUCTIONS,
                value,
                ratio=ours / value,
                of="this is ours",
            )
            for name, commit, value in peers
        ]
    for devices, peers in DEVICE_TRAP.items():
        ours = where[f"device, traps, {devices} devices"]["Ir"]
        rows += [
            row(
                "device",
                f"trap, {devices} devices: {name} ({commit}, {MEASURED})",
                "instructions/trap",
                value,
                ratio=ours / value,
                of="this is ours",
            )
            for name, commit, value in peers
        ]
    return rows


def build_frames(root, runtime, out):
    """Two guests' network cards on a switch, and their scripted drivers; answers the program."""
    return count.linked(root, runtime, out, "bench_vnet", [count.BENCH / "vnet" / "frames.c", count.CASES])


def frame_rows(program, passes, where, quick):
    """A frame from one guest to another through the switch, with all checks and the copy; beside vwr_copy of as many bytes."""
    rows = []
    for length, depth in QUICK_FRAMES if quick else FRAMES:
        batches = max(passes // depth // 8, 20)
        copy = run(program, "copy", "split", length, depth, batches)["Ir"]
        rows.append(row("device", f"vwr_copy of {length} bytes, batch {depth}", "instructions", copy))
        for form in ("split", "packed"):
            name = FRAME.format(form=form, length=length, depth=depth)
            frame = where[f"device, {name}"] = run(program, "frames", form, length, depth, batches)
            rows.append(beside(name, "instructions/frame", frame["Ir"], copy, "vwr_copy of it"))
    return rows


def growth_rows(program, passes):
    """A frame among few guests and among many, and the filter of one that lists an address, or many."""
    rows = []
    for form in ("split", "packed"):

        def frame(depth, targets, ports, form=form):
            return run(program, "frames", form, 64, depth, max(passes // depth // 8, 20), ports + 1, targets)[
                "Ir"
            ]

        alone = {targets: frame(32, targets, targets) for targets in ALTERNATELY}
        for targets, figure in alone.items():
            rows.append(
                row(
                    "device",
                    f"{form}, frame to {targets} guests alternately, batch 32",
                    "instructions/frame",
                    figure,
                    ratio=figure / alone[1],
                    of="to 1",
                )
            )
            if targets > 1:
                among, name = frame(32, targets, PORTS), AMONG.format(form=form, targets=targets)
                rows.append(
                    row(
                        "device",
                        name,
                        "instructions/frame",
                        among,
                        ratio=among / figure,
                        of=f"to {targets} of {targets}",
                        **LIMITS_GROWTH[name].bounds(figure),
                    )
                )
        every = frame(32, PORTS, PORTS)
        rows.append(
            row(
                "device",
                EVERY.format(form=form),
                "instructions/frame",
                every,
                ratio=every / alone[32],
                of="to 32 of 32",
                **LIMITS_GROWTH[EVERY.format(form=form)].bounds(alone[32]),
            )
        )
        one, every = (frame(1, targets, targets) for targets in (1, PORTS))
        rows.append(row("device", f"{form}, frame to 1 guest, one a notification", "instructions/frame", one))
        rows.append(
            row(
                "device",
                EACH.format(form=form),
                "instructions/frame",
                every,
                ratio=every / one,
                of="to 1",
                **LIMITS_GROWTH[EACH.format(form=form)].bounds(one),
            )
        )
    one, many = (
        run(
            program,
            "frames",
            "split",
            64,
            32,
            max(passes // 32 // 8, 20),
            2,
            1,
            listed,
            inside="vwr_vnet_wants_",
        )["Ir"]
        for listed in (1, LISTED)
    )
    rows.append(row("device", "filter of a guest that lists 1 address", "instructions/frame", one))
    return rows + [
        row(
            "device",
            FILTER,
            "instructions/frame",
            many,
            ratio=many / one,
            of="of 1",
            **LIMITS_GROWTH[FILTER].bounds(one),
        )
    ]


def rows(root, runtime, out, quick, where):
    """All of the group; with `quick` chains, traps and frames with fewer passes. Raises count.Failed."""
    passes = QUICK_PASSES if quick else PASSES
    program = build(root, runtime, out)
    frames = build_frames(root, runtime, out)
    found = chain_rows(program, passes, where) + trap_rows(program, passes, where)
    found += frame_rows(frames, passes, where, quick)
    if quick:
        return found + peer_rows(where)
    trusting = build(root, runtime, out, "bench_device_trusting", trusting=copy_trusting(runtime, out))
    return (
        found
        + check_rows(program, trusting, passes, where)
        + access_rows(program, passes, where)
        + idle_rows(program, passes, where)
        + watched_rows(program, passes, where)
        + state_rows(root, program, where)
        + peer_rows(where)
        + growth_rows(frames, passes)
        + grow.rows(root, runtime, out, where)
    )
