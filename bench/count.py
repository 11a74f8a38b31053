# SPDX-License-Identifier: MIT
"""Instructions, loads and stores a request on the host, counted by callgrind while the device is left out."""

import atexit
import functools
import platform
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import limits
from build import link, static
from rows import row

BENCH = Path(__file__).resolve().parent
CASES = BENCH / "cases.c"  # main() of each program
QUEUE = 256
QUEUE_SIZES = (8, 64, 256, 1024)
QUEUES = (1, 2, 4, 8)
QUICK_BATCHES = 200
# In order with --quick too: the first requests, up to one for each descriptor of the ring, are slower.
IN_ORDER, BLOCK_BATCHES = "in_order", 1000
# More requests in flight than a first-level cache holds: misses of one of 32 KiB, 8 ways, lines of 64 bytes.
CACHE = "--D1=32768,8,64"
MISSES = ("D1mr", "D1mw")
CACHE_QUEUE, CACHE_DEPTH, CACHE_BATCHES = 4096, 1024, 20
# Depth, and what it is called.
DEPTHS = ((1, "depth 1"), (32, "batch 32"))


class Format(NamedTuple):
    """A form of ring, measured with a disk that offers these features and a driver that takes them all."""

    name: str
    features: str  # as bench_host has them
    yardstick: str  # its level
    peers: str = ""  # the figures of peers.py that requests of any shape stand beside
    any_shape: str = ""  # level of the hand-written driver for requests of any shape, where there is one


class Calls(NamedTuple):
    """A form of ring under the calls of the class."""

    name: str
    features: str
    read: bool = False  # vwr_blk_read is measured too
    hand_blk: str = ""  # level of the yardstick, where there is one


# What rows are called that have a limit, by form and depth.
PREBUILT, ANY = "{}, pre-built, {}", "{}, requests of any shape, {}"
REQUESTS, READ = "blk submit/kick/reap {}, {}", "vwr_blk_read {}, one by one"
FORMATS = (
    Format("split", "none", "hand", peers="split", any_shape="hand_any_shape"),
    Format("split event_idx", "event_idx", "hand"),
    Format("split indirect", "indirect", "hand_indirect"),
    Format(
        "packed",
        "packed",
        "hand_packed_direct",
        peers="packed",
        any_shape="hand_packed_any_shape",
    ),
    Format("packed indirect", "packed,indirect", "hand_packed"),
    Format("packed indirect event_idx", "packed,indirect,event_idx", "hand_packed"),
    Format("in-order", "in_order,indirect", "hand_in_order"),
    Format("packed in-order", "packed,indirect,in_order", "hand_packed_in_order"),
)
SPLIT = "split"  # of these what stands beside PCI and the peers
CALLS = (
    Calls(SPLIT, "none", read=True, hand_blk="hand_blk"),
    Calls("split with tables", "indirect", read=True),
    Calls("packed", "packed"),
    Calls("packed with tables", "packed,indirect", read=True, hand_blk="hand_blk_packed"),
    Calls("in order", "in_order"),
    Calls("in order with tables", "in_order,indirect", read=True, hand_blk="hand_blk_in_order"),
    Calls("packed in order", "packed,in_order"),
    Calls("packed in order with tables", "packed,indirect,in_order"),
)
MISSED = {form: REQUESTS.format(form.name, f"{CACHE_DEPTH} in flight, cache misses") for form in CALLS[:2]}
OPENED = "vwr_mmio_probe to the first vwr_blk_read"
PCI_KICK = "a notification on PCI, beyond one on MMIO"
IOMMU_POOL = "a request behind an IOMMU, with data in a pool, beyond one without"
READ_ALONE = "block"  # the row of growth that is no format's


def _rows(name, forms):
    """A name by each form and depth."""
    return [name.format(form.name, label) for form in forms for _, label in DEPTHS]


