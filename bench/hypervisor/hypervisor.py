#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A Linux behind examples/hypervisor beside the same Linux straight on QEMU's disk. See README.md."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import guest_packages as debian
import host
import limits
import machine
import report
from count import Failed, NotMeasured
from others import Others
from rows import row
from session import Session

GROUP = "hypervisor"
PLAN = "vms"  # the guest's disk is packed
WATCHED = "vms-watched"  # the same with monitors of all devices
SAMPLED = "vms-sampled"  # with monitors of one in 64 notifications
SECTORS = host.WINDOW_BYTES // machine.SECTOR_BYTES
READERS = 32
# What is read: (name, bytes, requests of a reader, readers); each run takes about half a second.
CASES = (
    ("4 KiB, depth 1", 4096, 4000, 1),
    ("128 KiB, depth 1", 131072, 2000, 1),
    (f"4 KiB, {READERS} readers", 4096, 200, READERS),
)
COUNTED_PART = 2  # of them, one in so many where traps and instructions are counted
PASSES, QUICK_PASSES = 5, 3
# Traps of a request by itself are exact: QueueNotify, InterruptStatus, InterruptACK. With READERS, how many requests are
# done at once is a question of time, so they are shown, and so are rates and times. README.md has where instructions go.
ACCESSES = "traps by the disk's registers"
THROUGH = "through the hypervisor"
USERSPACE = f"userspace, {THROUGH}"
MONITOR = "EL2, with monitors"
SAMPLE = "EL2, with monitors of one in 64 notifications"
LIMITS = limits.of(
    "hypervisor",
    [
        name
        for case in CASES
        for name in (
            f"{case[0]}, {THROUGH}",
            f"{case[0]}: {ACCESSES}",
            f"{case[0]}: EL2",
            f"{case[0]}: {MONITOR}",
            f"{case[0]}: {SAMPLE}",
        )
    ]
    + [USERSPACE],
    every=False,
)
UNIT = "instructions/request"
PARTS = ("rates", "counts", "instructions")
TIMEOUT = 120
ICOUNT = ["-icount", "shift=0"]

SCRIPT = r"""
echo "guest: begins"
for reads in $(echo "$vwr_reads" | tr + ' '); do
    [ "$vwr_wait" = 0 ] || { echo "guest: waits"; read -r line; }
    reader $(echo "$reads" | tr : ' ') || echo "guest: FAILED: reader $reads"
done
[ "$vwr_wait" = 0 ] || { echo "guest: waits"; read -r line; }
"""
COUNTERS = {  # in what the hypervisor's "stats" says
    "accesses": r"^  blk: accesses (\d+)",
    "requests": r"^  blk: .*\n +queue 0: kicks \d+, buffers (\d+)",
    "kicks": r"^  blk: .*\n +queue 0: kicks (\d+)",
    "interrupts": r"^  blk: .* interrupts (\d+), resets",
    "sleeps": r"^  sleeps (\d+)",
    "board": r"^  interrupts of the board (\d+)",
    "real kicks": r"^  kicks (\d+)",
    "real interrupts": r"maximum in flight \d+, interrupts (\d+)",
    "instructions": r"^  instructions of the hypervisor .* (\d+)$",
}


def arguments(wait, part=1, cases=CASES):
    """For the kernel: what the guest reads, and whether it waits for a key before each."""
    words = "+".join(f"1:{size}:{n // part}:{readers}:{SECTORS}" for _, size, n, readers in cases)
    return f"quiet vwr_reads={words} vwr_wait={wait}"


def through(folder, linux, reader, options=(), wait=0, part=1, cases=CASES, plan=PLAN):
    """The command line of the hypervisor with one guest."""
    files = host.guest_files(
        folder, linux, plan, [SCRIPT], arguments(wait, part, cases), [("bin/reader", reader)]
    )
    return host.command(plan, files, options=[*host.drive("disk.img"), *options])


