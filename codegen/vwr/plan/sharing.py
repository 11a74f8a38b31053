# SPDX-License-Identifier: MIT
"""Checks of shared resources in a plan: disks, switches, screens, folders."""

import os
from pathlib import Path

from vwr.plan import kinds
from vwr.plan.checker import Checker
from vwr.plan.model import Device, Disk, SECTOR, Window
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import repeated


class Sharing(Checker):
    """Each resource exists, and exclusive resources have one user."""

    def run(self) -> None:
        there = [
            device for device in self.known() if device.kind and device.kind.shares and self.is_there(device)
        ]
        self.disks([window for device in there for window in device.windows])
        self.units([device for device in there if device.word == "scsi"])
        self.context_ids()
        self.switches()
        self.macs()
        self.screens([device for device in there if device.word == "gpu"])
        self.folders([device for device in there if device.word in ("folder", "fs")])

    def is_there(self, device: Device) -> bool:
        """Whether the plan has all resources of the device."""
        word = device.kind.shares if device.kind else ""
        key = "units" if device.word == "scsi" else word
        known = [one.name for one in self.plan.things(word)]
        if key not in device.data:
            self.error(
                device.path,
                f"missing '{key}'",
                "VWR-P019",
                did_you_mean("", known, f"known {kinds.SHARED[word]}"),
            )
        for path, name in device.named:
            if name not in known:
                self.error(
                    path,
                    f"unknown {word} '{name}'",
                    "VWR-P019",
                    did_you_mean(name, known, f"known {kinds.SHARED[word]}"),
                )
        return key in device.data and all(name in known for name in device.shares)

    # Disks ---------------------------------------------------------------------------------------------------------

    def disks(self, windows: list[Window]) -> None:
        """Windows lie on their disk, and do not overlap another window if one of them is writable."""
        for disk in self.plan.disks:
            if disk.block_size & (disk.block_size - 1):
                self.error((*disk.path, "block-size"), f"{disk.block_size} is not a power of 2", "VWR-P006")
        for index, window in enumerate(windows):
            self.window(window, next(disk for disk in self.plan.disks if disk.name == window.data["disk"]))
            if window.device.word == "block":
                self.zones(window.device)
            self.overlap(window, windows[:index])

    def window(self, window: Window, disk: Disk) -> None:
        """Checks one window."""
        first, end = self.plan.window(window)
        if disk.sectors is not None and (first >= disk.sectors or (end or 0) > disk.sectors):
            key = "first" if first >= disk.sectors else "sectors"
            self.error(
                self.place(window.path, key),
                f"the window extends beyond the end of disk '{disk.name}'",
                "VWR-P021",
                f"the disk has {disk.sectors} sectors",
                self.place(disk.path, "sectors"),
            )
        for key, value in (("first", first), ("sectors", None if end is None else end - first)):
            if value and value * SECTOR % disk.block_size:
                self.error(
                    self.place(window.path, key),
                    f"{value} sectors are not a whole number of blocks of '{disk.name}'",
                    "VWR-P022",
                    f"a block has {disk.block_size // SECTOR} sectors",
                    self.place(disk.path, "block-size"),
                )

    def zones(self, device: Device) -> None:
        """Zones that make up a window."""
        own = [key for key in kinds.ZONES if key in device.data]
        model, size = device.data.get("zoned"), device.data.get("zone-sectors", 0)
        if model is None or not size:
            for key in own[:1]:
                self.error(
                    (*device.path, key),
                    f"'{key}' requires '{'zone-sectors' if model else 'zoned'}'",
                    "VWR-P039",
                    key=True,
                )
        elif size & (size - 1):
            self.error((*device.path, "zone-sectors"), f"{size} is not a power of 2", "VWR-P006")
        elif not self.plan.zones(device):
            self.error(
                (*device.path, "zoned"),
                "a disk of unknown size cannot have zones",
                "VWR-P039",
                "set 'sectors' of the disk or of the window",
            )
        elif device.data.get("zone-capacity", 0) > size or device.data.get(
            "conventional", 0
        ) > self.plan.zones(device):
            key = "zone-capacity" if device.data.get("zone-capacity", 0) > size else "conventional"
            self.error(
                (*device.path, key),
                f"{device.data[key]} is too large",
                "VWR-P039",
                f"the window has {self.plan.zones(device)} zones of {size} sectors",
            )
        elif model == "host-managed" and device.legacy:
            self.error(
                (*device.path, "zoned"),
                "a legacy driver does not support host-managed zones",
                "VWR-P039",
                "use transport: modern, or zoned: host-aware",
            )
        elif model == "host-aware" and kinds.LIMITS & set(own):
            key = next(key for key in own if key in kinds.LIMITS)
            self.error(
                (*device.path, key),
                f"a host-aware disk cannot have '{key}'",
                "VWR-P039",
                "only a host-managed disk can have it",
                key=True,
            )

    def overlap(self, window: Window, others: list[Window]) -> None:
        """Reports the first of the others that has sectors of this window."""
        first, end = self.plan.window(window)
        for other in others:
            if (
                window.data["disk"] != other.data["disk"]
                or window.data.get("read-only")
                and other.data.get("read-only")
            ):
                continue
            there, behind = self.plan.window(other)
            if (behind is not None and first >= behind) or (end is not None and there >= end):
                continue
            self.error(
                self.place(window.path, "first"),
                f"the sectors of '{window.data['disk']}' from {max(first, there)} on "
                f"also belong to {other.name}",
                "VWR-P020",
                "only read-only windows may overlap",
                self.place(other.path, "first"),
            )
            return

    # SCSI hosts, socket devices ------------------------------------------------------------------------------------

    def units(self, hosts: list[Device]) -> None:
        """The units of a host differ in target or number."""
        for device in hosts:
            for unit, first in repeated(((unit.target, unit.lun), unit) for unit in device.windows):
                self.error(
                    self.place(unit.path, "lun"),
                    f"duplicate unit {unit.lun} of target {unit.target}",
                    "VWR-P041",
                    None,
                    self.place(first.path, "lun"),
                )

    def context_ids(self) -> None:
        """A context ID belongs to one guest."""
        sockets = [device for device in self.known() if device.word == "vsock"]
        for device in sockets:
            if device.buffer & (device.buffer - 1):
                self.error((*device.path, "buffer"), f"{device.buffer} is not a power of 2", "VWR-P006")
        for device, first in repeated((device.cid, device) for device in sockets):
            self.error(
                self.place(device.path, "cid"),
                f"{device.cid} is already the context ID of {first.vm.name}.{first.name}",
                "VWR-P042",
                "without 'cid', the plan gives each VM its own context ID",
                self.place(first.path, "cid"),
            )

    # Switches ------------------------------------------------------------------------------------------------------

    def switches(self) -> None:
        """A switch has ports, and its offloads are consistent."""
        for switch in self.plan.switches:
            if not self.plan.users(switch):
                self.error(
                    self.place(switch.path, "name"),
                    f"switch '{switch.name}' has no port",
                    "VWR-P028",
                    f"add a device of kind 'network' with 'switch: {switch.name}', or remove it",
                )
            for word, needed in kinds.missing_offloads(switch.offloads):
                self.error(
                    (*switch.path, "offloads", switch.offloads.index(word)),
                    f"{word} requires {needed}",
                    "VWR-P037",
                    f"add {needed} to 'offloads'",
                )

    def macs(self) -> None:
        """
        An address belongs to one device, even on different switches, since these may be connected outside.
        """
        first: dict[str, Device] = {}
        for device in self.known():
            if device.word != "network":
                continue
            where = self.place(device.path, "mac")
            if int(device.mac[:2], 16) & 1:
                self.error(
                    where,
                    f"{device.mac} is a multicast address",
                    "VWR-P031",
                    "the first byte of a unicast address is even",
                )
            elif device.mac == "00:00:00:00:00:00":
                self.error(where, f"{device.mac} is not a valid device address", "VWR-P031")
            elif device.mac in first:
                self.error(
                    where,
                    f"{device.mac} is already the address of {first[device.mac].vm.name}.{first[device.mac].name}",
                    "VWR-P030",
                    "without 'mac', the plan gives each device its own address",
                    self.place(first[device.mac].path, "mac"),
                )
            first.setdefault(device.mac, device)

    # Screens -------------------------------------------------------------------------------------------------------

    def screens(self, gpus: list[Device]) -> None:
        """A screen has at most one gpu, which has memory for it."""
        users = [(name, device) for device in gpus for name in device.shares]
        for (name, device), (_, first) in repeated((name, (name, device)) for name, device in users):
            self.error(
                (*device.path, "screen"),
                f"screen '{name}' already belongs to {first.vm.name}.{first.name}",
                "VWR-P029",
                "give each gpu its own screen",
                (*first.path, "screen"),
            )
        for device in gpus:
            need = sum(screen.bytes for screen in self.plan.resources(device))
            if self.plan.gpu_memory(device) < need:
                self.error(
                    (*device.path, "memory"),
                    f"{device.data['memory']} bytes are too little for the screens of this device",
                    "VWR-P035",
                    f"use at least {need}, or three times as much to draw one picture while another is shown",
                )

    # Folders -------------------------------------------------------------------------------------------------------

    def folders(self, devices: list[Device]) -> None:
        """Folders exist, and the tags of a guest are unique."""
        for folder in self.plan.folders:
            if folder.where is not None and folder.size is not None:
                self.error(
                    (*folder.path, "size"),
                    "'path' and 'size' cannot be used together",
                    "VWR-P025",
                    "use path: for a folder of the host, or size: for a tree in memory",
                    key=True,
                )
            elif folder.size is None and "files" in self.spec.at(folder.path):
                self.error(
                    (*folder.path, "files"),
                    "'files' requires 'size'",
                    "VWR-P038",
                    "only a tree in memory can have files",
                    key=True,
                )
            elif folder.where is not None and not os.path.isdir(Path(self.spec.path).parent / folder.where):
                self.error(
                    (*folder.path, "path"),
                    f"there is no folder '{folder.where}'",
                    "VWR-P036",
                    "path: is relative to the folder that contains the plan",
                )
        tagged = (((device.vm.index, device.word, device.tag), device) for device in devices)
        for device, first in repeated(tagged):
            self.error(
                self.place(device.path, "tag"),
                f"duplicate tag '{device.tag}' in VM '{device.vm.name}'",
                "VWR-P032",
                "the guest identifies a folder by its tag",
                self.place(first.path, "tag"),
            )