RING = limits.of("ring", _rows(PREBUILT, FORMATS))
ANY_SHAPE = limits.of("any shape", _rows(ANY, FORMATS), every=False)
BLOCK = limits.of(
    "block",
    _rows(REQUESTS, CALLS)
    + [READ.format(form.name) for form in CALLS if form.read]
    + [*MISSED.values(), OPENED, PCI_KICK, IOMMU_POOL],
)
GROWTH = limits.of("growth", [*(form.name for form in FORMATS), READ_ALONE])
# What callgrind calls it, what the rows are called, their unit.
EVENTS = (
    ("Ir", "", "instructions/request"),
    ("Dr", ", loads", "loads/request"),
    ("Dw", ", stores", "stores/request"),
)
INSTRUCTIONS = EVENTS[0][2]
TIMEOUT = 3600  # seconds for all cases of a program; cases.c has the limit of a case
TIMED_OUT = (124, 137)  # exit codes of timeout(1)


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
    """The library's sources, of both sides, and where headers are."""
    folders = [runtime / name for name in ("base", "shared", "driver", "device", "parts")]
    folders += [root / "monitor", *(root / "generated" / name for name in ("src", "service"))]
    library = [path for folder in folders for path in sorted(folder.rglob("*.c"))]
    return library, (
        BENCH / "port",
        runtime / "include",
        root / "monitor" / "include",
        root / "generated" / "include",
    )


def linked(root, runtime, out, name, sources, options=(), own=(), alone=()):
    """Links a program for this host with the library of both sides; returns its path."""
    library, include = parts(root, runtime)
    return link(out / name, library, sources, include, options, script=static(alone), own=own, alone=alone)


def build(root, runtime, out, options=(), alone=()):
    """Compiles the harness for this host and links it with the runtime; answers the program."""
    sources = [path for path in sorted(BENCH.glob("*.c")) if not path.name.startswith(("ram", "program"))]
    return linked(root, runtime, out, "bench_host", sources, options, alone=alone)


@functools.cache
def build_class(root, runtime, out, options=()):
    """The class API alone, in an archive."""
    out.mkdir(parents=True, exist_ok=True)
    sources = [BENCH / name for name in ("cases.c", "harness.c", "block_level.c")]
    sources += sorted(BENCH.glob("hand_blk*.c"))
    return linked(root, runtime, out, "bench_class", [*sources, *sorted(BENCH.glob("disk*.c"))], options)


@functools.cache
def build_iommu(root, runtime, out):
    """The class API of a port whose devices are behind an IOMMU."""
    sources = [BENCH / name for name in ("cases.c", "harness.c", "block_level.c", "iommu/pool.c")]
    sources += [*BENCH.glob("hand_blk*.c"), *BENCH.glob("disk*.c")]
    return linked(root, runtime, out, "bench_iommu", sorted(sources), ("-DBENCH_IOMMU",))


def versions():
    """What the counts depend on."""
    first = lambda *command: subprocess.run(command, check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )[0]
    return f"{first('gcc', '--version')}; {first('valgrind', '--version')}"


def asked(process, given):
    """(process, exit code, what it says) of a case, of a program that forks for each; no exit code: it has ended."""
    process.stdin.write(" ".join(map(str, given)) + "\n")
    process.stdin.flush()
    said = ""
    for line in process.stdout:
        if found := re.match(r"case (\d+) (-?\d+)$", line):
            return int(found[1]), int(found[2]), said
        said += line
    return None, None, said


