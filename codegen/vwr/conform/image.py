# SPDX-License-Identifier: MIT
"""The image of conform/guest: compiles it for a processor, as one file that boots where a Linux kernel does."""

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from vwr.stop import Failed, Stop


class Processor(NamedTuple):
    """What its image is compiled with. `clock`: the macro of its port that has the clock's frequency."""

    folder: str  # of conform/guest
    tools: str  # prefix of the compiler and of objcopy
    package: str
    port: str
    script: str
    flags: tuple[str, ...]
    clock: str = ""


# The image runs where it is loaded, and relocates itself; ld would add nothing for a dynamic linker.
ANYWHERE = ("-fpie", "-pie", "-Wl,--no-dynamic-linker")
PROCESSORS = {
    "aarch64": Processor(
        "aarch64",
        "aarch64-linux-gnu-",
        "gcc-aarch64-linux-gnu",
        "aarch64",
        "image.ld",
        (*ANYWHERE, "-mgeneral-regs-only", "-mstrict-align"),
    ),
    "riscv64": Processor(
        "riscv64",
        "riscv64-linux-gnu-",
        "gcc-riscv64-linux-gnu",
        "riscv",
        "image.ld",
        (*ANYWHERE, "-march=rv64imac_zicsr", "-mabi=lp64", "-mcmodel=medany", "-Wl,--no-relax"),
        "VWR_RISCV_TIME_HZ",
    ),
    "x86-64": Processor(
        "x86",
        "x86_64-linux-gnu-",
        "gcc-x86-64-linux-gnu",
        "x86",
        "x86/image.ld",
        (
            *("-static", "-fno-pic", "-no-pie", "-m64", "-mno-red-zone", "-mgeneral-regs-only"),
            *("-fcf-protection=none", "-DVWR_X86_PORTS"),
        ),
        "VWR_X86_TSC_HZ",
    ),
}
# Loops of memory.c must not become calls of themselves.
FLAGS = (
    *("-std=c11", "-Os", "-Wall", "-Wextra", "-ffreestanding", "-nostdlib", "-fno-stack-protector"),
    *("-U_FORTIFY_SOURCE", "-fno-asynchronous-unwind-tables", "-fno-tree-loop-distribute-patterns"),
    *("-fvisibility=hidden", "-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"),
    *("-Wl,--build-id=none", "-Wl,-z,max-page-size=4096"),
)
LIBRARY = (  # of the driver side, without the classes
    *("runtime/base/*.c", "runtime/shared/*.c", "generated/src/*.c"),
    *("runtime/driver/core/**/*.c", "runtime/driver/transport/**/*.c", "runtime/driver/discover/**/*.c"),
)


def sources(root: Path, processor: Processor) -> list[Path]:
    """The sources of the image without the library."""
    folders = (root / "conform", root / "conform/guest", root / "conform/guest" / processor.folder)
    return [path for folder in folders for path in sorted(folder.glob("*.[cS]"))]


def _run(package: str, *command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Stop(
            f"{command[0]} cannot be started: {error.strerror}", f"apt-get install {package}"
        ) from error
    if done.returncode:
        raise Failed(f"{command[0]} failed\n{done.stderr}")


def make(root: Path, name: str, out: Path) -> None:
    """Writes the image of a processor."""
    if not (root / "conform/guest").is_dir():
        raise Stop("the sources of the image are not installed", "a clone of the repository, or its archive")
    processor = PROCESSORS[name]
    here = root / "conform/guest"
    includes = ("conform", "runtime/include", "generated/include", f"runtime/port/{processor.port}")
    clock = ("-include", str(here / "clock.h"), f"-D{processor.clock}=clock_hertz") if processor.clock else ()
    with tempfile.TemporaryDirectory(prefix="vwr-image-") as folder:
        unit, whole = Path(folder, "library.c"), Path(folder, "image")
        paths = [path for pattern in LIBRARY for path in sorted(root.glob(pattern))]
        unit.write_text("".join(f'#include "{path}"\n' for path in paths), encoding="utf-8")
        _run(
            processor.package,
            f"{processor.tools}gcc",
            *FLAGS,
            *processor.flags,
            *clock,
            *(f"-I{root / include}" for include in includes),
            *("-T", str(here / processor.script)),
            *map(str, sources(root, processor)),
            *(str(unit), "-o", str(whole)),
        )
        _run(processor.package, f"{processor.tools}objcopy", "-O", "binary", str(whole), f"{whole}.bin")
        content = Path(f"{whole}.bin").read_bytes()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise Stop(f"{out}: cannot be written: {error.strerror}", "./vwr conform image -o FILE") from error
