# SPDX-License-Identifier: MIT
"""Instructions, loads and stores a request on the host, counted by callgrind while the device is left out."""

import platform
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from build import link, static
from rows import row

BENCH = Path(__file__).resolve().parent
QUEUE = 256
QUEUE_SIZES = (8, 64, 256, 1024)
QUEUES = (1, 2, 4, 8)
BLOCK_BATCHES = 1000   # with --quick too: the first requests, up to one for each descriptor of the ring, are slower
LIMIT_READ = {"archive": 184, "inline": 150}  # instructions of vwr_blk_read
KNOWN_READ = {}               # what is known to be above it
INLINE_HEADER = "vwr/blk_inline.h"            # a runtime without it is inlined by link-time optimization
LIMIT_OPEN = 6000      # instructions from the probe to the first data
PCI_KICK = 2           # instructions of a notification beyond one on MMIO
LIMIT_SPREAD = 1.0    # percent between queue sizes, or numbers of queues
# Depth, and what it is called.
DEPTHS = ((1, "depth 1"), (32, "batch 32"))
ANY_SHAPE = 1.2       # times the hand-written driver for requests of any shape


class Format(NamedTuple):
    """A form of ring, measured with a disk that offers these features and a driver that takes them all.

    Limits and what is known to be above them are factors on the yardstick of the same run, by depth.
    """

    name: str
    features: str    # as bench_host has them
    yardstick: str   # its level
    ours: bool       # the runtime drives it: rows of the library are measured too, and this is all that says so
    peers: str = ""  # the figures of peers.py that requests of any shape stand beside
    factor: dict = {1: 1.2, 32: 1.25}
    known: dict = {}
    any_shape: str = ""      # level of the hand-written driver for requests of any shape, where there is one
    known_any: dict = {}
    requests: dict = {}      # instructions of a request by vwr_blk_submit, kick and reap, by how they are called
    requests_known: dict = {}
    hand_blk: str = ""       # level of the yardstick for these, where there is one


MENDED = {1: 1.25, 32: 1.25}
FORMATS = (
    Format("split", "none", "hand", ours=True, peers="split", factor={1: 1.18, 32: 1.12},
           any_shape="hand_any_shape",
           requests={"archive": {1: 215, 32: 115}, "inline": {1: 175, 32: 92}},
           requests_known={"archive": {}, "inline": {1: 183, 32: 101}}, hand_blk="hand_blk"),
    Format("split event_idx", "event_idx", "hand", ours=True),
    Format("split indirect", "indirect", "hand_indirect", ours=True, known={1: 1.23}),
    Format("packed", "packed", "hand_packed_direct", ours=True, peers="packed", known={1: 2.52, 32: 3.13},
           any_shape="hand_packed_any_shape"),
    Format("packed indirect", "packed,indirect", "hand_packed", ours=True, factor=MENDED,
           requests={"archive": {1: 225, 32: 125}, "inline": {1: 185, 32: 100}},
           requests_known={"archive": {1: 269, 32: 139}, "inline": {1: 233, 32: 122}}, hand_blk="hand_blk_packed"),
    Format("packed indirect event_idx", "packed,indirect,event_idx", "hand_packed", ours=True, factor=MENDED),
    Format("in-order", "in_order,indirect", "hand_in_order", ours=True, factor=MENDED, known={32: 1.46},
           requests={"archive": {1: 200, 32: 100}, "inline": {1: 160, 32: 75}},
           requests_known={"archive": {1: 252, 32: 119}, "inline": {1: 231, 32: 104}}, hand_blk="hand_blk_in_order"),
    Format("packed in-order", "packed,indirect,in_order", "hand_packed_in_order", ours=True, factor=MENDED,
           requests={"archive": {1: 200, 32: 100}, "inline": {1: 160, 32: 75}},
           requests_known={"archive": {1: 316, 32: 142}, "inline": {1: 291, 32: 122}}),
)
# What callgrind calls it, what the rows are called, their unit.
EVENTS = (("Ir", "", "instructions/request"), ("Dr", ", loads", "loads/request"), ("Dw", ", stores", "stores/request"))
INSTRUCTIONS = EVENTS[0][2]
TIMEOUT = 300         # seconds for a run that takes about one


