# SPDX-License-Identifier: MIT
"""Versions of the specification: an item inherits that of the enclosing one; a spec for an older version."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from vwr.spec.condition import ALWAYS, Fact, said
from vwr.spec.exchanges import REFERENCES, Chain, groups_in, groups_of, long_part
from vwr.spec.load import NodePath, Row, SpecFile
from vwr.spec.shapes import WIDTHS, Known, at, counted, length, names_of, value_names
from vwr.spec.versions import VERSIONS

FIRST, LEGACY = "1.0", "legacy"
AT = "@"  # not a key of YAML: the Place of an item
LEGACY_BITS = 32  # the legacy interface has only these feature bits

# Keys of lists whose items have a version. `steps`, `parts` and items inside `when` have none.
_LISTS = frozenset(
    """
    ids features bits registers constants enums flags values structs fields union contains
    queues shared-memory capabilities channel messages groups rows R W
""".split()
)

# Keys of a file whose items have a section.
_WITH_SECTION = ("features", "config", "messages", "enums", "flags", "structs")


def order(version: str) -> int:
    """A version as a number."""
    return VERSIONS.index(version)


def inherited(file: SpecFile) -> SpecFile:
    """The file, with a version and its place under AT for every item."""
    return dataclasses.replace(file, data=_inherit(file, file.data, file.data.get("since", FIRST), ()))


def _inherit(file: SpecFile, node: Row, since: str, path: NodePath) -> Row:
    """
    A mapping with `since` and place, recursively; items with a section also get one, their own or that of the
    file.
    """
    since = node.get("since", LEGACY if node.get("only") == LEGACY else since)
    made = {**node, "since": since, AT: file.place(path)}
    if path[:1] and path[0] in _WITH_SECTION and len(path) == 1 + isinstance(path[-1], int):
        made.setdefault("section", file.data["section"])
    for key, value in node.items():
        if key in _LISTS and isinstance(value, list):
            made[key] = [
                _inherit(file, item, since, (*path, key, index)) if isinstance(item, dict) else item
                for index, item in enumerate(map(long_part, value) if key in ("R", "W") else value)
            ]
        elif key in ("steps", "parts"):
            made[key] = [{**item, AT: file.place((*path, key, index))} for index, item in enumerate(value)]
        elif isinstance(value, dict) and key in ("features", "config"):
            made[key] = _inherit(file, value, since, (*path, key))
    return made


# The spec for an older version
# --------------------------------------------------------------------------------


def at_version(files: list[SpecFile], version: str) -> list[SpecFile]:
    """Files with versions, without items newer than `version`; "legacy": the legacy interface as of 1.0."""
    kept = [file for file in files if _is_old(file.data, version)]
    names = lambda kind, key: {
        row["name"] for file in kept if file.kind == kind for row in file.data[key] if _is_old(row, version)
    }
    reserved, status = names("features", "features"), names("status", "bits")
    return [
        dataclasses.replace(file, data=_without(_Cut(file, version, reserved).data, status)) for file in kept
    ]


def _without(data: Row, status: set[str]) -> Row:
    """Removes status bits and registers that do not exist yet from steps and conditions."""
    registers = {row["name"] for row in data.get("registers", [])}
    if "steps" in data:
        data["steps"] = [
            _left(step, "when", lambda fact: fact.name in status)
            for step in data["steps"]
            if {step.get("set", step.get("clear")), *said(step, "when").named()} <= status
        ]
    for row in data.get("registers", []):
        _without_others(row, registers, status)
    for struct in data.get("structs", []) if data["kind"] == "registers" else []:
        for row in struct["fields"]:
            _without_others(row, {other["name"] for other in struct["fields"]}, status)
    structs = {struct["name"] for struct in data.get("structs", [])} | {"config", None}
    data["capabilities"] = [
        row for row in data.get("capabilities", []) if {row["type"], row.get("part")} <= structs
    ]
    return data


def _without_others(row: Row, registers: set[str], status: set[str]) -> None:
    """Removes status bits and registers that do not exist yet from a register's conditions."""
    known = lambda fact: fact.name in (registers if fact.kind == "register" else status)
    row.update(_left(row, "when", known))
    for key in ("done", "legacy"):
        if key in row:
            row[key] = _left(row[key], "when", known)


def _left(item: Row, key: str, known: Callable[[Fact], bool]) -> Row:
    """An item whose condition is reduced to the names that exist."""
    return {**item, key: said(item, key).kept(known) or ALWAYS} if said(item, key) else item


def _is_old(item: Row, version: str) -> bool:
    """Whether the version has the item."""
    if version == "legacy":
        modern = (
            item.get("only") == "modern" or item.get("bit", 0) >= LEGACY_BITS and item.get("only") != "legacy"
        )
        return order(item.get("since", FIRST)) <= order(FIRST) and not modern
    return order(item.get("since", FIRST)) <= order(version)


