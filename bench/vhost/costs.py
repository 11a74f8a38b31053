# SPDX-License-Identifier: MIT
"""Instructions and system calls of all processes of vwr-vhost, a request and a frame between two guests. See README.md."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import vhost
import vhost_guests as guests
from count import Failed
from rows import row

ROOT = Path(__file__).resolve().parents[2]
GROUP = "vhost costs"
MIB = 64
PATIENCE = 60  # seconds for a load that takes a few
PASSES = 3


class Case(NamedTuple):
    """A load: of the class with these options, in batches of `depth` requests, or frames of so many bytes."""

    name: str
    unit: str
    words: tuple  # of vwr-vhost
    sockets: tuple
    depth: int
    batches: tuple  # of the two runs whose difference counts
    frame: int = 0

    def loader(self, folder, batches):
        sockets = [folder / name for name in self.sockets]
        if self.frame:
            return [folder / "bench_frames", *sockets, self.frame, self.depth, batches]
        return [folder / "bench_ends", "load", *sockets, self.depth, batches]


DEPTHS = ((1, "one at a time", (500, 3500)), (32, "32 in flight", (100, 600)))
DISKS = (("--null", ("--null", str(MIB))), ("--file", ("--file", "disk.img")))
FRAMES = (64, 1500)
CASES = tuple(
    Case(f"blk {name}, {label}", "request", ("blk", *words), ("costs.sock",), depth, batches)
    for name, words in DISKS
    for depth, label, batches in DEPTHS
) + tuple(
    Case(f"net, {frame} B, {label}", "frame", ("net",), ("costs1.sock", "costs2.sock"), depth, batches, frame)
    for frame in FRAMES
    for depth, label, batches in DEPTHS
)


def missing():
    """Why nothing can be counted here, or nothing."""
    lacking = [tool for tool in ("valgrind", "strace", "gcc") if shutil.which(tool) is None]
    return f"{lacking[0]} is not installed (apt-get install {lacking[0]})" if lacking else ""


def until(happens, what):
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            raise Failed(f"{what} within {PATIENCE} s")
        time.sleep(0.01)


@contextlib.contextmanager
def serving(folder, command, case):
    """vwr-vhost under a tool; the process that the block gets is the tool's, in a session of its own."""
    sockets = [folder / name for name in case.sockets]
    for path in sockets:
        path.unlink(missing_ok=True)
    words = [word for path in sockets for word in ("--socket", path.name)]
    server = guests.Server(
        [*command, *case.words, *words], *sockets, log=folder / "log", cwd=folder, start_new_session=True
    )
    server.start()
    try:
        yield server.process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()


def load(folder, case, batches, process, program):
    """
    Makes so many batches, and ends vwr-vhost: `program` is its process, `process` that of the tool. Returns the
    processes that have served, which have ended before the signal comes.
    """
    served = guests.children(program)
    done = subprocess.run(
        list(map(str, case.loader(folder, batches))), capture_output=True, text=True, timeout=PATIENCE, check=False
    )  # fmt: skip
    if done.returncode != 0:
        raise Failed(f"{case.name}: {done.stderr.strip()}")
    if (said := re.search(r"(?:requests|frames)=(\d+)", done.stdout)) is None or int(
        said[1]
    ) != batches * case.depth:
        raise Failed(f"{case.name}: {done.stdout.strip()} instead of {batches * case.depth}")
    until(lambda: not set(served) & set(guests.children(program)), f"{case.name}: a process does not end")
    os.kill(program, signal.SIGTERM)
    process.wait(PATIENCE)
    return served


def instructions(folder, program, case, batches):
    """Of the process that the user has started, and of those that have served. The others have served nobody."""
    counts = folder / "counts"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    command = [
        "valgrind",
        "--tool=callgrind",
        "--trace-children=yes",
        f"--callgrind-out-file={counts}/out.%p",
    ]
    with serving(folder, [*command, program], case) as process:
        served = load(folder, case, batches, process, process.pid)
    total = 0
    for pid in (process.pid, *served):
        path = counts / f"out.{pid}"
        if not path.is_file():
            raise Failed(f"{case.name}: process {pid} has ended without its counts")
        total += int(re.search(r"^(?:totals|summary): (\d+)", path.read_text("utf-8"), re.MULTILINE)[1])
    return total


def system_calls(folder, program, case, batches):
    """Of all processes."""
    counts = folder / "calls"
    command = ["strace", "-f", "-c", "-U", "calls,name", "-o", counts]
    with serving(folder, [*command, program], case) as process:
        (pid,) = guests.children(process.pid)
        load(folder, case, batches, process, pid)
    return int(re.search(r"^ *(\d+) total$", counts.read_text("utf-8"), re.MULTILINE)[1])


COUNTS = (("instructions", instructions), ("system calls", system_calls))


def difference(count, folder, program, case):
    few, many = (count(folder, program, case, batches) for batches in case.batches)
    return (many - few) / ((case.batches[1] - case.batches[0]) * case.depth)


def rows(folder, program, passes=PASSES):
    """Rows of all cases: the median of the passes."""
    runtime = ROOT / "runtime"
    vhost.build(ROOT, runtime, folder)
    vhost.linked(ROOT, runtime, folder / "bench_frames", "frames.c")
    result = []
    for case in CASES:
        for what, count in COUNTS:
            value = median(difference(count, folder, program, case) for _ in range(passes))
            result.append(row(GROUP, f"{case.name}: {what}", f"per {case.unit}", value))
    return result