class Cases:
    """A program under callgrind, which forks a child for each case: most of a short case is the start of valgrind."""

    started: dict[tuple, "Cases"] = {}

    def __init__(self, program, toggles, more):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix=f"{program.name}.", dir=program.parent))
        command = [
            "timeout",
            "-k",
            "5",
            str(TIMEOUT),
            "valgrind",
            "--tool=callgrind",
            f"--callgrind-out-file={self.folder}/out.%p",
            "--collect-atstart=no",
            *(f"--toggle-collect={name}" for name in toggles),
            *more,
            str(program),
        ]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        atexit.register(self.end)

    def run(self, given):
        """What a case says, and its files of counts."""
        child, code, said = asked(self.process, given)
        if code != 0:
            words = " / ".join([line.strip() for line in said.splitlines() if line.strip()][-3:])
            how = self.ended() if code is None else f"exit code {code}: {words}"
            raise Failed(" ".join([self.program.name, *given]) + f": {how}")
        return said, [path for path in self.folder.iterdir() if f"{path.name}.".startswith(f"out.{child}.")]

    def ended(self):
        """How the program has ended, which answers no more."""
        code = self.process.wait()
        return f"no answer within {TIMEOUT} s" if code in TIMED_OUT else f"valgrind ended with code {code}"

    def end(self):
        """Without further lines the program ends."""
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def cases(program, toggles, more=()):
    """The program with these toggles, started once."""
    key = (program, tuple(toggles), tuple(more))
    if key not in Cases.started:
        Cases.started[key] = Cases(*key)
    return Cases.started[key]


MEASURED = "*_measured"  # each program calls one such function in a case
# The devices of our own are in the register accesses, and not counted. Those before the measured function switch counting
# on: what was counted until then is forgotten.
DRIVER_SIDE = (MEASURED, "bench_mmio_write", "bench_mmio_read")
FORGOTTEN = f"--zero-before={MEASURED}"


def counted(program, given, toggles=DRIVER_SIDE, more=(FORGOTTEN,)):
    """({name: number} that a case says, its text of callgrind), which is kept in the program's folder."""
    given = [str(word) for word in given]
    said, (path,) = cases(program, toggles, more).run(given)
    kept = path.replace(program.parent / ".".join(["callgrind", program.name, *given]))
    return {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", said)}, kept.read_text(
        encoding="utf-8"
    )


def measured(program, given, what, number=None, each=None, toggles=DRIVER_SIDE, more=(FORGOTTEN,)):
    """Instructions of one of `each`, or of all that the case has done, and where they went; and what the case says.

    `number`: so many of `what` the case has to have done."""
    said, text = counted(program, given, toggles, more)
    if number not in (None, said[what]):
        raise Failed(f"{program.name} {' '.join(map(str, given))}: {said[what]} {what} instead of {number}")
    where = {name: cost / (each or said[what]) for name, cost in by_source(text).items()}
    return {**said, "Ir": sum(where.values()), "where": where}


def run(
    program, level, queue, depth, batches, features="none", queues=1, memory=False, misses=False, form="read"
):
    """One run under callgrind: figures a request, notifications a batch, and where the instructions went.

    `memory`: loads and stores are counted too, which takes twice as long; `misses`: and those that CACHE has not.
    """
    simulated = ("--cache-sim=yes", CACHE) if memory or misses else ()
    figures, text = counted(
        program, [level, queue, depth, batches, features, queues, form], more=(FORGOTTEN, *simulated)
    )
    if figures["requests"] != depth * batches:
        raise Failed(f"{level}: {figures['requests']} requests instead of {depth * batches}")
    by_function = self_cost(text)
    events = [event for event, _, _ in (EVENTS if memory else EVENTS[:1])] + list(MISSES if misses else ())
    result = {
        event: sum(cost[event] for cost in by_function.values()) / figures["requests"] for event in events
    }
    result["where"] = {name: cost / figures["requests"] for name, cost in by_source(text).items()}
    result["leak"] = sum(cost["Ir"] for name, cost in by_function.items() if is_excluded(name)) / batches
    result["notifications"] = figures["notifications"] / batches
    result["mmio_reads"] = figures["mmio_reads"] / figures["requests"]
    return result


def is_excluded(name):
    """Whether a function that got instructions is not the driver's nor the loop's: then the toggling leaks."""
    return not name.startswith("vwr_") and not re.search(r"_measured$|^bench_buffers$", name)


