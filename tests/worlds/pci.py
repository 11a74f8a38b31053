# SPDX-License-Identifier: MIT
"""A PCI host with its functions, and a virtio device behind one of them.

From the section Virtio Over PCI Bus, and the PCI specification: configuration space, BARs, bridges, MSI-X.
"""

import struct
from typing import Any

import described
from device import Device

PLACE_SPACE, PLACE_STRUCTURE = 2, 3
COMMON, NOTIFY, ISR, DEVICE, PCI_CFG, REGION = 1, 2, 3, 4, 5, 8
FIELDS = described.fields("transport/pci", "common_cfg")
LEGACY = described.fields("transport/pci", "legacy_header")
COMMAND_IO, COMMAND_MEMORY, COMMAND_MASTER, COMMAND_NO_INTX = 1, 2, 4, 0x400
ONES = {1: 0xFF, 2: 0xFFFF, 4: 0xFFFFFFFF}
KINDS = {"io": 1, "mem32": 0, "mem64": 4, "prefetch64": 12}  # the low bits of a BAR


LEGACY_KIND, TABLE_KIND = 100, 101  # what else is behind a BAR


class Function:
    """Configuration space of 256 bytes; `mask` are the bits that a write changes."""

    def __init__(self, vendor: int, device: int, header: int = 0) -> None:
        self.data, self.mask = bytearray(256), bytearray(256)
        struct.pack_into("<HH", self.data, 0, vendor, device)
        self.data[14] = header
        self.allow(4, 0x0547, 2)
        self.allow(0x3C, 0xFF, 1)

    def allow(self, at: int, bits: int, size: int) -> None:
        """Bits that can be written."""
        self.mask[at : at + size] = bits.to_bytes(size, "little")

    def put(self, at: int, value: int, size: int) -> None:
        """Sets a field."""
        self.data[at : at + size] = value.to_bytes(size, "little")

    def get(self, at: int, size: int) -> int:
        """A field."""
        return int.from_bytes(self.data[at : at + size], "little")

    def write(self, at: int, value: int, size: int) -> None:
        """A write of the driver."""
        for i in range(size):
            bits = self.mask[at + i]
            self.data[at + i] = self.data[at + i] & ~bits | (value >> 8 * i) & 0xFF & bits


class Bridge(Function):
    """A bridge, whose bus numbers and windows firmware or the driver sets."""

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__(0x1B36, 1, 1)
        self.put(0x0A, 0x0604, 2)
        self.allow(0x18, 0xFFFFFF, 3)
        self.allow(0x20, 0xFFF0FFF0, 4)
        self.allow(0x24, 0xFFF0FFF0, 4)
        self.put(0x18, row.get("buses", 0), 3)
        self.put(0x20, row.get("memory", 0x0000FFF0), 4)
        self.put(0x24, 0x0001FFF1, 4)
        self.put(4, row.get("command", 0), 2)

    def forwards(self, address: int) -> bool:
        """Whether memory accesses pass."""
        base, limit = self.get(0x20, 2) >> 4 << 20, (self.get(0x22, 2) >> 4 << 20) + 0xFFFFF
        return bool(self.get(4, 2) & COMMAND_MEMORY) and base <= address <= limit


