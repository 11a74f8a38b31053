# SPDX-License-Identifier: MIT
"""./vwr soak: runs that are too long for a test."""

import os
import re
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.front import cmake, tests
from vwr.front.place import BUILD, COMMAND, say, stop
from vwr.meant import unknown


def called(*command: object) -> None:
    code = subprocess.run([str(word) for word in command], check=False).returncode
    if code:
        sys.exit(code)


def python(script: str, *arguments: object) -> None:
    """Runs a script from the tree with the interpreter that has the modules."""
    called(os.environ["VWR_PYTHON"], "-B", ROOT / script, *arguments)


def pytest(*files: str) -> None:
    """Tests, by their files in tests/."""
    paths = (ROOT / "tests" / file for file in files)
    called(os.environ["VWR_PYTHON"], "-B", "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *paths)


def by_pytest(file: str, setting: str, targets: Sequence[str], count: str) -> None:
    """A test file that runs longer if the environment sets a duration."""
    cmake.build("--target", *targets)
    os.environ[setting] = count
    pytest(file)


# A fuzzer each, tests/hostile/fuzz: those of the device side, and all.
CLASSES = ("net", "gpu", "input", "9p", "fs", "balloon", "vsock", "scsi", "sound", "buses")
FUZZERS = (
    "device",
    *CLASSES,
    "pair",
    "drivers",
    "pci",
    "vpci",
    "state",
    "vhost",
    "services",
    "clients",
    "tables",
    "tree",
)


# Of them, those with our drivers; `pair` is on both sides.
DRIVER_SIDE = ("pair", "drivers", "pci", "clients", "tree")


def executed(log: str) -> int:
    """The number of inputs that a fuzzer has run. A run that was killed has no total, but progress lines."""
    total = re.search(r"^stat::number_of_executed_units: *(\d+)", log, re.M)
    progress = re.findall(r"^#(\d+)", log, re.M)
    return int(total[1]) if total else int(progress[-1]) if progress else 0


def sums_of(lines: str) -> dict[str, int]:
    """The number of inputs for each program in all.txt, for each side, and in total."""
    sums: Counter[str] = Counter()
    for line in lines.splitlines():
        program, inputs = line.split()[:2]
        target = program.split("_", 1)[1]
        sums[program] += int(inputs)
        sums["driver side" if target in DRIVER_SIDE else "device side"] += int(inputs)
        if target == "pair":
            sums["device side"] += int(inputs)
        sums["all"] += int(inputs)
    return dict(sorted(sums.items()))


def fuzz_program(folder: Path, kept: Path, program: str, limit: str) -> None:
    """One program. Its inputs count even if it fails or is interrupted."""
    target = program.split("_", 1)[1]
    found = kept / f"soak_{target}"
    log = found.with_suffix(".log")
    log.unlink(missing_ok=True)
    say(f"{program} {limit}")
    script = ROOT / "tests/hostile/fuzz/fuzz.sh"
    try:
        called(
            script, folder / program, limit, found, folder / f"inputs/{target}", folder / "made/seeds", "keep"
        )
    finally:
        inputs = executed(log.read_text(errors="replace")) if log.exists() else 0
        with (kept / "all.txt").open("a") as lines:
            lines.write(f"{program} {inputs}\n")


def fuzz(targets: Sequence[str], wide: str, deep: str) -> None:
    """
    Runs each target without the sanitizers, as far as the option `wide` says, and then with them, as far as
    `deep` says. Both start with the inputs that earlier runs found. all.txt counts the inputs of all runs. Both
    are in the folder VWR_FUZZ_KEPT, or in the build folder.
    """
    folder = BUILD / "tests/hostile/fuzz"
    kept = Path(os.environ.get("VWR_FUZZ_KEPT", folder))
    kept.mkdir(parents=True, exist_ok=True)
    cmake.build("--target", "fuzz_programs")
    for target in targets:
        for program, limit in ((f"wide_{target}", wide), (f"fuzz_{target}", deep)):
            fuzz_program(folder, kept, program, limit)
    for name, inputs in sums_of((kept / "all.txt").read_text()).items():
        say(f"{name}: {inputs} inputs")


def soak_fuzz(seconds: str) -> None:
    deep = int(seconds) // 4
    fuzz(FUZZERS, f"-max_total_time={int(seconds) - deep}", f"-max_total_time={max(1, deep)}")


def fuzz_runs(targets: Sequence[str], runs: str) -> None:
    """Runs this many inputs for each of these targets."""
    fuzz(targets, f"-runs={runs}", f"-runs={max(1, int(runs) // 10)}")


def soak_spec(words: str) -> None:
    cmake.build("--target", "ends_harness")
    python("tests/spec/random/random_specs.py", BUILD, *words.split())


def kinds_of(program: Path) -> list[str]:
    """The kinds of rings that a program in the pair tier supports."""
    return subprocess.run([program, "list"], text=True, capture_output=True, check=True).stdout.splitlines()


def soak_pair(times: str) -> None:
    cmake.build("--target", "pair_tier", "device_pci")
    program = BUILD / "tests/pair/pair_tier"
    for kind in kinds_of(program):
        for bus in ("mmio", "intx", "msix") if kind.startswith("modern") else ("mmio",):
            say(f"{kind} on {bus}")
            called(program, kind, "all", int(times) * 2, bus)
    say("a guest that scribbles over PCI")
    called("env", "SCRIBBLES=1000000", BUILD / "tests/unit/device/device_pci")
    say("each check of the generated clients and services taken out")
    python("tests/pair/ends/deleted.py", BUILD / "tests/pair/ends/all")


def soak_state(period: str) -> None:
    cmake.build("--target", "pair_saves")
    program = BUILD / "tests/pair/pair_saves"
    for kind in kinds_of(program):
        say(f"{kind}: saved and loaded at one of {period} points")
        called(program, kind, "all", 1, "each", period, 1)


def soak_explore(switches: str) -> None:
    cmake.build("--target", "explore_tier", "explore_classes")
    program = BUILD / "tests/memory/explore/explore_tier"
    called(program, "rings", "", 3, "all", 4)
    called(program, "rings", "", switches)
    for name, most in (
        ("blocks", "3"),
        ("generation", switches),
        ("receive", "3"),
        ("echo", "2"),
        ("echo_polled", "1"),
        ("inflight", "2"),
    ):
        called(program.with_name("explore_classes"), name, most)


def soak_worlds(count: str) -> None:
    cmake.build("--target", "worlds_machine", "worlds_host")
    left = int(count)
    while left > 0:  # each part is counted, and the next run starts after it
        part = min(left, 10_000)
        python("tests/worlds/run.py", BUILD / "tests/worlds", "--count", str(part))
        left -= part


def soak_model(_: str) -> None:
    python("tests/memory/model/run_model.py", BUILD / "tests/memory/model/all")


def soak_net(times: str) -> None:
    cmake.build("--target", "qemu_net_two")
    folder = BUILD / "tests/qemu/driver"
    count = int(times) * 100000
    python("tests/qemu/driver/net_two.py", folder / "qemu_net_two", "all", count, folder / "soak_net")


def traffic(program: str, kind: str, out: str, times: str) -> None:
    """Random traffic on QEMU's devices. The files are in the folder `out`."""
    folder = BUILD / "tests/qemu/driver"
    cmake.build("--target", program)
    called(folder / program, "soak", kind, times, folder / out, ROOT / "tests/qemu/driver/pattern.sh")


def soak_sound(times: str) -> None:
    """On the sound card of QEMU 10, which is fetched."""
    folder = BUILD / "tests/qemu/driver/qemu10"
    cmake.build("--target", "qemu_tier")  # while PATH has the installed QEMU, which CMake looks for
    called(ROOT / "tests/qemu/other_qemu.sh", folder)
    os.environ["PATH"] = f"{folder}/bin:{os.environ['PATH']}"
    traffic("qemu_tier", "sound", "soak_sound", times)


def soak_vhost(kills: str) -> None:
    cmake.build("--target", "vwr_vhost", "vfront_deaths")
    program = BUILD / "hosted/programs/vhost/vwr-vhost"
    words = (program, "blk", "--file", "IMAGE", "--socket", "SOCKET", "--packed")
    called(BUILD / "tests/unit/vfront/vfront_deaths", BUILD / "tests/unit/vfront/soak", kills, *words)
    os.environ["VWR_KILLS"] = kills
    pytest("qemu/process/test_qemu.py")


def soak_modules(times: str) -> None:
    cmake.build("--target", "vwr_hypervisor_buses", "vwr_hypervisor_iommu", "vwr_vhost")
    os.environ["VWR_TIMES"] = times
    pytest("qemu/hypervisor/test_modules.py", "qemu/newest/soak_newest.py")


def soak_firmware(name: str) -> None:
    cmake.build("--target", "vwr_vhost", "vwr_monitor")
    pytest("qemu/process/soak_firmware.py" + ("" if name == "all" else f"::test_{name}"))


def soak_crates(_: str) -> None:
    cmake.build("--target", "soak_crates")
    pytest("qemu/crates/test_crates.py")


def soak_explorer(_: str) -> None:
    pytest("tools/explorer/test_browser.py")


def soak_live(_: str) -> None:
    pytest("tools/live/soak_live.py")


def soak_prove(_: str) -> None:
    python("codegen", "prove")


def soak_machines(name: str) -> None:
    names = MACHINES[1:] if name == "all" else (name,)
    python("tests/ports/machines/machines.py", "--all", BUILD / "tests/ports/machines/all", *names)


def soak_release(words: str) -> None:
    release, *quick = words.split()
    python("tests/ports/release/release.py", release, BUILD, *quick)


def soak_packages(release: str) -> None:
    python("tests/ports/release/packages.py", release, BUILD)


def soak_compilers(what: str) -> None:
    """
    All levels of optimisation for each target of the library, each way of docs/package.md, all compilers for each
    profile of a copy and for lint.
    """
    everything = ("FREESTANDING", "EMBED", "HEADERS", "LINT", "PACKAGE")
    os.environ.update({f"VWR_{name}_ALL": "1" for name in everything})
    if what != "copies":
        python("tests/ports/freestanding/freestanding.py", BUILD / "tests/ports/freestanding/all")
        pytest("rules/test_headers.py")
        pytest("ports/package/test_package.py", "ports/package/test_levels.py")
    if what != "library":
        pytest(*(f"tools/embed/test_{one}.py" for one in ("matrix", "disk", "guest")))
        pytest("tools/lint/test_compilers.py")


def soak_tests(_: str) -> None:
    """The tests that `./vwr test` runs only by name."""
    cmake.build("--target", "all", *(f"soak_{name}" for name in tests.tiers()))
    called("ctest", "--test-dir", BUILD, "--output-on-failure", "-L", "^soak$")


class Soak(NamedTuple):
    """
    `run` receives the count, a number of runs, inputs, seconds or hours. `names`: it is one of these names
    instead. `named`: it is any name, which `run` checks. `seeded`: a seed may follow the count.
    """

    run: Callable[[str], None]
    default: str
    packages: tuple[str, ...] = ("clang",)
    names: tuple[str, ...] = ()
    named: bool = False
    seeded: bool = False


PROCESS = tests.tiers()["process"].packages
MACHINES = ("all", "s390x", "powerpc", "arm")
FIRMWARE = ("all", "seabios", "ovmf", "u_boot", "ipxe")
RINGS = tuple(
    f"{interface}_{layout}{tables}{event}"
    for interface, layout in (("modern", "split"), ("modern", "packed"), ("legacy", "split"))
    for event in ("", "_event")
    for tables in ("", "_indirect")
)
GUESTS = {
    "hypervisor": "soak.py",
    "linux": "soak_linux.py",
    "saves": "soak_saves.py",
    "guests": "soak_guests.py",
}  # of examples/hypervisor, with their own options
SOAKS = {
    **{
        kind: Soak(partial(traffic, "qemu_tier", kind, "soak"), "1")
        for kind in ("all", "input", "console", "9p", "fs", "matrix", *RINGS)
    },
    "net": Soak(soak_net, "1"),
    "sound": Soak(soak_sound, "1"),
    "pci": Soak(partial(traffic, "qemu_tier_pci", "pci", "soak_pci"), "1", ("clang", "qemu-system-x86")),
    "vhost": Soak(soak_vhost, "1000", PROCESS),
    "migrate": Soak(
        partial(by_pytest, "qemu/process/test_migrate.py", "VWR_MIGRATIONS", ["vwr_vhost"]), "200", PROCESS
    ),
    "monitor": Soak(
        partial(by_pytest, "qemu/process/soak_monitor.py", "VWR_MINUTES", ["vwr_vhost", "vwr_monitor"]),
        "60",
        PROCESS,
    ),
    "peers": Soak(
        partial(by_pytest, "hostile/peers/soak_peers.py", "VWR_SECONDS", ["peers_programs"]),
        "600",
        tests.tiers()["peers"].packages,
    ),
    "firmware": Soak(
        soak_firmware,
        "all",
        (
            *PROCESS,
            *("qemu-system-x86", "seabios", "ovmf", "ipxe-qemu", "u-boot-qemu", "dosfstools", "mtools"),
        ),
        FIRMWARE,
    ),
    "crates": Soak(soak_crates, "all", ("python",), ("all",)),
    "modules": Soak(
        soak_modules,
        "1",
        (*tests.tiers()["hypervisor"].packages, "debootstrap", "gcc"),
    ),
    "fuzz": Soak(soak_fuzz, "600"),
    "classes": Soak(partial(fuzz_runs, CLASSES), "1000000"),
    "tables": Soak(partial(fuzz_runs, ("tables",)), "10000000"),
    "tree": Soak(partial(fuzz_runs, ("tree",)), "10000000"),
    "loads": Soak(partial(fuzz_runs, ("state", "vpci")), "10000000"),
    "spec": Soak(soak_spec, "2000", tests.tiers()["random"].packages, seeded=True),
    "pair": Soak(soak_pair, "50"),
    "state": Soak(soak_state, "1"),
    "worlds": Soak(soak_worlds, "100000"),
    "explore": Soak(soak_explore, "4"),
    "model": Soak(soak_model, "all", tests.tiers()["model"].packages, ("all",)),
    "explorer": Soak(soak_explorer, "all", ("python", "nodejs", "chromium"), ("all",)),
    "live": Soak(soak_live, "all", tests.tiers()["live"].packages, ("all",)),
    "prove": Soak(soak_prove, "all", ("python",), ("all",)),
    "compilers": Soak(soak_compilers, "all", tests.tiers()["embed"].packages, ("all", "library", "copies")),
    "machines": Soak(soak_machines, "all", tests.tiers()["machines"].packages, MACHINES),
    "release": Soak(soak_release, "trixie", ("debootstrap", "git"), named=True),
    "packages": Soak(soak_packages, "bookworm", ("debootstrap", "git", "gcc"), named=True),
    "tests": Soak(soak_tests, "all", ("python", "all", "sphinx", "chromium"), ("all",)),
}


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word) > 0


