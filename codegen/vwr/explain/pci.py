# SPDX-License-Identifier: MIT
"""VirtIO over PCI for rules with the names of MMIO registers: the register for each name, and its offset."""

import re

from vwr import description
from vwr.explain.book import Book, Row

# Consecutive address ranges of the structures in a walk, relative to the first one: `places` maps an access
# there.
COMMON, ISR, CONFIG, NOTIFY, END = 0x0, 0x1000, 0x2000, 0x3000, 0x10003000
ROOM = {"common": COMMON, "legacy": COMMON, "isr": ISR, "device": CONFIG, "notify": NOTIFY}
LARGEST = {
    "common": ISR - COMMON,
    "legacy": ISR - COMMON,
    "isr": CONFIG - ISR,
    "device": NOTIFY - CONFIG,
    "notify": END - NOTIFY,
}

# Names of the registers in the rules.
MODERN = {
    "device_feature_select": "DeviceFeaturesSel",
    "device_feature": "DeviceFeatures",
    "driver_feature_select": "DriverFeaturesSel",
    "driver_feature": "DriverFeatures",
    "device_status": "Status",
    "config_generation": "ConfigGeneration",
    "queue_select": "QueueSel",
    "queue_size": "QueueSize",
    "queue_enable": "QueueReady",
    "queue_desc": "QueueDesc",
    "queue_driver": "QueueDriver",
    "queue_device": "QueueDevice",
    "queue_reset": "QueueReset",
    "isr_status": "InterruptStatus",
    "value": "QueueNotify",
}
LEGACY = {
    "device_features": "DeviceFeatures",
    "driver_features": "DriverFeatures",
    "queue_address": "QueuePFN",
    "queue_size": "QueueSizeMax",
    "queue_select": "QueueSel",
    "queue_notify": "QueueNotify",
    "device_status": "Status",
    "isr_status": "InterruptStatus",
}
NOTIFICATION = "notification structure"  # it has notification addresses for queues, but no named registers
SHOWN = {"value": NOTIFICATION}


class PciBook(Book):
    """
    The specification of a device on PCI with one interface; `vectors`: a legacy device with MSI-X enabled.
    """

    transport = "pci"

    def __init__(self, book: Book, interface: str, vectors: bool) -> None:
        self.__dict__.update(book.__dict__)
        one = description.specs()["pci"]
        blocks, structs = one.more["blocks"], {struct.name: struct for struct in one.structs}
        self.names = MODERN if interface == "modern" else LEGACY
        if interface == "modern":
            self.config_at = CONFIG
            rows = [
                *self._of(blocks["common_cfg"], COMMON),
                *self._of(blocks["isr_cfg"], ISR),
                *self._of(blocks["notification_data"], NOTIFY),
            ]
        else:
            header = blocks["legacy_header_msix" if vectors else "legacy_header"]
            self.config_at = structs["legacy_header_msix" if vectors else "legacy_header"].size
            rows = self._of(header, COMMON)
        for row in rows:
            if row["offset"] == NOTIFY:
                row["bytes"] = END - NOTIFY
        rows.append(
            {
                **book.registers["Config"],
                "offset": self.config_at,
                "bytes": LARGEST["device"],
                "versions": [interface],
            }
        )
        bits = [
            {
                "register": "InterruptStatus",
                "name": row.name,
                "shift": row.value.bit_length() - 1,
                "width": 1,
                "if": None,
            }
            for row in next(group for group in one.groups if group.name == "isr").values
        ]
        bits += [
            {"register": "QueueNotify", "name": name, "shift": shift, "width": width, "if": None}
            for name, shift, width, _ in structs["notification_data"].fields[0].bits
        ]
        self.mmio = {**book.mmio, "registers": rows, "bits": bits}
        self.registers = {row["name"]: row for row in rows}
        self.sections = {
            **book.sections,
            "registers": structs["common_cfg" if interface == "modern" else "legacy_header"].section,
            "space": one.section,
        }
        self._rows = {
            row["offset"] + i: row for row in rows if row["bytes"] <= 8 for i in range(row["bytes"])
        }
        said = {role: SHOWN.get(name, name) for name, role in self.names.items()}
        said.update(
            {row["name"]: row["shown"] for row in rows if row["name"] != row["register"]},
            QueueSizeMax="queue_size",
        )
        self._said = said
        self._words = re.compile(rf"\b({'|'.join(sorted(said, key=len, reverse=True))})\b")

    def _of(self, block: list[Row], at: int) -> list[Row]:
        """The rows of a structure, with the names of the rules."""
        out = []
        for row in block:
            plain, whole = (row[key].rpartition(".")[2] for key in ("name", "register"))
            role, bank = self.names.get(whole, whole), row["bank_name"]
            half = plain.removeprefix(f"{whole}_").capitalize() if plain != whole else ""
            out.append(
                {
                    **row,
                    "name": role + half,
                    "register": role,
                    "offset": at + row["offset"],
                    "shown": plain,
                    "bank_name": self.names.get(bank.rpartition(".")[2]) if bank else None,
                }
            )
        return out

    def at(self, offset: int) -> Row | None:
        """
        The register that contains this byte. The notification structure and the configuration have no end.
        """
        if NOTIFY <= offset < END and "modern" in self.registers["QueueNotify"]["versions"]:
            return self.registers["QueueNotify"]
        if self.config_at <= offset < self.config_at + LARGEST["device"]:
            return self.registers["Config"]
        return self._rows.get(offset)

    def worded(self, text: str) -> str:
        """A sentence of the rules with the register names of this transport."""
        return self._words.sub(lambda match: self._said[match[1]], text)
