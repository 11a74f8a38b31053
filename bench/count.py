# SPDX-License-Identifier: MIT
"""Instructions, loads and stores a request on the host, counted by callgrind while the device is left out."""

import platform
import re
import shutil
import subprocess

from rows import row

QUEUE = 256
QUEUE_SIZES = (8, 64, 256, 1024)
LIMIT_DEPTH_1 = 1.35  # times hand-minimal
LIMIT_BATCH_32 = 1.5
LIMIT_BLOCK = 170     # instructions
LIMIT_SPREAD = 1.0    # percent between queue sizes
# What callgrind calls it, what the rows are called, their unit.
EVENTS = (("Ir", "", "instructions/request"), ("Dr", ", loads", "loads/request"), ("Dw", ", stores", "stores/request"))
INSTRUCTIONS = EVENTS[0][2]
TIMEOUT = 300         # seconds for a run that takes about one


class NotMeasured(Exception):
    """A tool is missing: why a group of rows has no values."""


class Failed(Exception):
    """The measured program did not do what it should have."""


def build(root, runtime, out):
    """Compiles the harness with the runtime for this host; answers the program."""
    if platform.machine() not in ("x86_64", "AMD64"):
        raise NotMeasured(f"counts are those of x86-64, this is {platform.machine()}")
    for tool in ("gcc", "valgrind"):
        if shutil.which(tool) is None:
            raise NotMeasured(f"{tool} is not installed (apt-get install {tool})")
    bench, program = root / "bench", out / "bench_host"
    sources = [path for path in sorted(bench.glob("*.c")) if path.name not in ("ram.c", "program.c")]
    for folder in (runtime / "base", runtime / "driver", root / "generated" / "src"):
        sources += sorted(folder.glob("*.c"))
    include = [f"-I{path}" for path in (bench / "port", runtime / "include", root / "generated" / "include")]
    subprocess.run(["gcc", "-std=c11", "-O2", "-g", "-Wall", "-Wextra", *include, *map(str, sources), "-o",
                    str(program)], check=True)
    return program


def versions():
    """What the counts depend on."""
    first = lambda *command: subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")[0]
    return f"{first('gcc', '--version')}; {first('valgrind', '--version')}"


def run(program, level, queue, depth, batches):
    """One run under callgrind: figures a request, notifications a batch, and where the instructions went."""
    out = program.parent / f"callgrind.{level}.{queue}.{depth}"
    toggles = [f"--toggle-collect={name}" for name in (f"{level}_measured", "bench_mmio_write", "bench_mmio_read")]
    # Register accesses before the measured function switch counting on: forget what was counted until then.
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--cache-sim=yes",
               "--collect-atstart=no", f"--zero-before={level}_measured", *toggles,
               str(program), level, str(queue), str(depth), str(batches)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode != 0:
        own = [line for line in done.stderr.splitlines() if not re.match(r"==|--", line)]
        raise Failed(" ".join(command[-5:]) + f": exit code {done.returncode}: " + " / ".join(own[-3:]))
    counted = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", done.stdout)}
    if counted["requests"] != depth * batches:
        raise Failed(f"{level}: {counted['requests']} requests instead of {depth * batches}")
    by_function = self_cost(out.read_text(encoding="utf-8"))
    result = {event: sum(cost[event] for cost in by_function.values()) / counted["requests"] for event, _, _ in EVENTS}
    result["where"] = {name: cost["Ir"] / counted["requests"] for name, cost in by_function.items()}
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


def ring_rows(program, batches, where):
    """Ring level next to the hand-minimal loop, one by one and 32 to a batch."""
    rows, results = [], {}
    for label, depth, factor in (("depth 1", 1, LIMIT_DEPTH_1), ("batch 32", 32, LIMIT_BATCH_32)):
        hand = run(program, "hand", QUEUE, depth, batches)
        ours = run(program, "ring", QUEUE, depth, batches)
        results[label] = where[f"ring, {label}"] = ours
        where[f"hand-minimal, {label}"] = hand
        for event, suffix, unit in EVENTS:
            rows.append(row("ring", f"hand-minimal split, {label}{suffix}", unit, hand[event]))
            rows.append(row("ring", f"split, {label}{suffix}", unit, ours[event], ratio=ours[event] / hand[event],
                            of="hand-minimal", limit=factor * hand[event] if event == "Ir" else None))
        add = where[f"add, {label}"] = run(program, "add", QUEUE, depth, batches)
        rows.append(row("ring", f"split, requests of any shape, {label}", INSTRUCTIONS, add["Ir"],
                        ratio=add["Ir"] / hand["Ir"], of="hand-minimal"))
        rows.append(row("ring", f"notifications, {label}", "per batch", ours["notifications"], exact=1.0))
        rows.append(row("ring", f"register reads, {label}", "per request", ours["mmio_reads"], exact=0.0))
        rows.append(row("ring", f"counted by mistake inside the device, {label}", "instructions/batch", ours["leak"]))
    return rows, results


def block_rows(program, batches, where):
    """The blocking read of the block API."""
    ours = run(program, "block", QUEUE, 1, batches)
    where["block, depth 1"] = ours
    rows = [row("block", f"blocking read, depth 1{suffix}", unit, ours[event],
                limit=LIMIT_BLOCK if event == "Ir" else None) for event, suffix, unit in EVENTS]
    rows.append(row("block", "notifications", "per request", ours["notifications"], exact=1.0))
    rows.append(row("block", "register reads", "per request", ours["mmio_reads"], exact=0.0))
    return rows, ours


def growth_rows(program, batches, quick):
    """The same with short and long queues: nothing may depend on the length. 8 descriptors hold a batch of 2."""
    rows, sizes = [], QUEUE_SIZES[::3] if quick else QUEUE_SIZES
    for level, depth in (("ring", 1), ("ring", 2), ("block", 1)):
        figures = [run(program, level, size, depth, batches)["Ir"] for size in sizes]
        name = f"{level}, {'batch' if depth > 1 else 'depth'} {depth}"
        rows += [row("growth", f"{name}, queue of {size}", INSTRUCTIONS, figure, ratio=figure / figures[0],
                     of=f"queue of {sizes[0]}") for size, figure in zip(sizes, figures)]
        rows.append(row("growth", f"{name}, largest difference", "percent",
                        100.0 * (max(figures) / min(figures) - 1.0), limit=LIMIT_SPREAD))
    return rows
