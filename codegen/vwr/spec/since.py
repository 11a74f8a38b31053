# SPDX-License-Identifier: MIT
"""Versions of the specification: an item without one is as old as what it stands in; a spec as an older one had it."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from vwr.spec.exchanges import Chain, groups_in, groups_of, long_part
from vwr.spec.load import NodePath, Row, SpecFile
from vwr.spec.shapes import WIDTHS, Known, length, names_of, value_names

VERSIONS = ("legacy", "1.0", "1.1", "1.2", "1.3", "1.4")
FIRST, LEGACY = "1.0", "legacy"
AT = "@"  # no key of YAML: the Place of an item
LEGACY_BITS = 32  # the legacy interface has no more feature bits

# Keys whose lists hold things with a version. `steps`, `parts` and what is in a `when` have none.
_LISTS = (
    "ids",
    "features",
    "bits",
    "registers",
    "constants",
    "enums",
    "flags",
    "values",
    "structs",
    "fields",
    "union",
    "queues",
    "shared-memory",
    "capabilities",
    "channel",
    "messages",
    "groups",
    "rows",
    "R",
    "W",
)

# Keys of a file that hold what has a section.
_WITH_SECTION = ("features", "config", "messages", "enums", "flags", "structs")


def order(version: str) -> int:
    """A version as a number."""
    return VERSIONS.index(version)


def inherited(file: SpecFile) -> SpecFile:
    """The file, every item of it with a version and with its place, under AT."""
    return dataclasses.replace(file, data=_inherit(file, file.data, file.data.get("since", FIRST), ()))


def _inherit(file: SpecFile, node: Row, since: str, path: NodePath) -> Row:
    """A mapping with `since` and place, and below it; what has a section of its own or that of the file with that too."""
    since = node.get("since", LEGACY if node.get("only") == LEGACY else since)
    made = dict(node, since=since, **{AT: file.place(path)})
    if path[:1] and path[0] in _WITH_SECTION and len(path) == 1 + isinstance(path[-1], int):
        made.setdefault("section", file.data["section"])
    for key, value in node.items():
        here = (*path, key)
        if key in _LISTS and isinstance(value, list):
            made[key] = [
                _inherit(file, item, since, (*here, index)) if isinstance(item, dict) else item
                for index, item in enumerate(map(long_part, value) if key in ("R", "W") else value)
            ]
        elif key in ("steps", "parts"):
            made[key] = [{**item, AT: file.place((*here, index))} for index, item in enumerate(value)]
        elif isinstance(value, dict) and key in ("features", "config"):
            made[key] = _inherit(file, value, since, here)
    return made


# A spec as an older version had it ---------------------------------------------------------------------------------


def at_version(files: list[SpecFile], version: str) -> list[SpecFile]:
    """Files with versions, without what is newer than `version`; "legacy": what the legacy interface has of 1.0."""
    kept = [file for file in files if _is_old(file.data, version)]
    names = lambda kind, key: {
        row["name"] for file in kept if file.kind == kind for row in file.data[key] if _is_old(row, version)
    }
    reserved, status = names("features", "features"), names("status", "bits")
    return [
        dataclasses.replace(file, data=_without(_Cut(file, version, reserved).data, status)) for file in kept
    ]


def _without(data: Row, status: set[str]) -> Row:
    """Steps and conditions without status bits and registers that are not there yet."""
    registers = {row["name"] for row in data.get("registers", [])}
    if "steps" in data:
        data["steps"] = [
            _left(step, status, ("after", "before"))
            for step in data["steps"]
            if step.get("set", step.get("clear")) in status and set(step.get("after", [])) <= status
        ]
    for row in data.get("registers", []):
        _without_others(row, registers, status)
    for struct in data.get("structs", []) if data["kind"] == "registers" else []:
        for row in struct["fields"]:
            _without_others(row, {other["name"] for other in struct["fields"]}, status)
    structs = {struct["name"] for struct in data.get("structs", [])} | {"config", None}
    data["capabilities"] = [
        row for row in data.get("capabilities", []) if {row["struct"], row.get("place")} <= structs
    ]
    return data


def _without_others(row: Row, registers: set[str], status: set[str]) -> None:
    """A register's conditions without registers and status bits that are not there yet."""
    if "when" in row:
        when = _left(row["when"], status, ("status-set", "status-clear"))
        when["legacy"] = _left(when.get("legacy", {}), status, ("status-set",))
        if "registers" in when:
            when["registers"] = {
                name: value for name, value in when["registers"].items() if name in registers
            }
        row["when"] = {key: value for key, value in when.items() if value}
    if "done" in row:
        row["done"] = dict(
            row["done"],
            reads={name: value for name, value in row["done"]["reads"].items() if name in registers},
        )


def _left(item: Row, names: set[str], keys: tuple[str, ...]) -> Row:
    """An item whose lists have only the names that are there."""
    return {
        key: [name for name in value if name in names] if key in keys else value
        for key, value in item.items()
    }


def _is_old(item: Row, version: str) -> bool:
    """Whether the version has the item."""
    if version == "legacy":
        modern = (
            item.get("only") == "modern" or item.get("bit", 0) >= LEGACY_BITS and item.get("only") != "legacy"
        )
        return order(item.get("since", FIRST)) <= order(FIRST) and not modern
    return order(item.get("since", FIRST)) <= order(version)