class Virtio(Function):
    """The function of the device: BARs and capabilities as the world has them."""

    def __init__(self, world: dict[str, Any]) -> None:
        super().__init__(0x1AF4, world["device_id"])
        self.world = world
        self.put(8, world["revision"], 1)
        self.put(0x2C, 0x1AF4, 2)
        self.put(0x2E, world["subsystem"], 2)
        self.put(0x3D, world["pin"], 1)
        self.put(14, 0x80 if world.get("multifunction") else 0, 1)
        self.bars: dict[int, tuple[str, int]] = {}
        for row in world["bars"]:
            self._bar(row)
        self.put(4, world["command"], 2)
        self.msix, self.power = 0, 0
        self._capabilities()

    def _bar(self, row: dict[str, Any]) -> None:
        index, kind, size = row["index"], row["kind"], row["size"]
        self.bars[index] = (kind, size)
        wide = kind in ("mem64", "prefetch64")
        bytes_of = 8 if wide else 4
        self.allow(0x10 + 4 * index, ~(size - 1) & ((1 << 8 * bytes_of) - 1), bytes_of)
        self.put(0x10 + 4 * index, row["at"] | KINDS[kind], bytes_of)

    def bar(self, index: int) -> int:
        """Where a BAR is."""
        kind, size = self.bars[index]
        wide = kind in ("mem64", "prefetch64")
        return self.get(0x10 + 4 * index, 8 if wide else 4) & ~(size - 1)

    def _capabilities(self) -> None:
        at, last = 0x40, 0x34
        rows = self.world["capabilities"]
        if rows:
            self.put(6, 0x10, 2)
        for row in rows:
            size = self._capability(at, row)
            self.data[last] = at
            last = at + 1
            at += (size + 3) // 4 * 4
        self.data[last] = self.world.get("list_end", 0)

    def _capability(self, at: int, row: dict[str, Any]) -> int:
        kind = row["type"]
        if kind == "msix":
            return self._msix(at, row)
        if kind == "power":
            self.power = at
            self.data[at : at + 8] = struct.pack("<BBHHBB", 1, 0, 3, row["state"], 0, 0)
            self.allow(at + 4, 3, 2)
            return 8
        if kind == "msi":
            self.data[at : at + 16] = struct.pack("<BBHIIHH", 5, 0, row["control"], 0, 0, 0, 0)
            self.allow(at + 2, 0x71, 2)
            return 16
        if kind == "other":
            self.data[at : at + 2] = bytes([row["id"], 0])
            return max(4, row["size"])
        least = {NOTIFY: 20, PCI_CFG: 20, REGION: 24}.get(kind, 16)
        length = row.get("cap_len", least)
        size = max(length, least)
        self.data[at : at + 16] = struct.pack(
            "<BBBBBBHII",
            9,
            0,
            length,
            kind,
            row["bar"],
            row.get("id", 0),
            0,
            row["offset"] & 0xFFFFFFFF,
            row["length"] & 0xFFFFFFFF,
        )
        if kind == NOTIFY:
            self.put(at + 16, row["multiplier"], 4)
        if kind == REGION:
            self.put(at + 16, row["offset"] >> 32, 4)
            self.put(at + 20, row["length"] >> 32, 4)
        if kind == PCI_CFG:
            for offset, bits in ((4, 0xFF), (8, 0xFFFFFFFF), (12, 0xFFFFFFFF)):
                self.allow(at + offset, bits, 1 if offset == 4 else 4)
        return size

    def _msix(self, at: int, row: dict[str, Any]) -> int:
        self.msix = at
        control = row["vectors"] - 1 | row["control"]
        table = row["table_at"] | row["table_bar"]
        self.data[at : at + 12] = struct.pack(
            "<BBHII", 0x11, 0, control, table, row["pending_at"] | row["pending_bar"]
        )
        self.allow(at + 2, 0xC000, 2)
        return 12

    def has_messages(self) -> bool:
        """Whether MSI-X is enabled."""
        return bool(self.msix and self.data[self.msix + 3] & 0x80)

    def is_asleep(self) -> bool:
        """In a power state in which registers do not answer."""
        return bool(self.power and self.data[self.power + 4] & 3 == 3)


