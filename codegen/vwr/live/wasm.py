# SPDX-License-Identifier: MIT
"""A WebAssembly file: what the browser needs of it, and where its instructions come from."""

import inspect
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from elftools.dwarf.dwarfinfo import DebugSectionDescriptor, DwarfConfig, DWARFInfo

CODE, IMPORT, CUSTOM = 10, 2, 0
MAGIC = 8  # bytes before the first section


class Section(NamedTuple):
    """`start` and `end` include the header."""

    kind: int
    name: str
    start: int
    body: int
    end: int


class Line(NamedTuple):
    """From `at`, an offset in the file, the instructions are of this line."""

    at: int
    file: str
    line: int


def _number(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number, and the offset behind it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def _name(data: bytes, at: int) -> tuple[str, int]:
    count, at = _number(data, at)
    return data[at : at + count].decode(), at + count


class Wasm:
    """A linked file with names and debug sections."""

    def __init__(self, file: Path) -> None:
        self.data = file.read_bytes()
        self.sections = list(self._sections())

    def _sections(self) -> Iterator[Section]:
        at = MAGIC
        while at < len(self.data):
            start, kind = at, self.data[at]
            count, body = _number(self.data, at + 1)
            at = body + count
            name = ""
            if kind == CUSTOM:
                name, body = _name(self.data, body)
            yield Section(kind, name, start, body, at)

    def stripped(self) -> bytes:
        """Without debug sections. Offsets of the code stay, because those sections are behind it."""
        kept = [one for one in self.sections if not one.name.startswith(".debug")]
        return self.data[:MAGIC] + b"".join(self.data[one.start : one.end] for one in kept)

    def _body(self, name: str) -> bytes:
        found = next((one for one in self.sections if one.name == name), None)
        return self.data[found.body : found.end] if found else b""

    def functions(self) -> dict[int, str]:
        """{index: name}"""
        data, at, names = self._body("name"), 0, {}
        while at < len(data):
            kind = data[at]
            count, at = _number(data, at + 1)
            end = at + count
            if kind == 1:
                many, at = _number(data, at)
                for _ in range(many):
                    index, at = _number(data, at)
                    names[index], at = _name(data, at)
            at = end
        return names

    def lines(self) -> list[Line]:
        """In the order of the code; a row for each change of the line."""
        code = next(one for one in self.sections if one.kind == CODE)
        found = [
            Line(code.body + at, file, line)
            for sequence in self._sequences()
            if 0 < sequence[0][0] < code.end  # other functions are not linked
            for at, file, line in sequence
            if line
        ]
        found.sort(key=lambda one: one.at)
        return [one for i, one in enumerate(found) if i == 0 or one[1:] != found[i - 1][1:]]

    def _sequences(self) -> Iterator[list[tuple[int, str, int]]]:
        """Of each function: [(offset in the code, path, line)]."""
        for unit in self._dwarf().iter_CUs():
            program = self._dwarf().line_program_for_CU(unit)
            files = _files(program.header) if program else []
            rows: list[tuple[int, str, int]] = []
            for entry in program.get_entries() if program else ():
                state = entry.state
                if state is None:
                    continue
                rows.append((state.address, files[state.file], 0 if state.end_sequence else state.line))
                if state.end_sequence:
                    yield rows
                    rows = []

    def _dwarf(self) -> DWARFInfo:
        if not hasattr(self, "_read"):
            names = (
                "info aranges abbrev frame str loc ranges line pubtypes pubnames addr str_offsets line_str"
            )
            names += " loclists rnglists sup types"
            sections = {name: self._descriptor(f".debug_{name}") for name in names.split()}
            config = DwarfConfig(little_endian=True, machine_arch="wasm32", default_address_size=4)
            self._read = DWARFInfo(config, **_arguments(sections))
        return self._read

    def _descriptor(self, name: str) -> DebugSectionDescriptor | None:
        data = self._body(name)
        return DebugSectionDescriptor(io.BytesIO(data), name, None, len(data), 0) if data else None


def _arguments(sections: dict[str, DebugSectionDescriptor | None]) -> dict[str, object]:
    """For the parameters that this version of pyelftools has."""
    wanted = inspect.signature(DWARFInfo.__init__).parameters
    given: dict[str, object] = {
        name: sections.get(name.removeprefix("debug_").removesuffix("_sec"))
        for name in wanted
        if name.endswith("_sec")
    }
    return given


def _files(header: object) -> list[str]:
    """Paths by the number of a file: those of DWARF 4 begin with 1."""
    folders = [one.decode() for one in header["include_directory"]]  # type: ignore
    rows = [""]
    for one in header["file_entry"]:  # type: ignore
        folder = folders[one.dir_index - 1] + "/" if one.dir_index else ""
        rows.append(os.path.normpath(folder + one.name.decode()))
    return rows
