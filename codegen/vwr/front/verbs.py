# SPDX-License-Identifier: MIT
"""
The verbs of ./vwr: for each, a line in the list, its requirements, and its command. docs/help.txtar has a
page for each.
"""

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

from vwr import ROOT
from vwr.front import cmake, completion, tests
from vwr.front.packages import DOCS_MODULES, TEST_MODULES, Installer, Needs, python_with
from vwr.front.place import BUILD, COMMAND, TESTS, say, stop
from vwr.output import become
from vwr.programs import SOURCES, program
from vwr.sentence import joined
from vwr.stop import Stop
from vwr.version import version

SPEC = ("yaml", "jsonschema", "jinja2")
COMPILER = ("gcc", "libc6-dev", "cmake", "ninja-build")
MACHINE = (*COMPILER, "gcc-aarch64-linux-gnu", "qemu-system-arm", "qemu-utils", "dosfstools", "mtools")
CHANNEL = ("gcc-s390x-linux-gnu", "qemu-system-s390x")  # channel I/O
BOARDS = (
    *CHANNEL,
    *("gcc-arm-linux-gnueabi", "gcc-riscv64-linux-gnu", "gcc-x86-64-linux-gnu"),
    *("qemu-system-misc", "qemu-system-x86"),
)
IMAGES = {  # of ./vwr conform image
    "aarch64": "gcc-aarch64-linux-gnu",
    "riscv64": "gcc-riscv64-linux-gnu",
    "x86-64": "gcc-x86-64-linux-gnu",
}
LINUX_GUEST = ("apt", "dpkg", "device-tree-compiler", "e2fsprogs", "libc6-dev-arm64-cross")
HERE_IS = "a source archive" if SOURCES.is_dir() else "an installation"
BENCHES = {
    "guest": "guest/guest.py",
    "hypervisor": "hypervisor/hypervisor.py",
    "where": "hypervisor/where.py",
    "guests": "hypervisor/guests.py",
    "vhost": "vhost/rates.py",
    "monitor": "vhost/monitor.py",
    "copies": "copies.py",
    "features": "pairs.py",
    "usual": "usual/usual.py",
}  # of bench, with options of their own


class Verb(NamedTuple):
    """`run` gets the words after the verb. It ends the process or returns the exit code."""

    shown: str  # as the list has it
    brief: str
    run: Callable[[Sequence[str], Installer], int]
    builds: bool = False  # it installs missing packages even in a script without a terminal


def python(*command: str) -> NoReturn:
    """Hands over to the interpreter that has the modules."""
    script = ["-m", "vwr.front.script"] if command[0].endswith(".py") else []
    become(os.environ["VWR_PYTHON"], *script, *command)


def tool(name: str, *modules: str, packages: Sequence[str] = ()) -> Callable[[Sequence[str], Installer], int]:
    """A verb that is implemented by a sibling package."""

    def run(words: Sequence[str], installer: Installer) -> int:
        installer.need(Needs().add(*packages, modules=modules or ("sys",)))
        python(str(ROOT / "codegen"), name, *words)

    return run


def whole(
    path: str, run: Callable[[Sequence[str], Installer], int], unless: Sequence[str] = ()
) -> Callable[[Sequence[str], Installer], int]:
    """
    A verb that reads a path, or others of its folder, that a source archive (./vwr dist) or an installation does not
    have. One of the options `unless` makes it do without.
    """

    def checked(words: Sequence[str], installer: Installer) -> int:
        options = {word.partition("=")[0] for word in words}
        if not (ROOT / path).exists() and not options & set(unless):
            or_with = f", or with {' or '.join(unless)}" if unless else ""
            stop(
                f"{installer.verb} needs {path.partition('/')[0]}/, which {HERE_IS} does not have",
                f"{COMMAND} {installer.verb} in a clone of the repository{or_with}",
            )
        return run(words, installer)

    return checked


def run_embed(words: Sequence[str], installer: Installer) -> int:
    """Only descriptions of the user's own need the generator, which checks them with jsonschema."""
    own = any(word.partition("=")[0] == "--spec" for word in words)
    return tool("embed", *(SPEC if own else ("yaml",)), "elftools")(words, installer)


def run_demo(words: Sequence[str], installer: Installer) -> int:
    if words[:1] == ["linux"]:
        installer.need(Needs().add(*MACHINE, *LINUX_GUEST, modules=SPEC))
        cmake.forget_other_tree()
        python(str(ROOT / "examples" / "hypervisor" / "demo.py"), *words[1:])
    installer.need(Needs().add(*MACHINE, modules=("sys",)))
    cmake.forget_other_tree()
    if words[:1] == ["--all"]:
        installer.need(Needs().add(*BOARDS))
        python(str(ROOT / "examples" / "boards" / "cells.py"), *words[1:])
    if words[:1] == ["devices"]:
        installer.need(Needs().add(*(CHANNEL if any(word.startswith("ccw") for word in words) else ())))
        python(str(ROOT / "examples" / "devices" / "devices.py"), *words[1:])
    become("sh", str(ROOT / "examples" / "demo" / "run.sh"), *words)


