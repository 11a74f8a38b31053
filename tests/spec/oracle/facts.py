#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every fact of the facts folder (VIRTIO 1.4 as JSON, made by others) is described, or on a list with a reason."""

import argparse
import fnmatch
import json
import os
import sys
from pathlib import Path

import yaml

from vwr import description

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PACKAGE = ROOT / "generated" / "python"
LIST = HERE / "facts.yaml"
SKIPPED = 77
# Which file of ours has what a file of theirs has, where the names differ.
FILES = {
    "packed": "packed-ring",
    "split": "split-ring",
    "features_reserved": "features",
    "device_ids": "ids",
    "mmio_registers": "mmio",
}
SAME_TYPE = {"char": "u8", "le8": "u8"}


def folder():
    """Where the facts are: $VWR_FACTS, else shared/spec/facts beside this checkout or one above."""
    named = os.environ.get("VWR_FACTS")
    beside = [above / "shared" / "spec" / "facts" for above in ROOT.parents]
    return next((path for path in ([Path(named)] if named else beside) if path.is_dir()), None)


class Ours:
    """The description, asked by the specification's names."""

    def __init__(self, package):
        self.package, self.specs = description.package(package), description.specs(package)
        self.values, self.features, self.structs = {}, {}, {}
        for one in self.specs.values():
            for group in one.groups:
                for value in group.values:
                    for name in (value.document, *value.aka):
                        where = self.features if group.kind == "features" else self.values
                        where.setdefault(name, []).append((value, one))
            self.structs.update({struct.document: (struct, one) for struct in one.structs if struct.document})
        self.bare = {
            value.name: value
            for one in self.specs.values()
            for group in one.groups
            if group.kind == "features"
            for value in group.values
        }

    def fields(self, name):
        """{path: (offset, Field, gate)} of a struct, older names too; what is in a field is there with its gate."""
        struct, one = self.structs[name]
        found = {}
        for path, offset, field in self.package.leaves(one, struct):
            above = path.rpartition(".")[0]
            gate = field.gate or (found[above][2] if above in found else ())
            found[path] = (offset, field, gate)
            for other in field.aka:
                found[path[: len(path) - len(field.name)] + other] = found[path]
        return found

    def needs(self, one, name):
        """What a feature needs, as a set of sets of the specification's names."""
        features = {
            value.name: value for group in one.groups if group.kind == "features" for value in group.values
        }
        return {
            frozenset((features.get(other) or self.bare[other]).document for other in rule.any)
            for rule in one.rules
            if rule.feature == name
        }

    def gate(self, one, names):
        """The specification's names of features that a thing of a file depends on."""
        features = {
            value.name: value for group in one.groups if group.kind == "features" for value in group.values
        }
        return {(features.get(name) or self.bare[name]).document for name in names}


