# SPDX-License-Identifier: MIT
"""Packages by Debian's names: checks whether the parts that we use are installed, and installs packages."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from vwr.front import systems
from vwr.front.place import COMMAND, say, stop

Probe = Callable[[], bool]

MODULES = {
    "yaml": "python3-yaml",
    "jsonschema": "python3-jsonschema",
    "jinja2": "python3-jinja2",
    "pytest": "python3-pytest",
    "elftools": "python3-pyelftools",
    "kconfiglib": "python3-kconfiglib",
    "sphinx": "python3-sphinx",
    "myst_parser": "python3-myst-parser",
    "furo": "furo",
}
# The site generator. Only the tests of its own tier need it.
DOCS_MODULES = ("sphinx", "myst_parser", "furo")


def runs(*command: str, text: str = "") -> bool:
    """Whether the command exists and returns 0."""
    try:
        return (
            subprocess.run(command, input=text, text=True, capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def has(*names: str) -> Probe:
    return lambda: any(shutil.which(name) for name in names)


def has_header(name: str) -> Probe:
    return lambda: runs("gcc", "-E", "-x", "c", "-", text=f"#include <{name}>\n")


def has_file(pattern: str) -> Probe:
    return lambda: any(Path("/").glob(pattern.removeprefix("/")))


PROBES: dict[str, Probe] = {
    "gcc": has("gcc"),
    "libc6-dev": has_header("stdio.h"),
    "cmake": has("cmake"),
    "ninja-build": has("ninja", "make"),
    "make": has("make"),
    "g++": has("g++"),
    "gcc-aarch64-linux-gnu": has("aarch64-linux-gnu-gcc"),
    "libc6-dev-arm64-cross": has_file("/usr/aarch64-linux-gnu/include/stdio.h"),
    "gcc-riscv64-linux-gnu": has("riscv64-linux-gnu-gcc"),
    "gcc-x86-64-linux-gnu": has("x86_64-linux-gnu-gcc"),
    "gcc-s390x-linux-gnu": has("s390x-linux-gnu-gcc"),
    "libc6-dev-s390x-cross": has_file("/usr/s390x-linux-gnu/include/stdio.h"),
    "gcc-powerpc-linux-gnu": has("powerpc-linux-gnu-gcc"),
    "libc6-dev-powerpc-cross": has_file("/usr/powerpc-linux-gnu/include/stdio.h"),
    "gcc-arm-linux-gnueabi": has("arm-linux-gnueabi-gcc"),
    "libc6-dev-armel-cross": has_file("/usr/arm-linux-gnueabi/include/stdio.h"),
    "qemu-system-arm": has("qemu-system-aarch64"),
    "qemu-system-misc": has("qemu-system-riscv64"),
    "qemu-system-ppc": has("qemu-system-ppc"),
    "qemu-system-s390x": has("qemu-system-s390x"),  # on Debian 12 a name of qemu-system-misc
    "qemu-system-x86": has("qemu-system-x86_64"),
    "qemu-user": has("qemu-s390x"),
    "seabios": has_file("/usr/share/seabios/bios-256k.bin"),
    "ovmf": has_file("/usr/share/OVMF/OVMF_CODE_4M.fd"),
    "ipxe-qemu": has_file("/usr/lib/ipxe/qemu/efi-virtio.rom"),
    # QEMU 7.2 has one in C; the package is the one in Rust.
    "virtiofsd": lambda: any(map(os.path.exists, ("/usr/lib/qemu/virtiofsd", "/usr/libexec/virtiofsd"))),
    "u-boot-qemu": has_file("/usr/lib/u-boot/qemu_arm64/u-boot.bin"),
    "qemu-utils": has("qemu-img"),
    "dosfstools": has("mkfs.vfat"),
    "pciutils": has("lspci"),
    "mtools": has("mcopy"),
    "e2fsprogs": has("mkfs.ext4"),
    "apt": has("apt-get"),
    "dpkg": has("dpkg-deb"),
    "device-tree-compiler": has("dtc"),
    "libfdt-dev": has_header("libfdt.h"),
    "libssl-dev": has_header("openssl/evp.h"),
    "liblwip-dev": has_file("/usr/include/lwip/lwip/tcpip.h"),
    "liburing-dev": has_header("liburing.h"),
    "libnbd-dev": has_header("libnbd.h"),
    "nbdkit": has("nbdkit"),
    "user-mode-linux": has("linux.uml"),
    "busybox-static": has("busybox"),
    "clang": has("clang"),
    "clang-19": has("clang-19"),
    "llvm-19": has("llvm-cov-19"),
    "libclang-rt-19-dev": has_file("/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.profile-*.a"),
    "lld": has("ld.lld"),
    "libcmocka-dev": has_header("cmocka.h"),
    "linux-libc-dev": has_header("linux/virtio_blk.h"),
    "valgrind": has("valgrind"),
    "strace": has("strace"),
    "spin": has("spin"),
    "pkgconf": has("pkg-config"),
    "yamllint": has("yamllint"),
    "clang-format": has("clang-format"),
    "clang-tidy": has("clang-tidy"),
    "cppcheck": has("cppcheck"),
    "shellcheck": has("shellcheck"),
    "reuse": has("reuse"),
    "mypy": has("mypy"),
    "pyflakes3": has("pyflakes3"),
    "black": has("black"),
    "chromium": has("chromium"),
    "chromium-driver": has("chromedriver"),
    "python3-selenium": has_file("/usr/lib/python3/dist-packages/selenium/__init__.py"),
    "python3-clang": has_file("/usr/lib/python3/dist-packages/clang/cindex.py"),
    "nodejs": has("node", "nodejs"),
    "gdb-multiarch": has("gdb-multiarch"),
    "tshark": has("tshark"),
    "edid-decode": has("edid-decode"),
    "sqlite3": has("sqlite3"),
    "afl++": has("afl-clang-fast"),
    "rustc": has("rustc"),
    "sox": has("sox"),
    "acpica-tools": has("iasl"),
    "groff-base": has("groff"),
    "mandoc": has("mandoc"),
    "man-db": has("man"),
    "git": has("git"),
    "patch": has("patch"),
    "debootstrap": has("debootstrap"),
    "perl": lambda: runs("perl", "-MJSON::PP", "-e1"),  # perl-base has none
}

# What tests/tiers.txt calls python, all, and sphinx.
TEST_MODULES = tuple(module for module in MODULES if module not in DOCS_MODULES)
TESTS = (
    "make",
    "g++",
    "gcc-aarch64-linux-gnu",
    "libc6-dev-arm64-cross",
    "gcc-arm-linux-gnueabi",
    "libc6-dev-armel-cross",
    "gcc-riscv64-linux-gnu",
    "gcc-s390x-linux-gnu",
    "libc6-dev-s390x-cross",
    "gcc-powerpc-linux-gnu",
    "libc6-dev-powerpc-cross",
    "qemu-system-arm",
    "qemu-system-misc",
    "qemu-system-ppc",
    "qemu-system-s390x",
    "qemu-system-x86",
    "qemu-user",
    "qemu-utils",
    "dosfstools",
    "pciutils",
    "mtools",
    "e2fsprogs",
    "apt",
    "dpkg",
    "device-tree-compiler",
    "libfdt-dev",
    "libssl-dev",
    "liblwip-dev",
    "liburing-dev",
    "libnbd-dev",
    "nbdkit",
    "user-mode-linux",
    "virtiofsd",
    "busybox-static",
    "clang",
    "clang-19",
    "lld",
    "libcmocka-dev",
    "linux-libc-dev",
    "valgrind",
    "spin",
    "pkgconf",
    "yamllint",
    "clang-format",
    "clang-tidy",
    "cppcheck",
    "shellcheck",
    "reuse",
    "mypy",
    "pyflakes3",
    "black",
    "tshark",
    "git",
    "patch",
    "perl",
)


# Ubuntu provides chromium as a snap, and some releases lack the others. Tests that need one of these are
# skipped if it is missing.
NOT_EVERYWHERE = (
    "clang-19",
    "chromium",
    "chromium-driver",
    "python3-selenium",
    "user-mode-linux",
    "virtiofsd",
)


def has_package(name: str) -> bool:
    here = systems.here()
    return bool(here.names(name)) if here.command else runs("apt-cache", "show", name)


def apt_names(package: str) -> list[str]:
    """The package that apt-get installs for it here. A name replaces Debian's only if the archive has it."""
    here = systems.here()
    names = [package] if here.command else here.names(package)
    return names if names and (names == [package] or all(map(has_package, names))) else [package]


