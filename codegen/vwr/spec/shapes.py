# SPDX-License-Identifier: MIT
"""The shape of a spec file's data, for checks and models: widths of numbers, structs by name, their order."""

import itertools
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from vwr.spec.condition import Condition, said
from vwr.spec.load import NodePath, Row, SpecFile

WIDTHS = {
    "u8": 1,
    "u16": 2,
    "u32": 4,
    "u64": 8,
    "le16": 2,
    "le32": 4,
    "le64": 8,
    "be16": 2,
    "be32": 4,
    "be64": 8,
}
OPEN_COUNTS = ("trailing", "open", "queue-size")
Item = TypeVar("Item")


def repeated(rows: Iterable[tuple[Hashable, Item]]) -> Iterator[tuple[Item, Item]]:
    """(item, the first one with its key) of each (key, item) whose key occurred before."""
    first: dict[Hashable, Item] = {}
    for key, item in rows:
        if key in first:
            yield item, first[key]
        first.setdefault(key, item)


def at(row: Row, *path: str) -> Any:
    """The value at a path of keys, or None."""
    node: Any = row
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def counted(said: str) -> tuple[str, int]:
    """The name in `field + 1` or `field - 1`, and the signed number."""
    name, sign, number = (*said.split(), "+", "0")[:3]
    return name, int(sign + number)


def items(spec: SpecFile, *path: Any) -> list[tuple[NodePath, Any]]:
    """(path, item) of the list at `path`; nothing if the file has none."""
    node: Any = spec.data
    for step in path:
        node = node.get(step) if isinstance(node, dict) else node[step] if step < len(node) else None
        if node is None:
            return []
    return [(path + (index,), item) for index, item in enumerate(node)]


def structs(spec: SpecFile) -> dict[str, tuple[NodePath, Row]]:
    """name -> (path, struct) of the structs that a type may name; the first of several with one name."""
    named: dict[str, tuple[NodePath, Row]] = {}
    for path, struct in items(spec, "structs"):
        named.setdefault(struct["name"], (path, struct))
    return named


def inner_first(uses: dict[str, list[str]]) -> list[str]:
    """Names of `uses` (name -> names), each after those that it uses, except in cycles."""
    done, seen, todo = [], set(), [(name, False) for name in reversed(uses)]
    while todo:
        name, ready = todo.pop()
        if ready:
            done.append(name)
        elif name not in seen:
            seen.add(name)
            todo.append((name, True))
            todo += [(other, False) for other in reversed(uses[name]) if other in uses and other not in seen]
    return done


