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

import vhost
import vhost_guests as guests
from count import Failed
from hosted import CASES, CONTENTS, FOLDER, GROUP, LIMITS, NAMES, TREE, WHAT
from rows import row

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for a load that takes a few
PASSES = 3
BLOCK = 4096
PEER = "virtiofsd"
VIRTIOFSD = f"/usr/lib/qemu/{PEER}"  # Debian: qemu-system-common


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


def ours(program, case):
    """The command of vwr-vhost."""
    return [program, *case.words, *(word for path in case.sockets for word in ("--socket", path))]


def theirs(folder, case):
    """The command of virtiofsd for the same folder."""
    return [VIRTIOFSD, f"--socket-path={case.sockets[0]}", "-o", f"source={folder / TREE}"]


@contextlib.contextmanager
def serving(folder, command, case):
    """Runs a back end under a tool. Yields the process of the tool, which has a session of its own."""
    sockets = [folder / name for name in case.sockets]
    for path in (*sockets, *(folder / name for name in case.last)):
        path.unlink(missing_ok=True)
    server = guests.Server(command, *sockets, log=folder / "log", cwd=folder, start_new_session=True)
    server.start()
    try:
        yield server.process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()


def run_load(folder, case, batches):
    """Runs the load with this number of batches."""
    command = list(map(str, case.loader(folder, batches)))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode != 0:
        raise Failed(f"{case.name}: {done.stderr.strip()}")
    said = re.search(r"(?:requests|frames|rounds)=(\d+)", done.stdout)
    if said is None or int(said[1]) != batches * case.depth:
        raise Failed(f"{case.name}: {done.stdout.strip()} instead of {batches * case.depth}")


def serve_load(case, load, process, program):
    """
    Calls `load`, and then ends vwr-vhost. `program` is its process, and `process` that of the tool. Returns the
    processes that served a front end, which have ended before the signal.
    """
    served = guests.children(program)
    load()
    until(lambda: not set(served) & set(guests.children(program)), f"{case.name}: a process does not end")
    os.kill(program, signal.SIGTERM)
    process.wait(PATIENCE)
    return served


def instructions(folder, program, case, load):
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
    with serving(folder, [*command, *ours(program, case)], case) as process:
        served = serve_load(case, load, process, process.pid)
    total = 0
    for pid in (process.pid, *served):
        path = counts / f"out.{pid}"
        if not path.is_file():
            raise Failed(f"{case.name}: process {pid} has ended without its counts")
        total += int(re.search(r"^(?:totals|summary): (\d+)", path.read_text("utf-8"), re.MULTILINE)[1])
    return total


def traced(counts):
    """The command of strace that counts the system calls of all processes."""
    return ["strace", "-f", "-c", "-U", "calls,name", "-o", counts]


def total_of(counts):
    """The number that strace has counted."""
    return int(re.search(r"^ *(\d+) total$", counts.read_text("utf-8"), re.MULTILINE)[1])


def system_calls(folder, program, case, load):
    """Of all processes."""
    counts = folder / "calls"
    with serving(folder, [*traced(counts), *ours(program, case)], case) as process:
        (pid,) = guests.children(process.pid)
        serve_load(case, load, process, pid)
    return total_of(counts)


def their_system_calls(folder, case, load):
    """System calls of virtiofsd, which ends with its front end."""
    counts = folder / "calls"
    with serving(folder, [*traced(counts), *theirs(folder, case)], case) as process:
        load()
        process.wait(PATIENCE)
    return total_of(counts)


COUNTS = dict(zip(WHAT, (instructions, system_calls)))


def difference(count, folder, case):
    """Of a unit; `count` makes a load and counts."""
    few, many = (count(case, lambda n=n: run_load(folder, case, n)) for n in case.batches)
    return (many - few) / ((case.batches[1] - case.batches[0]) * case.depth)


def make_tree(folder):
    """Creates the file of 1 MiB that loads.c expects, and a folder with NAMES files."""
    tree = folder / TREE
    if tree.exists():
        return
    made = folder / f"{TREE}.new"
    shutil.rmtree(made, ignore_errors=True)
    (made / FOLDER).mkdir(parents=True)
    for number in range(NAMES):
        (made / FOLDER / f"name-of-file-{number}").touch()
    (made / CONTENTS).write_bytes(b"".join(bytes([block]) * BLOCK for block in range(256)))
    made.rename(tree)


def build(folder):
    """Builds the programs that make the loads."""
    runtime = ROOT / "runtime"
    vhost.build(ROOT, runtime, folder)
    vhost.linked(ROOT, runtime, folder / "bench_frames", "frames.c")
    vhost.linked(ROOT, runtime, folder / "bench_loads", "loads.c", options=vhost.LARGE)


def has_peer():
    """Whether virtiofsd can run here."""
    return os.access(VIRTIOFSD, os.X_OK) and os.geteuid() == 0


def case_rows(folder, program, case, passes):
    """Rows with the medians of the passes. virtiofsd, if it can run, is measured first."""
    middle = lambda count: median(difference(count, folder, case) for _ in range(passes))
    unit, result, other = f"per {case.unit}", [], None
    if case.folder and has_peer():
        other = middle(lambda one, load: their_system_calls(folder, one, load))
    for what, count in COUNTS.items():
        name, beside = case.row(what), {}
        ours = middle(lambda one, load, count=count: count(folder, program, one, load))
        if other is not None and count is system_calls:
            beside = {"ratio": ours / other, "of": PEER}
            result.append(row(GROUP, f"{name}, {PEER}", unit, other))
        result.append(row(GROUP, name, unit, ours, **LIMITS[name].bounds(), **beside))
    return result


def rows(folder, program, only="", passes=PASSES):
    """Rows of all cases whose names contain `only`."""
    build(folder)
    make_tree(folder)
    chosen = [case for case in CASES if only in case.name]
    if not chosen:
        raise Failed(f"there is no case {only!r}")
    return [one for case in chosen for one in case_rows(folder, program, case, passes)]


# ---- the page ----

PAGE = Path(__file__).with_name("README.md")
DISK = ("one at a time", "32 in flight")
VHOST_USER_BLK = ("libvhost-user's vhost-user-blk, preadv", "4 339", "1 301")  # counted by hand: see the page


def number(value, digits=0):
    """A number with spaces between groups of three digits, as on the page."""
    return "" if value is None else f"{value:,.{digits}f}".replace(",", " ")


def blocks_of(result):
    """{name: text} of the page, from the rows of all cases."""
    value = {one["name"]: one["value"] for one in result}
    cells = lambda case: (
        case.name,
        case.unit,
        number(value[case.row(WHAT[0])]),
        number(value[case.row(WHAT[1])], 2),
        number(value.get(f"{case.row(WHAT[1])}, {PEER}"), 2),
    )
    disks = lambda name: (number(value[f"blk {name}, {label}: {WHAT[0]}"]) for label in DISK)
    peers = [
        ("`vwr-vhost blk --null`", *disks("--null")),
        ("`vwr-vhost blk --file`, io_uring", *disks("--file")),
    ]
    head = ("load", "unit", *WHAT, f"{WHAT[1]} of {PEER}")
    return {
        "costs": f"Measured on {time.strftime('%Y-%m-%d')}.\n\n" + page_table(head, map(cells, CASES)),
        "peers": page_table(("", *DISK), [*peers, VHOST_USER_BLK]),
    }


def page_table(head, lines):
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, ["---"] * len(head), *lines))