class Facts:
    """Goes through one file of facts; collects (key, what is wrong) and counts."""

    def __init__(self, ours, name, data):
        self.ours, self.name, self.data = ours, name, data
        self.spec = ours.specs.get(FILES.get(name, name))
        self.wrong, self.count = [], 0

    def check(self, key, theirs, ours):
        """One fact: the same on both sides?"""
        self.count += 1
        if theirs != ours:
            self.wrong.append((f"{self.name} {key}", f"{shown(theirs)} there, {shown(ours)} here"))

    def missing(self, key):
        """One fact that the description does not have at all."""
        self.count += 1
        self.wrong.append((f"{self.name} {key}", "not in the description"))

    def run(self):
        """All of the file."""
        self.features(self.data.get("features", ()))
        for rows in ("constants", "cap_types", "table_entries"):
            self.constants(self.data.get(rows) or ())
        for struct in self.data.get("structs") or ():
            self.struct(struct)
        if "common_cfg" in self.data:
            self.struct(self.data["common_cfg"])
        if self.data.get("config"):
            self.config(self.data["config"])
        self.queues(self.data.get("queues", ()))
        self.requests(self.data.get("requests", ()))
        self.regions(self.data.get("shm") or ())
        for special in ("ids", "registers", "status", "pci", "rings"):
            getattr(self, special)()
        return self

    def features(self, rows):
        """Bit, since, what it needs."""
        for row in rows:
            key = f"feature {row['name']}"
            found = next(
                ((value, one) for value, one in self.ours.features.get(row["name"], ()) if one is self.spec),
                None,
            )
            if not found:
                self.missing(key)
                continue
            value, one = found
            self.check(f"{key} bit", row["bit"], value.value)
            self.check(f"{key} legacy", bool(row.get("legacy_only")), value.only == "legacy")
            if not row.get("legacy_only") and "since" in row:
                self.check(f"{key} since", row["since"], value.since)
            if "requires" in row:
                self.check(
                    f"{key} requires",
                    {frozenset(group) for group in row["requires"]},
                    self.ours.needs(one, value.name),
                )

    def constants(self, rows):
        """Value and since."""
        for row in rows:
            key = f"constant {row['name']}"
            found = self.ours.values.get(row["name"])
            if not found:
                self.missing(key)
                continue
            value = next((value for value, _ in found if value.value == row["value"]), found[0][0])
            self.check(f"{key} value", row["value"], value.value)
            if "since" in row and value.only != "legacy":
                self.check(f"{key} since", row["since"], value.since)

    def struct(self, row):
        """Size, since, and each field."""
        key = f"struct {row['name']}"
        if row["name"] not in self.ours.structs:
            self.missing(key)
            return
        struct, _ = self.ours.structs[row["name"]]
        self.check(f"{key} size", row["size"], struct.size if struct.fixed else None)
        if "since" in row:
            self.check(f"{key} since", row["since"], struct.since)
        fields = self.ours.fields(row["name"])
        for path, offset, field in leaves(row["fields"]):
            self.field(f"{key}.{path}", path, offset, field, fields)

    def field(self, key, path, offset, row, fields):
        """One field: place, type, size, access, gate."""
        if path not in fields:
            self.missing(key)
            return
        at, field, gate = fields[path]
        self.check(f"{key} offset", offset, at)
        kind = row["type"]
        if not kind.startswith(("struct", "union")):
            self.check(f"{key} type", SAME_TYPE.get(kind, kind), field.type)
            self.check(f"{key} size", row.get("size"), field.size)
        if "access" in row:
            self.check(f"{key} access", row["access"], field.dir or "R")
        if "gate" in row:
            self.check(f"{key} gate", set(row["gate"]), self.ours.gate(self.spec, gate))

    def config(self, config):
        """Fields of the configuration: access and gates."""
        if config["struct"] not in self.ours.structs:
            self.missing(f"config {config['struct']}")
            return
        fields = self.ours.fields(config["struct"])
        for row in config["fields"]:
            self.field(f"config {row['name']}", row["name"], row["offset"], row, fields)

    def queues(self, rows):
        """Index, direction, gate, by their order."""
        ours = self.spec.queues if self.spec else ()
        if rows:
            self.check("queues number", len(rows), len(ours))
        for row, queue in zip(rows, ours):
            key = f"queue {row['name']}"
            self.check(f"{key} dir", {"inout": "both"}.get(row["dir"], row["dir"]), queue.dir)
            self.check(f"{key} gate", set(row.get("exists_if", ())), self.ours.gate(self.spec, queue.gate))
            if row["index"].isdigit():
                self.check(f"{key} index", int(row["index"]), queue.index)

    def requests(self, rows):
        """Numbers of requests and commands, by name."""
        for row in rows:
            if not isinstance(row.get("value"), int):
                continue
            names = [(row["name"], row["value"])]
            names += [(f"{row['name']}_{command}", number) for command, number in row.get("cmds", ())]
            for name, number in names:
                fulls = [name, f"VIRTIO_{self.name.upper()}_{name}", f"VIRTNET_{name}"]
                found = [
                    value
                    for full in fulls
                    for value, _ in self.ours.values.get(full, ())
                    if value.value == number
                ]
                self.check(f"request {name}", True, bool(found))
                if found and (name == row["name"]) != ("cmds" in row):  # a class of commands has none of it
                    self.request(f"request {name}", row, found[0])

    def request(self, key, row, value):
        """What allows a request, who sends it, and the structs in it."""
        if isinstance(row.get("gate"), list):
            self.check(f"{key} gate", set(row["gate"]), self.ours.gate(self.spec, value.gate))
        if "sender" in row:
            self.check(f"{key} sender", row["sender"], value.sender)
        for words, ours in (("struct request", value.out), ("response", value.back)):
            theirs = next((row[word] for word in words.split() if isinstance(row.get(word), str)), "")
            theirs = [part.removesuffix("[]") for part in theirs.split(" + ") if part.startswith("virtio_")]
            documents = [self.spec.struct(name).document for name in ours if self.spec.struct(name)]
            if theirs:
                self.check(
                    f"{key} {words.split()[-1]}", theirs, [part for part in theirs if part in documents]
                )

    def regions(self, rows):
        """Numbers of shared memory regions."""
        for row in rows:
            numbers = {
                value.value
                for group in self.spec.groups
                if group.kind == "shared-memory"
                for value in group.values
            }
            self.check(f"region {row['name']}", True, row["id"] in numbers)

    def ids(self):
        """Numbers of devices, and those of transitional PCI devices."""
        if self.name == "device_ids":
            group, more = self.spec.group("ids"), self.spec.more
            for row in self.data["ids"]:
                value = group.numbered(row["id"])
                self.check(f"id {row['id']}", True, value is not None or row["id"] in more["reserved"])
                if row.get("pci_transitional_id"):
                    self.check(
                        f"id {row['id']} transitional",
                        row["pci_transitional_id"],
                        more["transitional"].get(value.name),
                    )
            self.check("unassigned", self.data["missing"], more["unassigned"])
        if "device_id" in self.data:
            self.check("device_id", self.data["device_id"], self.spec.id if self.spec else None)

    def registers(self):
        """Both tables of MMIO."""
        for version in ("modern", "legacy") if self.name == "mmio_registers" else ():
            ours = {
                name: row
                for row in self.spec.more["registers"]
                if version in row["versions"]
                for name in (row["name"], *row["aka"])
            }
            for row in self.data[version]:
                mine = ours.get(row["name"], {})
                key = f"{version} register {row['name']}"
                self.check(key, (row["offset"], row["access"]), (mine.get("offset"), mine.get("dir")))
                self.check(f"{key} bank", row.get("selected_by"), aka(ours, mine.get("bank_name"), row))
                if "old_name" in row:
                    self.check(f"{key} old name", True, row["old_name"] in mine.get("aka", ()))

    def status(self):
        """Bits of the status: value, owner, gate."""
        for row in self.data["bits"] if self.name == "status" else ():
            value = self.spec.group("bits").named(row["name"])
            self.check(f"bit {row['name']}", row["value"], value and value.value)
            self.check(f"bit {row['name']} by", row["set_by"], self.spec.more["owners"].get(row["name"]))

    def pci(self):
        """Numbers of the PCI transport without a name of the specification, by ours."""
        for key, name in PCI.items() if self.name == "pci" else ():
            theirs = self.data
            for part in key.split("."):
                theirs = theirs[part]
            value = next(
                (value for group in self.spec.groups for value in group.values if value.name == name), None
            )
            self.check(key, theirs, value and value.value)
        header = self.spec.struct("legacy_header_msix") if self.name == "pci" else None
        if header:
            places = {
                offset: field
                for _, offset, field in self.ours.package.leaves(self.spec, header)
                if not field.type.startswith("legacy")
            }
            for row in self.data["legacy_header"]:
                field = places.get(row["offset"])
                self.check(
                    f"legacy header {row['purpose']}",
                    (row["width"], row["access"]),
                    field and (field.size * 8, field.dir or "RW"),
                )

    def rings(self):
        """Alignments and sizes of the parts of a ring."""
        if self.name in ("split", "packed"):
            parts = [(part["align"], part_size(part)) for part in self.spec.more["parts"]]
            for row in self.data["parts"]:
                self.check(f"part {row['part']}", True, (row["align"], row["size"]) in parts)
            self.check("max_queue_size", self.data["max_queue_size"], self.spec.more["size_max"])
            self.check(
                "queue_size",
                self.data["queue_size"] == "power of 2",
                self.spec.more.get("power_of_two", False),
            )