class NotMeasured(Exception):
    """A tool is missing: why a group of rows has no values."""


class Failed(Exception):
    """The measured program did not do what it should have."""


def missing():
    """Why nothing can be counted here, or nothing."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return f"counts are those of x86-64, this is {platform.machine()}"
    lacking = [tool for tool in ("gcc", "valgrind") if shutil.which(tool) is None]
    return f"{lacking[0]} is not installed (apt-get install {lacking[0]})" if lacking else ""


def parts(root, runtime):
    """The library's sources, and where headers are."""
    library = [path for folder in (runtime / "base", runtime / "driver", root / "generated" / "src")
               for path in sorted(folder.rglob("*.c"))]
    return library, (BENCH / "port", runtime / "include", root / "generated" / "include")


def build(root, runtime, out, options=()):
    """Compiles the harness for this host and links it with the runtime; answers the program."""
    reason = missing()
    if reason:
        raise NotMeasured(reason)
    sources = [path for path in sorted(BENCH.glob("*.c")) if not path.name.startswith(("ram", "program"))]
    library, include = parts(root, runtime)
    return link(out / "bench_host", library, sources, include, options, script=static(options))


def build_class(root, runtime, out, how, options=()):
    """The class API alone, in an archive or inlined: by its header for that, or else by link-time optimization.

    The harness is optimized apart in both, as the caller's memory and sizes are to stay unknown to the compiler.
    """
    library, include = parts(root, runtime)
    level, yardstick = BENCH / "block_level.c", BENCH / "hand_blk.c"
    sources = [BENCH / "harness.c", *sorted(BENCH.glob("disk*.c")), level, BENCH / "hand_blk_level.c"]
    own, lto = [], []
    if how == "archive":
        sources.append(yardstick)
    else:
        own.append("-DHAND_BLK_INLINE")
    if how == "inline" and (runtime / "include" / INLINE_HEADER).exists():
        own.append(f'-DBENCH_BLK_HEADER="{INLINE_HEADER}"')
    elif how == "inline":
        lto = [level, *library]
    return link(out / f"bench_class_{how}", library, sources, include, options, lto=lto, own=own, script=static(options))


def versions():
    """What the counts depend on."""
    first = lambda *command: subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")[0]
    return f"{first('gcc', '--version')}; {first('valgrind', '--version')}"


def run(program, level, queue, depth, batches, features="none", queues=1, memory=False):
    """One run under callgrind: figures a request, notifications a batch, and where the instructions went.

    `memory`: loads and stores are counted too, which takes twice as long.
    """
    given = [level, *map(str, (queue, depth, batches)), features, str(queues)]
    out = program.parent / ".".join(["callgrind", level, str(queue), str(depth), features, str(queues)])
    toggles = [f"--toggle-collect={name}" for name in (f"{level}_measured", "bench_mmio_write", "bench_mmio_read")]
    # Register accesses before the measured function switch counting on: forget what was counted until then.
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", f"--cache-sim={'yes' if memory else 'no'}",
               "--collect-atstart=no", f"--zero-before={level}_measured", *toggles, str(program), *given]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode != 0:
        own = [line for line in done.stderr.splitlines() if not re.match(r"==|--", line)]
        raise Failed(" ".join(["bench_host", *given]) + f": exit code {done.returncode}: " + " / ".join(own[-3:]))
    counted = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", done.stdout)}
    if counted["requests"] != depth * batches:
        raise Failed(f"{level}: {counted['requests']} requests instead of {depth * batches}")
    text = out.read_text(encoding="utf-8")
    by_function = self_cost(text)
    result = {event: sum(cost[event] for cost in by_function.values()) / counted["requests"]
              for event, _, _ in (EVENTS if memory else EVENTS[:1])}
    result["where"] = {name: cost / counted["requests"] for name, cost in by_source(text).items()}
    result["leak"] = sum(cost["Ir"] for name, cost in by_function.items() if is_excluded(name)) / batches
    result["notifications"] = counted["notifications"] / batches
    result["mmio_reads"] = counted["mmio_reads"] / counted["requests"]
    return result