class _Cut:
    """One file without newer items, and without references to removed ones."""

    def __init__(self, file: SpecFile, version: str, reserved: set[str]) -> None:
        self.version = version
        own = file.data.get("features", {}) if file.kind == "device" else {}
        self.features = reserved | {row["name"] for row in own.get("bits", []) if _is_old(row, version)}
        self.known = Known(file)
        self.data = self._mapping(file.data)
        self._mend_references()

    def _mapping(self, node: Row) -> Row:
        made: Row = {}
        for key, value in node.items():
            if key in ("fields", "union") and isinstance(value, list):
                value = self._fields(value)
            elif key in _LISTS and isinstance(value, list):
                value = [
                    self._mapping(item) if isinstance(item, dict) else item
                    for item in value
                    if not isinstance(item, dict) or self._keep(item)
                ]
            elif isinstance(value, dict) and key in ("features", "config"):
                value = self._mapping(value)
            elif key == "size" and isinstance(value, list):
                value = [self._mapping(row) for row in value if said(row).can(self._knows)]
            elif key in ("if", "requires"):
                value = value.kept(self._knows) or []
            if value != [] or key in ("values", "bits", "features", "fields", "rows", "groups"):
                made[key] = value
        return made

    def _keep(self, item: Row) -> bool:
        """An item stays if the version has it and the feature that enables it."""
        return _is_old(item, self.version) and said(item).can(self._knows)

    def _knows(self, fact: Fact) -> bool:
        """Whether the subject of a condition exists: a feature, or a fact about something else."""
        return fact.kind not in ("name", "offered") or fact.name in self.features

    def _fields(self, rows: list[Row]) -> list[Row]:
        """Fields without the newer ones at the end; newer ones in between become reserved bytes."""
        known: dict[Any, tuple[Any, Row]] = dict(self.known.structs)
        kept = [self._keep(row) and self._keep(known.get(row.get("type"), (None, {}))[1]) for row in rows]
        last = max((index for index, keep in enumerate(kept) if keep), default=-1)
        return [
            self._mapping(row) if keep else self._reserve(row)
            for row, keep in zip(rows[: last + 1], kept[: last + 1])
        ]

    def _reserve(self, row: Row) -> Row:
        """The bytes of a field that the version lacks."""
        made = {key: row[key] for key in ("name", "type", "count", "dir") if key in row}
        if made.get("type", "") in self.known or "type" not in made:
            made.update(type="u8", count=self.known.size(row) * length(row))
        return dict(made, since=FIRST, reserved=True)

    def _mend_references(self) -> None:
        """Removes empty groups and structs, and references to removed items."""
        data = self.data
        for key in ("enums", "flags"):
            data[key] = [group for group in data.get(key, []) if group["values"]]
        data["structs"] = [struct for struct in data.get("structs", []) if struct["fields"]]
        if "config" in data and not data["config"]["fields"]:
            del data["config"]
        self._mend_conflicts(data)
        _drop_empty(data)
        _Mend(data, self.features)
        _mend_messages(data)
        for key in ("enums", "flags", "messages", "structs", "constants", "queues", "shared-memory"):
            if not data.get(key, True):
                del data[key]

    def _mend_conflicts(self, data: Row) -> None:
        """Removes references to a feature or a field that the version lacks."""
        group, fields = data.get("features", {}), {
            field["name"] for field in data.get("config", {}).get("fields", [])
        }
        if isinstance(group, dict) and "conflicts" in group:
            group["conflicts"] = [
                row
                for row in group["conflicts"]
                if all(
                    fact.name.split(".")[0] in (fields if fact.kind == "value" else self.features)
                    for fact in said(row).all_facts()
                )
            ]