def straight(linux):
    """The same files, the same devices: QEMU's own. After `through`, which writes the initial files."""
    return [
        host.QEMU,
        "-machine",
        "virt,gic-version=3",
        "-cpu",
        "cortex-a72",
        "-smp",
        "1",
        "-m",
        f"{host.RAM_BYTES >> 20}M",
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-no-reboot",
        "-kernel",
        str(linux.kernel),
        "-initrd",
        "initrd",
        "-append",
        f"{host.ARGUMENTS} {arguments(0)} vwr_guest=0",
        "-chardev",
        "stdio,id=console,signal=off",
        *host.drive("disk.img"),
        "-device",
        "virtio-serial-device,max_ports=1",
        "-device",
        "virtconsole,chardev=console",
        "-device",
        "virtio-rng-device",
    ]


def figures(lines, cases=CASES):
    """What the guest has measured: [{requests, ticks, hertz, interrupts, ...}] by case."""
    bad = [line for line in lines if "guest: FAILED" in line]
    found = [
        {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", line)}
        for line in lines
        if line.startswith("guest: linux ")
    ]
    if bad or len(found) != len(cases):
        raise Failed(
            f"the guest says: {bad[0]}" if bad else "the guest did not finish: " + " / ".join(lines[-3:])
        )
    return found


def timed(folder, words):
    """One boot: seconds to the first line of a program, and the guest's figures."""
    begin = time.monotonic()
    try:
        with Session(folder, words, TIMEOUT) as session:
            session.expect("^guest: begins")
            userspace = time.monotonic() - begin
            session.wait()
            return userspace, figures(session.lines)
    except AssertionError as why:
        raise Failed(str(why)) from why


def counted(folder, words):
    """Counters of the hypervisor for each case, {name: difference}, and the guest's figures."""
    marks = []
    try:
        with Session(folder, words, TIMEOUT) as session:
            for step in range(-1, len(CASES) + 1):
                if step != 0:  # twice before the first: what it costs to ask
                    session.expect("guest: waits$")
                text = "\n".join(
                    session.command("stats", "^  instructions of the hypervisor.*")
                    + [session.lines[session.at - 1]]
                )
                marks.append(
                    {name: int(re.search(pattern, text, re.M).group(1)) for name, pattern in COUNTERS.items()}
                )
                if step >= 0:
                    session.command("guest 0", "keys go to guest 0")
                    session.type("\r")
            session.wait()
            found = figures(session.lines)
    except AssertionError as why:
        raise Failed(str(why)) from why
    asked, *counts = [
        {name: (after[name] - before[name]) % (1 << 32) for name in after}
        for before, after in zip(marks, marks[1:])
    ]
    for one, guest in zip(counts, found):
        one["instructions"] -= asked["instructions"]
        if one["requests"] != guest["requests"]:
            raise Failed(f"the guest has sent {one['requests']} requests and counts {guest['requests']}")
    return counts, found


def rate_rows(folder, linux, reader, quick):
    """Both alternately, medians."""
    others, rates, seconds = Others(), {}, {}
    sides = {"hypervisor": through(folder, linux, reader), "straight": straight(linux)}
    for _ in range(QUICK_PASSES if quick else PASSES):
        for side, words in sides.items():
            userspace, found = timed(folder, words)
            seconds.setdefault(side, []).append(userspace)
            for case, one in zip(CASES, found):
                rates.setdefault((side, case), []).append(one["requests"] * one["hertz"] / one["ticks"])
    result = [
        row(
            GROUP,
            "others' share of the processors meanwhile",
            f"percent of {os.cpu_count()} processors",
            others.percent(),
        )
    ]
    for case in CASES:
        ours, theirs = (median(rates[side, case]) for side in sides)
        result.append(row(GROUP, f"{case[0]}, straight on QEMU's disk", "requests/s", round(theirs)))
        result.append(
            row(
                GROUP,
                f"{case[0]}, {THROUGH} (goal {LIMITS[f'{case[0]}, {THROUGH}'].least} x)",
                "requests/s",
                round(ours),
                ratio=ours / theirs,
                of="straight",
            )
        )
    ours, theirs = (median(seconds[side]) for side in sides)
    result.append(row(GROUP, "userspace, straight", "s", theirs))
    result.append(
        row(
            GROUP,
            f"{USERSPACE} (goal {LIMITS[USERSPACE].limit} x)",
            "s",
            ours,
            ratio=ours / theirs,
            of="straight",
        )
    )
    return result


def count_rows(folder, linux, reader):
    """Traps, notifications, interrupts: exact where one request comes after the other; else a question of time."""
    counts, _ = counted(folder, through(folder, linux, reader, wait=1, part=COUNTED_PART))
    result = []
    for case, one in zip(CASES, counts):
        alone, n = case[3] == 1, one["requests"]
        for name, words in (
            ("accesses", ACCESSES),
            ("kicks", "notifications by the guest"),
            ("interrupts", "interrupts for the guest"),
            ("sleeps", "traps by WFI"),
            ("real kicks", "notifications of the real disk"),
            ("real interrupts", "interrupts of the real disk"),
        ):
            most = LIMITS[f"{case[0]}: {ACCESSES}"].limit if name == "accesses" else None
            exact = most if alone else None
            goal = f" (goal {most})" if most and not alone else ""
            result.append(row(GROUP, f"{case[0]}: {words}{goal}", "per request", one[name] / n, exact=exact))
    return result


def instruction_rows(folder, linux, reader):
    """Instructions of EL2, which sleeps while the disk is at work."""
    plans = [
        counted(folder, through(folder, linux, reader, ICOUNT, wait=1, part=COUNTED_PART, plan=plan))[0]
        for plan in (PLAN, WATCHED, SAMPLED)
    ]
    result = []
    for case, *counts in zip(CASES, *plans):
        plain, *seen = (one["instructions"] / one["requests"] for one in counts)
        result.append(row(GROUP, f"{case[0]}: EL2", UNIT, plain, **LIMITS[f"{case[0]}: EL2"].bounds()))
        for how, each in zip((MONITOR, SAMPLE), seen):
            name = f"{case[0]}: {how}"
            result.append(
                row(GROUP, name, UNIT, each, ratio=each / plain, of="without", **LIMITS[name].bounds(plain))
            )
    return result


def build():
    """The images, by CMake, in the build folder that all of ./vwr has."""
    folder = host.build_folder().parent.parent
    if (
        not (host.build_folder() / PLAN / "vwr_hypervisor.elf").exists()
        and not (folder / "CMakeCache.txt").exists()
    ):
        raise NotMeasured("there is no hypervisor in the build folder (./vwr build)")
    done = subprocess.run(
        [
            "cmake",
            "--build",
            str(folder),
            "--target",
            "vwr_hypervisor",
            "vwr_hypervisor_watched",
            "vwr_hypervisor_sampled",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasured("the hypervisor does not build (./vwr demo linux says why)")


def prepare(root, folder):
    """(kernel, reader), and disk.img in the folder; or NotMeasured, debian.NoLinux."""
    folder.mkdir(parents=True, exist_ok=True)
    machine.need_tools(machine.GCC, machine.QEMU)
    build()
    reader = machine.build_reader(root, folder)
    linux = debian.prepare(debian.home(), host.MODULES)
    machine.make_disk(folder)
    return linux, reader


def rows(root, out, quick, parts=PARTS):
    """All of the group, or one row that says why there is nothing. `out`: bench/ of the build folder."""
    folder = out.resolve() / "hypervisor"
    try:
        linux, reader = prepare(root, folder)
    except (NotMeasured, debian.NoLinux) as why:
        return [row(GROUP, "all", "", reason=str(why))]
    result = rate_rows(folder, linux, reader, quick) if "rates" in parts else []
    result += count_rows(folder, linux, reader) if "counts" in parts else []
    return result + (instruction_rows(folder, linux, reader) if "instructions" in parts else [])


def main():
    parser = report.parser("A Linux behind the hypervisor beside the same straight on QEMU.", "fewer passes")
    parser.add_argument("--only", choices=PARTS, action="append")
    given = parser.parse_args()
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build").resolve() / "bench"
    return report.command(
        given, lambda: (rows(ROOT, out, given.quick, given.only or PARTS), {}), "./vwr demo linux"
    )


if __name__ == "__main__":
    sys.exit(main())