def is_excluded(name):
    """Whether a function that got instructions is not the driver's nor the loop's: then the toggling leaks."""
    return not name.startswith("vwr_") and not re.search(r"_measured$|^bench_buffers$", name)


def self_cost(text):
    """Costs by function, without what it calls, of a callgrind file."""
    events, names, costs, now, skip = [], {}, {}, None, False
    for line in text.splitlines():
        if line.startswith("events:"):
            events = line.split()[1:]
        elif line.startswith("fn="):
            number, name = re.match(r"fn=\((\d+)\)(?: (.*))?", line).groups()
            now = names.setdefault(number, name)
            costs.setdefault(now, dict.fromkeys(events, 0))
        elif match := re.match(r"cfn=\((\d+)\) (.*)", line):
            names.setdefault(*match.groups())
        elif line.startswith("calls="):
            skip = True  # the next line is what the callee cost
        elif re.match(r"[\d+*-]", line) and now is not None:
            if not skip:
                for event, value in zip(events, line.split()[1:]):
                    costs[now][event] += int(value)
            skip = False
    return costs


def function_at(path, cache):
    """For a source file: the function of each line, by where definitions begin in column 0. None: no such file."""
    if path not in cache:
        try:
            lines = Path(path).read_text(encoding="utf-8").split("\n")
        except OSError:
            lines = None
        names, now = [], ""
        for line in lines or ():
            found = re.match(r"[A-Za-z_][^;=#]*?\b(\w+)\((?!\()", line) if not line.endswith(";") else None
            now = found.group(1) if found and found.group(1) != "__attribute__" else now
            if found and found.group(1) == "__attribute__":
                now = re.findall(r"(\w+)\(", line)[-1]
            names.append(now)
        cache[path] = names if lines else None
    return cache[path]


def by_source(text):
    """Instructions by the function that they are written in, inlined or not, of a callgrind file."""
    files, names, costs, cache = {}, {}, {}, {}
    file = function = None
    line, skip = 0, False
    for entry in text.splitlines():
        if match := re.match(r"(?:fl|fi|fe|cfi|cfl)=\((\d+)\)(?: (.*))?", entry):
            path = files.setdefault(match.group(1), match.group(2))
            file = file if entry.startswith("c") else path
        elif match := re.match(r"c?fn=\((\d+)\)(?: (.*))?", entry):
            name = names.setdefault(match.group(1), match.group(2))
            function = function if entry.startswith("c") else name
        elif entry.startswith("calls="):
            skip = True  # the next line is what the callee cost
        elif match := re.match(r"([+*-]?)(\d*) (\d+)", entry):
            sign, number, cost = match.groups()
            line = line if sign == "*" else line + int(sign + number) if sign else int(number)
            if not skip:
                lines = function_at(file, cache)
                name = lines[line - 1] if lines and 0 < line <= len(lines) and lines[line - 1] else function
                costs[name] = costs.get(name, 0) + int(cost)
            skip = False
    return costs


def yardstick(program, form, level, depth, batches, memory=False):
    """A hand-written loop for a format; it has to keep what it is a measure of."""
    hand = run(program, level, QUEUE, depth, batches, form.features, memory=memory)
    if hand["notifications"] != 1.0 or hand["mmio_reads"] != 0.0:
        raise Failed(f"{level}: not one notification a batch and no register read")
    return hand