def chosen(words: Sequence[str]) -> tuple[Soak, str]:
    """The soak and its count, which are both checked before anything is built."""
    kind, count = ([*words[:2]] + [""] * 2)[:2]
    kind = kind or "all"
    if kind not in SOAKS:
        kinds = [*SOAKS, *GUESTS]
        groups = textwrap.fill("Kinds: " + " ".join(one for one in kinds if one not in RINGS), 110)
        stop(
            f"{unknown('kind', kind, kinds)}\n{groups}\nRings: {len(RINGS)} kinds, {RINGS[0]} and its like",
            f"{COMMAND} help soak",
        )
    soak = SOAKS[kind]
    if kind == "fuzz" and count == "--hours" and len(words) == 3 and _is_number(words[2]):
        return soak, str(int(words[2]) * 3600 // len(FUZZERS))
    if kind == "release" and len(words) == 3 and words[2] == "--quick" and count.isalpha():
        return soak, " ".join(words[1:])
    count = count or soak.default
    if soak.seeded and len(words) == 3 and all(_is_number(word) for word in words[1:]):
        return soak, " ".join(words[1:])
    fits = count.isalpha() if soak.named else count in soak.names if soak.names else _is_number(count)
    if len(words) > 2 or not fits:
        wanted = f"one of {' '.join(soak.names)}" if soak.names else "a number of at least 1"
        wanted = "the name of a release of Debian" if soak.named else wanted
        stop(f"soak {kind} takes {wanted}, not '{' '.join(words[1:])}'", f"{COMMAND} help soak")
    return soak, count