def chosen_tests(
    names: Sequence[str], options: Sequence[str], listing: bool, installer: Installer
) -> Sequence[tests.Tier]:
    """The tiers that have to be there; their packages are, and the build folder is configured."""
    chosen = tests.named(names) if names else list(tests.tiers().values())
    if options and not names:  # which tiers, only CMake knows
        installer.need(Needs().add(*COMPILER))
        cmake.configure("test")
        chosen = tests.chosen_by(options)
    before = installer.installs
    packages = () if listing else (package for tier in chosen for package in tier.packages)
    installer.need(Needs().add(*COMPILER, *packages))
    if names or not options or installer.installs != before:  # CMake omits targets whose packages are missing
        cmake.configure("test")
    return chosen


def run_test(words: Sequence[str], installer: Installer) -> int:
    split = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    names, options = words[:split], list(words[split:])
    listing = any(word == "-N" or word.startswith("--show-only") for word in options)
    chosen = chosen_tests(names, options, listing, installer)
    if not listing and chosen:
        every = [
            f"{kind}_{tier.name}" for tier in chosen for kind in (("tier", "soak") if names else ("tier",))
        ]
        cmake.build("--target", *(tests.targets(chosen, options) if options and not names else every))
    if not listing:
        say(f"one test with all its output: {COMMAND} test -V -R NAME")
    if not names and not options:
        options = ["-LE", "^soak$"]
    return tests.run([*(["-L", f"^({'|'.join(tier.name for tier in chosen)})$"] if names else []), *options])


def run_setup(words: Sequence[str], installer: Installer) -> int:
    installer.need(
        Needs().add(
            *MACHINE,
            "all",
            "sphinx",
            "chromium",
            "nodejs",
            "gdb-multiarch",
            *LINUX_GUEST,
            modules=TEST_MODULES,
        )
    )
    say("all packages are here")
    return 0


def run_build(words: Sequence[str], installer: Installer) -> int:
    installer.need(Needs().add(*COMPILER, "gcc-aarch64-linux-gnu"))
    cmake.configure("build")
    cmake.build(*words)
    say(f"built in {BUILD}")
    return 0


def run_bench(words: Sequence[str], installer: Installer) -> int:
    installer.need(
        Needs().add(
            "gcc",
            "libc6-dev",
            "gcc-aarch64-linux-gnu",
            *LINUX_GUEST,
            "valgrind",
            "strace",
            "qemu-system-arm",
            "qemu-utils",
            "libc6-dev-arm64-cross",
            modules=(*SPEC, "elftools"),
        )
    )
    alone = BENCHES.get(words[0]) if words else None
    python(str(ROOT / "bench" / (alone or "run.py")), *words[bool(alone) :])


def run_docs(words: Sequence[str], installer: Installer) -> int:
    if "--man" in words:  # made without Sphinx
        return tool("docs")(words, installer)
    return tool("docs", *DOCS_MODULES, *SPEC, "elftools", packages=("clang", "lld"))(words, installer)


def build_program(name: str, installer: Installer) -> Path:
    """A program of hosted/programs/. It is built, if its sources are here."""
    if not SOURCES.is_dir():
        try:
            return program(name, BUILD)
        except Stop as missing:
            stop(str(missing), missing.hint)
    installer.need(Needs().add(*COMPILER, "liburing-dev", "libnbd-dev"))
    if not cmake.configured("VWR_URING_LIBRARY", "VWR_NBD_LIBRARY"):
        cmake.configure(name)
    cmake.build("--target", f"vwr_{name}")
    return program(name, BUILD)


def run_program(name: str, words: Sequence[str], installer: Installer) -> int:
    """Builds a program of hosted/programs/ and becomes it."""
    become(str(build_program(name, installer)), *words)


def run_monitor(words: Sequence[str], installer: Installer) -> int:
    if not any(word.partition("=")[0] == "--trace" for word in words):
        return run_program("monitor", words, installer)
    build_program("monitor", installer)
    return tool("monitor")(["--build", str(BUILD), *words], installer)


