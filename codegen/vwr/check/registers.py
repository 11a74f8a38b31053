# SPDX-License-Identifier: MIT
"""Register blocks: offsets do not collide, and references name registers and status bits that exist."""

import functools

from vwr.check.common import value_groups, versions
from vwr.spec.condition import said
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import WIDTHS, Known, at, items, length

# Keys of a field that have a meaning only for a register.
_OF_REGISTERS = (
    "bank",
    "value",
    "reset",
    "behaviour",
    "absent",
    "range",
    "clears",
    "failed",
    "done",
    "values",
    "when",
)
_NUMBERS = (("value",), ("reset",), ("absent",), ("range", "except"), ("failed",))


def _blocks(spec: SpecFile) -> list[tuple[list[tuple[NodePath, Row]], dict[str, Row]]]:
    """
    (its own registers, all registers by name including those in a nested struct) for each block of a file.
    """
    own, known = items(spec, "registers"), Known(spec)
    found = [(own, {row["name"]: row for _, row in own})] if own else []
    return found + [
        (items(spec, *path, "fields"), dict(known.registers(struct)))
        for path, struct in items(spec, "structs")
        if struct.get("registers")
    ]


def _width(spec: SpecFile, register: Row) -> int:
    """Bits of a register; for a register at several offsets, all bits."""
    if "type" in register:
        return 8 * WIDTHS.get(register["type"], 8) * length(register)
    return int(spec.data["width"]) * (len(register["at"]) if isinstance(register["at"], list) else 1)


def places(tree: Tree, spec: SpecFile) -> None:
    """Offsets are aligned and inside the block, and no two registers of one version overlap."""
    unit = spec.data.get("width", 8) // 8
    taken: list[tuple[NodePath, int, int, Row]] = []
    for path, register in items(spec, "registers"):
        for place_path, start, end in _extents(spec, path, register):
            shown = functools.partial(spec.written, place_path)
            if start % unit:
                tree.error(
                    spec,
                    place_path,
                    f"offset {shown(start)} is not a multiple of the register width, {unit} bytes",
                    "VWR-C041",
                    f"the nearest multiples are {shown(start - start % unit)} and {shown(start - start % unit + unit)}",
                )
                continue
            if end > spec.data.get("size", end):
                tree.error(
                    spec,
                    place_path,
                    f"'{register['name']}' ends at offset {shown(end)}, but the block has only "
                    f"{spec.written(('size',), spec.data['size'])} bytes",
                    "VWR-C042",
                    None,
                    [spec.note(("size",), "the size of the block")],
                )
            _check_overlap(tree, spec, (place_path, start, end, register), taken)


