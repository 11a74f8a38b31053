# SPDX-License-Identifier: MIT
"""Bytes of code and memory on aarch64 at -Os, of those objects that a linker takes for a disk over MMIO."""

import re
import shutil
import subprocess

from rows import row

PREFIX = "aarch64-linux-gnu-"
FLAGS = ["-std=c11", "-Os", "-ffreestanding", "-mgeneral-regs-only", "-fno-asynchronous-unwind-tables",
         "-fno-unwind-tables", "-fno-pie", "-Wall", "-Wextra"]
LIMIT_RAM = 3 * 1024
QUEUE = 256
# Builds: what a program refers to, how it is compiled, the limit of .text.
BUILDS = {
    "both MMIO versions": (("vwr_mmio_probe", "vwr_blk_open"), [], 5 * 1024),
    "modern MMIO alone": (("vwr_mmio_probe_modern", "vwr_blk_open"), ["-DVWR_ONE_TRANSPORT=vwr_mmio_modern"], 4 * 1024),
    "legacy MMIO alone": (("vwr_mmio_probe_legacy", "vwr_blk_open"), ["-DVWR_ONE_TRANSPORT=vwr_mmio_legacy"], 4 * 1024),
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


def _build(root, runtime, out, options):
    """The whole library: (archive, {member: sections})."""
    out.mkdir(exist_ok=True)
    sources = [path for folder in (runtime / "base", runtime / "driver", root / "generated" / "src")
               for path in sorted(folder.glob("*.c"))]
    objects = [_compile(source, _include(root, runtime), out, options) for source in sources]
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
    for name, (roots, options, limit) in BUILDS.items():
        folder = out / name.split()[0]
        archive, sections = _build(root, runtime, folder, options)
        members = _taken(archive, roots)
        for section in (".text", ".rodata"):
            total = sum(sections[member][section] for member in members)
            result.append(row("size", f"{section}, {name}", "bytes", total,
                              limit=limit if section == ".text" else None))
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
