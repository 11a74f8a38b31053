#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A disk of vwr-vhost beside one of qemu-storage-daemon, alternately, in one guest of User Mode Linux. See README.md."""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import blocks
import costs
import folders
import vhost
import vhost_guests as guests
from count import Failed, NotMeasured
from others import Others
from report import judge
from rows import row, table, write_json

GROUP = "vhost"
MIB = 64
SECTORS = MIB << 11
DAEMON = "qemu-storage-daemon"
BOOT, LAST = 60, 600  # seconds
PASSES = 15


class Case(NamedTuple):
    """Reads of 4 KiB: of a disk that stores nothing or of a file, so many at once; goal: least ratio of rates."""

    name: str
    null: bool
    depth: int
    batches: int  # of a pass
    goal: float


CASES = (
    Case("null disk, one at a time", True, 1, 2000, 1.2),
    Case("null disk, 32 at once", True, 32, 200, 2.0),
    Case("file, one at a time", False, 1, 2000, 1.0),
    Case("file, 32 at once", False, 32, 200, 1.0),
)
UML, OURS = "User Mode Linux", "our front end"
COSTS = "costs"  # the case of costs.py
FOLDERS = "folders"  # that of folders.py
WRITTEN = (COSTS, FOLDERS)  # cases with tables that the bench writes
FIGURES = (("requests/s", "rate", 0), ("us/request", "CPU time", 1), ("per request", "interrupts", 2))
# The two back ends, each with both disks; the guest finds the disks in this order.
ENDS = ("vwr-vhost", DAEMON)
DISKS = {
    (end, null): f"vd{'abcd'[place]}"
    for place, (end, null) in enumerate((end, null) for null in (True, False) for end in ENDS)
}


def ours(program, folder, null):
    storage = ["--null", str(MIB)] if null else ["--file", str(folder / "disk.img")]
    return [program, "blk", "--socket", str(folder / socket_of(ENDS[0], null)), *storage]


def theirs(_, folder, null):
    aio = "threads" if guests.no_io_uring() else "io_uring"
    node = f"null-co,size={MIB << 20}" if null else f"file,aio={aio},filename={folder / 'disk.img'}"
    return [
        DAEMON,
        "--blockdev",
        f"driver={node},node-name=n",
        "--export",
        f"type=vhost-user-blk,id=e,node-name=n,writable=on,addr.type=unix,addr.path={folder / socket_of(ENDS[1], null)}",
    ]


def socket_of(end, null):
    return f"{'ours' if end == ENDS[0] else 'theirs'}-{'null' if null else 'file'}.sock"


def cpu_ns(pid):
    """{process: what all its threads have used}: of this one and those that it has started."""
    found = {}
    for one in (pid, *guests.children(pid)):
        with contextlib.suppress(FileNotFoundError):  # it has ended
            found[one] = sum(
                int(path.read_text(encoding="ascii").split()[0])
                for path in Path(f"/proc/{one}/task").glob("*/schedstat")
            )
    return found


def used_ns(pid, before):
    """What they have used since cpu_ns() was `before`; a process that serves a front end has to be there still."""
    return sum(now - before.get(one, 0) for one, now in cpu_ns(pid).items())