def parts(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(leading fields, fields after them that the device writes); one list if the device writes all."""
    back = [row for row in rows if row.get("dir") == "in"]
    return ([row for row in rows if row.get("dir") != "in"], back) if len(back) < len(rows) else (rows, [])


def inside(path: NodePath, listed: list[Row]) -> Iterator[tuple[NodePath, Row]]:
    """(path, field) of fields and nested fields, outer ones first."""
    for index, field in enumerate(listed):
        here = path + (index,)
        yield here, field
        for key in ("fields", "union", "contains"):
            if key in field:
                yield from inside(here + (key,), field[key])


def length(field: Row) -> int:
    """Number of elements that count for the size of the enclosing struct."""
    count = field.get("count", 1)
    return count if isinstance(count, int) else 0


class Known:
    """
    The layouts of the structs of a file: sizes as declared or computed from the fields, alignment in C, and
    whether the length is fixed.
    """

    def __init__(self, spec: SpecFile) -> None:
        self.structs = structs(spec)
        self.align: dict[str, int] = {}
        self.fixed: dict[str, bool] = {}
        self.bytes: dict[str, int] = {}
        uses = {
            name: [field["type"] for _, field in inside((), struct["fields"]) if "type" in field]
            for name, (_, struct) in self.structs.items()
        }
        for name in inner_first(uses):
            struct = self.structs[name][1]
            self.fixed[name] = all(
                self.is_fixed(field) and not isinstance(field.get("count"), str) for field in struct["fields"]
            )
            self.align[name] = self.alignment(struct)
            self.bytes[name] = self.end(struct["fields"])

    def end(self, listed: list[Row]) -> int:
        """The end of the fields with a fixed offset, without padding."""
        here = itertools.takewhile(
            lambda field: not isinstance(field.get("count"), str) and self.is_fixed(field), listed
        )
        return sum(self.size(field) * length(field) for field in here)

    def registers(
        self, struct: Row, before: str = "", at: int = 0, writable: Iterable[str] = ()
    ) -> Iterator[tuple[str, Row]]:
        """
        (name, row with its offset) of the registers of a struct; in a nested struct the name has the form
        cap.bar.
        """
        for row in struct["fields"]:
            if row["type"] in self:
                yield from self.registers(
                    self.structs[row["type"]][1], f"{before}{row['name']}.", at, row.get("writable", ())
                )
            else:
                yield f"{before}{row['name']}", dict(
                    inside_of(row, before), at=at, **({"dir": "RW"} if row["name"] in writable else {})
                )
            at += self.size(row) * length(row)

    def __contains__(self, name: str) -> bool:
        return name in self.structs

    def is_fixed(self, field: Row) -> bool:
        """Whether one element of a field has a fixed length."""
        if "type" in field:
            return self.fixed.get(field["type"], True)
        inner = field.get("union", []) + field.get("fields", [])
        return all(self.is_fixed(other) and not isinstance(other.get("count"), str) for other in inner)

    def alignment(self, struct: Row) -> int:
        """Alignment in C: that of the widest number inside, at any depth."""
        if struct.get("packed"):
            return 1
        widest = 1
        for field in struct.get("fields", []) + struct.get("union", []):
            if not self.is_fixed(field):
                continue  # a struct without a fixed size is bytes in C
            if "type" not in field:
                widest = max(widest, self.alignment(field))
            else:
                widest = max(widest, WIDTHS.get(field["type"], 0) or self.align.get(field["type"], 1))
        return widest

    def size(self, field: Row) -> int:
        """Size of one element of a field; for a struct the declared or the computed one."""
        if "union" in field:
            size = max(self.size(member) * length(member) for member in field["union"])
            align = self.alignment(field)
            return -(-size // align) * align
        if "fields" in field:
            return sum(self.size(member) * length(member) for member in field["fields"])
        if field["type"] in WIDTHS:
            return WIDTHS[field["type"]]
        return self.bytes.get(field["type"], 0)


def queue_sized(struct: Row) -> Row | None:
    """The field of a struct with one element for each descriptor."""
    return next((field for field in struct["fields"] if field.get("count") == "queue-size"), None)


def part_bytes(part: Row, known: Known) -> tuple[int, int]:
    """Bytes of a ring's part independent of the queue's size, and bytes for each descriptor."""
    struct = known.structs[part["type"]][1]
    if array := queue_sized(struct):
        rest = sum(known.size(field) * length(field) for field in struct["fields"] if field is not array)
        return rest, known.size(array)
    size = known.bytes[part["type"]]
    return (0, size) if "count" in part else (size, 0)


def inside_of(row: Row, before: str) -> Row:
    """
    A register's row inside a nested struct: names of other registers have the prefix of the struct's field.
    """
    made = {key: before + row[key] if key in ("bank", "clears") else row[key] for key in row}
    if "range" in row:
        made["range"] = {
            key: before + value if key in ("max", "min") else value for key, value in row["range"].items()
        }
    renamed = lambda one: replace(one, name=before + one.name) if one.kind == "register" else one
    for key in ("when", "done", "legacy"):
        inner = row.get(key)
        if isinstance(inner, Condition):
            made[key] = inner.renamed(renamed)
        elif isinstance(inner, dict) and "when" in inner:
            made[key] = dict(inner, when=inner["when"].renamed(renamed))
    return made


def by_of(row: Row) -> str:
    """The field whose values select the member of a union, or the struct in bytes; or nothing."""
    listed = row.get("union", row.get("contains", []))
    said_ = [fact.name for member in listed for fact in said(member).facts("value")]
    return said_[0] if said_ else ""


def names_of(names: Iterable[str] | str) -> list[str]:
    """One name, or a list of them."""
    return [names] if isinstance(names, str) else list(names)


def values_of(group: Row) -> list[Row]:
    """The values of a group, or the messages of one."""
    return [row for row in group.get("rows", group.get("values", [])) if "value" in row]


def value_names(groups: Iterable[Row]) -> dict[str, None]:
    """The names by which a command may refer to a value: with its group's prefix or without."""
    return dict.fromkeys(
        name
        for group in groups
        for value in values_of(group)
        for name in (value["name"], f"{group.get('prefix', '')}_{value['name']}")
    )