PCI = {
    "vendor_id": "VENDOR_ID",
    "device_id_min": "DEVICE_ID_MIN",
    "device_id_max": "DEVICE_ID_MAX",
    "device_id_modern_base": "DEVICE_ID_MODERN_BASE",
    "revision_modern_min": "REVISION_MODERN_MIN",
    "revision_transitional": "REVISION_TRANSITIONAL",
    "subsystem_device_id_modern_min": "SUBSYSTEM_DEVICE_ID_MODERN_MIN",
    "cap_vndr": "CAP_ID_VNDR",
    "msi_no_vector": "MSI_NO_VECTOR",
    "msix_max_vector": "MSIX_VECTOR_MAX",
    "legacy.bar": "LEGACY_BAR",
    "legacy.device_config_offset_no_msix": "LEGACY_CONFIG",
    "legacy.device_config_offset_msix": "LEGACY_CONFIG_MSIX",
    "legacy.queue_align": "LEGACY_QUEUE_ALIGN",
}


def part_size(part):
    """Bytes of a part of a ring, as the specification's table has them."""
    terms = [str(part["head"])] if part["head"] else []
    return " + ".join(terms + ([f"{part['per_entry']} * (Queue Size)"] if part["per_entry"] else []))


def aka(registers, bank, row):
    """The selector by the name that this table has for it."""
    names = [bank, *registers.get(bank, {}).get("aka", ())] if bank else [None]
    return row.get("selected_by") if row.get("selected_by") in names else bank