class Host:
    """The bus that the driver's machine sees: configuration space, and windows of memory and ports."""

    def __init__(self, world: dict[str, Any], device: Device) -> None:
        self.world, self.device = world, device
        self.functions: dict[int, Function] = {}
        for row in world.get("others", []):
            self.functions[row["at"]] = (
                Bridge(row) if row.get("bridge") else Function(row["vendor"], row["device"])
            )
            if not row["at"] & 7 and row.get("multifunction"):
                self.functions[row["at"]].data[14] |= 0x80
        self.virtio = Virtio(world)
        self.functions[world["function"]] = self.virtio
        self.ports_at = 0
        self.select = {"device_feature_select": 0, "driver_feature_select": 0, "queue_select": 0}
        self.table = bytearray(16 * 2048)

    def regions(self) -> dict[int, tuple[int, int]]:
        """Address and size of each region of shared memory that the driver must not ignore."""
        rows = [
            row
            for row in self.world["capabilities"]
            if row["type"] == REGION and row["bar"] in self.virtio.bars
        ]
        return {
            row["id"]: (self.virtio.bar(row["bar"]) + row["offset"], row["length"]) for row in reversed(rows)
        }

    # ---- what an address is ----

    def place(self, at: int, size: int) -> tuple[int, int, int] | None:
        """What an address is: for the monitor."""
        if self._in_ports(at) or self._in_other_segment(at):
            return (0, 0, 0)
        function = self._function(at)
        if function is not None:
            return (PLACE_SPACE, 0, at & 0xFFF) if self._here(function) is self.virtio else (0, 0, 0)
        target = self._target(at, size)
        if target is None:
            return None
        kind, offset = target
        return (PLACE_STRUCTURE, kind, offset) if kind in (COMMON, NOTIFY, ISR, DEVICE) else (0, 0, 0)

    def _in_ports(self, at: int) -> bool:
        return bool(self.world.get("ports")) and at - self.world["space"] in (0, 4)

    def _in_other_segment(self, at: int) -> bool:
        """Configuration space of a segment without functions."""
        rows = self.world.get("tables", {}).get("segments", [])
        return any(0 <= at - base < (last - first + 1) << 20 for base, first, last in rows)

    def _function(self, at: int) -> int | None:
        """The function whose configuration space is here."""
        first, last = self.world["buses"]
        offset = at - self.world["space"]
        if self.world.get("ports") or not 0 <= offset < (last - first + 1) << 20:
            return None
        return (offset >> 12) + (first << 8)

    def _here(self, function: int) -> Function | None:
        """The function at a number, by the numbers that buses have now."""
        number = self._behind(function >> 8)
        return self.functions.get(number << 8 | function & 0xFF) if number is not None else None

    def _behind(self, bus: int) -> int | None:
        """The bus of the world that has this number now: bridges give numbers to the buses behind them."""
        if bus in self.world["roots"]:
            return bus
        for at, bridge in self.functions.items():
            if isinstance(bridge, Bridge) and bridge.data[0x19] == bus and bus:
                parent = self._number(at >> 8)
                if parent is not None:
                    return self.world["behind"][str(at)]
        return None

    def _number(self, bus: int) -> int | None:
        """The number that a bus of the world has now."""
        if bus in self.world["roots"]:
            return bus
        for at, behind in self.world.get("behind", {}).items():
            bridge = self.functions[int(at)]
            if behind == bus and bridge.data[0x19] and self._number(int(at) >> 8) is not None:
                return bridge.data[0x19]
        return None

    def _bridges(self) -> list[Bridge]:
        """The bridges above the device."""
        found, bus = [], self.world["function"] >> 8
        while bus not in self.world["roots"]:
            at = next(int(at) for at, behind in self.world["behind"].items() if behind == bus)
            found.append(self.functions[at])
            bus = at >> 8
        return [bridge for bridge in found if isinstance(bridge, Bridge)]

    def _target(self, at: int, size: int) -> tuple[int, int] | None:
        """The structure at an address of the CPU, and the offset in it; kind 0: another byte of a BAR."""
        for bus, length, cpu, kind in self.world["windows"]:
            if not cpu <= at < cpu + length:
                continue
            found = self._in_bar(at - cpu + bus, size, kind == 1)
            if found is not None:
                return found
        return None

    def _in_bar(self, address: int, size: int, io: bool) -> tuple[int, int] | None:
        command = self.virtio.get(4, 2)
        if not command & (COMMAND_IO if io else COMMAND_MEMORY) or self.virtio.is_asleep():
            return None
        if not io and not all(bridge.forwards(address) for bridge in self._bridges()):
            return None
        for index, (kind, length) in self.virtio.bars.items():
            offset = address - self.virtio.bar(index)
            if (kind == "io") == io and 0 <= offset < length:
                return self._in_structure(index, offset, size)
        return None

    def _in_structure(self, bar: int, offset: int, size: int) -> tuple[int, int] | None:
        if self.world["device_id"] < 0x1040 and bar == 0:
            return (LEGACY_KIND, offset) if self.world["legacy"] else None
        for row in self.world["capabilities"]:
            if row["type"] == "msix" and row["table_bar"] == bar:
                if 0 <= offset - row["table_at"] < 16 * row["vectors"]:
                    return (TABLE_KIND, offset - row["table_at"])
            elif (
                row.get("bar") == bar
                and 0 <= offset - row["offset"]
                and row["type"] in (COMMON, NOTIFY, ISR, DEVICE)
            ):
                if offset + size <= row["offset"] + row["length"]:
                    return (row["type"], offset - row["offset"])
        return None

    # ---- accesses ----

    def read(self, at: int, size: int) -> int:
        """Configuration space, or a structure."""
        if self._in_ports(at):
            if at == self.world["space"]:
                return self.ports_at
            return self._read_space(self.ports_at >> 8 & 0xFFFF, self.ports_at & 0xFC, size)
        function = self._function(at)
        if function is not None:
            return self._read_space(function, at & 0xFFF, size)
        target = self._target(at, size)
        return self._read(*target, size) if target else ONES[size]

    def _read_space(self, function: int, offset: int, size: int) -> int:
        here = self._here(function)
        if here is None or offset + size > 256:
            return ONES[size] if here is None else 0
        return here.get(offset, size)

    def write(self, at: int, size: int, value: int) -> None:
        """Configuration space, or a structure."""
        if self._in_ports(at):
            if at == self.world["space"]:
                self.ports_at = value
            else:
                self._write_space(self.ports_at >> 8 & 0xFFFF, self.ports_at & 0xFC, value, size)
            return
        function = self._function(at)
        if function is not None:
            self._write_space(function, at & 0xFFF, value, size)
            return
        target = self._target(at, size)
        if target:
            self._write(*target, size, value)

    def _write_space(self, function: int, offset: int, value: int, size: int) -> None:
        here = self._here(function)
        if here is None or offset + size > 256:
            return
        was_asleep = here is self.virtio and self.virtio.is_asleep()
        here.write(offset, value, size)
        if (
            was_asleep and not self.virtio.is_asleep()
        ):  # D3hot to D0 is a reset, except where the power state says no
            self.virtio.put(4, 0, 2)
            self.virtio_woke()
        self.device.world["messages"] = self.virtio.has_messages()

    def virtio_woke(self) -> None:
        """A function that left D3hot has lost its BARs."""
        for index, (kind, _) in self.virtio.bars.items():
            self.virtio.put(0x10 + 4 * index, KINDS[kind], 8 if kind in ("mem64", "prefetch64") else 4)

    def _read(self, kind: int, offset: int, size: int) -> int:
        device = self.device
        if kind == COMMON:
            return self._read_common(offset, size)
        if kind == ISR:
            value = device.read_reasons()
            device.acknowledge(value)
            return value
        if kind == DEVICE:
            return device.read_config(offset, size)
        if kind == LEGACY_KIND:
            return self._read_legacy(offset, size)
        if kind == TABLE_KIND:
            return int.from_bytes(self.table[offset : offset + size], "little")
        return 0

    def _field(self, table: dict[str, tuple[int, int]], offset: int, size: int) -> tuple[str, int]:
        """The field at an offset, and the byte in it."""
        for name, (at, length) in table.items():
            if at <= offset < at + length:
                wide = length == 8 and size == 4 and offset in (at, at + 4)
                if not wide and (offset != at or size != length):
                    self.device.broke(f"{size} bytes of {name}, which has {length} (pci.drv.init.1)")
                return name, offset - at
        return "", 0

    def _queue(self) -> Any:
        index = self.select["queue_select"]
        return self.device.queues[index] if index < len(self.device.queues) else None

    def _read_common(self, offset: int, size: int) -> int:
        device = self.device
        name, byte = self._field(FIELDS, offset, size)
        if name in self.select:
            return self.select[name]
        if name.startswith("queue_"):
            return self._read_queue(name, byte)
        plain = {
            "device_feature": device.feature_word(self.select["device_feature_select"]),
            "driver_feature": device.accepted >> 32 * self.select["driver_feature_select"] & 0xFFFFFFFF,
            "config_msix_vector": device.config_vector,
            "num_queues": len(device.queues),
        }
        if name in plain:
            return plain[name]
        if name == "device_status":
            return device.read_status()
        return device.read_generation() if name == "config_generation" else 0

    def _read_queue(self, name: str, byte: int) -> int:
        queue = self._queue()
        if queue is None:
            return 0xFFFF if name == "queue_msix_vector" else 0
        areas = ("queue_desc", "queue_driver", "queue_device")
        if name in areas:
            return queue.areas[areas.index(name)] >> 8 * byte & 0xFFFFFFFF
        index = self.select["queue_select"]
        return {
            "queue_size": queue.size,
            "queue_msix_vector": queue.vector,
            "queue_enable": queue.enabled,
            "queue_notify_off": self.world["notify_off"][index % len(self.world["notify_off"])],
            "queue_notif_config_data": 0x5A00 + index,
            "queue_reset": queue.reset,
        }[name]

    def _write(self, kind: int, offset: int, size: int, value: int) -> None:
        if kind == COMMON:
            self._write_common(offset, size, value)
        elif kind == NOTIFY:
            self._notify(offset, size, value)
        elif kind == DEVICE:
            self.device.write_config(offset, size, value)
        elif kind == LEGACY_KIND:
            self._write_legacy(offset, size, value)
        elif kind == TABLE_KIND:
            self.table[offset : offset + size] = value.to_bytes(size, "little")
        else:
            self.device.broke("a write to the ISR status")

    def _notify(self, offset: int, size: int, value: int) -> None:
        names = self.device.names()
        data = "NOTIFICATION_DATA" in names
        if size != (4 if data else 2):
            self.device.broke(f"a notification of {size} bytes (pci.drv.notify.1)")
        own = value & 0xFFFF
        index = own - 0x5A00 if "NOTIF_CONFIG_DATA" in names else own
        if not 0 <= index < len(self.device.queues):
            self.device.broke(f"a notification with {own:#x}, which is no queue")
            return
        rows = [row for row in self.world["capabilities"] if row["type"] == NOTIFY and row["bar"] < 6]
        multiplier = rows[0]["multiplier"]
        off = self.world["notify_off"][index % len(self.world["notify_off"])]
        if offset != off * multiplier:
            self.device.broke(f"a notification of queue {index} at {offset}, not at {off * multiplier}")
        self.device.notify(index, value >> 16 if data else -1)

    def _vector(self, value: int) -> int:
        """A vector that the device has, or none."""
        row = next((row for row in self.world["capabilities"] if row["type"] == "msix"), None)
        return value if row is not None and value < row["vectors"] else 0xFFFF

    def _write_common(self, offset: int, size: int, value: int) -> None:
        device = self.device
        name, byte = self._field(FIELDS, offset, size)
        if name in self.select:
            self.select[name] = value
        elif name == "driver_feature":
            device.accept(self.select["driver_feature_select"], value)
        elif name == "config_msix_vector":
            device.config_vector = self._vector(value)
        elif name == "device_status":
            device.write_status(value)
        elif name.startswith("queue_"):
            self._write_queue(name, byte, value)
        else:
            device.broke(f"a write to {name}")

    def _write_queue(self, name: str, byte: int, value: int) -> None:
        queue, index = self._queue(), self.select["queue_select"]
        if queue is None:
            self.device.broke(f"{name} of queue {index}, which does not exist")
        elif name == "queue_size":
            queue.size = value
        elif name == "queue_msix_vector":
            queue.vector = self._vector(value)
        elif name == "queue_enable":
            self.device.enable(index)
        elif name in ("queue_desc", "queue_driver", "queue_device"):
            area = ("queue_desc", "queue_driver", "queue_device").index(name)
            queue.areas[area] = queue.areas[area] & ~(0xFFFFFFFF << 8 * byte) | value << 8 * byte
        else:
            self.device.broke(f"a write to {name}")

    # ---- the legacy interface ----

    def _config_at(self) -> int:
        return 24 if self.virtio.has_messages() else 20

    def _read_legacy(self, offset: int, size: int) -> int:
        device, at = self.device, self._config_at()
        if offset >= at:
            return device.read_config(offset - at, size)
        if offset >= 20:
            queue = self._queue()
            return device.config_vector if offset == 20 else queue.vector if queue else 0xFFFF
        name, _ = self._field(LEGACY, offset, size)
        queue = self._queue()
        if name == "isr_status":
            value = device.read_reasons()
            device.acknowledge(value)
            return value
        return {
            "device_features": device.feature_word(0),
            "driver_features": device.accepted,
            "queue_address": queue.pfn if queue else 0,
            "queue_size": queue.max if queue else 0,
            "queue_select": self.select["queue_select"],
            "device_status": device.read_status(),
        }.get(name, 0)

    def _write_legacy(self, offset: int, size: int, value: int) -> None:
        device, at = self.device, self._config_at()
        if offset >= at:
            device.write_config(offset - at, size, value)
            return
        queue = self._queue()
        if offset >= 20:
            if offset == 20:
                device.config_vector = self._vector(value)
            elif queue:
                queue.vector = self._vector(value)
            return
        name, _ = self._field(LEGACY, offset, size)
        if name == "driver_features":
            device.accept(0, value)
        elif name == "queue_address":
            device.place_legacy(self.select["queue_select"], value, 4096)
        elif name == "queue_select":
            self.select[name] = value
        elif name == "queue_notify":
            device.notify(value)
        elif name == "device_status":
            device.write_status(value)
        else:
            device.broke(f"a write to {name or hex(offset)}")