def run_conform(words: Sequence[str], installer: Installer) -> int:
    """The program of the cases, and its runs; without a class, ours are all tests that name clauses."""
    if words[:1] == ["ours"]:
        return whole(TESTS, run_cases, ("--type",))(words, installer)
    if words[:1] == ["image"]:
        arch = {word.rpartition("=")[2] for word in words}
        installer.need(Needs().add(*(package for name, package in IMAGES.items() if name in arch)))
        return tool("conform", *SPEC)(words, installer)
    return run_cases(words, installer)


def run_cases(words: Sequence[str], installer: Installer) -> int:
    if words[:1] != ["ours"] or any(word.partition("=")[0] == "--type" for word in words):
        if words[:1] == ["qemu"]:
            installer.need(Needs().add("qemu-system-arm"))
        build_program("conform", installer)
    else:
        installer.need(Needs().add(*COMPILER, modules=SPEC))
    return tool("conform", *SPEC)([*words[:1], "--build", str(BUILD), *words[1:]], installer)


def run_soak(words: Sequence[str], installer: Installer) -> int:
    from vwr.front import soak  # imported here: it reads tests/

    guests = soak.GUESTS.get(words[0]) if words else None
    chosen, count = (None, "") if guests else soak.chosen(words)
    installer.need(
        Needs().add(
            *MACHINE,
            *(chosen.packages if chosen else (*LINUX_GUEST, *(["nbdkit"] if words[0] == "guests" else []))),
            modules=("sys",) if chosen else SPEC,
        )
    )
    cmake.configure("soak")
    if chosen:
        chosen.run(count)
        return 0
    cmake.build("--target", "vwr_hypervisor")
    python(str(ROOT / "tests" / "qemu" / "hypervisor" / str(guests)), *words[1:])


def run_completion(words: Sequence[str], installer: Installer) -> int:
    if len(words) != 1 or words[0] not in completion.SHELLS:
        stop(f"completion is for {joined(completion.SHELLS, 'or')}", f"{COMMAND} completion bash")
    print(completion.script(words[0], list(VERBS)), end="")
    return 0


def run_version(words: Sequence[str], installer: Installer) -> int:
    def found(path: str, pattern: str) -> str:
        match = re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
        return match[1] if match else "unknown"

    print("virtwright " + version())
    print("generated code: ABI " + found("runtime/include/vwr/version.h", r"^#define VWR_GEN_ABI ([0-9]*)"))
    print(
        "document: VIRTIO "
        + found("generated/include/vwr/edition.h", r'^#define VWR_SPEC_VERSION *"([^"]*)"')
    )
    print(f"python: {python_with(SPEC) or 'none with yaml, jsonschema and jinja2'}")
    return 0


