# SPDX-License-Identifier: MIT
"""Bytes of code and memory on aarch64 at -Os, for a disk over MMIO.

Two ways: the library and program.c linked as one program, which is what firmware carries and what
the limits are for; and the objects that a linker takes from the library one by one.
"""

import re
import shutil
import subprocess

from rows import row

PREFIX = "aarch64-linux-gnu-"
FLAGS = ["-std=c11", "-Os", "-ffreestanding", "-mgeneral-regs-only", "-fno-asynchronous-unwind-tables",
         "-fno-unwind-tables", "-fno-pie", "-fomit-frame-pointer", "-fno-move-loop-invariants", "-Wall", "-Wextra"]
# One program: the compiler sees all of it, the linker drops what nothing refers to.
PROGRAM = ["-flto", "-ffunction-sections", "-fdata-sections", "-nostdlib", "-static", "-Wl,--gc-sections",
           "-Wl,-e,program", "-Wl,-u,program"]
LIMIT_RAM = 3 * 1024
QUEUE = 256
# Builds: the probe that a program calls, how it is compiled, the limit of .text, and what is
# known to be above it, with the figure that it must not leave upwards.
BUILDS = {
    "both MMIO versions": ("vwr_mmio_probe", [], 5 * 1024, None),
    "modern MMIO alone": ("vwr_mmio_probe_modern", ["-DVWR_ONE_TRANSPORT=vwr_mmio_modern"], 4 * 1024, 4660),
    "legacy MMIO alone": ("vwr_mmio_probe_legacy", ["-DVWR_ONE_TRANSPORT=vwr_mmio_legacy"], 4 * 1024, 4660),
}


def missing():
    """Why nothing can be measured here, or ''."""
    tool = next((tool for tool in ("gcc", "ar", "ld", "size") if shutil.which(PREFIX + tool) is None), None)
    return f"{PREFIX}{tool} is not installed (apt-get install gcc-aarch64-linux-gnu)" if tool else ""


def _tool(name, *arguments):
    return subprocess.run([PREFIX + name, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout


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


def _sources(root, runtime):
    return [path for folder in (runtime / "base", runtime / "driver", root / "generated" / "src")
            for path in sorted(folder.glob("*.c"))]


def _program(root, runtime, out, probe, options):
    """The sections of the library and program.c as one program."""
    target = out / "program.elf"
    _tool("gcc", *FLAGS, *PROGRAM, *options, f"-DPROBE={probe}", *(f"-I{path}" for path in _include(root, runtime)),
          root / "bench" / "program.c", *_sources(root, runtime), "-o", target)
    return _sections(target)


def _build(root, runtime, out, options):
    """The whole library: (archive, {member: sections})."""
    out.mkdir(exist_ok=True)
    objects = [_compile(source, _include(root, runtime), out, options) for source in _sources(root, runtime)]
    archive = out / "libvirtwright.a"
    archive.unlink(missing_ok=True)
    _tool("ar", "rcs", archive, *objects)
    return archive, {target.name: _sections(target) for target in objects}


def _taken(archive, roots):
    """Names of the members that a linker takes."""
    undefined = [f"--undefined={name}" for name in roots]
    map_file = archive.with_suffix(".map")
    _tool("ld", "-r", *undefined, archive, "-Map", map_file, "-o", archive.with_suffix(".linked.o"))
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


def rows(root, runtime, out, where):
    """All rows of the groups size and ram; where the bytes are goes to `where`."""
    result = []
    for name, (probe, options, limit, known) in BUILDS.items():
        folder = out / name.split()[0]
        archive, sections = _build(root, runtime, folder, options)
        whole = _program(root, runtime, folder, probe, options)
        result.append(row("size", f".text, {name}", "bytes", whole[".text"], limit=limit, known=known))
        result.append(row("size", f".rodata, {name}", "bytes", whole[".rodata"]))
        members = _taken(archive, (probe, "vwr_blk_open"))
        apart = sum(sections[member][".text"] for member in members)
        result.append(row("size", f".text, {name}, as separate objects", "bytes", apart))
        if not options:
            where += _functions(folder, members)
            result += [row("size", f"  {member.removesuffix('.o')} {section}", "bytes", sections[member][section])
                       for member in members for section in (".text", ".rodata") if sections[member][section]]
            written = sum(one[".data"] + one[".bss"] for one in sections.values())
            result.append(row("size", ".data + .bss, the whole library", "bytes", written, exact=0))
    ram = _sections(_compile(root / "bench" / "ram.c", _include(root, runtime), out))
    result.append(row("ram", f"queue of {QUEUE}, beyond the ring", "bytes", ram[".data"] + ram[".bss"],
                      limit=LIMIT_RAM))
    return result