class _Cut:
    """One file without what is newer; what refers to something that went goes too."""

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
            elif key in ("requires", "offer-with", "needs"):
                value = self._rule(value)
            elif key == "sizes":
                value = [
                    dict(row, **{"if": self._rule(row["if"])}) if "if" in row else row
                    for row in value
                    if all(self._can(name) for name in row.get("if", []))
                ]
            elif key == "if" and isinstance(value, list):
                value = [name for name in value if name in self.features]
            if value != [] or key in ("values", "bits", "features", "fields", "rows", "groups"):
                made[key] = value
        return made

    def _keep(self, item: Row) -> bool:
        """An item stays if the version has it and the feature that opens it."""
        return _is_old(item, self.version) and ("if" not in item or self._can(item["if"]))

    def _can(self, names: str | list[str]) -> bool:
        """Whether a feature, or any of several, is there."""
        return any(name in self.features for name in names_of(names))

    def _rule(self, rule: list[Any]) -> list[Any]:
        """What is left of an AND of choices; a choice of which nothing is left has no meaning any more."""
        rows = [
            [name for name in row if name in self.features] if isinstance(row, list) else row for row in rule
        ]
        return [
            row[0] if isinstance(row, list) and len(row) == 1 else row
            for row in rows
            if row and (isinstance(row, list) or row in self.features)
        ]

    def _fields(self, rows: list[Row]) -> list[Row]:
        """Fields without the newer ones at the end; between older ones their bytes are reserved."""
        known: dict[Any, tuple[Any, Row]] = dict(self.known.structs)
        kept = [self._keep(row) and self._keep(known.get(row.get("type"), (None, {}))[1]) for row in rows]
        last = max((index for index, keep in enumerate(kept) if keep), default=-1)
        return [
            self._mapping(row) if keep else self._reserve(row)
            for row, keep in zip(rows[: last + 1], kept[: last + 1])
        ]

    def _reserve(self, row: Row) -> Row:
        """The bytes of a field that the version has not yet."""
        made = {key: row[key] for key in ("name", "type", "count", "at", "dir") if key in row}
        if made.get("type", "") in self.known or "type" not in made:
            made.update(type="u8", count=self.known.size(row) * length(row))
        return dict(made, since=FIRST, reserved=True)

    def _mend_references(self) -> None:
        """Groups and structs of which nothing is left, and what named something that went."""
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
        """What names a feature or a field that the version has not cannot be there."""
        group, fields = data.get("features", {}), {
            field["name"] for field in data.get("config", {}).get("fields", [])
        }
        if isinstance(group, dict) and "conflicts" in group:
            group["conflicts"] = [
                row
                for row in group["conflicts"]
                if {*row.get("features", []), *row.get("without", [])} <= self.features
                and ("when" not in row or row["when"]["field"].split(".")[0] in fields)
            ]


class _Mend:
    """Takes out of a cut file whatever names something that is not there any more."""

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
        if "side" not in node and node.get("when", {}).get("field", "").split(".")[0] not in {
            "",
            *self.fields,
        }:
            del node["when"]  # of a message
        for key in ("ok", "refuse", "out-of-range"):
            if isinstance(node.get(key), int):
                continue
            left = [name for name in names_of(node.get(key, [])) if name in self.values]
            if key in node and not left:
                del node[key]
            elif key in node and node[key] != left:
                node[key] = left[0] if len(left) == 1 else left
        if node.get("also", None) not in (None, *self.features):
            del node["also"]
        if node.get("absent-with", {}).get("if") not in (None, *self.features):
            del node["absent-with"]
        if "is" in node:
            node["is"] = [name for name in node["is"] if name in self.values]
        if "count-by" in node:
            self._count_by(node)
        if node.get("refused-by", None) not in (None, *self.features):
            del node["refused-by"]
        for said in ("limits", "hints"):
            if isinstance(node.get(said), dict):
                node[said] = {
                    key: name for key, name in node[said].items() if name.split(".")[0] in self.fields
                }

    def _count_by(self, node: Row) -> None:
        by = node["count-by"]
        gates = names_of(by.get("if", []))
        left = [name for name in gates if name in self.features]
        if by["field"].split(".")[0] not in self.fields or gates and not left:
            del node["count-by"]
        elif left:
            node["count-by"] = dict(by, **{"if": left[0] if len(left) == 1 else left})


def _drop_empty(data: Row) -> None:
    """Groups of messages of which nothing is left, and those whose queue is not there any more."""
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
    """Takes out of messages what names a struct or a field that is not there any more."""
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
        for row in rows:
            parts = {
                part["part"]: known.get(part.get("type", ""))
                for side in ("R", "W")
                for _, part in Chain(structs, entry, row).side(side)
            }
            for node in (
                row.get("within", {}),
                row.get("spans", {}),
                *(
                    part
                    for side in ("R", "W")
                    for one in (entry, row)
                    for part in one.get(side, ())
                    if isinstance(part, dict)
                ),
            ):
                _unsay(node, parts | {"config": known[""]})
            for key, needs in (("spans", {"parts"}), ("within", {"from", "end"})):
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
    """Takes out what refers to a part or a field that went; of a count that nobody says the rest is left."""
    for key in ("count", "bytes", "stride", "least", "max", "multiple-of", "from", "end", "parts"):
        said = node.get(key)
        if not isinstance(said, str) or said == "any":
            continue
        part, _, path = said.partition(".")
        if part not in parts or path and path.split(".")[0] not in (parts[part] or {}):
            if key == "count":
                node[key] = "any"
            else:
                del node[key]


def _mappings(node: Any) -> Iterator[Row]:
    """Every mapping below a node, and the node."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _mappings(child)
