# SPDX-License-Identifier: MIT
"""The verbs of ./vwr: a line for the list, what each needs, and what it runs. docs/help has a page for each."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from vwr import ROOT
from vwr.front import cmake, completion, tests
from vwr.front.packages import TEST_MODULES, Installer, Needs, python_with
from vwr.front.place import BUILD, COMMAND, say, stop

SPEC = ("yaml", "jsonschema", "jinja2")


@dataclass(frozen=True)
class Verb:
    """`run` has the words after the verb; it ends the process or answers the exit code."""

    shown: str  # as the list has it
    brief: str
    run: Callable[[Sequence[str], Installer], int]


def python(*command: str) -> NoReturn:
    """Hands over to the interpreter that has the modules."""
    interpreter = os.environ["VWR_PYTHON"]
    sys.stdout.flush()
    os.execv(interpreter, [interpreter, "-B", *command])


def tool(name: str, *modules: str, packages: Sequence[str] = ()) -> Callable[[Sequence[str], Installer], int]:
    """A verb that is a package beside this one."""
    def run(words: Sequence[str], installer: Installer) -> int:
        installer.need(Needs().add(*packages, modules=modules or ("sys",)))
        python(str(ROOT / "codegen"), name, *words)
    return run


def machine() -> Needs:
    return Needs().add("gcc", "libc6-dev", "gcc-aarch64-linux-gnu", "cmake", "ninja-build", "qemu-system-arm", "qemu-utils",
                       "dosfstools", "mtools")


def linux_guest() -> tuple[str, ...]:
    return ("apt", "dpkg", "device-tree-compiler", "e2fsprogs", "libc6-dev-arm64-cross")


def boards() -> Needs:
    return Needs().add("gcc-arm-linux-gnueabi", "gcc-riscv64-linux-gnu", "gcc-x86-64-linux-gnu", "qemu-system-misc",
                       "qemu-system-x86")


def run_demo(words: Sequence[str], installer: Installer) -> int:
    if words[:1] == ["linux"]:
        installer.need(machine().add(*linux_guest(), modules=SPEC))
        cmake.forget_other_tree()
        python(str(ROOT / "examples" / "hypervisor" / "demo.py"), *words[1:])
    installer.need(machine().add(modules=("sys",)))
    cmake.forget_other_tree()
    if words[:1] == ["--all"]:
        installer.need(boards())
        python(str(ROOT / "examples" / "boards" / "cells.py"), *words[1:])
    if words[:1] == ["devices"]:
        python(str(ROOT / "examples" / "devices" / "devices.py"), *words[1:])
    os.execvp("sh", ["sh", str(ROOT / "examples" / "demo" / "run.sh"), *words])


def compiler() -> Needs:
    return Needs().add("gcc", "libc6-dev", "cmake", "ninja-build")


def with_packages(needs: Needs, chosen: Sequence[tests.Tier]) -> Needs:
    return needs.add(*(package for tier in chosen for package in tier.packages))


def chosen_tests(names: Sequence[str], options: Sequence[str], listing: bool, installer: Installer) -> Sequence[tests.Tier]:
    """The tiers that have to be there; their packages are, and the build folder is configured."""
    chosen = tests.named(names) if names else list(tests.tiers().values())
    if options and not names:  # which tiers, only CMake knows
        installer.need(compiler())
        cmake.configure("test")
        chosen = tests.chosen_by(options)
    before = installer.updated
    installer.need(compiler() if listing else with_packages(compiler(), chosen))
    if names or not options or installer.updated != before:
        cmake.configure("test")
    return chosen


def run_test(words: Sequence[str], installer: Installer) -> int:
    split = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    names, options = words[:split], list(words[split:])
    listing = any(word == "-N" or word.startswith("--show-only") for word in options)
    chosen = chosen_tests(names, options, listing, installer)
    if not listing and chosen:
        only = tests.targets(chosen, options) if options and not names else [f"tier_{tier.name}" for tier in chosen]
        cmake.build(*(["--target", *only] if names or options else []))
    if not listing:
        say(f"one test alone, with all it prints: {COMMAND} test -V -R NAME")
    return tests.run([*(["-L", f"^({'|'.join(tier.name for tier in chosen)})$"] if names else []), *options])


def run_setup(words: Sequence[str], installer: Installer) -> int:
    installer.need(machine().add("all", *linux_guest(), modules=TEST_MODULES))
    say("all packages are here")
    return 0


def run_build(words: Sequence[str], installer: Installer) -> int:
    installer.need(Needs().add("gcc", "libc6-dev", "gcc-aarch64-linux-gnu", "cmake", "ninja-build"))
    cmake.configure("build")
    cmake.build(*words)
    say(f"built in {BUILD}")
    return 0


def run_bench(words: Sequence[str], installer: Installer) -> int:
    installer.need(Needs().add("gcc", "libc6-dev", "gcc-aarch64-linux-gnu", *linux_guest(), "valgrind", "qemu-system-arm",
                               "qemu-utils", "libc6-dev-arm64-cross", modules=SPEC))
    python(str(ROOT / "bench" / "run.py"), *words)


def called(*command: object) -> None:
    code = subprocess.run([str(word) for word in command], check=False).returncode
    if code:
        sys.exit(code)


CLASSES = ("net", "gpu", "input", "9p", "balloon")  # of the device side: a fuzzer each, tests/hostile/fuzz


def soak_fuzz(seconds: str) -> None:
    targets = ("device", *CLASSES, "pair", "drivers", "pci", "services", "clients")
    folder = BUILD / "tests/hostile/fuzz"
    cmake.build("--target", "fuzz_programs", *(f"fuzz_{target}_files" for target in targets))
    for target in targets:
        say(f"fuzz_{target} for {seconds} seconds")
        called(ROOT / "tests/hostile/fuzz/fuzz.sh", folder / f"fuzz_{target}", seconds, folder / f"soak_{target}",
               ROOT / f"tests/hostile/fuzz/corpus/{target}", folder / "made/seeds", "keep")


def fuzz_runs(target: str, runs: str) -> None:
    folder = BUILD / "tests/hostile/fuzz"
    found = folder / f"soak_{target}"
    found.mkdir(exist_ok=True)
    seeds = folder / "made/seeds" / target
    more = [f"-dict={folder}/made/seeds/{target}.dict", seeds] if seeds.is_dir() else []
    say(f"fuzz_{target}: {runs} inputs")
    called(folder / f"fuzz_{target}", f"-runs={runs}", "-max_len=400", "-timeout=100", "-print_funcs=0", "-print_final_stats=1",
           f"-artifact_prefix={found}.failed-", found, ROOT / f"tests/hostile/fuzz/corpus/{target}", *more)


def soak_tree(runs: str) -> None:
    cmake.build("--target", "fuzz_programs")
    fuzz_runs("tree", runs)


def soak_classes(runs: str) -> None:
    cmake.build("--target", "fuzz_programs")
    for target in CLASSES:
        fuzz_runs(target, runs)


def soak_pair(times: str) -> None:
    cmake.build("--target", "pair_tier")
    program = BUILD / "tests/pair/pair_tier"
    for kind in subprocess.run([program, "list"], text=True, capture_output=True, check=True).stdout.splitlines():
        say(kind)
        called(program, kind, "all", int(times) * 10)


def soak_explore(switches: str) -> None:
    cmake.build("--target", "explore_tier")
    program = BUILD / "tests/memory/explore/explore_tier"
    called(program, "rings", "", 3, "all", 4)
    called(program, "rings", "", switches)


def soak_net(times: str) -> None:
    cmake.build("--target", "qemu_net_two")
    folder = BUILD / "tests/qemu/driver"
    called(os.environ["VWR_PYTHON"], "-B", ROOT / "tests/qemu/driver/net_two.py", folder / "qemu_net_two", "all",
           int(times) * 100000, folder / "soak_net")


def soak_pci(times: str) -> None:
    cmake.build("--target", "qemu_tier_pci")
    folder = BUILD / "tests/qemu/driver"
    called(folder / "qemu_tier_pci", "soak", "pci", times, folder / "soak_pci", ROOT / "tests/qemu/driver/pattern.sh")


def soak_machines(name: str) -> None:
    script = ROOT / "tests/ports/machines/machines.py"
    names = ("s390x", "powerpc", "arm") if name == "all" else (name,)
    called(os.environ["VWR_PYTHON"], "-B", script, "--all", BUILD / "tests/ports/machines/all", *names)


SOAKS = {"fuzz": (soak_fuzz, "600"), "classes": (soak_classes, "1000000"), "tree": (soak_tree, "10000000"), "pair": (soak_pair, "10"), "explore": (soak_explore, "4"),
         "net": (soak_net, "1"), "pci": (soak_pci, "1"), "machines": (soak_machines, "all")}

GUESTS = {"hypervisor": "soak.py", "linux": "soak_linux.py"}  # of examples/hypervisor


def run_soak(words: Sequence[str], installer: Installer) -> int:
    kind, *rest = [*words] or ["all"]
    if kind in GUESTS:
        installer.need(machine().add(*linux_guest(), modules=SPEC))
        cmake.configure("soak")
        cmake.build("--target", "vwr_hypervisor")
        python(str(ROOT / "tests" / "qemu" / "hypervisor" / GUESTS[kind]), *rest)
    packages = tests.tiers()["machines"].packages if kind == "machines" else ("clang", "qemu-system-x86") if kind == "pci" else ("clang",)
    installer.need(machine().add(*packages, modules=("sys",)))
    cmake.configure("soak")
    if kind in SOAKS:
        run, default = SOAKS[kind]
        run(rest[0] if rest else default)
        return 0
    cmake.build("--target", "qemu_tier")
    called(BUILD / "tests/qemu/driver/qemu_tier", "soak", kind, rest[0] if rest else "1", BUILD / "tests/qemu/driver/soak",
           ROOT / "tests/qemu/driver/pattern.sh")
    return 0


def run_completion(words: Sequence[str], installer: Installer) -> int:
    if list(words) not in (["bash"], ["zsh"]):
        stop("completion is for bash or for zsh", f"{COMMAND} completion bash")
    print(completion.script(words[0], list(VERBS)), end="")
    return 0


def run_version(words: Sequence[str], installer: Installer) -> int:
    def found(path: str, pattern: str) -> str:
        match = re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
        return match[1] if match else "unknown"
    print("virtwright " + found("CMakeLists.txt", r"^project\(virtwright VERSION ([0-9.]*)"))
    print("generated code: ABI " + found("runtime/include/vwr/version.h", r"^#define VWR_GEN_ABI ([0-9]*)"))
    print("document: VIRTIO " + found("generated/include/vwr/gen/version.h", r'^#define VWR_SPEC_VERSION *"([^"]*)"'))
    print(f"python: {python_with(SPEC) or 'none with yaml, jsonschema and jinja2'}")
    return 0


VERBS = {
    "demo": Verb("demo [DISK-IMAGE]", "a bare-metal image in QEMU reads a real disk", run_demo),
    "demo devices": Verb("demo devices", "disk, network, screen, keyboard, mouse, random bytes, ports: an image with all of them",
                         run_demo),
    "demo --all": Verb("demo --all", "every board and bus: a table of boots, each checked by the host", run_demo),
    "demo linux": Verb("demo linux", "an unmodified Linux on our devices, in a small hypervisor; --shell for a shell", run_demo),
    "test": Verb("test [TIER...]", "every test, or some", run_test),
    "generate": Verb("generate", "spec/ -> generated/", tool("generate", *SPEC)),
    "check": Verb("check", "is generated/ what spec/ makes?", tool("check", *SPEC)),
    "diff": Verb("diff [REV]", "what changed in spec/, in the specification's terms", tool("diff", *SPEC, packages=("git",))),
    "explain": Verb("explain FILE...", "what a driver did to its device, from a trace or a register dump", tool("explain")),
    "lint": Verb("lint HEADER...", "somebody's C headers beside the specification", tool("lint", "yaml", "elftools")),
    "embed": Verb("embed DIR", "the library as one .c/.h pair for your tree, by your compiler",
                  tool("embed", "yaml", "elftools")),
    "plan": Verb("plan FILE", "VMs and their devices from one vms.yaml: checked, listed, as C tables", tool("plan", *SPEC)),
    "oracle": Verb("oracle --document DIR", "is spec/ what the specification's source says?", tool("oracle", "yaml")),
    "new": Verb("new device NAME", "a commented description of a device of your own", tool("new", *SPEC)),
    "bench": Verb("bench", "instructions per request, bytes of code, guests beside Linux", run_bench),
    "soak": Verb("soak [KIND]", "random traffic until every ring index has wrapped; fuzzers; a guest's day", run_soak),
    "build": Verb("build", "library, tests and demo", run_build),
    "setup": Verb("setup", "installs what any verb needs", run_setup),
    "completion": Verb("completion bash|zsh", "completion for a shell: eval \"$(./vwr completion bash)\"", run_completion),
    "version": Verb("version", "versions", run_version),
}