def clang_runtime() -> list[str]:
    """The clang sanitizers are a package whose name contains clang's version. Not every release has it."""
    if not shutil.which("clang"):
        return []

    def answer(option: str) -> str:
        return subprocess.run(["clang", option], text=True, capture_output=True, check=False).stdout.strip()

    # Not below -print-runtime-dir, which since LLVM 15 prints a target-specific folder even if it does not
    # exist.
    if any(Path(answer("-print-resource-dir")).glob("lib/**/libclang_rt.asan*")):
        return []
    package = f"libclang-rt-{answer('-dumpversion').split('.')[0]}-dev"
    return [package] if has_package(package) else []


def python_with(modules: Iterable[str]) -> str | None:
    """The first interpreter that finds them. Packages of apt belong to /usr/bin/python3; the python3 of the PATH may be
    another one. Importing them, or asking another process whether this interpreter finds them, would take longer than a
    verb that has little to do. What was installed since may be in a folder that this one does not know."""
    script = f"import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, {[*modules]})))"
    for python in (os.environ.get("VWR_PYTHON"), "/usr/bin/python3", "python3"):
        if python and (
            shutil.which(python) == sys.executable
            and all(map(importlib.util.find_spec, modules))
            or runs(python, "-c", script)
        ):
            return shutil.which(python)
    return None