class _Mend:
    """Removes references to missing items from a reduced file."""

    def __init__(self, data: Row, features: set[str]) -> None:
        self.groups = {group["name"] for key in ("enums", "flags") for group in data.get(key, [])}
        self.groups |= {group["name"] for group in groups_in(data)}
        self.values = value_names(
            [*(group for key in ("enums", "flags") for group in data.get(key, [])), *groups_in(data)]
        )
        self.fields = {field["name"] for field in data.get("config", {}).get("fields", [])}
        self.features = features
        for node in _mappings(data):
            self._mapping(node)

    def _mapping(self, node: Row) -> None:
        for key in ("enum", "flags", "mask-of"):
            if isinstance(node.get(key), str) and node[key] not in self.groups:
                del node[key]
        for key in ("ok", "refuse", "refuse-if-offered", "out-of-range"):
            if isinstance(node.get(key), int):
                continue
            left = [name for name in names_of(node.get(key, [])) if name in self.values]
            if key in node and not left:
                del node[key]
            elif key in node and node[key] != left:
                node[key] = left[0] if len(left) == 1 else left
        if isinstance(node.get("absent"), list):
            node["absent"] = self._absent(node["absent"])
        for key in ("union", "contains"):
            if key in node:
                known = lambda fact: fact.kind != "value" or str(fact.value) in self.values
                node[key] = [_left(member, "if", known) for member in node[key]]
        if isinstance(node.get("count"), dict) and "dir" in node:
            self._count_by(node)
        if "disk" in node and "rows" in node["disk"]:
            node["disk"] = dict(node["disk"], rows=[self._disk(row) for row in node["disk"]["rows"]])

    def _disk(self, row: Row) -> Row:
        """The disk map's properties of a request, without fields that do not exist."""
        fields = {"range": at(row, "range", "max"), "align": row.get("align")}
        gone = {key for key, field in fields.items() if field and field.split(".")[0] not in self.fields}
        return {key: value for key, value in row.items() if key not in gone}

    def _count_by(self, node: Row) -> None:
        by, known = node["count"], lambda fact: fact.name in self.features
        if counted(by["field"])[0].split(".")[0] not in self.fields or not said(by).can(known):
            del node["count"]
        else:
            node["count"] = _left(by, "if", known)

    def _absent(self, rows: list[Row]) -> Any:
        """A value for another feature, if that exists; otherwise the other value."""
        there = said(rows[0]).can(lambda fact: fact.name in self.features)
        return rows if there else rows[-1]["value"]


def _drop_empty(data: Row) -> None:
    """Removes empty groups of messages, and those whose queue does not exist."""
    queues = {queue["name"] for queue in data.get("queues", [])}
    there = []
    for entry in data.get("messages", []):
        if "groups" in entry:
            entry["groups"] = [group for group in entry["groups"] if group["rows"]]
        named = entry["queue"].values() if isinstance(entry["queue"], dict) else [entry["queue"]]
        if (entry.get("groups") or entry.get("rows")) and ("queues" not in data or queues & set(named)):
            there.append(entry)
    data["messages"] = there


def _mend_messages(data: Row) -> None:
    """Removes references to a missing struct or field from messages."""
    structs = {struct["name"]: struct for struct in data["structs"]}
    known = {"": {field["name"]: field for field in data.get("config", {}).get("fields", [])}}
    known |= {name: {field["name"]: field for field in struct["fields"]} for name, struct in structs.items()}
    for entry in data.get("messages", []):
        rows = [row for _, group in groups_of((), entry) for row in group["rows"]]
        for node in (entry, *rows):
            for side in ("R", "W"):
                if side in node:
                    node[side] = [
                        part
                        for part in node[side]
                        if not isinstance(part, dict) or part.get("type") in (None, *structs, *WIDTHS)
                    ]
        there = lambda fact: fact.kind != "value" or fact.name.split(".")[0] in known[""]
        for row in rows:
            row.update(_left(row, "if", there))
            parts = {
                part["part"]: known.get(part.get("type", ""))
                for side in ("R", "W")
                for _, part in Chain(structs, entry, row).side(side)
            }
            for node in (
                row,
                *(
                    part
                    for side in ("R", "W")
                    for one in (entry, row)
                    for part in one.get(side, ())
                    if isinstance(part, dict)
                ),
            ):
                _unsay(node, parts | {"config": known[""]})
            for key, needs in (("count", {"field"}), ("range", {"min", "max"})):
                if key in row and not needs <= set(row[key]):
                    del row[key]
        for key in ("select", "status"):
            left = [
                name
                for name in names_of(entry.get(key, []))
                if name.split(".")[0] in (*structs, *WIDTHS) or "." not in name
            ]
            if key in entry and not left:
                del entry[key]


def _unsay(node: Row, parts: dict[str, Any]) -> None:
    """Removes references to a removed part or field. A count without its field becomes the rest."""
    for *outer, key in REFERENCES:
        said = at(node, *outer, key)
        if not isinstance(said, str) or said == "any":
            continue
        part, _, path = said.partition(".")
        if part not in parts or path and path.split(".")[0] not in (parts[part] or {}):
            left = dict(at(node, *outer), count="any")
            if key != "count":
                left = {name: value for name, value in at(node, *outer).items() if name != key}
            if outer:
                node[outer[0]] = left
            elif key == "count":
                node[key] = "any"
            else:
                del node[key]


def _mappings(node: Any) -> Iterator[Row]:
    """Every mapping below a node, and the node."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _mappings(child)