def entries(text):
    """(function, file, line, cost by event) of each line of a callgrind file, without what a function calls."""
    events, names, now = [], {}, {"function": None, "file": None}
    line, is_call = 0, False
    for entry in text.splitlines():
        if entry.startswith("events:"):
            events = entry.split()[1:]
        elif match := re.match(r"(c?)f([lien])=\((\d+)\)(?: (.*))?", entry):
            callee, kind, number, name = match.groups()
            place = "function" if kind == "n" else "file"
            name = names.setdefault((place, number), name)
            now[place] = now[place] if callee else name
        elif entry.startswith("calls="):
            is_call = True  # the next line is what the callee cost
        elif match := re.match(r"([+*-]?)(\d*) (.*)", entry):
            sign, number, costs = match.groups()
            line = line if sign == "*" else line + int(sign + number) if sign else int(number)
            if not is_call:
                yield now["function"], now["file"], line, dict(zip(events, map(int, costs.split())))
            is_call = False


def self_cost(text):
    """Costs by function, of a callgrind file."""
    costs = defaultdict(Counter)
    for function, _, _, cost in entries(text):
        costs[function].update(cost)
    return costs


@functools.cache
def function_at(path):
    """For a source file: the function of each line, by where definitions begin in column 0. None: no such file."""
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except OSError:
        return None
    names, now = [], ""
    for line in lines:
        found = re.match(r"[A-Za-z_][^;=#]*?\b(\w+)\((?!\()", line) if not line.endswith(";") else None
        now = found.group(1) if found and found.group(1) != "__attribute__" else now
        if found and found.group(1) == "__attribute__":
            now = re.findall(r"(\w+)\(", line)[-1]
        names.append(now)
    return names


def by_source(text):
    """Instructions by the function that they are written in, inlined or not, of a callgrind file."""
    costs = Counter()
    for function, file, line, cost in entries(text):
        lines = function_at(file) or ()
        written = lines[line - 1] if 0 < line <= len(lines) else ""
        costs[written or function] += cost["Ir"]
    return costs


def yardstick(program, form, level, depth, batches, memory=False):
    """A hand-written loop for a format; it has to keep what it is a measure of."""
    hand = run(program, level, QUEUE, depth, batches, form.features, memory=memory)
    if hand["notifications"] != 1.0 or hand["mmio_reads"] != 0.0:
        raise Failed(f"{level}: not one notification a batch and no register read")
    return hand


def prebuilt_rows(program, form, depth, label, batches, hand, where, memory):
    """Chains that are bound once, at one depth beside the yardstick."""
    name = PREBUILT.format(form.name, label)
    ours = where[name] = run(program, "ring", QUEUE, depth, batches, form.features, memory=memory)
    rows = [
        row(
            "ring",
            name + suffix,
            unit,
            ours[event],
            ratio=ours[event] / hand[event],
            of="hand-minimal",
            where=name if event == "Ir" else None,
            **(RING[name].bounds(hand["Ir"]) if event == "Ir" else {}),
        )
        for event, suffix, unit in EVENTS
        if event in ours
    ]
    rows.append(
        row("ring", f"{form.name}, notifications, {label}", "per batch", ours["notifications"], exact=1.0)
    )
    rows.append(
        row("ring", f"{form.name}, register reads, {label}", "per request", ours["mmio_reads"], exact=0.0)
    )
    rows.append(
        row(
            "ring",
            f"{form.name}, counted by mistake inside the device, {label}",
            "instructions/batch",
            ours["leak"],
        )
    )
    return rows


def any_shape_rows(program, form, depth, label, batches, where):
    """vwr_queue_add with three segments, beside the hand-written driver that does this."""
    name = ANY.format(form.name, label)
    ours = where[name] = run(program, "add", QUEUE, depth, batches, form.features)
    rows, ratio = [], None
    if form.any_shape:
        hand = where[f"hand-written {name}"] = yardstick(program, form, form.any_shape, depth, batches)
        rows.append(row("ring", f"hand-written {name}", INSTRUCTIONS, hand["Ir"]))
        ratio = ours["Ir"] / hand["Ir"]
    return rows + [
        row(
            "ring",
            name,
            INSTRUCTIONS,
            ours["Ir"],
            ratio=ratio,
            of="hand-written",
            limit=ANY_SHAPE[name].limit,
            where=name,
        )
    ]


