# SPDX-License-Identifier: MIT
"""Bytes of code and memory on aarch64 at -Os, for a disk over MMIO.

Two ways: the library and a program of it linked as one, which is what firmware carries and what the
limits are for, in one table over what a build can leave out; and the objects that a linker takes
from the library one by one.
"""

import functools
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

import limits
from rows import row

from virtwright.options import OPTIONS

PREFIX = "aarch64-linux-gnu-"
FLAGS = [
    "-std=c11",
    "-Os",
    "-ffreestanding",
    "-mgeneral-regs-only",
    "-fno-asynchronous-unwind-tables",
    "-fno-unwind-tables",
    "-fno-pie",
    "-fomit-frame-pointer",
    "-fno-move-loop-invariants",
    "-Wall",
    "-Wextra",
]
# One program: the compiler sees all of it, the linker drops what nothing refers to.
WHOLE = ("-flto", "-ffunction-sections", "-fdata-sections")
PROGRAM = [*WHOLE, "-nostdlib", "-static", "-Wl,--gc-sections", "-Wl,-e,program", "-Wl,-u,program"]
# Memory in a build for modern devices: what, its size in C. A request's is its slot's in the queue and its own.
RAM = (
    ("queue of 256, beyond the ring", "sizeof(struct vwr_queue) + VWR_QUEUE_OWN_BYTES(256)"),
    ("queue of 64, shared, for a modern device", "VWR_QUEUE_SHARED_BYTES(64)"),
    ("queue of 256, shared, for a modern device", "VWR_QUEUE_SHARED_BYTES(256)"),
    (
        "a request of a disk, private",
        "VWR_BLK_OWN_BYTES(64, 33) - VWR_BLK_OWN_BYTES(64, 32) + sizeof(struct vwr_blk_req)",
    ),
    ("queue of a disk, 64 requests, shared", "VWR_BLK_SHARED_BYTES(64, 64, 1)"),
    (
        "queue of a disk, 64 requests, private",
        "sizeof(struct vwr_blk_requestq) + VWR_BLK_OWN_BYTES(64, 64)",
    ),
)
# The same memory where the build has the legacy interface, which reserves its layout for a modern device too.
RAM_LEGACY = tuple((f"{name}, with the legacy layout", bytes_) for name, bytes_ in (RAM[2], RAM[4]))
LIMITS_RAM = limits.of("ram", (name for name, _ in (*RAM, *RAM_LEGACY)), every=False)
# What a build of the driver side can leave out, -DVWR_WITH_<name>=0: runtime/options.yaml. All of it is in unless it is
# left out. The interface, legacy or modern, is a transport's.
SWITCHES = tuple(
    option.name.upper() for option in OPTIONS if option.macro and option.part and "driver" in option.sides
)
# A kernel's own flags: xv6's Makefile, as tests/ports/others/xv6/facts.yaml has it; and what ./vwr embed writes for it.
XV6 = "riscv64-linux-gnu-gcc"
XV6_FLAGS = (
    "-Wall -Werror -O -fno-omit-frame-pointer -mcmodel=medany -ffreestanding -fno-common -mno-relax"
    " -fno-stack-protector -fno-pie"
)
XV6_COPIES = (
    (
        "async, interrupts, indirect, recovery",
        ("--without", "all", "--with", "async,vwr_dev_irq,indirect,recovery"),
    ),
    ("what embed writes without options", ()),
)


# Folders of runtime/driver that a program's objects come from: other classes are in none of these programs.
DISK = ("blk", "core/bringup", "core/dev", "core/queue", "core/request", "transport/mmio")
PCI_DISK = (*DISK, "transport/pci")
TREE = ("discover/tree",)

# A program with one kind of device says so, as what ./vwr embed writes does.
ONE_CLASS = ("-DVWR_ONE_CLASS=vwr_blk_class",)