class Needs:
    """Packages and Python modules that a verb or a tier needs."""

    def __init__(self) -> None:
        self.packages: list[str] = []
        self.modules: list[str] = []
        self.python: str | None = None  # the interpreter that has the modules, as missing() found it

    def add(self, *names: str, modules: Iterable[str] = ()) -> "Needs":
        """Requirements by name; `python`, `all` and `sphinx` are those in tests/tiers.txt."""
        for name in names:
            if name == "all":
                self.add(*TESTS, "python")
            elif name == "python":
                self.add(modules=TEST_MODULES)
            elif name == "sphinx":
                self.add(modules=DOCS_MODULES)
            elif name not in PROBES:
                stop(f"tests/tiers.txt asks for {name}, which is unknown here", f"{COMMAND} test")
            elif name not in self.packages:
                self.packages.append(name)
        self.modules += [module for module in modules if module not in self.modules]
        return self

    def missing(self) -> list[str]:
        found = [
            name
            for name in self.packages
            if not PROBES[name]() and (name not in NOT_EVERYWHERE or has_package(name))
        ]
        if "clang" in self.packages:
            found += clang_runtime()
        self.python = python_with(self.modules) if self.modules else None
        if self.modules and self.python is None:
            found += [
                MODULES[module]
                for module in self.modules
                if not runs("/usr/bin/python3", "-c", f"import {module}")
            ]
        return [name for package in found for name in apt_names(package)]


def apt_command() -> list[str]:
    return ["apt-get"] if user() == "0" else ["sudo", "apt-get"]


def user() -> str:
    return subprocess.run(["id", "-u"], text=True, capture_output=True, check=False).stdout.strip()


