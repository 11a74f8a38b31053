# SPDX-License-Identifier: MIT
"""Reads numbers back from an object file, independent of its word size and byte order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.relocation import RelocationSection
from elftools.elf.sections import SymbolTableSection

BYTES = 8  # of an unsigned long long


def numbers(path: Path, zeroed: bool) -> dict[str, int] | None:
    """
    {symbol: number} of an object file, None if it is not ELF. A value that the linker would fill in is an
    address, not a number. `zeroed`: whether memory without contents is zero, or is initialised by a
    constructor (C++).
    """
    with open(path, "rb") as stream:
        try:
            elf = ELFFile(stream)
            return dict(_numbers(elf, zeroed))
        except ELFError:
            return None


def _numbers(elf: Any, zeroed: bool) -> Iterator[tuple[str, int]]:
    open_places = _relocated(elf)
    for table in elf.iter_sections():
        if not isinstance(table, SymbolTableSection):
            continue
        for symbol in table.iter_symbols():
            index, at = symbol["st_shndx"], symbol["st_value"]
            if not isinstance(index, int) or symbol["st_info"]["type"] not in ("STT_OBJECT", "STT_NOTYPE"):
                continue
            section = elf.get_section(index)
            if open_places.get(index, set()) & set(range(at, at + BYTES)):
                continue
            if section["sh_type"] == "SHT_NOBITS":
                if zeroed:
                    yield _plain(symbol.name), 0
                continue
            data = section.data()[at : at + BYTES]
            if len(data) == BYTES:
                yield _plain(symbol.name), int.from_bytes(data, "little" if elf.little_endian else "big")


def _plain(name: str) -> str:
    """Some targets add a prefix to the names of C."""
    return name[1:] if name.startswith("_") else name


def _relocated(elf: Any) -> dict[int, set[int]]:
    """{section: places in it that the linker fills in}."""
    found: dict[int, set[int]] = {}
    for section in elf.iter_sections():
        if isinstance(section, RelocationSection):
            places = {entry["r_offset"] for entry in section.iter_relocations()}
            found.setdefault(section["sh_info"], set()).update(places)
    return found