def leaves(rows, path="", base=0):
    """(path, offset, row) of each field; what has no name is not in the path; arrays are not gone into."""
    for row in rows:
        name = row["name"].replace("-", "_")
        offset = None if row["offset"] is None or base is None else base + row["offset"]
        if name:
            yield path + name, offset, row
        if row.get("fields") and "count" not in row:
            yield from leaves(row["fields"], f"{path}{name}." if name else path, offset)


def shown(value):
    """A value as text."""
    if isinstance(value, (set, frozenset)):
        return (
            "{"
            + "; ".join(
                sorted(" or ".join(sorted(one)) if isinstance(one, frozenset) else one for one in value)
            )
            + "}"
        )
    return "nothing" if value is None else str(value)


def judge(wrong, entries):
    """(lines, how many are explained): what has no reason, and reasons that nothing needs."""
    used, lines, explained = set(), [], 0
    for key, text in wrong:
        entry = next(
            (
                place
                for place, entry in enumerate(entries)
                if any(fnmatch.fnmatchcase(key, pattern) for pattern in entry["facts"])
            ),
            None,
        )
        used.add(entry)
        explained += entry is not None
        if entry is None:
            lines.append(f"{key}: {text}")
    lines += [
        f"{LIST.name}: {', '.join(entry['facts'])}: explains nothing any more, take the entry out"
        for place, entry in enumerate(entries)
        if place not in used
    ]
    return lines, explained


def main():
    """Exit code: 0 every fact is described or explained, 1 one is not, 77 there are no facts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", metavar="DIR", type=Path, default=folder())
    parser.add_argument("--package", metavar="DIR", type=Path, default=PACKAGE)
    given = parser.parse_args()
    if given.facts is None:
        print("facts: skipped: no folder shared/spec/facts beside this checkout, and no $VWR_FACTS")
        return SKIPPED
    ours, wrong, count = Ours(given.package), [], 0
    for path in sorted(given.facts.glob("*.json")):
        facts = Facts(ours, path.stem, json.loads(path.read_text(encoding="utf-8"))).run()
        print(f"facts: {path.stem}: {facts.count}")
        wrong += facts.wrong
        count += facts.count
    lines, explained = judge(wrong, yaml.safe_load(LIST.read_text(encoding="utf-8")) or [])
    print("\n".join(lines))
    print(
        f"facts: {count} of {given.facts}: agreed {count - len(wrong)}, not so {len(wrong)} (explained {explained})"
    )
    if lines:
        print(f"next: fix spec/ and ./vwr generate, or give the reason in tests/spec/oracle/{LIST.name}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