VERBS = {
    "demo": Verb(
        "demo [DISK-IMAGE]",
        "a bare-metal image in QEMU reads a real disk",
        whole("examples", run_demo),
        builds=True,
    ),
    "demo devices": Verb(
        "demo devices",
        "disks, network, screen, keyboard, mouse, random bytes, ports, folder, cipher: an image with all of them",
        run_demo,
        builds=True,
    ),
    "demo --all": Verb(
        "demo --all", "every board and bus: a table of boots, each checked by the host", run_demo, builds=True
    ),
    "demo linux": Verb(
        "demo linux",
        "an unmodified Linux on our devices, in a small hypervisor; --shell for a shell",
        run_demo,
        builds=True,
    ),
    "test": Verb("test [TIER...]", "every test, or some", whole(TESTS, run_test), builds=True),
    "generate": Verb(
        "generate",
        "C, tables and pages from spec/, or from your own descriptions",
        whole(TESTS, tool("generate", *SPEC), ("--spec", "--template", "--version")),
    ),
    "check": Verb(
        "check", "whether generated/ matches spec/", whole(TESTS, tool("check", *SPEC), ("--spec",))
    ),
    "diff": Verb(
        "diff [REV]",
        "what changed in spec/, in the specification's terms",
        whole(".git", tool("diff", *SPEC, packages=("git",)), ("--spec",)),
    ),
    "api": Verb(
        "api [REV]",
        "what changed in the public headers, and whether CHANGELOG.md knows of it",
        tool("api", "yaml", packages=("clang",)),
    ),
    "explain": Verb(
        "explain FILE...", "what a driver did to its device, from a trace or a register dump", tool("explain")
    ),
    "explorer": Verb(
        "explorer", "the specification as one page to look at and to paste into", tool("explorer")
    ),
    "live": Verb(
        "live",
        "a driver and a device in one page, to step through and to break",
        tool("live", *SPEC, "elftools", packages=("clang", "lld")),
    ),
    "wireshark": Verb(
        "wireshark", "a dissector for recorded buffers of virtqueues, in Lua", tool("wireshark")
    ),
    "lint": Verb(
        "lint HEADER...", "C headers compared with the specification", tool("lint", "yaml", "elftools")
    ),
    "embed": Verb(
        "embed DIR",
        "the library as one .c/.h pair for your tree, checked with your compiler",
        run_embed,
    ),
    "plan": Verb(
        "plan FILE",
        "VMs and their devices from one vms.yaml: checked, listed, as C tables",
        tool("plan", *SPEC),
    ),
    "oracle": Verb(
        "oracle --document DIR", "spec/ compared with the specification's source", tool("oracle", "yaml")
    ),
    "docs": Verb(
        "docs",
        "pages, API reference and manuals as one searchable folder of HTML",
        whole("docs/README.md", run_docs, ("--man",)),
        builds=True,
    ),
    "new": Verb("new device NAME", "a commented description of your own device", tool("new", *SPEC)),
    "mutate": Verb(
        "mutate [PATH...]",
        "small mistakes inserted into the C, and those that no test finds",
        whole(
            TESTS,
            tool(
                "mutate",
                packages=("git", "gcc", "libc6-dev", "clang", "cmake", "ninja-build", "libcmocka-dev"),
            ),
        ),
    ),
    "cover": Verb(
        "cover [FILE...]",
        "lines, branches and conditions (MC/DC) that tests execute and decide, by clang 19",
        whole(
            TESTS,
            tool(
                "cover",
                packages=(
                    "clang-19",
                    "llvm-19",
                    "libclang-rt-19-dev",
                    "libc6-dev",
                    "cmake",
                    "ninja-build",
                    "libcmocka-dev",
                    "libssl-dev",
                    "liburing-dev",
                    "libnbd-dev",
                    "nbdkit",
                ),
            ),
        ),
    ),
    "prove": Verb(
        "prove [NAME...]",
        "proofs of small cores of the runtime, by CBMC, each with a mistake that it refutes",
        whole(TESTS, tool("prove", "yaml")),
    ),
    "dist": Verb(
        "dist",
        "the source archive of this version: what users build, with pairs and man pages",
        whole(".git", tool("dist", "yaml", "elftools", "jsonschema", "jinja2", packages=("git", "gcc"))),
    ),
    "bench": Verb(
        "bench [GROUP]",
        "instructions per request, bytes of code, guests compared with Linux",
        whole("bench", run_bench),
        builds=True,
    ),
    "soak": Verb(
        "soak [KIND]",
        "random traffic until every ring index has wrapped; fuzzers; a guest's day",
        whole(TESTS, run_soak),
        builds=True,
    ),
    "vhost": Verb(
        "vhost CLASS",
        "a device in a process of its own, for QEMU, User Mode Linux and others",
        partial(run_program, "vhost"),
        builds=True,
    ),
    "monitor": Verb(
        "monitor",
        "stands between a vhost-user front end and a back end, and reports the rules that either breaks",
        run_monitor,
        builds=True,
    ),
    "conform": Verb(
        "conform vhost|qemu|ours|image",
        "cases on a vhost-user back end, on QEMU, or on our own side, as a page: clause, case, result",
        run_conform,
        builds=True,
    ),
    "build": Verb("build", "library, tests and demo", whole(TESTS, run_build), builds=True),
    "setup": Verb("setup", "installs what any verb needs", whole(TESTS, run_setup), builds=True),
    "completion": Verb(
        "completion bash|zsh|fish", 'completion for a shell: eval "$(./vwr completion bash)"', run_completion
    ),
    "version": Verb("version", "versions", run_version),
}

# What the four users of the library need, in the order in which they need it: whoever takes it into a tree, gives
# guests devices, describes a device of their own, or tests somebody's driver or device. ./vwr help lists these.
USERS = ("demo", "embed", "explain", "plan", "vhost", "new", "generate", "conform", "monitor", "lint")
HERE = "To work on this tree"
GROUPS = {
    "For users": USERS,
    "To look up and compare": ("explorer", "live", "docs", "wireshark", "check", "diff", "api"),
    HERE: (),  # and every verb that no group names
    "The command itself": ("setup", "completion", "version"),
}


def grouped() -> dict[str, list[str]]:
    """{title: its rows of VERBS} of ./vwr help all. Forms of a verb that have a row of their own follow it."""
    order = [(title, verb) for title, verbs in GROUPS.items() for verb in verbs]
    title_of = {verb: title for title, verb in order}
    found: dict[str, list[str]] = {title: [] for title in GROUPS}
    places = {verb: at for at, (_, verb) in enumerate(order)}
    for row in sorted(VERBS, key=lambda row: places.get(row.partition(" ")[0], 0)):
        found[title_of.get(row.partition(" ")[0], HERE)].append(row)
    return found
