#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the library for bare machines and looks at the objects. By hand it needs codegen and tests in PYTHONPATH.

    freestanding.py BUILD-FOLDER              every target, one table
    freestanding.py BUILD-FOLDER TARGET...    some of them; `ports`, `errors`, `sources` are targets too

Nothing may be undefined over all objects together, nor over those of the driver side or of the device
side alone (what `nm -u` shows): not even memcpy, memset or a helper of libgcc, which a compiler may call without
being asked. Nothing may be writable: no
globals, no statics. No machine is an exception. Exit code 77: no such compiler here.
"""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import zip_longest
from pathlib import Path

import made
from vwr import txtar
from vwr.embed import proof

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
INCLUDE = [
    f"-I{ROOT}/runtime/include",
    f"-I{ROOT}/monitor/include",
    f"-I{ROOT}/generated/include",
    f"-I{made.folder()}/include",
]
# Sources one by one in one process: clang's driver would start one for each, which takes six times as long.
# The newest clang warns of what older ones, of the same options, do not see, such as conditions with constants of two enumerations.
ALONE = "-cc1 -triple aarch64-none-elf -ffreestanding -nostdsysteminc -std=c11 -Wall -Wextra -Wconversion -Werror -fsyntax-only".split()
STRICT = "-nostdinc -fno-builtin -fno-pie -ffreestanding -Wall -Wextra -Wenum-conversion -Wconversion -Werror -std=c11".split()

# Each target is a compiler and the options that an embedder has for it.
TARGETS = {
    "aarch64_gcc": "aarch64-linux-gnu-gcc -mgeneral-regs-only",
    "aarch64_gcc_strict_align": "aarch64-linux-gnu-gcc -mgeneral-regs-only -mstrict-align",
    # As Avatar's Makefile has it: the compiler's own C, and not said to be freestanding.
    "aarch64_avatar": "aarch64-linux-gnu-gcc -mgeneral-regs-only -fno-stack-protector -std=gnu17 -fhosted",
    "aarch64_clang": "clang --target=aarch64-none-elf -mgeneral-regs-only",
    "aarch64_be_clang": "clang --target=aarch64_be-none-elf -mgeneral-regs-only",
    "x86_64_gcc": "gcc -m64 -mgeneral-regs-only -mno-red-zone",
    "x86_64_clang": "clang --target=x86_64-none-elf -mgeneral-regs-only -mno-red-zone",
    "riscv64_gcc": "riscv64-linux-gnu-gcc -march=rv64imac -mabi=lp64 -mcmodel=medany",
    "riscv64_clang": "clang --target=riscv64-none-elf -march=rv64imac -mabi=lp64 -mcmodel=medany",
    # Machines of 32 bits, of which ARMv7 has no division at all. What the library needs of a RISC-V is the M extension.
    "riscv32_gcc": "riscv64-linux-gnu-gcc -march=rv32imac -mabi=ilp32",
    "riscv32_clang": "clang --target=riscv32-none-elf -march=rv32imac -mabi=ilp32",
    # Short enumerations, as arm-none-eabi-gcc has them: a function with an enumeration is none with an `unsigned`.
    "armv7_gcc": "arm-linux-gnueabi-gcc -march=armv7-a -mgeneral-regs-only -fshort-enums",
    "armv7_clang": "clang --target=armv7-none-eabi -mfloat-abi=soft -fshort-enums",
    "i686_gcc": "gcc -m32 -march=i686 -mgeneral-regs-only",
    "i686_clang": "clang --target=i686-none-elf -mgeneral-regs-only",
}
# What a port leaves to its kernel.
OF_THE_KERNEL = {"port xv6": ("ticks", "vwr_xv6_page"), "port riscv": ("vwr_riscv_timer",)}
HOOKS = "-O1 all hooks"
# (name in the table, options)
BUILDS = [
    ("-O0", ["-O0"]),
    ("-Os", ["-Os"]),
    ("-O2", ["-O2"]),
    (HOOKS, ["-O1", "-DTEST_PORT_WITH_ALL_HOOKS"]),
]
# ./vwr soak compilers builds everything for every target. Otherwise there is one build a compiler, of two machines that have nothing
# in common: 64 bits, big-endian, for size; 32 bits without a division, which some source may ask libgcc for, and with all hooks.
# Besides, clang for x86-64 without optimisation, which calls memset or memcpy for most initialisers and copies of structures.
SOME = {
    "-O0": {"x86_64_clang"},
    "-Os": {"aarch64_be_clang"},
    "-O2": set(),
    HOOKS: {"armv7_gcc"},
}
EVERYTHING = os.environ.get("VWR_FREESTANDING_ALL") == "1"
if EVERYTHING:
    SOME = {build: {*TARGETS} for build in SOME}
# ./vwr soak compilers compiles each source of this target, except the tables, to an object at -O2, as an embedder has them;
# elsewhere each folder is one source. tests/ports/package compiles each source of both ends' bases, of the driver side and of the
# tables for itself by gcc; each source of the library is compiled for itself by `sources`.
WHOLE = "aarch64_clang"

# The ports of runtime/port, each with the compilers of its machine. They use the compiler's own
# headers, so there is no -nostdinc. A port is a few inline functions: gcc's first of a machine has the driver side at -O1, which
# follows values; the others have runtime/base at -O0, with each inline function emitted. ./vwr soak compilers has all of the library
# at -O2.
PORTS = [
    ("aarch64", "aarch64-linux-gnu-gcc -mgeneral-regs-only -fno-pie"),
    ("aarch64", "clang --target=aarch64-none-elf -mgeneral-regs-only"),
    ("riscv", "riscv64-linux-gnu-gcc -march=rv64imac_zicsr -mabi=lp64 -fno-pie"),
    (
        "riscv",
        "riscv64-linux-gnu-gcc -march=rv64imac_zicsr -mabi=lp64 -fno-pie -DVWR_RISCV_MACHINE -DVWR_RISCV_WFI"
        " -DVWR_RISCV_WFI_TIMER -DVWR_RISCV_TIME_HZ=10000000u -DVWR_RISCV_MTIME=0x0200bff8u",
    ),
    (
        "riscv",
        "clang --target=riscv64-none-elf -march=rv64imac -mabi=lp64 -DVWR_RISCV_WFI -DVWR_RISCV_TIME_HZ=10000000u",
    ),
    (
        "riscv",
        "riscv64-linux-gnu-gcc -march=rv32imac_zicsr -mabi=ilp32 -fno-pie -DVWR_RISCV_MACHINE -DVWR_RISCV_WFI"
        " -DVWR_RISCV_WFI_TIMER -DVWR_RISCV_TIME_HZ=10000000u -DVWR_RISCV_MTIME=0x0200bff8u",
    ),
    (
        "riscv",
        "clang --target=riscv32-none-elf -march=rv32imac -mabi=ilp32 -DVWR_RISCV_WFI -DVWR_RISCV_TIME_HZ=10000000u",
    ),
    ("armv7", "arm-linux-gnueabi-gcc -march=armv7-a -marm -mgeneral-regs-only -fno-pie"),
    (
        "armv7",
        "arm-linux-gnueabi-gcc -march=armv7-a -mthumb -mgeneral-regs-only -fno-pie -DVWR_ARMV7_WFI -DVWR_ARMV7_WFI_TIMER",
    ),
    ("armv7", "clang --target=armv7-none-eabi -mfloat-abi=soft -DVWR_ARMV7_NO_TIMER"),
    ("x86", "gcc -m64 -mgeneral-regs-only -fno-pie"),
    ("x86", "gcc -m64 -mgeneral-regs-only -fno-pie -DVWR_X86_TSC_HZ=1000000000u"),
    ("x86", "gcc -m64 -mgeneral-regs-only -mno-red-zone -fno-pie -DVWR_X86_PORTS -DVWR_X86_HLT"),
    ("x86", "clang --target=x86_64-none-elf -mgeneral-regs-only"),
    (
        "x86",
        "clang --target=x86_64-none-elf -mgeneral-regs-only -mno-red-zone -DVWR_X86_PORTS -DVWR_X86_HLT",
    ),
    (
        "x86",
        "gcc -m32 -march=i686 -mgeneral-regs-only -fno-pie -DVWR_X86_PORTS -DVWR_X86_HLT -DVWR_X86_TSC_HZ=1000000000u",
    ),
    ("x86", "clang --target=i686-none-elf -mgeneral-regs-only -DVWR_X86_TSC_HZ=1000000000u"),
    ("template", "gcc -m64 -mgeneral-regs-only -fno-pie"),
    ("vmm", "gcc -m64 -mgeneral-regs-only -fno-pie"),
    ("xv6", "riscv64-linux-gnu-gcc -march=rv64imac_zicsr -mabi=lp64 -mcmodel=medany -fno-pie -nostdinc"),
]
# What of a port's options says which machine it is.
MACHINE = ("-march", "--target", "-mthumb")


def bad(name):
    """The options of a port of bad.txtar, in the folder of `check_errors`: the port, and where it finds the good one."""
    return [f"-I{name}", f"-I{HERE}"]


# Ports that are wrong, and what the compiler has to say of them; each hook that is missing or wrong comes besides.
ERRORS = [
    ("no port", [], "vwr_port.h not found: copy runtime/port/template/vwr_port.h onto the include path"),
    (
        "a hook without its #define",
        bad("hook_without_define"),
        "static inline void vwr_port_relax(void)",
    ),
    (
        "a #define without its hook",
        bad("define_without_hook"),
        "VWR_PORT_MAY_HAVE(void, vwr_port_relax, (void));",
    ),
    ("alignment", bad("odd_align"), "vwr port: VWR_PORT_DMA_ALIGN must be a power of 2"),
    ("ticks", bad("ticks_without_length"), "vwr port: vwr_port_ticks needs VWR_PORT_TICK_US"),
    ("types", bad("wrong_types"), "vwr port: uint32_t or uint64_t has the wrong size"),
    ("bool", bad("int_bool"), "vwr port: bool must be _Bool"),
    ("packed structures", [f"-I{HERE}/port", "-fpack-struct"], "compile Virtwright without -fpack-struct"),
    (
        "no attributes",
        [f"-I{HERE}/port", "-D__attribute__(x)="],
        "defines __attribute__ away for this compiler",
    ),
]
# Numbers of a class that is too small, or cannot be: (header, macro, number, what is said).
NUMBERS = [
    ("net", "VWR_NET_QUEUE", "100u", "VWR_NET_QUEUE must be a power of 2"),
    ("net", "VWR_NET_QUEUE", "0u", "VWR_NET_QUEUE must be a power of 2"),
    ("net", "VWR_NET_QUEUE", "0x10000u", "VWR_NET_QUEUE must be a power of 2"),
    ("net", "VWR_NET_QUEUE", "4u", "VWR_NET_QUEUE is too small for a packet: a header and VWR_NET_SEGMENTS"),
    ("net", "VWR_NET_SEGMENTS", "0u", "VWR_NET_SEGMENTS must be 1 to VWR_REQUEST_SEGMENTS"),
    ("net", "VWR_NET_SEGMENTS", "17u", "VWR_NET_SEGMENTS must be 1 to VWR_REQUEST_SEGMENTS"),
    ("net", "VWR_NET_BYTES", "1500u", "VWR_NET_BYTES is too small for a header and a frame"),
    ("net", "VWR_NET_BYTES", "2000u", "VWR_NET_BYTES must be a multiple of VWR_PORT_DMA_ALIGN"),
    ("console", "VWR_CONSOLE_QUEUE", "24u", "VWR_CONSOLE_QUEUE must be a power of 2"),
    ("console", "VWR_CONSOLE_BYTES", "0u", "VWR_CONSOLE_BYTES must be a multiple of VWR_PORT_DMA_ALIGN"),
    ("console", "VWR_CONSOLE_BYTES", "100u", "VWR_CONSOLE_BYTES must be a multiple of VWR_PORT_DMA_ALIGN"),
    ("console", "VWR_CONSOLE_BYTES", "64u", "VWR_CONSOLE_BYTES is too small for a name"),
    ("entropy", "VWR_ENTROPY_QUEUE", "7u", "VWR_ENTROPY_QUEUE must be a power of 2"),
    ("entropy", "VWR_ENTROPY_BYTES", "32u", "VWR_ENTROPY_BYTES must be a multiple of VWR_PORT_DMA_ALIGN"),
    ("input", "VWR_INPUT_QUEUE", "48u", "VWR_INPUT_QUEUE must be a power of 2"),
    ("balloon", "VWR_BALLOON_QUEUE", "48u", "VWR_BALLOON_QUEUE must be a power of 2"),
    ("balloon", "VWR_BALLOON_LIST", "0u", "VWR_BALLOON_LIST must be at least 1"),
    ("gpu", "VWR_GPU_QUEUE", "48u", "VWR_GPU_QUEUE must be a power of 2"),
    ("gpu", "VWR_GPU_QUEUE", "2u", "VWR_GPU_QUEUE or VWR_GPU_REQUESTS is too small for an update"),
    ("gpu", "VWR_GPU_REQUESTS", "1u", "VWR_GPU_QUEUE or VWR_GPU_REQUESTS is too small for an update"),
    ("vsock", "VWR_VSOCK_QUEUE", "48u", "VWR_VSOCK_QUEUE must be a power of 2"),
    ("vsock", "VWR_VSOCK_QUEUE", "128u", "each received packet may need a reset"),
    ("vsock", "VWR_VSOCK_BYTES", "44u", "and larger than a header"),
    ("9p", "VWR_9P_QUEUE", "48u", "VWR_9P_QUEUE must be a power of 2"),
    ("9p", "VWR_9P_FIDS", "1u", "there is at least one request and a fid besides that of the root"),
    ("9p", "VWR_9P_MSIZE", "4095u", "QEMU has no msize below 4096"),
    ("fs", "VWR_FS_QUEUE", "48u", "VWR_FS_QUEUE must be a power of 2"),
    ("fs", "VWR_FS_REQUESTS", "0u", "there is at least one request"),
    ("fs", "VWR_FS_IO_BYTES", "4095u", "a server may want to write a page"),
    ("iommu", "VWR_IOMMU_QUEUE", "6u", "VWR_IOMMU_QUEUE and VWR_IOMMU_EVENTS must be powers of 2"),
    ("iommu", "VWR_IOMMU_EVENTS", "6u", "VWR_IOMMU_QUEUE and VWR_IOMMU_EVENTS must be powers of 2"),
    ("can", "VWR_CAN_QUEUE", "6u", "VWR_CAN_QUEUE and VWR_CAN_BUFFERS must be powers of 2"),
    ("can", "VWR_CAN_BUFFERS", "6u", "VWR_CAN_QUEUE and VWR_CAN_BUFFERS must be powers of 2"),
    ("can", "VWR_CAN_FRAMES", "0u", "at least one frame is in flight"),
    ("spi", "VWR_SPI_QUEUE", "6u", "VWR_SPI_QUEUE must be a power of 2"),
    ("scmi", "VWR_SCMI_QUEUE", "6u", "VWR_SCMI_QUEUE and VWR_SCMI_EVENTS must be powers of 2"),
    ("scmi", "VWR_SCMI_EVENTS", "6u", "VWR_SCMI_QUEUE and VWR_SCMI_EVENTS must be powers of 2"),
    ("scmi", "VWR_SCMI_COMMANDS", "15u", "at least one command, and a token each"),
    ("scmi", "VWR_SCMI_BYTES", "30u", "VWR_SCMI_BYTES must be a multiple of 4 from 32 to VWR_SCMI_BYTES_MAX"),
    ("rtc", "VWR_RTC_QUEUE", "6u", "VWR_RTC_QUEUE and VWR_RTC_EVENTS must be powers of 2"),
    ("rtc", "VWR_RTC_EVENTS", "6u", "VWR_RTC_QUEUE and VWR_RTC_EVENTS must be powers of 2"),
    ("pmem", "VWR_PMEM_QUEUE", "6u", "VWR_PMEM_QUEUE must be a power of 2"),
    ("pmem", "VWR_PMEM_FLUSHES", "0u", "there is at least one flush"),
    ("mem", "VWR_MEM_QUEUE", "6u", "VWR_MEM_QUEUE must be a power of 2"),
    ("gpio", "VWR_GPIO_QUEUE", "6u", "VWR_GPIO_QUEUE and VWR_GPIO_EVENTS must be powers of 2"),
    ("gpio", "VWR_GPIO_EVENTS", "6u", "VWR_GPIO_QUEUE and VWR_GPIO_EVENTS must be powers of 2"),
    ("crypto", "VWR_CRYPTO_QUEUE", "48u", "sizes of queues must be powers of 2"),
    ("crypto", "VWR_CRYPTO_REQUESTS", "0u", "there is at least one request"),
    ("i2c", "VWR_I2C_QUEUE", "48u", "VWR_I2C_QUEUE must be a power of 2"),
    ("i2c", "VWR_I2C_MESSAGES", "0u", "a transfer has at least one message"),
    ("sound", "VWR_SOUND_QUEUE", "48u", "VWR_SOUND_QUEUE must be a power of 2"),
    ("sound", "VWR_SOUND_PERIODS", "0u", "a stream needs periods"),
    ("scsi", "VWR_SCSI_QUEUE", "48u", "sizes of queues must be powers of 2"),
    ("scsi", "VWR_SCSI_REQUESTS", "0u", "there is at least one of each"),
    ("scsi", "VWR_SCSI_TRANSFER", "0x2000000u", "READ(10) has 16 bits"),
    ("request", "VWR_REQUEST_SEGMENTS", "0u", "VWR_REQUEST_SEGMENTS must be at least 1"),
    (
        "dev",
        "VWR_CONFIG_TRIES",
        "1u",
        "VWR_CONFIG_TRIES must be at least 2: a step of recovery reads twice",
    ),
    ("bringup", "VWR_RECOVERY_TRIES", "0u", "VWR_RECOVERY_TRIES must be at least 1"),
]
# The hooks that vwr/base.h checks, as it says them: required or not, name, signature.
HOOK = re.compile(r"^(VWR_PORT_(MUST|MAY)_HAVE\((\w+), (vwr_port_\w+), (\(.*\))\);)$", re.M)

failures = []


def fail(text):
    """Records the error and continues, so that one run reports everything."""
    failures.append(text)
    print(f"FAILED: {text}")


TABLES = ("generated/src",)
BASE = ("runtime/base", "runtime/shared")
COMMON = (*BASE, *TABLES)
# What an embedder may copy and leave.
# Clients and services of each device; their inline functions are compiled too, as if somebody called each.
ENDS = {"generated/client": "vwr/client.h", "generated/service": "vwr/vservice.h"}
DRIVER = (*COMMON, "runtime/driver")
DEVICE = ("runtime/device", "runtime/parts", "monitor", "runtime/bridge")
SIDES = {
    "driver side": (*DRIVER, "generated/client"),
    "device side": (*COMMON, "runtime/device", "runtime/parts", "monitor", "generated/service"),
    "library": (
        *COMMON,
        "runtime/driver",
        *DEVICE,
        *ENDS,
    ),
}


def sources(room):
    """The sources of a folder of the library, of clients and services also those that generated/ does not keep."""
    found = made.every(f"{Path(room).name}/*.c") if room in ENDS else sorted((ROOT / room).rglob("*.c"))
    return [str(path) for path in found]


@cache
def defined_in(file):
    """The functions and constants that a source defines: their lines are not indented."""
    text = Path(file).read_text(encoding="utf-8")
    return {*re.findall(r"^[a-zA-Z][^;=({]*?\b(\w+)(?:\(|\[|\s=)", text, re.MULTILINE)}


def as_one(folder, room, files, inlines):
    """A source that includes these of a folder; with `inlines` also the inline functions of its headers."""
    path = folder / f"all_of_{Path(room).name}.c"
    first = (
        f'#include "{ENDS[room]}"\n#include "vwr/config.h"\n#define inline __attribute__((used))\n'
        if room in ENDS and inlines
        else ""
    )
    path.write_text(first + "".join(f'#include "{source}"\n' for source in files), encoding="utf-8")
    return str(path)


def compile_all(folder, command, rooms, together, inlines):
    """{room: its objects} of {room: its sources}, in a fresh folder; None if the compiler refused. The rooms of `together` are a
    source each."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files = {
        room: [as_one(folder, room, own, inlines)] if room in together else own for room, own in rooms.items()
    }
    done = subprocess.run(
        [*command, *INCLUDE, "-c", *sum(files.values(), [])],
        cwd=folder,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return None
    return {room: [str(folder / f"{Path(file).stem}.o") for file in own] for room, own in files.items()}


def look(name, build, folder, command, rooms, together, inlines=False):
    """
    Compiles {room: its sources}, checks the objects, and prints one row. Symbols that a side's other
    sources define may be undefined here. The inline functions are the same with any port and its hooks.
    """
    objects = compile_all(folder, command, rooms, together, inlines)
    if objects is None:
        return
    elf = {path: proof.examine(path) for path in sum(objects.values(), [])}
    for side, own in SIDES.items():
        others = {file for room in own for file in sources(room)} - {*sum(rooms.values(), [])}
        sizes, wanted = proof.together(elf[path] for room in own for path in objects.get(room, ()))
        theirs = {one for file in others for one in defined_in(file)} if wanted else set()
        loose = sorted(wanted - theirs)
        missing = [symbol for symbol in loose if symbol not in OF_THE_KERNEL.get(name, ())]
        if missing:
            fail(f"{name} {build}, {side}: undefined: {' '.join(missing)}")
    print(f"{name:<26} {build:<14} {len(elf):>5} {sizes.text:>7} {sizes.rodata:>9}  {' '.join(loose) or '-'}")
    if sizes.data or sizes.bss:
        fail(f"{name} {build}: variables: data {sizes.data}, bss {sizes.bss} bytes")
    if sizes.text == 0:
        fail(f"{name} {build}: no code found")


def check_target(build_folder, name):
    """One target, its builds."""
    for number, (build, options) in enumerate(BUILDS):
        if name not in SOME[build]:
            continue
        compiler, *own = TARGETS[name].split()
        command = [compiler, *STRICT, *own, *options, f"-I{HERE}/port"]
        look(
            name,
            build,
            build_folder / name / str(number),
            command,
            {room: sources(room) for room in SIDES["library"]},
            (*TABLES, *ENDS) if EVERYTHING and (name, build) == (WHOLE, "-O2") else SIDES["library"],
            inlines=build != HOOKS,
        )


def check_sources():
    """Each source of the library alone: what it needs it includes itself. False: there is no compiler."""
    clang = shutil.which("clang-19") or shutil.which("clang")
    if clang is None:
        print("sources: skipped, no clang here")
        return False
    files = [file for room in SIDES["library"] for file in sources(room)]
    if subprocess.run([clang, *ALONE, f"-I{HERE}/port", *INCLUDE, *files], check=False).returncode:
        fail("a source of the library does not compile for itself")
    print(f"sources: {len(files)} of the library, each for itself, by {Path(clang).name}")
    return True


def check_ports(build_folder, name):
    """Ports of runtime/port whose compiler is here: those of RISC-V, or the others."""
    options = "-ffreestanding -fno-builtin -Wall -Wextra -Werror -std=c11".split()
    seen = set()
    for number, (port, compiler) in enumerate(PORTS):
        compiler = compiler.split()
        machine = " ".join([compiler[0], *(word for word in compiler if word.startswith(MACHINE))])
        if (port == "riscv") != (name == "ports_riscv"):
            continue
        if shutil.which(compiler[0]) is None:
            print(f"port {port}: no {compiler[0]} here")
            continue
        first = machine not in seen and "clang" not in machine
        level = "-O2" if EVERYTHING else "-O1" if first else "-O0"
        rooms = SIDES["library"] if EVERYTHING else DRIVER if first else BASE
        emitted = [] if first or EVERYTHING else ["-Dinline=__attribute__((used))", "-Wno-attributes"]
        seen.add(machine)
        look(
            f"port {port}",
            f"{level} {compiler[0].split('-')[-1]}",
            build_folder / "ports" / str(number),
            [*compiler, *options, level, *emitted, f"-I{ROOT}/runtime/port/{port}"],
            {room: sources(room) for room in rooms},
            SIDES["library"],
        )


def wrong_numbers():
    """One wrong number of each header at a time: (name, options, what is said first in each header)."""
    of = {}
    for header, *one in NUMBERS:
        of.setdefault(header, []).append((header, *one))
    for together in zip_longest(*of.values()):
        rows = [row for row in together if row]
        options = [f"-D{macro}={number}" for _, macro, number, _ in rows]
        headers = [word for header, *_ in rows for word in ("-include", f"vwr/{header}.h")]
        yield " ".join(options), [f"-I{HERE}/port", "-DTEST_PORT_WITH_ALL_HOOKS", *options, *headers], {
            rf"vwr/{header}\.h:\d+:\d+: (?:error|note)": words for header, *_, words in rows
        }


def wrong_hooks(folder):
    """A port that lacks all hooks that it must have, and one in which each hook is something else: (name, options, what is said
    first of each)."""
    hooks = HOOK.findall((ROOT / "runtime/include/vwr/base.h").read_text(encoding="utf-8"))
    must = [row for row in hooks if row[1] == "MUST"]
    if not 0 < len(must) < len(hooks):
        fail("vwr/base.h was not understood: it does not check hooks of both kinds")
    wrong = [
        f"static inline int *{hook}(int *p)\n{{\n    return p;\n}}\n#define {hook} {hook}\n"
        for *_, hook, _ in hooks
    ]
    said = [f"vwr port: {hook} must be {answer} {hook}{arguments}" for _, _, answer, hook, arguments in hooks]
    for kind, chosen, text, words in (
        ("missing", must, "", [line for line, *_ in must]),
        ("wrong", hooks, "#define VWR_PORT_TICK_US 1u\n" + "".join(wrong), said),
    ):
        names = [hook for *_, hook, _ in chosen]
        good = "".join(f"#define {hook} test_other_{hook}\n" for hook in names)
        good += f'#include "{HERE}/port/vwr_port.h"\n' + "".join(f"#undef {hook}\n" for hook in names)
        port = folder / f"{kind}_hooks"
        port.mkdir(parents=True, exist_ok=True)
        (port / "vwr_port.h").write_text(good + text, encoding="utf-8")
        yield f"{kind} hooks", [f"-I{port}"], {rf"\b{hook}\b": one for hook, one in zip(names, words)}


def errors_of(text):
    """Each of the compiler's errors, up to the next one."""
    return re.split(r"(?=^.*: (?:fatal )?error: )", text, flags=re.M)[1:]


def check_errors(build_folder):
    """A wrong port does not compile, as C and as C++, and the first thing that the compiler says of each mistake are our words."""
    folder = build_folder / "errors"
    one_each = [(name, options, {"": words}) for name, options, words in ERRORS]
    tries = [*one_each, *wrong_numbers(), *wrong_hooks(folder)]
    txtar.unpack(HERE / "bad.txtar", folder)
    common = [word for word in STRICT if word != "-std=c11"]
    for compiler, *how in (
        ("gcc", "-std=c11"),
        ("clang", "-std=c11", "-ferror-limit=0"),
        ("g++", "-xc++"),
        ("clang++", "-xc++", "-ferror-limit=0"),
    ):
        if shutil.which(compiler) is None:
            print(f"no {compiler} here")
            continue
        for name, options, sentences in tries:
            command = [
                compiler,
                *common,
                *how,
                *options,
                *INCLUDE,
                "-fsyntax-only",
                f"{ROOT}/runtime/base/vwr_features.c",
            ]
            done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
            errors = errors_of(done.stderr)
            first = {of: next((said for said in errors if re.search(of, said)), "") for of in sentences}
            lacking = [words for of, words in sentences.items() if words not in first[of]]
            if done.returncode == 0 or lacking:
                fail(f"{compiler} {name}: expected errors with {lacking}\n{done.stderr[:2000]}")
        print(
            f"{compiler}: {sum(len(words) for *_, words in tries)} mistakes in ports and numbers, each refused with its sentence"
        )


def main(arguments):
    """Exit code 0, 1, or 77 if none of the compilers is installed."""
    build_folder = Path(arguments[0]).resolve()
    names = arguments[1:] or [*TARGETS, "ports", "ports_riscv", "errors", "sources"]
    print(f"{'target':<26} {'build':<14} {'files':>5} {'code':>7} {'constants':>9}  undefined")
    skipped = 0
    for name in names:
        if name in ("ports", "ports_riscv"):
            check_ports(build_folder, name)
        elif name == "errors":
            check_errors(build_folder)
        elif name == "sources":
            skipped += not check_sources()
        elif shutil.which(TARGETS[name].split()[0]) is None:
            print(f"{name}: skipped, no {TARGETS[name].split()[0]} here")
            skipped += 1
        else:
            check_target(build_folder, name)
    if failures:
        print(f"{len(failures)} failed. Next: fix the first, then ./vwr test -L freestanding")
        return 1
    return 77 if skipped == len(names) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
