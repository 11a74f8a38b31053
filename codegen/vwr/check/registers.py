# SPDX-License-Identifier: MIT
"""Register blocks: places that do not collide, and references to registers and status bits that are there."""

from vwr.check.common import status_bits, versions
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items


def places(tree: Tree, spec: SpecFile) -> None:
    """Offsets: on their alignment, inside the block, and no two registers of one version at one place."""
    unit = spec.data["width"] // 8
    taken: list[tuple[NodePath, int, int, Row]] = []
    for path, register in items(spec, "registers"):
        for place_path, start, end in _extents(spec, path, register):
            if start % unit:
                tree.error(spec, place_path, f"offset {start:#x} is not a multiple of the register width", "VWR-C041",
                           f"{unit} bytes; nearest: {start - start % unit:#x}, {start - start % unit + unit:#x}")
                continue
            if end > spec.data["size"]:
                tree.error(spec, place_path, f"ends at {end:#x}, beyond the block of {spec.data['size']:#x} bytes",
                           "VWR-C042", None, [spec.note(("size",), "size")])
            _check_overlap(tree, spec, (place_path, start, end, register), taken)


def _extents(spec: SpecFile, path: NodePath, register: Row) -> list[tuple[NodePath, int, int]]:
    """(path of the offset, first byte, byte behind) of each part of a register."""
    at = register["at"]
    length = register.get("window", spec.data["width"] // 8)
    offsets = enumerate(at) if isinstance(at, list) else [(None, at)]
    return [(path + ("at",) + (() if index is None else (index,)), offset, offset + length)
            for index, offset in offsets]


def _check_overlap(tree: Tree, spec: SpecFile, new: tuple[NodePath, int, int, Row],
                   taken: list[tuple[NodePath, int, int, Row]]) -> None:
    path, start, end, register = new
    for other_path, other_start, other_end, other in taken:
        if start < other_end and other_start < end and versions(register) & versions(other):
            tree.error(spec, path, f"overlaps {other['name']} at {other_start:#x}", "VWR-C040", None,
                       [spec.note(other_path, f"{other['name']} is here")])
            break
    taken.append(new)


def references(tree: Tree, spec: SpecFile) -> None:
    """Selectors, and the registers that `clears`, `max` and `when` name."""
    known = {register["name"]: register for _, register in items(spec, "registers")}
    for path, register in items(spec, "registers"):
        _check_selector(tree, spec, path, register, known)
        named = [(path + (key,), register[key], False) for key in ("clears", "max") if key in register]
        when = register.get("when", {}).get("registers", {})
        named += [(path + ("when", "registers", name), name, True) for name in when]
        for name_path, name, is_key in named:
            if name not in known:
                tree.error(spec, name_path, f"unknown register '{name}'", "VWR-C045",
                           did_you_mean(name, known, "registers"), key=is_key)
            elif is_key:
                _check_one_idle(tree, spec, name_path, name, when, known)
            else:  # a register that `when` names and the version lacks holds of itself
                _check_versions(tree, spec, name_path, register, known[name])


def _check_one_idle(tree: Tree, spec: SpecFile, path: NodePath, name: str, when: dict[str, int],
                    known: dict[str, Row]) -> None:
    """`when` names one register in each version: the table of registers has room for one."""
    for other in when:
        if other == name:
            return
        both = versions(known[name]) & versions(known[other]) if other in known else ()
        if both:
            tree.error(spec, path, f"'{name}' beside '{other}' in {' and '.join(sorted(both))}", "VWR-C049",
                       "one register of each version", key=True)
            return


def _check_selector(tree: Tree, spec: SpecFile, path: NodePath, register: Row, known: dict[str, Row]) -> None:
    name, path = register.get("bank"), path + ("bank",)
    if name is None:
        return
    if name not in known:
        tree.error(spec, path, f"unknown selector '{name}'", "VWR-C043", did_you_mean(name, known, "registers"))
    elif "W" not in known[name]["dir"]:
        tree.error(spec, path, f"selector '{name}' is read-only to the driver", "VWR-C044",
                   "a selector has dir: W or RW")
    else:
        _check_versions(tree, spec, path, register, known[name])


def _check_versions(tree: Tree, spec: SpecFile, path: NodePath, register: Row, other: Row) -> None:
    lacking = versions(register) - versions(other)
    if lacking:
        tree.error(spec, path, f"'{other['name']}' is not there in {' and '.join(sorted(lacking))}", "VWR-C047",
                   f"'{register['name']}' is")


def status(tree: Tree, spec: SpecFile) -> None:
    """`when` names bits of the status file."""
    known = status_bits(tree)
    if known is None:
        return
    for path, register in items(spec, "registers"):
        for key in ("status-set", "legacy-status-set", "status-clear"):
            for bit_path, name in items(spec, *path, "when", key):
                if name not in known:
                    tree.error(spec, bit_path, f"unknown status bit '{name}'", "VWR-C046",
                               did_you_mean(name, known, "bits"))


def values(tree: Tree, spec: SpecFile) -> None:
    """A fixed, reset or absent value has room in its register."""
    for path, register in items(spec, "registers"):
        width = spec.data["width"] * (len(register["at"]) if isinstance(register["at"], list) else 1)
        for key in ("value", "reset", "absent"):
            if register.get(key, 0) >> width:
                tree.error(spec, path + (key,), f"{register[key]:#x} does not fit {width} bits", "VWR-C048")