def ring_rows(program, batches, where, quick):
    """Ring level next to the hand-written loops, one by one and 32 to a batch; and what to compare with peers."""
    rows, figures = [], {}
    for form in FORMATS:
        for depth, label in DEPTHS:
            name = f"hand-minimal {form.name}, {label}"
            hand = where[name] = yardstick(program, form, form.yardstick, depth, batches, memory=not quick)
            rows += [
                row("ring", name + suffix, unit, hand[event])
                for event, suffix, unit in EVENTS
                if event in hand
            ]
            rows += prebuilt_rows(program, form, depth, label, batches, hand, where, not quick)
            rows += any_shape_rows(program, form, depth, label, batches, where)
            if form.peers:
                figures[f"{form.peers}-{label}"] = where[ANY.format(form.name, label)]["Ir"]
    return rows, figures


def request_rows(program, form, depth, label, batches, where, quick):
    """vwr_blk_submit, kick and reap of one format, beside the yardstick of the class API, where there is one."""
    rows, ratio, name = [], None, REQUESTS.format(form.name, label)
    one = where[name] = run(program, "requests", QUEUE, depth, batches, form.features)
    if form.hand_blk and not quick:  # it has no limit, and ours none that depends on it
        hand = where[f"hand-written {name}"] = yardstick(program, form, form.hand_blk, depth, batches)
        rows.append(row("block", f"hand-written blk {form.name}, {label}", INSTRUCTIONS, hand["Ir"]))
        ratio = one["Ir"] / hand["Ir"]
    return rows + [
        row(
            "block",
            name,
            INSTRUCTIONS,
            one["Ir"],
            **BLOCK[name].bounds(),
            ratio=ratio,
            of="hand-written blk",
            where=name,
        )
    ]


def beside_rows(program, what, mode, of, allowed, batches, where):
    """The same requests on PCI, or behind an IOMMU, which take at most `allowed` of a batch's depth more than `of`."""
    rows = []
    for depth, label in DEPTHS:
        name = REQUESTS.format(SPLIT, f"{label}, {what}")
        other = where[REQUESTS.format(SPLIT, label)]["Ir"]
        one = where[name] = run(program, mode, QUEUE, depth, batches)
        bounds = {
            bound: other + value + 0.001 for bound, value in allowed(depth).items() if value is not None
        }
        rows.append(
            row("block", name, INSTRUCTIONS, one["Ir"], ratio=one["Ir"] / other, of=of, where=name, **bounds)
        )
    return rows


def pci_rows(program, batches, where):
    """A notification on PCI costs no more than on MMIO, give or take PCI_KICK."""
    kick = BLOCK[PCI_KICK]
    return beside_rows(
        program, "PCI", "requests_pci", "MMIO", lambda depth: kick.bounds(1 / depth), batches, where
    )


def iommu_rows(program, batches, where):
    """With data in a pool, a request sends nothing to the IOMMU."""
    pool = BLOCK[IOMMU_POOL]
    return beside_rows(
        program, "behind an IOMMU", "requests", "without", lambda _: pool.bounds(), batches, where
    )


def read_rows(program, form, batches, where, memory):
    """The blocking read of one format."""
    name = READ.format(form.name)
    ours = where[name] = run(program, "block", QUEUE, 1, batches, form.features, memory=memory)
    rows = [
        row(
            "block",
            name + suffix,
            unit,
            ours[event],
            where=name if event == "Ir" else None,
            **(BLOCK[name].bounds() if event == "Ir" else {}),
        )
        for event, suffix, unit in EVENTS
        if event in ours
    ]
    rows.append(row("block", f"{name}, notifications", "per request", ours["notifications"], exact=1.0))
    return rows + [row("block", f"{name}, register reads", "per request", ours["mmio_reads"], exact=0.0)]


