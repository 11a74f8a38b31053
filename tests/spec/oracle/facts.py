#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every fact of the facts folder (VIRTIO 1.4 as JSON, made by others) is described, or on a list with a reason."""

import argparse
import fnmatch
import functools
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
        self.values, self.features, self.structs, self.bare = {}, {}, {}, {}
        for one in self.specs.values():
            for group in one.groups:
                of_features = group.kind == "features"
                for value in group.values:
                    for name in (value.document, *value.aka):
                        found = self.features if of_features else self.values
                        found.setdefault(name, []).append((value, one))
                self.bare |= {value.name: value.document for value in group.values} if of_features else {}
            self.structs.update({struct.document: (struct, one) for struct in one.structs if struct.document})

    def struct(self, name):
        """
        [(Struct, {path: [(offset, Field, gate)]})]: older names of fields too; what is in a field is there with
        its gate.
        """
        if name not in self.structs:
            return []
        struct, one = self.structs[name]
        found = {}
        for path, offset, field in self.package.leaves(one, struct):
            above = path.rpartition(".")[0]
            gate = field.gate or (found[above][0][2] if above in found else ())
            for own in (field.name, *field.aka):
                found[path.removesuffix(field.name) + own] = [(offset, field, gate)]
        return [(struct, found)]

    def gate(self, one, names):
        """The specification's names of features that a thing of a file depends on."""
        own = one.group("features")
        found = {value.name: value.document for value in own.values} if own else {}
        return frozenset(found.get(name) or self.bare[name] for name in names)

    def needs(self, one, name):
        """What a feature needs, as a set of sets of the specification's names."""
        return frozenset(self.gate(one, rule.any) for rule in one.rules if rule.feature == name)


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

    def columns(self, key, row, **ours):
        """Those of these facts that the row has; a list stands for a set."""
        for column, value in ours.items():
            if column in row:
                self.check(f"{key} {column}", as_set(row[column]), value)

    def first(self, key, found):
        """The first of what was found; none: one fact that the description does not have at all."""
        if not found:
            self.count += 1
            self.wrong.append((f"{self.name} {key}", "not in the description"))
        return found[:1]

    def run(self):
        """All of the file."""
        for row in self.data.get("features", ()):
            self.feature(f"feature {row['name']}", {"legacy_only": False, **row})
        for rows in ("constants", "cap_types", "table_entries"):
            for row in self.data.get(rows) or ():
                self.constant(f"constant {row['name']}", row)
        common = [self.data["common_cfg"]] if "common_cfg" in self.data else []
        for row in [*(self.data.get("structs") or ()), *common]:
            self.struct(f"struct {row['name']}", row)
        if self.data.get("config"):
            self.config(self.data["config"])
        self.queues(self.data.get("queues", ()))
        for row in self.data.get("requests", ()):
            if isinstance(row.get("value"), int):
                self.requests(row)
        for row in self.data.get("shm") or ():
            self.check(f"region {row['name']}", True, row["id"] in self.regions())
        if "device_id" in self.data:
            self.check("device_id", self.data["device_id"], self.spec.id if self.spec else None)
        special = {
            "device_ids": self.ids,
            "mmio_registers": self.registers,
            "status": self.status,
            "pci": self.pci,
            "split": self.ring,
            "packed": self.ring,
        }
        if self.name in special:
            special[self.name]()
        return self

    def feature(self, key, row):
        """Bit, since, what it needs."""
        found = [value for value, one in self.ours.features.get(row["name"], ()) if one is self.spec]
        for value in self.first(key, found):
            needs = self.ours.needs(self.spec, value.name)
            self.columns(key, row, bit=value.value, legacy_only=value.only == "legacy", requires=needs)
            if not row["legacy_only"]:
                self.columns(key, row, since=value.since)

    def constant(self, key, row):
        """Value and since."""
        found = [value for value, _ in self.ours.values.get(row["name"], ())]
        for value in self.first(key, sorted(found, key=lambda value: value.value != row["value"])):
            self.columns(key, row, value=value.value)
            if value.only != "legacy":
                self.columns(key, row, since=value.since)

    def struct(self, key, row):
        """Size, since, and each field."""
        for struct, fields in self.first(key, self.ours.struct(row["name"])):
            self.columns(key, row, size=struct.size if struct.fixed else None, since=struct.since)
            for path, offset, field in leaves(row["fields"]):
                self.field(f"{key}.{path}", {**field, "offset": offset}, fields.get(path, []))

    def field(self, key, row, found):
        """One field: place, type, size, access, gate."""
        for at, field, gate in self.first(key, found):
            if not row["type"].startswith(("struct", "union")):
                row = {**row, "type": SAME_TYPE.get(row["type"], row["type"]), "size": row.get("size")}
                self.columns(key, row, type=field.type, size=field.size)
            gate = self.ours.gate(self.spec, gate) if "gate" in row else None
            self.columns(key, row, offset=at, access=field.dir or "R", gate=gate)

    def config(self, config):
        """Fields of the configuration: access and gates."""
        for _, fields in self.first(f"config {config['struct']}", self.ours.struct(config["struct"])):
            for row in config["fields"]:
                self.field(f"config {row['name']}", row, fields.get(row["name"], []))

    def queues(self, rows):
        """Index, direction, gate, by their order."""
        ours = self.spec.queues if self.spec else ()
        if rows:
            self.check("queues number", len(rows), len(ours))
        for row, queue in zip(rows, ours):
            key = f"queue {row['name']}"
            row = {"exists_if": [], **row, "dir": {"inout": "both"}.get(row["dir"], row["dir"])}
            self.columns(key, row, dir=queue.dir, exists_if=self.ours.gate(self.spec, queue.gate))
            if row["index"].isdigit():
                self.check(f"{key} index", int(row["index"]), queue.index)

    def requests(self, row):
        """Numbers of a request and its commands, by name."""
        names = [(row["name"], row["value"])]
        names += [(f"{row['name']}_{command}", number) for command, number in row.get("cmds", ())]
        for name, number in names:
            found = [
                value
                for full in (name, f"VIRTIO_{self.name.upper()}_{name}", f"VIRTNET_{name}")
                for value, _ in self.ours.values.get(full, ())
                if value.value == number
            ]
            self.check(f"request {name}", True, bool(found))
            if found and (name == row["name"]) != ("cmds" in row):  # a class of commands has none of it
                self.request(f"request {name}", row, found[0])

    def request(self, key, row, value):
        """What allows a request, who sends it, and the structs in it."""
        if isinstance(row.get("gate"), list):
            self.columns(key, row, gate=self.ours.gate(self.spec, value.gate))
        self.columns(key, row, sender=value.sender)
        for words, ours in (("struct request", value.out), ("response", value.back)):
            theirs = next((row[word] for word in words.split() if isinstance(row.get(word), str)), "")
            theirs = [part.removesuffix("[]") for part in theirs.split(" + ") if part.startswith("virtio_")]
            documents = [self.spec.struct(name).document for name in ours if self.spec.struct(name)]
            if theirs:
                here = [part for part in theirs if part in documents]
                self.check(f"{key} {words.split()[-1]}", theirs, here)

    def regions(self):
        """Numbers of shared memory regions."""
        groups = [group for group in self.spec.groups if group.kind == "shared-memory"]
        return {value.value for group in groups for value in group.values}

    def ids(self):
        """Numbers of devices, and those of transitional PCI devices."""
        group, more = self.spec.group("ids"), self.spec.more
        for row in self.data["ids"]:
            key, value = f"id {row['id']}", group.numbered(row["id"])
            self.check(key, True, value is not None or row["id"] in more["reserved"])
            if row.get("pci_transitional_id"):
                self.columns(key, row, pci_transitional_id=more["transitional"].get(value and value.name))
        self.check("unassigned", self.data["missing"], more["unassigned"])

    def registers(self):
        """Both tables of MMIO."""
        for version in ("modern", "legacy"):
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
        """Bits of the status: value, owner."""
        for row in self.data["bits"]:
            value, owner = self.spec.group("bits").named(row["name"]), self.spec.more["owners"].get(
                row["name"]
            )
            self.columns(f"bit {row['name']}", row, value=value and value.value, set_by=owner)

    def pci(self):
        """Numbers of the PCI transport without a name of the specification, by ours."""
        values = {value.name: value.value for group in reversed(self.spec.groups) for value in group.values}
        for key, name in PCI.items():
            theirs = functools.reduce(dict.__getitem__, key.split("."), self.data)
            self.check(key, theirs, values.get(name))
        header = self.spec.struct("legacy_header_msix")
        places = {
            offset: (field.size * 8, field.dir or "RW")
            for _, offset, field in self.ours.package.leaves(self.spec, header)
            if not field.type.startswith("legacy")
        }
        for row in self.data["legacy_header"]:
            theirs = row["width"], row["access"]
            self.check(f"legacy header {row['purpose']}", theirs, places.get(row["offset"]))

    def ring(self):
        """Alignments and sizes of the parts of a ring."""
        more = self.spec.more
        parts = [(part["align"], part_size(part)) for part in more["parts"]]
        for row in self.data["parts"]:
            self.check(f"part {row['part']}", True, (row["align"], row["size"]) in parts)
        self.columns("ring", self.data, max_queue_size=more["size_max"])
        power = more.get("power_of_two", False)
        self.check("queue_size", self.data["queue_size"] == "power of 2", power)


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


def as_set(value):
    """A list of names, or of such lists, as a set."""
    return frozenset(map(as_set, value)) if isinstance(value, list) else value


def shown(value):
    """A value as text."""
    if isinstance(value, frozenset):
        parts = (" or ".join(sorted(one)) if isinstance(one, frozenset) else one for one in value)
        return f"{{{'; '.join(sorted(parts))}}}"
    return "nothing" if value is None else str(value)


def judge(wrong, entries):
    """(lines, how many are explained): what has no reason, and reasons that nothing needs."""
    used, lines, explained = set(), [], 0
    for key, text in wrong:
        places = [
            place
            for place, entry in enumerate(entries)
            if any(fnmatch.fnmatchcase(key, pattern) for pattern in entry["facts"])
        ]
        used.update(places[:1])
        explained += bool(places)
        lines += [] if places else [f"{key}: {text}"]
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