def write_disk(path):
    """Each block of 4 KiB begins with its number, which the reader checks."""
    with open(path, "wb") as file:
        for block in range((MIB << 20) // 4096):
            file.write(block.to_bytes(8, "little").ljust(4096, b"\0"))


class Pass(NamedTuple):
    rate: float  # requests a second
    cpu: float  # microseconds of the back end a request
    interrupts: float  # a request


def measure(lines, plan, pids):
    """{(case, end): [Pass]} from what the guest says, while it says so."""
    found = {}
    plan = iter(plan)
    case = end = None
    before, used = {}, 0
    for line in lines:
        if line.startswith("guest: begin"):
            case, end = next(plan)
            before = cpu_ns(pids[end, case.null])
        elif line.startswith("guest: end"):
            used = used_ns(pids[end, case.null], before)
        elif said := re.match(
            r"guest: linux requests=(\d+) ticks=(\d+) hertz=(\d+) .*interrupts=(\d+)", line
        ):
            requests, ticks, hertz, interrupts = map(int, said.groups())
            found.setdefault((case, end), []).append(
                Pass(requests * hertz / ticks, used / requests / 1000, interrupts / requests)
            )
        elif line.startswith("guest: FAILED"):
            raise Failed(line.strip())
        elif line.startswith("guest: OK"):
            return found
    raise Failed("User Mode Linux has ended: see build/bench/vhost/uml.log")


def build_reader(folder):
    """The program that reads, for a guest without libraries."""
    program = folder / "reader"
    source = HERE.parent / "guest" / "linux" / "reader.c"
    subprocess.run(
        ["gcc", "-std=gnu11", "-O2", "-static", "-Wall", "-Wextra", str(source), "-o", str(program)],
        check=True,
        timeout=BOOT,
    )
    return program.read_bytes()


def guest(plan):
    """The command of User Mode Linux, in the folder of the disks: an argument has no spaces. It reads as the plan says."""
    reads = "+".join(
        f"{DISKS[end, case.null]}:{int(case.null)}:{case.depth}:4096:{case.batches}:1:{SECTORS}"
        for case, end in plan
    )
    disks = [f"virtio_uml.device={socket_of(*disk)}:{guests.IDS['blk']}" for disk in DISKS]
    return [
        guests.UML, "mem=128M", "initrd=initrd", "con=null", "con0=fd:0,fd:1", "quiet", "panic=-1",
        f"vwr_reads={reads}", *disks,
    ]  # fmt: skip


def need():
    """Raises NotMeasured if something is missing."""
    for tool in (DAEMON, "gcc"):
        if shutil.which(tool) is None:
            raise NotMeasured(f"{tool} is not installed (qemu-system-common, gcc)")


def back_end(folder, program, end, null):
    """It serves within a block."""
    socket = folder / socket_of(end, null)
    socket.unlink(missing_ok=True)
    command = (ours if end == ENDS[0] else theirs)(program, folder, null)
    return guests.Server(command, socket, log=folder / "log")


def run(folder, program, passes, cases=CASES):
    """Boots the guest once; {(case, end): [Pass]}."""
    plan = [(case, end) for case in cases for _ in range(passes) for end in ENDS]
    image = guests.uml_initrd((HERE / "init.sh").read_bytes(), [("bin/reader", build_reader(folder))])
    (folder / "initrd").write_bytes(image)
    servers, log = {}, folder / "uml.log"
    with contextlib.ExitStack() as stack, open(log, "w", encoding="utf-8") as kept:
        for end, null in DISKS:
            servers[end, null] = stack.enter_context(back_end(folder, program, end, null))
        process = subprocess.Popen(
            ["timeout", "-k", "5", str(LAST), *guest(plan)],
            cwd=folder, env={**os.environ, "HOME": str(folder)}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
        stack.callback(process.wait)
        stack.callback(end_group, process)
        pids = {disk: server.process.pid for disk, server in servers.items()}
        return measure((kept.write(line) and line for line in process.stdout), plan, pids)


def end_group(process):
    """User Mode Linux has several processes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def loaded(loader, socket, depth, requests, pid):
    """
    Requests a second under our own front end, and the CPU time of a process and of those that it has started, while
    they serve.
    """
    before = cpu_ns(pid)
    command = ["timeout", "-k", "5", str(BOOT), loader, "hold", socket, depth, requests // depth]
    with subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.readline() + process.stdout.readline()
        used = used_ns(pid, before)
        process.stdin.close()
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return float(re.search(r"rate=(\d+)", said).group(1)), used


def load(folder, program, passes, cases):
    """The same disks that store nothing under our own front end; {(case, end): [Pass]}."""
    loader = vhost.build(ROOT, ROOT / "runtime", folder)
    found = {}
    with contextlib.ExitStack() as stack:
        servers = {end: stack.enter_context(back_end(folder, program, end, True)).process.pid for end in ENDS}
        for case in (case for case in cases if case.null):
            for _ in range(passes):
                for end, pid in servers.items():
                    requests = case.depth * case.batches * 5
                    rate, used = loaded(loader, folder / socket_of(end, True), case.depth, requests, pid)
                    used /= requests
                    found.setdefault((case, end), []).append(Pass(rate, used / 1000, 0.0))
    return found


def rows_of(found, front):
    """Medians of each case under a front end, ours beside theirs."""
    result = []
    for case in CASES:
        if (case, ENDS[0]) not in found:
            continue
        for unit, what, place in FIGURES[: 2 if front == OURS else 3]:
            mine, other = (median(one[place] for one in found[case, end]) for end in ENDS)
            result.append(row(GROUP, f"{front}, {case.name}: {what}, {ENDS[1]}", unit, float(other)))
            result.append(
                row(
                    GROUP,
                    f"{front}, {case.name}: {what}, {ENDS[0]}",
                    unit,
                    float(mine),
                    ratio=mine / other if other else None,
                    of=f"{ENDS[1]}" + (f", goal {case.goal:g}" if place == 0 and front == UML else ""),
                )
            )
    return result


def show(result, others, file):
    """Prints the rows, and writes them to a file if there is one."""
    print("\n".join(table(result)))
    print(f"other programs had {others.percent():.0f} % of the processors")
    if file:
        write_json(file, result)


def rates(folder, program, given):
    """The rows, and why those of User Mode Linux are left out, or None."""
    cases = CASES if given.case is None else (CASES[int(given.case)],)
    need()
    why = guests.no_uml()
    result = [] if why else rows_of(run(folder, program, given.passes, cases), UML)
    return result + rows_of(load(folder, program, given.passes, cases), OURS), why


def costs_of(folder, program, given):
    """The rows, why there are none or an empty text, and why those of User Mode Linux are left out or None."""
    result, why = [], None
    if lacking := costs.missing():
        return result, lacking, why
    if given.case != FOLDERS:
        result += costs.rows(folder, program.resolve(), given.only)
    if given.case != COSTS:
        why = guests.no_uml()
        result += [] if why else folders.rows(folder, program.resolve())
    return result, "", why


def blocks_of(result, case):
    """Tables of the page."""
    return costs.blocks_of(result) if case == COSTS else folders.blocks_of(result)


def parse():
    parser = argparse.ArgumentParser(prog="./vwr bench vhost", description=__doc__.split(" See")[0])
    parser.add_argument(
        "--passes", type=int, default=PASSES, help=f"of each back end in each case ({PASSES})"
    )
    parser.add_argument(
        "--case",
        choices=[*(str(i) for i in range(len(CASES))), *WRITTEN],
        help=f"one case alone, by its number; {COSTS}: instructions and system calls; {FOLDERS}: those of a folder under Linux",
    )
    parser.add_argument(
        "--only", metavar="TEXT", default="", help=f"of {COSTS}: the cases whose names contain TEXT"
    )
    parser.add_argument("--program", type=Path, help="another vwr-vhost")
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"of {' and '.join(WRITTEN)}: write the tables of bench/vhost/README.md",
    )
    parser.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    given = parser.parse_args()
    if given.write and (given.case not in WRITTEN or given.only):
        parser.error(f"--write needs --case {' or '.join(WRITTEN)}, without --only")
    return given


def main():
    given = parse()
    build = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build")
    others, result, why, uncounted = Others(), [], None, ""
    try:
        folder, program = build / "bench" / "vhost", given.program or guests.program()
        if not program.is_file():
            raise NotMeasured(f"{program} is not built (./vwr vhost --help)")
        folder.mkdir(parents=True, exist_ok=True)
        write_disk(folder / "disk.img")
        if given.case not in WRITTEN:
            result, why = rates(folder, program, given)
        if given.case in (None, *WRITTEN):
            more, uncounted, why_none = costs_of(folder, program, given)
            result, why = result + more, why or why_none
    except NotMeasured as missing:
        print(f"bench: {missing}", file=sys.stderr)
        return 77
    except (Failed, subprocess.SubprocessError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    show(result, others, given.json)
    if why:
        print(f"left out: all rows of {UML}: {why}")
    if uncounted:
        print(f"left out: instructions and system calls: {uncounted}")
    if missing := guests.no_io_uring():
        print(f"left out: io_uring, on both sides: {missing}")
    if given.write and result:
        blocks.write(blocks_of(result, given.case), costs.PAGE)
    return judge(result, {}) if given.case in WRITTEN else 0


if __name__ == "__main__":
    sys.exit(main())