def miss_rows(program, where):
    """Lines that a request fetches where the cache has none of it: the caller's and the driver's, the disk left out."""
    rows = []
    for form, name in MISSED.items():
        one = where[name] = run(
            program, "requests", CACHE_QUEUE, CACHE_DEPTH, CACHE_BATCHES, form.features, misses=True
        )
        misses = sum(one[event] for event in MISSES)
        rows.append(row("block", name, "misses/request", misses, **BLOCK[name].bounds()))
    return rows


def block_rows(root, runtime, out, where, quick):
    """What an operating system calls: requests by vwr_blk_submit, kick and reap, and the blocking read; and what stands beside the peers'."""
    program, rows = build_class(root, runtime, out), []
    for form in CALLS:
        batches = BLOCK_BATCHES if IN_ORDER in form.features or not quick else QUICK_BATCHES
        for depth, label in DEPTHS:
            rows += request_rows(program, form, depth, label, batches, where, quick)
        rows += read_rows(program, form, batches, where, not quick) if form.read else []
    rows += pci_rows(program, QUICK_BATCHES if quick else BLOCK_BATCHES, where)
    if not quick:
        rows += iommu_rows(build_iommu(root, runtime, out), BLOCK_BATCHES, where)
    ours = where[OPENED] = run(program, "open", QUEUE, 1, 1)
    rows.append(row("block", OPENED, "instructions", ours["Ir"], **BLOCK[OPENED].bounds(), where=OPENED))
    rows += miss_rows(program, where)
    figures = {f"requests-{label}": where[REQUESTS.format(SPLIT, label)]["Ir"] for _, label in DEPTHS}
    return rows, figures | {"block-depth 1": where[READ.format(SPLIT)]["Ir"]}


def flat(name, what, figures):
    """Rows of one figure that may not depend on something: {how much of it: instructions a request}."""
    first = next(iter(figures))
    rows = [
        row(
            "growth",
            f"{name}, {what} {key}",
            INSTRUCTIONS,
            figure,
            ratio=figure / figures[first],
            of=f"{what} {first}",
        )
        for key, figure in figures.items()
    ]
    least, most = min(figures.values()), max(figures.values())
    return rows + [
        row(
            "growth",
            f"{name}, {what}: largest difference",
            "percent",
            100.0 * (most / least - 1.0),
            **GROWTH[name.rpartition(", ")[0]].bounds(),
        )
    ]


def growth_rows(program, batches, where, quick):
    """The same with short and long queues, and with several: nothing may depend on that.

    8 descriptors hold a batch of 2; with one queue for all batches, and with 8. `quick`: one by one in queues of 8 and
    of QUEUE, which is counted already; in batches with 1 and with 8 queues.
    """
    rows = []
    for form in FORMATS:
        ir = lambda level, size, depth, count=1, offered=form.features: run(
            program, level, size, depth, batches, offered, count
        )["Ir"]
        for depth, name in ((1, "depth 1"), (2, "batch 2"))[: 1 if quick else 2]:
            sizes = {size: ir("ring", size, depth) for size in (QUEUE_SIZES[:1] if quick else QUEUE_SIZES)}
            if quick:
                sizes[QUEUE] = where[PREBUILT.format(form.name, name)]["Ir"]
            rows += flat(f"{form.name}, {name}", "queue size", sizes)
        for depth, name in DEPTHS[1 if quick else 0 :]:
            queues = QUEUES[::3] if quick else QUEUES
            rows += flat(f"{form.name}, {name}", "queues", {n: ir("queues", QUEUE, depth, n) for n in queues})
    sizes = QUEUE_SIZES[::3] if quick else QUEUE_SIZES
    block = {size: run(program, "block", size, 1, batches)["Ir"] for size in sizes}
    return rows + flat(f"{READ_ALONE}, depth 1", "queue size", block)