def prebuilt_rows(program, form, depth, label, batches, hand, where):
    """Chains that are bound once, at one depth beside the yardstick."""
    name = f"{form.name}, pre-built, {label}"
    ours = where[name] = run(program, "ring", QUEUE, depth, batches, form.features, memory=True)
    known = form.known[depth] * hand["Ir"] if depth in form.known else None
    rows = [row("ring", name + suffix, unit, ours[event], ratio=ours[event] / hand[event], of="hand-minimal",
                limit=form.factor[depth] * hand["Ir"] if event == "Ir" else None,
                known=known if event == "Ir" else None, where=name if event == "Ir" else None)
            for event, suffix, unit in EVENTS]
    rows.append(row("ring", f"{form.name}, notifications, {label}", "per batch", ours["notifications"], exact=1.0))
    rows.append(row("ring", f"{form.name}, register reads, {label}", "per request", ours["mmio_reads"], exact=0.0))
    rows.append(row("ring", f"{form.name}, counted by mistake inside the device, {label}", "instructions/batch",
                    ours["leak"]))
    return rows


def any_shape_rows(program, form, depth, label, batches, where):
    """vwr_queue_add with three segments, beside the hand-written driver that does this: its rows, and its cost."""
    name = f"{form.name}, requests of any shape, {label}"
    ours = where[name] = run(program, "add", QUEUE, depth, batches, form.features)
    if not form.any_shape:
        return [row("ring", name, INSTRUCTIONS, ours["Ir"])], ours["Ir"]
    hand = where[f"hand-written {name}"] = yardstick(program, form, form.any_shape, depth, batches)
    known = form.known_any[depth] * hand["Ir"] if depth in form.known_any else None
    return [row("ring", f"hand-written {name}", INSTRUCTIONS, hand["Ir"]),
            row("ring", name, INSTRUCTIONS, ours["Ir"], ratio=ours["Ir"] / hand["Ir"], of="hand-written",
                limit=ANY_SHAPE * hand["Ir"], known=known, where=name)], ours["Ir"]


def ring_rows(program, batches, where):
    """Ring level next to the hand-written loops, one by one and 32 to a batch; and what to compare with peers."""
    rows, figures = [], {}
    for form in FORMATS:
        for depth, label in DEPTHS:
            name = f"hand-minimal {form.name}, {label}"
            hand = where[name] = yardstick(program, form, form.yardstick, depth, batches, memory=True)
            rows += [row("ring", name + suffix, unit, hand[event]) for event, suffix, unit in EVENTS]
            if form.ours:
                rows += prebuilt_rows(program, form, depth, label, batches, hand, where)
                more, figure = any_shape_rows(program, form, depth, label, batches, where)
                rows += more
                if form.peers:
                    figures[f"{form.peers}-{label}"] = figure
    return rows, figures


def hand_blk_rows(program, form, how, depth, label, batches, where):
    """The yardstick of the class API, called in an object of its own or inlined; and what to compare with it."""
    if not form.hand_blk:
        return [], None
    name = f"hand-written blk {form.name}, {how}, {label}"
    hand = where[name] = yardstick(program, form, form.hand_blk, depth, batches)
    return [row("block", name, INSTRUCTIONS, hand["Ir"])], hand["Ir"]


def request_rows(program, form, how, depth, label, batches, where):
    """vwr_blk_submit, kick and reap of one format, beside the yardstick that is called alike."""
    rows, hand = hand_blk_rows(program, form, how, depth, label, batches, where)
    name = f"blk submit/kick/reap {form.name}, {how}, {label}"
    one = where[name] = run(program, "requests", QUEUE, depth, batches, form.features)
    return rows + [row("block", name, INSTRUCTIONS, one["Ir"], limit=form.requests[how][depth],
                       known=form.requests_known.get(how, {}).get(depth), ratio=one["Ir"] / hand if hand else None,
                       of="hand-written blk", where=name)]