class Transport(NamedTuple):
    """The MMIO versions that a program drives: its probe, and how it is compiled."""

    probe: str
    options: tuple = ONE_CLASS


BOTH = Transport("vwr_mmio_probe")
MODERN = Transport("vwr_mmio_probe_modern", (*ONE_CLASS, "-DVWR_ONE_TRANSPORT=vwr_mmio_modern"))
TRACED = Transport(
    "vwr_mmio_probe",
    (*ONE_CLASS, '-DVWR_PORT_HEADER="traced_port.h"', f"-I{Path(__file__).resolve().parent / 'port'}"),
)
LEGACY = Transport("vwr_mmio_probe_legacy", (*ONE_CLASS, "-DVWR_ONE_TRANSPORT=vwr_mmio_legacy"))


# What rows are called.
TEXT, WITH_DATA, OBJECTS = ".text, {}", ".text + .rodata, {}", ".text + .rodata, {}, as separate objects"
XV6_TEXT = ".text, xv6's flags, {}"


class Profile(NamedTuple):
    """A build and the program that it is for."""

    name: str
    without: tuple  # of SWITCHES
    transport: Transport = BOTH
    program: str = "program.c"  # of this folder: what it refers to is what is linked
    rooms: tuple = DISK  # of runtime/driver: what it refers to is in these

    @property
    def goal(self):
        """Of .text and .rodata together: where there is one, the size as separate objects is measured too."""
        return LIMITS[WITH_DATA.format(self.name)].limit


PCI_PROGRAM = Profile("", (), Transport("", ONE_CLASS), "program_pci.c", PCI_DISK)
TREE_PROGRAM = Profile("", (), Transport("0", ()), "program_tree.c", TREE)
# What of vwr/pci.h a program has besides a disk on modern MMIO. The first part is what it takes to have one on PCI too, which the others are added to.
_PCI = ("vwr_pci_probe_modern", "&vwr_pci_ecam")
PCI_PARTS = {
    "": (),
    "PCI beside modern MMIO": _PCI,
    "PCI, ports beside ECAM": (*_PCI, "&vwr_pci_ports"),
    "PCI, the legacy interface": ("vwr_pci_probe", "&vwr_pci_ecam"),
    "PCI, placing": (*_PCI, "vwr_pci_place"),
    "PCI, a scan for either interface": (*_PCI, "vwr_pci_scan_next"),
    "PCI, MSI-X": (*_PCI, "vwr_pci_use_msix"),
}
# What program_tree.c takes of a device tree, less the same program that takes nothing.
TREE_PARTS = {
    "": (),
    "a device tree's register blocks": ("-DPART_MMIO",),
    "a device tree's PCI hosts beside them": ("-DPART_MMIO", "-DPART_PCI"),
}

ASYNC = ("ASYNC", "RECOVERY", "RANGES")  # what program_async.c calls


def _but(*names):
    return tuple(name for name in SWITCHES if name not in names)


# The first ones are those that there were before the switches: rings are split and calls wait. Of
# profiles that come to the same build the first is measured, so a row appears when the runtime
# has the switch that makes it another one.
PROFILES = (
    Profile("both MMIO versions", SWITCHES),
    Profile("modern MMIO alone", SWITCHES, MODERN),
    Profile("legacy MMIO alone", SWITCHES, LEGACY),
    Profile("queues alone", SWITCHES, program="program_queue.c"),
    Profile("with packed rings", _but("PACKED")),
    Profile("with indirect descriptors", _but("INDIRECT")),
    Profile("with IN_ORDER", _but("IN_ORDER")),
    Profile("with statistics", _but("STATS")),
    Profile("all calls", _but(*ASYNC), program="program_async.c"),
    Profile("all calls, with zones", _but(*ASYNC, "ZONED"), program="program_async.c"),
    Profile(
        "all calls, split rings, modern MMIO alone",
        ("PACKED", "IN_ORDER", "ZONED"),
        MODERN,
        program="program_async.c",
    ),
    Profile(
        "all rings, queues alone",
        _but("PACKED", "INDIRECT", "IN_ORDER"),
        program="program_queue.c",
    ),
    Profile("everything, calls that wait", ()),
    Profile("everything, all calls", (), program="program_async.c"),
    Profile("everything, all calls, modern MMIO alone", (), MODERN, program="program_async.c"),
    Profile("everything, all calls, with a trace", (), TRACED, program="program_async.c"),
)


