# SPDX-License-Identifier: MIT
"""The document as the explainer asks for it: names and numbers of the model that codegen/ builds from spec/."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "codegen"))

import check  # noqa: E402  (the folder is not a package: it has to be on the path first)
import load  # noqa: E402
import model  # noqa: E402
from model_parts import VERSIONS  # noqa: E402

TRANSPORT = "mmio"
RESULTS = "runtime/include/vwr/result.h"


class BookError(Exception):
    """The description cannot be used."""


class Device:
    """What the document says of one device type that spec/device describes."""

    def __init__(self, row):
        self.name, self.section = row["name"], row["section"]
        self.features = {f["value"]: f for f in row["features"]["rows"]}
        self.feature_section = row["features"]["section"]
        self.rules = [rule for table in row["rule_tables"][:1] for rule in table["rows"]]
        config = row["config"]
        self.fields = config["accessors"] if config else []
        self.config_bytes = config["struct"]["size"] if config else 0
        self.config_section = config["section"] if config else self.section
        self.queues = row["queues"]["rows"]
        self.status = (row["request"] or {}).get("status")
        self.request_queue = (row["request"] or {}).get("queue")  # where each buffer is answered before long

    def field_at(self, offset):
        """The field of the configuration that has this byte, or None."""
        for field in self.fields:
            if field["offset"] <= offset < field["offset"] + field["bytes"] * (field["count"] or 1):
                return field
        return None

    def queue_name(self, index):
        """What the document calls the queue, '' if it has no name for it."""
        for row in self.queues:
            if row["value"] == index or row["value"] < index and row["count_if"]:
                return row["name"]
        return ""


class Book:
    """All that is asked of the description."""

    def __init__(self, root=ROOT):
        tree = load.load_tree(root)
        check.check_tree(tree)
        if tree.problems.count:
            raise BookError("spec/ has problems: ./vwr check tells them")
        models = model.build(tree)
        named = {row["name"]: row for row in models}
        self.mmio, self.ring, self.packed = named[TRANSPORT], named["split-ring"], named["packed-ring"]
        self.registers = {row["name"]: row for row in self.mmio["registers"]}
        self.size, self.word = self.mmio["size"], self.mmio["word"]
        self.word_bits = 8 * self.word
        self.versions = {row["value"]: row["name"] for row in self.mmio["versions"]}
        self.magic = self.registers["MagicValue"]["value"]
        values = {row["name"]: row["value"] for row in named["status"]["enums"][0]["rows"]}
        steps = [step["name"] for step in named["status"]["steps"]]
        self.status = {name: values[name] for name in dict.fromkeys([*steps, *values])}  # as a start-up takes them
        self.status_owner = {row["name"]: row["by"] for row in tree.by_name("status").data["bits"]}
        self.steps = named["status"]["steps"]
        self.reset = named["status"]["reset"]["value"]
        self.features = {row["value"]: row for row in named["features"]["enums"][0]["rows"]}
        self.feature_bit = {row["name"]: bit for bit, row in self.features.items()}
        self.feature_rules = named["features"]["rules"]
        self.types = {row["value"]: row["label"] for row in named["ids"]["enums"][0]["rows"]}
        self.empty = named["ids"]["reserved"]
        self.devices = {row["id"]: Device(row) for row in models if row["kind"] == "device"}
        self.by_name = {device.name: device for device in self.devices.values()}
        self.sections = {"registers": self.mmio["section"], "status": named["status"]["section"],
                         "features": named["features"]["section"], "ids": named["ids"]["section"],
                         "ring": self.ring["section"], "packed": self.packed["section"]}
        self._rows = {row["offset"] + i: row for row in self.mmio["registers"] for i in range(row["bytes"])}
        self.results = _results(root)

    def at(self, offset):
        """The register that has this byte, or None."""
        return self._rows.get(offset)

    def turned(self, value):
        """A word with its bytes turned round."""
        return int.from_bytes(value.to_bytes(self.word, "little"), "big")

    def offset(self, name):
        """Where a register is."""
        return self.registers[name]["offset"]

    def has(self, version, name):
        """Whether the version has a register of that name, or a half of it."""
        rows = [row for row in self.mmio["registers"] if name in (row["name"], row["register"])]
        return any(version in row["versions"] for row in rows)

    def when(self, row, version):
        """(bits that must be set, bits that must be clear) for a write to count."""
        index = VERSIONS.index(version)
        return row["set_names"][index], row["clear_names"][index]

    def step(self, name, version):
        """The step by which a driver sets a status bit, None if this version has none."""
        for step in self.steps:
            if step["name"] == name and not step["clears"] and version in step["versions"]:
                return step
        return None

    def step_names(self, step, key, version):
        """Names of the bits that must (`after`) or must not (`before`) be there."""
        return step[f"{key}_names"][VERSIONS.index(version)]

    def bits(self, register):
        """The named parts of a register."""
        return [bit for bit in self.mmio["bits"] if bit["register"] == register]

    def feature_name(self, bit, device):
        """A feature's name, by its number if the document here has none."""
        row = (device.features.get(bit) if device else None) or self.features.get(bit)
        return row["name"] if row else f"bit {bit}"

    def addresses(self):
        """The 64-bit registers of a queue's areas, with the area's part in the split and in the packed layout."""
        names = list(dict.fromkeys(row["register"] for row in self.mmio["registers"] if row["bank_name"] == "QueueSel"
                                   and row["register"] != row["name"]))
        return list(zip(names, self.ring["parts"], self.packed["parts"]))


def _results(root):
    """{value: name and meaning} of the runtime's results."""
    try:
        text = (Path(root) / RESULTS).read_text(encoding="utf-8")
    except OSError:
        return {}
    rows = re.findall(r"^    (VWR_\w+) = (-?\d+),?\s*(?:/\* (.*?) \*/)?$", text, re.MULTILINE)
    return {int(value): f"{name}, {words}" if words else name for name, value, words in rows}