def pci_rows(program, how, batches, where):
    """The same requests on PCI: a notification there costs no more than on MMIO, give or take PCI_KICK."""
    rows = []
    for depth, label in DEPTHS:
        mmio = where[f"blk submit/kick/reap split, {how}, {label}"]["Ir"]
        name = f"blk submit/kick/reap split, {how}, {label}, PCI"
        one = where[name] = run(program, "requests_pci", QUEUE, depth, batches)
        rows.append(row("block", name, INSTRUCTIONS, one["Ir"], limit=mmio + PCI_KICK / depth + 0.001,
                        ratio=one["Ir"] / mmio, of="MMIO", where=name))
    return rows


def class_rows(program, how, batches, where, formats=FORMATS):
    """What an operating system calls: requests by vwr_blk_submit, kick and reap, and the blocking read."""
    rows = []
    for form in (form for form in formats if form.ours and form.requests):
        for depth, label in DEPTHS:
            rows += request_rows(program, form, how, depth, label, batches, where)
    rows += pci_rows(program, how, batches, where)
    name = f"vwr_blk_read, one by one, {how}"
    ours = where[name] = run(program, "block", QUEUE, 1, batches, memory=True)
    rows += [row("block", name + suffix, unit, ours[event], limit=LIMIT_READ[how] if event == "Ir" else None,
                 known=KNOWN_READ.get(how) if event == "Ir" else None, where=name if event == "Ir" else None)
             for event, suffix, unit in EVENTS]
    rows.append(row("block", f"{name}, notifications", "per request", ours["notifications"], exact=1.0))
    rows.append(row("block", f"{name}, register reads", "per request", ours["mmio_reads"], exact=0.0))
    name = f"vwr_mmio_probe to the first vwr_blk_read, {how}"
    ours_open = where[name] = run(program, "open", QUEUE, 1, 1)
    rows.append(row("block", name, "instructions", ours_open["Ir"], limit=LIMIT_OPEN, where=name))
    return rows, ours["Ir"]


def block_rows(root, runtime, out, batches, where):
    """The class API in an archive and inlined; and what stands beside the peers', in an archive."""
    rows, blocking = class_rows(build_class(root, runtime, out, "archive"), "archive", batches, where)
    inlined, _ = class_rows(build_class(root, runtime, out, "inline"), "inline", batches, where)
    split = {f"requests-{label}": where[f"blk submit/kick/reap split, archive, {label}"]["Ir"] for _, label in DEPTHS}
    return rows + inlined, split | {"block-depth 1": blocking}


def flat(name, what, figures):
    """Rows of one figure that may not depend on something: {how much of it: instructions a request}."""
    first = next(iter(figures))
    rows = [row("growth", f"{name}, {what} {key}", INSTRUCTIONS, figure, ratio=figure / figures[first],
                of=f"{what} {first}") for key, figure in figures.items()]
    least, most = min(figures.values()), max(figures.values())
    return rows + [row("growth", f"{name}, {what}: largest difference", "percent",
                       100.0 * (most / least - 1.0), limit=LIMIT_SPREAD)]


def growth_rows(program, batches, quick):
    """The same with short and long queues, and with several: nothing may depend on that.

    8 descriptors hold a batch of 2; with one queue for all batches, and with 8.
    """
    sizes, queues = (QUEUE_SIZES[::3], QUEUES[::3]) if quick else (QUEUE_SIZES, QUEUES)
    rows = []
    for form in (form for form in FORMATS if form.ours):
        ir = lambda level, size, depth, count=1, offered=form.features: run(
            program, level, size, depth, batches, offered, count)["Ir"]
        for depth, name in ((1, "depth 1"), (2, "batch 2")):
            rows += flat(f"{form.name}, {name}", "queue size", {size: ir("ring", size, depth) for size in sizes})
        for depth, name in DEPTHS:
            rows += flat(f"{form.name}, {name}", "queues", {n: ir("queues", QUEUE, depth, n) for n in queues})
    block = {size: run(program, "block", size, 1, batches)["Ir"] for size in sizes}
    return rows + flat("block, depth 1", "queue size", block)