def _extents(spec: SpecFile, path: NodePath, register: Row) -> list[tuple[NodePath, int, int]]:
    """(path of the offset, first byte, byte after the last) of each part of a register."""
    at = register["at"]
    length = register.get("size", spec.data["width"] // 8)
    offsets = enumerate(at) if isinstance(at, list) else [(None, at)]
    return [
        (path + ("at",) + (() if index is None else (index,)), offset, offset + length)
        for index, offset in offsets
    ]


def _check_overlap(
    tree: Tree,
    spec: SpecFile,
    new: tuple[NodePath, int, int, Row],
    taken: list[tuple[NodePath, int, int, Row]],
) -> None:
    path, start, end, register = new
    for other_path, other_start, other_end, other in taken:
        if start < other_end and other_start < end and versions(register) & versions(other):
            tree.error(
                spec,
                path,
                f"'{register['name']}' overlaps '{other['name']}' at {spec.written(other_path, other_start)}",
                "VWR-C040",
                None,
                [spec.note(other_path, f"{other['name']} is here")],
            )
            break
    taken.append(new)


def references(tree: Tree, spec: SpecFile) -> None:
    """Selectors, and the registers that other registers name."""
    for own, known in _blocks(spec):
        for path, register in own:
            _check_selector(tree, spec, path, register, known)
            named = [
                (path + key, name, False)
                for key in (("clears",), ("range", "max"), ("range", "min"))
                if (name := at(register, *key)) is not None
            ]
            said_: list[tuple[str, ...]] = [("when",), ("legacy", "when"), ("done", "when")]
            for where in said_:
                when = said(register if len(where) == 1 else register.get(where[0], {}), "when")
                idle = [
                    (path + (*where, index), fact.name)
                    for index, fact in enumerate(when.all_facts())
                    if fact.kind == "register"
                ]
                named += [(name_path, name, True) for name_path, name in idle]
                if where[0] != "done":
                    _check_idle(tree, spec, idle, known)
            for name_path, name, held in named:
                if name not in known:
                    tree.error(
                        spec,
                        name_path,
                        f"unknown register '{name}'",
                        "VWR-C045",
                        did_you_mean(name, known, "known registers"),
                    )
                elif not held:  # a condition on a register that the version lacks holds
                    _check_versions(tree, spec, name_path, register, known[name])


def _check_idle(tree: Tree, spec: SpecFile, named: list[tuple[NodePath, str]], known: dict[str, Row]) -> None:
    """
    `when` names at most one register in each version, because the register table has only one field for it.
    """
    for place, (path, name) in enumerate(named):
        for _, other in named[:place]:
            both = versions(known[name]) & versions(known[other]) if {name, other} <= set(known) else ()
            if both:
                tree.error(
                    spec,
                    path,
                    f"'when' names both '{other}' and '{name}' in {' and '.join(sorted(both))}",
                    "VWR-C049",
                    "name one register per version",
                )
                break


def _check_selector(tree: Tree, spec: SpecFile, path: NodePath, register: Row, known: dict[str, Row]) -> None:
    name, path = register.get("bank"), path + ("bank",)
    if name is None:
        return
    if name not in known:
        tree.error(
            spec, path, f"unknown selector '{name}'", "VWR-C043", did_you_mean(name, known, "known registers")
        )
    elif "W" not in known[name]["dir"]:
        tree.error(
            spec,
            path,
            f"the driver cannot write selector '{name}'",
            "VWR-C044",
            "use dir: W or RW for the selector",
        )
    else:
        _check_versions(tree, spec, path, register, known[name])


def _check_versions(tree: Tree, spec: SpecFile, path: NodePath, register: Row, other: Row) -> None:
    lacking = versions(register) - versions(other)
    if lacking:
        tree.error(
            spec,
            path,
            f"'{other['name']}' does not exist in {' and '.join(sorted(lacking))}, but '{register['name']}' does",
            "VWR-C047",
        )


def values(tree: Tree, spec: SpecFile) -> None:
    """A number fits in its register; a name is a constant or value of the file."""
    named = _named_values(spec)
    for path, register in (row for own, _ in _blocks(spec) for row in own):
        width = _width(spec, register)
        numbers: list[tuple[NodePath, int | str]] = [
            (key, value) for key in _NUMBERS if (value := at(register, *key)) is not None
        ]
        numbers += [(("values", index), value) for index, value in enumerate(register.get("values", []))]
        for key, value in numbers:
            if isinstance(value, str) and value not in named:
                tree.error(
                    spec,
                    path + key,
                    f"unknown constant or value '{value}'",
                    "VWR-C082",
                    did_you_mean(value, named, "known names"),
                )
            elif (number := named[value] if isinstance(value, str) else value) >> width:
                shown = spec.written(path + key, number)
                tree.error(spec, path + key, f"{shown} does not fit in {width} bits", "VWR-C048")


def _named_values(spec: SpecFile) -> dict[str, int]:
    """Constants and values of a file by their names."""
    rows = [row for _, row in items(spec, "constants")]
    rows += [row for _, group in value_groups(spec) for row in group["values"]]
    return {row["name"]: row["value"] for row in rows}


def apart(tree: Tree, spec: SpecFile) -> None:
    """Keys of a register that a field lacks; each register can be read or written."""
    for path, struct in items(spec, "structs"):
        for here, field in items(spec, *path, "fields"):
            key = next((key for key in ("dir", *_OF_REGISTERS) if key in field), None)
            if struct.get("registers"):
                if "dir" not in field:
                    tree.error(
                        spec, here, f"'{field['name']}' has no direction", "VWR-C083", "add dir: R, W or RW"
                    )
            elif key:
                tree.error(
                    spec,
                    here + (key,),
                    f"only a register can have '{key}'",
                    "VWR-C083",
                    "add registers: true to the struct if it consists of registers",
                    key=True,
                )


def capabilities(tree: Tree, spec: SpecFile) -> None:
    """A capability is a struct of the file, and locates a struct."""
    named, known = _named_values(spec), [struct["name"] for _, struct in items(spec, "structs")]
    for path, row in items(spec, "capabilities"):
        for key, word, names, what in (
            ("name", "type", list(named), "known types"),
            ("type", "struct", known, "known structs"),
            ("part", "part", [*known, "config"], "known parts"),
        ):
            if row.get(key, names[0]) not in names:
                tree.error(
                    spec,
                    path + (key,),
                    f"unknown {word} '{row[key]}'",
                    "VWR-C084",
                    did_you_mean(row[key], names, what),
                )


def channel(tree: Tree, spec: SpecFile) -> None:
    """A channel command is a value of the file, and its payload exists."""
    named, known = list(_named_values(spec)), {struct["name"]: struct for _, struct in items(spec, "structs")}
    for path, row in items(spec, "channel"):
        names_: list[tuple[str, NodePath, str, list[str]]] = [
            (what, (key,), row[key], named)
            for what, key in (("command", "name"), ("revision", "revision"))
            if key in row
        ]
        names_ += [
            ("part", (*key, "part"), inner["part"], [*known, *WIDTHS, "config"])
            for key, inner in (((), row), (("legacy",), row.get("legacy", {})))
            if "part" in inner
        ]
        fields = [field["name"] for field in known.get(row.get("part", ""), {"fields": []})["fields"]]
        names_ += [
            ("field", ("writable", index), name, fields) for index, name in enumerate(row.get("writable", []))
        ]
        for what, key, name, names in names_:
            if name not in names:
                tree.error(
                    spec,
                    path + key,
                    f"unknown {what} '{name}'",
                    "VWR-C088",
                    did_you_mean(name, names, "known names"),
                )
        if ("part" in row) == (row["dir"] == "none") or ("writable" in row) != (row["dir"] == "RW"):
            tree.error(
                spec,
                path + ("dir",),
                f"direction '{row['dir']}' does not match the keys of the command",
                "VWR-C089",
                "use RW with 'part' and 'writable', R or W with 'part' alone, and none without 'part'",
            )