def in_ci() -> bool:
    """CI services set CI to true or to 1."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def may_install(missing: list[str], yes: bool, unasked: bool) -> bool:
    """
    -y and CI mean yes. On a terminal, the user is asked. `unasked` is the answer in a script without a
    terminal.
    """
    if yes or in_ci():
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return unasked
    print(
        f"Install them with `{' '.join(apt_command())} install {' '.join(missing)}`? [Y/n] ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    answer = sys.stdin.readline()  # without a line end, the input has ended, which is no answer
    return answer.endswith("\n") and answer.strip().lower() in ("", "y", "yes")


def apt(*arguments: str) -> bool:
    command = [*apt_command(), "-q", "-y", "-o", "DPkg::Lock::Timeout=300", *arguments]
    if command[0] == "sudo":
        command.insert(1, "DEBIAN_FRONTEND=noninteractive")
    return (
        subprocess.run(
            command, stdout=sys.stderr, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
        ).returncode
        == 0
    )


def stop_for_hand(here: systems.System, missing: list[str], verb: str) -> NoReturn:
    """On a system without apt-get, prints its package names, which are untested, for the user to install."""
    named = {package: here.names(package) for package in missing}
    names = list(dict.fromkeys(name for known in named.values() for name in known))
    unknown = [package for package, known in named.items() if not known]
    if unknown:
        say(f"{here.column} has no package that is known here for {' '.join(unknown)}")
    if os.environ.get("VWR_NO_INSTALL") == "1":
        print("\n".join(names), flush=True)
    by_hand = f"{COMMAND} help setup   (where it runs)"
    if names:
        sudo = "" if user() == "0" else "sudo "
        by_hand = f"{sudo}{here.command} {' '.join(names)}, then {COMMAND} {verb}"
    stop(
        f"installs with apt-get alone; the names for {here.column} were looked up and are untried",
        by_hand,
    )


class Installer:
    """Installs the missing packages, for one run of the script."""

    def __init__(self, verb: str, yes: bool, unasked: bool) -> None:
        self.verb, self.yes, self.unasked, self.updated = verb, yes, unasked, False
        self.installs = 0

    def install(self, missing: list[str]) -> None:
        say(f"{self.verb} needs packages that are missing: {' '.join(missing)}")
        here = systems.here()
        if here.command:  # also if it has apt-get, as Fedora's package apt
            stop_for_hand(here, missing, self.verb)
        by_hand = f"{' '.join(apt_command())} install {' '.join(missing)}"
        if os.environ.get("VWR_NO_INSTALL") == "1":
            print("\n".join(missing), flush=True)
            stop("VWR_NO_INSTALL=1: nothing was installed", by_hand)
        if not shutil.which("apt-get"):
            stop(
                "no apt-get here; the list above has Debian's names",
                f"install the same for your system, then {COMMAND} {self.verb}",
            )
        if user() != "0" and not (
            shutil.which("sudo") and (runs("sudo", "-n", "true") or sys.stdin.isatty())
        ):
            stop(
                "installing needs root or sudo",
                f"apt-get install {' '.join(missing)}   (as root), then {COMMAND} {self.verb}",
            )
        if not may_install(missing, self.yes, self.unasked):
            stop("nothing was installed; -y installs without a question", by_hand)
        self.yes = True  # for what the next look finds
        if not self.updated and not apt("update"):
            say("apt-get update failed: trying with the existing lists")
        self.updated = True
        if not apt("install", "--no-install-recommends", *missing):
            stop("apt-get could not install them", f"{by_hand}   (to see why)")
        self.installs += 1

    def need(self, needs: Needs) -> None:
        """Finds or installs all packages. The second check may find more names when clang is installed."""
        missing = needs.missing()
        for _ in range(2):
            if not missing:
                break
            self.install(missing)
            missing = needs.missing()
        if missing:
            stop(
                f"still missing after 2 passes: {' '.join(missing)}",
                f"{' '.join(apt_command())} install {' '.join(missing)}",
            )
        if needs.modules:
            python = needs.python
            assert python
            wanted = os.environ.get("VWR_PYTHON")
            if wanted and shutil.which(wanted) != python:
                say(f"VWR_PYTHON={wanted} lacks {', '.join(needs.modules)}: using {python}")
            os.environ["VWR_PYTHON"] = python