LIMITS = limits.of(
    "size",
    [name.format(profile.name) for profile in PROFILES for name in (TEXT, WITH_DATA)]
    + [TEXT.format(name) for name in (*PCI_PARTS, *TREE_PARTS) if name]
    + [XV6_TEXT.format(name) for name, _ in XV6_COPIES],
    every=False,
)
LIMITS_OBJECTS = limits.of("size as objects", (OBJECTS.format(one.name) for one in PROFILES if one.goal))


def missing():
    """Why nothing can be measured here, or ''."""
    tool = next((tool for tool in ("gcc", "ar", "ld", "size") if shutil.which(PREFIX + tool) is None), None)
    return f"{PREFIX}{tool} is not installed (apt-get install gcc-aarch64-linux-gnu)" if tool else ""


def _tool(name, *arguments):
    return subprocess.run(
        [PREFIX + name, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _compile(source, include, out, options=()):
    target = out / (source.stem + ".o")
    _tool("gcc", *FLAGS, *options, *(f"-I{path}" for path in include), "-c", source, "-o", target)
    return target


def _sections(target):
    """Bytes of text, rodata, data and bss of an object."""
    sizes = dict.fromkeys((".text", ".rodata", ".data", ".bss"), 0)
    for name, bytes_ in re.findall(r"^(\.\S+)\s+(\d+)\s", _tool("size", "-A", target), re.MULTILINE):
        for section in sizes:
            if name == section or name.startswith(section + "."):
                sizes[section] += int(bytes_)
    return sizes


def _include(root, runtime):
    return [runtime / "port" / "aarch64", runtime / "include", root / "generated" / "include"]


def _sources(runtime, rooms=()):
    """Sources of these folders of the driver side, or of all of it; a runtime before 0.2 has no such folders."""
    folders = [runtime / "driver" / name for name in rooms]
    if not folders or not all(folder.is_dir() for folder in folders):
        folders = [runtime / "driver"]
    return [
        path
        for folder in (runtime / "base", runtime / "shared", *folders)
        for path in sorted(folder.rglob("*.c"), key=lambda path: path.name)
    ]


@functools.cache
def _tables(root, runtime, out, options):
    """Objects of the generated sources: no switch and no port changes these, so builds have them in common."""
    out.mkdir(exist_ok=True)
    return [
        _compile(source, _include(root, runtime), out, options)
        for source in sorted((root / "generated" / "src").glob("*.c"))
    ]


def known_switches(runtime):
    """Those of SWITCHES that this runtime looks at."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(runtime.rglob("*.[ch]")))
    return [name for name in SWITCHES if re.search(rf"\bVWR_WITH_{name}\b", text)]


def builds(runtime):
    """(profile, options) of each build that differs from those before it."""
    known, found = known_switches(runtime), {}
    for profile in PROFILES:
        off = tuple(f"-DVWR_WITH_{name}=0" for name in known if name in profile.without)
        options = profile.transport.options + off
        found.setdefault((profile.program, profile.transport.probe, options), (profile, list(options)))
    return list(found.values())


@functools.cache
def _whole(root, runtime, out, options, rooms):
    """The library's objects for a program that is one with it: compiled once for all programs of the same options."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    sources = _sources(runtime, rooms)
    subprocess.run(
        [
            PREFIX + "gcc",
            *FLAGS,
            *WHOLE,
            *options,
            *(f"-I{path}" for path in _include(root, runtime)),
            "-c",
            *map(str, sources),
        ],
        check=True,
        cwd=out,
    )
    return [out / f"{source.stem}.o" for source in sources]


def _program(root, runtime, out, profile, options, own=()):
    """The sections of the library and a program of it as one; `own` are options of the program alone."""
    target = out / "program.elf"
    how = zlib.crc32(" ".join((*options, *profile.rooms)).encode())
    library = _whole(root, runtime, out.parent / f"whole-{how:08x}", tuple(options), profile.rooms)
    _tool(
        "gcc",
        *FLAGS,
        *PROGRAM,
        *options,
        *own,
        f"-DPROBE={profile.transport.probe}",
        *(f"-I{path}" for path in _include(root, runtime)),
        root / "bench" / profile.program,
        *library,
        *_tables(root, runtime, out.parent / "tables_lto", WHOLE),
        "-o",
        target,
    )
    return _sections(target)


def _build(root, runtime, out, options, rooms):
    """The library as objects, these folders or all: (archive, {member: sections})."""
    objects = [_compile(source, _include(root, runtime), out, options) for source in _sources(runtime, rooms)]
    objects += [Path(shutil.copy(table, out)) for table in _tables(root, runtime, out.parent / "tables", ())]
    archive = out / "libvirtwright.a"
    archive.unlink(missing_ok=True)
    _tool("ar", "rcs", archive, *objects)
    return archive, {target.name: _sections(target) for target in objects}


def _taken(archive, program):
    """Names of the members that a linker takes for a program."""
    map_file = archive.with_suffix(".map")
    _tool("ld", "-r", program, archive, "-Map", map_file, "-o", archive.with_suffix(".linked.o"))
    found = re.findall(re.escape(archive.name) + r"\((\w+\.o)\)", map_file.read_text(encoding="utf-8"))
    return list(dict.fromkeys(found))


def _functions(out, members):
    """(bytes, object, function) of the members, largest first."""
    found = []
    for member in members:
        listed = _tool("nm", "-S", "-t", "d", out / member)
        for size, name in re.findall(r"^\d+ (\d+) [tT] (\S+)$", listed, re.MULTILINE):
            found.append((int(size), member.removesuffix(".o"), name))
    return sorted(found, reverse=True)


def _both(sections):
    return sections[".text"] + sections[".rodata"]


def _row(name, value, why=""):
    """A row with its limit, if it has one."""
    return row("size", name, "bytes", value, **LIMITS.get(name, limits.Figure()).bounds(), reason=why)


def rows(root, runtime, out, quick, where):
    """All rows of the groups size and ram, with `quick` those of ram; where the bytes are goes to `where`."""
    if quick:  # tests/tools/embed/test_matrix.py measures copies
        return ram_rows(root, runtime, out)
    table, apart = [], []
    for profile, options in builds(runtime):
        folder = out / re.sub(r"\W+", "-", profile.name)
        folder.mkdir(exist_ok=True)
        whole = _program(root, runtime, folder, profile, options)
        table.append(_row(TEXT.format(profile.name), whole[".text"]))
        table.append(_row(f".rodata, {profile.name}", whole[".rodata"]))
        if profile.goal:
            table.append(_row(WITH_DATA.format(profile.name), _both(whole)))
            apart += _apart(root, runtime, folder, profile, options, where, _both(whole))
    if (
        runtime.resolve() == (root / "runtime").resolve()
    ):  # others lack what these link; embed takes the one beside it
        apart += pci_rows(root, runtime, out) + tree_rows(root, runtime, out) + xv6_rows(root)
    return table + apart + ram_rows(root, runtime, out)


def ram_rows(root, runtime, out):
    """Bytes of memory: the size of an object each."""
    of = lambda bytes_, legacy: _sections(
        _compile(
            root / "bench" / "ram.c",
            _include(root, runtime),
            out,
            [f"-DVWR_WITH_LEGACY={legacy}", f"-DBYTES=({bytes_})"],
        )
    )
    return [
        row(
            "ram",
            name,
            "bytes",
            sections[".data"] + sections[".bss"],
            **LIMITS_RAM[name].bounds(),
        )
        for legacy, some in enumerate((RAM, RAM_LEGACY))
        for name, bytes_ in some
        for sections in [of(bytes_, legacy)]
    ]


def _part(root, runtime, out, name, profile, more):
    """.text of the program with this part, which `more` says to it."""
    folder = out / re.sub(r"\W+", "-", f"{profile.program} {name}")
    folder.mkdir(exist_ok=True)
    return _program(root, runtime, folder, profile, profile.transport.options, more)[".text"]


def pci_rows(root, runtime, out):
    """What PCI adds to a program that has a disk on modern MMIO: .text; then what each part of vwr/pci.h adds to that."""
    sizes = {}
    for name, calls in PCI_PARTS.items():
        words = ",".join(f"(const void *)({call})" for call in calls)
        more = [f"-DMORE={words}"] if calls else []
        sizes[name] = _part(root, runtime, out, name, PCI_PROGRAM, more)
    least, *others = (name for name in sizes if name)
    rows = [_row(TEXT.format(least), sizes[least] - sizes[""])]
    return rows + [_row(TEXT.format(name), sizes[name] - sizes[least]) for name in others]


def tree_rows(root, runtime, out):
    """What a reader of device trees adds to a program: .text; of PCI hosts what they add to that."""
    sizes = {
        name: _part(root, runtime, out, name, TREE_PROGRAM, options) for name, options in TREE_PARTS.items()
    }
    return [_row(TEXT.format(name), sizes[name] - sizes[before]) for before, name in zip(sizes, [*sizes][1:])]


def _apart(root, runtime, folder, profile, options, where, whole):
    """Rows of a build as separate objects, of which a linker takes what the program refers to; of the first one by one."""
    first = profile is PROFILES[0]  # which says how much data the whole library has
    archive, sections = _build(root, runtime, folder, options, () if first else profile.rooms)
    program = _compile(
        root / "bench" / profile.program,
        _include(root, runtime),
        folder,
        [*options, f"-DPROBE={profile.transport.probe}"],
    )
    members = _taken(archive, program)
    size, name = sum(_both(sections[member]) for member in members), OBJECTS.format(profile.name)
    result = [
        row(
            "size",
            name,
            "bytes",
            size,
            limit=LIMITS_OBJECTS[name].limit,
        )
    ]
    if first:
        where += _functions(folder, members)
        result += [
            row("size", f"  {member.removesuffix('.o')} {section}", "bytes", sections[member][section])
            for member in members
            for section in (".text", ".rodata")
            if sections[member][section]
        ]
        written = sum(one[".data"] + one[".bss"] for one in sections.values())
        result.append(row("size", ".data + .bss, the whole library", "bytes", written, exact=0))
    return result


def xv6_rows(root):
    """What `./vwr embed --port xv6` writes, by xv6's own flags: .text, riscv64."""
    return [_row(XV6_TEXT.format(name), *_embedded(root, options)) for name, options in XV6_COPIES]


def _embedded(root, options):
    """(bytes of .text, '') of a copy; (None, why) where there is none."""
    if shutil.which(XV6) is None:
        return None, f"{XV6} is not installed (apt-get install gcc-riscv64-linux-gnu)"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable,
                "-B",
                root / "codegen",
                "embed",
                Path(folder) / "vwr",
                "--port",
                "xv6",
                *options,
                "--cc",
                f"{XV6} {XV6_FLAGS}",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    text = re.search(r": text (\d+),", done.stdout)
    if done.returncode or not text:
        return None, (done.stderr.strip().splitlines() or ["embed said nothing"])[-1]
    return int(text.group(1)), ""
